"""Blocks of text with what the markup said of them, laid out as one plain text with hints."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shanhai.records import BlockKind, Hint

if TYPE_CHECKING:
    from collections.abc import Iterable

# The levels that a heading of an article can have; level 1 is its title.
HEADING_LEVELS = range(2, 5)


class MarkedBlock(NamedTuple):
    """A block of a marked-up file; `level` is the heading's own, 1 to 6, and 0 for everything else."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0


def laid_out(blocks: Iterable[MarkedBlock], separator: str = "\n\n") -> tuple[str, tuple[Hint, ...]]:
    """The blocks' texts joined by the separator, and a hint for each that is more than a paragraph."""
    pieces: list[str] = []
    hints: list[Hint] = []
    position = 0
    for block in blocks:
        if block.kind is not BlockKind.PARAGRAPH and block.text:
            end = position + len(block.text)
            hints.append(Hint(start=position, end=end, kind=block.kind, level=heading_level(block)))
        pieces.append(block.text)
        position += len(block.text) + len(separator)
    return separator.join(pieces), tuple(hints)


def heading_level(block: MarkedBlock) -> int:
    """The level that a block has in an article: 2 to 4 for a heading, 0 for everything else."""
    if block.kind is not BlockKind.HEADING:
        return 0
    return min(max(block.level, HEADING_LEVELS.start), HEADING_LEVELS.stop - 1)
