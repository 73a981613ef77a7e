"""The vocabulary of themes made ready for one pass over a text: the automaton, and what its patterns count for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from shanhai.annotate.vocabulary import themes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STRONGEST_WEIGHT = 3


class Cue(NamedTuple):
    """A cue term of one theme, which is given by its place in the vocabulary; `score` is what it scores as evidence."""

    theme: int
    term: str
    weight: float
    score: float


class Matcher(NamedTuple):
    """The automaton and the cues, which go by their place in `cues`; `theme_of` and `weight_of` repeat what is in it.

    Nearly every pattern of the automaton is one cue and nothing else. Those come first, as many as `plain`, and have
    the number of their cue; of any other pattern `held` has the cues that count in it, each with its offset.
    `speaks_for` has of each pattern the themes whose cue it is as it stands, with its weight for them.
    """

    automaton: AhoCorasick
    cues: tuple[Cue, ...]
    theme_of: tuple[int, ...]
    weight_of: tuple[float, ...]
    plain: int
    held: dict[int, tuple[tuple[int, int], ...]]
    speaks_for: tuple[tuple[tuple[int, float], ...], ...]


class _Words(NamedTuple):
    """The cue terms of a theme with their weights, and the phrases that exclude them."""

    weights: dict[str, float]
    exclusions: frozenset[str]


@cache
def matcher() -> Matcher:
    """The vocabulary as one automaton, compiled once; of patterns that overlap the first and longest counts."""
    words = [_Words(theme.weights, frozenset(theme.exclusions)) for theme in themes()]
    inside = {
        pattern: [(place, term, at) for place, known in enumerate(words) for term, at in _cues_of(known, parts)]
        for pattern, parts in _patterns(words)
    }
    plain = [held[0][:2] for pattern, held in inside.items() if len(held) == 1 and held[0][1] == pattern]
    terms = [term for _, term in plain]
    others = sorted(inside.keys() - set(terms))
    rest = [(place, term) for place, known in enumerate(words) for term in known.weights]
    named = [*plain, *sorted(set(rest) - set(plain))]
    number = {one: cue for cue, one in enumerate(named)}
    cues = [_cue(place, term, words[place].weights[term]) for place, term in named]
    return Matcher(
        # The contiguous NFA is a tenth of the DFA's size: beside the other tables of the tagging it stays in the cache.
        AhoCorasick(
            [*terms, *others], matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
        ),
        tuple(cues),
        tuple(cue.theme for cue in cues),
        tuple(cue.weight for cue in cues),
        len(plain),
        {
            pattern: tuple((number[place, term], at) for place, term, at in inside[text])
            for pattern, text in enumerate(others, len(plain))
        },
        tuple(
            tuple((place, known.weights[text]) for place, known in enumerate(words) if text in known.weights)
            for text in (*terms, *others)
        ),
    )


def _cue(theme: int, term: str, weight: float) -> Cue:
    return Cue(theme, term, weight, round(weight / STRONGEST_WEIGHT, 4))


def _patterns(words: Sequence[_Words]) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Every cue term and exclusion, in order, with its parts."""
    for pattern in sorted({term for known in words for term in (*known.weights, *known.exclusions)}):
        yield pattern, _substrings(pattern)


def _substrings(pattern: str) -> list[tuple[str, int]]:
    """Every part of the pattern with its offset, the longest first, and of equal ones the leftmost."""
    whole = len(pattern)
    return [(pattern[at : at + size], at) for size in range(whole, 0, -1) for at in range(whole - size + 1)]


def _cues_of(known: _Words, parts: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The cues of one theme that count where a pattern of these parts stands, apart from one another.

    A pattern may be the cue of one theme and hold the cue of another: 公益性岗位 counts for labour, and its 公益 is
    excluded for donors.
    """
    taken: set[int] = set()
    for term, at in parts:
        if term in known.exclusions:
            taken.update(range(at, at + len(term)))
    for term, at in parts:
        if term in known.weights and taken.isdisjoint(range(at, at + len(term))):
            taken.update(range(at, at + len(term)))
            yield term, at
