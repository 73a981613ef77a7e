"""Dates, numbers and places in the words of a Chinese reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shanhai.relate.facts import date_of, province_of

if TYPE_CHECKING:
    from shanhai.records import Article, DescribedArticle, Figure

NO_DATE = "无日期"
COMMA, COLON, SEMICOLON = "\uff0c", "\uff1a", "\uff1b"

ORIGINS = {
    "given": "",
    "dateline": "据文中日期",
    "url": "据网址",
    "file": "据文件名",
    "inferred": "据正文推断",
}
"""What is said of a date that the page itself did not give outright."""

REGIONS = {"east": "东部", "central": "中部", "west": "西部", "northeast": "东北"}

QUALIFIERS = {"about": "约", "nearly": "近", "at least": "至少", "at most": "至多"}
"""What a qualifier puts before the number; 余 stands within it."""

YI = 100_000_000
WAN = 10_000

_WRITTEN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def date_words(described: DescribedArticle) -> str:
    """The date as far as it is known, with its marks: "2019年3月11日", "约2020年(月日不详)", or "无日期"."""
    edtf = described.date or described.date_edtf
    parts = calendar(edtf)
    if not parts:
        return NO_DATE
    unknown = {1: "月日不详", 2: "日不详", 3: ""}[len(parts)]
    doubt = "存疑" if "?" in described.date_edtf or "%" in described.date_edtf else ""
    about = "约" if "~" in described.date_edtf or "%" in described.date_edtf else ""
    notes = [note for note in (unknown, doubt, ORIGINS.get(described.date_origin or "", "")) if note]
    return about + written_date(edtf) + (f"\uff08{COMMA.join(notes)}\uff09" if notes else "")


def written_date(date: str) -> str:
    """A date as far as it is written: "2013-11-03" is 2013年11月3日, "2020-12" 2020年12月."""
    return "".join(f"{part}{unit}" for part, unit in zip(calendar(date), "年月日", strict=False))


def calendar(date: str) -> tuple[int, ...]:
    """Year, month and day of a date in EDTF as far as they are known; of an interval those of its beginning."""
    found = _WRITTEN.match(date)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def short_date(article: Article) -> str:
    """The date for a list under a year: "03-11", or nothing where no more than the year is known."""
    return date_of(article)[5:10]


def share(part: float, whole: float, digits: int = 0) -> str:
    """A share in percent, as far as `digits` behind the point: "33%", "12.5%", "100%".

    A part is never rounded to nothing or to all: "<1%", ">99%", with a digit "<0.1%", ">99.9%". "" of nothing.
    """
    if not whole:
        return ""
    least = 10**-digits
    rounded = round(100 * part / whole, digits)
    if part and rounded < least:
        return f"<{least:g}%"
    return f">{100 - least:g}%" if part < whole and rounded > 100 - least else f"{rounded:g}%"


def shortened(text: str, most_chars: int) -> str:
    """A text of at most so many characters, the last of them an ellipsis where it was cut."""
    return text if len(text) <= most_chars else f"{text[: most_chars - 1]}…"


def quantity(value: float) -> str:
    """A number as Chinese print writes it: 63000000 is "6300万", 2800000000 is "28亿", 9223 stays."""
    for size, name in ((YI, "亿"), (WAN, "万")):
        if abs(value) >= size:
            return _plain(value / size) + name
    return _plain(value)


def amount(figure: Figure) -> str:
    """A figure as a table shows it: "近6300万元", "3–5个", "6300余万元"."""
    ends = [figure.value] if figure.upper is None else [figure.value, figure.upper]
    shown = "–".join(quantity(end) for end in ends)
    if figure.qualifier == "over":
        number = shown.rstrip("万亿")
        shown = f"{number}余{shown[len(number) :]}"
    return QUALIFIERS.get(figure.qualifier or "", "") + shown + figure.unit


def local_name(full_name: str) -> str:
    """A full name without its province, or the province itself: "铜仁市沿河土家族自治县"."""
    province = province_of(full_name) or ""
    return full_name.removeprefix(province) or full_name


def _plain(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
