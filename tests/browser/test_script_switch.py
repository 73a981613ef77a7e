"""The switch to traditional characters, as a reader has it: all pages, the way back, the next page, the clipboard."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import opencc
import pytest
from kinds import file_of
from reader import DESKTOP, PHONE, READY_MS, Faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

s2t = opencc.OpenCC("s2t").convert

TABLE = "**/script-table.js"
SWITCH = ".script-switch"
SHOWN = {True: "html[data-script=hant]", False: "html[data-script=hans]"}
NOT_FOUND = "404.html"
"""A web server's answer: from disk its links lead nowhere."""
LEAST_TARGET_PX = 44
LEAST_AGREEMENT = 0.999
"""Of the characters of the site; the table is made so that it is all of them."""
TABLE_DELAY_S = 0.5
SOME_FRAMES_MS = 300

KEPT = "script, style, noscript, code, textarea, [translate=no], [lang|=en]"
"""What is not to change."""

ROUND_TRIP = (
    """async () => {
    const kept = '"""
    + KEPT
    + """', blockNames = 'h1, h2, h3, p, li, dt, dd, th, td, caption, figcaption, summary';
    function look() {
        const texts = [], all = [];
        const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const element = node instanceof Element ? node : node.parentElement;
            const open = !element?.closest(kept);
            all.push(node.nodeName + ' ' + (node.nodeValue ?? ''));
            if (open && node instanceof Text && node.data.trim()) texts.push(node.data);
            for (const {name, value} of node.attributes ?? []) {
                if (name !== 'style') all.push(name + '=' + value);
                if (open && ['alt', 'aria-label', 'placeholder', 'title'].includes(name)) texts.push(value);
            }
        }
        for (const block of document.querySelectorAll(blockNames))
            if (!block.closest(kept) && !block.querySelector(kept)) texts.push(block.textContent);
        return [texts, all];
    }
    async function press(script) {
        document.querySelector('.script-switch').click();
        while (document.documentElement.dataset.script !== script) await new Promise(requestAnimationFrame);
        return look();
    }
    const [written, before] = look(), [shown] = await press('hant'), [, after] = await press('hans');
    return {written, shown, lost: before.filter((one, at) => one !== after[at]), added: after.length - before.length};
}"""
)
"""Texts and attributes one by one and the text of whole blocks, as written and as shown in traditional characters, and
what of the document is not the same after the way back. `style` is left out: the theme sets it at its own time."""

WATCH = """
    window.frames_seen = [];
    const look = () => {
        if (document.body && getComputedStyle(document.body).visibility === 'visible')
            window.frames_seen.push(document.title + document.body.innerText);
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
"""
"""Keeps what is to be seen in each frame, just before it is painted."""

CLOSED_STORAGE = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('closed') }})"


@pytest.fixture(params=["http", "disk"])
def home(request: pytest.FixtureRequest, address: str, disk: str) -> str:
    """Where the site begins: on a web server, and on disk."""
    return address if request.param == "http" else disk


@pytest.fixture
def visit(page: Page, home: str, kinds: dict[str, str]) -> Iterator[Page]:
    """The page of an article; nothing may go wrong while a test uses it."""
    faults = Faults(page, home)
    page.goto(home + file_of(kinds["article"]))
    yield page
    assert faults == []


def test_every_page_reads_as_opencc_has_it_and_comes_back_unchanged(page: Page, disk: str, built_site: Path) -> None:
    files = (path.relative_to(built_site).as_posix() for path in sorted(built_site.rglob("*.html")))
    _check_round_trips(page, disk, [file for file in files if file != NOT_FOUND])


def test_so_does_every_kind_of_page_on_a_web_server(page: Page, address: str, kinds: dict[str, str]) -> None:
    _check_round_trips(page, address, sorted(kinds.values()))


def _check_round_trips(page: Page, home: str, pages: list[str]) -> None:
    faults = Faults(page, home)
    characters, wrong, amiss = 0, 0, {}
    for name in pages:
        page.goto(home + name, wait_until="domcontentloaded")
        page.locator(".search-page[aria-busy]").wait_for(state="detached", timeout=READY_MS)
        seen = page.evaluate(ROUND_TRIP)
        if seen["lost"] or seen["added"]:
            amiss[name] = seen["lost"][:3]
        for before, after in zip(seen["written"], seen["shown"], strict=True):
            wanted = s2t(before)
            characters += len(wanted)
            wrong += sum(one != other for one, other in zip(wanted, after, strict=True))
    assert amiss == {}
    assert characters > 1000 * len(pages)
    assert wrong / characters <= 1 - LEAST_AGREEMENT
    assert [fault for fault in faults if "ERR_ABORTED" not in fault] == []


def test_the_choice_holds_on_the_next_page_and_no_frame_shows_it_otherwise(
    page: Page, home: str, kinds: dict[str, str]
) -> None:
    next_page = home + file_of(kinds["theme"])
    page.goto(next_page)
    written = page.evaluate("document.title + document.body.innerText")
    _press(page, traditional=True)
    shown = page.evaluate("document.title + document.body.innerText")
    page.goto(home + file_of(kinds["article"]))
    page.add_init_script(WATCH)
    page.route(TABLE, _late)
    page.goto(next_page)
    page.locator(SHOWN[True]).wait_for(state="attached")
    page.wait_for_timeout(SOME_FRAMES_MS)
    frames = page.evaluate("window.frames_seen")
    simplified = set(written) - set(shown)
    assert len(simplified) > 50
    assert frames
    assert [simplified & set(frame) for frame in frames if not simplified.isdisjoint(frame)] == []


def test_who_did_not_ask_waits_for_nothing_and_loads_no_table(page: Page, home: str, kinds: dict[str, str]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(
        "new MutationObserver(() => (window.states ??= []).push(document.documentElement.dataset.script))"
        ".observe(document, {subtree: true, attributeFilter: ['data-script']})"
    )
    page.goto(home + file_of(kinds["article"]))
    assert page.evaluate("window.states") == ["hans"]
    assert not [url for url in asked if "script-table" in url]


def test_the_language_of_the_page_follows(visit: Page) -> None:
    language = visit.evaluate("document.documentElement.lang")
    assert language.startswith("zh")
    _press(visit, traditional=True)
    assert visit.evaluate("document.documentElement.lang") == "zh-Hant"
    _press(visit, traditional=False)
    assert visit.evaluate("document.documentElement.lang") == language


def test_what_is_copied_is_what_is_shown(page: Page, address: str, kinds: dict[str, str]) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address + kinds["article"])
    written = page.locator(".text p").first.inner_text()
    _press(page, traditional=True)
    page.locator(".text p").first.evaluate("one => getSelection().selectAllChildren(one)")
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == s2t(written).strip() != written.strip()


def test_what_comes_later_is_changed_too_and_goes_back_with_the_rest(visit: Page) -> None:
    _press(visit, traditional=True)
    visit.evaluate(
        "text => document.body.insertAdjacentHTML('beforeend', text)",
        "<p id=late title=东部>公里<b>东部</b><i lang=en>东</i></p>",
    )
    late = visit.locator("#late")
    assert late.evaluate("one => one.outerHTML") == ('<p id="late" title="東部">公里<b>東部</b><i lang="en">东</i></p>')
    late.evaluate("one => { one.title = '发展'; one.firstChild.data = '关系' }")
    assert late.get_attribute("title") == "發展"
    assert late.evaluate("one => one.firstChild.data") == "關係"
    late.evaluate("one => { one.remove(); window.taken = one }")
    _press(visit, traditional=False)
    assert visit.evaluate("window.taken.outerHTML") == (
        '<p id="late" title="发展">关系<b>东部</b><i lang="en">东</i></p>'
    )


@pytest.mark.parametrize("attribute", ["translate=no", "lang=en", "lang=en-GB", "lang=zh-Hant"])
def test_what_is_to_stay_stays(visit: Page, attribute: str) -> None:
    visit.evaluate(
        "text => document.body.insertAdjacentHTML('beforeend', text)",
        f"<div id=kept {attribute} title=东部>东部<p>发展</p></div>",
    )
    before = visit.locator("#kept").evaluate("one => one.outerHTML")
    _press(visit, traditional=True)
    assert visit.locator("#kept").evaluate("one => one.outerHTML") == before


def test_what_a_reader_typed_stays(visit: Page) -> None:
    visit.evaluate("document.body.insertAdjacentHTML('beforeend', '<textarea id=typed>东部</textarea>')")
    _press(visit, traditional=True)
    assert visit.locator("#typed").input_value() == "东部"


def test_other_windows_of_the_site_follow(visit: Page, home: str, kinds: dict[str, str]) -> None:
    other = visit.context.new_page()
    other.goto(home + file_of(kinds["themes"]))
    _press(visit, traditional=True)
    other.locator(SHOWN[True]).wait_for(state="attached")
    _press(visit, traditional=False)
    other.locator(SHOWN[False]).wait_for(state="attached")


def test_where_nothing_can_be_remembered_the_page_itself_can_be_switched(
    page: Page, address: str, kinds: dict[str, str]
) -> None:
    page.add_init_script(CLOSED_STORAGE)
    page.goto(address + kinds["article"])
    heading = page.locator("h1").inner_text()
    _press(page, traditional=True)
    assert page.locator("h1").inner_text() == s2t(heading)


def test_without_the_table_the_page_is_shown_as_it_was_written(page: Page, address: str, kinds: dict[str, str]) -> None:
    page.goto(address)
    _press(page, traditional=True)
    page.route(TABLE, lambda route: route.abort())
    page.goto(address + kinds["article"])
    page.locator(SHOWN[False]).wait_for(state="attached")
    assert page.locator("h1").is_visible()
    page.unroute(TABLE)
    _press(page, traditional=True)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_switch_is_a_button_for_finger_and_keyboard_that_names_what_it_leads_to(
    chromium: Browser, address: str, kinds: dict[str, str], size: tuple[int, int]
) -> None:
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.goto(address + kinds["article"])
    box = page.locator(SWITCH).bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= LEAST_TARGET_PX
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.get_by_role("button", name="繁體", exact=True).focus()
    page.keyboard.press("Enter")
    page.locator(SHOWN[True]).wait_for(state="attached")
    page.get_by_role("button", name="简体", exact=True).wait_for()
    page.keyboard.press("Space")
    page.locator(SHOWN[False]).wait_for(state="attached")
    context.close()


def test_without_scripts_there_is_no_switch(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert not page.locator(SWITCH).is_visible()
    context.close()


def _press(page: Page, *, traditional: bool) -> None:
    """Press the switch, and wait until the page is in the script that it leads to."""
    page.locator(SWITCH).dispatch_event("click")
    page.locator(SHOWN[traditional]).wait_for(state="attached")


def _late(route: Route) -> None:
    time.sleep(TABLE_DELAY_S)
    route.continue_()
