"""How near generated articles are to real ones: `python bench/corpus_check.py [--articles N] [--real FOLDER]`.

Real articles are few and of one field, so what is compared is what few can tell: at equal sizes (the articles one
behind the other, cut at the same number of Chinese characters) the distinct characters, pairs and triples, the exponent
of their growth (Heaps), the share of runs that another article holds too, the length of sentences and clauses, and the
shares of parts of speech. Of generated articles several samples of the same size are taken, and the range is shown.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import rjieba
from documents import settings_for
from generator import Generator
from rich.console import Console
from rich.table import Table

from shanhai.build import convert

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PROJECT = Path(__file__).parents[1]
SIZES = (1_000, 5_000, 20_000, 100_000, 500_000, 2_000_000)
SHINGLES = (4, 6, 10)
SAMPLES = 5
WINDOW_CHARS = 600
TAGS = {"n": "nouns", "v": "verbs", "ns": "places", "nr": "persons", "nt": "bodies", "m": "numerals", "u": "particles"}
LONG_TAGS = frozenset({"ns", "nr", "nt"})

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_SENTENCE_END = re.compile("[\u3002\uff01\uff1f\n]+")
_CLAUSE_END = re.compile("[\u3002\uff01\uff1f\n\uff0c\u3001\uff1b\uff1a]+")


class Growth(NamedTuple):
    """Distinct runs of one, two and three Chinese characters in the first `chars` of a text."""

    chars: int
    singles: int
    pairs: int
    triples: int


def growth(texts: Sequence[str], sizes: Sequence[int] = SIZES) -> list[Growth]:
    """The growth of texts that stand one behind the other, at each of the sizes that they reach."""
    text = "".join(han(one) for one in texts)
    found: list[Growth] = []
    runs: tuple[set[str], ...] = (set(), set(), set())
    done = 0
    for size in (size for size in sizes if size <= len(text)):
        for length, seen in enumerate(runs, 1):
            seen.update(text[at : at + length] for at in range(max(done - length + 1, 0), size - length + 1))
        done = size
        found.append(Growth(size, *map(len, runs)))
    return found


def exponent(smaller: Growth, larger: Growth) -> float:
    """By which power of the size the distinct pairs grow between two sizes (Heaps' beta)."""
    return math.log(larger.pairs / smaller.pairs) / math.log(larger.chars / smaller.chars)


def repeated(texts: Sequence[str], length: int) -> float:
    """The share of each text's distinct runs of that length that another text holds too."""
    shingles = [{one[at : at + length] for at in range(len(one) - length + 1)} for one in map(han, texts)]
    counts = Counter(run for one in shingles for run in one)
    total = sum(counts.values())
    return sum(count for count in counts.values() if count > 1) / total if total else 0.0


def within(texts: Sequence[str], chars: int = WINDOW_CHARS) -> float:
    """Distinct pairs for each character in stretches of one article: what its own passages repeat."""
    stretches = (one[at : at + chars] for one in map(han, texts) for at in range(0, len(one) - chars + 1, chars))
    shares = [len({one[at : at + 2] for at in range(chars - 1)}) / chars for one in stretches]
    return sum(shares) / max(len(shares), 1)


def shape(texts: Sequence[str]) -> dict[str, float]:
    """Mean lengths in characters, and shares of all characters by part of speech."""
    chars = sum(map(len, texts))
    tagged: Counter[str] = Counter()
    for word, tag in (pair for text in texts for pair in rjieba.tag(text)):
        tagged[tag[:2] if tag[:2] in LONG_TAGS else tag[:1]] += len(word)
    return {
        "characters an article": chars / len(texts),
        "characters a sentence": _mean(_pieces(texts, _SENTENCE_END)),
        "characters a clause": _mean(_pieces(texts, _CLAUSE_END)),
        "% digits": 100 * sum(one.isdigit() for text in texts for one in text) / chars,
        **{f"% {name}": 100 * tagged[tag] / chars for tag, name in TAGS.items()},
    }


def han(text: str) -> str:
    """The Chinese characters of a text alone."""
    return "".join(_HAN.findall(text))


def cut(texts: Sequence[str], chars: int) -> list[str]:
    """The first texts that together hold so many Chinese characters; the last one is cut."""
    found: list[str] = []
    left = chars
    for text in texts:
        if left <= 0:
            break
        found.append(text[: math.ceil(left * len(text) / max(len(han(text)), 1))])
        left -= len(han(text))
    return found


def published(corpus: Path) -> list[str]:
    """The texts of a folder's articles as the archive publishes them."""
    with TemporaryDirectory() as scratch:
        archive, _run = convert(settings_for(corpus, Path(scratch)))
    return [article.described.text for article in archive.articles]


def _pieces(texts: Sequence[str], ends: re.Pattern[str]) -> Iterator[int]:
    return (len(piece) for text in texts for piece in ends.split(text) if piece)


def _mean(values: Iterator[int]) -> float:
    found = list(values)
    return sum(found) / max(len(found), 1)


def _range(values: Sequence[float], digits: int = 0) -> str:
    low, high = min(values), max(values)
    return f"{low:,.{digits}f}" if low == high else f"{low:,.{digits}f} to {high:,.{digits}f}"


def _facts(texts: Sequence[str], sizes: Sequence[int]) -> dict[str, float]:
    grown = growth(texts, sizes)
    facts: dict[str, float] = {}
    for one in grown:
        at = f"at {one.chars:,}"
        facts |= {f"distinct characters {at}": one.singles, f"distinct pairs {at}": one.pairs}
        facts |= {f"distinct triples {at}": one.triples}
    if len(grown) > 1:
        facts[f"growth of pairs from {grown[-2].chars:,} to {grown[-1].chars:,}"] = exponent(grown[-2], grown[-1])
    for length in SHINGLES:
        facts[f"% runs of {length} elsewhere too"] = 100 * repeated(texts, length)
    facts[f"% distinct pairs in {WINDOW_CHARS} of an article"] = 100 * within(texts)
    return facts | shape(texts)


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--real", type=Path, default=PROJECT.parent / "shared" / "corpus")
    arguments = parser.parse_args()
    console = Console()
    made = [one.text for one in Generator(arguments.seed).articles(arguments.articles)]
    real = published(arguments.real) if arguments.real.is_dir() else []
    masters = published(PROJECT / "tests" / "masters")
    console.print(_compared(real, masters, made))
    console.print(_alone(made))


def _compared(real: list[str], masters: list[str], made: list[str]) -> Table:
    """Samples of one size side by side; generated articles as long as the real ones, so that as many share the size."""
    long = sorted(made, key=len)[-max(len(made) // 20, SAMPLES * len(real)) :]
    parts = [taken[at::SAMPLES] for taken in (made, long) for at in range(SAMPLES)]
    size = min(sum(map(len, map(han, texts))) for texts in (real or masters, masters, *parts))
    sizes = [one for one in SIZES if one <= size]
    samples = [cut(made[at::SAMPLES], size) for at in range(SAMPLES)]
    features = [cut(long[at::SAMPLES], size) for at in range(SAMPLES)]
    columns = [[_facts(cut(texts, size), sizes)] if texts else [] for texts in (real, masters)]
    columns += [[_facts(texts, sizes) for texts in sample] for sample in (samples, features)]
    table = Table("", "real", "masters", "generated", "generated, the longest", title=f"{size:,} characters each")
    for name in columns[1][0]:
        small = columns[1][0][name] < 100
        cells = [_range([one[name] for one in column], 2 if small else 0) if column else "-" for column in columns]
        table.add_row(name, *cells)
    return table


def _alone(made: list[str]) -> Table:
    """What only the generated ones are many enough for."""
    table = Table("generated", "", title=f"{len(made):,} generated articles, {sum(map(len, made)):,} characters")
    lengths = sorted(map(len, made))
    for name, share in (("shortest", 0.0), ("median", 0.5), ("90 %", 0.9), ("99 %", 0.99), ("longest", 1.0)):
        table.add_row(f"length, {name}", f"{lengths[round(share * (len(lengths) - 1))]:,}")
    grown = growth(made)
    for before, one in zip([None, *grown], grown, strict=False):
        beta = f", growth {exponent(before, one):.2f}" if before else ""
        table.add_row(
            f"at {one.chars:,}", f"{one.singles:,} characters, {one.pairs:,} pairs, {one.triples:,} triples{beta}"
        )
    for length in (6, 10):
        table.add_row(f"% runs of {length} elsewhere too", f"{100 * repeated(made, length):.2f}")
    return table


if __name__ == "__main__":
    main()
