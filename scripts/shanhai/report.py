"""What a run did: the record, its table on the terminal, its JSON, and the progress bar while it lasts."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

import msgspec
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from shanhai.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

T = TypeVar("T")

PROGRESS_AFTER_SECONDS = 1.0
"""Work that is done sooner needs no bar."""


class RunReport(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of one run.

    `files` were read, `published` articles came of them, `rejected` were set aside. `repairs` counts edits by rule;
    `seconds` is wall-clock time by step, and the only part that differs from run to run. `failures` is the number of
    articles that a fault of ours kept out (they are in `rejected`, too).
    """

    files: int
    published: int
    rejected: tuple[Rejected, ...]
    repairs: dict[str, int]
    seconds: dict[str, float]
    failures: int = 0

    @property
    def set_aside_share(self) -> float:
        """Set-aside articles among all that came in, 0..1; 0 where nothing came in."""
        total = self.published + len(self.rejected)
        return len(self.rejected) / total if total else 0.0


def to_json(report: RunReport) -> str:
    """The report as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n"


def show(report: RunReport, console: Console) -> None:
    """Print the report: counts, what was set aside and why, repairs by rule, seconds by step."""
    console.print(
        f"{report.files} files read, {report.published} articles published, {len(report.rejected)} set aside, "
        f"{sum(report.repairs.values())} repairs"
    )
    if report.rejected:
        console.print(
            _table("Set aside", ("File", "Rule", "Reason"), [(r.file, r.rule, r.reason) for r in report.rejected])
        )
    if report.repairs:
        rows = [(rule, str(count)) for rule, count in Counter(report.repairs).most_common()]
        console.print(_table("Repairs", ("Rule", "Edits"), rows))
    rows = [(step, f"{seconds:.2f}") for step, seconds in report.seconds.items()]
    console.print(_table("Time", ("Step", "Seconds"), rows))


def complaints(report: RunReport, allowed_set_aside_share: float) -> list[str]:
    """What an operator must look at: too many articles set aside, articles lost to a fault of ours, nothing read."""
    lines = []
    if not report.files:
        lines.append("The corpus folder holds no file: the site has no article.")
    if report.failures:
        lines.append(f"{report.failures} article(s) were lost to a fault of this program; the report names them.")
    if report.set_aside_share > allowed_set_aside_share:
        lines.append(
            f"{report.set_aside_share:.0%} of the articles were set aside, allowed are {allowed_set_aside_share:.0%} "
            "(extra.shanhai.allowed_set_aside_share); the report names each with its reason."
        )
    return lines


def progress(items: Iterable[T], total: int, label: str, console: Console) -> Iterator[T]:
    """The items, with a bar on a terminal once they take more than `PROGRESS_AFTER_SECONDS`."""
    if not console.is_terminal:
        yield from items
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task(label, total=total)
    began = time.monotonic()
    try:
        for item in items:
            yield item
            bar.advance(task)
            if not bar.live.is_started and time.monotonic() - began > PROGRESS_AFTER_SECONDS:
                bar.start()
    finally:
        bar.stop()


def _table(title: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    table = Table(title=title, title_justify="left")
    for name in head:
        table.add_column(name, justify="right" if name in {"Edits", "Seconds"} else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table
