"""Derive `shanhai/reference/language_model.txt`: how frequent words of Chinese are, and what follows what.

    pip download --no-deps --no-binary :all: jieba==0.42.1 && tar xzf jieba-0.42.1.tar.gz
    python scripts/derive_language_model.py jieba-0.42.1/jieba/dict.txt tests/masters

The words come from the segmenter's dictionary; kept are those of up to four characters of GB 2312 that are frequent
enough for their length. Their frequencies are those of the dictionary and of the bundled masters together. Pairs of
characters are those of the dictionary's long words, rare ones too, and those on the two sides of a boundary between
the masters' words; the masters also give the frequencies of punctuation. The same sources give the same bytes.

`--dictionary-only` takes nothing but punctuation from the masters: such a model can be measured on them.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from itertools import pairwise
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING

import rjieba

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = 1
TARGET = Path(__file__).parent / "shanhai" / "reference" / "language_model.txt"
MIN_FREQUENCY = {1: 1, 2: 10, 3: 45, 4: 120}
"""By length in characters: rarer words make the model larger than 400 KB, and tell little."""
MASTERS_SHARE = 0.5
"""How much the masters count, against the dictionary's 1, whose counts are of other text than news."""
PAIR_PRIOR = 2.0
PAIR_MIN_BITS = 0.75
MISSED_MIN_COUNT = 1.0
"""A pair that was never seen tells something if chance alone would have brought it about so often."""
LONG_WORD_CHARS = 3
LONG_WORD_MIN_COUNT = 4
LONG_WORD_MIN_BITS = 1.0
PAIR_ZERO = 26
"""The level that stands for no difference at all."""
CLAUSE_ENDS = str.maketrans(dict.fromkeys("\u3002\uff1a\uff1b\uff01\uff1f", "\uff0c"))
MARKS = "\uff0c\u3002\u3001\uff1a\uff1b\u201c\u201d\u2018\u2019\uff08\uff09\u300a\u300b\uff01\uff1f\u2014\u2026\u00b7"
LEVELS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
"""A letter is half a bit: the word's frequency is two to the power of half the letter's place."""

HEADER = """\
# shanhai language model, version {version}
# Words by the frequencies of jieba 0.42.1's dict.txt, Copyright (c) 2013 Sun Junyi, MIT, see LICENSES/jieba.txt;
# punctuation and pairs across word boundaries by tests/masters. Derived by scripts/derive_language_model.py.
# A line of words: a first character, its own level, then the rest of each word that begins with it and that word's
# level. A level is a letter, A to z: two to the power of half its place. A line of pairs begins with "+"; their levels
# are bits by twos from "a", which adds nothing, and a comma there is any mark that ends a clause.
"""


def main(dictionary: Path, masters: Path, target: Path, *, with_masters: bool) -> None:
    """Write the model."""
    words = _words(dictionary)
    marks = _marks(masters, sum(len(word) * count for word, count in words.items()))
    words = (_adapted(words, masters) if with_masters else words) | marks
    pairs = _dictionary_pairs(dictionary, words)
    for pair, bits in (_boundary_pairs(masters) if with_masters else {}).items():
        pairs[pair] = pairs.get(pair, 0.0) + bits
    lines = _lines({word: math.log2(count) for word, count in words.items()})
    lines += ["+" + line for line in _lines({pair: bits + PAIR_ZERO / 2 for pair, bits in pairs.items()})]
    text = HEADER.format(version=VERSION) + "\n".join(lines) + "\n"
    target.write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(words)} words, {len(pairs)} pairs, {len(text.encode('utf-8'))} bytes")  # noqa: T201 - the script's answer


def _words(dictionary: Path) -> Counter[str]:
    words: Counter[str] = Counter()
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, frequency, _tag = line.split(" ")
        if int(frequency) >= MIN_FREQUENCY.get(len(word), math.inf) and _is_plain(word):
            words[word] += int(frequency)
    return words


def _marks(masters: Path, characters: int) -> Counter[str]:
    """How often each mark would stand in a text of so many Chinese characters."""
    text = "".join(_body(path) for path in sorted(masters.glob("*.md")))
    counts = Counter(char for char in text if char in MARKS)
    share = characters / sum(map(_is_plain, text))
    return Counter({mark: round(count * share) for mark, count in counts.items()})


def _adapted(words: Counter[str], masters: Path) -> Counter[str]:
    """The frequencies as if the masters, by their share, were part of the text that the dictionary counted."""
    seen = Counter(word for path in sorted(masters.glob("*.md")) for word in rjieba.cut(_body(path), False))
    weight = words.total() * MASTERS_SHARE / sum(count for word, count in seen.items() if word in words)
    return Counter({word: round(count + weight * seen[word]) for word, count in words.items()})


def _body(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("---\n", 2)[2]


def _boundary_pairs(masters: Path) -> dict[str, float]:
    """Characters on the two sides of a boundary between words; a comma stands for any mark that ends a clause."""
    neighbours = Counter[str]()
    for path in sorted(masters.glob("*.md")):
        cut = [word for word in rjieba.cut(_body(path).translate(CLAUSE_ENDS), False) if word.strip()]
        neighbours.update(left[-1] + right[0] for left, right in pairwise(cut))
    found = _attraction(neighbours, PAIR_MIN_BITS)
    return {pair: bits for pair, bits in found.items() if _is_text(pair)}


def _dictionary_pairs(dictionary: Path, words: Counter[str]) -> dict[str, float]:
    """Characters side by side in several long words, rare ones too, that are no word themselves."""
    neighbours = Counter[str]()
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word = line.split(" ")[0]
        if len(word) >= LONG_WORD_CHARS and _is_plain(word):
            neighbours.update(map(add, word, word[1:]))
    found = _attraction(neighbours, LONG_WORD_MIN_BITS)
    return {
        pair: bits
        for pair, bits in found.items()
        if bits > 0 and neighbours[pair] >= LONG_WORD_MIN_COUNT and pair not in words
    }


def _attraction(neighbours: Counter[str], min_bits: float) -> dict[str, float]:
    """How many bits likelier two characters are side by side than if they knew nothing of each other.

    Both counts are raised by `PAIR_PRIOR`, so that what was seen, or missed, once or twice tells little.
    """
    left, right = Counter[str](), Counter[str]()
    for pair, count in neighbours.items():
        left[pair[0]] += count
        right[pair[1]] += count
    size = neighbours.total()
    often = {one + other for one in left for other in right if left[one] * right[other] >= size * MISSED_MIN_COUNT}
    found = {
        pair: math.log2((neighbours[pair] + PAIR_PRIOR) / (left[pair[0]] * right[pair[1]] / size + PAIR_PRIOR))
        for pair in neighbours.keys() | often
    }
    return {pair: bits for pair, bits in found.items() if abs(bits) >= min_bits}


def _is_text(pair: str) -> bool:
    return all(_is_plain(char) or char in MARKS for char in pair)


def _is_plain(word: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in word) and len(word.encode("gb2312", "ignore")) == 2 * len(word)


def _lines(levels: Mapping[str, float]) -> list[str]:
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for word, level in sorted(levels.items()):
        by_first[word[0]].append(word[1:] + LEVELS[min(max(round(2 * level), 0), len(LEVELS) - 1)])
    return [first + "".join(rests) for first, rests in sorted(by_first.items())]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dictionary", type=Path)
    parser.add_argument("masters", type=Path)
    parser.add_argument("--dictionary-only", action="store_true")
    parser.add_argument("--out", type=Path, default=TARGET)
    arguments = parser.parse_args()
    main(arguments.dictionary, arguments.masters, arguments.out, with_masters=not arguments.dictionary_only)
