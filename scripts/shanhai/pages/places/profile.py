"""What a place is and what the archive holds of it at a glance: the first screen of a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.annotate import gazetteer
from shanhai.annotate.gazetteer import provinces
from shanhai.pages import bilingual
from shanhai.pages.markdown import Markdown, bullets, fill, joined, link
from shanhai.pages.targets import PROVINCES, unit_page
from shanhai.pages.wording import REGIONS
from shanhai.relate import tallies
from shanhai.relate.compilations import themes_about
from shanhai.relate.facts import above

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shanhai.annotate.gazetteer import NameSpan
    from shanhai.records import Article, Level
    from shanhai.relate.views import Views

LEVELS: dict[Level, str] = {"province": "省级", "prefecture": "地级", "county": "县级"}

WITHOUT_REGION = frozenset({"710000", "810000", "820000"})
"""台湾, 香港 and 澳门: the four regions of the National Bureau of Statistics (2011) do not count them."""

THEMES_SHOWN = 4
"""A glance: the picture below tells all of them."""

COUNTIES_SHOWN = 60
"""The most reported counties on a province's page; each prefecture's page has all of its own."""

NAMES_SHOWN = 8
SILENT_SHOWN = 12
"""More units without an article than these are folded away."""


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


def most_themes(articles: Iterable[Article], code: str, page: str) -> list[Markdown]:
    """The most frequent themes of a unit's articles, each with its English name and number."""
    counts = tallies.ranked_labels(tallies.tally(themes_about(one, code) for one in articles))
    return [
        fill("place_theme.md", theme=bilingual.theme(label, page), count=count)
        for label, count in counts[:THEMES_SHOWN]
    ]


def units_below(code: str, views: Views, page: str) -> dict[str, object]:
    """The units directly below, the most reported first, those without an article apart; of a province its counties."""
    below = _codes_below(code)
    heard = _most_reported([one for one in below if one in views.by_unit or one in views.mentioned_in], views)
    silent = [gazetteer.unit(one).name for one in below if one not in views.by_unit and one not in views.mentioned_in]
    counties = [one for one in _counties(code, views) if one not in below] if not above(code) else []
    return {
        "heard": bullets(_counted(heard, "", views, page), "units"),
        "silent": silent,
        "silent_folded": len(silent) > SILENT_SHOWN,
        "counties": bullets(_counted(counties[:COUNTIES_SHOWN], code, views, page), "units"),
        "county_count": len(counties),
        "counties_shown": min(len(counties), COUNTIES_SHOWN),
    }


def _counties(code: str, views: Views) -> list[str]:
    """The counties of a province that articles report on, the most reported first."""
    below = [one for up in (code, *_codes_below(code)) for one in _codes_below(up)]
    return _most_reported(
        (one for one in below if one in views.by_unit and gazetteer.unit(one).level == "county"), views
    )


def _codes_below(code: str) -> list[str]:
    return [one.code for one in gazetteer.children(code)]


def _most_reported(codes: Iterable[str], views: Views) -> list[str]:
    return sorted(codes, key=lambda one: (-len(views.by_unit.get(one, ())), one))


def _counted(codes: Iterable[str], of: str, views: Views, page: str) -> Iterator[Markdown]:
    """Units with their numbers of articles, by their names from the unit `of` down."""
    own = gazetteer.full_name(of) if of else ""
    for code in codes:
        shown = gazetteer.full_name(code).removeprefix(own) if own else gazetteer.unit(code).name
        name = unit_link(code, page, shown) if code in views.units else shown
        count, mentions = len(views.by_unit.get(code, ())), len(views.mentioned_in.get(code, ()))
        yield fill("place_unit.md", name=name, count=count, mentions=mentions)


def _years(name: NameSpan) -> str:
    if name.first_year <= gazetteer.FIRST_YEAR:
        return f"至 {name.last_year} 年"
    return f"{name.first_year}–{name.last_year} 年" if name.first_year != name.last_year else f"{name.first_year} 年"
