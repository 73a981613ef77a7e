"""Pages of pairs: both sides, official rounds beside what articles say, figures, kin; and the index of all pairs."""

from __future__ import annotations

import re
from itertools import product

import pytest

from pages_fixture import archive, archive_of, article, with_claims
from shanhai.annotate import gazetteer, rounds
from shanhai.pages import listing
from shanhai.pages.articles.sentences import target as sentence_target
from shanhai.pages.pair import pair_index, pair_pages
from shanhai.pages.pictures.line_chart import Series, by_year
from shanhai.records import Article, Evidence, Figure, Organisation, Pair
from shanhai.relate.views import Archive, view

SUZHOU, TONGREN = "江苏省苏州市", "贵州省铜仁市"
ZHANGJIAGANG, YANHE = "江苏省苏州市张家港市", "贵州省铜仁市沿河土家族自治县"
COUNTY_PAGE, PROVINCE_PAGE = "pairs/320582-520627.md", "pairs/320000-520000.md"


def stating(number: int, *pairs: tuple[str, str, int | None], **claims: object) -> Article:
    """The fixture's article of a number, stating these pairs instead of its own."""
    one = article(number)
    evidence = one.annotations.pairs[0].evidence
    made = tuple(
        Pair(origin=origin, target=target, since=since, evidence=evidence, official_round=None, purposes=("教育帮扶",))
        for origin, target, since in pairs
    )
    return with_claims(one, pairs=made, **claims)


def of(*articles: Article) -> Archive:
    return archive_of(*articles)


def pages(*articles: Article) -> dict[str, str]:
    """The pages of all pairs that these articles state, and their index."""
    views = view(of(*articles))
    return dict(pair_pages(views)) | dict(pair_index(views))


def section(page: str, anchor: str) -> str:
    """What stands under the heading of second rank with this anchor."""
    return page.partition(f"{{: #{anchor} ")[2].partition("\n## ")[0]


def test_every_pair_of_units_of_today_has_a_page_and_the_index_tells_how_many_have_none() -> None:
    made = pages(stating(3, (ZHANGJIAGANG, YANHE, None), (SUZHOU, "贵州省铜仁地区", None)))
    assert [path for path in made if re.match(r"pairs/\d.*\.md", path)] == [COUNTY_PAGE]
    assert "另有 1 对\uff0c一方已不是今天的行政区划" in made["pairs/index.md"]


def test_each_side_is_told_from_its_province_down_with_its_english_name_and_code() -> None:
    page = pages(stating(3, (ZHANGJIAGANG, YANHE, None)))[COUNTY_PAGE]
    assert "# 张家港市 → 沿河土家族自治县 {: .ends }\n" in page
    assert (
        "[贵州省](../provinces/guizhou.md) › [铜仁市](../provinces/guizhou/tongren.md) › "
        "[沿河土家族自治县](../provinces/guizhou/tongren/yanhe.md)" in page
    )
    assert '<span lang="en">Yanhe Tujia Autonomous County</span> <small translate="no">520627</small>' in page


def test_every_official_round_is_told_with_its_document_whether_it_holds_the_pair_or_not() -> None:
    official = section(pages(stating(3, (ZHANGJIAGANG, YANHE, None)))[COUNTY_PAGE], "official")
    lines = [line for line in official.splitlines() if line.startswith("| ")][2:]
    assert len(lines) == len(rounds.rounds())
    assert "| 1996–2016 | 没有列入 |" in lines[0]
    assert "| 2016–2021 | 其上级 [江苏省苏州市]" in lines[1]
    assert "| 2021 起 | 没有列入 |" in lines[2]
    assert all(one.basis.split(" (")[0] in line for one, line in zip(rounds.rounds(), lines, strict=True))


def test_a_pair_that_a_round_names_itself_is_not_told_as_its_superiors() -> None:
    page = pages(stating(3, (SUZHOU, TONGREN, None)))["pairs/320500-520600.md"]
    assert "国家 2016 年的**官方名单**列有这一对" in page
    assert "其上级" not in section(page, "official")


def test_a_pair_outside_all_rounds_says_that_only_articles_state_it() -> None:
    page = pages(stating(3, ("浙江省", "贵州省", None)))["pairs/330000-520000.md"]
    assert "这里只**据文章**" in page
    assert section(page, "official").count("没有列入") == len(rounds.rounds())


def test_holdings_name_the_nearest_units_of_each_round() -> None:
    found = rounds.holdings("320582", "520627")
    assert [(one.round.year, one.origin, one.target) for one in found] == [(2016, "320500", "520600")]
    assert rounds.holdings("330000", "520000") == ()


def test_each_statement_is_quoted_with_the_way_to_its_sentence() -> None:
    one = stating(3, (ZHANGJIAGANG, YANHE, 2017))
    page = pages(one)[COUNTY_PAGE]
    target = sentence_target(one, one.annotations.pairs[0].evidence)
    assert f"](../{target})" in section(page, "stated")
    assert "#p" in target
    assert "始于 2017 年 · 教育帮扶" in section(page, "stated")


def test_articles_that_disagree_on_the_first_year_are_all_told() -> None:
    made = pages(
        stating(3, (ZHANGJIAGANG, YANHE, 2017)),
        stating(6, (ZHANGJIAGANG, YANHE, 2013)),
        stating(2, (ZHANGJIAGANG, YANHE, 2017)),
    )
    told = section(made[COUNTY_PAGE], "stated")
    assert re.search(r"2013 年.\[[^]]*第7本账\]", told)
    assert re.search(r"2017 年.\[[^]]*第3本账\][^\uff1b]* 等 2 篇", told)
    assert "最早始于 **2013** 年" in made[COUNTY_PAGE]


def test_without_a_first_year_none_is_told() -> None:
    page = pages(stating(3, (ZHANGJIAGANG, YANHE, None)))[COUNTY_PAGE]
    assert "始于" not in page


def test_figures_are_those_of_the_two_sides_the_assisted_one_first() -> None:
    evidence = Evidence(quote="", start=0, end=0, rule="FIGURE-01")
    figures = tuple(
        Figure(value=value, unit="人", label=label, sentence="", place=place, year=None, evidence=evidence)
        for value, label, place in (
            (1, "教师", ZHANGJIAGANG),
            (2, "学员", YANHE),
            (3, "游客", TONGREN),
            (4, "民工", None),
        )
    )
    page = pages(stating(3, (ZHANGJIAGANG, YANHE, None), figures=figures))[COUNTY_PAGE]
    told = section(page, "figures")
    assert re.findall(r"Table: (\S+)", told) == ["铜仁市沿河土家族自治县", "苏州市张家港市"]
    assert [one for one in ("学员", "教师", "游客", "民工") if one in told] == ["学员", "教师"]


def test_organisations_are_those_that_assist_the_assisted_side_and_come_from_no_third_place() -> None:
    evidence = Evidence(quote="", start=0, end=0, rule="ORG-01")
    bodies = tuple(
        Organisation(name=name, kind="hospital", origin=origin, target=target, evidence=evidence)
        for name, origin, target in (
            ("甲医院", ZHANGJIAGANG, YANHE),
            ("乙医院", None, YANHE),
            ("丙医院", "广东省", YANHE),
            ("丁医院", ZHANGJIAGANG, "四川省"),
        )
    )
    page = pages(stating(3, (ZHANGJIAGANG, YANHE, None), organisations=bodies))[COUNTY_PAGE]
    assert [name for name in ("甲医院", "乙医院", "丙医院", "丁医院") if name in page] == ["甲医院", "乙医院"]


def test_pairs_of_the_units_above_and_below_lead_to_each_other() -> None:
    made = pages(stating(3, ("江苏省", "贵州省", None), (SUZHOU, TONGREN, None), (ZHANGJIAGANG, YANHE, None)))
    above = section(made[COUNTY_PAGE], "around").partition("### 下级")[0]
    assert "(320500-520600.md)" in above
    assert "(320000-520000.md)" in above
    below = section(made[PROVINCE_PAGE], "around").partition("### 下级")[2]
    assert re.findall(r"\((\d{6}-\d{6})\.md\)", below) == ["320500-520600", "320582-520627"]


def test_a_curve_by_year_needs_three_years_and_gets_a_second_line_from_the_pairs_below() -> None:
    own = [stating(number, ("江苏省", "贵州省", None)) for number in (2, 3, 6, 6 + 12)]
    assert 'id="fig-trend"' not in pages(*own[:2])[PROVINCE_PAGE]
    alone = pages(*own)[PROVINCE_PAGE]
    assert 'id="fig-trend"' in alone
    assert "连同下级各对" not in alone
    below = [stating(number, (ZHANGJIAGANG, YANHE, None)) for number in (4, 8)]
    assert "连同下级各对" in pages(*own, *below)[PROVINCE_PAGE]


def test_a_year_without_a_report_has_no_point_and_no_line_across_it() -> None:
    drawing = by_year([Series("甲", {2016: 1, 2017: 3, 2020: 2})], caption="按年")
    assert drawing.markup.count("<circle") == 3
    path = re.search(r'class="one"><path d="([^"]*)"', drawing.markup)
    assert path is not None
    assert (path[1].count("M"), path[1].count("L")) == (2, 1)
    assert drawing.rows == (("2016", 1), ("2017", 3), ("2018", None), ("2019", None), ("2020", 2))


def test_the_index_groups_by_supporting_province_and_lists_the_most_reported_first() -> None:
    made = pages(
        stating(2, ("浙江省", "四川省", None), (SUZHOU, TONGREN, None)),
        stating(3, (ZHANGJIAGANG, YANHE, None), (SUZHOU, TONGREN, None)),
    )
    index = made["pairs/index.md"]
    assert 'id="fig-matrix"' in index
    listed = index.partition("## 全部结对")[2]
    assert re.findall(r"### .*\{: #(\w+)", listed) == ["jiangsu", "zhejiang"]
    assert re.findall(r"\((\d{6}-\d{6})\.md\)", listed) == ["320500-520600", "320582-520627", "330000-510000"]
    assert "2016 年官方名单" in listed
    assert "上级列入 2016 年官方名单" in listed


def test_a_long_index_goes_on_over_pages_of_at_most_200_and_loses_no_pair() -> None:
    below = [[gazetteer.full_name(one.code) for one in gazetteer.children(code)] for code in ("370000", "510000")]
    pairs = [(origin, target, None) for origin, target in product(*below)]
    assert len(pairs) > listing.MOST_ON_A_PAGE
    made = pages(stating(3, *pairs))
    listed = [
        re.findall(r"\((\d{6}-\d{6})\.md\)", made[page].partition("### ")[2])
        for page in ("pairs/index.md", "pairs/index-2.md")
    ]
    assert len(listed[0]) == listing.MOST_ON_A_PAGE
    assert sorted(listed[0] + listed[1]) == sorted(
        path[6:-3] for path in made if re.match(r"pairs/\d{6}-\d{6}\.md", path)
    )
    assert f"共 {len(pairs)} 对" in made["pairs/index.md"]


def test_without_pairs_the_index_says_so_and_draws_nothing() -> None:
    index = pages()["pairs/index.md"]
    assert "本库尚无写到结对的文章" in index
    assert "<figure" not in index
    assert not re.search(r"(?<!\d)0(?!\d)", index)


@pytest.mark.parametrize("name", ["a|b", "<script>x</script>", "{{ 7*7 }}"])
def test_a_hostile_name_stays_text(name: str) -> None:
    evidence = Evidence(quote="", start=0, end=0, rule="ORG-01")
    body = Organisation(name=name, kind="company", origin=None, target=YANHE, evidence=evidence)
    page = pages(stating(3, (ZHANGJIAGANG, YANHE, None), organisations=(body,)))[COUNTY_PAGE]
    assert name not in page


def test_the_same_archive_gives_the_same_pages() -> None:
    views = view(archive())
    assert list(pair_pages(views)) == list(pair_pages(view(archive())))
