"""Pairs and named working models over all articles that state them."""

from __future__ import annotations

from collections import Counter, defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec

from shanhai.annotate import gazetteer
from shanhai.annotate.practices import core
from shanhai.records import Article, Pair, Practice
from shanhai.relate.facts import above, province_of, turned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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
    those of undated articles last. As far as these tell: `places` are the full names of the units that practise it,
    sorted, `themes` the labels of what it serves, the most frequent first.
    """

    core: str
    name: str
    names: tuple[str, ...]
    articles: tuple[Article, ...]
    told: tuple[tuple[Article, Practice], ...]
    places: tuple[str, ...]
    themes: tuple[str, ...]


def pairs(newest: Sequence[Article]) -> tuple[PairView, ...]:
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


def pairs_of(pairs: Iterable[PairView]) -> dict[str, tuple[PairView, ...]]:
    """By code of a unit; a side that is no unit of today counts for the province that its name begins with."""
    found: defaultdict[str, list[PairView]] = defaultdict(list)
    for pair in pairs:
        known = ((pair.origin, pair.origin_code), (pair.target, pair.target_code))
        sides = [one for name, code in known if (one := code or gazetteer.code_of(province_of(name) or ""))]
        for code in sorted({*sides, *(up for side in sides for up in above(side))}):
            found[code].append(pair)
    return {code: tuple(found[code]) for code in sorted(found)}


def practices(newest: Sequence[Article]) -> tuple[PracticeView, ...]:
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
        places=tuple(sorted({one.place for _, one in oldest_first if one.place})),
        themes=tuple(label for label, _ in Counter(one for _, it in oldest_first for one in it.themes).most_common()),
    )


def practices_of(practices: Iterable[PracticeView]) -> dict[str, tuple[PracticeView, ...]]:
    """By code of a unit: the practices of it and of the units below it."""
    found: defaultdict[str, list[PracticeView]] = defaultdict(list)
    for one in practices:
        codes = {code for place in one.places if (code := gazetteer.code_of(place))}
        for code in sorted(codes | {up for below in codes for up in above(below)}):
            found[code].append(one)
    return {code: tuple(found[code]) for code in sorted(found)}
