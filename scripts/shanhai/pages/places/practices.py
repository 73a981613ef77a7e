"""The named working models of a place, and the bodies that help it or that go out from it to help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.annotate import gazetteer
from shanhai.pages.articles.sentences import target
from shanhai.pages.markdown import Markdown, bullets, fill, link, table
from shanhai.pages.targets import place_link, practice_link
from shanhai.relate.facts import above, date_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shanhai.records import Article, Organisation, OrganisationKind
    from shanhai.relate.stated import PracticeView

PRACTICES_SHOWN = 30
BODIES_SHOWN = 30

KINDS: dict[OrganisationKind, str] = {
    "hospital": "医院",
    "school": "学校",
    "company": "企业",
    "association": "社会组织",
    "institute": "科研院所",
    "authority": "机关单位",
    "party": "党派",
}

Body = tuple["Article", "Organisation"]


def practice_list(code: str, found: Sequence[PracticeView], page: str) -> Markdown:
    """The first working models: name, where in the place, and the sentence that first tells of it here."""
    return bullets((_practice(code, one, page) for one in found[:PRACTICES_SHOWN]), "practices")


def bodies(articles: Iterable[Article], code: str) -> tuple[list[Body], list[Body]]:
    """The bodies that help the place, or a unit below it, and those of the place that help another; newest first."""
    helping: dict[tuple[str, str], Body] = {}
    sent: dict[tuple[str, str], Body] = {}
    for article in articles:
        for body in article.annotations.organisations:
            key = body.name, body.target
            if _is_within(body.target, code):
                helping.setdefault(key, (article, body))
            elif body.origin and _is_within(body.origin, code):
                sent.setdefault(key, (article, body))
    return list(helping.values()), list(sent.values())


def body_table(found: Sequence[Body], page: str, caption: str) -> Markdown:
    """The first bodies as a table; nothing where there are none."""
    rows = [
        [
            body.name,
            KINDS[body.kind],
            place_link(body.origin, page) if body.origin else "",
            place_link(body.target, page),
            link(article.described.title, target(article, body.evidence), page),
        ]
        for article, body in found[:BODIES_SHOWN]
    ]
    return table(["机构", "类别", "来自", "帮扶", "出处"], rows, caption=caption) if rows else Markdown("")


def _practice(code: str, one: PracticeView, page: str) -> Markdown:
    here = [(article, told) for article, told in one.told if told.place and _is_within(told.place, code)]
    article, told = here[0] if here else one.told[0]
    own = gazetteer.full_name(code)
    places = dict.fromkeys(part for _, each in here if each.place and (part := each.place.removeprefix(own)))
    day = date_of(article) or "未注日期"
    return fill(
        "place_practice.md",
        name=practice_link(one.core, page, one.name),
        places=list(places)[:3],
        first=link(day, target(article, told.evidence), page),
        count=len({article.id for article, _ in here}) or len(one.articles),
    )


def _is_within(full_name: str, code: str) -> bool:
    found = gazetteer.code_of(full_name)
    return found is not None and (found == code or code in above(found))
