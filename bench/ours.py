"""Our own index, built and asked as the site does: `python bench/ours.py WORK OUT` writes the index alone."""

from __future__ import annotations

import argparse
import json
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from documents import archive
from measured import cost, parts, python, weight
from way import Built, page_written

from shanhai.relate.views import view
from shanhai.search.index import search_files
from shanhai.site.scripts import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents import Document

MODULES = Path(__file__).parents[1] / "site_overrides" / "assets" / "shanhai" / "search"
ENGINE = "globalThis.shanhaiSearchEngine = openOnce;\n"
"""Said at the end of the site's own script, so that the bench can ask the engine that the site ships."""

SCRIPT = """
let engine;
async function start() { engine = await globalThis.shanhaiSearchEngine(); }
async function search(query) {
  const found = await engine.search(query);
  return {
    first: async (size) => (await found.page(0, size)).length,
    all: async () => { await found.check(); return [...found.articles].map(String); },
  };
}
"""


class OurWay:
    """The index of `shanhai.search` and the script of the site; hits are known by their numbers."""

    name = "ours"

    def build(self, documents: Sequence[Document], work: Path) -> Built:
        """Write the index in a process of its own and join the script."""
        del documents
        folder = work / "ours"
        whole = cost(python(Path(__file__), work, folder / "search"), work / "ours.log")
        spent = json.loads((work / "ours.json").read_text(encoding="utf-8"))
        modules = work / "modules"
        shutil.copytree(MODULES, modules)
        with (modules / "main.js").open("a", encoding="utf-8", newline="\n") as main_module:
            main_module.write(ENGINE)
        script = folder / "assets" / "shanhai" / "search.js"
        script.parent.mkdir(parents=True)
        script.write_text(joined(modules, "main.js"), encoding="utf-8", newline="\n")
        head = '<script src="assets/shanhai/search.js"></script>\n'
        index = folder / "search"
        return Built(folder, whole, spent, weight(index), parts(index), page_written(folder, SCRIPT, head))

    def number(self, hit: str) -> int:
        """The document is the number itself: both count from the oldest."""
        return int(hit)


def main() -> None:
    """Read the archive and write its index, with the CPU seconds that the indexing took."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    views = view(archive(arguments.work))
    began = time.process_time()
    for path, text in search_files(views):
        target = arguments.out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    (arguments.work / "ours.json").write_text(json.dumps(time.process_time() - began), encoding="utf-8")


if __name__ == "__main__":
    main()
