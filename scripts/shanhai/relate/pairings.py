"""The pairs of a place over time: those that articles state and those of the official rounds, in one list."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from shanhai.annotate import gazetteer, rounds
from shanhai.relate.facts import above
from shanhai.relate.stated import PairView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Pairing(msgspec.Struct, frozen=True, kw_only=True):
    """A pair by the full names of its sides, the assisting one first, and their codes where they are units of today.

    `listed` are the years of the official rounds that name the pair itself. `covered` are those that pair only units
    above its sides (沿河县 is under 铜仁市); they are told of pairs that articles state. `view` is what articles state;
    `None` where none does.
    """

    origin: str
    target: str
    origin_code: str | None
    target_code: str | None
    listed: tuple[int, ...]
    covered: tuple[int, ...]
    view: PairView | None

    @property
    def articles(self) -> int:
        """How many articles state it."""
        return len(self.view.articles) if self.view else 0

    @property
    def in_force(self) -> bool:
        """Whether the latest round names the pair itself."""
        return latest_round() in self.listed


def pairings(code: str, stated: Iterable[PairView]) -> tuple[Pairing, ...]:
    """The pairs in which a unit, or one below it, is a side: what articles state, and what the official rounds list.

    `stated` is `Views.pairs_of[code]`. What the latest round lists comes first, then the most reported, then by names.
    """
    found = [_stated(view) for view in stated]
    told = {(one.origin_code, one.target_code) for one in found}
    found += [_official(*ends) for ends in official_pairs(code) if ends not in told]
    return tuple(sorted(found, key=lambda one: (not one.in_force, -one.articles, one.origin, one.target)))


def official_pairs(code: str) -> tuple[tuple[str, str], ...]:
    """The codes of the pairs that an official round lists with a unit, or one below it, as a side; sorted."""
    return _by_side().get(code, ())


def of_units_above(code: str) -> tuple[Pairing, ...]:
    """The official pairs of the units above one: under them it is paired, too. The nearest unit's first."""
    ends = [pair for up in above(code) for pair in official_pairs(up) if up in pair]
    return tuple(_official(*pair) for pair in dict.fromkeys(ends))


def latest_round() -> int:
    """The year of the round in force."""
    return rounds.rounds()[-1].year


def document(year: int) -> str:
    """The document that an official round rests on."""
    return next(one.basis for one in rounds.rounds() if one.year == year)


def _stated(view: PairView) -> Pairing:
    return _pairing(view.origin, view.target, view.origin_code, view.target_code, view)


def _official(origin: str, target: str) -> Pairing:
    return _pairing(gazetteer.full_name(origin), gazetteer.full_name(target), origin, target, None)


def _pairing(
    origin: str, target: str, origin_code: str | None, target_code: str | None, view: PairView | None
) -> Pairing:
    held = rounds.holdings(origin_code, target_code) if origin_code and target_code else ()
    listed = [one.round.year for one in held if (one.origin, one.target) == (origin_code, target_code)]
    covered = [one.round.year for one in held if one.round.year not in listed] if view else []
    return Pairing(
        origin=origin,
        target=target,
        origin_code=origin_code,
        target_code=target_code,
        listed=tuple(listed),
        covered=tuple(covered),
        view=view,
    )


@cache
def _by_side() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The codes of all pairs that a round lists, by each side and each unit above it."""
    names = {(line.origin, target) for one in rounds.rounds() for line in one.pairs for target in line.targets}
    ends = [(gazetteer.code_of(origin), gazetteer.code_of(target)) for origin, target in names]
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for origin, target in sorted((one, other) for one, other in ends if one and other):
        for code in {origin, target, *above(origin), *above(target)}:
            found[code].append((origin, target))
    return {code: tuple(of_code) for code, of_code in found.items()}
