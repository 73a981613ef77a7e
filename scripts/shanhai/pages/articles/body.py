"""The text of an article as Markdown: blocks and sentences with stable anchors, linked places, visible doubt."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from typing import TYPE_CHECKING

import msgspec

from shanhai.annotate import gazetteer
from shanhai.pages.articles.anchors import Anchors
from shanhai.pages.articles.sentences import Sentence, cited, sentence
from shanhai.pages.escape import attribute, inline
from shanhai.pages.markdown import Markdown, relative
from shanhai.pages.targets import unit_page
from shanhai.records import Block, BlockKind
from shanhai.unshown import shown_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.marks import Mark
    from shanhai.records import Annotations, DescribedArticle, Evidence

GAP_SIGN = "〔缺〕"

BLOCK_CLASSES = {
    BlockKind.PARAGRAPH: "",
    BlockKind.CAPTION: " .caption",
    BlockKind.QUOTE: " .pull-quote",
    BlockKind.NOTE: " .editor-note",
}

LEDE_LONGEST_CHARS = 200
"""A longer first paragraph is text already."""

LEDE_PARAGRAPHS = 4
"""So many paragraphs an article has for the first to be a lede."""


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the clean text that is wrapped in `opening` and `closing`; an empty stretch shows `instead`."""

    start: int
    end: int
    opening: str
    closing: str
    instead: str = ""


def body(described: DescribedArticle, found: Annotations, marks: Sequence[Mark], page: str) -> Markdown:
    """All blocks of an article. A doubtful reading leads to its line in the list of doubts, #n1 … in their order."""
    doubts = _mark_spans(marks)
    spans = _apart([*doubts, *_place_links(described, found, doubts, page)])
    anchors = Anchors(described.blocks)
    sentences = _sentences(described.text, found, anchors)
    lede = _lede(described.blocks)
    pieces = []
    position = 0
    for name, block in zip(anchors.names, anchors.blocks, strict=True):
        inside = []
        while position < len(spans) and spans[position].start <= block.end:
            inside.append(spans[position])
            position += 1
        kind = " .lede" if block is lede else BLOCK_CLASSES.get(block.kind, "")
        pieces.append(_block(described.text, block, (name, kind), inside, sentences.get(name, [])))
    return Markdown("\n\n".join(pieces))


def _lede(blocks: Sequence[Block]) -> Block | None:
    """The first paragraph, where it opens the article and is short beside it."""
    paragraphs = [block for block in blocks if block.kind is BlockKind.PARAGRAPH]
    first = next((block for block in blocks if block.kind not in (BlockKind.CAPTION, BlockKind.NOTE)), None)
    if len(paragraphs) < LEDE_PARAGRAPHS or first is not paragraphs[0]:
        return None
    return first if first.end - first.start <= LEDE_LONGEST_CHARS else None


def _sentences(text: str, found: Annotations, anchors: Anchors) -> dict[str, list[Sentence]]:
    """By anchor of a block: its sentences that evidence leads to, in order.

    Where one piece of evidence goes on beyond the sentence and another does not, the sentence alone is taken.
    """
    named = (one for evidence in cited(found) if (one := sentence(text, anchors, evidence)) and "-" in one.anchor)
    wanted: dict[str, Sentence] = {}
    for one in sorted(named, key=lambda one: (one.start, one.end)):
        wanted.setdefault(one.anchor, one)
    by_block: dict[str, list[Sentence]] = {}
    for one in wanted.values():
        by_block.setdefault(one.anchor.partition("-")[0], []).append(one)
    return by_block


def _block(text: str, block: Block, named: tuple[str, str], spans: list[Span], sentences: list[Sentence]) -> str:
    anchor, kind = named
    if block.kind is BlockKind.HEADING:
        words = _wrapped(text, (block.start, block.end), deque(_without_links(spans)), last=True)
        return f"{'#' * min(max(block.level, 2), 4)} {words} {{: #{anchor} }}"
    lines = f"{_with_sentences(text, block, spans, sentences)}\n{{: #{anchor}{kind} }}"
    if block.kind is BlockKind.QUOTE:
        return "\n".join(f"> {line}" for line in lines.split("\n"))
    return lines


def _without_links(spans: list[Span]) -> list[Span]:
    """The doubtful readings of a heading, which stands in the table of contents too: marked, but no links."""
    return [
        msgspec.structs.replace(
            span, opening=f"<span{span.opening.removeprefix('<a').partition(' href')[0]}>", closing="</span>"
        )
        for span in spans
        if span.closing == "</a>"
    ]


def _with_sentences(text: str, block: Block, spans: list[Span], sentences: list[Sentence]) -> str:
    """The block with its sentences wrapped; one that cannot be parted from another has its anchor before it alone."""
    pieces = []
    position = block.start
    left = deque(spans)
    for one in sentences:
        start, end = _widened(one, spans)
        if start < position:
            pieces.append(f'<span id="{one.anchor}"></span>')
            continue
        end = min(end, block.end)
        pieces.append(_wrapped(text, (position, start), left))
        inside = _wrapped(text, (start, end), left, last=end == block.end)
        pieces.append(f'<span id="{one.anchor}">{inside}</span>')
        position = end
    pieces.append(_wrapped(text, (position, block.end), left, last=True))
    return "".join(pieces)


def _widened(one: Sentence, spans: list[Span]) -> tuple[int, int]:
    """The sentence with all of the spans that lie across its ends."""
    start, end = one.start, one.end
    for span in spans:
        if span.start < start < span.end:
            start = span.start
        if span.start < end < span.end:
            end = span.end
    return start, end


def _wrapped(text: str, between: tuple[int, int], spans: deque[Span], *, last: bool = False) -> str:
    """The text between two places with the spans that begin before its end, which are taken out of `spans`.

    A span that begins at the end, an empty gap, belongs to what follows, unless this is the last part of the block.
    """
    position, end = between
    pieces = []
    while spans and (last or spans[0].start < end):
        span = spans.popleft()
        if span.start < position or span.end > end:
            continue
        pieces.append(_lines(text[position : span.start]))
        pieces.append(span.opening + (inline(text[span.start : span.end]) or span.instead) + span.closing)
        position = span.end
    pieces.append(_lines(text[position:end]))
    return "".join(pieces)


def _lines(text: str) -> str:
    return "<br>".join(inline(line) for line in text.split("\n"))


def _mark_spans(marks: Sequence[Mark]) -> list[Span]:
    spans = []
    for number, mark in enumerate(marks, 1):
        if mark.start is None or mark.end is None or mark.of_page:
            continue
        kind = "gap" if mark.is_gap else "conjecture"
        hover = "此处原文有缺" if mark.is_gap else f"整理者的读法\uff0c原作\uff1a{shown_before(mark.edit) or '无'}"
        spans.append(
            Span(
                start=mark.start,
                end=mark.end,
                opening=f'<a class="{kind}" title="{attribute(hover)}" href="#n{number}">',
                closing="</a>",
                instead=GAP_SIGN if mark.is_gap else "",
            )
        )
    return spans


def _place_links(described: DescribedArticle, found: Annotations, taken: list[Span], page: str) -> list[Span]:
    """A link at the first mention of each unit outside headings and doubtful readings."""
    headings = [(block.start, block.end) for block in described.blocks if block.kind is BlockKind.HEADING]
    closed = sorted([*headings, *((span.start, span.end) for span in taken)])
    starts = [start for start, _ in closed]
    spans = []
    for place in found.places:
        code = gazetteer.code_of(place.name)
        first = next((one for one in place.evidence if _is_free(one, closed, starts)), None)
        if code and first:
            hover = f' "今{attribute(place.name)}"' if place.name_then else ""
            closing = f"]({relative(unit_page(code), page)}{hover})"
            spans.append(Span(start=first.start, end=first.end, opening="[", closing=closing))
    return spans


def _is_free(one: Evidence, closed: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    """Whether a piece of evidence touches none of the closed stretches, which are sorted."""
    before = bisect_left(starts, one.end) - 1
    return before < 0 or closed[before][1] <= one.start


def _apart(spans: list[Span]) -> list[Span]:
    """The spans in the order of the text; of two that overlap, the one that starts first stays."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
