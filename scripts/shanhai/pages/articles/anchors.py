"""The stable anchors of an article's blocks."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING

from shanhai.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.records import Block

_START = attrgetter("start")

SIGNS = {"p": "¶", "s": "§"}
"""A paragraph's number and a heading's number in a reference."""


class Anchors:
    """The anchor of every block of an article: p1, p2 … for text, s1, s2 … for headings."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = tuple(blocks)
        self._headings = list(accumulate(int(block.kind is BlockKind.HEADING) for block in blocks))

    @property
    def names(self) -> list[str]:
        """The anchors in the order of the blocks."""
        return [self._name(number) for number in range(len(self.blocks))]

    def around(self, position: int) -> tuple[str, Block] | None:
        """The anchor and the block that hold a position of the clean text."""
        number = bisect_right(self.blocks, position, key=_START) - 1
        if number < 0 or position > self.blocks[number].end:
            return None
        return self._name(number), self.blocks[number]

    def _name(self, number: int) -> str:
        headings = self._headings[number]
        return f"s{headings}" if self.blocks[number].kind is BlockKind.HEADING else f"p{number + 1 - headings}"


def shown(anchor: str) -> str:
    """An anchor as a reader sees it: "¶3" for p3 and for p3-2, "§1" for s1."""
    return SIGNS[anchor[0]] + anchor[1:].partition("-")[0]
