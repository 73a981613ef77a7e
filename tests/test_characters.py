"""Pinyin goes and glosses stay; every traditional page comes back in simplified script, names and mentions kept."""

from __future__ import annotations

from pathlib import Path
from random import Random

import opencc
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import damage
from shanhai import editlog
from shanhai.records import RawArticle, RestoredArticle
from shanhai.restore import pinyin, script
from shanhai.restore.chain import restore
from shanhai.restore.characters import (
    converted_of,
    holds,
    present,
    script_words,
    simplified,
    traditional_only,
)
from shanhai.restore.context import Context

MASTERS = [damage.read_master(path) for path in sorted((Path(__file__).parent / "masters").glob("[0-9][0-9].md"))]
COMMA, OPEN, CLOSE = "\uff0c", "\uff08", "\uff09"
TRADITIONAL_PAGE = f"東西部協作發展產業{COMMA}鄉親們說這條路修得及時{COMMA}農戶賣茶葉增收。"
SIMPLIFIED_PAGE = f"东西部协作发展产业{COMMA}乡亲们说这条路修得及时{COMMA}农户卖茶叶增收。"
ANNOTATED_PAGE = f"東(dōng)西部協(xié)作{COMMA}東(dōng)部和西部協(xié)作。見(jiàn)面{COMMA}再見(jiàn)面。\n" * 3
MIN_RIGHT_SHARE = 0.998
"""Share of the characters that come back from traditional script."""


def clean(text):
    article = restore(RawArticle(file="any.txt", sha256="0" * 64, format="text", encoding="utf-8", text=text))
    assert isinstance(article, RestoredArticle), article
    assert editlog.undo(article.text, article.log) == text
    return article.text


def first_line(text, page):
    return clean(f"{text}\n{page}").split("\n")[0]


# Pinyin.


@pytest.mark.parametrize("number", range(len(MASTERS)))
@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
def test_every_toned_annotation_of_a_page_in_traditional_script_goes(number, config):
    master, convert = MASTERS[number], opencc.OpenCC(config).convert
    page = damage.Page(blocks=tuple(map(convert, master.blocks)), kinds=master.kinds)
    for seed in range(2):
        annotated = damage.OPERATORS["pinyin_in_phase"](page, Random(seed))  # noqa: S311 - reproducible, not secret
        assert annotated != page
        assert clean("\n\n".join(annotated.blocks)).split("\n\n") == list(master.blocks)


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("什么(me)都好", "什么都好"),
        ("什麼(me)都好", "什么都好"),
        ("樣(yàng)子好", "样子好"),
        ("来了(le)又走了(le)", "来了又走了"),
        ("花兒(ér)红", "花儿红"),
        ("花儿(er)红", "花儿红"),
        ("綠(lǜ)水青山", "绿水青山"),
        ("綠(lv4)水青山", "绿水青山"),
        ("綠(lu:4)水青山", "绿水青山"),
        ("國(\u0261uó)家", "国家"),
        ("說( shu\u014d )話", "说话"),
        (f"說{OPEN}shuō{CLOSE}話", "说话"),
        ("一(yí)个人", "一个人"),
    ],
)
def test_variant_spellings_of_an_annotation_go_from_an_annotated_page(damaged, whole):
    assert first_line(damaged, ANNOTATED_PAGE) == whole


@pytest.mark.parametrize(
    "honest",
    [
        f"汉字{OPEN}hàn zì{CLOSE}的读音",
        f"种莜{OPEN}yóu{CLOSE}麦",
        f"浙江{OPEN}Zhejiang{CLOSE}的总值{OPEN}GDP{CLOSE}",
        f"某报{OPEN}记者 张样{CLOSE}",
        f"爨{OPEN}cuàn{CLOSE}、犇{OPEN}bēn{CLOSE}、骉{OPEN}biāo{CLOSE}",
        f"工程{OPEN}yī{CLOSE}期",
    ],
)
@pytest.mark.parametrize("page", [ANNOTATED_PAGE, SIMPLIFIED_PAGE])
def test_a_gloss_or_a_word_in_brackets_stays_on_every_page(honest, page):
    assert first_line(honest, page) == honest


def test_a_text_that_explains_two_readings_of_a_character_stays():
    lines = [f"行{OPEN}{reading}{CLOSE}字的读音。" for reading in ("xíng", "háng", "xíng", "háng")] * 4
    assert clean("\n".join(lines)) == "\n".join(lines)


def test_a_reader_with_a_reading_for_every_character_stays():
    readings = zip("山上有茶", ("shān", "shàng", "yǒu", "chá"), strict=True)
    verse = "".join(f"{char}{OPEN}{reading}{CLOSE}" for char, reading in readings) + "。"
    assert clean("\n".join([verse] * 6)) == "\n".join([verse] * 6)


def test_one_annotated_character_of_many_is_a_gloss():
    text = f"東{OPEN}dōng{CLOSE}是一個字。東邊東面東風東方。\n{TRADITIONAL_PAGE}"
    assert "dōng" in clean(text)


# Script.


@pytest.mark.parametrize("number", range(len(MASTERS)))
@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
def test_a_page_comes_back_from_each_standard_of_traditional_script(number, config):
    whole = "\n\n".join(MASTERS[number].blocks)
    back = clean(opencc.OpenCC(config).convert(whole))
    assert len(back) == len(whole)
    right = sum(map(str.__eq__, back, whole))
    assert right >= MIN_RIGHT_SHARE * len(whole)


@pytest.mark.parametrize(
    ("traditional", "whole"),
    [
        ("見微知著", "见微知著"),
        ("彰明較著", "彰明较著"),
        ("望著遠山", "望着远山"),
        ("帶著作業回家", "带着作业回家"),
        ("看著名單", "看着名单"),
        ("著名的著作", "著名的著作"),
        ("著書立說", "著书立说"),
        ("執著地做", "执着地做"),
        ("顯著成效", "显著成效"),
        ("陜西陝北", "陕西陕北"),
        ("乾隆年間", "乾隆年间"),
        ("扭轉乾坤", "扭转乾坤"),
        ("乾寧年間的乾糧", "乾宁年间的干粮"),
        ("站在瞭望台上", "站在瞭望台上"),
        ("一目瞭然", "一目了然"),
        ("聲名狼藉", "声名狼藉"),
        ("藉口", "借口"),
        ("覆蓋和答覆", "覆盖和答复"),
        ("象徵和徵收", "象征和征收"),
        ("宮商角徵羽", "宫商角徵羽"),
        ("姓於的人", "姓於的人"),
        ("樊於期", "樊於期"),
        ("錢鍾書與鍾馗", "钱锺书与钟馗"),
        ("鍾山縣的鐘聲", "钟山县的钟声"),
        ("佔領和捲起", "占领和卷起"),
        ("神祇與祇有", "神祇与只有"),
        ("攻尅難關", "攻克难关"),
        ("甯夏的甯先生", "宁夏的甯先生"),
        ("陳堃和畢昇", "陈堃和毕昇"),
        ("餘杭的余先生", "余杭的余先生"),
        ("千裡之外", "千里之外"),
        ("標准化", "标准化"),
        ("挂職幹部", "挂职干部"),
        ("干部和后面的頭髮", "干部和后面的头发"),
        ("發展理髮業", "发展理发业"),
        ("臺灣的颱風", "台湾的台风"),
        ("衞生院說甚麼", "卫生院说什么"),
        ("帳戶上的經濟帳", "账户上的经济账"),
        ("蚊帳和帳篷", "蚊帐和帐篷"),
        ("澈底貫澈", "彻底贯彻"),
        ("復甦", "复苏"),
        ("硏究値得", "研究值得"),
        ("范仲淹的範圍", "范仲淹的范围"),
        ("岳飛在嶽陽", "岳飞在岳阳"),
    ],
)
def test_words_that_a_plain_conversion_gets_wrong_come_back(traditional, whole):
    assert first_line(f"{traditional}。", TRADITIONAL_PAGE) == f"{whole}。"


@pytest.mark.parametrize(
    "honest",
    [
        f"“爱”字的繁体“愛”有心{COMMA}写作爱{OPEN}愛{CLOSE}",
        "乾隆年间的著名专著",
        "站在瞭望台上借口狼藉",
        "神祇的传说",
        "毕昇和陈堃",
        "姓於的人家",
        "蚊帐里的帐目",
        "沈着和沈没都是名字",
    ],
)
def test_simplified_script_stays_as_it_is(honest):
    assert first_line(honest, SIMPLIFIED_PAGE) == honest


@pytest.mark.parametrize(
    ("damaged", "whole"), [("这个機制很好", "这个机制很好"), ("陜西的村子", "陕西的村子"), ("“機制”很好", "“机制”很好")]
)
def test_a_stray_traditional_character_in_a_simplified_page_is_converted(damaged, whole):
    assert first_line(damaged, SIMPLIFIED_PAGE * 3) == whole


def test_a_traditional_title_quoted_in_a_simplified_page_is_converted_and_recorded():
    text = f"匾上写着“為鄉親造福”{COMMA}{SIMPLIFIED_PAGE * 3}"
    article = restore(RawArticle(file="any.txt", sha256="0" * 64, format="text", encoding="utf-8", text=text))
    assert article.text.startswith("匾上写着“为乡亲造福”")
    assert [one.before for step in article.log for one in step.edits] == ["為鄉親"]


def test_no_character_of_simplified_text_is_turned_into_another():
    for master in MASTERS:
        text = "\n".join(master.blocks)
        assert script.find_script(text, Context(script="hant")) == ()
        assert script.find_words(text, Context(script="hant")) == ()


def test_the_table_holds_only_what_t2s_leaves_and_leads_to_standard_characters():
    words = script_words()
    assert all(len(old) == len(new) == 1 and new.encode("gb2312") for old, new in words.characters.items())
    assert all(simplified(old) != new for old, new in words.characters.items())
    assert all(simplified(old) == old and len(old) == len(new) for old, new in words.words.items())
    assert not words.words.keys() & set(words.words.values())
    assert all(len(old) == len(new) for old, new in words.phrases.items())


def by_character(text):
    return "".join(converted_of().get(char, char) for char in text)


def test_t2s_turns_a_character_otherwise_beside_no_neighbour_but_the_listed_ones():
    """The list of neighbours is all that decides where a phrase is looked for; t2s itself tells that it is whole."""
    by_context = script_words().by_context
    listed = {one + char for char, (before, _) in by_context.items() for one in before}
    listed |= {char + one for char, (_, after) in by_context.items() for one in after}
    plane = [chr(code) for code in range(0x4E00, 0xA000)]
    for char in by_context:
        pairs = [char + one for one in plane] + [one + char for one in plane]
        converted = simplified("\n".join(pairs)).split("\n")
        alone = by_character("\n".join(pairs)).split("\n")
        assert {pair for pair, one, other in zip(pairs, converted, alone, strict=True) if one != other} <= listed


BY_CONTEXT = {char for one, beside in script_words().by_context.items() for char in (one, *"".join(beside))}
TAKEN_APART = st.text([*sorted(BY_CONTEXT), *f"\n{COMMA}\u3400\uf900\U0002a6d6「國開"], max_size=60)


@given(TAKEN_APART.filter(lambda text: not any(phrase in text for phrase in script_words().phrases)))
@example(f"他於國於世成{COMMA}計畫\n乾坤乾了沈重沈\n「開國」\U0002a6d6傢俱")
def test_a_traditional_page_is_turned_as_t2s_turns_the_whole_text(text):
    found = script.find_script(text, Context(script="hant"))
    whole = simplified(text)
    assert editlog.apply(text, found) == (
        whole if holds(text, traditional_only() - set(script_words().characters)) else text
    )


@given(st.text(max_size=80), st.frozensets(st.characters(), max_size=20))
@example("a]b\\^-\U0002a6d6", frozenset("]\\^-\U0002a6d6"))
def test_the_characters_present_are_those_of_the_text(text, kinds):
    assert present(text, kinds) == kinds & set(text)
    assert holds(text, kinds) == bool(kinds & set(text))


PIECES = [
    "愛",
    "著",
    "著名",
    "祇",
    "神祇",
    "甚麼",
    "乾寧",
    "堅(jiān)",
    "堅",
    "(",
    ")",
    OPEN,
    CLOSE,
    "“",
    "”",
    "里",
    "发",
    "發",
    "了(le)",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, *"機制国國\n。 "]), max_size=40).map("".join))
def test_script_and_pinyin_settle_after_one_restoration(text):
    article = restore(RawArticle(file="any.txt", sha256="0" * 64, format="text", encoding="utf-8", text=text))
    if isinstance(article, RestoredArticle):
        assert editlog.undo(article.text, article.log) == text
        assert clean(article.text) == article.text


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32))
def test_no_annotation_of_other_words_is_taken_for_pinyin(seed):
    random = Random(seed)  # noqa: S311 - reproducible, not secret
    chars = random.sample(sorted(traditional_only()), 12)
    text = "".join(f"{char}({random.choice(['GDP', 'xyz', 'www', 'bcd', 'mm', 'zzz'])})" for char in chars * 2)
    assert pinyin.find(text, Context()) == ()
