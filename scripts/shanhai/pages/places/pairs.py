"""The pairs on a dossier: a table for each side that the place takes, the official documents, the map of its arrows."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import gazetteer
from shanhai.pages.articles.sentences import target
from shanhai.pages.markdown import Markdown, fill, joined, link, table
from shanhai.pages.pictures import figure, tile_map
from shanhai.pages.targets import pair_page, unit_page
from shanhai.pages.wording import shortened
from shanhai.relate.facts import province_of
from shanhai.relate.pairings import document, latest_round, pairings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shanhai.pages.pictures.figure import Picture
    from shanhai.pages.pictures.flow_paths import Direction
    from shanhai.relate.pairings import Pairing
    from shanhai.relate.views import Views

PAIRS_SHOWN = 40
"""Of each side; the file has all."""

PARTNERS_SHOWN = 3
TITLE_CHARS = 19
LEAST_DRAWN = 2
"""One arrow tells no more than its row in the table; a province's page shows it all the same."""


Units = Container[str]
"""The codes of the units that have a page, `Views.units`."""


class Sides(NamedTuple):
    """The pairs in which a place, or one below it, supports another place, is supported by one, or helps itself."""

    supporting: list[Pairing]
    supported: list[Pairing]
    inside: list[Pairing]

    @property
    def all(self) -> list[Pairing]:
        """All of them."""
        return [*self.supporting, *self.supported, *self.inside]

    @property
    def both_ways(self) -> tuple[tuple[list[Pairing], Direction], ...]:
        """Those with another place, and which way their arrows run."""
        return (self.supporting, "to"), (self.supported, "from")


def sides(code: str, views: Views) -> Sides:
    """The pairs of a place by the side that it takes."""
    own = gazetteer.full_name(code)
    found = Sides([], [], [])
    for one in pairings(code, views.pairs_of.get(code, ())):
        ends = one.origin.startswith(own), one.target.startswith(own)
        (found.inside if all(ends) else found.supporting if ends[0] else found.supported).append(one)
    return found


def pair_table(code: str, found: Sequence[Pairing], units: Units, page: str, caption: str) -> Markdown:
    """The first pairs of a side; nothing where there are none."""
    rows = [
        [
            _side(one.origin, one.origin_code, code, units, page),
            _side(one.target, one.target_code, code, units, page),
            _official(one),
            _articles(one, page),
            str(one.view.since if one.view and one.view.since else ""),
        ]
        for one in found[:PAIRS_SHOWN]
    ]
    head = ["帮扶方", "受援方", "官方名单", "写到它的文章", "文章说始于"]
    return table(head, rows, caption=caption) if rows else Markdown("")


def documents(found: Iterable[Pairing]) -> list[tuple[int, str]]:
    """The official rounds that hold any of the pairs, with the document of each, oldest first."""
    years = sorted({year for one in found for year in (*one.listed, *one.covered)})
    return [(year, document(year)) for year in years]


def above_pairs(found: Iterable[Pairing], units: Units, page: str) -> list[Markdown]:
    """The official pairs of the units above in one line: "广东省 → 贵州省(2021 年,现行)"."""
    return [
        fill(
            "place_official.md",
            origin=_side(one.origin, one.origin_code, "", units, page),
            target=_side(one.target, one.target_code, "", units, page),
            years="、".join(str(year) for year in one.listed),
            in_force=latest_round() in one.listed,
        )
        for one in found
    ]


def leading_partners(code: str, found: Sequence[Pairing], *, supporters: bool) -> str:
    """The provinces of the other side, the most reported first, of many the first three ("等 5 个省区市")."""
    weights: dict[str, int] = {}
    for one in found:
        name = province_of(one.origin if supporters else one.target)
        if name and not gazetteer.full_name(code).startswith(name):
            weights[name] = weights.get(name, 0) + one.articles
    first = sorted(weights, key=lambda name: (-weights[name], name))[:PARTNERS_SHOWN]
    return "、".join(first) + (f"等 {len(weights)} 个省区市" if len(weights) > len(first) else "")


def flow_map(code: str, found: Sequence[Pairing], direction: Direction, as_of: str, page: str) -> Picture | None:
    """The map with the place's own arrows; `None` where it would show no more than the table."""
    by_province: dict[str, set[str]] = {}
    for one in found:
        name = province_of(one.target if direction == "to" else one.origin)
        if name and one.view:
            by_province.setdefault(name, set()).update(article.id for article in one.view.articles)
    counts = {name: len(ids) for name, ids in by_province.items()}
    own = province_of(gazetteer.full_name(code))
    others = [name for name in counts if name != own]
    if not others or (gazetteer.unit(code).parent and len(others) < LEAST_DRAWN):
        return None
    name = gazetteer.unit(code).name
    return figure.framed(
        tile_map.flows(code, counts, direction, page, name=f"flows-{direction}"),
        page,
        title=f"{name}帮扶哪里" if direction == "to" else f"谁在帮扶{name}",
        count=len(set().union(*by_province.values())),
        as_of=as_of,
        note="只画文章写到的结对",
    )


def _side(full_name: str, code: str | None, own: str, units: Units, page: str) -> Markdown:
    """A side of a pair, without the name of the place that the page is about."""
    before = gazetteer.full_name(own) if own else ""
    shown = (full_name.removeprefix(before) if before else "") or full_name
    return link(shown, unit_page(code), page) if code in units and code else joined([shown])


def _official(one: Pairing) -> Markdown:
    if not (one.listed or one.covered):
        return joined(["据文章"])
    listed, covered = ("、".join(map(str, years)) for years in (one.listed, one.covered))
    return fill("place_rounds.md", listed=listed, covered=covered, in_force=one.in_force)


def _articles(one: Pairing, page: str) -> Markdown:
    if one.view is None:
        return fill("place_unreported.md")
    article, pair = one.view.stated[0]
    quoted = link(shortened(article.described.title, TITLE_CHARS), target(article, pair.evidence), page)
    count = f"{one.articles} 篇"
    whole = link(count, pair_page(*one.view.codes), page) if one.view.codes else count
    return joined([whole, "\uff0c", quoted] if one.articles == 1 else [whole, "\uff0c如", quoted])
