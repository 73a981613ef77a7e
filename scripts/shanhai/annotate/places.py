"""The places of an article: which units it names, on what evidence, and whether it reports on them.

An article's own text is read; captions and notes help to understand it, but what only they name is no place of the
article. A county brings its prefecture and its province with it.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from shanhai.annotate import gazetteer, mentions, reported
from shanhai.annotate.placenames import meaning
from shanhai.annotate.reported import SILENT_BLOCKS as SILENT_BLOCKS  # noqa: PLC0414 - part of what this module offers
from shanhai.annotate.reported import with_parents
from shanhai.records import BlockKind, Evidence, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shanhai.annotate.mentions import Mention
    from shanhai.annotate.placenames import Meaning
    from shanhai.annotate.reported import Counted
    from shanhai.records import Block, DescribedArticle, Level, Role

IMPLIED = "PLACE-07"
"""A province or prefecture that is not named, but one of its counties or prefectures is."""

SCORES = mentions.SCORES | {IMPLIED: 1.0}

RULES = tuple(SCORES)
"""All rules that this module's evidence can carry; `reference/rules/annotate-places.yml` says what each means."""


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
    named, counted = _read(described, year)
    subjects = with_parents(reported.subjects(described.text, _opening_end(described), counted))
    text, scores = described.text, SCORES
    resting: list[tuple[str, Meaning, list[Evidence]]] = []
    for code, found in named.items():
        evidence = [
            Evidence(quote=text[start:end], start=start, end=end, rule=rule, score=scores[rule])
            for start, end, _, rule, _, _, _ in found
        ]
        resting.append((code, found[0][2], evidence))
    for code, (start, end, meant, *_) in _above(named).items():
        implied = Evidence(quote=text[start:end], start=start, end=end, rule=IMPLIED, score=scores[IMPLIED])
        resting.append((code, meant, [implied]))
    places: list[Place] = []
    for code, meant, evidence in resting:
        name, level, name_then = _known_as(meant, code, year)
        role: Role = "subject" if code in subjects else "mention"
        places.append(
            Place(name=name, code=code, level=level, role=role, evidence=tuple(evidence), name_then=name_then)
        )
    places.sort(key=attrgetter("code"))
    return tuple(places)


def promoted(found: Sequence[Place], names: Iterable[str]) -> tuple[Place, ...]:
    """The places, with those of these full names, and the units above them, made subjects."""
    wanted = set(names)
    subjects = with_parents([place.code for place in found if place.name in wanted])
    return tuple(
        [
            msgspec.structs.replace(place, role="subject")
            if place.code in subjects and place.role != "subject"
            else place
            for place in found
        ]
    )


def _read(described: DescribedArticle, year: int | None) -> tuple[dict[str, list[Mention]], list[Counted]]:
    """The mentions of each unit in the text, by today's codes, and what tells which units the article reports on.

    The headline is read together with the text, so that each helps to understand the other. Of the blocks, the first
    paragraph is the lead, and silent ones name no place.
    """
    headline = "" if described.title_derived else f"{described.title}\n"
    named: dict[str, list[Mention]] = {}
    counted: list[Counted] = []
    blocks, lead = iter(described.blocks), _lead(described)
    block_end, weight, heading, silent = 0, reported.MENTION_WEIGHT, True, False
    for mention in mentions.find(described.text, year, headline):
        start, _, meant, _, _, passing, _ = mention
        if start >= block_end:
            while start >= block_end:
                block = next(blocks)
                block_end = block.end
            kind = block.kind
            heading, silent = kind is BlockKind.HEADING, kind in SILENT_BLOCKS
            weight = reported.LEAD_WEIGHT if block is lead else reported.MENTION_WEIGHT
        if silent:
            continue
        if start < 0:
            counted.append((mention, weight, heading))
            continue
        code = meant.code_today
        if code in named:
            named[code].append(mention)
        else:
            named[code] = [mention]
        if not passing:
            counted.append((mention, weight, heading))
    return named, counted


def _lead(described: DescribedArticle) -> Block | None:
    """The first paragraph."""
    for block in described.blocks:
        if block.kind is BlockKind.PARAGRAPH:
            return block
    return None


def _opening_end(described: DescribedArticle) -> int:
    """Where the article's first sentence ends, if it begins with one; otherwise 0."""
    first = described.blocks[0] if described.blocks else None
    return described.text.find("。", 0, first.end) + 1 if first and first.kind is BlockKind.PARAGRAPH else 0


def _above(named: dict[str, list[Mention]]) -> dict[str, Mention]:
    """The units that are named no other way than by one below them, each with the first mention of such."""
    below: dict[str, Mention] = {}
    for found in named.values():
        first = found[0]
        for code in first[2].line_today:
            if code not in named and (code not in below or first[0] < below[code][0]):
                below[code] = first
    return below


@cache
def _known_as(named: Meaning, code: str, year: int | None) -> tuple[str, Level, str | None]:
    """The full name of a unit of today, its level, and its full name as of that year where it was another.

    It is what the article names, or above that; a unit above may have become it (昌都地区 is 昌都市). Of a name newer
    than the article it is the only unit of that year in the same province that has become the one of today.
    """
    today = gazetteer.full_name(code)
    level = gazetteer.unit(code).level
    if year is None:
        return today, level, None
    then = next((one for one in (code, named.unit.code, *named.line) if _is_then(one, code, year)), None)
    then = then or _code_then(code, year)
    name_then = gazetteer.full_name(then, year) if then else None
    return today, level, None if name_then == today else name_then


def _is_then(code: str, today: str, year: int) -> bool:
    """Whether the unit with this code in that year has become the unit of today."""
    span = gazetteer.unit(code, year)
    return span.exists(year) and meaning(span).today.code == today


def _code_then(today: str, year: int) -> str | None:
    level = gazetteer.unit(today).level
    spans = (unit for unit in gazetteer.units() if unit.code[:2] == today[:2] and unit.level == level)
    found = [unit.code for unit in spans if unit.exists(year) and meaning(unit).today.code == today]
    return found[0] if len(found) == 1 else None
