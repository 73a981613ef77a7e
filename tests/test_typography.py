"""The marks and spaces of Chinese text, and their honest look-alikes."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai import editlog
from shanhai.records import RawArticle, RestoredArticle
from shanhai.restore import spaces
from shanhai.restore.chain import restore

COMMA, COLON, SEMICOLON, ASK, SHOUT, OPEN, CLOSE = "\uff0c\uff1a\uff1b\uff1f\uff01\uff08\uff09"
SENTENCE = f"山里的茶园一片连着一片{COMMA}采茶的季节从清明一直忙到立夏"


def restored(text):
    return restore(RawArticle(file="any.txt", sha256="0" * 64, format="text", encoding="utf-8", text=text))


def clean(text):
    article = restored(text)
    assert isinstance(article, RestoredArticle), article
    assert editlog.undo(article.text, article.log) == text
    return article.text


def rules(text):
    return [one.rule for step in restored(text).log for one in step.edits]


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        (f"{SENTENCE}.\n{SENTENCE}.", f"{SENTENCE}。\n{SENTENCE}。"),
        (f"他说{COLON}“{SENTENCE}.”", f"他说{COLON}“{SENTENCE}。”"),
        (f"{SENTENCE}.村里人都来了.\n{SENTENCE}.", f"{SENTENCE}。村里人都来了。\n{SENTENCE}。"),
        ("路修好了\uff61茶运出去了\uff64卖掉了", "路修好了。茶运出去了、卖掉了"),
        ("说\uff62好\uff63", "说“好”"),
    ],
)
def test_a_full_stop_of_another_script_becomes_the_chinese_one(damaged, whole):
    assert clean(damaged) == whole


@pytest.mark.parametrize(
    "honest",
    [
        "比上年增长1.5倍",
        f"见www.a.cn{COMMA}或http://a.cn/x.html",
        "U.S. and U.K.",
        "导师卡尔.马克思说过这样的话",
        f"{SENTENCE}。导师卡尔.马克思说过这样的话.",
        "一.总体要求",
        "版本v2.0.1",
        "a.txt",
    ],
)
def test_a_point_that_ends_no_sentence_stays(honest):
    assert "。" not in clean(honest).removeprefix(f"{SENTENCE}。").rstrip("。")


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("「東西部協作」的『產業』發展", "“东西部协作”的‘产业’发展"),
        ("老人說:「發展『飛地』產業。」", f"老人说{COLON}“发展‘飞地’产业。”"),
    ],
)
def test_corner_brackets_of_a_traditional_page_become_quotation_marks(damaged, whole):
    assert clean(damaged) == whole
    assert "TYPO-06" in rules(damaged)


def test_corner_brackets_of_a_simplified_page_stay():
    assert clean("「东西部协作」的『产业』发展") == "「东西部协作」的『产业』发展"


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("茶叶、菌子...都卖光了", "茶叶、菌子……都卖光了"),
        ("茶叶、菌子......", "茶叶、菌子……"),
        ("茶叶、菌子。。。", "茶叶、菌子……"),
        ("茶叶、菌子···", "茶叶、菌子……"),
        ("这条路--乡亲们的希望", "这条路——乡亲们的希望"),
        ("这条路\u2500\u2500乡亲们的希望", "这条路——乡亲们的希望"),
        ("这条路\u2015\u2015乡亲们的希望", "这条路——乡亲们的希望"),
        ("路修好了。。茶运出去了", "路修好了。茶运出去了"),
        (f"他说{COLON}{COLON}好", f"他说{COLON}好"),
        ("县里,,村里、、乡里", f"县里{COMMA}村里、乡里"),
        (f"县里{COMMA} {COMMA}村里", f"县里{COMMA}村里"),
        ("″五个一″工程", "“五个一”工程"),
        ("\u301d五个一\u301e工程", "“五个一”工程"),
    ],
)
def test_dots_dashes_and_doubled_marks_become_one_mark(damaged, whole):
    assert clean(damaged) == whole


@pytest.mark.parametrize(
    "honest",
    [
        f"北京—上海{COMMA}福建—宁夏",
        "2019-2020年",
        "A--B",
        "3...5",
        f"真的吗{ASK}{ASK}好啊{SHOUT}{SHOUT}",
        "他想…又想…",
        "std::vector和C++",
        "比分3:1开球8:30",
        f"共1,200人{COMMA}占3.5%",
        "U.S. GDP",
        "https://a.cn/a,b;c?d=1!",
        "e-mail和A/B测试",
        f"总值{OPEN}GDP{CLOSE}",
        "93(01)班",
        "党建引领 乡村振兴",
        "张样  李样",
        "卡尔·马克思",
        "6″和8″的管子",
        "①②㎡‰",
        "2019 年 5 月",
    ],
)
def test_what_only_looks_like_faulty_typography_stays(honest):
    assert clean(honest) == honest


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("\uff11\uff12\uff15\uff16万\uff2b\uff36", "1256万KV"),
        ("\uff13\uff0e\uff15\uff05", "3.5%"),
        ("乡\u200b村\ufeff振\ufffc兴\u2060", "乡村振兴"),
        ("乡\u00a0\u3000村", "乡  村"),
        ("山 里 的 茶 园 一 片 连 着 一 片", "山里的茶园一片连着一片"),
        ("\u2f2d上", "山上"),
        ("\uf9e4论", "理论"),
    ],
)
def test_digits_invisible_characters_and_padding_are_normal(damaged, whole):
    assert clean(damaged) == whole


MARKS = [
    *",.:;?!()\"'-",
    "...",
    "--",
    "。",
    "。。",
    COMMA,
    COLON,
    OPEN,
    CLOSE,
    "「",
    "」",
    "『",
    "』",
    "″",
    "\u301d",
    "\uff61",
]
WORDS = ["山里的茶园", "發展", "發", "1.5", "8:30", "GDP", "http://a.cn/b", " ", "  ", "\n", "\u3000", "\uff11", "、"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*MARKS, *WORDS]), max_size=40).map("".join))
def test_typography_settles_after_one_restoration(text):
    article = restored(text)
    if isinstance(article, RestoredArticle):
        assert editlog.undo(article.text, article.log) == text
        assert clean(article.text) == article.text


def test_figures_quoted_in_the_midst_of_chinese_get_chinese_marks():
    text = "这个村叫" + '"1+1"' + f"{COMMA}那个村叫" + '"X+1"' + "模式。"
    assert clean(text).count("“") == clean(text).count("”") == 2


def test_figures_quoted_beside_other_signs_stay():
    assert clean('编号 "A-12" 的箱子。').count('"') == 2


def test_python_calls_none_of_the_odd_characters_printable():
    """What lets a page without any of them pass unread."""
    odd = [char for char in map(chr, range(sys.maxunicode + 1)) if spaces._ODD_RUN.match(char)]
    assert len(odd) > 100
    assert [char for char in odd if char.isprintable()] == [spaces._OBJECT]
