"""Which of the units that an article names it reports on, by where and how it names them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from shanhai.annotate import gazetteer
from shanhai.annotate.interpretation import BY_CONTEXT, IN_NAMED_PROVINCE, ZONE
from shanhai.annotate.place_words import words
from shanhai.annotate.placenames import NEAR_CHARS, OWN_NAME, SHORT_ENDING, meaning
from shanhai.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shanhai.annotate.mentions import Mention

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


Counted: TypeAlias = "tuple[Mention, float, bool]"
"""A mention, what it weighs in its part of the article, and whether that is a heading."""


def subjects(text: str, opening_end: int, counted: Iterable[Counted]) -> set[str]:
    """The codes of the units that an article reports on, without the units above them, by its mentions in their order.

    A county is named on purpose, so that one mention is enough, in a list too if the list is short. Provinces and
    prefectures are named in passing too and need the headline, a heading or several mentions outside lists, or to be a
    party to help. In a short article it is enough that its first sentence, up to `opening_end`, is set there, and for
    a prefecture its full name or a list that is complete. What tells of a prefecture tells of its province, cities in a
    row once.
    """
    short = len(text) < SHORT_ARTICLE_CHARS
    needed = SUBJECT_WEIGHT_SHORT if short else SUBJECT_WEIGHT
    opening = _Opening(text)
    weights: dict[str, float] = {}
    listed_counties: set[str] = set()
    end_before, province_before = -NEAR_CHARS - 1, ""
    for mention, in_its_part, heading in counted:
        start, end, meant, rule, listed, _, party = mention
        code, level, weight = meant.code_today, meant.level_today, in_its_part
        if listed and not heading:
            if level == "county":
                listed_counties.add(code)
            if level != "prefecture" or listed != "all":
                continue
        if (
            heading
            or party
            or (short and level == "prefecture" and (listed == "all" or rule in FULL_NAMES))
            or (short and 0 <= start < opening_end and opening.is_scene(start, end, end_before))
        ):
            weight = needed
        elif level == "county":
            weight = needed * UNSURE_WEIGHT if rule == IN_NAMED_PROVINCE else needed
        weights[code] = weights.get(code, 0.0) + weight
        province = meant.province_today
        if level == "prefecture" and (province != province_before or start - end_before > NEAR_CHARS):
            weights[province] = weights.get(province, 0.0) + weight
        end_before, province_before = end, province
    told = {code for code, weight in weights.items() if weight >= needed}
    return told | listed_counties if len(listed_counties - told) <= LISTED_COUNTIES else told


class _Opening:
    """The first sentence of a short article: whether the article opens in the places that it names."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.in_scene = False

    def is_scene(self, start: int, end: int, end_before: int) -> bool:
        """Whether the article opens there: 六月的内江, 我们在湘西调查, but no meeting held there.

        Of names written one behind another, the last of which ended at `end_before`, the first decides.
        """
        text = self.text
        if start != end_before:
            begins = start == 0 and not text.startswith(words().scene_begins_never_behind, end)
            self.in_scene = begins or text.endswith(words().scene_before, 0, start)
        return self.in_scene and not text.startswith(words().scene_never_behind, end)


def with_parents(codes: Iterable[str]) -> set[str]:
    """The units and those above them."""
    return {*codes}.union(*map(_parents, codes))


@cache
def _parents(code: str) -> tuple[str, ...]:
    """The codes of the units above it as they are today."""
    return meaning(gazetteer.unit(code)).line_today
