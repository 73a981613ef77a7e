"""Dates as they are written on Chinese pages, to the precision that they are written in."""

from __future__ import annotations

import re
from datetime import date

import msgspec

FIRST_YEAR, LAST_YEAR = 1949, 2099
STAMPED_MAX_CHARS = 40
STAMPED_WORDS_CHARS = 4

_YEAR = "(?:19|20)\\d{2}"
_CLOCK = (
    r"[\sT]{0,6}(?:[01]?\d|2[0-3])\s{0,2}[:\uff1a]\s{0,2}[0-5]\d(?:\s{0,2}[:\uff1a]\s{0,2}[0-5]\d)?"
    r"(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?"
)
_WEEKDAY = r"\s{0,4}[\uff08(]?(?:星期|周|礼拜)[一二三四五六日天][\uff09)]?"
_AFTER = f"(?:{_WEEKDAY})?(?:{_CLOCK})?(?:{_WEEKDAY})?"
_DASH = "-/.\\u2010-\\u2014\\uff0d\\uff0f"
_HAN_DIGITS = "〇○零Oo一二三四五六七八九"
_HAN_YEAR = f"[一二][九〇○零0][{_HAN_DIGITS}]{{2}}"
_HAN_NUMBER = "[一二三四五六七八九十廿卅]{1,3}"

STAMP = (
    rf"(?<![\d.])(?:"
    rf"(?P<year>{_YEAR})\s{{0,2}}[{_DASH}年]\s{{0,2}}(?P<month>1[0-2]|0?[1-9])\s{{0,2}}"
    rf"[{_DASH}月]\s{{0,2}}(?P<day>3[01]|[12]\d|0?[1-9])(?!\d(?!\d?\s*[:\uff1a]))\s*[日号]?{_AFTER}"
    rf"|(?P<hanyear>{_HAN_YEAR})年(?P<hanmonth>{_HAN_NUMBER})月(?:(?P<handay>{_HAN_NUMBER})日{_AFTER})?"
    rf"|(?P<packed>{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?![\d.%])"
    rf"|(?P<onlyyear>{_YEAR})年(?P<onlymonth>1[0-2]|0?[1-9])月(?![\d一二三])"
    rf")"
)
_STAMP = re.compile(STAMP)
_SIGNS = re.compile(r"[\W_]+")
_MAIL_DATE = re.compile(r"(?P<day>\d{1,2})\s+(?P<name>[A-Z][a-z]{2})[a-z]*\.?,?\s+(?P<year>(?:19|20)\d{2})")
_PARTIAL = re.compile(rf"\s*(?P<year>{_YEAR})(?:\s*[-/.年]\s*(?P<month>1[0-2]|0?[1-9]))?\s*[年月]?\s*")
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HAN_VALUES = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "O": 0,
    "o": 0,
    "0": 0,
}


class Stamp(msgspec.Struct, frozen=True):
    """A date, a month or a year; `month` and `day` are 0 where they are not known, `year` too in a bare dateline."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def edtf(self) -> str:
        """What is known, as an EDTF string: "2019-03-11", "2019-03", "2019" or ""."""
        parts = [f"{self.year:04}"] if self.year else []
        if parts and self.month:
            parts += [f"{self.month:02}", f"{self.day:02}"] if self.day else [f"{self.month:02}"]
        return "-".join(parts)

    @property
    def whole(self) -> bool:
        """Whether year, month and day are known."""
        return bool(self.year and self.month and self.day)


def valid(stamp: Stamp) -> bool:
    """Whether the day exists and the year is one in which an article of this kind can have appeared."""
    if not FIRST_YEAR <= stamp.year <= LAST_YEAR:
        return False
    try:
        date(stamp.year, stamp.month or 1, stamp.day or 1)
    except ValueError:
        return False
    return True


def first_stamp(text: str) -> Stamp | None:
    """The first valid date in the text."""
    for match in _STAMP.finditer(text):
        if stamp := stamp_of(match):
            return stamp
    return None


def is_stamped(text: str) -> bool:
    """Whether little more than a date stands in a short line: 今天是2024年5月1日 星期三."""
    if len(text) > STAMPED_MAX_CHARS or not _STAMP.search(text):
        return False
    return len(_SIGNS.sub("", _STAMP.sub("", text))) < STAMPED_WORDS_CHARS


def stamp_of(match: re.Match[str]) -> Stamp | None:
    """The date that a match of `STAMP` is, or `None` for a day that does not exist."""
    found = match.groupdict()
    if found["year"]:
        stamp = Stamp(int(found["year"]), int(found["month"]), int(found["day"]))
    elif found["hanyear"]:
        day = _han_number(found["handay"]) if found["handay"] else 0
        stamp = Stamp(_han_year(found["hanyear"]), _han_number(found["hanmonth"]), day)
        return stamp if stamp.month and (day or not found["handay"]) and valid(stamp) else None
    elif packed := found["packed"]:
        stamp = Stamp(int(packed[:4]), int(packed[4:6]), int(packed[6:]))
    else:
        stamp = Stamp(int(found["onlyyear"]), int(found["onlymonth"]))
    return stamp if valid(stamp) else None


def given_stamp(text: str) -> Stamp | None:
    """The date in a metadata field: any form of a date line, ISO 8601, an e-mail date, a month or a year alone."""
    if stamp := first_stamp(text):
        return stamp
    if match := _MAIL_DATE.search(text):
        name = match["name"]
        stamp = Stamp(
            int(match["year"]), _MONTH_NAMES.index(name) + 1 if name in _MONTH_NAMES else 0, int(match["day"])
        )
        return stamp if stamp.month and valid(stamp) else None
    if match := _PARTIAL.fullmatch(text):
        stamp = Stamp(int(match["year"]), int(match["month"] or 0))
        return stamp if valid(stamp) else None
    return None


def _han_year(text: str) -> int:
    return int("".join(str(_HAN_VALUES[sign]) for sign in text))


def _han_number(text: str) -> int:
    """The value of 一 to 三十一; 0 for what is no such number."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    if any(sign not in _HAN_VALUES for sign in tens + ones) or max(len(tens), len(ones)) > 1:
        return 0
    return (_HAN_VALUES.get(tens, 1) * 10 if ten else 0) + (_HAN_VALUES[ones] if ones else 0)
