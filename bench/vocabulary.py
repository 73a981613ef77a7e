"""The words that fill a generated text: a news word list by part of speech and length, by frequency and by topic.

The list is `dict.txt` of the package jieba 0.42.1 (Sun Junyi, MIT): words with their counts in news and their tags
(the ICTCLAS set). It is read where the package is installed and never copied.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from array import array
from bisect import bisect
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from shanhai.restore.spam import spam_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONTENT_TAGS = frozenset({"n", "v", "vn", "a", "ad", "an", "b", "d", "i", "l", "s", "t", "z", "nz", "j"})
"""Parts of speech that are exchanged; the words of grammar (particles, prepositions, pronouns …) stay as they are.
Persons (nr), places (ns) and bodies (nt) come from `cast.py`, never from the list."""

LEAST_COUNT = 3
"""The list's own floor: what it holds below are fragments."""

TOPICS = 48
TOPIC_WORDS = 140
"""Words of each kind that belong to a topic, and how many topics there are: an archive of one field with its sides."""

MAX_WORD_CHARS = 4
JOINED_CHARS = (2, 3)
"""Lengths of the words that are looked for where others meet."""
DIGESTS_KEPT = 300_000
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_UNFIT_FILE = Path(__file__).with_name("unfit_words.txt")


class Kind(NamedTuple):
    """A part of speech and a length in characters: words of one kind stand for each other."""

    tag: str
    chars: int


class Table:
    """Words that are drawn by weight."""

    def __init__(self, words: list[str], weights: Iterable[float]) -> None:
        self.words = words
        self._sums = array("d", accumulate(weights))

    def draw(self, random: Random) -> str:
        """One word; a word of twice the weight comes twice as often."""
        place = bisect(self._sums, random.random() * self._sums[-1])
        return self.words[min(place, len(self.words) - 1)]


class Vocabulary:
    """The word list by kind, as a whole and by topic; and how Chinese names are made up."""

    def __init__(self, dictionary: Path) -> None:
        words: dict[Kind, list[tuple[str, int]]] = {}
        given: dict[str, int] = {}
        surnames: dict[str, int] = {}
        for word, count, tag in _entries(dictionary):
            if tag == "nr" and len(word) in {2, 3}:
                surnames[word[0]] = surnames.get(word[0], 0) + count
                for character in word[1:]:
                    given[character] = given.get(character, 0) + count
            elif tag in CONTENT_TAGS and len(word) <= MAX_WORD_CHARS and count >= LEAST_COUNT and is_fit(word):
                words.setdefault(Kind(tag, len(word)), []).append((word, count))
        self._words = words
        self._counts = {kind: dict(found) for kind, found in words.items()}
        self.kinds = frozenset(words)
        self._general = {kind: Table([w for w, _ in found], [n for _, n in found]) for kind, found in words.items()}
        self.surnames = _names(surnames, 260)
        self.given = _names(given, 800)
        self._topics: dict[tuple[int, Kind], Table] = {}

    def draw(self, kind: Kind, random: Random) -> str:
        """A word of a kind by its frequency in news."""
        return self._general[kind].draw(random)

    def draw_of_topic(self, kind: Kind, topic: int, random: Random) -> str:
        """A word of a kind that belongs to a topic."""
        if (topic, kind) not in self._topics:
            self._topics[topic, kind] = self._topic(kind, topic)
        return self._topics[topic, kind].draw(random)

    def _topic(self, kind: Kind, topic: int) -> Table:
        """A topic's own words: any of the list, frequent ones rather; the square root flattens their counts."""
        random = Random(f"topic {topic} {kind.tag} {kind.chars}")  # noqa: S311 - reproducible, not secret
        found = self._words[kind]
        general = self._general[kind]
        chosen = sorted(
            {general.draw(random) for _ in range(TOPIC_WORDS)} | {random.choice(found)[0] for _ in range(20)}
        )
        counts = self._counts[kind]
        return Table(chosen, [counts[word] ** 0.5 for word in chosen])


def installed_dictionary() -> Path:
    """Where jieba's word list is installed. Raises `SystemExit` where it is not."""
    found = importlib.util.find_spec("jieba")
    if found is None or found.origin is None:
        raise SystemExit("the word list of jieba is missing: pip install --require-hashes -r requirements-bench.lock")
    return Path(found.origin).with_name("dict.txt")


def is_fit(word: str) -> bool:
    """Whether a word may stand in a text: none of the spam lexicon, none that is left out by its digest."""
    return not spam_terms().find_matches_as_indexes(word) and not any(part in _unfit() for part in _digests(word))


def is_fit_text(text: str) -> bool:
    """Whether no such word has come about where two words meet."""
    if spam_terms().find_matches_as_indexes(text.lower()):
        return False
    runs = {text[at : at + size] for size in JOINED_CHARS for at in range(len(text) - size + 1)}
    return not any(_digest(run) in _unfit() for run in runs)


def _entries(dictionary: Path) -> Iterator[tuple[str, int, str]]:
    with dictionary.open(encoding="utf-8") as lines:
        for line in lines:
            word, count, tag = line.split()
            if _HAN.fullmatch(word):
                yield word, int(count), tag


def _names(counts: dict[str, int], most: int) -> Table:
    frequent = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    fit = [pair for pair in frequent if is_fit(pair[0])]
    return Table([character for character, _ in fit], [count for _, count in fit])


def _digests(word: str) -> Iterator[str]:
    for start in range(len(word)):
        for end in range(start + 1, len(word) + 1):
            yield _digest(word[start:end])


@lru_cache(DIGESTS_KEPT)
def _digest(part: str) -> str:
    return hashlib.sha256(f"shanhai-bench:{part}".encode()).hexdigest()[:12]


@cache
def _unfit() -> frozenset[str]:
    lines = _UNFIT_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
