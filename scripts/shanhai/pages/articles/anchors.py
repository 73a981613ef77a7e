"""The stable anchors of an article's blocks."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from shanhai.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.records import Block

SIGNS = {"p": "¶", "s": "§"}
"""A paragraph's number and a heading's number in a reference."""


class Anchors:
    """The anchor of every block of an article: p1, p2 … for text, s1, s2 … for headings."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        counts = {"p": 0, "s": 0}
        self._starts: list[int] = []
        self.names: list[str] = []
        self.blocks = tuple(blocks)
        for block in blocks:
            letter = "s" if block.kind is BlockKind.HEADING else "p"
            counts[letter] += 1
            self._starts.append(block.start)
            self.names.append(f"{letter}{counts[letter]}")

    def around(self, position: int) -> tuple[str, Block] | None:
        """The anchor and the block that hold a position of the clean text."""
        index = bisect_right(self._starts, position) - 1
        if index < 0 or position > self.blocks[index].end:
            return None
        return self.names[index], self.blocks[index]


def shown(anchor: str) -> str:
    """An anchor as a reader sees it: "¶3" for p3 and for p3-2, "§1" for s1."""
    return SIGNS[anchor[0]] + anchor[1:].partition("-")[0]
