"""Lines that were broken by a text file's width, joined again."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from shanhai.editlog import edit
from shanhai.restore.typography import typography

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.records import Edit
    from shanhai.restore.context import Context

_ENUMERATED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(\uff08][一二三四五六七八九十]{1,3}[)\uff09]|\d{1,2}[.、]|第[一二三四五六七八九十]{1,3}[章节条]"
)
LONG_MAX_SHARE = 0.1
_CLOSERS = "”’\uff09》】)\"'"


class _Line(NamedTuple):
    start: int
    text: str
    columns: int


def find(text: str, context: Context) -> tuple[Edit, ...]:
    """Line breaks within a sentence, where the line is near the page's usual width (WRAP-01).

    A line of a web page is a block of its own, whatever its width.
    """
    if context.format == "html":
        return ()
    contents = text.split("\n")
    if _is_unwrapped(contents):
        return ()
    lines = _lines(contents)
    width = _usual_width([line for line in lines if line.text and line.columns <= typography().wrap_max_columns])
    if not width:
        return ()
    return tuple(
        edit("WRAP-01", text, (after.start - 1, after.start), _joint(before.text, after.text))
        for before, after in pairwise(lines)
        if _continues(before, after, width)
    )


def columns(line: str) -> int:
    """The width of a line in columns: in UTF-8 ASCII has one byte and one column, Chinese three bytes and two."""
    return (len(line.encode("utf-8", "surrogatepass")) + len(line)) // 2


def _is_unwrapped(contents: Sequence[str]) -> bool:
    """Whether too many lines are longer than any page's width."""
    longest = typography().wrap_max_columns
    return sum(len(line) > longest for line in contents) > LONG_MAX_SHARE * sum(map(bool, contents))


def _lines(contents: Sequence[str]) -> list[_Line]:
    start, found = 0, []
    for line in contents:
        found.append(_Line(start, line, columns(line)))
        start += len(line) + 1
    return found


def _usual_width(lines: Sequence[_Line]) -> int | None:
    """The width that the page was wrapped at, or `None` for a page that was not."""
    rules = typography()
    widest = max((line.columns for line in lines), default=0)
    if widest < rules.wrap_min_columns:
        return None
    near = sum(1 for line in lines if _is_full(line, widest))
    unfinished = sum(1 for line in lines if _is_full(line, widest) and not _ends_sentence(line.text))
    enough = max(rules.wrap_min_lines, rules.wrap_min_share * len(lines))
    return widest if near >= enough and unfinished * 2 > near else None


def _is_full(line: _Line, width: int) -> bool:
    return width - typography().wrap_tolerance_columns <= line.columns <= width


def _continues(before: _Line, after: _Line, width: int) -> bool:
    if not before.text or not after.text or not _is_full(before, width) or _ends_sentence(before.text):
        return False
    return not after.text.startswith(typography().block_start) and not _ENUMERATED.match(after.text)


def _ends_sentence(line: str) -> bool:
    return line.rstrip(_CLOSERS)[-1:] in set(typography().sentence_end)


def _joint(before: str, after: str) -> str:
    return " " if before[-1].isascii() and after[0].isascii() and before[-1].isalpha() and after[0].isalpha() else ""
