"""The words that figures are read by: the whole of `units.yml`, read once."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from shanhai import reference
from shanhai.records import Qualifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

BRANCHES_A_GROUP = 16
"""Of 200 branches the engine tries one after the other; groups of 12 to 24 are found in half the time."""


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """The words that bound the noun phrase of a figure; explained in `units.yml`."""

    most_chars: int
    window_chars: int
    general_chars: int
    cuts: frozenset[str]
    verbs: frozenset[str]
    kept_before: frozenset[str]
    weak_verbs: frozenset[str]
    links: frozenset[str]
    growth: str
    skips: str
    skip_starts: frozenset[str]
    heads: str
    ends: frozenset[str]
    kept_behind: frozenset[str]


class Qualifiers(msgspec.Struct, frozen=True, kw_only=True):
    """What the text says of a number's sureness, by where it stands; explained in `units.yml`."""

    before: dict[str, Qualifier]
    passed_over: str
    not_behind: dict[str, str]
    within: dict[str, Qualifier]
    behind: dict[str, Qualifier]


class WholeUnits(msgspec.Struct, frozen=True, kw_only=True):
    """Words for the unit that a text is about: 全省 is a mark and a kind, 县里 stands bare."""

    marks: tuple[str, ...]
    kinds: tuple[str, ...]
    not_before: str
    bare: tuple[str, ...]


class Units(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of `units.yml`, where each field is explained."""

    units: dict[str, tuple[str, ...]]
    units_not_behind: dict[str, str]
    same_as: dict[str, str]
    tenths: frozenset[str]
    implied: dict[str, str]
    implied_window_chars: int
    implied_stops: str
    scales: dict[str, int]
    sure_units: frozenset[str]
    sure_nouns: tuple[str, ...]
    sure_noun_window_chars: int
    decimal_units: frozenset[str]
    half_units: frozenset[str]
    per_units: tuple[str, ...]
    idioms: tuple[str, ...]
    empty_nouns: tuple[str, ...]
    ranks: tuple[str, ...]
    rank_units_of_qian: frozenset[str]
    not_a_rank_behind: frozenset[str]
    qualifiers: Qualifiers
    range_marks: str
    change: str
    follow_their_noun: frozenset[str]
    label: Label
    scores: dict[str, float]
    whole_units: WholeUnits
    several_units: tuple[str, ...]
    place_paragraphs_back: int


@cache
def units() -> Units:
    """The units and what belongs to them."""
    return reference.load("units.yml", Units)


def any_of(words: Iterable[str]) -> str:
    """An expression for any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def branches(ways: Mapping[str, str]) -> str:
    """An expression for any of these ways to go on behind a first character, in groups that one look rules out."""
    firsts = list(ways)
    groups = [firsts[at : at + BRANCHES_A_GROUP] for at in range(0, len(firsts), BRANCHES_A_GROUP)]
    return f"{_ahead(firsts)}(?:{'|'.join(_group(ways, group) for group in groups)})"


def _group(ways: Mapping[str, str], firsts: Sequence[str]) -> str:
    return f"{_ahead(firsts)}(?:{'|'.join(f'{re.escape(first)}(?:{ways[first]})' for first in firsts)})"


def _ahead(firsts: Sequence[str]) -> str:
    return f"(?=[{re.escape(''.join(firsts))}])"
