"""Dates as people and programs write them into metadata, as far as they are precise."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate

# Digitised archives of the Chinese press go back to its first modern daily, the Shen Bao of 1872.
FIRST_YEAR, LAST_YEAR = 1872, 2100
CHINA = timezone(timedelta(hours=8))
LENGTH_MAX_CHARS = 100

_YMD = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_YM = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?!\d)")
_Y = re.compile(r"(\d{4})(?:年|[~?%]|$)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:$|[T\s]|\d{4}(?:\d{2})?$)")
_COMPACT_MONTH = re.compile(r"(\d{4})(\d{2})$")
_UNIX_TIME = re.compile(r"\d{10}(?:\d{3})?$")


def edtf(written: str) -> str | None:
    """`YYYY-MM-DD`, `YYYY-MM` or `YYYY` (EDTF level 0) for a date as it is written, or `None` for no date.

    A time of day after the date is left out, and no zone is converted: the date is the one that was written. Seconds
    since 1970 become the date in China.
    """
    text = unicodedata.normalize("NFKC", written[:LENGTH_MAX_CHARS]).strip()
    if _UNIX_TIME.match(text):
        return _from_unix_time(int(text[:10]))
    for pattern in (_COMPACT, _YMD, _COMPACT_MONTH, _YM, _Y):
        match = pattern.match(text)
        if match:
            return _checked(*map(int, match.groups()))
    return _from_mail_date(text)


def _checked(year: int, month: int = 0, day: int = 0) -> str | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part)])


def _from_unix_time(seconds: int) -> str | None:
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(CHINA)
    return _checked(moment.year, moment.month, moment.day)


def _from_mail_date(text: str) -> str | None:
    """RFC 5322 dates, which HTTP headers and feeds use: Mon, 11 Mar 2019 04:30:00 GMT."""
    try:
        parsed = parsedate(text)
    except (ValueError, IndexError, TypeError):
        return None
    return _checked(*parsed[:3]) if parsed else None
