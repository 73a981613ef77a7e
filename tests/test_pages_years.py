"""Pages of years by month, with an anchor for every month; the index of years; the ways into the articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import pages_fixture
from pages_fixture import archive, article, views_of
from shanhai.pages.listing import MOST_ON_A_PAGE, month_key, month_name, pager
from shanhai.pages.year import article_index, year_index, year_pages
from shanhai.relate.views import view

if TYPE_CHECKING:
    from shanhai.records import Article


def dated(number: int, edtf: str) -> Article:
    return pages_fixture.dated(article(number), edtf)


def pages(*articles: Article) -> dict[str, str]:
    return dict(year_pages(views_of(*articles)))


def test_a_year_lists_its_articles_by_month_and_a_mere_year_last() -> None:
    page = pages(dated(0, "2019"), dated(1, "2019-03-02"), dated(2, "2019-11"), dated(3, "2019-03-11"))["years/2019.md"]
    assert re.findall(r"### (.+?) \{: #(\w+)", page) == [("11 月", "m11"), ("3 月", "m03"), ("只知年份", "m00")]
    assert page.index("第4本账") < page.index("第2本账") < page.index("第1本账")


@pytest.mark.parametrize(
    ("edtf", "key"),
    [("2019-03-11", "03"), ("2019-12", "12"), ("2019", "00"), ("2019?", "00"), ("2019-21", "00"), ("2019-00", "00")],
)
def test_only_a_month_of_the_calendar_is_a_month(edtf: str, key: str) -> None:
    assert month_key(dated(0, edtf)) == key


def test_a_month_is_named_as_one_says_it() -> None:
    assert [month_name(key) for key in ("03", "12", "00")] == ["3 月", "12 月", "只知年份"]


def test_the_first_page_of_a_long_year_has_an_anchor_for_every_month() -> None:
    articles = [dated(number, f"2019-{1 + number % 12:02}-05") for number in range(3 * MOST_ON_A_PAGE - 50)]
    made = pages(*articles)
    anchors = [re.findall(r"\{: #(m\d\d)", made[f"years/2019{page}.md"]) for page in ("", "-2", "-3")]
    assert sorted(anchors[0]) == [f"m{month:02}" for month in range(1, 13)]
    for target, anchor in re.findall(r"\((2019-\d)\.md#(m\d\d)\)", made["years/2019.md"]):
        assert anchor in anchors[int(target[-1]) - 1]
    listed = {path for page in made.values() for path in re.findall(r"\(\.\./(articles/[^)]*)\)", page)}
    assert listed == {f"{one.path}.md" for one in articles}


def test_a_year_leads_to_the_years_before_and_after_that_have_articles() -> None:
    made = pages(dated(0, "1998-01-01"), dated(1, "2005-01-01"), dated(2, "2019-01-01"), dated(3, ""))
    middle = made["years/2005.md"]
    assert "← [1998 年](1998.md) · [全部年份](index.md) · [2019 年](2019.md) →" in middle
    assert "←" not in made["years/undated.md"].partition("全部年份")[0]


def test_the_undated_stand_apart_and_in_no_month() -> None:
    page = pages(dated(0, ""), dated(1, "2019-03-02"))["years/undated.md"]
    assert "不放进任何一年" in page
    assert "### " not in page
    assert "<figure" not in page


def test_the_months_of_a_year_are_compared_by_province_and_lead_to_their_anchors() -> None:
    page = pages(dated(3, "2019-03-02"), dated(6, "2019-05-02"))["years/2019.md"]
    assert 'id="fig-places"' in page
    assert re.findall(r'<th scope="row">(?:<a[^>]*>)?([^<]+)', page) == ["全部", "江苏", "贵州"]
    assert set(re.findall(r'href="(?:#|&#35;)(m\d\d)"', page)) == {"m03", "m05"}


def test_the_index_of_years_counts_names_the_missing_and_keeps_the_undated_apart() -> None:
    page = year_index(view(archive()))
    bars = page.partition('<div class="counted"')[2].partition("</div>")[0]
    assert "[2017 年](2017.md)" in bars
    assert "undated" not in bars
    assert "1997–2000、2002–2015、2022 年" in page
    assert "[未注日期](undated.md) **1** 篇" in page


def test_an_empty_archive_has_an_index_without_years() -> None:
    page = year_index(view(archive(range(0))))
    assert "本库尚无注明日期的文章" in page
    assert "undated" not in page


def test_the_articles_are_reached_by_year_place_theme_and_source() -> None:
    page = article_index(view(archive(range(60))))
    entrances = page.partition('<div class="entrances"')[2].partition("</div>")[0]
    for target in ("../years/2019.md", "../provinces/guizhou.md", "../themes/education.md", "../sources/"):
        assert f"({target}" in entrances
    assert "来源不详 <small>15</small>" in entrances
    assert len(re.findall(r"\n- \[", page)) == 50


def test_a_pager_names_the_ends_and_the_pages_near_and_counts_its_unit() -> None:
    shown = pager("years/2019.md", 20 * MOST_ON_A_PAGE, 10, "对")
    assert re.findall(r"\[(\d+)\]|\*\*(\d+)\*\*|…", shown) == [
        ("1", ""), ("", ""), ("8", ""), ("9", ""), ("", "10"), ("11", ""), ("12", ""), ("", ""), ("20", ""),
    ]  # fmt: skip
    assert "[上一页](2019-9.md)" in shown
    assert "[下一页](2019-11.md)" in shown
    assert f"共 {20 * MOST_ON_A_PAGE} 对" in shown
    assert pager("years/2019.md", MOST_ON_A_PAGE, 1) == ""
