"""The codes that the files of the index are written in: gamma and Rice codes, and base 91 to carry them as text.

`BitWriter` writes short streams one number at a time. For millions of postings `Codes` collects whole arrays of codes
with their places in the stream and gives the text of all of them at once; both give the same characters.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

ALPHABET = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"\\<')
"""The 91 printable characters of ASCII that a string in a script can hold as they are; no blank."""

VALUE_BITS = 13
"""Two characters carry so many bits: 2 ** 13 is 8192, 91 * 91 is 8281."""

PARAMETER_BITS = 5
"""How many bits the parameter of a Rice code takes where it is written."""

MOST_PARAMETER = (1 << PARAMETER_BITS) - 1

WORD_BITS, WORD_SHIFT, WORD_MASK = 32, 5, 0xFFFFFFFF

_LETTERS = np.frombuffer(ALPHABET.encode("ascii"), dtype=np.uint8)


def statement(name: str, value: object) -> str:
    """A file of the index: one call that hands its value over under its name, which is its path without ".js"."""
    try:
        written = msgspec.json.encode(value).decode()
    except UnicodeEncodeError:  # half of a character: only its escape can be written
        written = json.dumps(value, separators=(",", ":"))
    # The two line ends of Unicode had no place in a string of a script before 2019.
    return f'shanhaiSearch("{name}",{written})\n'.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def scattered(key: int) -> int:
    """A number of 32 bits for a number of 32 bits, another for each: what orders and shards the terms."""
    x = key ^ key >> 16
    x = x * 0x9E3779B1 & 0xFFFFFFFF
    x ^= x >> 15
    x = x * 0x85EBCA77 & 0xFFFFFFFF
    return x ^ x >> 13


def bucket(folded: str, bits: int) -> int:
    """Which of 2 ** `bits` buckets of names a folded key, at least one character, stands in: by its first code unit."""
    first = int.from_bytes(folded[0].encode("utf-16-be", "surrogatepass")[:2], "big")
    return scattered(first << 16) & ((1 << bits) - 1)


class BitWriter:
    """A stream of bits, the most significant first, and its text."""

    def __init__(self) -> None:
        self._bits: list[str] = []

    def fixed(self, value: int, width: int) -> None:
        """`value` in `width` bits."""
        if width:
            self._bits.append(f"{value:0{width}b}")

    def gamma(self, value: int) -> None:
        """A number from 1 in Elias's gamma code: as many zeros as it has bits behind the first, then its bits."""
        binary = f"{value:b}"
        self._bits.append("0" * (len(binary) - 1) + binary)

    def rice(self, value: int, parameter: int) -> None:
        """A number from 0: `value >> parameter` ones, a zero, the low `parameter` bits."""
        self._bits.append("1" * (value >> parameter) + "0")
        self.fixed(value & ((1 << parameter) - 1), parameter)

    def rising(self, numbers: Sequence[int]) -> None:
        """Rising numbers from 0 by their gaps: the cheapest parameter in five bits, then a Rice code for each."""
        gaps = [number - before - 1 for before, number in zip((-1, *numbers), numbers, strict=False)]
        parameter = best_parameter(gaps)
        self.fixed(parameter, PARAMETER_BITS)
        for gap in gaps:
            self.rice(gap, parameter)

    def text(self) -> str:
        """The stream in base 91, the last value filled up with zeros."""
        return base91("".join(self._bits))


def base91(bits: str) -> str:
    """A string of zeros and ones as text: two characters for each 13 bits."""
    values = (int(bits[at : at + VALUE_BITS].ljust(VALUE_BITS, "0"), 2) for at in range(0, len(bits), VALUE_BITS))
    return "".join(ALPHABET[value // len(ALPHABET)] + ALPHABET[value % len(ALPHABET)] for value in values)


def best_parameter(numbers: Sequence[int]) -> int:
    """The parameter with which the Rice codes of these numbers are shortest, the smallest of equals; 0 for none."""
    if not numbers:
        return 0
    # The bounds are those of `best_parameters`.
    lowest = max((2 * (sum(numbers) + len(numbers)) // (3 * len(numbers))).bit_length() - 1, 0)
    return min(
        range(lowest, lowest + 3),
        key=lambda parameter: (sum([number >> parameter for number in numbers]) + parameter * len(numbers), parameter),
    )


def best_parameters(numbers: Numbers, first: Numbers) -> Numbers:
    """The best parameter of each group of numbers; `first` are the places at which the groups, none empty, begin.

    With the mean m of a group the best lies between log2(2(m + 1)/3), rounded down, and log2(m), rounded up: three
    candidates (Kiely, Selecting the Golomb parameter in Rice coding, IPN Progress Report 42-159, 2004).
    """
    sizes = np.diff(np.append(first, len(numbers)))
    means = np.add.reduceat(numbers, first) / sizes
    lowest = np.maximum(np.floor(np.log2((means + 1) * 2 / 3)), 0).astype(np.int64)
    best, least = lowest, np.full(len(first), np.iinfo(np.int64).max)
    for step in range(3):
        parameters = lowest + step
        cost = np.add.reduceat(numbers >> np.repeat(parameters, sizes), first) + parameters * sizes
        best, least = np.where(cost < least, parameters, best), np.minimum(cost, least)
    return np.minimum(best, MOST_PARAMETER)


def bit_lengths(numbers: Numbers) -> Numbers:
    """How many bits each number from 0 below 2 ** 53 has; 0 has none."""
    return np.frexp(numbers.astype(np.float64))[1].astype(np.int64)


def gamma_lengths(numbers: Numbers) -> Numbers:
    """How many bits the gamma code of each number takes."""
    return 2 * bit_lengths(numbers) - 1


def rice_lengths(numbers: Numbers, parameters: Numbers) -> Numbers:
    """How many bits the Rice code of each number takes with its parameter."""
    return (numbers >> parameters) + 1 + parameters


class Codes:
    """A stream of `size` bits in which codes are put at places that the caller reckoned from their lengths.

    Places may come in any order; what no code takes stays zero.
    """

    def __init__(self, size: int) -> None:
        self._values = -(-size // VALUE_BITS)
        self._words = np.zeros(self._values * VALUE_BITS // WORD_BITS + 2, dtype=np.int64)

    def fixed(self, places: Numbers, values: Numbers, widths: Numbers) -> None:
        """Each value in its width of at most 32 bits; zeros before it need not be counted to it."""
        window = values.astype(np.uint64) << (2 * WORD_BITS - (places & (WORD_BITS - 1)) - widths).astype(np.uint64)
        word = places >> WORD_SHIFT
        # No bit is set twice: to add is to set.
        np.add.at(self._words, word, (window >> np.uint64(WORD_BITS)).view(np.int64))
        np.add.at(self._words, word + 1, (window & np.uint64(WORD_MASK)).view(np.int64))

    def ones(self, places: Numbers, counts: Numbers) -> None:
        """So many ones at each place."""
        while len(counts):
            some = counts > 0
            places, counts = places[some], counts[some]
            widths = np.minimum(counts, WORD_BITS)
            self.fixed(places, (1 << widths) - 1, widths)
            places, counts = places + widths, counts - widths

    def gamma(self, places: Numbers, numbers: Numbers) -> None:
        """Each number in the gamma code."""
        bits = bit_lengths(numbers)
        self.fixed(places + bits - 1, numbers, bits)

    def rice(self, places: Numbers, numbers: Numbers, parameters: Numbers) -> None:
        """Each number in the Rice code of its parameter."""
        ones = numbers >> parameters
        self.ones(places, ones)
        self.fixed(places + ones + 1, numbers & ((1 << parameters) - 1), parameters)

    def text(self) -> str:
        """The stream in base 91, two characters for each 13 bits."""
        place = np.arange(self._values, dtype=np.int64) * VALUE_BITS
        word = place >> WORD_SHIFT
        two = self._words[word].astype(np.uint64) << np.uint64(WORD_BITS) | self._words[word + 1].astype(np.uint64)
        values = (two >> (2 * WORD_BITS - VALUE_BITS - (place & (WORD_BITS - 1))).astype(np.uint64)) & np.uint64(
            (1 << VALUE_BITS) - 1
        )
        letters = np.empty(2 * self._values, dtype=np.uint8)
        letters[0::2], letters[1::2] = _LETTERS[values // len(ALPHABET)], _LETTERS[values % len(ALPHABET)]
        return letters.tobytes().decode("ascii")
