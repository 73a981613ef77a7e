"""Month strips: a row of twelve months for each year (or place), with the articles of each month."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai import reference
from shanhai.pages.hypertext import UNREPORTED, anchor, href, plain, scrolling
from shanhai.pages.pictures.figure import Drawing
from shanhai.pages.pictures.shades import class_limits, entry, key, shade
from shanhai.pages.targets import month_target
from shanhai.pages.wording import written_date
from shanhai.relate.facts import month, year
from shanhai.relate.identity import UNDATED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from shanhai.records import Article

LEAST_FOLDED = 3
"""So many years in a row without an article become one row."""

MOST_IN_A_CELL = 999
"""Above it twelve months are wider than a phone, and the strip scrolls in a box of its own."""

OUT = '<td class="out"></td>'
MONTHS = tuple(f"{number:02}" for number in range(1, 13))
HEAD = ("时间", "精确到", "篇数")
CIRCLED = 20
"""Unicode has so many circled numbers in one row."""

EVENTS_FILE = "policy_events.yml"
NO_ARTICLE = "本库没有报道"
OUTSIDE = "本库最早一篇之前、最晚一篇之后"

Span = tuple[str, str]
"""Two months, "1996-07" and "2025-03", both within."""


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers of articles by how exactly they are dated: by month ("2019-03"), by year alone ("2019"), not at all."""

    months: dict[str, int]
    years: dict[str, int]
    undated: int


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A dated event of policy; `date` as exactly as it is known, `source` the document or report that says so."""

    date: str
    zh: str
    en: str
    source: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row of small multiples: a place with its page and the numbers of its articles of the year by month ("03")."""

    shown: str
    target: str
    months: dict[str, int]
    year_only: int = 0


def dated(articles: Iterable[Article]) -> Dated:
    """The articles counted by month as far as their date says; an interval counts for the year that it begins in."""
    counts = Counter(month(one) or year(one) for one in articles)
    return Dated(
        months={name: count for name, count in counts.items() if "-" in name},
        years={name: count for name, count in counts.items() if name.isdigit()},
        undated=counts[UNDATED],
    )


def span(whole: Dated) -> Span | None:
    """The months of the first and the last article of the whole archive; `None` where none is dated to a month."""
    return (min(whole.months), max(whole.months)) if whole.months else None


@cache
def policy_events() -> tuple[Event, ...]:
    """The events of policy that strips may mark, oldest first."""
    return tuple(reference.load(EVENTS_FILE, list[Event]))


def strip(  # noqa: PLR0913 - a drawing and its words
    counts: Dated,
    archive: Span | None,
    page: str,
    *,
    caption: str,
    name: str = "months",
    events: Sequence[Event] = (),
    target: Callable[[str, str], str] | None = None,
) -> Drawing:
    """A row for each year of the archive, oldest first, and a cell for each of its months.

    A month with articles shows its number; a month of the archive's span without one is hatched, with an en dash; a
    month outside is blank. Articles dated to the year alone, or not at all, are told beside, never placed in a month.
    Three or more years in a row without an article are one row. `events` are marked in the years that have a row of
    their own. `archive` is `span(dated(all articles))`. `target` gives the page of a year and month; without it the
    month's anchor on the year's page ("years/2019.md#m03").
    """
    filled = {month[:4] for month in counts.months} | counts.years.keys()
    runs = _runs(filled, archive)
    marked = _marked(events, {run[0] for run in runs if len(run) == 1}, archive)
    scene = _Scene(
        page, archive, class_limits(counts.months.values()), target or _month_page, marked, bool(counts.years)
    )
    lines = [_year_row(run[0], counts, scene) if len(run) == 1 else _folded_row(run, scene) for run in runs]
    table = _framework(caption, "年份", lines, scene)
    undated = f'\n<p class="beside">另有未注日期的 {counts.undated} 篇\uff0c不在图中。</p>' if counts.undated else ""
    return Drawing(
        name=name,
        markup=table + undated,
        key=_key(table, counts.months.values()) + _event_list(marked),
        head=HEAD,
        rows=(
            *((month, "月", count) for month, count in sorted(counts.months.items())),
            *((year, "年", count) for year, count in sorted(counts.years.items())),
            *((("", "未注日期", counts.undated),) if counts.undated else ()),
        ),
        is_table=True,
    )


def by_place(  # noqa: PLR0913 - a drawing and its words
    year: str, rows: Sequence[Row], archive: Span | None, page: str, *, caption: str, name: str = "places"
) -> Drawing:
    """The months of one year for several places, a row each, in the shades of one scale, so that they compare."""
    shown = [n for row in rows for n in row.months.values()]
    scene = _Scene(page, archive, class_limits(shown), _month_page, {}, any(row.year_only for row in rows))
    lines = []
    for row in rows:
        counts = {f"{year}-{month}": n for month, n in row.months.items()}
        head = anchor(row.shown, row.target, page) if row.target else plain(row.shown)
        lines.append(_row(head, _months(year, counts, scene, plain(row.shown)), row.year_only, scene))
    table = _framework(caption, "地方", lines, scene)
    return Drawing(
        name=name,
        markup=table,
        key=_key(table, shown),
        head=("地方", *HEAD),
        rows=tuple(
            (row.shown, *told)
            for row in rows
            for told in (
                *((f"{year}-{month}", "月", n) for month, n in sorted(row.months.items())),
                *(((year, "年", row.year_only),) if row.year_only else ()),
            )
        ),
        is_table=True,
    )


def _month_page(year: str, month: str) -> str:
    return month_target(f"{year}-{month}")


class _Scene(NamedTuple):
    """What all cells of a strip share."""

    page: str
    archive: Span | None
    limits: Sequence[int]
    target: Callable[[str, str], str]
    marked: Mapping[str, Sequence[tuple[str, Event]]]
    beside: bool


def _runs(filled: set[str], archive: Span | None) -> list[list[str]]:
    """The years of the archive one by one; a long run of years without an article together."""
    known = sorted({*filled, *(month[:4] for month in archive or ())})
    every = [str(year) for year in range(int(known[0]), int(known[-1]) + 1)] if known else []
    runs: list[list[str]] = []
    for has_articles, group in groupby(every, key=filled.__contains__):
        run = list(group)
        runs += [[year] for year in run] if has_articles or len(run) < LEAST_FOLDED else [run]
    return runs


def _framework(caption: str, corner: str, lines: Iterable[str], scene: _Scene) -> str:
    months = "".join(f'<th scope="col">{number}月</th>' for number in range(1, 13))
    beside = '<th scope="col">只知年份</th>' if scene.beside else ""
    table = "\n".join(
        [
            f'<table class="chart months"><caption>{plain(caption)}</caption>',
            f'<thead><tr><th scope="col">{corner}</th>{months}{beside}</tr></thead>',
            "<tbody>",
            *lines,
            "</tbody></table>",
        ]
    )
    return scrolling(table, caption) if max(scene.limits, default=0) > MOST_IN_A_CELL else table


def _year_row(year: str, counts: Dated, scene: _Scene) -> str:
    return _row(year, _months(year, counts.months, scene), counts.years.get(year, 0), scene)


def _row(head: str, cells: str, year_only: int, scene: _Scene) -> str:
    beside = f"<td>{year_only or ''}</td>" if scene.beside else ""
    return f'<tr><th scope="row">{head}</th>{cells}{beside}</tr>'


def _folded_row(run: Sequence[str], scene: _Scene) -> str:
    beside = "<td></td>" if scene.beside else ""
    words = f"{run[0]}–{run[-1]} 年{NO_ARTICLE}"
    return f'<tr><th scope="row">{run[0]}</th><td class="t0" colspan="12">{words}</td>{beside}</tr>'


def _months(year: str, counts: Mapping[str, int], scene: _Scene, place: str = "") -> str:
    first, last = scene.archive or ("9", "")
    cells = []
    for number in MONTHS:
        written = f"{year}-{number}"
        count = counts.get(written)
        if count:
            tip = f"{place}{year}年{int(number)}月\uff1a{count} 篇"
            shown = f'<a href="{href(scene.target(year, number), scene.page)}" title="{tip}">{count}</a>'
        elif first <= written <= last:
            shown = UNREPORTED
        else:
            cells.append(OUT)
            continue
        cells.append(_cell(shown, shade(count, scene.limits), scene.marked.get(written, ())))
    return "".join(cells)


def _cell(number: str, kind: str, events: Sequence[tuple[str, Event]]) -> str:
    if not events:
        return f'<td class="{kind}">{number}</td>'
    return f'<td class="{kind} event">{number}<sup>{"".join(mark for mark, _ in events)}</sup></td>'


def _key(table: str, counts: Collection[int]) -> str:
    """The key of what the strip really shows."""
    outside = [entry("out", OUTSIDE)] if OUT in table else []
    return key(counts, "篇", NO_ARTICLE if 'class="t0' in table else "", *outside)


def _marked(events: Sequence[Event], years: set[str], archive: Span | None) -> dict[str, list[tuple[str, Event]]]:
    """Month -> its events with their marks, for the events within the archive's span in a year that has its own row."""
    marked: dict[str, list[tuple[str, Event]]] = {}
    within = [one for one in events if archive and one.date[:4] in years and archive[0] <= one.date[:7] <= archive[1]]
    for number, one in enumerate(sorted(within, key=lambda event: event.date)):
        marked.setdefault(one.date[:7], []).append((_mark(number), one))
    return marked


def _mark(number: int) -> str:
    """The number in a circle, from 0 for \u2460; beyond twenty in brackets."""
    return chr(ord("\u2460") + number) if number < CIRCLED else f"({number + 1})"


def _event_list(marked: Mapping[str, Sequence[tuple[str, Event]]]) -> str:
    entries = [_told(mark, one) for month in sorted(marked) for mark, one in marked[month]]
    return "\n".join(['\n<ul class="events">', *entries, "</ul>"]) if entries else ""


def _told(mark: str, one: Event) -> str:
    day = f'<time datetime="{one.date}">{written_date(one.date)}</time>'
    return f"<li>{mark} {day} {plain(one.zh)} <small>{plain(one.source)}</small></li>"
