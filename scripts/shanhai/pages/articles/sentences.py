"""The sentence around a piece of evidence, and its anchor: p3-2 is the second sentence of the third paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shanhai.pages.articles.anchors import Anchors
from shanhai.pages.targets import article_page
from shanhai.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shanhai.records import Annotations, Article, Evidence

SENTENCE_ENDS = "。\uff01\uff1f!?\uff1b\n"
CLOSING = "”’」』\uff09)"


class Sentence(NamedTuple):
    """`text[start:end]` of an article and its anchor; of a heading the whole, under the heading's own anchor."""

    anchor: str
    start: int
    end: int


def sentence(text: str, anchors: Anchors, evidence: Evidence) -> Sentence | None:
    """The sentence that holds a piece of evidence, or the run of sentences; `None` for a place outside all blocks."""
    place = anchors.around(evidence.start)
    if place is None:
        return None
    name, block = place
    if block.kind is BlockKind.HEADING:
        return Sentence(name, block.start, block.end)
    start = max(text.rfind(end, block.start, evidence.start) + 1 for end in SENTENCE_ENDS)
    start = max(start, block.start)
    while start < evidence.start and text[start] in CLOSING:
        start += 1
    number = 1 + sum(text.count(end, block.start, start) for end in SENTENCE_ENDS)
    return Sentence(f"{name}-{number}", start, _end(text, max(evidence.end, evidence.start + 1), block.end))


def target(article: Article, evidence: Evidence) -> str:
    """Where a piece of evidence stands: the article's page with the anchor of the sentence."""
    described = article.described
    found = sentence(described.text, Anchors(described.blocks), evidence)
    return article_page(article) + (f"#{found.anchor}" if found else "")


def cited(found: Annotations) -> Iterator[Evidence]:
    """The pieces of evidence whose sentences have an anchor of their own: the first of a place, all of the others."""
    yield from (place.evidence[0] for place in found.places if place.evidence)
    yield from (one for tag in found.themes for one in tag.evidence)
    for claims in (found.pairs, found.organisations, found.practices, found.figures):
        yield from (claim.evidence for claim in claims)


def _end(text: str, position: int, limit: int) -> int:
    if text[position - 1] in SENTENCE_ENDS:
        return min(position, limit)
    ends = [found + 1 for found in (text.find(end, position, limit) for end in SENTENCE_ENDS) if found >= 0]
    end = min(ends, default=limit)
    while end < limit and text[end] in CLOSING:
        end += 1
    return end
