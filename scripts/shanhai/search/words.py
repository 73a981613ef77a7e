"""Names without Chinese characters as words: what a reader types for one is the whole word, never a part of it.

Otherwise every two letters would lead to most places: gz to Hangzhou.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from shanhai.search.codes import scattered
from shanhai.search.fold import HAN_PLANES, fold, letter_runs

if TYPE_CHECKING:
    from collections.abc import Iterable

KEPT_NAMES = 1 << 16

WORD_KEYS = 0xE000_0000
"""Keys of words begin where a pair's first code unit would be of the Private Use Area, which has no letters."""

WORD_KEY_SHIFT = 4
"""So much of a hash of 32 bits is left off; words that share a key are told apart by the texts."""

_CUT = re.compile("[\t-\r\x1c- \x85\xa0\u2000-\u2015\u3000-]+")
"""Blanks and hyphens."""


class Form(NamedTuple):
    """A name as it is searched: folded as a line of its own, or as words."""

    folded: str
    words: tuple[str, ...]


@lru_cache(maxsize=KEPT_NAMES)
def form(name: str) -> Form:
    """How a name is searched: of the parts between blanks and hyphens each is a word, and all of them together."""
    folded = fold(name)
    if has_characters(folded):
        return Form(folded, ())
    parts = [word(fold(part)) for part in _CUT.split(name)]
    return Form(folded, tuple(dict.fromkeys(filter(None, [*parts, "".join(parts)]))))


def has_characters(folded: str) -> bool:
    """Whether a text has a letter of a script without capitals, as Chinese is: it has no words then."""
    return any(unicodedata.category(one) == "Lo" or ord(one) in HAN_PLANES for one in folded)


def word(folded: str) -> str:
    """The letters of a folded text: xian of xi'an."""
    return "".join(letter_runs(folded))


@lru_cache(maxsize=KEPT_NAMES)
def word_key(folded: str) -> int:
    """The key of a word in the index."""
    x = 0
    for unit in memoryview(folded.encode("utf-16-le", "surrogatepass")).cast("H"):
        x = scattered(x ^ unit)
    return WORD_KEYS | x >> WORD_KEY_SHIFT


def without_repeats(names: Iterable[str], line: str = "") -> tuple[str, ...]:
    """The names without those that a line before them leads to: the folded one that is given, or one of their own."""
    kept: list[str] = []
    words: set[str] = set()
    for name in names:
        folded, own = form(name)
        if own and not words.issuperset(own):
            words.update(own)
            kept.append(name)
        elif folded and not own and folded not in line:
            line = f"{line}\n{folded}"
            kept.append(name)
    return tuple(kept)
