"""Articles for tests of citing: one of the small archive, with whatever facts a case needs."""

from __future__ import annotations

import html
import re

import msgspec

from pages_fixture import article, dated, with_facts
from shanhai.records import Article, GivenMetadata
from shanhai.relate.identity import article_id, article_path

SITE = "https://shanhai.example/lib/"


def cited(
    number: int = 1, *, edtf: str = "2019-03-11", origin: str = "given", url: str | None = None, **facts
) -> Article:
    """An article with these facts: `edtf` and `origin` of its date, its first address, fields of `DescribedArticle`."""
    one = article(number)
    known = {"title": "晒谷场上的账本", "title_derived": False, "source": "山海样报", "authors": ("林一", "何二")}
    raw = msgspec.structs.replace(one.described.raw, given=GivenMetadata(url=url))
    identity = article_id(edtf, raw.text)
    moved = msgspec.structs.replace(one, id=identity, path=article_path(identity))
    return with_facts(dated(moved, edtf, origin), raw=raw, **known | facts)


def placed(one: Article, site: str = SITE) -> Article:
    """The article on a site whose address is known."""
    return msgspec.structs.replace(one, address=f"{site}{one.path}/")


def shown(markup: str) -> str:
    """What a browser shows of HTML in one line."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))
