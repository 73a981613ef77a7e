"""Tallies over some articles: which units they report on, which themes go together, when and by whom they were printed.

Every ranking runs from the highest count; equals stand in the order of their codes, of the vocabulary or of names.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import gazetteer
from shanhai.annotate.vocabulary import themes
from shanhai.relate.compilations import themes_about
from shanhai.relate.facts import above, source, year
from shanhai.relate.identity import UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shanhai.records import Article, Level


class Shared(NamedTuple):
    """A theme that other articles of a theme carry, too: in how many both stand, and in how many the other stands."""

    label: str
    both: int
    other: int


def reported(article: Article) -> set[str]:
    """The codes of the units that an article reports on, and of the units above them."""
    return _with_above(place.code for place in article.annotations.places if place.role == "subject")


def reported_on(article: Article, label: str) -> set[str]:
    """The same for one theme of an article: of a compilation only the units with a section on that theme."""
    return {code for code in reported(article) if label in themes_about(article, code)}


def tally(found: Iterable[Iterable[str]]) -> Counter[str]:
    """How many articles there are of each of the codes, or labels, that each article gives."""
    return Counter(one for of_article in found for one in set(of_article))


def ranked(counts: Mapping[str, int], level: Level) -> list[tuple[str, int]]:
    """The units of a level by code."""
    found = [(code, count) for code, count in counts.items() if gazetteer.unit(code).level == level]
    return sorted(found, key=lambda item: (-item[1], item[0]))


def by_year(articles: Iterable[Article]) -> Counter[int]:
    """The number of articles of each year; the undated are left out."""
    return Counter(int(name) for name in map(year, articles) if name != UNDATED)


def sources(articles: Iterable[Article]) -> list[tuple[str, int]]:
    """The publications of some articles; articles that name none are left out."""
    counts = Counter(filter(None, map(source, articles)))
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def provinces(articles: Iterable[Article]) -> list[tuple[str, int]]:
    """The provinces that some articles report on, by full name."""
    return _in_order(tally(one.annotations.provinces for one in articles), (one.name for one in gazetteer.provinces()))


def labels(articles: Iterable[Article]) -> list[tuple[str, int]]:
    """The themes of some articles."""
    return ranked_labels(tally((tag.label for tag in article.annotations.themes) for article in articles))


def ranked_labels(counts: Counter[str]) -> list[tuple[str, int]]:
    """The themes that have a count."""
    return _in_order(counts, (one.label for one in themes()))


def related(label: str, by_theme: Mapping[str, Sequence[Article]]) -> list[Shared]:
    """The other themes of a theme's articles, those that share the most articles first."""
    counts = labels(by_theme.get(label, ()))
    return [Shared(other, both, len(by_theme[other])) for other, both in counts if other != label]


def _in_order(counts: Counter[str], order: Iterable[str]) -> list[tuple[str, int]]:
    """What has a count, the highest first, of equals in the given order."""
    return sorted(((one, counts[one]) for one in order if counts[one]), key=lambda item: -item[1])


def _with_above(codes: Iterable[str]) -> set[str]:
    found = set(codes)
    return found | {up for code in found for up in _above(code)}


_above = cache(above)
"""Asked for each unit of each article of each theme."""
