"""The machine-readable output: a contract that readers and tests rely on.

`articles.jsonl` and `rejected.jsonl` hold everything, the CSV files the same as tables for a spreadsheet, and
`datapackage.json` (Frictionless) says what every column means.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from shanhai import editlog
from shanhai.describe.digest import own_log
from shanhai.records import Article, Certainty, DescribedArticle, Rejected
from shanhai.reference import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LIST_SEPARATOR = ";"
"""Between several values in one CSV cell."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs a cell that begins so as a formula; it gets an apostrophe in front (OWASP, CSV Injection)."""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One column of a table as datapackage.json describes it."""

    name: str
    type: str
    description: str


def data_files(articles: Sequence[Article], rejected: Sequence[Rejected]) -> dict[str, str]:
    """File name -> content of every data file, articles sorted by id, the set-aside by file."""
    ordered = sorted(articles, key=lambda article: article.id)
    tables = {
        "articles": [_article_row(article) for article in ordered],
        "pairs": [row for article in ordered for row in _pair_rows(article)],
        "figures": [row for article in ordered for row in _figure_rows(article)],
        "practices": [row for article in ordered for row in _practice_rows(article)],
        "organisations": [row for article in ordered for row in _organisation_rows(article)],
    }
    columns = load("columns.yml", dict[str, list[Column]])
    files = {
        "articles.jsonl": _lines(article_entry(article) for article in ordered),
        "rejected.jsonl": _lines(
            msgspec.to_builtins(one) for one in sorted(rejected, key=lambda one: (one.file, one.rule))
        ),
    }
    for name, rows in tables.items():
        files[f"{name}.csv"] = _csv([column.name for column in columns[name]], rows)
    files["datapackage.json"] = _datapackage(columns)
    return files


def article_entry(article: Article) -> dict[str, Any]:
    """One line of articles.jsonl as a mapping, keys in the order of the contract."""
    described, found = article.described, article.annotations
    log = own_log(described.log)
    certainties = Counter(edit.certainty for one_pass in log for edit in one_pass.edits)
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
        "authors": list(described.authors),
        "editor": described.editor,
        "script": described.script,
        "text": described.text,
        "headings": _headings(described),
        "provinces": list(found.provinces),
        "counties": list(found.counties),
        "places": [
            {"name": p.name, "code": p.code, "level": p.level, "evidence": msgspec.to_builtins(p.evidence)}
            | {"role": p.role, "name_then": p.name_then}
            for p in found.places
        ],
        "pairs": [msgspec.to_builtins(pair) for pair in found.pairs],
        "themes": [theme.label for theme in found.themes],
        "practices": [msgspec.to_builtins(practice) for practice in found.practices],
        "figures": [msgspec.to_builtins(figure) for figure in found.figures],
        "edits": dict(sorted(repairs.items())),
        "conjectures": certainties[Certainty.CONJECTURE],
        "gaps": certainties[Certainty.GAP],
        "reprints": list(article.reprints),
        "sha256": described.raw.sha256,
        "agency": described.agency,
        "compiled_by": described.compiled_by,
        "affiliation": described.affiliation,
        "organisations": [msgspec.to_builtins(one) for one in found.organisations],
        "dates": [msgspec.to_builtins(one) for one in found.dates],
        "sections": [msgspec.to_builtins(one) for one in found.sections],
        "disputes": [msgspec.to_builtins(one) for one in article.disputes],
    }


def _headings(described: DescribedArticle) -> list[str]:
    return [described.text[block.start : block.end] for block in described.blocks if block.kind == "heading"]


def _article_row(article: Article) -> dict[str, object]:
    entry = article_entry(article)
    listed = ("authors", "provinces", "counties", "themes", "reprints")
    return entry | {key: LIST_SEPARATOR.join(entry[key]) for key in listed}


def _pair_rows(article: Article) -> Iterator[dict[str, object]]:
    for pair in article.annotations.pairs:
        yield _row(article, pair) | {"purposes": _listed(pair.purposes), "quote": pair.evidence.quote}


def _figure_rows(article: Article) -> Iterator[dict[str, object]]:
    disputed = {one.figure for one in article.disputes}
    for number, figure in enumerate(article.annotations.figures):
        yield _row(article, figure) | {"disputed": number in disputed, "quote": figure.evidence.quote}


def _practice_rows(article: Article) -> Iterator[dict[str, object]]:
    for practice in article.annotations.practices:
        yield _row(article, practice) | {"themes": _listed(practice.themes), "quote": practice.evidence.quote}


def _organisation_rows(article: Article) -> Iterator[dict[str, object]]:
    for body in article.annotations.organisations:
        yield _row(article, body) | {"quote": body.evidence.quote}


def _listed(values: Iterable[str]) -> str:
    return LIST_SEPARATOR.join(values)


def _row(article: Article, record: msgspec.Struct) -> dict[str, object]:
    return {"article": article.id, **msgspec.to_builtins(record)}


def _lines(entries: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n" for entry in entries)


def _csv(names: list[str], rows: Iterable[dict[str, object]]) -> str:
    """A CSV table with a byte order mark, without which a Chinese spreadsheet reads UTF-8 as GBK."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return "\ufeff" + stream.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return value


def _datapackage(columns: dict[str, list[Column]]) -> str:
    resources = [
        {
            "name": name,
            "path": f"{name}.csv",
            "format": "csv",
            "encoding": "utf-8",
            "schema": {"fields": msgspec.to_builtins(fields), "missingValues": [""]},
        }
        for name, fields in columns.items()
    ]
    resources += [
        {"name": f"{name}-lines", "path": f"{name}.jsonl", "format": "jsonl", "encoding": "utf-8"}
        for name in ("articles", "rejected")
    ]
    package = {"name": "shanhai", "title": "山海文库", "resources": resources}
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"
