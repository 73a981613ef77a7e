"""Numbers that 分别 hands out in order: 甲县、乙县分别脱贫1200人、3400人."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.annotate.quantity import Quantity, Sentence

RESPECTIVELY = "分别"
LIST_MARKS = frozenset(("、", "和", "与", "及", "以及", "同"))
_MARKS = LIST_MARKS | {"\uff0c", ",", "、和"}


class Series(NamedTuple):
    """The numbers `first` to `end` (by index) of one unit and sentence, for which 分别 stands at `at`."""

    first: int
    end: int
    at: int


def series(text: str, found: Sequence[Quantity], sentences: Sequence[Sentence]) -> Iterator[Series]:
    """The series of two or more numbers before which 分别 stands in their sentence."""
    if RESPECTIVELY not in text:
        return
    first = 0
    for index in range(1, len(found) + 1):
        if index < len(found) and _goes_on(text, found[index - 1], found[index], sentences[index - 1 : index + 1]):
            continue
        if index - first > 1:
            at = text.rfind(RESPECTIVELY, sentences[first].start, found[first].start)
            if at >= 0:
                yield Series(first, index, at)
        first = index


def _goes_on(text: str, one: Quantity, after: Quantity, sentences: Sequence[Sentence]) -> bool:
    together = one.unit == after.unit and sentences[0] is sentences[1]
    return together and text[one.end : after.start] in _MARKS
