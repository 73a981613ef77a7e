"""Pages of publications: what the archive holds of each, when, on which places and themes; and their index."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from shanhai.annotate.gazetteer import provinces
from shanhai.annotate.vocabulary import themes
from shanhai.pages import bilingual, listing
from shanhai.pages.markdown import Markdown, fill, front_matter, link
from shanhai.pages.pictures.bars import counted
from shanhai.pages.pictures.timeline import Timeline, files, month_strip, span, timeline
from shanhai.pages.targets import SOURCES, province_link, province_short, source_link, source_page, theme_link
from shanhai.relate.views import source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.records import Article
    from shanhai.relate.views import Views

TOP = 12
"""Provinces and themes that are shown at once; the others are folded."""

SMALLEST_SHARE = 0.1
"""A share below this, in percent, is told as such: rounded it would read as nothing."""


def source_pages(views: Views) -> Iterator[tuple[str, str]]:
    """Path and text of every publication's page, of the further pages of its list, and of its pictures' data files."""
    time = timeline(views)
    for name, articles in views.by_source.items():
        yield from _pages(name, articles, len(views.newest), time).items()


def source_index(views: Views) -> Iterator[tuple[str, str]]:
    """Path and text of the index, the publications with the most articles first, at most 200 on a page."""
    order = sorted(views.by_source.items(), key=lambda item: (-len(item[1]), item[0]))
    unnamed = sum(not source(article) for article in views.newest)
    for number, some in listing.chunks(order):
        page = listing.page_name(SOURCES, number)
        pager = listing.pager(SOURCES, len(order), number, "种")
        listed = listing.entries([_entry(name, articles, page) for name, articles in some])
        if number > 1:
            yield page, listing.further_page("来源", listed, SOURCES, number, pager)
            continue
        yield (
            page,
            fill(
                "sources.md",
                front=front_matter({"title": "来源", "hide": ["toc"], "search": {"exclude": True}}),
                count=len(order),
                named=len(views.newest) - unnamed,
                unnamed=unnamed,
                share=share(unnamed, len(views.newest)),
                sources=listed,
                pager=pager,
            ),
        )


def share(part: int, whole: int) -> str:
    """A part of the whole as a percentage in words: "12.5%", "不到 0.1%"."""
    percent = 100 * part / whole if whole else 0.0
    return f"不到 {SMALLEST_SHARE}%" if 0 < percent < SMALLEST_SHARE else f"{percent:.1f}".removesuffix(".0") + "%"


def place_counts(articles: Sequence[Article], page: str) -> list[tuple[Markdown, int]]:
    """The provinces that some articles report on, each as a link with its English name, the most frequent first."""
    counts = Counter(name for article in articles for name in article.annotations.provinces)
    order = sorted((one.name for one in provinces() if counts[one.name]), key=lambda name: -counts[name])
    return [(bilingual.place(name, page), counts[name]) for name in order]


def theme_counts(articles: Sequence[Article], page: str) -> list[tuple[Markdown, int]]:
    """The themes of some articles, each as a link with its English name, the most frequent first."""
    counts = Counter(tag.label for article in articles for tag in article.annotations.themes)
    order = sorted((one.label for one in themes() if counts[one.label]), key=lambda label: -counts[label])
    return [(bilingual.theme(label, page), counts[label]) for label in order]


def top(entries: Sequence[tuple[Markdown, int]]) -> dict[str, object]:
    """The most frequent entries as a list with bars, and the others as one to be folded."""
    return {"first": counted(entries[:TOP]), "rest": counted(entries[TOP:]), "rest_count": len(entries[TOP:])}


def _pages(name: str, articles: Sequence[Article], total: int, time: Timeline) -> dict[str, str]:
    page = source_page(name)
    strip = month_strip(articles, page, time, f"{name}的文章\uff0c按月")
    return {
        page: fill(
            "source.md",
            front=front_matter({"title": name, "hide": ["toc"]}),
            name=name,
            count=len(articles),
            share=share(len(articles), total),
            span=span(articles),
            strip=strip.markdown if strip else "",
            provinces=top(place_counts(articles, page)),
            themes=top(theme_counts(articles, page)),
            articles=listing.by_year(listing.first(articles), page),
            pager=listing.pager(page, len(articles), 1),
            index=link("全部来源", SOURCES, page),
        ),
        **listing.further_pages(name, articles, page),
        **files(strip),
    }


def _entry(name: str, articles: Sequence[Article], page: str) -> Markdown:
    places = Counter(place for article in articles for place in article.annotations.provinces)
    labels = Counter(tag.label for article in articles for tag in article.annotations.themes)
    return fill(
        "source_entry.md",
        shown=source_link(name, page),
        count=len(articles),
        span=span(articles),
        places=[province_link(one, page, province_short(one)) for one, _ in places.most_common(3)],
        themes=[theme_link(one, page) for one, _ in labels.most_common(3)],
    )
