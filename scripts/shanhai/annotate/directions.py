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
    return _warranted(first.code, second.code, year)


@cache
def _warranted(first: str, second: str, year: int | None) -> tuple[Basis, bool] | None:
    for ends, ahead in (((first, second), True), ((second, first), False)):
        if rounds.round_of_codes(*ends, year) is not None:
            return "round", ahead
    provinces = gazetteer.province_of(first), gazetteer.province_of(second)
    ranks = _ranks()[provinces[0]], _ranks()[provinces[1]]
    if ranks[0] != ranks[1]:
        return "region", ranks[0] < ranks[1]
    receives = _is_receiving(first), _is_receiving(second)
    if provinces[0] == provinces[1] and receives[0] != receives[1]:
        return "province", receives[1]
    return None


def is_related(first: Unit, second: Unit) -> bool:
    """Whether the two are one unit, or one a part of the other: no unit assists what it is part of."""
    one, other = first.code, second.code
    return one == other or one in above(other) or other in above(one)


@cache
def above(code: str) -> tuple[str, ...]:
    """The codes of the units above one of today, the nearest first."""
    return gazetteer.ancestors(gazetteer.unit(code))


def _is_receiving(code: str) -> bool:
    """Whether the unit is among those that others of its own province assist."""
    return not _receiving().isdisjoint((code, *above(code)))


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
