"""What some articles cannot tell: months without one, sources that outweigh the others, dates and words in doubt.

The archive holds what was collected, not what happened. Everything here counts articles; nothing is estimated.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from shanhai.relate import tallies
from shanhai.relate.facts import date_of, month, source, year
from shanhai.relate.identity import UNDATED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from shanhai.records import Article

FEW_ARTICLES = 10
"""With fewer than ten, one article more or less moves any share by a tenth or more: then no share is told."""

ONE_SOURCE_SHARE = 0.5
"""Above a half, one source weighs more than all others together: its choice of subjects is what the list shows."""

EMPTY_MONTHS_SHARE = 0.5
"""Above a half, most months are empty: their strip shows when articles were collected, not when things happened."""

LOOSE_DATES_SHARE = 0.2
"""Above a fifth, a year that seems a quarter larger than another may not be: so many articles could belong to it."""

MONTHS_OF_A_YEAR = 12


class Caution(StrEnum):
    """What a reader should be warned of before drawing a conclusion."""

    FEW = "few"
    ONE_SOURCE = "one source"
    EMPTY_MONTHS = "empty months"
    LOOSE_DATES = "loose dates"


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """Calendar months in a row without an article: the first and the last of them, and how many."""

    first: str
    last: str
    months: int


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """How far some articles carry, in numbers of articles unless another unit is named.

    `distinct` counts a family of reprints once. `first` and `last` are dates as far as they are known, "" where none
    is; `first_month` and `last_month` are those of the articles whose month is known, `months` the calendar months from
    the one to the other, `empty_months` those of them without an article; `silence` is the longest run of these.
    `year_only` know no more than their year, `inferred` take their date from what the text says. `sources` are
    publications with their counts, the largest first, `unnamed` name none. `doubtful` have a conjecture or a gap.
    """

    articles: int
    distinct: int
    first: str
    last: str
    first_month: str
    last_month: str
    months: int
    empty_months: int
    silence: Silence | None
    year_only: int
    undated: int
    inferred: int
    sources: tuple[tuple[str, int], ...]
    unnamed: int
    doubtful: int

    @property
    def loosely_dated(self) -> int:
        """The articles without a date, with a year alone, or with an inferred date."""
        return self.undated + self.year_only + self.inferred

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What to be warned of; of few articles nothing else is said."""
        if self.articles < FEW_ARTICLES:
            return (Caution.FEW,) if self.articles else ()
        told = {
            Caution.ONE_SOURCE: bool(self.sources) and self.sources[0][1] > ONE_SOURCE_SHARE * self.articles,
            Caution.EMPTY_MONTHS: self.empty_months > EMPTY_MONTHS_SHARE * self.months,
            Caution.LOOSE_DATES: self.loosely_dated > LOOSE_DATES_SHARE * self.articles,
        }
        return tuple(caution for caution, holds in told.items() if holds)


def coverage(articles: Sequence[Article], doubtful: Collection[str]) -> Coverage:
    """What is known of how far the articles carry, whatever their order; `doubtful` are ids, as in `Views`."""
    first, last = first_and_last(articles) or ("", "")
    months = sorted({name for one in articles if (name := month(one))})
    silence, empty = _silences(months)
    return Coverage(
        articles=len(articles),
        distinct=distinct(articles),
        first=first,
        last=last,
        first_month=months[0] if months else "",
        last_month=months[-1] if months else "",
        months=_number(months[-1]) - _number(months[0]) + 1 if months else 0,
        empty_months=empty,
        silence=silence,
        year_only=sum(not month(one) and year(one) != UNDATED and not is_inferred(one) for one in articles),
        undated=sum(year(one) == UNDATED for one in articles),
        inferred=sum(is_inferred(one) for one in articles),
        sources=tuple(tallies.sources(articles)),
        unnamed=sum(not source(one) for one in articles),
        doubtful=sum(one.id in doubtful for one in articles),
    )


def first_and_last(articles: Iterable[Article]) -> tuple[str, str] | tuple[()]:
    """The dates of the first and of the last article, as far as they are known; nothing where all are undated."""
    dates = [date_of(one) for one in articles if year(one) != UNDATED]
    return (min(dates), max(dates)) if dates else ()


def distinct(articles: Iterable[Article]) -> int:
    """How many different articles there are: of a family of reprints one counts, whichever are among them."""
    return len({one.chosen or one.id for one in articles})


def is_inferred(article: Article) -> bool:
    """Whether the article has a date that only its text suggests."""
    return article.described.date_origin == "inferred" and year(article) != UNDATED


def _silences(months: Iterable[str]) -> tuple[Silence | None, int]:
    """The longest run of months between the given ones, the earliest of equals, and how many lie between in all."""
    longest: Silence | None = None
    empty = 0
    for one, other in pairwise(_number(name) for name in months):
        between = other - one - 1
        empty += between
        if between > (longest.months if longest else 0):
            longest = Silence(first=_name(one + 1), last=_name(other - 1), months=between)
    return longest, empty


def _number(name: str) -> int:
    return int(name[:4]) * MONTHS_OF_A_YEAR + int(name[5:7]) - 1


def _name(number: int) -> str:
    return f"{number // MONTHS_OF_A_YEAR:04}-{number % MONTHS_OF_A_YEAR + 1:02}"
