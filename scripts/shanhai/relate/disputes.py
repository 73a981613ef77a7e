"""The same fact with different values in two articles: both are shown, each says so of the other."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import cache
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai import reference
from shanhai.records import Dispute

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shanhai.records import Article, Figure

MOST_ARTICLES_OF_A_FACT = 20
"""What more articles give with one label for one place and year is no single fact; it also bounds the work."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of `disputes.yml`, where each field is explained."""

    shortest_label_chars: int
    indicators: tuple[str, ...]
    units: dict[str, str]
    dropped: tuple[str, ...]
    openers: tuple[str, ...]
    closers: tuple[str, ...]
    partial: tuple[str, ...]


class _Given(NamedTuple):
    """A fact as one article gives it: its place among the article's figures and the range that its words allow."""

    article: Article
    figure: int
    value: float
    low: float
    high: float


def disputes(articles: Sequence[Article]) -> dict[str, tuple[Dispute, ...]]:
    """For each article's id the facts that another article gives otherwise, in the order of the article's figures.

    A fact is a place, a year, a unit and a label that says what is measured (贫困发生率; never 资金 or 项目 alone). Two
    values differ where neither rounding nor a qualifier explains it: 6300万 agrees with 0.63亿 and 6000多万. An article
    that gives one fact with several values itself is left out for it, and so are reprints of each other. Articles
    without a dispute have no entry.
    """
    found: dict[str, set[tuple[int, str, float]]] = defaultdict(set)
    for given in _facts(articles).values():
        if 1 < len(given) <= MOST_ARTICLES_OF_A_FACT:
            for one, other in combinations(given, 2):
                if _differ(one, other) and not _reprints(one.article, other.article):
                    found[one.article.id].add((one.figure, other.article.id, other.value))
                    found[other.article.id].add((other.figure, one.article.id, one.value))
    return {
        identity: tuple(Dispute(figure=figure, article=article, value=value) for figure, article, value in sorted(rows))
        for identity, rows in sorted(found.items())
    }


def _facts(articles: Iterable[Article]) -> Mapping[tuple[str, int, str, str], list[_Given]]:
    """The facts with the articles that give each, of which every one gives it in one way only."""
    facts: dict[tuple[str, int, str, str], list[_Given]] = defaultdict(list)
    for article in articles:
        own: dict[tuple[str, int, str, str], list[_Given]] = defaultdict(list)
        for index, figure in enumerate(article.annotations.figures):
            key = _key(figure)
            if key is not None:
                own[key].append(_Given(article, index, figure.value, *_range(figure)))
        for key, given in own.items():
            if not any(_differ(given[0], other) for other in given[1:]):
                facts[key].append(given[0])
    return facts


def _key(figure: Figure) -> tuple[str, int, str, str] | None:
    """What fact a figure is of; `None` where place, year or a telling label is missing."""
    if figure.place is None or figure.year is None:
        return None
    label = _normal(figure.label)
    if label is None:
        return None
    return figure.place, figure.year, _known().units.get(figure.unit, figure.unit), label


@cache
def _normal(label: str) -> str | None:
    """The label without what may be said or left out (全县, 总额); `None` where it is too general to name a fact."""
    known = _known()
    if any(word in label for word in known.partial):
        return None
    for word in known.dropped:
        label = label.replace(word, "")
    for word in known.openers:
        label = label.removeprefix(word)
    for word in known.closers:
        label = label.removesuffix(word)
    return label if len(label) >= known.shortest_label_chars and label.endswith(known.indicators) else None


def _range(figure: Figure) -> tuple[float, float]:
    """The values that a figure allows: its last written digit may be rounded, its qualifier opens it to one side."""
    step = _last_digit(figure.value)
    low, high = figure.value, figure.value if figure.upper is None else figure.upper
    match figure.qualifier:
        case "nearly":
            return low - step, high
        case "over":
            return low, high + step
        case "about":
            return low - step, high + step
        case "at least":
            return low, inf
        case "at most":
            return -inf, high
    return low - step / 2, high + step / 2


def _last_digit(value: float) -> float:
    """What one of the last digit that is not zero is worth: 1000000 for 63000000, 0.01 for 0.46."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return 10.0**exponent if value and isinstance(exponent, int) else 1.0


def _differ(one: _Given, other: _Given) -> bool:
    return one.high <= other.low or other.high <= one.low if one.value != other.value else False


def _reprints(one: Article, other: Article) -> bool:
    return other.id in one.reprints or one.id in other.reprints


@cache
def _known() -> Facts:
    return reference.load("disputes.yml", Facts)
