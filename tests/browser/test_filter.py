"""The filter above a long list, on a page read from disk: what is typed leaves the entries that hold all of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import markdown
import pytest
from reader import SIZES, Faults

from pages_fixture import article
from shanhai.pages.listing import LEAST_FILTERED, by_year, pager
from shanhai.relate.views import Archive, view
from sites import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ASSETS = PROJECT / "site_overrides" / "assets" / "shanhai"
SCRIPT = ASSETS / "filter.js"
MOST_SCRIPT_BYTES = 3_000
POLICY = "default-src 'none'; script-src 'self' file:; style-src 'self' file:"
PAGE = f"""<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>题</title>
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<link rel="stylesheet" href="lists.css"><script src="filter.js" defer></script></head>
<body><main class="md-content"><article class="md-typeset">{{}}</article></main></body></html>"""
TITLES = {0: "\uff21\uff22\uff23 Village 1\uff0b10", 1: "劳务协作的账", 2: "教育帮扶的账"}
FIELD = "input[type=search]"


def written(folder: Path, count: int, above: str = "", times: int = 1) -> str:
    """The address of a page that lists so many articles of the fixture by year."""
    articles = [article(number, title=TITLES.get(number)) for number in range(count)]
    newest = view(Archive(articles=tuple(articles), rejected=(), repairs={}, files=count)).newest
    listed = by_year(newest, "years/index.md", headings=times == 1) + "\n\n"
    made = markdown.markdown(above + listed * times, extensions=["attr_list", "md_in_html"])
    for asset in (SCRIPT, ASSETS / "lists.css"):
        shutil.copy(asset, folder)
    (folder / "index.html").write_text(PAGE.format(made), encoding="utf-8")
    return (folder / "index.html").as_uri()


@pytest.fixture
def listed(page: Page, tmp_path: Path) -> Page:
    """A page with a list of thirty articles."""
    page.goto(written(tmp_path, 30))
    return page


def shown(page: Page) -> list[str]:
    """The titles of the entries that are to be seen."""
    return page.locator(".articles li:visible a:first-child").all_inner_texts()


def years(page: Page) -> int:
    return page.locator("h3:visible").count()


def test_the_script_stays_small() -> None:
    assert len(SCRIPT.read_bytes()) <= MOST_SCRIPT_BYTES


def test_entries_with_all_the_words_stay_and_years_left_empty_go(listed: Page) -> None:
    whole, headings = len(shown(listed)), years(listed)
    listed.locator(FIELD).fill("账 教育")
    assert shown(listed) == [TITLES[2]]
    assert years(listed) == 1
    listed.locator(FIELD).fill("")
    assert (len(shown(listed)), years(listed)) == (whole, headings)


def test_widths_and_cases_are_alike(listed: Page) -> None:
    for typed in ("abc", "\uff21\uff22\uff43", "1+10", "\uff11\uff0b\uff11\uff10 VILLAGE"):
        listed.locator(FIELD).fill(typed)
        assert shown(listed) == [TITLES[0]]


def test_dates_and_sources_are_searched_too(listed: Page) -> None:
    listed.locator(FIELD).fill("03-08 山海周报")
    assert sorted(shown(listed)) == ["江苏与贵州的第16本账", "江苏与贵州的第28本账", "江苏与贵州的第4本账"]


def test_hits_are_announced_and_nothing_found_is_said(listed: Page) -> None:
    told = listed.locator("output[aria-live=polite]")
    assert told.inner_text() == ""
    listed.locator(FIELD).fill("教育")
    assert told.inner_text() == "1 / 30 条"
    listed.locator(FIELD).fill("查无此事")
    assert told.inner_text().startswith("0 / 30")
    assert (shown(listed), years(listed)) == ([], 0)


def test_escape_clears_the_field_and_brings_the_list_back(listed: Page) -> None:
    field = listed.locator(FIELD)
    field.fill("教育")
    field.press("Escape")
    assert field.input_value() == ""
    assert len(shown(listed)) == 30


def test_the_field_has_a_label_and_leaves_the_address_alone(listed: Page) -> None:
    before = listed.url
    listed.get_by_label("筛选").fill("教育")
    assert listed.url == before
    assert shown(listed) == [TITLES[2]]


def test_traditional_characters_find_simplified_ones_where_the_page_knows_them(page: Page, tmp_path: Path) -> None:
    address = written(tmp_path, 30)
    page.goto(address)
    page.locator(FIELD).fill("勞務協作")
    assert shown(page) == []
    page.add_init_script("window.shanhaiSimplified = text => text.replace('勞務協作', '劳务协作')")
    page.goto(address)
    page.locator(FIELD).fill("勞務協作")
    assert shown(page) == [TITLES[1]]


def test_a_page_of_a_longer_list_says_that_only_it_is_filtered(page: Page, tmp_path: Path) -> None:
    page.goto(written(tmp_path, 30, pager("years/index.md", 450, 1) + "\n\n"))
    page.get_by_label("筛选这一页").fill("教育")
    assert page.locator("output").inner_text() == "1 / 30 条"


@pytest.mark.parametrize(("count", "fields"), [(LEAST_FILTERED - 1, 0), (LEAST_FILTERED, 1)])
def test_a_short_list_gets_no_filter(page: Page, tmp_path: Path, count: int, fields: int) -> None:
    page.goto(written(tmp_path, count))
    assert page.locator(FIELD).count() == fields


def test_two_lists_have_a_field_each_that_leaves_the_other_alone(page: Page, tmp_path: Path) -> None:
    page.goto(written(tmp_path, 30, times=2))
    first, second = page.locator(FIELD).all()
    first.fill("教育")
    assert len(shown(page)) == 1 + 30
    second.fill("劳务")
    assert shown(page) == [TITLES[2], TITLES[1]]


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_place_of_the_field_is_kept_free_so_that_nothing_moves(
    page: Page, tmp_path: Path, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.route("**/filter.js", lambda route: route.abort())
    address = written(tmp_path, 30)
    page.goto(address)
    before = page.locator("h3").first.bounding_box()
    page.unroute_all()
    page.goto(address)
    assert page.locator(FIELD).count() == 1
    assert page.locator("h3").first.bounding_box() == before
    page.locator(FIELD).fill("账")
    assert page.locator("h3").first.bounding_box() == before


def test_without_scripts_there_is_no_empty_place(chromium: Browser, tmp_path: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(written(tmp_path, 30))
    assert not page.locator(".filter").is_visible()
    assert page.locator(".articles li:visible").count() == 30
    context.close()


def test_nothing_goes_wrong_on_the_way(page: Page, tmp_path: Path) -> None:
    address = written(tmp_path, 30)
    faults = Faults(page, address.rpartition("/")[0])
    page.goto(address)
    page.locator(FIELD).fill("教育")
    assert list(faults) == []
