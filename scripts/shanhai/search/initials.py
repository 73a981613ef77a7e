"""What one types in Latin letters for a Chinese name: its pinyin without blanks and tones, and its initials."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from shanhai.annotate import gazetteer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")

LONGEST_PLACE_CHARS = 6
"""The longest cores at the head of a publication's name are the banners' and prefectures' (鄂尔多斯, 克孜勒苏)."""


def typed(syllables: Sequence[str]) -> tuple[str, ...]:
    """Pinyin written together and the first letters; for ü both that are typed, v and u: lveyang, lueyang, ly.

    Of one syllable no initial: a single letter stands for nothing.
    """
    whole = "".join(syllables)
    initials = "".join(syllable[0] for syllable in syllables) if len(syllables) > 1 else ""
    spellings = (one.replace("ü", letter) for one in (whole, initials) for letter in "vu")
    return tuple(dict.fromkeys(filter(None, spellings)))


def read(words: str) -> tuple[str, ...]:
    """The same for any Chinese words; nothing for words with other characters than Han.

    A place name at their head is read as the gazetteer has it (乐陵, 东阿, 六安), the rest by the package pypinyin,
    which reads common words right; a wrong reading of a rare one only fails to suggest.
    """
    if not _HAN.fullmatch(words):
        return ()
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - a heavy library, loaded where it is used

    place = next((size for size in range(LONGEST_PLACE_CHARS, 1, -1) if words[:size] in _places()), 0)
    rest = lazy_pinyin(words[place:], v_to_u=True) if words[place:] else []
    return typed([*_places().get(words[:place], ()), *rest])


@cache
def _places() -> Mapping[str, tuple[str, ...]]:
    """The core of each unit's name of today, of two characters or more, with its syllables."""
    found: dict[str, tuple[str, ...]] = {}
    for one in gazetteer.units():
        row = gazetteer.romanised(one.code)
        if len(row.syllables) == len(row.name) and row.core_syllables > 1:
            found.setdefault(row.name[: row.core_syllables], row.syllables[: row.core_syllables])
    return found
