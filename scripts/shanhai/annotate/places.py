"""The places of an article: which units it names, on what evidence, and whether it reports on them.

An article's own text is read, its captions and notes too, but those make no unit a subject. A county brings its
prefecture and its province with it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai.annotate import gazetteer, mentions
from shanhai.annotate.mentions import Mention
from shanhai.records import BlockKind, Evidence, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shanhai.annotate.gazetteer import Unit
    from shanhai.records import Block, DescribedArticle, Role

IMPLIED = "PLACE-07"
"""A province or prefecture that is not named, but one of its counties or prefectures is."""

RULES = (*mentions.SCORES, IMPLIED)
"""All rules that this module's evidence can carry; `reference/rules/annotate-places.yml` says what each means."""

SILENT_BLOCKS = frozenset({BlockKind.CAPTION, BlockKind.NOTE})
"""Blocks whose places are mentioned, and never what the article reports on."""

SUBJECT_MENTIONS_SHORT, SUBJECT_MENTIONS = 2, 3
"""How often a province or prefecture is named by what reports on it, in a short article and in a longer one."""

SHORT_ARTICLE_CHARS = 1500

LISTED_COUNTIES = 8
"""An article that lists more counties than this, and says no more of them, reports on none of them in particular."""


class _Use(NamedTuple):
    """A mention, and whether it stands in the headline or a heading, and whether the article tells of it at all."""

    mention: Mention
    heading: bool
    told: bool


def year_of(described: DescribedArticle) -> int | None:
    """The year of the article's date, or `None` for an undated one."""
    date = described.date or described.date_edtf
    return int(date[:4]) if date[:4].isdigit() else None


def find(described: DescribedArticle) -> tuple[Place, ...]:
    """All administrative units that the article names or implies, in the order of their codes.

    A name is understood as of the article's date; the place goes by today's name and code, so that a county has one
    page (what 2009 called 密云县 is 密云区), or by its last where nothing followed it. Every evidence quotes the
    article's text; a unit that only the headline names is therefore no place.
    """
    year = year_of(described)
    uses = _uses(described, year)
    subjects = _with_parents(_subjects(uses, len(described.text)))
    places = [_place(unit, of_unit, subjects, described.text) for unit, of_unit in _by_unit(uses)]
    return tuple(sorted(places, key=lambda place: place.code))


def promoted(found: Sequence[Place], names: Iterable[str]) -> tuple[Place, ...]:
    """The places, with those of these full names, and the units above them, made subjects."""
    wanted = set(names)
    subjects = _with_parents({place.code for place in found if place.name in wanted})
    return tuple(msgspec.structs.replace(place, role="subject") if place.code in subjects else place for place in found)


def _uses(described: DescribedArticle, year: int | None) -> list[_Use]:
    """The headline is read together with the text, so that each helps to understand the other."""
    headline = "" if described.title_derived else f"{described.title}\n"
    shift = len(headline)
    found = mentions.find(headline + described.text, year)
    starts = [block.start + shift for block in described.blocks]
    return [_use(mention, described.blocks, starts, shift) for mention in found]


def _use(mention: Mention, blocks: Sequence[Block], starts: list[int], shift: int) -> _Use:
    start, end, unit, rule, listed, passing = mention
    moved = Mention(start - shift, end - shift, gazetteer.today(unit), rule, listed, passing)
    if start < shift:
        return _Use(moved, heading=True, told=True)
    index = bisect_right(starts, start) - 1
    kind = blocks[index].kind if index >= 0 else BlockKind.PARAGRAPH
    told = not passing and kind not in SILENT_BLOCKS
    return _Use(moved, heading=told and kind is BlockKind.HEADING, told=told)


def _subjects(uses: Sequence[_Use], length: int) -> set[str]:
    """The codes of the units that the article reports on, without the units above them.

    A county is named on purpose, so that one mention is enough, in a list too if the list is short. Provinces and
    prefectures are named in passing too and need the headline, a heading or several mentions outside lists.
    """
    needed = SUBJECT_MENTIONS_SHORT if length < SHORT_ARTICLE_CHARS else SUBJECT_MENTIONS
    told: Counter[str] = Counter()
    listed: set[str] = set()
    for use in uses:
        unit = use.mention.unit
        if use.told and use.mention.listed and not use.heading:
            listed |= {unit.code} if unit.level == "county" else set()
        elif use.told:
            told[unit.code] += needed if use.heading or unit.level == "county" else 1
    subjects = {code for code, count in told.items() if count >= needed}
    return subjects | (listed if len(listed - subjects) <= LISTED_COUNTIES else set())


def _with_parents(codes: set[str]) -> set[str]:
    return codes.union(*(_parents(gazetteer.unit(code)) for code in codes))


@cache
def _parents(unit: Unit) -> tuple[str, ...]:
    """The codes of the units above it as they are today."""
    return tuple(gazetteer.today(gazetteer.unit(code, unit.last_year)).code for code in gazetteer.ancestors(unit))


def _by_unit(uses: Iterable[_Use]) -> list[tuple[Unit, list[Mention]]]:
    """Each unit with the mentions it rests on in the text: its own, or else the first of a unit below it."""
    own: dict[Unit, list[Mention]] = {}
    for use in uses:
        if use.mention.start >= 0:
            own.setdefault(use.mention.unit, []).append(use.mention)
    named = {unit.code for unit in own}
    below: dict[str, Mention] = {}
    for unit, found in own.items():
        for code in _parents(unit):
            if code not in named and (code not in below or found[0].start < below[code].start):
                below[code] = found[0]
    implied = [(gazetteer.unit(code), [mention._replace(rule=IMPLIED)]) for code, mention in below.items()]
    return [*own.items(), *implied]


def _place(unit: Unit, found: list[Mention], subjects: set[str], text: str) -> Place:
    role: Role = "subject" if unit.code in subjects else "mention"
    evidence = tuple(_evidence(mention, text) for mention in found)
    name = gazetteer.full_name(unit.code)
    return Place(name=name, code=unit.code, level=unit.level, role=role, evidence=evidence)


def _evidence(mention: Mention, text: str) -> Evidence:
    start, end = mention.start, mention.end
    score = mentions.SCORES.get(mention.rule, 1.0)
    return Evidence(quote=text[start:end], start=start, end=end, rule=mention.rule, score=score)
