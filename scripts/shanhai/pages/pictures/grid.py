"""A table that is also the chart: two axes, a shaded number in each cell, sums where they mean something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from shanhai.pages.hypertext import UNREPORTED, anchor, plain, scrolling
from shanhai.pages.pictures.shades import class_limits, shade

NOTHING = f'<td class="t0">{UNREPORTED}</td>'


class Entry(msgspec.Struct, frozen=True):
    """A row or a column: its key in the counts, what is shown (its key, where empty) and the page it leads to."""

    key: str
    shown: str = ""
    target: str = ""


class Cell(msgspec.Struct, frozen=True):
    """A count with the page that it leads to and what a mouse is told of it."""

    count: int
    target: str = ""
    tip: str = ""


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """Sums of rows and columns by key, and of all; `label` says what they count ("合计", "文章")."""

    label: str
    rows: Mapping[str, int]
    columns: Mapping[str, int]
    total: int


class Axes(msgspec.Struct, frozen=True, kw_only=True):
    """What a grid shows: `corner` names both axes, `caption` the whole."""

    kind: str
    caption: str
    corner: str
    rows: Sequence[Entry]
    columns: Sequence[Entry]


def grid(axes: Axes, cells: Mapping[tuple[str, str], Cell], totals: Totals | None, page: str) -> str:
    """The HTML table, in a box that scrolls; a cell without a count is hatched and holds an en dash, never a zero."""
    limits = class_limits(cell.count for cell in cells.values())
    head = "".join(f'<th scope="col">{_shown(one, page)}</th>' for one in axes.columns)
    sum_head = f'<th scope="col" class="sum">{plain(totals.label)}</th>' if totals else ""
    lines = [
        f'<table class="chart {axes.kind}"><caption>{plain(axes.caption)}</caption>',
        f'<thead><tr><th scope="col">{plain(axes.corner)}</th>{head}{sum_head}</tr></thead>',
        "<tbody>",
    ]
    for row in axes.rows:
        body = "".join(_cell(cells.get((row.key, column.key)), limits, page) for column in axes.columns)
        lines.append(
            f'<tr><th scope="row">{_shown(row, page)}</th>{body}{_sum(totals.rows, row) if totals else ""}</tr>'
        )
    lines.append("</tbody>")
    if totals:
        lines.append(_foot(axes, totals))
    return scrolling("\n".join([*lines, "</table>"]), axes.caption)


def summed(counts: Mapping[tuple[str, str], int], label: str = "合计") -> Totals:
    """The sums of the counts by row and by column."""
    rows: dict[str, int] = {}
    columns: dict[str, int] = {}
    for (row, column), count in counts.items():
        rows[row] = rows.get(row, 0) + count
        columns[column] = columns.get(column, 0) + count
    return Totals(label=label, rows=rows, columns=columns, total=sum(rows.values()))


def _shown(one: Entry, page: str) -> str:
    words = one.shown or one.key
    return anchor(words, one.target, page) if one.target else f"<span>{plain(words)}</span>"


def _cell(cell: Cell | None, limits: Sequence[int], page: str) -> str:
    if cell is None:
        return NOTHING
    number = anchor(str(cell.count), cell.target, page, cell.tip) if cell.target else str(cell.count)
    return f'<td class="{shade(cell.count, limits)}">{number}</td>'


def _sum(sums: Mapping[str, int], one: Entry) -> str:
    return f'<td class="sum">{plain(sums.get(one.key) or None)}</td>'


def _foot(axes: Axes, totals: Totals) -> str:
    sums = "".join(_sum(totals.columns, one) for one in axes.columns)
    total = f'<td class="sum">{plain(totals.total or None)}</td>'
    return f'<tfoot><tr><th scope="row">{plain(totals.label)}</th>{sums}{total}</tr></tfoot>'
