"""Suggestions while one types: what leads to a place, a theme, a pair, a publication, a page."""

from __future__ import annotations

import json
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages_fixture import archive, article, views_of, with_claims, with_facts
from shanhai.annotate import gazetteer
from shanhai.pages import targets
from shanhai.pages.site import render
from shanhai.records import Evidence, Pair, Place, Practice
from shanhai.relate.views import view
from shanhai.search import initials
from shanhai.search import names as names_module
from shanhai.search.codes import scattered
from shanhai.search.fold import fold
from shanhai.search.names import MEAN_FILE_BYTES, name_files, names

SEEN = Evidence(quote="县", start=0, end=1, rule="PLACE-01")
CALL = re.compile(r'shanhaiSearch\("(names/[0-9a-f]{2})", ?(.*)\)\n', re.DOTALL)


def place(code):
    one = gazetteer.unit(code)
    return Place(name=gazetteer.full_name(code), code=code, level=one.level, role="subject", evidence=(SEEN,))


def about(number, *codes, **claims):
    return with_claims(article(number), places=tuple(map(place, codes)), pairs=(), practices=(), **claims)


def pair(origin, target):
    return Pair(
        origin=gazetteer.full_name(origin),
        target=gazetteer.full_name(target),
        since=None,
        evidence=SEEN,
        official_round=None,
    )


def suggested(views, typed):
    """(Kind, label) of what begins with the folded typed text, in the order of the list."""
    return [(one.kind, one.label) for one in names(views) if any(key.startswith(fold(typed)) for key in one.keys)]


def only(views, kind, label):
    (one,) = [one for one in names(views) if (one.kind, one.label) == (kind, label)]
    return one


def read(text):
    found = CALL.fullmatch(text)
    return found[1], json.loads(found[2])


FIXTURE = view(archive())
PLACES = views_of(
    about(0, "320582"), about(1, "320582", "610727"), about(2, "610100"), about(3, "520627"), about(4, "110118")
)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("张家港", "张家港市"),
        ("張家港", "张家港市"),
        ("zhangjiagang", "张家港市"),
        ("zhangjiagangshi", "张家港市"),
        ("Zhangjiagang City", "张家港市"),
        ("zjg", "张家港市"),
        ("\uff3a\uff2a\uff27", "张家港市"),
        ("lveyang", "略阳县"),
        ("lueyang", "略阳县"),
        ("Lüeyang", "略阳县"),
        ("xi'an", "西安市"),
        ("xian city", "西安市"),
        ("沿河县", "沿河土家族自治县"),
        ("yanhexian", "沿河土家族自治县"),
        ("Yanhe Tujia", "沿河土家族自治县"),
        ("密云县", "密云区"),
        ("贵州", "贵州省"),
        ("黔", "贵州省"),
        ("neimenggu", "内蒙古自治区"),
        ("Inner Mongolia", "内蒙古自治区"),
        ("nmg", "内蒙古自治区"),
        ("Tibet", "西藏自治区"),
        ("臺灣", "台湾省"),
        ("Chongqing Municipality", "重庆市"),
    ],
)
def test_a_place_is_suggested_by_its_names_of_all_times_in_characters_pinyin_initials_and_english(typed, label):
    assert ("place", label) in suggested(PLACES, typed)


@pytest.mark.parametrize(("code", "typed"), [("611026", "zhashui"), ("141024", "hongtong"), ("371481", "laoling")])
def test_a_place_whose_characters_have_several_readings_is_suggested_by_its_own_alone(code, typed):
    one = gazetteer.unit(code)
    found = only(views_of(about(0, code)), "place", one.name)
    latin = [key for key in found.keys if key.isascii() and len(key) > 5]
    assert latin
    assert all(key.startswith(typed) for key in latin)


def test_every_unit_with_a_page_is_suggested_once_with_what_is_above_it_and_its_english_name():
    found = {one.path: one for one in names(PLACES) if one.kind == "place"}
    assert len(found) == len(PLACES.units)
    assert found["provinces/jiangsu/suzhou/zhangjiagang/"].note == "江苏省苏州市 · Zhangjiagang City"
    assert found["provinces/jiangsu/"].note == "Jiangsu"


def test_what_most_articles_are_about_comes_first():
    found = names(PLACES)
    assert [one.articles for one in found] == sorted((one.articles for one in found), reverse=True)
    assert only(PLACES, "place", "张家港市").articles == 2
    alike = [one.label for one in found if one.articles == 0]
    assert alike == sorted(alike)


@pytest.mark.parametrize(
    ("typed", "label"),
    [("消费扶贫", "消费帮扶"), ("xfbf", "消费帮扶"), ("laowuxiezuo", "劳务协作"), ("consumption", "消费帮扶")],
)
def test_a_theme_is_suggested_by_its_label_its_pinyin_its_english_name_and_its_other_names(typed, label):
    assert ("theme", label) in suggested(FIXTURE, typed)


@pytest.mark.parametrize(
    "typed", ["苏州", "苏州市", "苏州铜仁", "苏州市铜仁市", "铜仁", "铜仁市", "铜仁苏州", "铜仁市苏州市"]
)
def test_a_pair_is_suggested_by_either_side_first(typed):
    views = views_of(with_claims(article(0), pairs=(pair("320500", "520600"),)))
    assert ("pair", "苏州市 → 铜仁市") in suggested(views, typed)
    assert only(views, "pair", "苏州市 → 铜仁市").note == "江苏 → 贵州"


def test_a_pair_of_provinces_is_suggested_by_the_name_it_goes_by():
    assert ("pair", "福建 → 宁夏") in suggested(FIXTURE, "闽宁")


def test_a_pair_with_a_side_that_is_no_unit_has_no_page_and_is_not_suggested():
    lost = msgspec.structs.replace(pair("320500", "520600"), target="贵州省黔山县")
    assert not [one for one in names(views_of(with_claims(article(0), pairs=(lost,)))) if one.kind == "pair"]


def test_a_working_model_is_suggested_by_each_of_its_names():
    told = [Practice(name=name, evidence=SEEN, place="贵州省铜仁市") for name in ("飞地育苗", "“飞地育苗”模式")]
    views = views_of(*(with_claims(article(number), practices=(one,)) for number, one in enumerate(told)))
    for practice in views.practices:
        for name in (practice.core, *practice.names):
            assert ("practice", practice.name) in suggested(views, name)
    assert {one.note for one in names(views) if one.kind == "practice"} == {"贵州省铜仁市"}


@pytest.mark.parametrize(("typed", "label"), [("山海周", "山海周报"), ("shzb", "山海周报"), ("ldrb", "乐都日报")])
def test_a_publication_is_suggested_by_its_name_pinyin_and_initials(typed, label):
    views = views_of(article(1), with_facts(article(2), source="乐都日报"))
    assert ("source", label) in suggested(views, typed)


@pytest.mark.parametrize(
    ("typed", "kind", "label"),
    [
        ("东西部协作", "phrase", "东西部协作"),
        ("dxbxz", "phrase", "东西部协作"),
        ("East West cooperation", "phrase", "东西部协作"),
        ("帮助", "page", "帮助"),
        ("help", "page", "帮助"),
        ("zybz", "page", "怎样标注"),
        ("下载", "page", "下载"),
        ("2019", "page", "2019 年"),
        ("2019年", "page", "2019 年"),
    ],
)
def test_phrases_years_and_fixed_pages_are_suggested(typed, kind, label):
    assert (kind, label) in suggested(FIXTURE, typed)


def test_every_suggestion_leads_to_a_page_that_there_is():
    written = {*render(FIXTURE), targets.ABOUT, targets.HELP}
    pages = {path.removesuffix("index.md") if path.endswith("index.md") else f"{path[:-3]}/" for path in written}
    assert {one.path for one in names(FIXTURE)} <= pages


def test_every_key_is_folded_and_stands_once():
    for one in names(FIXTURE):
        assert all(fold(key) == key for key in one.keys)
        assert len(set(one.keys)) == len(one.keys) > 0


@pytest.mark.parametrize("views", [FIXTURE, PLACES, views_of()], ids=["fixture", "places", "nothing"])
def test_a_reader_who_loads_the_bucket_of_the_first_unit_finds_every_key_that_begins_with_it(views):
    bits, files = name_files(views)
    assert sorted(files) == [f"names/{number:02x}.js" for number in range(1 << bits)]
    for one in names(views):
        for key in one.keys:
            first = int.from_bytes(key[0].encode("utf-16-le")[:2], "little")
            _, content = read(files[f"names/{scattered(first << 16) & ((1 << bits) - 1):02x}.js"])
            mine = [entry for entry in content if entry[:5] == list(one[:5])]
            assert len(mine) == 1
            assert key in mine[0][5]


def test_a_bucket_is_in_the_order_of_the_list_and_named_as_its_file():
    bits, files = name_files(FIXTURE)
    assert bits > 0
    order = {tuple(one[:5]): number for number, one in enumerate(names(FIXTURE))}
    for path, text in files.items():
        name, content = read(text)
        assert f"{name}.js" == path
        places = [order[tuple(entry[:5])] for entry in content]
        assert places == sorted(places)


def test_there_are_as_few_buckets_as_keep_the_files_small():
    bits, files = name_files(FIXTURE)
    assert sum(len(text.encode()) for text in files.values()) <= MEAN_FILE_BYTES << bits
    keyed = names_module._by_first_character(names(FIXTURE))
    fewer = names_module._files(keyed, bits - 1)
    assert sum(len(text.encode()) for text in fewer.values()) > MEAN_FILE_BYTES << (bits - 1)


def test_the_same_articles_in_another_order_give_the_same_files():
    articles = [article(number) for number in range(12)]
    assert name_files(views_of(*articles)) == name_files(views_of(*reversed(articles)))


def test_the_list_may_be_handed_in():
    assert name_files(FIXTURE, names(FIXTURE)) == name_files(FIXTURE)


@given(st.text(min_size=1, max_size=12).filter(lambda name: name.strip()))
def test_whatever_a_publication_is_called_its_suggestion_can_be_read(name):
    views = views_of(with_facts(article(1), source=name.encode("utf-8", "ignore").decode() or "报"))
    for text in name_files(views)[1].values():
        read(text)


def test_pinyin_is_typed_with_u_or_v_and_a_lone_syllable_has_no_initial():
    assert initials.typed(["lüe", "yang"]) == ("lveyang", "lueyang", "ly")
    assert initials.typed(["gan"]) == ("gan",)
    assert initials.typed([]) == ()


def test_only_names_in_han_characters_are_read_and_place_names_at_their_head_as_the_gazetteer_has_them():
    assert initials.read("乐陵市报") == ("laolingshibao", "llsb")
    assert initials.read("绿色时报") == ("lvseshibao", "luseshibao", "lssb")
    assert initials.read("1+1") == initials.read("A报") == initials.read("") == ()
