"""Pairs: who assists whom, since when, and which official round holds it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from described_text import described
from shanhai.annotate import pairs, places, rounds
from shanhai.records import BlockKind, Pair

COMMA = "\uff0c"
MASTERS = Path(__file__).parent / "masters"

LEAST_RECALL_OF_MASTERS, LEAST_PRECISION_OF_MASTERS = 0.9, 0.95
"""A gate just below what was measured on the masters of the bundled sample; it may only rise."""


def stated(*blocks, **facts) -> tuple[Pair, ...]:
    article = described(*blocks, **facts)
    return pairs.find(article, places.find(article))


def ends(*blocks, **facts) -> list[tuple[str, str]]:
    return [(pair.origin, pair.target) for pair in stated(*blocks, **facts)]


FUYANG, CONGJIANG = "浙江省杭州市富阳区", "贵州省黔东南苗族侗族自治州从江县"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("富阳区对口帮扶从江县。", "PAIR-01"),
        ("浙江省杭州市富阳区多年来结对帮扶贵州省从江县。", "PAIR-01"),
        ("富阳区的对口帮扶单位从江县来了人。", "PAIR-21"),
        ("从江县的对口帮扶单位是富阳区。", "PAIR-21"),
        ("从江县由富阳区对口帮扶。", "PAIR-03"),
        ("在富阳区的帮扶下" + COMMA + "从江县办起了菌棚。", "PAIR-03"),
        ("富阳区与从江县建立对口帮扶关系。", "PAIR-41"),
        ("从江县同富阳区结成帮扶对子。", "PAIR-41"),
        ("富阳区和从江县劳务协作有了新办法。", "PAIR-51"),
        ("帮扶不停步。富阳区向从江县选派三名医生。", "PAIR-06"),
        ("帮扶不停步。富阳区选派三名医生到从江县支医。", "PAIR-06"),
        ("富阳区挂职干部老陈到从江县的第三年。", "PAIR-07"),
        ("说起协作" + COMMA + "富阳区与从江县共建一座冷库。", "PAIR-81"),
    ],
)
def test_a_sentence_states_a_pair(text, rule):
    """The same two units, said in each way of the patterns."""
    (pair,) = stated(text)
    assert (pair.origin, pair.target) == (FUYANG, CONGJIANG)
    assert pair.evidence.rule == rule


@pytest.mark.parametrize(
    "text",
    [
        "富阳区比从江县大。",
        "富阳区、从江县都在落实乡村振兴的责任。",
        "从江县向富阳区学习治水的办法。",
        "从江县组织三十名干部赴富阳区挂职学习" + COMMA + "帮扶不停步。",
        "贵州省帮扶从江县。",
        "浙江大学对口帮扶从江县。",
        "富阳区的干部说帮扶的事" + COMMA + "说完了。从江县下了雨。",
    ],
)
def test_other_sentences_state_none(text):
    """No verb of assistance, another direction, a unit and its own part, an organisation, two sentences."""
    assert ends(text) == []


def test_the_direction_of_an_open_statement_is_that_of_the_round_that_holds_it():
    """宁波 assists 黔西南州 whichever is named first."""
    assert ends("黔西南州与宁波市结成帮扶对子。") == [("浙江省宁波市", "贵州省黔西南布依族苗族自治州")]


def test_without_a_round_the_east_assists_the_west():
    """No round holds 嘉兴 and 阿勒泰."""
    assert ends("阿勒泰地区与嘉兴市结成帮扶对子。") == [("浙江省嘉兴市", "新疆维吾尔自治区阿勒泰地区")]


def test_within_a_province_the_order_of_the_text_decides_and_scores_less():
    """One pair, not both ways; where the receiving units are known (常山县) they decide, and surely."""
    (pair,) = stated("慈溪市与余姚市结对。余姚市—慈溪市山海协作产业园开工。")
    assert (pair.origin, pair.target) == ("浙江省宁波市慈溪市", "浙江省宁波市余姚市")
    assert pair.evidence.score == pairs.ORDERED_SCORE
    assert ends("常山县—慈溪市山海协作产业园开工。") == [("浙江省宁波市慈溪市", "浙江省衢州市常山县")]


def test_a_list_gives_a_pair_for_each_unit():
    """Several assisted, several that assist."""
    assert ends("江苏省帮扶陕西省、青海省。") == [("江苏省", "陕西省"), ("江苏省", "青海省")]
    assert ends("东莞市、中山市结对帮扶昭通市。") == [
        ("广东省东莞市", "云南省昭通市"),
        ("广东省中山市", "云南省昭通市"),
    ]


def test_a_list_of_pairs_with_a_lone_unit_at_its_end_states_none_and_fails_nowhere():
    """Whom the last unit belongs to, and so how the list is cut, cannot be told."""
    pairs = "多年来" + COMMA + "广州市与毕节市、深圳市与百色市、珠海市"
    assert ends(pairs + "结对帮扶。") == []
    assert ends(pairs + "与遵义市结对帮扶。")[2:] == [("广东省珠海市", "贵州省遵义市")]


def test_a_path_is_read_as_its_last_unit():
    """贵州省…之一的从江县 is 从江县."""
    text = "杭州市富阳区" + COMMA + "与贵州省深度贫困县之一的从江县正式建立帮扶关系。"
    assert ends(text) == [(FUYANG, CONGJIANG)]


def test_the_name_of_a_pair_states_it_where_its_head_word_follows():
    """闽宁协作 states the pair of provinces, the town 闽宁镇 does not."""
    assert ends("闽宁协作二十年。") == [("福建省", "宁夏回族自治区")]
    assert ends("闽宁镇的葡萄熟了。") == []


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("自2018年富阳区对口帮扶从江县以来。", 2018),
        ("从2016年起富阳区对口帮扶从江县。", 2016),
        ("2017年3月" + COMMA + "富阳区与从江县建立帮扶关系。", 2017),
        ("2017年" + COMMA + "富阳区对口帮扶从江县的资金到账。", None),
        ("富阳区对口帮扶从江县。", None),
        ("自2029年富阳区对口帮扶从江县以来。", None),
    ],
)
def test_since_is_a_year_that_the_sentence_gives_as_the_beginning(text, since):
    """自, 从, 起, or the year of the founding; a year after the article's own is none."""
    (pair,) = stated(text)
    assert pair.since == since


def test_the_round_is_judged_by_the_article_s_date():
    """杭州 and 黔东南 were paired in 2016."""
    text = "杭州市对口帮扶黔东南州。"
    assert [pair.official_round for pair in stated(text, date="2019-01-01")] == [2016]
    assert [pair.official_round for pair in stated(text, date="2012-01-01")] == [None]
    assert [pair.official_round for pair in stated(text, date=None)] == [2016]


def test_captions_and_notes_state_no_pair():
    """They tell who took part, not what the article reports."""
    for kind in (BlockKind.CAPTION, BlockKind.NOTE):
        assert ends((kind, "富阳区对口帮扶从江县。")) == []


def test_every_name_of_a_round_is_a_unit():
    """The rounds name provinces and prefectures that the gazetteer knows."""
    assert len(rounds.province_pairs()) > 20


PIECES = st.sampled_from(
    [
        *("浙江省", "宁波市", "慈溪市", "黔西南州", "从江县", "贵州", "对口帮扶", "帮扶", "与", "和"),
        *("、", "结对", "建立帮扶关系", "向", "选派", "自2018年", "2017年", "闽宁协作", "苏陕"),
        *("挂职", "到", "。", COMMA, "\n", "的", "——", "山海协作", pairs.SLOT, "援"),
        *("不是", COMMA + "而是", "则负责", "两地", "它们", "这里", "在", "的帮扶下", "来自", "县人民医院"),
    ]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=30), st.sampled_from([None, "1999-09-09", "2021-03-01"]))
def test_a_pair_quotes_the_text_and_names_places_of_the_article(pieces, date):
    """For any text: nothing is raised, the quote is exact, both ends are places that were found."""
    article = described("".join(pieces), date=date)
    found = places.find(article)
    names = {place.name for place in found}
    for pair in pairs.find(article, found):
        assert {pair.origin, pair.target} <= names
        assert pair.origin != pair.target
        assert pair.evidence.quote == article.text[pair.evidence.start : pair.evidence.end] != ""
        assert pair.evidence.rule in pairs.rules()


class _Facts(msgspec.Struct):
    """What a master's front matter says that is compared here."""

    title: str
    date: Any = None
    provinces: list[str] = []
    counties: list[str] = []
    pairs: list[dict[str, Any]] = []


def _masters():
    for file in sorted(MASTERS.glob("*.md")):
        _, front, body = file.read_text(encoding="utf-8").split("---\n", 2)
        facts = msgspec.convert(yaml.safe_load(front), _Facts)
        lines = [line.removeprefix("> ") for line in body.strip().split("\n\n")]
        blocks = [(BlockKind.HEADING, line.lstrip("# ")) if line.startswith("#") else line for line in lines]
        yield facts, described(*blocks, title=facts.title, date=str(facts.date) if facts.date else None)


def test_the_masters_provinces_counties_and_pairs_are_found():
    """Precision and recall over all masters of the bundled sample, by field."""
    wanted: dict[str, set[Any]] = {"provinces": set(), "counties": set(), "pairs": set()}
    got: dict[str, set[Any]] = {"provinces": set(), "counties": set(), "pairs": set()}
    for facts, article in _masters():
        named = places.find(article)
        found = pairs.find(article, named)
        told = places.promoted(named, {name for pair in found for name in (pair.origin, pair.target)})
        for field, level in (("provinces", "province"), ("counties", "county")):
            wanted[field] |= {(facts.title, name) for name in getattr(facts, field)}
            got[field] |= {(facts.title, one.name) for one in told if one.level == level and one.role == "subject"}
        wanted["pairs"] |= {(facts.title, one["from"], one["to"]) for one in facts.pairs}
        got["pairs"] |= {(facts.title, one.origin, one.target) for one in found}
    for field, truth in wanted.items():
        assert truth, field
        assert len(truth & got[field]) / len(truth) >= LEAST_RECALL_OF_MASTERS, sorted(truth - got[field])
        assert len(truth & got[field]) / len(got[field]) >= LEAST_PRECISION_OF_MASTERS, sorted(got[field] - truth)
