"""All pages together: which there are, that they are pure, complete and linked both ways, and that lists stay short."""

from __future__ import annotations

import posixpath
import re
from functools import cache

import pytest

from pages_fixture import archive
from shanhai.annotate.gazetteer import provinces
from shanhai.annotate.vocabulary import themes
from shanhai.pages.listing import MOST_ON_A_PAGE
from shanhai.pages.rules import anchor, is_of_tags, rules
from shanhai.pages.site import render
from shanhai.relate.views import Archive

EMPTY = Archive(articles=(), rejected=(), repairs={}, files=0)
SAME_PLAN = range(3, 3 + 12 * 450, 12)
"""450 articles of one plan: all of one year, on the same two provinces and two themes."""

LINK = re.compile(r'\]\(([^()\s]*)(?: "[^"]*")?\)')
NOT_OURS = {"help.md", "data/rejected.jsonl", "data/figures.csv", "data/articles.jsonl"}


@cache
def pages() -> dict[str, str]:
    """The pages of the fixture."""
    return render(archive())


def links(page: str, text: str) -> list[tuple[str, str]]:
    """Path below docs/ and anchor of every Markdown link of a page."""
    found = []
    for target in LINK.findall(text):
        path, _, fragment = target.partition("#")
        found.append((posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page, fragment))
    return found


def test_there_is_a_page_for_every_article_province_theme_and_year_and_the_indexes() -> None:
    whole = archive()
    expected = {"index.md", "how-made.md", "how-tagged.md"}
    expected |= {f"{kind}/index.md" for kind in ("articles", "provinces", "themes", "years")}
    expected |= {f"{one.path}.md" for one in whole.articles}
    expected |= {f"provinces/{one.slug}.md" for one in provinces()}
    expected |= {f"themes/{one.slug}.md" for one in themes()}
    years = (1996, 2001, 2016, 2017, 2018, 2019, 2020, 2021, 2023, 2024, "undated")
    expected |= {f"years/{year}.md" for year in years}
    assert set(pages()) == expected


def test_the_same_archive_gives_the_same_pages() -> None:
    assert render(archive()) == pages()


@pytest.mark.parametrize(
    "numbers", [range(0), range(1), range(12), SAME_PLAN], ids=["none", "one", "all", "long lists"]
)
def test_every_link_leads_to_a_page_and_every_anchor_is_there(numbers: range) -> None:
    made = render(archive(numbers))
    anchors = {page: set(re.findall(r"\{: #([\w-]+)", text)) for page, text in made.items()}
    broken = [
        (page, target, fragment)
        for page, text in made.items()
        for target, fragment in links(page, text)
        if target not in NOT_OURS and (target not in made or (fragment and fragment not in anchors[target]))
    ]
    assert broken == []


def test_articles_and_their_lists_link_to_each_other() -> None:
    for one in archive().articles:
        page = f"{one.path}.md"
        outward = {target for target, _ in links(page, pages()[page])}
        lists = {target for target in outward if target.startswith(("provinces/", "themes/", "years/"))}
        assert len(lists) == 5
        for target in lists:
            assert page in {back for back, _ in links(target, pages()[target])}


def test_every_province_has_its_dossier_and_an_empty_one_says_so_without_a_zero() -> None:
    empty = pages()["provinces/xizang.md"]
    assert "本库尚无报道西藏自治区的文章" in empty
    assert not re.search(r"(?<!\d)0(?!\d)", empty.replace("540000", ""))


def test_a_dossier_tells_pairs_from_both_sides_with_their_basis() -> None:
    jiangsu, guizhou = pages()["provinces/jiangsu.md"], pages()["provinces/guizhou.md"]
    assert "## 结对 {: #pairs }" in jiangsu
    assert "作为帮扶方" in jiangsu
    assert "作为受援方" not in jiangsu
    assert "作为受援方" in guizhou
    assert "2016 年官方结对安排" in guizhou
    assert "据文章" in pages()["provinces/shandong.md"]
    assert "遵义市湄潭县 <small>3</small>" in guizhou


def test_a_theme_page_gives_its_definition_its_cues_and_its_provinces() -> None:
    theme = next(one for one in themes() if one.label == "教育帮扶")
    page = pages()[f"themes/{theme.slug}.md"]
    assert theme.definition.zh in page
    assert theme.cues[3][0] in page
    assert "[江苏省](../provinces/jiangsu.md)" in page


@pytest.mark.parametrize("list_page", ["provinces/guizhou", "themes/education", "years/2017"])
def test_a_list_goes_on_over_pages_of_at_most_200_and_loses_no_article(list_page: str) -> None:
    whole = archive(SAME_PLAN)
    made = render(whole)
    listed = [
        {target for target, _ in links(page, made[page]) if re.match(r"articles/2017/", target)}
        for page in (f"{list_page}.md", f"{list_page}-2.md", f"{list_page}-3.md")
    ]
    assert [len(one) for one in listed] == [MOST_ON_A_PAGE, MOST_ON_A_PAGE, 50]
    assert set().union(*listed) == {f"{one.path}.md" for one in whole.articles}
    assert f"{list_page}-4.md" not in made


def test_the_home_page_shows_counts_map_matrix_themes_and_newest() -> None:
    home = pages()["index.md"]
    assert "[12](articles/index.md) 篇文章" in home
    assert '<svg class="tiles"' in home
    assert '[3](provinces/jiangsu.md#pairs "江苏 → 贵州\uff1a3 篇")' in home
    assert home.index("第11本账") < home.index("第10本账")


def test_an_empty_archive_gives_a_whole_site() -> None:
    made = render(EMPTY)
    assert len(made) == 3 + 4 + 34 + 16
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
    for page, text in render(archive(titles={3: hostile})).items():
        body = text.split("---\n", 2)[2]
        assert "<script" not in text, page
        assert "{{" not in text, page
        assert "](javascript" not in body, page
