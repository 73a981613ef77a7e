"""The place that a figure is said of."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import quantities
from shanhai.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shanhai.records import DescribedArticle, Place

_DEPTH = {"province": 0, "prefecture": 1, "county": 2}
_LISTED = re.compile("(?:等地?|在内)的?$")
LISTED_WINDOW_CHARS = 4
_WHOLE_UNIT = re.compile("[全该](省|市|州|盟|县|旗|区)")


class Mention(NamedTuple):
    """Where a subject place is named."""

    start: int
    end: int
    name: str


class PlaceFinder:
    """Answers, for a position of one article's text, which of its subject places is spoken of there."""

    def __init__(self, described: DescribedArticle, places: tuple[Place, ...]) -> None:
        self._text = described.text
        self._names = sorted({place.name for place in places})
        self._mentions = _mentions(places)
        self._starts = [mention.start for mention in self._mentions]
        self._blocks = described.blocks
        self._since = _reach(described) if self._mentions else []

    def place(self, position: int, block: int, sentence: tuple[int, int]) -> str | None:
        """The full name of the last place named before `position`, `None` where none is in reach.

        Reach is the paragraph; where the sentence names no place at all, also the paragraphs before it that belong to
        the section, with its heading. 全省, 该县 and the like mean the unit of that kind in reach. A number that sums
        up a list of places (甲县、乙县等9个县) is said of none of them.
        """
        if _LISTED.search(self._text, max(0, position - LISTED_WINDOW_CHARS), position):
            return None
        index = bisect_left(self._starts, position) - 1
        if index < 0:
            return None
        named_later = index + 1 < len(self._starts) and self._starts[index + 1] < sentence[1]
        since = self._blocks[block].start if named_later else self._since[block]
        if self._starts[index] < since:
            return None
        kinds = _WHOLE_UNIT.findall(self._text, max(self._mentions[index].end, sentence[0]), position)
        return self._holding(index, since, kinds[-1]) if kinds else self._mentions[index].name

    def _holding(self, index: int, since: int, kind: str) -> str | None:
        """The unit of this kind (省, 市 …) that the last mention which lies in one, lies in."""
        while index >= 0 and self._starts[index] >= since:
            inside = self._mentions[index].name
            holding = [name for name in self._names if name.endswith(kind) and inside.startswith(name)]
            if holding:
                return holding[-1]
            index -= 1
        return None


def _mentions(places: Iterable[Place]) -> list[Mention]:
    """Each span in which subject places are named, with the deepest of them, in the order of the text."""
    deepest: dict[int, tuple[int, int, str]] = {}
    for place in places:
        if place.role != "subject":
            continue
        for evidence in place.evidence:
            rank = (_DEPTH[place.level], evidence.end, place.name)
            deepest[evidence.start] = max(deepest.get(evidence.start, rank), rank)
    return [Mention(start, deepest[start][1], deepest[start][2]) for start in sorted(deepest)]


def _reach(described: DescribedArticle) -> list[int]:
    """For each block, the start of the text in which a place may stand that its numbers are said of."""
    back = quantities.units().place_paragraphs_back
    reach: list[int] = []
    section: list[int] = []
    for block in described.blocks:
        if block.kind is BlockKind.HEADING:
            section = []
        if block.kind is not BlockKind.CAPTION:
            section.append(block.start)
        reach.append(min([*section[-1 - back :], block.start]))
    return reach
