"""Material's own search (lunr with jieba) over Markdown pages of the same documents."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from measured import Step, Weight, cost, python
from way import Built, page_written

from shanhai.pages.escape import inline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from documents import Document

SETTINGS = """site_name: bench
use_directory_urls: true
nav: [index.md]
not_in_nav: "*"
theme: {name: material, language: zh, font: false, custom_dir: theme}
plugins: [{search: {lang: zh}}]
hooks: [seconds.py]
validation: {omitted_files: ignore, not_found: ignore, unrecognized_links: ignore}
"""

# The start page is Material's, so that its scripts are there; the articles need no look, only their text in the index.
TEMPLATE = '{% extends "base.html" if page.is_homepage else "bare.html" %}\n'
BARE = "<!doctype html><title>{{ page.title }}</title>{{ page.content }}\n"

SECONDS = """\
import json, time
from pathlib import Path
spent = {}
def timed(plugin, event):
    inner = getattr(plugin, event)
    def outer(*arguments, **named):
        began = time.process_time()
        try:
            return inner(*arguments, **named)
        finally:
            spent[event] = spent.get(event, 0) + time.process_time() - began
    return outer
def on_config(config):
    plugin = config.plugins["material/search"]
    for event in ("on_page_context", "on_post_build"):
        methods = config.plugins.events[event[3:]]
        methods[:] = [timed(plugin, event) if getattr(one, "__self__", None) is plugin else one for one in methods]
    return config
def on_post_build(config):
    Path(config.config_file_path).with_name("seconds.json").write_text(json.dumps(spent))
"""

SCRIPT = """
const PREFIX = new URL("./", location.href).href;
const WORKER = "assets/javascripts/workers/%s";
let worker;
const answer = (message) => new Promise((resolve) => {
  worker.onmessage = (event) => resolve(event.data);
  worker.postMessage(message);
});
async function start() {
  const { config, docs } = await (await fetch("search/search_index.json")).json();
  worker = new Worker(WORKER);
  await answer({ type: 0, data: { config, docs, options: { suggest: false } } });
}
async function search(query) {
  const { data } = await answer({ type: 2, data: query });
  const pages = data.items.map((items) => items[0].location.split("#")[0]);
  return { first: async (size) => Math.min(size, pages.length), all: async () => [...new Set(pages)] };
}
"""


class MaterialWay:
    """Material for MkDocs with `search: {lang: zh}` and jieba, asked through its own worker."""

    name = "Material"

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def build(self, documents: Sequence[Document], work: Path) -> Built:
        """Write the pages and let MkDocs build them; what the plugin alone takes is told apart."""
        project = work / "material"
        (project / "theme").mkdir(parents=True)
        (project / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
        (project / "seconds.py").write_text(SECONDS, encoding="utf-8")
        (project / "theme" / "main.html").write_text(TEMPLATE, encoding="utf-8")
        (project / "theme" / "bare.html").write_text(BARE, encoding="utf-8")
        docs = project / "docs"
        for number, document in enumerate(documents):
            page = docs / document.path.rstrip("/") / "index.md"
            page.parent.mkdir(parents=True)
            page.write_text(_page(document), encoding="utf-8", newline="\n")
            self._numbers[document.path.strip("/")] = number
        (docs / "index.md").write_text("# bench\n", encoding="utf-8")
        whole = cost(python("-m", "mkdocs", "build", "--quiet"), work / "material.log", project)
        spent = json.loads((project / "seconds.json").read_text(encoding="utf-8"))
        site = project / "site"
        scripts = site / "assets" / "javascripts"
        worker = next((scripts / "workers").glob("search.*.min.js"))
        index = (site / "search" / "search_index.json").stat().st_size
        step = Step(cpu=sum(spent.values()))
        return Built(site, whole, step, Weight(index, 1), {}, page_written(site, SCRIPT % worker.name))

    def number(self, hit: str) -> int:
        """The document of a page's address; -1 for the start page."""
        return self._numbers.get(hit.strip("/"), -1)


def _page(document: Document) -> str:
    lines = [f"# {_shown(document.title)}", _shown(document.source), *map(_shown, document.names)]
    lines += [f"{'#' * level} {_shown(text)}".strip() for level, text in document.lines]
    return "\n\n".join(filter(None, lines)) + "\n"


def _shown(text: str) -> str:
    return inline(re.sub(r"\s*\n\s*", " ", text))
