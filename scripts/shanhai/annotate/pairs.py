"""Who assists whom, as the sentences of an article state it.

A sentence is read with its places taken out: what stands between them decides. Only places that were found count, so
that a pair never names a unit that the article does not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

import msgspec

from shanhai import reference
from shanhai.annotate import gazetteer, places, rounds, sentences
from shanhai.annotate.mentions import PAIR_NAME
from shanhai.records import Evidence, Pair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from shanhai.annotate.gazetteer import Unit
    from shanhai.records import DescribedArticle, Place

SLOT = "\ue000"
"""What stands for a place in a masked sentence; of the private use area, so that no pattern means it by chance."""

QUOTE_CHARS = 160
"""A longer sentence is quoted from the first place of the statement to its end."""

LINK = re.compile(r"[^\s\uff0c\u3002\uff1b\uff1a、“”]{0,16}的")
"""What may stand between a unit and one of its own: 贵州省深度贫困县之一的从江县."""

LINK_CHARS = 17
ORDERED_SCORE = 0.6
"""The score of a pair whose direction is only the order of the text."""

REGION_RANK = {"east": 0, "northeast": 1, "central": 1, "west": 2}
"""Help goes from the lower rank to the higher, as in all official rounds."""

T = TypeVar("T", bound="tuple[Any, ...]")
Direction = Literal["stated", "open", "given"]


class Pattern(msgspec.Struct, frozen=True):
    """Ways to say one kind of thing about two places; see `reference/pair_patterns.yml`."""

    rule: str
    direction: Direction
    score: float
    forms: tuple[str, ...]


class PairName(msgspec.Struct, frozen=True):
    """What makes a pair's two-character name a statement."""

    rule: str
    score: float
    after: str


class Patterns(msgspec.Struct, frozen=True):
    """The whole of `reference/pair_patterns.yml`."""

    cues: str
    patterns: tuple[Pattern, ...]
    pair_name: PairName
    since: tuple[str, ...]
    founded: str


class Span(NamedTuple):
    """A place as one reads it, from the first to the last unit of its path: 江苏省张家港市 is 张家港市."""

    start: int
    end: int
    unit: Unit


class _Masked(NamedTuple):
    """A sentence with a slot for each place: `spans[i]` is the place of the slot at `slots[i]`."""

    text: str
    spans: tuple[Span, ...]
    slots: tuple[int, ...]

    def between(self, start: int, end: int) -> tuple[Span, ...]:
        """The places whose slots stand in `text[start:end]`."""
        return self.spans[bisect_left(self.slots, start) : bisect_left(self.slots, end)]


class _Statement(NamedTuple):
    """What a sentence says of two places, before it is known who assists whom."""

    first: Span
    second: Span
    rule: str
    direction: Direction
    score: float


def rules() -> tuple[str, ...]:
    """The ids of all rules that a pair's evidence can carry."""
    known = _patterns()
    return tuple(sorted({*(pattern.rule for pattern in known.patterns), known.pair_name.rule}))


def find(described: DescribedArticle, found: Sequence[Place]) -> tuple[Pair, ...]:
    """The pairs that the article's own text states, one for each two units, in the order of the text.

    Names are those of the places given. A pair stands on its best evidence: one that says since when, then the
    surest, then the first.
    """
    text, year = described.text, places.year_of(described)
    best: dict[tuple[str, str], Pair] = {}
    for start, end, statement in _statements(described, found):
        ends = _directed(statement, year)
        if ends is None:
            continue
        origin, target, score = ends
        evidence = _evidence(text, start, end, statement, score)
        pair = _pair(origin, target, _since(text[start:end], statement.rule, year), evidence, year)
        key = (pair.origin, pair.target)
        if score == ORDERED_SCORE and key[::-1] in best:
            continue
        if key not in best or _worth(pair) > _worth(best[key]):
            best[key] = pair
    return tuple(sorted(best.values(), key=lambda pair: (pair.evidence.start, pair.origin, pair.target)))


def _worth(pair: Pair) -> tuple[bool, float, int]:
    return pair.since is not None, pair.evidence.score, -pair.evidence.start


def _pair(origin: Unit, target: Unit, since: int | None, evidence: Evidence, year: int | None) -> Pair:
    return Pair(
        origin=gazetteer.full_name(origin.code),
        target=gazetteer.full_name(target.code),
        since=since,
        evidence=evidence,
        official_round=rounds.official_round(origin, target, year),
    )


def _statements(described: DescribedArticle, found: Sequence[Place]) -> Iterator[tuple[int, int, _Statement]]:
    """Each statement with the bounds of its sentence, those of a sentence in the order of their first places."""
    text = described.text
    spans = _spans(found, text)
    names = _pair_names(found)
    for block in described.blocks:
        inside = _between(spans, block.start, block.end)
        named = _between(names, block.start, block.end)
        if block.kind in places.SILENT_BLOCKS or not (named or len(inside) > 1):
            continue
        cued = _cues().search(text, block.start, block.end) is not None
        for start, end in _between(sentences.spans(text), block.start, block.end):
            stated = [*_of_names(_between(named, start, end), text, end)]
            if cued and len(of_sentence := _between(inside, start, end)) > 1:
                stated += _of_patterns(_masked(text, start, end, of_sentence))
            yield from ((start, end, one) for one in sorted(stated, key=_first_place))


def _between(sorted_spans: Sequence[T], start: int, end: int) -> Sequence[T]:
    """The spans that begin in `text[start:end]`."""
    first: tuple[Any, ...] = (start,)
    last: tuple[Any, ...] = (end,)
    return sorted_spans[bisect_left(sorted_spans, first) : bisect_left(sorted_spans, last)]


def _first_place(statement: _Statement) -> int:
    return statement.first.start


def _of_patterns(masked: _Masked) -> Iterator[_Statement]:
    for pattern, forms in _compiled():
        for form in forms:
            for match in form.finditer(masked.text):
                for first in masked.between(match.start("a"), match.end("a")):
                    for second in masked.between(match.start("b"), match.end("b")):
                        yield _Statement(first, second, pattern.rule, pattern.direction, pattern.score)


def _of_names(names: Sequence[Span], text: str, end: int) -> Iterator[_Statement]:
    """A pair's name with what makes it a statement; its two provinces stand on the same characters."""
    known = _patterns().pair_name
    for first, second in pairwise(names):
        if first.start == second.start and _after_name().match(text[first.end : end]):
            yield _Statement(first, second, known.rule, "open", known.score)


def _directed(statement: _Statement, year: int | None) -> tuple[Unit, Unit, float] | None:
    """Who assists, who is assisted, and how sure that is; `None` where the two are no pair.

    A unit does not assist what it is part of or what is part of it.
    """
    first, second = statement.first.unit, statement.second.unit
    if first.code == second.code or first.code in _line(second) or second.code in _line(first):
        return None
    if statement.direction == "stated":
        return first, second, statement.score
    if rounds.official_round(first, second, year):
        return first, second, statement.score
    turned = rounds.official_round(second, first, year) is not None
    ahead = _rank(second) - _rank(first)
    if turned or ahead < 0:
        return None if statement.direction == "given" else (second, first, statement.score)
    if ahead == 0 and statement.direction == "open":
        return first, second, ORDERED_SCORE
    return first, second, statement.score


def _line(unit: Unit) -> tuple[str, ...]:
    return gazetteer.ancestors(unit)


def _rank(unit: Unit) -> int:
    province = gazetteer.province_of(unit.code)
    return next(REGION_RANK[one.region] for one in gazetteer.provinces() if one.code == province)


def _since(sentence: str, rule: str, year: int | None) -> int | None:
    """The year from which on the pair is said to exist: 自2018年, 2017年起, or the year in which it was founded."""
    known = _patterns()
    forms = [*known.since, known.founded] if rule == "PAIR-04" else known.since
    found = (re.search(form, sentence) for form in forms)
    years = [int(match[1]) for match in found if match]
    return next((one for one in years if gazetteer.FIRST_YEAR <= one <= (year or gazetteer.FAR_YEAR)), None)


def _evidence(text: str, start: int, end: int, statement: _Statement, score: float) -> Evidence:
    if end - start > QUOTE_CHARS:
        start = max(start, min(statement.first.start, statement.second.start))
        end = min(end, max(start + QUOTE_CHARS, statement.first.end, statement.second.end))
    return Evidence(quote=text[start:end], start=start, end=end, rule=statement.rule, score=score)


def _spans(found: Sequence[Place], text: str) -> list[Span]:
    """The places in the order of the text, each path read as its last unit."""
    spans: list[Span] = []
    for span in _named(found, lambda rule: rule not in (places.IMPLIED, PAIR_NAME)):
        if spans and _continues(spans[-1], span, text):
            spans[-1] = Span(spans[-1].start, span.end, span.unit)
        elif not spans or span.start >= spans[-1].end:
            spans.append(span)
    return spans


def _continues(before: Span, span: Span, text: str) -> bool:
    if before.unit.code not in _line(span.unit):
        return False
    gap = text[before.end : span.start] if span.start - before.end <= LINK_CHARS else "\n"
    return not gap or LINK.fullmatch(gap) is not None


def _pair_names(found: Sequence[Place]) -> list[Span]:
    return _named(found, lambda rule: rule == PAIR_NAME)


def _named(found: Sequence[Place], wanted: Callable[[str], bool]) -> list[Span]:
    """The mentions by the wanted rules, by place in the text and then by code."""
    spans = [
        Span(evidence.start, evidence.end, gazetteer.unit(place.code))
        for place in found
        for evidence in place.evidence
        if wanted(evidence.rule)
    ]
    return sorted(spans, key=lambda span: (span.start, span.unit.code))


def _masked(text: str, start: int, end: int, spans: Sequence[Span]) -> _Masked:
    pieces: list[str] = []
    slots: list[int] = []
    length = 0
    position = start
    for span in spans:
        between = text[position : span.start].replace(SLOT, " ")
        pieces += (between, SLOT)
        slots.append(length + len(between))
        length += len(between) + 1
        position = span.end
    rest = text[position:end].replace(SLOT, " ")
    return _Masked("".join([*pieces, rest]), tuple(spans), tuple(slots))


@cache
def _patterns() -> Patterns:
    return reference.load("pair_patterns.yml", Patterns)


@cache
def _cues() -> re.Pattern[str]:
    return re.compile(_patterns().cues)


@cache
def _after_name() -> re.Pattern[str]:
    return re.compile(_patterns().pair_name.after)


@cache
def _compiled() -> list[tuple[Pattern, list[re.Pattern[str]]]]:
    return [(pattern, [_compile(form) for form in pattern.forms]) for pattern in _patterns().patterns]


def _compile(form: str) -> re.Pattern[str]:
    """The regular expression of a form: A, B and <n> spelt out."""
    slots = {"A": f"(?P<a>{SLOT}(?:、{SLOT})*(?:和{SLOT})?)", "B": f"(?P<b>{SLOT}(?:[、和与及]{SLOT})*)"}
    form = re.sub(r"<([0-9]+)>", lambda gap: f"[^{SLOT}\u3002\uff1b]{{0,{gap[1]}}}?", form)
    form = re.sub(r"[AB]", lambda slot: slots[slot[0]], form)
    return re.compile(form)
