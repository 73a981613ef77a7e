"""The text of each unit as it is published, one small file each: for excerpts and for the check of a phrase."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shanhai.relate.facts import date_of, source
from shanhai.search.codes import statement
from shanhai.search.units import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.records import Article
    from shanhai.search.units import SearchedArticle

_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)


def unit_files(
    number: int, first_unit: int, article: Article, content: SearchedArticle, lines: Sequence[int]
) -> Iterator[tuple[str, str]]:
    """Path below search/ and text of the files of an article's units; `lines` are the numbers of lines of its units."""
    head = [number, f"{article.path}/", content.title, _day(article), shown(source(article))]
    at = 0
    for unit, count in enumerate(lines, first_unit):
        names = content.names if unit == first_unit else ()
        name = unit_name(unit)
        yield f"{name}.js", statement(name, [*head, names, content.lines[at : at + count]])
        at += count


def unit_name(unit: int) -> str:
    """The name of a unit's file below search/, without its ending: "texts/00/0a3f"."""
    digits = f"{unit:06x}"
    return f"texts/{digits[:2]}/{digits[2:]}"


def _day(article: Article) -> str:
    """The date as far as it is known, without marks of doubt: "2019-03-11", "2019", ""."""
    found = _DATE.match(date_of(article))
    return found[0] if found else ""
