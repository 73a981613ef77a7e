"""Our search beside Pagefind and Material's, over the same articles in one run.

`python bench/search_bench.py --articles N` or `--corpus FOLDER`. What is measured and how is told in `bench/README.md`.
"""

from __future__ import annotations

import argparse
import math
import shutil
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from asking import answers, asked, chromium
from documents import CONVERTED_FILES, documents
from material_way import MaterialWay
from measured import cost, python, step_kept
from ours import WHOLE_PAGE, OurWay
from pagefind_way import PagefindWay, cost_on_site
from queries import drawn, truths
from reader import read
from report import Outcome, Run, kept, shown
from rich.console import Console
from serving import served

if TYPE_CHECKING:
    from collections.abc import Callable

    from asking import Answer
    from playwright.sync_api import Browser
    from queries import Query
    from way import Built, Way

HERE = Path(__file__).parent
WAYS: tuple[Callable[[], Way], ...] = (OurWay, PagefindWay, MaterialWay)
SECONDS_A_SEARCH = 240.0
"""How long one search is asked, from each place; a slower one answers a sample of the queries, whose size is shown."""

SITE_ARTICLES = 300
SAMPLE = 100
"""So many queries are asked of our engine in the bare page too: beside the search page they tell what drawing takes."""
COLUMNS = 120


def main() -> None:
    """Build, ask, print."""
    arguments = _arguments()
    console = Console(width=COLUMNS)
    with tempfile.TemporaryDirectory() as scratch:
        run = _run(Path(scratch), arguments, console)
    shown(run, console)
    if arguments.json:
        kept(arguments.json, run)


def _run(work: Path, arguments: argparse.Namespace, console: Console) -> Run:
    _convert(work, arguments, console)
    found = documents(work)
    chars = sum(document.chars for document in found)
    console.print(f"{len(found):,} articles published, {chars:,} characters")
    queries = _sample(drawn(found, arguments.seed), arguments)
    _site(work, arguments, console)
    outcomes: dict[str, Outcome] = {}
    with chromium() as browser:
        for way in (way for way in (make() for make in WAYS) if way.name.lower() not in arguments.without):
            built = way.build(found, work)
            console.print(f"{way.name}: built in {built.whole.wall:.0f} s")
            began = time.perf_counter()
            if isinstance(way, OurWay):
                met = read(browser, built.folder, found, queries, arguments.seconds)
                engine = asked(browser, way, built, queries[:SAMPLE], arguments.seconds)
                outcomes[way.name] = Outcome(built, engine, _whole(browser, way, built, queries), met)
            else:
                said = asked(browser, way, built, queries, arguments.seconds)
                outcomes[way.name] = Outcome(built, said, said.answers)
            answered = len(outcomes[way.name].whole)
            console.print(f"{way.name}: {answered} queries answered in {time.perf_counter() - began:.0f} s")
    for name in arguments.without:
        console.print(f"{name} was left out")
    began = time.perf_counter()
    known = truths(found, (query.terms for query in queries))
    console.print(f"plain scan of all queries: {time.perf_counter() - began:.0f} s")
    pagefind = None if "pagefind" in arguments.without else cost_on_site(work / "site", work)
    return Run(outcomes, known, len(found), chars, step_kept(work / "site.json"), pagefind)


def _sample(queries: list[Query], arguments: argparse.Namespace) -> list[Query]:
    """The queries in an order of the seed; of fewer than all, each in simplified and in traditional characters."""
    random = Random(arguments.seed)  # noqa: S311 - reproducible, not secret
    half = len(queries) // 2
    pairs = [*zip(queries[:half], queries[half:], strict=True)]
    chosen = random.sample(pairs, min(half, (arguments.queries or len(queries)) // 2))
    found = [query for pair in chosen for query in pair]
    random.shuffle(found)
    return found


def _whole(browser: Browser, way: Way, built: Built, queries: list[Query]) -> tuple[Answer, ...]:
    """All that ours finds, every candidate checked: of every query, and not timed."""
    with served(built.folder) as server:
        return answers(browser, way, server.address + WHOLE_PAGE, queries, math.inf)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--corpus", type=Path, help="a folder of articles instead of generated ones")
    parser.add_argument("--converted", type=Path, help="a folder that documents.py wrote, to ask it again")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", action="append", default=[], type=str.lower, help="pagefind or material")
    parser.add_argument("--queries", type=int, help="ask so many of the 900 alone")
    parser.add_argument("--seconds", type=float, default=SECONDS_A_SEARCH, help="for which one search is asked")
    parser.add_argument("--site-articles", type=int, default=SITE_ARTICLES, help="articles of the real site")
    parser.add_argument("--json", type=Path, help="where every figure and answer is written")
    return parser.parse_args()


def _convert(work: Path, arguments: argparse.Namespace, console: Console) -> None:
    """The archive and the documents of the corpus, in `work`."""
    if arguments.converted:
        for name in CONVERTED_FILES:
            shutil.copy(arguments.converted / name, work)
        return
    corpus = arguments.corpus or _generated(work / "corpus", arguments.articles, arguments.seed, console)
    spent = cost(python(HERE / "documents.py", corpus, work), work / "documents.log")
    console.print(f"converted in {spent.wall:.0f} s ({spent.cpu:.0f} CPU s)")


def _generated(folder: Path, articles: int, seed: int, console: Console) -> Path:
    command = python(HERE / "generator.py", "--articles", str(articles), "--seed", str(seed), folder)
    spent = cost(command, folder.with_name(f"{folder.name}.log"))
    console.print(f"{articles:,} articles generated with seed {seed} in {spent.wall:.0f} s ({spent.cpu:.0f} CPU s)")
    return folder


def _site(work: Path, arguments: argparse.Namespace, console: Console) -> None:
    """The site whose search page is asked, and whose pages Pagefind indexes as they are: of generated articles."""
    corpus = _generated(work / "site_corpus", arguments.site_articles, arguments.seed, console)
    spent = cost(python(HERE / "real_site.py", corpus, work), work / "site.log")
    console.print(f"their site built in {spent.wall:.0f} s ({spent.cpu:.0f} CPU s)")


if __name__ == "__main__":
    main()
