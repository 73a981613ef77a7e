"""Dates that an article names, as EDTF of the precision that the text has, relative ones by the article's own date."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import TYPE_CHECKING

from msgspec import structs

from shanhai.annotate import date_relatives as relatives
from shanhai.annotate.date_forms import DASHES, HAN_DIGITS, any_of, han_number, han_year, is_real, words
from shanhai.annotate.date_page import DECADE, PERIOD, PLAN, WITH_SIGNS, WRITTEN, How, Page, part_behind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from shanhai.records import DateMention, DescribedArticle

_SEPARATED = re.compile(r"((?:19|20)[0-9]{2})([-./\uff0f])(1[0-2]|0?[1-9])\2(3[01]|[12][0-9]|0?[1-9])(?![0-9./%万亿-])")
_GAP = re.compile(
    r"(?<=[0-9]) +(?=[年月日号季世个至到])|(?<=[年月至到第前纪~—-]) +(?=[0-9])|(?<=[0-9]) +(?=[—~至-] *[0-9])"
)
_SIGNS = "-./\uff0f"
_YEAR_BEFORE = re.compile(rf"(?<![0-9.])((?:1[89]|20)[0-9]{{2}})\s?(?:至|到|[{DASHES}]{{1,2}})\s?$")
_TO_SIGNS = frozenset("至到-~\uff5e\uff0d\u2500 ") | {chr(code) for code in range(0x2010, 0x2016)}
_NO_YEAR_BEFORE = frozenset("0123456789.元第前")
_NO_DECADE_BEFORE = frozenset("0123456789一二三四五六七八九十百.")


def find(described: DescribedArticle) -> tuple[DateMention, ...]:
    """The dates that the text names, in its order, none overlapping another.

    A date has the precision of the text: 年底 and 上旬 add nothing, a quarter and a half have the codes of EDTF level
    2. Without a date of the article, relative dates are left out; where that date is inferred or the year of a month is
    in doubt, the EDTF has a question mark.
    """
    text = described.text
    marks = _marks(text)
    if " " not in [text[at - 1] for at in marks]:
        return tuple(_found(text, marks, described))
    compact, gaps = _without_gaps(text)
    return tuple(_moved(one, text, gaps) for one in _found(compact, _marks(compact), described))


def _without_gaps(text: str) -> tuple[str, list[int]]:
    """The text without the spaces of 2019 年 3 月, and where in the new text each of them stood."""
    starts = [match.start() for match in _GAP.finditer(text)]
    return _GAP.sub("", text), [start - number for number, start in enumerate(starts)]


def _moved(one: DateMention, text: str, gaps: list[int]) -> DateMention:
    """The same date by the offsets of the text with its gaps."""
    start = one.evidence.start + bisect_right(gaps, one.evidence.start)
    end = one.evidence.end + bisect_left(gaps, one.evidence.end)
    evidence = structs.replace(one.evidence, quote=text[start:end], start=start, end=end)
    return structs.replace(one, evidence=evidence)


def _found(text: str, marks: Sequence[int], described: DescribedArticle) -> list[DateMention]:
    page = Page(text, described)
    readers = _readers()
    others = sorted([*_separated(text), *_plans(text)], key=lambda one: -one[1])
    for at in marks:
        while others and others[-1][1] < at:
            _add_other(page, others.pop())
        if at >= page.done and (reader := readers.get(text[at - 1 : at + 1])):
            reader(page, at)
    while others:
        _add_other(page, others.pop())
    return page.found


def _marks(text: str) -> list[int]:
    """Where 年, 月, 日, 天 and 季度 stand that may end a date."""
    found = []
    for mark in "年月日天季":
        at = text.find(mark)
        while at >= 0:
            found.append(at)
            at = text.find(mark, at + 1)
    found.sort()
    return found


def _add_other(page: Page, one: tuple[str, int, int, How]) -> None:
    edtf, start, end, how = one
    page.add(edtf, start, end, how)
    if how is WITH_SIGNS:
        page.anchor = (int(edtf[:4]), edtf[4:], end, False, "")


def _separated(text: str) -> Iterator[tuple[str, int, int, How]]:
    """Dates with dots, hyphens or slashes as (EDTF, start, end, how)."""
    for sign in _SIGNS:
        at = text.find(sign)
        while at >= 0:
            if text[at - 4 : at - 2] in {"19", "20"} and (match := _SEPARATED.match(text, at - 4)):
                edtf = f"{match[1]}-{int(match[3]):02}-{int(match[4]):02}"
                if is_real(edtf) and text[at - 5 : at - 4] not in {*"0123456789./-"}:
                    yield edtf, at - 4, match.end(), WITH_SIGNS
            at = text.find(sign, at + 1)


def _plans(text: str) -> Iterator[tuple[str, int, int, How]]:
    """“十三五”时期 and the like, by what stands before and behind 五."""
    for match in _plan().finditer(text):
        before = _plan_number().search(text, max(match.start() - 3, 0), match.start())
        if before is None or (before["open"] == "") != ("”" not in match[0]):
            continue
        first, last = words().plans[before["number"]]
        spoken = {"whole": f"{first}/{last}", "since": f"{first}/..", "first": f"{first}", "last": f"{last}"}
        yield spoken[str(match.lastgroup)], before.start(), match.end(), PLAN


def _read_year(page: Page, at: int) -> None:
    """A year in digits before 年: 2019年11月3日, 2017—2020年; or a decade."""
    text = page.text
    year = _years().get(text[at - 4 : at])
    if year is None:
        if text[at + 1 : at + 2] == "代":
            _read_decade(page, at)
        return
    start = at - 4
    before = text[start - 1] if start else "\n"
    if before in _NO_YEAR_BEFORE:
        return
    if text[at + 1 : at + 2] == "代":
        _add_decades(page, (start, at + 2), (year // 10, year // 10))
    elif year % 100 == 0 and text.startswith(words().age_before, at + 1):
        return
    elif before in _TO_SIGNS and (first := _year_before(text, start)):
        page.add(f"{first[0]}/{year}", first[1], part_behind(text, at + 1).end, PERIOD)
        page.anchor = None
    else:
        page.add_from_year(year, start, at + 1, WRITTEN)


def _year_before(text: str, end: int) -> tuple[str, int] | None:
    """The first year of 2017—2020年 and where it starts."""
    match = _YEAR_BEFORE.search(text, max(end - 8, 0), end)
    return (match[1], match.start()) if match and match[1] < text[end : end + 4] else None


def _read_han_year(page: Page, at: int) -> None:
    """二〇一九年, or a decade such as 九十年代."""
    text = page.text
    if text[at + 1 : at + 2] == "代":
        _read_decade(page, at)
        return
    year = han_year(text[at - 4 : at]) if at > 3 else 0  # four signs of a year
    if words().first_year <= year <= words().last_year:
        page.add_from_year(year, at - 4, at + 1, WRITTEN)


def _read_decade(page: Page, at: int) -> None:
    """90年代, 上世纪八十年代, 八九十年代; `at` is that of 年."""
    text = page.text
    match = _decade().search(text, max(at - 9, 0), at)
    if match is None:
        return
    tens = match["tens"]
    numbers = [int(tens)] if tens.isdecimal() else [10 * han_number(sign) for sign in tens[:-1]] or [10]
    century = words().centuries.get(match["century"] or "")
    before = text[match.start() - 1] if match.start() else "\n"
    if century is None and (numbers[0] < words().bare_decades_from or before in _NO_DECADE_BEFORE):
        return
    decades = [int(century or "19") * 10 + number // 10 for number in numbers]
    _add_decades(page, (match.start(), at + 2), (decades[0], decades[-1]))


def _add_decades(page: Page, span: tuple[int, int], decades: tuple[int, int]) -> None:
    first, last = decades
    page.add(f"{first}X" if first == last else f"{first}0/{last}9", *span, DECADE)
    page.anchor = None


@cache
def _years() -> dict[str, int]:
    """The years that an article of this kind may name, by their digits."""
    return {str(year): year for year in range(words().first_year, words().last_year + 1)}


@cache
def _readers() -> dict[str, Callable[[Page, int], None]]:
    """What reads a date, by the character before 年, 月 or 日 and that one."""
    known = words()
    found: dict[str, Callable[[Page, int], None]] = {}
    for digit in "0123456789":
        found |= {f"{digit}年": _read_year, f"{digit}月": relatives.read_month, f"{digit}日": relatives.read_bare_day}
    for digit in (*HAN_DIGITS, "零", "○", "十"):
        found |= {f"{digit}年": _read_han_year, f"{digit}月": relatives.read_han_month}
    found |= {f"{word}年": relatives.read_relative_year for word in known.relative_years}
    found |= {f"{word}年": relatives.read_anchored_year for word in known.anchored_years}
    found["半年"] = relatives.read_part_of_year
    found |= {f"{number}季": relatives.read_part_of_year for number in known.quarters}
    found |= {f"{word}月": relatives.read_relative_month for word in (*known.relative_months, "个")}
    return found | {f"{word}{sign}": relatives.read_relative_day for word in known.relative_days for sign in "日天"}


@cache
def _decade() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<century>{any_of(words().centuries)})的?)?(?P<tens>[1-9]0|[一二三四五六七八九]{{0,2}}十)$"
    )


@cache
def _plan() -> re.Pattern[str]:
    known = words()
    return re.compile(
        rf"五”?(?:(?P<since>{any_of(known.plan_open)})|(?P<first>{any_of(known.plan_first_year)})"
        rf"|(?P<last>{any_of(known.plan_last_year)})|(?P<whole>{any_of(known.plan_whole)}))"
    )


@cache
def _plan_number() -> re.Pattern[str]:
    return re.compile(rf"(?P<open>“?)(?P<number>{any_of(words().plans)})$")
