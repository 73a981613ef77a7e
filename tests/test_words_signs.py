"""Lost plus signs, dashes between years, 一 read as a dash, lost numbers; and the honest signs beside them."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

import damage
from shanhai import editlog
from shanhai.records import Certainty, RawArticle, RestoredArticle
from shanhai.restore import lost_signs
from shanhai.restore.chain import restore
from shanhai.restore.collocations import Collocations
from shanhai.restore.context import Context

MASTERS = sorted((Path(__file__).parent / "masters").glob("[0-9][0-9].md"))
CLEAN = sorted((Path(__file__).parent / "clean").glob("*.txt"))
COMMA, OPEN, CLOSE = "\uff0c", "\uff08", "\uff09"
DASH = "\u2014"
CONTEXT = Context()
FINDERS = (
    lost_signs.find_open_pluses,
    lost_signs.find_pluses,
    lost_signs.find_year_dashes,
    lost_signs.find_ones,
    lost_signs.find_numbers,
)
RULES = ("PLUS", "DASH", "ONE", "NUMBER")


def restored(text):
    article = restore(RawArticle(file="any.txt", sha256="0" * 64, format="text", encoding="utf-8", text=text))
    assert isinstance(article, RestoredArticle)
    assert editlog.undo(article.text, article.log) == text
    return article


def sign_edits(article):
    return [one for step in article.log for one in step.edits if one.rule.startswith(RULES)]


@pytest.mark.parametrize(
    ("damaged", "whole", "rule", "certainty"),
    [
        ("“1 10 100”", "“1+10+100”", "PLUS-01", Certainty.SURE),
        ("“1 2 3”工作法", "“1+2+3”工作法", "PLUS-01", Certainty.SURE),
        ("推行1 10 100工程。", "推行1+10+100工程。", "PLUS-02", Certainty.CONJECTURE),
        ("“党支部 合作社 农户”模式", "“党支部+合作社+农户”模式", "PLUS-02", Certainty.CONJECTURE),
        (
            "“东部企业 贵州资源”“东部总部 贵州基地”",
            "“东部企业+贵州资源”“东部总部+贵州基地”",
            "PLUS-02",
            Certainty.CONJECTURE,
        ),
        ("采取1 1或X 1模式", "采取1+1或X+1模式", "PLUS-02", Certainty.CONJECTURE),
        ("“互联网 ”行动", "“互联网+”行动", "PLUS-02", Certainty.CONJECTURE),
        (
            f"《扶贫开发纲要{OPEN}2011 2020年{CLOSE}》",
            f"《扶贫开发纲要{OPEN}2011{DASH}2020年{CLOSE}》",
            "DASH-01",
            Certainty.SURE,
        ),
        ("从2016一2020年。", f"从2016{DASH}2020年。", "DASH-01", Certainty.SURE),
        ("驻村第—书记来了。", "驻村第一书记来了。", "ONE-01", Certainty.SURE),
        ("推行—村—品。", "推行一村一品。", "ONE-01", Certainty.SURE),
        ("推行“—带—路”建设。", "推行“一带一路”建设。", "ONE-01", Certainty.SURE),
        (f"他—直在山里{COMMA}进\u2013步改良。", f"他一直在山里{COMMA}进一步改良。", "ONE-01", Certainty.SURE),
        ("打通最后-公里。", "打通最后一公里。", "ONE-01", Certainty.SURE),
        ("办起—家工坊。", "办起一家工坊。", "ONE-02", Certainty.CONJECTURE),
    ],
)
def test_a_lost_sign_comes_back(damaged, whole, rule, certainty):
    article = restored(damaged)
    assert article.text == whole
    assert {(one.rule, one.certainty) for one in sign_edits(article)} == {(rule, certainty)}


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        (f"当天卖出茶叶斤{COMMA}大家都高兴。", "茶叶"),
        ("村子海拔米。", "海拔"),
        ("年底人均纯收入超过元。", "超过"),
        (f"茶园总面积亩{COMMA}分在三个坡上。", "面积"),
        (f"投入资金余万元{COMMA}修了路。", "资金"),
    ],
)
def test_a_lost_number_is_an_empty_gap_before_its_unit(text, behind):
    article = restored(text)
    assert article.text == text
    (found,) = sign_edits(article)
    assert (found.rule, found.certainty, found.before, found.after) == ("NUMBER-01", Certainty.GAP, "", "")
    assert text[: found.start].endswith(behind)


@pytest.mark.parametrize(
    "text",
    [
        "“1 2 3”大家齐声喊。",
        "“2016 2018 2020”三个年份写在墙上。",
        "主队以3 1领先。",
        "“不忘初心 牢记使命”教育",
        "“党建引领 乡村振兴”",
        "“福建企业+宁夏资源”",
        "“主题党日+”",
        "张样  李样",
        "“优质产品 优质服务”",
        "1 2 3 4 5",
        f"2019{DASH}2020年",
        "2019 2020年都去过。",
        f"{DASH}{DASH}编者",
        f"{DASH}编者",
        f"这座老院{DASH}{DASH}一直没有修{DASH}{DASH}终于开了门。",
        f"北京{DASH}直隶一线",
        f"武汉{DASH}宜昌段通车",
        f"脱贫攻坚{DASH}系列报道",
        f"书香门第{DASH}书记的老家",
        f"有{DASH}个人说了算的毛病。",
        "T-直升机",
        f"收入多元{COMMA}日子好过。",
        "论斤卖不如论个卖。",
        f"年收入万元{COMMA}在当时不少。",
        f"他是状元{COMMA}单元楼里的公元。",
        "x-一y",
    ],
)
def test_honest_spaces_and_dashes_are_neither_changed_nor_marked(text):
    article = restored(text)
    assert article.text == text
    assert sign_edits(article) == []


def test_every_sure_phrase_with_a_dash_for_one_comes_back():
    known = lost_signs.lost_signs()
    phrases = Collocations(known.one_sure, known.lists).phrases
    cases = [
        (left, phrase.fill, right)
        for phrase in phrases
        for left, right in product(phrase.left or ("",), phrase.right or ("",))
    ]
    assert len(cases) >= 150
    for left, one, right in cases:
        whole = f"在村里{left}{one}{right}"
        for dash in "-\u2013\u2014\u2015\uff0d":
            edits = lost_signs.find_ones(f"在村里{left}{dash}{right}", CONTEXT)
            assert editlog.apply(f"在村里{left}{dash}{right}", edits) == whole
            assert {found.rule for found in edits} == {"ONE-01"}


def test_no_dash_for_any_one_of_the_masters_is_read_as_something_else_and_most_sure_ones_come_back():
    """Each damage of 一 in fixed words comes back exactly; every other dash in a master stays."""
    changed = 0
    for path in MASTERS:
        master = damage.read_master(path)
        page = damage.damaged(master, ["ones_as_dashes"], 1)
        text = "\n\n".join(page.blocks) + "\n"
        whole = "\n\n".join(master.blocks) + "\n"
        changed += sum(old != new for old, new in zip(text, whole, strict=True))
        assert restored(text).text == whole
    assert changed >= 15


def test_a_number_that_a_damage_took_is_marked_where_it_stood():
    block = f"茶园面积3200亩{COMMA}人均收入9800元。村子海拔860米。"
    page = damage.Page(blocks=(block,), kinds=("paragraph",))
    lost = damage.RARE_OPERATORS["lost_number"](page, None)
    text = lost.blocks[0]
    gaps = [one.start for one in sign_edits(restored(text))]
    assert gaps == [text.index("亩"), text.index("元"), text.index("米")]
    assert len(lost.gaps) == 3


def test_the_dash_of_a_plan_that_a_damage_took_comes_back():
    block = f"《农村扶贫开发纲要{OPEN}2011{DASH}2020年{CLOSE}》发布了。"
    page = damage.Page(blocks=(block,), kinds=("paragraph",))
    lost = damage.RARE_OPERATORS["lost_year_dash"](page, None)
    assert lost.blocks[0] != block
    assert restored(lost.blocks[0]).text == block


def test_undamaged_text_has_no_lost_sign():
    texts = ["\n".join(damage.read_master(path).blocks) for path in MASTERS]
    texts += [text for path in CLEAN for text in path.read_text(encoding="utf-8").split("\n%\n")]
    found = [
        (one.rule, text[max(0, one.start - 9) : one.end + 9])
        for text in texts
        for f in FINDERS
        for one in f(text, CONTEXT)
    ]
    assert found == []


def test_plus_signs_of_quoted_lists_in_the_masters_come_back():
    for path in MASTERS:
        master = damage.read_master(path)
        page = damage.damaged(master, ["lost_plus"], 1)
        assert restored("\n\n".join(page.blocks) + "\n").text == "\n\n".join(master.blocks) + "\n"
