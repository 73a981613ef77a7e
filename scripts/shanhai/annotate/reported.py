"""Which of the units that an article names it reports on, by where and how it names them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shanhai.annotate import gazetteer
from shanhai.annotate.interpretation import BY_CONTEXT, IN_NAMED_PROVINCE, ZONE
from shanhai.annotate.place_words import words
from shanhai.annotate.placenames import NEAR_CHARS, OWN_NAME, SHORT_ENDING, meaning
from shanhai.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shanhai.annotate.mentions import Mention
    from shanhai.records import Level

SILENT_BLOCKS = frozenset({BlockKind.CAPTION, BlockKind.NOTE})
"""Blocks that name no place of the article: what stands in them is somebody's credit or another picture."""

SUBJECT_WEIGHT_SHORT, SUBJECT_WEIGHT = 2.0, 3.0
"""What the mentions of a province or prefecture weigh at least in a short article, and in a longer one, about it."""

MENTION_WEIGHT, LEAD_WEIGHT, UNSURE_WEIGHT = 1.0, 1.5, 0.5
"""What a mention weighs in the text and in its first paragraph, and the share of a county's mention that a name weighs
which only its province supports. The lead says what an article is about, but one mention in it is not enough.
"""

FULL_NAMES = frozenset({OWN_NAME, SHORT_ENDING, BY_CONTEXT, ZONE})
"""The rules of names with their ending. A short article that says 凉山州 or 福州市 speaks of it on purpose, like of a
county; a longer one names so the homes of people and firms too.
"""

SHORT_ARTICLE_CHARS = 1500

LISTED_COUNTIES = 8
"""An article that lists more counties than this, and says no more of them, reports on none of them in particular."""


class Report:
    """What an article reports on, without the units above it.

    A county is named on purpose, so that one mention is enough, in a list too if the list is short. Provinces and
    prefectures are named in passing too and need the headline, a heading or several mentions outside lists, or to be a
    party to help. In a short article it is enough that its first sentence, up to `opening_end`, is set there, and for
    a prefecture its full name or a list that is complete. What tells of a prefecture tells of its province, cities in a
    row once.
    """

    def __init__(self, text: str, opening_end: int) -> None:
        self.text = text
        self.short = len(text) < SHORT_ARTICLE_CHARS
        self.opening_end = opening_end if self.short else 0
        self.in_scene = False
        self.needed = SUBJECT_WEIGHT_SHORT if self.short else SUBJECT_WEIGHT
        self.weights: dict[str, float] = {}
        self.listed: set[str] = set()
        self.end_before, self.province_before = -NEAR_CHARS - 1, ""

    def add(self, mention: Mention, weight: float, *, heading: bool) -> None:
        """Counts a mention that weighs so much in its part of the article."""
        meant = mention.meaning
        code, level, province = meant.today.code, meant.today.level, meant.province_today
        if mention.listed and not heading:
            if level == "county":
                self.listed.add(code)
            if level != "prefecture" or mention.listed != "all":
                return
        if heading or mention.party or (self.short and self._is_told_of(mention, level)):
            weight = self.needed
        elif level == "county":
            weight = self.needed * (UNSURE_WEIGHT if mention.rule == IN_NAMED_PROVINCE else 1)
        weights = self.weights
        weights[code] = weights.get(code, 0.0) + weight
        if level == "prefecture" and not (
            province == self.province_before and mention.start - self.end_before <= NEAR_CHARS
        ):
            weights[province] = weights.get(province, 0.0) + weight
        self.end_before, self.province_before = mention.end, province

    def _is_told_of(self, mention: Mention, level: Level) -> bool:
        """Whether a mention in a short article is enough for a province or prefecture."""
        if level == "prefecture" and (mention.listed == "all" or mention.rule in FULL_NAMES):
            return True
        return 0 <= mention.start < self.opening_end and self._is_scene(mention)

    def _is_scene(self, mention: Mention) -> bool:
        """Whether the article opens there: 六月的内江, 我们在湘西调查, but no meeting held there."""
        start, end, text = mention.start, mention.end, self.text
        if start != self.end_before:
            begins = start == 0 and not text.startswith(words().scene_begins_never_behind, end)
            self.in_scene = begins or text.endswith(words().scene_before, 0, start)
        return self.in_scene and not text.startswith(words().scene_never_behind, end)

    def subjects(self) -> set[str]:
        """The codes of the units that the article reports on."""
        told = {code for code, weight in self.weights.items() if weight >= self.needed}
        return told | (self.listed if len(self.listed - told) <= LISTED_COUNTIES else set())


def with_parents(codes: Iterable[str]) -> set[str]:
    """The units and those above them."""
    return {*codes}.union(*map(_parents, codes))


@cache
def _parents(code: str) -> tuple[str, ...]:
    """The codes of the units above it as they are today."""
    return meaning(gazetteer.unit(code)).line_today
