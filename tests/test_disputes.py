"""The same fact with different values in two articles."""

from __future__ import annotations

from time import process_time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from described_text import described
from shanhai.build import convert
from shanhai.records import Annotations, Article, Dispute, Evidence, Figure
from shanhai.relate.disputes import disputes
from shanhai.settings import parse_settings
from sites import corpus

RATE = Figure(
    value=0.0,
    unit="%",
    label="贫困发生率",
    sentence="",
    place="甲省甲市甲县",
    year=2019,
    evidence=Evidence(quote="1", start=0, end=1, rule="FIGURE-01"),
)


def figure(value, **changes):
    return msgspec.structs.replace(RATE, value=float(value), **changes)


def article(identity, *figures, reprints=()):
    return Article(
        id=identity,
        path=f"articles/{identity}",
        described=described("1"),
        annotations=Annotations(figures=figures),
        reprints=reprints,
    )


def between(one, other):
    return disputes([article("a", one), article("b", other)])


def test_both_articles_say_that_the_other_gives_another_value():
    found = disputes([article("b", figure(5, unit="个"), figure(0.46)), article("a", figure(1.2))])
    assert found == {
        "a": (Dispute(figure=0, article="b", value=0.46),),
        "b": (Dispute(figure=1, article="a", value=1.2),),
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (figure(6300e4, label="协作资金", unit="元"), figure(0.63e8, label="协作资金", unit="元")),
        (figure(6300e4, label="协作资金", unit="元"), figure(6000e4, label="协作资金", unit="元", qualifier="over")),
        (figure(6300e4, label="协作资金", unit="元"), figure(6294e4, label="协作资金", unit="元")),
        (figure(0.46), figure(0.5)),
        (figure(98.2), figure(100, qualifier="nearly")),
        (figure(98), figure(95, qualifier="at least")),
        (figure(23), figure(25, qualifier="at most")),
        (figure(23), figure(20, qualifier="about")),
        (figure(4), figure(3, upper=5)),
    ],
)
def test_values_that_rounding_a_range_or_a_qualifier_explains_are_no_dispute(one, other):
    assert between(one, other) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (figure(6300e4, label="协作资金", unit="元"), figure(8100e4, label="协作资金", unit="元")),
        (figure(26, unit="个", label="深度贫困村"), figure(27, unit="个", label="深度贫困村")),
        (figure(8000e4, label="协作资金", unit="元"), figure(6000e4, label="协作资金", unit="元", qualifier="over")),
        (figure(102), figure(95, qualifier="nearly")),
        (figure(6), figure(3, upper=5)),
        (figure(120, unit="名", label="建档立卡贫困人口"), figure(340, unit="人", label="贫困人口")),
        (figure(120, unit="人", label="累计脱贫人口"), figure(340, unit="人", label="全县脱贫人口总数")),
    ],
)
def test_values_apart_are_a_dispute(one, other):
    assert set(between(one, other)) == {"a", "b"}


@pytest.mark.parametrize(
    "change",
    [
        {"place": None},
        {"year": None},
        {"place": "甲省甲市乙县"},
        {"year": 2018},
        {"unit": "元"},
        {"label": "森林覆盖率"},
    ],
)
def test_another_place_year_unit_or_label_is_another_fact(change):
    one = figure(1)
    other = msgspec.structs.replace(figure(9), **change)
    assert between(one, other) == {}


@pytest.mark.parametrize(
    "label", ["资金", "项目", "收入", "", "培训干部", "贫困发生率下降", "每户补助资金", "优秀年轻干部"]
)
def test_labels_too_general_or_of_events_and_changes_name_no_fact(label):
    assert between(figure(1, label=label), figure(9, label=label)) == {}


def test_reprints_of_each_other_do_not_dispute():
    assert disputes([article("a", figure(1), reprints=("b",)), article("b", figure(9), reprints=("a",))]) == {}


def test_an_article_that_gives_a_fact_two_values_itself_is_left_out_for_it():
    assert disputes([article("a", figure(1), figure(4)), article("b", figure(9))]) == {}


def test_what_very_many_articles_give_is_no_single_fact_and_takes_little_time():
    many = [article(f"{number:05}", figure(number + 1)) for number in range(20_000)]
    start = process_time()
    assert disputes(many) == {}
    assert process_time() - start < 5


@given(st.lists(st.tuples(st.integers(1, 30), st.sampled_from([None, "over", "about", "at least"])), max_size=8))
def test_disputes_are_mutual_and_do_not_depend_on_the_order_of_the_articles(given_values):
    articles = [article(f"{n}", figure(v, qualifier=q)) for n, (v, q) in enumerate(given_values)]
    found = disputes(articles)
    assert found == disputes(articles[::-1])
    for identity, rows in found.items():
        for row in rows:
            assert any(back.article == identity for back in found[row.article])
            assert row.article != identity


LEDGERS = """从江县干部对账记

来源：山海样报 2020年3月2日

春耕前，从江县的干部把去年的账本翻了出来，一页一页地对。会开到很晚，没有人先走。

截至2019年底，从江县贫困发生率下降到1.2%，山上的茶园也连成了片。大家商量今年先修哪一段水渠。
"""

RAIN = """雨里的从江

来源：样县周报 2020年5月9日

石料堆在路口，雨一直没有停。修路的人蹲在棚子下面，说起搬走的邻居和新开的药铺。

2019年底，从江县贫困发生率降至3.5%。外出的年轻人写信回来，问老屋后面那口井还有没有水。
"""


def test_a_build_flags_both_articles(tmp_path):
    """Two reports that give one county and year different rates, through the whole chain."""
    folder = corpus(tmp_path / "in", a__txt=LEDGERS, b__txt=RAIN)
    archive, _ = convert(parse_settings({"corpus": str(folder)}, tmp_path))
    assert len(archive.articles) == 2
    for one, other in zip(archive.articles, reversed(archive.articles), strict=True):
        (dispute,) = one.disputes
        assert dispute.article == other.id
        assert {dispute.value, one.annotations.figures[dispute.figure].value} == {1.2, 3.5}
