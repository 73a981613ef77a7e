"""The year that a figure holds for."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate.figure_series import LIST_MARKS, series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.annotate.figure_labels import Naming
    from shanhai.annotate.figure_series import Series
    from shanhai.annotate.quantity import Quantity, Sentence
    from shanhai.records import DateMention, DescribedArticle

SINCE_CHARS = 24
"""So far behind a year 以来 still says that it is where a time begins: 自2018年甲县帮扶乙县以来."""

EDTF_REMEMBERED = 1024

_SINCE = re.compile("[^\uff0c。\uff1b、,;]*?(?:以来|至今|(?:起|开始)[\uff0c,])")
_STOPS = frozenset("。\uff01\uff1f!?\n")
_SAME_TIME = ("同期", "同一时期", "与此同时", "同时")
_OTHER_TIME = re.compile(
    "目前|前不久|近日|日前|最近|不久前|眼下|如今|现在|现有|至今|以来|年来|此前|此后|多年|这些年|累计|先后|当时|曾|将|计划|力争|下一步"
)
_CHANGE_STARTS = frozenset(("由", "从"))
_CHANGE_START = re.compile("[由从]")


class Named(NamedTuple):
    """A year named at `start`; `of_start`: behind 由 or 从, so that it is where a change begins."""

    start: int
    end: int
    year: int | None
    of_start: bool


class YearFinder:
    """Answers which years the numbers of one article hold for."""

    def __init__(self, described: DescribedArticle, dates: Sequence[DateMention]) -> None:
        self._text = text = described.text
        this_year = _year(described.date or described.date_edtf)
        self._blocks = described.blocks
        self._named = [_named(text, one, this_year) for one in dates]
        self._starts = [one[0] for one in self._named]

    def years(self, found: Sequence[Quantity], sentences: Sequence[Sentence], naming: Naming) -> list[int | None]:
        """For each number the year last named before it in its sentence.

        A change has the year behind 由 for the number that it starts from and no other; a second one of the sentence,
        or one 同期, has the years of the first. What came about since a year (2018年以来) has none, unless that is the
        article's own. A sentence without a year goes on with the one that opens a sentence before it in the block.
        分别 shares out as many numbers among the years of a list, in order. `None` where nothing says a year.
        """
        if not self._starts:
            return [None] * len(found)
        text, named, blocks = self._text, self._named, self._blocks
        starts = [*self._starts, len(text)]
        starting, resulting = naming.starts, naming.results
        answers: list[int | None] = []
        last = -1
        changes = _Changes()
        for index, (one, sentence) in enumerate(zip(found, sentences, strict=True)):
            start = one[0]
            while starts[last + 1] < start:
                last += 1
            block, since, _, whole = sentence
            is_start = index in starting
            if last < 0 or starts[last] < blocks[block].start:
                year = None
            elif starts[last] < whole:
                year = None if is_start else self._opening(last, start, sentence)
            elif is_start or starts[last] < since or named[last][3]:
                year = self._in_sentence(last, start, sentence, is_start=is_start)
            else:
                year = named[last][2]
            if is_start or index in resulting:
                goes_on = text.startswith(_SAME_TIME, whole)
                year = changes.year(year, whole, 0 if is_start else 1, goes_on=goes_on)
            answers.append(year)
        for numbers in series(self._text, found, sentences):
            listed = self._listed(numbers, sentences[numbers.first])
            if len(listed) == numbers.end - numbers.first:
                answers[numbers.first : numbers.end] = listed
        return answers

    def _listed(self, numbers: Series, sentence: Sentence) -> list[int | None]:
        """The years of the list of dates that stands last before 分别 (2018年和2019年分别); none for a single date."""
        index = bisect_left(self._starts, numbers.at) - 1
        years: list[int | None] = []
        while index >= 0 and self._starts[index] >= sentence.start:
            years.insert(0, self._named[index].year)
            if not index or self._text[self._named[index - 1].end : self._starts[index]] not in LIST_MARKS:
                break
            index -= 1
        return years

    def _in_sentence(self, at: int, start: int, sentence: Sentence, *, is_start: bool) -> int | None:
        text = self._text
        while at >= 0 and self._starts[at] >= sentence.whole:
            named = self._named[at]
            if named.of_start and not is_start:
                at -= 1
                continue
            if is_start and not named.of_start and _CHANGE_START.search(text, named.end, start):
                return None
            silent = named.start < sentence.start and _OTHER_TIME.search(text, named.end, start) is not None
            return None if silent else named.year
        return None

    def _opening(self, at: int, start: int, sentence: Sentence) -> int | None:
        """The year that opens an earlier sentence of the block, if it is still spoken of."""
        named = self._named[at]
        opens = not named.start or self._text[named.start - 1] in _STOPS
        return named.year if opens and not _OTHER_TIME.search(self._text, sentence.whole, start) else None


class _Changes:
    """Remembers the years of a sentence's changes, from which and to which."""

    def __init__(self) -> None:
        self._years: list[int | None] = [None, None]
        self._sentence = -1

    def year(self, found: int | None, sentence: int, which: int, *, goes_on: bool) -> int | None:
        """The year found, or else that of the change before; `goes_on`: it may be one of the sentence before."""
        if sentence != self._sentence and not goes_on:
            self._years = [None, None]
        self._sentence = sentence
        if found is None:
            found = self._years[which]
        self._years[which] = found
        return found


def _named(text: str, date: DateMention, this_year: int | None) -> Named:
    evidence = date.evidence
    start, end, edtf = evidence.start, evidence.end, date.edtf
    year = _year(edtf)
    if year != this_year and _SINCE.match(text, end - 2 if end > 1 else 0, end + SINCE_CHARS):
        year = None
    return Named(start, end, year, start > 0 and text[start - 1] in _CHANGE_STARTS)


@lru_cache(maxsize=EDTF_REMEMBERED)
def _year(edtf: str) -> int | None:
    """The year of an EDTF date, of an interval the year it ends in; `None` where either is open or unknown."""
    year = edtf.rpartition("/")[2][:4]
    return int(year) if len(year) == 4 and year.isascii() and year.isdecimal() else None
