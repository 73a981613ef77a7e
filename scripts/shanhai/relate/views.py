"""What a reader can ask of the whole archive: its articles by province, theme, year and pair, and their neighbours.

`Views` is computed once for an archive; every list of articles in it runs from the newest to the oldest, undated ones
last.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec

from shanhai.annotate.gazetteer import provinces
from shanhai.records import Article, Level, Pair, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NEIGHBOURS_EACH_SIDE = 3
"""How far in time a related article is looked for, in articles of the same pair or the same province and theme."""

MOST_RELATED = 5
"""More than five related articles are a list, not a hint (findings of the reading design, recommendation 1)."""

UNDATED = "undated"


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

    `since` is the earliest year that an article gives; `rounds` are the official rounds that hold the pair.
    """

    origin: str
    target: str
    since: int | None
    rounds: tuple[int, ...]
    articles: tuple[Article, ...]


class Related(msgspec.Struct, frozen=True, kw_only=True):
    """An article near another one, and what they share: a pair, or else a province and a theme."""

    article: Article
    pair: tuple[str, str] | None
    province_theme: tuple[str, str] | None


class Views(msgspec.Struct, frozen=True, kw_only=True):
    """An archive seen from every side: by full name of a province, label of a theme, year, and pair."""

    archive: Archive
    newest: tuple[Article, ...]
    by_id: dict[str, Article]
    by_province: dict[str, tuple[Article, ...]]
    mentioned: dict[str, tuple[Article, ...]]
    by_theme: dict[str, tuple[Article, ...]]
    by_year: dict[str, tuple[Article, ...]]
    province_theme: dict[tuple[str, str], int]
    pairs: tuple[PairView, ...]
    matrix: dict[tuple[str, str], int]
    related: dict[str, tuple[Related, ...]]


def view(archive: Archive) -> Views:
    """All views of an archive."""
    newest = tuple(sorted(archive.articles, key=_age))
    return Views(
        archive=archive,
        newest=newest,
        by_id={article.id: article for article in newest},
        by_province=_grouped((name, article) for article in newest for name in article.annotations.provinces),
        mentioned=_grouped((name, article) for article in newest for name in _only_mentioned(article)),
        by_theme=_grouped((tag.label, article) for article in newest for tag in article.annotations.themes),
        by_year=_grouped((year(article), article) for article in newest),
        province_theme=dict(Counter(key for article in newest for key in _province_themes(article))),
        pairs=_pairs(newest),
        matrix=_matrix(newest),
        related=_related(newest),
    )


def year(article: Article) -> str:
    """The year of an article as four digits, or "undated"."""
    written = article.described.date or article.described.date_edtf
    return written[:4] if written[:4].isdigit() else UNDATED


def province_of(full_name: str) -> str | None:
    """The full name of the province that a full name begins with."""
    return next((one.name for one in provinces() if full_name.startswith(one.name)), None)


def units(articles: Iterable[Article], province: str, level: Level) -> list[tuple[str, int]]:
    """The units of a level in a province that articles name, each with its number of articles, the most named first."""
    counts = Counter(
        name
        for article in articles
        for name in {p.name for p in article.annotations.places if p.level == level and p.name.startswith(province)}
    )
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _grouped(keyed: Iterable[tuple[str, Article]]) -> dict[str, tuple[Article, ...]]:
    groups: defaultdict[str, list[Article]] = defaultdict(list)
    for key, article in keyed:
        groups[key].append(article)
    return {key: tuple(groups[key]) for key in sorted(groups)}


def _age(article: Article) -> tuple[bool, tuple[int, ...], str]:
    """Sort key: dated before undated, newer before older, a mere year after its months; within a day by id."""
    written = article.described.date or article.described.date_edtf
    digits = tuple(-ord(character) for character in written if character.isdigit())
    return (not digits, (*digits, 0), article.id)


def _only_mentioned(article: Article) -> list[str]:
    places = article.annotations.places
    return sorted({place.name for place in places if place.level == "province" and place.role == "mention"})


def _province_themes(article: Article) -> list[tuple[str, str]]:
    labels = [tag.label for tag in article.annotations.themes]
    return [(name, label) for name in article.annotations.provinces for label in labels]


def _pair_keys(article: Article) -> list[tuple[str, str]]:
    return list(dict.fromkeys((pair.origin, pair.target) for pair in article.annotations.pairs))


def _pairs(newest: Sequence[Article]) -> tuple[PairView, ...]:
    stated: defaultdict[tuple[str, str], list[tuple[Pair, Article]]] = defaultdict(list)
    for article in newest:
        for pair in article.annotations.pairs:
            stated[pair.origin, pair.target].append((pair, article))
    return tuple(_pair_view(key, stated[key]) for key in sorted(stated))


def _pair_view(key: tuple[str, str], stated: list[tuple[Pair, Article]]) -> PairView:
    articles = {article.id: article for _, article in stated}
    return PairView(
        origin=key[0],
        target=key[1],
        since=min((pair.since for pair, _ in stated if pair.since is not None), default=None),
        rounds=tuple(sorted({pair.official_round for pair, _ in stated if pair.official_round is not None})),
        articles=tuple(articles.values()),
    )


def _matrix(newest: Sequence[Article]) -> dict[tuple[str, str], int]:
    """(supporting province, supported province) -> number of articles that state a pair between them."""
    counts: Counter[tuple[str, str]] = Counter()
    for article in newest:
        sides = {(province_of(origin), province_of(target)) for origin, target in _pair_keys(article)}
        counts.update((origin, target) for origin, target in sides if origin and target)
    return dict(counts)


def _related(newest: Sequence[Article]) -> dict[str, tuple[Related, ...]]:
    """Each article's nearest in time among those of the same pair, then of the same province and theme."""
    by_pair: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    by_topic: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    near_pair: defaultdict[int, list[tuple[int, tuple[str, str]]]] = defaultdict(list)
    near_topic: defaultdict[int, list[tuple[int, tuple[str, str]]]] = defaultdict(list)
    for position, article in enumerate(newest):
        for key in _pair_keys(article):
            by_pair[key].append(position)
        for key in _province_themes(article):
            by_topic[key].append(position)
    _neighbours(by_pair, near_pair)
    _neighbours(by_topic, near_topic)
    return {
        article.id: _nearest(position, newest, near_pair[position], near_topic[position])
        for position, article in enumerate(newest)
    }


def _neighbours(
    groups: dict[tuple[str, str], list[int]], near: defaultdict[int, list[tuple[int, tuple[str, str]]]]
) -> None:
    for key, positions in groups.items():
        for index, position in enumerate(positions):
            around = positions[max(0, index - NEIGHBOURS_EACH_SIDE) : index + NEIGHBOURS_EACH_SIDE + 1]
            near[position] += [(other, key) for other in around if other != position]


def _nearest(
    position: int,
    newest: Sequence[Article],
    near_pair: list[tuple[int, tuple[str, str]]],
    near_topic: list[tuple[int, tuple[str, str]]],
) -> tuple[Related, ...]:
    shared_pair = dict(reversed(near_pair))
    shared_topic = dict(reversed(near_topic))
    topics = Counter(other for other, _ in near_topic)
    same_text = set(newest[position].reprints)
    candidates = [other for other in shared_pair | shared_topic if newest[other].id not in same_text]
    candidates.sort(key=lambda other: (other not in shared_pair, -topics[other], abs(other - position), other))
    return tuple(
        Related(article=newest[other], pair=shared_pair.get(other), province_theme=shared_topic.get(other))
        for other in candidates[:MOST_RELATED]
    )
