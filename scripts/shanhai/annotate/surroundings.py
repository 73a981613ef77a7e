"""What stands around a place name: lists it is part of, and words that make it another name or a passing one."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai.annotate.placenames import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.annotate.placenames import Hit

SHORT_TITLE_CHARS = 6
"""A title in 《》 whose place stands this near to both marks is a paper's or a work's."""

LIST_UNITS = 3
"""From this many units on a run of joined names is a list, and the names in it are passed over, not reported on."""

LONGEST_JOINER = 2

AGENCY_ENDS = frozenset("社网报刊讯")
"""The last characters of what `agency_before` looks for: a cheap test before it."""

BEFORE_CHARS, AFTER_CHARS = 16, 16
"""How much of the text around a name the patterns see."""


class Run(NamedTuple):
    """Names joined by 、 or 和, or written one behind the other: hits `first` to `last`, `text[start:end]`.

    `units` counts the joined ones.
    """

    first: int
    last: int
    start: int
    end: int
    units: int


def runs(text: str, hits: Sequence[Hit]) -> list[Run]:
    """For each name the run of joined names that it stands in."""
    found: list[Run] = []
    first, units = 0, 1
    for i in range(len(hits)):
        gap = _joint(text, hits[i].end, hits[i + 1].start) if i + 1 < len(hits) else None
        if gap is None:
            found += [Run(first, i, hits[first].start, hits[i].end, units)] * (i + 1 - first)
            first, units = i + 1, 1
        else:
            units += bool(gap)
    return found


def is_institution(text: str, start: int, end: int) -> bool:
    """Whether a name is part of a paper's, a university's or a station's, or the place of a wire dateline."""
    patterns = _patterns()
    if patterns.institution_after.match(text, end) or patterns.dateline_after.match(text, end):
        return True
    before = text[max(start - BEFORE_CHARS, 0) : start]
    if before[-1:] in AGENCY_ENDS and patterns.agency_before.search(before):
        return True
    return "《" in before and _is_in_short_title(before, text[end : end + AFTER_CHARS])


def is_smaller_place(text: str, end: int) -> bool:
    """Whether what follows a bare name makes it a township, a village, a street, a river."""
    return _patterns().not_before.match(text, end) is not None


def is_other_unit(text: str, end: int) -> bool:
    """Whether what follows a bare name makes it a unit of another kind than those of that name."""
    return _patterns().other_unit_after.match(text, end) is not None


def is_counted(text: str, end: int) -> bool:
    """Whether a number of units follows: 嵩县等14个县, 西吉、海原两县."""
    return _patterns().list_count.match(_after(text, end)) is not None


def is_listed(text: str, run: Run) -> bool:
    """Whether the names are a list, or examples of one."""
    examples = _patterns().list_places.match(_after(text, run.end))
    return run.units >= LIST_UNITS or examples is not None or is_counted(text, run.end)


def is_passing(text: str, run: Run) -> bool:
    """Whether the text sends to these places as to a market, or speaks of them as of a home town."""
    before = text[max(run.start - BEFORE_CHARS, 0) : run.start]
    if _patterns().passing_before.search(before):
        return True
    return _patterns().passing_after.match(_after(text, run.end)) is not None


def _after(text: str, end: int) -> str:
    return text[end : end + AFTER_CHARS]


def _is_in_short_title(before: str, after: str) -> bool:
    opened = before.rfind("《", -SHORT_TITLE_CHARS)
    return opened > before.rfind("》") and "》" in after[:SHORT_TITLE_CHARS]


def _joint(text: str, end: int, start: int) -> str | None:
    """What joins two names: "" for a name directly behind another, a joiner, or `None`."""
    gap = text[end:start] if start - end <= LONGEST_JOINER else "-"
    return gap if gap in ("", "、", "和", "及", "与", "以及") else None


class _Patterns(msgspec.Struct, frozen=True):
    """The compiled patterns of `reference/place_words.yml`."""

    not_before: re.Pattern[str]
    other_unit_after: re.Pattern[str]
    institution_after: re.Pattern[str]
    agency_before: re.Pattern[str]
    dateline_after: re.Pattern[str]
    list_count: re.Pattern[str]
    list_places: re.Pattern[str]
    passing_before: re.Pattern[str]
    passing_after: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    names = _Patterns.__struct_fields__
    return _Patterns(*(re.compile(getattr(words(), name)) for name in names))
