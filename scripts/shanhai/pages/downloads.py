"""The downloads page: every data file with what it holds and what its columns mean, and how to cite the archive."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai.pages import bilingual
from shanhai.pages.datafiles import data_files
from shanhai.pages.markdown import Markdown, fill, front_matter, joined, link, table, verbatim
from shanhai.pages.targets import ABOUT, DOWNLOADS, HOW_TAGGED
from shanhai.reference import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shanhai.relate.views import Views

WORDS_FILE = "data_words.yml"
MAIN_FILE, PACKAGE = "articles.jsonl", "datapackage.json"
"""The file that holds everything, whose hash tells one edition from another; and the description of the tables."""

KILO, TEN = 1000, 10
NO_BREAK = "\u00a0"
SIZES = ("B", "kB", "MB", "GB")


class DataFile(msgspec.Struct, frozen=True, kw_only=True):
    """What a data file holds; `counts` names what it has one row, line or record of."""

    zh: str
    en: str
    counts: str = ""


class DataWords(msgspec.Struct, frozen=True, kw_only=True):
    """The data files, and the columns of the tables by table and name."""

    files: dict[str, DataFile]
    columns: dict[str, dict[str, str]]


class TableOf(NamedTuple):
    """The columns of one table as the page shows them."""

    name: str
    width: int
    columns: Markdown


def downloads(views: Views, files: Mapping[str, str] | None = None) -> Markdown:
    """The page; with the texts of the data files by name it also tells their sizes and the edition's hash."""
    known = data_files((), ()) if files is None else files
    counts = _counts(views)
    newest = views.newest
    return fill(
        "downloads.md",
        front=front_matter({"title": "下载", "hide": ["toc"]}),
        count=len(newest),
        as_of=views.latest,
        files=_files(known, counts, sized=files is not None),
        tables=_tables(known[PACKAGE]),
        package=link(PACKAGE, f"data/{PACKAGE}", DOWNLOADS),
        edition=verbatim(hashlib.sha256(files[MAIN_FILE].encode()).hexdigest()) if files else "",
        main=link(MAIN_FILE, f"data/{MAIN_FILE}", DOWNLOADS),
        how_tagged=link("怎样标注", HOW_TAGGED, DOWNLOADS),
        about=link("关于", ABOUT, DOWNLOADS),
        samples=any(one.described.raw.given.sample for one in newest),
    )


@cache
def words() -> DataWords:
    """The words for files and columns."""
    return load(WORDS_FILE, DataWords)


def size(text: str) -> str:
    """The size of a text as UTF-8, with two digits or three that count: "1.2 MB", "730 B"."""
    rest = float(len(text.encode()))
    for unit in SIZES:
        if rest < KILO or unit == SIZES[-1]:
            break
        rest /= KILO
    return f"{rest:.0f}{NO_BREAK}{unit}" if rest >= TEN or unit == SIZES[0] else f"{rest:.1f}{NO_BREAK}{unit}"


def _counts(views: Views) -> dict[str, int]:
    """How many rows, lines or records each kind of file has."""
    found = [article.annotations for article in views.newest]
    return {
        "articles": len(found),
        "pairs": sum(len(one.pairs) for one in found),
        "organisations": sum(len(one.organisations) for one in found),
        "practices": sum(len(one.practices) for one in found),
        "figures": sum(len(one.figures) for one in found),
        "places": len({place.code for one in found for place in one.places}),
        "rejected": len(views.archive.rejected),
    }


def _files(files: Mapping[str, str], counts: Mapping[str, int], *, sized: bool) -> Markdown:
    """The table of files: the known ones in the order of the words, then any other by name."""
    order = [*(name for name in words().files if name in files), *sorted(files.keys() - words().files.keys())]
    rows = []
    for name in order:
        told = words().files.get(name, DataFile(zh="", en=""))
        number = f"{counts[told.counts]:,}" if told.counts else "–"
        what = joined([told.zh, Markdown("<br>"), bilingual.english(told.en)]) if told.zh else ""
        rows.append([_file(name), what, number, *([size(files[name])] if sized else [])])
    head = ["文件", "内容", "条数", *(["大小"] if sized else [])]
    return table(head, rows, numeric=1 + sized)


def _file(name: str) -> Markdown:
    return Markdown(f'<span translate="no">{link(name, f"data/{name}", DOWNLOADS)}</span>')


def _tables(package: str) -> list[TableOf]:
    """The columns of every table that datapackage.json describes."""
    found = []
    for resource in json.loads(package)["resources"]:
        fields = resource.get("schema", {}).get("fields", [])
        told = words().columns.get(resource["name"], {})
        rows = [
            [
                verbatim(one["name"]),
                joined([told.get(one["name"], ""), Markdown("<br>"), bilingual.english(one["description"])]),
            ]
            for one in fields
        ]
        if rows:
            found.append(TableOf(resource["path"], len(rows), table(["列", "意思"], rows)))
    return found
