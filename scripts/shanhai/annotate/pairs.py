"""Who assists whom, as the sentences of an article state it.

A sentence is read with its places taken out: what stands between them decides. Only places that were found count, so
that a pair never names a unit that the article does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import (
    directions,
    gazetteer,
    pair_names,
    pair_neighbours,
    pair_purposes,
    pair_years,
    places,
    rounds,
    slots,
    statements,
)
from shanhai.annotate.pair_patterns import SLOT, patterns
from shanhai.records import BlockKind, Evidence, Pair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.annotate.gazetteer import Unit
    from shanhai.annotate.slots import Named
    from shanhai.annotate.statements import Statement
    from shanhai.records import Block, DescribedArticle, Place

__all__ = ["ORDERED_SCORE", "SLOT", "find", "rules"]

QUOTE_CHARS = 160
"""A longer sentence is quoted from the first place of the statement to its end."""

ORDERED_SCORE = 0.6
"""The score of a pair whose direction is only the order of the text."""

LIST_HEAD_CHARS = 60
"""How far before its first item a list of pairs may be announced."""


def rules() -> tuple[str, ...]:
    """The ids of all rules that a pair's evidence can carry."""
    known = patterns()
    of_patterns = {rule for pattern in known.patterns for rule in pattern.rules}
    return tuple(
        sorted({*of_patterns, *known.pair_list.rules, *known.pair_name.rules, known.aided.rule, known.neighbours.rule})
    )


class _Claim(NamedTuple):
    """A pair as one statement makes it, before the best statement of each is chosen."""

    origin: Unit
    target: Unit
    since: int | None
    rule: str
    score: float
    statement: Statement


def find(described: DescribedArticle, found: Sequence[Place], named: Named | None = None) -> tuple[Pair, ...]:
    """The pairs that the article's own text states, one for each two units, in the order of the text.

    Names are those of the places given; `named` is `slots.named` of them, where the caller has it already. A pair
    stands on its best evidence: one that says since when, then the surest, then the first.
    """
    if len(found) < 2:
        return ()
    year = places.year_of(described)
    best: dict[tuple[str, str], tuple[tuple[bool, float, int], _Claim]] = {}
    years = _Years(described, year)
    for statement in _statements(described, found, named or slots.named(described.text, found)):
        claim = _claim(statement, years)
        if claim is None:
            continue
        key = (claim.origin.code, claim.target.code)
        if claim.score == ORDERED_SCORE and key[::-1] in best:
            continue
        worth = claim.since is not None, claim.score, -claim.statement.masked.start
        if key not in best or worth > best[key][0]:
            best[key] = worth, claim
    pairs = [_pair(claim, described.text, year) for _, claim in best.values()]
    return tuple(sorted(pairs, key=lambda pair: (pair.evidence.start, pair.origin, pair.target)))


class _Years:
    """The article's own year, and since when a pair exists by a statement: asked once for all pairs that it makes."""

    def __init__(self, described: DescribedArticle, own: int | None) -> None:
        self.described, self.own = described, own
        self.known: dict[tuple[object, ...], int | None] = {}

    def since(self, statement: Statement) -> int | None:
        key = (statement.masked.start, statement.at, statement.direction, statement.rules)
        if key not in self.known:
            self.known[key] = pair_years.since(statement, self.described, self.own)
        return self.known[key]


def _pair(claim: _Claim, text: str, year: int | None) -> Pair:
    return Pair(
        origin=gazetteer.full_name(claim.origin.code),
        target=gazetteer.full_name(claim.target.code),
        since=claim.since,
        evidence=_evidence(claim, text),
        official_round=rounds.official_round(claim.origin, claim.target, year),
        purposes=pair_purposes.named(claim.statement.masked.text),
    )


def _statements(described: DescribedArticle, found: Sequence[Place], named: Named) -> Iterator[Statement]:
    """Each statement, in the order of the sentences, then those of lists and names."""
    text = described.text
    items: list[Statement] = []
    for masked in slots.masked(described, named, statements.telling()):
        in_context: bool | None = None
        for statement in statements.stated(masked):
            if statement.listed:
                items.append(statement)
                continue
            if statement.in_context and in_context is None:
                in_context = _is_about_assistance(text, masked.block)
            if in_context or not statement.in_context:
                yield statement
    yield from _of_lists(text, items)
    for statement in pair_neighbours.stated(described, named, places.year_of(described)):
        if _is_about_assistance(text, statement.masked.block):
            yield statement
    yield from pair_names.of_provinces(described, named.pair_names)
    yield from pair_names.of_units(described, named.spans)
    yield from pair_names.of_aid(described, named.spans, found)


def _is_about_assistance(text: str, block: Block) -> bool:
    """Whether a paragraph speaks of assistance; for a heading, whether the article does."""
    bounds = (0, len(text)) if block.kind is BlockKind.HEADING else (block.start, block.end)
    return statements.speaks_of_assistance(text, *bounds)


def _of_lists(text: str, items: Sequence[Statement]) -> Iterator[Statement]:
    """The items of a list of pairs: at least two of them behind a paragraph, or in one, that announces them."""
    run: list[Statement] = []
    for item in items:
        if run and item.masked.start > run[-1].masked.end and text[run[-1].masked.end : item.masked.start].strip():
            yield from _if_list(text, run)
            run = []
        run.append(item)
    yield from _if_list(text, run)


def _if_list(text: str, items: Sequence[Statement]) -> Iterator[Statement]:
    clauses = {(item.masked.start, item.at) for item in items}
    if len(clauses) >= patterns().pair_list.least_items:
        head = text[max(items[0].masked.start - LIST_HEAD_CHARS, 0) : items[0].masked.end]
        yield from items if statements.is_list_head(head) else ()


def _claim(statement: Statement, years: _Years) -> _Claim | None:
    """Who assists whom, by which rule and how surely; `None` where the two are no pair."""
    first, second, rules, direction, score = statement[:5]
    one, other = first.unit, second.unit
    if directions.is_related(one, other):
        return None
    rule = rules[0]
    if direction != "stated":
        warrant = directions.warranted(one, other, years.own)
        if warrant is None:
            if direction != "open" or one.code[:2] != other.code[:2]:
                return None
            rule, score = rules[directions.BASES.index("order")], ORDERED_SCORE
        elif direction == "given":
            if not warrant[1]:
                return None
        else:
            rule = rules[directions.BASES.index(warrant[0])]
            one, other = (one, other) if warrant[1] else (other, one)
    return tuple.__new__(_Claim, (one, other, years.since(statement), rule, score, statement))


def _evidence(claim: _Claim, text: str) -> Evidence:
    said = claim.statement
    start, end = said.masked.start, said.masked.end
    if end - start > QUOTE_CHARS:
        start = max(start, min(said.first.start, said.second.start))
        end = min(end, max(start + QUOTE_CHARS, said.first.end, said.second.end))
    return Evidence(quote=text[start:end], start=start, end=end, rule=claim.rule, score=claim.score)
