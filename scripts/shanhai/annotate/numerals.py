"""Numerals: what a number in digits or in Chinese characters is worth."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

NUMERAL = "零〇一二两三四五六七八九十百千万亿"
NUMERAL_START = "一二两三四五六七八九十百千万亿"
# A float holds 15 decimal digits exactly, and no count of the field has more.
MOST_DIGITS = 15
NUMBERS_REMEMBERED = 4096
GROUP_MARKS = ",\uff0c \u00a0\u2009"

_DIGIT = {c: value for value, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_NEIGHBOURS = re.compile("(?:一[二两]|[二两]三|三四|四五|五六|六七|七八|八九)")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,\uff0c \u00a0\u2009][0-9]{3})+(?:[.][0-9]+)?")
_ANY_GROUP_MARK = re.compile(f"[{GROUP_MARKS}]")


class Extent(NamedTuple):
    """A value, or a range from `value` to `upper`."""

    value: float
    upper: float | None


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
                (total + section + digit or 1) * _LARGE[char]
                if char == "亿"
                else total + _ten_thousands(section, digit)
            )
            section = digit = 0
            last_scale = _LARGE[char]
        previous = char
    short = digit and len(numeral) >= 2 and numeral[-2] in "百千万亿"
    return total + section + (digit * last_scale // 10 if short else digit)


def chinese_extent(numeral: str) -> Extent | None:
    """The value of a numeral with decimals (三点五亿) or the range that it spans (五六十 is 50 to 60); else `None`."""
    if "点" in numeral:
        return _chinese_decimal(numeral)
    exact = chinese_number(numeral)
    if exact is not None:
        return Extent(float(exact), None)
    pair = _NEIGHBOURS.search(numeral)
    if pair is None:
        return None
    at = pair.start()
    low, high = (chinese_number(numeral[:at] + digit + numeral[at + 2 :]) for digit in pair[0])
    return Extent(float(low), float(high)) if low is not None and high is not None and low < high else None


@lru_cache(maxsize=NUMBERS_REMEMBERED)
def written_number(digits: str) -> tuple[int, int, int] | None:
    """What a number in digits with a point or with groups is worth; `None` where it is too long.

    It is the first number divided by the second; the third is where in `digits` it begins. Where the groups are not of
    three (2018\uff0c300人) the number is what follows the last mark.
    """
    digits = digits.replace("\uff0e", ".")
    begin = 0
    if _ANY_GROUP_MARK.search(digits) and not _GROUPED.fullmatch(digits):
        begin = max(digits.rfind(mark) for mark in GROUP_MARKS) + 1
    whole, _, decimals = _ANY_GROUP_MARK.sub("", digits[begin:]).partition(".")
    if len(whole) + len(decimals) > MOST_DIGITS:
        return None
    return int(whole + decimals), 10 ** len(decimals), begin


def _ten_thousands(section: int, digit: int) -> int:
    return (section + digit or 1) * _LARGE["万"]


def _chinese_decimal(numeral: str) -> Extent | None:
    whole, _, rest = numeral.partition("点")
    decimals = rest.rstrip("万亿")
    scale = 1
    for char in rest[len(decimals) :]:
        scale *= _LARGE[char]
    before = chinese_number(whole) if whole else None
    if before is None or not decimals or any(char not in _DIGIT for char in decimals):
        return None
    value = Decimal(f"{before}.{''.join(str(_DIGIT[char]) for char in decimals)}") * scale
    return Extent(float(value), None)
