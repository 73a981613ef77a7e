"""What can be counted on a page: Chinese characters, sentences, prose, words of a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shanhai.restore.characters import HAN, HAN_CHARACTER
from shanhai.restore.page_words import page_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable

PROSE_LETTER_SHARE = 0.6
"""A line of Chinese prose: of its letters, so many are Chinese."""

_COMMON_HAN = bytes(range(0x34, 0xA0))
"""The upper bytes, in UTF-16, of U+3400 to U+9FFF: deleting them counts these characters without a look at each."""
_KANA = frozenset(map(chr, (*range(0x3041, 0x3097), *range(0x30A1, 0x30FB))))
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE_END = re.compile("[。\uff01\uff1f…!?][”’」』】\uff09)\u300b\"']*$")
_SENTENCE = re.compile("[^。\uff01\uff1f!?\n]+")
_NOT_HAN = re.compile(f"[^{HAN}]+")


def script_shares(text: str, stride_chars: int) -> tuple[float, float]:
    """The shares of Chinese characters and of kana among so many characters, evenly spaced; (1, 0) for no text."""
    letters = "".join(text[:: max(1, len(text) // stride_chars)].split())
    if not letters:
        return 1.0, 0.0
    upper = letters.encode("utf-16-le", "surrogatepass")[1::2]
    han = len(upper) - len(upper.translate(None, _COMMON_HAN))
    kana = 0 if _KANA.isdisjoint(letters) else len(_KANA.intersection(letters))
    return han / len(letters), kana / len(letters)


def han_of(text: str) -> str:
    """The text's Chinese characters."""
    return _NOT_HAN.sub("", text)


def lines_of(text: str) -> list[str]:
    """The lines that are not blank."""
    return [line for line in text.split("\n") if line and not line.isspace()]


def is_sentence(line: str) -> bool:
    """Whether the line ends as a sentence does."""
    return bool(_SENTENCE_END.search(line.rstrip()))


def sentences_of(text: str) -> list[str]:
    """The text's sentences without the marks that end them."""
    return _SENTENCE.findall(text)


def prose_han(text: str) -> int:
    """Chinese characters in lines of prose: those that end a sentence and are long enough."""
    least = page_kinds().prose.line_han
    prose = (line for line in lines_of(text) if is_sentence(line) or "。" in line)
    return sum(count for line in prose if (count := len(HAN_CHARACTER.findall(line))) >= least)


def chinese_prose(text: str) -> bool:
    """Whether lines of Chinese prose, other scripts' lines apart, make an article by themselves."""
    least = page_kinds().prose.article_han
    total = 0
    for line in lines_of(text):
        han = len(HAN_CHARACTER.findall(line))
        if han >= PROSE_LETTER_SHARE * len(_LETTER.findall(line)) and (is_sentence(line) or "。" in line):
            total += han * _KANA.isdisjoint(line)
        if total >= least:
            return True
    return False


def distinct(text: str, words: Iterable[str]) -> list[str]:
    """The words that the text holds, in the order of the list."""
    return [word for word in words if word in text]
