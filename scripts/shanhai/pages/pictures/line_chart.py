"""Counts by year as one or two lines. A year without a report has no point, and no line runs across it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shanhai.pages.escape import attribute
from shanhai.pages.pictures.figure import Drawing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WIDTH, HEIGHT = 400, 180
LEFT, RIGHT, TOP, BOTTOM = 34, 22, 22, 30
"""The drawing and its margins, in units that are pixels on a wide screen."""

LABEL_WIDTH = 42
"""What the four digits of a year need, with the room to the next."""

KINDS = ("one", "two")
"""The lines differ by stroke and mark, not only by colour."""

RADIUS = 4


class Series(NamedTuple):
    """A line: what it counts and the count of each year that has one."""

    name: str
    counts: Mapping[int, int]


class Scale(NamedTuple):
    """From years and counts to units of the drawing."""

    first: int
    last: int
    highest: int

    def x(self, year: int) -> float:
        """The place of a year from the left."""
        years = max(1, self.last - self.first)
        return round(LEFT + (year - self.first) * (WIDTH - LEFT - RIGHT) / years, 1)

    def y(self, count: float) -> float:
        """The place of a count from the top."""
        return round(HEIGHT - BOTTOM - count * (HEIGHT - TOP - BOTTOM) / self.highest, 1)


def by_year(series: Sequence[Series], *, caption: str, name: str = "trend") -> Drawing:
    """The chart of one or two series, of which one at least has a count."""
    years = sorted({year for one in series for year in one.counts})
    scale = Scale(years[0], years[-1], max(max(one.counts.values(), default=1) for one in series))
    told = "\uff1b".join(f"{one.name}\uff1a{_told(one)}" for one in series)
    parts = [
        f'<svg class="trend" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" aria-label="{attribute(caption)}">',
        f"<title>{attribute(caption)}</title><desc>{attribute(told)}</desc>",
        *_grid(scale),
        *(_line(one, kind, scale) for one, kind in zip(series, KINDS, strict=False)),
        "</svg>",
    ]
    return Drawing(
        name=name,
        markup="\n".join(parts),
        key=_key(series) if len(series) > 1 else "",
        head=("年份", *(one.name for one in series)),
        rows=tuple(
            (str(year), *(one.counts.get(year) or None for one in series)) for year in range(years[0], years[-1] + 1)
        ),
    )


def _told(one: Series) -> str:
    return "、".join(f"{year} 年 {count} 篇" for year, count in sorted(one.counts.items()))


def _grid(scale: Scale) -> Iterator[str]:
    """Lines and numbers of the counts at the left, the years below."""
    for count in dict.fromkeys([0, scale.highest // 2, scale.highest]):
        y = scale.y(count)
        yield f'<path class="rule" d="M{LEFT} {y}H{WIDTH - RIGHT}"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 5}" text-anchor="end">{count}</text>'
    for year in _labelled(scale):
        yield f'<text x="{scale.x(year)}" y="{HEIGHT - 8}" text-anchor="middle">{year}</text>'


def _labelled(scale: Scale) -> list[int]:
    """The years that have room for their number, the last always among them."""
    room = (WIDTH - LEFT - RIGHT) // LABEL_WIDTH
    step = max(1, -(-(scale.last - scale.first) // room))
    return list(range(scale.last, scale.first - 1, -step))


def _line(one: Series, kind: str, scale: Scale) -> str:
    points = [(scale.x(year), scale.y(count)) for year, count in sorted(one.counts.items())]
    years = sorted(one.counts)
    path = "".join(
        f"{'L' if place and years[place - 1] == year - 1 else 'M'}{x} {y}"
        for place, (year, (x, y)) in enumerate(zip(years, points, strict=True))
    )
    return f'<g class="{kind}"><path d="{path}"/>{"".join(_mark(x, y, kind) for x, y in points)}</g>'


def _mark(x: float, y: float, kind: str) -> str:
    if kind == KINDS[0]:
        return f'<circle cx="{x}" cy="{y}" r="{RADIUS}"/>'
    side = 2 * RADIUS
    return f'<rect x="{x - RADIUS:g}" y="{y - RADIUS:g}" width="{side}" height="{side}"/>'


def _key(series: Sequence[Series]) -> str:
    entries = (
        f'<span class="entry"><svg class="trend" width="28" height="12" viewBox="0 0 28 12" aria-hidden="true">'
        f'<g class="{kind}"><path d="M0 6H28"/>{_mark(14, 6, kind)}</g></svg> {attribute(one.name)}</span>'
        for one, kind in zip(series, KINDS, strict=False)
    )
    return f'<p class="key">{" ".join(entries)}</p>'
