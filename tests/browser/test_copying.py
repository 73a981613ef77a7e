"""The cite box in a browser: copied is what is shown, with the clipboard and without, on a page read from disk."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import markdown
import pytest

from cited import cited, placed
from shanhai.pages.articles.citation import box
from sites import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

ASSETS = PROJECT / "site_overrides" / "assets" / "shanhai"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
PAGE = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>题</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' file:"></head>
<body>{}<textarea aria-label="贴在这里"></textarea><script src="copy.js" defer></script></body></html>"""


@pytest.fixture
def cite_page(tmp_path: Path) -> str:
    """A page with the cite box of an article, and the script, on disk."""
    one = placed(cited(url="https://news.example.cn/a.html", title="账本<b>与</b>茶"))
    shutil.copy(ASSETS / "copy.js", tmp_path)
    made = markdown.markdown(box(one, f"{one.path}.md"), extensions=["attr_list", "md_in_html"])
    (tmp_path / "index.html").write_text(PAGE.format(made), encoding="utf-8")
    return (tmp_path / "index.html").as_uri()


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    for summary in page.locator("summary").all():
        summary.click()
    return page


def pasted(page: Page) -> str:
    """What the clipboard holds, by the reader's own way: paste."""
    page.locator("textarea").focus()
    page.keyboard.press("Control+V")
    return page.locator("textarea").input_value()


@pytest.mark.parametrize("script", ["", NO_CLIPBOARD], ids=["clipboard", "no clipboard"])
@pytest.mark.parametrize("number", [0, 4], ids=["GB/T 7714", "BibTeX"])
def test_a_button_copies_the_citation_as_it_is_shown(page, cite_page, script, number):
    if script:
        page.add_init_script(script)
    else:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, cite_page)
    page.locator(".cite-copy").nth(number).click()
    page.get_by_role("status").get_by_text("已复制").wait_for()
    assert pasted(page) == page.locator(".cite-text").nth(number).text_content().strip()


def test_the_reader_s_own_day_stands_where_a_citation_wants_one(page, cite_page):
    opened(page, cite_page)
    today = page.evaluate("new Date().toLocaleDateString('sv')")
    assert f"2019-03-11[{today}]. https://news.example.cn/a.html." in page.locator(".cite-text").first.text_content()


def test_every_citation_has_one_button_with_a_name_of_its_own(page, cite_page):
    opened(page, cite_page)
    names = [button.get_attribute("aria-label") for button in page.locator(".cite-copy").all()]
    assert len(names) == page.locator(".cite-text").count() == 7
    assert len(set(names)) == 7
    assert all(re.fullmatch(r"复制 .+ 引文", name) for name in names)


def test_without_scripts_the_citations_stand_there_without_buttons(chromium, cite_page):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(cite_page)
    assert page.locator(".cite-text").count() == 7
    assert page.locator(".cite-copy").count() == 0
    assert "[引用日期]" in page.locator(".cite-text").first.text_content()
    context.close()
