"""What holds for the repairs of words in every text: the log leads back, and no result changes again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai import editlog
from shanhai.records import RawArticle, RestoredArticle
from shanhai.restore.chain import STAGES, restore, run_step
from shanhai.restore.context import Context
from shanhai.restore.filters import filters
from shanhai.restore.masks import masks
from shanhai.restore.spam import lexicon

NAMES = ("masks", "masked gaps", "open pluses", "pluses", "years", "ones", "filters", "lost numbers", "brands")
STEPS = [step for stage in STAGES for step in stage.steps if step.name in NAMES]
PHRASES = [one for group in (*masks().sure, *masks().by_page, *filters().words) for one in group.phrases]
PIECES = [
    *(phrase.replace("〔", "*").replace("〕", "*").split("(")[0] for phrase in PHRASES),
    *(phrase.split("〔")[0][-3:] + phrase.split("〕")[1][:3] for phrase in PHRASES),
    *"*\uff0a\uff0c。\n学台水惯县委第一书记国",
    "**",
    "***",
    "第—",
    "—村—品",
    "2011 2020年",
    "2016一2020年",
    "“1 10 100”",
    "“互联网 ”",
    "面积亩\uff0c",
    "来到",
    f"{lexicon()[0]}国农村",
    lexicon()[0],
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=2)), max_size=40).map("".join)
# So long that the absence of 习 and 平 counts.
LONG = TEXTS.map(lambda text: text.replace("习", "").replace("平", "") + "山里的茶园一片连着一片。" * 150)


@pytest.mark.parametrize("step", STEPS, ids=[step.name for step in STEPS])
@settings(max_examples=80, deadline=None)
@given(text=st.one_of(TEXTS, LONG))
def test_a_step_on_words_leads_back_and_changes_nothing_of_its_own_result(step, text):
    once, passes = run_step(step, text, Context())
    assert editlog.undo(once, passes) == text
    assert all(editlog.is_sorted(one.edits) for one in passes)
    assert run_step(step, once, Context())[0] == once


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(TEXTS, LONG))
def test_the_chain_leads_back_and_changes_nothing_of_its_own_result(text):
    article = restore(RawArticle(file="any.txt", sha256="0" * 64, format="text", encoding="utf-8", text=text))
    if isinstance(article, RestoredArticle):
        assert editlog.undo(article.text, article.log) == text
        again = restore(RawArticle(file="any.txt", sha256="0" * 64, format="text", encoding="utf-8", text=article.text))
        assert isinstance(again, RestoredArticle)
        assert again.text == article.text


def test_all_steps_on_words_are_in_the_chain():
    assert {step.name for step in STEPS} == set(NAMES)
