"""How dates are written in Chinese: what may follow a year, and the words that tell dates from what looks like one."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai import reference

if TYPE_CHECKING:
    from collections.abc import Iterable

DASHES = "-\u2010-\u2015\u2500~\uff5e\uff0d"
HAN_DIGITS = "〇一二三四五六七八九"
_HAN_VALUES = {sign: value for value, sign in enumerate(HAN_DIGITS)} | {"零": 0, "○": 0}

_MONTH = "1[0-2]|0?[1-9]"
_DAY = "3[01]|[12][0-9]|0?[1-9]"
_HAN_MONTH = "十[一二]?|[一二三四五六七八九]"
_HAN_DAY = "三十一?|[二]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_TO = rf"\s?(?:至|到|[{DASHES}]{{1,2}})\s?"
_PART = re.compile(
    rf"(?P<month>{_MONTH})(?:月(?:(?P<day>{_DAY})(?:[日号]?{_TO}(?P<day2>{_DAY}))?[日号])?"
    rf"(?:{_TO}(?P<later>{_MONTH})月(?:(?P<later_day>{_DAY})[日号])?)?"
    rf"|{_TO}(?P<month2>{_MONTH})月)(?:份?(?:[上中下]旬|月?[初底末](?!步))|份)?"
    r"|前(?P<first>[1-9]|1[01]|[二两三四五六七八九十])个?月"
    r"|(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度|(?P<quarters>前[二两三]|[一二三]至[二三四])季度"
    rf"|(?P<hanmonth>{_HAN_MONTH})月(?:(?P<handay>{_HAN_DAY})日|[初底末]|份?[上中下]旬|份)?"
    r"|(?P<season>[春夏秋冬])(?P<inseason>[季天日初末])?"
    r"|年?[初底末](?![步级期])|度(?![过假])"
)
_PLAIN = re.compile(rf"(?:{_MONTH})月(?:(?:{_DAY})[日号])?")
PART_STARTS = frozenset("0123456789一二三四五六七八九十上下第前春夏秋冬度初底末年")
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class WordYear(msgspec.Struct, frozen=True):
    """A word before 年: how many years it lies off, and the characters before it that make another word."""

    years: int
    not_after: str = ""
    only_after: str = ""


class WordMonth(msgspec.Struct, frozen=True):
    """A word before 月: how many months it lies off, and the characters before it that make another word."""

    months: int
    not_after: str = ""


class DateWords(msgspec.Struct, frozen=True, kw_only=True):
    """The content of `reference/date_words.yml`; the file says what each entry is for."""

    first_year: int
    last_year: int
    relative_years: dict[str, WordYear]
    doubtful_before_this_year: str
    anchored_years: dict[str, WordYear]
    anchored_not_before: str
    relative_months: dict[str, WordMonth]
    relative_days: dict[str, int]
    day_after: tuple[str, ...]
    day_before: tuple[str, ...]
    seasons: dict[str, str]
    season_not_before: str
    quarters: dict[str, str]
    halves: dict[str, str]
    bounds: dict[str, tuple[str, str]]
    open_ends: tuple[str, ...]
    about: tuple[str, ...]
    open_not_before: str
    before_not_before: str
    no_date_before: tuple[str, ...]
    age_before: tuple[str, ...]
    not_a_month_after: tuple[str, ...]
    not_a_bare_month_after: str
    not_a_month_before: tuple[str, ...]
    bare_day_after: tuple[str, ...]
    bare_day_before: tuple[str, ...]
    future: tuple[str, ...]
    centuries: dict[str, str]
    bare_decades_from: int
    plans: dict[str, tuple[int, int]]
    plan_whole: tuple[str, ...]
    plan_open: tuple[str, ...]
    plan_first_year: tuple[str, ...]
    plan_last_year: tuple[str, ...]
    scores: dict[str, float]


class Part(NamedTuple):
    """What of a year a date names, as the end of an EDTF date: "-11", "-11-03", "-33", "" for the year's start or end.

    `high` is the last part of a range ("-01" to "-09"), "" for a single one. `end` is where it ends in the text.
    """

    low: str
    high: str
    end: int


class Reach(NamedTuple):
    """What stands right behind a date: 至今, 前, 左右 or the later end of a period.

    `kind` is "open", "before", "about", "to" or "never" (a date's look-alike). Of "to", `year` is the later year in
    digits or its word (次, 今), "" for the same year, and `part` the later part of the year.
    """

    kind: str
    end: int
    year: str = ""
    part: str = ""


@cache
def words() -> DateWords:
    """The words around dates."""
    return reference.load("date_words.yml", DateWords)


def han_year(text: str) -> int:
    """The value of a year written sign by sign (二〇一九), 0 for anything else."""
    return int("".join([str(_HAN_VALUES[sign]) for sign in text])) if all(sign in _HAN_VALUES for sign in text) else 0


def plain_part(text: str, at: int) -> tuple[str, int] | None:
    """The month or day at `at` and where it ends, where nothing follows that belongs to it; else `None`."""
    match = _PLAIN.match(text, at)
    if match is None or text[match.end() : match.end() + 1] in _going_on():
        return None
    tail = _plain_tail(match[0])
    return (tail, match.end()) if tail else None


@cache
def _plain_tail(written: str) -> str:
    month, _, day = written.rstrip("日号").partition("月")
    return _tail(int(month), int(day or 0))


def part_after(text: str, at: int) -> Part | None:
    """The part of a year that stands at `at`, right behind 年 or on its own; `None` where none does."""
    match = _PART.match(text, at)
    if match is None:
        return None
    kind = match.lastgroup
    if kind is None:
        return Part("", "", match.end())
    month = match["month"]
    if month is None:
        return _named_part(match, kind, text)
    if kind == "month":
        return Part(_tail(int(month)), "", match.end())
    return _month_part(match, int(month))


def _month_part(match: re.Match[str], month: int) -> Part | None:
    day, later = int(match["day"] or 0), int(match["later"] or match["month2"] or 0)
    low = _tail(month, day)
    later_day, day2 = int(match["later_day"] or 0), int(match["day2"] or 0)
    high = _tail(later, later_day) if later else _tail(month, day2) if day2 else ""
    if not low or (later and not high) or (high and high <= low):
        return None
    return Part(low, high, match.end())


def _named_part(match: re.Match[str], kind: str, text: str) -> Part | None:
    """Halves, quarters, seasons, the first months, and months in Chinese numerals."""
    known = words()
    end = match.end()
    if kind == "half":
        return Part(f"-{known.halves[match[kind]]}", "", end)
    if kind == "quarter":
        return Part(f"-{known.quarters[match[kind]]}", "", end)
    if kind == "quarters":
        first, last = match[kind][0], match[kind][-1]
        start = 1 if first == "前" else 3 * han_number(first) - 2
        return Part(_tail(start), _tail(3 * han_number(last)), end)
    if kind == "first":
        count = han_number(match[kind])
        return Part("-01", _tail(count), end) if count > 1 else None
    if match["season"]:
        plain = kind == "inseason" or text[end : end + 1] not in known.season_not_before
        return Part(f"-{known.seasons[match['season']]}", "", end) if plain else None
    tail = _tail(han_number(match["hanmonth"]), han_number(match["handay"] or ""))
    return Part(tail, "", end) if tail else None


@cache
def _tail(month: int, day: int = 0) -> str:
    """The end of an EDTF date, as -11 or -11-03; empty for a day that no month of that number has."""
    if not day:
        return f"-{month:02}"
    return f"-{month:02}-{day:02}" if day <= _MONTH_DAYS[month - 1] else ""


@cache
def han_number(text: str) -> int:
    """The value of 一 to 三十一 or of digits; 0 for anything else."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.replace("两", "二").rpartition("十")
    if not text or any(sign not in _HAN_VALUES for sign in tens + ones):
        return 0
    return (_HAN_VALUES.get(tens, 1) * 10 if ten else 0) + (_HAN_VALUES[ones] if ones else 0)


def reach_after(text: str, at: int) -> Reach | None:
    """What stands at `at`, right behind a date, and changes what it means; `None` for nothing of the kind."""
    if text[at : at + 1] not in reach_starts():
        return None
    match = _reach().match(text, at)
    if match is None:
        return None
    kind = str(match.lastgroup)
    if kind != "to":
        return Reach(kind, match.end())
    return _later_end(text, match)


def _later_end(text: str, match: re.Match[str]) -> Reach | None:
    year = (match["year2"] or match["word2"] or "")[:4].rstrip("年")
    part = part_after(text, match.end()) if text[match.end() : match.end() + 1] in PART_STARTS else None
    if part is None:
        return Reach("to", match.end(), year) if year else None
    return Reach("to", part.end, year, part.high or part.low)


def is_day(edtf: str) -> bool:
    """Whether the day of a whole date exists: 2019-02-29 does not."""
    return not edtf.endswith("-02-29") or _is_leap(int(edtf[:4]))


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@cache
def reach_starts() -> frozenset[str]:
    """The characters that what `reach_after` looks for starts with."""
    known = words()
    starts = [word[0] for word in (*known.open_ends, *known.about, *known.no_date_before)]
    dashes = [chr(code) for code in range(0x2010, 0x2016)]
    return frozenset([*starts, *"至到-~\uff5e\uff0d\u2500第 之以前", *dashes])


@cache
def _going_on() -> frozenset[str]:
    return reach_starts() | frozenset("份初底末上中下月0123456789")


@cache
def is_real(edtf: str) -> bool:
    """Whether a month or day exists."""
    try:
        date.fromisoformat(edtf if len(edtf) > len("2019-11") else f"{edtf}-01")
    except ValueError:
        return False
    return True


def any_of(options: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(options, key=lambda word: (-len(word), word)))


@cache
def _reach() -> re.Pattern[str]:
    known = words()
    return re.compile(
        rf"(?P<never>{any_of(known.no_date_before)}|第[0-9一二三四五六七八九十]{{1,3}}[期号])"
        rf"|(?P<open>(?:{any_of(known.open_ends)})(?![{known.open_not_before}]))"
        rf"|(?P<before>[之以]前|前(?![{known.before_not_before}]))"
        rf"|(?P<about>{any_of(known.about)})"
        rf"|(?P<to>{_TO}(?:(?P<year2>(?:1[89]|20)[0-9]{{2}})年|(?P<word2>[今去次翌]年)|(?={_MONTH})))"
    )
