"""A real Chromium, and the built site over HTTP and from disk."""

from __future__ import annotations

import json
import shutil
import threading
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from kinds import one_of_each
from playwright.sync_api import sync_playwright
from reader import DESKTOP

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
HOW_TO_GET_ONE = (
    "no Chromium found: install the package `chromium` of your system, or run `.venv/bin/playwright install chromium` "
    "and put its folder on PATH"
)


@pytest.fixture(scope="session")
def address(built_site: Path) -> Iterator[str]:
    """Where the built site is served, with a slash at its end."""
    with served(built_site) as address:
        yield address


@pytest.fixture(scope="session")
def disk(built_site: Path) -> str:
    """Where the built site stands on disk, as an address with a slash at its end."""
    return built_site.as_uri() + "/"


@pytest.fixture(scope="session")
def kinds(built_site: Path) -> dict[str, str]:
    """Kind of page -> the address below the site of the page that stands for it."""
    return one_of_each(built_site)


@pytest.fixture(scope="session")
def entries(built_site: Path) -> list[dict[str, object]]:
    """The articles of the site as its data file has them."""
    lines = (built_site / "data" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page at desktop width."""
    context = chromium.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium of this machine."""
    executable = next(filter(None, map(shutil.which, BROWSER_NAMES)), None)
    if executable is None:
        pytest.skip(HOW_TO_GET_ONE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address, with a slash at its end, under which a web server of this machine shows a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a word, and without waiting on connections that a closed page left open."""

    timeout = 5

    def handle(self) -> None:
        """Answer, unless the page that asked is closed by now."""
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
