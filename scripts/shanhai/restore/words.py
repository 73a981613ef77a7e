"""Words that a filter hid behind asterisks, and the plus signs that a mirror lost."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from shanhai.editlog import edit
from shanhai.records import Certainty
from shanhai.reference import load
from shanhai.restore.characters import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shanhai.records import Edit
    from shanhai.restore.context import Context

MASK_CONTEXT_CHARS = 4
_MASK = re.compile(r"[*\uff0a]+")
_BESIDE = re.compile(f"[{HAN}]")
_QUOTED = re.compile("“[^“”\n]{3,60}”")
_NUMBERS = re.compile(r"\d{1,5}(?: \d{1,5}){2,}")
_SMALL_SUM = re.compile(r"([0-9XN])(?<![0-9A-Za-z .][0-9XN]) ([0-9XN])(?=模式|机制|工程|行动|活动|”|或)")


class Collocation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word and what must stand beside its mask: one of `left` before it and one of `right` after it."""

    fill: str
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()

    def fits(self, before: str, after: str) -> bool:
        return (not self.left or before.endswith(self.left)) and (not self.right or after.startswith(self.right))


class Masks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """reference/masks.yml."""

    sure: tuple[Collocation, ...]
    conjecture: tuple[Collocation, ...]
    joined_by_plus: tuple[str, ...]


@cache
def masks() -> Masks:
    """The masked words and what tells them."""
    return load("masks.yml", Masks)


def find_masks(text: str, _context: Context) -> tuple[Edit, ...]:
    """Masked words by collocation (MASK-01 sure, MASK-02 conjecture); every other mask is a gap (MASK-03)."""
    if "*" not in text and "\uff0a" not in text:
        return ()
    return tuple(_mask_edit(text, match) for match in _MASK.finditer(text) if _is_mask(text, match))


def find_pluses(text: str, _context: Context) -> tuple[Edit, ...]:
    """Lost plus signs: “1 10 100” (PLUS-01, sure), lists of who joins in and “1 1” (PLUS-02, conjecture)."""
    if " " not in text:
        return ()
    found = [one for quoted in _QUOTED.finditer(text) for one in _in_quotes(text, quoted)]
    taken = {one.start for one in found}
    found += (
        edit("PLUS-02", text, (match.end(1), match.start(2)), "+", Certainty.CONJECTURE)
        for match in _SMALL_SUM.finditer(text)
        if match.end(1) not in taken
    )
    return tuple(sorted(found, key=lambda one: one.start))


def _is_mask(text: str, match: re.Match[str]) -> bool:
    """Whether Chinese stands beside the asterisks; at the start of a line they mark a list or a note."""
    start, end = match.span()
    if not start or text[start - 1] == "\n":
        return False
    return bool(_BESIDE.match(text[start - 1]) or _BESIDE.match(text[end : end + 1]))


def _mask_edit(text: str, match: re.Match[str]) -> Edit:
    before = text[max(0, match.start() - MASK_CONTEXT_CHARS) : match.start()]
    after = text[match.end() : match.end() + MASK_CONTEXT_CHARS]
    for one in masks().sure:
        if one.fits(before, after):
            return edit("MASK-01", text, match.span(), one.fill)
    for one in masks().conjecture:
        if one.fits(before, after):
            return edit("MASK-02", text, match.span(), one.fill, Certainty.CONJECTURE)
    return edit("MASK-03", text, match.span(), match[0], Certainty.GAP)


def _in_quotes(text: str, quoted: re.Match[str]) -> Iterator[Edit]:
    inside = quoted[0][1:-1]
    if " " not in inside:
        return
    if _NUMBERS.fullmatch(inside):
        rule, certainty = "PLUS-01", Certainty.SURE
    elif _is_joint_list(inside.split(" ")):
        rule, certainty = "PLUS-02", Certainty.CONJECTURE
    else:
        return
    for space in re.finditer(" ", inside):
        start = quoted.start() + 1 + space.start()
        yield edit(rule, text, (start, start + 1), "+", certainty)


def _is_joint_list(parts: list[str]) -> bool:
    """Two parts that both name who joins in, or more of which half do; none is a sentence."""
    if any(not 1 < len(part) <= 10 or not _BESIDE.search(part) for part in parts):
        return False
    known = sum(1 for part in parts if part.endswith(masks().joined_by_plus))
    return known == len(parts) if len(parts) == 2 else known * 2 >= len(parts)
