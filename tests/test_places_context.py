"""Which unit a name means, by what stands around it; the sentences are written for this project."""

from __future__ import annotations

import pytest

from described_text import described
from shanhai.annotate import places
from shanhai.records import BlockKind

NAMED = {
    "兰考县的泡桐。": ["河南省开封市兰考县"],
    "福建的海风吹到宁夏。": [],
    "浙江的客商赴义乌。": ["浙江省金华市义乌市"],
    "江苏的队伍来到昆山、常熟和太仓。": ["昆山市", "常熟市", "太仓市"],
    "贵州省沿河、德江、松桃三县结对。": ["沿河", "德江县", "松桃"],
    "赴贵州铜仁、毕节对接。": [],
    "甘肃省临夏州和政县的花椒。": ["和政县"],
    "海东市互助县的土豆。": ["互助"],
    "贵州毕节大方县的辣椒。": ["大方县"],
    "湖南省怀化市通道侗族自治县的风雨桥。": ["通道"],
    "广西桂林资源县的红提。": ["资源县"],
    "四川省南部县的柑橘。": ["南部县"],
    "西藏比如县的虫草。": ["比如县"],
    "甘肃省合作市的牦牛。": ["合作市"],
    "广东河源和平县的猕猴桃。": ["和平县"],
    "浙江杭州西湖区的专家。": ["杭州市西湖区"],
    "南昌的西湖区和东湖区。": ["南昌市西湖区", "南昌市东湖区"],
    "吉林长春朝阳区的社区。": ["长春市朝阳区"],
    "北京市朝阳区的企业到新疆和田。": ["北京市朝阳区"],
    "贵阳的同事在白云区做调研。": ["贵阳市白云区"],
    "广州白云区对口毕节。": ["广州市白云区"],
    "兰州市城关区的学校与拉萨市城关区结对。": ["兰州市城关区", "拉萨市城关区"],
    "重庆忠县的柑橘和丰都县的牛。": ["忠县", "丰都县"],
    "重庆的干部在忠县蹲点。": ["忠县"],
    "成县和徽县相邻,甘肃的核桃好。": ["成县", "徽县"],
    "宁夏海原、西吉两县的马铃薯。": ["海原县", "西吉县"],
    "安徽金寨、岳西等5个贫困县。": ["金寨县", "岳西县"],
    "云南怒江州泸水、福贡、贡山、兰坪四县市。": ["泸水市", "福贡县", "贡山", "兰坪"],
    "苏州工业园区对口松桃。": [],
    "扬州经济技术开发区到清涧县考察。": ["清涧县"],
    "昆山经开区与江苏企业一起来。": ["昆山市"],
    "张家港保税区的企业到沿河县投资。": ["张家港市", "沿河"],
    "湘西州花垣县十八洞村。": ["花垣县"],
    "黔东南州从江、榕江两县。": ["从江县", "榕江县"],
    "内蒙古阿右旗和前郭县。": ["阿拉善右旗", "前郭尔罗斯"],
    "阳光明媚的东阳市。": ["东阳市"],
    "新疆兵团的棉花。": [],
    "新昌县的茶和常山县新昌乡的橘。": ["新昌县", "常山县"],
    "浙江省缙云县、庆元县、景宁县。": ["缙云县", "庆元县", "景宁"],
    "浙江、福建对口帮扶四川、宁夏。": [],
    "陕北榆林市佳县的枣。": ["佳县"],
    "从江西到陕西,从江县的香猪。": ["从江县"],
    "河北省张家口市崇礼区太子城。": ["崇礼区"],
    "湖北恩施州鹤峰、建始、巴东三县。": ["鹤峰县", "建始县", "巴东县"],
    "四川凉山昭觉、布拖、美姑等7个县。": ["昭觉县", "布拖县", "美姑县"],
    "青海海西州乌兰县。": ["乌兰县"],
    "广西都安、大化、隆林等8个自治县。": ["都安", "大化", "隆林"],
    "云南省昭通市鲁甸县、巧家县、盐津县。": ["鲁甸县", "巧家县", "盐津县"],
    "杭州市余杭区与台江县结对,台江的姑娘。": ["余杭区", "台江县"],
    "沙县小吃出自三明市沙县。": ["沙县"],
}
"""The counties of each sentence by a part of their names; an ASCII comma stands for the Chinese one."""


def chinese(text: str) -> str:
    return text.replace(",", "\uff0c")


def counties(text: str, date: str | None = "2020-05-06") -> list[str]:
    return [place.name for place in places.find(described(chinese(text), date=date)) if place.level == "county"]


@pytest.mark.parametrize("sentence", NAMED)
def test_a_sentence_names_just_its_counties(sentence):
    """Full names, short names, lists with their parents and counts, homonyms by their parents."""
    found, wanted = counties(sentence), NAMED[sentence]
    assert len(found) == len(wanted)
    assert all(any(part in name for name in found) for part in wanted), found


def test_the_last_of_a_counted_list_of_provinces_is_one_too():
    """东三省 is a word as well, but not behind 、."""
    found = places.find(described("江苏、浙江、广东三省分别对口支援陕西、四川、广西。"))
    assert len([place for place in found if place.level == "province"]) == 6


def test_a_surer_name_is_not_hidden_by_an_unsure_one_before_it():
    """从江, 临海 and 和田 end with the first character of what is meant."""
    for text, name in (("从江西出发。", "江西省"), ("从江苏来的人。", "江苏省"), ("濒临海南的海域。", "海南省")):
        assert [place.name for place in places.find(described(text))] == [name]
    assert counties("和田东县的人。") == ["广西壮族自治区百色市田东县"]


@pytest.mark.parametrize(
    ("text", "quote", "name"),
    [
        ("扬州经济技术开发区来人了。", "扬州经济技术开发区", "江苏省扬州市"),
        ("苏州工业园区的专家。", "苏州工业园区", "江苏省苏州市"),
        ("宁波高新区的企业。", "宁波高新区", "浙江省宁波市"),
        ("江苏昆山经开区的企业。", "昆山经开区", "江苏省苏州市昆山市"),
    ],
)
def test_a_zone_is_evidence_of_its_city(text, quote, name):
    """The whole name of the zone is quoted."""
    place = next(place for place in places.find(described(text)) if place.name == name)
    assert place.evidence[0].quote == quote


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("复苏青春的力量。", set()),
        ("深化苏青协作。", {"江苏省", "青海省"}),
        ("“闽宁”二字。", {"福建省", "宁夏回族自治区"}),
        ("川渝两地携手。", {"四川省", "重庆市"}),
        ("闽宁两省区商定。", {"福建省", "宁夏回族自治区"}),
        ("张沿两地商定。", set()),
    ],
)
def test_two_provinces_in_two_characters_are_named_by_what_follows(text, names):
    """Two characters across words name none, nor do those of two counties."""
    assert {place.name for place in places.find(described(text))} == names


def test_a_district_s_bare_name_counts_behind_its_municipality():
    """An ordinary word too; not so behind a province."""
    assert counties("北京朝阳的社区。") == ["北京市朝阳区"]
    assert counties("天津和平的学校。") == ["天津市和平区"]
    assert counties("广西资源丰富。") == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("福建福州的老师来了。江苏南京的老师也来了。鼓楼区的学校开学。", ["江苏省南京市鼓楼区"]),
        ("福州、南京的老师来了。鼓楼区的学校开学。", []),
        ("南京的老师去了福建。鼓楼区的学校开学。", []),
        ("长春的老师去了北京。朝阳区的学校开学。", ["北京市朝阳区"]),
        ("鼓楼区的学校开学。", []),
    ],
)
def test_a_homonym_is_decided_by_the_place_before_or_dropped(text, wanted):
    """A list of both cities decides nothing, nor does a province whose city is not named where the other's is."""
    assert counties(text) == wanted


def test_a_list_of_thousands_is_read_like_a_short_one():
    """Every name of it is evidence, and an open one stays open."""
    found = places.find(described("张家港、" * 4000))
    assert [len(place.evidence) for place in found if place.level == "county"] == [4000]
    assert counties("鼓楼区、" * 4000 + "南京、福州") == []


def test_a_person_is_no_county_known_from_its_full_name():
    """长宁县 in the article makes 李长宁 no place."""
    found = places.find(described("四川省长宁县的竹子。", "李长宁说。", "长宁的竹子好。"))
    quotes = [one.quote for place in found if place.level == "county" for one in place.evidence]
    assert quotes == ["长宁县", "长宁"]


def test_a_county_s_bare_name_counts_where_its_province_is_named():
    """One such mention makes it no subject, two do."""
    once = places.find(described("浙江的老师说。", "他们在义乌上课。"))
    twice = places.find(described("浙江的老师说。", "他们在义乌上课。", "后来又回到义乌。"))
    assert {place.name: place.role for place in once}["浙江省金华市义乌市"] == "mention"
    assert {place.name: place.role for place in twice}["浙江省金华市义乌市"] == "subject"
    assert counties("他们在义乌上课。") == []


THEN = [
    ("密云县的水库边。", "2009-07-01", "北京市密云区", "北京市密云县"),
    ("密云区的水库边。", "2009-07-01", "北京市密云区", "北京市密云县"),
    ("密云区的水库边。", "2018-07-01", "北京市密云区", None),
    ("原密云县的水库边。", "2018-07-01", "北京市密云区", None),
    ("密云县的水库边。", None, "北京市密云区", None),
    ("江口县的茶。", "2009-07-01", "贵州省铜仁市江口县", "贵州省铜仁地区江口县"),
    ("江口县的茶。", "2009-07-01", "贵州省铜仁市", "贵州省铜仁地区"),
    ("江口县的茶。", "2009-07-01", "贵州省", None),
    ("铜仁市的早市。", "2018-07-01", "贵州省铜仁市", None),
    ("毕节地区的核桃。", "2005-07-01", "贵州省毕节市", "贵州省毕节地区"),
    ("襄樊市的工厂。", "2005-07-01", "湖北省襄阳市", "湖北省襄樊市"),
    ("重庆市的码头。", "1990-07-01", "重庆市", "四川省重庆市"),
    ("莱芜市并入济南。", "2017-07-01", "山东省济南市", None),
]


@pytest.mark.parametrize(("text", "date", "name", "then"), THEN)
def test_a_place_goes_by_today_s_name_and_says_what_it_was_called_then(text, date, name, then):
    """Names of the day, newer and older ones, of the unit and of those above it, dated and not."""
    found = {place.name: place.name_then for place in places.find(described(text, date=date))}
    assert name in found
    assert found[name] == then


ROLES = [
    ("沿河县的茶叶远销浙江义乌市。", ["沿河土家族自治县"], ["义乌市"]),
    ("他毕业于陕西省西安市长安区的一所中学。", [], ["长安区"]),
    ("增速高于云南、贵州。贵州的增速不低。", [], ["云南省"]),
    ("安龙县毗邻广西隆林县。", ["安龙县"], ["隆林各族自治县"]),
    ("来自义乌市的客商订了三车。", [], ["义乌市"]),
    ("干部们到昆山市考察。", [], ["昆山市"]),
    ("记者 贵州省铜仁市报道。", [], ["铜仁市"]),
    ("花垣县距长沙市300公里。", ["花垣县"], ["长沙市"]),
    ("老家在兰考县的王大爷。", [], ["兰考县"]),
    ("慈溪市的挂职干部来到安龙县。", ["慈溪市", "安龙县"], []),
    ("康乐籍的员工在同安区上班,康乐县的人多。", ["同安区", "康乐县"], []),
    ("江苏援建的学校在青海省海南州共和县。", ["江苏省", "共和县"], []),
    ("东莞市的帮扶车间在石阡县。", ["广东省", "石阡县"], []),
    ("广州、珠海的义工常来。", [], ["广东省", "广州市"]),
    ("温州的学校和医院都来了人。台州的也来了。", ["浙江省"], ["温州市", "台州市"]),
    ("腊月的遵义,车站里挤满了人。", ["贵州省", "遵义市"], []),
    ("前年秋天,我们在四川凉山住了半个月。", ["四川省", "凉山彝族自治州"], []),
    ("四川凉山,山高路远。", ["四川省", "凉山彝族自治州"], []),
    ("推进会在银川召开。", [], ["宁夏回族自治区", "银川市"]),
    ("路修到了山下。我们在遵义住过。", [], ["遵义市"]),
    ("三年来,六盘水市送来四批骨干。", ["贵州省", "六盘水市"], []),
    ("资金投向承德、张家口两市。", ["河北省", "承德市", "张家口市"], []),
    ("展位留给承德、张家口等市。", [], ["承德市", "张家口市"]),
    ("遵义市、安顺市的同行也来看过。", [], ["遵义市", "安顺市"]),
    ("无锡市的三家企业先后来洽谈。", [], ["无锡市"]),
    ("四川人爱吃辣,四川人能吃苦。", [], ["四川省"]),
    ("四川人民记得,四川人才济济。", ["四川省"], []),
]


@pytest.mark.parametrize(("text", "told", "passed"), ROLES)
def test_what_the_article_reports_on_is_a_subject(text, told, passed):
    """Markets, schools, neighbours, measures, native places and bylines are passed over; parties to help are not."""
    found = places.find(described(chinese(text)))
    subjects = [place.name for place in found if place.role == "subject"]
    mentioned = [place.name for place in found if place.role == "mention"]
    assert [part for part in told if not any(name.endswith(part) for name in subjects)] == []
    assert [part for part in passed if not any(name.endswith(part) for name in mentioned)] == []


def test_a_long_article_needs_more_than_one_full_name_of_a_prefecture():
    """It names the homes of people and firms so, too."""
    filler = ["茶园里的人多了起来。" * 20] * 10
    found = places.find(described(*filler, "六盘水市送来四批骨干。"))
    assert {place.role for place in found} == {"mention"}


def test_a_province_that_begins_a_sentence_needs_no_segmenter():
    """西藏地处 is no word, and 西藏 is one."""
    for text in ("西藏地处高原。", "多年来,新疆地广人稀。", "在西藏地势高。"):
        assert [place.level for place in places.find(described(chinese(text)))] == ["province"]


GENRES = [
    (
        "1998-03-05",
        "本报讯 去年,川东北的达川地区、巴中地区组织劳务输出三万人次。思茅地区普洱县的茶农说,好日子在后头。",
        {"四川省达州市", "四川省巴中市", "云南省普洱市", "云南省普洱市宁洱哈尼族彝族自治县"},
    ),
    (
        "2021-12-01",
        "一年来,与绍兴市越城区、柯桥区开展结对。乐山高新区、峨边县、马边县承接产业转移,市中区、沙湾区进展顺利。",
        {
            *("浙江省绍兴市", "浙江省绍兴市越城区", "浙江省绍兴市柯桥区", "四川省乐山市", "四川省乐山市沙湾区"),
            *("四川省乐山市峨边彝族自治县", "四川省乐山市马边彝族自治县"),
        },
    ),
    (
        "2022-06-01",
        "问:来青海最大的感受是什么?答:海南州的风大。共和、贵德、同德三县我都跑遍了。问:家里人支持吗?答:大家互助合作。",
        {
            *("青海省海南藏族自治州", "青海省海南藏族自治州共和县", "青海省海南藏族自治州贵德县"),
            "青海省海南藏族自治州同德县",
        },
    ),
    (
        "2018-05-01",
        "深圳对口河源、汕尾,帮扶和平、龙川、紫金、陆河四县。",
        {
            *("广东省深圳市", "广东省河源市", "广东省汕尾市", "广东省河源市和平县", "广东省河源市龙川县"),
            *("广东省河源市紫金县", "广东省汕尾市陆河县"),
        },
    ),
]


@pytest.mark.parametrize(("date", "text", "names"), GENRES)
def test_a_brief_a_report_an_interview_and_a_page_of_1998(date, text, names):
    """All prefectures and counties that they name or imply, and no other."""
    found = places.find(described(chinese(text), date=date))
    assert {place.name for place in found if place.level != "province"} == names


def test_captions_notes_and_credits_name_no_place():
    """The places of the text alone."""
    found = places.find(
        described(
            "石阡县的苔茶上市了。",
            (BlockKind.CAPTION, "浙江安吉的茶园。山东日照记者站供图"),
            (BlockKind.NOTE, "作者单位在四川省乐山市"),
        )
    )
    assert {place.name for place in found} == {"贵州省", "贵州省铜仁市", "贵州省铜仁市石阡县"}
