"""The edit log leads back to the raw text, for every text."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai import editlog
from shanhai.records import Edit, EditPass

TEXTS = st.text(max_size=60)


@st.composite
def texts_with_passes(draw):
    """A text, and passes of random edits, each true of the text that the one before it leads to."""
    raw = text = draw(TEXTS)
    passes = []
    for _number in range(draw(st.integers(0, 4))):
        edits = draw(edits_of(text))
        passes.append(EditPass(step="any", edits=edits))
        text = editlog.apply(text, edits)
    return raw, text, tuple(passes)


@st.composite
def edits_of(draw, text):
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = zip(places[::2], places[1::2], strict=False)
    return tuple(editlog.edit("ANY-01", text, span, draw(st.text(max_size=5))) for span in spans)


@given(texts_with_passes())
def test_undo_gives_the_raw_text_back_character_for_character(case):
    raw, clean, passes = case
    assert editlog.undo(clean, passes) == raw


@given(texts_with_passes())
def test_every_position_of_the_raw_text_stands_somewhere_in_the_clean_text(case):
    raw, clean, passes = case
    places = [editlog.to_clean(position, passes) for position in range(len(raw) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(clean) for place in places)


def test_a_position_goes_with_the_character_that_stands_there():
    raw = "一(yī)二三"
    edits = (editlog.edit("ANY-01", raw, (1, 5)),)
    clean = editlog.apply(raw, edits)
    assert clean == "一二三"
    assert [editlog.to_clean(place, [EditPass(step="any", edits=edits)]) for place in (0, 3, 5, 6)] == [0, 1, 1, 2]


def test_edits_that_overlap_are_refused():
    edits = (editlog.edit("ANY-01", "abcd", (0, 3)), editlog.edit("ANY-01", "abcd", (2, 4)))
    with pytest.raises(ValueError, match="overlaps"):
        editlog.apply("abcd", edits)


def test_an_edit_that_is_not_true_of_the_text_is_refused():
    untrue = Edit(rule="ANY-01", start=0, end=1, before="x", after="")
    with pytest.raises(ValueError, match="does not match"):
        editlog.apply("abc", [untrue])


def test_a_log_of_another_text_cannot_be_undone():
    edits = (editlog.edit("ANY-01", "abc", (0, 1), "x"),)
    with pytest.raises(ValueError, match="not the one"):
        editlog.undo("abc", [EditPass(step="any", edits=edits)])


@given(TEXTS.flatmap(lambda text: st.tuples(st.just(text), st.lists(edits_of(text), max_size=4))))
def test_edits_without_overlaps_can_be_applied(case):
    text, groups = case
    kept = editlog.without_overlaps(one for group in groups for one in group)
    assert editlog.is_sorted(kept)
    editlog.apply(text, kept)


def test_rules_are_counted():
    edits = (editlog.edit("ANY-01", "ab", (0, 1)), editlog.edit("ANY-02", "ab", (1, 2)))
    counter: Counter[str] = Counter()
    editlog.count_by_rule([EditPass(step="any", edits=edits), EditPass(step="any", edits=edits[:1])], counter)
    assert counter == {"ANY-01": 2, "ANY-02": 1}


def test_a_span_goes_with_what_replaced_any_part_of_it():
    raw = "一二三四五"
    edits = (editlog.edit("ANY-01", raw, (1, 3), "貳叁仨"),)
    shifts = [editlog.Shifts(edits)]
    clean = editlog.apply(raw, edits)
    spans = ((0, 1), (1, 2), (2, 5), (3, 5))
    found = [clean[slice(*editlog.span_to_clean(start, end, shifts))] for start, end in spans]
    assert found == ["一", "貳叁仨", "貳叁仨四五", "四五"]


def test_a_span_that_was_removed_is_empty():
    raw = "一二三"
    assert editlog.span_to_clean(0, 2, [editlog.Shifts((editlog.edit("ANY-01", raw, (0, 2)),))]) == (0, 0)
