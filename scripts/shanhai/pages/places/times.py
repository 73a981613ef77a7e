"""When and about what: the month strip of a place and its themes by year."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from shanhai.annotate import gazetteer
from shanhai.annotate.vocabulary import themes
from shanhai.pages.listing import MOST_BESIDE_TABLES, page_name, year_name
from shanhai.pages.pictures import figure, heat
from shanhai.pages.pictures.grid import Entry, Totals
from shanhai.pages.pictures.months import policy_events
from shanhai.pages.pictures.timeline import month_strip
from shanhai.pages.targets import theme_page
from shanhai.relate.compilations import themes_about
from shanhai.relate.facts import above, month, year
from shanhai.relate.identity import UNDATED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shanhai.pages.pictures.figure import Picture
    from shanhai.pages.pictures.timeline import Timeline
    from shanhai.records import Article

FEWEST_DRAWN = 3
"""One or two articles are seen at a glance in the list."""


def pictures(code: str, articles: Sequence[Article], time: Timeline, page: str) -> list[Picture]:
    """The month strip, on a province's page with the events of policy, and the heat table.

    Nothing where too few articles, or none with a month, would be drawn.
    """
    if len(articles) < FEWEST_DRAWN:
        return []
    lists = _list_of_each_year(articles, page)
    title = f"{gazetteer.unit(code).name}的文章\uff0c按月"
    events = () if above(code) else policy_events()
    strip = (
        month_strip(articles, page, time, title, target=lambda of, _: lists[of], events=events)
        if any(map(month, articles))
        else None
    )
    return [one for one in (strip, _heat(code, articles, time, page, lists)) if one]


def _heat(
    code: str, articles: Sequence[Article], time: Timeline, page: str, lists: Mapping[str, str]
) -> Picture | None:
    counts: Counter[tuple[str, str]] = Counter()
    by_theme: Counter[str] = Counter()
    for one in articles:
        labels = themes_about(one, code)
        counts.update((label, year(one)) for label in labels)
        by_theme.update(labels)
    if not counts:
        return None
    rows = [Entry(one.label, "", theme_page(one.label)) for one in themes() if by_theme[one.label]]
    totals = Totals(label="文章", rows=by_theme, columns=Counter(map(year, articles)), total=len(articles))
    caption = f"{gazetteer.unit(code).name}的主题\uff0c按年"
    drawing = heat.table(rows, _columns(lists), counts, page, caption=caption, totals=totals)
    note = "一篇文章可以有几个主题\uff1b汇编只算写到此地的部分"
    return figure.framed(drawing, page, title=caption, count=len(articles), as_of=time.as_of, note=note)


def _columns(lists: Mapping[str, str]) -> list[Entry]:
    """All years from the first to the last with an article, those with one as links; then the undated."""
    with_year = sorted(name for name in lists if name != UNDATED)
    span = range(int(with_year[0]), int(with_year[-1]) + 1) if with_year else ()
    undated = [Entry(UNDATED, year_name(UNDATED), lists[UNDATED])] if UNDATED in lists else []
    return [*(Entry(str(one), "", lists.get(str(one), "")) for one in span), *undated]


def _list_of_each_year(articles: Sequence[Article], page: str) -> dict[str, str]:
    """Where each year begins in the place's own list of articles."""
    found: dict[str, str] = {}
    for number, one in enumerate(articles):
        name = year(one)
        if name not in found:
            anchor = name if name == UNDATED else f"y{name}"
            found[name] = f"{page_name(page, number // MOST_BESIDE_TABLES + 1)}#{anchor}"
    return found
