"""Where two nearly equal texts put one word for another: what tells a damaged copy from a form filled in twice.

A damaged copy has a wrong character here and there, or lacks something. Two notices made from one form agree in all but
names and numbers, and these they exchange throughout.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from shanhai.restore.characters import is_common
from shanhai.restore.readings import readings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

ANCHOR_CHARS = 5
LONGEST_CHARS = 24
"""More than this between two anchors is a passage of its own, not a word in another's place."""

EXCHANGED_MIN = 2.0
EXCHANGED_IN_A_PART_MIN = 1.0
EXCHANGED_PER_1000_CHARS = 3.0
"""So many points in all and so many a thousand characters make two articles; a part, which shows less, may not
have one. Set by tests/reprint_bench.py: damaged copies (2 % wrong characters) stay below, forms come above."""

NUMBERS_EXCHANGED_MIN = 2
"""Two numbers of two digits and more on each side that the other side lacks, and not half in common: other facts."""


_NUMBER = re.compile(r"\d{2,}")


class Substitution(NamedTuple):
    """`before` in one folded text stands where `after` does in the other; neither is empty."""

    before: str
    after: str


def name_other_facts(one: str, other: str, *, in_a_part: bool = False) -> bool:
    """Whether two folded texts, alike otherwise, exchange so many names and numbers that they are two articles."""
    points = _points(list(substitutions(one, other)))
    least = EXCHANGED_IN_A_PART_MIN if in_a_part else EXCHANGED_MIN
    if points >= least and points * 1000 >= EXCHANGED_PER_1000_CHARS * min(len(one), len(other)):
        return True
    return exchanged(set(_NUMBER.findall(one)), set(_NUMBER.findall(other)), NUMBERS_EXCHANGED_MIN)


def exchanged(one: AbstractSet[str], other: AbstractSet[str], least: int) -> bool:
    """Whether at least so many on each side are not on the other one, and not half of the fewer are in common."""
    common = len(one & other)
    fewer = min(len(one), len(other))
    return fewer - common >= least and common * 2 < fewer


def substitutions(one: str, other: str) -> Iterator[Substitution]:
    """The exchanged words, in the order of `one`, between anchors of five characters that stand once in `other`."""
    places = _once(other)
    for start, end in _unknown(one, places):
        before = places.get(one[start - ANCHOR_CHARS : start], -1)
        after = places.get(one[end : end + ANCHOR_CHARS], -1)
        if before >= 0 <= after - before - ANCHOR_CHARS <= LONGEST_CHARS:
            yield from _differences(one[start:end], other[before + ANCHOR_CHARS : after])


def _once(text: str) -> dict[str, int]:
    """Each run of five characters with its position, or -1 if it stands there more than once."""
    places: dict[str, int] = {}
    for at in range(len(text) - ANCHOR_CHARS + 1):
        run = text[at : at + ANCHOR_CHARS]
        places[run] = -1 if run in places else at
    return places


def _unknown(text: str, places: dict[str, int]) -> Iterator[tuple[int, int]]:
    """Spans of the text between two runs that the other text has too."""
    known = [at for at in range(len(text) - ANCHOR_CHARS + 1) if text[at : at + ANCHOR_CHARS] in places]
    for left, right in pairwise(known):
        if right > left + 1 and 0 <= right - left - ANCHOR_CHARS <= LONGEST_CHARS:
            yield left + ANCHOR_CHARS, right


def _differences(one: str, other: str) -> Iterator[Substitution]:
    if len(one) == len(other):
        unequal = groupby(zip(one, other, strict=True), key=lambda pair: pair[0] != pair[1])
        for differs, group in unequal:
            if differs:
                before, after = zip(*group, strict=True)
                yield Substitution("".join(before), "".join(after))
        return
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if one and other:
        yield Substitution(one, other)


def _points(found: Sequence[Substitution]) -> float:
    """How much was exchanged.

    A point for a number in another's place and for a word that is exchanged again and again, half a one for a word
    exchanged once; nothing for single characters that sound alike or that no one would write.
    """
    counts = Counter(found)
    return sum(_weight(one, count) * count for one, count in counts.items())


def _weight(one: Substitution, count: int) -> float:
    if any(map(str.isdigit, one.before)) and any(map(str.isdigit, one.after)):
        return 1.0
    if len(one.before) == len(one.after) == 1:
        return 0.0 if count == 1 or readings(one.before) & readings(one.after) else 1.0
    if count > 1:
        return 1.0
    return 0.5 if all(map(is_common, one.before + one.after)) else 0.0
