"""What a place is and what the archive holds of it at a glance: the first screen of a dossier."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from shanhai.annotate import gazetteer
from shanhai.annotate.gazetteer import provinces
from shanhai.annotate.vocabulary import themes
from shanhai.pages import bilingual
from shanhai.pages.markdown import Markdown, bullets, fill, joined, link
from shanhai.pages.pictures.figure import data_date
from shanhai.pages.pictures.months import Dated, dated, span
from shanhai.pages.targets import PROVINCES, source_link, unit_page
from shanhai.pages.wording import REGIONS
from shanhai.relate.compilations import sections_about
from shanhai.relate.views import UNDATED, above, source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shanhai.annotate.gazetteer import NameSpan
    from shanhai.records import Article, Level
    from shanhai.relate.views import Views

LEVELS: dict[Level, str] = {"province": "省级", "prefecture": "地级", "county": "县级"}

WITHOUT_REGION = frozenset({"710000", "810000", "820000"})
"""台湾, 香港 and 澳门: the four regions of the National Bureau of Statistics (2011) do not count them."""

THEMES_SHOWN = 4
SOURCES_SHOWN = 3
"""A glance: the pictures and the panel below tell all of them."""

COUNTIES_SHOWN = 60
"""The most reported counties on a province's page; each prefecture's page has all of its own."""

NAMES_SHOWN = 8
SILENT_SHOWN = 12
"""More units without an article than these are folded away."""


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What all dossiers of an archive share, worked out once.

    `months` are the months of its first and last article, `years` the years; `None` where no article is dated. `units`
    are the codes that have a page.
    """

    months: tuple[str, str] | None
    years: tuple[int, int] | None
    as_of: str
    units: frozenset[str]


def scope(views: Views) -> Scope:
    """The scope of an archive."""
    whole = dated(views.newest)
    years = sorted(int(name) for name in views.by_year if name != UNDATED)
    return Scope(
        months=span(whole),
        years=(years[0], years[-1]) if years else None,
        as_of=data_date(views.newest),
        units=frozenset(views.units),
    )


def crumbs(code: str, page: str) -> Markdown:
    """The way down to a unit: the index, then the units above it, as links."""
    over = [unit_link(up, page) for up in reversed(above(code))]
    return joined([link("地方", PROVINCES, page), *over, gazetteer.unit(code).name], " › ")


def unit_link(code: str, page: str, shown: str = "") -> Markdown:
    """A link to a unit by its own name, or by what is shown instead."""
    return link(shown or gazetteer.unit(code).name, unit_page(code), page)


def region(code: str) -> str:
    """The region of a province ("西部"); "" for a unit below and for those that the statistics put in none."""
    return next((REGIONS[one.region] for one in provinces() if one.code == code and code not in WITHOUT_REGION), "")


def names_over_time(code: str) -> list[str]:
    """The former names with their years, oldest first: "贵州省铜仁地区(至 2010 年)"; none for a name of old."""
    former = [one for one in gazetteer.unit_names(code) if one.last_year is not None]
    return [f"{one.full_name}\uff08{_years(one)}\uff09" for one in former[-NAMES_SHOWN:]]


def named_since(code: str) -> int | None:
    """The first year of today's name, `None` where it is as old as the table of names."""
    first = next((one.first_year for one in gazetteer.unit_names(code) if one.last_year is None), None)
    return first if first is not None and first > gazetteer.FIRST_YEAR else None


def by_year_counts(known: Dated) -> dict[str, int]:
    """The numbers of articles by year, by whichever precision they are dated."""
    counts = Counter(known.years)
    for name, count in known.months.items():
        counts[name[:4]] += count
    return dict(counts)


def themes_about(article: Article, code: str) -> tuple[str, ...]:
    """The themes of what an article says of a unit: of a compilation those of the sections about it."""
    sections = sections_about(article, code)
    if not sections:
        return tuple(tag.label for tag in article.annotations.themes)
    return tuple(dict.fromkeys(label for section in sections for label in section.themes))


def most_themes(articles: Iterable[Article], code: str, page: str) -> list[Markdown]:
    """The most frequent themes of a unit's articles, each with its English name and number."""
    counts = Counter(label for one in articles for label in themes_about(one, code))
    found = [(one, counts[one.label]) for one in themes() if counts[one.label]]
    found.sort(key=lambda item: -item[1])
    return [
        fill("place_theme.md", theme=bilingual.theme(one.label, page), count=count)
        for one, count in found[:THEMES_SHOWN]
    ]


def most_sources(articles: Iterable[Article], page: str) -> tuple[list[Markdown], int]:
    """The largest sources with their numbers, and how many sources there are."""
    counts = Counter(name for one in articles if (name := source(one)))
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [joined([source_link(name, page), f" {count} 篇"]) for name, count in order[:SOURCES_SHOWN]], len(counts)


def units_below(code: str, views: Views, known: Scope, page: str) -> dict[str, object]:
    """The units directly below, the most reported first, those without an article apart; of a province its counties."""
    below = [one.code for one in gazetteer.children(code)]
    heard = _most_reported([one for one in below if one in views.by_unit or one in views.mentioned_in], views)
    silent = [gazetteer.unit(one).name for one in below if one not in views.by_unit and one not in views.mentioned_in]
    counties = [one for one in _counties(code, views) if one not in below] if not above(code) else []
    return {
        "heard": bullets(_counted(heard, "", views, known, page), "units"),
        "silent": silent,
        "silent_folded": len(silent) > SILENT_SHOWN,
        "counties": bullets(_counted(counties[:COUNTIES_SHOWN], code, views, known, page), "units"),
        "county_count": len(counties),
        "counties_shown": min(len(counties), COUNTIES_SHOWN),
    }


def _counties(code: str, views: Views) -> list[str]:
    """The counties of a province that articles report on, the most reported first."""
    first, last = (bisect_left(views.units, bound) for bound in (code[:2], f"{code[:2]}~"))
    found = [one for one in views.units[first:last] if one in views.by_unit and gazetteer.unit(one).level == "county"]
    return _most_reported(found, views)


def _most_reported(codes: Iterable[str], views: Views) -> list[str]:
    return sorted(codes, key=lambda one: (-len(views.by_unit.get(one, ())), one))


def _counted(codes: Iterable[str], of: str, views: Views, known: Scope, page: str) -> Iterator[Markdown]:
    """Units with their numbers of articles, by their names from the unit `of` down."""
    own = gazetteer.full_name(of) if of else ""
    for code in codes:
        shown = gazetteer.full_name(code).removeprefix(own) if own else gazetteer.unit(code).name
        name = unit_link(code, page, shown) if code in known.units else shown
        count, mentions = len(views.by_unit.get(code, ())), len(views.mentioned_in.get(code, ()))
        yield fill("place_unit.md", name=name, count=count, mentions=mentions)


def _years(name: NameSpan) -> str:
    if name.first_year <= gazetteer.FIRST_YEAR:
        return f"至 {name.last_year} 年"
    return f"{name.first_year}–{name.last_year} 年" if name.first_year != name.last_year else f"{name.first_year} 年"
