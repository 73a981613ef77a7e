"""Figures: numbers with units, their labels, years and places."""

from __future__ import annotations

from time import process_time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.annotate import dates, figure_words, figures, numerals
from shanhai.records import BlockKind, Evidence, Place
from themed_texts import described, masters


def found(text, places=(), date=None):
    origin = "given" if date else None
    article = msgspec.structs.replace(described(text), date=date, date_edtf=date or "", date_origin=origin)
    return figures.find(article, places, dates.find(article))


def read(text):
    return [(figure.value, figure.unit) for figure in found(text)]


def place(article_text, name, level, *words, role="subject"):
    spots = [(article_text.find(word), word) for word in words]
    evidence = tuple(Evidence(quote=w, start=at, end=at + len(w), rule="PLACE-00") for at, w in spots)
    return Place(name=name, code="", level=level, role=role, evidence=evidence)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("投入资金120万元。", 1_200_000, "元"),
        ("总投资2.35亿元。", 235_000_000, "元"),
        ("产值突破1.2万亿元。", 1_200_000_000_000, "元"),
        ("借款500万美元。", 5_000_000, "美元"),
        ("捐款80万港币。", 800_000, "港元"),
        ("筹资3亿5000万元。", 350_000_000, "元"),
        ("投入1,234.5万元。", 12_345_000, "元"),
        ("修路18.6公里。", 18.6, "公里"),
        ("种果树三千二百亩。", 3200, "亩"),
        ("一万三千五百人参加。", 13_500, "人"),
        ("两万户搬了家。", 20_000, "户"),
        ("二十五名教师到岗。", 25, "名"),
        ("约有四十多个村。", 40, "个"),
        ("覆盖率达98.5%。", 98.5, "%"),
        ("覆盖率达98.5\uff05。", 98.5, "%"),
        ("覆盖百分之九十的村。", 90, "%"),
        ("占百分之三点五。", 3.5, "%"),
        ("占百分之三至.5。", 3, "%"),
        ("提高2.3个百分点。", 2.3, "百分点"),
        ("服务3万余人次。", 30_000, "人次"),
        ("销售700余万元。", 7_000_000, "元"),
        ("带动35.6万农村贫困人口。", 356_000, "人"),
        ("建成5千瓦电站。", 5, "千瓦"),
        ("挑选40名优秀干部。", 40, "名"),
        ("成立5个工作队。", 5, "个"),
        ("来了3支队伍。", 3, "支"),
        ("面积60㎡。", 60, "平方米"),
        ("运来6 300 吨化肥。", 6300, "吨"),
    ],
)
def test_a_number_with_its_unit_is_read_into_the_base_unit(text, value, unit):
    assert (value, unit) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "2019年3月11日上午8:30。",
        "这是第21个年头\uff0c第3名也有奖。",
        "第二十一个项目开工。",
        "一个人\uff0c一次会\uff0c一家店。",
        "千家企业、百名干部齐上阵。",
        "百里挑一\uff0c千斤担子\uff0c十里八乡。",
        "扫二维码\uff0c一二三产一起抓。",
        "七八个人\uff0c三五户人家。",
        "数十名干部\uff0c几百户人家\uff0c上千人。",
        "签下2019-3个、5-2-1个。",
        "三分之二以上的户。",
        "“1+10+100”联户\uff0c1+1结对。",
        "用上5G\uff0c坐上G20次车。",
        "等了3个月、2个小时、5个工作日。",
        "从8个方面推进。",
        "转了180度的弯。",
        "二〇一九年\uff0c十四五期间\uff0c九十年代。",
        "排名前3名。",
        "2019年人均如此。",
    ],
)
def test_dates_ranks_models_idioms_and_vague_numbers_are_no_figures(text):
    assert read(text) == []


def test_a_change_gives_two_figures_of_one_label_with_the_year_of_each():
    text = "2020年,失学率由2015年的9.6%下降到0.2%。"
    first, second = found(text)
    assert (first.value, first.unit, first.label, first.year) == (9.6, "%", "失学率", 2015)
    assert (second.value, second.unit, second.label, second.year) == (0.2, "%", "失学率", 2020)


def test_numbers_in_a_row_share_their_label():
    assert [f.label for f in found("全县搬迁群众1200户5300人,都住上了楼。")] == ["搬迁群众", "搬迁群众"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("县里建成63个果蔬大棚。", "果蔬大棚"),
        ("落实帮扶资金210万元。", "帮扶资金"),
        ("选派34名骨干教师到山里。", "骨干教师"),
        ("种植面积达3800亩。", "种植面积"),
        ("打造帮扶车间72个。", "帮扶车间"),
        ("有10万农村劳动力外出。", "农村劳动力"),
        ("接来80名来自山区的学生。", "学生"),
    ],
)
def test_the_label_is_the_noun_beside_the_number(text, label):
    (figure,) = found(text)
    assert figure.label == label


def test_the_sentence_is_whole_and_the_evidence_is_number_and_unit():
    text = "天晴了。村里修了18公里路,花了90万元\uff01人人高兴。"
    first, second = found(text)
    assert first.sentence == second.sentence == "村里修了18公里路,花了90万元\uff01"
    assert (first.evidence.quote, second.evidence.quote) == ("18公里", "90万元")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2019年,收入10万元。", 2019),
        ("去年收入10万元。", 2019),
        ("今年以来收入10万元。", 2020),
        ("前年收入10万元。", 2018),
        ("收入10万元,2019年翻番。", None),
        ("2018年不好。收入10万元。", 2018),
        ("2018年不好。目前收入10万元。", None),
        ("好在2018年。收入10万元。", None),
        ("2018年以来收入10万元。", None),
        ("3年收入10万元。", None),
    ],
)
def test_the_year_is_the_one_named_before_the_number_in_its_sentence_or_opening_one_before(text, year):
    (figure,) = (f for f in found(text, date="2020-05-01") if f.unit == "元")
    assert figure.year == year


def test_a_relative_year_in_an_article_without_a_date_stays_open():
    (figure,) = found("去年收入10万元。")
    assert figure.year is None


def test_the_place_is_the_last_subject_named_before_the_number():
    text = "甲县建棚50个,乙县建棚70个。"
    places = (
        place(text, "某省甲市甲县", "county", "甲县"),
        place(text, "某省乙市乙县", "county", "乙县"),
    )
    assert [f.place for f in found(text, places)] == ["某省甲市甲县", "某省乙市乙县"]


def test_a_place_that_is_only_mentioned_has_the_figures_of_its_own_clause_and_no_other():
    text = "甲县建棚50个,乙县帮了3户,修路2公里。"
    places = (
        place(text, "某省甲市甲县", "county", "甲县"),
        place(text, "某省乙市乙县", "county", "乙县", role="mention"),
    )
    assert [f.place for f in found(text, places)] == ["某省甲市甲县", "某省乙市乙县", "某省甲市甲县"]


def test_of_places_named_at_one_spot_the_deepest_counts():
    text = "甲县建棚50个。"
    places = (
        place(text, "某省", "province", "甲县"),
        place(text, "某省甲市", "prefecture", "甲县"),
        place(text, "某省甲市甲县", "county", "甲县"),
    )
    assert [f.place for f in found(text, places)] == ["某省甲市甲县"]


def test_the_whole_province_is_meant_where_the_text_says_so():
    text = "甲县先摘帽,全省建棚50个。"
    places = (place(text, "某省", "province", "甲县"), place(text, "某省甲市甲县", "county", "甲县"))
    assert [f.place for f in found(text, places)] == ["某省"]


def test_a_whole_unit_that_no_place_in_reach_lies_in_has_no_name():
    text = "某省先行,全县建棚50个。"
    assert [f.place for f in found(text, (place(text, "某省", "province", "某省"),))] == [None]


def test_a_sum_over_a_list_of_places_is_said_of_none_of_them():
    text = "甲县、乙县等9个县先行。"
    assert [f.place for f in found(text, (place(text, "某省乙市乙县", "county", "乙县"),))] == [None]


def test_a_place_reaches_from_the_paragraph_before_but_not_over_a_heading():
    lines = ["甲县在山里。", "天晴了,建棚50个。", (BlockKind.HEADING, "后来"), "建棚70个。"]
    article = described(*lines)
    county = place(article.text, "某省甲市甲县", "county", "甲县")
    assert [f.place for f in figures.find(article, (county,))] == ["某省甲市甲县", None]


def test_people_who_come_from_a_place_are_of_that_place_not_of_one_named_earlier():
    article = described("甲县在山里。", "50名来自乙县的工人到了。", "50名工人来自乙县。")
    places = (
        place(article.text, "某省甲市甲县", "county", "甲县"),
        place(article.text, "某省乙市乙县", "county", "乙县"),
    )
    assert [f.place for f in figures.find(article, places)] == ["某省乙市乙县", "某省乙市乙县"]


def test_figures_of_captions_are_left_out():
    assert figures.find(described((BlockKind.CAPTION, "图为50个大棚。"), "天晴了。"), ()) == ()


def test_the_master_texts_give_the_figures_that_their_authors_counted():
    wanted, missed = 0, []
    for truth, article in masters():
        made = [(f.value, f.unit, f.label + f.sentence) for f in figures.find(article, ())]
        for figure in truth["figures"]:
            wanted += 1
            key = (figure["value"], figure["unit"])
            if not any((value, unit) == key and figure["words"] in words for value, unit, words in made):
                missed.append(figure)
    assert len(missed) <= 0.05 * wanted, missed


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("一万三千五百", 13_500),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("两千三", 2300),
        ("一亿二千万", 120_000_000),
        ("三千万", 30_000_000),
        ("七八", None),
        ("二〇一九", None),
    ],
)
def test_a_numeral_in_characters_has_the_value_it_says(numeral, value):
    assert numerals.chinese_number(numeral) == value


@pytest.mark.parametrize(
    ("numeral", "value", "upper"),
    [
        ("五六十", 50, 60),
        ("两三百", 200, 300),
        ("十七八", 17, 18),
        ("三点五亿", 350_000_000, None),
        ("零点八", 0.8, None),
        ("百万", 1_000_000, None),
        ("千亿", 100_000_000_000, None),
    ],
)
def test_a_numeral_with_decimals_or_between_two_digits_has_its_extent(numeral, value, upper):
    assert numerals.chinese_extent(numeral) == (value, upper)


@pytest.mark.parametrize("numeral", ["一二三", "八点二十", "三点", "七五"])
def test_a_numeral_that_says_no_number_has_no_extent(numeral):
    assert numerals.chinese_extent(numeral) is None


def test_every_unit_another_spelling_and_every_implied_noun_leads_to_a_known_unit():
    known = figure_words.units()
    assert set(known.same_as) <= set(known.units)
    assert set(known.same_as.values()) | set(known.implied.values()) <= set(known.units)
    assert known.follow_their_noun <= set(known.units)


_PIECES = st.sampled_from(
    [
        *"0123456789.,%多余的第年一二三十百千万亿由到至和",
        "万元",
        "个",
        "人",
        "2019年",
        "去年",
        "百分之",
        "全省",
        "。",
        "\n",
        "+",
        "-",
    ]
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=5)), max_size=60), st.booleans())
def test_every_evidence_quotes_the_text_and_nothing_raises(pieces, dated):
    article = msgspec.structs.replace(described("".join(pieces)), date="2020-01-01" if dated else None)
    end = 0
    for figure in figures.find(article, ()):
        evidence = figure.evidence
        assert evidence.start >= end
        end = evidence.end
        assert evidence.quote == article.text[evidence.start : evidence.end] != ""
        assert evidence.quote in figure.sentence or len(figure.sentence) >= 300
        assert figure.value >= 0
        assert len(figure.label) <= 20
        assert figure.unit in figure_words.units().units
        assert figure.upper is None or figure.upper > figure.value


@given(st.lists(_PIECES, max_size=30), st.lists(_PIECES, max_size=10), st.lists(_PIECES, max_size=10))
def test_the_text_around_a_sentence_does_not_change_its_amounts(pieces, before, behind):
    sentence = "".join(pieces).replace("\n", "")
    alone = [(f.value, f.unit, f.qualifier, f.upper, f.evidence.quote) for f in found(sentence + "。")]
    start = len("".join(before)) + 1
    within = [
        (f.value, f.unit, f.qualifier, f.upper, f.evidence.quote)
        for f in found("".join(before) + "。" + sentence + "。" + "".join(behind))
        if start <= f.evidence.start < start + len(sentence)
    ]
    assert within == alone


@given(st.integers(1, 10**7), st.sampled_from(["", "万", "亿"]), st.sampled_from(["元", "人", "户", "亩", "个"]))
def test_a_number_is_worth_what_its_digits_say(number, scale, unit):
    (figure,) = found(f"共{number}{scale}{unit}。")
    assert figure.value == number * {"": 1, "万": 10**4, "亿": 10**8}[scale]
    assert figure.evidence.quote == f"{number}{scale}{unit}"


@pytest.mark.parametrize("piece", ["3年5个", "9", "1,", "由3个到5个", "一二", "5个"])
def test_long_hostile_text_takes_linear_time(piece):
    article = described(piece * (100_000 // len(piece)))
    start = process_time()
    figures.find(article, ())
    assert process_time() - start < 10


def test_a_span_that_names_two_units_of_one_level_is_no_single_place():
    text = "闽宁协作投入90万元。"
    places = (place(text, "福建省", "province", "闽宁"), place(text, "宁夏回族自治区", "province", "闽宁"))
    assert [f.place for f in found(text, places)] == [None]


def test_respectively_shares_out_numbers_among_the_units_of_a_list_in_its_order():
    text = "甲县、乙县分别建棚50个、70个。"
    places = (place(text, "某省甲市甲县", "county", "甲县"), place(text, "某省乙市乙县", "county", "乙县"))
    assert [f.place for f in found(text, places)] == ["某省甲市甲县", "某省乙市乙县"]


def test_respectively_shares_nothing_out_where_list_and_numbers_are_not_as_many():
    text = "甲县、乙县分别建棚50个、70个、90个。"
    places = (place(text, "某省甲市甲县", "county", "甲县"), place(text, "某省乙市乙县", "county", "乙县"))
    assert [f.place for f in found(text, places)] == [None, None, None]


def test_a_sum_over_numbers_of_several_places_is_said_of_none_of_them():
    text = "甲县建棚50个,乙县建棚70个,共120个。"
    places = (place(text, "某省甲市甲县", "county", "甲县"), place(text, "某省乙市乙县", "county", "乙县"))
    assert [f.place for f in found(text, places)] == ["某省甲市甲县", "某省乙市乙县", None]


def test_a_sum_over_numbers_of_one_place_is_said_of_it():
    text = "甲县建棚50个,又建棚70个,共120个。"
    assert {f.place for f in found(text, (place(text, "某省甲市甲县", "county", "甲县"),))} == {"某省甲市甲县"}


@pytest.mark.parametrize("piece", ["分别5个、", "共5个", "甲县、", "甲县5个", "近近近5个", "5至6个"])
def test_hostile_text_with_places_takes_linear_time(piece):
    article = described(piece * (60_000 // len(piece)))
    spots = tuple(
        Evidence(quote="甲县", start=at, end=at + 2, rule="PLACE-00")
        for at in range(0, len(article.text), len(piece))
        if article.text.startswith("甲县", at)
    )
    start = process_time()
    figures.find(article, (Place(name="某省甲市甲县", code="", level="county", role="subject", evidence=spots),))
    assert process_time() - start < 10
