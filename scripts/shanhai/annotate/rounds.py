"""The official rounds of East-West pairing: which pairs they hold, and which round an article's pair belongs to."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai import reference
from shanhai.annotate import gazetteer
from shanhai.errors import ReferenceDataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from shanhai.annotate.gazetteer import Unit

ROUNDS_FILE = "pairings.yml"


class Pairing(msgspec.Struct, frozen=True, rename={"origin": "from", "targets": "to"}):
    """One line of an official round: the assisting unit and those it assists, by full names."""

    origin: str
    targets: tuple[str, ...]


class Round(msgspec.Struct, frozen=True, rename={"year": "round"}):
    """An official round of pairing and the document it rests on."""

    year: int
    basis: str
    pairs: tuple[Pairing, ...]


class Holding(NamedTuple):
    """A round that holds a pair, by the codes of the units that it names: the pair's own or those above them."""

    round: Round
    origin: str
    target: str


@cache
def rounds() -> tuple[Round, ...]:
    """The official rounds, oldest first."""
    return tuple(sorted(reference.load(ROUNDS_FILE, list[Round]), key=lambda one: one.year))


def official_round(origin: Unit, target: Unit, year: int | None) -> int | None:
    """The year of the latest round up to the given year that pairs the two units, or units above them.

    张家港市 and 沿河县 are held by the round that pairs 苏州市 with 铜仁市. Without a year all rounds count; `None`
    where no round holds the pair.
    """
    return round_of_codes(origin.code, target.code, year)


@cache
def round_of_codes(origin: str, target: str, year: int | None) -> int | None:
    """The same for two units by their codes."""
    held = (one for one in reversed(rounds()) if year is None or one.year <= year)
    ends = [(one, other) for one in _with_parents(origin) for other in _with_parents(target)]
    return next((one.year for one in held if any(end in _pairs(one.year) for end in ends)), None)


def holdings(origin: str, target: str) -> tuple[Holding, ...]:
    """Every round that holds a pair, by the codes of its sides, oldest first; of each the units nearest to them."""
    ends = [(one, other) for one in _with_parents(origin) for other in _with_parents(target)]
    found = ((one, next((end for end in ends if end in _pairs(one.year)), None)) for one in rounds())
    return tuple(Holding(one, *end) for one, end in found if end)


def province_pairs() -> frozenset[tuple[str, str]]:
    """The provinces, by full names, of all pairs of all rounds, assisting one first."""
    names = [province.name for province in gazetteer.provinces()]
    return frozenset(
        (_province(names, pairing.origin), _province(names, target))
        for one in rounds()
        for pairing in one.pairs
        for target in pairing.targets
    )


def _with_parents(code: str) -> tuple[str, ...]:
    return (code, *gazetteer.ancestors(gazetteer.unit(code)))


@cache
def _pairs(year: int) -> frozenset[tuple[str, str]]:
    codes = _codes()
    return frozenset(
        (codes[pairing.origin], codes[target])
        for one in rounds()
        if one.year == year
        for pairing in one.pairs
        for target in pairing.targets
    )


@cache
def _codes() -> Mapping[str, str]:
    """The code of each unit that a round names; raises `ReferenceDataError` for a name that is none."""
    wanted = set(_all_names())
    codes = {
        gazetteer.full_name(one.code, one.last_year): one.code for one in gazetteer.units() if one.level != "county"
    }
    if missing := sorted(wanted - codes.keys()):
        raise ReferenceDataError(ROUNDS_FILE, missing[0], "is no province or prefecture of the gazetteer")
    return codes


def _all_names() -> Iterator[str]:
    for one in rounds():
        for pairing in one.pairs:
            yield from (pairing.origin, *pairing.targets)


def _province(names: list[str], full_name: str) -> str:
    return next(name for name in names if full_name.startswith(name))
