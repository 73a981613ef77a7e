"""What a run of the bench comes to: each target first, then the figures of every search, then how right they are."""

from __future__ import annotations

import json
from statistics import mean, median
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from rich.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from asking import Answer, Asked, Load, Loads
    from measured import Cost, Step
    from queries import Truth
    from reader import Read
    from rich.console import Console
    from serving import Sent
    from way import Built

KB = 1_000
TRADITIONAL = ", traditional"
FACETS = "search/facets/"
TEXT_PARTS = frozenset({"texts", "fragment"})
"""What of an index is the text of the articles once more, for excerpts: ours and Pagefind's."""

HIGH_PERCENT = 95
CPU_SHARE, MEMORY_SHARE = 0.2, 0.25
PAGE_HITS = 10


class Outcome(NamedTuple):
    """One search: how its index was built, how the bare page of the bench answered, and all that it finds.

    `met` is what a reader of our search page met.
    """

    built: Built
    asked: Asked
    whole: tuple[Answer, ...]
    met: Read | None = None


class Run(NamedTuple):
    """All that was measured. `search_step` and `pagefind_on_site` are of the real site, smaller than the corpus."""

    outcomes: dict[str, Outcome]
    truths: dict[tuple[str, ...], Truth]
    articles: int
    chars: int
    search_step: Step
    pagefind_on_site: Cost | None


class Target(NamedTuple):
    """One target; `is_met` is `None` where nothing was measured to tell."""

    name: str
    measured: str
    wanted: str
    is_met: bool | None


class Score(NamedTuple):
    """Means over queries, in percent.

    `recall` against the folded scan and `precision` against the widest one; `top`: precision of the first ten; `right`:
    queries answered exactly.
    """

    queries: int
    recall: float
    precision: float
    top: float
    right: float


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
        sum(number in truth.widest for number in top) / len(top) if top else None,
        float(truth.folded <= found <= truth.widest),
    )


def shown(run: Run, console: Console) -> None:
    """Print the targets and the tables."""
    if reached := targets(run):
        console.print(_targets_table(reached))
    table = Table(Column("", no_wrap=True), *run.outcomes, title=f"{run.articles:,} articles, {run.chars:,} characters")
    for name, cell in _figures(run).items():
        table.add_row(name, *(cell(one) for one in run.outcomes.values()))
    table.add_section()
    table.add_row("% recall, precision, of first ten, exact", *["" for _ in run.outcomes])
    kinds = sorted({answer.query.kind for one in run.outcomes.values() for answer in one.whole})
    for kind in kinds:
        of_kind = [[answer for answer in one.whole if answer.query.kind == kind] for one in run.outcomes.values()]
        most = max(map(len, of_kind))
        table.add_row(f"  {kind} ({most})", *(_percent(scored(answers, run.truths), most) for answers in of_kind))
    console.print(table)


def targets(run: Run) -> list[Target]:
    """What our search is to reach, and what it reached; nothing where it was left out."""
    ours = run.outcomes.get("ours")
    if ours is None or ours.met is None:
        return []
    return [*_right(ours.whole, ours.met, run.truths), *_quick(ours, ours.met, run.chars), *_cheap(run, ours.built)]


def _right(whole: Sequence[Answer], met: Read, truths: dict[tuple[str, ...], Truth]) -> Iterator[Target]:
    score = scored(whole, truths)
    for name in ("recall", "precision") if score else ():
        value = getattr(score, name)
        yield Target(f"{name} of all that is found, {len(whole)} queries", f"{value:.2f} %", "100 %", value == 100)
    listed = (*met.entered, *met.from_disk)
    right = sum(number in truths[one.query.terms].widest for one in listed for number in one.found)
    yield _all(f"listed hits that are right, {len(listed)} pages", right, sum(len(one.found) for one in listed))
    full = sum(len(one.found) >= min(PAGE_HITS, len(truths[one.query.terms].folded)) for one in met.entered)
    yield _all("first pages with all the hits they have room for", full, len(met.entered))
    yield _all("traditional finds the same as simplified", *_alike(whole))
    both = list(zip(met.entered, met.from_disk, strict=False))
    yield _all("first page from disk as over http", sum(one.found == other.found for one, other in both), len(both))


def _quick(ours: Outcome, met: Read, chars: int) -> Iterator[Target]:
    sent = [load.sent / KB for load in met.loads.queries]
    start = sum(file.sent for file in met.loads.start if not file.path.startswith(FACETS)) / KB
    cold = [load.milliseconds for load in met.loads.queries]
    warm = _first_askings(met.entered)
    yield _at_most("KB a query, median", median(sent), 20)
    yield _at_most("KB a query, p95", percentile(sent, HIGH_PERCENT), 60)
    yield _at_most("KB to start: what the first hit waits for in any case", start, 40)
    yield _at_most("ms from Enter to the first hit, median", median(warm), 100, 0)
    yield _at_most("ms from opening the page to the first hit, median", median(cold), 500, 0)
    yield _at_most("index without texts, bytes a character", _without_texts(ours.built) / chars, 1.8, 2)


def _all(name: str, count: int, of: int) -> Target:
    return Target(name, f"{count:,} of {of:,}", "all", count == of)


def _at_most(name: str, value: float, most: float, digits: int = 1) -> Target:
    return Target(name, f"{value:.{digits}f}", f"<= {most:g}", value <= most)


def _cheap(run: Run, built: Built) -> Iterator[Target]:
    pagefind = run.outcomes.get("Pagefind")
    if pagefind and built.step:
        theirs = pagefind.built.whole
        yield _ratio("CPU, bare pages: index step / Pagefind", built.step.cpu, theirs.cpu, CPU_SHARE)
        yield _ratio("memory, bare pages: whole process / Pagefind", built.whole.rss_mb, theirs.rss_mb, MEMORY_SHARE)
    if run.pagefind_on_site:
        step, theirs = run.search_step, run.pagefind_on_site
        yield _ratio("CPU, pages of a site: search step / Pagefind", step.cpu, theirs.cpu, CPU_SHARE)
        yield _ratio(
            "memory, pages of a site: added by the step / Pagefind", step.above_mb, theirs.rss_mb, MEMORY_SHARE
        )


def _ratio(name: str, ours: float, theirs: float, most: float) -> Target:
    share = ours / theirs
    return Target(name, f"{share:.3f} ({ours:.1f} / {theirs:.1f})", f"<= {most:g}", share <= most)


def _targets_table(found: Sequence[Target]) -> Table:
    words = {True: "met", False: "not met", None: "-"}
    table = Table("target", "measured", "wanted", "")
    for one in found:
        table.add_row(one.name, one.measured, one.wanted, words[one.is_met])
    return table


def _alike(answers: Iterable[Answer]) -> tuple[int, int]:
    """How many queries found the same in traditional and in simplified characters, of those asked in both."""
    found: dict[tuple[str, tuple[str, ...]], list[set[int]]] = {}
    for answer in answers:
        key = (answer.query.kind.removesuffix(TRADITIONAL), answer.query.terms)
        found.setdefault(key, []).append(set(answer.found))
    both = [sets for sets in found.values() if len(sets) > 1]
    return sum(all(one == sets[0] for one in sets) for sets in both), len(both)


def _figures(run: Run) -> dict[str, Callable[[Outcome], str]]:
    def of_ours(value: Callable[[Read], str]) -> Callable[[Outcome], str]:
        return lambda one: value(one.met) if one.met else ""

    return {
        "build: CPU s, whole process": lambda one: f"{one.built.whole.cpu:.1f}",
        "build: CPU s, indexing alone": lambda one: f"{one.built.step.cpu:.1f}" if one.built.step else "-",
        "build: peak memory, MB": lambda one: f"{one.built.whole.rss_mb:.0f}",
        "index: MB / files": lambda one: f"{one.built.weight.size / 1e6:.2f} / {one.built.weight.files:,}",
        "index: bytes a character": lambda one: f"{one.built.weight.size / run.chars:.2f}",
        "index: without texts": lambda one: f"{_without_texts(one.built) / run.chars:.2f}" if one.built.parts else "-",
        "index: by part": lambda one: _by_part(one.built, run.chars),
        "bare page, to start: KB / raw / files": lambda one: _start(one.asked.loads.start),
        "bare page, query: KB sent": lambda one: _spread([load.sent / KB for load in one.asked.loads.queries]),
        "bare page, query: files": lambda one: _spread([load.files for load in one.asked.loads.queries], 0),
        "bare page, cold: ms to ten hits": lambda one: _spread(_times(one.asked.loads.queries), 0),
        "bare page, warm: ms to ten hits": lambda one: _spread(_first_askings(one.asked.answers), 0),
        "search page, to start: KB / raw / files": of_ours(lambda one: _start(one.loads.start)),
        "search page, query: KB sent": of_ours(lambda one: _spread([load.sent / KB for load in one.loads.queries])),
        "search page, query: files": of_ours(lambda one: _spread([load.files for load in one.loads.queries], 0)),
        "search page, cold: ms to a hit": of_ours(lambda one: _spread(_times(one.loads.queries), 0)),
        "search page, cold, from disk": of_ours(lambda one: _spread(one.cold_from_disk, 0)),
        "search page, Enter: ms to a hit": of_ours(lambda one: _spread(_first_askings(one.entered), 0)),
        "search page, Enter, from disk": of_ours(lambda one: _spread(_first_askings(one.from_disk), 0)),
        "search page, typed: ms, pause included": of_ours(lambda one: _spread(one.typed, 0)),
    }


def _start(files: Sequence[Sent]) -> str:
    return f"{sum(one.sent for one in files) / KB:.1f} / {sum(one.raw for one in files) / KB:.1f} / {len(files)}"


def _times(loads: Iterable[Load]) -> list[float]:
    return [load.milliseconds for load in loads]


def _without_texts(built: Built) -> int:
    return sum(size for name, size in built.parts.items() if name not in TEXT_PARTS)


def _by_part(built: Built, chars: int) -> str:
    return "\n".join(f"{name} {size / chars:.3f}" for name, size in built.parts.items()) or "-"


def _percent(score: Score | None, most: int) -> str:
    """The four shares; with the number of queries where they are not all."""
    if not score:
        return "-"
    shares = " ".join("100" if value == 100 else f"{value:.1f}" for value in score[1:])
    return shares if score.queries == most else f"{shares} ({score.queries})"


def _first_askings(answers: Iterable[Answer]) -> list[float]:
    """Milliseconds of those whose terms were not asked before, in simplified or traditional characters."""
    first: dict[tuple[str, ...], float] = {}
    for answer in answers:
        first.setdefault(answer.query.terms, answer.milliseconds)
    return list(first.values())


def _spread(values: Sequence[float], digits: int = 1) -> str:
    """Median and p95."""
    if not values:
        return "-"
    return f"{median(values):.{digits}f} / {percentile(values, HIGH_PERCENT):.{digits}f}"


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many percent of the values do not pass (nearest rank)."""
    return sorted(values)[max(-(-len(values) * percent // 100) - 1, 0)]


def kept(path: Path, run: Run) -> None:
    """Write every figure and answer."""
    searches = {
        name: {
            "build": one.built.whole._asdict() | {"step": msgspec.to_builtins(one.built.step)},
            "index": one.built.weight._asdict() | {"parts": one.built.parts},
            "loads": _loads_kept(one.asked.loads),
            "milliseconds": [answer.milliseconds for answer in one.asked.answers],
            "answers": [_answer_kept(answer, run.truths) for answer in one.whole],
            "search page": one.met and _met_kept(one.met, run.truths),
        }
        for name, one in run.outcomes.items()
    }
    text = json.dumps(
        {
            "articles": run.articles,
            "characters": run.chars,
            "targets": [one._asdict() for one in targets(run)],
            "site": {
                "search_step": msgspec.to_builtins(run.search_step),
                "pagefind": run.pagefind_on_site and run.pagefind_on_site._asdict(),
            },
            "searches": searches,
        },
        ensure_ascii=False,
        indent=1,
    )
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _met_kept(met: Read, truths: dict[tuple[str, ...], Truth]) -> dict[str, Any]:
    return {
        "loads": _loads_kept(met.loads),
        "entered": [_answer_kept(answer, truths) for answer in met.entered],
        "typed": met.typed,
        "cold from disk": met.cold_from_disk,
        "from disk": [_answer_kept(answer, truths) for answer in met.from_disk],
    }


def _loads_kept(loads: Loads) -> dict[str, Any]:
    return {"start": [one._asdict() for one in loads.start], "queries": [one._asdict() for one in loads.queries]}


def _answer_kept(answer: Answer, truths: dict[tuple[str, ...], Truth]) -> dict[str, Any]:
    return {
        "kind": answer.query.kind,
        "typed": answer.query.typed,
        "milliseconds": answer.milliseconds,
        "found": answer.found,
        "true": sorted(truths[answer.query.terms].folded),
    }
