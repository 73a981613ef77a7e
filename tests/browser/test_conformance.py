"""Every kind of page against the standards: accessibility, HTML, stability while it loads, weight.

axe-core and the Nu Html Checker come from npm (`make test` installs them below tests/node); nothing of them goes into
the site.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reader import PHONE, READY_MS, SCHEMES, SIZES, unfold

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

pytestmark = pytest.mark.browser

NODE = Path(__file__).parents[1] / "node"
AXE = NODE / "node_modules" / "axe-core" / "axe.min.js"
CHECKER = NODE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
PASSED_OVER = NODE / "passed-over.txt"
HOW_TO_GET_THEM = "{} is not here: install Node.js with npm and run `make test`, or `npm ci` in tests/node"

ARTICLE_TRANSFER_BYTES = 120 * 1024
"""What an article may weigh on its way to a reader: about three seconds on a slow mobile line of 400 kbit/s."""

GZIP_LEVEL = 6
"""zlib's default, and so that of Apache's mod_deflate and of most hosts of static sites."""

LAYOUT_SHIFT = 0.01
"""Nothing arrives late and moves the text. Core Web Vitals call up to 0.1 good; a tenth of it leaves room for a long
table whose columns settle while its rows arrive on a busy machine (0.001 measured)."""

WATCH_SHIFTS = """
window.__shifts = []
new PerformanceObserver(list => list.getEntries().forEach(one => window.__shifts.push(
    [one.value, ...one.sources.map(s => (s.node?.outerHTML ?? s.node?.nodeName ?? '').slice(0, 80))]
))).observe({type: 'layout-shift', buffered: true})
"""

COLOUR_RULES = ["color-contrast", "link-in-text-block"]
"""The rules of axe-core whose answer depends on colours; all others are about the document, which is the same in both
schemes."""

RUN_AXE = """
async rules => (await axe.run(document, {
    resultTypes: ['violations'], ...(rules && {runOnly: {type: 'rule', values: rules}})
})).violations.flatMap(rule => rule.nodes.map(
    node => `${rule.id}: ${node.target} ${node.html.slice(0, 120)}`
))
"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The text of axe-core."""
    if not AXE.is_file():
        pytest.skip(HOW_TO_GET_THEM.format("axe-core"))
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_axe_finds_nothing_on_any_kind_of_page(
    chromium: Browser, address: str, kinds: dict[str, str], axe: str, size: tuple[int, int]
) -> None:
    """All rules of WCAG 2 A and AA and the best practices that axe-core knows, light and dark, everything unfolded."""
    found = []
    for kind, path in kinds.items():
        page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
        page.goto(address + path)
        unfold(page)
        page.evaluate(axe)
        found += [f"{kind}: {fault}" for fault in page.evaluate(RUN_AXE)]
        page.emulate_media(color_scheme="dark")
        page.wait_for_selector(f"body[data-md-color-scheme={SCHEMES['dark']}]")
        found += [f"{kind}, dark: {fault}" for fault in page.evaluate(RUN_AXE, COLOUR_RULES)]
        page.close()
    assert not found, "\n".join(found)


def test_axe_finds_nothing_with_the_menu_open(chromium: Browser, address: str, kinds: dict[str, str], axe: str) -> None:
    page = chromium.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    page.goto(address + kinds["article"])
    page.evaluate(axe)
    page.locator(".md-header label[for=__drawer]").first.click()
    page.wait_for_timeout(READY_MS / 60)
    found = page.evaluate(RUN_AXE)
    page.close()
    assert found == []


def test_the_html_of_every_page_is_valid(built_site: Path) -> None:
    """The Nu Html Checker, which the W3C runs, has no error and no warning for any page of the site."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("java is not here: install a Java 17 runtime (Debian: default-jre-headless)")
    if not CHECKER.is_file():
        pytest.skip(HOW_TO_GET_THEM.format("vnu-jar"))
    pages = sorted(map(str, built_site.rglob("*.html")))
    command = [java, "-Xss2m", "-jar", str(CHECKER), "--format", "json", "--filterfile", str(PASSED_OVER), *pages]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=600, check=False)
    messages = json.loads(done.stderr)["messages"]
    found = sorted(
        {f"{one['url'].rpartition('/site/')[2]}:{one.get('lastLine')}: {one['message']}" for one in messages}
    )
    assert not found, "\n".join(found)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_nothing_moves_while_a_page_loads(
    chromium: Browser, address: str, kinds: dict[str, str], size: tuple[int, int]
) -> None:
    moved = {}
    for kind, path in kinds.items():
        page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
        page.add_init_script(WATCH_SHIFTS)
        page.goto(address + path, wait_until="networkidle")
        shifts = page.evaluate("new Promise(done => requestAnimationFrame(() => done(window.__shifts)))")
        if sum(shift[0] for shift in shifts) > LAYOUT_SHIFT:
            moved[kind] = shifts
        page.close()
    assert moved == {}


def test_an_article_weighs_little_on_its_way(page: Page, address: str, built_site: Path) -> None:
    """The heaviest article with all that the browser asks for (HTML, styles, scripts, icons), gzipped as hosts do.

    Headers are not counted; nor is it that a second page finds styles and scripts in the browser's store.
    """
    heaviest = max(built_site.glob("articles/*/*/index.html"), key=lambda path: len(gzip.compress(path.read_bytes())))
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - playwright takes functions, not methods
    page.goto(address + heaviest.relative_to(built_site).parent.as_posix() + "/", wait_until="networkidle")
    bodies = {one.url.removeprefix(address): one.body() for one in answers}
    weights = {url: len(gzip.compress(body, GZIP_LEVEL)) for url, body in bodies.items()}
    assert any(url.endswith(".css") for url in weights)
    assert sum(weights.values()) <= ARTICLE_TRANSFER_BYTES, weights
