"""Sentences with their places taken out: what stands between the slots says what the places have to do with each other.

A place that a later sentence only points at (两地, 该县, 后者) is read as the place it points at.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import combinations, starmap
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import directions, gazetteer, places, sentences
from shanhai.annotate.mentions import PAIR_NAME
from shanhai.annotate.pair_patterns import SLOT, patterns
from shanhai.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.annotate.gazetteer import Unit
    from shanhai.records import Block, DescribedArticle, Place

LINK_CHARS = 17
"""What may stand between a unit and one of its own: 贵州省深度贫困县之一的从江县."""

LINK_BREAKS = frozenset("\n\uff0c。\uff1b\uff1a、“”")

FAR = 1 << 40
"""An offset beyond any text."""

SENTENCES_BACK = 3
"""How many sentences back 两地 and 该县 may point."""

POINTER = re.compile("两[地省市县区州]|双方|它们|前者|后者|该[省市县区州旗]|当地|这里")

_block_start = attrgetter("start")
_span_start = itemgetter(0)


class Span(NamedTuple):
    """A place as one reads it, from the first to the last unit of its path: 江苏省张家港市 is 张家港市."""

    start: int
    end: int
    unit: Unit


class Masked(NamedTuple):
    """A sentence with a slot for each place: `spans[i]` is the place of the slot at `slots[i]`.

    `start` to `end` is what a quotation needs: the sentence, and those before it that a pointing word leads to.
    """

    text: str
    spans: tuple[Span, ...]
    slots: tuple[int, ...]
    start: int
    end: int
    block: Block

    def between(self, start: int, end: int) -> tuple[Span, ...]:
        """The places whose slots stand in `text[start:end]`."""
        return self.spans[bisect_left(self.slots, start) : bisect_left(self.slots, end)]


class Named(NamedTuple):
    """The places of an article in the order of its text, and its two-character names of pairs, two units each.

    `by_sentence` are the places of each sentence that has any, by the sentence's index in `sentences.spans`; `pointing`
    are the indexes of sentences with a word that points at places, `speaking` those of both that speak of assistance.
    """

    spans: list[Span]
    pair_names: list[Span]
    by_sentence: dict[int, list[Span]]
    pointing: set[int]
    speaking: list[int]


def named(text: str, found: Sequence[Place]) -> Named:
    """The places by name, each path read as its last unit; those that are only implied are left out."""
    single: list[tuple[int, int, str]] = []
    paired: list[tuple[int, int, str]] = []
    for place in found:
        code = place.code
        for evidence in place.evidence:
            rule = evidence.rule
            if rule == PAIR_NAME:
                paired.append((evidence.start, evidence.end, code))
            elif rule != places.IMPLIED:
                single.append((evidence.start, evidence.end, code))
    single.sort()
    spans = _joined(single, text)
    pair_names = [Span(start, end, gazetteer.unit(code)) for start, end, code in sorted(paired)]
    if not spans:
        return Named(spans, pair_names, {}, set(), [])
    bounds, cues = sentences.spans(text), _speaking()
    inside = _by_sentence(spans, bounds)
    pointing = {bisect_right(bounds, (match.start(), FAR)) - 1 for match in POINTER.finditer(text)}
    speaking = [index for index in sorted(pointing | inside.keys()) if cues.search(text, *bounds[index])]
    return Named(spans, pair_names, inside, pointing, speaking)


@cache
def _speaking() -> re.Pattern[str]:
    return re.compile(patterns().speaking)


def _joined(single: Sequence[tuple[int, int, str]], text: str) -> list[Span]:
    units = gazetteer.by_code()
    spans: list[Span] = []
    open_start, open_end, open_code = 0, -1, ""
    for start, end, code in single:
        gap = start - open_end
        if gap < 0:
            continue
        if open_code:
            if gap <= LINK_CHARS and open_code in directions.above(code) and _links(text[open_end:start]):
                open_end, open_code = end, code
                continue
            spans.append(Span(open_start, open_end, units[open_code][-1]))
        open_start, open_end, open_code = start, end, code
    if open_code:
        spans.append(Span(open_start, open_end, units[open_code][-1]))
    return spans


def _links(gap: str) -> bool:
    return not gap or (gap[-1] == "的" and LINK_BREAKS.isdisjoint(gap))


def _by_sentence(spans: Sequence[Span], bounds: Sequence[tuple[int, int]]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    index, end = -1, -1
    inside: list[Span] = []
    for span in spans:
        start = span[0]
        if start < end:
            inside.append(span)
            continue
        index = bisect_right(bounds, (start, FAR), index + 1) - 1
        end = bounds[index][1]
        inside = found[index] = [span]
    return found


def masked(described: DescribedArticle, named: Named, telling: re.Pattern[str]) -> Iterator[Masked]:
    """The telling sentences of the article's own text with two places, those that are pointed at counted."""
    text, blocks, inside, pointing = described.text, described.blocks, named.by_sentence, named.pointing
    bounds = sentences.spans(text) if inside else ()
    indexes = {index for index, of_sentence in inside.items() if len(of_sentence) > 1}
    for index in sorted(indexes | pointing):
        start, end = bounds[index]
        spans = inside.get(index, [])
        if (index not in pointing and not _may_be_pair(spans)) or not telling.search(text, start, end):
            continue
        at = block_at(blocks, start)
        if at < 0 or blocks[at].kind in places.SILENT_BLOCKS:
            continue
        quoted = start
        if index in pointing:
            spans, quoted = _resolved(text, (start, end), spans, before(described, named, index, at))
            if not _may_be_pair(spans):
                continue
        yield mask(text, (start, end), spans, blocks[at], quoted)


def before(described: DescribedArticle, named: Named, index: int, at: int) -> list[list[Span]]:
    """The places of the sentences before one, the nearest first, in its block (the `at`-th) or the heading before it.

    No farther back than `SENTENCES_BACK`.
    """
    blocks, inside = described.blocks, named.by_sentence
    headed = at > 0 and blocks[at - 1].kind is BlockKind.HEADING
    floor = bisect_left(sentences.spans(described.text), (blocks[at - headed].start, 0))
    return [inside[one] for one in range(index - 1, max(floor, index - SENTENCES_BACK) - 1, -1) if one in inside]


def block_at(blocks: Sequence[Block], position: int) -> int:
    """The index of the block that a character stands in, or of the last one before it; -1 before the first."""
    return bisect_right(blocks, position, key=_block_start) - 1


def _may_be_pair(spans: Sequence[Span]) -> bool:
    """Whether any two of the places are neither the same nor one a part of the other."""
    units = {span.unit for span in spans}
    return len(units) > 1 and not all(starmap(directions.is_related, combinations(units, 2)))


def _resolved(
    text: str, bounds: tuple[int, int], own: list[Span], before: Sequence[Sequence[Span]]
) -> tuple[list[Span], int]:
    """The sentence's places with those that it points at, and from where a quotation shows what they mean.

    `before` are the places of the sentences before it, the nearest first. 两地 and 前者 mean two units that stand
    before them in the sentence, or alone in the nearest one with places; 该县 means the last county before it. The two
    that 两地 means have the same bounds.
    """
    start, end = bounds
    spans, quoted = list(own), start
    ends = {span.end for span in own}
    for match in POINTER.finditer(text, start, end):
        if match.start() in ends:
            continue
        ahead = [span for span in own if span.end <= match.start()]
        if match[0][0] == "该":
            units, at = _last_of_kind(match[0][1], ahead, before)
            quoted = min(quoted, at)
        else:
            units = _pointed_at(match[0], ahead, before[:1])
            if units and not ahead:
                quoted = min(quoted, before[0][0].start)
        spans += [Span(*match.span(), unit) for unit in units]
    spans.sort(key=_span_start)
    return spans, quoted


def _pointed_at(word: str, ahead: Sequence[Span], before: Sequence[Sequence[Span]]) -> tuple[Unit, ...]:
    among = ahead or [span for of_sentence in before for span in of_sentence]
    units = tuple({span.unit: None for span in among})
    if len(units) != 2:
        return ()
    return {"前者": units[:1], "后者": units[1:]}.get(word, units)


def _last_of_kind(kind: str, ahead: Sequence[Span], before: Sequence[Sequence[Span]]) -> tuple[tuple[Unit, ...], int]:
    """The last unit whose name ends like that, and where its mention begins."""
    for of_sentence in (ahead, *before):
        for span in reversed(of_sentence):
            if span.unit.name[-1] == kind:
                return (span.unit,), span.start
    return (), FAR


def mask(text: str, bounds: tuple[int, int], spans: Sequence[Span], block: Block, quoted: int) -> Masked:
    """A sentence with a slot for each of its places; two with the same bounds are read as joined by 和."""
    pieces: list[str] = []
    slots: list[int] = []
    position, end = bounds
    length = 0
    for start, after, _ in spans:
        piece = text[position:start] if start >= position else "和"
        pieces.append(piece)
        length += len(piece)
        slots.append(length)
        length += 1
        position = after
    pieces.append(text[position:end])
    return Masked(SLOT.join(pieces), tuple(spans), tuple(slots), quoted, end, block)


def plain(described: DescribedArticle, at: int) -> Masked | None:
    """The sentence around a character, nothing taken out; `None` in captions and notes."""
    index = block_at(described.blocks, at)
    if index < 0 or described.blocks[index].kind in places.SILENT_BLOCKS:
        return None
    start, end = sentences.around(described.text, at)
    return Masked(described.text[start:end], (), (), start, end, described.blocks[index])
