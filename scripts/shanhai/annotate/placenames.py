"""Every name that a unit goes by, and where these names stand in a text: what is found is not yet what is meant.

One automaton holds the full names of all years, the short names that follow from them, parts of provinces (苏北), the
two-character names of pairs (闽宁) and the words that only look like places.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

import ahocorasick_rs
import msgspec
import rjieba

from shanhai.annotate import gazetteer, rounds
from shanhai.annotate.gazetteer import Unit
from shanhai.annotate.place_words import words
from shanhai.records import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ENDINGS = frozenset("县旗盟")
"""A short name with one of these endings says what kind of unit it is; with 州 only one of an autonomous prefecture."""

REGION = "地区"
"""固原地区 was a prefecture's name once, and is what people call the city's whole area."""

SHORT_NAME_CHARS = 3
"""A full name of at most this many characters (南部县) is looked at twice."""

LONG_CORE_CHARS = 3
"""From this many characters on a bare name (张家港) is seldom anything else, unless it is a listed word."""

WINDOW_CHARS = 4
"""What the segmenter sees on either side of a name: the longest ordinary words have four characters."""

NEAR_CHARS = 2
"""Names at most this far apart may be joined to a list, or be parts of one name."""

FAR_CHARS = 100

NO_NAME = -1
"""The index of what stands behind a text's last name."""

LONGEST_NAME_CHARS = 15
"""积石山保安族东乡族撒拉族自治县 is the longest."""


class Form(IntEnum):
    """How much of a unit's name is there: its own full name, a short name with its kind's ending, the bare core."""

    OWN = 0
    ALIAS = 1
    CORE = 2


OWN_NAME, SHORT_ENDING, BARE_NAME = "PLACE-01", "PLACE-02", "PLACE-03"
RULES = {Form.OWN: OWN_NAME, Form.ALIAS: SHORT_ENDING, Form.CORE: BARE_NAME}
"""The rule by which a name is found that speaks for itself."""


class Bearer(msgspec.Struct, frozen=True, gc=False):
    """A unit that goes by a name, and by which form of its own."""

    form: Form
    unit: Unit


class Name(msgspec.Struct, frozen=True, eq=False):
    """A string that names places, or hides them: with neither bearers nor pair it is a word that is no place.

    `pair` holds the codes of the two provinces of a pair's name. `common` is true of a word that is more often an
    ordinary one, or whose unit's core is such a word.
    """

    text: str
    bearers: tuple[Bearer, ...]
    pair: tuple[str, str] | None = None
    common: bool = False


class Meaning(msgspec.Struct, frozen=True, eq=False):
    """A unit that a name may mean, as it was then, and the unit that it is today.

    `line` holds the codes of the units above it then, `line_today` those above it today, the nearest first; `scope` is
    its own code and `line`; `province` and `province_today` are the codes of its provinces, its own if it is one.
    `code_today` and `level_today` are those of `today`. Made once for each unit.
    """

    code_today: str
    level_today: Level
    province_today: str
    scope: tuple[str, ...]
    unit: Unit
    line: tuple[str, ...]
    today: Unit
    line_today: tuple[str, ...]
    province: str


class Reading(msgspec.Struct, frozen=True, eq=False):
    """What a name may mean in a year; `past` is true if none of its units existed then.

    `plain` is what it means wherever it stands, if nothing around it says otherwise; `checked` is true if the
    segmenter, too, must see a word there; `rule` is what finds it then. `bare` is true for a core, `of_province` for
    a province's name, `ordinary` for a core that is also a common word, `kind_first` where the first character may be
    another name's last, `doubtful` for a pair's name and for a core that is one of these two. `sure` is `plain` and
    `rule` where nothing of that is to be asked, `sure_apart` the same of a name that only has to begin where a word
    does.
    """

    plain: Meaning | None
    ordinary: bool
    sure: tuple[Meaning, str] | None
    sure_apart: tuple[Meaning, str] | None
    bare: bool
    doubtful: bool
    checked: bool
    rule: str
    meanings: tuple[Meaning, ...]
    name: Name
    past: bool
    of_province: bool
    kind_first: bool


Hit: TypeAlias = "tuple[int, int, Reading]"
"""Where a name starts and ends in a text, and how it is read."""


def scan(text: str, year: int | None = None, shift: int = 0) -> list[Hit]:
    """All names in the text from left to right, none overlapping another: what starts first, then what is longer.

    They are read as in an article of that year (`None`: undated), and stand `shift` characters later. Ordinary words
    far from any other name are left out. A county's bare name gives way to a surer name that begins with its last
    character, where the segmenter cuts before that: 从江西来 holds 江西, not 从江.
    """
    readings, beginnings = _readings(year), _beginnings()
    found: list[Hit] = []
    matches = _automaton().find_matches_as_indexes(text)
    matches.append((NO_NAME, len(text) + FAR_CHARS, -1))
    before = -FAR_CHARS
    for following, (index, start, end) in enumerate(matches, 1):
        reading = readings[index]
        if reading is not None:
            if (
                reading.plain is None
                and text[end - 1 : end + 1] in beginnings
                and (inner := _inner(text, start, end, readings))
            ):
                found.append((inner[0] + shift, inner[1] + shift, inner[2]))
            elif not reading.ordinary or start - before <= NEAR_CHARS or matches[following][1] - end <= NEAR_CHARS:
                found.append((start + shift, end + shift, reading))
        before = end
    return found


@cache
def all_names() -> tuple[Name, ...]:
    """Every name and every word that hides one, sorted by their characters."""
    return tuple(sorted(_names(), key=attrgetter("text")))


def cuts(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether the segmenter, too, sees a word begin at `start`, and one end at `end`: 党和政府 does not hold 和政."""
    at = max(start - WINDOW_CHARS, 0)
    begins = at == start
    for token in rjieba.cut(text[at : end + WINDOW_CHARS]):
        at += len(token)
        if at >= end:
            return begins, at == end
        if at == start:
            begins = True
    return begins, True


class _Readings(dict[int, "Reading | None"]):
    """What each name means in one year, made when it is first met; `None` for a word that is no place."""

    def __init__(self, year: int | None) -> None:
        super().__init__({NO_NAME: None})
        self.year = year

    def __missing__(self, index: int) -> Reading | None:
        name = all_names()[index]
        made = _reading(name, self.year) if name.bearers or name.pair else None
        self[index] = made
        return made


@cache
def _readings(year: int | None) -> _Readings:
    return _Readings(year)


def _reading(name: Name, year: int | None) -> Reading:
    """A name that was given up in the year itself still counts.

    Full forms go before bare cores, and a bare core never means a unit that had gone by then.
    """
    now = [bearer for bearer in name.bearers if bearer.unit.exists(year)]
    before = [bearer for bearer in name.bearers if year and bearer.unit.exists(year - 1)]
    if full := _full(now) or _full(before):
        form, past, units = min(bearer.form for bearer in full), False, _distinct(bearer.unit for bearer in full)
    elif now:
        form, past, units = Form.CORE, False, _distinct(bearer.unit for bearer in now)
    else:
        form, past, units = Form.OWN, True, _nearest((bearer.unit for bearer in _full(name.bearers)), year)
    meanings = tuple(map(meaning, units))
    plain = None if past else _plain(name, form, meanings)
    bare = form is Form.CORE
    checked = name.common or (bare and len(name.text) < LONG_CORE_CHARS) or _may_be_two_words(name.text)
    of_province = plain is not None and plain.unit.level == "province"
    ordinary, kind_first = bare and name.common, name.text[0] in words().kind_first
    doubtful = name.pair is not None or ordinary or (bare and kind_first)
    rule = RULES[form]
    sure = (plain, rule) if plain and not (checked or doubtful) else None
    sure_apart = (plain, rule) if plain and of_province and not (doubtful or name.common) else None
    return Reading(
        plain, ordinary, sure, sure_apart, bare, doubtful, checked, rule, meanings, name, past, of_province, kind_first
    )


def _may_be_two_words(text: str) -> bool:
    return re.match(words().two_words, text) is not None


def widest(meanings: Iterable[Meaning]) -> Meaning | None:
    """The province, else the only prefecture, else the only county, of the units that a core may mean."""
    for level in ("province", "prefecture", "county"):
        of_level = [meaning for meaning in meanings if meaning.unit.level == level]
        if of_level:
            return of_level[0] if len(of_level) == 1 else None
    return None


def _plain(name: Name, form: Form, meanings: tuple[Meaning, ...]) -> Meaning | None:
    """The only unit of a full name, or the province or prefecture that a core means first."""
    if form is not Form.CORE:
        one = meanings[0] if len(meanings) == 1 else None
        return None if one and name.common and one.unit.level == "county" else one
    one = widest(meanings)
    if one is None or name.common or (one.unit.level == "county" and len(name.text) < LONG_CORE_CHARS):
        return None
    return one


@cache
def meaning(unit: Unit) -> Meaning:
    """The unit with what it is today."""
    today = gazetteer.today(unit)
    above = (gazetteer.unit(code, today.last_year) for code in gazetteer.ancestors(today))
    line = gazetteer.ancestors(unit)
    line_today = tuple(gazetteer.today(one).code for one in above)
    province, province_today = (line or (unit.code,))[-1], (line_today or (today.code,))[-1]
    scope = (unit.code, *line)
    return Meaning(today.code, today.level, province_today, scope, unit, line, today, line_today, province)


def _inner(text: str, start: int, end: int, readings: _Readings) -> Hit | None:
    """The sure name that begins with the last character of an unsure one, if it is the one that is meant."""
    at = end - 1
    found = _automaton().find_matches_as_indexes(text[at : at + LONGEST_NAME_CHARS])
    if not found or found[0][1]:
        return None
    reading = readings[found[0][0]]
    if reading is None or reading.plain is None:
        return None
    closes = at + found[0][2]
    is_meant = cuts(text, start, end) != (True, True) and cuts(text, at, closes)[0]
    return (at, closes, reading) if is_meant else None


@cache
def _beginnings() -> frozenset[str]:
    """The first two characters of every name."""
    return frozenset(name.text[:2] for name in all_names())


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
def _automaton() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(
        [name.text for name in all_names()], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )


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
            of_text = bearers.get(text, [])
            if len(of_text) > 1:
                of_text.sort(key=_own_names_first)
            yield Name(text, tuple(of_text), pairs.get(text), common=_is_common(text, of_text))


def _own_names_first(one: Bearer) -> tuple[Form, str, int]:
    return one.form, one.unit.code, one.unit.first_year


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
    for zone in gazetteer.zones():
        for text in (zone.name, *zone.aliases):
            yield text, Bearer(Form.ALIAS, zone.unit)


def _is_common(text: str, bearers: Sequence[Bearer]) -> bool:
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
