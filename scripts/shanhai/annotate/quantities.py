"""Numbers with their units in Chinese text, read into the base unit: 6300万元 is 63000000 元."""

from __future__ import annotations

import re
from functools import cache

from shanhai.annotate import measures, quantities_in_words
from shanhai.annotate.figure_words import units
from shanhai.annotate.number_contexts import is_no_quantity, qualifier_before, signs
from shanhai.annotate.numerals import MOST_DIGITS, written_number
from shanhai.annotate.quantity import Quantity

_CHANGE_STARTS = frozenset("由从")
_DIGITS = (
    r"([0-9\uff10-\uff19](?<![0-9\uff10-\uff19A-Za-z.+\uff0b\uff0e〔\[][0-9\uff10-\uff19])[0-9\uff10-\uff19]*+"
    r"(?:[,\uff0c \u00a0\u2009][0-9]{3}(?![0-9]))*+(?:[.\uff0e][0-9\uff10-\uff19]++)?+)"
)


def find(text: str) -> list[Quantity]:
    """The quantities of the text in its order, apart from one another.

    Dates, times, ranks (第21个), fractions and model names (1+10+100) are no quantities. A range (3至5个, 五六十户) is
    one quantity. A numeral in Chinese characters counts where it is exact or a range: 一个, 千家万户, 数十 and 上百 do
    not count. 余 and 多 qualify: 800余万元 is "over" 8000000 元.
    """
    found = _in_digits(text)
    in_words = quantities_in_words.find(text)
    if in_words:
        found += in_words
        found.sort()
    return _joined(text, found)


def _in_digits(text: str) -> list[Quantity]:
    found: list[Quantity] = []
    wordings, known, idioms = measures.wordings(), signs(), _idiom_numbers()
    remembered, marks, doubtful, new = wordings.known, known.before, known.doubtful, tuple.__new__
    for match in _digits().finditer(text):
        digits, wording = match.group(1, 2)
        if wording is None:
            continue
        measure = remembered[wording] if wording in remembered else wordings.read(wording, match)
        if measure is None:
            continue
        factor, unit, rule, qualifier, chars, more = measure
        start = match.start()
        end = start + len(digits) + chars
        divisor = 1
        if digits.isdecimal() and len(digits) <= MOST_DIGITS:
            number = int(digits)
        else:
            written = written_number(digits)
            if written is None:
                continue
            number, divisor, skipped = written
            start += skipped
        if text[start - 1] in marks or digits in idioms:
            if (text[start - 1] in doubtful or digits in idioms) and is_no_quantity(text, start, end, unit):
                continue
            qualifier = qualifier_before(text, start) or qualifier
        if more is None:
            found.append(new(Quantity, (start, end, number * factor / divisor, unit, rule, qualifier, None)))
        elif extent := more.extent(number, divisor, factor):
            found.append(new(Quantity, (start, end, extent[0], unit, rule, qualifier, extent[1])))
    return found


def _joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities without overlaps, two of one unit with a range mark between them (5%至8%) made one range."""
    marks = units().range_marks
    kept: list[Quantity] = []
    last_end = 0
    for one in found:
        gap = one[0] - last_end
        if gap > 1:
            kept.append(one)
        elif gap < 0:
            continue
        elif gap and kept and text[last_end] in marks and (ranged := _range(text, kept[-1], one)):
            kept[-1] = ranged
        else:
            kept.append(one)
        last_end = one[1]
    return kept


def _range(text: str, low: Quantity, high: Quantity) -> Quantity | None:
    """The range of two quantities with a range mark between them; `None` where they are two (由5%至8%)."""
    if low.start and text[low.start - 1] in _CHANGE_STARTS:
        return None
    if low.unit != high.unit or low.upper is not None or high.upper is not None or low.value >= high.value:
        return None
    return low._replace(end=high.end, upper=high.value, qualifier=high.qualifier or low.qualifier)


@cache
def _digits() -> re.Pattern[str]:
    """A number in digits, and the wording behind it; a number without one is taken, too, so that none is read twice."""
    return re.compile(f"{_DIGITS}({measures.expression()})?+")


@cache
def _idiom_numbers() -> frozenset[str]:
    """The numbers in digits that an idiom begins with (180度)."""
    found = (re.match("[0-9]+", word) for word in units().idioms)
    return frozenset(match[0] for match in found if match)
