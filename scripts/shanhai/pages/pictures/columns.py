"""Articles by year as columns: what is counted, dark, before all articles of the year, pale, which it is a part of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shanhai.pages.hypertext import UNREPORTED, plain
from shanhai.pages.pictures.figure import Drawing
from shanhai.pages.pictures.shades import entry
from shanhai.pages.wording import share
from shanhai.relate.identity import UNDATED

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDTH, HEIGHT = 360, 118
"""Of the drawing, in units that are pixels of a phone's screen, so that its words stay legible there."""

TOP, FLOOR = 16, 96
"""Where the highest column ends and where all columns stand."""

LABEL_YEARS = 5
LEAST_LABEL_GAP = 3
"""A year is written below every fifth column, and below the first and the last unless a written one stands so near."""

NO_ARTICLE = "本库这一年没有文章"


class _Scale(NamedTuple):
    """Years to columns, counts to heights."""

    first: int
    last: int
    highest: int

    @property
    def step(self) -> float:
        return WIDTH / (self.last - self.first + 1)

    def left(self, year: int) -> float:
        return (year - self.first) * self.step

    def height(self, count: int) -> float:
        return max(1.5, count / self.highest * (FLOOR - TOP))


def by_year(  # noqa: PLR0913 - a drawing and its words
    counts: Mapping[str, int],
    totals: Mapping[str, int],
    span: tuple[int, int],
    *,
    what: str,
    name: str = "years",
    since: str = "",
) -> Drawing:
    """Columns for each year of `span`; `totals` are all articles of the archive by year, of which `counts` are a part.

    A year without any article is hatched below the line. The undated are told beside. `since`, a date as far as it is
    known ("2013-12"), is marked by a line.
    """
    scale = _Scale(*span, max((totals.get(str(one), 0) for one in range(span[0], span[1] + 1)), default=1) or 1)
    years = range(span[0], span[1] + 1)
    parts = [_year(one, counts.get(str(one), 0), totals.get(str(one), 0), scale) for one in years]
    marked = since[:4].isdigit() and span[0] <= int(since[:4]) <= span[1]
    mark = _mark(int(since[:4]), scale) if marked else ""
    told = "、".join(f"{one} 年 {counts[str(one)]} 篇" for one in years if counts.get(str(one))) or "没有"
    svg = (
        f'<svg class="columns" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{plain(what)}</title><desc id="{name}-desc">{plain(told)}</desc>'
        f'<path class="floor" d="M0 {FLOOR}h{WIDTH}"/>{"".join(parts)}{_labels(scale)}{mark}</svg>'
    )
    undated = counts.get(UNDATED, 0)
    beside = f'<p class="beside">另有未注日期的 {undated} 篇\uff0c不在图中。</p>' if undated else ""
    return Drawing(
        name=name,
        markup=svg + beside,
        key=_key(what, marked=marked, gaps=any(not totals.get(str(one)) for one in years)),
        head=("年份", what, "当年全部文章", "占当年"),
        rows=tuple(_row(str(one), counts, totals) for one in years)
        + ((_row(UNDATED, counts, totals),) if undated else ()),
    )


def _row(
    year: str, counts: Mapping[str, int], totals: Mapping[str, int]
) -> tuple[str, int | None, int | None, str | None]:
    total = totals.get(year)
    count = counts.get(year, 0) if total else None
    return ("未注日期" if year == UNDATED else year, count, total, share(count or 0, total) if total else None)


def _year(year: int, count: int, total: int, scale: _Scale) -> str:
    left, width = scale.left(year) + scale.step * 0.1, scale.step * 0.8
    if not total:
        return f'<path class="gap" d="M{left:.1f} {FLOOR + 2}h{width:.1f}"/>'
    tip = f"{year} 年\uff1a{count} 篇\uff0c当年共 {total} 篇"
    whole, part = scale.height(total), scale.height(count)
    shown = f'<rect class="whole" x="{left:.1f}" y="{FLOOR - whole:.1f}" width="{width:.1f}" height="{whole:.1f}"/>'
    if count:
        shown += f'<rect class="part" x="{left:.1f}" y="{FLOOR - part:.1f}" width="{width:.1f}" height="{part:.1f}"/>'
        shown += f'<text x="{left + width / 2:.1f}" y="{FLOOR - whole - 3:.1f}">{count}</text>' if count < 1000 else ""
    return f"<g><title>{tip}</title>{shown}</g>"


def _labels(scale: _Scale) -> str:
    written = {one for one in range(scale.first, scale.last + 1) if one % LABEL_YEARS == 0}
    for end in (scale.first, scale.last):
        if all(abs(end - one) >= LEAST_LABEL_GAP for one in written):
            written.add(end)
    return "".join(
        f'<text class="year {_side(one, scale)}" x="{_at(one, scale):.1f}" y="{FLOOR + 15}">{one}</text>'
        for one in sorted(written)
    )


def _side(year: int, scale: _Scale) -> str:
    return "start" if year == scale.first else "end" if year == scale.last else "middle"


def _at(year: int, scale: _Scale) -> float:
    offset = {"start": 0.0, "middle": scale.step / 2, "end": scale.step}[_side(year, scale)]
    return scale.left(year) + offset


def _mark(year: int, scale: _Scale) -> str:
    return f'<path class="since" d="M{scale.left(year):.1f} {TOP - 10}V{FLOOR}"/>'


def _key(what: str, *, marked: bool, gaps: bool) -> str:
    entries = [entry("part", what), entry("whole", "当年全部文章")]
    entries += [entry("since", "成为政策的年份")] if marked else []
    entries += [entry("gap", f"{NO_ARTICLE}\uff08表中作 {UNREPORTED}\uff09")] if gaps else []
    return f'<p class="key">{" ".join(entries)}</p>'
