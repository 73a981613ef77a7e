"""What of an article is searched: its head lines, its lines, and the units of about 600 characters they make up."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from shanhai.annotate import gazetteer
from shanhai.annotate.vocabulary import themes
from shanhai.pages.articles.anchors import Anchors
from shanhai.records import BlockKind
from shanhai.relate.facts import above
from shanhai.search.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
        """All lines in the order of the index: title, names, text."""
        return [self.title, *self.names, *(line.text for line in self.lines)]

    @property
    def weights(self) -> list[int]:
        """How much an occurrence in each of the `texts` counts."""
        of_text = (HEADING_WEIGHT if line.kind == "h" else TEXT_WEIGHT for line in self.lines)
        return [TITLE_WEIGHT, *([TEXT_WEIGHT] * len(self.names)), *of_text]

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
            described.text[block.start : block.end],
        )
        for anchor, block in zip(anchors.names, anchors.blocks, strict=True)
    )
    return SearchedArticle(described.title, _without_repeats(described.title, names(article)), tuple(lines))


def names(article: Article) -> Iterator[str]:
    """What an article is known by beside its text: places, pairs, themes, practices, source, authors, id.

    A county comes before what is above it, whose name is a part of its own.
    """
    found = article.annotations
    subjects = {place.code for place in found.places if place.role == "subject"}
    codes = subjects | {up for code in subjects for up in above(code)}
    for code in sorted(codes, key=lambda code: (-len(above(code)), code)):
        yield from _place_names(code)
    for pair in found.pairs:
        yield from (pair.origin, pair.target)
    english = {theme.label: theme.en for theme in themes()}
    for tag in found.themes:
        yield from (tag.label, english.get(tag.label, ""))
    yield from (practice.name for practice in found.practices)
    described = article.described
    yield from (described.source or "", described.agency or "", *described.authors, article.id)


def unit_starts(sizes: Sequence[int]) -> list[int]:
    """The numbers of the lines with which the units of an article begin, by the lines' folded lengths; at least one."""
    starts, held = [0], 0
    for number, size in enumerate(sizes):
        if held >= UNIT_CHARS:
            starts.append(number)
            held = 0
        held += size
    return starts


@cache
def _place_names(code: str) -> tuple[str, ...]:
    """Its full name, its own names of before, its short names, in English and by pinyin."""
    before = [span.name for span in gazetteer.unit_names(code)]
    short = gazetteer.short_names(gazetteer.unit(code).name)
    return (gazetteer.full_name(code), *before, *short, gazetteer.english(code), gazetteer.romanised(code).pinyin)


@lru_cache(maxsize=1 << 16)
def _form(name: str) -> str:
    return fold(name)


def _without_repeats(title: str, found: Iterable[str]) -> tuple[str, ...]:
    """The names without those that are part of a line before them: they are found there."""
    kept: list[str] = []
    folded = [fold(title)]
    for name in found:
        form = _form(name)
        if form and not any(form in line for line in folded):
            kept.append(name)
            folded.append(form)
    return tuple(kept)
