"""Pinyin that a mirror wrote behind characters."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from shanhai.editlog import edit
from shanhai.restore.characters import is_common, traditional_only
from shanhai.restore.context import PINYIN_MIN_HITS, TONED
from shanhai.restore.readings import is_reading, is_toneless_reading, syllable

if TYPE_CHECKING:
    from shanhai.records import Edit
    from shanhai.restore.context import Context

MIN_SHARE = 0.9
"""Share of a character's occurrences that bear the annotation: on real pages 914 of 914; a gloss stands but once."""
MANY_MIN_SHARE = 0.5
"""The share on a page that annotates by machine: an annotation may be lost in bytes that nothing brings back."""
MANY_HITS = 10
MANY_DENSITY_CHARS = 100
"""A page with so many hits and one in so many characters annotates by machine, toneless or in simplified script too."""
NEUTRAL = "neutral"
_ANNOTATION = re.compile(r"(?:[(\uff08] ?[a-z\u00e0-\u01dc\u0251\u0261\u00fc]{1,6}[1-5]? ?[)\uff09])+")
_SYLLABLE = re.compile(r"[a-z\u00e0-\u01dc\u0251\u0261\u00fc]+")


def find(text: str, _context: Context) -> tuple[Edit, ...]:
    """Annotations `X(reading)` by machine (PINYIN-01 toned, PINYIN-02 toneless); a deliberate gloss stays.

    A machine annotates a character wherever it stands. In traditional script three hits on the page are
    enough (the mirrors annotate characters that only traditional script has); otherwise it takes many.
    """
    if "(" not in text and "\uff08" not in text:
        return ()
    matches = list(_ANNOTATION.finditer(text))
    if len(matches) < PINYIN_MIN_HITS:
        return ()
    by_rule: dict[str | None, list[re.Match[str]]] = {}
    for match in matches:
        by_rule.setdefault(_rule(text[match.start() - 1 : match.start()], match[0]), []).append(match)
    toned, toneless = by_rule.get("PINYIN-01", []), by_rule.get("PINYIN-02", [])
    (toned if len(toned) >= len(toneless) else toneless).extend(by_rule.get(NEUTRAL, []))
    found = _by_machine(text, toned, "PINYIN-01") + _by_machine(text, toneless, "PINYIN-02")
    return tuple(sorted(found, key=lambda one: one.start))


def _by_machine(text: str, hits: list[re.Match[str]], rule: str) -> list[Edit]:
    if len(hits) < PINYIN_MIN_HITS:
        return []
    annotated = Counter(text[match.start() - 1] for match in hits)
    many = len(hits) >= MANY_HITS and len(hits) * MANY_DENSITY_CHARS >= len(text)
    share = MANY_MIN_SHARE if many else MIN_SHARE
    everywhere = {char for char, count in annotated.items() if count >= share * text.count(char)}
    repeated = any(count > 1 for count in annotated.values())
    removed = {
        char
        for char in everywhere
        if (rule == "PINYIN-01" and char in traditional_only()) or (many and repeated and is_common(char))
    }
    return [edit(rule, text, match.span()) for match in hits if text[match.start() - 1] in removed]


@lru_cache(maxsize=1 << 14)
def _rule(char: str, annotation: str) -> str | None:
    """The rule for this annotation of the character, or `None` where it is no reading of it.

    `NEUTRAL`: a syllable in the neutral tone (吗, 么), which toned and toneless annotations write alike.
    """
    syllables = [syllable(one) for one in _SYLLABLE.findall(annotation)]
    if all(TONED.search(one) and is_reading(char, one) for one in syllables):
        return "PINYIN-01"
    if all(is_reading(char, one) for one in syllables):
        return NEUTRAL
    if all(not TONED.search(one) and is_toneless_reading(char, one) for one in syllables):
        return "PINYIN-02"
    return None
