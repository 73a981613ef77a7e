"""The data files of a place: its articles, figures and pairs as CSV, with the column names of the whole archive's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.annotate import gazetteer
from shanhai.pages.datafiles import LIST_SEPARATOR, csv_table, figure_row, pair_row
from shanhai.relate.compilations import sections_about

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shanhai.records import Article, Role
    from shanhai.relate.pairings import Pairing
    from shanhai.relate.views import FigureOf

ARTICLE_COLUMNS = ("id", "title", "date", "date_edtf", "date_origin", "source", "agency", "themes", "role", "sections")
FIGURE_COLUMNS = (
    "article", "value", "upper", "qualifier", "unit", "label", "place", "year", "disputed", "sentence", "quote",
)  # fmt: skip
PAIR_COLUMNS = ("article", "from", "to", "since", "purposes", "official_round", "quote")


def file_path(code: str, name: str) -> str:
    """Where a data file of a place stands below docs/: "data/provinces/guizhou/tongren/articles.csv"."""
    return f"data/provinces/{gazetteer.slug(code)}/{name}.csv"


def articles_file(code: str, reported: Iterable[Article], mentioned: Iterable[Article]) -> str:
    """The articles of a place: those that report on it ("subject"), then those that only mention it ("mention")."""
    rows = [_article(one, code, "subject") for one in reported]
    return csv_table(list(ARTICLE_COLUMNS), rows + [_article(one, code, "mention") for one in mentioned])


def figures_file(given: Iterable[FigureOf]) -> str:
    """All figures said of a place, those of reprints among them."""
    return csv_table(list(FIGURE_COLUMNS), (figure_row(one.article, one.number) for one in given))


def pairs_file(found: Sequence[Pairing]) -> str:
    """Every statement of a pair, and the official pairs that no article states, without an article."""
    return csv_table(list(PAIR_COLUMNS), (row for one in found for row in _pair_rows(one)))


def _article(one: Article, code: str, role: Role) -> dict[str, object]:
    described = one.described
    return {
        "id": one.id,
        "title": described.title,
        "date": described.date,
        "date_edtf": described.date_edtf,
        "date_origin": described.date_origin,
        "source": described.source,
        "agency": described.agency,
        "themes": LIST_SEPARATOR.join(tag.label for tag in one.annotations.themes),
        "role": role,
        "sections": LIST_SEPARATOR.join(section.heading for section in sections_about(one, code)),
    }


def _pair_rows(one: Pairing) -> Iterator[dict[str, object]]:
    if one.view:
        yield from (pair_row(*said) for said in one.view.stated)
        return
    for year in one.listed:
        yield dict.fromkeys(PAIR_COLUMNS) | {"from": one.origin, "to": one.target, "official_round": year}
