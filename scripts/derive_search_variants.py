"""Makes `shanhai/reference/search_variants.tsv`: which characters the search takes for one and the same.

Two characters belong together where OpenCC turns one into the other: alone, into or out of any of its kinds of
traditional characters, or within a phrase of its dictionary on the way to traditional ones (仿佛, 彷彿), so that what
is found by a text is found by its traditional form. The group's representative is the character that most of the
others are simplified to, then one of GB 2312, then the one with the lowest code.

The phrases are read from the dictionaries of the installed package by the `opencc_dict` that comes with it.
"""

from __future__ import annotations

import subprocess
import tempfile
import unicodedata
from collections import Counter, defaultdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import opencc

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = Path(__file__).parent / "shanhai" / "reference" / "search_variants.tsv"

HAN = ((0x3007, 0x3008), (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32400))

TO_TRADITIONAL, TO_SIMPLIFIED = ("s2t", "s2tw", "s2hk"), ("t2s", "tw2s", "hk2s")

PHRASES = (
    "STPhrases",
    "STPhrases_GeneratedFromRegionalPhrases",
    "TWVariants",
    "TWVariantsPhrases",
    "HKVariants",
    "HKVariantsPhrases",
)

HEAD = """\
# Characters that the search takes for one: the representative, a tab, the others. Derived by
# scripts/derive_search_variants.py from the tables of OpenCC {version}, Copyright (c) 2010-2026 Carbo Kuo and
# contributors, Apache-2.0, see LICENSES/opencc.txt.
"""


class Groups:
    """Characters that belong together, by joining pairs of them."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def top(self, one: str) -> str:
        """The character that stands for the group of this one."""
        while (up := self._up.setdefault(one, one)) != one:
            self._up[one] = self._up[up]
            one = up
        return one

    def join(self, one: str, other: str) -> None:
        """Make two groups one."""
        self._up[self.top(one)] = self.top(other)

    def all(self) -> list[list[str]]:
        """Every group of several characters."""
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for one in sorted(self._up):
            groups[self.top(one)].append(one)
        return [group for group in groups.values() if len(group) > 1]


def main() -> None:
    """Write the table."""
    groups = Groups()
    simplified: Counter[str] = Counter()
    for simple, other in sorted({*_pairs_alone(), *_pairs_in_phrases()}):
        groups.join(simple, other)
        simplified[simple] += 1
    rows = []
    for group in groups.all():
        first = min(group, key=lambda one: (-simplified[one], not _in_gb2312(one), ord(one)))
        rows.append(f"{first}\t{''.join(one for one in group if one != first)}\n")
    TARGET.write_text(HEAD.format(version=version("opencc")) + "".join(sorted(rows)), encoding="utf-8", newline="\n")


def _pairs_alone() -> Iterator[tuple[str, str]]:
    """(Simplified, traditional) of each character that OpenCC turns into another when it stands alone."""
    alone = [chr(code) for first, end in HAN for code in range(first, end)]
    text = "\n".join(alone)
    for name in (*TO_TRADITIONAL, *TO_SIMPLIFIED):
        for one, other in zip(alone, opencc.OpenCC(name).convert(text).split("\n"), strict=True):
            yield from _aligned(one, other) if name in TO_TRADITIONAL else _aligned(other, one)


def _pairs_in_phrases() -> Iterator[tuple[str, str]]:
    """(Simplified, traditional) of the characters that differ in the first reading of a phrase."""
    folder = Path(opencc.__file__).parent / "clib"
    with tempfile.TemporaryDirectory() as scratch:
        for name in PHRASES:
            listed = Path(scratch) / f"{name}.txt"
            source = folder / "share" / "opencc" / f"{name}.ocd2"
            files = ["-i", str(source), "-o", str(listed)]
            tool = [str(folder / "bin" / "opencc_dict"), *files, "-f", "ocd2", "-t", "text"]
            subprocess.run(tool, check=True, capture_output=True)  # noqa: S603 - the package's own tool on its own file
            for line in listed.read_text(encoding="utf-8").splitlines():
                phrase, others = line.split("\t")
                yield from _aligned(phrase, others.split(" ")[0])


def _aligned(one: str, other: str) -> Iterator[tuple[str, str]]:
    one, other = unicodedata.normalize("NFKC", one), unicodedata.normalize("NFKC", other)
    if len(one) != len(other):
        raise ValueError(f"{one} and {other} are not of one length")
    yield from ((a, b) for a, b in zip(one, other, strict=True) if a != b)


def _in_gb2312(one: str) -> bool:
    try:
        one.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    main()
