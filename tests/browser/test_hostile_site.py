"""Whole sites of hostile articles: everything that was fed in as text stays text in a real browser."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
import yaml

import damage
from conftest import served
from hostile_archive import hostile as hostile_archive
from pages_site import build_site
from shanhai.pages.escape import visible
from shanhai.site.script_table import write_table
from sites import copy_project, corpus, run

CASES = yaml.safe_load((Path(__file__).parents[1] / "injection.yml").read_text(encoding="utf-8"))
MASTERS = sorted((Path(__file__).parents[1] / "masters").glob("[0-9][0-9].md"))
PARAGRAPHS = [block for path in MASTERS for block in damage.read_master(path).blocks if len(block) > 60]
ACTIVE = (
    "script, iframe, object, embed, form, base, meta, style, svg, img, video, audio, input, "
    "[onerror], [onload], [onclick], [onmouseover], [style]"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The address of a site in which each case is title, source, author, heading and paragraph of one article."""
    project = copy_project(tmp_path_factory.mktemp("hostile"))
    lines = [json.dumps(_line(number, case["text"])) for number, case in enumerate(CASES)]
    corpus(project / "corpus", hostile__jsonl="\n".join(lines))
    done = run(project, "shanhai", "build")
    assert done.returncode == 0, done.stdout + done.stderr
    with served(project / "site") as address:
        yield address, project / "site"


def _line(number: int, text: str) -> dict[str, object]:
    """An article of its own text for each case: copies would be set aside."""
    first, second = (PARAGRAPHS[place % len(PARAGRAPHS)] for place in (2 * number, 2 * number + 1))
    body = f"{first}\n\n{text}\n\n{second}\n\n贵州{text}广东两地在第{number}篇里都有。"
    return {"title": f"题{text}", "source": text, "author": text, "date": "2020-01-02", "text": body}


@pytest.fixture(scope="module")
def visit(hostile, chromium):
    """What a reader of every page of the site meets: alarms, and the visible text by page."""
    address, site = hostile
    page = chromium.new_page()
    alarms: list[str] = []
    page.on("dialog", lambda dialog: (alarms.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else alarms.append(asked.url))
    page.on("pageerror", lambda error: alarms.append(str(error)))
    texts: dict[str, str] = {}
    names = sorted(p.relative_to(site).parent.as_posix() for p in (site / "articles" / "2020").rglob("index.html"))
    for name in [*names, "years/2020", "provinces/guizhou", "."]:
        page.goto(f"{address}{name}/", wait_until="load")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        content = page.locator(".md-content")
        texts[name.rsplit("-", 1)[-1]] = _folded(content.inner_text())
        if name in names:
            found = content.locator(ACTIVE).evaluate_all("all => all.map(e => e.outerHTML)")
            alarms += [f"{name}: {one[:100]}" for one in found]
        links = content.locator("a[href]").evaluate_all(
            "all => all.map(e => new URL(e.getAttribute('href'), document.baseURI).href)"
        )
        alarms += [f"{name}: {link}" for link in links if not link.startswith(address)]
    page.close()
    return alarms, texts


@pytest.mark.browser
def test_no_article_brings_anything_alive_to_a_page(visit):
    """No dialog, no request or link off the site, no error, no element of the article's own making."""
    alarms, texts = visit
    assert len(texts) >= len(CASES)
    assert alarms == []


@pytest.mark.browser
def test_the_text_of_each_case_is_there_to_read(hostile, visit):
    """Inert, but not swallowed: what restoration keeps of a case is what a reader sees."""
    _, texts = visit
    _, site = hostile
    for line in (site / "data" / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        seen = texts[entry["id"].rsplit("-", 1)[-1]]
        for block in entry["text"].split("\n\n"):
            assert _folded(block) in seen, (entry["file"], block)


TRADITIONAL = "localStorage.setItem('shanhai.script', 'zh-Hant')"
"""What the switch keeps for a reader who chose traditional characters."""

KINDS = ("index.html", "en/index.html", "downloads/index.html", "*/index.html")
SOME = {
    "provinces/*/index.html": 5,
    "pairs/*/index.html": 3,
    "themes/*/index.html": 5,
    "phrases/*/index.html": 7,
    "years/*/index.html": 5,
    "sources/*/index.html": 15,
    "practices/*/index.html": 15,
    "articles/*/*/apparatus/index.html": 15,
}
"""Of many alike every so manieth; what they all hold is compared without a browser in tests/test_hostile_pages.py."""


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    """A site in which each case is every name of one article, its address and folder; no policy keeps a script back."""
    site = build_site(tmp_path_factory.mktemp("hostile-names"), hostile_archive())
    write_table(site)
    with served(site) as address:
        yield address, site


@pytest.mark.browser
def test_no_name_brings_anything_alive_on_any_kind_of_page_in_either_script(named, chromium):
    """No dialog, no request off the site, no error, no element of a name's own making, in either script."""
    address, site = named
    names = {path for pattern in KINDS for path in site.glob(pattern)}
    names |= {path for pattern, step in SOME.items() for path in sorted(site.glob(pattern))[::step]}
    page = chromium.new_page()
    page.add_init_script(TRADITIONAL)
    alarms: list[str] = []
    page.on("dialog", lambda dialog: (alarms.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else alarms.append(asked.url))
    page.on("pageerror", lambda error: alarms.append(str(error)))
    page.on("console", lambda told: alarms.append(told.text) if told.type == "error" else None)
    for name in sorted(path.relative_to(site).as_posix() for path in names):
        page.goto(f"{address}{name}", wait_until="load")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found = page.locator(".md-content").locator(MADE_ALIVE).evaluate_all(NOT_OF_THE_SEARCH)
        alarms += [f"{name}: {one[:100]}" for one in found]
        assert page.evaluate("document.documentElement.dataset.script") == "hant", name
    page.close()
    assert alarms == []


MADE_ALIVE = (
    "script, iframe, object, embed, form, base, meta, style, img, video, audio, input:not([id^=filter-]), "
    "[onerror], [onload], [onclick], [onmouseover], [style]"
)
"""Without what is the site's own: its drawings, which are SVG, and the fields above its lists."""

NOT_OF_THE_SEARCH = "all => all.filter(one => !one.closest('.find, .search-page')).map(one => one.outerHTML)"
"""The search has fields and boxes of its own; what it draws is looked at below."""


SEARCHED = ".search-results, .search-facets, .search-meant, .search-chosen, .search-help, .search-count, .search-hint"
FOUND_SETTLED = "!document.querySelector('.search-page').hasAttribute('aria-busy')"
SETTLED_MS = 30_000

PAIR = re.compile(r"[^\W_]{2}")
NEVER_DRAWN = "script, style, iframe, object, embed, form, base, meta, link, img, video, audio, [style], [srcdoc]"
"""Elements and attributes that the search makes nothing of."""

CALLED = """parts => parts.flatMap((part) => [...part.querySelectorAll("*")].flatMap((one) =>
  [...one.attributes].filter(({ name }) => name.startsWith("on")).map(() => one.outerHTML)))"""
ADDRESSES = "parts => parts.flatMap((part) => [...part.querySelectorAll('[href]')].map((one) => one.href))"


@pytest.fixture
def alarmed(named, chromium):
    """A page without the policy that keeps scripts back, the site's address and folder, and the alarms."""
    address, site = named
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    alarms: list[str] = []
    page.on("dialog", lambda dialog: (alarms.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else alarms.append(asked.url))
    page.on("pageerror", lambda error: alarms.append(str(error)))
    yield page, address, site, alarms
    context.close()


def drawn_wrongly(page, address: str, selector: str) -> list[str]:
    """Elements, attributes and addresses within some parts of a page that the search does not draw."""
    parts = page.locator(selector)
    wrong = parts.locator(NEVER_DRAWN).evaluate_all("all => all.map(one => one.outerHTML)")
    wrong += parts.evaluate_all(CALLED)
    return [*wrong, *(one for one in parts.evaluate_all(ADDRESSES) if not one.startswith(address))]


@pytest.mark.browser
def test_every_hostile_title_is_found_and_shown_as_text(alarmed):
    """By the address of the search page, as a shared link has it; each hit is the title as its own page shows it."""
    page, address, _, alarms = alarmed
    for one in hostile_archive().articles:
        title = visible(one.described.title)
        page.goto(f"{address}search/index.html?{urlencode({'q': quoted(title)})}")
        page.wait_for_function(FOUND_SETTLED, timeout=SETTLED_MS)
        shown = page.locator(".search-results > li a").evaluate_all("all => all.map(one => one.textContent)")
        # One letter and signs: the letter stands in every title, and not all of them are checked for the signs at once.
        assert not PAIR.search(title) or _folded(title) in map(_folded, shown), ascii(title)
        assert drawn_wrongly(page, address, SEARCHED) == [], ascii(title)
    assert alarms == []


def quoted(title: str) -> str:
    """A title as one phrase: a quotation mark within it would end it, and a blank counts for nothing."""
    return f"「{title}」" if "」" not in title else title


@pytest.mark.browser
def test_suggestions_and_marks_show_hostile_names_as_text(alarmed):
    """In the list below the field of every page, and on the page that a hit leads to."""
    page, address, _, alarms = alarmed
    for one in hostile_archive().articles[::9]:
        title, source = visible(one.described.title), visible(one.described.source or "")
        page.goto(f"{address}about/index.html")
        field = page.locator(".md-header .find-field")
        for typed in (source.strip()[:12], title.strip()[:12]):
            field.fill(typed)
            page.wait_for_timeout(250)
            assert drawn_wrongly(page, address, ".md-header .find-panel") == [], ascii(typed)
        page.goto(f"{address}{one.path}/index.html?{urlencode({'h': title})}")
        page.wait_for_function("document.querySelector('.marks-note') !== null", timeout=SETTLED_MS)
        assert drawn_wrongly(page, address, ".marks-note") == [], ascii(title)
        found = page.locator(".md-content").locator(MADE_ALIVE).evaluate_all("all => all.map(e => e.outerHTML)")
        assert found == [], ascii(title)
    assert alarms == []


LONG_QUERY = "贵州广东东西部协作" * 4_000
"""36,000 characters, 108 kB."""

STATES = (
    *(
        "q=",
        "q=%",
        "q=%E4%B8",
        "q=%FF%FE",
        "q=%00",
        "q=%E2%80%AE%E8%B4%B5",
        "q=-",
        "q=%22",
        "q=-%22",
        "q=%5C",
        "q=a&q=b",
    ),
    *("q=%3Cscript%3Ealert(1)%3C/script%3E", "q=%3Cimg%20src=x%20onerror=alert(1)%3E", "q=javascript:alert(1)"),
    *("province=%3Cimg%20src=x%20onerror=alert(1)%3E", "province=__proto__", "theme=constructor&county=toString"),
    *("source=../../x", "pair=%22%3E", "year=9999", "year=", "province=guizhou&province=guizhou&province="),
    *("page=-1", "page=0", "page=1e99", "page=NaN", "page=999999999", "q=%E8%B4%B5&page=999999999"),
    *("sort=__proto__", "sort=%3Cb%3E", "__proto__=1&constructor=2", "q=%E8%B4%B5&h=%3Cscript%3E", "%", "&&&==="),
    *(f"q={quote(LONG_QUERY)}", f"province={quote(LONG_QUERY)}", "&".join(["province=guizhou"] * 500)),
)


@pytest.mark.browser
def test_whatever_stands_in_its_address_the_search_page_settles_and_runs_nothing(alarmed):
    """Also where the state stands behind `#`, as it does where a browser lets no script change the address."""
    page, address, _, alarms = alarmed
    for state in STATES:
        # A web server takes no address of 100 kB; behind `#` none is sent.
        for mark in ("?", "#?") if len(state) < MOST_SENT else ("#?",):
            page.goto(f"{address}robots.txt")
            page.evaluate("address => { location.href = address }", f"{address}search/index.html{mark}{state}")
            page.wait_for_selector(".search-page", timeout=SETTLED_MS)
            page.wait_for_function(FOUND_SETTLED, timeout=SETTLED_MS)
            assert drawn_wrongly(page, address, SEARCHED) == [], state[:80]
            assert page.locator(".search-count").inner_text().strip(), state[:80]
    assert alarms == []


MOST_SENT = 8_000


@pytest.mark.browser
def test_whatever_should_be_marked_a_page_stays_whole_and_runs_nothing(alarmed):
    page, address, _, alarms = alarmed
    path = hostile_archive().articles[0].path
    page.goto(f"{address}{path}/index.html")
    text = _folded(page.locator(".md-content").inner_text())
    for sought in (
        "",
        "%",
        "%FF",
        "%00",
        "-",
        "%22",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "__proto__",
        quote("的" * 600),
    ):
        page.goto(f"{address}{path}/index.html?h={sought}")
        page.wait_for_load_state("networkidle")
        assert drawn_wrongly(page, address, ".marks-note") == [], sought[:80]
        assert _folded(page.locator(".md-content").inner_text()) == text, sought[:80]
    assert alarms == []


def _folded(text: str) -> str:
    """The text without white space and without what no font shows."""
    return "".join(char for char in text if not char.isspace() and not unicodedata.category(char).startswith("C"))
