"""How much a line reads like a page's furniture: the features of reference/line_scores.yml, added up."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

import msgspec
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from shanhai.reference import load
from shanhai.restore.furniture import LINES_REMEMBERED, furniture, is_sentence

PERCENT = 100
SENTENCE_PHRASES_MIN = 2
WORDS_MIN = 2
_QUESTION = re.compile("什么|怎么(?!样)|怎样|如何|为何|谁|哪")
_LETTER = re.compile(r"[^\W\d_]")
_DELIMITER = re.compile(r"[>»›|│/·•_→]")
_CONTACT = re.compile(r"https?://|www\.|[\w.-]+@[\w-]+\.\w|\d{5}|\d{3,4}-\d{7,8}")


class SpamWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The features of spam and what each weighs."""

    threshold: int
    hit: int
    dense: int
    delimiters: int
    no_sentence_end: int
    foreign_script: int
    edge: int
    dense_chars: int
    delimiter_chars: int


class FurnitureWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The features of furniture and what each weighs."""

    threshold: int
    line_max_chars: int
    coverage_min_percent: int
    cue_min_percent: int
    between_coverage_min_percent: int
    between_threshold: int
    sentence_coverage_min_percent: int
    phrase: int
    word: int
    counted_words: int
    full_coverage: int
    full_coverage_percent: int
    coverage: int
    no_sentence_end: int
    delimiters: int
    delimiter_chars: int
    contact: int
    foreign_script: int
    edge: int
    outside: int
    neighbour: int
    metadata: int
    question: int
    own_words: int


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule, the phrases that only its furniture uses, and words that are common in it."""

    rule: str
    phrases: tuple[str, ...]
    words: tuple[str, ...]


class LineScores(msgspec.Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    """reference/line_scores.yml."""

    spam: SpamWeights
    furniture: FurnitureWeights
    cues: tuple[Cues, ...]
    fillers: tuple[str, ...]

    @cached_property
    def vocabulary(self) -> tuple[tuple[str, str | None, bool], ...]:
        """Each term with the rule that it speaks for (`None`: a filler) and whether it is a phrase."""
        terms: dict[str, tuple[str | None, bool]] = {}
        for cues in self.cues:
            for phrase in cues.phrases:
                terms.setdefault(phrase.lower(), (cues.rule, True))
        for cues in self.cues:
            for word in cues.words:
                terms.setdefault(word.lower(), (cues.rule, False))
        for filler in self.fillers:
            terms.setdefault(filler, (None, False))
        return tuple((term, rule, phrase) for term, (rule, phrase) in sorted(terms.items()))

    @cached_property
    def automaton(self) -> AhoCorasick:
        """Finds the vocabulary in a line in lower case, leftmost and longest first."""
        terms = [term for term, _rule, _phrase in self.vocabulary]
        return AhoCorasick(terms, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)

    @cached_property
    def cues_of(self) -> frozenset[int]:
        """The numbers of the terms that speak for a rule."""
        return frozenset(number for number, (_term, rule, _phrase) in enumerate(self.vocabulary) if rule)


class Surroundings(NamedTuple):
    """Where a line stands: near the page's ends, outside the running text, beside a line that goes by a sure rule.

    `between`: behind the running text, with nothing but such lines, or the page's end, right before and after it.
    """

    edge: bool
    outside: bool
    neighbour: bool
    between: bool
    foreign: bool


class Reading(NamedTuple):
    """What the vocabulary finds in a line: the rule that most of it speaks for, counts, and shares of its letters.

    `percent`: all that is found; `cue_percent`: phrases and words without the fillers.
    """

    rule: str | None
    phrases: int
    words: int
    percent: int
    cue_percent: int


NOTHING = Reading(None, 0, 0, 0, 0)
"""The reading of a line without phrases and words, whatever fillers it holds."""


@cache
def line_scores() -> LineScores:
    """The features of lines and their weights."""
    return load("line_scores.yml", LineScores)


def scored_rule(line: str, reading: Reading, place: Surroundings) -> str | None:
    """The rule that removes the folded line by its score, or `None` for a line that stays."""
    weights = line_scores().furniture
    if not reading.rule or not _has_evidence(line, reading, place):
        return None
    score = weights.phrase * reading.phrases + weights.word * min(reading.words, weights.counted_words)
    score += weights.full_coverage if reading.percent >= weights.full_coverage_percent else weights.coverage
    score += weights.no_sentence_end * (not is_sentence(line))
    score += weights.delimiters * (len(_DELIMITER.findall(line)) * weights.delimiter_chars >= len(line))
    score += weights.contact * bool(_CONTACT.search(line)) + weights.foreign_script * place.foreign
    score += weights.edge * place.edge + weights.outside * place.outside + weights.neighbour * place.neighbour
    score += weights.metadata * bool(furniture().metadata_pattern.search(line))
    score += weights.question * bool(_QUESTION.search(line))
    score += weights.own_words * bool(furniture().own_words_pattern.fullmatch(line))
    return reading.rule if score >= (weights.between_threshold if place.between else weights.threshold) else None


@lru_cache(maxsize=LINES_REMEMBERED)
def read_line(line: str) -> Reading:
    """What the vocabulary finds in the folded line."""
    scores = line_scores()
    if len(line) > scores.furniture.line_max_chars:
        return NOTHING
    matches = scores.automaton.find_matches_as_indexes(line.lower())
    if scores.cues_of.isdisjoint([number for number, _start, _end in matches]):
        return NOTHING
    letters = len(_LETTER.findall(line))
    if not letters:
        return NOTHING
    phrases: set[int] = set()
    words: set[int] = set()
    rules: Counter[str] = Counter()
    covered = cued = 0
    for number, start, end in matches:
        _term, rule, is_phrase = scores.vocabulary[number]
        found = len(_LETTER.findall(line, start, end))
        covered += found
        if rule:
            cued += found
            (phrases if is_phrase else words).add(number)
            rules[rule] += scores.furniture.phrase if is_phrase else scores.furniture.word
    rule = max(rules, key=lambda one: rules[one]) if rules else None
    return Reading(rule, len(phrases), len(words), covered * PERCENT // letters, cued * PERCENT // letters)


def _has_evidence(line: str, reading: Reading, place: Surroundings) -> bool:
    weights = line_scores().furniture
    if is_sentence(line) and line[-1] not in "!?…":
        enough = reading.phrases >= SENTENCE_PHRASES_MIN and place.outside
        return enough and reading.percent >= weights.sentence_coverage_min_percent
    if place.between:
        least = weights.between_coverage_min_percent if reading.phrases else weights.full_coverage_percent
        return reading.percent >= least
    if reading.phrases:
        return reading.cue_percent >= weights.cue_min_percent and reading.percent >= weights.coverage_min_percent
    return reading.words >= WORDS_MIN and place.outside and reading.percent >= weights.full_coverage_percent
