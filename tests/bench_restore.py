"""The benchmark of restoration: clean articles damaged on purpose, sent through the whole chain, and compared.

`python tests/bench_restore.py [--clean FOLDER] [--seed N] [--cases N] [--workers N] [--only KIND]` prints a table by
kind of damage and writes it, with every case that did not come back, to `build/bench-restore.json`.

A kind is an operator of `tests/damage.py` alone, a container or encoding alone, or a random stack of three operators.
Each case is written to a file, read by the real reader, restored and described; its blocks must be the master's, but
for the gaps that an operator declares. The same seed gives the same cases.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import defaultdict
from dataclasses import asdict, dataclass
from functools import partial
from itertools import groupby
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein
from rich.console import Console
from rich.table import Table

import damage
from bench_cases import (
    CONTAINERS,
    MAX_FILE_BYTES,
    STACK,
    Case,
    carried,
    file_bytes,
    is_layout,
    operators,
    plan,
    sources,
)
from shanhai.engines.local import spread
from shanhai.marks import doubtful
from shanhai.read.corpus import read_file
from shanhai.records import RawArticle, Rejected
from shanhai.verify import leads_back

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PROJECT = Path(__file__).parents[1]
TRIES = 8
"""So many masters are tried where an operator finds nothing to damage."""

TABLE_COLUMNS = 140
"""The width of the tables in a file or a pipe."""

ALIKE_PERCENT = 50
"""A block at least so similar to a master's block is that block, damaged (indel similarity)."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a case. `applies` is false where no source has what the operators damage.

    `errors` is the Levenshtein distance to the master's body of `characters`; an operator declared `unknowable` ones of
    them to be gaps. `wrong` counts the places in the body that differ from the master and `wrong_marked` those of them
    that a conjecture or gap marks; `guesses` counts the conjectures and `guesses_right` those that stand in the body,
    at no such place. `lines_lost` are good blocks that are gone, `noise_left` are lines of `noise_lines` that stayed.
    """

    case: Case
    applies: bool = True
    rejected: str = ""
    exact: bool = False
    undone: bool = True
    characters: int = 0
    unknowable: int = 0
    errors: int = 0
    wrong: int = 0
    wrong_marked: int = 0
    guesses: int = 0
    guesses_right: int = 0
    lines: int = 0
    lines_lost: int = 0
    noise_lines: int = 0
    noise_left: int = 0
    first_difference: tuple[str, str] = ("", "")


def main() -> None:
    """Run the benchmark as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clean", type=Path, help="a folder of clean articles besides the masters")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=2400)
    parser.add_argument("--workers", type=int, default=min(2, cpu_count() or 1))
    parser.add_argument("--only", metavar="KIND", help="one kind alone, such as traditional")
    parser.add_argument("--out", type=Path, default=PROJECT / "build" / "bench-restore.json")
    arguments = parser.parse_args()
    outcomes = run(arguments.cases, arguments.seed, arguments.clean, arguments.workers, arguments.only)
    report = summary(outcomes)
    report["seed"] = arguments.seed
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(report, ensure_ascii=False, indent=1)
    arguments.out.write_text(text + "\n", encoding="utf-8", newline="\n")
    console = Console()
    show(report, console if console.is_terminal else Console(width=TABLE_COLUMNS))


def run(cases: int, seed: int, clean: Path | None = None, workers: int = 1, only: str | None = None) -> list[Outcome]:
    """The outcomes of so many cases, in the order of their kinds."""
    planned = plan(cases, seed, len(sources(clean)), only)
    return list(spread(partial(outcome, clean=clean), planned, workers))


def outcome(case: Case, clean: Path | None = None) -> Outcome:
    """What the chain makes of the case."""
    for attempt in range(TRIES):
        tried = case._replace(source=(case.source + attempt) % len(sources(clean)))
        master = sources(clean)[tried.source]
        try:
            plain = damage.damaged(master, [name for name in tried.operators if is_layout(name)], tried.seed)
            page = damage.damaged(master, tried.operators, tried.seed)
            content = file_bytes(page, tried.container)
        except (ValueError, IndexError, re.error):
            continue
        if page != plain or tried.kind.startswith(("file ", "layout")):
            noise_lines = len(page.head) + len(page.foot) - len(plain.head) - len(plain.foot)
            return _measured(tried, master, page, content, noise_lines)
    return Outcome(case=case, applies=False)


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The report: totals, a row for each kind, a row for each operator over the stacks, and what did not come back."""
    applied = [one for one in outcomes if one.applies]
    alone = [_row(kind, list(group)) for kind, group in groupby(outcomes, lambda one: one.case.kind)]
    stacked: dict[str, list[Outcome]] = defaultdict(list)
    for one in applied:
        if one.case.kind == STACK:
            for name in one.case.operators:
                stacked[name].append(one)
    masters = len(sources())
    groups = {"masters": [one for one in applied if one.case.source < masters]}
    groups["clean folder"] = [one for one in applied if one.case.source >= masters]
    failed = [one for one in applied if not one.exact]
    return {
        "cases": len(applied),
        "exact": sum(one.exact for one in applied),
        "undone": sum(one.undone for one in applied),
        "kinds": alone,
        "sources": [_row(name, group) for name, group in groups.items() if group],
        "stacks_with": [_row(name, stacked[name]) for name in operators() if name in stacked],
        "failed": [asdict(one) | {"case": one.case._asdict()} for one in failed],
    }


def show(report: dict[str, Any], console: Console) -> None:
    """Print the tables."""
    titles = {"kinds": "Kinds of damage", "stacks_with": "Stacks that hold", "sources": "Sources"}
    for key, title in titles.items():
        table = Table(title=title, title_justify="left")
        for number, column in enumerate(COLUMNS):
            table.add_column(column, justify="right" if number else "left")
        for row in report[key]:
            table.add_row(*(_shown(row[key]) for key in COLUMNS.values()))
        console.print(table)
    console.print(
        f"{report['cases']} cases, {report['exact']} exact; undoing the log gives the raw text in {report['undone']}"
    )


COLUMNS = {
    "Kind": "kind",
    "Cases": "cases",
    "Exact %": "exact_percent",
    "CER %": "character_error_percent",
    "Gaps %": "unknowable_percent",
    "Guesses": "guesses",
    "right %": "guesses_right_percent",
    "Wrong": "wrong",
    "marked %": "wrong_marked_percent",
    "Noise out %": "noise_out_percent",
    "Good lost %": "lines_lost_percent",
    "Set aside": "set_aside",
    "n/a": "inapplicable",
}


def _row(kind: str, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The figures of a kind; a share of nothing is `None`."""
    applied = [one for one in outcomes if one.applies]

    def total(name: str) -> int:
        return sum(int(getattr(one, name)) for one in applied)

    return {
        "kind": kind,
        "cases": len(applied),
        "exact_percent": _percent(total("exact"), len(applied)),
        "character_error_percent": _percent(total("errors"), total("characters")),
        "unknowable_percent": _percent(total("unknowable"), total("characters")),
        "guesses": total("guesses"),
        "guesses_right_percent": _percent(total("guesses_right"), total("guesses")),
        "wrong": total("wrong"),
        "wrong_marked_percent": _percent(total("wrong_marked"), total("wrong")),
        "noise_out_percent": _percent(total("noise_lines") - total("noise_left"), total("noise_lines")),
        "lines_lost_percent": _percent(total("lines_lost"), total("lines")),
        "set_aside": sum(bool(one.rejected) for one in applied),
        "inapplicable": len(outcomes) - len(applied),
    }


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 3) if whole else None


def _shown(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _read(content: bytes, container: str) -> RawArticle | Rejected:
    """The first record of the real reader."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / CONTAINERS[container][0]
        path.write_bytes(content)
        return next(iter(read_file(path, Path(folder), MAX_FILE_BYTES)))


def _measured(case: Case, master: damage.Master, page: damage.Page, content: bytes, noise_lines: int) -> Outcome:
    described = carried(_read(content, case.container))
    characters, lines = sum(map(len, master.blocks)), len(master.blocks)
    unknowable = len({(gap.block, place) for gap in page.gaps for place in range(gap.start, gap.end)})
    measured = partial(
        Outcome, case=case, characters=characters, unknowable=unknowable, lines=lines, noise_lines=noise_lines
    )
    if isinstance(described, Rejected):
        return measured(rejected=described.rule, errors=characters, lines_lost=lines)
    found = described.text.split("\n\n")
    wanted = list(damage.gap_patterns(master, page))
    differences = list(_all_differences(found, wanted))
    wrong = [(start, end) for start, end, errors in differences if errors]
    doubts = doubtful(described)
    marks = [(mark.start, mark.end) for mark in doubts if mark.start is not None]
    guesses = [mark for mark in doubts if not mark.is_gap]
    return measured(
        exact=not wrong,
        undone=leads_back(described),
        errors=sum(errors for _start, _end, errors in differences),
        wrong=len(wrong),
        wrong_marked=sum(_touches(one, marks) for one in wrong),
        guesses=len(guesses),
        guesses_right=sum(
            one.start is not None and not _touches((one.start, one.end), [(s, e) for s, e, _errors in differences])
            for one in guesses
        ),
        lines_lost=_unlike([block for block, _pattern in wanted], found) if wrong else 0,
        noise_left=min(noise_lines, _unlike(found, [block for block, _pattern in wanted])) if wrong else 0,
        first_difference=_first_difference(found, wanted) if wrong else ("", ""),
    )


def _all_differences(
    found: Sequence[str], wanted: Sequence[tuple[str, re.Pattern[str] | None]]
) -> Iterable[tuple[int, int, int]]:
    """Where the body differs from the master: start and end in the body, and how many characters are wrong there.

    None count as wrong in a block that is right but for declared gaps, where a guess may still differ.
    """
    if len(found) != len(wanted):
        yield from _differences("\n\n".join(found), "\n\n".join(block for block, _pattern in wanted), 0)
        return
    position = 0
    for text, (block, pattern) in zip(found, wanted, strict=True):
        pardoned = pattern and pattern.fullmatch(text)
        for start, end, errors in _differences(text, block, position) if text != block else ():
            yield start, end, 0 if pardoned else errors
        position += len(text) + 2


def _differences(text: str, block: str, position: int) -> Iterable[tuple[int, int, int]]:
    """Neighbouring edits count as one place."""
    edits = [code for code in Levenshtein.opcodes(text, block) if code.tag != "equal"]
    start = end = errors = -1
    for code in edits:
        if code.src_start == end:
            end, errors = code.src_end, errors + max(code.src_end - code.src_start, code.dest_end - code.dest_start)
            continue
        if errors > 0:
            yield position + start, position + end, errors
        start, end = code.src_start, code.src_end
        errors = max(end - start, code.dest_end - code.dest_start)
    if errors > 0:
        yield position + start, position + end, errors


def _touches(span: tuple[int, int], others: Iterable[tuple[int | None, int | None]]) -> bool:
    return any(start <= span[1] and span[0] <= end for start, end in others if start is not None and end is not None)


def _unlike(lines: Sequence[str], others: Sequence[str]) -> int:
    """How many of the lines are like none of the others."""
    same = set(others)
    return sum(line not in same and all(fuzz.ratio(line, other) < ALIKE_PERCENT for other in others) for line in lines)


DIFFERENCE_CHARS = 40


def _first_difference(found: Sequence[str], wanted: Sequence[tuple[str, re.Pattern[str] | None]]) -> tuple[str, str]:
    """What stands in the body and in the master where they first part."""
    text, whole = "\n\n".join(found), "\n\n".join(block for block, _pattern in wanted)
    if len(found) == len(wanted):
        pairs = zip(found, wanted, strict=True)
        text, whole = next(
            (text, block)
            for text, (block, pattern) in pairs
            if text != block and not (pattern and pattern.fullmatch(text))
        )
    at = next((n for n, (a, b) in enumerate(zip(text, whole, strict=False)) if a != b), min(len(text), len(whole)))
    start = max(0, at - 10)
    return text[start : start + DIFFERENCE_CHARS], whole[start : start + DIFFERENCE_CHARS]


if __name__ == "__main__":
    main()
