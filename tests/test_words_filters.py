"""Pages that a filter took characters from: told by absence and by broken words together, and by neither alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import damage
from shanhai import editlog
from shanhai.records import Certainty, RawArticle, RestoredArticle
from shanhai.restore import filters
from shanhai.restore.chain import restore
from shanhai.restore.context import Context

MASTERS = sorted((Path(__file__).parent / "masters").glob("[0-9][0-9].md"))
CLEAN = sorted((Path(__file__).parent / "clean").glob("*.txt"))
COMMA = "\uff0c"
CONTEXT = Context()
LOST = re.compile("[习平]")
# Sentences with words that a filter of 习 and 平 breaks, and one that it breaks beyond recognition.
BROKEN = [
    f"茶农跟着技术员外出考察学习{COMMA}回来就改了炒茶的火候。",
    f"县里搭建电商平台{COMMA}鲜叶当天就能下单。",
    f"几年下来{COMMA}山里的医疗水平明显提高{COMMA}看病不再出山。",
    f"茶园已有30平方公里{COMMA}平均海拔六百米。",
    f"孩子们养成了卫生习惯{COMMA}回家也教大人洗手。",
    f"师范生到村小顶岗实习{COMMA}晚自习的灯亮到九点。",
    "老人们图的是日子平静。",
]


def restored(text):
    article = restore(RawArticle(file="any.txt", sha256="0" * 64, format="text", encoding="utf-8", text=text))
    assert isinstance(article, RestoredArticle)
    assert editlog.undo(article.text, article.log) == text
    return article


def filter_edits(article):
    return [one for step in article.log for one in step.edits if one.rule.startswith("FILTER")]


def blocks_without(count):
    """Paragraphs of masters that hold neither character, at least so many characters in all."""
    blocks = [block for path in MASTERS for block in damage.read_master(path).blocks if not LOST.search(block)]
    chosen: list[str] = []
    while sum(map(len, chosen)) < count:
        chosen.append(blocks[len(chosen)])
    return chosen


def page(sentences, count=1_500):
    return "\n\n".join([*sentences, *blocks_without(count)]) + "\n"


def test_a_filtered_page_gets_its_characters_back_as_conjectures():
    whole = page(BROKEN)
    article = restored(LOST.sub("", whole))
    assert article.text == whole.replace("平静", "静")
    found = filter_edits(article)
    assert {(one.rule, one.certainty) for one in found} == {("FILTER-01", Certainty.CONJECTURE)}
    assert len(found) == len(LOST.findall(whole)) - 1


def test_what_is_restored_shows_the_character_beside_it_as_the_source():
    found = filter_edits(restored(LOST.sub("", page(BROKEN))))
    assert {(one.before, one.after) for one in found} >= {("学", "学习"), ("商", "商平"), ("水", "水平")}


@pytest.mark.parametrize("kept", ["习", "平"])
def test_a_page_that_still_has_a_character_is_not_said_to_lack_it(kept):
    text = LOST.sub("", page(BROKEN)) + f"{kept}字还在。\n"
    assert kept not in {one.after.replace(one.before, "") for one in filter_edits(restored(text))}


def test_a_short_text_that_lacks_the_characters_stays():
    text = LOST.sub("", "\n\n".join(BROKEN) + "\n")
    assert restored(text).text == text


def test_a_long_text_that_lacks_them_without_broken_words_stays():
    text = page([], 6_000)
    article = restored(text)
    assert article.text == text
    assert filter_edits(article) == []


def test_one_broken_word_alone_is_no_evidence():
    text = page([LOST.sub("", BROKEN[0])], 3_000)
    assert restored(text).text == text


def test_a_person_is_a_gap_and_never_guessed():
    text = LOST.sub("", page([*BROKEN, "大家学到了近总书记的讲话。"]))
    article = restored(text)
    assert "了近总书记" in article.text
    gaps = [one for one in filter_edits(article) if one.rule == "FILTER-02"]
    assert [(one.before, one.after, one.certainty) for one in gaps] == [("", "", Certainty.GAP)]


@pytest.mark.parametrize(
    "text",
    [
        f"她在大学学贯中西{COMMA}台账管理得清清楚楚{COMMA}人均水资源也算了出来。",
        f"落实生态补偿{COMMA}各自室内种花{COMMA}政府搭台{COMMA}企业唱戏。",
        f"多年来{COMMA}几年来{COMMA}人均年龄在变{COMMA}惯例没有变。",
        f"信息台账的字迹工整{COMMA}均衡发展靠大家{COMMA}不凡的岗位也要人守。",
        f"文学、哲学和数学都教{COMMA}教学贯通。",
    ],
)
def test_whole_words_beside_broken_ones_stay(text):
    damaged = LOST.sub("", page(BROKEN)) + text + "\n"
    assert restored(damaged).text.endswith(text + "\n")


def test_a_restored_page_stays_as_it_is():
    once = restored(LOST.sub("", page(BROKEN))).text
    assert filters.find(once, CONTEXT) == ()
    assert restored(once).text == once


def test_masters_in_runs_of_six_lose_their_characters_and_get_back_only_right_ones():
    """Every edit gives back a character that stood there; some places have two readings and stay."""
    masters = [damage.read_master(path) for path in MASTERS]
    fired = 0
    for first in range(len(masters)):
        chosen = [masters[(first + step) % len(masters)] for step in range(6)]
        whole = "\n\n".join("\n\n".join(one.blocks) for one in chosen)
        pages = [damage.damaged(one, ["filtered_characters"], 1) for one in chosen]
        text = "\n\n".join("\n\n".join(one.blocks) for one in pages)
        edits = filters.find(text, CONTEXT)
        fired += bool(edits)
        rest = iter(whole)
        assert all(char in rest for char in editlog.apply(text, edits))
    assert fired >= 10


def test_undamaged_text_never_looks_filtered():
    texts = ["\n".join(damage.read_master(path).blocks) for path in MASTERS]
    texts += [text for path in CLEAN for text in path.read_text(encoding="utf-8").split("\n%\n")]
    assert [one for text in texts for one in filters.find(text, CONTEXT)] == []


def test_the_chance_of_absence_falls_with_the_length():
    assert filters.absence_chance(0, {"平"}) == 1
    assert filters.absence_chance(3_000, {"习", "平"}) < 0.05 < filters.absence_chance(1_000, {"习", "平"})


def test_the_frequencies_are_those_of_the_masters():
    text = "".join("".join(damage.read_master(path).blocks) for path in MASTERS)
    count = len(re.findall("[\u4e00-\u9fff]", text))
    for char, share in filters.filters().per_thousand.items():
        assert text.count(char) / count * 1000 == pytest.approx(share, rel=0.5)
