"""Organisations that assist a place, as the sentences of an article state it.

A hospital's or a company's help is its own: it makes no pair of the unit that it comes from.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import directions, gazetteer, organisation_names, places, sentences, slots
from shanhai.annotate.slots import Span
from shanhai.records import Evidence, Organisation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.annotate.gazetteer import Unit
    from shanhai.annotate.organisation_names import Name
    from shanhai.annotate.slots import Named
    from shanhai.records import DescribedArticle, Place

PLACE, BODY, OWN_BODY = "\ue000", "\ue001", "\ue002"
"""What stands in a masked sentence for a place, for an organisation, and for one whose name begins with a place."""

QUOTE_CHARS = 160
"""A longer sentence is quoted from the first of its two parties on."""

OF_PLACE = re.compile("的|一?家?来自|籍")
"""What joins an organisation to the place that it comes from: 苏州的某某集团."""


POINTED = re.compile(
    "该[县市区州旗]|当地|这里|(?<=[到在为与和向对援扶助于赴给驻、\uff0c])县(?=人民医院|中医|医院|妇幼|一中|中学|职)"
)
"""Words that point at a place named before."""


class _Token(NamedTuple):
    """What one character of a masked sentence stands for."""

    start: int
    end: int
    name: Name | None
    unit: Unit | None


def rules() -> tuple[str, ...]:
    """The ids of all rules that an organisation's evidence can carry."""
    return tuple(sorted(organisation_names.words().forms))


def find(described: DescribedArticle, found: Sequence[Place], named: Named | None = None) -> tuple[Organisation, ...]:
    """The organisations that the article's own text says assist a place, in the order of the text.

    `named` is `slots.named` of the places, where the caller has it already. One for each name and place, by its first
    statement. `origin` is the unit that a name begins with, or that the text
    puts before it, where that tells where the body belongs; a university or a group is not of its name's place.
    """
    text, named = described.text, named or slots.named(described.text, found)
    best: dict[tuple[str, str], Organisation] = {}
    for index, (start, end), endings in _sentences(text, named):
        at = slots.block_at(described.blocks, start)
        if at < 0 or described.blocks[at].kind in places.SILENT_BLOCKS:
            continue
        spans = named.by_sentence.get(index, [])
        if names := organisation_names.names(text, (start, end), spans, endings):
            pointed, quoted = _pointed_at(described, named, (index, at), names)
            for organisation in _stated(text, (start, end), names, [*spans, *pointed], quoted):
                best.setdefault((organisation.name, organisation.target), organisation)
    return tuple(best.values())


def _sentences(text: str, named: Named) -> list[tuple[int, tuple[int, int], Sequence[tuple[int, int, int]]]]:
    """The sentences that speak of assistance, name a place or point at one, and hold the ending of a name.

    Each with its index, its bounds and those endings. A sentence without a name is left at once: most have none.
    """
    bounds, endings_in = sentences.spans(text) if named.speaking else (), organisation_names.endings_in()
    found = []
    for index in named.speaking:
        start, end = bounds[index]
        if endings := endings_in(text[start:end]):
            found.append((index, (start, end), endings))
    return found


def _pointed_at(
    described: DescribedArticle, named: Named, sentence: tuple[int, int], names: Sequence[Name]
) -> tuple[list[Span], int]:
    """The places that 该县, 当地 or a bare 县医院 mean, and from where a quotation shows it.

    该县 is the last county before it, 当地 the one place of the nearest sentence with places.
    """
    index, at = sentence
    start, end = sentences.spans(described.text)[index]
    found, quoted = [], start
    for match in POINTED.finditer(described.text, start, end):
        own = [span for span in named.by_sentence.get(index, ()) if span.end <= match.start()]
        ahead = [span for span in own if not any(name.start <= span.start < name.end for name in names)]
        before = [*([ahead] if ahead else []), *slots.before(described, named, index, at)]
        if meant := _meant(match[0], before):
            found.append(Span(*match.span(), meant.unit))
            quoted = min(quoted, meant.start)
    return found, quoted


def _meant(word: str, before: Sequence[Sequence[Span]]) -> Span | None:
    kind = word[-1]
    if kind in organisation_names.KINDS_OF_UNITS:
        return next((span for spans in before for span in reversed(spans) if span.unit.name[-1] == kind), None)
    spans = before[0] if before else ()
    return spans[-1] if spans and all(span.unit is spans[0].unit for span in spans) else None


def _stated(
    text: str, bounds: tuple[int, int], names: Sequence[Name], spans: Sequence[Span], quoted: int
) -> Iterator[Organisation]:
    tokens = _tokens(names, spans)
    masked, at = _masked(text, bounds, tokens)
    if not any(map(_any_form().match, repeat(masked), at)):
        return
    for rule, score, form in _forms():
        for match in form.finditer(masked):
            if _unsaid().search(masked, masked.rfind("\uff0c", 0, match.start()) + 1, match.end()):
                continue
            for helper, target in _parties(match, tokens, at):
                if not (helper.name and target.unit and _may_assist(helper.unit, target.unit)):
                    continue
                yield Organisation(
                    name=text[helper.start : helper.end],
                    kind=helper.name.kind,
                    origin=_origin(text, helper.name, spans),
                    target=gazetteer.full_name(target.unit.code),
                    evidence=_evidence(text, (quoted, bounds[1]), (helper, target), rule, score),
                )


def _may_assist(own: Unit | None, target: Unit) -> bool:
    """Not so a body of the assisted place itself, or of a place that others assist where the target is not."""
    if own is None:
        return True
    if own.code == target.code or target.code in gazetteer.ancestors(own):
        return False
    warrant = directions.warranted(own, target, None)
    return warrant is None or warrant[1]


def _parties(match: re.Match[str], tokens: Sequence[_Token], at: Sequence[int]) -> Sequence[tuple[_Token, _Token]]:
    """Each with each where one side is single, first with first where the text says so."""
    helpers, targets = (
        tokens[bisect_left(at, match.start(group)) : bisect_left(at, match.end(group))] for group in ("o", "t")
    )
    if len(helpers) == 1 or len(targets) == 1:
        return [(helper, target) for helper in helpers for target in targets]
    return list(zip(helpers, targets, strict=True)) if len(helpers) == len(targets) and "分别" in match[0] else ()


def _evidence(text: str, bounds: tuple[int, int], parties: tuple[_Token, _Token], rule: str, score: float) -> Evidence:
    start, end = bounds
    if end - start > QUOTE_CHARS:
        start = max(start, min(token.start for token in parties))
        end = min(end, max(start + QUOTE_CHARS, *(token.end for token in parties)))
    return Evidence(quote=text[start:end], start=start, end=end, rule=rule, score=score)


def _origin(text: str, name: Name, spans: Sequence[Span]) -> str | None:
    if name.place is not None:
        local = organisation_names.is_local(text, name)
        return gazetteer.full_name(name.place.code) if local else None
    before = next((span for span in reversed(spans) if span.end <= name.start), None)
    if before and OF_PLACE.fullmatch(text, before.end, name.start):
        return gazetteer.full_name(before.unit.code)
    return None


def _tokens(names: Sequence[Name], spans: Sequence[Span]) -> list[_Token]:
    """Organisations and the places outside their names, in the order of the text."""
    tokens = [_Token(name.start, name.end, name, name.place) for name in names]
    tokens += [
        _Token(span.start, span.end, None, span.unit)
        for span in spans
        if not any(name.start < span.end and span.start < name.end for name in names)
    ]
    return sorted(tokens, key=lambda token: token.start)


def _masked(text: str, bounds: tuple[int, int], tokens: Sequence[_Token]) -> tuple[str, list[int]]:
    """The sentence with a character for each token, and where these stand in it."""
    pieces: list[str] = []
    at: list[int] = []
    position, length = bounds[0], 0
    for token in tokens:
        between = text[position : token.start]
        length += len(between)
        pieces += (between, PLACE if token.name is None else OWN_BODY if token.unit else BODY)
        at.append(length)
        length += 1
        position = token.end
    pieces.append(text[position : bounds[1]])
    return "".join(pieces), at


@cache
def _forms() -> list[tuple[str, float, re.Pattern[str]]]:
    known = organisation_names.words().forms
    return [(rule, of_rule.score, _compiled(form)) for rule, of_rule in known.items() for form in of_rule.forms]


@cache
def _any_form() -> re.Pattern[str]:
    """What matches from the first party on wherever a form does."""
    forms = [form for of_rule in organisation_names.words().forms.values() for form in of_rule.forms]
    from_party = [re.sub("^[^OT]*", "", form) for form in forms]
    return re.compile("|".join(re.sub(r"\(\?P<[ot]>", "(?:", _spelt_out(form)) for form in from_party))


def _compiled(form: str) -> re.Pattern[str]:
    return re.compile(_spelt_out(form))


def _spelt_out(form: str) -> str:
    """A form as a regular expression: the gaps, and the parties as groups."""
    slots_out = f"{PLACE}{BODY}{OWN_BODY}"
    form = re.sub(r"<([0-9]+)>", lambda gap: f"[^{slots_out}\uff0c。\uff1b\uff1a]{{0,{gap[1]}}}?", form)
    form = re.sub(r"<([0-9]+)\+>", lambda gap: f"[^{slots_out}。\uff1b]{{0,{gap[1]}}}?", form)
    for letter, kinds in (("O", BODY + OWN_BODY), ("T", PLACE + OWN_BODY)):
        form = form.replace(letter, f"(?P<{letter.lower()}>[{kinds}](?:[、和与及][{kinds}])*)")
    return form


@cache
def _unsaid() -> re.Pattern[str]:
    return re.compile(organisation_names.words().unsaid)
