"""Sentence spans of Chinese text."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

_ENDS = "。\uff01\uff1f\uff1b!?;…"
_CLOSERS = "”’」』\uff09)》"
_SENTENCE = re.compile(rf"[^{_ENDS}\s][^{_ENDS}\n]*(?:[{_ENDS}]+[{_CLOSERS}]*)?|[{_ENDS}]+[{_CLOSERS}]*")
TEXTS_REMEMBERED = 4
# Three times the longest sentence seen in the labelled articles; beyond it, a line has lost its punctuation.
LONGEST_SENTENCE_CHARS = 600


@lru_cache(maxsize=TEXTS_REMEMBERED)
def spans(text: str) -> tuple[tuple[int, int], ...]:
    """The (start, end) of each sentence, half-open, in the order of the text, without white space around it.

    A full stop, exclamation mark, question mark, semicolon or ellipsis ends a sentence, together with the quotation
    marks and brackets that close right behind it; so does the end of a line. A Latin full stop does not: it is the
    decimal point of the figures. Sentences without a character other than white space are left out.
    """
    found = [match.span() for match in _SENTENCE.finditer(text)]
    for index, (start, end) in enumerate(found):
        if text[end - 1].isspace():
            found[index] = (start, start + len(text[start:end].rstrip()))
    return tuple(found)


def around(text: str, position: int) -> tuple[int, int]:
    """The sentence that holds the character at `position`, as (start, end), half-open.

    Of a sentence longer than `LONGEST_SENTENCE_CHARS` it is the part around `position`; where `position` stands between
    sentences, it is empty.
    """
    all_spans = spans(text)
    index = bisect_right(all_spans, (position, len(text) + 1)) - 1
    if index < 0 or all_spans[index][1] <= position:
        return position, position
    return part(all_spans[index], position)


def part(span: tuple[int, int], position: int) -> tuple[int, int]:
    """The sentence, or of one longer than `LONGEST_SENTENCE_CHARS` the part around `position`."""
    start, end = span
    if end - start > LONGEST_SENTENCE_CHARS:
        half = LONGEST_SENTENCE_CHARS // 2
        start, end = max(start, position - half), min(end, position + half)
    return start, end
