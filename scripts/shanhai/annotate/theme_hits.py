"""Where the cues of the themes stand in an article."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from operator import sub
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate.theme_matcher import matcher
from shanhai.annotate.vocabulary import vocabulary
from shanhai.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.records import DescribedArticle

LIST_JOINER = "、"
HEADING = BlockKind.HEADING
PLAIN_BLOCKS = (BlockKind.PARAGRAPH, BlockKind.QUOTE)
SILENT_BLOCKS = (BlockKind.CAPTION, BlockKind.NOTE)
"""Blocks whose words say nothing of what the article is about."""


class Hits(NamedTuple):
    """The cues in what counts of a text, in its order, and where each one starts.

    A cue in a heading is there as often as it counts; `headed` are the starts of those. `patterns` are all that the
    automaton found in the text, counting or not, with the start and the end of each.
    """

    cues: list[int]
    starts: list[int]
    headed: frozenset[int]
    patterns: Sequence[int] = ()
    pattern_starts: Sequence[int] = ()
    pattern_ends: Sequence[int] = ()


def find(described: DescribedArticle) -> Hits:
    """The cues in headings, paragraphs and quotes, outside lists of several themes."""
    text = described.text
    matches = matcher().automaton.find_matches_as_indexes(text)
    if not matches:
        return Hits([], [], frozenset())
    all_patterns, all_starts, ends = zip(*matches, strict=True)
    patterns, starts = list(all_patterns), list(all_starts)
    for item in reversed(_listed(text, all_patterns, all_starts, ends)):
        del patterns[item], starts[item]
    _resolve(patterns, starts)
    cues, starts, headed = _by_block(described, patterns, starts)
    return Hits(cues, starts, headed, all_patterns, all_starts, ends)


def mentions(hits: Hits) -> dict[int, int]:
    """Of each cue how often it is mentioned, in the order of its first mention."""
    return _counted(hits.cues)


def mentions_within(hits: Hits, start: int, end: int) -> dict[int, int]:
    """The same for `text[start:end]`, which is made up of whole blocks."""
    first = bisect_left(hits.starts, start)
    return _counted(hits.cues[first : bisect_left(hits.starts, end, first)])


def patterns_within(hits: Hits, text: str, start: int, end: int) -> set[int]:
    """The patterns that the automaton finds in `text[start:end]`, of whose text these are the hits."""
    first = bisect_left(hits.pattern_starts, start)
    last = bisect_left(hits.pattern_starts, end, first)
    ends = hits.pattern_ends
    if (first and ends[first - 1] > start) or (last > first and ends[last - 1] > end):
        return {pattern for pattern, _, _ in matcher().automaton.find_matches_as_indexes(text[start:end])}
    return set(hits.patterns[first:last])


def in_title(title: str) -> list[int]:
    """The cues in the title."""
    patterns = [pattern for pattern, _, _ in matcher().automaton.find_matches_as_indexes(title)]
    _resolve(patterns, [0] * len(patterns))
    return patterns


def _counted(cues: Sequence[int]) -> dict[int, int]:
    counted: dict[int, int] = {}
    for cue in cues:
        counted[cue] = counted.get(cue, 0) + 1
    return counted


def _resolve(patterns: list[int], starts: list[int]) -> None:
    """Put the cues that count in a pattern, and where they start, in the place of the pattern."""
    _, _, _, _, plain, held_in, _ = matcher()
    for at in reversed([at for at, pattern in enumerate(patterns) if pattern >= plain]):
        held, start = held_in[patterns[at]], starts[at]
        patterns[at : at + 1] = [cue for cue, _ in held]
        starts[at : at + 1] = [start + offset for _, offset in held]


def _by_block(
    described: DescribedArticle, cues: list[int], starts: list[int]
) -> tuple[list[int], list[int], frozenset[int]]:
    """The hits without those in silent blocks, and with those in headings as often as they count."""
    in_heading = vocabulary().scoring.heading_mentions
    kept: list[int] = []
    kept_starts: list[int] = []
    headed: list[int] = []
    done = 0
    for block in described.blocks:
        kind = block.kind
        if kind in PLAIN_BLOCKS:
            continue
        first = bisect_left(starts, block.start, done)
        last = bisect_left(starts, block.end, first)
        if first == last:
            continue
        kept += cues[done:first]
        kept_starts += starts[done:first]
        if kind is HEADING:
            kept += cues[first:last] * in_heading
            kept_starts += starts[first:last] * in_heading
            headed += starts[first:last]
        done = last
    return kept + cues[done:], kept_starts + starts[done:], frozenset(headed)


def _listed(text: str, patterns: Sequence[int], starts: Sequence[int], ends: Sequence[int]) -> list[int]:
    """Which hits are items of lists of several themes: in 产业、教育、医疗等方面 none is what the text is about."""
    scoring = vocabulary().scoring
    longest_gap, fewest = scoring.list_gap_chars, scoring.list_themes
    near = [at for at, gap in enumerate(map(sub, starts[1:], ends)) if 0 < gap <= longest_gap]
    joined = [at for at in near if LIST_JOINER in text[ends[at] : starts[at + 1]]]
    found: list[int] = []
    first = 0
    for index, (at, following) in enumerate(pairwise((*joined, -1))):
        if following != at + 1:
            if at + 2 - joined[first] >= fewest:
                found += _of_list(patterns, range(joined[first], at + 2))
            first = index + 1
    return found


def _of_list(patterns: Sequence[int], items: range) -> range:
    """The items if they are of several themes and none has half of them, else none."""
    _, _, theme_of, _, plain, held, _ = matcher()
    named: dict[int, int] = {}
    for item in items:
        pattern = patterns[item]
        for theme in (theme_of[pattern],) if pattern < plain else {theme_of[cue] for cue, _ in held[pattern]}:
            named[theme] = named.get(theme, 0) + 1
    if len(named) < vocabulary().scoring.list_themes or 2 * max(named.values()) > len(items):
        return range(0)
    return items
