"""The gazetteer: units, names through the years, short names, heirs, and the script that derives it."""

from __future__ import annotations

import csv
import runpy
from itertools import pairwise
from pathlib import Path

import pytest

from shanhai.annotate import gazetteer, rounds

DERIVE = Path(__file__).parents[1] / "scripts" / "derive_gazetteer.py"


def only(name: str, level: str = "county") -> gazetteer.Unit:
    """The only unit of today with this own name."""
    (unit,) = (one for one in gazetteer.units() if one.name == name and one.level == level and one.last_year is None)
    return unit


def once(name: str, last_year: int) -> gazetteer.Unit:
    """The only unit of this own name that ended in this year."""
    (unit,) = (one for one in gazetteer.units() if one.name == name and one.last_year == last_year)
    return unit


def test_today_has_34_provinces_333_prefectures_and_2846_counties():
    """2,846 county units in 2024, two merged since into one, and one functional zone."""
    today = [one for one in gazetteer.units() if one.last_year is None]
    counts = {level: sum(one.level == level for one in today) for level in ("province", "prefecture", "county")}
    assert counts == {"province": 34, "prefecture": 333, "county": 2846 - 2 + 1 + 1}


def test_no_two_units_bear_one_code_in_one_year():
    """The spans of a code follow one another."""
    for spans in gazetteer.by_code().values():
        assert all(left.last_year is not None and left.last_year < right.first_year for left, right in pairwise(spans))


def test_every_parent_is_a_unit_of_the_level_above_in_the_same_years():
    """From first year to last, a unit's parent exists."""
    for one in gazetteer.units():
        for year in {one.first_year, one.last_year} if one.parent else ():
            parent = gazetteer.unit(one.parent, year)
            assert parent.level != "county"
            assert parent.level != one.level


@pytest.mark.parametrize(
    ("name", "full_name"),
    [
        ("沿河土家族自治县", "贵州省铜仁市沿河土家族自治县"),
        ("城口县", "重庆市城口县"),
        ("临高县", "海南省临高县"),
        ("五指山市", "海南省五指山市"),
        ("神农架林区", "湖北省神农架林区"),
        ("昆玉市", "新疆维吾尔自治区昆玉市"),
        ("浦东新区", "上海市浦东新区"),
        ("雄安新区", "河北省雄安新区"),
    ],
)
def test_a_full_name_goes_from_the_province_down(name, full_name):
    """Municipalities and directly administered counties have no prefecture between."""
    assert gazetteer.full_name(only(name).code) == full_name


def test_a_name_is_the_one_of_its_year():
    """元坝区 became 昭化区 in 2013, under one code."""
    code = only("昭化区").code
    assert gazetteer.full_name(code, 2010) == "四川省广元市元坝区"
    assert gazetteer.full_name(code, 2013) == "四川省广元市昭化区"
    assert gazetteer.full_name(code) == "四川省广元市昭化区"


def test_the_overlay_is_dated():
    """两江新区 took the place of 江北区 and 渝北区 in 2026; 雄安新区 is marked as a functional zone."""
    assert only("两江新区").first_year == 2026
    assert once("渝北区", 2025).exists(2025)
    assert not once("渝北区", 2025).exists(2026)
    assert only("雄安新区").kind == "zone"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("沿河土家族自治县", ("沿河", "沿河县")),
        ("黔西南布依族苗族自治州", ("黔西南", "黔西南州")),
        ("科尔沁左翼中旗", ("科左中旗",)),
        ("阿拉善右旗", ("阿右旗",)),
        ("东乡族自治县", ("东乡", "东乡县")),
        ("鄂温克族自治旗", ("鄂温克旗",)),
        ("双江拉祜族佤族布朗族傣族自治县", ("双江", "双江县")),
        ("张家港市", ("张家港",)),
        ("赣县区", ("赣县",)),
        ("忠县", ()),
        ("井陉矿区", ()),
        ("城区", ()),
        ("碑林区", ("碑林",)),
    ],
)
def test_short_names_follow_from_the_full_name(name, short):
    """Endings and peoples' names go, a core of one character keeps its ending."""
    assert gazetteer.short_names(name) == short


@pytest.mark.parametrize(
    ("name", "last_year", "heir"),
    [
        ("密云县", 2014, "北京市密云区"),
        ("固原地区", 2000, "宁夏回族自治区固原市"),
        ("元坝区", 2012, "四川省广元市昭化区"),
        ("蓟县", 2015, "天津市蓟州区"),
        ("赣县", 2015, "江西省赣州市赣县区"),
        ("重庆市", 1996, "重庆市"),
        ("保定地区", 1993, "河北省保定市"),
    ],
)
def test_a_unit_that_is_gone_leads_to_its_heir(name, last_year, heir):
    """By name, code or core; 重庆市 rose from a prefecture to a province."""
    assert gazetteer.full_name(gazetteer.today(once(name, last_year)).code) == heir


def test_a_unit_without_heir_stays_itself():
    """铜仁市 the county is 碧江区 today, which no rule can tell."""
    county = once("铜仁市", 2010)
    assert gazetteer.today(county) == county


def test_provinces_have_cells_slugs_and_abbreviations_of_their_own():
    """34 units, no two on one cell, with one slug or with one abbreviation; all in the gazetteer."""
    provinces = gazetteer.provinces()
    assert len({(one.row, one.column) for one in provinces}) == 34
    assert len({one.slug for one in provinces}) == 34
    characters = [character for one in provinces for character in one.abbreviations]
    assert len(characters) == len(set(characters))
    assert [(one.code, one.name) for one in provinces] == [
        (one.code, one.name) for one in gazetteer.units() if one.level == "province"
    ]
    assert all(one.name.startswith(one.short) for one in provinces)


def test_a_round_holds_a_pair_through_the_units_above_it():
    """张家港 and 沿河 are held by 苏州 and 铜仁 of 2016, and not by a round that was still to come."""
    origin, target = only("张家港市"), only("沿河土家族自治县")
    assert rounds.official_round(origin, target, 2019) == 2016
    assert rounds.official_round(origin, target, None) == 2016
    assert rounds.official_round(origin, target, 2015) is None
    assert rounds.official_round(target, origin, 2019) is None


def test_the_latest_round_that_holds_a_pair_counts():
    """福建 and 宁夏 stand in all rounds."""
    fujian, ningxia = gazetteer.unit("350000"), gazetteer.unit("640000")
    assert [rounds.official_round(fujian, ningxia, year) for year in (1996, 2003, 2016, 2024)] == [
        1996,
        1996,
        2016,
        2021,
    ]


def test_the_script_joins_years_to_spans_and_bridges_gaps_only_where_the_code_was_free():
    """A unit whose code another one bore meanwhile has two spans."""
    header = "year,province_name,city_name,county_name,province_adcode,city_adcode,county_adcode,rank"
    rows = [
        *(f"{year},甲省,乙市,丙县,990000,990100,990101,3" for year in (1990, 1991, 1993, 1996)),
        "1994,甲省,乙市,丁县,990000,990100,990101,3",
        "2024,甲省,市辖区,戊区,990000,990200,990201,3",
        "2024,甲省,市辖区,,990000,990200,,2",
    ]
    derive = runpy.run_path(str(DERIVE))["derive"]
    spans = [span for span in derive(csv.DictReader([header, *rows])) if span.code.startswith("99")]
    assert [(span.name, span.parent, span.first_year, span.last_year) for span in spans] == [
        ("丙县", "990100", 1990, 1993),
        ("丁县", "990100", 1994, 1994),
        ("丙县", "990100", 1996, 1996),
        ("戊区", "990000", 2024, None),
    ]
