"""Pairs in passages of many kinds: who assists whom since when, and what only looks like a pair."""

from __future__ import annotations

import pytest

from described_text import described
from pair_sentences import MORE, SENTENCES, expected, since, wide
from pair_sentences_across import ACROSS
from shanhai.annotate import pairs, places
from shanhai.records import BlockKind, Pair

MISSED = frozenset(
    (
        "湖州市吴兴区与四川省青川县“云签约”,东西部扶贫协作协议就此生效。",
        "扬州市江都区等地的做法不说,单说平湖市:它同阿坝州的帮扶对接,已经深入到村。",
        "泗洪县与紫金县都不在名单上;名单上有的是龙岗区与紫金县,龙岗区对口帮扶。",
        "毕节市威宁县的马铃薯滞销了。广州市番禺区得知消息,派来的采购队当天就上了路,东西部协作不讲价钱。",
        "“苏州市的帮扶队员来了以后,夜里也有人给娃娃补课。”铜仁市思南县一位校长说。",
    )
)
"""Passages whose pair is not found: listed, so that nobody takes the table for the whole truth."""


def stated(passage: str) -> tuple[Pair, ...]:
    blocks = [(BlockKind.HEADING if heading else BlockKind.PARAGRAPH, line) for heading, line in wide(passage)]
    article = described(*blocks, date="2020-11-06")
    return pairs.find(article, places.find(article))


@pytest.mark.parametrize(("passage", "notation"), SENTENCES + MORE + ACROSS)
def test_a_passage_states_the_pairs_that_a_reader_takes_from_it(passage, notation):
    """All of them, no other, and since when; of a passage known to be missed nothing wrong is taken."""
    found = stated(passage)
    wanted = set() if passage in MISSED else expected(notation)
    assert {(pair.origin, pair.target) for pair in found} == wanted
    assert {(pair.origin, pair.target): pair.since for pair in found}.items() <= since(notation).items()


@pytest.mark.parametrize(
    ("passage", "purposes"),
    [
        ("番禺区对口帮扶威宁县。", ()),
        ("番禺区与威宁县的劳务协作又进一步,扶贫车间开工了。", ("劳务协作",)),
        ("在产业、教育、医疗等方面,番禺区对口帮扶威宁县。", ("产业帮扶", "教育帮扶", "医疗帮扶")),
        ("番禺区向威宁县选派支教教师,这是协作的一环。", ("教育帮扶",)),
        ("番禺区对口帮扶威宁县,消费帮扶、文旅合作样样不落。", ("消费帮扶", "文旅融合")),
    ],
)
def test_the_purposes_are_the_themes_that_the_statement_names(passage, purposes):
    """In the order of the vocabulary."""
    (pair,) = stated(passage)
    assert pair.purposes == purposes


@pytest.mark.parametrize(
    ("passage", "rule"),
    [
        ("福州市与定西市结对。", "PAIR-41"),
        ("晋江市与四川省马边县结对。", "PAIR-42"),
        ("嘉兴市嘉善县与丽水市庆元县结对。", "PAIR-43"),
        ("慈溪市与余姚市结对。", "PAIR-44"),
    ],
)
def test_the_rule_names_what_the_direction_rests_on(passage, rule):
    """A round, east before west, the receiving units of a province, the order of the text."""
    (pair,) = stated(passage)
    assert pair.evidence.rule == rule


@pytest.mark.parametrize(
    ("passage", "year"),
    [
        ("上海市与云南省结成帮扶对子,是1996年的事。", 1996),
        ("上海市帮扶云南省,始于1996年。", 1996),
        ("1996年的会议定下了名单。上海市从那一年起帮扶云南省。", 1996),
        ("去年4月,柯桥区与马边县结成帮扶对子。", 2019),
        ("上海市与云南省结对24周年之际,又签新约。", 1996),
        ("2016年至2019年,上海市帮扶云南省的资金逐年增长。", None),
        ("自2016年到2019年,上海市帮扶云南省的资金逐年增长。", None),
        ("2019年以来,上海市对口帮扶云南省,派出医生三十名。", None),
        ("2018年起,柯桥区向马边县选派教师,协作有了新内容。", None),
        ("柯桥区与马边县结对二十多年来,情谊渐深。", None),
        ("2017年,柯桥区与马边县签下协议,帮扶就此开始。", 2017),
    ],
)
def test_since_is_never_guessed(passage, year):
    """A year counts where the text says that the pair, and not a payment or a mission, began in it."""
    (pair,) = stated(passage)
    assert pair.since == year


def test_a_province_is_not_concluded_to_assist_a_county_of_the_sentence_before():
    """Said in one sentence it is a pair; in two, the province may be at work anywhere."""
    assert [pair.origin for pair in stated("江苏省对口帮扶四川省沐川县。")] == ["江苏省"]
    assert stated("四川省沐川县的路不好走。来自江苏省的帮扶干部走过不少这样的路。") == ()


def test_what_a_word_points_at_is_quoted_with_it():
    """The evidence of 两地 begins where the two are named."""
    (pair,) = stated("上海市浦东新区与云南省宁洱县相隔两千多公里。2017年,两地结成帮扶对子。")
    assert pair.evidence.quote.startswith("上海市浦东新区")
    assert pair.evidence.quote.endswith("对子。")
