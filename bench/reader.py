"""The search page of a real site as a reader has it: opened with a question, asked by Enter, asked by typing."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from asking import COLD_QUERIES, Answer, loads, opened
from serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from asking import Loads
    from documents import Document
    from playwright.sync_api import Browser, Page
    from queries import Query
    from serving import Served

PAGE = "search/index.html"
SCRIPT_FILE = "assets/shanhai/search.js"
TYPED_QUERIES, DISK_QUERIES, COLD_DISK_QUERIES = 30, 200, 20
ARTICLES = "articles/"

WATCH = """
(() => {
  let since = 0;
  let hits;
  let settle;
  const results = () => document.querySelector(".search-results");
  const links = () => [...results().querySelectorAll(":scope > li h2 a")].map((link) => link.href);
  const wait = () => {
    hits = undefined;
    reader.done = new Promise((resolve) => { settle = resolve; });
  };
  globalThis.reader = {
    ask(query, typing) {
      const form = document.querySelector(".search-form");
      const field = form.querySelector("input[type=search]");
      wait();
      since = performance.now();
      field.value = query;
      if (typing) field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      else form.requestSubmit();
      return reader.done;
    },
  };
  wait();
  const watched = { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-busy"] };
  new MutationObserver((changes) => {
    for (const { type, target } of changes) {
      const now = performance.now() - since;
      if (type === "childList" && target === results() && target.childElementCount) hits ??= now;
      if (type === "attributes" && target.matches(".search-page") && !target.hasAttribute("aria-busy"))
        settle({ milliseconds: hits ?? now, links: links() });
    }
  }).observe(document, watched);
})();
"""
"""Says when the first hit stands in the page, counted from its opening or from what was asked, and when all is done."""


class Read(NamedTuple):
    """What a reader met over http and from disk. `found` of an answer is the first page of hits alone."""

    loads: Loads
    entered: tuple[Answer, ...]
    typed: tuple[float, ...]
    cold_from_disk: tuple[float, ...]
    from_disk: tuple[Answer, ...]


def read(
    browser: Browser, folder: Path, documents: Sequence[Document], queries: Sequence[Query], seconds: float
) -> Read:
    """Ask the search page of the site in `folder`: as many queries as fit into the seconds."""
    numbers = {document.path.strip("/"): number for number, document in enumerate(documents)}

    def cold(server: Served, query: Query) -> float:
        return _cold(browser, f"{server.address}{PAGE}", query)

    def answers(address: str, of: Sequence[Query], *, typing: bool = False) -> tuple[Answer, ...]:
        with opened(browser, WATCH) as page:
            page.goto(address)
            page.evaluate("reader.done")
            said = _said(page, of, time.monotonic() + seconds, typing=typing)
            listed = [(one, tuple(numbers[_path(link)] for link in links), spent) for one, links, spent in said]
        return tuple(Answer(*one) for one in listed)

    with served(folder) as server:
        found = loads(cold, server, queries[:COLD_QUERIES], seconds / 2, _is_own)
        entered = answers(f"{server.address}{PAGE}", queries)
        typed = answers(f"{server.address}{PAGE}", queries[-TYPED_QUERIES:], typing=True)
    disk = (folder / PAGE).as_uri()
    return Read(
        found,
        entered,
        tuple(one.milliseconds for one in typed),
        tuple(_cold(browser, disk, query) for query in queries[:COLD_DISK_QUERIES]),
        answers(disk, queries[:DISK_QUERIES]),
    )


def _is_own(path: str) -> bool:
    return path == SCRIPT_FILE or (path.startswith("search/") and path != PAGE)


def _cold(browser: Browser, address: str, query: Query) -> float:
    """Milliseconds from opening the page in a fresh browser context to its first hit."""
    with opened(browser, WATCH) as page:
        page.goto(f"{address}?q={quote(query.typed)}", wait_until="commit")
        return float(page.evaluate("reader.done")["milliseconds"])


def _said(
    page: Page, queries: Sequence[Query], end: float, *, typing: bool
) -> Iterator[tuple[Query, list[str], float]]:
    """What the page says to one query after the other; the same words in a row are no new question and stay out."""
    before = ""
    for query in queries:
        if time.monotonic() > end:
            break
        if query.typed != before:
            said = page.evaluate("([query, typing]) => reader.ask(query, typing)", [query.typed, typing])
            yield query, said["links"], said["milliseconds"]
        before = query.typed


def _path(link: str) -> str:
    """The path of an article below the site, from the address of its page."""
    return (ARTICLES + unquote(urlsplit(link).path).rpartition(f"/{ARTICLES}")[2]).removesuffix("index.html").strip("/")
