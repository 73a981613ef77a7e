"""What Zotero saves from a rendered article page and a rendered list, field by field (the reading: zotero_reading)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pytest

import pages_site
from cited import SITE, cited, placed
from pages_fixture import archive
from shanhai.relate.facts import year
from shanhai.relate.identity import article_id, article_path
from zotero_reading import Item, coins, embedded

if TYPE_CHECKING:
    from pathlib import Path

    from shanhai.records import Article

ADDRESS = "https://news.example.cn/2019/0311/a.html"
DESCRIPTION_CHARS = 120

CASES = {
    "several authors": cited(1, url=ADDRESS),
    "no author": cited(2, authors=(), edtf="2018-07-01"),
    "undated": cited(3, edtf=""),
    "inferred": cited(4, edtf="2020", origin="inferred"),
    "month": cited(5, edtf="2019-11"),
    "agency": cited(6, authors=(), agency="新华社"),
    "traditional": cited(7, script="hant", authors=("欧阳四",)),
    "periodical": cited(8, source="山海周刊"),
    "no newspaper": cited(9, source=None),
    "october": cited(10, edtf="2010-03-11", url="https://news.example.cn/2010/0311/b.html"),
    "brackets": cited(11, title='<b>“账本”</b> & "两地": 山海样报 - 山海样报'),
}
"""One article each; the day in 2010 gives an address that looks like a DOI."""


class Site(NamedTuple):
    """A rendered site, and its articles by case."""

    folder: Path
    articles: dict[str, Article]

    def article(self, case: str) -> Item:
        """What Embedded Metadata saves from an article's page."""
        return embedded(self.page(case), SITE + self.articles[case].path + "/")

    def page(self, case: str) -> str:
        """The HTML of an article's page."""
        return self.read(self.articles[case].path)

    def read(self, path: str) -> str:
        """The HTML of the page of a folder."""
        return (self.folder / path / "index.html").read_text(encoding="utf-8")

    def listed(self, case: str) -> Item:
        """What COinS offers of an article on the page of its year."""
        one = self.articles[case]
        items = coins(self.read(f"years/{year(one)}"))
        (found,) = [item for item in items if item["title"] == one.described.title]
        return found


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The cases on a site whose address is known; each title names its case."""
    articles = {case: _titled(one, case) for case, one in CASES.items()}
    whole = msgspec.structs.replace(archive([]), articles=tuple(sorted(articles.values(), key=lambda one: one.id)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages_site, "SETTINGS", f"{pages_site.SETTINGS}site_url: {SITE}\n")
        return Site(pages_site.build_site(tmp_path_factory.mktemp("zotero"), whole), articles)


def _titled(one: Article, case: str) -> Article:
    described = msgspec.structs.replace(one.described, title=f"{one.described.title}\uff1a{case}")
    identity = article_id(described.date_edtf, described.raw.text)
    return placed(msgspec.structs.replace(one, id=identity, path=article_path(identity), described=described))


def person(name: str) -> dict[str, str]:
    return {"firstName": "", "lastName": name, "creatorType": "author"}


def expected(one: Article, **others) -> Item:
    """All fields of a newspaper's article with two authors and a whole date, and what is otherwise in a case."""
    item = {
        "itemType": "newspaperArticle",
        "title": one.described.title,
        "creators": [person("林一"), person("何二")],
        "publicationTitle": "山海样报",
        "date": "2019-03-11",
        "language": "zh-Hans",
        "url": f"{SITE}{one.path}/",
        "libraryCatalog": "shanhai.example",
        "accessDate": "CURRENT_TIMESTAMP",
        "abstractNote": " ".join(one.described.text[: 2 * DESCRIPTION_CHARS].split())[:DESCRIPTION_CHARS],
        "tags": [],
    } | others
    return {key: value for key, value in item.items() if value is not None}


OTHERS = {
    "several authors": {},
    "no author": {"creators": [], "date": "2018-07-01"},
    "undated": {"date": None},
    "inferred": {"date": "2020?"},
    "month": {"date": "2019-11"},
    "agency": {"creators": [person("新华社")]},
    "traditional": {"creators": [person("欧阳四")]},
    "periodical": {"itemType": "magazineArticle", "publicationTitle": "山海周刊"},
    "no newspaper": {"publicationTitle": None},
    "october": {"date": "2010-03-11"},
    "brackets": {},
}
"""In what the item of a case differs from the usual one. Place, section and rights are not known, so no item has them;
nor an `archiveLocation`, which coverage would become, nor an `extra`, which an address taken for a DOI would."""


@pytest.mark.parametrize("case", sorted(CASES))
def test_an_article_page_is_saved_field_by_field(site, case):
    assert site.article(case) == expected(site.articles[case], **OTHERS[case])


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_line_of_a_list_is_saved_field_by_field(site, case):
    whole = expected(site.articles[case], **OTHERS[case])
    assert site.listed(case) == {
        key: value for key, value in whole.items() if key not in ("libraryCatalog", "accessDate", "abstractNote")
    }


def test_a_list_offers_each_of_its_articles_once(site):
    of_2019 = [one.described.title for one in site.articles.values() if year(one) == "2019"]
    assert sorted(item["title"] for item in coins(site.read("years/2019"))) == sorted(of_2019)


@pytest.mark.parametrize("case", sorted(CASES))
def test_an_article_page_carries_no_span_which_would_hide_the_article_itself(site, case):
    """COinS comes before Embedded Metadata in Zotero's order (priority 310 before 320)."""
    assert coins(site.page(case)) == []
