"""Counts by year as bars the height of a line, for the cells of tables; the numbers are told in words beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.pages.escape import attribute
from shanhai.pages.markdown import Markdown
from shanhai.pages.wording import COLON, SEMICOLON

if TYPE_CHECKING:
    from collections.abc import Mapping

HEIGHT = 16
BAR, STEP = 3, 4
"""Width of a bar and distance between bars, in units of the drawing."""


def bars(counts: Mapping[int, int], first: int, last: int, what: str = "") -> Markdown:
    """The sparkline of counts by year from the first to the last year of the archive.

    A year without a report has a dot below the line instead of a bar. The text alternative names every year that has
    a count; `what` says what is counted ("精准扶贫").
    """
    highest = max((counts.get(year, 0) for year in range(first, last + 1)), default=0)
    drawn, dots, told = [], [], []
    for index, year in enumerate(range(first, last + 1)):
        count, x = counts.get(year, 0), index * STEP
        if count:
            height = max(2, round(count / highest * (HEIGHT - 2)))
            drawn.append(f"M{x} {HEIGHT - 2}v-{height}h{BAR}v{height}z")
            told.append(f"{year} 年 {count} 篇")
        else:
            dots.append(f"M{x + 1} {HEIGHT - 1}h1v1h-1z")
    words = "、".join(told) or "本库尚无"
    rest = f"{SEMICOLON}其余年份本库尚无" if told and dots else ""
    title = attribute(f"{what + COLON if what else ''}{words}{rest}")
    width = max(1, (last - first + 1) * STEP - 1)
    return Markdown(
        f'<svg class="spark" role="img" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}">'
        f'<title>{title}</title><path d="{"".join(drawn)}"/><path class="none" d="{"".join(dots)}"/></svg>'
    )
