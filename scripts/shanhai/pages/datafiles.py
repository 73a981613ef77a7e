"""The machine-readable output: a contract that readers and tests rely on.

`articles.jsonl` and `rejected.jsonl` hold everything, the CSV files the same as tables for a spreadsheet,
`articles.ris`, `.bib` and `.csl.json` the articles as reference managers take them in, and `datapackage.json`
(Frictionless) says what every column means.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import msgspec

from shanhai import editlog
from shanhai.annotate import gazetteer
from shanhai.describe.digest import own_log
from shanhai.pages.articles.bibliography import FILES, bibliography
from shanhai.pages.articles.citation import reference
from shanhai.records import Article, Certainty, DescribedArticle, Evidence, Pair, Rejected
from shanhai.reference import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LIST_SEPARATOR = ";"
"""Between several values in one CSV cell."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs a cell that begins so as a formula; it gets an apostrophe in front (OWASP, CSV Injection)."""

_TO_CHECK = frozenset(FORMULA_STARTS)


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One column of a table as datapackage.json describes it."""

    name: str
    type: str
    description: str


def data_files(articles: Sequence[Article], rejected: Sequence[Rejected]) -> dict[str, str]:
    """File name -> content of every data file, articles sorted by id, the set-aside by file."""
    ordered = sorted(articles, key=lambda article: article.id)
    entries = [_entry(article) for article in ordered]
    set_aside = sorted(rejected, key=lambda one: (one.file, one.rule))
    tables = {
        "articles": map(_article_row, entries),
        "pairs": (pair_row(article, pair) for article in ordered for pair in article.annotations.pairs),
        "figures": (
            figure_row(article, number) for article in ordered for number in range(len(article.annotations.figures))
        ),
        "practices": (row for article in ordered for row in _practice_rows(article)),
        "organisations": (row for article in ordered for row in _organisation_rows(article)),
        "places": _place_rows(ordered),
    }
    files = {
        "articles.jsonl": _lines(entries),
        "rejected.jsonl": _lines(set_aside),
    }
    for name, rows in tables.items():
        files[f"{name}.csv"] = csv_table([column.name for column in _columns()[name]], rows)
    files |= bibliography(reference(article) for article in ordered)
    files["datapackage.json"] = _datapackage()
    return files


def pair_row(article: Article, pair: Pair) -> dict[str, object]:
    """A pair as an article states it, by the names of the columns of pairs.csv."""
    own = {"from": pair.origin, "to": pair.target, "purposes": _listed(pair.purposes)}
    return _row(article, pair, pair.evidence) | own


def figure_row(article: Article, number: int) -> dict[str, object]:
    """The figure of this number, from 0, in its article, by the names of the columns of figures.csv."""
    figure = article.annotations.figures[number]
    disputed = any(one.figure == number for one in article.disputes)
    return _row(article, figure, figure.evidence) | {"disputed": disputed}


def csv_table(names: list[str], rows: Iterable[dict[str, object]]) -> str:
    """A CSV table with these columns; a cell is text, a number, a truth value or `None`, which is left empty.

    It begins with a byte order mark, without which a Chinese spreadsheet reads UTF-8 as GBK.
    """
    stream = io.StringIO()
    stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    values, commas = itemgetter(*names), len(names) - 1
    for row in rows:
        cells = [
            "" if one is None else one if one.__class__ is str and one[:1] not in _TO_CHECK else _cell(one)
            for one in values(row)
        ]
        line = ",".join(cells)
        # The writer looks at every character; a line that needs no quoting is told much faster.
        if line.count(",") == commas and not ('"' in line or "\n" in line or "\r" in line):
            stream.write(line + "\n")
        else:
            writer.writerow(cells)
    return stream.getvalue()


@cache
def _columns() -> dict[str, list[Column]]:
    return load("columns.yml", dict[str, list[Column]])


def _entry(article: Article) -> dict[str, Any]:
    """One line of articles.jsonl, keys in the order of the contract, with records where JSON will have mappings."""
    described, found = article.described, article.annotations
    log = own_log(described.log)
    certainties = [edit.certainty for one_pass in log for edit in one_pass.edits]
    repairs: Counter[str] = Counter()
    editlog.count_by_rule(log, repairs)
    return {
        "id": article.id,
        "file": described.raw.file,
        "url": described.raw.given.url,
        "title": described.title,
        "title_derived": described.title_derived,
        "date": described.date,
        "date_edtf": described.date_edtf,
        "date_origin": described.date_origin,
        "source": described.source,
        "authors": described.authors,
        "editor": described.editor,
        "script": described.script,
        "text": described.text,
        "headings": _headings(described),
        "provinces": found.provinces,
        "counties": found.counties,
        "places": [
            {
                "name": p.name,
                "code": p.code,
                "level": p.level,
                "evidence": p.evidence,
                "role": p.role,
                "name_then": p.name_then,
            }
            for p in found.places
        ],
        "pairs": found.pairs,
        "themes": [theme.label for theme in found.themes],
        "practices": found.practices,
        "figures": found.figures,
        "edits": dict(sorted(repairs.items())),
        "conjectures": certainties.count(Certainty.CONJECTURE),
        "gaps": certainties.count(Certainty.GAP),
        "reprints": article.reprints,
        "sha256": described.raw.sha256,
        "agency": described.agency,
        "compiled_by": described.compiled_by,
        "affiliation": described.affiliation,
        "organisations": found.organisations,
        "dates": found.dates,
        "sections": found.sections,
        "disputes": article.disputes,
    }


def _headings(described: DescribedArticle) -> list[str]:
    return [described.text[block.start : block.end] for block in described.blocks if block.kind == "heading"]


def _article_row(entry: dict[str, Any]) -> dict[str, object]:
    listed = ("authors", "provinces", "counties", "themes", "reprints")
    return entry | {key: _listed(entry[key]) for key in listed}


def _practice_rows(article: Article) -> Iterator[dict[str, object]]:
    for practice in article.annotations.practices:
        yield _row(article, practice, practice.evidence) | {"themes": _listed(practice.themes)}


def _organisation_rows(article: Article) -> Iterator[dict[str, object]]:
    for body in article.annotations.organisations:
        yield _row(article, body, body.evidence)


def _place_rows(articles: Iterable[Article]) -> Iterator[dict[str, object]]:
    """Each unit that an article names or implies, by code, with its other names and how many articles name it."""
    roles: dict[str, Counter[str]] = {}
    for article in articles:
        for place in article.annotations.places:
            roles.setdefault(place.code, Counter())[place.role] += 1
    for code, counts in sorted(roles.items()):
        latin, point = gazetteer.romanised(code), gazetteer.centroid(code)
        yield {
            "code": code,
            "name": gazetteer.full_name(code),
            "level": gazetteer.unit(code).level,
            "english": gazetteer.english(code),
            "pinyin": latin.pinyin,
            "names": _listed(
                f"{one.full_name} {one.first_year}-{one.last_year or ''}" for one in gazetteer.unit_names(code)
            ),
            "latitude": point[0] if point else None,
            "longitude": point[1] if point else None,
            "subject": counts["subject"],
            "mention": counts["mention"],
        }


def _listed(values: Iterable[str]) -> str:
    return LIST_SEPARATOR.join(values)


def _row(article: Article, record: msgspec.Struct, evidence: Evidence) -> dict[str, object]:
    return {"article": article.id, **msgspec.structs.asdict(record), "quote": evidence.quote}


def _lines(entries: Iterable[object]) -> str:
    return msgspec.json.Encoder().encode_lines(entries).decode()


def _cell(value: object) -> str:
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA_STARTS) else value
    return str(value).lower()


@cache
def _datapackage() -> str:
    resources = [
        {
            "name": name,
            "path": f"{name}.csv",
            "format": "csv",
            "encoding": "utf-8",
            "schema": {"fields": msgspec.to_builtins(fields), "missingValues": [""]},
        }
        for name, fields in _columns().items()
    ]
    resources += [
        {"name": f"{name}-lines", "path": f"{name}.jsonl", "format": "jsonl", "encoding": "utf-8"}
        for name in ("articles", "rejected")
    ]
    resources += [
        {"name": f"bibliography-{kind}", "path": path, "format": kind, "mediatype": mediatype, "encoding": "utf-8"}
        for path, (kind, mediatype) in FILES.items()
    ]
    package = {"name": "shanhai", "title": "山海文库", "resources": resources}
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"
