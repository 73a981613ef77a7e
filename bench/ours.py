"""Our own index, built and asked as the site does: `python bench/ours.py WORK OUT` writes the index alone."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from documents import archive
from measured import cost, parts, python, step, step_kept, weight
from real_site import with_index
from way import Built, page_written

from shanhai.build import few_collections
from shanhai.relate.views import view
from shanhai.search.index import search_files
from shanhai.site.scripts import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents import Document

MODULES = Path(__file__).parents[1] / "site_overrides" / "assets" / "shanhai" / "search"
ENTRY = """
import { open } from "./engine.js";
import { load } from "./files.js";
globalThis.shanhaiBench = { open, load };
"""
"""The engine of the site's script without its pages; it stands where that script does and loads the same files."""

SCRIPT = """
let engine;
async function start() { engine = await shanhaiBench.open(shanhaiBench.load); }
async function search(query) {
  const found = await engine.search(query);
  return {
    first: async (size) => (await found.page(0, size)).length,
    all: async () => [...found.articles].map(String),
  };
}
"""

WHOLE, WHOLE_PAGE = "whole.json", "whole.html"
WHOLE_SCRIPT = """
let engine;
async function start() {
  const files = await (await fetch("whole.json")).json();
  engine = await shanhaiBench.open(async (name) => files[name]);
}
async function search(query) {
  const found = await engine.search(query);
  return {
    first: async () => 0,
    all: async () => { await found.check(); return [...found.articles].map(String); },
  };
}
"""
"""The same engine over the same files, all of them in one: to check every candidate is to read them by the thousand."""


class OurWay:
    """The index of `shanhai.search` in a site of our own; hits are known by their numbers."""

    name = "ours"

    def build(self, documents: Sequence[Document], work: Path) -> Built:
        """Write the index in a process of its own and put it into the site that stands in `work`."""
        del documents
        index = work / "index"
        whole = cost(python(Path(__file__), work, index), work / "ours.log")
        folder = work / "ours"
        with_index(work / "site", index, folder)
        modules = work / "modules"
        shutil.copytree(MODULES, modules)
        (modules / "bench.js").write_text(ENTRY, encoding="utf-8", newline="\n")
        script = folder / "assets" / "shanhai" / "bench_engine.js"
        script.write_text(joined(modules, "bench.js"), encoding="utf-8", newline="\n")
        head = '<script src="assets/shanhai/bench_engine.js"></script>\n'
        _whole(index, folder / WHOLE)
        page_written(folder, WHOLE_SCRIPT, head, name=WHOLE_PAGE)
        page = page_written(folder, SCRIPT, head)
        return Built(folder, whole, step_kept(work / "ours.json"), weight(index), parts(index), page)

    def number(self, hit: str) -> int:
        """The document is the number itself: both count from the oldest."""
        return int(hit)


def _whole(index: Path, target: Path) -> None:
    """All values of the index by their names: each file is `shanhaiSearch("name",value)`."""
    with target.open("w", encoding="utf-8", newline="\n") as whole:
        for at, path in enumerate(sorted(index.rglob("*.js"))):
            value = path.read_text(encoding="utf-8").partition(",")[2].rstrip().removesuffix(")")
            name = json.dumps(path.relative_to(index).with_suffix("").as_posix())
            whole.write(f"{',' if at else '{'}{name}:{value}\n")
        whole.write("}\n")


def main() -> None:
    """Read the archive and write its index."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    views = view(archive(arguments.work))
    with few_collections(), step(arguments.work / "ours.json"):
        for path, text in search_files(views):
            target = arguments.out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
