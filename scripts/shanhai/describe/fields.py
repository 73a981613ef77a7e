"""The grammar of a page's field line: date, source, authors, editor, counters and buttons, and nothing else.

A line such as "2020-09-07 09:55 来源:《某某》杂志 作者:张三 李四 打印" is read from left to right; a line with a single
word that is none of these is no field line and stays in the text.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from shanhai.describe import names
from shanhai.describe.sources import source_name
from shanhai.describe.stamps import STAMP, Stamp, stamp_of
from shanhai.describe.vocabulary import any_of, limits, publication_names, publications, spaced_any_of, vocabulary

_WORD = re.compile(r"\S+")
_ANNOTATION = re.compile("(?<=[\u4e00-\u9fff])[(\uff08][a-z\u00e0-\u01dc]{1,6}[)\uff09]")


LONE_OUTLET_MIN_CHARS = 3
"""Journals of two characters (求是, 群众) are ordinary words where they stand alone."""


class Fields(msgspec.Struct, frozen=True):
    """What a field line says. `weak_source` stands without a label.

    `strong` means that more than names and numbers was found; `small_print` that nothing was but counters, contacts and
    the like, which an article may say of itself as well.
    """

    stamp: Stamp | None = None
    source: str | None = None
    weak_source: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    strong: bool = False
    small_print: bool = False


class _Reading:
    """A line being read: the position, and what was found so far."""

    __slots__ = ("authors", "editors", "kinds", "line", "position", "sources", "stamps", "weak_sources")

    def __init__(self, line: str) -> None:
        self.line, self.position = line, 0
        self.stamps: list[Stamp] = []
        self.sources: list[str] = []
        self.weak_sources: list[str] = []
        self.authors: list[str] = []
        self.editors: list[str] = []
        self.kinds: set[str] = set()

    def fields(self) -> Fields:
        stamp = max(self.stamps, key=lambda s: (bool(s.month), bool(s.day)), default=None)
        return Fields(
            stamp=stamp,
            source=self.sources[0] if self.sources else None,
            weak_source=self.weak_sources[0] if self.weak_sources else None,
            authors=tuple(dict.fromkeys(self.authors)),
            editors=tuple(dict.fromkeys(self.editors)),
            strong=bool(self.kinds - {"names", "outlet", "button", "number"}),
            small_print=self.kinds <= {"contact", "counter", "credit", "button", "number", "edition"},
        )


def read_fields(line: str) -> Fields | None:
    """What the line says of date, source, authors and editor; `None` where it holds anything else as well."""
    if len(line) > limits().field_line_max_chars or "。" in line.rstrip("。"):
        return None
    reading = _Reading(_ANNOTATION.sub("", line.rstrip("。")))
    skip = _skip()
    while True:
        reading.position = skip.match(reading.line, reading.position).end()  # type: ignore[union-attr]
        if reading.position == len(reading.line):
            break
        if not any(step(reading) for step in _STEPS):
            return None
    return None if reading.kinds <= {"picture", "button", "number"} else reading.fields()


def opens_with_field(line: str) -> bool:
    """Whether a line that is no field line opens as one, with 作者, 来源 or 责任编辑, and is no sentence."""
    match = _label().match(line)
    return match is not None and str(match.lastgroup) in {"author", "source", "editor"} and "。" not in line


def _read_stamp(reading: _Reading) -> bool:
    match = _stamp().match(reading.line, reading.position)
    stamp = stamp_of(match) if match else None
    if match is None or stamp is None:
        return False
    reading.stamps.append(stamp)
    reading.kinds.add("stamp")
    reading.position = match.end()
    return True


def _read_issue(reading: _Reading) -> bool:
    """A journal's issue: 《某某》2019年第3期, 某某 2019年3期."""
    match = _issue().match(reading.line, reading.position)
    if match is None:
        return False
    if name := source_name(match["name"] or ""):
        reading.sources.append(name)
    reading.stamps.append(Stamp(int(match["year"])))
    reading.kinds.add("issue")
    reading.position = match.end()
    return True


def _read_label(reading: _Reading) -> bool:
    match = _label().match(reading.line, reading.position)
    if match is None:
        return False
    kind = str(match.lastgroup)
    end = _value_end(reading.line, match.end())
    value = _without_buttons(reading.line[match.end() : end])
    if not _accept_value(reading, kind, value):
        return False
    reading.kinds.add(kind)
    reading.position = match.end() if kind == "date" else end
    return True


def _accept_value(reading: _Reading, kind: str, value: str) -> bool:
    if kind == "date":
        return not value
    if kind in {"counter", "contact", "keyword"}:
        return kind != "counter" or _is_count(value)
    if kind == "source":
        if len(value) > limits().source_max_chars:
            return False
        reading.sources += [name] if (name := source_name(value)) else []
        return True
    found = names.names_in(value, _ACCEPTS[kind]) if value else ()
    if found is None and any("\u4e00" <= sign <= "\u9fff" for sign in value):
        return False
    if kind in {"author", "reporter"}:
        reading.authors += found or ()
    elif kind == "editor":
        reading.editors += found or ()
    return True


def _read_role(reading: _Reading) -> bool:
    """本报记者 张三 李四: a role and names without a colon."""
    match = _role().match(reading.line, reading.position)
    if match is None:
        return False
    end = _value_end(reading.line, match.end())
    found = names.names_in(_without_buttons(reading.line[match.end() : end]))
    if not found:
        return False
    reading.authors += found
    if match["outlet"]:
        reading.weak_sources.append(str(source_name(match["outlet"])))
    reading.kinds.add("role")
    reading.position = end
    return True


def _read_outlet(reading: _Reading) -> bool:
    match = _outlet().match(reading.line, reading.position)
    if match is None:
        return False
    if name := source_name(match["quoted"] or match["name"]):
        reading.weak_sources.append(name)
    reading.kinds.add("outlet")
    reading.position = match.end()
    return True


def _read_small_print(reading: _Reading) -> bool:
    """Edition, page number, counter or button."""
    match = _small_print().match(reading.line, reading.position)
    if match is None:
        return False
    reading.kinds.add(str(match.lastgroup))
    reading.position = match.end()
    return True


def _read_names(reading: _Reading) -> bool:
    """Names up to the next field, or the first word of them where another word follows."""
    start, end = reading.position, _value_end(reading.line, reading.position)
    told = reading.kinds - {"number"} or reading.line[0] in vocabulary().bullets
    accepts = names.person if told else names.certain_person
    found = names.names_in(_without_buttons(reading.line[start:end]), accepts)
    if not found and (word := _WORD.match(reading.line, start, end)):
        end = word.end()
        found = names.names_in(reading.line[start:end], accepts)
    if not found:
        return False
    reading.authors += found
    reading.kinds.add("names")
    reading.position = end
    return True


_STEPS = (_read_stamp, _read_issue, _read_label, _read_role, _read_outlet, _read_small_print, _read_names)
_ACCEPTS = {
    "author": names.author,
    "reporter": names.reporter,
    "editor": names.author,
    "credit": names.author,
    "picture": names.author,
}


def _value_end(line: str, start: int) -> int:
    """Where the value that starts at `start` ends: at the next date, label, role or bracket, or with the line."""
    match = _boundary().search(line, start)
    return match.start() if match else len(line)


def _without_buttons(value: str) -> str:
    return _trailing_buttons().sub("", _skip().sub("", value, count=1) if value[:1].isspace() else value).strip(_EDGES)


def _is_count(value: str) -> bool:
    return not value or bool(_count().fullmatch(value))


_EDGES = " \t\u3000\u00a0|\uff5c\u4e28·/\uff0f-—,\uff0c;\uff1b、。.()\uff08\uff09[]【】"


@cache
def _skip() -> re.Pattern[str]:
    return re.compile(
        rf"[\s|\uff5c\u4e28·/\uff0f\-\u2014\uff0d,\uff0c;\uff1b、()\uff08\uff09\[\]【】{vocabulary().bullets}]*"
    )


@cache
def _stamp() -> re.Pattern[str]:
    return re.compile(STAMP)


@cache
def _label() -> re.Pattern[str]:
    groups = "|".join(f"(?P<{kind}>{spaced_any_of(words)})" for kind, words in vocabulary().labels.items())
    return re.compile(rf"(?:{groups})\s*(?:[:\uff1a\uff5c\u4e28|]|(?<=[文图影])[/\uff0f\s])\s*")


@cache
def _role() -> re.Pattern[str]:
    known = vocabulary()
    prefixes, outlets = any_of(known.role_prefixes), any_of(publication_names())
    return re.compile(
        rf"(?:(?P<outlet>{outlets})(?:·(?:{outlets}))?\s?)?(?:(?:{prefixes})\s?)*(?:{any_of(known.roles)})(?=[\s:\uff1a\u4e00-\u9fff])[:\uff1a]?\s*"
    )


@cache
def _issue() -> re.Pattern[str]:
    name = r"[\u4e00-\u9fffA-Za-z·\uff08\uff09()]{2,20}?"
    number = r"\d{1,2}(?:\s*[-/\uff0f~\uff5e]\s*\d{1,2})?|[一二三四五六七八九十]{1,3}"
    return re.compile(
        rf"(?:(?:原载|摘自|选自|刊于|原刊)\s*)?(?:\u300a?(?P<name>{name})\u300b?(?:杂志|半月刊|月刊)?[\s,\uff0c(\uff08]*)?"
        rf"(?P<year>(?:19|20)\d\d)\s*年?\s*(?:第\s*)?(?:{number})\s*期(?:\s*[(\uff08]?总第?\s*\d+\s*期[)\uff09]?)?"
        r"(?:\s*[\u4e00-\u9fff]{1,3}(?:旬刊|半月刊?))?"
    )


@cache
def _outlet() -> re.Pattern[str]:
    listed = any_of(name for name in publication_names() if len(name) > LONE_OUTLET_MIN_CHARS - 1)
    suffixes = any_of(publications().suffixes)
    end = r"(?=$|[\s|\uff5c\u4e28·/\uff0f\-\u2014\uff0d(\uff08)\uff09,\uff0c\d])"
    return re.compile(
        rf"(?:\u300a(?P<quoted>[^\u300a\u300b]{{2,20}})\u300b(?:杂志|客户端)?"
        rf"|(?P<name>{listed}|[\u4e00-\u9fff]{{2,8}}(?:{suffixes}))(?:客户端)?){end}"
    )


@cache
def _small_print() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<edition>(?:第\s*)?[A-Za-z]?\d{{1,3}}\s*版(?:[:\uff1a]?\s*[\u4e00-\u9fff]{{2,6}}(?=$|[\s)\uff09]))?|头版|总第\s*\d+\s*期|第\s*\d+\s*期)"
        rf"|(?P<button>(?:{any_of(vocabulary().buttons)})(?=$|[\s|\uff5c\u4e28/\uff0f)\uff09\]】\d:\uff1a]|{any_of(vocabulary().buttons)})[:\uff1a]?)"
        r"|(?P<number>(?:星期|周)[一二三四五六日天]|\d{1,2}[:\uff1a]\d\d(?:[:\uff1a]\d\d)?|\d{1,9}(?=$|[\s)\uff09]))"
    )


@cache
def _trailing_buttons() -> re.Pattern[str]:
    return re.compile(rf"(?:[\s|\uff5c【\[(\uff08]+(?:{any_of(vocabulary().buttons)})[】\])\uff09]?)+\s*$")


@cache
def _count() -> re.Pattern[str]:
    return re.compile(rf"(?:[\s\d.+|/]|{any_of(vocabulary().buttons)})+")


@cache
def _boundary() -> re.Pattern[str]:
    """The start of the next field inside a value."""
    return re.compile(
        rf"{STAMP}|(?<![\u4e00-\u9fff])(?:{_plain(_label().pattern)})|[\s(\uff08](?:{_plain(_role().pattern)})|[\s(\uff08](?:第\s*)?\d{{1,3}}\s*版"
    )


def _plain(pattern: str) -> str:
    """The pattern without named groups, to stand inside another."""
    return re.sub(r"\?P<\w+>", "?:", pattern)
