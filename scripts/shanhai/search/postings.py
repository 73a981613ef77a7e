"""The postings of a block of articles: which of its units hold a term, and how often.

A posting is a number of 64 bits: the term's hash, then the unit, then the frequency in four bits, so that sorting
numbers sorts postings.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from shanhai.search.fold import characters, fold_lines, letters
from shanhai.search.units import unit_counts
from shanhai.search.words import word_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from shanhai.search.units import SearchedArticle

    Hashes = NDArray[np.uint32]
    Postings = NDArray[np.uint64]

FREQUENCY_BITS, HASH_BITS = 4, 32
MOST_FREQUENCY = (1 << FREQUENCY_BITS) - 1

_UNIT_SHIFT, _HASH_SHIFT = np.uint64(FREQUENCY_BITS), np.uint64(HASH_BITS)
_LOW, _FREQUENCY = np.uint64((1 << HASH_BITS) - 1), np.uint64(MOST_FREQUENCY)


class Block(NamedTuple):
    """Some articles in a row: their postings by hash and unit, units counted from the block's first.

    `hashes` and `places` (unit and frequency) belong together. `units` are the numbers of units of the articles,
    `lines` those of lines in each unit, without head lines; `size` is the length of all folded lines in code units,
    `characters` the distinct ones.
    """

    hashes: Hashes
    places: NDArray[np.unsignedinteger]
    units: NDArray[np.uint32]
    lines: NDArray[np.uint32]
    size: int
    characters: str

    @property
    def unit_count(self) -> int:
        """The number of units."""
        return len(self.lines)


def block(articles: Sequence[SearchedArticle]) -> Block:
    """The postings of some articles, at least one."""
    texts = [one.texts for one in articles]
    folded = fold_lines(list(chain.from_iterable(texts)))
    unit_of_line: list[int] = []
    words: list[tuple[int, int]] = []
    units: list[int] = []
    lines: list[int] = []
    for one, own in zip(articles, texts, strict=True):
        first, head = len(lines), len(own) - len(one.lines)
        sizes = folded.sizes[len(unit_of_line) + head : len(unit_of_line) + len(own)].tolist()
        counts = unit_counts(sizes)
        unit_of_line += [first] * head
        unit_of_line += [unit for unit, count in enumerate(counts, first) for _ in range(count)]
        words += [(word_key(word), first) for word in one.words]
        units.append(len(counts))
        lines += counts
    weights = np.array([weight for one in articles for weight in one.weights], dtype=np.uint64)
    of_line = np.array(unit_of_line, dtype=np.uint64) << _UNIT_SHIFT | weights
    found = _found(folded.codes, np.repeat(of_line, folded.sizes + 1), words)
    narrow = np.uint16 if len(lines) << FREQUENCY_BITS <= np.iinfo(np.uint16).max else np.uint32
    return Block(
        hashes=(found >> _HASH_SHIFT).astype(np.uint32),
        places=(found & _LOW).astype(narrow),
        units=np.array(units, dtype=np.uint32),
        lines=np.array(lines, dtype=np.uint32),
        size=int(folded.sizes.sum()),
        characters=characters(folded.codes).replace("\n", ""),
    )


def hashed(keys: Hashes) -> Hashes:
    """The hash of each key, another for every key: it stands for the term."""
    x = keys ^ (keys >> np.uint32(16))
    x = x * np.uint32(0x9E3779B1)
    x ^= x >> np.uint32(15)
    x = x * np.uint32(0x85EBCA77)
    x ^= x >> np.uint32(13)
    return x


def merged(blocks: Sequence[Block], wanted: Sequence[slice | NDArray[np.int64]], starts: Sequence[int]) -> Postings:
    """The wanted postings of each block, sorted; `starts` are the numbers of the blocks' first units."""
    parts = [
        one.hashes[some].astype(np.uint64) << _HASH_SHIFT
        | (one.places[some].astype(np.uint64) + np.uint64(start << FREQUENCY_BITS))
        for one, some, start in zip(blocks, wanted, starts, strict=True)
    ]
    found = np.concatenate([np.zeros(0, dtype=np.uint64), *parts])
    found.sort()
    return found


def hashes_changed(one: Postings, other: Postings) -> Hashes:
    """The terms of which one and the other have not the same postings, sorted, some several times."""
    both = np.concatenate((one, other))
    both.sort()
    alike = np.zeros(len(both) + 1, dtype=np.bool_)
    alike[1:-1] = both[1:] == both[:-1]
    hashes: Hashes = (both[~(alike[1:] | alike[:-1])] >> _HASH_SHIFT).astype(np.uint32)
    return hashes


def taken_apart(found: Postings) -> tuple[Hashes, NDArray[np.int64], NDArray[np.int64]]:
    """Hash, unit and frequency of each posting."""
    places = found & _LOW
    return (
        (found >> _HASH_SHIFT).astype(np.uint32),
        (places >> _UNIT_SHIFT).astype(np.int64),
        (places & _FREQUENCY).astype(np.int64),
    )


def _found(codes: NDArray[np.uint16], of_code: NDArray[np.uint64], words: Sequence[tuple[int, int]]) -> Postings:
    """Every two adjacent letters with their weights; every letter alone and every word, which count once."""
    is_letter = letters(codes)
    double = np.flatnonzero(is_letter[:-1] & is_letter[1:])
    single = np.flatnonzero(is_letter)
    adjacent = codes[double].astype(np.uint32) << np.uint32(16) | codes[double + 1]
    alone = codes[single].astype(np.uint32) << np.uint32(16)
    keys, units = np.array(words, dtype=np.uint64).reshape(-1, 2).T
    hashes = hashed(np.concatenate((adjacent, alone, keys.astype(np.uint32))))
    places = np.concatenate((of_code[double], of_code[single] & ~_FREQUENCY, units << _UNIT_SHIFT))
    found = hashes.astype(np.uint64) << _HASH_SHIFT | places
    found.sort()
    return _summed(found)


def _summed(occurrences: Postings) -> Postings:
    """Each term in each unit once, with the sum of its weights as far as four bits go, at least one."""
    terms = occurrences >> _UNIT_SHIFT
    first = np.flatnonzero(np.diff(terms, prepend=terms[:1] + np.uint64(1)))
    if not len(first):
        return occurrences
    sums = np.add.reduceat(occurrences & _FREQUENCY, first)
    found: Postings = terms[first] << _UNIT_SHIFT | np.clip(sums, np.uint64(1), _FREQUENCY)
    return found
