"""What a figure counts: the noun phrase beside its number, within the clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shanhai.annotate.quantities import Quantity

_CLAUSE_BREAK = re.compile("[,。;:、!?()《》—…\n\uff0c\uff1b\uff1a\uff01\uff1f\uff08\uff09]")
_FROM = re.compile(r"[由从](?=[^0-9]*[0-9])")
_LEADING_NUMBER = re.compile("^[0-9.,万亿千百多余]+")
_SENTENCE_END = re.compile("[。!?;\n\uff01\uff1f\uff1b]")
# Three labels wide: room for a label and the words around it that are dropped.
CLAUSE_WINDOW_CHARS = 60
SHORTEST_NOUN_CHARS = 2
SHORTEST_REST_CHARS = 3


class _Bounds(NamedTuple):
    skips: re.Pattern[str]
    ends: re.Pattern[str]
    begins: re.Pattern[str]
    links: re.Pattern[str]
    links_anywhere: re.Pattern[str]
    openers: re.Pattern[str]


def labels(text: str, found: Sequence[Quantity]) -> list[str]:
    """A label for each quantity, at most 20 characters, "" where nothing near it names what it counts.

    63个项目 takes the noun behind the number, 协作资金6300万元 the one before it (`units.yml` says which units do so),
    a change from one value to another the noun before 由, and numbers in a row (8834户29792人) share what surrounds
    the row. Where neither side is a noun phrase, the label is what remains of the clause, or else of the sentence's
    number before it.
    """
    breaks = [match.start() for match in _CLAUSE_BREAK.finditer(text)]
    row_firsts, row_ends = _rows(found)
    made: list[str] = []
    for index, one in enumerate(found):
        first = row_firsts[index]
        before = _before(text, breaks, found[first].start, found[first - 1].end if first else 0)
        label = _label(text, one, before, _after(text, breaks, row_ends[index]))
        if not label and made and _SENTENCE_END.search(text, found[index - 1].end, one.start) is None:
            label = made[-1]
        made.append(label)
    return made


def _rows(found: Sequence[Quantity]) -> tuple[list[int], list[int]]:
    """For each quantity the index of the first in its row, in which no gap stands between two, and the row's end."""
    firsts, ends = list(range(len(found))), [one.end for one in found]
    for index in range(1, len(found)):
        if found[index - 1].end == found[index].start:
            firsts[index] = firsts[index - 1]
    for index in range(len(found) - 2, -1, -1):
        if found[index].end == found[index + 1].start:
            ends[index] = ends[index + 1]
    return firsts, ends


def _before(text: str, breaks: Sequence[int], row_start: int, last_end: int) -> str:
    """The clause before the row; of a change, what stands before 由; else what follows the number before."""
    at = bisect_left(breaks, row_start)
    before = text[max(breaks[at - 1] + 1 if at else 0, row_start - CLAUSE_WINDOW_CHARS) : row_start]
    change = _FROM.search(before)
    if change:
        return before[: change.start()]
    return before[max(0, last_end - (row_start - len(before))) :]


def _after(text: str, breaks: Sequence[int], row_end: int) -> str:
    at = bisect_left(breaks, row_end)
    return text[row_end : min(breaks[at] if at < len(breaks) else len(text), row_end + CLAUSE_WINDOW_CHARS)]


def _label(text: str, one: Quantity, before: str, after: str) -> str:
    known = quantities.units()
    if one.rule == quantities.IMPLIED_UNIT:
        label = _LEADING_NUMBER.sub("", text[one.start : one.end])
    elif one.unit in known.follow_their_noun:
        label = _noun_before(before) or _noun_after(after)
    else:
        label = _noun_after(after) or _noun_before(before)
    return (label or _remainder(before, after))[: known.label.most_chars].strip()


def _remainder(before: str, after: str) -> str:
    bounds = _bounds()
    rest = bounds.links.sub("", bounds.openers.sub("", before.strip()))
    rest = "" if bounds.begins.sub("", bounds.links_anywhere.sub("", rest)) == "" else rest
    rest += after[_skipped(after) :].strip()
    return rest if len(rest) >= SHORTEST_REST_CHARS else ""


def _noun_before(before: str) -> str:
    bounds = _bounds()
    phrase = bounds.links.sub("", before[_skipped(before) :].rstrip())
    begin = 0
    for match in bounds.begins.finditer(phrase):
        begin = match.end()
    noun = phrase[begin:].strip()[-quantities.units().label.most_chars :]
    return noun if len(noun) >= SHORTEST_NOUN_CHARS else ""


def _noun_after(after: str) -> str:
    phrase = after[_skipped(after) :]
    end = _bounds().ends.search(phrase)
    return (phrase[: end.start()] if end else phrase).strip()


def _skipped(phrase: str) -> int:
    match = _bounds().skips.match(phrase)
    return match.end() if match else 0


@cache
def _bounds() -> _Bounds:
    known = quantities.units().label
    return _Bounds(
        skips=re.compile(rf"\s*(?:{_any(known.skips)})*"),
        ends=re.compile(_any(known.ends_before)),
        begins=re.compile(_any(known.begins_behind)),
        links=re.compile(f"(?:{_any(known.links)})+$"),
        links_anywhere=re.compile(f"{_any(known.links)}"),
        openers=re.compile(f"^(?:{_any(known.openers)})+"),
    )


def _any(expressions: Iterable[str]) -> str:
    return "|".join(sorted(expressions, key=lambda e: (-len(e), e)))
