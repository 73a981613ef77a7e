"""Named working models: what is one, what only looks like one."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.annotate import practices
from shanhai.records import BlockKind
from test_themes import described, masters


def names(*blocks):
    return [practice.name for practice in practices.find(described(*blocks))]


@pytest.mark.parametrize(
    ("text", "name", "rule"),
    [
        ("两地建立“周末夜谈”议事机制。", "周末夜谈", "PRACTICE-01"),
        ("这是“屋场换工”的好做法。", "屋场换工", "PRACTICE-01"),
        ("县里办起“半边月”合作社。", "半边月", "PRACTICE-01"),
        ("村里推开“三变”改革。", "三变", "PRACTICE-01"),
        ("他们叫响党建品牌“山茶红”\uff0c人人知道。", "山茶红", "PRACTICE-02"),
        ("乡里有“三步工作法”\uff0c人人会用。", "三步工作法", "PRACTICE-03"),
        ("各镇推行“组团下乡”\uff0c一月一次。", "组团下乡", "PRACTICE-04"),
        ("去年\uff0c“百校同研”在全县铺开。", "百校同研", "PRACTICE-04"),
        ("医生通过“屏上坐诊”看病。", "屏上坐诊", "PRACTICE-05"),
        ("支部挂出“1+3+N”\uff0c一目了然。", "1+3+N", "PRACTICE-07"),
        ("村里的“两议三公示”管用。", "两议三公示", "PRACTICE-08"),
        ("山里人管这叫“换工社”。", "换工社", "PRACTICE-10"),
    ],
)
def test_a_named_model_is_found_with_its_rule_and_sentence(text, name, rule):
    (practice,) = practices.find(described(text))
    assert practice.name == name
    assert practice.evidence.rule == rule
    assert practice.evidence.quote == text


def test_a_term_quoted_three_times_is_a_name():
    text = "“山海夜读”七点开门。来“山海夜读”的人多。“山海夜读”不收钱。"
    (practice,) = practices.find(described(text))
    assert (practice.name, practice.evidence.rule) == ("山海夜读", "PRACTICE-06")


def test_names_listed_beside_a_found_one_are_found_too():
    assert names("当地用“屋场夜话”“乡贤上门”“文明走读”方式说事。") == ["屋场夜话", "乡贤上门", "文明走读"]


def test_a_plus_shape_needs_no_quotation_marks_where_a_head_follows():
    assert names("企业推行公司+合作社+农户的经营模式。") == ["公司+合作社+农户"]
    assert names("3+5等于8\uff0c甲方+乙方到场。") == []


@pytest.mark.parametrize("plus", ["+", "\uff0b"])
def test_the_plus_of_a_name_is_always_the_half_width_one(plus):
    assert names(f"推行“支部{plus}农户”模式。") == ["支部+农户"]


def test_nested_quotation_marks_are_dropped_from_the_name():
    assert names("走出“支部+‘三变’改革+农户”的新模式。") == ["支部+三变改革+农户"]


@pytest.mark.parametrize(
    "text",
    [
        "老人说\uff1a“日子好过了”。",
        "他常说“人勤地不懒”机制要活。",
        "“天亮就走\uff0c天黑才回。”他笑着讲。",
        "这里曾是有名的“空壳村”\uff0c如今变了样。",
        "要增强“造血”功能\uff0c打通“最后一公里”。",
        "他荣获“全国劳动模范”称号。",
        "按照“政府引导、市场运作”的原则推进。",
        "推动形成“你追我赶、竞相发展”的生动局面。",
        "落实“两不愁三保障”要求\uff0c做好“三农”工作。",
        "他们是“一家人”\uff0c也是“娘家人”。",
        "县里印发《关于推行“河长”的意见》后\uff0c“山”更青。",
        "村口写着“欢迎回家”。",
        "干部当好“店小二”。",
    ],
)
def test_speech_slogans_honours_and_figures_of_speech_are_no_names(text):
    assert names(text) == []


def test_a_model_is_listed_once_with_its_surest_sentence():
    article = described(
        (BlockKind.HEADING, "推行“组团下乡”"),
        "医生通过“组团下乡”看病。",
        "县里总结出“组团下乡”工作机制。",
    )
    (practice,) = practices.find(article)
    assert practice.evidence.rule == "PRACTICE-01"
    assert practice.evidence.quote == "县里总结出“组团下乡”工作机制。"


def test_a_name_that_only_a_heading_holds_is_found_there():
    (practice,) = practices.find(described((BlockKind.HEADING, "推行“组团下乡”模式"), "天晴了。"))
    assert practice.evidence.quote == "推行“组团下乡”模式"


def test_the_master_texts_give_the_models_that_their_authors_named():
    wanted = [(place, name) for place, (truth, _) in enumerate(masters()) for name in truth["practices"]]
    found = [[practice.name for practice in practices.find(article)] for _, article in masters()]
    missed = [name for place, name in wanted if not any(name in other or other in name for other in found[place])]
    assert len(missed) <= 0.25 * len(wanted), missed


def test_every_set_phrase_is_refused_even_behind_a_verb():
    for phrase in practices.marks().set_phrases:
        assert names(f"各地推行“{phrase}”\uff0c效果好。") == []


_PIECES = st.sampled_from(
    [
        "“",
        "”",
        "‘",
        "’",
        "「",
        "」",
        "推行",
        "模式",
        "工程",
        "叫",
        "+",
        "1",
        "N",
        "农户",
        "、",
        "。",
        "\n",
        "的",
        "说\uff1a",
    ]
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=6)), max_size=60))
def test_every_evidence_quotes_the_text_and_nothing_raises(pieces):
    article = described("".join(pieces))
    found = practices.find(article)
    assert len({practice.name for practice in found}) == len(found)
    for practice in found:
        evidence = practice.evidence
        assert evidence.quote == article.text[evidence.start : evidence.end] != ""
        assert len(practice.name) >= 2
        assert not set("“”‘’「」") & set(practice.name)


@pytest.mark.parametrize("piece", ["“", "“推行", "推行“甲乙丙丁”", "1+", "农户+“乙”"])
def test_long_hostile_text_takes_linear_time(piece):
    article = described(piece * (200_000 // len(piece)))
    start = process_time()
    practices.find(article)
    assert process_time() - start < 5
