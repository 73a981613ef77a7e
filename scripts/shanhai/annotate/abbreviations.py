"""Two provinces by their one-character names: only where 两省 or 两地 behind them leaves no other reading."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from shanhai.annotate import gazetteer
from shanhai.annotate.place_words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def two_provinces(text: str) -> Iterator[tuple[int, str]]:
    """Where each of two abbreviated provinces stands, and its code: 川渝两地 names 四川 and 重庆."""
    if "两" not in text:
        return
    codes = _codes()
    for match in _both().finditer(text):
        first, second = match.start() - 2, match.start() - 1
        if first < 0:
            continue
        one, other = codes.get(text[first]), codes.get(text[second])
        if one and other and one != other:
            yield first, one
            yield second, other


@cache
def _both() -> re.Pattern[str]:
    return re.compile(words().both_behind)


@cache
def _codes() -> Mapping[str, str]:
    return {province.abbreviations[0]: province.code for province in gazetteer.provinces()}
