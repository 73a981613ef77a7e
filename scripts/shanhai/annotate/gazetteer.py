"""The administrative units of China, 1980 to today: names, codes, levels, short names, English names, heirs.

A unit is known by its GB/T 2260 code; a code has one span of years for each name and parent it had. Years are
year-ends, as in the source (`reference/gazetteer.tsv`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, cast, get_args

import msgspec

from shanhai import reference
from shanhai.annotate import romanisation
from shanhai.annotate.short_names import short_names as short_names  # noqa: PLC0414 - part of what this module offers
from shanhai.errors import ReferenceDataError
from shanhai.records import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shanhai.annotate.romanisation import Romanised

GAZETTEER_FILE, CENTROIDS_FILE = "gazetteer.tsv", "units_centroids.tsv"
FIRST_YEAR, FAR_YEAR = 1980, 9999

Kind = Literal["", "zone"]
LEVELS, KINDS = frozenset(get_args(Level)), frozenset(get_args(Kind))


class Unit(msgspec.Struct, frozen=True, eq=False):
    """An administrative unit through a run of years in which its name and parent stayed the same; made once each.

    `name` is its own full name without its parents'; `parent` is a code, "" for a province. `last_year` is `None`
    while the unit exists; a `first_year` of 1980 means 1980 or before. `kind` is "zone" for a functional zone that is
    administered like a unit. `heir` is the code of what a unit that is gone has become, "" where that is not sure.
    """

    code: str
    name: str
    level: Level
    parent: str
    first_year: int
    last_year: int | None
    kind: Kind = ""
    heir: str = ""

    def exists(self, year: int | None) -> bool:
        """Whether the unit had this name in that year; `None` asks for today."""
        if year is None:
            return self.last_year is None
        return self.first_year <= max(year, FIRST_YEAR) <= (self.last_year or FAR_YEAR)


class Province(msgspec.Struct, frozen=True):
    """One of the 34 province-level units, with what the site's maps and addresses need.

    `row` and `column` are the cell of an equal-square map, counted from 1. `abbreviations` are one character each.
    """

    code: str
    name: str
    short: str
    abbreviations: tuple[str, ...]
    english: str
    slug: str
    row: int
    column: int
    region: Literal["east", "central", "west", "northeast"]


class Zone(msgspec.Struct, frozen=True):
    """A functional zone with a name of its own (贵安新区), which counts as the unit that it is part of.

    `part_of` is a unit's full name, for a zone in two prefectures their province. `since` is its first year.
    """

    name: str
    part_of: str
    since: int
    aliases: tuple[str, ...] = ()

    @property
    def unit(self) -> Unit:
        """The unit of today that it counts as."""
        return _by_full_name()[self.part_of]


class NameSpan(NamedTuple):
    """A name that a unit, or what it was formed of, bore from the first to the last year (`None`: still does)."""

    name: str
    full_name: str
    first_year: int
    last_year: int | None


@cache
def units() -> tuple[Unit, ...]:
    """All units of all years, sorted by code and first year; raises `ReferenceDataError` for a damaged table."""
    return tuple(_unit(number, line) for number, line in enumerate(_lines(GAZETTEER_FILE), 2))


@cache
def provinces() -> tuple[Province, ...]:
    """The 34 provinces in the order of their codes."""
    return tuple(reference.load("provinces.yml", list[Province]))


@cache
def by_code() -> Mapping[str, tuple[Unit, ...]]:
    """The spans of each code, oldest first."""
    spans: dict[str, list[Unit]] = {}
    for unit in units():
        spans.setdefault(unit.code, []).append(unit)
    return {code: tuple(of_code) for code, of_code in spans.items()}


def unit(code: str, year: int | None = None) -> Unit:
    """The unit as it was in that year, or in the nearest year that the code was in use; without a year, the latest.

    Raises `KeyError` for a code that never was.
    """
    spans = by_code()[code]
    if year is None:
        return spans[-1]
    return spans[max(bisect_right(spans, year, key=lambda span: span.first_year) - 1, 0)]


def today(one: Unit) -> Unit:
    """The unit that it has become by today; itself where it exists, or where no heir is sure.

    A county divided inside its city leads to the city. The rules are those of `scripts/derive_heirs.py`.
    """
    return by_code()[one.heir][-1] if one.heir else one


def unit_names(code: str) -> tuple[NameSpan, ...]:
    """The names that a unit had over time, its forerunners' under other codes among them, oldest first.

    密云区 was 北京市密云县 until 2014; 滨海新区 was formed of 塘沽区, 汉沽区 and 大港区.
    """
    heir = unit(code)
    spans = [one for one in _forerunners().get(code, ()) if _same_kind(one, heir)]
    named: dict[str, list[NameSpan]] = {}
    for one in sorted((*spans, heir), key=lambda span: span.first_year):
        of_name = named.setdefault(full_name(one.code, one.last_year), [])
        before = of_name[-1] if of_name else None
        if before and before.last_year is not None and before.last_year + 1 >= one.first_year:
            of_name[-1] = before._replace(last_year=one.last_year)
        else:
            of_name.append(NameSpan(one.name, full_name(one.code, one.last_year), one.first_year, one.last_year))
    return tuple(sorted((one for of_name in named.values() for one in of_name), key=_time))


def _time(span: NameSpan) -> tuple[int, int, str]:
    return span.first_year, span.last_year or FAR_YEAR, span.full_name


def _same_kind(one: Unit, heir: Unit) -> bool:
    """A district that was divided is no forerunner of its city; 海南行政区 is one of 海南省."""
    return one.level == heir.level or short_names(one.name)[:1] == short_names(heir.name)[:1]


@cache
def _forerunners() -> Mapping[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = {}
    for one in units():
        if one.heir:
            found.setdefault(one.heir, []).append(one)
    return {code: tuple(of_code) for code, of_code in found.items()}


def children(code: str, year: int | None = None) -> tuple[Unit, ...]:
    """The units directly under one in that year (`None`: today), sorted by code."""
    return tuple(one for one in _below().get(code, ()) if one.exists(year))


@cache
def _below() -> Mapping[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = {}
    for one in units():
        found.setdefault(one.parent, []).append(one)
    return {code: tuple(of_code) for code, of_code in found.items()}


def romanised(code: str, year: int | None = None) -> Romanised:
    """The unit's own name of that year in Latin letters: English name, syllables, what one types, initials."""
    return romanisation.romanised(unit(code, year).name)


def english(code: str, year: int | None = None) -> str:
    """The unit's own English name of that year: Yanhe Tujia Autonomous County, Zhangjiagang City, Guizhou Province."""
    one = unit(code, year)
    name = romanisation.romanised(one.name)
    return f"{name.core} Municipality" if one.level == "province" and one.name.endswith("市") else name.english


def centroid(code: str) -> tuple[float, float] | None:
    """Latitude and longitude of a unit's seat in degrees (see the table's head for datum and source), where known."""
    return _centroids().get(code)


@cache
def _centroids() -> Mapping[str, tuple[float, float]]:
    rows = (line.split("\t") for line in _lines(CENTROIDS_FILE))
    return {code: (float(latitude), float(longitude)) for code, latitude, longitude, _ in rows}


def slug(code: str) -> str:
    """The unit's address in ASCII, from its province down: guizhou/tongren/yanhe.

    Where several units would have one, the one of today with the lowest code has it, and the others their code behind.
    """
    return _slugs()[code]


@cache
def _slugs() -> Mapping[str, str]:
    slugs = {province.code: province.slug for province in provinces()}
    latest = [spans[-1] for spans in by_code().values() if spans[-1].parent]
    for below in (frozenset(slugs), frozenset(one.code for one in latest if one.level == "prefecture")):
        wanted: dict[str, list[Unit]] = {}
        for one in latest:
            if one.parent in below:
                wanted.setdefault(f"{slugs[one.parent]}/{_own_slug(one.name)}", []).append(one)
        for path, of_path in wanted.items():
            first, *others = sorted(of_path, key=lambda one: (one.last_year is not None, one.code))
            slugs |= {first.code: path} | {one.code: f"{path}-{one.code}" for one in others}
    return slugs


def _own_slug(name: str) -> str:
    """科尔沁左翼中旗 is horqin-left-middle: the sides of banners belong to their names."""
    row = romanisation.romanised(name)
    sides = row.kind.removesuffix(" Banner") if row.kind.endswith(" Banner") else ""
    words = f"{row.core} {sides}".replace("'", "").replace("ü", "v").lower()
    return "-".join(re.findall("[a-z]+", words.replace("autonomous", "")))


@cache
def zones() -> tuple[Zone, ...]:
    """The functional zones that have a name of their own, not that of their city."""
    return tuple(reference.load("zones.yml", list[Zone]))


@cache
def _by_full_name() -> Mapping[str, Unit]:
    return {full_name(one.code): one for one in units() if one.last_year is None}


def code_of(today_name: str) -> str | None:
    """The code of a unit of today by its full name from the province down; `None` for any other name."""
    found = _by_full_name().get(today_name)
    return found.code if found else None


def full_name(code: str, year: int | None = None) -> str:
    """The name from the province down as of that year: 贵州省铜仁市沿河土家族自治县, 重庆市城口县, 海南省临高县."""
    return _full_name(unit(code, year), year)


@cache
def _full_name(one: Unit, year: int | None) -> str:
    if not one.parent:
        return one.name
    if year is None or (one.last_year is not None and one.last_year < year):
        year = one.last_year
    return full_name(one.parent, year) + one.name


@cache
def ancestors(one: Unit) -> tuple[str, ...]:
    """The codes of the units above it, the nearest first."""
    if not one.parent:
        return ()
    return (one.parent, *(ancestors(unit(one.parent, one.last_year))))


def province_of(code: str) -> str:
    """The code of the province that a code belongs to."""
    return code[:2] + "0000"


def _lines(name: str) -> list[str]:
    """The rows of a table, without comments and head."""
    return [line for line in reference.text(name).splitlines() if not line.startswith("#")][1:]


def _unit(number: int, line: str) -> Unit:
    try:
        code, name, level, parent, first, last, kind, heir = line.split("\t")
        years = int(first), int(last) if last else None
    except ValueError as fault:
        raise ReferenceDataError(GAZETTEER_FILE, f"row {number}", str(fault)) from fault
    if level not in LEVELS or kind not in KINDS:
        raise ReferenceDataError(GAZETTEER_FILE, f"row {number}", f"{level!r}, {kind!r}: no level and kind of a unit")
    return Unit(code, name, cast("Level", level), parent, *years, cast("Kind", kind), heir)
