"""The places that a text names, each with what its place in a list or a sentence makes of it."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from shanhai.annotate import abbreviations, gazetteer, surroundings
from shanhai.annotate.interpretation import (
    AFTER_PARENT,
    BY_CONTEXT,
    IN_LIST,
    IN_NAMED_PROVINCE,
    KNOWN_ELSEWHERE,
    ZONE,
    Interpretation,
)
from shanhai.annotate.placenames import BARE_NAME, OWN_NAME, SHORT_ENDING, Hit, Meaning, meaning, scan
from shanhai.annotate.surroundings import Listed

if TYPE_CHECKING:
    from shanhai.annotate.gazetteer import Unit
    from shanhai.annotate.surroundings import Run

PAIR_NAME, ABBREVIATED = "PLACE-09", "PLACE-12"

SCORES = {
    OWN_NAME: 1.0,
    SHORT_ENDING: 0.98,
    AFTER_PARENT: 0.98,
    BARE_NAME: 0.95,
    KNOWN_ELSEWHERE: 0.95,
    ZONE: 0.95,
    IN_LIST: 0.9,
    PAIR_NAME: 0.9,
    ABBREVIATED: 0.9,
    BY_CONTEXT: 0.8,
    IN_NAMED_PROVINCE: 0.75,
}
"""How sure each rule is: an order set by hand, full names first."""


class Mention(msgspec.Struct, frozen=True, gc=False):
    """`text[start:end]` means this unit.

    `listed` says whether it is one of several in a list; `passing` is true for a market or a native place, `party`
    where the words beside it say that it assists or is assisted.
    """

    start: int
    end: int
    meaning: Meaning
    rule: str
    listed: Listed = ""
    passing: bool = False
    party: bool = False

    @property
    def unit(self) -> Unit:
        """The unit as it was then."""
        return self.meaning.unit


def find(text: str, year: int | None, headline: str = "") -> list[Mention]:
    """The places that a text names, in its order, read as in an article of that year (`None`: undated).

    A headline, with its line break, is read before the text; what stands in it starts below zero.
    """
    shift = len(headline)
    hits = scan(text, year, shift)
    if headline:
        hits = scan(headline, year) + hits
    article = Interpretation(headline + text, hits)
    found = _told(article, -shift)
    others = [mention for hit in article.pairs for mention in _of_pair(hit, -shift)]
    others += _abbreviated(article.text, -shift, {hit.start for hit in article.pairs})
    return sorted(found + others, key=attrgetter("start")) if others else found


def _told(article: Interpretation, shift: int) -> list[Mention]:
    """What was found, in the order of the text, with what its place in a list or a sentence makes of it."""
    text, hits, runs, zones = article.text, article.hits, article.runs, article.zones
    signs_before, signs_behind = surroundings.role_signs()
    told: list[Mention] = []
    run_before, roles = None, surroundings.NO_ROLES
    for i, meant in enumerate(article.found):
        if meant is None:
            continue
        hit, run = hits[i], runs.get(i)
        start, end = hit.start, hit.end
        if zones:
            end = zones.get(end, end)
        if run is None or run is not run_before:
            first, last = (start, end) if run is None else _ends(article, run)
            roles = surroundings.NO_ROLES
            if text[first - 1] in signs_before or text[last] in signs_behind:
                roles = surroundings.roles(text, first, last)
            if run and run.units >= surroundings.LIST_UNITS and not roles[0]:
                roles = ("some", *roles[1:])
            run_before = run
        (one, rule), (listed, passing, party) = meant, roles
        told.append(Mention(start + shift, end + shift, one, rule, listed, passing, party))
    return told


def _ends(article: Interpretation, run: Run) -> tuple[int, int]:
    """Where a list of names begins and ends."""
    last = article.hits[run.last].end
    return article.hits[run.first].start, article.zones.get(last, last)


def _of_pair(hit: Hit, shift: int) -> list[Mention]:
    units = [gazetteer.unit(code) for code in sorted(hit.reading.name.pair or ())]
    return [Mention(hit.start + shift, hit.end + shift, meaning(unit), PAIR_NAME) for unit in units]


def _abbreviated(text: str, shift: int, known: set[int]) -> list[Mention]:
    """Provinces by one character each, where no pair's name stands."""
    return [
        Mention(at + shift, at + 1 + shift, meaning(gazetteer.unit(code)), ABBREVIATED)
        for at, code in abbreviations.two_provinces(text)
        if at not in known and at - 1 not in known
    ]
