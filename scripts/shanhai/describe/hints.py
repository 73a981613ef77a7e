"""What the file's own markup says of the lines of the restored text."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from shanhai.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shanhai.describe.layout import Line
    from shanhai.records import EditPass, Hint


def hinted_lines(hints: Sequence[Hint], log: Iterable[EditPass], lines: Sequence[Line]) -> dict[int, Hint]:
    """The hint of each line, by its number; a hint over several lines goes to each, of two hints the first stays."""
    telling = [hint for hint in hints if hint.kind is not BlockKind.PARAGRAPH and hint.start < hint.end]
    if not telling or not lines:
        return {}
    bounds = sorted({bound for hint in telling for bound in (hint.start, hint.end)})
    clean = dict(zip(bounds, positions_to_clean(bounds, log), strict=True))
    starts = [line.start for line in lines]
    found: dict[int, Hint] = {}
    for hint in telling:
        start, end = clean[hint.start], clean[hint.end]
        number = max(bisect_right(starts, start) - 1, 0)
        while number < len(lines) and lines[number].start < end:
            if _covers(lines[number], start, end):
                found.setdefault(number, hint)
            number += 1
    return found


def positions_to_clean(positions: Sequence[int], log: Iterable[EditPass]) -> list[int]:
    """`editlog.to_clean` for many positions at once, which must be sorted: one sweep over each pass."""
    moved = list(positions)
    for one_pass in log:
        edits = one_pass.edits
        number = shift = 0
        for index, position in enumerate(moved):
            while number < len(edits) and edits[number].end <= position:
                shift += len(edits[number].after) - len(edits[number].before)
                number += 1
            inside = number < len(edits) and edits[number].start <= position
            moved[index] = (edits[number].start if inside else position) + shift
    return moved


def _covers(line: Line, start: int, end: int) -> bool:
    """Whether the span covers more than half of the line."""
    return 2 * (min(line.end, end) - max(line.start, start)) > line.end - line.start
