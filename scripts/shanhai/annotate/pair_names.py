"""Pairs that are stated by a name: 闽宁协作, 张沿两地, 山东援疆."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from shanhai.annotate import directions, gazetteer, slots
from shanhai.annotate.pair_patterns import patterns, regex
from shanhai.annotate.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shanhai.annotate.gazetteer import Unit
    from shanhai.annotate.slots import Span
    from shanhai.records import DescribedArticle, Place

NAME_CHARS = 2
"""A pair's name has one character of each unit."""

AID = "援"


def of_provinces(described: DescribedArticle, names: Sequence[Span]) -> Iterator[Statement]:
    """A name of two provinces with what makes it a statement; both stand on the same characters."""
    for first, second in pairwise(names):
        if first.start == second.start and _after().match(described.text, first.end):
            yield from _named(described, first, second)


def of_units(described: DescribedArticle, spans: Sequence[Span]) -> Iterator[Statement]:
    """A name made of the first characters of two units of one level that the article names: 张沿协作."""
    by_initial = _by_initial({span[2].code: span[2] for span in spans}.values())
    if len(by_initial) < NAME_CHARS:
        return
    text, no_names = described.text, patterns().pair_name.no_names
    for start in _initials(text, "".join(by_initial)):
        name = text[start : start + NAME_CHARS]
        if name not in no_names:
            yield from _initialled(described, start, [by_initial[one] for one in name])


def _initials(text: str, initials: str) -> Iterator[int]:
    """Where two characters of these stand before 协作 and its like, or before 产业协作."""
    kinds = _kinds_by_end()
    ends = "".join(kinds)
    for word in patterns().pair_name.own_after:
        at = text.find(word, NAME_CHARS)
        while at >= 0:
            start = at - NAME_CHARS
            before = text[at - 1]
            if before in ends:
                for kind in kinds[before]:
                    if text.endswith(kind, 0, at):
                        start -= len(kind)
                        before = text[start + 1]
                        break
            if before in initials and text[start] in initials and start >= 0:
                yield start
            at = text.find(word, at + 1)


def of_aid(described: DescribedArticle, spans: Sequence[Span], found: Sequence[Place]) -> Iterator[Statement]:
    """山东援疆干部, where the article names 新疆 too."""
    text, known = described.text, patterns().aided
    at = text.find(AID)
    named = {place.name: place.code for place in found if place.level == "province"} if at >= 0 and spans else {}
    while at >= 0 and named:
        is_verb = text[at - 1 : at] in known.verbs
        code = None if is_verb else named.get(known.provinces.get(text[at + 1 : at + 2], ""))
        sentence = slots.plain(described, at) if code else None
        if code and sentence:
            target = slots.Span(at + 1, at + 2, gazetteer.unit(code))
            where = (at - sentence.start, at + 2 - sentence.start)
            for one in _givers(text, spans, at):  # 杭州援疆 is help to a part of 新疆 that it does not name
                if one.unit.level != "province":
                    continue
                yield Statement(one, target, (known.rule,), "given", known.score, sentence, where)
        at = text.find(AID, at + 1)


def _named(described: DescribedArticle, first: Span, second: Span) -> Iterator[Statement]:
    known = patterns().pair_name
    if sentence := slots.plain(described, first.start):
        at = (first.start - sentence.start, first.end - sentence.start)
        yield Statement(first, second, known.rules, "weak", known.score, sentence, at)


def _initialled(described: DescribedArticle, start: int, ends: Sequence[Sequence[Unit]]) -> Iterator[Statement]:
    possible = [
        (first, second)
        for first in ends[0]
        for second in ends[1]
        if first.level == second.level and directions.warranted(first, second, None)
    ]
    if len(possible) == 1:
        first, second = (slots.Span(start, start + NAME_CHARS, unit) for unit in possible[0])
        yield from _named(described, first, second)


def _givers(text: str, spans: Sequence[Span], at: int) -> list[Span]:
    """The place before 援, and those joined to it."""
    before = [span for span in spans if span.end <= at]
    if not before or not _between().fullmatch(text, before[-1].end, at):
        return []
    givers = [before.pop()]
    while before and text[before[-1].end : givers[-1].start] in ("、", "和", "与"):
        givers.append(before.pop())
    return givers


def _by_initial(units: Iterable[Unit]) -> dict[str, list[Unit]]:
    """The units below the provinces by the characters that they may have in a pair's name."""
    found: dict[str, list[Unit]] = {}
    others = _other_initials()
    for unit in units:
        if unit.level != "province":
            found.setdefault(unit.name[0], []).append(unit)
            if unit.name in others:
                found.setdefault(others[unit.name], []).append(unit)
    return found


@cache
def _kinds_by_end() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind in patterns().pair_name.kinds:
        found.setdefault(kind[-1], []).append(kind)
    return found


@cache
def _other_initials() -> dict[str, str]:
    return {name: initial for initial, name in patterns().pair_name.cities.items()}


@cache
def _after() -> re.Pattern[str]:
    return re.compile(patterns().pair_name.after)


@cache
def _between() -> re.Pattern[str]:
    return regex(patterns().aided.between)
