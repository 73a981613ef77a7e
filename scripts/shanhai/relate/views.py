"""What a reader can ask of the whole archive: its articles by place, theme, year, source, pair and practice.

`Views` is computed once for an archive; every list of articles in it runs from the newest to the oldest, undated ones
last.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from shanhai.annotate import gazetteer
from shanhai.annotate.gazetteer import provinces
from shanhai.annotate.practices import core
from shanhai.marks import is_doubtful
from shanhai.records import Annotations, Article, Figure, Pair, Practice, Rejected
from shanhai.relate.identity import UNDATED as UNDATED  # noqa: PLC0414 - the name of a year, too

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Told = TypeVar("Told")

_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?!\d)", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one run found.

    `articles` are sorted by id; `repairs` maps a rule id to its number of edits; `files` is the number of files read.
    """

    articles: tuple[Article, ...]
    rejected: tuple[Rejected, ...]
    repairs: dict[str, int]
    files: int


class PairView(msgspec.Struct, frozen=True, kw_only=True):
    """One pair over all articles that state it.

    `origin_code` and `target_code` are `None` for a side that is no unit of today. `since` is the earliest year that an
    article gives; `stated` is the pair as each article has it. Which official rounds hold it, `annotate.rounds` tells.
    """

    origin: str
    target: str
    origin_code: str | None
    target_code: str | None
    since: int | None
    articles: tuple[Article, ...]
    stated: tuple[tuple[Article, Pair], ...] = ()

    @property
    def codes(self) -> tuple[str, str] | None:
        """The codes of both sides, `None` where one is no unit of today: then the pair has no page."""
        return (self.origin_code, self.target_code) if self.origin_code and self.target_code else None


class PracticeView(msgspec.Struct, frozen=True, kw_only=True):
    """One named working model over all articles that name it; `name` is its most frequent form, the earliest of equals.

    `core` is what all its names have in common; `told` are the sentences that say what it is, oldest article first,
    those of undated articles last.
    """

    core: str
    name: str
    names: tuple[str, ...]
    articles: tuple[Article, ...]
    told: tuple[tuple[Article, Practice], ...]

    @property
    def places(self) -> tuple[str, ...]:
        """Full names of the units that practise it, as far as the articles tell, sorted."""
        return tuple(sorted({one.place for _, one in self.told if one.place}))

    @property
    def themes(self) -> tuple[str, ...]:
        """Labels of what it serves, the most frequent first."""
        return tuple(label for label, _ in Counter(label for _, one in self.told for label in one.themes).most_common())


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
    pairs = _pairs(newest)
    practices = _practices(newest)
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
        pairs_of=_pairs_of(pairs),
        practices=practices,
        practices_of=_practices_of(practices),
        matrix=_matrix(newest),
    )


def date_of(article: Article) -> str:
    """The date of an article as far as it is known, in EDTF: "2019-03-11", "2019~", "" where it has none."""
    return article.described.date or article.described.date_edtf


def year(article: Article) -> str:
    """The year of an article as four digits, or "undated"."""
    found = _YEAR.match(date_of(article))
    return found[0] if found else UNDATED


def month(article: Article) -> str:
    """The month of an article as "2019-03", or "" where it is not known; an interval is of no month."""
    written = date_of(article)
    found = None if "/" in written else _MONTH.match(written)
    return found[0] if found else ""


def turned(told: Sequence[Told], article: Callable[[Told], Article]) -> tuple[Told, ...]:
    """What runs from the newest article to the oldest the other way round, or back; undated articles stay last."""
    dated = [one for one in told if year(article(one)) != UNDATED]
    return (*reversed(dated), *(one for one in told if year(article(one)) == UNDATED))


def source(article: Article) -> str:
    """The publication of an article, else its news agency, else ""."""
    return article.described.source or article.described.agency or ""


def province_of(full_name: str) -> str | None:
    """The full name of the province that a full name begins with."""
    return next((one.name for one in provinces() if full_name.startswith(one.name)), None)


def above(code: str) -> tuple[str, ...]:
    """The codes of the units above one of today, the nearest first."""
    return gazetteer.ancestors(gazetteer.unit(code))


def province_themes(article: Article) -> list[tuple[str, str]]:
    """Each province that an article is about with each of its themes."""
    labels = [tag.label for tag in article.annotations.themes]
    return [(name, label) for name in article.annotations.provinces for label in labels]


def pair_keys(article: Article) -> list[tuple[str, str]]:
    """Both sides of each pair that an article states, each pair once."""
    return list(dict.fromkeys((pair.origin, pair.target) for pair in article.annotations.pairs))


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


def _pairs(newest: Sequence[Article]) -> tuple[PairView, ...]:
    stated: defaultdict[tuple[str, str], list[tuple[Article, Pair]]] = defaultdict(list)
    for article in newest:
        for pair in article.annotations.pairs:
            stated[pair.origin, pair.target].append((article, pair))
    return tuple(_pair_view(key, stated[key]) for key in sorted(stated))


def _pair_view(key: tuple[str, str], stated: list[tuple[Article, Pair]]) -> PairView:
    articles = {article.id: article for article, _ in stated}
    return PairView(
        origin=key[0],
        target=key[1],
        origin_code=gazetteer.code_of(key[0]),
        target_code=gazetteer.code_of(key[1]),
        since=min((pair.since for _, pair in stated if pair.since is not None), default=None),
        articles=tuple(articles.values()),
        stated=tuple(stated),
    )


def _pairs_of(pairs: Iterable[PairView]) -> dict[str, tuple[PairView, ...]]:
    """By code of a unit; a side that is no unit of today counts for the province that its name begins with."""
    found: defaultdict[str, list[PairView]] = defaultdict(list)
    for pair in pairs:
        known = ((pair.origin, pair.origin_code), (pair.target, pair.target_code))
        sides = [one for name, code in known if (one := code or gazetteer.code_of(province_of(name) or ""))]
        for code in sorted({*sides, *(up for side in sides for up in above(side))}):
            found[code].append(pair)
    return {code: tuple(found[code]) for code in sorted(found)}


def _practices(newest: Sequence[Article]) -> tuple[PracticeView, ...]:
    """All practices, the most reported first, then by name."""
    told: defaultdict[str, list[tuple[Article, Practice]]] = defaultdict(list)
    for article in newest:
        for practice in article.annotations.practices:
            told[core(practice.name)].append((article, practice))
    found = [_practice_view(key, told[key]) for key in told]
    return tuple(sorted(found, key=lambda one: (-len(one.articles), one.name)))


def _practice_view(key: str, told: list[tuple[Article, Practice]]) -> PracticeView:
    oldest_first = turned(told, itemgetter(0))
    names = Counter(practice.name for _, practice in oldest_first)
    return PracticeView(
        core=key,
        name=names.most_common(1)[0][0],
        names=tuple(sorted(names)),
        articles=tuple({article.id: article for article, _ in told}.values()),
        told=oldest_first,
    )


def _practices_of(practices: Iterable[PracticeView]) -> dict[str, tuple[PracticeView, ...]]:
    """By code of a unit: the practices of it and of the units below it."""
    found: defaultdict[str, list[PracticeView]] = defaultdict(list)
    for one in practices:
        codes = {code for place in one.places if (code := gazetteer.code_of(place))}
        for code in sorted(codes | {up for below in codes for up in above(below)}):
            found[code].append(one)
    return {code: tuple(found[code]) for code in sorted(found)}


def _matrix(newest: Sequence[Article]) -> dict[tuple[str, str], int]:
    """(supporting province, supported province) -> number of articles that state a pair between them."""
    counts: Counter[tuple[str, str]] = Counter()
    for article in newest:
        sides = {(province_of(origin), province_of(target)) for origin, target in pair_keys(article)}
        counts.update((origin, target) for origin, target in sides if origin and target)
    return dict(counts)
