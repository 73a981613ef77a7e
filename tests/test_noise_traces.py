"""No pattern of furniture can match a line that the look for traces passes over."""

from __future__ import annotations

import re
from re import _constants as constants  # type: ignore[attr-defined]  # the parsed pattern has no public form
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.restore.furniture import Kind, _hoisted, furniture, kind_of, kinds_to_try

if TYPE_CHECKING:
    from collections.abc import Iterable

SPELLINGS_MAX = 3000
RANGE_MAX = 12
PATTERNS = [(kind, pattern) for kind in furniture().kinds for pattern in _hoisted(kind)]


def always_traced(parsed: Iterable[Any], traces: tuple[str, ...]) -> bool:
    """Whether every match of the parsed pattern holds one of the traces."""
    items = list(parsed)
    return any(
        _item_is_traced(*item, traces) or _stretch_is_traced(items[at:], traces) for at, item in enumerate(items)
    )


def _item_is_traced(kind: Any, value: Any, traces: tuple[str, ...]) -> bool:
    if kind in {constants.MAX_REPEAT, constants.MIN_REPEAT}:
        return value[0] > 0 and always_traced(value[2], traces)
    if kind is constants.SUBPATTERN:
        return always_traced(value[3], traces)
    if kind is constants.BRANCH:
        return all(always_traced(one, traces) for one in value[1])
    return kind is constants.ASSERT and value[0] > 0 and always_traced(value[1], traces)


def _stretch_is_traced(items: list[Any], traces: tuple[str, ...]) -> bool:
    """Whether all spellings of some stretch from the first item on hold a trace."""
    written = {""}
    for kind, value in items:
        more = _spellings(kind, value)
        if more is None or len(written) * len(more) > SPELLINGS_MAX:
            return False
        written = {left + right for left in written for right in more}
        if all(any(trace in one.lower() for trace in traces) for one in written):
            return True
    return False


def _spellings(kind: Any, value: Any) -> set[str] | None:
    """All strings that the item matches, `None` for too many."""
    if kind is constants.LITERAL:
        return {chr(value)}
    if kind is constants.IN:
        return _members(value)
    if kind is constants.SUBPATTERN:
        return _joined(value[3])
    if kind is constants.BRANCH:
        branches = [_joined(one) for one in value[1]]
        return None if None in branches else set().union(*(one for one in branches if one))
    if kind is constants.MAX_REPEAT and value[:2] == (0, 1):
        inside = _joined(value[2])
        return None if inside is None else inside | {""}
    return {""} if kind in {constants.ASSERT_NOT, constants.AT} else None


def _members(choices: Any) -> set[str] | None:
    found: set[str] = set()
    for kind, value in choices:
        if kind is constants.LITERAL:
            found.add(chr(value))
        elif kind is constants.RANGE and value[1] - value[0] < RANGE_MAX:
            found |= {chr(code) for code in range(value[0], value[1] + 1)}
        else:
            return None
    return found


def _joined(parsed: Any) -> set[str] | None:
    written = {""}
    for kind, value in parsed:
        more = _spellings(kind, value)
        if more is None or len(written) * len(more) > SPELLINGS_MAX:
            return None
        written = {left + right for left in written for right in more}
    return written


def first_signs(parsed: Iterable[Any]) -> set[str] | None:
    """The characters that a match of the parsed pattern may begin with, 0 for a figure; `None` if it may be any."""
    found: set[str] = set()
    for kind, value in parsed:
        signs = _first_signs_of(kind, value)
        if signs is None:
            return None
        found |= signs
        if kind is not constants.MAX_REPEAT or value[0] > 0:
            return found
    return None


def _first_signs_of(kind: Any, value: Any) -> set[str] | None:
    if kind is constants.LITERAL:
        return {chr(value)}
    if kind is constants.IN:
        return _signs(value)
    if kind is constants.MAX_REPEAT:
        return first_signs(value[2])
    if kind is constants.SUBPATTERN:
        return first_signs(value[3])
    branches = [first_signs(one) for one in value[1]] if kind is constants.BRANCH else [None]
    return None if None in branches else set().union(*(one for one in branches if one))


def _signs(choices: Any) -> set[str] | None:
    """The members of a class; white space counts for none, as a folded line does not begin with it."""
    categories = {constants.CATEGORY_SPACE: set[str](), constants.CATEGORY_DIGIT: {"0"}}
    found: set[str] = set()
    for kind, value in choices:
        signs = categories.get(value) if kind is constants.CATEGORY else _members([(kind, value)])
        if signs is None:
            return None
        found |= signs
    return found


def may_be_passed_over(kind: Kind, pattern: str) -> bool:
    parsed = parser.parse(pattern)
    signs = first_signs(parsed) if kind.openings else None
    return not always_traced(parsed, kind.traces) and (signs is None or not signs <= set(kind.openings))


@pytest.mark.parametrize(("kind", "pattern"), PATTERNS)
def test_every_match_holds_a_trace_or_begins_with_an_opening(kind, pattern):
    assert not may_be_passed_over(kind, pattern)


def test_every_day_and_weather_that_tells_holds_a_trace():
    calendar = furniture().calendar
    assert always_traced(parser.parse(calendar.telling), calendar.traces)
    assert len(furniture().kinds) in kinds_to_try("样例市 小雨 15℃/9℃")


@pytest.mark.parametrize("pattern", ["(茶|菌).{0,4}(园|棚)?", ".*棚?", r"(茶|\d)园", "[^茶]菌"])
def test_a_pattern_without_a_trace_is_told(pattern):
    kind = Kind(rule="NOISE-CMS", patterns=(pattern,), traces=("茶园", "大棚"), openings="菌0")
    assert may_be_passed_over(kind, pattern)


@pytest.mark.parametrize(
    "pattern", ["茶园.{0,4}", "(大|茶园的大)棚", "(菌|[0-9])(园|棚)?", r"\s*(菌|\d)*菌", "(?=.*茶园).*"]
)
def test_a_pattern_with_a_trace_is_told(pattern):
    kind = Kind(rule="NOISE-CMS", patterns=(pattern,), traces=("茶园", "大棚"), openings="菌0123456789")
    assert not may_be_passed_over(kind, pattern)


@given(st.data())
def test_lines_made_from_the_patterns_are_tried(data):
    kind, pattern = data.draw(st.sampled_from(PATTERNS))
    line = data.draw(st.from_regex(pattern, fullmatch=True)).strip()
    assert furniture().kinds.index(kind) in kinds_to_try(line) or not re.fullmatch(pattern, line)


def test_a_line_of_prose_is_passed_over_and_a_button_is_not():
    assert not kinds_to_try("山里的茶园一片连着一片")
    assert kind_of("返回顶部", at_edge=True) == "NOISE-CMS"
