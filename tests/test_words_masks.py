"""Words behind asterisks: what their neighbours tell, what stays a gap, and what asterisks honestly stand for."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from random import Random

import pytest

import damage
from shanhai import editlog
from shanhai.records import Certainty, RawArticle, RestoredArticle
from shanhai.restore import masks
from shanhai.restore.chain import restore
from shanhai.restore.context import Context

MASTERS = sorted((Path(__file__).parent / "masters").glob("[0-9][0-9].md"))
CLEAN = sorted((Path(__file__).parent / "clean").glob("*.txt"))
COMMA, COLON = "\uff0c", "\uff1a"
CONTEXT = Context()
# Characters and words that a filter is known to hide, among those that the masters and the phrases have.
HIDDEN = (
    "书记",
    "革命",
    "股东",
    "股金",
    "政府",
    *"党政军民警安血色毒死杀黑习平近锐准困贫股敏感治主自由族藏疆汉央裕兴振坚攻克援支",
)


def sentences(phrase):
    """Every sentence that the phrase stands for, whole and with its hidden part apart."""
    for left, right in product(phrase.left or ("",), phrase.right or ("",)):
        yield f"冬天到了{COMMA}{left}", phrase.fill, f"{right}大家都记得。"


def allowed(phrase, left, right):
    return not left.endswith(phrase.unless_left or ("\0",)) and not right.startswith(phrase.unless_right or ("\0",))


SURE = [
    case for phrase in masks.sure_phrases().phrases for case in sentences(phrase) if allowed(phrase, case[0], case[2])
]


def restored(text):
    article = restore(RawArticle(file="any.txt", sha256="0" * 64, format="text", encoding="utf-8", text=text))
    assert isinstance(article, RestoredArticle)
    assert editlog.undo(article.text, article.log) == text
    return article


def word_edits(article):
    return [one for step in article.log for one in step.edits if one.rule.startswith("MASK")]


def test_there_are_many_sure_phrases():
    assert len(SURE) >= 600


@pytest.mark.parametrize("signs", ["*", "\uff0a", "by character"])
def test_every_sure_phrase_is_restored_exactly_by_one_sign_or_one_a_character(signs):
    for left, fill, right in SURE:
        mask = "*" * len(fill) if signs == "by character" else signs
        text = left + mask + right
        edits = masks.find_repairs(text, CONTEXT)
        assert editlog.apply(text, edits) == left + fill + right
        assert [one.rule for one in edits] == ["MASK-01"]


def test_a_sample_of_sure_phrases_is_restored_exactly_by_the_whole_chain():
    for left, fill, right in Random(7).sample(SURE, 250):  # noqa: S311 - reproducible, not secret
        article = restored(f"{left}*{right}\n")
        assert fill in article.text
        assert [one.rule for one in word_edits(article)] == ["MASK-01"]


def test_a_longer_mask_makes_a_conjecture_of_a_sure_phrase_and_a_very_long_one_a_gap():
    for mask, rule in (("***", "MASK-02"), ("*****", "MASK-03")):
        assert [one.rule for one in word_edits(restored(f"村支部{mask}带着大家修路。"))] == [rule]


def test_whatever_a_filter_hides_in_the_masters_no_sure_reading_is_wrong():
    """Each of the words that filters hide, at each place where a master has it, one place at a time."""
    right = wrong = 0
    for path in MASTERS:
        text = "\n".join(damage.read_master(path).blocks)
        for word in HIDDEN:
            for match in re.finditer(word, text):
                edits = masks.find_repairs(f"{text[: match.start()]}*{text[match.end() :]}", CONTEXT)
                sure = [one for one in edits if one.rule == "MASK-01"]
                right += sum(one.after == word for one in sure)
                wrong += sum(one.after != word for one in sure)
    assert wrong == 0
    assert right >= 60


def test_masked_characters_of_the_masters_come_back_surely():
    for path in MASTERS:
        master = damage.read_master(path)
        page = damage.damaged(master, ["masks", "masked_characters"], 3)
        article = restored("\n\n".join(page.blocks) + "\n")
        assert article.text == "\n\n".join(master.blocks) + "\n"
        assert {one.rule for one in word_edits(article)} <= {"MASK-01"}


@pytest.mark.parametrize(
    ("damaged", "whole", "rules"),
    [
        ("县委书*和镇党委*记都来了。", "县委书记和镇党委书记都来了。", ["MASK-01", "MASK-01"]),
        ("村党支部副*李样走在前面。", "村党支部副书记李样走在前面。", ["MASK-01"]),
        ("县委*领着大家干。第一*也来了。", "县委书记领着大家干。第一书记也来了。", ["MASK-01", "MASK-01"]),
        ("第一*也来了。", "第一书记也来了。", ["MASK-02"]),
        ("党*央、国务*部署了这件事。", "党中央、国务院部署了这件事。", ["MASK-01", "MASK-01"]),
        ("*县长都下了乡。", "*县长都下了乡。", []),
        (f"会上{COMMA}*县长都表了态。", f"会上{COMMA}书记县长都表了态。", ["MASK-02"]),
        ("村民的积极*得到调动。", "村民的积极性得到调动。", ["MASK-02"]),
        ("农民变*。", "农民变股东。", ["MASK-01"]),
        ("省委*织部的干部来了。", "省委*织部的干部来了。", ["MASK-03"]),
        (f"打响第一*{COMMA}大家都高兴。", f"打响第一*{COMMA}大家都高兴。", ["MASK-03"]),
        ("县委**和第一**都来了。", "县委书记和第一书记都来了。", ["MASK-01", "MASK-01"]),
    ],
)
def test_a_mask_is_read_by_its_neighbours(damaged, whole, rules):
    article = restored(damaged)
    assert article.text == whole
    assert [one.rule for one in word_edits(article)] == rules


@pytest.mark.parametrize(
    "text",
    [
        f"那年冬天{COMMA}**来到这里看望乡亲。",
        "大家牢记*的嘱托。",
        "**来到村里。",
        f"**指出{COMMA}要把路修好。",
        f"牢记**的嘱托{COMMA}按**的要求把路修好。",
        "受害人李**说。",
        "被告人王*军到庭。",
        f"企业的小*{COMMA}村里也有。",
    ],
)
def test_a_person_and_what_has_two_readings_stay_as_they_are_and_are_marked(text):
    article = restored(text)
    assert article.text == text
    assert {(one.rule, one.certainty) for one in word_edits(article)} == {("MASK-03", Certainty.GAP)}


@pytest.mark.parametrize(
    "text",
    [
        "密码****",
        f"手机号{COLON}138****5678。",
        "电话138****1234",
        "身份证520***********1234",
        "5*5的方格",
        "2*3=6",
        "长*宽*高",
        "工资=天数*标准",
        "**这一段要紧**",
        "村里的**合作社**办起来了。",
        "党支部**很要紧**。",
        "* 第一条",
        f"*注{COLON}以上为示例",
        "东西部协作的做法与启示*",
        f"本表不含杂粮*。\n*不含{COLON}荞麦",
        "****级酒店",
        "带*的为必填项",
        f"*表示p<0.05{COMMA}后同。",
        "C语言里*p是指针",
        "山路十八弯★沿途有景",
        "××县××村",
        "查找*.doc文件",
    ],
)
def test_honest_asterisks_are_neither_changed_nor_marked(text):
    article = restored(text)
    assert article.text == text
    assert word_edits(article) == []


def test_undamaged_text_has_no_mask():
    for path in CLEAN:
        for text in path.read_text(encoding="utf-8").split("\n%\n"):
            assert not masks.find_repairs(text, CONTEXT) + masks.find_gaps(text, CONTEXT), text
