"""What stands behind a number in digits and makes it a quantity: scale, rest, range, unit and what qualifies them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate.figure_words import any_of, branches, units

if TYPE_CHECKING:
    from shanhai.records import Qualifier

DIGITS = "FIGURE-01"
IMPLIED_UNIT = "FIGURE-04"
TENTHS = "FIGURE-05"
PERCENT = "%"
WORDINGS_REMEMBERED = 4096
"""万元, 余户, 至20个: a few hundred wordings make up nearly all; those that hold digits come and go."""

_HALF = "半"
_TIMES = "年月天"


class More(NamedTuple):
    """The rarer parts of a measure: what is added, and the upper end of a range, which counts `upper_factor`.

    `shares_scale`: the lower end has no scale of its own, and takes that of the upper one (3至5万元).
    """

    addend: Decimal
    upper: Decimal | None
    upper_factor: int
    shares_scale: bool

    def extent(self, number: int, divisor: int, factor: int) -> tuple[float, float | None] | None:
        """Value and upper end for the number `number / divisor`; `None` where the upper end is not above the value."""
        low = Decimal(number) / divisor
        if self.upper is None:
            return float(low * factor + self.addend), None
        if self.shares_scale and low < self.upper:
            factor = self.upper_factor
        low = low * factor + self.addend
        high = self.upper * self.upper_factor
        return (float(low), float(high)) if low < high else None


class Measure(NamedTuple):
    """What a wording behind a number says: the number times `factor`, in `unit`; `chars` of it belong to the quantity.

    `qualifier` is what the wording itself says of the number's sureness. `more` is `None` where that is all.
    """

    factor: int
    unit: str
    rule: str
    qualifier: Qualifier | None
    chars: int
    more: More | None


class Wordings:
    """Reads wordings, and remembers what they say in `known`."""

    def __init__(self) -> None:
        self.known: dict[str, Measure | None] = {}

    def read(self, wording: str, match: re.Match[str]) -> Measure | None:
        """What a new wording says that `expression` found in a `match`; `None` where it is no quantity (个方面)."""
        if len(self.known) >= WORDINGS_REMEMBERED:
            self.known.clear()
        self.known[wording] = measure = _read(wording, match)
        return measure


@cache
def wordings() -> Wordings:
    """The reader whose memory all texts share."""
    return Wordings()


def based(unit: str, rule: str) -> tuple[str, str]:
    """What a written unit, or a noun that implies one, counts in, and the rule by which it does."""
    known = units()
    if rule == IMPLIED_UNIT:
        return known.implied[unit], rule
    if unit in known.tenths:
        return PERCENT, TENTHS
    return known.same_as.get(unit, unit), rule


@cache
def expression() -> str:
    """An expression for a wording, with named groups; it takes in what qualifies the quantity from behind."""
    known = units()
    scale = any_of(known.scales)
    marks = f"[{re.escape(known.range_marks)}]"
    between = rf"(?:(?![{known.implied_stops}])[\u4e00-\u9fff]){{0,{known.implied_window_chars}}}?"
    behind = any_of([*known.qualifiers.behind, *known.empty_nouns, *"多余"])
    return (
        rf"(?P<within>[多余来])?(?:(?P<scale>{scale})(?:(?P<rest>[0-9]{{1,4}})(?P<rest_scale>[万千百])?)?)?"
        rf"(?:{marks}{{1,2}}(?P<upper>[0-9]+(?:\.[0-9]+)?)(?P<upper_within>[多余])?(?P<upper_scale>{scale})?)?"
        rf"(?P<last>[多余来半])?[ \u00a0\u3000]?"
        rf"(?:{unit_expression()}|(?<=[万亿多余]){between}(?P<noun>{any_of(known.implied)}))"
        rf"(?P<behind>{behind}|{_HALF}(?![{_TIMES}]))?"
    )


@cache
def unit_expression() -> str:
    """An expression for any unit where no character follows that makes it another word, as the group `unit`.

    A longer unit comes before a shorter one that it begins with; the first characters come as `units.yml` orders them.
    """
    by_first: dict[str, list[str]] = {}
    known = units().units
    for name in sorted(known, key=len, reverse=True):
        way = re.escape(name[1:]) + (f"(?!{'|'.join(known[name])})" if known[name] else "")
        by_first.setdefault(name[0], []).append(way)
    ways = {first: "|".join(by_first[first]) for first in dict.fromkeys(name[0] for name in known)}
    return f"(?P<unit>{branches(ways)})"


def _read(wording: str, match: re.Match[str]) -> Measure | None:
    known = units()
    written, behind = match["unit"] or match["noun"], match["behind"] or ""
    factor = known.scales[match["scale"]] if match["scale"] else 1
    more = _more(match, factor)
    if more is None or behind in known.empty_nouns:
        return None
    mark = None if match["last"] == _HALF else match["last"] or match["upper_within"] or match["within"]
    chars = len(wording) - len(behind)
    if behind == _HALF and written in known.half_units:
        more, chars = more._replace(addend=more.addend + Decimal("0.5")), chars + 1
    elif behind in known.qualifiers.within and (written in known.follow_their_noun or written in known.tenths):
        mark, chars = behind, chars + 1
    qualifier = known.qualifiers.within[mark] if mark else known.qualifiers.behind.get(behind)
    unit, rule = based(written, IMPLIED_UNIT if match["noun"] else DIGITS)
    if rule == TENTHS:
        factor *= 10
        more = more._replace(addend=more.addend * 10, upper_factor=more.upper_factor * 10)
    return Measure(factor, unit, rule, qualifier, chars, more if more.addend or more.upper is not None else None)


def _more(match: re.Match[str], factor: int) -> More | None:
    """What a wording adds to its number; `None` where the rest is not below the scale (3万50000)."""
    scales = units().scales
    rest, upper, upper_scale = match["rest"], match["upper"], match["upper_scale"]
    added = int(rest) * (scales[match["rest_scale"]] if match["rest_scale"] else 1) if rest else 0
    if rest and added >= factor:
        return None
    if match["last"] == _HALF:
        return More(Decimal(added + factor // 2), None, 1, shares_scale=False)
    upper_factor = scales[upper_scale] if upper_scale else 1
    return More(Decimal(added), Decimal(upper) if upper else None, upper_factor, shares_scale=not match["scale"])
