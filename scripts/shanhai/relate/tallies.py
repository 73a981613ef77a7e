"""Tallies over some articles: which units they report on, which themes go together."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import gazetteer
from shanhai.annotate.vocabulary import themes
from shanhai.relate.compilations import sections_on
from shanhai.relate.views import above

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
    """The same for one theme of an article: of a compilation only the units of the sections on that theme."""
    sections = sections_on(article, label)
    return _with_above(code for one in sections for code in one.places) if sections else reported(article)


def tally(found: Iterable[Iterable[str]]) -> Counter[str]:
    """How many articles there are of each of the codes, or labels, that each article gives."""
    return Counter(one for of_article in found for one in set(of_article))


def ranked(counts: Mapping[str, int], level: Level) -> list[tuple[str, int]]:
    """The units of a level by code, the most reported first, of equals in the order of the codes."""
    found = [(code, count) for code, count in counts.items() if gazetteer.unit(code).level == level]
    return sorted(found, key=lambda item: (-item[1], item[0]))


def labels(articles: Iterable[Article]) -> list[tuple[str, int]]:
    """The themes of some articles with their counts, the most frequent first, of equals in the order of themes."""
    counts = tally((tag.label for tag in article.annotations.themes) for article in articles)
    order = [(one.label, counts[one.label]) for one in themes() if counts[one.label]]
    return sorted(order, key=lambda item: -item[1])


def related(label: str, by_theme: Mapping[str, Sequence[Article]]) -> list[Shared]:
    """The other themes of a theme's articles, those that share the most articles first."""
    counts = labels(by_theme.get(label, ()))
    return [Shared(other, both, len(by_theme[other])) for other, both in counts if other != label]


def _with_above(codes: Iterable[str]) -> set[str]:
    found = set(codes)
    return found | {up for code in found for up in _above(code)}


_above = cache(above)
"""Asked for each unit of each article of each theme."""
