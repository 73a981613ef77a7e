"""The administrative units of China, 1980 to today: their names, codes, levels and what they are called for short.

A unit is known by its GB/T 2260 code; a code has one span of years for each name and parent it had. Years are
year-ends, as in the source (`reference/gazetteer.tsv`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec

from shanhai import reference
from shanhai.errors import ReferenceDataError
from shanhai.records import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

GAZETTEER_FILE = "gazetteer.tsv"
FIRST_YEAR, FAR_YEAR = 1980, 9999


class Unit(msgspec.Struct, frozen=True):
    """An administrative unit through a run of years in which its name and parent stayed the same.

    `name` is its own full name without its parents'; `parent` is a code, "" for a province. `last_year` is `None`
    while the unit exists; a `first_year` of 1980 means 1980 or before. `kind` is "zone" for a functional zone.
    """

    code: str
    name: str
    level: Level
    parent: str
    first_year: int
    last_year: int | None
    kind: Literal["", "zone"] = ""

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


class ShortNames(msgspec.Struct, frozen=True):
    """The endings and exceptions from which a unit's short names follow (part of `reference/place_words.yml`)."""

    suffixes: tuple[str, ...]
    coreless: str
    peoples: tuple[str, ...]
    short_forms: dict[str, tuple[str, ...]]


@cache
def units() -> tuple[Unit, ...]:
    """All units of all years, sorted by code and first year; raises `ReferenceDataError` for a damaged table."""
    lines = [line for line in reference.text(GAZETTEER_FILE).splitlines() if not line.startswith("#")]
    return tuple(_unit(number, line) for number, line in enumerate(lines[1:], 2))


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


@cache
def today(one: Unit) -> Unit:
    """The unit that it has become by today, as far as rules can tell; itself where it exists, or left no heir.

    An heir follows without a gap: of the same name (a county whose prefecture or province changed), of the same code
    (元坝区, 昭化区), or of the same core in the same province (密云县, 密云区; 毕节地区, 毕节市; 蓟县, 蓟州区).
    Last comes a unit of the same core that had been there already (保定地区, 保定市).
    """
    if one.last_year is None:
        return one
    year = one.last_year + 1
    heirs = [heir for heir in _beginnings().get(year, ()) if heir.level in (one.level, _risen(one))]
    for follows, among in (
        (_same_name, heirs),
        (_same_code, heirs),
        (_same_core, heirs),
        (_same_core, _namesakes(one)),
    ):
        found = [heir for heir in among if follows(one, heir)]
        if len(found) == 1:
            return today(found[0])
    return one


def _risen(one: Unit) -> Level | None:
    """重庆市 was a prefecture's city before it became a municipality."""
    return "province" if one.level == "prefecture" else None


def _same_name(one: Unit, heir: Unit) -> bool:
    return one.name == heir.name


def _same_code(one: Unit, heir: Unit) -> bool:
    return one.code == heir.code and one.parent == heir.parent


def _same_core(one: Unit, heir: Unit) -> bool:
    core = short_names(heir.name)[:1]
    cores = (short_names(one.name)[:1], (one.name,), (one.name[:-1] + "州",))
    return bool(core) and core in cores and one.code[:2] == heir.code[:2]


def _namesakes(one: Unit) -> list[Unit]:
    year = (one.last_year or FAR_YEAR) + 1
    return [heir for heir in _of_level(one.level, one.code[:2]) if heir.first_year < year and heir.exists(year)]


@cache
def _of_level(level: Level, province: str) -> tuple[Unit, ...]:
    return tuple(one for one in units() if one.level == level and one.code.startswith(province))


@cache
def _beginnings() -> Mapping[int, tuple[Unit, ...]]:
    found: dict[int, list[Unit]] = {}
    for one in units():
        found.setdefault(one.first_year, []).append(one)
    return {year: tuple(of_year) for year, of_year in found.items()}


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


@cache
def short_names(name: str) -> tuple[str, ...]:
    """What a prefecture or county of this full name is called for short: 沿河土家族自治县 gives 沿河 and 沿河县.

    Forms that keep an ending of the unit's kind (沿河县, 黔西南州, 科左中旗) come after the bare core. A core of one
    character is no name by itself (赣县, 忠县). Empty where there is nothing shorter than the full name.
    """
    words = _words()
    if name in words.short_forms:
        return words.short_forms[name]
    suffix = next((ending for ending in words.suffixes if name.endswith(ending)), "")
    if re.search(words.coreless, name):
        return _banner_names(name)
    core = name.removesuffix(suffix)
    if suffix.startswith("自治"):
        core = _without_peoples(core, words.peoples)
    if len(core) == 1 or core == name:
        return ()
    return (core, core + suffix[-1]) if suffix.startswith("自治") else (core,)


def _banner_names(name: str) -> tuple[str, ...]:
    """科尔沁左翼中旗 gives 科左中旗, 阿拉善右旗 gives 阿右旗; a mining district gives nothing."""
    found = re.fullmatch(r"(.).+?([左右])翼([前后中])旗|(.).+([前后中左右])旗", name)
    return ("".join(part for part in found.groups() if part) + "旗",) if found else ()


def _without_peoples(core: str, peoples: tuple[str, ...]) -> str:
    ending = next((people for people in peoples if core.endswith(people) and core != people), None)
    return _without_peoples(core.removesuffix(ending), peoples) if ending else core


@cache
def _words() -> ShortNames:
    words = reference.load("place_words.yml", ShortNames)
    return msgspec.structs.replace(words, peoples=tuple(sorted(words.peoples, key=len, reverse=True)))


def _unit(number: int, line: str) -> Unit:
    cells = dict(zip(Unit.__struct_fields__, line.split("\t"), strict=False))
    row = cells | {"first_year": int(cells["first_year"]), "last_year": int(cells["last_year"] or 0) or None}
    try:
        return msgspec.convert(row, Unit)
    except msgspec.ValidationError as fault:
        raise ReferenceDataError(GAZETTEER_FILE, f"row {number}", str(fault)) from fault
