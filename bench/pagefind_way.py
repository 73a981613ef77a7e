"""Pagefind extended 1.5 over plain HTML pages of the same documents."""

from __future__ import annotations

import gzip
import html
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pagefind_bin_extended
from measured import cost, parts, weight
from way import Built, page_written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents import Document
    from measured import Cost

ARTICLE_PAGES = "articles/*/*/index.html"
SCRIPT = """
let pagefind;
async function start() {
  pagefind = await import("./pagefind/pagefind.js");
  await pagefind.init();
}
async function search(query) {
  const found = await pagefind.search(query);
  return {
    first: async (size) => (await Promise.all(found.results.slice(0, size).map((one) => one.data()))).length,
    all: async () => found.results.map((one) => one.id),
  };
}
"""
FRAGMENT_MARK = b"pagefind_dcd"


class PagefindWay:
    """Pagefind extended as it is set up by default; hits are known by the names of their fragments."""

    name = "Pagefind"

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def build(self, documents: Sequence[Document], work: Path) -> Built:
        """Write the pages and index them."""
        folder = work / "pagefind"
        by_address: dict[str, int] = {}
        for number, document in enumerate(documents):
            page = folder / document.path / "index.html"
            page.parent.mkdir(parents=True)
            page.write_text(_page(document), encoding="utf-8", newline="\n")
            by_address[document.path.strip("/")] = number
        whole = cost([_program(), "--site", folder, "--force-language", "zh"], work / "pagefind.log")
        index = folder / "pagefind"
        for fragment in sorted(index.glob("fragment/*.pf_fragment")):
            known = json.loads(gzip.decompress(fragment.read_bytes()).removeprefix(FRAGMENT_MARK))
            self._numbers[fragment.stem] = by_address[known["url"].strip("/").removesuffix("/index.html")]
        return Built(folder, whole, None, weight(index), parts(index), page_written(folder, SCRIPT, module=True))

    def number(self, hit: str) -> int:
        """The document of a fragment."""
        return self._numbers[hit]


def cost_on_site(site: Path, work: Path) -> Cost:
    """What Pagefind costs over the pages of the articles of a real site, with all that stands on them."""
    command = [_program(), "--site", site, "--glob", ARTICLE_PAGES, "--output-path", work / "pagefind_on_site"]
    return cost([*command, "--force-language", "zh"], work / "pagefind_on_site.log")


def _program() -> Path:
    return Path(pagefind_bin_extended.__file__).with_name("pagefind_extended")


def _page(document: Document) -> str:
    filters = "".join(
        f'<p data-pagefind-ignore data-pagefind-filter="{name}">{html.escape(value)}</p>'
        for name, values in document.filters.items()
        for value in values
    )
    names = "".join(f"<p>{html.escape(name)}</p>" for name in document.names)
    lines = "".join(
        f"<h{level}>{html.escape(text)}</h{level}>" if level else f"<p>{html.escape(text)}</p>"
        for level, text in document.lines
    )
    title = html.escape(document.title)
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><main data-pagefind-body><h1>{title}</h1>"
        f'<p data-pagefind-ignore data-pagefind-sort="date">{document.date}</p>'
        f"<p>{html.escape(document.source)}</p>{filters}{names}{lines}</main></body></html>\n"
    )
