"""What a reader can ask of the whole archive: its articles by place, theme, year, source, pair and practice.

`Views` is computed once for an archive; every list of articles in it runs from the newest to the oldest, undated ones
last.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai.annotate import gazetteer
from shanhai.annotate.gazetteer import provinces
from shanhai.marks import is_doubtful
from shanhai.records import Annotations, Article, Figure, Rejected
from shanhai.relate import stated
from shanhai.relate.facts import above, date_of, pair_keys, province_of, source, year
from shanhai.relate.identity import UNDATED
from shanhai.relate.stated import PairView, PracticeView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one run found.

    `articles` are sorted by id; `repairs` maps a rule id to its number of edits; `files` is the number of files read.
    """

    articles: tuple[Article, ...]
    rejected: tuple[Rejected, ...]
    repairs: dict[str, int]
    files: int


class FigureOf(NamedTuple):
    """A figure in its article: `number` counts in the article's figures, from 0."""

    article: Article
    number: int

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.article.annotations.figures[self.number]


class Views(msgspec.Struct, frozen=True, kw_only=True):
    """An archive by code of a unit, label of a theme, year, source, pair and practice.

    `by_unit` holds the articles that report on a unit or on one below it, `mentioned_in` those that only mention it;
    `figures_of` the figures said of the unit itself; `pairs_of` the pairs in which it, or a unit below it, is a side.
    `units` are the codes of all that have a page: every unit of today that a claim of an article is about, and
    the units above it; the 34 provinces are always among them. `doubtful` are the ids of the articles in which a
    reader meets a conjecture or a gap. `matrix` counts articles by full names of the supporting and the supported
    province.
    """

    archive: Archive
    newest: tuple[Article, ...]
    by_id: dict[str, Article]
    doubtful: frozenset[str]
    units: frozenset[str]
    by_unit: dict[str, tuple[Article, ...]]
    mentioned_in: dict[str, tuple[Article, ...]]
    figures_of: dict[str, tuple[FigureOf, ...]]
    by_theme: dict[str, tuple[Article, ...]]
    by_year: dict[str, tuple[Article, ...]]
    by_source: dict[str, tuple[Article, ...]]
    pairs: tuple[PairView, ...]
    pairs_of: dict[str, tuple[PairView, ...]]
    practices: tuple[PracticeView, ...]
    practices_of: dict[str, tuple[PracticeView, ...]]
    matrix: dict[tuple[str, str], int]

    @property
    def latest(self) -> str:
        """The date of the newest article as far as it is known ("2025-11-21", "2025"), "" where none is dated."""
        found = _DAY.match(date_of(self.newest[0])) if self.newest else None
        return found[0] if found else ""

    @property
    def years(self) -> tuple[int, int] | None:
        """The years of the oldest and the newest article, `None` where none is dated."""
        dated = [int(name) for name in self.by_year if name != UNDATED]
        return (min(dated), max(dated)) if dated else None

    @property
    def provinces(self) -> dict[str, int]:
        """By full name, in the order of GB/T 2260: the number of articles on each province that has any."""
        return {one.name: len(self.by_unit[one.code]) for one in provinces() if one.code in self.by_unit}

    @property
    def unnamed(self) -> int:
        """How many articles name no source."""
        return len(self.newest) - sum(map(len, self.by_source.values()))


def view(archive: Archive) -> Views:
    """All views of an archive."""
    newest = tuple(sorted(archive.articles, key=_age))
    pairs = stated.pairs(newest)
    practices = stated.practices(newest)
    by_unit = _grouped((code, article) for article in newest for code in _reported(article))
    mentioned_in = _grouped((code, article) for article in newest for code in _only_mentioned(article))
    return Views(
        archive=archive,
        newest=newest,
        by_id={article.id: article for article in newest},
        doubtful=frozenset(article.id for article in newest if is_doubtful(article.described)),
        units=_units_with_a_page(newest),
        by_unit=by_unit,
        mentioned_in=mentioned_in,
        figures_of=_figures(newest),
        by_theme=_grouped((tag.label, article) for article in newest for tag in article.annotations.themes),
        by_year=_grouped((year(article), article) for article in newest),
        by_source=_grouped((source(article), article) for article in newest if source(article)),
        pairs=pairs,
        pairs_of=stated.pairs_of(pairs),
        practices=practices,
        practices_of=stated.practices_of(practices),
        matrix=_matrix(newest),
    )


def _grouped(keyed: Iterable[tuple[str, Article]]) -> dict[str, tuple[Article, ...]]:
    groups: defaultdict[str, list[Article]] = defaultdict(list)
    for key, article in keyed:
        groups[key].append(article)
    return {key: tuple(groups[key]) for key in sorted(groups)}


def _age(article: Article) -> tuple[bool, tuple[int, ...], str]:
    """Sort key: dated before undated, newer before older, a mere year after its months; within a day by id."""
    digits = tuple(-ord(character) for character in date_of(article) if character.isdigit())
    return (not digits, (*digits, 0), article.id)


def _reported(article: Article) -> list[str]:
    """The codes of the units that an article reports on, with the prefectures of its counties."""
    places = article.annotations.places
    subjects = {place.code for place in places if place.role == "subject"}
    prefectures = {
        code
        for place in places
        if place.level == "county" and place.code in subjects
        for code in above(place.code)[:-1]
    }
    return sorted(subjects | prefectures)


def _only_mentioned(article: Article) -> list[str]:
    return sorted(
        {place.code for place in article.annotations.places if place.role == "mention"} - set(_reported(article))
    )


def _units_with_a_page(articles: Iterable[Article]) -> frozenset[str]:
    named = {name for article in articles for name in _names(article.annotations)}
    codes = {code for name in named if (code := gazetteer.code_of(name))}
    return frozenset({*(one.code for one in provinces()), *codes, *(up for code in codes for up in above(code))})


def _names(found: Annotations) -> Iterator[str]:
    """The full names of all units that claims of an article are about."""
    yield from (place.name for place in found.places)
    for pair in found.pairs:
        yield from (pair.origin, pair.target)
    for body in found.organisations:
        yield from filter(None, (body.origin, body.target))
    yield from (one.place for one in found.practices if one.place)
    yield from (one.place for one in found.figures if one.place)


def _figures(newest: Sequence[Article]) -> dict[str, tuple[FigureOf, ...]]:
    found: defaultdict[str, list[FigureOf]] = defaultdict(list)
    for article in newest:
        for number, figure in enumerate(article.annotations.figures):
            code = gazetteer.code_of(figure.place) if figure.place else None
            if code:
                found[code].append(FigureOf(article, number))
    return {code: tuple(found[code]) for code in sorted(found)}


def _matrix(newest: Sequence[Article]) -> dict[tuple[str, str], int]:
    """(supporting province, supported province) -> number of articles that state a pair between them."""
    counts: Counter[tuple[str, str]] = Counter()
    for article in newest:
        sides = {(province_of(origin), province_of(target)) for origin, target in pair_keys(article)}
        counts.update((origin, target) for origin, target in sides if origin and target)
    return dict(counts)
