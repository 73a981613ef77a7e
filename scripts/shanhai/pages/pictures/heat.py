"""Theme by year (or any two axes) as a heat table: the numbers are printed, the shade only helps the eye."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from shanhai.pages.pictures.figure import Drawing
from shanhai.pages.pictures.grid import Axes, Cell, Entry, Totals, grid, summed
from shanhai.pages.pictures.shades import key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LEAST_FOLDED = 3
"""So many empty columns in a row become one: fewer would save no room."""

NO_ARTICLE = "本库尚无"


def table(  # noqa: PLR0913 - two axes, their words and where the cells lead
    rows: Sequence[Entry],
    columns: Sequence[Entry],
    counts: Mapping[tuple[str, str], int],
    page: str,
    *,
    caption: str,
    words: tuple[str, str] = ("主题", "年份"),
    name: str = "heat",
    target: Callable[[str, str], str] | None = None,
    totals: Totals | None = None,
) -> Drawing:
    """Counts by (key of the row, key of the column); empty cells are hatched, with an en dash, never a zero.

    `totals` are the sums of the counts, unless given: give them where an article stands in several rows and the
    distinct articles are told. `target` gives the page of a cell. Three or more neighbouring columns without a count,
    not even in the sums, are one column ("1996–2003"). `words` name the axes.
    """
    row_keys, column_keys = {one.key for one in rows}, {one.key for one in columns}
    known = {at: n for at, n in counts.items() if n and at[0] in row_keys and at[1] in column_keys}
    sums = totals or summed(known)
    cells = {at: Cell(n, target(*at) if target else "") for at, n in known.items()}
    axes = Axes(
        kind="heat",
        caption=caption,
        corner=" · ".join(words),
        rows=rows,
        columns=folded(columns, {key for key, count in sums.columns.items() if count}),
    )
    return Drawing(
        name=name,
        markup=grid(axes, cells, sums, page),
        key=key(known.values(), "篇", NO_ARTICLE if len(known) < len(rows) * len(columns) else ""),
        head=(*words, "篇数"),
        rows=tuple(
            (a.shown or a.key, b.shown or b.key, known[a.key, b.key])
            for a in rows
            for b in columns
            if (a.key, b.key) in known
        ),
        is_table=True,
    )


def folded(columns: Sequence[Entry], with_counts: set[str]) -> list[Entry]:
    """The columns with each long run of empty ones as one."""
    shown: list[Entry] = []
    for filled, group in groupby(columns, key=lambda one: one.key in with_counts):
        run = list(group)
        if filled or len(run) < LEAST_FOLDED:
            shown += run
        else:
            shown.append(Entry("", f"{run[0].shown or run[0].key}–{run[-1].shown or run[-1].key}"))
    return shown
