"""Invisible characters and the many kinds of space and line break."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shanhai.editlog import edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shanhai.records import Edit
    from shanhai.restore.context import Context

_INVISIBLE = (
    "\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffc\ud800-\udfff"
)
_BREAK = "\u000b\u000c\u0085\u2028\u2029"
_SPACE = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_JOINER = "\u200d(?<![\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]\u200d)"
"""The joiner, but for one behind an emoji, of which it makes one sign with the next."""
_ODD = re.compile(f"(?:[{_INVISIBLE}]|{_JOINER})+|\r\n?|[{_BREAK}]|[{_SPACE}]+")
_ODD_RUN = re.compile(f"[\r\u200d{_INVISIBLE}{_BREAK}{_SPACE}]+\n?")
"""What `_ODD` looks for, as one class, which finds the next place several times as fast."""
_OBJECT = "\ufffc"
_INVISIBLE_RUN = re.compile(f"[\u200d{_INVISIBLE}]")
_SPACE_RUN = re.compile(f"[{_SPACE}]")


def find_odd(text: str, _context: Context) -> tuple[Edit, ...]:
    """Invisible characters go, every space is U+0020 and every line break U+000A (SPACE-01 to SPACE-03)."""
    if _OBJECT not in text and text.replace("\n", "").isprintable():
        return ()  # the other odd ones are control, format and separator characters, which are never printable
    return tuple(
        _odd_edit(text, match) for run in _ODD_RUN.finditer(text) for match in _ODD.finditer(text, *run.span())
    )


def find_margins(text: str, _context: Context) -> tuple[Edit, ...]:
    """Spaces at the ends of lines go (SPACE-04)."""
    if not (text[:1] == " " or text[-1:] == " " or "\n " in text or " \n" in text):
        return ()
    return tuple(edit("SPACE-04", text, span) for span in space_runs(text) if _is_margin(text, *span))


def space_runs(text: str) -> Iterator[tuple[int, int]]:
    """Where spaces stand in a row. Looking for the sign alone is ten times as fast as a pattern."""
    start = text.find(" ")
    while start >= 0:
        end = start + 1
        while text.startswith(" ", end):
            end += 1
        yield start, end
        start = text.find(" ", end)


def _is_margin(text: str, start: int, end: int) -> bool:
    return not start or text[start - 1] == "\n" or text[end : end + 1] in {"", "\n"}


def _odd_edit(text: str, match: re.Match[str]) -> Edit:
    if _INVISIBLE_RUN.match(match[0]):
        return edit("SPACE-01", text, match.span())
    if _SPACE_RUN.match(match[0]):
        return edit("SPACE-02", text, match.span(), " " * len(match[0]))
    return edit("SPACE-03", text, match.span(), "\n")
