"""Pairs whose two places stand in neighbouring sentences: 从江县山高路远。在富阳区的帮扶下.

A sentence that says of one place that it assists, or is assisted, means the place of the sentence before.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import directions, gazetteer, places, sentences, slots, statements
from shanhai.annotate.pair_patterns import patterns, regex
from shanhai.annotate.statements import Statement
from shanhai.records import BlockKind

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from shanhai.annotate.slots import Masked, Named, Span
    from shanhai.records import DescribedArticle

SENTENCES_BACK = 2
"""How many sentences back the other place may stand."""


class _Forms(NamedTuple):
    helper: re.Pattern[str]
    aided: re.Pattern[str]


def stated(described: DescribedArticle, named: Named, year: int | None) -> Iterator[Statement]:
    """The statements of sentences with one place, each with the one place before it that fits."""
    inside = named.by_sentence
    for index in named.speaking:
        before = inside.get(index - 1) or inside.get(index - SENTENCES_BACK)
        spans = inside.get(index)
        if not before or not spans or not _is_one_party(spans):
            continue
        own, others = spans[0][2].code, {span[2].code: span for span in before}
        aided = [span for code, span in others.items() if _may_assist(own, code, year)]
        helpers = [span for code, span in others.items() if _may_assist(code, own, year)]
        if len(aided) == 1 or len(helpers) == 1:
            masked = _after_place(described, index, spans, before[0].start)
            yield from _completed(masked, aided, helpers) if masked else ()


def _after_place(described: DescribedArticle, index: int, spans: Sequence[Span], before: int) -> Masked | None:
    """The sentence, if the place before it stands in its paragraph or in the heading right before that."""
    blocks = described.blocks
    at = slots.block_at(blocks, spans[0].start)
    if at < 0 or blocks[at].kind in places.SILENT_BLOCKS:
        return None
    headed = at > 0 and blocks[at - 1].kind is BlockKind.HEADING
    if before < blocks[at - headed].start:
        return None
    return slots.mask(described.text, sentences.spans(described.text)[index], spans, blocks[at], before)


def _is_one_party(spans: Sequence[Span]) -> bool:
    """Whether all places of a sentence are the first one, or above or below it."""
    return len(spans) == 1 or all(directions.is_related(span[2], spans[0][2]) for span in spans[1:])


def _completed(masked: Masked, aided: Sequence[Span], helpers: Sequence[Span]) -> Iterator[Statement]:
    """What the sentence says of its place and the one before that it can mean."""
    known, own = patterns().neighbours, masked.spans[0]
    for form, others in zip(_forms(), (aided, helpers), strict=True):
        match = form.search(masked.text) if len(others) == 1 else None
        if match and not statements.is_hidden(masked.text, match.span(), helper=others is aided):
            first, second = (own, others[0]) if others is aided else (others[0], own)
            yield Statement(first, second, (known.rule,), "given", known.score, masked, match.span(), in_context=True)


@cache
def _may_assist(helper: str, aided: str, year: int | None) -> bool:
    """Whether one may be meant to assist the other: as the direction goes, and no province a county."""
    one, other = gazetteer.unit(helper), gazetteer.unit(aided)
    if {one.level, other.level} == {"province", "county"} or directions.is_related(one, other):
        return False
    warrant = directions.warranted(one, other, year)
    return warrant is not None and warrant[1]


@cache
def _forms() -> _Forms:
    known = patterns().neighbours
    one_sided = ("|".join(forms).replace("A", "S").replace("B", "S") for forms in (known.helper, known.aided))
    return _Forms(*map(regex, one_sided))
