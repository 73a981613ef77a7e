"""Text of an article is never markup: whatever it holds, a page shows it as it is and does nothing with it."""

from __future__ import annotations

import html
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from shanhai.pages.escape import attribute, front_matter, inline, markup, theme_title, visible, web_address

# A slow machine is no fault of the code, and the first example loads libraries.
UNTIMED = settings(deadline=None)
TABLE = yaml.safe_load(Path(__file__).with_name("injection.yml").read_text(encoding="utf-8"))
CASES = [pytest.param(one["text"], id=one["case"]) for one in TABLE]
EXTENSIONS = [
    "attr_list", "md_in_html", "tables", "toc", "footnotes", "admonition", "abbr", "def_list", "pymdownx.superfences",
    "pymdownx.details", "pymdownx.caret", "pymdownx.tilde", "pymdownx.highlight",
]  # fmt: skip
MORE_EXTENSIONS = [
    *EXTENSIONS, "sane_lists", "wikilinks", "pymdownx.magiclink", "pymdownx.emoji", "pymdownx.mark", "pymdownx.keys",
    "pymdownx.critic", "pymdownx.tasklist", "pymdownx.tabbed", "pymdownx.arithmatex", "pymdownx.inlinehilite",
    "pymdownx.snippets", "pymdownx.betterem", "pymdownx.blocks.admonition", "pymdownx.blocks.html",
]  # fmt: skip
# Everything that has a meaning for Markdown, HTML, YAML or Jinja, and a little that has none.
HOSTILE_TEXT = st.text(st.sampled_from(list("\\`*_{}[]()<>&|~^#$@!+-.:=/\"'?%;,1a江 \n\t\x02\x03\u2028")), max_size=40)
ANY_TEXT = st.one_of(HOSTILE_TEXT, st.text(max_size=80))

# Where text stands in a page, and the elements that this place itself makes.
PLACES = {
    "paragraph": ("{}", {"p"}),
    "paragraph between others": ("前文\n\n{}\n\n后文", {"p"}),
    "line of a paragraph": ("前文\n{}", {"p"}),
    "heading": ("## {}", {"h2"}),
    "list item": ("- {}", {"ul", "li"}),
    "table cell": ("| 甲 | 乙 |\n|---|---|\n| {} | 2 |", {"table", "thead", "tbody", "tr", "th", "td"}),
    "link label": ("[{}](a.md)", {"p", "a"}),
    "quote": ("> {}", {"blockquote", "p"}),
    "strong": ("**前{}后**", {"p", "strong"}),
}  # fmt: skip


class Elements(HTMLParser):
    """The elements, attributes and text of rendered Markdown."""

    def __init__(self, rendered: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: dict[str, str | None] = {}
        self.text = ""
        self.feed(rendered)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(attrs)

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data!r}")

    def handle_decl(self, decl):
        raise AssertionError(f"a declaration: {decl!r}")

    def handle_pi(self, data):
        raise AssertionError(f"an instruction: {data!r}")


@cache
def converter(extensions: tuple[str, ...]) -> markdown.Markdown:
    return markdown.Markdown(extensions=list(extensions))


def rendered_by(extensions: list[str], source: str) -> str:
    return converter(tuple(extensions)).reset().convert(source)


def folded(text: str) -> str:
    return " ".join(text.split())


def assert_inert(text: str, place: str, extensions: list[str]) -> None:
    template, own_tags = PLACES[place]
    rendered = rendered_by(extensions, template.format(inline(text)))
    seen = Elements(rendered)
    expected = Elements(rendered_by(extensions, template.format("字")))
    assert seen.tags <= expected.tags <= own_tags
    assert seen.attributes.keys() - {"id"} <= expected.attributes.keys() - {"id"}
    shown = Elements(re.sub(r"(?s)<t[dh][^>]*>(?=2<|[甲乙]<)", " ", rendered)).text
    around = {"paragraph between others": "前文 {} 后文", "line of a paragraph": "前文 {}", "strong": "前{}后",
              "table cell": "甲 乙 {} 2"}.get(place, "{}")  # fmt: skip
    assert folded(shown) == folded(around.format(visible(text)))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", CASES)
def test_case_of_the_table_reads_as_plain_text_in_every_place(text, place):
    assert_inert(text, place, EXTENSIONS)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", CASES)
def test_case_of_the_table_is_inert_under_extensions_a_site_might_add(text, place):
    assert_inert(text, place, MORE_EXTENSIONS)


@UNTIMED
@given(ANY_TEXT, st.sampled_from(sorted(PLACES)))
def test_any_text_reads_as_plain_text(text, place):
    assert_inert(text, place, EXTENSIONS)


@UNTIMED
@given(ANY_TEXT)
def test_any_text_is_inert_under_extensions_a_site_might_add(text):
    assert_inert(text, "paragraph", MORE_EXTENSIONS)


@UNTIMED
@given(ANY_TEXT, ANY_TEXT)
def test_texts_side_by_side_are_inert_too(left, right):
    seen = Elements(markdown.markdown(f"字{inline(left)}<mark>{inline(right)}</mark>", extensions=EXTENSIONS))
    assert seen.tags == {"p", "mark"}
    assert not seen.attributes


@UNTIMED
@given(ANY_TEXT)
def test_inline_text_holds_no_template_expression_and_no_line_break(text):
    escaped = inline(text)
    assert not re.search(r"\{|\}|\n|\r|<|>", escaped)


def test_ordinary_chinese_text_stays_as_it_is():
    text = "2019年\uff0c福建企业+宁夏资源\uff08记者 张三\uff09 8:30 1,200 50% 93(01)班\u3000《章程》第1.2条"
    assert inline(text) == text


@pytest.mark.parametrize("text", CASES)
def test_attribute_keeps_its_text_and_ends_nothing_inside_markdown(text):
    rendered = markdown.markdown(f'字<span title="{attribute(text)}">内</span>字', extensions=EXTENSIONS)
    seen = Elements(rendered)
    assert seen.tags == {"p", "span"}
    assert seen.attributes.keys() == {"title"}
    assert folded(seen.attributes["title"]) == folded(visible(text))
    assert seen.text == "字内字"


@UNTIMED
@given(ANY_TEXT)
def test_attribute_of_any_text_ends_nothing(text):
    seen = Elements(markdown.markdown(f'字<span title="{attribute(text)}">内</span>字', extensions=EXTENSIONS))
    assert (seen.tags, seen.attributes.keys(), seen.text) == ({"p", "span"}, {"title"}, "字内字")


@UNTIMED
@given(ANY_TEXT)
def test_markup_outside_markdown_is_the_text(text):
    seen = Elements(f"<p>{markup(text)}</p>")
    assert seen.tags == {"p"}
    assert html.unescape(markup(text)) == visible(text)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", " https://a.example", 'https://a.example/"x',
        "https://a.example/<b>", "//a.example", "file:///etc/passwd", "https://", "https://a.example/\n", "", None,
        "https://a.example\\@b.example", "https://a.example/\u202ex", "vbscript:x", "ftp://a.example",
    ],
)  # fmt: skip
def test_only_plain_web_addresses_become_links(url):
    assert web_address(url) is None


def test_a_web_address_is_kept_with_its_query():
    escaped = web_address("https://a.example/b_c*d?e=1&f={g}#h")
    assert html.unescape(escaped) == "https://a.example/b_c*d?e=1&f={g}#h"


@pytest.mark.parametrize("text", CASES)
def test_front_matter_keeps_every_string_a_string(text):
    body, fields = get_data(front_matter({"title": text, "tags": [text]}) + "\n# 正文\n")
    shown = visible(text).strip()
    assert (fields, body.strip()) == ({"title": shown, "tags": [shown]}, "# 正文")


@UNTIMED
@given(ANY_TEXT)
def test_front_matter_never_breaks(text):
    _, fields = get_data(front_matter({"title": text, "date": "2019-03-11"}))
    assert fields == {"title": visible(text).strip(), "date": "2019-03-11"}


@UNTIMED
@given(ANY_TEXT, ANY_TEXT)
def test_front_matter_keeps_nested_fields_and_other_types(key, text):
    _, fields = get_data(front_matter({"links": {key: [text]}, "hide": True, "count": 3}))
    assert fields == {"links": {visible(key).strip(): [visible(text).strip()]}, "hide": True, "count": 3}


@UNTIMED
@given(ANY_TEXT)
def test_theme_title_is_harmless_printed_raw_and_with_its_references_undone(text):
    from jinja2 import Template  # noqa: PLC0415 - only this test plays a theme

    theme = Template('<title>{{ title | striptags }}</title><b title="{{ title }}">{{ title }}</b>')
    seen = Elements(theme.render(title=theme_title(text)))
    assert seen.tags == {"title", "b"}
    assert seen.attributes.keys() <= {"title"}
    assert not re.search(r"[{}<>\"]", theme_title(text))
