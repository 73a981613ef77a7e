"""The home page and the English landing page."""

from __future__ import annotations

import posixpath
import re
from functools import cache

import pytest

from pages_fixture import archive
from shanhai.annotate.gazetteer import provinces
from shanhai.annotate.vocabulary import themes
from shanhai.pages.english import FILES, english
from shanhai.pages.home import home_pages
from shanhai.pages.targets import ENGLISH, HOME
from shanhai.relate.phrases import clock, phrases
from shanhai.relate.views import Views, view

LINK = re.compile(r'\]\(([^()\s]+)(?: "[^"]*")?\)')


@cache
def views() -> Views:
    """The views of the fixture."""
    return view(archive())


@cache
def home() -> str:
    """The home page of the fixture."""
    return home_pages(views(), clock(views().newest))[HOME]


def test_the_search_box_comes_first_then_the_ways_in_then_the_pictures() -> None:
    order = [
        "# 山海文库",
        'class="find find--large"',
        'class="ways"',
        'lang="en"',
        'class="tiles"',
        "matrix",
        'class="counted"',
        "{: #newest }",
    ]
    places = [home().index(one) for one in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("shown", "target", "count"),
    [
        ("文章", "articles/index.md", 12),
        ("省份", "provinces/index.md", 16),
        ("结对", "pairs/index.md", 8),
        ("主题", "themes/index.md", 16),
        ("做法", "practices/index.md", 1),
        ("年份", "years/index.md", 10),
        ("来源", "sources/index.md", 1),
    ],
)
def test_every_way_in_has_its_count(shown: str, target: str, count: int) -> None:
    assert f"- [{shown}]({target}) <small>{count}</small>" in home()


def test_downloads_and_phrases_are_among_the_ways_in() -> None:
    assert "- [下载](downloads.md)\n" in home()
    assert "- [政策用语](phrases/index.md) <small>0</small>" in home()


def test_the_newest_articles_are_listed_from_the_newest() -> None:
    newest = home().partition("{: #newest }")[2]
    assert newest.index("第11本账") < newest.index("第10本账")


def test_the_most_reported_units_below_the_provinces_are_named_with_their_province() -> None:
    largest = home().partition("{: #largest }")[2].partition("</div>")[0]
    assert "- [遵义市](provinces/guizhou/zunyi.md) <small>贵州 · 3 篇</small>" in largest
    assert "贵州省" not in largest


def test_the_home_page_says_what_the_archive_cannot_tell() -> None:
    assert "{: #limits }" in home()
    assert "没有报道\uff0c不等于没有做" in home()


def test_every_picture_of_the_home_page_has_its_file() -> None:
    made = home_pages(views(), clock(views().newest))
    assert set(made) == {HOME, "data/pictures/index/map.csv", "data/pictures/index/matrix.csv"}
    assert all(path in made[HOME] for path in made if path != HOME)


def test_an_empty_archive_has_a_home_page_that_says_so() -> None:
    empty = view(archive(range(0)))
    made = home_pages(empty, clock(empty.newest))
    assert list(made) == [HOME]
    assert "本库还没有文章" in made[HOME]
    assert "holds no article yet" in english(empty)


def test_the_english_page_is_marked_as_english_and_its_chinese_as_chinese() -> None:
    page = english(views())
    body = page.partition('<div lang="en"')[2]
    assert body
    outside = re.sub(r'<span[^>]*lang="zh-Hans"[^>]*>.*?</span>', "", body)
    assert not re.search(r"[\u4e00-\u9fff]", outside)


def test_the_english_page_leads_to_every_province_theme_and_phrase() -> None:
    targets = {posixpath.normpath(one) for one in LINK.findall(english(views()))}
    assert {f"provinces/{one.slug}.md" for one in provinces()} <= targets
    assert {f"themes/{one.slug}.md" for one in themes()} <= targets
    assert {f"phrases/{one.slug}.md" for one in phrases()} <= targets
    assert {f"data/{name}" for name in FILES} <= targets
    assert ENGLISH not in targets


def test_the_english_page_counts_and_shows_no_report_as_a_dash() -> None:
    page = english(views())
    assert "**12 articles** from 1 publication," in page
    guizhou = next(line for line in page.split("\n") if "<span>Guizhou</span>" in line)
    xizang = next(line for line in page.split("\n") if "Xizang" in line)
    assert guizhou.endswith("<small>3</small>")
    assert xizang.endswith("<small>–</small>")


def test_the_english_page_gives_the_address_of_a_paragraph_as_an_example() -> None:
    newest = views().newest[0]
    assert f"`{newest.path}/#p3`" in english(views())
