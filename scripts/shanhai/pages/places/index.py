"""The index of places: the map, the 34 provinces as a table, and the way to every prefecture and county."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from shanhai.annotate import gazetteer
from shanhai.annotate.gazetteer import provinces
from shanhai.pages.bilingual import english
from shanhai.pages.hypertext import UNREPORTED
from shanhai.pages.markdown import Markdown, fill, front_matter, joined, table
from shanhai.pages.pictures import figure, tile_map
from shanhai.pages.pictures.timeline import span
from shanhai.pages.places.profile import region, unit_link
from shanhai.pages.targets import PROVINCES, province_link
from shanhai.relate.facts import above

if TYPE_CHECKING:
    from shanhai.annotate.gazetteer import Province
    from shanhai.pages.pictures.figure import Picture
    from shanhai.relate.views import Views

MOST_IN_TREE = 1_500
"""With more units, the index leads to prefectures alone and their pages to the counties: it stays below 300 kB."""


def place_index(views: Views) -> dict[str, str]:
    """Path -> content of the index and of its picture's data file."""
    picture = province_map(views, PROVINCES, "各省级行政区的文章", "一篇文章可以报道几个省")
    page = fill(
        "provinces.md",
        front=front_matter({"title": "地方", "hide": ["toc"]}),
        count=len(views.newest),
        covered=len(views.provinces),
        picture=picture.markdown,
        table=_provinces(views),
        trees=_trees(views),
    )
    return {PROVINCES: page, **figure.files(picture)}


def province_map(views: Views, page: str, title: str, note: str) -> Picture:
    """The map of the articles on each province."""
    drawing = tile_map.counts_map(views.provinces, page)
    return figure.framed(drawing, page, title=title, count=len(views.newest), as_of=views.latest, note=note)


def _provinces(views: Views) -> Markdown:
    rows = [_row(one, views) for one in provinces()]
    head = ["名称", "英文", "区域", "年份", "只是提到", "报道"]
    return table(head, rows, numeric=2, caption="三十四个省级行政区")


def _row(one: Province, views: Views) -> list[object]:
    reported, mentioned = views.by_unit.get(one.code, ()), views.mentioned_in.get(one.code, ())
    return [
        province_link(one.name, PROVINCES),
        english(one.english),
        region(one.code) or UNREPORTED,
        span(reported) or UNREPORTED,
        str(len(mentioned) or UNREPORTED),
        str(len(reported) or UNREPORTED),
    ]


def _trees(views: Views) -> list[tuple[str, int, list[Markdown]]]:
    """Each province with the number of units below it that articles report on, and a line for each prefecture."""
    below: defaultdict[str, list[str]] = defaultdict(list)
    reported = [code for code in views.by_unit if above(code)]
    with_counties = len(reported) <= MOST_IN_TREE
    for code in reported:
        below[above(code)[0]].append(code)
    found = []
    for one in provinces():
        units = [code for code in reported if code[:2] == one.code[:2]]
        if units:
            found.append((one.name, len(units), _lines(one.code, below, views, with_counties=with_counties)))
    return found


def _lines(province: str, below: dict[str, list[str]], views: Views, *, with_counties: bool) -> list[Markdown]:
    """A line for each prefecture with its counties behind it, first the counties right under the province."""
    direct = [code for code in below.get(province, ()) if gazetteer.unit(code).level == "county"]
    lines = [joined((_counted(code, views) for code in direct), "、")] if direct else []
    for code in below.get(province, ()):
        if gazetteer.unit(code).level == "prefecture":
            counties = [_counted(one, views) for one in below.get(code, ())] if with_counties else []
            lines.append(fill("place_branch.md", name=_counted(code, views), counties=counties))
    return lines


def _counted(code: str, views: Views) -> Markdown:
    return joined([unit_link(code, PROVINCES), f" {len(views.by_unit[code])}"])
