"""The 34 provinces as equal squares, each with its number and a link; for one place, the arrows to its partners."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shanhai.annotate.gazetteer import Province, provinces
from shanhai.pages.escape import attribute
from shanhai.pages.hypertext import UNREPORTED, href
from shanhai.pages.pictures import flow_paths
from shanhai.pages.pictures.figure import Drawing
from shanhai.pages.pictures.flow_paths import PITCH
from shanhai.pages.pictures.flow_paths import TILE as FLOW_TILE
from shanhai.pages.pictures.shades import class_limits, count_class, entry, key, shade
from shanhai.pages.targets import province_page
from shanhai.pages.wording import COLON, COMMA, SEMICOLON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from shanhai.pages.pictures.flow_paths import Direction

TILE, EDGE = 60, 8
"""Side of a tile without arrows between, and rim of the drawing, in units of the drawing."""

HATCH = (
    '<defs><pattern id="fig-{name}-hatch" width="8" height="8" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)">'
    '<rect class="ground" width="8" height="8"/><line class="hatch" x1="0" y1="0" x2="0" y2="8"/></pattern></defs>'
)

NARROWEST, WIDER_BY_CLASS = 2.5, 0.8
"""Width of an arrow of the lowest class, and by how much each class is wider; the widest fills half a lane."""

NO_ARTICLE = "本库尚无"
NO_PAIR = "不写数字\uff1a本库没有写到"
WIDTHS = '<span class="entry">线越粗\uff0c文章越多</span>'


def counts_map(
    counts: Mapping[str, int],
    page: str,
    *,
    name: str = "map",
    unit: str = "篇",
    target: Callable[[str], str] = province_page,
) -> Drawing:
    """The map of counts by full name of a province; a province without a count is hatched, never drawn as zero.

    `target` gives the page that a tile leads to, by the full name of its province.
    """
    known = _known(counts)
    limits = class_limits(known.values())
    unit = attribute(unit)
    tiles = []
    for one in provinces():
        count = known.get(one.name)
        tip = f"{one.name}{COLON}{f'{count} {unit}' if count else NO_ARTICLE}"
        square = _square(one, TILE, tip, count or UNREPORTED, "" if count else f"fig-{name}-hatch")
        tiles.append(_linked(square, shade(count, limits), href(target(one.name), page)))
    told = f"每个省级行政区一格{COMMA}格内是{unit}数{SEMICOLON}斜线和短横表示{NO_ARTICLE}。"
    return Drawing(
        name=name,
        markup=_svg(name, "各省级行政区的方格图", told, [HATCH.format(name=name), *tiles]),
        key=key(known.values(), unit, NO_ARTICLE if len(known) < len(provinces()) else ""),
        head=("省级行政区", f"{unit}数"),
        rows=tuple((one.name, known.get(one.name)) for one in provinces()),
    )


def flows(  # noqa: PLR0913 - a drawing and its words
    place: str,
    counts: Mapping[str, int],
    direction: Direction,
    page: str,
    *,
    name: str = "flows",
    target: Callable[[str], str] = province_page,
) -> Drawing:
    """The map with the arrows of one place alone: "to" the provinces that it supports, or "from" its supporters.

    `place` is a code or a full name; its province's tile is marked. `counts` are numbers of articles by full name of
    the other province; a count of the place's own province (山海协作) stands in its tile. The arrows run in the lanes
    between the tiles, their width by class of count. Only the partners' tiles are links.
    """
    home = _home(place)
    known = _known(counts)
    limits = class_limits(known.values())
    tiles, arrows = [], []
    for one in provinces():
        count = known.get(one.name)
        if not count and one is not home:
            tiles.append(_plain(one.name))
            continue
        sides = home.short, one.short
        tip = f"{' → '.join(sides if direction == 'to' else sides[::-1])}{COLON}{count} 篇"
        if one is home:
            tip = f"{home.name}{f'{COLON}省内 {count} 篇' if count else ''}"
            tiles.append(f'<g class="here {shade(count, limits)}">{_square(one, FLOW_TILE, tip, count or "")}</g>')
            continue
        square = _square(one, FLOW_TILE, tip, count or "")
        tiles.append(_linked(square, shade(count, limits), href(target(one.name), page)))
        arrows.append(_arrow(home.name, one.name, direction, count_class(count or 1, limits)))
    words, heads = ("帮扶哪里", "受援的一方") if direction == "to" else ("由哪里帮扶", home.short)
    told = f"箭头指向{heads}{COMMA}线越粗{COMMA}写到的文章越多{SEMICOLON}格内是文章篇数。"
    return Drawing(
        name=name,
        markup=_svg(
            name,
            f"{home.name}{words}",
            told,
            [*tiles, '<g aria-hidden="true">', *arrows, "</g>"],
            "tiles narrow",
        ),
        key=key(known.values(), "篇", "", entry("here", home.name), entry("unpaired", NO_PAIR), WIDTHS),
        head=("帮扶方", "受援方", "篇数"),
        rows=tuple((*((home.name, one) if direction == "to" else (one, home.name)), known[one]) for one in known),
    )


def _known(counts: Mapping[str, int]) -> dict[str, int]:
    return {one.name: counts[one.name] for one in provinces() if counts.get(one.name)}


def _home(place: str) -> Province:
    """The province of a place, by its code or its full name."""
    for one in provinces():
        if place[:2] == one.code[:2] or place.startswith(one.name):
            return one
    raise ValueError(f"{place!r} is neither a code nor the full name of a place: take one from the gazetteer")


def _svg(name: str, title: str, told: str, content: Iterable[str], kind: str = "tiles") -> str:
    columns, rows = max(one.column for one in provinces()), max(one.row for one in provinces())
    box = f"{-EDGE} {-EDGE} {columns * PITCH + 2 * EDGE} {rows * PITCH + 2 * EDGE}"
    ids = f'aria-labelledby="fig-{name}-title" aria-describedby="fig-{name}-desc"'
    return "\n".join(
        [
            f'<svg class="{kind}" viewBox="{box}" role="group" {ids}>',
            f'<title id="fig-{name}-title">{title}</title>',
            f'<desc id="fig-{name}-desc">{told}</desc>',
            *content,
            "</svg>",
        ]
    )


def _square(one: Province, side: int, tip: str, shown: object, pattern: str = "") -> str:
    """Tip, square, short name and number of a province."""
    edge = (PITCH - side) // 2
    x, y = (one.column - 1) * PITCH + edge, (one.row - 1) * PITCH + edge
    middle = x + side // 2
    long = ' class="long"' if len(one.short) > 2 else ""
    digits = f"n{' long' * (len(str(shown)) == 5)}{' longest' * (len(str(shown)) > 5)}"
    fill = f' fill="url(#{pattern})"' if pattern else ""
    number = f'<text class="{digits}" x="{middle}" y="{y + side - side // 6}">{shown}</text>' if shown else ""
    return (
        f"<title>{tip}</title>"
        f'<rect x="{x}" y="{y}" width="{side}" height="{side}" rx="3"{fill}/>'
        f'<text{long} x="{middle}" y="{y + (side * 2 // 5 if number else side // 2 + 7)}">{one.short}</text>{number}'
    )


def _linked(square: str, kind: str, leads_to: str) -> str:
    return f'<a class="{kind}" href="{leads_to}">{square}</a>'


@cache
def _plain(name: str) -> str:
    """A province that the archive does not pair with the place: its name alone, no number, no link."""
    one = next(one for one in provinces() if one.name == name)
    return f'<g class="unpaired">{_square(one, FLOW_TILE, name, "")}</g>'


@cache
def _arrow(home: str, other: str, direction: Direction, strength: int) -> str:
    line, head = flow_paths.way(home, other, direction)
    width = NARROWEST + WIDER_BY_CLASS * (strength - 1)
    return f'<path class="line" stroke-width="{width:g}" d="{line}"/><path class="head" d="{head}"/>'
