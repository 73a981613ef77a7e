"""Who supports whom: the matrix of supporting and supported provinces as a table that is also the chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.annotate.gazetteer import provinces
from shanhai.pages.markdown import Markdown, link
from shanhai.pages.targets import province_link, province_page, province_short
from shanhai.pages.tile_map import class_limits, count_class

if TYPE_CHECKING:
    from collections.abc import Mapping


def matrix(counts: Mapping[tuple[str, str], int], page: str) -> Markdown:
    """Supporters down, supported across; a cell holds the number of articles and leads to the supporter's pairs."""
    order = [one.name for one in provinces()]
    rows = [name for name in order if any(name == origin for origin, _ in counts)]
    columns = [name for name in order if any(name == target for _, target in counts)]
    limits = class_limits(counts.values())
    head = [Markdown("帮扶 ↓ 受援 → {: scope=col }"), *(_head(name, page) for name in columns)]
    lines = [head, [Markdown("---"), *([Markdown(":-:")] * len(columns))]]
    for origin in rows:
        cells = [_cell(origin, target, counts.get((origin, target), 0), limits, page) for target in columns]
        lines.append([Markdown(f"{_short_link(origin, page)} {{: role=rowheader }}"), *cells])
    return Markdown("\n".join("| " + " | ".join(line) + " |" for line in lines))


def _head(name: str, page: str) -> Markdown:
    return Markdown(f"{_short_link(name, page)} {{: scope=col }}")


def _short_link(name: str, page: str) -> Markdown:
    return province_link(name, page, province_short(name))


def _cell(origin: str, target: str, count: int, limits: list[int], page: str) -> Markdown:
    if not count:
        return Markdown("")
    hover = f"{province_short(origin)} → {province_short(target)}\uff1a{count} 篇"
    shown = link(str(count), f"{province_page(origin)}#pairs", page, title=hover)
    return Markdown(f"{shown} {{: .t{count_class(count, limits)} }}")
