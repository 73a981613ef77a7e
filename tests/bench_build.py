"""How fast one core builds the data files of an archive: `python tests/bench_build.py [FOLDER] [--copies N]`.

The folder's articles stand for an archive of N times as many: each file is written N times, every copy with a numbered
last line, so that no two are the same text. `build_data` itself runs over these files, once to load what is loaded once
and then for several rounds; what is printed is CPU time (process time, so that other work on the machine counts little)
of the round in the middle: surveying, reading, restoring, judging, describing, annotating, relating, and the data files
written to disk. Start-up, the first build included, is printed apart.

Copies of one article would be one family of reprints, which an archive is not. So each article gets a text of its own
before the articles are related: its Chinese characters are exchanged for others, one for one. Lengths, offsets and what
was found in it stay as they are. The time that this takes is not counted.

The whole is at least 3 MB of raw files and 200 articles a CPU second.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from rich.console import Console
from rich.table import Table

from shanhai import build
from shanhai.read.corpus import corpus_files
from shanhai.relate.near_duplicates import bands
from shanhai.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from shanhai.relate.reprints import Finding

SHARED_CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus"
MAX_FILE_BYTES = 50_000_000
WHOLE_MIN_MB = 3.0
WHOLE_MIN_ARTICLES = 200.0
COPIES = 20
ROUNDS = 5
FIRST_HAN, LAST_HAN = 0x4E00, 0x9FA5

WITHIN = {"bands": "relate", "assemble": "relate", "data_files": "data", "write_tree": "data"}
"""Functions of the build that are timed on their own, and the step that each is a part of."""


class Round(NamedTuple):
    """CPU seconds of one build: as a whole, by step, and by the parts of steps; and how many articles came of it."""

    whole: float
    steps: dict[str, float]
    parts: dict[str, float]
    articles: int


def main() -> None:
    """Print the tables; the exit code is 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=SHARED_CORPUS)
    parser.add_argument("--copies", type=int, default=COPIES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        raise SystemExit(f"no folder {arguments.folder}: name one of articles")
    with tempfile.TemporaryDirectory() as scratch:
        corpus = Path(scratch) / "corpus"
        size = written_copies(arguments.folder, corpus, arguments.copies)
        rounds = [measured(corpus, Path(scratch) / f"data-{number}") for number in range(arguments.rounds + 1)]
    middle = sorted(rounds[1:])[len(rounds[1:]) // 2]
    console = Console()
    console.print(_shares(rounds[1:], size))
    console.print(f"start-up, imports and tables: {STARTED + rounds[0].whole - middle.whole:.2f} CPU s, not counted")
    rate, articles = size / middle.whole / 1e6, middle.articles / middle.whole
    console.print(
        f"whole data-only build of {middle.articles} articles, {size / 1e6:.2f} MB: {rate:.2f} MB/CPU s"
        f" (target {WHOLE_MIN_MB}), {articles:.0f} articles/CPU s (target {WHOLE_MIN_ARTICLES:.0f})"
    )
    raise SystemExit(rate < WHOLE_MIN_MB or articles < WHOLE_MIN_ARTICLES)


def written_copies(folder: Path, corpus: Path, copies: int) -> int:
    """Write each text file of the folder `copies` times, each with a last line of its own; the bytes in all."""
    corpus.mkdir()
    size = 0
    for path in corpus_files(folder):
        for number in range(copies):
            content = path.read_bytes().rstrip() + f"\n\n这是第{number}份。\n".encode()
            (corpus / f"{path.stem}-{number:05}{path.suffix}").write_bytes(content)
            size += len(content)
    return size


def measured(corpus: Path, folder: Path) -> Round:
    """One data-only build of the corpus, with the clock around its parts."""
    parts: dict[str, float] = {}
    uncounted: dict[str, float] = {}
    settings = Settings(
        corpus=corpus,
        max_file_bytes=MAX_FILE_BYTES,
        allowed_set_aside_share=1.0,
        workers=1,
        cache=corpus.parent / ".cache",
    )
    with _patched(parts, uncounted):
        began = time.process_time()
        run = build.build_data(settings, folder, Console(quiet=True))
        whole = time.process_time() - began - sum(uncounted.values())
    return Round(whole, dict(run.seconds), parts, run.published)


@contextmanager
def _patched(parts: dict[str, float], uncounted: dict[str, float]) -> Iterator[None]:
    """The build with a clock of CPU time, also around the functions of `WITHIN`, and with texts made distinct."""
    originals = {name: getattr(build, name) for name in (*WITHIN, "harvest_file", "time")}
    harvest_file = originals["harvest_file"]

    def distinct_harvest(path: Path, **arguments: Any) -> build.Harvest:
        harvest: build.Harvest = harvest_file(path, **arguments)
        began = time.process_time()
        harvest = msgspec.structs.replace(harvest, findings=tuple(_distinct(one) for one in harvest.findings))
        uncounted["distinct"] = uncounted.get("distinct", 0.0) + time.process_time() - began
        return harvest

    replaced: dict[str, Any] = {name: _timed(name, originals[name], parts) for name in WITHIN}
    replaced |= {"harvest_file": distinct_harvest, "time": SimpleNamespace(perf_counter=time.process_time)}
    for name, replacement in replaced.items():
        setattr(build, name, replacement)
    try:
        yield
    finally:
        for name, original in originals.items():
            setattr(build, name, original)


def _timed(name: str, function: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*arguments: Any) -> Any:
        began = time.process_time()
        try:
            return function(*arguments)
        finally:
            spent[name] = spent.get(name, 0.0) + time.process_time() - began

    return timed


def _distinct(finding: Finding) -> Finding:
    """The finding with its Chinese characters exchanged for others, by the name of its file."""
    described = finding.described
    drawn = list(range(FIRST_HAN, LAST_HAN + 1))
    Random(described.raw.file).shuffle(drawn)  # noqa: S311 - the same in every run
    exchange = dict(zip(range(FIRST_HAN, LAST_HAN + 1), drawn, strict=True))
    text = described.text.translate(exchange)
    raw = msgspec.structs.replace(described.raw, text=described.raw.text.translate(exchange))
    described = msgspec.structs.replace(described, raw=raw, text=text, title=described.title.translate(exchange))
    return msgspec.structs.replace(finding, described=described, bands=bands(text))


def _shares(rounds: Sequence[Round], size: int) -> Table:
    table = Table("step", "s/MB", "share", title="CPU seconds per MB of raw files, median of the rounds")
    whole = median(one.whole for one in rounds)
    steps = {step: median(one.steps[step] for one in rounds) for step in rounds[0].steps}
    for step, seconds in steps.items():
        table.add_row(step, f"{seconds / size * 1e6:.4f}", f"{seconds / whole:.1%}")
        for part in (name for name, of in WITHIN.items() if of == step):
            inside = median(one.parts.get(part, 0.0) for one in rounds)
            table.add_row(f"  {part}", f"{inside / size * 1e6:.4f}", f"{inside / whole:.1%}")
    rest = whole - sum(steps.values())
    table.add_row("the rest", f"{rest / size * 1e6:.4f}", f"{rest / whole:.1%}")
    table.add_row("whole", f"{whole / size * 1e6:.4f}", "100.0%")
    return table


STARTED = time.process_time()
"""CPU seconds until the modules were loaded."""

if __name__ == "__main__":
    main()
