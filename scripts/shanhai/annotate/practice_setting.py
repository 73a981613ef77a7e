"""What the text around a working model tells of it: the unit that practises it, and what it serves."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from shanhai.annotate import theme_hits
from shanhai.annotate.theme_matcher import matcher
from shanhai.annotate.vocabulary import themes
from shanhai.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.annotate.theme_hits import Hits
    from shanhai.records import DescribedArticle, Place

SENTENCE_POINTS, PARAGRAPH_POINTS, MOST_THEMES = 2, 4, 3
"""Weights of cues that a theme needs in the sentence, or else in its paragraph; how many themes one model serves."""

PARAGRAPHS_BACK = 2
"""Where neither sentence nor paragraph names a place, one from so many paragraphs before in the section holds."""

_DEPTH = {"province": 0, "prefecture": 1, "county": 2}
_DEEPER_THAN_ANY = len(_DEPTH)
_WHOLE_UNIT = re.compile("[全该](省|市|州|盟|县|旗|区)(?!率先|首|最|第一|唯一|领先|前列|范围)")
_BESIDE = frozenset("、和与及同")
_WITH = frozenset("与和同跟")
_TOGETHER = re.compile("(?:两地)?(?:合作|携手|联手|共建|结对|对接|联合|签订|签署)")


class Setting:
    """An article as a model stands in it: its text, blocks and the spans in which its subject places are named."""

    def __init__(self, described: DescribedArticle, places: Sequence[Place], hits: Hits) -> None:
        """Of several units named in one span the deepest comes last. `hits` are the cues of the themes."""
        self.text = described.text
        self.blocks = described.blocks
        self.starts = [block.start for block in described.blocks]
        self._hits = hits
        self._named: list[tuple[int, int, int, str]] = []
        for place in places:
            if place.role == "subject":
                depth, name = _DEPTH[place.level], place.name
                self._named += [(mention.start, depth, mention.end, name) for mention in place.evidence]
        self._named.sort()
        self._labels: dict[tuple[int, int], tuple[str, ...]] = {}

    def place(self, at: int, sentence_start: int) -> str | None:
        """The subject place named last before `at`, in its paragraph or a little above in its section.

        `None` where two places share the model (甲县和乙县推行…), or none is in reach. 全省 and such mean the unit of
        that kind.
        """
        text, named = self.text, self._named
        index = bisect_right(named, (at, _DEEPER_THAN_ANY)) - 1
        if index < 0 or named[index][0] < self._reach(at):
            return None
        before = self._before(index)
        if before >= 0 and _is_partner(text, named[index]):
            index, before = before, self._before(before)
        start, _, end, name = named[index]
        if before >= 0 and text[named[before][2] : start] in _BESIDE:
            return None
        kinds = _WHOLE_UNIT.findall(text, max(end, sentence_start), at)
        return _holding(name, kinds[-1]) if kinds else name

    def themes(self, at: int, sentence: tuple[int, int]) -> tuple[str, ...]:
        """The labels of what the model at `at` serves: as the sentence tells, or else its paragraph."""
        labels = self._labels.get(sentence)
        if labels is None:
            labels = self._told(*sentence, SENTENCE_POINTS)
            if not labels:
                block = bisect_right(self.starts, at) - 1
                if block >= 0:
                    labels = self._told(self.blocks[block].start, self.blocks[block].end, PARAGRAPH_POINTS)
            self._labels[sentence] = labels
        return labels

    def _told(self, start: int, end: int, points_needed: int) -> tuple[str, ...]:
        """The labels of the themes that the cues in `text[start:end]` speak for, each cue counted once."""
        speaks_for = matcher().speaks_for
        points: dict[int, float] = {}
        for pattern in theme_hits.patterns_within(self._hits, self.text, start, end):
            for theme, weight in speaks_for[pattern]:
                points[theme] = points.get(theme, 0.0) + weight
        strong = sorted([theme for theme, value in points.items() if value >= points_needed])
        if len(strong) > MOST_THEMES:
            strong = sorted(sorted(strong, key=lambda theme: -points[theme])[:MOST_THEMES])
        known = themes() if strong else ()
        return tuple([known[theme].label for theme in strong])

    def _before(self, index: int) -> int:
        """The place named before this one in another span; -1 if there is none."""
        start = self._named[index][0]
        while index >= 0 and self._named[index][0] == start:
            index -= 1
        return index

    def _reach(self, at: int) -> int:
        """Where the text begins in which the place of a model may stand."""
        blocks = self.blocks
        block = first = bisect_right(self.starts, at) - 1
        while first > 0 and blocks[first].kind is not BlockKind.HEADING and block - first < PARAGRAPHS_BACK:
            first -= 1
        return blocks[first].start if block >= 0 else 0


def _is_partner(text: str, named: tuple[int, int, int, str]) -> bool:
    """Whether the unit is only whom another one works with: 与乙县合作."""
    start, _, end, _ = named
    return text[start - 1 : start] in _WITH and _TOGETHER.match(text, end) is not None


@cache
def _holding(name: str, kind: str) -> str | None:
    """The unit of this kind (省, 市 …) that a full name lies in."""
    ends = [at + 1 for at, character in enumerate(name) if character == kind]
    return name[: ends[-1]] if ends else None
