"""The tables of a pair's page: both sides, the official rounds, and what its articles say of the two units."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import gazetteer, rounds
from shanhai.annotate.practices import core
from shanhai.pages.articles.anchors import shown
from shanhai.pages.articles.sentences import target as sentence_target
from shanhai.pages.markdown import Markdown, joined, link, table
from shanhai.pages.targets import place_link, practice_link, unit_page
from shanhai.pages.wording import NO_DATE, amount, local_name
from shanhai.relate.facts import above, date_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.annotate.rounds import Holding
    from shanhai.records import Article, Figure, Organisation, Practice
    from shanhai.relate.stated import PairView

MOST_ROWS = 40
"""The rest stands in the data files; a page with so many rows is still read to its end."""

SIDES = (("origin", "帮扶方", "Supporting"), ("target", "受援方", "Supported"))
"""Both sides: a word for the style sheet, and what readers call them."""


class Side(NamedTuple):
    """One side of a pair: its role, the units from its province down to itself as links, English name and code."""

    kind: str
    role: str
    role_english: str
    way: Markdown
    english: str
    code: str


class Shortened(NamedTuple):
    """A table of the first rows, empty where there are none, and how many more there are."""

    table: Markdown
    left_out: int


def sides(codes: tuple[str, str], page: str) -> list[Side]:
    """The assisting side and the assisted one."""
    return [
        Side(*words, way=_way_down(code, page), english=gazetteer.english(code), code=code)
        for words, code in zip(SIDES, codes, strict=True)
    ]


def periods(codes: tuple[str, str], page: str) -> Markdown:
    """Every official round: whether it holds the pair, in which words, from and to which year, by which document."""
    by_year = {holding.round.year: holding for holding in rounds.holdings(*codes)}
    every = rounds.rounds()
    rows = []
    for one, after in zip(every, [*every[1:], None], strict=True):
        holding = by_year.get(one.year)
        ends = f"{one.year}–{after.year}" if after else f"{one.year} 起"
        rows.append([ends, _held(codes, holding, page) if holding else "没有列入", one.basis])
    return table(["时段", "名单所列", "文件"], rows)


def figures(view: PairView, page: str) -> Shortened:
    """The figures that the pair's articles say of the assisted side, then of the other, newest article first."""
    parts = [_figures_of(view, side, page) for side in (view.target, view.origin)]
    return Shortened(Markdown("\n\n".join(one.table for one in parts if one.table)), sum(one.left_out for one in parts))


def _figures_of(view: PairView, side: str, page: str) -> Shortened:
    found = [(article, one) for article in view.articles for one in article.annotations.figures if one.place == side]
    rows = [[one.label, str(one.year or ""), _at(article, one, page), amount(one)] for article, one in found]
    return _shortened(["事项", "年份", "出处", "数值"], rows, numeric=1, caption=local_name(side))


def organisations(view: PairView, page: str) -> Shortened:
    """The bodies of the assisting side, or of no said side, that assist the assisted one in the pair's articles."""
    rows = [
        [
            one.name,
            place_link(one.origin, page) if one.origin else "",
            place_link(one.target, page),
            _at(article, one, page),
        ]
        for article in view.articles
        for one in article.annotations.organisations
        if _akin(one.target, view.target) and (one.origin is None or _akin(one.origin, view.origin))
    ]
    return _shortened(["机构", "属于", "帮扶", "出处"], rows)


def practices(view: PairView, page: str) -> Markdown:
    """The named working models of either side in the pair's articles, each once, with the unit that practises it."""
    found: dict[str, Practice] = {}
    for _, one in _practices(view):
        found.setdefault(core(one.name), one)
    return joined((_practice(key, one, page) for key, one in sorted(found.items())), "、")


def _practices(view: PairView) -> Iterator[tuple[Article, Practice]]:
    for article in view.articles:
        alone = len({(pair.origin, pair.target) for pair in article.annotations.pairs}) == 1
        for one in article.annotations.practices:
            if (one.place is None and alone) or (one.place and _of_either(one.place, view)):
                yield article, one


def _practice(key: str, one: Practice, page: str) -> Markdown:
    where = f"\uff08{local_name(one.place)}\uff09" if one.place else ""
    return joined([practice_link(key, page, one.name), where])


def _of_either(place: str, view: PairView) -> bool:
    return place.startswith((view.origin, view.target))


def _akin(one: str, other: str) -> bool:
    """Whether one full name is the other or a unit above or below it."""
    return one.startswith(other) or other.startswith(one)


def _at(article: Article, claim: Figure | Organisation, page: str) -> Markdown:
    """Date and paragraph as a link to the sentence; the title of the article is its tip."""
    target = sentence_target(article, claim.evidence)
    anchor = target.partition("#")[2]
    words = f"{date_of(article) or NO_DATE} {shown(anchor) if anchor else ''}"
    return link(words.strip(), target, page, article.described.title)


def _way_down(code: str, page: str) -> Markdown:
    units = [*reversed(above(code)), code]
    return joined((link(gazetteer.unit(one).name, unit_page(one), page) for one in units), " › ")


def _held(codes: tuple[str, str], holding: Holding, page: str) -> Markdown:
    """The pair as the round names it, which may be that of the units above."""
    names = joined((place_link(gazetteer.full_name(code), page) for code in (holding.origin, holding.target)), " → ")
    itself = codes == (holding.origin, holding.target)
    return names if itself else joined(["其上级 ", names])


def _shortened(head: Sequence[str], rows: Sequence[Sequence[object]], numeric: int = 0, caption: str = "") -> Shortened:
    first = table(head, rows[:MOST_ROWS], numeric=numeric, caption=caption) if rows else Markdown("")
    return Shortened(first, max(0, len(rows) - MOST_ROWS))
