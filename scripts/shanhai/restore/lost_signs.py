"""Signs that a mirror lost or changed: plus signs, the dash between years, 一 read as a dash, numbers.

A form field turns "+" into a space, an editor drops what it takes for a control sign, a recogniser of print reads 一 as
a dash. Source of the words and phrases: reference/lost_signs.yml.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from shanhai.editlog import edit, without_overlaps
from shanhai.records import Certainty
from shanhai.reference import load
from shanhai.restore.characters import HAN
from shanhai.restore.collocations import Collocations, Group

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.records import Edit
    from shanhai.restore.context import Context

PART_MAX_CHARS = 10
"""The longest part of a sum of who joins in: 新型农业经营主体 has 8 characters, with a number before it 10."""
NAME_MAX_CHARS = 4
CONTEXT_CHARS = 40
"""More than the longest phrase of the table has on either side of its dash."""
FIRST_YEAR, LAST_YEAR, YEAR_DIGITS = 1949, 2099, 4

_CHINESE = re.compile(f"[{HAN}]")
QUOTED_MAX_CHARS = 60
_QUOTED = re.compile("“[^“”\n]{3,60}”")
_NUMBERS = re.compile(r"[1-9][0-9]{0,4}(?: [1-9][0-9]{0,4}){2,}")
_SMALL_SUM = re.compile(r"(?<=[0-9XN])(?<![0-9A-Za-z .][0-9XN]) (?=[0-9XN](?:模式|机制|工程|行动|活动|”|或))")
SUMMAND_MAX_CHARS = 5
_SUMMANDS = frozenset("123456789XN")
_YEARS = re.compile("[ 一](?<=[^0-9][12][0-9]{3}.)(?=[12][0-9]{3}年)")
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2500\u30fc\uff0d"
_DASH_TO_ONE = str.maketrans(dict.fromkeys(_DASHES, "一"))


class LostSigns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """reference/lost_signs.yml."""

    lists: dict[str, tuple[str, ...]]
    joined_by_plus: tuple[str, ...]
    sides: tuple[str, ...]
    given: tuple[str, ...]
    summed: tuple[str, ...]
    open_plus: tuple[str, ...]
    planned: tuple[str, ...]
    planned_chars: int
    one_sure: tuple[Group, ...]
    one_likely: tuple[Group, ...]
    measured: tuple[Group, ...]


@cache
def lost_signs() -> LostSigns:
    """What tells a lost sign."""
    return load("lost_signs.yml", LostSigns)


def find_open_pluses(text: str, _context: Context) -> tuple[Edit, ...]:
    """A space at the end of a quotation that is known with a plus there: “互联网+” (PLUS-02, conjecture)."""
    if " \u201d" not in text:
        return ()
    return tuple(
        edit("PLUS-02", text, (match.end() - 2, match.end() - 1), "+", Certainty.CONJECTURE)
        for match in _open_plus().finditer(text)
    )


def find_pluses(text: str, _context: Context) -> tuple[Edit, ...]:
    """Lost plus signs: “1 10 100” (PLUS-01, sure), lists of who joins in and “1 1” (PLUS-02, conjecture)."""
    spaces = _places(text, " ")
    if not spaces:
        return ()
    found = [one for quoted in _quoted_with_space(text, spaces) for one in _in_quotes(text, quoted)]
    found += (
        edit("PLUS-02", text, (at, at + 1), "+", Certainty.CONJECTURE) for at in spaces if _SMALL_SUM.match(text, at)
    )
    for match in _sum_before_name().finditer(text) if _may_hold_sum(text, spaces) else ():
        inside = (at for at in spaces if match.start() < at < match.end())
        found += (edit("PLUS-02", text, (at, at + 1), "+", Certainty.CONJECTURE) for at in inside)
    return without_overlaps(found)


def find_year_dashes(text: str, _context: Context) -> tuple[Edit, ...]:
    """The dash between the years of a plan, lost or read as 一: （2011 2020年） (DASH-01, sure)."""
    return tuple(
        edit("DASH-01", text, match.span(), "\u2014")
        for match in _YEARS.finditer(text)
        if _is_stretch(text, match.start())
    )


def find_ones(text: str, _context: Context) -> tuple[Edit, ...]:
    """The numeral 一 read as a dash: 第—书记 (ONE-01, sure), 有—个 (ONE-02, conjecture)."""
    found: list[Edit] = []
    for at in _lone_dashes(text):
        if not _CHINESE.search(text, max(0, at - 1), at + 2):
            continue
        start = max(0, at - CONTEXT_CHARS)
        read_as_one = text[start : at + CONTEXT_CHARS].translate(_DASH_TO_ONE)
        place = (at - start, at - start + 1)
        if _ones_sure().find(read_as_one, *place):
            found.append(edit("ONE-01", text, (at, at + 1), "一"))
        elif _ones_likely().find(read_as_one, *place):
            found.append(edit("ONE-02", text, (at, at + 1), "一", Certainty.CONJECTURE))
    return tuple(found)


def _lone_dashes(text: str) -> list[int]:
    """Where a dash stands that no other touches. Looking for each kind by itself is ten times as fast as for all."""
    places = {at for dash in _DASHES for at in _places(text, dash)}
    return sorted(at for at in places if at - 1 not in places and at + 1 not in places)


def _places(text: str, sign: str) -> list[int]:
    """Where the sign stands."""
    found: list[int] = []
    at = text.find(sign)
    while at >= 0:
        found.append(at)
        at = text.find(sign, at + 1)
    return found


def find_numbers(text: str, _context: Context) -> tuple[Edit, ...]:
    """Units right behind what they measure: the number before them is lost (NUMBER-01, an empty gap)."""
    ends, units, phrases = _measures()
    found: list[Edit] = []
    for end in (match.end() for match in ends.finditer(text)):
        for unit in units[text[end - 1]]:
            at = end - len(unit)
            if text.endswith(unit, 0, end) and phrases.find(text, at, at):
                found.append(edit("NUMBER-01", text, (at, at), certainty=Certainty.GAP))
                break
    return tuple(found)


@cache
def _open_plus() -> re.Pattern[str]:
    return re.compile("“(?:" + "|".join(map(re.escape, lost_signs().open_plus)) + ") ”")


@cache
def _sum_before_name() -> re.Pattern[str]:
    names = "|".join(map(re.escape, lost_signs().summed))
    return re.compile(rf"[1-9XN](?<![0-9A-Za-z .%-].)[0-9]{{0,4}}(?: [1-9XN][0-9]{{0,4}}){{2,}}(?={names})")


@cache
def _ones_sure() -> Collocations:
    return Collocations(lost_signs().one_sure, lost_signs().lists)


@cache
def _ones_likely() -> Collocations:
    return Collocations(lost_signs().one_likely, lost_signs().lists)


@cache
def _measures() -> tuple[re.Pattern[str], dict[str, list[str]], Collocations]:
    """A pattern of where a unit may end before a stop, the units by their last sign, longest first, and the phrases."""
    phrases = Collocations(lost_signs().measured, lost_signs().lists)
    stops = "".join(lost_signs().lists["stop"])
    units = sorted({side.rstrip(stops) for one in phrases.phrases for side in one.right}, key=lambda u: (-len(u), u))
    by_last: dict[str, list[str]] = {}
    for unit in units:
        by_last.setdefault(unit[-1], []).append(unit)
    last = "".join(sorted(by_last))
    return re.compile(f"[{last}](?=[{re.escape(stops)}]|\\Z)(?<![0-9].)"), by_last, phrases


def _is_stretch(text: str, at: int) -> bool:
    """Whether two years can only be the first and the last: a later one not right behind, in brackets of a plan.

    Where 一 stands between them nothing else is possible.
    """
    first, last = int(text[at - 4 : at]), int(text[at + 1 : at + 5])
    if not FIRST_YEAR <= first < last <= LAST_YEAR:
        return False
    if text[at] == "一":
        return True
    rules = lost_signs()
    before = text[max(0, at - 4 - rules.planned_chars) : at - 4]
    return last > first + 1 and before.endswith(("\uff08", "(")) and any(word in before for word in rules.planned)


def _may_hold_sum(text: str, spaces: Sequence[int]) -> bool:
    """Whether two spaces stand before summands, no farther apart than one is long."""
    return any(
        after - before <= SUMMAND_MAX_CHARS + 1 and {text[before + 1], text[after + 1 : after + 2]} <= _SUMMANDS
        for before, after in pairwise(spaces)
    )


def _quoted_with_space(text: str, spaces: Sequence[int]) -> list[re.Match[str]]:
    """The quotations with a space in them. Spaces are rare in Chinese, quotations are not."""
    openings = {text.rfind("“", max(0, at - QUOTED_MAX_CHARS), at): None for at in spaces}
    return [match for start in openings if start >= 0 and (match := _QUOTED.match(text, start))]


def _in_quotes(text: str, quoted: re.Match[str]) -> Iterator[Edit]:
    inside = quoted[0][1:-1]
    if " " not in inside:
        return
    if _NUMBERS.fullmatch(inside):
        if not _is_sum([int(number) for number in inside.split(" ")], text[quoted.end() :][:NAME_MAX_CHARS]):
            return
        rule, certainty = "PLUS-01", Certainty.SURE
    elif _is_joint_list(inside.split(" ")):
        rule, certainty = "PLUS-02", Certainty.CONJECTURE
    else:
        return
    for space in re.finditer(" ", inside):
        start = quoted.start() + 1 + space.start()
        yield edit(rule, text, (start, start + 1), "+", certainty)


def _is_sum(numbers: list[int], after: str) -> bool:
    """Numbers that grow but do not count on, not all of the length of a year, or before the name of a model."""
    if after.startswith(lost_signs().summed):
        return True
    steps = {right - left for left, right in pairwise(numbers)}
    return min(steps) > 0 and steps != {1} and len(str(numbers[0])) < YEAR_DIGITS


def _is_joint_list(parts: list[str]) -> bool:
    """Parts that each name a side and its gift, two that both name who joins in, or more of which half do."""
    if any(not 1 < len(part) <= PART_MAX_CHARS or not _CHINESE.search(part) for part in parts):
        return False
    rules = lost_signs()
    if all(part.startswith(rules.sides) and part.endswith(rules.given) for part in parts):
        return len({part[:2] for part in parts}) == len(parts)
    known = sum(1 for part in parts if part.endswith(rules.joined_by_plus))
    return known == len(parts) if len(parts) == 2 else known * 2 >= len(parts)
