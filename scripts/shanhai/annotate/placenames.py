"""Every name that a unit goes by, and where these names stand in a text: what is found is not yet what is meant.

One automaton holds the full names of all years, the short names that follow from them, parts of provinces (苏北), the
two-character names of pairs (闽宁) and the words that only look like places.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import ahocorasick_rs
import msgspec

from shanhai import reference
from shanhai.annotate import gazetteer, rounds
from shanhai.annotate.gazetteer import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


ENDINGS = frozenset("县旗盟")
"""A short name with one of these endings says what kind of unit it is; with 州 only one of an autonomous prefecture."""

REGION = "地区"
"""固原地区 was a prefecture's name once, and is what people call the city's whole area."""

SHORT_NAME_CHARS = 3
"""A full name of at most this many characters (南部县) is looked at twice."""


class Form(IntEnum):
    """How much of a unit's name is there: its own full name, a short name with its kind's ending, the bare core."""

    OWN = 0
    ALIAS = 1
    CORE = 2


class Bearer(NamedTuple):
    """A unit that goes by a name, and by which form of its own."""

    form: Form
    unit: Unit


class Name(msgspec.Struct, frozen=True):
    """A string that names places, or hides them: with neither bearers nor pair it is a word that is no place.

    `pair` holds the codes of the two provinces of a pair's name. `common` is true of a word that is more often an
    ordinary one, or whose unit's core is such a word.
    """

    text: str
    bearers: tuple[Bearer, ...]
    pair: tuple[str, str] | None = None
    common: bool = False


class Hit(NamedTuple):
    """`text[start:end]` is this name."""

    start: int
    end: int
    name: Name


class Reading(msgspec.Struct, frozen=True):
    """The units that a name may mean in a year; `past` is true if none of them existed then."""

    form: Form
    units: tuple[Unit, ...]
    past: bool = False


class PlaceWords(msgspec.Struct, frozen=True):
    """What the rules for places know about Chinese: `reference/place_words.yml` says what each entry is."""

    regions: dict[str, tuple[str, ...]]
    common_words: frozenset[str]
    generic_units: frozenset[str]
    not_places: tuple[str, ...]
    not_before: str
    other_unit_after: str
    kind_first: str
    link_words: str
    cut_after: dict[str, str]
    institution_after: str
    agency_before: str
    dateline_after: str
    list_count: str
    list_places: str
    passing_before: str
    passing_after: str


@cache
def words() -> PlaceWords:
    """The words and patterns of the rules for places."""
    return reference.load("place_words.yml", PlaceWords)


def scan(text: str) -> list[Hit]:
    """All names in the text from left to right, none overlapping another: what starts first, then what is longer."""
    automaton, names = _automaton()
    return [Hit(start, end, names[index]) for index, start, end in automaton.find_matches_as_indexes(text)]


@cache
def all_names() -> tuple[Name, ...]:
    """Every name and every word that hides one, sorted by their characters."""
    return tuple(sorted(_names(), key=lambda name: name.text))


@cache
def reading(name: Name, year: int | None) -> Reading:
    """What a name may mean in an article of that year (`None`: undated, so today).

    A name that was given up in the year itself still counts. Full forms go before bare cores, and a bare core never
    means a unit that had gone by then.
    """
    now = [bearer for bearer in name.bearers if bearer.unit.exists(year)]
    before = [bearer for bearer in name.bearers if year and bearer.unit.exists(year - 1)]
    full = _full(now) or _full(before)
    if full:
        return Reading(min(bearer.form for bearer in full), _distinct(bearer.unit for bearer in full))
    if now:
        return Reading(Form.CORE, _distinct(bearer.unit for bearer in now))
    gone = _full(name.bearers)
    return Reading(Form.OWN, _nearest((bearer.unit for bearer in gone), year), past=True)


def _full(bearers: Iterable[Bearer]) -> list[Bearer]:
    return [bearer for bearer in bearers if bearer.form is not Form.CORE]


def _distinct(found: Iterable[Unit]) -> tuple[Unit, ...]:
    return tuple({one.code: one for one in found}.values())


def _nearest(gone: Iterable[Unit], year: int | None) -> tuple[Unit, ...]:
    """Of the spans of what may be one unit (same name and province) the one nearest to the year."""
    by_province: dict[str, Unit] = {}
    for one in sorted(gone, key=lambda span: -_distance(span, year)):
        by_province[gazetteer.province_of(one.code)] = one
    return tuple(sorted(by_province.values(), key=lambda one: one.code))


def _distance(span: Unit, year: int | None) -> int:
    at = gazetteer.FAR_YEAR if year is None else year
    return max(span.first_year - at, at - (span.last_year or gazetteer.FAR_YEAR), 0)


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[Name, ...]]:
    names = all_names()
    automaton = ahocorasick_rs.AhoCorasick(
        [name.text for name in names], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )
    return automaton, names


def _names() -> Iterator[Name]:
    bearers: dict[str, list[Bearer]] = {}
    for text, bearer in _forms():
        bearers.setdefault(text, []).append(bearer)
    pairs = _pair_names()
    hidden = words().not_places
    for text in bearers.keys() | pairs.keys() | set(hidden):
        if text in hidden:
            yield Name(text, ())
        else:
            of_text = tuple(
                sorted(bearers.get(text, []), key=lambda one: (one.form, one.unit.code, one.unit.first_year))
            )
            yield Name(text, of_text, pairs.get(text), common=_is_common(text, of_text))


def _forms() -> Iterator[tuple[str, Bearer]]:
    provinces = {province.code: province for province in gazetteer.provinces()}
    for unit in gazetteer.units():
        yield unit.name, Bearer(Form.OWN, unit)
        if unit.level == "province":
            short = (provinces[unit.code].short, *words().regions.get(unit.name, ()))
        else:
            short = gazetteer.short_names(unit.name)
        for text in short:
            says_kind = text[-1] in ENDINGS or (text[-1] == "州" and unit.name.endswith("自治州"))
            yield text, Bearer(Form.ALIAS if says_kind else Form.CORE, unit)
        if unit.level == "prefecture" and short and unit.name[-2:] != REGION:
            yield short[0] + REGION, Bearer(Form.ALIAS, unit)


def _is_common(text: str, bearers: tuple[Bearer, ...]) -> bool:
    """Whether the name, or what is left without its ending, is an ordinary word or a single character."""
    common = words().common_words
    if text in common or (len(text) <= SHORT_NAME_CHARS and text[:-1] in common):
        return True
    return len(text) == SHORT_NAME_CHARS - 1 and bool(_full(bearers))


def _pair_names() -> dict[str, tuple[str, str]]:
    """闽宁 is 福建 and 宁夏: the usual abbreviations of the two provinces of each official pair, assisting one first.

    Two provinces of the east make no such name: 津冀 is a part of 京津冀 and no pair.
    """
    province = {one.name: one for one in gazetteer.provinces()}
    return {
        province[origin].abbreviations[0] + province[target].abbreviations[0]: (
            province[origin].code,
            province[target].code,
        )
        for origin, target in rounds.province_pairs()
        if origin != target and province[target].region != "east"
    }
