"""Which texts are the same article: character shingles, MinHash bands, sampled passages, families by union-find.

Words would have to be cut first, and a damaged text is cut otherwise than a whole one; runs of five characters need no
cutting. `bands` is pure and the same on every machine, so that any engine can group by it; two texts with a band in
common are then compared in full.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from functools import lru_cache
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from shanhai.relate.substitutions import exchanged, name_other_facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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

_WORDS = re.compile(r"\w+")
_FACTORS = (0x9E3779B97F, 0xBF58476D1D, 0x94D049BB13, 0xD6E8FEB867, 0xFF51AFD7ED)
"""Odd constants of 40 bits, one for each character of a shingle: bits of well-known mixing constants (golden ratio,
SplitMix64, MurmurHash3)."""

_LANE = b"\xff\xff\xff\xff\0\0\0\0"
MIDDLE_BIT = 16
HASH_END = 1 << 32
PASSAGE_LIMIT = HASH_END // SAMPLED_OF

DRAWN_FOR_ONE = 10
"""So many low hashes are drawn for each class that one class is empty in three of a thousand texts (64 e^-10)."""


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
    return "".join(_WORDS.findall(text)).replace("_", "").lower()


def bands(text: str) -> tuple[int, ...]:
    """The keys, below 2^63, under which a text meets its near-duplicates; none for a text below five characters."""
    folded = fold(text)
    hashes = _hashes(folded)
    if not hashes:
        return ()
    limit = max(PASSAGE_LIMIT, HASHES * DRAWN_FOR_ONE * HASH_END // len(hashes))
    drawn = [(value, at) for at, value in enumerate(hashes) if value < limit]
    signature = _signature(_least([value for value, _ in drawn]), hashes)
    rows = range(0, HASHES, BAND_ROWS)
    likeness = (_key(f"{at} {signature[at : at + BAND_ROWS]}") for at in rows)
    return (*likeness, *_passages(hashes, drawn))


def families(documents: Iterable[Document]) -> tuple[tuple[str, ...], ...]:
    """The keys of each two or more documents that are one article, sorted; the order of input changes nothing."""
    ordered = [
        one if one.bands else one._replace(bands=bands(one.text))
        for one in sorted(documents, key=lambda one: (one.text, one.key))
    ]
    parents = list(range(len(ordered)))
    numbers = []
    for first, number in _firsts(ordered):
        if first == number:
            numbers.append(number)
        else:
            _join(parents, first, number)
    for left, right in _candidates(ordered, numbers):
        if _root(parents, left) != _root(parents, right) and _same(ordered[left], ordered[right]):
            _join(parents, left, right)
    groups: dict[int, list[str]] = {}
    for number, one in enumerate(ordered):
        groups.setdefault(_root(parents, number), []).append(one.key)
    return tuple(sorted(tuple(sorted(keys)) for keys in groups.values() if len(keys) > 1))


@lru_cache(maxsize=256)
def shingles(folded: str) -> frozenset[int]:
    """The hashes of all shingles of a folded text."""
    return frozenset(_hashes(folded))


def sampled(folded: str, share: int) -> frozenset[int]:
    """The hashes of every `share`-th shingle of a folded text, chosen by their content: alike in every text."""
    limit = HASH_END // share
    return frozenset(value for value in _hashes(folded) if value < limit)


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


def _firsts(documents: Sequence[Document]) -> Iterator[tuple[int, int]]:
    """Each document's number behind that of the first one with the same folded text; none that is empty so.

    Equal texts have equal bands, so only texts that share all of theirs are folded.
    """
    by_bands: dict[tuple[int, ...], list[int]] = {}
    for number, one in enumerate(documents):
        by_bands.setdefault(one.bands, []).append(number)
    for keys, numbers in by_bands.items():
        first: dict[str, int] = {}
        for number in numbers:
            text = fold(documents[number].text) if len(numbers) > 1 or not keys else "alone"
            if text:
                yield first.setdefault(text, number), number


def _same(left: Document, right: Document) -> bool:
    if any(exchanged(one, other, PLACES_EXCHANGED_MIN) for one, other in zip(left.places, right.places, strict=False)):
        return False
    titles = fold(left.title), fold(right.title)
    same_title = titles[0] == titles[1] and len(titles[0]) >= PART_TITLE_CHARS
    return same_article(fold(left.text), fold(right.text), same_title=same_title)


def _candidates(documents: Sequence[Document], numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Pairs of documents, by number, that share bands: more than one, where both have many."""
    members: dict[int, list[int]] = {}
    for number in sorted(numbers):
        for key in documents[number].bands:
            members.setdefault(key, []).append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for group in members.values():
        if len(group) > 1:
            shared.update(_neighbours(group))
    many = HASHES // BAND_ROWS + FEW_PASSAGES
    return sorted(
        pair
        for pair, count in shared.items()
        if count > 1 or min(len(documents[number].bands) for number in pair) < many
    )


def _neighbours(members: Sequence[int]) -> Iterator[tuple[int, int]]:
    for at, left in enumerate(members):
        for right in members[at + 1 : at + 1 + NEIGHBOURS]:
            yield left, right


def _hashes(folded: str) -> list[int]:
    """A 32-bit hash for the shingle at each position: the middle bits of a sum, each character times a constant.

    All sums are made at once, as one sum of long integers that hold 64 bits for every second shingle (a character has
    21 bits and a constant 40, so none runs over into the next): first those at even positions, then at odd ones.
    """
    count = len(folded) - SHINGLE_CHARS + 1
    if count < 1:
        return []
    lanes = count // 2 + 1
    text = int.from_bytes(folded.encode("utf-32-le", "surrogatepass"), "little")
    every_second = int.from_bytes(_LANE * lanes, "little")
    characters = [text >> 32 * at & every_second for at in range(SHINGLE_CHARS + 1)]
    hashes = [0] * count
    for odd in (0, 1):
        total = sum(map(mul, characters[odd:], _FACTORS)) >> MIDDLE_BIT
        sums = memoryview(total.to_bytes(8 * lanes, "little")).cast("I")[::2]
        hashes[odd::2] = sums.tolist()[: (count + 1 - odd) // 2]
    return hashes


def _least(values: Iterable[int]) -> dict[int, int]:
    """The least hash of each class: its remainder is the class, the rest of it the value that is compared."""
    return {value % HASHES: value // HASHES for value in sorted(values, reverse=True)}


def _signature(drawn: Mapping[int, int], hashes: Iterable[int]) -> list[int]:
    """One-permutation MinHash: the least hash in each of 64 equal classes; an empty class takes its neighbour's.

    Li, Owen, Zhang, "One Permutation Hashing" (2012); Shrivastava, Li, "Densifying One Permutation Hashing" (2014).
    `drawn`: the least ones among the low hashes, which are all that is needed where each class has one.
    """
    least = drawn if len(drawn) == HASHES else _least(hashes)
    found: list[int] = []
    value = least[min(least)]
    for number in reversed(range(HASHES)):
        value = least.get(number, value)
        found.append(value)
    return found[::-1]


def _passages(hashes: Sequence[int], drawn: Iterable[tuple[int, int]]) -> list[int]:
    """The passages that begin where a shingle's hash is among the lowest 32nd, by the hashes of their four shingles."""
    last = len(hashes) - PASSAGE_CHARS + SHINGLE_CHARS - 1
    starts = [at for value, at in drawn if value < PASSAGE_LIMIT and at <= last]
    return sorted({hashes[at] << 30 ^ hashes[at + 5] << 20 ^ hashes[at + 10] << 10 ^ hashes[at + 15] for at in starts})


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
