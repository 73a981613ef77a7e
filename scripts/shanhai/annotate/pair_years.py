"""Since when a pair exists, as the sentence that states it says."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import gazetteer
from shanhai.annotate.pair_patterns import SLOT, patterns

if TYPE_CHECKING:
    from shanhai.annotate.statements import Statement
    from shanhai.records import DescribedArticle

FOUNDING = "PAIR-4"
"""The rules of this beginning state that a relation is founded."""


CHINESE_YEAR = re.compile("[一二][〇○零一二三四五六七八九]{3}(?=年)")
DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


class _Forms(NamedTuple):
    begins: re.Pattern[str]
    founded: re.Pattern[str]
    begun: re.Pattern[str]
    later: re.Pattern[str]
    signed: re.Pattern[str]
    after: re.Pattern[str]
    anniversary: re.Pattern[str]
    related: re.Pattern[str]
    early: re.Pattern[str]
    same_year: re.Pattern[str]
    day: re.Pattern[str]
    relative: re.Pattern[str]


def since(statement: Statement, described: DescribedArticle, year: int | None) -> int | None:
    """The year from which on the pair is said to exist, or `None`; never one after the article's own `year`.

    自2018年, 2017年起, 始于1996年; before a statement of founding any year, and 今年 or 去年 of a dated article;
    从那一年起 is the last year before it in the paragraph; 20周年 counts back from the article. That people were sent
    since 2017 does not say that the pair goes back to 2017.
    """
    found, said = None, statement.masked.text
    if "年" not in said and "月" not in said:
        return None
    if related := _forms().related.search(_with_digits(said)):
        found = int(related[1] or related[2])
    elif statement.direction in ("stated", "open"):
        found = _said(statement, described, year)
    elif statement.direction == "weak":
        found = _signed(statement)
    elif statement.rules[0] == patterns().neighbours.rule and (behind := _forms().after.match(said, statement.at[1])):
        found = int(behind[1] or behind[2])
    elif early := _forms().early.search(said, 0, statement.at[1]):
        found = int(early[1])
    return found if found and gazetteer.FIRST_YEAR <= found <= (year or gazetteer.FAR_YEAR) else None


def _said(statement: Statement, described: DescribedArticle, year: int | None) -> int | None:
    forms, sentence = _forms(), _with_digits(statement.masked.text)
    end = statement.at[1]
    if behind := forms.after.match(sentence, end):
        return int(behind[1] or behind[2])
    head = sentence[:end]
    if marked := [*forms.begins.finditer(head)]:
        return int(marked[-1][1] or marked[-1][2])
    if forms.same_year.search(head):
        return _last_year(described.text[statement.masked.block.start : statement.masked.start])
    if year and (jubilee := forms.anniversary.search(sentence)):
        return year - int(jubilee[1])
    return _founded(statement, head, year, described.date)


def _founded(statement: Statement, head: str, year: int | None, date: str | None) -> int | None:
    """A year before the statement, in a sentence that says that something began."""
    forms = _forms()
    is_founding = statement.rules[0].startswith(FOUNDING)
    if not is_founding and not forms.begun.search(head):
        return None
    if found := _last_year(head):
        return None if forms.later.search(head, head.rindex(str(found))) else found
    if year and (word := forms.relative.search(head, 0, statement.at[0])):
        return year - patterns().since.relative[word[0]]
    if year and is_founding and date and (day := forms.day.search(head, 0, statement.at[0])):
        return year if int(day[1]) <= int(date[5:7]) else None
    return None


def _signed(statement: Statement) -> int | None:
    head, (start, end) = statement.masked.text, statement.at
    return _last_year(head[:end]) if _forms().signed.search(head, start, end) else None


def _with_digits(sentence: str) -> str:
    """一九九六年 as 1996年, of the same length."""
    return (
        CHINESE_YEAR.sub(lambda year: year[0].translate(DIGITS), sentence)
        if "九" in sentence or "二" in sentence
        else sentence
    )


def _last_year(text: str) -> int | None:
    found = _forms().founded.findall(text)
    return int(found[-1]) if found else None


@cache
def _forms() -> _Forms:
    known = patterns().since
    after = known.after.replace("S", SLOT)
    words = (
        known.from_,
        known.founded,
        known.begun,
        known.later,
        known.signed,
        after,
        known.anniversary,
        known.related.replace("S", SLOT),
        known.early,
        known.same_year,
        known.day,
    )
    return _Forms(*map(re.compile, (*words, "|".join(known.relative))))
