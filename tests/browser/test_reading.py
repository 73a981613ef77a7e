"""What a reader's browser makes of the site: every kind of page, phone and desktop, light and dark."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PHONE, DESKTOP = (390, 844), (1280, 900)
KINDS = (
    "home",
    "article",
    "articles",
    "province",
    "empty province",
    "provinces",
    "theme",
    "themes",
    "year",
    "years",
    "how made",
    "how tagged",
    "about",
    "help",
    "english",
    "not found",
)
READY_MS = 30_000
"""The search loads its index in a worker; on a busy machine that takes its time."""
LONGEST_LINE_CHARS = 38


class Faults(list[str]):
    """Everything that went wrong on a page: console errors, uncaught exceptions, requests that left the site."""

    def __init__(self, page: Page, address: str) -> None:
        super().__init__()
        page.on("console", lambda message: self.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(address) else self.append(request.url))


@pytest.fixture(scope="session")
def entries(built_site: Path) -> list[dict[str, object]]:
    """The articles of the site as its data file has them."""
    lines = (built_site / "data" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def kinds(built_site: Path, entries: list[dict[str, object]]) -> dict[str, str]:
    """Kind of page -> a page of it, the largest where there are several."""

    def largest(pattern: str) -> str:
        found = max(built_site.glob(pattern), key=lambda path: path.stat().st_size)
        return found.parent.relative_to(built_site).as_posix() + "/"

    named = {name for entry in entries for name in entry["provinces"]}  # type: ignore[attr-defined]
    provinces = sorted((built_site / "provinces").glob("*/index.html"))
    empty = next(path for path in provinces if _heading(path) not in named)
    return {
        "home": "",
        "article": largest("articles/*/*/index.html"),
        "articles": "articles/",
        "province": largest("provinces/*/index.html"),
        "empty province": empty.parent.relative_to(built_site).as_posix() + "/",
        "provinces": "provinces/",
        "theme": largest("themes/*/index.html"),
        "themes": "themes/",
        "year": largest("years/*/index.html"),
        "years": "years/",
        "how made": "how-made/",
        "how tagged": "how-tagged/",
        "about": "about/",
        "help": "help/",
        "english": "en/",
        "not found": "404.html",
    }


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page at desktop width."""
    context = chromium.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_kind_of_page_is_quiet_stays_at_home_and_fits_the_screen(
    chromium: Browser, address: str, kinds: dict[str, str], size: tuple[int, int], scheme: str
) -> None:
    assert set(kinds) == set(KINDS)
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)  # type: ignore[arg-type]
    wrong = {}
    for kind, path in kinds.items():
        page = context.new_page()
        faults = Faults(page, address)
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > size[0]:
            faults.append(f"{width} px wide")
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        if (sum(map(int, re.findall(r"\d+", ground)[:3])) > 384) != (scheme == "light"):
            faults.append(f"ground {ground}")
        if faults:
            wrong[kind] = list(faults)
        page.close()
    context.close()
    assert wrong == {}


def test_the_search_finds_an_article_by_its_title(page: Page, address: str, entries: list[dict[str, object]]) -> None:
    title = str(entries[0]["title"])
    page.goto(address)
    page.locator("label.search-box").click()
    page.locator(".md-search-result__meta", has_text="键入以开始搜索").wait_for(timeout=READY_MS)
    page.locator("input.md-search__input").fill(title)
    page.keyboard.press("End")
    first = page.locator(".md-search-result__item a").first
    first.wait_for(timeout=READY_MS)
    found = page.locator(".md-search-result__item a").evaluate_all("links => links.map(one => one.textContent)")
    assert any(_plain(title) in _plain(one) for one in found[:5])


def test_tags_lead_to_our_own_pages_of_provinces_and_themes(page: Page, address: str, kinds: dict[str, str]) -> None:
    page.goto(address + kinds["article"])
    chips = page.locator("a.md-tag")
    labels = chips.all_text_contents()
    targets = chips.evaluate_all("links => links.map(one => one.href)")
    assert labels
    for label, target in zip(labels, targets, strict=True):
        page.goto(target)
        assert page.locator("h1").inner_text().strip() == label.strip()


def test_a_tile_of_the_map_leads_to_its_province(page: Page, address: str) -> None:
    page.goto(address)
    tile = page.locator("svg.tiles a", has_text="贵州")
    tile.click()
    assert page.locator("h1").inner_text().strip() == "贵州省"


def test_a_line_of_an_article_holds_at_most_38_characters_in_a_large_enough_type(
    page: Page, address: str, kinds: dict[str, str]
) -> None:
    page.goto(address + kinds["article"])
    size, leading, width = page.locator(".text").evaluate(
        "one => { const s = getComputedStyle(one);"
        " return [parseFloat(s.fontSize), parseFloat(s.lineHeight), one.clientWidth] }"
    )
    assert 17 <= size <= 18
    assert leading / size == pytest.approx(1.8, abs=0.01)
    assert width / size <= LONGEST_LINE_CHARS


def test_evidence_leads_to_the_paragraph_that_it_names(page: Page, address: str, kinds: dict[str, str]) -> None:
    page.goto(address + kinds["article"])
    page.locator("details.evidence summary").click()
    link = page.locator("details.evidence a[href^='#p']").first
    anchor = str(link.get_attribute("href"))
    link.click()
    assert page.locator(f".text {anchor}").evaluate("one => one.matches(':target')")


def test_print_shows_the_folded_parts_and_no_navigation(page: Page, address: str, kinds: dict[str, str]) -> None:
    page.goto(address + kinds["article"])
    page.emulate_media(media="print")
    assert not page.locator(".md-header").is_visible()
    table = page.locator("details.making p").first
    assert table.evaluate("one => one.checkVisibility({contentVisibilityAuto: true}) && one.offsetHeight > 0")


def test_the_page_is_whole_without_scripts(chromium: Browser, address: str, kinds: dict[str, str]) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + kinds["article"])
    assert page.locator(".text p").count() > 0
    page.locator("details.evidence summary").click()
    assert page.locator("details.evidence table").is_visible()
    context.close()


def _heading(path: Path) -> str:
    found = re.search(r"<h1[^>]*>([^<]*)", path.read_text(encoding="utf-8"))
    return found[1].strip() if found else ""


def _plain(text: str) -> str:
    """The text without the break hints that the search puts between words."""
    return re.sub(r"[\u200b\s]", "", text)
