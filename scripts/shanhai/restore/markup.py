"""Entities and tags left in the text: read as what they were meant to be."""

from __future__ import annotations

import html
import re
from functools import cache
from html.entities import html5
from typing import TYPE_CHECKING

from shanhai.editlog import edit, without_overlaps
from shanhai.restore.spam import spam_terms

if TYPE_CHECKING:
    from shanhai.records import Edit
    from shanhai.restore.context import Context

UNESCAPE_MAX_ROUNDS = 8
QUOTE_MARK_WINDOW_CHARS = 80
_QUOTE_MARK = re.compile(r"\s*>{2,4}(?:\s|<[A-Za-z/][^<>\n]{0,60}>)*$")
_CLUSTER = re.compile(r"&[&#;0-9A-Za-z]+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LITERAL_BREAK = re.compile(r"(?:\\r\\n|\\[rn](?![A-Za-z]))")
_LITERAL_TAB = re.compile(r"\\t(?![A-Za-z])")
_INTERRUPTED = re.compile(r"&([^&;\n<>]{2,80}?)(nbsp|hellip|mdash|ldquo|rdquo|middot|lsquo|rsquo);")

_BLOCK = (
    "address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5"
    " h6 head header hr html li main nav ol p pre section table tbody tfoot thead title tr ul"
)
_INLINE = (
    "a abbr acronym audio b base big button cite code col colgroup del dfn em embed font i iframe img input ins kbd"
    " label link map mark meta object option param picture q s samp select small source span strike strong sub sup td"
    " textarea th tt u var video wbr o:p v:shape"
)
_ATTRIBUTE = r"""\s+[\w:.-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=]+)"""
_SWITCH = r"\s+(?:async|controls|checked|defer|disabled|hidden|nowrap|noshade|selected)"
_NAMES = "|".join(sorted(map(re.escape, (_BLOCK + " " + _INLINE).split()), key=len, reverse=True))
_TAG = re.compile(
    r"<!--(?P<comment>)"
    r"|<(?P<unseen>script|style)\b[^<>]*>"
    rf"|</?(?P<name>{_NAMES}|script|style)(?:{_ATTRIBUTE}|{_SWITCH})*\s*/?>",
    re.IGNORECASE,
)


def find_entities(text: str, _context: Context) -> tuple[Edit, ...]:
    """Entities and escaped line breaks, unescaped until they are stable (ENTITY-01 to ENTITY-03)."""
    found: list[Edit] = []
    if "&" in text:
        found += [
            edit("ENTITY-01", text, match.span(), after)
            for match in _CLUSTER.finditer(text)
            if (after := _unescape(match[0])) != match[0]
        ]
        found += _interrupted(text)
    if "\\" in text:
        found += [edit("ENTITY-02", text, match.span(), "\n") for match in _LITERAL_BREAK.finditer(text)]
        found += [edit("ENTITY-02", text, match.span(), " ") for match in _LITERAL_TAB.finditer(text)]
    return without_overlaps(found)


def find_tags(text: str, _context: Context) -> tuple[Edit, ...]:
    """Tags: block tags become line breaks, others go, scripts with their content (TAG-01 to TAG-03).

    Only the names of HTML with well-formed attributes are tags: 《…》, `x < 3` and `a<b and c>d` stay.
    """
    if "<" not in text:
        return ()
    found: list[Edit] = []
    closings = _Closings(text)
    match = _TAG.search(text)
    while match:
        one = _tag_edit(text, match, closings)
        if one:
            found.append(one)
        match = _TAG.search(text, one.end if one else match.end())
    return tuple(found)


class _Closings:
    """Where comments and scripts end; each kind of end that is not found is looked for only once."""

    def __init__(self, text: str) -> None:
        self.text, self.lower = text, text.lower()
        self.missing: set[str] = set()

    def end(self, mark: str, start: int) -> int | None:
        if mark in self.missing:
            return None
        at = self.lower.find(mark, start)
        if at < 0 or len(self.lower) != len(self.text):
            self.missing.add(mark)
            return None
        closed = self.text.find(">", at)
        return closed + 1 if closed >= 0 else None


def _tag_edit(text: str, match: re.Match[str], closings: _Closings) -> Edit | None:
    if match["comment"] is not None:
        end = closings.end("-->", match.end())
        return edit("TAG-03", text, (match.start(), end)) if end else None
    if match["unseen"]:
        end = closings.end(f"</{match['unseen'].lower()}", match.end())
        return edit("TAG-03", text, (match.start(), end or match.end()))
    name = match["name"].lower()
    if name in _block_names():
        return edit("TAG-02", text, match.span(), "" if _follows_quote_mark(text, match.start()) else "\n")
    return edit("TAG-01", text, match.span(), " " if name in {"td", "th"} else "")


def _follows_quote_mark(text: str, start: int) -> bool:
    """Whether nothing but a pull quote's mark, and tags or spaces, stands before the place in its line.

    A break there would part the mark from its quote.
    """
    before = text[max(text.rfind("\n", 0, start), start - QUOTE_MARK_WINDOW_CHARS) + 1 : start]
    return before.endswith((">", " ", "\u00a0")) and _QUOTE_MARK.match(before) is not None


@cache
def _block_names() -> frozenset[str]:
    return frozenset(_BLOCK.split())


def _unescape(cluster: str) -> str:
    """The cluster without entities; only those that end in a semicolon count, so that a URL's `&para=1` stays."""
    for _round in range(UNESCAPE_MAX_ROUNDS):
        plain = _ENTITY.sub(_unescape_one, cluster)
        if plain == cluster:
            break
        cluster = plain
    return cluster


def _unescape_one(match: re.Match[str]) -> str:
    entity = match[0]
    if entity[1] != "#" and entity[1:] not in html5:
        return entity
    return html.unescape(entity)


def _interrupted(text: str) -> list[Edit]:
    """Entities with spam inside (`& … hellip;`)."""
    return [
        edit("ENTITY-03", text, match.span(), html.unescape(f"&{match[2]};"))
        for match in _INTERRUPTED.finditer(text)
        if spam_terms().find_matches_as_indexes(match[1].lower())
    ]
