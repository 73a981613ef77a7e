"""Ways between two tiles of the map that run in the lanes between tiles, so that no arrow crosses a name or a number.

All ways from one tile form a tree of shortest ways with few turns; what they share they share wholly.
"""

from __future__ import annotations

import heapq
from functools import cache
from typing import Literal

from shanhai.annotate.gazetteer import provinces

Direction = Literal["to", "from"]
Point = tuple[int, int]
Heading = tuple[Point, Point]
"""A place and the direction of the next step."""

PITCH = 64
TILE = 50
"""Distance between tiles and side of a tile, in units of the drawing; the lanes between them are 14 wide."""

HALF = PITCH // 2
TURN_COST = 40
"""A turn costs more than half a tile of way: a reader follows a longer straight line with less trouble."""

INSIDE = 3
"""How far a line reaches into the tile where it starts; the text of a tile keeps 10 units from the border."""

HEAD_LENGTH, HEAD_HALF_WIDTH = 10, 7
PORT_BEND, LANE_BEND = 20, 15
"""How far before and behind a corner the curve reaches along a lane."""

_STEPS: tuple[Point, ...] = ((0, -1), (1, 0), (0, 1), (-1, 0))


@cache
def way(origin: str, target: str, direction: Direction) -> tuple[str, str]:
    """The line and the head of the arrow, as SVG path data, from or to `origin`; both by full name of a province."""
    corners = _corners(_cells()[origin], _cells()[target])
    ordered = corners if direction == "to" else tuple(reversed(corners))
    return _line(ordered), _head(*ordered[-2:])


@cache
def _cells() -> dict[str, Point]:
    return {one.name: (one.column, one.row) for one in provinces()}


@cache
def _tree(origin: Point) -> dict[Heading, tuple[int, Heading]]:
    """Place in a lane and heading -> cost of the cheapest way there from the tile, and the place and heading before."""
    columns, rows = (max(cell[axis] for cell in _cells().values()) * PITCH for axis in (0, 1))
    starts = [(_moved(_middle(origin), step), step) for step in _STEPS]
    waiting = [(HALF, start, start) for start in starts]
    heapq.heapify(waiting)
    found: dict[Heading, tuple[int, Heading]] = {}
    while waiting:
        cost, here, before = heapq.heappop(waiting)
        if here in found:
            continue
        found[here] = cost, before
        at, step = here
        for turn in _STEPS:
            there = _moved(at, turn)
            if turn != (-step[0], -step[1]) and _in_lane(there, columns, rows):
                heapq.heappush(waiting, (cost + HALF + TURN_COST * (turn != step), (there, turn), here))
    return found


@cache
def _corners(origin: Point, target: Point) -> tuple[Point, ...]:
    """The ends and the turns of the way; each end a little within the border of its tile."""
    found = _tree(origin)
    ends = [(_moved(_middle(target), (-step[0], -step[1])), step) for step in _STEPS]
    _, here, entry = min(
        (cost + TURN_COST * (step != entry), (at, step), entry)
        for at, entry in ends
        for step in _STEPS
        if (at, step) in found and step != (-entry[0], -entry[1])
        for cost, _ in [found[at, step]]
    )
    points = [_middle(target), here[0]]
    while found[here][1] != here:
        here = found[here][1]
        points.append(here[0])
    points.append(_middle(origin))
    turns = [two for one, two, three in zip(points, points[1:], points[2:], strict=False) if _bends(one, two, three)]
    border = TILE // 2 - INSIDE
    last = _moved(_middle(target), (-entry[0], -entry[1]), border)
    first = _moved(_middle(origin), _step(points[-1], points[-2]), border)
    return (first, *reversed(turns), last)


def _line(corners: tuple[Point, ...]) -> str:
    """The way with its corners rounded, as far as where the arrow's head begins."""
    x, y = corners[0]
    end = _moved(corners[-1], _step(corners[-1], corners[-2]), HEAD_LENGTH - 1)
    route = [*corners[:-1], end]
    parts = [f"M{x} {y}"]
    for index in range(1, len(route) - 1):
        before, corner, after = route[index - 1 : index + 2]
        reach_in = _reach(before, corner, first=index == 1)
        reach_out = _reach(corner, after, first=index == len(route) - 2)
        enter = _moved(corner, _step(corner, before), reach_in)
        leave = _moved(corner, _step(corner, after), reach_out)
        parts.append(f"L{enter[0]} {enter[1]}Q{corner[0]} {corner[1]} {leave[0]} {leave[1]}")
    return "".join(parts) + f"L{end[0]} {end[1]}"


def _reach(one: Point, two: Point, *, first: bool) -> int:
    """How far from a corner its curve begins: the whole of a short leg at a tile, at most half of a leg in a lane."""
    length = _distance(one, two)
    return min(length, PORT_BEND) if first else min(length // 2, LANE_BEND)


def _head(before: Point, tip: Point) -> str:
    """A triangle whose tip ends the way."""
    dx, dy = _step(before, tip)
    base = _moved(tip, (-dx, -dy), HEAD_LENGTH)
    sides = [(base[0] + sign * dy * HEAD_HALF_WIDTH, base[1] + sign * dx * HEAD_HALF_WIDTH) for sign in (1, -1)]
    (ax, ay), (bx, by) = sides
    return f"M{tip[0]} {tip[1]}L{ax} {ay}L{bx} {by}z"


def _middle(cell: Point) -> Point:
    return (cell[0] * PITCH - HALF, cell[1] * PITCH - HALF)


def _moved(at: Point, step: Point, length: int = HALF) -> Point:
    return (at[0] + step[0] * length, at[1] + step[1] * length)


def _in_lane(at: Point, width: int, height: int) -> bool:
    return 0 <= at[0] <= width and 0 <= at[1] <= height and not (at[0] % PITCH and at[1] % PITCH)


def _bends(one: Point, two: Point, three: Point) -> bool:
    return _step(one, two) != _step(two, three)


def _step(one: Point, two: Point) -> Point:
    """The direction from one point to another on the same lane."""
    return ((two[0] > one[0]) - (two[0] < one[0]), (two[1] > one[1]) - (two[1] < one[1]))


def _distance(one: Point, two: Point) -> int:
    return abs(one[0] - two[0]) + abs(one[1] - two[1])
