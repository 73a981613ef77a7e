"""What single characters tell: which script they belong to, how common they are, what they are in GBK."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec

from shanhai.reference import load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
MARKS_FOR_OTHERS = "「」『』\u2033\u301d\u301e\uff02"
HAN_CHARACTER = re.compile(f"[{HAN}]")
_PLANE = range(0x4E00, 0xA000)
_LEVEL_1 = range(0xB0, 0xD8)


class ScriptWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """reference/script_words.yml: what t2s leaves, and how a page's script is decided."""

    zhu_before: str
    zhu_after: str
    zhu_words: tuple[str, ...]
    zhao_before: str
    zhao_words: tuple[str, ...]
    phrases: dict[str, str]
    by_context: dict[str, tuple[str, str]]
    words: dict[str, str]
    kept: tuple[str, ...]
    characters: dict[str, str]
    standard_in_names: str
    hant_share: float
    mixed_share: float


@cache
def script_words() -> ScriptWords:
    """The words that t2s leaves."""
    return load("script_words.yml", ScriptWords)


@lru_cache(maxsize=4)
def characters_of(text: str) -> frozenset[str]:
    """The characters that occur in the text; kept for the few texts that several steps in a row ask about."""
    return frozenset(text)


def present(text: str, kinds: frozenset[str]) -> frozenset[str]:
    """Which of these single characters the text holds: a tenth of the cost of all the characters of a text."""
    pattern, rare = _class(kinds)
    return frozenset("".join(pattern.findall(text))).union(char for char in rare if char in text)


def holds(text: str, kinds: frozenset[str]) -> bool:
    """Whether the text holds one of these single characters."""
    pattern, rare = _class(kinds)
    return pattern.search(text) is not None or any(char in text for char in rare)


@cache
def class_of(kinds: frozenset[str]) -> re.Pattern[str]:
    """Runs of these characters, but for those beyond U+FFFF: with one of them a class is a slow list."""
    chars = re.escape("".join(sorted(char for char in kinds if char <= "\uffff")))
    return re.compile(f"[{chars}][{chars}]*" if chars else "(?!)")


@cache
def rare_kinds() -> frozenset[str]:
    """The characters that the steps on script and typography look for and that clean text has few of.

    One look for all of them spares a clean text a look by each step: traditional characters, compatibility ideographs
    and radicals, full-width digits and letters, half-width forms, corner brackets, and marks that stand for others.
    """
    ranges = (range(0x2E80, 0x2FD6), range(0xF900, 0xFB00), range(0xFF05, 0xFF5B), range(0xFF61, 0xFF65))
    odd = {chr(code) for codes in ranges for code in codes} - set("\uff08\uff09\uff0c\uff1a\uff1b\uff1f")
    return traditional_only() | odd | frozenset(script_words().characters) | frozenset(MARKS_FOR_OTHERS)


def simplified(text: str) -> str:
    """The text in simplified script by OpenCC's t2s alone."""
    return _converter().convert(text)


@cache
def converted_of() -> dict[str, str]:
    """For each character of the plane that t2s changes where it stands alone: what it makes of it."""
    plane = [chr(code) for code in _PLANE]
    converted = simplified("\n".join(plane)).split("\n")
    return {old: new for old, new in zip(plane, converted, strict=True) if old != new}


def rare_in(text: str) -> frozenset[str]:
    """Which of the rare kinds the text holds."""
    beyond = _class(rare_kinds())[1]
    found = frozenset("".join(set(cut_at_rare(text)[1::2]))) & rare_kinds()
    return found.union(char for char in beyond if char in text)


@cache
def simplified_of() -> Mapping[int, str]:
    """For each character that t2s changes or that it leaves although it is traditional: the simplified one."""
    return {ord(old): new for old, new in (converted_of() | script_words().characters).items()}


@lru_cache(maxsize=2)
def cut_at_rare(text: str) -> Sequence[str]:
    """The text in pieces, every second one a run of rare kinds or of what t2s changes; kept for two steps in a row."""
    return _rare_runs().split(text)


@cache
def traditional_only() -> frozenset[str]:
    """Characters that no simplified text needs: changed by t2s and not in GB 2312."""
    standard = set(script_words().standard_in_names)
    return frozenset(chr(code) for code in simplified_of() if not _in_gb2312(chr(code))) - standard


@cache
def simplified_only() -> frozenset[str]:
    """Characters that no traditional text needs: what a traditional-only character becomes, and nothing else does.

    A character that t2s also leaves alone in traditional words (后, 里, 于, 干, 台) would tell nothing; such
    characters are in Big5.
    """
    return frozenset(new for new in simplified_of().values() if new <= "\uffff" and not _in_big5(new))


@cache
def is_common(char: str) -> bool:
    """Whether the character, in simplified form, is one of the 3,755 of GB 2312's first level (98 % of news text)."""
    return _gb2312_lead(simplified_of().get(ord(char), char)) in _LEVEL_1


@cache
def is_known(char: str) -> bool:
    """Whether the character, in simplified form, is in GB 2312 at all."""
    return _gb2312_lead(simplified_of().get(ord(char), char)) >= _LEVEL_1.start


@cache
def _class(kinds: frozenset[str]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The class of these characters, and those of them beyond U+FFFF."""
    return class_of(kinds), tuple(sorted(char for char in kinds if char > "\uffff"))


@cache
def _converter() -> _Converter:
    from opencc import OpenCC  # noqa: PLC0415 - a heavy library, loaded where it is used

    converter: _Converter = OpenCC("t2s")
    return converter


@cache
def _rare_runs() -> re.Pattern[str]:
    return re.compile(f"({class_of(rare_kinds().union(converted_of())).pattern})")


class _Converter:
    def convert(self, text: str) -> str:
        raise NotImplementedError


def _in_gb2312(char: str) -> bool:
    return _gb2312_lead(char) > 0


def _gb2312_lead(char: str) -> int:
    try:
        return char.encode("gb2312")[0] if len(char) == 1 else 0
    except UnicodeEncodeError:
        return 0


def _in_big5(char: str) -> bool:
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return False
    return True
