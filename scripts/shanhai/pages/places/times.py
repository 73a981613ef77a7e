"""When and about what: the month strip of a place and its themes by year."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from shanhai.annotate import gazetteer
from shanhai.annotate.vocabulary import themes
from shanhai.pages.listing import MOST_ON_A_PAGE, page_name, year_name
from shanhai.pages.pictures import figure, heat, months
from shanhai.pages.pictures.grid import Entry, Totals
from shanhai.pages.places.profile import themes_about
from shanhai.pages.targets import theme_page
from shanhai.relate.views import UNDATED, year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.pages.pictures.figure import Picture
    from shanhai.pages.pictures.months import Dated
    from shanhai.pages.places.profile import Scope
    from shanhai.records import Article

FEWEST_DRAWN = 3
"""One or two articles are seen at a glance in the list."""


def pictures(code: str, articles: Sequence[Article], known: Dated, scope: Scope, page: str) -> list[Picture]:
    """The month strip and the heat table; nothing where too few articles, or none with a month, would be drawn."""
    if len(articles) < FEWEST_DRAWN:
        return []
    lists = _list_of_each_year(articles, page)
    drawn = [_strip(code, articles, known, scope, page, lists)] if known.months else []
    return [*drawn, *_heat(code, articles, scope, page, lists)]


def _strip(  # noqa: PLR0913, PLR0917 - what is drawn and where it leads
    code: str, articles: Sequence[Article], known: Dated, scope: Scope, page: str, lists: dict[str, str]
) -> Picture:
    name = gazetteer.unit(code).name
    caption = f"{name}的文章\uff0c按月"
    drawing = months.strip(known, scope.months, page, caption=caption, target=lambda of, _: lists[of])
    return figure.framed(drawing, page, title=caption, count=len(articles), as_of=scope.as_of)


def _heat(code: str, articles: Sequence[Article], scope: Scope, page: str, lists: dict[str, str]) -> list[Picture]:
    counts: Counter[tuple[str, str]] = Counter()
    by_theme: Counter[str] = Counter()
    for one in articles:
        labels = themes_about(one, code)
        counts.update((label, year(one)) for label in labels)
        by_theme.update(labels)
    if not counts:
        return []
    rows = [Entry(one.label, "", theme_page(one.label)) for one in themes() if by_theme[one.label]]
    totals = Totals(label="文章", rows=by_theme, columns=Counter(map(year, articles)), total=len(articles))
    caption = f"{gazetteer.unit(code).name}的主题\uff0c按年"
    drawing = heat.table(rows, _columns(lists), counts, page, caption=caption, totals=totals)
    note = "一篇文章可以有几个主题\uff1b汇编只算写到此地的部分"
    return [figure.framed(drawing, page, title=caption, count=len(articles), as_of=scope.as_of, note=note)]


def _columns(lists: dict[str, str]) -> list[Entry]:
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
            found[name] = f"{page_name(page, number // MOST_ON_A_PAGE + 1)}#{anchor}"
    return found
