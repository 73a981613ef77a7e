"""Reads the search index as `docs/search-format.md` has it, in plain Python: for tests and for measuring.

Nothing here is shared with the writer but the folding of a query, so that a fault of one is not hidden by the other.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from shanhai.search.fold import fold, is_letter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ALPHABET = [chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"\\<']
VALUES = {letter: number for number, letter in enumerate(ALPHABET)}
STATEMENT = re.compile(r'shanhaiSearch\("([a-z0-9/-]+)",(.*)\)\n', re.DOTALL)


class Bits:
    """A stream of bits that is read from its base 91."""

    def __init__(self, text: str) -> None:
        pairs = zip(text[::2], text[1::2], strict=True)
        self._bits = "".join(f"{VALUES[first] * 91 + VALUES[second]:013b}" for first, second in pairs)
        self._at = 0

    def fixed(self, width: int) -> int:
        taken = self._bits[self._at : self._at + width]
        self._at += width
        return int(taken, 2) if width else 0

    def gamma(self) -> int:
        zeros = self._bits.index("1", self._at) - self._at
        self._at += zeros
        return self.fixed(zeros + 1)

    def rice(self, parameter: int) -> int:
        ones = self._bits.index("0", self._at) - self._at
        self._at += ones + 1
        return ones << parameter | self.fixed(parameter)

    def rising(self, count: int, parameter: int) -> Iterator[int]:
        number = -1
        for _ in range(count):
            number += self.rice(parameter) + 1
            yield number

    @property
    def left(self) -> str:
        """What was not read: fewer than 13 zeros where all was."""
        return self._bits[self._at :]


class Posting(NamedTuple):
    unit: int
    frequency: int


class Unit(NamedTuple):
    article: int
    path: str
    title: str
    date: str
    source: str
    names: list[str]
    lines: list[list[str]]

    def texts(self, *, first: bool) -> list[str]:
        """The lines any part of which is searched; the title and the Chinese names in the first unit of an article."""
        head = [self.title, *filter(has_characters, self.names)] if first else []
        return [*head, *(text for _, _, text in self.lines)]

    @property
    def words(self) -> list[str]:
        """The folded words of the other names."""
        return [word for name in self.names if not has_characters(name) for word in words_of(name)]


class Index:
    """An index by its files: path below search/ -> text."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files
        self.read: list[str] = []
        self._shards: dict[int, dict[int, list[Posting]]] = {}
        self.start = self.value("start")

    def value(self, name: str) -> object:
        """The value of a file, which must be one statement that names the file."""
        self.read.append(name)
        found = STATEMENT.fullmatch(self.files[f"{name}.js"])
        assert found, name
        assert found[1] == name
        return json.loads(found[2])

    @cached_property
    def variants(self) -> dict[str, str]:
        """The table of the start file."""
        pairs = list(self.start["variants"])
        return dict(zip(pairs[::2], pairs[1::2], strict=True))

    @cached_property
    def counts(self) -> list[int]:
        """The number of units of each article."""
        bits = Bits(self.start["counts"])
        return [bits.gamma() for _ in range(self.start["articles"])]

    @cached_property
    def article_of(self) -> list[int]:
        """The article of each unit."""
        return [number for number, count in enumerate(self.counts) for _ in range(count)]

    def unit(self, number: int) -> Unit:
        """The text of a unit."""
        digits = f"{number:06x}"
        return Unit(*self.value(f"texts/{digits[:2]}/{digits[2:]}"))

    def shard(self, number: int) -> dict[int, list[Posting]]:
        """Remainder of a term's hash -> its postings."""
        bits = Bits(self.value(f"terms/{number >> 8:02x}/{number & 255:02x}"))
        terms = bits.gamma() - 1
        parameter = bits.fixed(5)
        found: dict[int, list[Posting]] = {}
        remainder = -1
        for _ in range(terms):
            remainder += bits.rice(parameter) + 1
            found[remainder] = list(self._postings(bits))
        assert len(bits.left) < 13
        assert "1" not in bits.left
        return found

    def _postings(self, bits: Bits) -> Iterator[Posting]:
        df = bits.gamma()
        frequency = bits.gamma if bits.fixed(1) else lambda: 1
        if df == 1:
            yield Posting(bits.fixed(self.start["width"]), frequency())
            return
        parameter = bits.fixed(5)
        unit = -1
        for _ in range(df):
            unit += bits.rice(parameter) + 1
            yield Posting(unit, frequency())

    def postings(self, key: int) -> list[Posting]:
        """The postings of a term by its key."""
        hashed = term_hash(key)
        rest = 32 - self.start["bits"]
        number = hashed >> rest
        if number not in self._shards:
            self._shards[number] = self.shard(number)
        return self._shards[number].get(hashed & (1 << rest) - 1, [])

    def candidates(self, text: str) -> set[int]:
        """The units that hold all pairs of letters of a text (its letters, where they stand alone), unchecked."""
        folded = fold(text, self.variants)
        found = set(range(self.start["units"]))
        for key in keys_of(folded):
            found &= {posting.unit for posting in self.postings(key)}
        if not has_characters(folded):
            found |= {posting.unit for posting in self.postings(word_key(letters_of(folded)))}
        return found

    def find(self, text: str) -> set[int]:
        """The articles that hold a text in one of their lines."""
        wanted = fold(text, self.variants)
        return {self.article_of[unit] for unit in self.candidates(text) if self._holds(unit, wanted)}

    def _holds(self, number: int, wanted: str) -> bool:
        unit = self.unit(number)
        first = number == 0 or self.article_of[number - 1] != unit.article
        lines = (fold(line, self.variants) for line in unit.texts(first=first))
        return any(wanted in line for line in lines) or letters_of(wanted) in unit.words


def keys_of(folded: str) -> list[int]:
    """The keys of the pairs of letters of a folded text; of a run of one letter its own key."""
    keys: list[int] = []
    for run in "".join(one if is_letter(one) else " " for one in folded).split():
        raw = run.encode("utf-16-be", "surrogatepass")
        units = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
        if len(units) == 1:
            keys.append(units[0] << 16)
        keys += [first << 16 | second for first, second in pairwise(units)]
    return keys


def has_characters(text: str) -> bool:
    """Whether a text has a letter of a script without capitals."""
    return any(unicodedata.category(one) == "Lo" or 0x20000 <= ord(one) < 0x40000 for one in fold(text))


def letters_of(folded: str) -> str:
    """A folded text without what is no letter."""
    return "".join(filter(is_letter, folded))


def words_of(name: str) -> list[str]:
    """The parts of a name between blanks and hyphens, and the whole, folded, letters only."""
    parts = [letters_of(fold(part)) for part in re.split("[\t-\r\x1c- \x85\xa0\u2000-\u2015\u3000-]", name)]
    return [word for word in (*parts, "".join(parts)) if word]


def word_key(word: str) -> int:
    """The key of a word: 28 bits of a hash of its code units behind 0xE."""
    raw = word.encode("utf-16-be", "surrogatepass")
    x = 0
    for at in range(0, len(raw), 2):
        x = term_hash(x ^ int.from_bytes(raw[at : at + 2], "big"))
    return 0xE0000000 | x >> 4


def term_hash(key: int) -> int:
    """The hash of a key of 32 bits."""
    x = key ^ (key >> 16)
    x = (x * 0x9E3779B1) % 2**32
    x = x ^ (x >> 15)
    x = (x * 0x85EBCA77) % 2**32
    return x ^ (x >> 13)
