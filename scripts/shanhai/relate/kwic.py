"""Keyword in context: a phrase in the middle of what stands before and behind it, one line for each mention."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from shanhai.relate.facts import year

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shanhai.records import Block
    from shanhai.relate.phrases import Mention

CONTEXT_CHARS = 18
"""What a line shows on either side: a clause, and both sides with the phrase stay on one line of a wide screen."""

MOST_LINES = 200
"""As many as a list shows of articles, so that a page stays as short."""


class Line(NamedTuple):
    """What stands before the phrase, the phrase as written, and what stands behind it, within one block."""

    left: str
    keyword: str
    right: str


class Chosen(NamedTuple):
    """The mentions that a page shows; `first_only`: of each article the first alone; at most `a_year` of a year."""

    mentions: tuple[Mention, ...]
    first_only: bool
    a_year: int | None


def line(text: str, block: Block, start: int, end: int) -> Line:
    """The line of `text[start:end]`, which stands in `block`; line breaks are blanks."""
    left = text[max(block.start, start - CONTEXT_CHARS) : start]
    right = text[end : min(block.end, end + CONTEXT_CHARS)]
    return Line(*(part.replace("\n", " ") for part in (left, text[start:end], right)))


def chosen(mentions: Sequence[Mention], most: int = MOST_LINES) -> Chosen:
    """The mentions that a page has room for, in the given order; every year that has any keeps some.

    Other printings of an article are left out. If that is still too much, only the first mention of each article stays,
    and then of each year the first few.
    """
    every = own(mentions)
    if len(every) <= most:
        return Chosen(tuple(every), first_only=False, a_year=None)
    firsts = tuple({one.article.id: one for one in reversed(every)}.values())[::-1]
    if len(firsts) <= most:
        return Chosen(firsts, first_only=True, a_year=None)
    limit = _a_year(Counter(year(one.article) for one in firsts).values(), most)
    return Chosen(tuple(_first_of_each_year(firsts, limit)), first_only=True, a_year=limit)


def own(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions in articles that stand for all their printings."""
    return [one for one in mentions if one.article.chosen is None]


def _a_year(counts: Iterable[int], most: int) -> int:
    """The highest number of lines for each year with which all years together need no more than `most`, at least 1."""
    by_size = sorted(counts)
    room = most
    for place, count in enumerate(by_size):
        share = room // (len(by_size) - place)
        if count > share:
            return max(share, 1)
        room -= count
    return most


def _first_of_each_year(mentions: Iterable[Mention], limit: int) -> Iterable[Mention]:
    taken: Counter[str] = Counter()
    for one in mentions:
        name = year(one.article)
        taken[name] += 1
        if taken[name] <= limit:
            yield one
