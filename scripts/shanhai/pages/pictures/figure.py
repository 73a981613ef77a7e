"""The frame around every picture: what it shows, unit, n, date of the data, the numbers as a table and as a file."""

from __future__ import annotations

import msgspec

from shanhai.pages.datafiles import csv_table
from shanhai.pages.hypertext import anchor, table
from shanhai.pages.markdown import Markdown, fill
from shanhai.pages.targets import HOW_TAGGED
from shanhai.pages.wording import written_date

FOLDER = "data/pictures"
"""Where the CSV files of the pictures stand below docs/."""

Cell = str | int | None


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """A picture before it is framed.

    `name` is unique on its page. `markup` and `key` are HTML without blank lines. `head` and `rows` are every number
    of the picture, a row each; what has no report is `None` or has no row. `is_table`: the picture is a table itself.
    """

    name: str
    markup: str
    key: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_table: bool = False


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A framed picture: the Markdown for the page, and the data file that its link leads to, as a path below docs/."""

    markdown: Markdown
    csv_path: str
    csv: str


def framed(  # noqa: PLR0913 - a picture and its words
    drawing: Drawing,
    page: str,
    *,
    title: str,
    count: int,
    as_of: str,
    unit: str = "篇",
    note: str = "",
    how: str = HOW_TAGGED,
) -> Picture:
    """The `<figure>` of a drawing.

    `title` says what it shows, `note` what a reader must know to read it. `count` is n, the articles that it rests on.
    `as_of` is `views.latest`. `how` is the page, or the anchor on a page, that says how it is counted.
    """
    path = csv_path(drawing.name, page)
    return Picture(
        markdown=Markdown(
            fill(
                "figure.md",
                name=drawing.name,
                title=title,
                note=note,
                unit=unit,
                count=count,
                as_of=as_of,
                as_of_words=written_date(as_of),
                picture=Markdown(drawing.markup),
                key=Markdown(drawing.key),
                is_table=drawing.is_table,
                numbers=Markdown(table(title, drawing.head, drawing.rows, "numbers")),
                csv=Markdown(anchor("CSV", path, page)),
                how=Markdown(anchor("怎样计算", how, page)),
            ).strip()
        ),
        csv_path=path,
        csv=csv_table(list(drawing.head), (dict(zip(drawing.head, row, strict=True)) for row in drawing.rows)),
    )


def csv_path(name: str, page: str) -> str:
    """The data file of a picture: "data/pictures/provinces/guizhou/months.csv"."""
    return f"{FOLDER}/{page.removesuffix('.md')}/{name}.csv"


def shown(picture: Picture | None) -> Markdown:
    """A picture on its page; nothing where there is none."""
    return picture.markdown if picture else Markdown("")


def files(*pictures: Picture | None) -> dict[str, str]:
    """The data files of pictures, by path below docs/."""
    return {one.csv_path: one.csv for one in pictures if one}
