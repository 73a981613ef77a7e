"""Figures of an article: numbers with units, what they count, and the year and place they are said of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.annotate import figure_labels, figure_words, quantities, sentences
from shanhai.annotate.figure_places import PlaceFinder
from shanhai.annotate.figure_years import YearFinder
from shanhai.annotate.quantity import Quantity, Sentence
from shanhai.records import BlockKind, DescribedArticle, Evidence, Figure, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.records import DateMention

_HALF_STOPS = frozenset(";\uff1b")


def find(
    described: DescribedArticle, places: tuple[Place, ...], dates: Sequence[DateMention] = ()
) -> tuple[Figure, ...]:
    """The article's figures in the order of the text; those of captions are left out.

    `dates` are the dates that the text names, sorted by where they stand. How label, place and year of a figure are
    chosen is told by `figure_labels.name`, `PlaceFinder.places` and `YearFinder.years`.
    """
    text = described.text
    found, within = _in_blocks(described)
    if not found:
        return ()
    finder = PlaceFinder(described, places)
    naming = figure_labels.name(text, found, finder.ends)
    said_of = finder.places(found, within)
    years = YearFinder(described, dates).years(found, within, naming)
    scores = figure_words.units().scores
    inside, sentence = None, ""
    figures = []
    for one, part, label, place, year in zip(found, within, naming.labels, said_of, years, strict=True):
        start, end, value, unit, rule, qualifier, upper = one
        if part is not inside:
            inside, sentence = part, text[part[1] : part[2]]
        figures.append(
            Figure(
                value=value,
                unit=unit,
                label=label,
                sentence=sentence,
                place=place,
                year=year,
                evidence=Evidence(quote=text[start:end], start=start, end=end, rule=rule, score=scores[rule]),
                qualifier=qualifier,
                upper=upper,
            )
        )
    return tuple(figures)


def _in_blocks(described: DescribedArticle) -> tuple[list[Quantity], list[Sentence]]:
    """The quantities that count, and for each the sentence that holds it."""
    text, blocks = described.text, described.blocks
    quantities_in_text = quantities.find(text) if blocks else []
    spans = sentences.spans(text) if quantities_in_text else ()
    found: list[Quantity] = []
    within: list[Sentence] = []
    index, at, count = -1, 0, len(spans)
    begin = until = after = end = whole = 0
    sentence = Sentence(0, 0, 0, 0)
    for one in quantities_in_text:
        start = one[0]
        while start >= after:
            index += 1
            block = blocks[index]
            begin, until = block.start, block.end if block.kind is not BlockKind.CAPTION else -1
            after = blocks[index + 1].start if index + 1 < len(blocks) else len(text) + 1
        if not begin <= start < one[1] <= until:
            continue
        if start >= end:
            while at < count and spans[at][1] <= start:
                at += 1
            if at == count:
                since, end = start, one[1]
            else:
                since, end = spans[at]
                if end - since > sentences.LONGEST_SENTENCE_CHARS:
                    since, end = sentences.part(spans[at], start)
            if not (since and text[since - 1] in _HALF_STOPS):
                whole = since
            sentence = Sentence(index, since, end, whole)
        found.append(one)
        within.append(sentence)
    return found, within
