"""What places and pairs are called where there is little room: by their own names, told apart where two are alike."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from shanhai.annotate import gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Codes = tuple[str, str]


def place_labels(codes: Iterable[str]) -> dict[str, str]:
    """Code -> the unit's own name, 沿河土家族自治县; with its province, or else its city, behind it where two have one.

    鼓楼区 alone is 鼓楼区; of three, one is 鼓楼区\uff08福建\uff09 and two are 鼓楼区\uff08南京市\uff09 and
    鼓楼区\uff08徐州市\uff09.
    """
    return _told_apart(codes, _own_name, _in_province, _in_parent)


def pair_labels(pairs: Iterable[Codes]) -> dict[Codes, str]:
    """Codes of both sides -> "苏州市 → 铜仁市", provinces by their short names: "江苏 → 贵州"."""
    found = list(pairs)
    sides = place_labels(sorted({code for pair in found for code in pair}))
    sides |= _short_names()
    return {(origin, target): f"{sides[origin]} → {sides[target]}" for origin, target in found}


def province_short(code: str) -> str:
    """The short name of the province that a code belongs to: 贵州."""
    return _short_names()[gazetteer.province_of(code)]


@cache
def _short_names() -> dict[str, str]:
    return {one.code: one.short for one in gazetteer.provinces()}


def _told_apart(codes: Iterable[str], first: Callable[[str], str], *further: Callable[[str], str]) -> dict[str, str]:
    """Each code by the first way of naming it that no other one shares, or by the last."""
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for code in codes:
        alike[first(code)].append(code)
    named: dict[str, str] = {}
    for name, of_name in alike.items():
        named |= _told_apart(of_name, *further) if len(of_name) > 1 and further else dict.fromkeys(of_name, name)
    return named


def _own_name(code: str) -> str:
    return gazetteer.unit(code).name


def _in_province(code: str) -> str:
    return f"{_own_name(code)}\uff08{province_short(code)}\uff09"


def _in_parent(code: str) -> str:
    parent = gazetteer.unit(code).parent
    return f"{_own_name(code)}\uff08{_own_name(parent)}\uff09" if parent else _own_name(code)
