"""Characters as the two GBK bytes that they were, and bytes as the characters that they may be."""

from __future__ import annotations

from functools import cache

from shanhai.restore.characters import is_common, is_known

LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
ASCII_TRAILS = range(0x40, 0x7F)
"""A trail byte that is a letter or sign of ASCII where it stands alone."""
HALF_WIDTH_MARKS = frozenset("!,:;.()?")
"""Mirrors write these for the full-width marks, of which some are a character's end and the next one's beginning."""
EURO = "\u20ac"
"""The byte 80, which is a trail byte too, as code page 936 reads it alone."""
PUNCTUATION = frozenset(
    "\uff0c\u3002\u3001\uff1a\uff1b\u201c\u201d\u2018\u2019\uff08\uff09\u300a\u300b\uff01\uff1f\u2014\u2026\u00b7"
)


@cache
def octets(char: str) -> bytes | None:
    """The two bytes of a character, of a private one too; of a half-width mark, those of the full-width one."""
    found = full_width(char).encode("gb18030", "ignore")
    return found if len(found) == 2 else None


def full_width(char: str) -> str:
    """The full-width mark that a half-width one stands for; any other character as it is."""
    return chr(ord(char) + 0xFEE0) if char in HALF_WIDTH_MARKS else char


@cache
def character(pair: bytes) -> str:
    """The Chinese character or mark of these two bytes, or an empty string where there is none of GB 2312's."""
    char = pair.decode("gbk", "ignore")
    return char if len(char) == 1 and ord(char) > 0x7F and is_written(char) else ""


def is_written(char: str) -> bool:
    """Whether text is likely to hold it: punctuation, or a character that is in GB 2312 in simplified form."""
    return char in PUNCTUATION or is_known(char)


def is_usual(char: str) -> bool:
    """Whether text is full of it: punctuation, or a character of GB 2312's first level in simplified form."""
    return char in PUNCTUATION or is_common(char)
