"""Traditional script becomes simplified, with the words that OpenCC's t2s leaves."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import cache, lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from shanhai.editlog import edit, without_overlaps
from shanhai.records import Edit
from shanhai.restore.characters import (
    class_of,
    converted_of,
    cut_at_rare,
    holds,
    present,
    script_words,
    simplified,
    traditional_only,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.restore.context import Context

_COMPATIBLE = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]")
_BEYOND_PLANE = re.compile("[\u3400-\u4dbf\uf900-\ufaff\U00020000-\U0003ffff]")
"""Chinese characters of which the list of those that change where they stand alone has none."""
_DIFFERENT = re.compile(rb"[^\0]+")
_OPENING = frozenset("(\uff08“‘「『《〈[【")
_CLOSING = frozenset(")\uff09”’」』》〉]】")


def find_variants(text: str, context: Context) -> tuple[Edit, ...]:
    """Compatibility ideographs and radicals become the characters that they stand for (SCRIPT-03)."""
    if not context.may_hold(_compatible()):
        return ()
    return tuple(
        edit("SCRIPT-03", text, match.span(), after)
        for match in _COMPATIBLE.finditer(text)
        if (after := unicodedata.normalize("NFKC", match[0])) != match[0]
    )


def find_script(text: str, context: Context) -> tuple[Edit, ...]:
    """Runs that t2s changes (SCRIPT-01), only on a page that shows traditional characters.

    On a page in simplified or mixed script a run is changed only where it holds a traditional-only character. In
    simplified script a single one between brackets or quotation marks is spoken of as a character, and stays.
    """
    if not context.may_hold(_convertible()) or not holds(text, _convertible()):
        return ()
    found = _converted(text)
    if context.script == "hant":
        return tuple(found)
    strays = (one for one in found if not traditional_only().isdisjoint(one.before))
    return tuple(one for one in strays if context.script != "hans" or not _is_mention(text, one.start, one.end))


def find_words(text: str, context: Context) -> tuple[Edit, ...]:
    """Characters and words that t2s leaves (SCRIPT-02): 着 for 著 where it is no zhù, 陕, 叙 and their like.

    Words, and 著, are touched only on a page that was in traditional or mixed script.
    """
    hans = context.script == "hans"
    places = _leftover_places(text) if context.may_hold(_left()) else ()
    found = [
        edit("SCRIPT-02", text, (at, at + 1), _leftovers()[text[at]])
        for at in places
        if not _is_kept(text, at) and not (hans and _stays_in_simplified(text, at))
    ]
    if not hans:
        found += (edit("SCRIPT-02", text, m.span(), script_words().words[m[0]]) for m in _words().finditer(text))
        found += (edit("SCRIPT-02", text, (at, at + 1), "着") for at in _places(text, "著") if _is_zhao(text, at))
    return without_overlaps(found) if found else ()


@cache
def _compatible() -> frozenset[str]:
    return frozenset(chr(code) for codes in (range(0x2E80, 0x2FD6), range(0xF900, 0xFB00)) for code in codes)


@cache
def _convertible() -> frozenset[str]:
    return traditional_only() - _left()


@cache
def _leftovers() -> dict[str, str]:
    return script_words().characters


@cache
def _left() -> frozenset[str]:
    return frozenset(_leftovers())


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(sorted(script_words().words, key=lambda word: (-len(word), word))))


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile("|".join(sorted(script_words().phrases, key=lambda word: (-len(word), word))))


def _leftover_places(text: str) -> Iterator[int]:
    return (at for char in sorted(present(text, _left())) for at in _places(text, char))


def _is_kept(text: str, at: int) -> bool:
    words = (word for word in script_words().kept if text[at] in word)
    return any(text.startswith(word, at - word.index(text[at])) for word in words if at >= word.index(text[at]))


def _stays_in_simplified(text: str, at: int) -> bool:
    return text[at] in script_words().standard_in_names or _is_mention(text, at, at + 1)


def _is_mention(text: str, start: int, end: int) -> bool:
    """Whether the character stands alone between brackets or quotation marks: 爱(愛), the “乡” written “鄉”."""
    return end - start == 1 and start > 0 and text[start - 1] in _OPENING and text[end : end + 1] in _CLOSING


def _is_zhao(text: str, at: int) -> bool:
    words = script_words()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if any(text.startswith(word, at - word.index("著")) for word in words.zhu_words if at >= word.index("著")):
        return False
    if (after and after in words.zhao_before) or text.startswith(words.zhao_words, at + 1):
        return True
    return not (after and after in words.zhu_before) and not (before and before in words.zhu_after)


def _places(text: str, char: str) -> Iterator[int]:
    at = text.find(char)
    while at >= 0:
        yield at
        at = text.find(char, at + 1)


def _converted(text: str) -> list[Edit]:
    """What t2s makes of the text, with the phrases of the table as they should be."""
    found = _by_character(cut_at_rare(text))
    for start, end in reversed(_lines_of_context(text)):
        places = (bisect_left(found, at, key=attrgetter("start")) for at in (start, end))
        found[slice(*places)] = _by_phrase(text[start:end], start)
    return found


def _by_character(pieces: Sequence[str]) -> list[Edit]:
    """Edits of the characters that t2s changes where they stand alone, which are in every second piece."""
    found: list[Edit] = []
    add, end = found.append, 0
    for before, run in zip(pieces[::2], pieces[1::2], strict=False):
        start = end + len(before)
        end = start + len(run)
        if after := _changed_whole(run):
            add(Edit(rule="SCRIPT-01", start=start, end=end, before=run, after=after))
        else:
            found += _changed_parts(run, start)
    return found


@lru_cache(maxsize=1 << 14)
def _changed_whole(run: str) -> str | None:
    """The run as t2s has it, or `None` where it does not change every character."""
    changed = [converted_of().get(char) for char in run]
    return None if None in changed else "".join(filter(None, changed))


def _changed_parts(run: str, start: int) -> Iterator[Edit]:
    for match in _changed_runs().finditer(run):
        before, after = match[0], _changed_whole(match[0]) or ""
        yield Edit(rule="SCRIPT-01", start=start + match.start(), end=start + match.end(), before=before, after=after)


def _lines_of_context(text: str) -> list[tuple[int, int]]:
    """The lines in which a phrase may decide what becomes of a character, or that hold what is beyond the plane."""
    kinds, pairs = _by_context()
    places = [
        at
        for at in map(re.Match.start, kinds.finditer(text))
        if text[at - 1 : at + 1] in pairs or text[at : at + 2] in pairs
    ]
    places += map(re.Match.start, _BEYOND_PLANE.finditer(text))
    found: list[tuple[int, int]] = []
    for at in sorted(places):
        if not found or at >= found[-1][1]:
            end = text.find("\n", at)
            found.append((text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text)))
    return found


@cache
def _changed_runs() -> re.Pattern[str]:
    return class_of(frozenset(converted_of()))


@cache
def _by_context() -> tuple[re.Pattern[str], frozenset[str]]:
    """Characters that phrases decide on, or that phrases of the table begin with, and the pairs that tell them."""
    words = script_words()
    pairs = {phrase[:2] for phrase in words.phrases}
    for char, (before, after) in words.by_context.items():
        pairs.update(one + char for one in before)
        pairs.update(char + one for one in after)
    kinds = {*words.by_context, *(phrase[0] for phrase in words.phrases)}
    return re.compile(f"[{''.join(sorted(kinds))}]"), frozenset(pairs)


def _by_phrase(line: str, start: int) -> list[Edit]:
    converted = simplified(line)
    if len(line) != len(converted):
        return [Edit(rule="SCRIPT-01", start=start, end=start + len(line), before=line, after=converted)]
    return _runs(line, _with_phrases(line, converted), start)


def _with_phrases(text: str, converted: str) -> str:
    """The converted text with the phrases of the table as they should be."""
    for match in _phrases().finditer(text):
        converted = converted[: match.start()] + script_words().phrases[match[0]] + converted[match.end() :]
    return converted


def _runs(old: str, new: str, offset: int) -> list[Edit]:
    """Edits of the maximal runs in which the two texts, equally long, differ; `offset` is where they start."""
    return [
        Edit(rule="SCRIPT-01", start=offset + start, end=offset + end, before=old[start:end], after=new[start:end])
        for start, end in map(re.Match.span, _DIFFERENT.finditer(_difference(old, new)))
    ]


def _difference(old: str, new: str) -> bytes:
    """A byte for each character, zero where the two texts are the same, without a loop over them."""
    left, right = (text.encode("utf-32-le", "surrogatepass") for text in (old, new))
    size = len(old)
    found = 0
    for plane in range(3):
        found |= int.from_bytes(left[plane::4], "little") ^ int.from_bytes(right[plane::4], "little")
    return found.to_bytes(size, "little")
