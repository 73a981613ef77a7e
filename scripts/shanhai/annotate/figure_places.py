"""The place that a figure is said of."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import repeat
from typing import TYPE_CHECKING

from shanhai.annotate import figure_words
from shanhai.annotate.figure_mentions import named, with_words
from shanhai.annotate.figure_series import series
from shanhai.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.annotate.figure_series import Series
    from shanhai.annotate.quantity import Quantity, Sentence
    from shanhai.records import DescribedArticle, Place

_LISTED = re.compile("(?:等地?|在内)的?(?:总计|共计|共)?$")
LISTED_WINDOW_CHARS = 6
_FROM_BEHIND = frozenset(("", "来自"))
_LIST_ENDS = frozenset("等地内的计共")
_SUMS = ("共", "共计", "合计", "总计")
NEAR_BEHIND_CHARS = 2
ONE_OF = "之一"
_BY = frozenset("由被受经")
_COPULAS = ("是", "为", "作为")


class PlaceFinder:
    """Answers of which places the numbers of one article are said; `ends` are the ends of places' names by start."""

    def __init__(self, described: DescribedArticle, places: tuple[Place, ...]) -> None:
        self._text = described.text
        self._blocks = described.blocks
        self._holders: dict[tuple[str, str], str | None] = {}
        self._known = {place.name for place in places}
        mentions, self._lists = named(described.text, places)
        self.ends = {mention[0]: mention[1] for mention in mentions}
        if mentions:
            mentions = with_words(described.text, mentions, self.ends)
        columns = zip(*mentions, strict=True) if mentions else repeat(())
        self._starts: tuple[int, ...] = next(columns)
        self._ends: tuple[int, ...] = next(columns)
        self._named: tuple[str | None, ...] = next(columns)
        self._subjects: tuple[bool, ...] = next(columns)
        self._kinds: tuple[str, ...] = next(columns)
        self._one_of = ONE_OF in described.text

    def places(self, found: Sequence[Quantity], sentences: Sequence[Sentence]) -> list[str | None]:
        """For each number the full name of the unit that it is said of, `None` where none is in reach.

        It is the last unit named before the number: of money from A to B, B where the clause names it before the
        number (A向B投入), else A. Without one in the clause it is the unit directly behind the number (50名乙县工人).
        A sentence without a place goes on about the subject last named in its section. 全省, 该县 and the like mean the
        unit of that kind in reach. A number that sums up a list of places (甲县、乙县等9个县) is said of none of them,
        neither is one behind 两地 or 全国. 分别 shares out as many numbers among the places of a list, in order.
        """
        if not self._starts:
            return [None] * len(found)
        text, starts, one_of = self._text, [*self._starts, len(self._text)], self._one_of
        named, subjects, kinds, ends = self._named, self._subjects, self._kinds, self._ends
        answers: list[str | None] = []
        index, answered = -1, -2
        inside: Sentence | None = None
        answer: str | None = None
        for one, sentence in zip(found, sentences, strict=True):
            start = one[0]
            if sentence is not inside:
                inside, answered = sentence, -2
            while starts[index + 1] < start:
                index += 1
            if text[start - 1] in _LIST_ENDS and self._is_of_several(one, found, sentences, answers):
                answers.append(None)
            elif starts[index + 1] - one[1] <= NEAR_BEHIND_CHARS and self._belongs(index, one, sentence):
                answers.append(self._directly_behind(index + 1, one[1]))
            else:
                if index != answered:
                    at = starts[index] if index >= 0 else -1
                    if (
                        at >= sentence[1]
                        and (subjects[index] or named[index] is None)
                        and text[at - 1] not in _BY
                        and not (one_of and text.find(ONE_OF, ends[index], sentence[2]) >= 0)
                    ):
                        answered = index
                        answer = self._holding(index - 1, kinds[index]) if kinds[index] else named[index]
                    else:
                        answer, answered = self._last_named(index, start, sentence)
                answers.append(answer)
        if self._lists:
            self._share_out(found, sentences, answers)
        return answers

    def _share_out(self, found: Sequence[Quantity], sentences: Sequence[Sentence], answers: list[str | None]) -> None:
        """Give each number of a series behind 分别 the unit of the list that stands in its place."""
        for numbers in series(self._text, found, sentences):
            members = self._members(numbers, found[numbers.first].start, sentences[numbers.first])
            if len(members) == numbers.end - numbers.first:
                answers[numbers.first : numbers.end] = members

    def _members(self, numbers: Series, start: int, sentence: Sentence) -> tuple[str | None, ...]:
        """The units among which 分别 shares out: those listed last before it, or else between it and the numbers."""
        for until in (numbers.at, start):
            index = bisect_left(self._starts, until) - 1
            if index > 0 and self._starts[index] == self._ends[index - 1] and not self._kinds[index]:
                # 甲县、乙县两县分别
                index -= self._starts[index] not in self._lists and self._named[index] is None
            if index >= 0 and self._starts[index] >= sentence.start and self._starts[index] in self._lists:
                return self._lists[self._starts[index]]
        return ()

    def _is_of_several(
        self, one: Quantity, found: Sequence[Quantity], sentences: Sequence[Sentence], answers: Sequence[str | None]
    ) -> bool:
        """Whether the number sums up a list of places, or behind 共 the numbers of several before it (`answers`)."""
        text, start = self._text, one.start
        if _LISTED.search(text, max(0, start - LISTED_WINDOW_CHARS), start):
            return True
        return text.endswith(_SUMS, 0, start) and _sums_up(one, found, sentences, answers)

    def _last_named(self, index: int, start: int, sentence: Sentence) -> tuple[str | None, int]:
        """The unit last named, in the sentence or before it, and the `index` for which that holds up to its end.

        What `places` takes by itself, a plain topic of the sentence, does not come here.
        """
        if index >= 0 and self._starts[index] >= sentence.start:
            return self._in_sentence(index, start, sentence), -2
        following = index + 1 < len(self._starts) and self._starts[index + 1] < sentence.end
        return self._before_sentence(index, sentence, following=following), index

    def _in_sentence(self, index: int, start: int, sentence: Sentence) -> str | None:
        """The unit last named in the sentence that later clauses may go on about, or that the clause itself names."""
        at = index
        while at >= 0 and self._starts[at] >= sentence.start:
            if self._counts(at) or self._same_clause(at, start):
                return self._meant(self._topic(at, start, sentence.start))
            at -= 1
        following = index + 1 < len(self._starts) and self._starts[index + 1] < sentence.end
        return self._before_sentence(at, sentence, following=following)

    def _belongs(self, index: int, one: Quantity, sentence: Sentence) -> bool:
        """Whether the number is that of the place right behind it: none is named in the clause before it."""
        if index + 1 >= len(self._starts) or self._starts[index + 1] >= sentence.end:
            return False
        if self._text[one.end : self._starts[index + 1]] not in _FROM_BEHIND:
            return False
        return index < 0 or self._starts[index] < sentence.start or not self._same_clause(index, one.start)

    def _before_sentence(self, index: int, sentence: Sentence, *, following: bool) -> str | None:
        """The subject last named in the section, or if one is `following`, in the block; `None` behind a list in it."""
        block = self._blocks[sentence.block].start
        since = block if following else self._reach(sentence.block)
        while index >= 0 and self._starts[index] >= since:
            if self._kinds[index] or (self._subjects[index] and self._named[index]):
                return self._meant(index)
            if self._named[index] is None and self._starts[index] >= block:
                return None
            index -= 1
        return None

    def _reach(self, at: int) -> int:
        """The start of the text in which a place may stand that the numbers of the block `at` are said of."""
        blocks = self._blocks
        back = figure_words.units().place_paragraphs_back
        since = blocks[at].start
        while back and at and blocks[at].kind is not BlockKind.HEADING:
            at -= 1
            if blocks[at].kind is not BlockKind.CAPTION:
                since = blocks[at].start
                back -= 1
        return since

    def _directly_behind(self, index: int, end: int) -> str | None:
        """The deepest of the names from `index` on (甘肃省康乐县的员工); behind 来自 only where 的 follows."""
        from_there = self._starts[index] > end
        while index + 1 < len(self._starts) and self._ends[index] == self._starts[index + 1]:
            index += 1
        return self._named[index] if not from_there or self._text.startswith("的", self._ends[index]) else None

    def _counts(self, index: int) -> bool:
        """Whether later clauses of the sentence may go on about it: a subject, or what stands for several."""
        return self._subjects[index] or self._named[index] is None

    def _same_clause(self, index: int, start: int) -> bool:
        between = self._text[self._ends[index] : start]
        return "\uff0c" not in between and "," not in between and "\uff1a" not in between

    def _topic(self, index: int, start: int, since: int) -> int:
        """The mention that later clauses go on about: 甲县 in 甲县由乙市帮扶, and in 甲县是乙省重点县之一."""
        while (
            index
            and self._text[self._starts[index] - 1] in _BY
            and self._starts[index - 1] >= since
            and not self._same_clause(index, start)
        ):
            index -= 1
        if self._text.find(ONE_OF, self._ends[index], start) < 0:
            return index
        before = index - 1
        while before >= 0 and self._starts[before] >= since:
            between = self._text[self._ends[before] : self._starts[before + 1]]
            if any(word in between for word in _COPULAS):
                return before
            before -= 1
        return index

    def _meant(self, index: int) -> str | None:
        kind = self._kinds[index]
        return self._holding(index - 1, kind) if kind else self._named[index]

    def _holding(self, index: int, kind: str) -> str | None:
        """The unit of this kind (省, 市 …) that the last named one which lies in one, lies in."""
        while index >= 0:
            inside = self._named[index]
            if inside is not None:
                key = (inside, kind)
                if key not in self._holders:
                    self._holders[key] = self._above(inside, kind)
                if self._holders[key] is not None:
                    return self._holders[key]
            index -= 1
        return None

    def _above(self, name: str, kind: str) -> str | None:
        at = len(name)
        while (at := name.rfind(kind, 0, at)) >= 0:
            if name[: at + 1] in self._known:
                return name[: at + 1]
        return None


def _sums_up(
    one: Quantity, found: Sequence[Quantity], sentences: Sequence[Sentence], answers: Sequence[str | None]
) -> bool:
    """Whether a number behind 共 is the sum of others of its sentence; the last of these are said of the `answers`."""
    index = len(answers)
    sentence, places = sentences[index], set()
    while index and sentences[index - 1] is sentence:
        index -= 1
        if found[index].unit == one.unit:
            places.add(answers[index])
    return len(places) > 1
