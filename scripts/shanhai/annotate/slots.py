"""Sentences with their places taken out: what stands between the slots says what the places have to do with each other.

A place that a later sentence only points at (两地, 该县, 后者) is read as the place it points at.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import combinations
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
    are the words of a sentence that point at places, `speaking` the sentences of both that speak of assistance.
    """

    spans: list[Span]
    pair_names: list[Span]
    by_sentence: dict[int, list[Span]]
    pointing: dict[int, list[re.Match[str]]]
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
        return Named(spans, pair_names, {}, {}, [])
    bounds, cues = sentences.spans(text), _speaking()
    inside = _by_sentence(spans, bounds)
    pointing: dict[int, list[re.Match[str]]] = {}
    for match in POINTER.finditer(text):
        pointing.setdefault(bisect_right(bounds, (match.start(), FAR)) - 1, []).append(match)
    search = cues.search
    speaking = [index for index in sorted(pointing.keys() | inside.keys()) if search(text, *bounds[index])]
    return Named(spans, pair_names, inside, pointing, speaking)


@cache
def _speaking() -> re.Pattern[str]:
    return re.compile(patterns().speaking)


def _joined(single: Sequence[tuple[int, int, str]], text: str) -> list[Span]:
    """Each path as its last unit: a part that stands right behind what it is part of, or behind 的, goes on with it."""
    if not single:
        return []
    units, above, span = gazetteer.by_code(), directions.above, tuple.__new__
    spans: list[Span] = []
    open_start, open_end, open_code = single[0]
    for start, end, code in single:
        gap = start - open_end
        if gap < 0:
            continue
        if (
            gap <= LINK_CHARS
            and open_code in above(code)
            and (not gap or (text[start - 1] == "的" and LINK_BREAKS.isdisjoint(text[open_end:start])))
        ):
            open_end, open_code = end, code
            continue
        spans.append(span(Span, (open_start, open_end, units[open_code][-1])))
        open_start, open_end, open_code = start, end, code
    spans.append(span(Span, (open_start, open_end, units[open_code][-1])))
    return spans


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
    if not inside:
        return
    bounds, silent, tells = sentences.spans(text), places.SILENT_BLOCKS, telling.search
    starts = [block.start for block in blocks]
    indexes = {index for index, of_sentence in inside.items() if len(of_sentence) > 1}
    for index in sorted(indexes | pointing.keys()):
        start, end = bounds[index]
        points, spans = pointing.get(index), inside.get(index, [])
        if not (points or _may_be_pair(spans)) or not tells(text, start, end):
            continue
        at = bisect_right(starts, start) - 1
        if at < 0 or blocks[at].kind in silent:
            continue
        quoted = start
        if points:
            spans, quoted = _resolved(points, start, spans, before(described, named, index, at))
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
    if len(spans) < 2:
        return False
    above, first = directions.above, spans[0][2].code
    over_first = above(first)
    for span in spans:
        code = span[2].code
        if code != first and code not in over_first and first not in above(code):
            return True
    others = {span[2].code for span in spans} - {first}
    return any(one not in above(other) and other not in above(one) for one, other in combinations(others, 2))


def _resolved(
    pointers: Sequence[re.Match[str]], start: int, own: list[Span], before: Sequence[Sequence[Span]]
) -> tuple[list[Span], int]:
    """The places of a sentence with those that it points at, and from where a quotation shows what they mean.

    `before` are the places of the sentences before it, the nearest first. 两地 and 前者 mean two units that stand
    before them in the sentence, or alone in the nearest one with places; 该县 means the last county before it. The two
    that 两地 means have the same bounds.
    """
    spans, quoted = list(own), start
    for match in pointers:
        word, (first, last) = match[0], match.span()
        ahead = [span for span in own if span[1] <= first]
        if ahead and ahead[-1][1] == first:
            continue
        if word[0] == "该":
            units, at = _last_of_kind(word[1], ahead, before)
            quoted = min(quoted, at)
        else:
            units = _pointed_at(word, ahead, before[:1])
            if units and not ahead:
                quoted = min(quoted, before[0][0].start)
        spans += [Span(first, last, unit) for unit in units]
    spans.sort(key=_span_start)
    return spans, quoted


def _pointed_at(word: str, ahead: Sequence[Span], before: Sequence[Sequence[Span]]) -> tuple[Unit, ...]:
    among = ahead or [span for of_sentence in before for span in of_sentence]
    units = tuple({span.unit.code: span.unit for span in among}.values())
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
    return tuple.__new__(Masked, (SLOT.join(pieces), tuple(spans), tuple(slots), quoted, end, block))


def plain(described: DescribedArticle, at: int) -> Masked | None:
    """The sentence around a character, nothing taken out; `None` in captions and notes."""
    index = block_at(described.blocks, at)
    if index < 0 or described.blocks[index].kind in places.SILENT_BLOCKS:
        return None
    start, end = sentences.around(described.text, at)
    return Masked(described.text[start:end], (), (), start, end, described.blocks[index])
