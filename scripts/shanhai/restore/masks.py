"""Words that a word filter hid behind asterisks.

A filter replaces a listed word, or a character of it, by one asterisk or by one for each character: 县委*, 最精*力量.
What stands beside the mask tells the word where it can be told at all: "支部" leaves 书记 alone (sure), before "县长"
it is by far the most likely (conjecture). Everything else is a gap, above all a person. Factors, covered numbers,
stars, notes and emphasis use asterisks honestly. A cross (×) or 某 is how an author hides a name himself, and is never
read as a mask. Source of the phrases: reference/masks.yml.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from shanhai.editlog import edit
from shanhai.records import Certainty
from shanhai.reference import load
from shanhai.restore.characters import HAN
from shanhai.restore.collocations import Collocations, Group, neighbours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.records import Edit
    from shanhai.restore.context import Context

FILL_MAX_EXTRA_SIGNS = 2
"""Filters that write a fixed number of asterisks write up to three; a longer run may hide several words."""
_SIGNS = "*\uff0a"
_BESIDE = re.compile(f"[{HAN}]")
_ASCII_WORD = re.compile(r"[0-9A-Za-z_\\/.]")
_LEGEND = re.compile("[A-Za-z.]|(?:表示|代表|指)[ -~]")
_STOPS = "\n\uff0c\u3002\uff1b\uff1a\u3001\uff01\uff1f\u201d\uff09"


class Honest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What asterisks honestly stand for, by what is beside them."""

    covered: tuple[str, ...]
    stars: tuple[str, ...]
    shown_left: tuple[str, ...]
    shown_right: tuple[str, ...]
    factors: tuple[str, ...]
    note_max_signs: int
    emphasis_max_signs: int
    emphasis_max_chars: int
    formula_chars: int


class Masks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """reference/masks.yml."""

    lists: dict[str, tuple[str, ...]]
    sure: tuple[Group, ...]
    by_page: tuple[Group, ...]
    conjecture: tuple[Group, ...]
    honest: Honest
    person_right: tuple[str, ...]


@cache
def masks() -> Masks:
    """The masked words and what tells them."""
    return load("masks.yml", Masks)


@cache
def sure_phrases() -> Collocations:
    """Phrases that leave one reading."""
    return Collocations(masks().sure, masks().lists)


@cache
def page_phrases() -> Collocations:
    """Phrases that leave one reading on a page whose filter is known to hide the word."""
    return Collocations(masks().by_page, masks().lists)


@cache
def likely_phrases() -> Collocations:
    """Phrases of which one reading is by far the most likely."""
    return Collocations(masks().conjecture, masks().lists)


def find_repairs(text: str, _context: Context) -> tuple[Edit, ...]:
    """Masked words by their neighbours (MASK-01 sure, MASK-02 conjecture)."""
    runs = _masks(text)
    sure = {run: phrase.fill for run in runs if (phrase := sure_phrases().find(text, *run))}
    known = set(sure.values())
    found = [_repair(text, run, fill, sure=True) for run, fill in sure.items()]
    for run in runs:
        if run in sure:
            continue
        if phrase := page_phrases().find(text, *run):
            found.append(_repair(text, run, phrase.fill, sure=phrase.fill in known))
        elif phrase := likely_phrases().find(text, *run):
            found.append(_repair(text, run, phrase.fill, sure=False))
    return tuple(sorted((one for one in found if one), key=lambda one: one.start))


def find_gaps(text: str, _context: Context) -> tuple[Edit, ...]:
    """Masks that hide what cannot be known (MASK-03); they stay as they are."""
    runs = _masks(text)
    noted = _note_signs(text) if runs else frozenset[str]()
    return tuple(
        edit("MASK-03", text, run, text[slice(*run)], Certainty.GAP) for run in runs if not _is_honest(text, run, noted)
    )


def _repair(text: str, run: tuple[int, int], fill: str, *, sure: bool) -> Edit | None:
    """The word for the mask; a conjecture where the mask is longer than the word and than one sign."""
    length = run[1] - run[0]
    if length > len(fill) + FILL_MAX_EXTRA_SIGNS:
        return None
    if sure and length in {1, len(fill)}:
        return edit("MASK-01", text, run, fill)
    return edit("MASK-02", text, run, fill, Certainty.CONJECTURE)


def _masks(text: str) -> tuple[tuple[int, int], ...]:
    """The runs of asterisks beside Chinese that are neither emphasis nor the sign of a list or note."""
    if "*" not in text and "\uff0a" not in text:
        return ()
    runs = _runs(text)
    return tuple(run for run in _without_emphasis(text, runs) if _is_beside_chinese(text, run))


def _runs(text: str) -> list[tuple[int, int]]:
    """The runs of asterisks. Looking for each sign by itself is ten times as fast as a pattern for both."""
    found: set[tuple[int, int]] = set()
    for sign in _SIGNS:
        at = text.find(sign)
        while at >= 0:
            start, end = at, at
            while start and text[start - 1] in _SIGNS:
                start -= 1
            while text[end : end + 1] and text[end] in _SIGNS:
                end += 1
            found.add((start, end))
            at = text.find(sign, end)
    return sorted(found)


def _is_beside_chinese(text: str, run: tuple[int, int]) -> bool:
    start, end = run
    after = text[end : end + 1]
    if not start or text[start - 1] == "\n":
        return end - start > 1 and text.startswith(masks().person_right, end)
    return bool(_BESIDE.match(text[start - 1]) or _BESIDE.match(after))


def _without_emphasis(text: str, runs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    place = 0
    while place < len(runs):
        if place + 1 < len(runs) and _is_emphasis(text, runs[place], runs[place + 1]):
            place += 2
            continue
        yield runs[place]
        place += 1


def _is_emphasis(text: str, opening: tuple[int, int], closing: tuple[int, int]) -> bool:
    """Whether two runs of equal length, more than one sign each, stand around a stretch that can be emphasised.

    Two masks are told from it by what begins right after the first: a particle or what a person does.
    """
    signs = opening[1] - opening[0]
    if signs != closing[1] - closing[0] or not 2 <= signs <= masks().honest.emphasis_max_signs:
        return False
    inside = text[opening[1] : closing[0]]
    whole_line = text[: opening[0]][-1:] in {"", "\n"} and text[closing[1] :][:1] in {"", "\n"}
    if "\n" in inside or (len(inside) > masks().honest.emphasis_max_chars and not whole_line):
        return False
    if inside[0].isspace() or inside[-1].isspace() or inside[0] in _STOPS or inside.startswith(masks().person_right):
        return False
    if inside[-1] in _STOPS and _BESIDE.match(text[closing[1] : closing[1] + 1]):
        return False
    return not (sure_phrases().find(text, *opening) and sure_phrases().find(text, *closing))


def _is_honest(text: str, run: tuple[int, int], noted: frozenset[str]) -> bool:
    """Whether the asterisks cover a number, multiply, count stars or point to a note."""
    rules = masks().honest
    before, after = neighbours(text, *run)
    signs = run[1] - run[0]
    if _ASCII_WORD.match(before[-1]) or (signs > 1 and _ASCII_WORD.match(after[0])) or _LEGEND.match(after):
        return True
    if before.endswith((*rules.covered, *(word + sign for word in rules.covered for sign in ":\uff1a为是"))):
        return True
    if before.endswith(rules.factors) and after.startswith(rules.factors):
        return True
    if signs > 1 and after.startswith(rules.stars):
        return True
    if before.endswith(rules.shown_left) and after.startswith(rules.shown_right):
        return True
    return _is_note(text, run, noted) or _is_in_formula(text, run)


def _is_note(text: str, run: tuple[int, int], noted: frozenset[str]) -> bool:
    after = text[run[1] : run[1] + 1]
    if run[1] - run[0] > masks().honest.note_max_signs:
        return False
    return after in {"", "\n"} or (after in _STOPS and text[slice(*run)] in noted)


def _is_in_formula(text: str, run: tuple[int, int]) -> bool:
    reach = masks().honest.formula_chars
    near = text[max(0, run[0] - reach) : run[1] + reach]
    return "=" in near or "\uff1d" in near


def _note_signs(text: str) -> frozenset[str]:
    """The runs of asterisks with which a note begins at the foot of the text."""
    return frozenset(match[1] for match in re.finditer(r"^([*\uff0a]{1,3})[^*\uff0a\s]", text, re.MULTILINE))
