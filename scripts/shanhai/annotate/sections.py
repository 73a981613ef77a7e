"""The sections of an article, each with the units it reports on and the themes it is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai import reference
from shanhai.annotate import themes
from shanhai.records import BlockKind, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shanhai.records import Block, DescribedArticle, Place

SILENT_BLOCKS = (BlockKind.CAPTION, BlockKind.NOTE)
LEAST_HEADINGS = 2
"""A single heading parts nothing."""

LIST_JOINER = "、"
"""What stands before or behind a name in a list; listed provinces are passed over, not reported on."""

ORDINALS = "一二三四五六七八九十"
CIRCLED_ONE = "①"


class Part(NamedTuple):
    """`text[start:end]` of an article, and `text[start:label_end]`, which is its heading or stands for one."""

    start: int
    end: int
    label_start: int
    label_end: int


class _Layout(msgspec.Struct, frozen=True):
    """The content of `reference/sections.yml`, which says what each entry is."""

    repeats_needed: int
    shortest_part_chars: int
    label_chars: int
    openings: dict[str, str]
    mentions_needed: int
    mentions_needed_beside_label: int


class _Opening(NamedTuple):
    """The block of this place in the article opens with `text[start:end]`; `number` is an ordinal's."""

    block: int
    start: int
    end: int
    number: str


def find(described: DescribedArticle, places: Sequence[Place]) -> tuple[Section, ...]:
    """The sections of the article in its order; none where there is nothing to part.

    Where the themes of the article are wanted too, `parts`, `themes.find_all` and `told` do it in one pass.
    """
    found = parts(described, places)
    if not found:
        return ()
    return told(described, places, found, themes.find_all(described, spans(found)).sections)


def parts(described: DescribedArticle, places: Sequence[Place]) -> tuple[Part, ...]:
    """The parts under the headings of the highest level that has two, or else those of paragraphs that open alike.

    The text before the first part belongs to none. Notes behind the last block that is no note are left out.
    """
    opened = _by_headings(described.blocks) or _by_openings(described, places)
    if not opened:
        return ()
    blocks = described.blocks
    last = len(blocks) - 1
    while blocks[last].kind is BlockKind.NOTE and last:
        last -= 1
    behind = [opening.block for opening in opened[1:]] + [max(last, opened[-1].block) + 1]
    return tuple(
        Part(blocks[opening.block].start, blocks[until - 1].end, opening.start, opening.end)
        for opening, until in zip(opened, behind, strict=True)
    )


def spans(found: Iterable[Part]) -> tuple[tuple[int, int], ...]:
    """Where each part starts and ends."""
    return tuple([(start, end) for start, end, _, _ in found])


def told(
    described: DescribedArticle, places: Sequence[Place], found: Sequence[Part], labels: Sequence[tuple[str, ...]]
) -> tuple[Section, ...]:
    """The parts as sections, with the units they report on and the theme labels that `themes.find_all` gives."""
    if not found:
        return ()
    units = _units(described, places, found)
    text = described.text
    return tuple(
        [
            Section(heading=text[label_start:label_end], start=start, end=end, places=codes, themes=of_part)
            for (start, end, label_start, label_end), codes, of_part in zip(found, units, labels, strict=True)
        ]
    )


def _by_headings(blocks: Sequence[Block]) -> list[_Opening]:
    levels = Counter(block.level for block in blocks if block.kind is BlockKind.HEADING)
    parting = [level for level, count in levels.items() if count >= LEAST_HEADINGS]
    if not parting:
        return []
    level = min(parting)
    return [
        _Opening(index, block.start, block.end, "")
        for index, block in enumerate(blocks)
        if block.kind is BlockKind.HEADING and block.level == level
    ]


def _by_openings(described: DescribedArticle, places: Sequence[Place]) -> list[_Opening]:
    needed = _layout().repeats_needed
    if len(described.blocks) < needed:
        return []
    for kind, pattern in _patterns().items():
        opened = [opening for opening in _openings(described, pattern) if opening]
        if kind == "place" and len(opened) >= needed:
            named = {evidence.start for place in places for evidence in place.evidence}
            opened = [opening for opening in opened if opening.start in named]
        elif kind == "ordinal":
            opened = _running(opened)
        if len(opened) >= needed and _chars_each(described, opened) >= _layout().shortest_part_chars:
            return opened
    return []


def _chars_each(described: DescribedArticle, opened: Sequence[_Opening]) -> float:
    return (described.blocks[-1].end - opened[0].start) / len(opened)


def _openings(described: DescribedArticle, pattern: re.Pattern[str]) -> Iterator[_Opening]:
    """The paragraphs and headings that open with the pattern."""
    longest = _layout().label_chars
    for index, block in enumerate(described.blocks):
        if block.kind in SILENT_BLOCKS:
            continue
        match = pattern.match(described.text, block.start, block.end)
        if match:
            start, end = match.span("label")
            number = match["number"] if "number" in pattern.groupindex else ""
            yield _Opening(index, start, min(end, start + longest), number)


def _running(opened: Sequence[_Opening]) -> list[_Opening]:
    """The openings whose numbers run one, two, three; of a second run inside it none."""
    found: list[_Opening] = []
    style = ""
    for opening in opened:
        looks = re.sub(r"[0-9]+|[一二三四五六七八九十]+|[①-⑳]", "", opening.number) + _style(opening.number)
        if _number(opening.number) == len(found) + 1 and looks in (style, style or looks):
            style = looks
            found.append(opening)
    return found


def _style(number: str) -> str:
    return "0" if number.isascii() else "一" if number[0] in ORDINALS else CIRCLED_ONE


def _number(number: str) -> int:
    if number.isascii():
        return int(number)
    if number[0] not in ORDINALS:
        return ord(number) - ord(CIRCLED_ONE) + 1
    tens, ten, ones = number.rpartition("十")
    value = ORDINALS.index(ones) + 1 if ones else 0
    return value + (10 * (ORDINALS.index(tens[0]) + 1 if tens else 1) if ten else 0)


class _Names(NamedTuple):
    """The units that a part names, by code.

    Those in its label; of the others the counties that the article reports on, and of the rest the mentions outside
    lists. A unit that the article mentions too seldom for any part is not in `text`.
    """

    end: int
    label_end: int
    label: set[str]
    counties: set[str]
    text: dict[str, int]


def _units(described: DescribedArticle, places: Sequence[Place], found: Sequence[Part]) -> Iterator[tuple[str, ...]]:
    """Of each part the units that it reports on, with those above them.

    They are those that its label names, the counties that the article reports on, and what is named again and again.
    """
    known = {place.code for place in places}
    layout = _layout()
    for _, _, label, counties, told in _names(described, places, found):
        needed = layout.mentions_needed_beside_label if label else layout.mentions_needed
        often = [code for code, mentions in told.items() if mentions >= needed]
        yield tuple(sorted(_with_parents(label.union(counties, often), known)))


def _names(described: DescribedArticle, places: Sequence[Place], found: Sequence[Part]) -> list[_Names]:
    text = described.text
    starts = [part.start for part in found]
    names = [_Names(part.end, part.label_end, set(), set(), {}) for part in found]
    silent = [at for block in described.blocks if block.kind in SILENT_BLOCKS for at in (block.start, block.end)]
    fewest = min(_layout().mentions_needed, _layout().mentions_needed_beside_label)
    for place in places:
        code, mentions = place.code, place.evidence
        sure = place.level == "county" and place.role == "subject"
        passing = not sure and len(mentions) < fewest
        for mention in mentions:
            start, end = mention.start, mention.end
            index = bisect_right(starts, start)
            if not index:
                continue
            part_end, label_end, label, counties, told = names[index - 1]
            if end <= label_end:
                label.add(code)
            # An odd number of starts and ends before it: inside a silent block.
            elif passing or end > part_end or (silent and bisect_right(silent, start) & 1):
                continue
            elif sure:
                counties.add(code)
            elif text[start - 1] != LIST_JOINER and not text.startswith(LIST_JOINER, end):
                told[code] = told.get(code, 0) + 1
    return names


def _with_parents(codes: set[str], known: set[str]) -> set[str]:
    """The codes with those of the units above them that the article has."""
    return codes.union(*map(_above, codes)) & known


@cache
def _above(code: str) -> tuple[str, str]:
    """The codes of the prefecture and the province that a code lies in, or its own."""
    return f"{code[:4]}00", f"{code[:2]}0000"


@cache
def _layout() -> _Layout:
    return reference.load("sections.yml", _Layout)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(pattern) for kind, pattern in _layout().openings.items()}
