"""Pages of named working models: what each is in the words of the articles, where and when; and their index."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from shanhai.pages import bilingual, listing
from shanhai.pages.markdown import Markdown, bullets, fill, front_matter, joined, link
from shanhai.pages.pictures import figure
from shanhai.pages.pictures.bars import counted
from shanhai.pages.pictures.timeline import Timeline, curve, span, timeline
from shanhai.pages.quotations import quotation
from shanhai.pages.targets import PRACTICES, place_link, practice_link, practice_page, source_link
from shanhai.relate import tallies
from shanhai.relate.facts import source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shanhai.records import Article, Section
    from shanhai.relate.stated import PracticeView
    from shanhai.relate.views import Views

SENTENCES_SHOWN = 20
"""The oldest of them, which say what the model is; the data file holds all."""

MOST_RELATED = 5
"""More than five are a list, not a hint (findings of the reading design, recommendation 2)."""

MOST_COMPARED = 50
"""Of a theme so many models, the most reported, are looked at for related ones."""

PLACES_IN_A_LINE = 2
FILE = "data/practices.csv"


def practice_pages(views: Views) -> Iterator[tuple[str, str]]:
    """Path and text of every practice's page, of the further pages of its list, and of its pictures' data files."""
    time = timeline(views)
    by_place, by_theme = _groups(views.practices)
    for one in views.practices:
        related = _related(one, by_place, by_theme)
        yield from _pages(one, related, time).items()


def practice_index(views: Views) -> dict[str, str]:
    """Path and text of the index, the most reported first, at most 200 on a page."""
    listed = listing.paged("做法", views.practices, PRACTICES, _entries, unit="种")
    page = fill(
        "practices.md",
        front=front_matter({"title": "做法", "hide": ["toc"]}),
        count=len(views.practices),
        article_count=len({article.id for one in views.practices for article in one.articles}),
        practices=listed.first,
        pager=listed.pager,
        file=link(FILE, FILE, PRACTICES),
    )
    return {PRACTICES: page, **listed.further}


def _groups(
    practices: Sequence[PracticeView],
) -> tuple[Mapping[str, list[PracticeView]], Mapping[str, list[PracticeView]]]:
    """The practices of each unit and of each theme, the most reported first."""
    by_place: defaultdict[str, list[PracticeView]] = defaultdict(list)
    by_theme: defaultdict[str, list[PracticeView]] = defaultdict(list)
    for one in practices:
        for place in one.places:
            by_place[place].append(one)
        for label in one.themes:
            by_theme[label].append(one)
    return by_place, by_theme


def _related(
    one: PracticeView, by_place: Mapping[str, list[PracticeView]], by_theme: Mapping[str, list[PracticeView]]
) -> list[PracticeView]:
    """At most five others: of the same place first, then those that share the most themes, then the most reported."""
    near = {other.core: other for place in one.places for other in by_place[place][:MOST_COMPARED]}
    alike = {other.core: other for label in one.themes for other in by_theme[label][:MOST_COMPARED]}
    themes = set(one.themes)

    def rank(other: PracticeView) -> tuple[bool, int, int, str]:
        return other.core not in near, -len(themes & set(other.themes)), -len(other.articles), other.name

    return sorted((other for key, other in (alike | near).items() if key != one.core), key=rank)[:MOST_RELATED]


def _pages(one: PracticeView, related: Sequence[PracticeView], time: Timeline) -> dict[str, str]:
    page = practice_page(one.core)
    trend = curve([("写到这一做法", one.articles)], page, time, "写到的文章\uff0c按年")
    shown = one.told[:SENTENCES_SHOWN]
    listed = listing.articles_by_year(one.name, one.articles, page, _within(one))
    return {
        page: fill(
            "practice.md",
            front=front_matter({"title": one.name, "hide": ["toc"]}),
            name=one.name,
            others=[name for name in one.names if name != one.name],
            count=len(one.articles),
            span=span(one.articles),
            places=joined((bilingual.place(place, page) for place in one.places), "、"),
            themes=joined((bilingual.theme(label, page) for label in one.themes), "、"),
            sentences=bullets(
                (quotation(article, told.evidence, page, marked=told.name) for article, told in shown), "quotes"
            ),
            sentence_count=len(one.told),
            shown=len(shown),
            trend=figure.shown(trend),
            sources=_sources(one, page),
            unnamed=sum(not source(article) for article in one.articles),
            articles=listed.first,
            pager=listed.pager,
            related=_entries(related, page),
            index=link("全部做法", PRACTICES, page),
            file=link(FILE, FILE, page),
        ),
        **listed.further,
        **figure.files(trend),
    }


def _within(one: PracticeView) -> listing.Sections:
    """The sections of a compilation that hold a sentence on the practice."""
    starts: defaultdict[str, list[int]] = defaultdict(list)
    for article, told in one.told:
        starts[article.id].append(told.evidence.start)

    def sections(article: Article) -> Sequence[Section]:
        return [
            section
            for section in article.annotations.sections
            if any(section.start <= start < section.end for start in starts[article.id])
        ]

    return sections


def _sources(one: PracticeView, page: str) -> Markdown:
    return counted([(source_link(name, page), count) for name, count in tallies.sources(one.articles)])


def _entries(practices: Iterable[PracticeView], page: str) -> Markdown:
    return listing.entries([_entry(one, page) for one in practices])


def _entry(one: PracticeView, page: str) -> Markdown:
    places = [place_link(place, page) for place in one.places[:PLACES_IN_A_LINE]]
    return fill(
        "practice_entry.md",
        shown=practice_link(one.core, page, one.name),
        count=len(one.articles),
        span=span(one.articles),
        places=joined(places, "、"),
        more=len(one.places) > PLACES_IN_A_LINE,
        themes="、".join(one.themes),
    )
