"""What a reader's browser makes of the site: every kind of page, phone and desktop, light and dark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from kinds import NOT_FROM_DISK, file_of
from reader import READY_MS, SCHEMES, SIZES, Faults, unfold

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LONGEST_LINE_CHARS = 38
LIGHT_GROUND = 384
"""Sum of red, green and blue from which a ground counts as light: half of what white has."""


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_every_kind_of_page_is_quiet_stays_at_home_and_fits_the_screen(
    chromium: Browser, address: str, kinds: dict[str, str], size: tuple[int, int], scheme: str
) -> None:
    wrong = {kind: _faults(chromium, address, path, size, scheme) for kind, path in kinds.items()}
    assert {kind: faults for kind, faults in wrong.items() if faults} == {}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_every_kind_of_page_is_as_quiet_from_disk(
    chromium: Browser, disk: str, kinds: dict[str, str], size: tuple[int, int]
) -> None:
    files = {kind: file_of(path) for kind, path in kinds.items() if kind not in NOT_FROM_DISK}
    wrong = {kind: _faults(chromium, disk, path, size, "light") for kind, path in files.items()}
    assert {kind: faults for kind, faults in wrong.items() if faults} == {}


def test_every_link_leads_to_a_page_from_disk(page: Page, built_site: Path, disk: str, kinds: dict[str, str]) -> None:
    """Links of HTML and SVG name a file that is there; a folder would show as a list of files."""
    lost = set()
    for kind, path in kinds.items():
        if kind in NOT_FROM_DISK:
            continue
        page.goto(disk + file_of(path))
        targets = page.locator("a").evaluate_all(
            "all => all.map(a => new URL(a.getAttribute('href') ?? a.getAttribute('xlink:href'), location.href).href)"
        )
        inside = {target.partition("#")[0].partition("?")[0] for target in targets if target.startswith(disk)}
        assert inside
        lost |= {target for target in inside if not (built_site / unquote(target.removeprefix(disk))).is_file()}
    assert lost == set()


def test_the_search_finds_an_article_by_its_title(page: Page, address: str, entries: list[dict[str, object]]) -> None:
    title = str(entries[0]["title"])
    page.goto(address)
    page.locator(".md-content .find-field").fill(title)
    first = page.locator(".find-panel [role=option]:has(mark)").first
    first.wait_for(timeout=READY_MS)
    assert title in first.inner_text()


def test_tags_lead_to_our_own_pages_of_provinces_and_themes(page: Page, address: str, kinds: dict[str, str]) -> None:
    page.goto(address + kinds["article"])
    chips = page.locator("a.md-tag")
    labels = chips.all_text_contents()
    targets = chips.evaluate_all("links => links.map(one => one.href)")
    assert labels
    for label, target in zip(labels, targets, strict=True):
        page.goto(target)
        assert _chinese_name(page) == label.strip()


def test_a_tile_of_the_map_leads_to_its_province(page: Page, address: str) -> None:
    page.goto(address)
    tile = page.locator("svg.tiles a", has_text="贵州")
    tile.click()
    assert _chinese_name(page) == "贵州省"


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


def _faults(chromium: Browser, site: str, path: str, size: tuple[int, int], scheme: str) -> list[str]:
    """What goes wrong on one page: noise, a line that leaves the screen, the ground of the other scheme."""
    page = chromium.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)  # type: ignore[arg-type]
    faults = Faults(page, site)
    page.goto(site + path)
    unfold(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > size[0]:
        faults.append(f"{width} px wide")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    if (sum(map(int, re.findall(r"\d+", ground)[:3])) > LIGHT_GROUND) != (scheme == "light"):
        faults.append(f"ground {ground}")
    found = list(faults)
    page.close()
    return found


def _chinese_name(page: Page) -> str:
    """What a page is about, without the English name beside it."""
    return page.locator("h1").inner_text().split()[0]
