"""Year pages by month, the index of years, and the index of articles."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from shanhai.pages import listing
from shanhai.pages.markdown import Markdown, fill, front_matter, joined, link
from shanhai.pages.pictures import figure, months
from shanhai.pages.pictures.bars import chip, counted
from shanhai.pages.pictures.timeline import span, timeline
from shanhai.pages.source import place_counts, theme_counts, top
from shanhai.pages.targets import (
    ARTICLES,
    DOWNLOADS,
    PROVINCES,
    SOURCES,
    THEMES,
    YEARS,
    province,
    province_page,
    source_link,
    year_page,
)
from shanhai.pages.wording import share
from shanhai.relate import tallies
from shanhai.relate.identity import UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shanhai.pages.pictures.figure import Picture
    from shanhai.pages.pictures.timeline import Timeline
    from shanhai.records import Article
    from shanhai.relate.views import Views

NEWEST_SHOWN = 50
SOURCES_SHOWN = 12
ROWS_SHOWN = 10
"""Provinces that are compared month by month on the page of a year: a screen's height."""


def year_pages(views: Views) -> Iterator[tuple[str, str]]:
    """Path and text of every year's page, of the further pages of its list, and of its picture's data file."""
    time = timeline(views)
    for name in views.by_year:
        yield from _pages(name, views, time).items()


def _pages(name: str, views: Views, time: Timeline) -> dict[str, str]:
    page = year_page(name)
    articles = views.by_year[name]
    title = listing.year_name(name)
    listed = listing.paged(title, articles, page, _undated if name == UNDATED else listing.by_month)
    picture = None if name == UNDATED else _months(name, articles, page, time)
    return {
        page: fill(
            "year.md",
            front=front_matter({"title": title, "hide": ["toc"]}),
            title=title,
            undated=name == UNDATED,
            count=len(articles),
            share=share(len(articles), len(views.newest), 1),
            picture=figure.shown(picture),
            provinces=top(place_counts(articles, page)),
            themes=top(theme_counts(articles, page)),
            articles=listed.first,
            later=_later(articles, page) if name != UNDATED else "",
            pager=listed.pager,
            ways=_ways(name, views, page),
        ),
        **listed.further,
        **figure.files(picture),
    }


def year_index(views: Views) -> Markdown:
    """The index of all years, newest first, and the undated apart."""
    undated = len(views.by_year.get(UNDATED, ()))
    return fill(
        "years.md",
        front=front_matter({"title": "年份", "hide": ["toc"]}),
        count=len(views.newest),
        span=span(views.newest),
        years=counted([(_year(one, YEARS), len(views.by_year[one])) for one in _names(views) if one != UNDATED]),
        missing=_missing(views),
        undated=undated,
        to_undated=link(listing.year_name(UNDATED), year_page(UNDATED), YEARS) if undated else "",
    )


def article_index(views: Views) -> Markdown:
    """The newest articles, and the ways to all others by year, place, theme and source."""
    newest = views.newest[:NEWEST_SHOWN]
    sources = tallies.sources(views.newest)
    return fill(
        "articles.md",
        front=front_matter({"title": "文章", "hide": ["toc"]}),
        count=len(views.newest),
        span=span(views.newest),
        shown=len(newest),
        years=_chips((_year(one, ARTICLES), len(views.by_year[one])) for one in _names(views)),
        provinces=_chips(place_counts(views.newest, ARTICLES)),
        themes=_chips(theme_counts(views.newest, ARTICLES)),
        sources=_chips((source_link(one, ARTICLES), count) for one, count in sources[:SOURCES_SHOWN]),
        sources_left=max(0, len(sources) - SOURCES_SHOWN),
        unnamed=views.unnamed,
        to_years=link("年份", YEARS, ARTICLES),
        to_provinces=link("省份", PROVINCES, ARTICLES),
        to_themes=link("主题", THEMES, ARTICLES),
        to_sources=link("来源", SOURCES, ARTICLES),
        downloads=link("下载", DOWNLOADS, ARTICLES),
        articles=listing.by_year(newest, ARTICLES),
    )


def _names(views: Views) -> list[str]:
    """The years, newest first, the undated last."""
    dated = sorted((name for name in views.by_year if name != UNDATED), reverse=True)
    return dated + [UNDATED] * (UNDATED in views.by_year)


def _year(name: str, page: str) -> Markdown:
    return link(listing.year_name(name), year_page(name), page)


def _missing(views: Views) -> list[str]:
    """The runs of years between the first and the last of which the archive holds nothing: "1999", "2004–2005"."""
    years = sorted(int(name) for name in views.by_year if name != UNDATED)
    runs = [(before + 1, after - 1) for before, after in pairwise(years) if after - before > 1]
    return [f"{first}–{last}" if last > first else str(first) for first, last in runs]


def _chips(entries: Iterable[tuple[Markdown, int]]) -> Markdown:
    return joined(chip(shown, count) for shown, count in entries)


def _undated(articles: Sequence[Article], page: str) -> Markdown:
    return listing.by_year(articles, page, headings=False)


def _later(articles: Sequence[Article], page: str) -> Markdown:
    """The months that begin on a later page, each with its anchor here too: pictures lead to the year's first page."""
    seen: set[str] = set()
    parts = []
    counts = Counter(map(listing.month_key, articles))
    for number, some in listing.chunks(articles):
        for key in dict.fromkeys(map(listing.month_key, some)):
            if number > 1 and key not in seen:
                target = f"{listing.page_name(page, number)}#m{key}"
                shown = link(listing.month_name(key), target, page)
                parts.append(Markdown(f"{shown}{{: #m{key} }} <small>{counts[key]}</small>"))
            seen.add(key)
    return joined(parts, "、")


def _ways(name: str, views: Views, page: str) -> Markdown:
    """To the years before and after that have articles, and to the index."""
    names = _names(views)
    place = names.index(name)
    before = names[place + 1] if place + 1 < len(names) else None
    after = names[place - 1] if place else None
    ways = [
        joined(["← ", _year(before, page)]) if before else "",
        link("全部年份", YEARS, page),
        joined([_year(after, page), " →"]) if after else "",
    ]
    return joined([one for one in ways if one], " · ")


def _months(name: str, articles: Sequence[Article], page: str, time: Timeline) -> Picture | None:
    """The months of the year, for all articles and for the provinces with the most of them."""
    order = [place for place, _ in tallies.provinces(articles)]
    groups = {place: [one for one in articles if place in one.annotations.provinces] for place in order[:ROWS_SHOWN]}
    rows = [_row("全部", "", articles)]
    rows += [_row(province(place).short, province_page(place), of) for place, of in groups.items()]
    if not rows[0].months:
        return None
    title = f"{listing.year_name(name)}的文章\uff0c按月"
    drawing = months.by_place(name, rows, time.months, page, caption=title)
    note = "一篇文章可以报道几个省" + (f"\uff1b列前 {ROWS_SHOWN} 个省" if len(order) > ROWS_SHOWN else "")
    return figure.framed(drawing, page, title=title, count=len(articles), as_of=time.as_of, note=note)


def _row(shown: str, target: str, articles: Sequence[Article]) -> months.Row:
    counts = months.dated(articles)
    by_month = {key[5:]: count for key, count in counts.months.items()}
    return months.Row(shown=shown, target=target, months=by_month, year_only=sum(counts.years.values()))
