"""What stands directly before or behind a number: a qualifier (近), or a word by which it is no quantity (第)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate.figure_words import any_of, units

if TYPE_CHECKING:
    from shanhai.records import Qualifier

LONGEST_RANK_CHARS = 3


class Signs(NamedTuple):
    """Single characters that announce a context; `before` are all that stand before a number and mean something there.

    `qualifiers` has, by their last character, the words before a number, the longest first, with what they say and the
    characters behind which they do not say it; `doubtful` are the characters before what may be no quantity.
    """

    before: frozenset[str]
    doubtful: frozenset[str]
    qualifiers: dict[str, list[tuple[str, Qualifier, str]]]
    passed_over: str
    ranks: frozenset[str]
    parts: frozenset[str]
    counted_from: frozenset[str]
    no_figures: frozenset[str]


def qualifier_before(text: str, start: int) -> Qualifier | None:
    """What the words before the number at `start` say of its sureness: 近, 不少于, 至少有."""
    known = signs()
    if start and text[start - 1] in known.passed_over:
        start -= 1
    if start:
        for word, qualifier, not_behind in known.qualifiers.get(text[start - 1], ()):
            if text.endswith(word, 0, start):
                at = start - len(word)
                return None if at and text[at - 1] in not_behind else qualifier
    return None


def is_no_quantity(text: str, start: int, end: int, unit: str | None) -> bool:
    """Whether the number at `text[start:end]` is a rank, part of another number, an idiom, or orders a report."""
    known = signs()
    if start:
        before = text[start - 1]
        if before in known.ranks and _is_rank(text, start, unit):
            return True
        if before in known.parts and text[start - 2 : start - 1].isdecimal():
            return True
        if before in known.counted_from and before in units().units_not_behind.get(unit or "", ""):
            return True
    if text[start] in known.no_figures and _idioms().match(text, start) is not None:
        return True
    return text[end : end + 1] in known.no_figures and text.startswith(units().empty_nouns, end)


def _is_rank(text: str, start: int, unit: str | None) -> bool:
    known = units()
    if not text[max(0, start - LONGEST_RANK_CHARS) : start].endswith(known.ranks):
        return False
    if text[start - 1] != "前":
        return True
    return unit in known.rank_units_of_qian and text[start - 2 : start - 1] not in known.not_a_rank_behind


@cache
def signs() -> Signs:
    """The signs, from the words of `units.yml`."""
    known = units()
    ranks = frozenset(word[-1] for word in known.ranks)
    parts = frozenset(known.range_marks + ":\uff1a/")
    counted_from = frozenset("".join(known.units_not_behind.values()))
    qualifiers: dict[str, list[tuple[str, Qualifier, str]]] = {}
    for word in sorted(known.qualifiers.before, key=len, reverse=True):
        entry = word, known.qualifiers.before[word], known.qualifiers.not_behind.get(word, "")
        qualifiers.setdefault(word[-1], []).append(entry)
    return Signs(
        before=ranks | parts | counted_from | qualifiers.keys() | set(known.qualifiers.passed_over),
        doubtful=ranks | parts | counted_from,
        qualifiers=qualifiers,
        passed_over=known.qualifiers.passed_over,
        ranks=ranks,
        parts=parts,
        counted_from=counted_from,
        no_figures=frozenset(word[0] for word in (*known.idioms, *known.empty_nouns)),
    )


@cache
def _idioms() -> re.Pattern[str]:
    return re.compile(any_of(units().idioms))
