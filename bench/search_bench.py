"""Our search beside Pagefind and Material's, over the same articles in one run.

`python bench/search_bench.py --articles N` or `--corpus FOLDER`; `--without material` leaves one out, `--json OUT`
keeps every answer. What is measured and how is told in `bench/README.md`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from random import Random
from statistics import mean, median
from typing import TYPE_CHECKING, Any, NamedTuple

from asking import Answer, Asked, asked, chromium
from documents import documents
from material_way import MaterialWay
from measured import cost, python
from ours import OurWay
from pagefind_way import PagefindWay
from queries import Scan, drawn
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from documents import Document
    from queries import Query, Truth
    from way import Built, Way

HERE = Path(__file__).parent
WAYS: tuple[Callable[[], Way], ...] = (OurWay, PagefindWay, MaterialWay)
SECONDS_A_SEARCH = 240.0
"""How long one search is asked, from each place; a slower one answers a sample of the queries, whose size is shown."""

KB = 1_000


class Outcome(NamedTuple):
    """One search: how its index was built, and what it answered."""

    built: Built
    asked: Asked


class Score(NamedTuple):
    """Means over queries, in percent.

    `recall` against the folded scan and `precision` against the widest one; `strict`: recall against the text as it
    stands; `top`: precision of the first ten; `right`: queries answered exactly.
    """

    queries: int
    recall: float
    precision: float
    strict: float
    top: float
    right: float


def main() -> None:
    """Build, ask, print."""
    arguments = _arguments()
    console = Console()
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        corpus = arguments.corpus or _generated(work, arguments.articles, arguments.seed, console)
        spent = cost(python(HERE / "documents.py", corpus, work), work / "documents.log")
        found = documents(work)
        chars = sum(document.chars for document in found)
        console.print(f"{len(found):,} articles published, {chars:,} characters; converting took {spent.cpu:.0f} CPU s")
        queries = drawn(found, arguments.seed)
        Random(arguments.seed).shuffle(queries)  # noqa: S311 - reproducible, not secret
        outcomes = _outcomes(found, work, queries, arguments, console)
        began = time.perf_counter()
        scan = Scan(found)
        truths = {query.terms: scan.truth(query.terms) for query in queries}
        console.print(f"plain scan of all queries: {time.perf_counter() - began:.0f} s")
    _shown(outcomes, truths, chars, console)
    if arguments.json:
        _kept(arguments.json, outcomes, truths, len(found), chars)


def scored(answers: Iterable[Answer], truths: dict[tuple[str, ...], Truth]) -> Score | None:
    """How right some answers are; `None` without any."""
    rows = [_row(answer, truths[answer.query.terms]) for answer in answers]
    if not rows:
        return None
    columns = [[value for value in column if value is not None] for column in zip(*rows, strict=True)]
    return Score(len(rows), *(100 * mean(column) if column else 0.0 for column in columns))


def _row(answer: Answer, truth: Truth) -> tuple[float | None, ...]:
    found = set(answer.found)
    top = answer.found[:10]
    return (
        len(found & truth.folded) / len(truth.folded) if truth.folded else None,
        len(found & truth.widest) / len(found) if found else None,
        len(found & truth.strict) / len(truth.strict) if truth.strict else None,
        sum(number in truth.widest for number in top) / len(top) if top else None,
        float(truth.folded <= found <= truth.widest),
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--corpus", type=Path, help="a folder of articles instead of generated ones")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", action="append", default=[], type=str.lower, help="ours, pagefind or material")
    parser.add_argument("--seconds", type=float, default=SECONDS_A_SEARCH, help="for which one search is asked")
    parser.add_argument("--json", type=Path, help="where every figure and answer is written")
    return parser.parse_args()


def _generated(work: Path, articles: int, seed: int, console: Console) -> Path:
    command = python(HERE / "generator.py", "--articles", str(articles), "--seed", str(seed), work / "corpus")
    spent = cost(command, work / "generator.log")
    console.print(f"{articles:,} articles generated with seed {seed}: {spent.cpu:.0f} CPU s")
    return work / "corpus"


def _outcomes(
    found: Sequence[Document], work: Path, queries: list[Query], arguments: argparse.Namespace, console: Console
) -> dict[str, Outcome]:
    ways = [way for way in (make() for make in WAYS) if way.name.lower() not in arguments.without]
    outcomes: dict[str, Outcome] = {}
    with chromium() as browser:
        for way in ways:
            built = way.build(found, work)
            console.print(f"{way.name}: built in {built.whole.wall:.0f} s")
            outcomes[way.name] = Outcome(built, asked(browser, way, built, queries, arguments.seconds))
            console.print(f"{way.name}: {len(outcomes[way.name].asked.answers)} queries answered")
    for name in arguments.without:
        console.print(f"{name} was left out")
    return outcomes


def _shown(outcomes: dict[str, Outcome], truths: dict[tuple[str, ...], Truth], chars: int, console: Console) -> None:
    table = Table("", *outcomes)
    for name, cell in _costs(chars).items():
        table.add_row(name, *(cell(one) for one in outcomes.values()))
    table.add_section()
    kinds = sorted({answer.query.kind for one in outcomes.values() for answer in one.asked.answers})
    for kind in kinds:
        scores = [scored((a for a in one.asked.answers if a.query.kind == kind), truths) for one in outcomes.values()]
        table.add_row(f"{kind}: recall / precision / top ten / exact, %", *map(_percent, scores))
    console.print(table)


def _costs(chars: int) -> dict[str, Callable[[Outcome], str]]:
    return {
        "build: CPU s, whole process": lambda one: f"{one.built.whole.cpu:.1f}",
        "build: CPU s, indexing alone": lambda one: (
            "-" if one.built.index_cpu is None else f"{one.built.index_cpu:.1f}"
        ),
        "build: peak memory, MB": lambda one: f"{one.built.whole.rss_mb:.0f}",
        "index: MB": lambda one: f"{one.built.weight.size / 1e6:.2f}",
        "index: files": lambda one: f"{one.built.weight.files:,}",
        "index: bytes a character": lambda one: f"{one.built.weight.size / chars:.2f}",
        "  by part": lambda one: _by_part(one.built, chars),
        "to start: KB sent / raw / files": lambda one: (
            f"{one.asked.start_sent / KB:.1f} / {one.asked.start_raw / KB:.1f} / {one.asked.start_files}"
        ),
        "query: KB sent, median / p95": lambda one: _spread([load.sent / KB for load in one.asked.loads]),
        "query: KB raw, median / p95": lambda one: _spread([load.raw / KB for load in one.asked.loads]),
        "query: files, median / p95": lambda one: _spread([load.files for load in one.asked.loads], 0),
        "cold page to hits: ms, median / p95": lambda one: _spread([load.milliseconds for load in one.asked.loads], 0),
        "warm query to hits: ms, median / p95": lambda one: _spread(_first_askings(one.asked.answers), 0),
        "cold from disk: ms, median / p95": lambda one: _spread(list(one.asked.cold_from_disk), 0),
        "warm from disk: ms, median / p95": lambda one: _spread(_first_askings(one.asked.from_disk), 0),
        "same answers from disk": lambda one: _same(one.asked),
    }


def _percent(score: Score | None) -> str:
    if not score:
        return "-"
    shown = (score.recall, score.precision, score.top, score.right)
    return " / ".join(f"{value:.1f}" for value in shown) + f" ({score.queries})"


def _by_part(one: Built, chars: int) -> str:
    return ", ".join(f"{name} {size / chars:.2f}" for name, size in one.parts.items()) or "-"


def _first_askings(answers: Iterable[Answer]) -> list[float]:
    """Milliseconds of those whose terms were not asked before, in simplified or traditional characters."""
    first: dict[tuple[str, ...], float] = {}
    for answer in answers:
        first.setdefault(answer.query.terms, answer.milliseconds)
    return list(first.values())


def _same(one: Asked) -> str:
    if not one.from_disk:
        return "-"
    both = list(zip(one.answers, one.from_disk, strict=False))
    return f"{sum(a.found == b.found for a, b in both)} of {len(both)}"


def _spread(values: list[float], digits: int = 1) -> str:
    if not values:
        return "-"
    return f"{median(values):.{digits}f} / {percentile(values, 95):.{digits}f}"


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that so many percent of the values do not pass (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(-(-len(ranked) * percent // 100) - 1, 0).__int__()]


def _scores(one: Outcome, truths: dict[tuple[str, ...], Truth]) -> dict[str, dict[str, float]]:
    kinds = sorted({answer.query.kind for answer in one.asked.answers})
    by_kind = {kind: scored((a for a in one.asked.answers if a.query.kind == kind), truths) for kind in kinds}
    return {kind: score._asdict() for kind, score in by_kind.items() if score}


def _kept(
    path: Path, outcomes: dict[str, Outcome], truths: dict[tuple[str, ...], Truth], articles: int, chars: int
) -> None:
    def answers(one: tuple[Answer, ...]) -> list[dict[str, Any]]:
        return [
            {
                "kind": answer.query.kind,
                "typed": answer.query.typed,
                "milliseconds": answer.milliseconds,
                "found": answer.found,
                "true": sorted(truths[answer.query.terms].folded),
            }
            for answer in one
        ]

    kept = {
        name: {
            "build": one.built.whole._asdict() | {"index_cpu": one.built.index_cpu},
            "index": one.built.weight._asdict() | {"parts": one.built.parts},
            "start": [one.asked.start_sent, one.asked.start_raw, one.asked.start_files],
            "loads": [load._asdict() for load in one.asked.loads],
            "scores": _scores(one, truths),
            "answers": answers(one.asked.answers),
            "from_disk": answers(one.asked.from_disk),
        }
        for name, one in outcomes.items()
    }
    text = json.dumps({"articles": articles, "characters": chars, "searches": kept}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
