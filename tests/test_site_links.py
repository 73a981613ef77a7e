"""Links that lead to a page from disk as well."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.site.links import to_files

FOLDERS = {
    "../": "../index.html",
    "./": "./index.html",
    ".": "index.html",
    "..": "../index.html",
    "../..": "../../index.html",
    "provinces/guizhou/": "provinces/guizhou/index.html",
    "../provinces/guizhou/#pairs": "../provinces/guizhou/index.html#pairs",
    "../?q=%E5%B1%B1#p1": "../index.html?q=%E5%B1%B1#p1",
    "/": "/index.html",
    "/articles/": "/articles/index.html",
}
OTHERS = (
    "#p1",
    "",
    "?q=1",
    "../data/articles.csv",
    "a..",
    "https://example.org/",
    "HTTPS://example.org/a/#b",
    "//example.org/a/",
    "mailto:a@example.org",
)


@pytest.mark.parametrize(("folder", "file"), FOLDERS.items())
@pytest.mark.parametrize(
    "link",
    [
        '<a href="{}">',
        '<a class="x" title="a > b" href="{}" id="y">',
        '<svg><a xlink:href="{}">',
        '<A\n  HREF="{}">',
        '<link rel="next" href="{}">',
    ],
)
def test_a_link_to_a_folder_names_its_file(link, folder, file):
    assert to_files(link.format(folder)) == link.format(file)


@pytest.mark.parametrize("target", OTHERS)
def test_any_other_link_stays(target):
    assert to_files(f'<a href="{target}">') == f'<a href="{target}">'


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="canonical" href="https://example.org/a/">',
        '<link rel="canonical" href="a/">',
        '<a data-href="a/">',
        '<abbr href="a/">',
        "<p>href=&quot;a/&quot;</p>",
        '<p>&lt;a href="a/"&gt;</p>',
        '<meta content="a/"><script type="application/ld+json">{"url": "a/"}</script>',
        '<script type="application/ld+json">{"text": "<a href=\\"a/\\">"}</script>',
    ],
)
def test_what_is_no_link_of_the_page_stays(html):
    assert to_files(html) == html


def test_doing_it_twice_changes_nothing_more():
    once = to_files("".join(f'<a href="{folder}">' for folder in FOLDERS))
    assert to_files(once) == once


@given(st.text())
def test_text_without_tags_stays(text):
    """Whatever an article says, it stands on the page with its `<` escaped."""
    escaped = text.replace("<", "&lt;")
    assert to_files(escaped) == escaped
