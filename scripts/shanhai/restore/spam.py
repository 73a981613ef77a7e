"""Lines of spam, told by the terms of the lexicon and by what such lines look like."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from shanhai import reference
from shanhai.restore.furniture import is_sentence
from shanhai.restore.line_features import line_scores

COUNTED_HITS = 3
_DELIMITER = re.compile(r"[_|,\uff0c]")


@cache
def lexicon() -> tuple[str, ...]:
    """The terms of reference/spam_lexicon.txt, in lower case."""
    lines = reference.text("spam_lexicon.txt").splitlines()
    return tuple(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))


@cache
def spam_terms() -> AhoCorasick:
    """The automaton that finds the terms in a text in lower case, leftmost and longest first.

    Few terms: the table of a deterministic automaton is small, and twice as fast as the default.
    """
    return AhoCorasick(lexicon(), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)


def term_counts(text: str) -> Counter[int]:
    """How many terms each line holds, by its number from 0."""
    counts: Counter[int] = Counter()
    number = position = 0
    for _term, start, _end in spam_terms().find_matches_as_indexes(text.lower()):
        number += text.count("\n", position, start)
        position = start
        counts[number] += 1
    return counts


def is_spam(line: str, hits: int, *, foreign: bool, at_edge: bool) -> bool:
    """Whether the features of a line with so many terms reach the threshold of reference/line_scores.yml."""
    weights = line_scores().spam
    score = weights.hit * min(hits, COUNTED_HITS)
    score += weights.dense * (hits * weights.dense_chars >= len(line))
    if not is_sentence(line):
        score += weights.no_sentence_end
        score += weights.delimiters * (len(_DELIMITER.findall(line)) * weights.delimiter_chars >= len(line))
    score += weights.foreign_script * foreign + weights.edge * at_edge
    return score >= weights.threshold
