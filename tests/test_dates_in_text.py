"""Dates in the text: what is one, to which precision, what only looks like one, and what always holds."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from described_text import described
from shanhai import reference
from shanhai.annotate import dates
from shanhai.annotate.date_forms import DateWords

DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
LEVEL_1 = rf"(?:\d{{4}}(?:-(?:0[1-9]|1[0-2]|2[1-4]))?|{DAY}|\d{{3}}X)[?~%]?"
EDTF = re.compile(rf"(?:{LEVEL_1}|\d{{4}}-(?:3[3-6]|4[01])|(?:{LEVEL_1}|\.\.)/(?:{LEVEL_1}|\.\.))")
"""Extended Date/Time Format, Library of Congress 2019: level 1, and of level 2 the quarters and halves of a year."""


def found(text, article="2020-05-06", origin="given"):
    """The EDTF and quote of each date in a text of an article of that date."""
    base = described(text, date=None)
    article = structs.replace(base, date_edtf=article or "", date_origin=origin if article else None)
    return [(one.edtf, one.evidence.quote) for one in dates.find(article)]


def edtfs(text, article="2020-05-06", origin="given"):
    return [edtf for edtf, _ in found(text, article, origin)]


WRITTEN = [
    ("2019年11月3日", "2019-11-03"),
    ("2019年11月", "2019-11"),
    ("2019年", "2019"),
    ("2019.11.3", "2019-11-03"),
    ("2019-11-03", "2019-11-03"),
    ("2019/11/3", "2019-11-03"),
    ("二〇一九年", "2019"),
    ("二○一九年十一月三日", "2019-11-03"),
    ("一九九六年九月", "1996-09"),
    ("2019年11月30号", "2019-11-30"),
    ("2016年底", "2016"),
    ("2016年年初", "2016"),
    ("2019年11月上旬", "2019-11"),
    ("2019年11月底", "2019-11"),
    ("2019年11月份", "2019-11"),
    ("2019年三月", "2019-03"),
    ("2018年度", "2018"),
    ("上世纪90年代", "199X"),
    ("20世纪八十年代", "198X"),
    ("九十年代", "199X"),
    ("70年代", "197X"),
    ("1990年代", "199X"),
    ("八九十年代", "1980/1999"),
    ("本世纪20年代", "202X"),
    ("“十三五”时期", "2016/2020"),
    ("“十四五”期间", "2021/2025"),
    ("十二五期间", "2011/2015"),
    ("“十三五”以来", "2016/.."),
    ("“十四五”开局之年", "2021"),
    ("“十三五”末", "2020"),
    ("2017—2020年", "2017/2020"),
    ("2017-2020年", "2017/2020"),
    ("2017年至2020年", "2017/2020"),
    ("2016年3月到2018年5月", "2016-03/2018-05"),
    ("2019年9月至次年6月", "2019-09/2020-06"),
    ("2019年12月—2020年3月", "2019-12/2020-03"),
    ("2019年3月5日至8日", "2019-03-05/2019-03-08"),
    ("2019年3月28日至4月2日", "2019-03-28/2019-04-02"),
    ("2019年1至9月", "2019-01/2019-09"),
    ("2019年1月—9月", "2019-01/2019-09"),
    ("2016年至今", "2016/.."),
    ("2018年起", "2018/.."),
    ("2018年以来", "2018/.."),
    ("2021年7月1日起", "2021-07-01/.."),
    ("2020年底前", "../2020"),
    ("1978年以前", "../1978"),
    ("2018年左右", "2018~"),
    ("2000年前后", "2000~"),
    ("2018年上半年", "2018-40"),
    ("2018年下半年", "2018-41"),
    ("2019年第三季度", "2019-35"),
    ("2019年一季度", "2019-33"),
    ("2019年前三季度", "2019-01/2019-09"),
    ("2019年前8个月", "2019-01/2019-08"),
    ("2019年春", "2019-21"),
    ("2019年秋季", "2019-23"),
    ("2019 年 11 月 3 日", "2019-11-03"),
    ("2017 — 2020 年", "2017/2020"),
    ("2019 年 1 至 9 月", "2019-01/2019-09"),
    ("20 世纪 90 年代", "199X"),
    ("2018年上半年至2019年第三季度", "2018-01/2019-09"),
    ("2018年下半年以来", "2018-07/.."),
]


@pytest.mark.parametrize(("written", "edtf"), WRITTEN)
def test_a_date_with_its_year_needs_no_date_of_the_article(written, edtf):
    """The whole of it is quoted, wherever it stands."""
    for text in (f"{written}\uff0c山路通了。", f"山路{written}的事。"):
        assert found(text, None) == [(edtf, written)]


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("今年", "2020"),
        ("去年", "2019"),
        ("去年11月", "2019-11"),
        ("今年2月", "2020-02"),
        ("今年4月8日", "2020-04-08"),
        ("明年六月", "2021-06"),
        ("明年6月底前", "../2021-06"),
        ("去年底", "2019"),
        ("去年年底", "2019"),
        ("今年上半年", "2020-40"),
        ("今年一季度", "2020-33"),
        ("今年前4个月", "2020-01/2020-04"),
        ("去年夏天", "2019-22"),
        ("去年以来", "2019/.."),
        ("今年以来", "2020"),
        ("去年12月至今年3月", "2019-12/2020-03"),
        ("4月29日", "2020-04-29"),
        ("四月二十九日", "2020-04-29"),
        ("三月份", "2020-03"),
        ("1至4月", "2020-01/2020-04"),
        ("3月", "2020-03"),
        ("12月5日", "2019-12-05"),
        ("本月", "2020-05"),
        ("上月15日", "2020-04-15"),
        ("上个月", "2020-04"),
    ],
)
def test_a_relative_date_is_read_by_the_articles_own(written, edtf):
    """And left out where the article has none."""
    assert found(f"山路{written}通了。") == [(edtf, written)]
    assert found(f"山路{written}通了。", None) == []
    mention = dates.find(described(f"山路{written}通了。"))[0]
    assert mention.relative


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("昨日上午\uff0c山路通了。", "2020-05-05"),
        ("记者昨天从县里获悉\uff0c山路通了。", "2020-05-05"),
        ("记者5日从县里获悉\uff0c山路通了。", "2020-05-05"),
        ("本报3日讯 山路通了。", "2020-05-03"),
        ("山路25日下午通了。", "2020-04-25"),
        ("昨天\uff0c山路通了。", "2020-05-05"),
        ("山海县今日通车。他说\uff0c昨日山路通了。", "2020-05-05"),
        ("山里的村民\uff0c今天坐上了班车。", "2020-05-06"),
    ],
)
def test_a_day_without_a_month_is_one_only_beside_the_words_of_news(text, edtf):
    assert edtfs(text) == [edtf]
    assert edtfs(text, "2020-05") == edtfs(text, "2020") == []


@pytest.mark.parametrize(
    ("text", "article", "expected"),
    [
        ("一季度\uff0c山路通了。", "2020-05-06", ["2020-33"]),
        ("上半年\uff0c山路通了。", "2020-08", ["2020-40"]),
        ("据悉\uff0c下半年还将通车。", "2020-05-06", ["2020-41"]),
        ("前三季度\uff0c山路通了。", "2020-10-15", ["2020-01/2020-09"]),
        ("2018年\uff0c山路开工\uff0c下半年通车。", "2020-05-06", ["2018", "2018-41"]),
        ("下半年\uff0c山路通了。", "2020-05-06", []),
        ("上半年\uff0c山路通了。", "2020", []),
        ("每个上半年都修路。", "2020-08", []),
        ("大半年过去\uff0c旺季度假的人多了。", "2020-08", []),
    ],
)
def test_a_half_or_quarter_without_a_year_is_of_the_frame_or_the_articles_year(text, article, expected):
    """One that the article's date has not reached needs a word of the future."""
    assert edtfs(text, article) == expected


def test_a_later_month_is_the_year_befores_unless_its_sentence_speaks_of_the_future():
    """More than half a year back the year is in doubt, and the EDTF says so."""
    assert edtfs("12月5日山路通了。") == ["2019-12-05"]
    assert edtfs("8月山路通了。") == ["2019-08?"]
    assert edtfs("山路将于8月通车。") == ["2020-08"]
    assert edtfs("山路预计8月15日通车。") == ["2020-08-15"]
    assert edtfs("5月20日山路通了。") == ["2019-05-20?"]


def test_an_inferred_date_of_the_article_gives_a_question_mark():
    """A quarter has none in EDTF: there the year alone stays."""
    assert edtfs("今年山路通了。", "2020", "inferred") == ["2020?"]
    assert edtfs("4月29日山路通了。", "2020", "inferred") == ["2020-04-29?"]
    assert edtfs("去年下半年山路通了。", "2020", "inferred") == ["2019?"]
    assert edtfs("2018年山路通了。", "2020", "inferred") == ["2018"]
    assert edtfs("今年1至4月山路通了。", "2020", "inferred") == ["2020-01?/2020-04?"]


def test_an_article_of_a_year_knows_its_this_year_but_doubts_a_bare_month():
    assert edtfs("今年4月山路通了。", "2020") == ["2020-04"]
    assert edtfs("4月29日山路通了。", "2020") == ["2020-04-29?"]
    assert edtfs("本月山路通了。", "2020") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018年起修路。同年通车。次年又修。", ["2018/..", "2018", "2019"]),
        ("2018年山路开工\uff0c当年通车。", ["2018", "2018"]),
        ("2018年山路开工。次年通车。", ["2018", "2019"]),
        ("2018年3月山路开工\uff0c同年11月通车。", ["2018-03", "2018-11"]),
        ("2018年3月山路开工\uff0c11月通车。", ["2018-03", "2018-11"]),
        ("2018年\uff0c山路3月开工。", ["2018", "2018-03"]),
        ("2018年3月山路开工。11月通车。", ["2018-03", "2018-11?"]),
        ("2018年3月山路开工。\n\n4月通车。", ["2018-03", "2020-04"]),
        ("2018年山路开工。\n\n当年11月通车。", ["2018"]),
        ("2018年山路开工。说起当年的事\uff0c他笑了。", ["2018"]),
        ("山路当年通车。", []),
        ("与2018年相比\uff0c山路4月的车多了。", ["2018", "2020-04"]),
    ],
)
def test_a_year_named_before_frames_what_follows(text, expected):
    assert edtfs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("三天", "20年来", "五年规划", "2020年版", "2019年第3期", "国发〔2015〕34号", "8:30", "“1+10”", "3个月"),
        *("0851-12345678", "7月流火", "90后", "7月龄", "每年4月", "农历三月初三", "三月三", "2000年历史", "1500年"),
        *("如今年产茶", "过去年均", "目前年产", "说明年底", "合同年限", "共同年代", "至今年产值", "近年来", "多年"),
        *(
            "《某某规划\uff082011—2020年\uff09》",
            "2013年元旦前夕",
            "为期3日",
            "今天的山村",
            "“昨天还没有路”",
            "昨天的路",
            "今天\uff0c路通了",
            "近日",
        ),
        *("第3月", "满3月", "30年代", "百年", "千年", "全年", "每次年会", "8号楼", "2019.11亿元", "192.168.20.1"),
        *("“十四五”规划", "十几年代价", "以上月收入", "基本月薪", "5年前年收入", "此后年均", "2000多年", "12019年"),
    ],
)
def test_durations_ages_editions_and_other_words_are_no_dates(text):
    assert found(f"山里{text}。") == []
    assert found(f"山里{text}\uff0c路通了。") == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("2018年起草方案。", ["2018年"]),
        ("2016年前往山里。", ["2016年"]),
        ("2018年冬奥会。", ["2018年"]),
        ("2019年春节。", ["2019年"]),
        ("2020年2月30日。", ["2020年"]),
        ("2019年初步建成。", ["2019年"]),
        ("2021年至今年底。", ["2021年", "今年底"]),
    ],
)
def test_a_quote_ends_where_the_date_does(text, quotes):
    assert [quote for _, quote in found(text)][: len(quotes)] == quotes


PIECES = st.sampled_from(
    [
        *"0123456789年月日天号个至到—-. \n。\uff0c“”《》底初末前后起第版",
        *("2019年", "11月", "3日", "今年", "去年", "当年", "次年", "本月", "昨日", "90年代", "上世纪", "以来", "至今"),
        *(
            "上半年",
            "第三季度",
            "“十三五”",
            "时期",
            "二〇一九",
            "十一月",
            "2019-11-03",
            "2019.11.3",
            "左右",
            "将",
            "记者",
        ),
        *(written for written, _ in WRITTEN),
    ]
)
ARTICLE_DATES = st.sampled_from(["", "2020", "2020-05", "2020-05-06", "2020-02-29", "1996-01-01"])


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), ARTICLE_DATES, st.sampled_from(["given", "inferred"]))
def test_every_date_quotes_its_text_in_order_and_is_edtf(text, article, origin):
    """Each day exists, no two dates overlap, and without a date of the article nothing is relative to it."""
    base = described(text, date=None)
    article = structs.replace(base, date_edtf=article, date_origin=origin if article else None)
    end = 0
    for one in dates.find(article):
        evidence = one.evidence
        assert text[evidence.start : evidence.end] == evidence.quote != ""
        assert end <= evidence.start
        end = evidence.end
        assert EDTF.fullmatch(one.edtf), one
        assert all(date.fromisoformat(day) for day in re.findall(DAY, one.edtf))
        assert 0 < evidence.score <= 1
        assert article.date_edtf or not one.relative


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_arbitrary_text_never_raises(text):
    assert isinstance(found(text), list)


def test_dates_of_many_lines_are_found_in_linear_time():
    text = "2019年3月山路通了\uff0c4月又通一条\n" * 20_000
    assert len(found(text)) == 40_000


def test_the_words_are_of_one_shape_and_name_each_part_of_the_year_once():
    known = reference.load("date_words.yml", DateWords)
    codes = [*known.seasons.values(), *set(known.quarters.values()), *known.halves.values()]
    assert len(codes) == len(set(codes)) == 4 + 4 + 2
    assert all(last - first == 4 for first, last in known.plans.values())
