"""The search index is cut into words, and no character is lost in cutting."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from material.plugins.search import plugin

from shanhai.site import tokens


@given(st.text())
def test_the_words_joined_are_the_text(text):
    assert "".join(tokens.cut(text)) == text


def test_bytes_are_cut_like_their_text():
    assert tokens.cut("东西部协作".encode()) == tokens.cut("东西部协作")


def test_a_sentence_is_cut_into_words():
    assert "协作" in tokens.cut("东西部协作进入新阶段")


def test_the_search_plugin_cuts_with_ours():
    tokens.install()
    assert plugin.jieba.cut("帮扶".encode()) == tokens.cut("帮扶")
