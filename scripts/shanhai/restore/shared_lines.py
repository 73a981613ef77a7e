"""Lines that many documents of one origin share: what a site puts on every page.

The corpus is counted once before anything is restored; a short line that stands in many documents of a host or folder,
outside the running text, is furniture, unless it may be a note, a heading, a name or a date that recurs by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from shanhai.reference import load
from shanhai.restore.characters import simplified_of
from shanhai.restore.context import half_width
from shanhai.restore.furniture import furniture, is_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shanhai.records import RawArticle

_DIGITS = re.compile(r"\d+")
LAST_SPACE = 0x3000


class SharedRules(msgspec.Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    """reference/shared_lines.yml."""

    documents_min: int
    lines_documents_min: int
    share_min: float
    line_min_chars: int
    line_max_chars: int
    lines_max: int
    kept: str

    @cached_property
    def kept_pattern(self) -> re.Pattern[str]:
        return re.compile(self.kept)


class SharedLines(msgspec.Struct, frozen=True):
    """The folded lines that the documents of an origin share, by origin."""

    by_origin: dict[str, frozenset[str]]

    def of(self, raw: RawArticle) -> frozenset[str]:
        """The shared lines of the article's origin."""
        return self.by_origin.get(origin_of(raw.file, raw.given.url), frozenset())


class DocumentLines(msgspec.Struct, frozen=True, kw_only=True):
    """What the count needs of a document: where it is from, a mark by which copies are told, and its short lines."""

    origin: str
    mark: str
    lines: frozenset[str]


NONE = SharedLines({})
"""Nothing is shared, as for a single document."""


@cache
def rules() -> SharedRules:
    """When a line counts as shared."""
    return load("shared_lines.yml", SharedRules)


def origin_of(file: str, url: str | None) -> str:
    """The host of the address, or the folder of the file (of a file of many articles, the file)."""
    try:
        host = urlsplit(url).hostname if url and "://" in url else None
    except ValueError:
        host = None
    if host:
        return host.removeprefix("www.")
    name, _mark, line = file.partition("#L")
    return name if line else name.rpartition("/")[0] + "/"


def document_lines(raw: RawArticle) -> DocumentLines:
    """The short lines near the ends of a document, folded."""
    known = rules()
    lines = [line for line in raw.text.splitlines() if line and not line.isspace()]
    near = lines if len(lines) <= known.lines_max else [*lines[: known.lines_max], *lines[-known.lines_max :]]
    short = fold("\n".join(line for line in near if len(line) <= known.line_max_chars)).split("\n")
    return DocumentLines(
        origin=origin_of(raw.file, raw.given.url),
        mark=_plain_start(max(lines, key=len, default=""), known.line_max_chars),
        lines=frozenset(line for line in short if len(line) >= known.line_min_chars),
    )


def shared_lines(documents: Iterable[DocumentLines]) -> SharedLines:
    """The lines that enough documents of an origin share, by origin; whatever the order of the documents."""
    marks: defaultdict[str, set[str]] = defaultdict(set)
    counts: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for document in documents:
        if document.mark in marks[document.origin]:
            continue
        marks[document.origin].add(document.mark)
        for line in document.lines:
            counts[document.origin][line] += 1
    known = rules()
    found: dict[str, frozenset[str]] = {}
    for origin, lines in sorted(counts.items()):
        total = len(marks[origin])
        enough = max(known.lines_documents_min, known.share_min * total)
        often = frozenset(line for line, count in lines.items() if count >= enough)
        if total >= known.documents_min and often:
            found[origin] = often
    return SharedLines(found)


def is_shared_furniture(line: str, shared: frozenset[str], *, cued: bool) -> bool:
    """Whether the folded line is one that the origin's documents share and none that an article may have of its own.

    `cued`: the line holds a word of furniture. Without one, a line with numbers stays: a series numbers its titles.
    """
    if len(line) > rules().line_max_chars or is_sentence(line) or (not cued and _DIGITS.search(line)):
        return False
    known = furniture()
    kept = known.metadata_pattern.search(line) or known.site_pattern.fullmatch(line)
    return not kept and fold(line) in shared and not rules().kept_pattern.fullmatch(line)


def fold(line: str) -> str:
    """The line, or lines, as they are counted: simplified, half-width, without blanks, each number as one 0."""
    return _DIGITS.sub("0", _plain(line))


def _plain_start(line: str, length: int) -> str:
    """So many characters of the line in its plain form, of which no more is looked at than it takes."""
    start = _plain(line[: 2 * length])
    return (start if len(start) >= length else _plain(line))[:length]


def _plain(text: str) -> str:
    """The text simplified, half-width and without blanks but for line breaks."""
    forms, pattern = _plain_forms()
    return pattern.sub(lambda match: forms[match[0]], text)


@cache
def _plain_forms() -> tuple[dict[str, str], re.Pattern[str]]:
    """What becomes of a character, and a pattern of those that change."""
    blanks = {chr(code): "" for code in range(LAST_SPACE + 1) if chr(code).isspace() and chr(code) != "\n"}
    widths = {chr(code): half_width(chr(code)) for code in range(0xFF01, 0xFF5F)}
    forms = blanks | widths | {chr(code): new for code, new in simplified_of().items()}
    return forms, re.compile("[" + re.escape("".join(forms)) + "]")
