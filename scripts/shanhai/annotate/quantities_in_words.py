"""Quantities whose numbers are written in Chinese characters: 三千二百户, 三点五亿元, 百分之九十."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import measures
from shanhai.annotate.figure_words import any_of, units
from shanhai.annotate.number_contexts import is_no_quantity, qualifier_before
from shanhai.annotate.numerals import NUMERAL, NUMERAL_START, Extent, chinese_extent, chinese_number
from shanhai.annotate.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

CHINESE_NUMERAL = "FIGURE-02"
PERCENT_IN_WORDS = "FIGURE-03"
ROUND_NUMERAL = "FIGURE-06"
PERCENT_WORDS = "百分之"
SHORTEST_RANGE_CHARS = 2

_LARGE = frozenset("万亿")
_ROUND = frozenset("百千万亿")
_PERCENT_IN_WORDS = re.compile(
    rf"百分之(?:([0-9]+(?:\.[0-9]+)?)|([{NUMERAL}]+(?:点[{NUMERAL}]+)?))(?:[至到](?:百分之)?([0-9][0-9.]*|[{NUMERAL}]+))?"
)
_HALF_OR_MORE = frozenset("半多余")
_TIMES = frozenset("年月天")


class _Patterns(NamedTuple):
    numeral: re.Pattern[str]
    sure_noun: re.Pattern[str]


def find(text: str) -> list[Quantity]:
    """The quantities in characters, first those with a unit, then the percentages, each in the order of the text."""
    found = list(_with_units(text))
    if PERCENT_WORDS in text:
        found += _percentages(text)
    return found


def _with_units(text: str) -> Iterator[Quantity]:
    for match in _patterns().numeral.finditer(text):
        numeral, _, mark, unit = match.groups()
        start, end = match.span()
        extent = _extent(text, match)
        if extent is not None and not is_no_quantity(text, start, end, unit):
            rule = ROUND_NUMERAL if _ROUND.issuperset(numeral) else CHINESE_NUMERAL
            yield _quantity(text, (start, end), (unit, rule), extent, mark)


def _extent(text: str, match: re.Match[str]) -> Extent | None:
    """What a numeral in characters says, `None` where it only sounds like a count."""
    numeral, upper, _, unit = match.groups()
    if not _is_count(text, match):
        return None
    extent = chinese_extent(numeral)
    if extent is None or upper is None:
        vague = extent is not None and extent.upper is not None and len(numeral) <= SHORTEST_RANGE_CHARS
        return None if vague and (unit not in units().sure_units or numeral == "一两") else extent
    high = chinese_number(upper)
    if high is None or extent.upper is not None:
        return None
    low = extent.value
    if upper[-1] in _LARGE and numeral[-1] not in _LARGE:
        low *= chinese_number(upper[-1]) or 1
    return Extent(low, float(high)) if low < high else None


def _is_count(text: str, match: re.Match[str]) -> bool:
    """Whether such a numeral counts with its unit: not 百名干部 (but 近百名), 三个代表 (but 三个县) or 八点二十名."""
    known = units()
    numeral, upper, _, unit = match.groups()
    if _ROUND.issuperset(numeral):
        return not upper and qualifier_before(text, match.start()) in {"nearly", "over"}
    if numeral[0] in _ROUND:
        return False
    if len(numeral) == 1 and not upper:
        return unit in known.sure_units or (unit == "个" and _patterns().sure_noun.match(text, match.end()) is not None)
    return "点" not in numeral or unit in known.decimal_units or numeral[-1] in _LARGE


def _percentages(text: str) -> Iterator[Quantity]:
    for match in _PERCENT_IN_WORDS.finditer(text):
        digits, words, upper = match.groups()
        value = _percent(digits or words)
        high = _percent(upper) if upper else None
        if value is not None and not (high is not None and high <= value):
            yield _quantity(text, match.span(), (measures.PERCENT, PERCENT_IN_WORDS), Extent(value, high), None)


def _percent(words: str) -> float | None:
    if words[0].isdecimal():
        return float(words) if words.count(".") <= 1 and words[-1] != "." else None
    if words == "百":
        return 100.0
    extent = chinese_extent(words)
    return None if extent is None or extent.upper is not None else extent.value


def _quantity(text: str, span: tuple[int, int], unit: tuple[str, str], extent: Extent, mark: str | None) -> Quantity:
    """The quantity in its base unit; `unit` comes with the rule, `mark` is a 多, 余 or 来 within the number."""
    known = units()
    start, end = span
    written, rule = unit
    value, upper = extent
    following = text[end : end + 2]
    if following[:1] in _HALF_OR_MORE:
        if following[0] != "半":
            if written in known.follow_their_noun or written in known.tenths:
                mark, end = following[0], end + 1
        elif written in known.half_units and following[1:] not in _TIMES:
            value, end = value + 0.5, end + 1
    base, rule = measures.based(written, rule)
    if rule == measures.TENTHS:
        value, upper = value * 10, None if upper is None else upper * 10
    qualifier = qualifier_before(text, start)
    if qualifier is None:
        qualifier = known.qualifiers.within[mark] if mark is not None else known.qualifiers.behind.get(following)
    return Quantity(start, end, value, base, rule, qualifier, upper)


@cache
def _patterns() -> _Patterns:
    known = units()
    numeral = re.compile(
        rf"([{NUMERAL_START}](?:(?<!一)|(?=[{NUMERAL}点至到]))(?<![0-9{NUMERAL}数几第][{NUMERAL_START}])"
        rf"[{NUMERAL}]*(?:点[{NUMERAL}]+)?)(?:[至到]([{NUMERAL_START}][{NUMERAL}]*))?([多余来])?"
        f"{measures.unit_expression()}"
    )
    sure_noun = re.compile(rf"[\u4e00-\u9fff]{{0,{known.sure_noun_window_chars}}}?(?:{any_of(known.sure_nouns)})")
    return _Patterns(numeral, sure_noun)
