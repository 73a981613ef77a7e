"""Dates that need another one to be read: by the article's own date, or by the last one that the text names."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from shanhai.annotate.date_forms import (
    DASHES,
    HAN_DIGITS,
    PART_STARTS,
    Part,
    any_of,
    is_real,
    part_after,
    plain_part,
    words,
)
from shanhai.annotate.date_page import (
    ANCHORED,
    ANCHORED_RELATIVE,
    BARE_MONTH,
    DAY_WORD,
    SENTENCE_ENDS,
    TITLE_CHARS,
    YEAR_WORD,
    Dated,
    How,
    Page,
    between_sentences,
    part_behind,
)

ANCHOR_CHARS = 120
"""当年 further behind the year than this no longer speaks of it."""
SENTENCE_CHARS = 80
"""How much of a sentence is looked at for words of the future."""
HALF_YEAR_MONTHS = 6
"""Without a year, a month is the last one of its name; more than half a year back, the year is in doubt."""
MONTH_CHARS = len("-11")
LEAD_CHARS = 60
"""So near to the start of a news story 今天 is the day that it reports."""

_TWO_MONTHS = re.compile(rf"(?<![0-9.])(?:1[0-2]|0?[1-9])\s?(?:至|到|[{DASHES}]{{1,2}})\s?$")
_HAN_MONTH = re.compile("(?:十[一二]?|[一二三四五六七八九])$")
_DAY = re.compile("(3[01]|[12][0-9]|0?[1-9])[日号]")
_EXACT_AFTER = frozenset("0123456789初底末上下一二三四第")
_NO_MONTH_BEFORE = frozenset("0123456789./年")
_NO_DAY_BEFORE = frozenset("0123456789.月第每逢期共历时满近超约达仅")
_DIGITS = frozenset("0123456789")
_CLAUSE_ENDS = frozenset("\uff0c。\uff1b\uff01\uff1f\n、 \u3000")
_NO_YESTERDAY_BEFORE = frozenset("的和与、还是”")
_NO_TODAY_BEFORE = frozenset("的和、\uff0c是”")
_PART_OPENERS = frozenset("\uff0c。\uff1b\uff1a\uff01\n 、\uff08(在到于至为悉")
_FRAME_ENDS = frozenset("\uff0c、的")


def read_relative_year(page: Page, at: int) -> None:
    """今年, 去年11月: a year by the article's own; `at` is that of 年."""
    text = page.text
    word = words().relative_years[text[at - 1]]
    before = text[at - 2] if at > 1 else "\n"
    if before in word.not_after or (word.only_after and _is_han(before) and before not in word.only_after):
        return
    if before == words().doubtful_before_this_year and word.years == 0 and not _is_exact(text, at):
        return
    if page.year:
        page.add_from_year(page.year + word.years, at - 1, at + 1, YEAR_WORD, page.doubt)
    else:
        page.done = part_behind(text, at + 1).end


def _is_han(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"


def _is_exact(text: str, at: int) -> bool:
    """Whether behind 至今年 something stands that makes 今年 one word, or 截 before it does."""
    return text[at - 3 : at - 2] == "截" or text[at + 1 : at + 2] in _EXACT_AFTER


def read_anchored_year(page: Page, at: int) -> None:
    """当年, 同年, 次年: a year by the last one that the text names, in the same paragraph and near."""
    text = page.text
    if page.anchor is None:
        return
    year, _, end, relative, doubt = page.anchor
    if at - end > ANCHOR_CHARS:
        return
    word = words().anchored_years[text[at - 1]]
    after = text[at + 1 : at + 2]
    if text[at - 2] in word.not_after or after in words().anchored_not_before:
        return
    told = text[at - 1] != "当" or after in PART_STARTS or not between_sentences(text, end, at)
    if told and text.find("\n", end, at) < 0:
        how = ANCHORED_RELATIVE if relative else ANCHORED
        page.add_from_year(year + word.years, at - 1, at + 1, how, doubt)


def read_month(page: Page, at: int) -> None:
    """A month without a year: 4月29日, 1至9月; by the date before it in its sentence, or by the article's."""
    text = page.text
    start = at - 2 if text[at - 2] in "01" and at > 1 else at - 1
    if text[start - 1 : start] in _TO_SIGNS and (earlier := _TWO_MONTHS.search(text, max(start - 5, 0), start)):
        start = earlier.start()
    before = text[start - 1] if start else "\n"
    if before in _NO_MONTH_BEFORE or start < page.done or _spans_time(text, before, start):
        return
    behind = text[at + 1 : at + 2]
    if behind in _DIGITS or not (before in words().not_a_bare_month_after or _is_no_month(text, at + 1)):
        _add_month(page, start)


def _spans_time(text: str, before: str, start: int) -> bool:
    """Whether a word such as 历时 or 农历 stands before a month."""
    return before in _ends_of_spans() and text.endswith(words().not_a_month_after, 0, start)


def _is_no_month(text: str, end: int) -> bool:
    """Whether a word such as 龄 stands behind a month."""
    return text[end : end + 1] in _starts_of_no_months() and text.startswith(words().not_a_month_before, end)


@cache
def _ends_of_spans() -> frozenset[str]:
    return frozenset(word[-1] for word in words().not_a_month_after)


@cache
def _starts_of_no_months() -> frozenset[str]:
    return frozenset(word[0] for word in words().not_a_month_before)


_TO_SIGNS = frozenset("至到-~\uff5e\uff0d\u2500 ") | {chr(code) for code in range(0x2010, 0x2016)}


def read_han_month(page: Page, at: int) -> None:
    """四月二十九日, 四月份: a month in Chinese numerals, only where 日 or 份 says that it is none of the moon's."""
    text = page.text
    match = _HAN_MONTH.search(text, max(at - 2, 0), at)
    if match is None:
        return
    start = match.start()
    part = part_after(text, start)
    if part is None or text[part.end - 1] not in "日份" or text.endswith(words().not_a_month_after, 0, start):
        return
    if (text[start - 1] if start else "\n") not in _NO_HAN_MONTH_BEFORE:
        _add_month(page, start)


_NO_HAN_MONTH_BEFORE = frozenset(f"年十{HAN_DIGITS}")


def _add_month(page: Page, start: int) -> None:
    plain = plain_part(page.text, start)
    part = part_after(page.text, start) if plain is None else Part(plain[0], "", plain[1])
    if part is None or not part.low:
        return
    if said := _said_before(page, start, part.low):
        page.add_dated(Dated(said[0], start, part, said[1], said[2]))
    elif page.year:
        year, doubt = _year_of(page, (start, part.end), part.low)
        told = _told_year(page, start) if year != page.year and doubt else 0
        page.add_dated(Dated(told or year, start, part, doubt, BARE_MONTH))


def _said_before(page: Page, start: int, tail: str) -> tuple[int, str, How] | None:
    """The year of a month by the date before it that frames its sentence, in doubt by one of its paragraph."""
    if page.anchor is None:
        return None
    year, before, end, relative, doubt = page.anchor
    if before > (tail if len(tail) > MONTH_CHARS else f"{tail}-99") or start - end > ANCHOR_CHARS:
        return None
    how = ANCHORED_RELATIVE if relative else ANCHORED
    text = page.text
    if not between_sentences(text, end, start):
        return (year, doubt, how) if before or text[end] in _FRAME_ENDS else None
    doubtful = before and year != page.year and text.find("\n", end, start) < 0
    return (year, "?", how) if doubtful else None


def _told_year(page: Page, start: int) -> int:
    """The year that the paragraph tells of, where it named one as its frame; else 0."""
    if page.anchor is None:
        return 0
    year, _, end, _, _ = page.anchor
    framed = page.text[end : end + 1] in _FRAME_ENDS and page.text.find("\n", end, start) < 0
    return year if framed and year < page.year else 0


def _year_of(page: Page, span: tuple[int, int], tail: str) -> tuple[int, str]:
    """The year of a month or day by the article's date, and "?" where it is in doubt."""
    if not page.month:
        return page.year, "?"
    own = f"-{page.month:02}-{page.day:02}" if page.day else f"-{page.month:02}-99"
    if tail <= own or _lies_ahead(page.text, *span):
        return page.year, page.doubt
    back = page.month + 12 - int(tail[1:3])
    return page.year - 1, page.doubt if back <= HALF_YEAR_MONTHS else "?"


def _lies_ahead(text: str, start: int, end: int) -> bool:
    """Whether the sentence has a word of the future."""
    earliest, latest = max(start - SENTENCE_CHARS, 0), min(end + SENTENCE_CHARS, len(text))
    first = max(text.rfind(sign, earliest, start) for sign in SENTENCE_ENDS)
    last = min([at for sign in SENTENCE_ENDS if (at := text.find(sign, end, latest)) >= 0], default=latest)
    return bool(_future().search(text, max(first, earliest), last))


def read_relative_month(page: Page, at: int) -> None:
    """本月, 上月15日, 上个月: a month by the article's own."""
    text = page.text
    start = at - 2 if text[at - 1] == "个" else at - 1
    word = words().relative_months.get(text[start]) if start >= 0 else None
    if word is None or not page.month or (start and text[start - 1] in word.not_after):
        return
    year, month = divmod(12 * page.year + page.month - 1 + word.months, 12)
    day = _DAY.match(text, at + 1)
    edtf = f"{year}-{month + 1:02}" + (f"-{int(day[1]):02}" if day else "")
    if is_real(edtf):
        page.add(edtf + page.doubt, start, day.end() if day else at + 1, DAY_WORD)


def read_relative_day(page: Page, at: int) -> None:
    """昨日, 今天: a day by the article's own, where its neighbours say that a day is meant."""
    text, known = page.text, words()
    told = text.startswith(known.day_after, at + 1) or text.endswith(known.day_before, 0, at - 1)
    earliest = max(at - TITLE_CHARS, 0)
    if not page.day or text.rfind("“", earliest, at) > text.rfind("”", earliest, at):
        return
    if told or _opens_clause(text, at):
        day = date(page.year, page.month, page.day) + timedelta(known.relative_days[text[at - 1]])
        page.add(day.isoformat() + page.doubt, at - 1, at + 1, DAY_WORD)


def _opens_clause(text: str, at: int) -> bool:
    """昨天 that opens a clause and is no 昨天的; 今天 only in the lead, elsewhere it is the present age."""
    if at > 1 and text[at - 2] not in _CLAUSE_ENDS:
        return False
    after = text[at + 1 : at + 2]
    if text[at - 1] == "昨":
        return after not in _NO_YESTERDAY_BEFORE
    return after not in _NO_TODAY_BEFORE and at < LEAD_CHARS and "\n" not in text[:at]


def read_part_of_year(page: Page, at: int) -> None:
    """上半年, 第三季度 without a year: of the year that frames the sentence, or of the article's."""
    text = page.text
    start = at - 2 if text[at] == "年" else at - 1
    if start > 0 and text[start - 1] in "第前":
        start -= 1
    part = part_after(text, start) if start >= page.done else None
    if part is None or not part.low or (start and text[start - 1] not in _PART_OPENERS):
        return
    last = words().bounds[part.low[1:]][1] if part.low[1:] in words().bounds else part.high
    framed = _framed_year(page, start)
    if framed:
        year, relative, doubt = framed
        page.add_dated(Dated(year, start, part, doubt, ANCHORED_RELATIVE if relative else ANCHORED))
    elif page.month and (last[:MONTH_CHARS] <= f"-{page.month:02}" or _is_running(page, part, start)):
        page.add_dated(Dated(page.year, start, part, page.doubt, BARE_MONTH))


def _framed_year(page: Page, start: int) -> tuple[int, bool, str] | None:
    """The year that a comma has set as the frame of the sentence."""
    if page.anchor is None:
        return None
    year, tail, end, relative, doubt = page.anchor
    near = not tail and start - end <= ANCHOR_CHARS and not between_sentences(page.text, end, start)
    return (year, relative, doubt) if near and page.text[end] in _FRAME_ENDS else None


def _is_running(page: Page, part: Part, start: int) -> bool:
    """Whether the article is of this half or quarter or later, or its sentence speaks of the future."""
    first = words().bounds.get(part.low[1:], (part.low, ""))[0]
    return first[:MONTH_CHARS] <= f"-{page.month:02}" or _lies_ahead(page.text, start, part.end)


def read_bare_day(page: Page, at: int) -> None:
    """记者5日从…获悉: a day of the article's month, or of the one before where it lies ahead."""
    text, known = page.text, words()
    start = at - 2 if text[at - 2 : at].isdecimal() else at - 1
    number = int(text[start:at])
    if not page.day or not number or start == 0 or text[start - 1] in _NO_DAY_BEFORE:
        return
    if not (text.startswith(known.bare_day_after, at + 1) or text.endswith(known.bare_day_before, 0, start)):
        return
    year, month = page.year, page.month
    if number > page.day:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    edtf = f"{year}-{month:02}-{number:02}"
    if is_real(edtf):
        page.add(edtf + page.doubt, start, at + 1, DAY_WORD)


@cache
def _future() -> re.Pattern[str]:
    return re.compile(any_of(words().future))
