"""The pieces of an edit log cover the raw and the clean text, and each says which rules made it."""

from __future__ import annotations

import sys
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shanhai import editlog
from shanhai.alignment import align
from shanhai.records import Certainty, Edit, EditPass

LETTERS = st.text("甲乙丙\n ", max_size=40)


@st.composite
def logs(draw):
    """A raw text, the clean text, and a log of random passes between them, each edit with a rule of its own."""
    raw = text = draw(LETTERS)
    log = []
    for step in range(draw(st.integers(0, 6))):
        places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
        edits = tuple(
            editlog.edit(f"R{step}-{number}", text, span, draw(st.text("甲乙丁\n", max_size=3)), draw(certainties))
            for number, span in enumerate(zip(places[::2], places[1::2], strict=False))
        )
        log.append(EditPass(step="any", edits=edits))
        text = editlog.apply(text, edits)
    return raw, text, tuple(log)


certainties = st.sampled_from(Certainty)


def of_steps(raw, *steps):
    """The pieces of a log whose passes are given as (rule, what stood there, what came), as tuples of their texts."""
    text, log = raw, []
    for step in steps:
        edits = []
        for rule, before, after, *certainty in step:
            start = text.index(before)
            edits.append(editlog.edit(rule, text, (start, start + len(before)), after, *certainty))
        log.append(EditPass(step="any", edits=tuple(sorted(edits, key=lambda one: one.start))))
        text = editlog.apply(text, log[-1].edits)
    return [
        (raw[one.raw_start : one.raw_end], text[one.clean_start : one.clean_end], *one.rules)
        for one in align(len(raw), log)
    ]


@given(logs())
def test_the_pieces_are_the_raw_text_and_the_clean_text_in_order_and_without_a_hole(case):
    raw, clean, log = case
    pieces = align(len(raw), log)
    assert "".join(raw[one.raw_start : one.raw_end] for one in pieces) == raw
    assert "".join(clean[one.clean_start : one.clean_end] for one in pieces) == clean
    for left, right in pairwise(pieces):
        assert (left.raw_end, left.clean_end) == (right.raw_start, right.clean_start)


@given(logs())
def test_a_piece_without_a_rule_is_the_same_in_both_texts_and_does_not_touch_another_such_piece(case):
    raw, clean, log = case
    pieces = align(len(raw), log)
    for one in pieces:
        assert one.edits or raw[one.raw_start : one.raw_end] == clean[one.clean_start : one.clean_end]
    assert all(left.edits or right.edits for left, right in pairwise(pieces))


@given(logs())
def test_every_edit_stands_in_a_piece_and_its_doubt_with_it(case):
    raw, _clean, log = case
    pieces = align(len(raw), log)
    kept = {id(edit) for one in pieces for edit in one.edits}
    assert kept == {id(edit) for one_pass in log for edit in one_pass.edits}
    for one in pieces:
        found = {edit.certainty for edit in one.edits}
        worst = Certainty.GAP if Certainty.GAP in found else Certainty.CONJECTURE
        assert one.certainty == (worst if worst in found else Certainty.SURE)


@given(logs())
def test_an_unchanged_character_stands_where_following_it_through_every_pass_leads(case):
    raw, _clean, log = case
    for one in align(len(raw), log):
        if not one.edits:
            shift = one.clean_start - one.raw_start
            places = range(one.raw_start, one.raw_end)
            assert [editlog.to_clean(place, log) for place in places] == [place + shift for place in places]


def test_a_log_without_edits_leaves_one_piece():
    assert of_steps("甲乙") == [("甲乙", "甲乙")]
    assert of_steps("") == []


def test_what_was_gone_before_a_removal_keeps_the_rule_that_removed_it():
    pieces = of_steps("甲(a)乙丙丁", [("PINYIN-01", "(a)", "")], [("NOISE-NAV", "甲乙丙", "")])
    assert pieces == [
        ("甲", "", "NOISE-NAV"),
        ("(a)", "", "PINYIN-01"),
        ("乙丙", "", "NOISE-NAV"),
        ("丁", "丁"),
    ]


def test_characters_are_replaced_one_by_one_around_what_was_removed_between_them():
    pieces = of_steps("堅(jiān)戰", [("PINYIN-01", "(jiān)", "")], [("SCRIPT-01", "堅戰", "坚战")])
    assert pieces == [("堅", "坚", "SCRIPT-01"), ("(jiān)", "", "PINYIN-01"), ("戰", "战", "SCRIPT-01")]


def test_a_change_of_a_change_is_one_piece_that_names_both_rules_in_order():
    pieces = of_steps("见&lt;b&gt;", [("ENTITY-01", "&lt;b&gt;", "<b>")], [("TAG-01", "<b>", "")])
    assert pieces == [("见", "见"), ("&lt;b&gt;", "", "ENTITY-01", "TAG-01")]


def test_an_edit_that_another_takes_back_is_named_and_changes_nothing():
    assert of_steps("甲乙", [("A-01", "乙", "丙")], [("B-01", "丙", "乙")]) == [
        ("甲", "甲"),
        ("乙", "乙", "A-01", "B-01"),
    ]
    assert of_steps("甲乙", [("A-01", "甲", "甲丙")], [("B-01", "丙", "")]) == [
        ("甲", "甲"),
        ("", "", "A-01", "B-01"),
        ("乙", "乙"),
    ]


def test_a_sure_edit_is_as_narrow_as_what_it_changes():
    assert of_steps("甲\n\n\n乙", [("LAYOUT-01", "\n\n\n", "\n\n")])[1] == ("\n", "", "LAYOUT-01")
    assert of_steps("東西部協作", [("SCRIPT-01", "東西部協作", "东西部协作")]) == [
        ("東", "东", "SCRIPT-01"),
        ("西部", "西部"),
        ("協", "协", "SCRIPT-01"),
        ("作", "作"),
    ]


def test_a_conjecture_stays_whole_and_so_does_a_gap():
    steps = [("MASK-02", "支部*", "支部书记", Certainty.CONJECTURE)]
    assert of_steps("支部*来了", steps)[0] == ("支部*", "支部书记", "MASK-02")
    assert of_steps("支部*来了", [("MASK-03", "*", "*", Certainty.GAP)])[1] == ("*", "*", "MASK-03")


def test_lines_that_several_rules_removed_stay_apart_when_the_blank_lines_between_them_go():
    raw = "正文\n菜单\n\n分享\n\n"
    pieces = of_steps(raw, [("NOISE-NAV", "菜单", ""), ("NOISE-SHARE", "分享", "")], [("LAYOUT-02", "\n\n\n\n\n", "")])
    assert [one[0] for one in pieces if one[2:] == ("NOISE-NAV",)] == ["菜单"]
    assert [one[0] for one in pieces if one[2:] == ("NOISE-SHARE",)] == ["分享"]


def calls_of(length):
    """How many calls of functions it takes to align a text of this length after twenty passes."""
    text, log = "甲乙丙丁戊己庚辛\n" * length, []
    raw_length = len(text)
    for number in range(20):
        edits = tuple(editlog.edit("A-01", text, (at, at + 1), "子" * (at % 3)) for at in range(number, len(text), 30))
        log.append(EditPass(step="any", edits=edits))
        text = editlog.apply(text, edits)
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        align(raw_length, log)
    finally:
        sys.setprofile(before)
    return calls


def test_the_work_grows_with_the_length_of_the_text_and_no_faster():
    assert calls_of(400) < 5 * calls_of(100)


def test_pieces_carry_the_edits_themselves():
    edit = Edit(rule="A-01", start=0, end=1, before="甲", after="乙", witness="b.txt")
    (piece,) = align(1, [EditPass(step="any", edits=(edit,))])
    assert piece.edits == (edit,)
    assert piece.certainty is Certainty.SURE
