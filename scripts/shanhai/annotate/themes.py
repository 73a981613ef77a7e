"""Themes of an article, each with the cue terms in its text that speak for it."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from math import log2, sqrt
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from shanhai.annotate.vocabulary import Theme, themes, vocabulary
from shanhai.records import BlockKind, DescribedArticle, Evidence, ThemeTag

if TYPE_CHECKING:
    from collections.abc import Iterator

RULE_TEXT = "THEME-01"
RULE_HEADING = "THEME-02"
STRONGEST_WEIGHT = 3


class Cue(NamedTuple):
    """A cue term of one theme; `theme` is the theme's place in the vocabulary."""

    theme: int
    term: str
    weight: int


class Matcher(NamedTuple):
    """The automaton, and for each of its patterns the cues that count in it, with their offset in the pattern."""

    automaton: AhoCorasick
    cues_in: tuple[tuple[tuple[Cue, int], ...], ...]


class Mentions:
    """How often a cue was met, weighted by where, and its first mention in the text (start, rule)."""

    __slots__ = ("first", "in_text", "weighted")

    def __init__(self) -> None:
        self.weighted = 0
        self.in_text = 0
        self.first = (-1, "")


def find(described: DescribedArticle) -> tuple[ThemeTag, ...]:
    """The article's themes, in the order of the vocabulary; none where no theme is strong enough.

    Title, headings, paragraphs and quotes count, captions and notes do not. A derived title is part of the text
    already and does not count again. How the score comes about stands in `reference/themes.yml`.
    """
    scoring = vocabulary().scoring
    found = _mentions(described)
    need = scoring.points_needed * sqrt(max(_thousands_counted(described), scoring.shortest_thousands))
    points = {theme: _points(cues) for theme, cues in found.items() if _enough(cues)}
    floor = max(need, scoring.share_of_strongest * max(points.values(), default=0.0))
    strong = sorted((theme for theme in points if points[theme] >= floor), key=lambda theme: (-points[theme], theme))
    return tuple(
        ThemeTag(
            label=themes()[theme].label,
            score=round(points[theme] / (points[theme] + need), 4),
            evidence=_evidence(described.text, found[theme]),
        )
        for theme in sorted(strong[: scoring.most_themes])
    )


def _points(cues: dict[Cue, Mentions]) -> float:
    return sum(cue.weight * log2(1 + mentions.weighted) for cue, mentions in cues.items())


def _enough(cues: dict[Cue, Mentions]) -> bool:
    return sum(mentions.in_text for mentions in cues.values()) >= vocabulary().scoring.mentions_needed


def _thousands_counted(described: DescribedArticle) -> float:
    return sum(block.end - block.start for block in described.blocks if _counts(block.kind)) / 1000


def _counts(kind: BlockKind) -> bool:
    return kind not in (BlockKind.CAPTION, BlockKind.NOTE)


def _mentions(described: DescribedArticle) -> dict[int, dict[Cue, Mentions]]:
    scoring = vocabulary().scoring
    automaton, cues_in = _matcher()
    found: dict[int, dict[Cue, Mentions]] = defaultdict(lambda: defaultdict(Mentions))
    if not described.title_derived:
        for pattern, _, _ in automaton.find_matches_as_indexes(described.title):
            for cue, _ in cues_in[pattern]:
                found[cue.theme][cue].weighted += scoring.title_mentions
    for pattern, start, kind in _matches_in_blocks(described):
        heading = kind is BlockKind.HEADING
        for cue, offset in cues_in[pattern]:
            mentions = found[cue.theme][cue]
            mentions.weighted += scoring.heading_mentions if heading else 1
            mentions.in_text += 1
            if mentions.first[0] < 0:
                mentions.first = (start + offset, RULE_HEADING if heading else RULE_TEXT)
    return found


def _matches_in_blocks(described: DescribedArticle) -> Iterator[tuple[int, int, BlockKind]]:
    """Pattern, start and kind of block of each match in a block that counts."""
    blocks = iter(described.blocks)
    block = next(blocks, None)
    for pattern, start, end in _matcher().automaton.find_matches_as_indexes(described.text):
        while block is not None and block.end < end:
            block = next(blocks, None)
        if block is None:
            return
        if block.start <= start and _counts(block.kind):
            yield pattern, start, block.kind


def _evidence(text: str, cues: dict[Cue, Mentions]) -> tuple[Evidence, ...]:
    """The first mentions of the cues that weigh most, in the order of the text."""
    seen = [(cue, mentions) for cue, mentions in cues.items() if mentions.in_text]
    seen.sort(key=lambda one: (-one[0].weight * log2(1 + one[1].weighted), one[1].first))
    chosen = sorted(seen[: vocabulary().scoring.most_evidence], key=lambda one: one[1].first)
    return tuple(_one_evidence(text, cue, mentions) for cue, mentions in chosen)


def _one_evidence(text: str, cue: Cue, mentions: Mentions) -> Evidence:
    start, rule = mentions.first
    end = start + len(cue.term)
    return Evidence(
        quote=text[start:end], start=start, end=end, rule=rule, score=round(cue.weight / STRONGEST_WEIGHT, 4)
    )


@cache
def _matcher() -> Matcher:
    patterns = sorted({term for theme in themes() for term in (*theme.weights, *theme.exclusions)})
    cues_in = tuple(
        tuple(found for place, theme in enumerate(themes()) for found in _cues_of(place, theme, pattern))
        for pattern in patterns
    )
    return Matcher(AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest), cues_in)


def _cues_of(place: int, theme: Theme, pattern: str) -> Iterator[tuple[Cue, int]]:
    """The cues of one theme that count where `pattern` stands, longest first and apart from one another.

    A pattern may be the cue of one theme and hold the cue of another: 公益性岗位 counts for labour, and its 公益 is
    excluded for donors.
    """
    taken = [False] * len(pattern)
    for term in theme.exclusions:
        at = pattern.find(term)
        if at >= 0:
            taken[at : at + len(term)] = [True] * len(term)
    for term, weight in sorted(theme.weights.items(), key=lambda item: -len(item[0])):
        at = pattern.find(term)
        if at >= 0 and not any(taken[at : at + len(term)]):
            taken[at : at + len(term)] = [True] * len(term)
            yield Cue(place, term, weight), at
