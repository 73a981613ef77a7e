"""The gazetteer: units, names through the years, short and English names, heirs, places on the map, the scripts."""

from __future__ import annotations

import csv
import runpy
from itertools import pairwise
from pathlib import Path

import pytest

from shanhai import reference
from shanhai.annotate import gazetteer, romanisation, rounds
from shanhai.errors import ReferenceDataError

SCRIPTS = Path(__file__).parents[1] / "scripts"
DERIVE = SCRIPTS / "derive_gazetteer.py"
LATER_PROVINCES = {("44", "46"), ("51", "50")}
"""海南 was taken from 广东, 重庆 from 四川."""


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


@pytest.mark.parametrize(
    ("year", "prefectures", "counties"),
    [
        (1995, 334, 2849),
        (2000, 333, 2861),
        (2005, 333, 2862),
        (2010, 333, 2856),
        (2015, 334, 2850),
        (2020, 333, 2844),
        (2022, 333, 2843),
        (2024, 333, 2846),
    ],
)
def test_each_year_has_as_many_units_as_the_official_count(year, prefectures, counties):
    """The counts of the statistical yearbook for the year's end, which leaves out functional zones."""
    units = [one for one in gazetteer.units() if one.exists(year) and not one.kind]
    assert [sum(one.level == level for one in units) for level in ("prefecture", "county")] == [prefectures, counties]


def test_every_parent_is_a_unit_of_the_level_above_in_every_year():
    """In each year of a span there is one unit of the parent's code, of a higher level."""
    rank = {"province": 0, "prefecture": 1, "county": 2}
    for one in gazetteer.units():
        if not one.parent:
            assert one.level == "province"
            continue
        for year in range(one.first_year, (one.last_year or 2026) + 1):
            (parent,) = (span for span in gazetteer.by_code()[one.parent] if span.exists(year))
            assert rank[parent.level] < rank[one.level]


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
        ("铜仁市", 2010, "贵州省铜仁市碧江区"),
        ("毕节市", 2010, "贵州省毕节市七星关区"),
        ("塘沽区", 2008, "天津市滨海新区"),
        ("沔阳县", 1985, "湖北省仙桃市"),
        ("武昌县", 1994, "湖北省武汉市江夏区"),
        ("伊克昭盟", 2000, "内蒙古自治区鄂尔多斯市"),
        ("温江地区", 1982, "四川省成都市"),
        ("永川地区", 1982, "重庆市"),
        ("海南行政区", 1987, "海南省"),
        ("绥化县", 1981, "黑龙江省绥化市北林区"),
        ("扬州市", 1982, "江苏省扬州市"),
        ("九里区", 2009, "江苏省徐州市"),
        ("云台区", 2000, "江苏省连云港市"),
        ("渝北区", 2025, "重庆市两江新区"),
    ],
)
def test_a_unit_that_is_gone_leads_to_its_heir(name, last_year, heir):
    """By name, code, core or the list; a city that rose, or was divided, leads to the prefecture."""
    assert gazetteer.full_name(gazetteer.today(once(name, last_year)).code) == heir


@pytest.mark.parametrize(
    ("name", "last_year"),
    [("雁北地区", 1992), ("巢湖市", 2010), ("碧土县", 1998), ("惠阳地区", 1987), ("碧江县", 1985)],
)
def test_a_unit_divided_between_prefectures_has_no_heir(name, last_year):
    """It stays itself."""
    one = once(name, last_year)
    assert gazetteer.today(one) is one


def test_every_heir_exists_in_the_same_province_at_no_lower_level():
    """海南 and 重庆 hold what was 广东's and 四川's; at most 30 units are without an heir."""
    rank = {"province": 0, "prefecture": 1, "county": 2}
    gone = [one for one in gazetteer.units() if one.last_year is not None]
    for one in gone:
        heir = gazetteer.today(one)
        assert heir is one or heir.last_year is None
        assert heir.code[:2] == one.code[:2] or (one.code[:2], heir.code[:2]) in LATER_PROVINCES
        # Two prefectures without counties of their own became a district and a county's city.
        assert rank[heir.level] <= rank[one.level] or one.name in {"沙市市", "石河子市", "东川市", "万县市", "涪陵市"}
    assert sum(gazetteer.today(one) is one for one in gone) <= 30


def test_a_district_named_for_where_it_lies_never_leaves_its_city():
    """郊区 and 城区 are in many cities of a province."""
    for one in gazetteer.units():
        parent = one.parent and gazetteer.unit(one.parent, one.last_year)
        if one.heir and parent and one.name in {"郊区", "城区", "矿区", "市郊区", "市中区", "东区", "西区", "城北区"}:
            city = gazetteer.today(parent)
            heir = gazetteer.today(one)
            assert city.code in (heir.code, *gazetteer.ancestors(heir))


def test_the_names_of_a_unit_over_time_include_its_forerunners():
    """Codes change, names and parents too; 滨海新区 was formed of three districts."""
    assert gazetteer.unit_names(only("密云区").code) == (
        ("密云县", "北京市密云县", 1980, 2014),
        ("密云区", "北京市密云区", 2015, None),
    )
    assert [one.full_name for one in gazetteer.unit_names(only("沿河土家族自治县").code)] == [
        "贵州省铜仁地区沿河县",
        "贵州省铜仁地区沿河土家族自治县",
        "贵州省铜仁市沿河土家族自治县",
    ]
    assert {one.name for one in gazetteer.unit_names(only("滨海新区").code)} >= {"塘沽区", "汉沽区", "大港区"}
    assert [one.name for one in gazetteer.unit_names(only("徐州市", "prefecture").code)] == ["徐州地区", "徐州市"]


def test_every_unit_of_today_closes_the_names_it_had():
    """The last name is the one of today, and names do not end before they begin."""
    for code in {one.code for one in gazetteer.units() if one.last_year is None}:
        names = gazetteer.unit_names(code)
        assert any(one.last_year is None and one.name == gazetteer.unit(code).name for one in names)
        assert all(one.last_year is None or one.first_year <= one.last_year for one in names)


def test_children_are_those_of_the_year():
    """铜仁市 has two districts today; 铜仁地区 had 铜仁市, the county, in 2009."""
    tongren = only("铜仁市", "prefecture").code
    assert [one.name for one in gazetteer.children(tongren)][:2] == ["碧江区", "万山区"]
    assert "铜仁市" in [one.name for one in gazetteer.children(once("铜仁地区", 2010).code, 2009)]
    assert len(gazetteer.children("520000")) == 9


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("沿河土家族自治县", "Yanhe Tujia Autonomous County"),
        ("张家港市", "Zhangjiagang City"),
        ("黔西南布依族苗族自治州", "Qianxinan Buyei and Miao Autonomous Prefecture"),
        ("科尔沁左翼中旗", "Horqin Left Middle Banner"),
        ("双江拉祜族佤族布朗族傣族自治县", "Shuangjiang Lahu, Va, Blang and Dai Autonomous County"),
        ("喀喇沁左翼蒙古族自治县", "Harqin Left Wing Mongol Autonomous County"),
        ("鄂温克族自治旗", "Ewenki Autonomous Banner"),
        ("东乡族自治县", "Dongxiang Autonomous County"),
        ("达尔罕茂明安联合旗", "Darhan Muminggan United Banner"),
        ("锡林郭勒盟", "Xilingol League"),
        ("阿勒泰地区", "Altay Prefecture"),
        ("伊犁哈萨克自治州", "Ili Kazak Autonomous Prefecture"),
        ("管城回族区", "Guancheng Hui District"),
        ("神农架林区", "Shennongjia Forestry District"),
        ("万柏林区", "Wanbailin District"),
        ("碑林区", "Beilin District"),
        ("清新区", "Qingxin District"),
        ("六枝特区", "Liuzhi Special District"),
        ("浦东新区", "Pudong New Area"),
        ("井陉矿区", "Jingxing Mining District"),
        ("隆林各族自治县", "Longlin Multi-Ethnic Autonomous County"),
        ("内蒙古自治区", "Inner Mongolia Autonomous Region"),
        ("新疆维吾尔自治区", "Xinjiang Uygur Autonomous Region"),
        ("香港特别行政区", "Hong Kong Special Administrative Region"),
        ("呼和浩特市", "Hohhot City"),
        ("日喀则市", "Xigaze City"),
        ("乌鲁木齐市", "Urumqi City"),
        ("六安市", "Lu'an City"),
        ("雅安市", "Ya'an City"),
        ("东阿县", "Dong'e County"),
        ("吕梁市", "Lüliang City"),
    ],
)
def test_a_name_has_its_english_name(name, english):
    """The official romanisation where there is one, else by the reading, with the kind in English."""
    assert romanisation.romanised(name).english == english


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("铅山县", "Yanshan"),
        ("莘县", "Shen"),
        ("歙县", "She"),
        ("蔚县", "Yu"),
        ("涡阳县", "Guoyang"),
        ("亳州市", "Bozhou"),
        ("泌阳县", "Biyang"),
        ("尉犁县", "Yuli"),
        ("番禺区", "Panyu"),
        ("洪洞县", "Hongtong"),
        ("乐亭县", "Laoting"),
        ("长子县", "Zhangzi"),
        ("长治市", "Changzhi"),
        ("大城县", "Daicheng"),
        ("单县", "Shan"),
        ("浚县", "Xun"),
        ("犍为县", "Qianwei"),
        ("筠连县", "Junlian"),
        ("枞阳县", "Zongyang"),
        ("繁峙县", "Fanshi"),
        ("盱眙县", "Xuyi"),
        ("邗江区", "Hanjiang"),
        ("重庆市", "Chongqing"),
        ("台州市", "Taizhou"),
        ("丽水市", "Lishui"),
        ("荥经县", "Yingjing"),
        ("荥阳市", "Xingyang"),
        ("宕昌县", "Tanchang"),
        ("吴堡县", "Wubu"),
        ("珲春市", "Hunchun"),
        ("都匀市", "Duyun"),
        ("曾都区", "Zengdu"),
        ("龙圩区", "Longxu"),
        ("大埔县", "Dabu"),
        ("郫县", "Pi"),
        ("勐海县", "Menghai"),
    ],
)
def test_names_are_read_as_their_place_reads_them(name, core):
    """Many characters have a reading of their own in a place's name."""
    assert romanisation.romanised(name).core == core


def test_a_unit_has_the_english_name_of_the_year():
    """北京市密云县 of 2009; a municipality is no city among others."""
    assert gazetteer.english(once("密云县", 2014).code, 2009) == "Miyun County"
    assert gazetteer.english("500000") == "Chongqing Municipality"
    assert gazetteer.english("520000") == "Guizhou Province"
    assert gazetteer.romanised(only("张家港市").code).pinyin == "zhangjiagang"
    assert gazetteer.romanised(only("张家港市").code).initials == "zjg"
    assert gazetteer.romanised(only("吕梁市", "prefecture").code).pinyin == "lvliang"


def test_every_unit_of_every_year_has_an_english_name():
    """One syllable a character, in lower case letters; the English name is Latin and opens with a capital."""
    for name in {one.name for one in gazetteer.units()}:
        row = romanisation.romanised(name)
        assert len(row.syllables) == len(name)
        assert all(syllable.isalpha() and syllable.islower() for syllable in row.syllables)
        assert row.english[0].isupper()
        assert row.english.replace("ü", "u").isascii()
        assert row.core_syllables >= 1


def test_the_table_of_names_is_what_the_script_makes_of_the_readings():
    """units_names.tsv was not edited by hand, nor forgotten after a change of the gazetteer."""
    script = runpy.run_path(str(SCRIPTS / "derive_unit_names.py"))
    readings = reference.load("units_readings.yml", script["Readings"])
    names = sorted({one.name for one in gazetteer.units()})
    lines = reference.text("units_names.tsv").splitlines()
    assert [line for line in lines if not line.startswith("#")][1:] == [
        "\t".join(map(str, script["row"](name, readings))) for name in names
    ]


def test_every_reading_and_romanisation_of_the_list_is_used():
    """A listed core that no unit bears would be a slip of the pen."""
    script = runpy.run_path(str(SCRIPTS / "derive_unit_names.py"))
    readings = reference.load("units_readings.yml", script["Readings"])
    names = {one.name for one in gazetteer.units()}
    used = {romanisation.romanised(name).core for name in names}
    assert set(readings.romanised.values()) <= used
    assert all(any(name.startswith(core) for name in names) for core in readings.cores)


def test_every_unit_has_an_address_of_its_own_in_ascii():
    """From the province down; a unit of today goes before one that is gone, then the lower code."""
    assert gazetteer.slug("520000") == "guizhou"
    assert gazetteer.slug(only("铜仁市", "prefecture").code) == "guizhou/tongren"
    assert gazetteer.slug(only("沿河土家族自治县").code) == "guizhou/tongren/yanhe"
    assert gazetteer.slug(only("科尔沁左翼中旗").code) == "neimenggu/tongliao/horqin-left-middle"
    assert gazetteer.slug(only("石河子市").code) == "xinjiang/shihezi"
    assert gazetteer.slug(only("伊宁市").code) == "xinjiang/ili/yining"
    assert gazetteer.slug(only("伊宁县").code) == "xinjiang/ili/yining-654021"
    slugs = [gazetteer.slug(code) for code in gazetteer.by_code()]
    assert len(set(slugs)) == len(slugs)
    assert all(set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-/") for slug in slugs)
    assert all(slug and not slug.endswith(("/", "-")) and "//" not in slug for slug in slugs)


def test_seats_lie_where_their_units_do():
    """In China, within eight degrees of the prefecture's seat; nearly every unit of today has one."""
    today = [one for one in gazetteer.units() if one.last_year is None]
    points = {one.code: gazetteer.centroid(one.code) for one in today}
    located = {code: point for code, point in points.items() if point}
    assert len(located) >= len(today) - 15
    for code, (latitude, longitude) in located.items():
        assert 3 < latitude < 54
        assert 73 < longitude < 136
        above = located.get(gazetteer.unit(code).parent)
        if above and gazetteer.unit(code).level == "county" and above is not located[gazetteer.province_of(code)]:
            assert max(abs(latitude - above[0]), abs(longitude - above[1])) < 8
    assert gazetteer.centroid("000000") is None


def test_a_functional_zone_counts_as_a_unit_of_today():
    """贵安新区 lies in two prefectures of 贵州, the eighth division of the corps is 石河子."""
    of_name = {name: zone.unit for zone in gazetteer.zones() for name in (zone.name, *zone.aliases)}
    assert of_name["贵安新区"].name == "贵州省"
    assert of_name["苏州工业园区"].name == "苏州市"
    assert of_name["兵团第八师"].name == "石河子市"
    assert all(unit.last_year is None for unit in of_name.values())
    assert not of_name.keys() & {one.name for one in gazetteer.units()}


@pytest.mark.parametrize(
    "row", ["520000\t贵州省", "520000\t贵州省\tstate\t\t1980\t\t\t", "520000\t贵州省\tprovince\t\tx\t\t\t"]
)
def test_a_damaged_table_is_reported_with_its_row(row):
    """Too few cells, an unknown level, a year that is none."""
    with pytest.raises(ReferenceDataError, match="row 7"):
        gazetteer._unit(7, row)


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
    """A unit whose code another one bore meanwhile has two spans, and so has one whose parent was not there."""
    header = "year,province_name,city_name,county_name,province_adcode,city_adcode,county_adcode,rank"
    rows = [
        *(f"{year},甲省,乙市,丙县,990000,990100,990101,3" for year in (1990, 1991, 1993, 1996)),
        "1994,甲省,乙市,丁县,990000,990100,990101,3",
        "2024,甲省,市辖区,戊区,990000,990200,990201,3",
        "2024,甲省,市辖区,,990000,990200,,2",
    ]
    derive = runpy.run_path(str(DERIVE))["derive"]
    rows += [f"{year},甲省,乙市,,990000,990100,,2" for year in range(1990, 2025)]
    rows += [f"{year},甲省,己市,,990000,990500,,2" for year in (1990, 1993)]
    rows += [f"{year},甲省,己市,郊区,990000,990500,990501,3" for year in (1990, 1993)]
    found = derive(csv.DictReader([header, *rows]))
    spans = [span for span in found if span.code.startswith("99") and span.level == "county"]
    assert [(span.name, span.parent, span.first_year, span.last_year) for span in spans] == [
        ("丙县", "990100", 1990, 1993),
        ("丁县", "990100", 1994, 1994),
        ("丙县", "990100", 1996, 1996),
        ("戊区", "990000", 2024, None),
        ("郊区", "990500", 1990, 1990),
        ("郊区", "990500", 1993, 1993),
    ]
