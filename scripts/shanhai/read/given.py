"""What a file says of itself beside its text: fields of any origin, checked, become `GivenMetadata`."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from shanhai.read.dates import edtf
from shanhai.records import GivenMetadata

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = ("title", "date", "source", "author", "authors", "editor", "url", "sample")
TITLE_MAX_CHARS = 200
NAME_MAX_CHARS = 60
AUTHORS_MAX = 40
# The limit that browsers and servers have long shared.
URL_MAX_CHARS = 2_000

_TRUE = frozenset({"true", "yes", "on", "1", "是"})
_FALSE = frozenset({"false", "no", "off", "0", "否", ""})
_NOTHING = frozenset({"~", "null", "none"})
_BETWEEN_NAMES = re.compile(r"\s*[\u3001,\uff0c;\uff1b|/]\s*")
_CHINESE_NAMES = re.compile(r"[\u3400-\u9fff·]{2,12}(?:\s+[\u3400-\u9fff·]{2,12})+")
_URL = re.compile(r"https?://[^\s<>\"'\\^`{|}\x00-\x20\x7f]+", re.IGNORECASE)


class FieldError(Exception):
    """A field holds what it cannot mean: its name and, in Chinese, what it should be."""

    def __init__(self, field: str, remedy: str) -> None:
        self.field, self.remedy = field, remedy
        super().__init__(f"{field}: {remedy}")


def given_metadata(fields: Mapping[str, object], *, strict: bool) -> GivenMetadata:
    """The metadata of the known fields; others are passed over, and null or blank says nothing.

    Raises `FieldError` for a field of a wrong type. An unreadable date or address is a `FieldError` too when `strict`
    (people wrote it) and says nothing otherwise (a program collected it).
    """
    return GivenMetadata(
        title=_line(fields, "title", TITLE_MAX_CHARS),
        date=_date(fields, strict=strict),
        source=_line(fields, "source", NAME_MAX_CHARS),
        authors=_authors(fields),
        editor=_line(fields, "editor", NAME_MAX_CHARS),
        url=_url(fields, strict=strict),
        sample=_flag(fields, "sample"),
    )


def merged(found: GivenMetadata, over: GivenMetadata) -> GivenMetadata:
    """The metadata of both, field by field; where both say something, `over` wins."""
    return GivenMetadata(
        title=over.title or found.title,
        date=over.date or found.date,
        source=over.source or found.source,
        authors=over.authors or found.authors,
        editor=over.editor or found.editor,
        url=over.url or found.url,
        sample=over.sample or found.sample,
    )


def one_line(text: str, max_chars: int) -> str:
    """The text on one line without control, format and unassigned characters, at most `max_chars` long."""
    kept = (c for c in text[: 4 * max_chars] if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf", "Cn", "Cs"})
    return " ".join("".join(kept).split())[:max_chars].rstrip()


def _line(fields: Mapping[str, object], field: str, max_chars: int) -> str | None:
    written = _string(fields.get(field), field)
    return one_line(written, max_chars) or None


def _string(value: object, field: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return "" if value.strip().lower() in _NOTHING else value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise FieldError(field, "应是一段文字")


def _date(fields: Mapping[str, object], *, strict: bool) -> str | None:
    written = _string(fields.get("date"), "date")
    found = edtf(written) if written.strip() else None
    if strict and written.strip() and found is None:
        raise FieldError("date", "应写成 2019-03-11、2019-03 或 2019")
    return found


def _authors(fields: Mapping[str, object]) -> tuple[str, ...]:
    names: list[str] = []
    for field in ("authors", "author"):
        value = fields.get(field)
        for written in value if isinstance(value, list) else [value]:
            names += _names(_string(written, field))
    return tuple(dict.fromkeys(names))[:AUTHORS_MAX]


def _names(written: str) -> list[str]:
    """Names between commas and the like; between blanks only where all are Chinese (an English name holds blanks)."""
    line = one_line(written, URL_MAX_CHARS)
    parts = line.split() if _CHINESE_NAMES.fullmatch(line) else _BETWEEN_NAMES.split(line)
    return [name for part in parts if (name := part[:NAME_MAX_CHARS].strip())]


def _url(fields: Mapping[str, object], *, strict: bool) -> str | None:
    written = _string(fields.get("url"), "url").strip()
    if not written:
        return None
    if len(written) <= URL_MAX_CHARS and _URL.fullmatch(written):
        return written
    if strict:
        raise FieldError("url", "应以 http:// 或 https:// 开头且不含空格")
    return None


def _flag(fields: Mapping[str, object], field: str) -> bool:
    value = fields.get(field)
    if isinstance(value, bool):
        return value
    written = _string(value, field).strip().lower()
    if written not in _TRUE | _FALSE:
        raise FieldError(field, "应是 true 或 false")
    return written in _TRUE
