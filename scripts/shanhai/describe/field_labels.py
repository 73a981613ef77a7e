"""Labelled fields: a label with its colon and the value behind it, by the label's kind."""

from __future__ import annotations

import re

from shanhai.describe import field_patterns as patterns
from shanhai.describe import names
from shanhai.describe.field_reading import Reading, value_end, without_buttons
from shanhai.describe.sources import source_name
from shanhai.describe.stamps import Stamp
from shanhai.describe.vocabulary import limits

_LABEL_SIGNS = frozenset(":\uff1a\uff5c\u4e28|】文图影")
_ISSUE_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?\s*第?\s*\d{1,2}(?:\s*[-/~]\s*\d{1,2})?\s*期")
_POST = re.compile("[\uff08(]([^\uff08\uff09()]{4,40})[\uff09)]")
_ACCEPTS = {
    "author": names.author,
    "reporter": names.reporter,
    "editor": names.author,
    "compiler": names.author,
    "credit": names.author,
    "picture": names.author,
}


def read_label(reading: Reading) -> bool:
    """Take up a label and its value at the position; false where none stands there."""
    match = patterns.label().match(reading.line, reading.position) if reading.signs & _LABEL_SIGNS else None
    if match is None:
        return False
    kind = str(match.lastgroup)
    end = value_end(reading.line, match.end())
    value = without_buttons(reading.line[match.end() : end])
    if not _accept_value(reading, kind, value):
        return False
    reading.kinds.add(kind)
    reading.published = kind != "other_date"
    reading.position = match.end() if kind in {"date", "other_date"} else end
    return True


def _accept_value(reading: Reading, kind: str, value: str) -> bool:
    """Take up a label's value; false where it is none of the label's kind."""
    if kind in {"date", "other_date"}:
        return not value
    if kind == "counter":
        return _is_count(value)
    if kind in {"contact", "keyword"}:
        return True
    if kind in {"source", "post"}:
        return _accept_words(reading, kind, value)
    found = _people(reading, value, kind) if value else ()
    if found is None and any("\u4e00" <= sign <= "\u9fff" for sign in value):
        return False
    lists = {"author": reading.authors, "reporter": reading.authors, "editor": reading.editors}
    (lists | {"compiler": reading.compilers}).get(kind, []).extend(found or ())
    return True


def _accept_words(reading: Reading, kind: str, value: str) -> bool:
    """A publication's name, with the year of its issue, or an author's post."""
    if len(value) > limits().source_max_chars:
        return False
    if kind == "post":
        reading.posts += [value] if value else []
        return True
    reading.sources += [name] if (name := source_name(value)) else []
    reading.stamps += [Stamp(int(issue[1]))] if (issue := _ISSUE_YEAR.search(value)) else []
    return True


def _people(reading: Reading, value: str, kind: str) -> tuple[str, ...] | None:
    """The names of a value, of which 张三(某县委书记) and 某县委书记 张三 also say the post."""
    if kind in {"author", "reporter"}:
        if match := patterns.post_and_name().fullmatch(value):
            reading.posts.append(match["post"])
            return (match["name"],)
        reading.posts += _POST.findall(value)
    return names.names_in(value, _ACCEPTS[kind])


def _is_count(value: str) -> bool:
    return not value or bool(patterns.count().fullmatch(value))
