"""Who assists whom, where a sentence says only that two units belong together: the rounds, geography, the order."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from shanhai.annotate import gazetteer, rounds
from shanhai.annotate.pair_patterns import patterns
from shanhai.errors import ReferenceDataError

if TYPE_CHECKING:
    from shanhai.annotate.gazetteer import Unit

Basis = Literal["round", "region", "province", "order"]
BASES: tuple[Basis, ...] = ("round", "region", "province", "order")
"""What a direction rests on, in the order in which it is asked, and of the rules of an open pattern."""

REGION_RANK = {"east": 0, "northeast": 1, "central": 1, "west": 2}
"""Help goes from the lower rank to the higher, as in all official rounds."""


def warranted(first: Unit, second: Unit, year: int | None) -> tuple[Basis, bool] | None:
    """What tells which of the two assists, and whether it is the first; `None` where nothing but the text can tell."""
    for ends, ahead in (((first, second), True), ((second, first), False)):
        if rounds.official_round(*ends, year) is not None:
            return "round", ahead
    ranks = _rank(first), _rank(second)
    if ranks[0] != ranks[1]:
        return "region", ranks[0] < ranks[1]
    receives = is_receiving(first), is_receiving(second)
    if gazetteer.province_of(first.code) == gazetteer.province_of(second.code) and receives[0] != receives[1]:
        return "province", receives[1]
    return None


def is_related(first: Unit, second: Unit) -> bool:
    """Whether the two are one unit, or one a part of the other: no unit assists what it is part of."""
    return first.code == second.code or first.code in above(second.code) or second.code in above(first.code)


@cache
def above(code: str) -> tuple[str, ...]:
    """The codes of the units above one of today, the nearest first."""
    return gazetteer.ancestors(gazetteer.unit(code))


def is_receiving(one: Unit) -> bool:
    """Whether the unit is among those that others of its own province assist."""
    return not _receiving().isdisjoint((one.code, *above(one.code)))


def _rank(unit: Unit) -> int:
    return _ranks()[gazetteer.province_of(unit.code)]


@cache
def _ranks() -> dict[str, int]:
    return {province.code: REGION_RANK[province.region] for province in gazetteer.provinces()}


@cache
def _receiving() -> frozenset[str]:
    """The codes of the receiving units; raises `ReferenceDataError` for a name that is none."""
    codes = {gazetteer.full_name(one.code): one.code for one in gazetteer.units() if one.last_year is None}
    wanted = [province + name for province, names in patterns().receiving.items() for name in names]
    if missing := [name for name in wanted if name not in codes]:
        raise ReferenceDataError("pair_patterns.yml", missing[0], "is no unit of the gazetteer")
    return frozenset(codes[name] for name in wanted)
