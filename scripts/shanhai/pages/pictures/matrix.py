"""Who supports whom: the matrix of supporting and supported provinces as a table that is also the chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.annotate.gazetteer import provinces
from shanhai.pages.pictures.figure import Drawing
from shanhai.pages.pictures.grid import Axes, Cell, Entry, grid, summed
from shanhai.pages.pictures.shades import key
from shanhai.pages.targets import province, province_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CAPTION = "各省帮扶各省\uff1a写到每一对的文章篇数"
UNREPORTED_PAIR = "本库没有写到"


def pairs_table(
    counts: Mapping[tuple[str, str], int],
    page: str,
    *,
    name: str = "matrix",
    target: Callable[[str, str], str] | None = None,
) -> Drawing:
    """Supporters down, supported across, by full name of the province; a cell holds the number of articles.

    `target` gives the page or anchor that a cell leads to, by supporter and supported; without it the supporter's
    page. Sums of rows and columns count an article once for each pair that it states.
    """
    leads_to = target or (lambda origin, _: f"{province_page(origin)}#pairs")
    order = {one.name: position for position, one in enumerate(provinces())}
    known = {pair: count for pair, count in counts.items() if count}
    rows, columns = (sorted({pair[side] for pair in known}, key=order.__getitem__) for side in (0, 1))
    axes = Axes(
        kind="matrix",
        caption=CAPTION,
        corner="帮扶\u00a0↓ 受援\u00a0→",
        rows=[_entry(one) for one in rows],
        columns=[_entry(one) for one in columns],
    )
    cells = {
        pair: Cell(count, leads_to(*pair), f"{' → '.join(province(one).short for one in pair)}\uff1a{count} 篇")
        for pair, count in known.items()
    }
    return Drawing(
        name=name,
        markup=grid(axes, cells, summed(known), page),
        key=key(known.values(), "篇", UNREPORTED_PAIR if len(known) < len(rows) * len(columns) else ""),
        head=("帮扶方", "受援方", "篇数"),
        rows=tuple(
            (*pair, known[pair]) for pair in ((one, other) for one in rows for other in columns) if pair in known
        ),
        is_table=True,
    )


def _entry(name: str) -> Entry:
    return Entry(name, province(name).short, province_page(name))
