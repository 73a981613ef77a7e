"""Derive `shanhai/reference/units_centroids.tsv`: where the units lie, from the table of the cpca package.

    pip download --no-deps cpca==0.5.5 && unzip cpca-0.5.5-*.whl
    python scripts/derive_centroids.py cpca/resources/adcodes.csv

The source gives the point of a unit's seat for the units of about 2016, by code. A unit whose code has changed since,
or that is gone, takes the point of the same name, then of the same core, in its province, and at last that of its heir
or forerunner. A point far from all others of its prefecture is left out.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TARGET = Path(__file__).parent / "shanhai" / "reference" / "units_centroids.tsv"
FARTHEST_DEGREES = 8.0
"""No seat lies farther from the middle of its prefecture's seats: 若羌县 and 且末县, the farthest, lie within 6."""

# Seats that the source lacks, to a hundredth of a degree, from common maps: cities and districts made after 2016, and
# two counties that answer to their province.
KNOWN = {
    "定州市": (38.52, 114.99),
    "辛集市": (37.94, 115.22),
    "雄安新区": (39.04, 115.87),
    "两江新区": (29.72, 106.63),
    "临平区": (30.42, 120.30),
    "钱塘区": (30.32, 120.49),
    "龙港市": (27.58, 120.55),
    "红谷滩区": (28.70, 115.86),
    "龙华区": (22.66, 114.04),
    "坪山区": (22.71, 114.35),
    "光明区": (22.75, 113.94),
    "西沙区": (16.83, 112.33),
    "茫崖市": (38.25, 90.85),
    "北屯市": (47.33, 87.81),
    "双河市": (44.84, 82.35),
    "可克达拉市": (43.94, 81.04),
    "昆玉市": (37.21, 79.29),
    "胡杨河市": (44.70, 84.83),
    "新星市": (42.80, 93.75),
}

HEADER = """\
# Where the seats of administrative units lie: latitude and longitude in degrees, in the datum of Chinese web maps
# (GCJ-02, up to 600 m from WGS 84). Derived by scripts/derive_centroids.py from cpca 0.5.5, resources/adcodes.csv,
# Copyright (c) 2018 QinYuan Du, MIT, see LICENSES/cpca.txt. by: what led to the point: the unit's code, its name or
# its core in its province, its heir or forerunner; "map" for the few that were read off common maps.
"""


class Point(NamedTuple):
    """A unit of the source and its seat."""

    code: str
    name: str
    latitude: float
    longitude: float


def main(source: Path) -> None:
    """Write the table."""
    with source.open(encoding="utf-8", newline="") as file:
        points = [_point(row) for row in csv.DictReader(file) if row["latitude"]]
    found = without_outliers(located(points))
    rows = [("code", "latitude", "longitude", "by"), *(_row(code, *found[code]) for code in sorted(found))]
    lines = ["\t".join(row) + "\n" for row in rows]
    TARGET.write_text(HEADER + "".join(lines), encoding="utf-8", newline="\n")


def located(points: list[Point]) -> dict[str, tuple[Point, str]]:
    """The point of each code, and what led to it."""
    by_code = {point.code: point for point in points}
    by_name = _only(points, lambda point: (point.name,))
    by_core = _only(points, lambda point: gazetteer.short_names(point.name)[:1])
    found: dict[str, tuple[Point, str]] = {}
    for code, spans in gazetteer.by_code().items():
        one = spans[-1]
        core = gazetteer.short_names(one.name)[:1]
        same = by_code.get(code)
        if same and (same.name == one.name or (core and gazetteer.short_names(same.name)[:1] == core)):
            found[code] = same, "code"
        elif named := by_name.get((code[:2], one.level == "county", one.name)):
            found[code] = named, "name"
        elif core and (of_core := by_core.get((code[:2], one.level == "county", core[0]))):
            found[code] = of_core, "core"
    return _inherited(found)


def without_outliers(found: Mapping[str, tuple[Point, str]]) -> dict[str, tuple[Point, str]]:
    """The points without those far from the middle of their prefecture's, as of each unit's latest year."""
    siblings: dict[str, list[Point]] = defaultdict(list)
    for code, (point, _) in found.items():
        siblings[gazetteer.unit(code).parent].append(point)
    return {code: one for code, one in found.items() if _near(one[0], siblings[gazetteer.unit(code).parent])}


def _near(point: Point, siblings: list[Point]) -> bool:
    """Whether a point lies near its siblings; prefectures of a province and the provinces may lie anywhere."""
    if any(one.code.endswith("00") for one in siblings):
        return True
    middle = median(one.latitude for one in siblings), median(one.longitude for one in siblings)
    return max(abs(point.latitude - middle[0]), abs(point.longitude - middle[1])) <= FARTHEST_DEGREES


def _inherited(found: dict[str, tuple[Point, str]]) -> dict[str, tuple[Point, str]]:
    """What has no point of its own takes that of its heir, or of its only forerunner, or one that is known."""
    inherited = dict(found)
    forerunners: dict[str, set[str]] = defaultdict(set)
    for one in gazetteer.units():
        if one.heir in ("", one.code) or gazetteer.unit(one.code) is not one:
            continue
        if gazetteer.unit(one.heir).level == one.level:
            forerunners[one.heir] |= {one.code} & found.keys()
            if one.code not in found and one.heir in found:
                inherited[one.code] = found[one.heir][0], "heir"
    for code, spans in gazetteer.by_code().items():
        one = spans[-1]
        places = {found[former][0] for former in forerunners[code]}
        if code not in inherited and one.name in KNOWN and one.last_year is None:
            inherited[code] = Point(code, one.name, *KNOWN[one.name]), "map"
        elif code not in inherited and len(places) == 1:
            inherited[code] = places.pop(), "forerunner"
    return inherited


def _only(points: list[Point], key: Callable[[Point], tuple[str, ...]]) -> dict[tuple[str, bool, str], Point]:
    """The points by province, level and key, where there is only one."""
    found: dict[tuple[str, bool, str], list[Point]] = defaultdict(list)
    for point in points:
        for text in key(point):
            found[point.code[:2], not point.code.endswith("00"), text].append(point)
    return {of: same[0] for of, same in found.items() if len(same) == 1}


def _row(code: str, point: Point, by: str) -> tuple[str, str, str, str]:
    return code, f"{point.latitude:.4f}", f"{point.longitude:.4f}", by


def _point(row: dict[str, str]) -> Point:
    return Point(row["adcode"][:6], row["name"], float(row["latitude"]), float(row["longitude"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
