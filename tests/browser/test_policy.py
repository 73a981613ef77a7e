"""The Content-Security-Policy in a real browser: what an article smuggles in does not run, what the site needs does."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from kinds import file_of
from reader import PHONE, Faults

from conftest import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SMUGGLED = """
<script>window.smuggled = ["script"]</script>
<script src="data:text/javascript,window.smuggled=['data']"></script>
<img src="no-such-picture.png" onerror="window.smuggled = ['handler']" alt="">
<svg onload="window.smuggled = ['svg']"></svg>
<iframe srcdoc="&lt;script&gt;parent.smuggled = ['frame']&lt;/script&gt;"></iframe>
<a class="smuggled" href="javascript:window.smuggled=['link']">x</a>
<form class="smuggled" action="?sent"><button>x</button></form>
<base href="https://example.invalid/">
<style>body { font-size: 1px }</style>
<p class="styled" style="position: fixed">x</p>
"""
"""Everything alive that an article could bring if its text were not escaped."""

SUBMIT = """new Promise(done => {
    addEventListener("securitypolicyviolation", event => done(event.effectiveDirective))
    document.querySelector("form.smuggled button").click()
})"""
"""Which rule of the policy stops the form."""

WAYS = ("http", "disk")
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


@pytest.fixture(scope="module")
def smuggler(
    built_site: Path, kinds: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The addresses, over HTTP and from disk, of a copy of the site; one of its articles is smuggled into."""
    site = tmp_path_factory.mktemp("smuggler") / "site"
    shutil.copytree(built_site, site)
    article = site / file_of(kinds["article"])
    html = article.read_text(encoding="utf-8")
    smuggled = html.replace('<div class="text">', f'<div class="text">{SMUGGLED}', 1)
    assert smuggled != html
    article.write_text(smuggled, encoding="utf-8")
    article.with_name("unguarded.html").write_text(POLICY.sub("", smuggled), encoding="utf-8")
    with served(site) as address:
        yield {"http": address, "disk": site.as_uri() + "/"}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_that_an_article_brings_runs(
    page: Page, smuggler: dict[str, str], kinds: dict[str, str], way: str
) -> None:
    page.goto(smuggler[way] + file_of(kinds["article"]))
    page.locator("a.smuggled").click()
    page.wait_for_timeout(200)
    assert page.evaluate("window.smuggled") is None
    assert page.evaluate("document.baseURI") == page.url
    assert page.locator(".styled").evaluate("one => getComputedStyle(one).position") == "static"
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > 1
    assert page.evaluate(SUBMIT) == "form-action"


@pytest.mark.parametrize("way", WAYS)
def test_it_is_the_policy_that_keeps_it_from_running(
    page: Page, smuggler: dict[str, str], kinds: dict[str, str], way: str
) -> None:
    page.goto(smuggler[way] + kinds["article"] + "unguarded.html")
    page.wait_for_timeout(200)
    assert page.evaluate("window.smuggled") is not None


@pytest.mark.parametrize("way", WAYS)
def test_the_scripts_of_the_theme_run(page: Page, address: str, disk: str, kinds: dict[str, str], way: str) -> None:
    """Its bundle, and its inline scripts: the scheme that a reader chose is there before the page is painted."""
    start = {"http": address, "disk": disk}[way]
    faults = Faults(page, start)
    page.goto(start + file_of(kinds["article"]))
    assert "js" in str(page.locator("html").get_attribute("class")).split()
    for expected in ("default", "slate"):
        page.locator("form[data-md-component=palette] label:visible").click()
        assert page.locator("body").get_attribute("data-md-color-scheme") == expected
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => window.first = document.body.dataset.mdColorScheme, true)"
    )
    page.goto(start + file_of(kinds["province"]))
    assert page.evaluate("window.first") == "slate"
    assert faults == []


def test_the_policy_stands_before_all_that_it_holds_for(built_site: Path) -> None:
    """First in the head of every page, and short enough that the encoding is named within the first 1024 bytes."""
    for path in sorted(built_site.rglob("*.html")):
        head = path.read_bytes().partition(b"<head>")[2].lstrip()
        assert head.startswith(b'<meta http-equiv="Content-Security-Policy"'), path
        assert b'<meta charset="utf-8">' in path.read_bytes()[:1024], path


def test_the_keyboard_reaches_what_can_be_seen_and_nothing_else(
    chromium: Browser, address: str, kinds: dict[str, str]
) -> None:
    """On a phone: skip link, menu, characters, colours, search, then the page; Enter opens the menu."""
    page = chromium.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    page.goto(address + kinds["article"])
    stops = [_next_stop(page) for _ in range(6)]
    assert [stop["name"] for stop in stops[:4]] == ["#__content", "__drawer", "繁體", "__palette_0"]
    assert str(stops[4]["name"]).endswith("search/index.html")
    assert stops[5]["in_content"]
    assert all(stop["outlined"] for stop in stops)
    page.reload()
    for _ in range(2):
        _next_stop(page)
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    walked = [_next_stop(page)["name"] for _ in range(30)]
    page.close()
    assert any(str(name).endswith("provinces/index.html") for name in walked)
    assert not any(str(name).endswith("about/index.html") for name in walked), "in a part of the menu that is shut"


def test_the_skip_link_leads_to_the_text(page: Page, address: str, kinds: dict[str, str]) -> None:
    page.goto(address + kinds["article"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#__content h1").count() == 1
    assert _next_stop(page)["in_content"]


def _next_stop(page: Page) -> dict[str, object]:
    """Where the next press of the tabulator leads."""
    page.keyboard.press("Tab")
    stop: dict[str, object] = page.evaluate("""() => {
        const one = document.activeElement
        const shown = one.matches('.md-option') ? one.nextElementSibling : one
        return {
            name: one.getAttribute('href') ?? one.htmlFor ?? (one.id || one.innerText.trim()),
            in_content: one.closest('#__content') !== null,
            outlined: getComputedStyle(shown).outlineStyle === 'solid',
        }
    }""")
    return stop
