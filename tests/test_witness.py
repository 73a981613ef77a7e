"""Witnesses: a whole copy settles what a damaged one left open, and only where nothing else is possible."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reprint_bench
from shanhai import editlog
from shanhai.describe.article import describe
from shanhai.marks import doubtful
from shanhai.records import Block, BlockKind, Certainty, DescribedArticle, Edit, EditPass, RawArticle
from shanhai.reference import load
from shanhai.relate import witness
from shanhai.relate.witness import CONFIRMED, REPAIRED, Copy, repaired
from shanhai.restore.chain import restore
from test_datafiles import article

BEFORE = "山路修通的那年秋天村里人都到桥头去看第一辆车"
AFTER = "站在人群后面一句话也没有说只是把帽子摘了下来"
WHOLE = f"{BEFORE}林远山{AFTER}。"


def described(text: str, log: tuple[EditPass, ...] = (), file: str = "a.txt") -> DescribedArticle:
    """An article of this clean text and log, a paragraph each line."""
    first: DescribedArticle = article().described
    blocks = tuple(
        Block(kind=BlockKind.PARAGRAPH, start=match.start(), end=match.end()) for match in re.finditer("[^\n]+", text)
    )
    raw = msgspec.structs.replace(first.raw, file=file, text=editlog.undo(text, log))
    return msgspec.structs.replace(first, raw=raw, text=text, log=log, blocks=blocks, title_derived=False)


def doubt(text: str, words: str, before: str | None = None) -> DescribedArticle:
    """The article with a doubt at the words: a gap, or a conjecture for what stood before."""
    start = text.index(words)
    certainty = Certainty.GAP if before is None else Certainty.CONJECTURE
    old = words if before is None else before
    one = Edit(rule="MASK-02", start=start, end=start + len(old), before=old, after=words, certainty=certainty)
    return described(text, (EditPass(step="masks", edits=(one,)),))


def asked(damaged: DescribedArticle, *witnesses: str) -> DescribedArticle:
    """The damaged article after it heard the witnesses."""
    return repaired(Copy(damaged), [Copy(described(text, file=f"w{n}.txt")) for n, text in enumerate(witnesses)])


def last_edit(found: DescribedArticle) -> Edit:
    return found.log[-1].edits[0]


def test_a_gap_is_filled_with_the_witnesss_words():
    found = asked(doubt(WHOLE.replace("林远山", "**"), "**"), WHOLE)
    assert found.text == WHOLE
    assert (last_edit(found).rule, last_edit(found).witness, last_edit(found).certainty) == (REPAIRED, "w0.txt", "sure")
    assert doubtful(found) == []
    assert editlog.undo(found.text, found.log) == found.raw.text


def test_a_conjecture_is_confirmed_by_a_witness_and_sure_from_then_on():
    found = asked(doubt(WHOLE, "林远山", before="*"), WHOLE)
    assert found.text == WHOLE
    assert last_edit(found).rule == CONFIRMED
    assert found.log[0].edits[0].certainty is Certainty.SURE
    assert found.log[0].edits[0].witness == "w0.txt"
    assert editlog.undo(found.text, found.log) == found.raw.text


def test_a_wrong_conjecture_gives_way_to_a_witness():
    found = asked(doubt(WHOLE.replace("林远山", "书记"), "书记", before="*"), WHOLE)
    assert found.text == WHOLE
    assert doubtful(found) == []


def test_a_mask_that_no_rule_recorded_is_filled():
    assert asked(described(WHOLE.replace("林远山", "***")), WHOLE).text == WHOLE


def test_a_lost_number_is_put_back():
    whole = f"{BEFORE}卖出茶叶3200斤{AFTER}。"
    gap = Edit(rule="GAP-01", start=len(BEFORE) + 4, end=len(BEFORE) + 4, before="", after="", certainty=Certainty.GAP)
    damaged = described(whole.replace("3200", ""), (EditPass(step="gaps", edits=(gap,)),))
    assert asked(damaged, whole).text == whole


def test_two_doubts_close_together_are_told_apart_by_what_stands_between():
    whole = f"{BEFORE}林远山同他的老师何其昌{AFTER}。"
    damaged = whole.replace("林远山", "**").replace("何其昌", "*")
    assert asked(described(damaged), whole).text == whole


@pytest.mark.parametrize(
    "testimony",
    [
        pytest.param((WHOLE.replace("林远山", "**"),), id="it has the same gap"),
        pytest.param((WHOLE.replace("林远山", ""),), id="it has nothing there"),
        pytest.param((WHOLE.replace("桥头", "村头"),), id="a character of the context differs"),
        pytest.param((WHOLE.replace("人群", "人堆"),), id="a character behind differs"),
        pytest.param((WHOLE, WHOLE.replace("林远山", "周大川")), id="two witnesses contradict each other"),
        pytest.param((f"{WHOLE}{WHOLE.replace('林远山', '周大川')}",), id="the place stands there twice"),
        pytest.param((WHOLE.replace("林远山", "林" * 30),), id="it has far more there"),
        pytest.param((WHOLE.replace("林远山", "林\n\n山"),), id="it has a paragraph's end there"),
        pytest.param((WHOLE.replace("林远山", "林\ufffd山"),), id="it is damaged there itself"),
        pytest.param((), id="there is none"),
    ],
)
def test_a_gap_stays_where(testimony):
    damaged = doubt(WHOLE.replace("林远山", "**"), "**")
    assert asked(damaged, *testimony) == damaged


def test_a_sure_reading_stays_against_a_witness():
    certain = described(WHOLE)
    assert asked(certain, WHOLE.replace("林远山", "周大川")) == certain


def test_a_witness_does_not_speak_where_it_is_in_doubt_itself():
    damaged = doubt(WHOLE.replace("林远山", "**"), "**")
    other = doubt(WHOLE, "林远山", before="*")
    assert repaired(Copy(damaged), [Copy(other)]) == damaged


def test_a_doubt_near_the_edge_of_the_text_stays():
    damaged = doubt(f"在**{BEFORE}", "**")
    assert asked(damaged, f"在夏天{BEFORE}") == damaged


def test_blocks_move_with_the_text():
    text = f"{BEFORE}。\n\n**{AFTER}。\n\n第三段{BEFORE[::-1]}。"
    found = asked(described(text), text.replace("**", "林远山"))
    lines = [found.text[block.start : block.end] for block in found.blocks]
    assert lines == text.replace("**", "林远山").split("\n\n")


@given(st.data())
def test_undo_is_exact_and_blocks_are_lines_for_any_mix_of_doubts(data):
    """Gaps and conjectures anywhere in a text of several paragraphs, its witness whole or damaged elsewhere."""
    letters = st.text(alphabet="山海路桥水田一二三", min_size=1, max_size=40)
    lines = data.draw(st.lists(letters, min_size=1, max_size=4))
    whole = "\n\n".join(lines)
    spots = sorted(data.draw(st.sets(st.integers(0, len(whole) - 1), max_size=5)))
    spots = [at for at in spots if whole[at] != "\n"]
    edits = tuple(Edit(rule="GAP-01", start=at, end=at + 1, before=whole[at], after="*") for at in spots)
    masked = editlog.apply(whole, edits)
    marks = tuple(
        Edit(rule="MASK-03", start=at, end=at + 1, before="*", after="*", certainty=Certainty.GAP) for at in spots
    )
    damaged = described(masked, (EditPass(step="hide", edits=edits), EditPass(step="masks", edits=marks)))
    found = asked(damaged, data.draw(st.sampled_from([whole, masked, whole[::-1]])))
    assert editlog.undo(found.text, found.log) == damaged.raw.text == whole
    assert [found.text[block.start : block.end] for block in found.blocks] == found.text.split("\n\n")
    assert found.text in {whole, masked} or len(doubtful(found)) < len(spots)


def test_witnesses_settle_planted_doubts_without_a_wrong_word():
    """Three copies of each master, damaged each in its own way: at least nine of ten doubts are settled."""
    found = reprint_bench.testimony(1)
    assert found["wrong"] == 0
    assert found["doubts"] > 100
    assert found["left"] * 10 <= found["doubts"]


def test_the_rules_in_code_and_in_the_list_are_the_same():
    listed = load("rules/relate.yml", dict[str, dict[str, str]])
    assert set(listed) == {"REPRINT-01", witness.REPAIRED, witness.CONFIRMED}
    assert all(set(rule) == {"zh", "en", "example"} for rule in listed.values())


def test_a_masked_page_and_its_whole_mirror_go_through_the_chain_together():
    page = f"{BEFORE}。\n\n那一天来的人里有好几位**{AFTER}。\n\n{BEFORE[::-1]}{AFTER[::-1]}。\n"
    raws = [page, page.replace("**", "老支书")]
    copies = []
    for number, text in enumerate(raws):
        raw = RawArticle(file=f"{number}.txt", sha256="", format="text", encoding="utf-8", text=text)
        found = describe(restore(raw))  # type: ignore[arg-type]
        assert isinstance(found, DescribedArticle)
        copies.append(Copy(found))
    found = repaired(copies[0], copies[1:])
    assert "好几位老支书站在" in found.text
    assert editlog.undo(found.text, found.log) == raws[0]
