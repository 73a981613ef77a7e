"""The places of an article: which units it names, on what evidence, and whether it reports on them.

An article's own text is read; captions and notes help to understand it, but what only they name is no place of the
article. A county brings its prefecture and its province with it.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from shanhai.annotate import gazetteer, mentions, reported
from shanhai.annotate.placenames import meaning
from shanhai.annotate.reported import SILENT_BLOCKS as SILENT_BLOCKS  # noqa: PLC0414 - part of what this module offers
from shanhai.annotate.reported import with_parents
from shanhai.records import BlockKind, Evidence, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shanhai.annotate.mentions import Mention
    from shanhai.annotate.placenames import Meaning
    from shanhai.records import DescribedArticle, Level, Role

IMPLIED = "PLACE-07"
"""A province or prefecture that is not named, but one of its counties or prefectures is."""

SCORES = mentions.SCORES | {IMPLIED: 1.0}

RULES = tuple(SCORES)
"""All rules that this module's evidence can carry; `reference/rules/annotate-places.yml` says what each means."""


WeighedBlock: TypeAlias = "tuple[int, float | None, bool]"
"""Where a block ends, what a mention in it weighs (`None`: it names no place), and whether it is a heading."""


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
    named, subjects = _read(described, year)
    subjects = with_parents(subjects)
    text = described.text
    places = []
    for code, found in named.items():
        evidence = [_evidence(mention, text, mention.rule) for mention in found]
        places.append(_place(code, evidence, found[0].meaning, subjects, year))
    for code, first in _above(named).items():
        places.append(_place(code, [_evidence(first, text, IMPLIED)], first.meaning, subjects, year))
    return tuple(sorted(places, key=attrgetter("code")))


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


def _read(described: DescribedArticle, year: int | None) -> tuple[dict[str, list[Mention]], set[str]]:
    """The mentions of each unit in the text, by today's codes, and the codes of the units that the article reports on.

    The headline is read together with the text, so that each helps to understand the other.
    """
    headline = "" if described.title_derived else f"{described.title}\n"
    report = reported.Report(described.text, _opening_end(described))
    named: dict[str, list[Mention]] = {}
    blocks = iter(_weighed(described))
    headline_block: WeighedBlock = (0, reported.MENTION_WEIGHT, True)
    end, weight, heading = headline_block
    for mention in mentions.find(described.text, year, headline):
        start = mention.start
        while start >= end:
            end, weight, heading = next(blocks)
        if weight is None:
            continue
        if start >= 0:
            named.setdefault(mention.meaning.today.code, []).append(mention)
        if not mention.passing or start < 0:
            report.add(mention, weight, heading=heading)
    return named, report.subjects()


def _opening_end(described: DescribedArticle) -> int:
    """Where the article's first sentence ends, if it begins with one; otherwise 0."""
    first = described.blocks[0] if described.blocks else None
    return described.text.find("。", 0, first.end) + 1 if first and first.kind is BlockKind.PARAGRAPH else 0


def _weighed(described: DescribedArticle) -> Iterator[WeighedBlock]:
    """The blocks in their order; the first paragraph is the lead."""
    lead = True
    for block in described.blocks:
        kind = block.kind
        if kind is BlockKind.PARAGRAPH:
            yield block.end, reported.LEAD_WEIGHT if lead else reported.MENTION_WEIGHT, False
            lead = False
        else:
            yield block.end, None if kind in SILENT_BLOCKS else reported.MENTION_WEIGHT, kind is BlockKind.HEADING


def _above(named: dict[str, list[Mention]]) -> dict[str, Mention]:
    """The units that are named no other way than by one below them, each with the first mention of such."""
    below: dict[str, Mention] = {}
    for found in named.values():
        first = found[0]
        for code in first.meaning.line_today:
            if code not in named and (code not in below or first.start < below[code].start):
                below[code] = first
    return below


def _place(code: str, evidence: list[Evidence], meant: Meaning, subjects: set[str], year: int | None) -> Place:
    name, level, name_then = _known_as(meant, code, year)
    role: Role = "subject" if code in subjects else "mention"
    return Place(name=name, code=code, level=level, role=role, evidence=tuple(evidence), name_then=name_then)


def _evidence(one: Mention, text: str, rule: str) -> Evidence:
    start, end = one.start, one.end
    return Evidence(quote=text[start:end], start=start, end=end, rule=rule, score=SCORES[rule])


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
