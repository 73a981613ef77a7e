"""The search as a reader has it, from the web and from disk: field, page, filters, keyboard, marks, characters."""

from __future__ import annotations

import gzip
import json
import re
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

import opencc
import pytest
from firefox import WAIT_S, Firefox, RefusedError, firefox, installed
from kinds import file_of
from reader import DESKTOP, PHONE, READY_MS, SIZES, Faults, unfold
from test_conformance import AXE, HOW_TO_GET_THEM, RUN_AXE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

s2t = opencc.OpenCC("s2t").convert

SEARCH = "search/index.html"
FIELD = ".search-form input"
HITS = ".search-results > li"
COUNT = ".search-count"
HEADER_FIELD = ".md-header .find-field"
OPTIONS = ".find-panel [role=option]"
NOTHING = "查无此事查无此人"
"""Stands in no article."""
MARKED = "[...(CSS.highlights.get('shanhai-found') ?? [])].map(String)"
MOST_LOADER_BYTES, MOST_SCRIPT_BYTES = 1_000, 24_000
"""Gzipped, as hosts send them: the loader comes with every page, the other with the first search."""


@pytest.fixture(params=["http", "disk"])
def start(request: pytest.FixtureRequest) -> str:
    """The address of the site, over HTTP and from disk."""
    return str(request.getfixturevalue({"http": "address", "disk": "disk"}[request.param]))


@pytest.fixture
def reader(page: Page, start: str) -> Iterator[Page]:
    """A page of the site where nothing goes wrong and nothing is asked for elsewhere."""
    faults = Faults(page, start)
    yield page
    assert faults == []


def search(page: Page, start: str, /, **state: str) -> None:
    """Open the search page in a state, and wait for what it finds."""
    query = "&".join(f"{name}={quote(value)}" for name, value in state.items())
    page.goto(f"{start}{SEARCH}?{query}")
    settle(page)


def settle(page: Page) -> None:
    """Wait until the newest search is shown."""
    page.wait_for_timeout(300)
    page.locator(".search-page:not([aria-busy])").wait_for(timeout=READY_MS)


def state_of(page: Page) -> dict[str, list[str]]:
    """What the address holds."""
    return parse_qs(urlsplit(page.url).query)


def total(page: Page) -> int:
    """The number that the page tells."""
    found = re.search(r"\d+", page.locator(COUNT).inner_text())
    return int(found[0]) if found else 0


def with_text(entries: list[dict[str, object]], words: str) -> set[str]:
    """The titles of the articles that have these characters in title or text."""
    return {str(one["title"]) for one in entries if words in f"{one['title']}\n{one['text']}"}


def titles(page: Page) -> list[str]:
    """The titles of the hits."""
    return page.locator(f"{HITS} h2").all_inner_texts()


def some_words(entries: list[dict[str, object]]) -> str:
    """Six characters from the middle of a text, which only it has."""
    for one in entries:
        for run in re.findall(r"[\u4e00-\u9fff]{6,}", str(one["text"])):
            if len(with_text(entries, run[:6])) == 1 and s2t(run[:6]) != run[:6]:
                return str(run[:6])
    raise LookupError("no text of the sample has a run of its own")


def test_what_is_typed_is_found_while_typing(reader: Page, start: str, entries: list[dict[str, object]]) -> None:
    words = some_words(entries)
    reader.goto(start + SEARCH)
    assert reader.evaluate("document.activeElement.matches('.search-form input')")
    reader.keyboard.type(words)
    reader.locator(HITS).first.wait_for(timeout=READY_MS)
    settle(reader)
    assert set(titles(reader)) == with_text(entries, words)
    assert words in reader.locator(f"{HITS} mark").first.inner_text()
    assert state_of(reader) == {"q": [words]}


def test_every_hit_has_the_words_and_every_article_with_them_is_a_hit(
    reader: Page, start: str, entries: list[dict[str, object]]
) -> None:
    for words in ("两天", "帮扶", "。那"):
        search(reader, start, q=f"“{words}”", sort="date")
        shown = set(titles(reader))
        while reader.locator(".search-pager").is_visible() and reader.locator(".search-pager button").last.is_enabled():
            reader.locator(".search-pager button").last.click()
            settle(reader)
            shown |= set(titles(reader))
        assert with_text(entries, words) <= shown


def test_traditional_characters_find_the_same(reader: Page, start: str, entries: list[dict[str, object]]) -> None:
    words = some_words(entries)
    search(reader, start, q=words)
    before = titles(reader)
    search(reader, start, q=s2t(words))
    assert titles(reader) == before != []


def test_a_place_is_suggested_by_its_initials_and_by_its_english(reader: Page, start: str) -> None:
    for typed in ("gz", "guizhou"):
        search(reader, start, q=typed)
        meant = reader.locator(".search-meant a", has_text="贵州").first
        meant.wait_for(timeout=READY_MS)
        assert re.search(r"provinces/guizhou/index\.html$", str(meant.get_attribute("href")))


def test_filters_narrow_the_hits_and_can_be_taken_away(reader: Page, start: str) -> None:
    search(reader, start, q="帮扶")
    whole = total(reader)
    facet = reader.locator("details[data-facet=theme]")
    facet.locator("summary").click()
    entry = facet.locator("label").first
    count = int(entry.locator("small").inner_text())
    entry.click()
    settle(reader)
    assert total(reader) == count <= whole
    assert list(state_of(reader)) == ["q", "theme"]
    assert facet.locator("input:checked").count() == 1
    chip = reader.locator(".search-chosen button")
    assert chip.inner_text().startswith("主题")
    chip.click()
    settle(reader)
    assert total(reader) == whole
    assert "theme" not in state_of(reader)


def test_values_of_one_facet_add_and_the_focus_stays_on_the_box(reader: Page, start: str) -> None:
    search(reader, start)
    boxes = reader.locator("details[data-facet=province] input")
    seen = []
    for number in range(2):
        boxes.nth(number).focus()
        reader.keyboard.press("Space")
        settle(reader)
        assert boxes.nth(number).is_checked()
        assert boxes.nth(number).evaluate("one => one === document.activeElement")
        seen.append(total(reader))
    assert seen[0] <= seen[1]
    assert len(state_of(reader)["province"]) == 2


def test_order_is_by_date_when_asked_and_a_date_is_told(reader: Page, start: str) -> None:
    for order, reverse in (("最新", True), ("最早", False)):
        search(reader, start, q="帮扶")
        reader.get_by_label(order).click()
        settle(reader)
        days = [
            found[0]
            for found in map(re.compile(r"\d{4}-\d\d-\d\d").search, reader.locator(".found-facts").all_inner_texts())
            if found
        ]
        assert len(days) > 2
        assert days == sorted(days, reverse=reverse)


def test_back_and_forward_lead_through_the_searches(reader: Page, start: str) -> None:
    search(reader, start, q="帮扶")
    first = titles(reader)
    reader.locator("details[data-facet=province] label").first.click()
    settle(reader)
    second = titles(reader)
    reader.locator(FIELD).fill("教育")
    reader.locator(FIELD).press("Enter")
    settle(reader)
    reader.go_back()
    settle(reader)
    assert titles(reader) == second
    reader.go_back()
    settle(reader)
    assert (titles(reader), reader.locator(FIELD).input_value()) == (first, "帮扶")
    reader.go_forward()
    settle(reader)
    assert titles(reader) == second


def test_pages_of_hits_have_addresses_and_come_back(reader: Page, start: str) -> None:
    search(reader, start, q="的")
    first = titles(reader)
    assert len(first) == 10
    reader.get_by_role("button", name="下一页").click()
    settle(reader)
    second = titles(reader)
    assert state_of(reader)["page"] == ["2"]
    assert second
    assert not set(first) & set(second)
    reader.locator(f"{HITS} a").first.click()
    reader.locator(".marks-note").wait_for(timeout=READY_MS)
    reader.go_back()
    settle(reader)
    assert titles(reader) == second


def test_where_nothing_is_found_the_page_says_what_to_try(reader: Page, start: str) -> None:
    search(reader, start, q=f"帮扶 {NOTHING}", province="guizhou")
    assert reader.locator(COUNT).inner_text() == "没有找到"
    reader.locator(".search-way", has_text="帮扶").click()
    settle(reader)
    assert titles(reader)
    search(reader, start, q="帮扶", province="taiwan")
    reader.locator(".search-way", has_text="不限省份").click()
    settle(reader)
    assert titles(reader)
    assert state_of(reader) == {"q": ["帮扶"]}


def test_words_that_make_no_sense_break_nothing(reader: Page, start: str) -> None:
    for query in ("“", "-", "。\uff0c", "<img src=x>", "a" * 300, "-帮扶", "%", "\ufdfa", "&q=1#p"):
        search(reader, start, q=query, province="nowhere")
        search(reader, start, q=query, page="99")
        assert reader.locator(FIELD).input_value() == query
    assert reader.locator(".search-page img").count() == 0


def test_a_hit_leads_to_its_paragraph_and_the_words_are_marked(
    reader: Page, start: str, entries: list[dict[str, object]]
) -> None:
    words = some_words(entries)
    search(reader, start, q=words)
    reader.locator(f"{HITS} a").first.click()
    note = reader.locator(".marks-note")
    note.wait_for(timeout=READY_MS)
    assert words in note.inner_text()
    assert words in reader.evaluate(MARKED)
    place = reader.locator(".text :target")
    assert words in place.inner_text()
    assert place.evaluate("one => { const b = one.getBoundingClientRect(); return b.top >= 0 && b.top < innerHeight }")
    note.get_by_role("button", name="不再标出").click()
    assert reader.evaluate(MARKED) == []
    assert note.count() == 0
    assert "h=" not in reader.url
    assert place.count() == 1


def test_a_browser_without_highlights_gets_marks_that_leave_no_trace(
    page: Page, disk: str, entries: list[dict[str, object]]
) -> None:
    words = some_words(entries)
    page.add_init_script("delete CSS.highlights; Object.defineProperty(CSS, 'highlights', {value: undefined})")
    search(page, disk, q=words)
    link = str(page.locator(f"{HITS} a").first.get_attribute("href"))
    page.goto(re.sub(r"\?.*", "", link))
    written = page.locator(".text").inner_html()
    page.goto(link)
    page.locator(".text mark.found").first.wait_for(timeout=READY_MS)
    assert page.locator(".text mark.found").all_inner_texts() == [words]
    page.locator(".script-switch").dispatch_event("click")
    page.locator(".text mark.found", has_text=s2t(words)).wait_for()
    page.locator(".script-switch").dispatch_event("click")
    page.locator("html[data-script=hans]").wait_for(state="attached")
    page.get_by_role("button", name="不再标出").click()
    assert page.locator(".text").inner_html() == written


def test_the_header_shows_pages_and_hits_while_typing(
    reader: Page, start: str, entries: list[dict[str, object]]
) -> None:
    words = some_words(entries)
    reader.goto(start + "about/index.html")
    field = reader.locator(HEADER_FIELD)
    field.click()
    reader.keyboard.type(words)
    reader.locator(".find-panel mark").first.wait_for(timeout=READY_MS)
    assert field.get_attribute("aria-expanded") == "true"
    reader.keyboard.press("ArrowDown")
    active = str(field.get_attribute("aria-activedescendant"))
    assert reader.locator(f"#{active}").get_attribute("aria-selected") == "true"
    reader.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    reader.keyboard.press("ArrowUp")
    assert reader.locator(OPTIONS).last.get_attribute("aria-selected") == "true"
    reader.keyboard.press("Escape")
    assert (field.get_attribute("aria-expanded"), field.input_value()) == ("false", words)
    reader.keyboard.press("Escape")
    assert field.input_value() == ""
    reader.keyboard.type(words)
    reader.locator(".find-panel mark").first.wait_for(timeout=READY_MS)
    reader.keyboard.press("ArrowDown")
    reader.keyboard.press("Enter")
    reader.locator(".marks-note").wait_for(timeout=READY_MS)
    assert words in str(reader.locator(".text").text_content())


def test_enter_in_the_header_opens_the_search_page_even_before_the_search_is_loaded(reader: Page, start: str) -> None:
    reader.goto(start + "about/index.html")
    reader.keyboard.press("/")
    assert reader.evaluate("document.activeElement.matches('.find-field')")
    reader.keyboard.type("教育 帮扶")
    reader.keyboard.press("Enter")
    reader.locator(FIELD).wait_for()
    settle(reader)
    assert reader.locator(FIELD).input_value() == "教育 帮扶"
    assert titles(reader)


def test_nothing_is_searched_while_characters_are_composed(reader: Page, start: str) -> None:
    search(reader, start)
    field = reader.locator(FIELD)
    field.evaluate("""one => {
        one.dispatchEvent(new CompositionEvent('compositionstart'))
        one.value = 'jiao'
        one.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true}))
    }""")
    settle(reader)
    assert state_of(reader) == {}
    field.evaluate("""one => {
        one.value = '教'
        one.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}))
    }""")
    settle(reader)
    assert state_of(reader) == {"q": ["教"]}


def test_only_the_newest_search_is_shown(page: Page, address: str) -> None:
    """Its files come at once, those of the search before it only later."""
    search(page, address)
    held: list[Route] = []

    def hold(route: Route) -> None:
        if len(held) < 1:
            held.append(route)
        else:
            route.continue_()

    page.route("**/search/terms/**", hold)
    page.locator(FIELD).fill("贵州")
    page.wait_for_timeout(600)
    page.locator(FIELD).fill("教育")
    page.locator(f"{HITS} mark", has_text="教育").first.wait_for(timeout=READY_MS)
    shown = titles(page)
    assert len(held) == 1
    held[0].continue_()
    page.wait_for_timeout(400)
    assert titles(page) == shown
    assert state_of(page) == {"q": ["教育"]}


def test_hits_follow_the_switch_of_characters(reader: Page, start: str, entries: list[dict[str, object]]) -> None:
    words = some_words(entries)
    search(reader, start, q=words)
    simplified = titles(reader)
    reader.locator(".script-switch").dispatch_event("click")
    reader.locator(f"{HITS} mark", has_text=s2t(words)).first.wait_for(timeout=READY_MS)
    assert titles(reader) == [s2t(one) for one in simplified]
    assert reader.locator(FIELD).input_value() == words
    reader.locator(".script-switch").dispatch_event("click")
    reader.locator(f"{HITS} mark", has_text=words).first.wait_for(timeout=READY_MS)
    assert titles(reader) == simplified


def test_marks_on_a_page_follow_the_switch_of_characters(
    reader: Page, start: str, entries: list[dict[str, object]]
) -> None:
    words = some_words(entries)
    search(reader, start, q=words)
    reader.locator(f"{HITS} a").first.click()
    reader.locator(".marks-note").wait_for(timeout=READY_MS)
    reader.locator(".script-switch").dispatch_event("click")
    reader.wait_for_function(f"words => {MARKED}.includes(words)", arg=s2t(words))
    reader.locator(".script-switch").dispatch_event("click")
    reader.wait_for_function(f"words => {MARKED}.includes(words)", arg=words)


def test_initials_list_the_pages_meant_and_leave_the_articles_to_the_search_page(reader: Page, start: str) -> None:
    reader.goto(start + "about/index.html")
    reader.locator(HEADER_FIELD).fill("gz")
    last = reader.locator(OPTIONS, has_text="在文章里找")
    last.wait_for(timeout=READY_MS)
    assert reader.locator(".find-panel .find-text").count() == 0
    assert "贵州" in reader.locator(OPTIONS).first.inner_text()
    assert parse_qs(urlsplit(str(last.get_attribute("href"))).query) == {"q": ["gz"]}


def test_a_hit_by_a_name_alone_shows_the_name_in_the_list_and_on_the_page(reader: Page, start: str) -> None:
    search(reader, start, q="guizhou")
    names = reader.locator(".found-names mark").first
    assert names.inner_text().lower() == "guizhou"
    reader.goto(start + "about/index.html")
    reader.locator(HEADER_FIELD).fill("guizhou")
    reader.locator(".find-text mark", has_text=re.compile("guizhou", re.IGNORECASE)).first.wait_for(timeout=READY_MS)


def test_years_are_chosen_from_one_to_another(reader: Page, start: str) -> None:
    search(reader, start, q="帮扶", sort="date")
    first, last = reader.locator(".facet-span select").all()
    years = [year for year in first.locator("option").all_inner_texts() if year.isdigit()]
    low, high = years[1], years[-2]
    first.select_option(low)
    settle(reader)
    last = reader.locator(".facet-span select").last
    last.select_option(high)
    settle(reader)
    assert state_of(reader)["year"] == [f"{low}-{high}"]
    shown = [day[:4] for day in re.findall(r"\d{4}-\d\d", " ".join(reader.locator(".found-facts").all_inner_texts()))]
    assert shown
    assert all(low <= year <= high for year in shown)
    chip = reader.locator(".search-chosen button")
    assert chip.inner_text().startswith(f"年份 {low}–{high}")
    reader.reload()
    settle(reader)
    assert [one.input_value() for one in reader.locator(".facet-span select").all()] == [low, high]
    chip.click()
    settle(reader)
    assert "year" not in state_of(reader)


def test_what_has_no_letter_to_find_is_said_to_have_none(reader: Page, start: str) -> None:
    search(reader, start, q="。\uff0c")
    assert "只有标点" in reader.locator(COUNT).inner_text()
    assert reader.locator(HITS).count() == 0
    assert reader.locator(".search-tips").is_visible()


def test_without_a_word_to_be_near_to_hits_stand_by_date(reader: Page, start: str) -> None:
    search(reader, start, q="-帮扶", sort="relevance")
    assert reader.get_by_label("最新").is_checked()
    assert not reader.get_by_label("相关", exact=True).is_visible()
    search(reader, start, q="帮扶")
    assert reader.get_by_label("相关", exact=True).is_checked()


def test_a_page_of_hits_that_is_not_there_leads_to_the_first_and_reads_no_text_on_the_way(
    page: Page, address: str
) -> None:
    search(page, address, q="东西部协作")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/search/texts/" in request.url else None)
    search(page, address, q="东西部协作")
    first = set(asked)
    asked.clear()
    search(page, address, q="东西部协作", page="999999")
    assert "page" not in state_of(page)
    assert set(asked) == first


def test_on_a_slow_line_the_results_of_a_shared_address_do_not_move_once_they_are_there(
    page: Page, address: str
) -> None:
    """What comes later than they do, such as the names of the conditions, has its room kept."""

    def late(route: Route) -> None:
        time.sleep(0.15)
        route.continue_()

    page.route("**/search/facets/**", late)
    page.add_init_script("""
        window.places = []
        const look = () => {
            const found = document.querySelector('.search-found')
            if (found) places.push(Math.round(found.getBoundingClientRect().top))
            requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
    """)
    page.goto(f"{address}{SEARCH}?q={quote('帮扶')}&province=guizhou&theme=industry")
    settle(page)
    assert page.locator(".search-chosen button").count() >= 2
    started = page.evaluate("places.indexOf(places.at(-1))")
    assert len(page.evaluate(f"[...new Set(places.slice({started}))]")) == 1


def test_the_mark_that_one_is_led_to_is_told_and_one_goes_on_from_there(
    reader: Page, start: str, entries: list[dict[str, object]]
) -> None:
    often = max(entries, key=lambda one: str(one["text"]).count("帮扶"))
    search(reader, start, q=f"帮扶 “{often['title']}”")
    reader.locator(f"{HITS} a").first.click()
    note = reader.locator(".marks-note")
    note.wait_for(timeout=READY_MS)
    now = "[...(CSS.highlights.get('shanhai-now') ?? [])].map(String)"
    note.get_by_role("button", name="下一处").click()
    number, count = map(int, re.findall(r"第 (\d+) / (\d+) 处", note.inner_text())[0])
    assert len(reader.evaluate(now)) == 1
    note.get_by_role("button", name="上一处").click()
    before = int(re.findall(r"第 (\d+) /", note.inner_text())[0])
    assert before == (number - 2) % count + 1


@pytest.fixture
def fox(tmp_path: Path) -> Iterator[Firefox]:
    """A tab of Firefox, in which nothing goes wrong."""
    with firefox(installed(), tmp_path / "profile", Firefox) as one:
        yield one
        one.run("1")
        assert one.faults == []


def once(fox: Firefox, expression: str) -> Any:
    """The value of an expression as soon as it is true; between two pages there is none to ask."""
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        with suppress(RefusedError):
            if value := fox.run(expression):
                return value
        time.sleep(0.05)
    pytest.fail(f"never true: {expression}")


def test_firefox_searches_filters_goes_back_and_marks_from_disk(
    fox: Firefox, disk: str, entries: list[dict[str, object]]
) -> None:
    settled = "!document.querySelector('.search-page')?.hasAttribute('aria-busy')"
    shown = "JSON.stringify([...document.querySelectorAll('.search-results > li h2')].map(one => one.textContent))"
    some = f"{settled} && document.querySelector('.search-results > li') && {shown}"
    fox.open(disk + SEARCH)
    fox.run("document.querySelector('.search-form input').focus()")
    fox.press("帮扶")
    whole = json.loads(once(fox, f"location.search.includes('q=') && {some}"))
    assert len(whole) == 10
    box = "[data-facet=province] li input"
    once(fox, f"document.querySelector('{box}')")
    count = int(fox.run(f"document.querySelector('{box}').closest('li').querySelector('small').textContent"))
    fox.run(f"document.querySelector('{box}').click()")
    fewer = json.loads(once(fox, f"location.search.includes('province=') && {some}"))
    assert len(fewer) == min(count, 10)
    fox.run("history.back()")
    assert json.loads(once(fox, f"!location.search.includes('province=') && {some}")) == whole
    fox.run("history.forward()")
    assert json.loads(once(fox, f"location.search.includes('province=') && {some}")) == fewer
    words = some_words(entries)
    fox.open(f"{disk}{SEARCH}?q={quote(words)}")
    fox.open(once(fox, "document.querySelector('.search-results h2 a')?.href"))
    once(fox, "document.querySelector('.marks-note')")
    assert words in str(fox.run("document.querySelector('.text :target').textContent"))


def test_an_index_that_does_not_come_is_said_and_can_be_asked_for_again(page: Page, address: str) -> None:
    page.route("**/search/start.js*", lambda route: route.abort())
    search(page, address, q="教育")
    assert "没有读到" in page.locator(COUNT).inner_text()
    page.unroute_all()
    page.get_by_role("button", name="再试一次").click()
    page.locator(HITS).first.wait_for(timeout=READY_MS)


def test_the_number_of_hits_is_announced(reader: Page, start: str) -> None:
    search(reader, start, q="教育")
    assert reader.locator(COUNT).get_attribute("role") == "status"
    assert total(reader) > 0


def test_a_page_loads_nothing_of_the_search_but_its_loader(page: Page, address: str, kinds: dict[str, str]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + kinds["article"], wait_until="networkidle")
    assert [one for one in asked if "/search" in one and one.endswith(".js")] == []
    loader = next(one for one in asked if one.endswith("find.js"))
    assert len(gzip.compress(page.request.get(loader).body())) <= MOST_LOADER_BYTES
    assert len(gzip.compress(page.request.get(address + "assets/shanhai/search.js").body())) <= MOST_SCRIPT_BYTES


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_search_page_in_any_state(
    chromium: Browser, address: str, size: tuple[int, int], scheme: str
) -> None:
    if not AXE.is_file():
        pytest.skip(HOW_TO_GET_THEM.format("axe-core"))
    page = chromium.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)  # type: ignore[arg-type]
    found = []
    for state in (
        {"q": "帮扶", "sort": "date"},
        {"q": "的", "theme": "education"},
        {"q": f"帮扶 {NOTHING}", "year": "2019"},
        {},
    ):
        search(page, address, **state)
        unfold(page)
        settle(page)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found += [f"{state}: {fault}" for fault in page.evaluate(RUN_AXE)]
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size[0]
    page.close()
    assert not found, "\n".join(found)


def test_axe_finds_nothing_with_the_list_open_or_with_marks(
    chromium: Browser, address: str, kinds: dict[str, str]
) -> None:
    if not AXE.is_file():
        pytest.skip(HOW_TO_GET_THEM.format("axe-core"))
    page = chromium.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    found = []
    for path, field in (("about/index.html", HEADER_FIELD), ("index.html", ".md-content .find-field")):
        page.goto(address + path)
        page.locator(field).fill("教育")
        page.locator(".find-panel mark").first.wait_for(timeout=READY_MS)
        page.keyboard.press("ArrowDown")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found += page.evaluate(RUN_AXE)
    page.goto(f"{address}{file_of(kinds['article'])}?h={quote('西部 帮扶')}")
    page.locator(".marks-note").wait_for(timeout=READY_MS)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found += page.evaluate(RUN_AXE)
    page.close()
    assert found == []


def test_on_a_phone_a_link_leads_to_the_search_page(chromium: Browser, disk: str, kinds: dict[str, str]) -> None:
    page = chromium.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    page.goto(disk + file_of(kinds["article"]))
    assert not page.locator(HEADER_FIELD).is_visible()
    page.locator(".md-header .find-link").click()
    settle(page)
    page.locator(FIELD).fill("教育")
    page.locator(HITS).first.wait_for(timeout=READY_MS)
    page.locator(".search-filters > summary").click()
    page.locator("details[data-facet=year] summary").click()
    page.locator("details[data-facet=year] li label").first.click()
    settle(page)
    assert list(state_of(page)) == ["q", "year"]
    page.close()


def test_without_scripts_no_field_is_shown_and_the_page_says_why(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator(".find-field:visible, .find-link:visible").count() == 0
    page.goto(address + "search/")
    assert page.locator(".search-form").is_hidden()
    assert page.locator(".none").is_visible()
    context.close()
