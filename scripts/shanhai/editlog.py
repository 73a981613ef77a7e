"""The edit log: what was changed in a text, and the way back, character for character.

A step of the chain finds edits in a text; `apply` makes them, `undo` takes a whole log back, and `to_clean` follows
a position of the raw text through all passes to the clean text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from shanhai.records import Certainty, Edit, EditPass

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence


def edit(rule: str, text: str, span: tuple[int, int], after: str = "", certainty: Certainty = Certainty.SURE) -> Edit:
    """An edit of `text[slice(*span)]`, with what stood there filled in; without `after`, a removal."""
    start, end = span
    return Edit(rule=rule, start=start, end=end, before=text[start:end], after=after, certainty=certainty)


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text after the edits, which must be sorted, apart from one another, and true of the text (`ValueError`)."""
    pieces: list[str] = []
    add = pieces.append
    position = 0
    for one in edits:
        start, end = one.start, one.end
        if start < position or text[start:end] != one.before:
            raise ValueError(f"{one.rule} at {start}: overlaps the edit before it or does not match the text")
        add(text[position:start])
        add(one.after)
        position = end
    add(text[position:])
    return "".join(pieces)


def undo(text: str, log: Iterable[EditPass]) -> str:
    """The raw text that the log started from, given the text that it led to."""
    for one_pass in reversed(list(log)):
        text = _undo_pass(text, one_pass.edits)
    return text


class Shifts:
    """Where positions before a pass stand behind it; each look-up costs the logarithm of the number of edits."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._starts = [one.start for one in edits]
        self._gains = [0, *accumulate(len(one.after) - len(one.before) for one in edits)]

    def start(self, position: int) -> int:
        """The place of a character; one inside a replaced span goes to the start of what replaced it."""
        count = bisect_right(self._starts, position)
        if count and position < self._edits[count - 1].end:
            return self._edits[count - 1].start + self._gains[count - 1]
        return position + self._gains[count]

    def end(self, position: int) -> int:
        """The place of the end of a span; one inside a replaced span goes to the end of what replaced it."""
        count = bisect_left(self._starts, position)
        if count and position < self._edits[count - 1].end:
            return self._edits[count - 1].end + self._gains[count]
        return position + self._gains[count]


def to_clean(position: int, log: Iterable[EditPass]) -> int:
    """Where the character at `position` of the raw text stands in the clean text.

    A position inside a replaced span goes to the start of what replaced it.
    """
    for one_pass in log:
        position = Shifts(one_pass.edits).start(position)
    return position


def span_to_clean(start: int, end: int, log: Iterable[Shifts]) -> tuple[int, int]:
    """Where `[start:end]` of the raw text stands in the clean text: what replaced any part of it belongs to it.

    Empty where all of it was removed. `log` are the shifts of its passes, which many spans can share.
    """
    for shifts in log:
        start, end = shifts.start(start), shifts.end(end)
    return start, max(start, end)


def count_by_rule(log: Iterable[EditPass], counter: Counter[str]) -> None:
    """Add the number of edits of each rule to the counter."""
    for one_pass in log:
        rules = [one.rule for one in one_pass.edits]
        for rule in dict.fromkeys(rules):
            counter[rule] += rules.count(rule)


def without_overlaps(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits sorted by place; of two that overlap, the one that starts first, then the longer one, stays."""
    kept: list[Edit] = []
    for one in sorted(edits, key=lambda e: (e.start, -e.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def is_sorted(edits: Sequence[Edit]) -> bool:
    """Whether the edits are sorted and apart from one another."""
    return all(left.end <= right.start for left, right in pairwise(edits))


def _undo_pass(text: str, edits: Sequence[Edit]) -> str:
    pieces: list[str] = []
    position = shift = 0
    for one in edits:
        start = one.start + shift
        end = start + len(one.after)
        if text[start:end] != one.after:
            raise ValueError(f"{one.rule} at {one.start}: the text is not the one that this log led to")
        pieces += (text[position:start], one.before)
        position = end
        shift += len(one.after) - len(one.before)
    return "".join([*pieces, text[position:]])
