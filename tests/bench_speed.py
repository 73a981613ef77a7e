"""How fast one core reads, restores and annotates: `python tests/bench_speed.py [FOLDER]`, or `make bench-speed`.

Prints megabytes of the files for each CPU second (process time, so that other work on the machine counts little), for
each file and for the folder as a whole, which step of the restoration the time goes to, and which part of the
annotation, there over the clean text. Every figure is the median of several rounds.
The whole is to be at least 5 MB a CPU second for reading and restoring together, the slowest file at least 3, and
annotating 8 over the clean text.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from shanhai.annotate import dates, figures, organisations, pairs, places, practices, sections, slots
from shanhai.annotate.article import annotate
from shanhai.describe.article import describe
from shanhai.read.corpus import corpus_files, read_file
from shanhai.records import DescribedArticle, RawArticle, RestoredArticle
from shanhai.restore import chain, mojibake

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SHARED_CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus"
MAX_FILE_BYTES = 50_000_000
WHOLE_MIN_MB = 5.0
FILE_MIN_MB = 3.0
CLEAN_MIN_MB = 8.0
ROUNDS = 7
ROUND_MIN_SECONDS = 0.05
PARTS = ("read", "restore", "describe", "annotate")


def main() -> None:
    """Print the tables; the exit code is 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=SHARED_CORPUS)
    folder = parser.parse_args().folder
    if not folder.is_dir():
        raise SystemExit(f"no folder {folder}: name one of articles")
    files = corpus_files(folder)
    sizes = [path.stat().st_size for path in files]
    spent = [_seconds_by_part(path, folder) for path in files]
    rates = [size / (one["read"] + one["restore"]) / 1e6 for size, one in zip(sizes, spent, strict=True)]
    whole = sum(sizes) / sum(one["read"] + one["restore"] for one in spent) / 1e6
    console = Console()
    console.print(_rates(files, sizes, spent))
    console.print(_shares([raw for path in files for raw in _articles(path, folder)]))
    clean = [one for path in files for one in _described(_articles(path, folder))]
    size = sum(len(one.text.encode()) for one in clean)
    annotating = sum(one["annotate"] for one in spent)
    console.print(_annotation_shares(clean, size))
    console.print(
        f"read + restore: {whole:.2f} MB/CPU s as a whole (target {WHOLE_MIN_MB}), slowest {min(rates):.2f}"
        f" (target {FILE_MIN_MB})"
    )
    console.print(f"annotate: {_rate(size, annotating)} MB of clean text/CPU s (target {CLEAN_MIN_MB})")
    raise SystemExit(whole < WHOLE_MIN_MB or min(rates) < FILE_MIN_MB or size / 1e6 < CLEAN_MIN_MB * annotating)


def _articles(path: Path, folder: Path) -> list[RawArticle]:
    return [one for one in read_file(path, folder, MAX_FILE_BYTES) if isinstance(one, RawArticle)]


def _described(raws: Sequence[RawArticle]) -> list[DescribedArticle]:
    restored = (one for raw in raws if isinstance(one := chain.restore(raw), RestoredArticle))
    return [one for article in restored if isinstance(one := describe(article), DescribedArticle)]


def _annotation_shares(articles: Sequence[DescribedArticle], size: int) -> Table:
    """Where the time of annotating goes, each part by itself over all articles."""
    found = [places.find(one) for one in articles]
    named = [slots.named(one.text, known) for one, known in zip(articles, found, strict=True)]
    dated = [dates.find(one) for one in articles]
    every = list(zip(articles, found, named, dated, strict=True))
    parts: dict[str, Callable[[], object]] = {
        "places": lambda: [places.find(one) for one in articles],
        "pairs, organisations": lambda: [
            (pairs.find(one, known, slots.named(one.text, known)), organisations.find(one, known, at))
            for one, known, at, _ in every
        ],
        "themes, sections": lambda: [sections.find(one, known) for one, known, _, _ in every],
        "practices": lambda: [practices.find(one, known) for one, known, _, _ in every],
        "figures": lambda: [figures.find(one, known, when) for one, known, _, when in every],
        "dates": lambda: [dates.find(one) for one in articles],
    }
    table = Table("part", "ms", "MB of clean text per CPU s", title="Annotating the folder once")
    for name, seconds in ((name, _median_seconds(part)) for name, part in parts.items()):
        table.add_row(name, f"{seconds * 1e3:.2f}", _rate(size, seconds))
    return table


def _seconds_by_part(path: Path, folder: Path) -> dict[str, float]:
    """CPU seconds that the file takes in each part of its way."""
    raws = _articles(path, folder)
    restored = [one for raw in raws if isinstance(one := chain.restore(raw), RestoredArticle)]
    described = [one for article in restored if isinstance(one := describe(article), DescribedArticle)]
    parts: tuple[Callable[[], object], ...] = (
        lambda: _articles(path, folder),
        lambda: [chain.restore(raw) for raw in raws],
        lambda: [describe(article) for article in restored],
        lambda: [annotate(article) for article in described],
    )
    return {name: _median_seconds(part) for name, part in zip(PARTS, parts, strict=True)}


def _median_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of the work, the median of rounds that are long enough for the clock."""
    work()
    times = []
    for _round in range(ROUNDS):
        count, start = 0, time.process_time()
        while (spent := time.process_time() - start) < ROUND_MIN_SECONDS:
            work()
            count += 1
        times.append(spent / count)
    return median(times)


def _rates(files: Sequence[Path], sizes: Sequence[int], spent: Sequence[dict[str, float]]) -> Table:
    table = Table("file", "kB", *PARTS, "read + restore", title="MB per CPU second")
    rows = [(path.name[:24], size, one) for path, size, one in zip(files, sizes, spent, strict=True)]
    whole = {part: sum(one[part] for one in spent) for part in PARTS}
    for name, size, one in [*rows, ("whole", sum(sizes), whole)]:
        both = one["read"] + one["restore"]
        table.add_row(
            name, f"{size / 1e3:.1f}", *(f"{_rate(size, one[part])}" for part in PARTS), f"{size / both / 1e6:.2f}"
        )
    return table


def _rate(size: int, seconds: float) -> str:
    return f"{size / seconds / 1e6:.1f}" if seconds else "-"


def _shares(raws: Sequence[RawArticle]) -> Table:
    """Where the time of restoring goes, by steps; the clock itself takes about a twentieth, which is in the rest."""
    spent: dict[str, list[float]] = {}
    for _round in range(ROUNDS):
        for name, seconds in _step_seconds(raws).items():
            spent.setdefault(name, []).append(seconds)
    times = {name: median(seconds) for name, seconds in spent.items()}
    whole = times.pop("whole")
    times["the rest of the chain"] = whole - sum(times.values())
    table = Table("step", "ms", "share", title="Restoring the folder once")
    for name, seconds in sorted(times.items(), key=lambda entry: -entry[1]):
        table.add_row(name, f"{seconds * 1e3:.2f}", f"{seconds / whole:.1%}")
    table.add_row("whole", f"{whole * 1e3:.2f}", "100.0%")
    return table


def _step_seconds(raws: Sequence[RawArticle]) -> dict[str, float]:
    """CPU seconds of each step over all articles, by a clock around the steps, surveys and `apply`."""
    spent: dict[str, float] = {}

    def timed(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def measured(*arguments: object) -> object:
            start = time.process_time()
            try:
                return function(*arguments)
            finally:
                spent[name] = spent.get(name, 0.0) + time.process_time() - start

        return measured

    stages, apply, is_lost = chain.STAGES, chain.apply, mojibake.is_lost
    chain.STAGES = tuple(
        stage._replace(
            survey=timed(stage.survey.__name__, stage.survey),
            steps=tuple(step._replace(find=timed(step.name, step.find)) for step in stage.steps),
        )
        for stage in stages
    )
    chain.apply, mojibake.is_lost = timed("apply", apply), timed("is_lost", is_lost)
    try:
        start = time.process_time()
        for raw in raws:
            chain.restore(raw)
        spent["whole"] = time.process_time() - start
    finally:
        chain.STAGES, chain.apply, mojibake.is_lost = stages, apply, is_lost
    return spent


if __name__ == "__main__":
    main()
