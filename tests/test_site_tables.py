"""Tables with captions, header cells and classes instead of styles."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.pages.markdown import Markdown, table

EXTENSIONS = ["attr_list", "md_in_html", "tables", "shanhai.site.tables"]
ROWS = "| a | b |\n|---|--:|\n| c | 1 |"


def html(source):
    return markdown.markdown(source, extensions=EXTENSIONS)


def test_a_line_directly_above_a_table_is_its_caption():
    page = html(f"before\n\nTable: words\n\n{ROWS}\n\nafter")
    assert "<table><caption>words</caption><thead>" in page
    assert "Table:" not in page
    assert page.startswith("<p>before</p>\n<div")
    assert page.endswith("</div>\n<p>after</p>")


def test_inline_markdown_works_in_a_caption():
    assert '<caption><em>a</em> <a href="b">c</a></caption>' in html(f"Table: *a* [c](b)\n\n{ROWS}")


@pytest.mark.parametrize("above", ["Tables: x", "a Table: x", "- Table: x", "# Table: x", "**Table:** x"])
def test_any_other_line_above_a_table_stays(above):
    page = html(f"{above}\n\n{ROWS}")
    assert "<caption>" not in page
    assert "Table" in page


def test_a_caption_belongs_to_the_table_right_below_it():
    page = html(f"Table: x\n\nbetween\n\n{ROWS}\n\nTable: y\n\n{ROWS}")
    assert "<p>Table: x</p>" in page
    assert page.count("<caption>") == 1
    assert page.index("<caption>y</caption>") > page.index("</table>")


def test_cells_of_the_head_are_headers_of_their_columns():
    assert html(ROWS).count('scope="col"') == 2


@pytest.mark.parametrize("mark", ["role=rowheader", "scope=row"])
def test_a_marked_cell_is_the_header_of_its_row(mark):
    page = html(f"| a | b |\n|---|---|\n| *c* {{: {mark} .x }} | d |")
    assert '<th class="x" scope="row"><em>c</em></th>' in page
    assert "<td>d</td>" in page
    assert "role=" not in page


def test_alignment_is_a_class_beside_other_classes():
    page = html("| a | b | c |\n|:--|--:|:-:|\n| d | e {: .x } | f |")
    assert "style=" not in page
    assert '<td class="right x">e</td>' in page
    assert '<td class="center">f</td>' in page


def test_each_table_stands_in_a_frame_that_scrolls_also_within_html():
    page = html(f'<figure markdown="1">\n\nTable: x\n\n{ROWS}\n\n</figure>\n\n{ROWS}')
    assert page.count('<div class="sheet">\n<table>') == 2
    assert page.index("<caption>") < page.index("</figure>")


def test_the_pages_own_tables_carry_their_caption():
    written = table(["a", "b"], [["c", "1"]], numeric=1, caption="n = 1")
    assert "<caption>n = 1</caption>" in html(written)
    assert not table(["a"], [["c"]]).startswith("Table:")
    assert "<caption><em>x</em></caption>" in html(table(["a"], [["c"]], caption=Markdown("*x*")))


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1))
def test_a_caption_of_any_text_is_text(words):
    """Whatever stands in it becomes neither markup nor a second table."""
    page = html(table(["a"], [["c"]], caption=words))
    assert page.count("<caption>") == page.count("<table>") == 1
    inside = page.partition("<caption>")[2].partition("</caption>")[0]
    assert "<" not in inside
