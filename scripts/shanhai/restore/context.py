"""What a step must know of the whole page to judge a part of it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from shanhai.records import FileFormat, Script
from shanhai.restore.characters import (
    class_of,
    present,
    rare_in,
    script_words,
    simplified_only,
    traditional_only,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

ANNOTATION = re.compile(r"[(\uff08]([a-z\u00e0-\u01dc\u0251\u0261]{1,6})[)\uff09]")
TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")
PINYIN_MIN_HITS = 3
FOREIGN_MIN_KINDS = 2
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_HALVES = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the page.

    `pinyin`: the page shows at least three toned syllables in brackets, so its bytes may be out of step too.
    `shared`: folded lines that many documents of the page's origin hold.
    `foreign_lines`: numbers of the lines, from 0, whose script is not the page's.
    `rare`: which of the characters of `characters.rare_kinds` the page holds; `None` where nobody looked.
    """

    format: FileFormat = "text"
    script: Script = "hans"
    pinyin: bool = False
    foreign_lines: frozenset[int] = frozenset()
    shared: frozenset[str] = frozenset()
    rare: frozenset[str] | None = None

    def may_hold(self, kinds: frozenset[str]) -> bool:
        """Whether the page may hold one of these characters, which are among the rare ones."""
        return self.rare is None or not kinds.isdisjoint(self.rare)

    def adds_nothing_to(self, earlier: Context) -> bool:
        """Whether no step finds more in a text by this survey than it found in the same text by the earlier one."""
        fewer = self.script == "hans" and not self.foreign_lines and (earlier.pinyin or not self.pinyin)
        return (fewer and self.shared == earlier.shared) or self == earlier


def survey_bytes(text: str, format: FileFormat) -> Context:  # noqa: A002 - the field's name
    """What the steps on bytes and pinyin must know; of the script it says nothing."""
    return Context(format=format, pinyin=_is_annotated(text))


def survey_script(text: str, format: FileFormat) -> Context:  # noqa: A002 - the field's name
    """What the steps on words and lines must know: the script of the page and of its lines."""
    rare = rare_in(text)
    traditional = len(rare & traditional_only())
    plain = len(present(text, simplified_only())) if traditional else 0
    script = _script(traditional, plain)
    foreign = frozenset(_foreign_lines(text, script)) if traditional else frozenset[int]()
    return Context(format=format, script=script, foreign_lines=foreign, rare=rare)


def _script(traditional: int, plain: int) -> Script:
    """The script by the shares in reference/script_words.yml; simplified for a page that shows neither."""
    words = script_words()
    share = traditional / (traditional + plain) if traditional else 0.0
    if share >= words.hant_share:
        return "hant"
    return "mixed" if share >= words.mixed_share else "hans"


def _is_annotated(text: str) -> bool:
    if "(" not in text and "\uff08" not in text:
        return False
    toned = (match for match in ANNOTATION.finditer(text) if TONED.search(match[1]))
    return len(list(islice(toned, PINYIN_MIN_HITS))) == PINYIN_MIN_HITS


def _foreign_lines(text: str, script: Script) -> Iterable[int]:
    """Lines, but for sentences, with at least two characters of the other script and none of the page's own."""
    own, other = traditional_only(), simplified_only()
    if script != "hant":
        own, other = other, own
    is_own, others = class_of(own).search, class_of(other).findall
    for number, line in enumerate(text.split("\n")):
        if len(line) < FOREIGN_MIN_KINDS or line.endswith("\u3002") or is_own(line):
            continue
        if len(set("".join(others(line)))) >= FOREIGN_MIN_KINDS:
            yield number


def half_width(line: str) -> str:
    """The line with full-width ASCII as ASCII, character for character."""
    return _FULL_WIDTH.sub(_half, line)


def folded(line: str) -> str:
    """The line with full-width ASCII as ASCII and without white space at its ends, as the patterns expect it."""
    return half_width(line).strip()


def _half(match: re.Match[str]) -> str:
    return _HALVES[match[0]]
