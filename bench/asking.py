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
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page
    from queries import Query
    from serving import Sent, Served
    from way import Built, Way

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
COLD_QUERIES = 60
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


class Asked(NamedTuple):
    """All that was asked of one search. `from_disk` and `cold_from_disk` are empty where it does not work there."""

    answers: tuple[Answer, ...]
    loads: tuple[Load, ...]
    start_raw: int
    start_sent: int
    start_files: int
    from_disk: tuple[Answer, ...]
    cold_from_disk: tuple[float, ...]


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
    with served(built.folder) as server:
        start, loads = _loads(browser, built, server, queries[:COLD_QUERIES], seconds / 2)
        answers = _answers(browser, way, server.address + built.page, queries, seconds)
    disk: tuple[Answer, ...] = ()
    cold: tuple[float, ...] = ()
    if way.name == "ours":
        address = (built.folder / built.page).as_uri()
        disk = _answers(browser, way, address, queries, seconds)
        cold = tuple(_cold(browser, address, query) for query in queries[:COLD_QUERIES])
    return Asked(answers, loads, sum(one.raw for one in start), sum(one.sent for one in start), len(start), disk, cold)


def _answers(browser: Browser, way: Way, address: str, queries: Sequence[Query], seconds: float) -> tuple[Answer, ...]:
    """The answers to the queries, one after the other in one page, until the time is over."""
    found: list[Answer] = []
    with _page(browser) as page:
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


def _loads(
    browser: Browser, built: Built, server: Served, queries: Sequence[Query], seconds: float
) -> tuple[list[Sent], tuple[Load, ...]]:
    """What is loaded to start, and what each query loads beside it.

    To start with belongs what comes before any query, and what every query then loads alike.
    """
    found: list[tuple[dict[str, Sent], float]] = []
    end = time.monotonic() + seconds
    for query in queries:
        if time.monotonic() > end and found:
            break
        server.sent.clear()
        milliseconds = _cold(browser, server.address + built.page, query)
        own = {one.path: one for one in server.sent if _is_own(one, built)}
        found.append((own, milliseconds))
    first = set.intersection(*(set(own) for own, _ in found))
    start = [found[0][0][path] for path in sorted(first)]
    return start, tuple(_load([own[path] for path in own if path not in first], spent) for own, spent in found)


def _load(sent: Sequence[Sent], milliseconds: float) -> Load:
    return Load(len(sent), sum(one.raw for one in sent), sum(one.sent for one in sent), milliseconds)


def _is_own(sent: Sent, built: Built) -> bool:
    """Whether a file belongs to the search and not to the page of the bench."""
    return sent.path.lstrip("/").partition("?")[0] not in {built.page, "bench.js"}


def _cold(browser: Browser, address: str, query: Query) -> float:
    """Milliseconds from opening the page in a fresh browser context to the first page of hits."""
    with _page(browser) as page:
        page.goto(f"{address}?q={quote(query.typed)}")
        return float(page.evaluate("globalThis.benchAnswer.then((one) => one.sinceOpened)"))


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(START_LIMIT_MS)
    try:
        yield page
    finally:
        context.close()
