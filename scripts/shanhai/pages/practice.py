"""Pages of named working models: what each is in the words of the articles, where and when; and their index."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from shanhai.annotate.gazetteer import code_of
from shanhai.pages import bilingual, listing
from shanhai.pages.markdown import Markdown, bullets, fill, front_matter, joined, link
from shanhai.pages.pictures.bars import counted
from shanhai.pages.pictures.timeline import Timeline, curve, files, span, timeline
from shanhai.pages.quotations import quotation
from shanhai.pages.targets import PRACTICES, place_link, practice_link, practice_page, source_link
from shanhai.relate.compilations import sections_about
from shanhai.relate.views import source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shanhai.records import Article, Section
    from shanhai.relate.views import PracticeView, Views

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


def practice_index(views: Views) -> Iterator[tuple[str, str]]:
    """Path and text of the index, the most reported first, at most 200 on a page."""
    count = len(views.practices)
    for number, some in listing.chunks(views.practices):
        page = listing.page_name(PRACTICES, number)
        pager = listing.pager(PRACTICES, count, number, "种")
        listed = listing.entries([_entry(one, page) for one in some])
        if number > 1:
            yield page, listing.further_page("做法", listed, PRACTICES, number, pager)
            continue
        yield (
            page,
            fill(
                "practices.md",
                front=front_matter({"title": "做法", "hide": ["toc"], "search": {"exclude": True}}),
                count=count,
                article_count=len({article.id for one in views.practices for article in one.articles}),
                practices=listed,
                pager=pager,
                file=link(FILE, FILE, page),
            ),
        )


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
    within = _within(one)
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
            trend=trend.markdown if trend else "",
            sources=_sources(one, page),
            unnamed=sum(not source(article) for article in one.articles),
            articles=listing.by_year(listing.first(one.articles), page, within=within),
            pager=listing.pager(page, len(one.articles), 1),
            related=listing.entries([_entry(other, page) for other in related]),
            index=link("全部做法", PRACTICES, page),
            file=link(FILE, FILE, page),
        ),
        **listing.further_pages(one.name, one.articles, page, within),
        **files(trend),
    }


def _within(one: PracticeView) -> listing.Sections:
    """The section of a compilation that holds a sentence on the practice, or those that report on its places."""
    codes = [code for code in map(code_of, one.places) if code]

    def sections(article: Article) -> Sequence[Section]:
        return next(filter(None, (sections_about(article, code) for code in codes)), ())

    return sections


def _sources(one: PracticeView, page: str) -> Markdown:
    counts = Counter(name for article in one.articles if (name := source(article)))
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return counted([(source_link(name, page), count) for name, count in order])


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
