"""How likely a piece of Chinese text is: what decides between readings that the bytes leave open.

The model (reference/language_model.txt, 394 KB, by scripts/derive_language_model.py) knows 73,000 words by their
frequency and 12,000 pairs of characters that attract one another. It is of simplified script; text is
compared in that. It is loaded when it is first asked, in a tenth of a second; a page without a run to decide on never
asks.

Of 316 runs that lost the first byte, the last one or both (tests/test_phase.py), it brings 291 back exactly; 290 if
each half of the masters is measured by a model derived from the other half. One in a dozen is wrong: every character
that it chose is a conjecture.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from math import log2
from operator import add
from typing import NamedTuple

from shanhai.errors import ReferenceDataError
from shanhai.reference import text as reference_text
from shanhai.restore.characters import simplified_of
from shanhai.restore.gbk import HALF_WIDTH_MARKS, full_width

NAME = "language_model.txt"
VERSION = 1
WORD_MAX_CHARS = 4
CONTEXT_CHARS = 2 * WORD_MAX_CHARS
"""How far the words on either side of a character tell something of it."""
UNKNOWN_BITS = -28.0
"""A character that the dictionary does not have: less than the rarest that it has (once in 60 million, -26)."""
SIGN_BITS = -14.0
"""Any other character: a Latin letter, a sign or an odd symbol is rare in Chinese text."""
DIGIT_BITS = -7.0
STRAY_BITS = -12.0
"""What two marks add that do not follow one another, as two full stops or a comma at the end of a line."""
PAIR_ZERO_BITS = 13.0
"""The level of a pair that adds nothing."""
_AS_CLAUSE_END = str.maketrans(dict.fromkeys("\u3002\uff1a\uff1b\uff01\uff1f", "\uff0c"))
_STRAY = re.compile(
    "[\uff0c\u3002\u3001\uff1a\uff1b\u201c\u2018\uff08\u300a][\uff0c\u3002\u3001\uff1b\uff01\uff1f]|[\uff0c\u3001\uff1a\uff1b\u201c\u2018\uff08\u300a][\uff09\u300b]"
)
_ENTRY = re.compile("([^A-Za-z]*)([A-Za-z])")
_HEADER = re.compile(r"# shanhai language model, version (\d+)$")


class Model(NamedTuple):
    """Bits of each word (its frequency's logarithm), and bits that a pair across a boundary adds."""

    words: dict[str, float]
    pairs: dict[str, float]


@lru_cache(maxsize=1 << 14)
def bits(text: str) -> float:
    """The logarithm to base 2 of how likely the text is, cut into words as likely as can be; always below 0."""
    plain = text.translate(_forms())
    return _levels(plain, _levels_of_start(plain[:CONTEXT_CHARS]))[-1]


@cache
def model() -> Model:
    """The model; raises `ReferenceDataError` if the file is of another version."""
    lines = reference_text(NAME).splitlines()
    version = _HEADER.match(lines[0])
    if not version or int(version[1]) != VERSION:
        raise ReferenceDataError(NAME, "line 1", f"not version {VERSION} of the language model")
    words, pairs = dict[str, float](), dict[str, float]()
    for line in lines:
        if not line.startswith("#"):
            found, start = (pairs, 1) if line.startswith("+") else (words, 0)
            found |= {line[start] + rest: _level(letter) for rest, letter in _ENTRY.findall(line, start + 1)}
    total = sum(2**level for level in words.values())
    return Model(_shifted(words, -log2(total)), _shifted(pairs, -PAIR_ZERO_BITS))


@cache
def _forms() -> dict[int, str]:
    """Simplified characters, and the full-width marks for half-width ones."""
    return {**simplified_of(), **{ord(mark): full_width(mark) for mark in HALF_WIDTH_MARKS}}


def _level(letter: str) -> float:
    return (ord(letter) - ord("A") if letter <= "Z" else ord(letter) - ord("a") + 26) / 2


def _shifted(levels: dict[str, float], by: float) -> dict[str, float]:
    return {word: level + by for word, level in levels.items()}


@lru_cache(maxsize=1 << 10)
def _levels_of_start(text: str) -> tuple[float, ...]:
    """The levels of a start that many texts share: what stands before a character that is chosen from many."""
    return tuple(_levels(text, (0.0,)))


def _levels(text: str, known_levels: tuple[float, ...]) -> list[float]:
    """How likely each start of the text is, from the empty one on, given the levels of the first of them."""
    known = model().words.get
    joints = [_joint(text[:1]), *map(_joint, map(add, text, text[1:]))]
    best = list(known_levels)
    for end in range(len(best), len(text) + 1):
        found = best[-1] + _single(text[end - 1]) + joints[end - 1]
        for start in range(max(0, end - WORD_MAX_CHARS), end - 1):
            weight = known(text[start:end])
            if weight is not None and (level := best[start] + weight + joints[start]) > found:
                found = level
        best.append(found)
    return best


@lru_cache(maxsize=1 << 13)
def _single(char: str) -> float:
    words = model().words
    if char in words:
        return words[char]
    if char == "\n":
        return 0.0
    if char.isdigit():
        return DIGIT_BITS
    return UNKNOWN_BITS if "\u3400" <= char <= "\u9fff" or "\ue000" <= char <= "\ufaff" else SIGN_BITS


@lru_cache(maxsize=1 << 14)
def _joint(two: str) -> float:
    """What two neighbours across a word's boundary add."""
    if _STRAY.match(two):
        return STRAY_BITS
    return model().pairs.get(two.translate(_AS_CLAUSE_END), 0.0)
