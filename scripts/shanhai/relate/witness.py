"""Another copy as a witness: where one mirror is damaged and another is whole, the whole one says what stood there.

Both copies must agree on the twelve characters before and behind the doubt, letter by letter, these must stand once in
either, and all witnesses that have the place whole must agree. Then what they say is no conjecture any more.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai import editlog
from shanhai.describe.derived import derived_title
from shanhai.marks import doubtful
from shanhai.records import Certainty, DescribedArticle, Edit, EditPass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.records import Block

STEP = "witness"
REPAIRED, CONFIRMED = "WITNESS-01", "WITNESS-02"

CONTEXT_CHARS = 12
"""Letters, characters and digits on each side that must agree and be unique in both copies."""

FILL_MAX_CHARS = 24
"""The longest name with its office that a mask hides, and twice what a lost run of bytes leaves."""

WITNESSES_MAX = 24
"""Asked of a larger family: enough to contradict one another, few enough that a thousand copies cost little."""

_MASK = re.compile(r"[*\uff0a]+")
_LACUNA = re.compile(r"[*\uff0a?\ufffd\ue000-\uf8ff\u25a0\u25a1\u25a2\u3013\n]")


class Doubt(NamedTuple):
    """A span of the clean text that a mirror damaged; `edit` is what recorded it, `None` for a mask not recorded."""

    start: int
    end: int
    edit: Edit | None


class Copy:
    """A described article as a witness or as the one that asks: its letters with their places, and its doubts."""

    def __init__(self, described: DescribedArticle) -> None:
        self.described = described
        self.text = described.text

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """What is doubtful in the text, in its order, none overlapping another."""
        marks = [mark for mark in doubtful(self.described) if not mark.of_page]
        found = [Doubt(m.start, m.end, m.edit) for m in marks if m.start is not None and m.end is not None]
        found += [Doubt(*mask.span(), None) for mask in _MASK.finditer(self.text)]
        return _apart(found)

    @cached_property
    def places(self) -> list[int]:
        """The position of each letter in the text."""
        return [at for at, char in enumerate(self.text) if char.isalnum()]

    @cached_property
    def letters(self) -> str:
        """The text's letters, characters and digits alone."""
        return "".join(char for char in self.text if char.isalnum())

    @cached_property
    def contexts(self) -> dict[str, int]:
        """Each run of twelve letters with its number, or -1 if it stands there more than once."""
        runs: dict[str, int] = {}
        for at in range(len(self.letters) - CONTEXT_CHARS + 1):
            run = self.letters[at : at + CONTEXT_CHARS]
            runs[run] = -1 if run in runs else at
        return runs

    def is_doubtful(self, start: int, end: int) -> bool:
        """Whether a doubt touches the span."""
        at = bisect_left(self.doubts, (start,)) - 1
        near = self.doubts[max(at, 0) :]
        for one in near:
            if one.start > end:
                break
            if one.end >= start:
                return True
        return False


class Reading(NamedTuple):
    """What a witness says for a doubt."""

    doubt: Doubt
    words: str
    witness: str


def repaired(copy: Copy, others: Sequence[Copy]) -> DescribedArticle:
    """The article with every doubt that its witnesses settle: repaired (WITNESS-01) or confirmed (WITNESS-02).

    A settled edit of the log is sure from then on and names its witness. Blocks move along; what was found in the text
    (annotations) must be found again where the text changed.
    """
    if not copy.doubts:
        return copy.described
    said: dict[Doubt, list[Reading]] = {}
    for other in sorted(others, key=lambda one: (len(one.doubts), one.described.raw.file))[:WITNESSES_MAX]:
        for reading in _testimony(copy, other):
            said.setdefault(reading.doubt, []).append(reading)
    settled = [readings[0] for readings in said.values() if len({one.words for one in readings}) == 1]
    settled.sort(key=lambda one: one.doubt.start)
    return _with(copy.described, settled) if settled else copy.described


def _testimony(copy: Copy, other: Copy) -> Iterator[Reading]:
    for group in _groups(copy):
        region = _region(copy, other, group)
        words = _words_between(copy.text, group, region) if region is not None else None
        for doubt, fill in zip(group, words or (), strict=False):
            if _is_testimony(copy.text, doubt, fill):
                yield Reading(doubt, fill, other.described.raw.file)


def _groups(copy: Copy) -> list[list[Doubt]]:
    """The doubts, those together that stand in one another's context."""
    groups: list[list[Doubt]] = []
    for one in copy.doubts:
        if groups:
            between = bisect_left(copy.places, one.start) - bisect_left(copy.places, groups[-1][-1].end)
            if between < CONTEXT_CHARS:
                groups[-1].append(one)
                continue
        groups.append([one])
    return groups


def _region(copy: Copy, other: Copy, group: Sequence[Doubt]) -> str | None:
    """What the witness has between the contexts, without what stands there in both beside the doubts."""
    left = bisect_left(copy.places, group[0].start) - CONTEXT_CHARS
    right = bisect_left(copy.places, group[-1].end)
    if left < 0 or right + CONTEXT_CHARS > len(copy.letters):
        return None
    before, after = (copy.letters[at : at + CONTEXT_CHARS] for at in (left, right))
    if copy.contexts[before] < 0 or copy.contexts[after] < 0:
        return None
    found, behind = other.contexts.get(before, -1), other.contexts.get(after, -1)
    if found < 0 or behind < found + CONTEXT_CHARS:
        return None
    start, end = other.places[found + CONTEXT_CHARS - 1] + 1, other.places[behind]
    opening = copy.text[copy.places[left + CONTEXT_CHARS - 1] + 1 : group[0].start]
    closing = copy.text[group[-1].end : copy.places[right]]
    region = other.text[start:end]
    fits = region.startswith(opening) and region.endswith(closing) and len(region) >= len(opening) + len(closing)
    if not fits or other.is_doubtful(start, end):
        return None
    return region[len(opening) : len(region) - len(closing)]


def _words_between(text: str, group: Sequence[Doubt], region: str) -> list[str] | None:
    """The witness's words for each doubt of a group; what stands between two doubts must stand in the region once."""
    words: list[str] = []
    for left, right in pairwise(group):
        fixed = text[left.end : right.start]
        if len(fixed) < 2 or region.count(fixed) != 1:
            return None
        word, _fixed, region = region.partition(fixed)
        words.append(word)
    return [*words, region]


def _is_testimony(text: str, doubt: Doubt, words: str) -> bool:
    """Whether the words may stand for the doubt; a copy that has the same there confirms a conjecture, but no gap."""
    if words == text[doubt.start : doubt.end]:
        return doubt.edit is not None and doubt.edit.certainty is Certainty.CONJECTURE
    longest = max(FILL_MAX_CHARS, 2 * (doubt.end - doubt.start))
    return bool(words.strip()) and len(words) <= longest and not _LACUNA.search(words)


def _with(described: DescribedArticle, settled: Sequence[Reading]) -> DescribedArticle:
    edits = tuple(_edit(described.text, one) for one in settled)
    text = editlog.apply(described.text, edits)
    witnesses = {id(one.doubt.edit): one.witness for one in settled if one.doubt.edit}
    log = tuple(msgspec.structs.replace(one, edits=_settled(one.edits, witnesses)) for one in described.log)
    blocks = _moved(described.blocks, edits)
    title = derived_title(text, blocks) if described.title_derived else described.title
    log = (*log, EditPass(step=STEP, edits=edits))
    return msgspec.structs.replace(described, text=text, log=log, blocks=blocks, title=title)


def _edit(text: str, one: Reading) -> Edit:
    before = text[one.doubt.start : one.doubt.end]
    rule = CONFIRMED if before == one.words else REPAIRED
    return Edit(
        rule=rule, start=one.doubt.start, end=one.doubt.end, before=before, after=one.words, witness=one.witness
    )


def _settled(edits: tuple[Edit, ...], witnesses: dict[int, str]) -> tuple[Edit, ...]:
    if not any(id(one) in witnesses for one in edits):
        return edits
    return tuple(
        msgspec.structs.replace(one, certainty=Certainty.SURE, witness=witnesses[id(one)])
        if id(one) in witnesses
        else one
        for one in edits
    )


def _moved(blocks: Sequence[Block], edits: Sequence[Edit]) -> tuple[Block, ...]:
    """The blocks after the edits, none of which spans two; what is put in at a block's edge belongs to the block."""
    grown = list(accumulate((len(one.after) - len(one.before) for one in edits), initial=0))
    starts, ends = [one.start for one in edits], [one.end for one in edits]
    return tuple(
        msgspec.structs.replace(
            block,
            start=block.start + grown[bisect_left(starts, block.start)],
            end=block.end + grown[bisect_right(ends, block.end)],
        )
        for block in blocks
    )


def _apart(doubts: list[Doubt]) -> tuple[Doubt, ...]:
    kept: list[Doubt] = []
    for one in sorted(doubts, key=lambda doubt: (doubt.start, -doubt.end)):
        if not kept or one.start >= max(kept[-1].end, kept[-1].start + 1):
            kept.append(one)
    return tuple(kept)
