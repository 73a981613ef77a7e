"""The forms and words by which pairs are found: the shape of `reference/pair_patterns.yml`."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

import msgspec

from shanhai import reference

SLOT = "\ue000"
"""What stands for a place in a masked sentence; of the private use area, so that no pattern means it by chance."""

Direction = Literal["stated", "given", "open", "weak"]


class Pattern(msgspec.Struct, frozen=True):
    """Ways to say one kind of thing about two places.

    `rules` are those of the evidence: one, or one for each way in which the direction is found. A form is asked where
    the text between the places ends with one of `ends` or holds one of `holds`, or, if `adjacent`, where there is none;
    with `in_context` the paragraph has to speak of assistance.
    """

    rules: tuple[str, ...]
    direction: Direction
    score: float
    forms: tuple[str, ...]
    ends: str = ""
    holds: tuple[str, ...] = ()
    adjacent: bool = False
    in_context: bool = False


class PairName(msgspec.Struct, frozen=True):
    """What makes a pair's two-character name a statement."""

    rules: tuple[str, ...]
    score: float
    after: str
    own_after: tuple[str, ...]
    kinds: tuple[str, ...]
    cities: dict[str, str]
    no_names: frozenset[str]


class Aided(msgspec.Struct, frozen=True):
    """The one-character provinces behind 援: 山东援疆干部."""

    rule: str
    score: float
    between: str
    verbs: str
    provinces: dict[str, str]


class Neighbours(msgspec.Struct, frozen=True):
    """What is said of one place, where the other one stands in the sentence before."""

    rule: str
    score: float
    helper: tuple[str, ...]
    aided: tuple[str, ...]


class SinceWords(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """How a sentence says since when a pair exists."""

    from_: str
    founded: str
    begun: str
    later: str
    signed: str
    after: str
    anniversary: str
    related: str
    early: str
    same_year: str
    day: str
    relative: dict[str, int]


class PairList(msgspec.Struct, frozen=True):
    """A list of pairs: the words that announce it, and what stands between the two of an item."""

    rules: tuple[str, ...]
    score: float
    head: str
    between: frozenset[str]
    before: str
    after: str
    least_items: int


class Purpose(msgspec.Struct, frozen=True):
    """The words that name a purpose: by themselves, as a field of assistance (教育帮扶), or in a list of fields."""

    words: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()


class Purposes(msgspec.Struct, frozen=True):
    """How a sentence names what an assistance is for, by labels of `themes.yml`."""

    ways: tuple[str, ...]
    joiners: frozenset[str]
    list_ends: tuple[str, ...]
    of: dict[str, Purpose]


class Patterns(msgspec.Struct, frozen=True):
    """The whole of `reference/pair_patterns.yml`."""

    words: dict[str, str]
    telling: str
    speaking: str
    cues: str
    patterns: tuple[Pattern, ...]
    neighbours: Neighbours
    taking_over: frozenset[str]
    denied: str
    continued: str
    question: str
    unsaid: str
    of_place: str
    of_people: str
    list_close: str
    respectively: str
    pair_list: PairList
    pair_name: PairName
    aided: Aided
    receiving: dict[str, tuple[str, ...]]
    since: SinceWords
    purposes: Purposes


@cache
def patterns() -> Patterns:
    """The forms and words by which pairs are found."""
    return reference.load("pair_patterns.yml", Patterns)


def regex(form: str) -> re.Pattern[str]:
    """The regular expression of a form, or of a part of one: gaps, words and S spelt out."""
    form = re.sub(r"\{([a-z]+)\}", lambda word: patterns().words[word[1]], form)
    form = re.sub(r"<([0-9]+)>", lambda gap: f"[^S\uff0c。\uff1b\uff1a]{{0,{gap[1]}}}?", form)
    form = re.sub(r"<([0-9]+)\+>", lambda gap: f"[^S。\uff1b]{{0,{gap[1]}}}?", form)
    return re.compile(form.replace("S", SLOT))
