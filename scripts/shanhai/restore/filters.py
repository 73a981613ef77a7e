"""Characters that a word filter took out of a whole page without leaving a mask.

A filter written against a name goes by the character and takes 习 and 平 out of ordinary words too: 考察学 for
考察学习, 电商台 for 电商平台. The page is told by two things together: it has none of the character although a text so
long should, and several places lack it where what is left is no word. Repairs are conjectures, places with two readings
stay, a person is a gap.
Source of the words, frequencies and thresholds: reference/filters.yml.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from ahocorasick_rs import AhoCorasick

from shanhai.editlog import edit, without_overlaps
from shanhai.records import Certainty
from shanhai.reference import load
from shanhai.restore.characters import HAN
from shanhai.restore.collocations import Collocations, Group

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from collections.abc import Set as AbstractSet

    from shanhai.records import Edit
    from shanhai.restore.collocations import Phrase
    from shanhai.restore.context import Context

_HAN = re.compile(f"[{HAN}]")


class Threshold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At least so many places and words, and at most such a chance that the characters are honestly absent."""

    places: int
    words: int
    absence: float


class Filters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """reference/filters.yml."""

    per_thousand: dict[str, float]
    enough: tuple[Threshold, ...]
    lists: dict[str, tuple[str, ...]]
    words: tuple[Group, ...]
    persons: tuple[Group, ...]


class _Place(NamedTuple):
    """Where a character is lost: right before `text[at]`, and what is left of its word."""

    at: int
    phrase: Phrase

    @property
    def word(self) -> str:
        return self.phrase.fill + (self.phrase.left or self.phrase.right)[0][-1]


@cache
def filters() -> Filters:
    """The characters that filters are known to take, and the words that tell it."""
    return load("filters.yml", Filters)


def find(text: str, _context: Context) -> tuple[Edit, ...]:
    """Lost characters of a page that a filter went over (FILTER-01 conjecture, FILTER-02 gap for a person)."""
    absent = {char for char in filters().per_thousand if char not in text}
    if not absent or not _is_long(text, absent):
        return ()
    places = list(_places(text, _words(), absent))
    if not _is_filtered(text, places):
        return ()
    lost = {place.phrase.fill for place in places}
    found = [_repair(text, place.at, place.phrase.fill) for place in places]
    found += (
        edit("FILTER-02", text, (place.at, place.at), certainty=Certainty.GAP)
        for place in _places(text, _persons(), lost)
    )
    return without_overlaps(found)


def absence_chance(length: int, characters: AbstractSet[str]) -> float:
    """The chance that so many Chinese characters of ordinary text hold none of these."""
    return math.exp(-length * sum(filters().per_thousand[char] for char in characters) / 1000)


def _is_long(text: str, absent: AbstractSet[str]) -> bool:
    """Whether the absence says anything; the length bounds the count of Chinese characters from above."""
    return absence_chance(len(text), absent) <= max(one.absence for one in filters().enough)


def _is_filtered(text: str, places: list[_Place]) -> bool:
    words = {place.word for place in places}
    if not words:
        return False
    absence = absence_chance(len(_HAN.findall(text)), {place.phrase.fill for place in places})
    return any(
        len(places) >= one.places and len(words) >= one.words and absence <= one.absence for one in filters().enough
    )


def _repair(text: str, at: int, char: str) -> Edit:
    """The edit shows the character beside the lost one, as an empty place shows nothing."""
    if at and _HAN.match(text[at - 1]):
        return edit("FILTER-01", text, (at - 1, at), text[at - 1] + char, Certainty.CONJECTURE)
    return edit("FILTER-01", text, (at, at + 1), char + text[at], Certainty.CONJECTURE)


def _places(text: str, known: _Known, lost: Container[str]) -> Iterator[_Place]:
    """Where a phrase fits without its hidden character, if that is one of the lost."""
    found = known.sides.find_matches_as_indexes(text, overlapping=True)
    for at in sorted({end if known.is_left[number] else start for number, start, end in found}):
        phrase = next((one for one in known.phrases.find_all(text, at, at) if one.fill in lost), None)
        if phrase:
            yield _Place(at, phrase)


class _Known(NamedTuple):
    """Phrases, and an automaton of one side of each, which finds where a phrase can be at all."""

    phrases: Collocations
    sides: AhoCorasick
    is_left: tuple[bool, ...]


@cache
def _words() -> _Known:
    return _with_sides(Collocations(filters().words, filters().lists))


@cache
def _persons() -> _Known:
    return _with_sides(Collocations(filters().persons, filters().lists))


def _with_sides(phrases: Collocations) -> _Known:
    """The phrases by the side of each whose shortest form is longer, as longer strings are rarer."""
    sides = sorted({side for phrase in phrases.phrases for side in _rarer_side(phrase)})
    return _Known(phrases, AhoCorasick([words for words, _left in sides]), tuple(left for _words, left in sides))


def _rarer_side(phrase: Phrase) -> set[tuple[str, bool]]:
    left, right = (min(map(len, side), default=0) for side in (phrase.left, phrase.right))
    return {(words, left >= right) for words in (phrase.left if left >= right else phrase.right)}
