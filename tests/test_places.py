"""Places: what is named, what only looks like a name, and what the article reports on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from described_text import described
from shanhai.annotate import gazetteer, place_words, placenames, places
from shanhai.records import BlockKind, Place

COMMA, OPEN, CLOSE = "\uff0c", "\uff08", "\uff09"


def found(*blocks, **facts) -> dict[str, Place]:
    """The places of an article of these blocks, by full name."""
    return {place.name: place for place in places.find(described(*blocks, **facts))}


def subjects(*blocks, **facts) -> set[str]:
    return {name for name, place in found(*blocks, **facts).items() if place.role == "subject"}


def rule(place: Place) -> str:
    return place.evidence[0].rule


@pytest.mark.parametrize(
    ("text", "full_name", "by"),
    [
        ("工作队进驻从江县已有两年。", "贵州省黔东南苗族侗族自治州从江县", "PLACE-01"),
        ("通辽科左中旗的牧民。", "内蒙古自治区通辽市科尔沁左翼中旗", "PLACE-02"),
        ("黔西南州的干部。", "贵州省黔西南布依族苗族自治州", "PLACE-02"),
        ("在贵州采访时。", "贵州省", "PLACE-03"),
        ("乘车到厦门去。", "福建省厦门市", "PLACE-03"),
        ("宁波慈溪的企业家。", "浙江省宁波市慈溪市", "PLACE-05"),
        ("甘肃白银的老矿工。", "甘肃省白银市", "PLACE-05"),
        ("青海海南的草场。", "青海省海南藏族自治州", "PLACE-05"),
        ("苏陕协作的项目。", "陕西省", "PLACE-09"),
        ("陕北的窑洞。", "陕西省", "PLACE-03"),
        ("重庆市城口县的山路。", "重庆市城口县", "PLACE-01"),
        ("海南省临高县的渔港。", "海南省临高县", "PLACE-01"),
        ("河北雄安的新居。", "河北省雄安新区", "PLACE-05"),
    ],
)
def test_a_name_is_found_by_its_rule(text, full_name, by):
    """Full, short and bare names, each with the rule it is found by."""
    assert rule(found(text)[full_name]) == by


@pytest.mark.parametrize(
    "text",
    [
        "党和政府带领群众投资兴业。",
        "鲜红的党旗在小康路上党员手中飘扬。",
        "整合资源、加强合作、振兴乡村、增添动力。",
        "村民沿河而居" + COMMA + "周至少有三次集市。",
        "推广东西部协作的好经验。",
        "隆重庆祝丰收节。",
        "确保定点帮扶不断线" + COMMA + "扩大连片种植。",
        "打通西南通道" + COMMA + "建成都市农业圈。",
        "来宾们走到和田间地头最近的地方。",
        "稳定西部市场" + COMMA + "加固原有堤坝。",
        "六盘山区和乌蒙山区的孩子。",
        "贫困户县里有数" + COMMA + "政府和县委都上心" + COMMA + "示范县建设。",
        "东方市场、合作市场、和平区域。",
        "北京时间八点" + COMMA + "阿里巴巴的培训班开课。",
        "吃过一碗兰州拉面" + COMMA + "再谈延安精神。",
        "昨日" + COMMA + "新华社北京6月8日电。",
        "据河北日报、浙江在线和中国西藏新闻网报道。",
        "《今日浙江》杂志。",
        "浙江大学和西安交通大学的教授" + COMMA + "厦门大学的学生。",
        "村口的南京路上有一家北京银行。",
        "新来的书记李光泽表示" + COMMA + "和平年代更要安居乐业。",
    ],
)
def test_what_only_looks_like_a_place_is_none(text):
    """Ordinary words, words across words, people, papers, universities, datelines, streets."""
    assert found(text) == {}


def test_a_township_is_not_the_county_of_its_name():
    """新昌乡 lies in 常山县 and is not 新昌县."""
    assert set(found("常山县新昌乡的老支书说。", "新昌乡的橘子熟了。")) == {
        "浙江省",
        "浙江省衢州市",
        "浙江省衢州市常山县",
    }


def test_the_tail_of_a_township_is_no_place():
    """龙门镇江边村is not in 镇江."""
    assert found("龙门镇江边村的码头。") == {}


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ("清涧县的山坡绿了。", "清涧人爱种枣。", {"陕西省", "陕西省榆林市", "陕西省榆林市清涧县"}),
        ("山坡绿了。", "清涧人爱种枣。", set()),
    ],
)
def test_a_county_s_bare_name_needs_its_full_name_in_the_article(before, after, names):
    """清涧 counts where 清涧县 stands too."""
    assert set(found(before, after)) == names


def test_a_bare_name_in_a_list_is_carried_by_the_others_or_by_the_count():
    """A list of counties with one that is certain, and a list closed by its count."""
    assert "黑龙江省绥化市青冈县" in found("黑龙江的延寿、青冈、林甸3个贫困县摘帽。")
    assert "黑龙江省绥化市青冈县" in found("拜泉县、青冈、林甸的粮仓。")
    assert "黑龙江省绥化市青冈县" not in found("青冈的粮仓满了。")


@pytest.mark.parametrize(
    ("text", "full_name"),
    [
        ("江苏南京的鼓楼区有一所小学。", "江苏省南京市鼓楼区"),
        ("河南开封的鼓楼区有一所小学。", "河南省开封市鼓楼区"),
        ("福州的老师来了。鼓楼区派出三人。", "福建省福州市鼓楼区"),
        ("西藏的冬天很长。城关区的学校有了暖气。", "西藏自治区拉萨市城关区"),
    ],
)
def test_a_name_that_several_units_share_is_decided_by_what_is_named_around_it(text, full_name):
    """The city before it, or the only province that the article names."""
    counties = {name for name, place in found(text).items() if place.level == "county"}
    assert counties == {full_name}


def test_a_name_that_stays_open_is_dropped():
    """鼓楼区 alone is in three provinces."""
    assert found("鼓楼区的一所小学。") == {}


def test_a_county_brings_its_province_and_prefecture():
    """Implied units quote the county's name, and share its role."""
    places_found = found("工作队进驻从江县已有两年。")
    for name in ("贵州省", "贵州省黔东南苗族侗族自治州"):
        assert rule(places_found[name]) == places.IMPLIED
        assert places_found[name].evidence[0].quote == "从江县"
        assert places_found[name].role == "subject"


def test_a_province_that_is_named_once_is_only_mentioned():
    """It takes the headline, a heading, several mentions, or a place in it that is told of."""
    assert subjects("村里人去过一趟湖南。") == set()
    assert subjects("村里人去过一趟湖南。", title="湖南来信") == {"湖南省"}
    assert subjects((BlockKind.HEADING, "湖南的办法"), "湖南的办法不复杂。") == {"湖南省"}
    assert subjects("湖南的水稻熟了。", "湖南的农民忙了。") == {"湖南省"}
    assert subjects("花垣县的苗绣出了山。") == {
        "湖南省",
        "湖南省湘西土家族苗族自治州",
        "湖南省湘西土家族苗族自治州花垣县",
    }


def test_lists_markets_and_home_towns_are_mentions():
    """Provinces in a row, a market that goods are sent to."""
    assert subjects("他们奋战在新疆、青海、四川、湖北等省区。") == set()
    assert subjects("木耳远销上海、远销上海。") == set()
    assert subjects("蜂蜜卖到寿光市。") == set()


def test_a_long_list_of_counties_tells_of_none_and_a_short_one_of_all():
    """Nine counties in a row are passed over, three are not."""
    nine = "从江县、榕江县、台江县、雷山县、剑河县、黎平县、锦屏县、天柱县、岑巩县"
    assert subjects(f"批准{nine}退出。") == set()
    assert len([name for name in subjects("批准从江县、榕江县、台江县退出。") if name.endswith("县")]) == 3


def test_captions_and_notes_name_no_place():
    """They are somebody's credit or another picture, but the text stays what it is."""
    for kind in (BlockKind.CAPTION, BlockKind.NOTE):
        assert found("茶园一片新绿。", (kind, "竹山县的茶园")) == {}
        quotes = [one.start for one in found("竹山县的茶。", (kind, "竹山县"))["湖北省十堰市竹山县"].evidence]
        assert quotes == [0]


def test_parties_to_a_pair_are_subjects():
    """Also where each is named once only."""
    text = "来了杭州的医生和阿克苏的医生。"
    promoted = places.promoted(places.find(described(text)), {"浙江省杭州市"})
    assert {place.name for place in promoted if place.role == "subject"} == {"浙江省", "浙江省杭州市"}


def test_every_common_word_is_a_name_of_the_gazetteer():
    """The reviewed lists hold nothing that could never be met."""
    names = {name.text for name in placenames.all_names()}
    assert [word for word in place_words.words().not_places if word not in names] == []
    used = {short for unit in gazetteer.units() for short in gazetteer.short_names(unit.name)[:1]}
    assert sorted(place_words.words().common_words - used) == []


PIECES = st.sampled_from(
    [
        *("贵州省", "铜仁市", "沿河", "沿河县", "张家港", "、", "和", "等3个县", "对口帮扶", "与"),
        *("城关区", "朝阳", "《", "》", "闽宁", "协作", "南部县", "合作市", "重庆", "海南", "吉林"),
        *("镇", "\n", "。", COMMA, "大学", "2017年", "挂职", "市场", "\ue000", "新华社北京"),
        *("6月8日电", OPEN, CLOSE),
    ]
)


@given(
    st.lists(PIECES | st.text(max_size=5), max_size=30),
    st.sampled_from([None, "1980-01-01", "2009-05-05", "2031-01-01"]),
)
def test_evidence_quotes_the_text_and_names_are_the_gazetteer_s(pieces, date):
    """For any text: nothing is raised, every quote is exact, every name is a unit's full name."""
    article = described("".join(pieces).replace("\n\n", "\n"), date=date)
    for place in places.find(article):
        assert place.name == gazetteer.full_name(place.code)
        assert place.evidence
        assert [one.start for one in place.evidence] == sorted(one.start for one in place.evidence)
        for one in place.evidence:
            assert one.quote == article.text[one.start : one.end] != ""
            assert 0 < one.score <= 1
