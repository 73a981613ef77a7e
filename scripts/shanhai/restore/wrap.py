"""Lines that were broken by a text file's width, joined again."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from shanhai.editlog import edit
from shanhai.restore.context import folded
from shanhai.restore.furniture import kind_of
from shanhai.restore.spam import term_counts
from shanhai.restore.typography import typography

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shanhai.records import Edit
    from shanhai.restore.context import Context

_ENUMERATED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(\uff08][一二三四五六七八九十]{1,3}[)\uff09]|\d{1,2}[.、]|第[一二三四五六七八九十]{1,3}[章节条]"
)
LONG_MAX_SHARE = 0.1
"""Of the lines of a wrapped page so many may be longer than its width: furniture, or a table."""
INDENT_CHARS = 2
NARROW_COLUMNS, NARROW_MIN_LINES = 30, 8
NARROW_BROKEN_SHARE, NARROW_MARKED_SHARE = 0.5, 0.3
"""Lines of fewer columns may be verse or a list. Of the masters wrapped at 20 columns two lines in three break off amid
a clause and one in two holds a mark; of verse and lists of names none holds one."""
_INNER_MARK = re.compile("[\uff0c。、\uff1b\uff1a,;:].")
APART_MIN_LINES = 2
APART_MIN_SHARE = 0.8
"""Of the lines that end a paragraph before another; a heading or caption has no indent and does not count."""
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
    for measure in (columns, characters):
        lines = _lines(contents, measure)
        width = _usual_width([line for line in lines if line.text and line.columns <= typography().wrap_max_columns])
        if width:
            return _joints(text, lines, width)
    return ()


def _joints(text: str, lines: Sequence[_Line], width: int) -> tuple[Edit, ...]:
    apart = _are_paragraphs_apart(lines, width)
    return tuple(
        edit("WRAP-01", text, (after.start - 1, after.start), _joint(before.text, after.text))
        for before, after in pairwise(lines)
        if _continues(before, after, width, apart=apart)
    )


def columns(line: str) -> int:
    """The width of a line in columns: in UTF-8 ASCII has one byte and one column, Chinese three bytes and two."""
    return (len(line.encode("utf-8", "surrogatepass")) + len(line)) // 2 + _indent_columns(line)


def _indent_columns(line: str) -> int:
    """What the indent of a paragraph, once two ideographic spaces, lost in width when they became plain ones."""
    return INDENT_CHARS if line.startswith(" " * INDENT_CHARS) and line[INDENT_CHARS : INDENT_CHARS + 1] != " " else 0


def _is_unwrapped(contents: Sequence[str]) -> bool:
    """Whether too many lines are longer than any page's width."""
    longest = typography().wrap_max_columns
    lengths = list(map(len, contents))
    filled = len(lengths) - lengths.count(0)
    return len([length for length in lengths if length > longest]) > LONG_MAX_SHARE * filled


def characters(line: str) -> int:
    """The width of a line that was broken by its number of characters, in columns of Chinese."""
    return 2 * len(line)


def _lines(contents: Sequence[str], measure: Callable[[str], int]) -> list[_Line]:
    start, found = 0, []
    for line in contents:
        found.append(_Line(start, line, measure(line)))
        start += len(line) + 1
    return found


def _usual_width(lines: Sequence[_Line]) -> int | None:
    """The width that the page was wrapped at, that of most lines, or `None` for a page that was not."""
    rules = typography()
    lines = list({line.text: line for line in lines}.values())  # running text does not repeat its lines
    widths = sorted(line.columns for line in lines)
    near, width = max(((_near(widths, width), width) for width in set(widths)), default=(0, 0))
    longer = len(widths) - bisect_right(widths, width)
    enough = max(rules.wrap_min_lines, rules.wrap_min_share * len(lines))
    if width < rules.wrap_min_columns or near < enough or longer > LONG_MAX_SHARE * len(lines):
        return None
    full = [line.text for line in lines if _is_full(line, width)]
    unfinished = sum(not _ends_sentence(line) for line in full)
    if unfinished * 2 <= near or (width < NARROW_COLUMNS and not _is_prose(full)):
        return None
    return width


def _is_prose(full: Sequence[str]) -> bool:
    """Whether full lines break off amid a clause and hold the marks of running text, as those of verse do not."""
    broken = sum(line[-1:].isalnum() for line in full)
    marked = sum(_INNER_MARK.search(line) is not None for line in full)
    enough = len(full) >= NARROW_MIN_LINES
    return enough and broken >= NARROW_BROKEN_SHARE * len(full) and marked >= NARROW_MARKED_SHARE * len(full)


def _near(widths: Sequence[int], width: int) -> int:
    """How many of the sorted widths are full lines of the width."""
    return bisect_right(widths, width) - bisect_left(widths, width - typography().wrap_tolerance_columns)


def _is_full(line: _Line, width: int) -> bool:
    return width - typography().wrap_tolerance_columns <= line.columns <= width


def _are_paragraphs_apart(lines: Sequence[_Line], width: int) -> bool:
    """Whether the page parts its paragraphs by blank lines or indents, so that no full line ends one unmarked."""
    ends = [
        after
        for before, after in pairwise(lines)
        if before.text and not _is_full(before, width) and _ends_sentence(before.text)
    ]
    ends = [after for after in ends if not after.text or _is_full(after, width) or _ends_sentence(after.text)]
    marked = sum(1 for after in ends if not after.text or after.text[0].isspace())
    return len(ends) >= APART_MIN_LINES and marked >= APART_MIN_SHARE * len(ends)


def _continues(before: _Line, after: _Line, width: int, *, apart: bool) -> bool:
    if not before.text or not after.text or after.text[0].isspace() or not _is_full(before, width):
        return False
    if _ends_sentence(before.text) and not (apart and (_is_full(after, width) or _ends_sentence(after.text))):
        return False
    if _is_furniture(before.text) or _is_furniture(after.text):
        return False
    return not after.text.startswith(typography().block_start) and not _ENUMERATED.match(after.text)


def _is_furniture(line: str) -> bool:
    return bool(term_counts(line)) or kind_of(folded(line), at_edge=True) is not None


def _ends_sentence(line: str) -> bool:
    return line.rstrip(_CLOSERS)[-1:] in set(typography().sentence_end)


def _joint(before: str, after: str) -> str:
    return " " if before[-1].isascii() and after[0].isascii() and before[-1].isalpha() and after[0].isalpha() else ""
