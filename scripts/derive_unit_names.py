"""Derive `shanhai/reference/units_names.tsv`: how each unit's name is read, and what it is called in English.

    python scripts/derive_unit_names.py

The gazetteer gives the names, `units_readings.yml` the rules, the package pypinyin the readings of the characters.
One row is a name of any year: its syllables without tones, how many of them are its core's, the English name in two
parts (沿河土家族自治县: Yanhe, Tujia Autonomous County) and its origin: "list" for an official romanisation, "reading"
for one that follows from the Chinese.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import msgspec
from pypinyin import Style, lazy_pinyin

from shanhai import reference
from shanhai.annotate import gazetteer

TARGET = Path(__file__).parent / "shanhai" / "reference" / "units_names.tsv"
HEADER = """\
# How the names of all units of all years are read and what they are called in English. Derived by
# scripts/derive_unit_names.py from gazetteer.tsv, units_readings.yml and the package pypinyin 0.55.0 (MIT).
# origin: "list" for an official romanisation from units_readings.yml, "reading" for one by the Chinese reading.
"""


class Readings(msgspec.Struct, frozen=True):
    """The rules: `units_readings.yml` says what each entry is."""

    characters: dict[str, str]
    cores: dict[str, str]
    peoples: dict[str, str]
    kinds: dict[str, str]
    bounded: dict[str, tuple[str, ...]]
    sides: dict[str, str]
    romanised: dict[str, str]


class Row(NamedTuple):
    """A name, its syllables and how many of them are its core's, its English core and kind, and their origin."""

    name: str
    syllables: str
    core_syllables: int
    core: str
    kind: str
    origin: str


def main() -> None:
    """Write the table of names."""
    readings = reference.load("units_readings.yml", Readings)
    names = sorted({unit.name for unit in gazetteer.units()})
    rows = [Row._fields, *(row(name, readings) for name in names)]
    lines = ["\t".join(map(str, cells)) + "\n" for cells in rows]
    TARGET.write_text(HEADER + "".join(lines), encoding="utf-8", newline="\n")


def row(name: str, readings: Readings) -> Row:
    """The row of one name."""
    core, kind = _parts(name, readings)
    syllables = _syllables(name, core, readings)
    listed = readings.romanised.get(name) or readings.romanised.get(core)
    english = listed or joined(syllables[: len(core)]).capitalize()
    return Row(name, " ".join(syllables), len(core), english, kind, "list" if listed else "reading")


def joined(syllables: list[str]) -> str:
    """One word of the syllables, with an apostrophe before one that opens with a vowel: xi an gives xi'an."""
    return re.sub(r" (?=[aeo])", "'", " ".join(syllables)).replace(" ", "")


def _parts(name: str, readings: Readings) -> tuple[str, str]:
    """The Chinese core and the English kind of a name."""
    ending = next(one for one in readings.kinds if _ends(name, one, readings.bounded))
    core, kind = name.removesuffix(ending), readings.kinds[ending]
    if core not in readings.romanised and (ending.startswith("自治") or core.endswith("族")):
        core, kind = _without_peoples(core, kind, readings.peoples)
    sides = "".join(readings.sides)
    found = re.fullmatch(rf"(.{{2,}}?)([{sides}])(翼)?([{sides}]?)", core) if ending != "市" else None
    if not found or not ("旗" in ending or found[3]):
        return core, kind
    words = [readings.sides[side] for side in found.group(2, 4) if side]
    return found[1], f"{_side_words(words, wing=bool(found[3]))} {kind}"


def _ends(name: str, ending: str, bounded: dict[str, tuple[str, ...]]) -> bool:
    """Whether a name has this ending; 碑林区 is a district and no forestry district."""
    core = name.removesuffix(ending)
    return core not in ("", name) and core in bounded.get(ending, (core,))


def _side_words(words: list[str], *, wing: bool) -> str:
    """左翼中旗 is Left Middle, 左翼 alone Left Wing, 中后 Middle and Rear."""
    if wing:
        return " ".join(words) if len(words) > 1 else f"{words[0]} Wing"
    return " and ".join(words)


def _without_peoples(core: str, kind: str, peoples: dict[str, str]) -> tuple[str, str]:
    """沿河土家族 and Autonomous County give 沿河 and Tujia Autonomous County; 东乡族 is 东乡 of the kind as it is."""
    if core in peoples:
        return core.removesuffix("族"), kind
    found: list[str] = []
    while people := next((one for one in peoples if core.endswith(one) and core != one), None):
        core = core.removesuffix(people)
        found.insert(0, peoples[people])
    *first, last = [*found, ""] if len(found) < 2 else [", ".join(found[:-1]), found[-1]]
    return core, " ".join(filter(None, [" and ".join(filter(None, [*first, last])), kind]))


def _syllables(name: str, core: str, readings: Readings) -> list[str]:
    read = lazy_pinyin(name, style=Style.NORMAL, v_to_u=True)
    syllables = [readings.characters.get(character, plain) for character, plain in zip(name, read, strict=True)]
    if core in readings.cores:
        syllables[: len(core)] = readings.cores[core].split()
    return syllables


if __name__ == "__main__":
    main()
