"""The other printings of an article: where each comes from, how it differs, and what it settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.pages.markdown import Markdown, bullets, fill, joined
from shanhai.pages.targets import article_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shanhai.records import Article, Printing
    from shanhai.relate.views import Views

PRINTINGS_SHOWN = 40
"""A longer list is no reading; the data files name every copy."""


def printings(one: Article, views: Views, page: str) -> Markdown:
    """The list of an article's other printings and copies; nothing where there are none."""
    told = {copy.id for copy in one.printings}
    links = [_name(views, other, page) for other in one.reprints if other not in told and other in views.by_id]
    entries = [*links, *(_printing(copy, views, page) for copy in one.printings)]
    left_out = len(entries) - PRINTINGS_SHOWN
    shown = entries[:PRINTINGS_SHOWN] + ([f"另有 {left_out} 处未列"] if left_out > 0 else [])
    return bullets(shown, "articles")


def chosen(one: Article, views: Views, page: str) -> Markdown:
    """A link to the page that stands for all printings; nothing on that page itself."""
    if one.chosen is None or one.chosen not in views.by_id:
        return Markdown("")
    return article_link(views.by_id[one.chosen], page)


def _printing(copy: Printing, views: Views, page: str) -> Markdown:
    known = copy.id is not None and copy.id in views.by_id
    name = _name(views, copy.id or "", page) if known else copy.title
    return fill("printing.md", name=name, facts=joined(_facts(copy), " · "))


def _name(views: Views, identity: str, page: str) -> Markdown:
    article = views.by_id[identity]
    facts = [part for part in (article.described.date_edtf, article.described.source) if part]
    title = article_link(article, page)
    return fill("related.md", title=title, date=facts[0] if facts else "", shared=" · ".join(facts[1:]))


def _facts(copy: Printing) -> Iterator[str]:
    if copy.id is None:
        yield from (part for part in (copy.date_edtf, copy.source) if part)
    yield copy.file
    yield from _differences(copy)
    if copy.testimony:
        yield f"据此补正本篇 {copy.testimony} 处"


def _differences(copy: Printing) -> Iterator[str]:
    if copy.is_identical:
        yield "文字相同"
    if copy.changed:
        yield f"{copy.changed} 句文字有出入"
    if copy.missing:
        yield f"少 {copy.missing} 句"
    if copy.extra:
        yield f"多 {copy.extra} 句"
