"""Traditional script becomes simplified, with the words that OpenCC's t2s leaves."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import compress, count
from operator import ne
from typing import TYPE_CHECKING

from shanhai.editlog import edit
from shanhai.restore.characters import characters_of, script_words, simplified, traditional_only

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shanhai.records import Edit
    from shanhai.restore.context import Context

_COMPATIBLE = re.compile("[\u2e80-\u2fd5\uf900-\ufaff]")


def find_variants(text: str, _context: Context) -> tuple[Edit, ...]:
    """Compatibility ideographs and radicals become the characters that they stand for (SCRIPT-03)."""
    return tuple(
        edit("SCRIPT-03", text, match.span(), after)
        for match in _COMPATIBLE.finditer(text)
        if (after := unicodedata.normalize("NFKC", match[0])) != match[0]
    )


def find_script(text: str, context: Context) -> tuple[Edit, ...]:
    """Runs that t2s changes (SCRIPT-01), only on a page that shows traditional characters.

    On a page in simplified script a run is changed only where it holds a traditional-only character.
    """
    if _convertible().isdisjoint(characters_of(text)):
        return ()
    found = _differences(text, simplified(text))
    if context.script == "hant":
        return tuple(found)
    return tuple(one for one in found if not traditional_only().isdisjoint(one.before))


def find_words(text: str, context: Context) -> tuple[Edit, ...]:
    """Characters and words that t2s leaves (SCRIPT-02): 着 for 著 where it is no zhù, 陕, 叙 and their like.

    著 is touched only on a page that was in traditional or mixed script.
    """
    leftovers = script_words().characters
    found = [edit("SCRIPT-02", text, match.span(), leftovers[match[0]]) for match in _leftovers().finditer(text)]
    if context.script != "hans" and "著" in text:
        found += [edit("SCRIPT-02", text, (at, at + 1), "着") for at in _places(text, "著") if _is_zhao(text, at)]
    return tuple(sorted(found, key=lambda one: one.start))


@cache
def _convertible() -> frozenset[str]:
    return traditional_only() - script_words().characters.keys()


@cache
def _leftovers() -> re.Pattern[str]:
    return re.compile("[" + "".join(script_words().characters) + "]")


def _is_zhao(text: str, at: int) -> bool:
    words = script_words()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if any(text.startswith(word, at - word.index("著")) for word in words.zhu_words if at >= word.index("著")):
        return False
    if after and after in words.zhao_before:
        return True
    return not (after and after in words.zhu_before) and not (before and before in words.zhu_after)


def _places(text: str, char: str) -> Iterator[int]:
    at = text.find(char)
    while at >= 0:
        yield at
        at = text.find(char, at + 1)


def _differences(text: str, converted: str) -> Iterator[Edit]:
    if len(text) == len(converted):
        yield from _runs(text, converted, 0)
        return
    start = 0
    for old, new in zip(text.split("\n"), converted.split("\n"), strict=True):
        if len(old) == len(new):
            yield from _runs(text, new, start, len(old))
        else:
            yield edit("SCRIPT-01", text, (start, start + len(old)), new)
        start += len(old) + 1


def _runs(text: str, new: str, offset: int, length: int | None = None) -> Iterator[Edit]:
    """Edits of the maximal runs in which `text` from `offset` on and `new`, equally long, differ."""
    old = text if length is None else text[offset : offset + length]
    changed = compress(count(), map(ne, old, new))
    start = end = -1
    for at in changed:
        if at == end:
            end += 1
            continue
        if end > start:
            yield edit("SCRIPT-01", text, (offset + start, offset + end), new[start:end])
        start, end = at, at + 1
    if end > start:
        yield edit("SCRIPT-01", text, (offset + start, offset + end), new[start:end])
