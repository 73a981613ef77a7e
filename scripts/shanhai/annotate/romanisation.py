"""How the names of administrative units are read and what they are called in English (`reference/units_names.tsv`)."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal, cast

import msgspec

from shanhai import reference
from shanhai.errors import ReferenceDataError

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES_FILE = "units_names.tsv"

Origin = Literal["list", "reading"]


class Romanised(msgspec.Struct, frozen=True, dict=True):
    """A unit's own full name in Latin letters: 沿河土家族自治县 is core Yanhe and kind Tujia Autonomous County.

    `syllables` are those of the whole Chinese name, without tones, and of its core the first `core_syllables`.
    `origin` is "list" for an official romanisation (Hohhot, Lhasa), "reading" for one by the Chinese reading.
    """

    name: str
    syllables: tuple[str, ...]
    core_syllables: int
    core: str
    kind: str
    origin: Origin

    @cached_property
    def english(self) -> str:
        """Yanhe Tujia Autonomous County, Zhangjiagang City, Horqin Left Middle Banner."""
        return f"{self.core} {self.kind}"

    @cached_property
    def pinyin(self) -> str:
        """What one types for the core, without spaces, tones and apostrophes: zhangjiagang."""
        return "".join(self.syllables[: self.core_syllables]).replace("ü", "v")

    @cached_property
    def initials(self) -> str:
        """The first letters of the core's syllables: zjg."""
        return "".join(syllable[0] for syllable in self.syllables[: self.core_syllables])


def romanised(name: str) -> Romanised:
    """What a unit's own full name is in Latin letters; raises `KeyError` for a name that no unit ever bore."""
    return _row(name)


@cache
def _row(name: str) -> Romanised:
    syllables, core_syllables, core, kind, origin = _rows()[name]
    return Romanised(name, tuple(syllables.split(" ")), int(core_syllables), core, kind, cast("Origin", origin))


@cache
def _rows() -> Mapping[str, tuple[str, str, str, str, str]]:
    rows = {}
    lines = [line for line in reference.text(NAMES_FILE).splitlines() if not line.startswith("#")]
    for number, line in enumerate(lines[1:], 2):
        try:
            name, syllables, core_syllables, core, kind, origin = line.split("\t")
        except ValueError as fault:
            raise ReferenceDataError(NAMES_FILE, f"row {number}", str(fault)) from fault
        rows[name] = (syllables, core_syllables, core, kind, origin)
    return rows
