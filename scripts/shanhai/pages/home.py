"""The home page: search, what is here and the ways in, map, matrix, phrase clock, themes, newest and largest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import gazetteer
from shanhai.pages import listing
from shanhai.pages.markdown import Markdown, fill, front_matter, joined, link
from shanhai.pages.phrases import small_clock
from shanhai.pages.pictures import figure, tile_map
from shanhai.pages.pictures.matrix import pairs_table
from shanhai.pages.pictures.timeline import files, span
from shanhai.pages.places.coverage import panel
from shanhai.pages.targets import (
    ARTICLES,
    DOWNLOADS,
    ENGLISH,
    HELP,
    HOME,
    HOW_MADE,
    PAIRS,
    PHRASES,
    PRACTICES,
    PROVINCES,
    SOURCES,
    THEMES,
    YEARS,
    province_short,
    unit_page,
)
from shanhai.pages.theme import theme_counts
from shanhai.relate.views import UNDATED

if TYPE_CHECKING:
    from shanhai.pages.pictures.figure import Picture
    from shanhai.relate.phrases import PhraseClock
    from shanhai.relate.views import Views

NEWEST_SHOWN = 8
LARGEST_SHOWN = 10
"""What fits beside each other on a screen."""


class Way(NamedTuple):
    """A way into the archive: a link and how many there are."""

    shown: Markdown
    number: int | None


def home_pages(views: Views, found: PhraseClock) -> dict[str, str]:
    """Path -> text of the home page and of the data files of its pictures."""
    pictures = _map(views), _matrix(views), small_clock(views, found, HOME)
    shown = [one.markdown if one else "" for one in pictures]
    text = fill(
        "home.md",
        front=front_matter({"title": "首页", "hide": ["toc", "navigation"], "search": {"exclude": True}}),
        count=len(views.newest),
        span=span(views.newest),
        ways=_ways(views, found),
        map=shown[0],
        matrix=shown[1],
        pair_count=len(views.pairs),
        clock=shown[2],
        phrases=link("全部政策用语", PHRASES, HOME),
        theme_counts=theme_counts(views, HOME),
        newest=listing.entries([listing.line(one, HOME, dated=True) for one in views.newest[:NEWEST_SHOWN]]),
        largest=listing.entries(_largest(views)),
        coverage=panel(views, views.newest, HOME),
        all_articles=link("全部文章", ARTICLES, HOME),
        all_places=link("全部省份", PROVINCES, HOME),
        how_made=link("怎样整理", HOW_MADE, HOME),
        help=link("帮助", HELP, HOME),
        english=link("What is here, and how to search it", ENGLISH, HOME),
    )
    return {HOME: text} | files(*pictures)


def _ways(views: Views, found: PhraseClock) -> list[Way]:
    pairs = sum(bool(one.origin_code and one.target_code) for one in views.pairs)
    years = [name for name in views.by_year if name != UNDATED]
    return [
        Way(link(shown, target, HOME), count)
        for shown, target, count in (
            ("文章", ARTICLES, len(views.newest)),
            ("省份", PROVINCES, len(views.by_province)),
            ("结对", PAIRS, pairs),
            ("主题", THEMES, len(views.by_theme)),
            ("做法", PRACTICES, len(views.practices)),
            ("政策用语", PHRASES, sum(bool(one.articles) for one in found.views)),
            ("年份", YEARS, len(years)),
            ("来源", SOURCES, len(views.by_source)),
            ("下载", DOWNLOADS, None),
        )
    ]


def _map(views: Views) -> Picture | None:
    counts = {name: len(articles) for name, articles in views.by_province.items()}
    if not counts:
        return None
    return figure.framed(
        tile_map.counts_map(counts, HOME),
        HOME,
        title="报道各省的文章",
        count=len(views.newest),
        as_of=figure.data_date(views.newest),
        note="一篇文章可以报道几个省。格子的位置只示意方位\uff0c点一格进那个省。",
    )


def _matrix(views: Views) -> Picture | None:
    if not views.matrix:
        return None
    return figure.framed(
        pairs_table(views.matrix, HOME),
        HOME,
        title="写到各对结对的文章",
        count=len({article.id for pair in views.pairs for article in pair.articles}),
        as_of=figure.data_date(views.newest),
        note="行是帮扶的一方\uff0c列是受援的一方\uff0c都归到省一级。",
    )


def _largest(views: Views) -> list[Markdown]:
    """The cities and counties that most articles report on."""
    found = [
        (code, len(articles)) for code, articles in views.by_unit.items() if gazetteer.unit(code).level != "province"
    ]
    shown = sorted(found, key=lambda item: (-item[1], item[0]))[:LARGEST_SHOWN]
    return [_largest_line(code, count) for code, count in shown]


def _largest_line(code: str, count: int) -> Markdown:
    one = gazetteer.unit(code)
    province = province_short(gazetteer.full_name(gazetteer.province_of(code)))
    return joined([link(one.name, unit_page(code), HOME), Markdown(f" <small>{province} · {count} 篇</small>")])
