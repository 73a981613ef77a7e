"""What is asked of one article again and again: its date, its source, what pairs it states; and of a place's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from shanhai.annotate import gazetteer
from shanhai.annotate.gazetteer import provinces
from shanhai.relate.identity import UNDATED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shanhai.records import Article

Told = TypeVar("Told")

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?!\d)", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


def date_of(article: Article) -> str:
    """The date of an article as far as it is known, in EDTF: "2019-03-11", "2019~", "" where it has none."""
    return article.described.date or article.described.date_edtf


def year(article: Article) -> str:
    """The year of an article as four digits, or "undated"."""
    found = _YEAR.match(date_of(article))
    return found[0] if found else UNDATED


def month(article: Article) -> str:
    """The month of an article as "2019-03", or "" where it is not known; an interval is of no month."""
    written = date_of(article)
    found = None if "/" in written else _MONTH.match(written)
    return found[0] if found else ""


def turned(told: Sequence[Told], article: Callable[[Told], Article]) -> tuple[Told, ...]:
    """What runs from the newest article to the oldest the other way round, or back; undated articles stay last."""
    dated = [one for one in told if year(article(one)) != UNDATED]
    return (*reversed(dated), *(one for one in told if year(article(one)) == UNDATED))


def source(article: Article) -> str:
    """The publication of an article, else its news agency, else ""."""
    return article.described.source or article.described.agency or ""


def province_of(full_name: str) -> str | None:
    """The full name of the province that a full name begins with."""
    return next((one.name for one in provinces() if full_name.startswith(one.name)), None)


def above(code: str) -> tuple[str, ...]:
    """The codes of the units above one of today, the nearest first."""
    return gazetteer.ancestors(gazetteer.unit(code))


def province_themes(article: Article) -> list[tuple[str, str]]:
    """Each province that an article is about with each of its themes."""
    labels = [tag.label for tag in article.annotations.themes]
    return [(name, label) for name in article.annotations.provinces for label in labels]


def pair_keys(article: Article) -> list[tuple[str, str]]:
    """Both sides of each pair that an article states, each pair once."""
    return list(dict.fromkeys((pair.origin, pair.target) for pair in article.annotations.pairs))
