"""The 34 provinces as equal squares: an SVG whose every tile is a link and shows its number."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from shanhai.annotate.gazetteer import Province, provinces
from shanhai.pages.escape import attribute
from shanhai.pages.markdown import relative

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PITCH = 64
TILE = 60
"""Side of a tile and distance between tiles, in units of the drawing."""

CLASSES = 5
COLON = "\uff1a"
NO_ARTICLE = "本库尚无"

HATCH = (
    '<defs><pattern id="no-article" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="ground" width="8" height="8"/><line class="hatch" x1="0" y1="0" x2="0" y2="8"/></pattern></defs>'
)


def tile_map(counts: Mapping[str, int], page: str) -> str:
    """The SVG for counts by full name of a province; a province without a count is hatched, never drawn as zero.

    Links point to the rendered pages (`provinces/zhejiang/`), because MkDocs does not follow links within an SVG.
    """
    tiles = provinces()
    width = max(one.column for one in tiles) * PITCH
    height = max(one.row for one in tiles) * PITCH
    steps = class_limits(counts.values())
    return "\n".join(
        [
            f'<svg class="tiles" viewBox="0 0 {width} {height}" role="group" aria-labelledby="tiles-title tiles-desc">',
            '<title id="tiles-title">各省文章数方格图</title>',
            '<desc id="tiles-desc">每个省级行政区一格\uff0c格内是文章数\uff1b斜线表示本库尚无文章。</desc>',
            HATCH,
            *(_tile(one, counts.get(one.name, 0), steps, page) for one in tiles),
            "</svg>",
        ]
    )


def class_limits(counts: Iterable[int]) -> list[int]:
    """The highest count of each class, at most five, evenly spaced on a logarithmic scale up to the highest count."""
    highest = max(counts, default=0)
    return sorted({max(1, round(highest ** (step / CLASSES))) for step in range(1, CLASSES + 1)}) if highest else []


def count_class(count: int, limits: list[int]) -> int:
    """The class of a count, 1 for the lowest to 5 for the highest; a short scale keeps its darkest classes free."""
    return next(number for number, limit in enumerate(limits, 1) if count <= limit)


def legend(limits: list[int]) -> list[tuple[int, str]]:
    """Class and range of counts ("3–5") of each class."""
    ranges = pairwise([0, *limits])
    return [
        (number, str(high) if below + 1 == high else f"{below + 1}–{high}")
        for number, (below, high) in enumerate(ranges, 1)
    ]


def _tile(one: Province, count: int, limits: list[int], page: str) -> str:
    x, y = (one.column - 1) * PITCH + 2, (one.row - 1) * PITCH + 2
    middle = x + TILE // 2
    kind = f"t{count_class(count, limits)}" if count else "t0"
    hover = attribute(f"{one.name}{COLON}{f'{count} 篇' if count else NO_ARTICLE}")
    long = ' class="long"' if len(one.short) > 2 else ""
    address = relative(f"provinces/{one.slug}", page)
    return (
        f'<a class="{kind}" href="{address}/"><title>{hover}</title>'
        f'<rect x="{x}" y="{y}" width="{TILE}" height="{TILE}" rx="3"/>'
        f'<text{long} x="{middle}" y="{y + 26}">{one.short}</text>'
        f'<text class="n" x="{middle}" y="{y + 50}">{count or "–"}</text></a>'
    )
