"""The offline bundle in real browsers: unpacked into a folder with a Chinese name, without a network."""

from __future__ import annotations

import json
import time
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import opencc
import pytest
from firefox import WAIT_S, Firefox, RefusedError, firefox, installed
from playwright.sync_api import Error as PlaywrightError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

FOLDER = "资料 文库/二〇二六 年 #1%"
"""As people name folders; `#` and `%` mean something else in an address."""

TERM_LETTERS = 4
PAUSE_S = 0.05
ENTER = "\ue007"
"""WebDriver's name for the key."""

RESULTS = "document.querySelectorAll('.search-results > li')"
SETTLED = "!document.querySelector('.search-page')?.hasAttribute('aria-busy')"
TITLES = f"JSON.stringify([...{RESULTS}].map(one => one.querySelector('a').textContent))"
PLACE = "document.querySelector(decodeURIComponent(location.hash))"


class Tab(Protocol):
    """What the walk needs of a browser."""

    def open(self, address: str) -> None: ...
    def run(self, expression: str) -> Any: ...
    def point(self, x: float, y: float) -> None: ...
    def press(self, keys: str) -> None: ...
    def enter(self) -> None: ...


class Chromium:
    """Playwright's page, offline; `left` are the requests that would have left the folder."""

    def __init__(self, page: Page, top: Path) -> None:
        self.page = page
        self.left: list[str] = []
        self.faults: list[str] = []
        here = (top.as_uri() + "/", "data:", "blob:")
        page.on("request", lambda request: None if request.url.startswith(here) else self.left.append(request.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)

    def open(self, address: str) -> None:
        self.page.goto(address)

    def run(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def point(self, x: float, y: float) -> None:
        self.page.mouse.click(x, y)

    def press(self, keys: str) -> None:
        self.page.keyboard.type(keys)

    def enter(self) -> None:
        self.page.keyboard.press("Enter")


class FirefoxTab(Firefox):
    """The same of Firefox, which tells of no request for a file."""

    def enter(self) -> None:
        self.press(ENTER)

    @property
    def left(self) -> list[str]:
        return [url for url in self.requests if not url.startswith(("file:", "data:", "blob:", "about:"))]


class Sought(NamedTuple):
    """A term that several articles hold, of different provinces; `titles` are theirs, sorted."""

    term: str
    traditional: str
    titles: list[str]


@pytest.fixture(scope="module")
def top(sample_bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle's folder, unpacked."""
    folder = tmp_path_factory.mktemp("bundle") / FOLDER
    with zipfile.ZipFile(sample_bundle) as archive:
        archive.extractall(folder)
    return folder / sample_bundle.stem


@pytest.fixture(scope="module")
def articles(top: Path) -> list[dict[str, Any]]:
    lines = (top / "data" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def sought(articles: list[dict[str, Any]]) -> Sought:
    """Written otherwise in traditional characters, and part of no title or name, so that only texts can hold it."""
    to_traditional = opencc.OpenCC("s2t").convert
    names = json.dumps([{k: v for k, v in one.items() if k != "text"} for one in articles], ensure_ascii=False)
    holders: dict[str, list[dict[str, Any]]] = {}
    for one in articles:
        text = one["text"]
        for term in {text[at : at + TERM_LETTERS] for at in range(len(text) - TERM_LETTERS + 1)}:
            if all("\u4e00" <= letter <= "\u9fff" for letter in term):
                holders.setdefault(term, []).append(one)
    for term in sorted(holders):
        found = holders[term]
        provinces = {tuple(one["provinces"]) for one in found}
        traditional = to_traditional(term)
        if 3 <= len(found) <= 9 and len(provinces) > 1 and term not in names and traditional != term:
            return Sought(term, traditional, sorted(one["title"] for one in found))
    pytest.fail("the sample has no such term any more")


@pytest.fixture(params=["chromium", "firefox"])
def tab(request: pytest.FixtureRequest, top: Path, tmp_path: Path) -> Iterator[Tab]:
    """A tab of each browser, offline. At the end nothing has failed, and nothing was asked for but files."""
    if request.param == "chromium":
        browser: Browser = request.getfixturevalue("chromium")
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_offline(True)
        one: Any = Chromium(context.new_page(), top)
        yield one
        context.close()
    else:
        with firefox(installed(), tmp_path / "profile", FirefoxTab) as one:
            yield one
            one.run("1")
    assert (one.left, one.faults) == ([], [])


def wait_for(tab: Tab, expression: str) -> Any:
    """The value of an expression as soon as it is true; between two pages there is none to ask."""
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        with suppress(PlaywrightError, RefusedError):
            if value := tab.run(expression):
                return value
        time.sleep(PAUSE_S)
    pytest.fail(f"never true: {expression}")


def click(tab: Tab, selector: str) -> None:
    """With the mouse, in the middle of the element."""
    one = f"document.querySelector({json.dumps(selector)})"
    tab.run(f"{one}.scrollIntoView({{block: 'center', behavior: 'instant'}})")
    box = json.loads(tab.run(f"JSON.stringify({one}.getBoundingClientRect())"))
    assert box["width"] > 0, f"{selector} does not show"
    tab.point(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def listed(tab: Tab) -> list[str]:
    """The titles on the search page as soon as it lists some, sorted."""
    wait_for(tab, f"{SETTLED} && {RESULTS}.length > 0")
    return sorted(json.loads(tab.run(TITLES)))


@pytest.mark.browser
def test_a_reader_opens_searches_filters_follows_switches_and_cites_without_a_network(tab, top, articles, sought):
    """From the double click on index.html to a citation on the clipboard, in Chromium and Firefox."""
    tab.open((top / "index.html").as_uri())
    assert "山海" in tab.run("document.title")

    click(tab, ".find-field")
    tab.press(sought.term)
    tab.enter()
    arrived(tab, "/search/index.html")
    assert listed(tab) == sought.titles

    count = filtered(tab)
    assert 0 < count < len(sought.titles)
    left = json.loads(tab.run(TITLES))
    province = tab.run("document.querySelector('[data-facet=province] input:checked').closest('li').textContent")
    of_province = [one for one in articles if any(short(name) in province for name in one["provinces"])]
    assert set(left) <= {one["title"] for one in of_province} & set(sought.titles)

    followed = tab.run(f"{RESULTS}[0].querySelector('a').textContent")
    follow(tab, ".search-results a", "/articles/")
    wait_for(tab, f"{PLACE} && {PLACE}.getBoundingClientRect().top < innerHeight")
    assert tab.run("document.querySelector('h1').textContent").strip().startswith(followed)
    assert sought.term in tab.run(f"{PLACE}.closest('p, h2, h3').textContent") + tab.run(f"{PLACE}.textContent")

    click(tab, ".script-switch")
    wait_for(tab, "document.documentElement.dataset.script === 'hant'")
    shown = tab.run("document.querySelector('#__content').textContent")
    assert (sought.traditional in shown, sought.term in shown) == (True, False)

    cited(tab, followed)


def follow(tab: Tab, selector: str, part: str) -> None:
    """Click a link and wait for the page that it leads to."""
    click(tab, selector)
    arrived(tab, part)


def arrived(tab: Tab, part: str) -> None:
    wait_for(tab, f"location.pathname.includes({json.dumps(part)}) && document.readyState === 'complete'")


def filtered(tab: Tab) -> int:
    """Choose the province with the fewest results; how many are listed then, which is what stood beside it."""
    box = "[data-facet=province] li:last-child input"
    wait_for(tab, f"!!document.querySelector({json.dumps(box)})")
    told = int(tab.run("document.querySelector('[data-facet=province] li:last-child small').textContent"))
    click(tab, box)
    wait_for(tab, f"location.href.includes('province=') && {SETTLED} && {RESULTS}.length === {told}")
    return told


def short(province: str) -> str:
    """贵州 of 贵州省, 内蒙 of 内蒙古自治区: enough to tell them apart."""
    return province[:2]


def cited(tab: Tab, title: str) -> None:
    """Copy the first citation, and see that the page says so."""
    tab.run("document.querySelectorAll('details:has(.cite-text)').forEach(one => one.open = true)")
    assert title in tab.run("document.querySelector('.cite-text').textContent")
    click(tab, ".cite-copy")
    wait_for(tab, "/已复制|已複製/.test(document.querySelector('.cite-status').textContent)")


@pytest.mark.browser
def test_what_is_typed_in_traditional_characters_is_found_from_disk(tab, top, sought):
    tab.open((top / "search" / "index.html").as_uri())
    click(tab, ".search-page input[type=search]")
    tab.press(sought.traditional)
    tab.enter()
    wait_for(tab, f"location.search.length > 1 && {SETTLED}")
    assert listed(tab) == sought.titles
