"""The text of an article as Markdown: blocks with stable anchors, linked places, visible doubt."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec

from shanhai.pages.escape import attribute, inline
from shanhai.pages.markdown import Markdown, relative
from shanhai.pages.marks import Mark, shown_before
from shanhai.pages.targets import province_page
from shanhai.records import Block, BlockKind
from shanhai.relate.views import province_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shanhai.records import Annotations, DescribedArticle

GAP_SIGN = "〔缺〕"

BLOCK_CLASSES = {
    BlockKind.PARAGRAPH: "",
    BlockKind.CAPTION: " .caption",
    BlockKind.QUOTE: " .pull-quote",
    BlockKind.NOTE: " .editor-note",
}


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the clean text that is wrapped in `opening` and `closing`; an empty stretch shows `instead`."""

    start: int
    end: int
    opening: str
    closing: str
    instead: str = ""


class Anchors:
    """The anchor of every block of an article: p1, p2 … for text, s1, s2 … for headings."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        counts = {"p": 0, "s": 0}
        self._starts: list[int] = []
        self.names: list[str] = []
        self.blocks = tuple(blocks)
        for block in blocks:
            letter = "s" if block.kind is BlockKind.HEADING else "p"
            counts[letter] += 1
            self._starts.append(block.start)
            self.names.append(f"{letter}{counts[letter]}")

    def around(self, position: int) -> tuple[str, Block] | None:
        """The anchor and the block that hold a position of the clean text."""
        index = bisect_right(self._starts, position) - 1
        if index < 0 or position > self.blocks[index].end:
            return None
        return self.names[index], self.blocks[index]


def body(described: DescribedArticle, found: Annotations, marks: Iterable[Mark], page: str) -> Markdown:
    """All blocks of an article."""
    spans = _mark_spans(marks)
    spans = _apart([*spans, *_place_links(described, found, spans, page)])
    anchors = Anchors(described.blocks)
    pieces = []
    position = 0
    for name, block in zip(anchors.names, anchors.blocks, strict=True):
        inside = []
        while position < len(spans) and spans[position].start <= block.end:
            inside.append(spans[position])
            position += 1
        pieces.append(_block(described.text, block, name, inside))
    return Markdown("\n\n".join(pieces))


def _block(text: str, block: Block, anchor: str, spans: list[Span]) -> str:
    if block.kind is BlockKind.HEADING:
        words = _wrapped(text, block, [span for span in spans if span.closing == "</span>"])
        return f"{'#' * min(max(block.level, 2), 4)} {words} {{: #{anchor} }}"
    attributes = f"{{: #{anchor}{BLOCK_CLASSES[block.kind]} }}"
    lines = f"{_wrapped(text, block, spans)}\n{attributes}"
    if block.kind is BlockKind.QUOTE:
        return "\n".join(f"> {line}" for line in lines.split("\n"))
    return lines


def _wrapped(text: str, block: Block, spans: list[Span]) -> str:
    pieces = []
    position = block.start
    for span in spans:
        if span.start < position or span.end > block.end:
            continue
        pieces.append(_lines(text[position : span.start]))
        pieces.append(span.opening + (inline(text[span.start : span.end]) or span.instead) + span.closing)
        position = span.end
    pieces.append(_lines(text[position : block.end]))
    return "".join(pieces)


def _lines(text: str) -> str:
    return "<br>".join(inline(line) for line in text.split("\n"))


def _mark_spans(marks: Iterable[Mark]) -> list[Span]:
    spans = []
    for mark in marks:
        if mark.start is None or mark.end is None or mark.of_page:
            continue
        kind = "gap" if mark.is_gap else "conjecture"
        hover = "此处原文有缺" if mark.is_gap else f"整理者的读法\uff0c原作\uff1a{shown_before(mark.edit) or '无'}"
        spans.append(
            Span(
                start=mark.start,
                end=mark.end,
                opening=f'<span class="{kind}" title="{attribute(hover)}">',
                closing="</span>",
                instead=GAP_SIGN if mark.is_gap else "",
            )
        )
    return spans


def _place_links(described: DescribedArticle, found: Annotations, taken: list[Span], page: str) -> list[Span]:
    """A link at the first mention of each province outside headings and doubtful readings."""
    headings = [block for block in described.blocks if block.kind is BlockKind.HEADING]
    closed = [(block.start, block.end) for block in headings] + [(span.start, span.end) for span in taken]
    spans = []
    for place in found.places:
        province = province_of(place.name)
        if place.level != "province" or not province:
            continue
        free = (e for e in place.evidence if not any(start < e.end and e.start < end for start, end in closed))
        first = next(free, None)
        if first:
            target = relative(province_page(province), page)
            spans.append(Span(start=first.start, end=first.end, opening="[", closing=f"]({target})"))
    return spans


def _apart(spans: list[Span]) -> list[Span]:
    """The spans in the order of the text; of two that overlap, the one that starts first stays."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
