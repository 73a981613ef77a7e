"""Month strips and yearly curves of any set of articles, on the time that the whole archive spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shanhai.pages.pictures import figure, line_chart, months
from shanhai.pages.pictures.line_chart import Series
from shanhai.relate.tallies import by_year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from shanhai.pages.pictures.figure import Picture
    from shanhai.pages.pictures.months import Event
    from shanhai.records import Article
    from shanhai.relate.views import Views

LEAST_YEARS = 3
"""A curve of fewer years shows nothing that the words do not say."""

LEAST_HIGHEST = 2
"""A curve on one level shows nothing that the month strip does not."""


class Timeline(NamedTuple):
    """The time of a whole archive: its first and last month and year, `None` where none is dated so far.

    `as_of` is the date of its data.
    """

    months: tuple[str, str] | None
    years: tuple[int, int] | None
    as_of: str


def timeline(views: Views) -> Timeline:
    """The time that an archive spans; asked once for all pages."""
    return Timeline(months.span(months.dated(views.newest)), views.years, views.latest)


def month_strip(  # noqa: PLR0913 - what is drawn and where it leads
    articles: Sequence[Article],
    page: str,
    time: Timeline,
    title: str,
    *,
    target: Callable[[str, str], str] | None = None,
    events: Sequence[Event] = (),
) -> Picture | None:
    """The articles by month, with the events of policy in these months; `None` where none of them is dated.

    A cell leads to `target` of its year and month.
    """
    counts = months.dated(articles)
    if not (counts.months or counts.years):
        return None
    drawing = months.strip(counts, time.months, page, caption=title, target=target, events=events)
    return figure.framed(drawing, page, title=title, count=len(articles), as_of=time.as_of)


def curve(lines: Iterable[tuple[str, Sequence[Article]]], page: str, time: Timeline, title: str) -> Picture | None:
    """Articles by year: a line, and a second one where it differs, which takes in the first.

    `None` where they are of fewer than three years, or no year has more than one.
    """
    series = [Series(name, by_year(articles)) for name, articles in lines]
    series = series[: 1 + (series[-1].counts != series[0].counts)]
    counts = series[-1].counts
    if len(counts) < LEAST_YEARS or max(counts.values()) < LEAST_HIGHEST:
        return None
    drawing = line_chart.by_year(series, caption=title)
    note = "线只连相邻的年份\uff1b没有点的年份是本库没有报道"
    count = sum(counts.values())
    return figure.framed(drawing, page, title=title, count=count, as_of=time.as_of, note=note)


def span(articles: Iterable[Article]) -> str:
    """The years from first to last: "1996–2025", "2019", or nothing where all are undated."""
    years = sorted(by_year(articles))
    return "–".join(dict.fromkeys([str(years[0]), str(years[-1])])) if years else ""
