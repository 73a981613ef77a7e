"""Pages of publications: what the archive holds of each, when, on which places and themes; and their index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.pages import bilingual, listing
from shanhai.pages.markdown import Markdown, fill, front_matter, link
from shanhai.pages.pictures import figure
from shanhai.pages.pictures.bars import counted
from shanhai.pages.pictures.timeline import Timeline, month_strip, span, timeline
from shanhai.pages.targets import SOURCES, province, province_link, source_link, source_page, theme_link
from shanhai.pages.wording import share
from shanhai.relate import tallies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shanhai.records import Article
    from shanhai.relate.views import Views

TOP = 12
"""Provinces and themes that are shown at once; the others are folded."""

TOP_IN_A_LINE = 3
"""In the index, where it is a hint."""


def source_pages(views: Views) -> Iterator[tuple[str, str]]:
    """Path and text of every publication's page, of the further pages of its list, and of its pictures' data files."""
    time = timeline(views)
    for name, articles in views.by_source.items():
        yield from _pages(name, articles, len(views.newest), time).items()


def source_index(views: Views) -> dict[str, str]:
    """Path and text of the index, the publications with the most articles first, at most 200 on a page."""
    order = [(name, views.by_source[name]) for name, _ in tallies.sources(views.newest)]
    listed = listing.paged("来源", order, SOURCES, _entries, unit="种")
    page = fill(
        "sources.md",
        front=front_matter({"title": "来源", "hide": ["toc"]}),
        count=len(order),
        named=len(views.newest) - views.unnamed,
        unnamed=views.unnamed,
        share=share(views.unnamed, len(views.newest), 1),
        sources=listed.first,
        pager=listed.pager,
    )
    return {SOURCES: page, **listed.further}


def place_counts(articles: Iterable[Article], page: str) -> list[tuple[Markdown, int]]:
    """The provinces that some articles report on, each as a link with its English name, the most frequent first."""
    return [(bilingual.place(name, page), count) for name, count in tallies.provinces(articles)]


def theme_counts(articles: Iterable[Article], page: str) -> list[tuple[Markdown, int]]:
    """The themes of some articles, each as a link with its English name, the most frequent first."""
    return [(bilingual.theme(label, page), count) for label, count in tallies.labels(articles)]


def top(entries: Sequence[tuple[Markdown, int]]) -> dict[str, object]:
    """The most frequent entries as a list with bars, and the others as one to be folded."""
    return {"first": counted(entries[:TOP]), "rest": counted(entries[TOP:]), "rest_count": len(entries[TOP:])}


def _pages(name: str, articles: Sequence[Article], total: int, time: Timeline) -> dict[str, str]:
    page = source_page(name)
    strip = month_strip(articles, page, time, f"{name}的文章\uff0c按月")
    listed = listing.articles_by_year(name, articles, page)
    return {
        page: fill(
            "source.md",
            front=front_matter({"title": name, "hide": ["toc"]}),
            name=name,
            count=len(articles),
            share=share(len(articles), total, 1),
            span=span(articles),
            strip=figure.shown(strip),
            provinces=top(place_counts(articles, page)),
            themes=top(theme_counts(articles, page)),
            articles=listed.first,
            pager=listed.pager,
            index=link("全部来源", SOURCES, page),
        ),
        **listed.further,
        **figure.files(strip),
    }


def _entries(sources: Iterable[tuple[str, Sequence[Article]]], page: str) -> Markdown:
    return listing.entries([_entry(name, articles, page) for name, articles in sources])


def _entry(name: str, articles: Sequence[Article], page: str) -> Markdown:
    places, labels = tallies.provinces(articles)[:TOP_IN_A_LINE], tallies.labels(articles)[:TOP_IN_A_LINE]
    return fill(
        "source_entry.md",
        shown=source_link(name, page),
        count=len(articles),
        span=span(articles),
        places=[province_link(one, page, province(one).short) for one, _ in places],
        themes=[theme_link(label, page) for label, _ in labels],
    )
