"""Where a text names places, and where a word stands for one (全县) or for several (两地), as figures see it."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from shanhai.annotate import figure_words
from shanhai.annotate.figure_series import LIST_MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shanhai.records import Place

LIST_MARK_CHARS = 2

# Start, end, the unit's full name, whether it is a subject, the kind of a word for it (全省), how deep the unit lies.
# The name is `None` where no single unit is meant (a list, 两地); the kind is the word's last character, or "".
Mention = tuple[int, int, str | None, bool, str, int]
# The units of a list, by the start of its last mention.
Lists = dict[int, tuple[str | None, ...]]

_start = itemgetter(0)
_DEPTH = {"province": 0, "prefecture": 1, "county": 2}


def named(text: str, places: Iterable[Place]) -> tuple[list[Mention], Lists]:
    """Each span in which places are named, with the deepest of them, in the order of the text.

    A span that names two units of one level (闽宁) means no single one, and neither does one of a list
    (甲县、乙县和丙县), whose members come beside.
    """
    spots: list[Mention] = []
    for place in places:
        depth, name, subject = _DEPTH[place.level], place.name, place.role == "subject"
        spots += [(one.start, one.end, name, subject, "", depth) for one in place.evidence]
    spots.sort(key=_start)
    found = _deepest(spots)
    lists: Lists = {}
    for first, last in _lists(text, found):
        parts = found[first : last + 1]
        # Of a name in parts (甲省甲县) the last one counts.
        names = [one[2] for one, after in pairwise(parts) if after[0] != one[1]]
        lists[found[last][0]] = (*names, found[last][2])
        for index in range(first, last + 1):
            start, end, _, subject, kind, depth = found[index]
            found[index] = (start, end, None, subject, kind, depth)
    return found, lists


def with_words(text: str, named: list[Mention], taken: Mapping[int, int]) -> list[Mention]:
    """The mentions together with the words that stand for a unit or for several, but for starts that are `taken`."""
    found = named[:]
    for match in _unit_words().finditer(text):
        start = match.start()
        if start not in taken:
            kind = _kind(match[0])
            found.append((start, match.end(), None, kind != "", kind, 0))
    found.sort(key=_start)
    return found


def _lists(text: str, found: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """The first and last index of each list of mentions; a name in parts (甲省甲县) is one member."""
    near = [at for at, (one, after) in enumerate(pairwise(found), 1) if after[0] - one[1] <= LIST_MARK_CHARS]
    first, last, listed = 0, -1, False
    for index in near:
        end, start = found[index - 1][1], found[index][0]
        marked = start > end and text[end:start] in LIST_MARKS
        if index - 1 != last or not (marked or start == end):
            if listed:
                yield first, last
            first, listed = index - 1 if marked or start == end else index, False
        listed = listed or marked
        last = index
    if listed:
        yield first, last


def _deepest(spots: list[Mention]) -> list[Mention]:
    """The spots in the order of the text, of those that begin together the deepest, without a name if two are."""
    if len({spot[0] for spot in spots}) == len(spots):
        return spots
    kept: list[Mention] = []
    for spot in spots:
        if not kept or kept[-1][0] != spot[0]:
            kept.append(spot)
            continue
        start, end, name, subject, kind, depth = kept[-1]
        if (depth, end) < (spot[5], spot[1]):
            kept[-1] = spot
        elif (depth, end) == (spot[5], spot[1]) and name != spot[2]:
            kept[-1] = (start, end, None, subject or spot[3], kind, depth)
    return kept


@cache
def _kind(word: str) -> str:
    """The kind of unit that a word stands for (省 for 全省 and 省里), "" for several units."""
    word = word.removesuffix("里")
    return word[-1] if word[-1] in figure_words.units().whole_units.kinds and word[0] not in "两各" else ""


@cache
def _unit_words() -> re.Pattern[str]:
    known = figure_words.units()
    whole = known.whole_units
    kinds = f"(?:{'|'.join(whole.kinds)})(?![{whole.not_before}])"
    return re.compile("|".join([*(mark + kinds for mark in whole.marks), *whole.bare, *known.several_units]))
