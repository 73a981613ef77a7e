"""What of an article is searched: its head lines, its lines, and the units of about 600 characters they make up."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from shanhai.annotate import gazetteer
from shanhai.annotate.vocabulary import themes
from shanhai.pages.articles.anchors import Anchors
from shanhai.pages.escape import visible
from shanhai.records import BlockKind
from shanhai.relate.facts import above
from shanhai.search.fold import fold
from shanhai.search.words import KEPT_NAMES, form, without_repeats

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.records import Article

    LineKind = Literal["p", "h"]

UNIT_CHARS = 600
"""A unit ends with the line that brings it to so many folded characters: a screen or two, whose text a reader of the
index fetches whole for an excerpt."""

TITLE_WEIGHT, HEADING_WEIGHT, TEXT_WEIGHT = 5, 2, 1


class Line(NamedTuple):
    """A block of the clean text as it is published; `anchor` is its place on the article's page."""

    anchor: str
    kind: LineKind
    text: str


class SearchedArticle(NamedTuple):
    """What is searched of an article: its title, the names it is known by, its lines."""

    title: str
    names: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def texts(self) -> list[str]:
        """All lines in the order of the index, any part of which leads to the article: title, Chinese names, text."""
        names = (name for name in self.names if not form(name).words)
        return [self.title, *names, *[line.text for line in self.lines]]

    @property
    def weights(self) -> list[int]:
        """How much an occurrence in each of the `texts` counts."""
        names = [TEXT_WEIGHT for name in self.names if not form(name).words]
        return [TITLE_WEIGHT, *names, *[HEADING_WEIGHT if line.kind == "h" else TEXT_WEIGHT for line in self.lines]]

    @property
    def words(self) -> list[str]:
        """The folded words of the other names, some twice: what is typed for one must be a whole word."""
        return [word for name in self.names for word in form(name).words]

    @property
    def digest(self) -> bytes:
        """A digest of all that the index takes from the article."""
        parts = "\x1f".join([f"{len(self.names)}", self.title, *self.names, *("\x1e".join(one) for one in self.lines)])
        return hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def searched(article: Article) -> SearchedArticle:
    """What is searched of an article."""
    described = article.described
    anchors = Anchors(described.blocks)
    lines = (
        Line(
            anchor,
            "h" if block.kind is BlockKind.HEADING else "p",
            shown(described.text[block.start : block.end]),
        )
        for anchor, block in zip(anchors.names, anchors.blocks, strict=True)
    )
    title = shown(described.title)
    return SearchedArticle(title, without_repeats(map(shown, _names(article)), fold(title)), tuple(lines))


def shown(text: str) -> str:
    """The text as pages show it, on one line and without what reorders a page."""
    return text if text.isprintable() and "  " not in text else visible(text)


def unit_counts(sizes: Sequence[int]) -> list[int]:
    """How many lines each unit of an article has, by the lines' folded lengths; at least one unit."""
    counts, held = [0], 0
    for size in sizes:
        if held >= UNIT_CHARS:
            counts.append(0)
            held = 0
        counts[-1] += 1
        held += size
    return counts


def _names(article: Article) -> Iterator[str]:
    """What an article is known by beside its text: places, pairs, themes, practices, source, authors."""
    found = article.annotations
    yield from _names_of_places(frozenset(place.code for place in found.places if place.role == "subject"))
    for pair in found.pairs:
        yield from (pair.origin, pair.target)
    for tag in found.themes:
        yield from (tag.label, _theme_english().get(tag.label, ""))
    yield from (practice.name for practice in found.practices)
    described = article.described
    yield from (described.source or "", described.agency or "", *described.authors)


@lru_cache(maxsize=KEPT_NAMES)
def _names_of_places(subjects: frozenset[str]) -> tuple[str, ...]:
    """The names of some places and of what they belong to; a county first, whose full name holds those above it."""
    codes = subjects | {up for code in subjects for up in above(code)}
    ordered = sorted(codes, key=lambda code: (-len(above(code)), code))
    return without_repeats(name for code in ordered for name in _place_names(code))


@cache
def _place_names(code: str) -> tuple[str, ...]:
    """Its full name, its own names of before, its short names, in English and by pinyin."""
    before = [span.name for span in gazetteer.unit_names(code)]
    short = gazetteer.short_names(gazetteer.unit(code).name)
    return (gazetteer.full_name(code), *before, *short, gazetteer.english(code), gazetteer.romanised(code).pinyin)


@cache
def _theme_english() -> dict[str, str]:
    return {theme.label: theme.en for theme in themes()}
