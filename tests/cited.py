"""Articles for tests of citing: one of the small archive, with whatever facts a case needs."""

from __future__ import annotations

import html
import re

import msgspec

from pages_fixture import article
from shanhai.records import Article, GivenMetadata
from shanhai.relate.identity import article_id, article_path

SITE = "https://shanhai.example/lib/"


def cited(
    number: int = 1, *, edtf: str = "2019-03-11", origin: str = "given", url: str | None = None, **facts
) -> Article:
    """An article with these facts: `edtf` and `origin` of its date, its first address, fields of `DescribedArticle`."""
    one = article(number)
    described = msgspec.structs.replace(
        one.described,
        date=edtf if re.fullmatch(r"\d{4}-\d\d-\d\d", edtf) else None,
        date_edtf=edtf,
        date_origin=origin if edtf else None,
        raw=msgspec.structs.replace(one.described.raw, given=GivenMetadata(url=url)),
        **{"title": "晒谷场上的账本", "title_derived": False, "source": "山海样报", "authors": ("林一", "何二")}
        | facts,
    )
    identity = article_id(edtf, described.raw.text)
    return msgspec.structs.replace(one, id=identity, path=article_path(identity), described=described)


def placed(one: Article, site: str = SITE) -> Article:
    """The article on a site whose address is known."""
    return msgspec.structs.replace(one, address=f"{site}{one.path}/")


def shown(markup: str) -> str:
    """What a browser shows of HTML in one line."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))
