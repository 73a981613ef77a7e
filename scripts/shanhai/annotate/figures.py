"""Figures of an article: numbers with units, what they count, and the year and place they are said of."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from shanhai.annotate import figure_labels, quantities, sentences
from shanhai.annotate.figure_places import PlaceFinder
from shanhai.records import BlockKind, DescribedArticle, Evidence, Figure, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shanhai.annotate.quantities import Quantity

_CHANGE_STARTS = frozenset("由从较比")
_YEARS_AGO = {"今": 0, "本": 0, "去": 1, "前": 2, "明": -1}


def find(described: DescribedArticle, places: tuple[Place, ...]) -> tuple[Figure, ...]:
    """The article's figures in the order of the text; those of captions are left out.

    `label` has at most 20 characters and is "" where the clause names nothing. `year` is the last one named before the
    number in its sentence, 今年 and 去年 counted from the article's date. `place` is the last subject place named
    before the number in its paragraph or, where its sentence names none at all, in the two paragraphs before it
    within the section; 全省 and the like go up to the unit of that kind.
    """
    text = described.text
    found = list(_in_blocks(described))
    if not found:
        return ()
    labels = figure_labels.labels(text, [one for one, _ in found])
    finder = PlaceFinder(described, places)
    this_year = int(described.date[:4]) if described.date else None
    figures = []
    before: Quantity | None = None
    for (one, block), label in zip(found, labels, strict=True):
        start, end = sentences.around(text, one.start)
        figures.append(
            Figure(
                value=one.value,
                unit=one.unit,
                label=label,
                sentence=text[start:end],
                place=finder.place(one.start, block, (start, end)),
                year=_year(text, start, one, before, this_year),
                evidence=_evidence(text, one),
            )
        )
        before = one if before is None or before.end < one.start else before
    return tuple(figures)


def _in_blocks(described: DescribedArticle) -> Iterator[tuple[Quantity, int]]:
    """The quantities that count, each with the place of its block."""
    blocks = described.blocks
    starts = [block.start for block in blocks]
    for one in quantities.find(described.text):
        index = bisect_right(starts, one.start) - 1
        if index >= 0 and one.end <= blocks[index].end and blocks[index].kind is not BlockKind.CAPTION:
            yield one, index


def _evidence(text: str, one: Quantity) -> Evidence:
    score = quantities.units().scores[one.rule]
    return Evidence(quote=text[one.start : one.end], start=one.start, end=one.end, rule=one.rule, score=score)


def _year(text: str, since: int, one: Quantity, before: Quantity | None, this_year: int | None) -> int | None:
    """The last year named in the sentence before the number; `None` also for 去年 in an article without a date.

    The year that a change starts from (由2014年的36%降至0.04%) holds for the first of its numbers only.
    """
    at = text.rfind("年", since, one.start)
    while at >= 0:
        digits = text[max(since, at - 4) : at]
        of_start = text[at - 5 : at - 4] in _CHANGE_STARTS and before is not None and at < before.start
        if len(digits) == 4 and digits.isascii() and digits.isdecimal() and digits[:2] in ("19", "20"):
            if not of_start:
                return int(digits)
        elif at > since and text[at - 1] in _YEARS_AGO:
            return this_year - _YEARS_AGO[text[at - 1]] if this_year is not None else None
        at = text.rfind("年", since, at)
    return None
