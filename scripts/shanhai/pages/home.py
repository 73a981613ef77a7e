"""The home page: search, what is here and the ways in, map, matrix, phrase clock, themes, newest and largest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import gazetteer
from shanhai.pages import listing
from shanhai.pages.feeds import SITE_FEED, announced, subscription
from shanhai.pages.markdown import Markdown, fill, front_matter, joined, link
from shanhai.pages.phrases import small_clock
from shanhai.pages.pictures import figure
from shanhai.pages.pictures.matrix import pairs_table
from shanhai.pages.pictures.timeline import span
from shanhai.pages.places.coverage import panel
from shanhai.pages.places.index import province_map
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
    province,
    unit_page,
)
from shanhai.pages.theme import theme_counts
from shanhai.relate.identity import UNDATED

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
    drawn = [figure.shown(one) for one in pictures]
    feed = announced(SITE_FEED, views.newest)
    text = fill(
        "home.md",
        front=front_matter({"title": "首页", "hide": ["toc", "navigation"], "feed": feed}),
        count=len(views.newest),
        span=span(views.newest),
        ways=_ways(views, found),
        map=drawn[0],
        matrix=drawn[1],
        pair_count=len(views.pairs),
        clock=drawn[2],
        phrases=link("全部政策用语", PHRASES, HOME),
        theme_counts=theme_counts(views, HOME),
        newest=listing.entries([listing.line(one, HOME, dated=True) for one in views.newest[:NEWEST_SHOWN]]),
        largest=listing.entries(_largest(views)),
        coverage=panel(views, views.newest, HOME),
        subscription=subscription(feed, HOME),
        all_articles=link("全部文章", ARTICLES, HOME),
        all_places=link("全部地方", PROVINCES, HOME),
        how_made=link("怎样整理", HOW_MADE, HOME),
        help=link("帮助", HELP, HOME),
        english=link("What is here, and how to search it", ENGLISH, HOME),
    )
    return {HOME: text, **figure.files(*pictures)}


def _ways(views: Views, found: PhraseClock) -> list[Way]:
    years = [name for name in views.by_year if name != UNDATED]
    return [
        Way(link(shown, target, HOME), count)
        for shown, target, count in (
            ("文章", ARTICLES, len(views.newest)),
            ("省份", PROVINCES, len(views.provinces)),
            ("结对", PAIRS, sum(bool(one.codes) for one in views.pairs)),
            ("主题", THEMES, len(views.by_theme)),
            ("做法", PRACTICES, len(views.practices)),
            ("政策用语", PHRASES, sum(bool(one.articles) for one in found.views)),
            ("年份", YEARS, len(years)),
            ("来源", SOURCES, len(views.by_source)),
            ("下载", DOWNLOADS, None),
        )
    ]


def _map(views: Views) -> Picture | None:
    note = "一篇文章可以报道几个省。格子的位置只示意方位\uff0c点一格进那个省。"
    return province_map(views, HOME, "报道各省的文章", note) if views.provinces else None


def _matrix(views: Views) -> Picture | None:
    if not views.matrix:
        return None
    return figure.framed(
        pairs_table(views.matrix, HOME),
        HOME,
        title="写到各对结对的文章",
        count=sum(bool(one.annotations.pairs) for one in views.newest),
        as_of=views.latest,
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
    above = province(gazetteer.full_name(gazetteer.province_of(code))).short
    return joined([link(one.name, unit_page(code), HOME), Markdown(f" <small>{above} · {count} 篇</small>")])
