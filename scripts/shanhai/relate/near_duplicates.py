"""Which texts are the same article: character shingles, MinHash bands, sampled passages, families by union-find.

Words would have to be cut first, and a damaged text is cut otherwise than a whole one; runs of five characters need no
cutting. `bands` is pure and the same on every machine, so that any engine can group by it; two texts with a band in
common are then compared in full.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from shanhai.relate.substitutions import exchanged, name_other_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SHINGLE_CHARS = 5
"""Long enough that texts on one subject share few (measured: at most 6 % between any two of 30 articles of one field),
short enough that one wrong character costs only five of them."""

HASHES = 64
BAND_ROWS = 4
"""16 bands of 4: two texts that share half of their shingles meet with 64 %, two thirds with 96 %, four fifths with
99.98 % (1 - (1 - s^4)^16); 8 bands of 8 meet with 3, 27 and 77 %."""

PASSAGE_CHARS = 20
SAMPLED_OF = 32
"""Every 32nd passage of 20 characters is a band too, chosen by its content: a part of 300 characters has about nine, so
that a cut page meets its whole, which MinHash bands alone do not see below half of the length."""

NEIGHBOURS = 6
"""With how many others of the same band a text is paired. In the order of their texts copies stand side by side, so a
large family is still one chain, while a set phrase in a thousand articles does not make a million pairs."""

FEW_PASSAGES = 8
"""From so many passages on, one single band in common is a quotation and not worth a comparison."""

SAME_CONTAINED = 0.7
"""Share of the shorter text's shingles that the longer must have: 2 % wrong characters leave 0.90, 5 % leave 0.77."""

SAME_SHARE = 0.5
"""More than this share of the longer text's shingles must be in the shorter one: two different articles cannot both be
more than half of the page that holds both."""

PART_CONTAINED = 0.8
PART_MIN_SHINGLES = 60
PART_TITLE_CHARS = 4
"""A smaller part is the same article only under the same headline, four characters at least, and with 60 shingles."""

PLACES_EXCHANGED_MIN = 1
"""One unit of a level on each side that the other side lacks, and not half in common: about other places. A damaged
copy loses names, but it does not put others in their place."""

_NO_WORD = re.compile(r"[\W_]+")
_SEED = 0x9E3779B1
_MASK = 0xFFFFFFFF


class Document(NamedTuple):
    """A text to be compared.

    `key` is its identity; `title` is "" where the page had none of its own. `bands` are those of the text, or empty.
    `places` are the names of the administrative units in it, a set for each level.
    """

    key: str
    title: str
    text: str
    bands: tuple[int, ...] = ()
    places: tuple[frozenset[str], ...] = ()


def fold(text: str) -> str:
    """The text's letters, characters and digits alone: no white space, no punctuation, lower case."""
    return _NO_WORD.sub("", text).lower()


def bands(text: str) -> tuple[int, ...]:
    """The keys, below 2^63, under which a text meets its near-duplicates; none for a text below five characters."""
    folded = fold(text)
    hashes = _hashes(folded)
    if not hashes:
        return ()
    signature = _signature(sorted(set(hashes)))
    rows = range(0, HASHES, BAND_ROWS)
    likeness = (_key(f"{at} {signature[at : at + BAND_ROWS]}") for at in rows)
    return (*likeness, *_passages(folded, hashes))


def families(documents: Iterable[Document]) -> tuple[tuple[str, ...], ...]:
    """The keys of each two or more documents that are one article, sorted; the order of input changes nothing."""
    ordered = sorted(documents, key=lambda one: (one.text, one.key))
    folded = [fold(one.text) for one in ordered]
    parents = list(range(len(ordered)))
    first: dict[str, int] = {}
    for number, text in enumerate(folded):
        if text and first.setdefault(text, number) != number:
            _join(parents, first[text], number)
    for left, right in _candidates(ordered, sorted(first.values())):
        if _root(parents, left) != _root(parents, right) and _same(ordered, folded, left, right):
            _join(parents, left, right)
    groups: dict[int, list[str]] = {}
    for number, one in enumerate(ordered):
        groups.setdefault(_root(parents, number), []).append(one.key)
    return tuple(sorted(tuple(sorted(keys)) for keys in groups.values() if len(keys) > 1))


@lru_cache(maxsize=256)
def shingles(folded: str) -> frozenset[int]:
    """The hashes of all shingles of a folded text."""
    return frozenset(_hashes(folded))


def same_article(one: str, other: str, *, same_title: bool = False) -> bool:
    """Whether two folded texts are the same article: one holds the other, and no names or numbers were exchanged."""
    if one == other:
        return True
    left, right = shingles(one), shingles(other)
    if not left or not right:
        return False
    shared = len(left & right)
    smaller, larger = sorted((len(left), len(right)))
    whole = shared >= SAME_CONTAINED * smaller and shared > SAME_SHARE * larger
    part = same_title and smaller >= PART_MIN_SHINGLES and shared >= PART_CONTAINED * smaller
    return (whole or part) and not name_other_facts(one, other, in_a_part=not whole)


def _same(documents: Sequence[Document], folded: Sequence[str], left: int, right: int) -> bool:
    levels = zip(documents[left].places, documents[right].places, strict=False)
    if any(exchanged(one, other, PLACES_EXCHANGED_MIN) for one, other in levels):
        return False
    titles = fold(documents[left].title), fold(documents[right].title)
    same_title = titles[0] == titles[1] and len(titles[0]) >= PART_TITLE_CHARS
    return same_article(folded[left], folded[right], same_title=same_title)


def _candidates(documents: Sequence[Document], numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of documents, by number, that share bands: more than one, where both have many."""
    keys = {number: documents[number].bands or bands(documents[number].text) for number in numbers}
    entries = sorted((key, number) for number in numbers for key in keys[number])
    shared: Counter[tuple[int, int]] = Counter()
    for _key_shared, group in groupby(entries, key=lambda entry: entry[0]):
        shared.update(_neighbours([number for _, number in group]))
    many = HASHES // BAND_ROWS + FEW_PASSAGES
    return sorted(
        pair for pair, count in shared.items() if count > 1 or min(len(keys[pair[0]]), len(keys[pair[1]])) < many
    )


def _neighbours(members: Sequence[int]) -> Iterator[tuple[int, int]]:
    for at, left in enumerate(members):
        for right in members[at + 1 : at + 1 + NEIGHBOURS]:
            yield left, right


def _hashes(folded: str) -> list[int]:
    """A 32-bit hash for the shingle at each position: CRC-32 of its UTF-32 bytes, spread by a multiplication."""
    octets = folded.encode("utf-32-le", "surrogatepass")
    width = 4 * SHINGLE_CHARS
    crc32 = zlib.crc32
    return [crc32(octets[at : at + width]) * _SEED & _MASK for at in range(0, len(octets) - width + 4, 4)]


def _signature(ordered: Sequence[int]) -> list[int]:
    """One-permutation MinHash: the least hash in each of 64 equal ranges; an empty range takes its right neighbour's.

    Li, Owen, Zhang, "One Permutation Hashing" (2012); Shrivastava, Li, "Densifying One Permutation Hashing" (2014).
    """
    width = (_MASK + 1) // HASHES
    first = ordered[0]
    found = [ordered[at] if at < len(ordered) else first for at in _starts(ordered, width)]
    return [value % width for value in found]


def _starts(ordered: Sequence[int], width: int) -> Iterator[int]:
    position = 0
    for number in range(HASHES):
        position = bisect_left(ordered, number * width, position)
        yield position


def _passages(folded: str, hashes: Sequence[int]) -> list[int]:
    """The passages that begin where a shingle's hash is among the lowest 32nd."""
    limit = (_MASK + 1) // SAMPLED_OF
    last = len(folded) - PASSAGE_CHARS
    starts = [at for at, value in enumerate(hashes) if value < limit and at <= last]
    return sorted({_key(folded[at : at + PASSAGE_CHARS]) for at in starts})


def _key(text: str) -> int:
    """62 bits of a text, the same in every process."""
    octets = text.encode("utf-8", "surrogatepass")
    return zlib.crc32(octets) << 30 | zlib.adler32(octets) & 0x3FFFFFFF


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _join(parents: list[int], left: int, right: int) -> None:
    low, high = sorted((_root(parents, left), _root(parents, right)))
    parents[high] = low
