"""What an assistance is for, as far as the statement itself names it."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import ahocorasick_rs

from shanhai import reference
from shanhai.annotate.pair_patterns import patterns


class _Word(NamedTuple):
    """A word that names a purpose; `listed`: only as one of several, for it is said of much else."""

    label: str
    listed: bool


def named(sentence: str) -> tuple[str, ...]:
    """The labels of the themes that a sentence names, in the order of the vocabulary."""
    engine, words = _engine()
    labels = {
        words[index].label
        for index, start, end in engine.find_matches_as_indexes(sentence)
        if not words[index].listed or _is_listed(sentence, start, end)
    }
    return tuple(label for label in _labels() if label in labels) if labels else ()


def _is_listed(sentence: str, start: int, end: int) -> bool:
    """Whether it stands before a joiner, but not as in 产业和园区, or is the last of a list: 教育和医疗等方面."""
    known = patterns().purposes
    if sentence[end : end + 1] in known.joiners:
        return sentence[end + 1 : end + 2] != "园"
    return sentence[start - 1 : start] in known.joiners and sentence.startswith(known.list_ends, end)


@cache
def _engine() -> tuple[ahocorasick_rs.AhoCorasick, list[_Word]]:
    """All words in one automaton, the longest that begin at a place."""
    known = patterns().purposes
    words: dict[str, _Word] = {}
    for label in _labels():
        if told := known.of.get(label):
            words |= dict.fromkeys((*told.fields, *told.listed), _Word(label, listed=True))
            words |= dict.fromkeys((field + way for field in told.fields for way in known.ways), _Word(label, False))
            words |= dict.fromkeys(told.words, _Word(label, listed=False))
    longest = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick(list(words), matchkind=longest), list(words.values())


@cache
def _labels() -> tuple[str, ...]:
    return tuple(theme["label"] for theme in reference.load("themes.yml", dict[str, Any])["themes"])
