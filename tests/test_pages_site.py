"""All pages together: which there are, that they are pure, complete and linked both ways, and that lists stay short."""

from __future__ import annotations

import posixpath
import re
from functools import cache

import pytest
import yaml

from pages_fixture import archive
from shanhai.annotate.gazetteer import provinces
from shanhai.annotate.vocabulary import themes
from shanhai.pages.listing import MOST_BESIDE_TABLES, MOST_ON_A_PAGE
from shanhai.pages.rules import anchor, is_of_tags, rules
from shanhai.pages.site import render
from shanhai.pages.targets import pair_page, phrase_page, practice_page, source_page, unit_page
from shanhai.relate.facts import source
from shanhai.relate.phrases import phrases
from shanhai.relate.views import Archive, view

EMPTY = Archive(articles=(), rejected=(), repairs={}, files=0)
SAME_PLAN = range(3, 3 + 12 * 450, 12)
"""450 articles of one plan: all of one year, on the same two provinces and two themes."""

LINK = re.compile(r'\]\(([^()\s]*)(?: "[^"]*")?\)')
BY_HAND = {"help.md", "about.md"}
"""Pages that are written by hand and not rendered here."""


@cache
def pages() -> dict[str, str]:
    """The pages of the fixture."""
    return render(view(archive()))


def links(page: str, text: str) -> list[tuple[str, str]]:
    """Path below docs/ and anchor of every Markdown link of a page."""
    found = []
    for target in LINK.findall(text):
        path, _, fragment = target.partition("#")
        found.append((posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page, fragment))
    return found


def anchors_of(text: str) -> set[str]:
    """Every anchor of a page, of its Markdown and of its HTML."""
    return {first or second for first, second in re.findall(r'\{: #([\w-]+)|\bid="([^"]+)"', text)}


def list_of(text: str) -> str:
    """The list of articles on a page, without what stands before it."""
    return text.rpartition("{: #articles")[2]


def test_there_is_a_page_for_everything_that_an_archive_speaks_of_and_the_indexes() -> None:
    whole = archive()
    expected = {"index.md", "en.md", "how-made.md", "how-tagged.md", "downloads.md"}
    kinds = ("articles", "provinces", "pairs", "themes", "phrases", "practices", "years", "sources")
    expected |= {f"{kind}/index.md" for kind in kinds}
    expected |= {f"{one.path}.md" for one in whole.articles}
    expected |= {f"{one.path}/apparatus.md" for one in whole.articles}
    units = {*(one.code for one in provinces()), "520300", "520328", "510800", "510824"}
    expected |= {unit_page(code) for code in units}
    expected |= {phrase_page(one.slug) for one in phrases()}
    expected |= {pair_page(one.origin_code, one.target_code) for one in view(whole).pairs}
    expected |= {practice_page("晒谷场例会"), source_page("山海周报")}
    expected |= {f"themes/{one.slug}.md" for one in themes()}
    years = (1996, 2001, 2016, 2017, 2018, 2019, 2020, 2021, 2023, 2024, "undated")
    expected |= {f"years/{year}.md" for year in years}
    assert {page for page in pages() if page.endswith(".md")} == expected
    assert all(page.startswith("data/") for page in pages() if not page.endswith(".md"))


def test_the_same_archive_gives_the_same_pages() -> None:
    assert render(view(archive())) == pages()


@pytest.mark.parametrize(
    "numbers", [range(0), range(1), range(12), SAME_PLAN], ids=["none", "one", "all", "long lists"]
)
def test_every_link_leads_to_a_page_and_every_anchor_is_there(numbers: range) -> None:
    made = render(view(archive(numbers)))
    anchors = {page: anchors_of(text) for page, text in made.items()}
    broken = [
        (page, target, fragment)
        for page, text in made.items()
        if page.endswith(".md")
        for target, fragment in links(page, text)
        if target not in BY_HAND and (target not in made or (fragment and fragment not in anchors[target]))
    ]
    assert broken == []


def test_articles_and_their_lists_link_to_each_other() -> None:
    for one in archive().articles:
        page = f"{one.path}.md"
        text = pages()[page]
        lists = {target for target, _ in links(page, text) if target.startswith(("provinces/", "themes/", "pairs/"))}
        lists |= {target for target, _ in links(page, text) if target.startswith(("years/", "sources/", "practices/"))}
        kinds = {"provinces", "themes", "pairs", "years", "practices"} | ({"sources"} if source(one) else set())
        assert {target.partition("/")[0] for target in lists} == kinds
        for target in lists:
            assert page in {back for back, _ in links(target, pages()[target])}, target


def test_every_province_has_its_dossier_and_an_empty_one_says_so_without_a_zero() -> None:
    empty = pages()["provinces/xizang.md"]
    assert "本库尚无" in empty
    assert not re.search(r"(?<![\d.])0(?![\d.])", empty.replace("540000", ""))


def test_a_dossier_tells_pairs_from_both_sides_with_their_basis() -> None:
    jiangsu, guizhou = pages()["provinces/jiangsu.md"], pages()["provinces/guizhou.md"]
    for page in (jiangsu, guizhou):
        assert "## 结对 {: #pairs " in page
        assert "](../pairs/320000-520000.md)" in page
    assert "2021" in pages()["provinces/shandong.md"].partition("{: #pairs ")[2].partition("\n## ")[0]


def test_a_theme_page_gives_its_definition_its_cues_and_its_provinces() -> None:
    theme = next(one for one in themes() if one.label == "教育帮扶")
    page = pages()[f"themes/{theme.slug}.md"]
    assert theme.definition.zh in page
    assert theme.cues[3][0] in page
    assert "[江苏省](../provinces/jiangsu.md)" in page


@pytest.mark.parametrize(
    ("list_page", "most"),
    [
        ("provinces/guizhou", MOST_BESIDE_TABLES),
        ("themes/education", MOST_BESIDE_TABLES),
        ("years/2017", MOST_ON_A_PAGE),
    ],
)
def test_a_long_list_goes_on_over_several_pages_and_loses_no_article(list_page: str, most: int) -> None:
    whole = archive(SAME_PLAN[: 2 * most + 50])
    made = render(view(whole))
    listed = [
        {target for target, _ in links(page, list_of(made[page])) if re.match(r"articles/2017/", target)}
        for page in (f"{list_page}.md", f"{list_page}-2.md", f"{list_page}-3.md")
    ]
    assert [len(one) for one in listed] == [most, most, 50]
    assert set().union(*listed) == {f"{one.path}.md" for one in whole.articles}
    assert f"{list_page}-4.md" not in made


def test_the_home_page_shows_counts_map_matrix_themes_and_newest() -> None:
    home = pages()["index.md"]
    assert "[文章](articles/index.md)" in home
    assert '<svg class="tiles' in home
    assert home.count("<figure") == 2
    assert re.search(r'<a href="pairs/320000-520000/"[^>]*>3</a>|<a href="provinces/jiangsu/[^"]*"[^>]*>3</a>', home)
    assert home.index("第11本账") < home.index("第10本账")


def test_an_empty_archive_gives_a_whole_site() -> None:
    made = render(view(EMPTY))
    pages_made = [page for page in made if page.endswith(".md")]
    assert len(pages_made) == 5 + 8 + 34 + 16 + len(phrases())
    assert "这一次没有放在一边的文件" in made["how-made.md"]


def test_the_making_lists_every_file_set_aside_as_text() -> None:
    page = pages()["how-made.md"]
    assert "broken/a&#124;b&#42;c.txt" in page
    assert "&#60;b&#62;PK&#60;/b&#62;" in page
    assert "文件是空的" in page


def test_the_making_has_one_anchor_for_every_rule_and_no_clock() -> None:
    made, tagged = pages()["how-made.md"], pages()["how-tagged.md"]
    for rule in rules():
        counts = [page.count(f"#{anchor(rule)} ") for page in (made, tagged)]
        assert counts == ([0, 1] if is_of_tags(rule) else [1, 0])
    assert "秒" not in made + tagged


def test_no_page_holds_text_as_markup_whatever_the_title() -> None:
    hostile = '<script>alert(1)</script> {{ 7*7 }} | [x](javascript:1) "a" {: onclick=x }'
    for page, text in render(view(archive(titles={3: hostile}))).items():
        if not page.endswith(".md"):
            continue
        body = text.split("---\n", 2)[2]
        shown = yaml.safe_load(text.split("---\n", 2)[1])
        assert "<" not in shown["title"] + shown.get("description", ""), page
        assert "<script" not in body, page
        assert "{{" not in body, page
        assert "](javascript" not in body, page
