"""Pinyin that a mirror wrote behind characters."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from shanhai.records import Edit
from shanhai.restore.characters import HAN_CHARACTER, is_common, traditional_only
from shanhai.restore.context import PINYIN_MIN_HITS, TONED
from shanhai.restore.readings import is_reading, is_toneless_reading, syllable, toneless

if TYPE_CHECKING:
    from shanhai.restore.context import Context

MIN_SHARE = 0.9
"""Share of a character's occurrences that bear the annotation: on real pages 914 of 914; a gloss stands but once."""
MANY_MIN_SHARE = 0.5
"""The share on a page that annotates by machine: an annotation may be lost in bytes that nothing brings back."""
MANY_HITS = 10
MANY_DENSITY_CHARS = 100
"""A page with so many hits and one in so many characters annotates by machine, toneless or in simplified script too."""
FULL_MIN_SHARE = 0.7
"""A simplified text of which so many characters bear their reading is a reader for children, made so."""
STRAY_MAX_SHARE = 0.2
"""So many toneless syllables, for each toned one, are the neutral tone of the same machine (了, 么, 儿)."""
NEUTRAL = "neutral"
_LETTERS = "a-z\u00e0-\u01dc\u0251\u0261"
_ONE = rf"[(\uff08] ?[{_LETTERS}:]{{1,7}}[1-5]? ?[)\uff09]"
_ANNOTATION = re.compile(f"({_ONE}(?:{_ONE})*)")
_SYLLABLE = re.compile(rf"[{_LETTERS}:]+[1-5]?")


_Hits = dict[str, int]
"""How often annotations stand on the page, by the character with the annotation."""


def find(text: str, _context: Context) -> tuple[Edit, ...]:
    """Annotations `X(reading)` by machine (PINYIN-01 toned, PINYIN-02 toneless); a deliberate gloss stays.

    A machine annotates a character wherever it stands. In traditional script three hits on the page are
    enough (the mirrors annotate characters that only traditional script has); otherwise it takes many.
    """
    if "(" not in text and "\uff08" not in text:
        return ()
    pieces = _ANNOTATION.split(text)
    if len(pieces) == 1:
        return ()
    keys = [before[-1:] + annotation for before, annotation in zip(pieces[::2], pieces[1::2], strict=False)]
    toned, toneless = _toned_and_toneless(Counter(keys))
    rules = _by_machine(text, toned, "PINYIN-01") | _by_machine(text, toneless, "PINYIN-02")
    bounds = list(accumulate(map(len, pieces)))
    return tuple(
        Edit(rule=rules[key], start=start, end=end, before=annotation, after="")
        for key, annotation, start, end in zip(keys, pieces[1::2], bounds[::2], bounds[1::2], strict=False)
        if key in rules
    )


def _toned_and_toneless(hits: _Hits) -> tuple[_Hits, _Hits]:
    """The annotations of the one machine and of the other; those in the neutral tone go with the greater part."""
    by_rule: dict[str | None, _Hits] = {}
    for key, count in hits.items():
        by_rule.setdefault(_rule(key[0], key[1:]), {})[key] = count
    toned, toneless, neutral = (by_rule.get(kind, {}) for kind in ("PINYIN-01", "PINYIN-02", NEUTRAL))
    if _count(toneless) <= STRAY_MAX_SHARE * _count(toned):
        return toned | toneless | neutral, {}
    return (toned | neutral, toneless) if _count(toned) >= _count(toneless) else (toned, toneless | neutral)


def _count(hits: _Hits) -> int:
    return sum(hits.values())


def _by_machine(text: str, hits: _Hits, rule: str) -> dict[str, str]:
    """The rule for each annotation that a machine wrote."""
    if _count(hits) < PINYIN_MIN_HITS:
        return {}
    removed = _removed(text, hits, rule)
    return {key: rule for key in hits if key[0] in removed}


def _removed(text: str, hits: _Hits, rule: str) -> set[str]:
    """The characters whose annotations are a machine's."""
    annotated: Counter[str] = Counter()
    for key, hit in hits.items():
        annotated[key[0]] += hit
    count = _count(hits)
    many = count >= MANY_HITS and count * MANY_DENSITY_CHARS >= len(text)
    share = MANY_MIN_SHARE if many else MIN_SHARE
    everywhere = {char for char, hit in annotated.items() if hit >= share * text.count(char)}
    certain = everywhere & traditional_only() if rule == "PINYIN-01" else set[str]()
    machine = sum(annotated[char] for char in certain) >= MANY_HITS
    if not machine and not (many and max(annotated.values()) > 1 and not _is_reader(text, count)):
        return certain
    readings = Counter(key[0] for key in hits)
    return certain | {char for char in everywhere if is_common(char) and readings[char] == 1}


def _is_reader(text: str, count: int) -> bool:
    return count >= FULL_MIN_SHARE * len(HAN_CHARACTER.findall(text))


@lru_cache(maxsize=1 << 14)
def _rule(char: str, annotation: str) -> str | None:
    """The rule for this annotation of the character, or `None` where it is no reading of it.

    `NEUTRAL`: a syllable in the neutral tone (吗, 么), which toned and toneless annotations write alike. A tone other
    than the dictionary's is the one that the syllable has in speech, a digit behind it is a tone too.
    """
    syllables = [syllable(one.replace("u:", "ü")) for one in _SYLLABLE.findall(annotation)]
    if all(_is_toned(one) and is_toneless_reading(char, toneless(one.rstrip("12345"))) for one in syllables):
        return "PINYIN-01"
    if all(is_reading(char, one) for one in syllables):
        return NEUTRAL
    return "PINYIN-02" if all(is_toneless_reading(char, one) for one in syllables) else None


def _is_toned(one: str) -> bool:
    return one[-1].isdigit() or TONED.search(one) is not None
