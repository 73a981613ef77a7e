"""A headless Chromium asks one search: what it finds, how long that takes, and what it loads for it."""

from __future__ import annotations

import shutil
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from playwright.sync_api import sync_playwright
from serving import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, Page
    from queries import Query
    from serving import Sent, Served
    from way import Built, Way

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
COLD_QUERIES = 40
START_LIMIT_MS = 600_000


class Answer(NamedTuple):
    """What one query gave: numbers of documents in the order shown; milliseconds to the first page of hits."""

    query: Query
    found: tuple[int, ...]
    milliseconds: float


class Load(NamedTuple):
    """What one query, asked first thing in a fresh browser, loads beside what every query needs.

    `milliseconds` run from opening the page to the first page of hits.
    """

    files: int
    raw: int
    sent: int
    milliseconds: float


class Loads(NamedTuple):
    """The files that every query loads alike, and what each one loads beside them."""

    start: tuple[Sent, ...]
    queries: tuple[Load, ...]


class Asked(NamedTuple):
    """All that was asked of one search through the bare page of the bench."""

    answers: tuple[Answer, ...]
    loads: Loads


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium of this machine. Raises `SystemExit` where there is none."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        raise SystemExit("no Chromium found: install the package `chromium` of your system")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def asked(browser: Browser, way: Way, built: Built, queries: Sequence[Query], seconds: float) -> Asked:
    """Ask as many of the queries as fit into the seconds, in their order, and the first ones again from cold."""

    def cold(server: Served, query: Query) -> float:
        with opened(browser) as page:
            page.goto(f"{server.address}{built.page}?q={quote(query.typed)}")
            return float(page.evaluate("globalThis.benchAnswer.then((one) => one.sinceOpened)"))

    with served(built.folder) as server:
        bare = {built.page, built.page.replace(".html", ".js")}
        found = loads(cold, server, queries[:COLD_QUERIES], seconds / 2, lambda path: path not in bare)
        return Asked(answers(browser, way, server.address + built.page, queries, seconds), found)


def answers(browser: Browser, way: Way, address: str, queries: Sequence[Query], seconds: float) -> tuple[Answer, ...]:
    """The answers to the queries, one after the other in one page, until the time is over."""
    found: list[Answer] = []
    with opened(browser) as page:
        page.goto(address)
        page.evaluate("bench.start()")
        end = time.monotonic() + seconds
        for query in queries:
            if time.monotonic() > end:
                break
            said = page.evaluate("query => bench.ask(query, true)", query.typed)
            numbers = tuple(number for number in map(way.number, said["hits"]) if number >= 0)
            found.append(Answer(query, numbers, said["milliseconds"]))
    return tuple(found)


def loads(
    cold: Callable[[Served, Query], float],
    server: Served,
    queries: Sequence[Query],
    seconds: float,
    is_own: Callable[[str], bool],
) -> Loads:
    """What is loaded to start, and what each query loads beside it, of the files that belong to the search.

    To start with belongs what every query loads alike.
    """
    found: list[tuple[dict[str, Sent], float]] = []
    end = time.monotonic() + seconds
    for query in queries:
        if time.monotonic() > end and found:
            break
        server.sent.clear()
        milliseconds = cold(server, query)
        found.append(({one.path: one for one in server.sent if is_own(one.path)}, milliseconds))
    first = set.intersection(*(set(own) for own, _ in found))
    start = tuple(found[0][0][path] for path in sorted(first))
    return Loads(start, tuple(_load([own[path] for path in own if path not in first], spent) for own, spent in found))


def _load(sent: Sequence[Sent], milliseconds: float) -> Load:
    return Load(len(sent), sum(one.raw for one in sent), sum(one.sent for one in sent), milliseconds)


@contextmanager
def opened(browser: Browser, script: str = "") -> Iterator[Page]:
    """A page of a fresh context, in which `script` runs before all others."""
    context = browser.new_context()
    if script:
        context.add_init_script(script)
    page = context.new_page()
    page.set_default_timeout(START_LIMIT_MS)
    try:
        yield page
    finally:
        context.close()
