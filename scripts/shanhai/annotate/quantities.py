"""Numbers with their units in Chinese text, read into the base unit: 6300万元 is 63000000 元."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai import reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DIGITS = "FIGURE-01"
CHINESE_NUMERAL = "FIGURE-02"
PERCENT_IN_WORDS = "FIGURE-03"
IMPLIED_UNIT = "FIGURE-04"

PERCENT = "%"
PERCENT_WORDS = "百分之"
LONGEST_RANK_CHARS = 3
# A float holds 15 decimal digits exactly, and no count of the field has more.
MOST_DIGITS = 15

_NUMERAL = "零〇一二两三四五六七八九十百千万亿"
_NUMERAL_START = "一二两三四五六七八九十"
_DIGIT_RUN = re.compile(r"[0-9]+")
_NUMERAL_RUN = re.compile(rf"[{_NUMERAL_START}][{_NUMERAL}]+")
_PERCENT_IN_WORDS = re.compile(rf"百分之([0-9]+(?:\.[0-9]+)?|[{_NUMERAL}]+(?:点[{_NUMERAL}]+)?)")
_DIGIT = {c: value for value, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_RANGE_MARKS = frozenset("-\u2013—~\uff5e至到:\uff1a/")


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """Expressions that bound the noun phrase of a figure; explained in `units.yml`."""

    most_chars: int
    skips: tuple[str, ...]
    ends_before: tuple[str, ...]
    begins_behind: tuple[str, ...]
    links: tuple[str, ...]
    openers: tuple[str, ...]


class Units(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of `units.yml`, where each field is explained."""

    units: dict[str, tuple[str, ...]]
    same_as: dict[str, str]
    implied: dict[str, str]
    implied_window_chars: int
    implied_stops: str
    scales: dict[str, int]
    idioms: tuple[str, ...]
    empty_nouns: tuple[str, ...]
    ranks: tuple[str, ...]
    follow_their_noun: frozenset[str]
    label: Label
    place_paragraphs_back: int
    scores: dict[str, float]


class Quantity(NamedTuple):
    """A number with its unit at `text[start:end]`; `value` counts in `unit`, without 万 or 亿."""

    start: int
    end: int
    value: float
    unit: str
    rule: str


class _Patterns(NamedTuple):
    digits: re.Pattern[str]
    chinese: re.Pattern[str]
    idioms: re.Pattern[str]


@cache
def units() -> Units:
    """The units and what belongs to them, read once."""
    return reference.load("units.yml", Units)


def find(text: str) -> list[Quantity]:
    """The quantities of the text in its order, apart from one another.

    Dates, times, ranks (第21个), ranges (3至5个), fractions and model names (1+10+100) are no quantities. A numeral in
    Chinese characters counts from two characters on and only where it is exact: 一个, 千家万户 and 七八个 do not count.
    余 and 多 are read over: 800余万元 is 8000000 元.
    """
    return sorted([*_in_digits(text), *_in_characters(text), *_percent_in_words(text)])


def chinese_number(numeral: str) -> int | None:
    """The value of a numeral in Chinese characters (一万三千五百 is 13500); `None` for one that is not exact."""
    total = section = digit = 0
    last_scale = 1
    previous = ""
    for char in numeral:
        if char in _DIGIT:
            if previous in _DIGIT and previous not in "零〇":
                return None
            digit = _DIGIT[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit, last_scale = 0, _SMALL[char]
        else:
            total = (
                (total + section + digit) * _LARGE[char] if char == "亿" else total + (section + digit) * _LARGE[char]
            )
            section = digit = 0
            last_scale = _LARGE[char]
        previous = char
    short = digit and len(numeral) >= 2 and numeral[-2] in "百千万亿"
    return total + section + (digit * last_scale // 10 if short else digit)


def _in_digits(text: str) -> Iterator[Quantity]:
    pattern = _patterns().digits
    end = 0
    for run in _DIGIT_RUN.finditer(text):
        if run.start() < end:
            continue
        match = pattern.match(text, run.start())
        if match is None:
            continue
        start, end = match.span()
        if not _is_no_quantity(text, start, end) and len(match["number"]) <= MOST_DIGITS:
            yield _in_base_unit(match)


def _in_base_unit(match: re.Match[str]) -> Quantity:
    known = units()
    head, head_scale, number, scale, unit, noun = match.group("head", "headscale", "number", "scale", "unit", "noun")
    value: Decimal | int = Decimal(number.replace(",", "")) if "." in number else int(number.replace(",", ""))
    if scale:
        value *= known.scales[scale]
    if head:
        value += int(head) * known.scales[head_scale]
    if noun:
        return Quantity(match.start(), match.end(), float(value), known.implied[noun], IMPLIED_UNIT)
    return Quantity(match.start(), match.end(), float(value), known.same_as.get(unit, unit), DIGITS)


def _in_characters(text: str) -> Iterator[Quantity]:
    known, pattern = units(), _patterns().chinese
    for run in _NUMERAL_RUN.finditer(text):
        match = pattern.match(text, run.start())
        exact = chinese_number(match["numeral"]) if match else None
        if match and exact is not None and not _is_no_quantity(text, match.start(), match.end()):
            unit = known.same_as.get(match["unit"], match["unit"])
            yield Quantity(match.start(), match.end(), float(exact), unit, CHINESE_NUMERAL)


def _percent_in_words(text: str) -> Iterator[Quantity]:
    if PERCENT_WORDS not in text:
        return
    for match in _PERCENT_IN_WORDS.finditer(text):
        value = _percent_value(match[1])
        if value is not None:
            yield Quantity(match.start(), match.end(), value, PERCENT, PERCENT_IN_WORDS)


def _percent_value(words: str) -> float | None:
    if words[0].isdecimal():
        return float(words)
    if "点" in words:
        whole, _, rest = words.partition("点")
        value = chinese_number(whole)
        return None if value is None else float(f"{value}.{''.join(str(_DIGIT.get(c, 0)) for c in rest)}")
    value = chinese_number(words)
    return None if value is None else float(value if words != "百" else 100)


def _is_no_quantity(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - LONGEST_RANK_CHARS) : start]
    if before.endswith(units().ranks):
        return True
    if before and before[-1] in _RANGE_MARKS and before[-2:-1].isdecimal():
        return True
    return text.startswith(units().empty_nouns, end) or _patterns().idioms.match(text, start) is not None


@cache
def _patterns() -> _Patterns:
    known = units()
    unit = "|".join(
        re.escape(name) + (f"(?!{'|'.join(stops)})" if stops else "")
        for name, stops in sorted(known.units.items(), key=lambda item: -len(item[0]))
    )
    scale = _any(known.scales)
    between = rf"(?:(?![{known.implied_stops}])[\u4e00-\u9fff]){{0,{known.implied_window_chars}}}?"
    digits = re.compile(
        rf"(?<![0-9A-Za-z.+\uff0b])(?:(?P<head>[0-9]{{1,4}})(?P<headscale>[万亿])(?=[0-9]))?"
        rf"(?P<number>(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?)"
        rf"[多余]?(?P<scale>{scale})?[多余]?[ \u00a0]?"
        rf"(?:(?P<unit>{unit})|(?<=[万亿多余]){between}(?P<noun>{_any(known.implied)}))"
    )
    chinese = re.compile(
        rf"(?<![0-9{_NUMERAL}数几第上成点])(?P<numeral>[{_NUMERAL_START}][{_NUMERAL}]+)[多余]?(?P<unit>{unit})"
    )
    return _Patterns(digits, chinese, re.compile(_any(known.idioms)))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
