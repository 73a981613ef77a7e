"""Invisible characters and the many kinds of space and line break."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from shanhai.editlog import edit
from shanhai.restore.characters import characters_of

if TYPE_CHECKING:
    from shanhai.records import Edit
    from shanhai.restore.context import Context

_INVISIBLE = (
    "\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
)
_BREAK = "\u000b\u000c\u0085\u2028\u2029"
_SPACE = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD = re.compile(f"[{_INVISIBLE}]+|\r\n?|[{_BREAK}]|[{_SPACE}]+")
_MARGIN = re.compile(r"(?<=\n) +|^ +|(?<! ) +(?=\n|$)")
_INVISIBLE_RUN = re.compile(f"[{_INVISIBLE}]")
_SPACE_RUN = re.compile(f"[{_SPACE}]")


def find_odd(text: str, _context: Context) -> tuple[Edit, ...]:
    """Invisible characters go, every space is U+0020 and every line break U+000A (SPACE-01 to SPACE-03)."""
    if _odd_characters().isdisjoint(characters_of(text)):
        return ()
    return tuple(_odd_edit(text, match) for match in _ODD.finditer(text))


def find_margins(text: str, _context: Context) -> tuple[Edit, ...]:
    """Spaces at the ends of lines go (SPACE-04)."""
    if not (text[:1] == " " or text[-1:] == " " or "\n " in text or " \n" in text):
        return ()
    return tuple(edit("SPACE-04", text, match.span()) for match in _MARGIN.finditer(text))


@cache
def _odd_characters() -> frozenset[str]:
    return frozenset(char for char in map(chr, range(0x110000)) if _ODD.match(char))


def _odd_edit(text: str, match: re.Match[str]) -> Edit:
    if _INVISIBLE_RUN.match(match[0]):
        return edit("SPACE-01", text, match.span())
    if _SPACE_RUN.match(match[0]):
        return edit("SPACE-02", text, match.span(), " " * len(match[0]))
    return edit("SPACE-03", text, match.span(), "\n")
