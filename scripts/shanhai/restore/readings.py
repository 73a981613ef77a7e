"""The readings of Chinese characters, toned and toneless."""

from __future__ import annotations

import unicodedata
from functools import cache

_VARIANTS = str.maketrans({"\u0251": "a", "\u0261": "g", "v": "ü"})
_TONES = {ord(mark): None for mark in "\u0300\u0301\u0304\u030c"}


def syllable(text: str) -> str:
    """The syllable in one spelling: composed, with plain a and g, and ü for v."""
    return unicodedata.normalize("NFC", text.translate(_VARIANTS))


@cache
def toneless(reading: str) -> str:
    """The syllable without its tone; ü stays."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", reading).translate(_TONES))


def readings(char: str) -> frozenset[str]:
    """All toned readings of a character; empty for what is no Chinese character."""
    return _readings(ord(char)) if len(char) == 1 else frozenset()


def is_reading(char: str, reading: str) -> bool:
    """Whether the toned syllable is a reading of the character."""
    return reading in readings(char)


def is_toneless_reading(char: str, reading: str) -> bool:
    """Whether the toneless syllable is a reading of the character."""
    plain = reading.replace("ü", "u")
    return any(plain == toneless(one).replace("ü", "u") for one in readings(char))


@cache
def characters_read(lead: int, trail: int, reading: str) -> str:
    """The character of these two GBK bytes if it has the reading, or an empty string."""
    char = bytes((lead, trail)).decode("gbk", "ignore")
    return char if len(char) == 1 and is_reading(char, reading) else ""


@cache
def _readings(code: int) -> frozenset[str]:
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - a heavy library, loaded where it is used

    return frozenset(PINYIN_DICT.get(code, "").split(",")) - {""}
