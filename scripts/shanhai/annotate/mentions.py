"""The places that a text names, each with what its place in a list or a sentence makes of it."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

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
from shanhai.annotate.placenames import BARE_NAME, OWN_NAME, SHORT_ENDING, meaning, scan

if TYPE_CHECKING:
    from shanhai.annotate.placenames import Hit, Meaning
    from shanhai.annotate.surroundings import Listed, Run

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


Mention: TypeAlias = "tuple[int, int, Meaning, str, Listed, bool, bool]"
"""`text[start:end]` means a unit, by a rule.

Then whether it is one of several in a list, whether the text passes it over, as a market or a native place, and whether
the words beside it say that it is a party to help, assisting or assisted.
"""


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
    others += _abbreviated(article.text, -shift, {start for start, _, _ in article.pairs})
    return sorted(found + others, key=itemgetter(0)) if others else found


def _told(article: Interpretation, shift: int) -> list[Mention]:
    """What was found, in the order of the text, with what its place in a list or a sentence makes of it."""
    text, hits, runs, zones = article.text, article.hits, article.runs, article.zones
    words_before, notes_behind = surroundings.role_words()
    told: list[Mention] = []
    run_before: Run | None = None
    no_roles = surroundings.NO_ROLES
    listed, passing, party = no_roles
    for i, meant in enumerate(article.found):
        if meant is None:
            continue
        start, end, _ = hits[i]
        if zones:
            end = zones.get(end, end)
        run = runs.get(i)
        if run is None or run is not run_before:
            run_before = run
            first, last = (start, end) if run is None else _ends(article, run)
            before, behind = words_before.get(text[first - 1]), notes_behind.get(text[last], ())
            if before or behind:
                listed, passing, party = surroundings.roles(text, first, last, before, behind)
            else:
                listed, passing, party = no_roles
            if run and not listed and run[2] >= surroundings.LIST_UNITS:
                listed = "some"
        one, rule = meant
        told.append((start + shift, end + shift, one, rule, listed, passing, party))
    return told


def _ends(article: Interpretation, run: Run) -> tuple[int, int]:
    """Where a list of names begins and ends."""
    first, last = article.hits[run[0]][0], article.hits[run[1]][1]
    return first, article.zones.get(last, last)


def _of_pair(hit: Hit, shift: int) -> list[Mention]:
    start, end, reading = hit
    units = [gazetteer.unit(code) for code in sorted(reading.name.pair or ())]
    return [(start + shift, end + shift, meaning(unit), PAIR_NAME, *surroundings.NO_ROLES) for unit in units]


def _abbreviated(text: str, shift: int, known: set[int]) -> list[Mention]:
    """Provinces by one character each, where no pair's name stands."""
    return [
        (at + shift, at + 1 + shift, meaning(gazetteer.unit(code)), ABBREVIATED, *surroundings.NO_ROLES)
        for at, code in abbreviations.two_provinces(text)
        if at not in known and at - 1 not in known
    ]
