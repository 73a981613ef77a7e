"""A field line being read: what was found so far, where a value ends, and what the whole line says."""

from __future__ import annotations

import msgspec

from shanhai.describe import field_patterns as patterns
from shanhai.describe.stamps import Stamp

_EDGES = " \t\u3000\u00a0|\uff5c\u4e28·/\uff0f-—,\uff0c;\uff1b、。.()\uff08\uff09[]【】"


class Fields(msgspec.Struct, frozen=True):
    """What a field line says. `weak_source` stands without a label.

    `strong` means that more than names and numbers was found; `small_print` that nothing was but counters, contacts and
    the like, which an article may say of itself as well. `published` is false for a date of writing or of an update. Of
    `compilers` an empty name is the publication itself.
    """

    stamp: Stamp | None = None
    published: bool = True
    source: str | None = None
    weak_source: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    compilers: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    strong: bool = False
    small_print: bool = False


class Reading:
    """A line being read: the position, and what was found so far."""

    __slots__ = (
        "authors",
        "compilers",
        "editors",
        "kinds",
        "line",
        "other_stamps",
        "position",
        "posts",
        "published",
        "signs",
        "sources",
        "stamps",
        "weak_sources",
    )

    def __init__(self, line: str) -> None:
        self.line, self.position = line, 0
        self.signs = frozenset(line)
        self.stamps: list[Stamp] = []
        self.other_stamps: list[Stamp] = []
        self.published = True
        self.sources: list[str] = []
        self.weak_sources: list[str] = []
        self.authors: list[str] = []
        self.editors: list[str] = []
        self.compilers: list[str] = []
        self.posts: list[str] = []
        self.kinds: set[str] = set()

    def fields(self) -> Fields:
        stamps = self.stamps or self.other_stamps
        return Fields(
            stamp=max(stamps, key=lambda s: (bool(s.month), bool(s.day)), default=None),
            published=bool(self.stamps),
            source=self.sources[0] if self.sources else None,
            weak_source=self.weak_sources[0] if self.weak_sources else None,
            authors=tuple(dict.fromkeys(self.authors)),
            editors=tuple(dict.fromkeys(self.editors)),
            compilers=tuple(dict.fromkeys(self.compilers)),
            posts=tuple(dict.fromkeys(self.posts)),
            strong=bool(self.kinds - {"names", "outlet", "button", "number", "region", "site", "closing", "post"}),
            small_print=self.kinds <= {"contact", "counter", "credit", "button", "number", "edition"},
        )


def value_end(line: str, start: int) -> int:
    """Where the value that starts at `start` ends: at the next date, label, role or bracket, or with the line."""
    match = patterns.boundary().search(line, start)
    return match.start() if match else len(line)


def without_buttons(value: str) -> str:
    """The value without buttons behind it and signs around it; a bracket that opens in it stays closed."""
    bare = patterns.skip().sub("", value, count=1) if value[:1].isspace() else value
    bare = patterns.trailing_buttons().sub("", bare).strip(_EDGES)
    return f"{bare}\uff09" if bare.count("\uff08") > bare.count("\uff09") else bare
