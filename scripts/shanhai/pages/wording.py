"""Dates, numbers and places in the words of a Chinese reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shanhai.relate.views import province_of

if TYPE_CHECKING:
    from shanhai.records import DescribedArticle, Figure

NO_DATE = "无日期"
COMMA = "\uff0c"

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

_WRITTEN = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def date_words(described: DescribedArticle) -> str:
    """The date as far as it is known, with its marks: "2019年3月11日", "约2020年(月日不详)", or "无日期"."""
    edtf = described.date or described.date_edtf
    written = _WRITTEN.match(edtf)
    if not written:
        return NO_DATE
    year, month, day = written.groups()
    words = f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")
    unknown = "" if day else "日不详" if month else "月日不详"
    doubt = "存疑" if "?" in described.date_edtf or "%" in described.date_edtf else ""
    about = "约" if "~" in described.date_edtf or "%" in described.date_edtf else ""
    notes = [note for note in (unknown, doubt, ORIGINS.get(described.date_origin or "", "")) if note]
    return about + words + (f"\uff08{COMMA.join(notes)}\uff09" if notes else "")


def short_date(described: DescribedArticle) -> str:
    """The date for a list under a year: "03-11", or nothing where no more than the year is known."""
    return (described.date or described.date_edtf)[5:10]


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
