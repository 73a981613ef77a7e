"""What the three searches have in common for the bench: how one is built, how one is asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents import Document
    from measured import Cost, Step, Weight

HITS = 10
"""A query is answered when so many hits can be shown with title and excerpt: the first page of results."""


class Built(NamedTuple):
    """An index: the folder to serve, what building it cost, what it weighs, and the page that asks it.

    `whole` is the whole process, `step` the indexing in it, `None` where that cannot be told apart; `parts` are bytes
    by part of the index.
    """

    folder: Path
    whole: Cost
    step: Step | None
    weight: Weight
    parts: dict[str, int]
    page: str


class Way(Protocol):
    """One search. `number` gives the place in the list of documents of what its page names as a hit."""

    name: str

    def build(self, documents: Sequence[Document], work: Path) -> Built:
        """Index the documents below a folder of its own."""
        ...

    def number(self, hit: str) -> int:
        """The document that a hit is."""
        ...


PAGE = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,">
{head}<script{kind} src="{script}"></script></head><body></body></html>
"""

SHARED_SCRIPT = """
globalThis.bench = {
  starting: null,
  start() { return (this.starting ??= start()); },
  async ask(query, all) {
    const began = performance.now();
    await this.start();
    const found = await search(query);
    const first = await found.first(HITS);
    const done = performance.now();
    return { milliseconds: done - began, sinceOpened: done, shown: first, hits: all ? await found.all() : null };
  },
};
const asked = new URLSearchParams(location.search).get("q");
if (asked !== null) globalThis.benchAnswer = globalThis.bench.ask(asked, false);
""".replace("HITS", str(HITS))
"""What drives a search in its page: `search(query)` gives `first(n)`, the number of hits that are ready to be shown,
and `all()`, the names of all hits. Asked through the address, the answer counts from the moment the page was opened."""


def page_written(folder: Path, script: str, head: str = "", *, name: str = "bench.html", module: bool = False) -> str:
    """Write the page that asks a search, and its script; returns its name."""
    kind = ' type="module"' if module else ""
    beside = Path(name).with_suffix(".js").name
    (folder / beside).write_text(script + SHARED_SCRIPT, encoding="utf-8", newline="\n")
    (folder / name).write_text(PAGE.format(kind=kind, head=head, script=beside), encoding="utf-8", newline="\n")
    return name
