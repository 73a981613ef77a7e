"""The one form in which a text and what a reader types are compared, and its letters.

Full width is half width, capitals are small, traditional is simplified, and white space and what cannot be seen are
not there. Everything counts in UTF-16 code units, as scripts in a browser do.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, normalize

import numpy as np

from shanhai import reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    CodeUnits = NDArray[np.uint16]

VARIANTS_FILE = "search_variants.tsv"

SELECTORS = (range(0x180B, 0x180E), range(0x180F, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""Variation selectors: they choose the shape of a character and are not seen themselves."""

HAN_PLANES = range(0x20000, 0x40000)
"""Letters whatever edition of Unicode one has: these planes hold nothing but Han characters."""

JAMO = range(0x1100, 0x1200)
"""Parts of Korean syllables, which join when what stood between them goes."""

DROPPED_CATEGORIES = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf"))

PLANES_WITH_SIGNS = (range(0x20000), range(0xE0000, 0xE0200))
"""Where white space, controls, format characters and selectors stand; in the other planes there are none."""

CODES = 0x10000
PRIVATE = 0xE000
LINE_END = 0x0A

_DROPPED, _SPECIAL = 1, 2
_HIGH, _LOW, _SURROGATE_BITS = 0xD800, 0xDC00, 0xFC00


class FoldedLines(NamedTuple):
    """Lines in folded form, each with a line end behind it; `sizes` are their lengths without it."""

    codes: CodeUnits
    sizes: NDArray[np.int64]


@cache
def variants() -> Mapping[str, str]:
    """Every character that has a simplified representative -> that one (`reference/search_variants.tsv`)."""
    rows = (line.split("\t") for line in reference.text(VARIANTS_FILE).splitlines() if not line.startswith("#"))
    return {other: first for first, others in rows for other in others}


def fold(text: str, table: Mapping[str, str] | None = None) -> str:
    """A text in the form that is compared; `table` replaces the characters with a representative."""
    plain = normalize("NFKC", text).lower().translate(_unseen())
    # A mark joins its letter only now, where something unseen stood between the two.
    return normalize("NFKC", plain).translate(_by_code(variants() if table is None else table))


def letter_runs(folded: str) -> list[str]:
    """The longest stretches of letters, numbers and marks of a folded text."""
    return "".join(one if is_letter(one) else " " for one in folded).split()


def is_letter(character: str) -> bool:
    """Whether it counts as a letter: categories L, N and M, and all of the Han planes."""
    return category(character)[0] in "LNM" or ord(character) in HAN_PLANES


def fold_lines(lines: Sequence[str]) -> FoldedLines:
    """Each line folded, as one array; a line break within a line is white space like any other."""
    becomes, kinds = _unit_table()
    plain = code_units(_joined(lines))
    special = np.flatnonzero(kinds[plain] & _SPECIAL)
    if len(special):
        line_ends = np.flatnonzero(plain == LINE_END)
        rare = set(np.searchsorted(line_ends, special).tolist())
        plain = code_units(_joined([fold(line) if number in rare else line for number, line in enumerate(lines)]))
    codes = becomes[plain[kinds[plain] & _DROPPED == 0]]
    ends = np.flatnonzero(codes == LINE_END)
    return FoldedLines(codes, np.diff(ends, prepend=-1) - 1)


def _joined(lines: Sequence[str]) -> str:
    return "\n".join([line.replace("\n", " ") if "\n" in line else line for line in lines]) + "\n"


def code_units(text: str) -> CodeUnits:
    """The UTF-16 code units of a text."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2").astype(np.uint16, copy=False)


def letters(codes: CodeUnits) -> NDArray[np.bool_]:
    """Which code units are letters; of an astral character both or none."""
    found = _letter_table()[codes]
    high = np.flatnonzero((codes[:-1] & _SURROGATE_BITS) == _HIGH)
    high = high[(codes[high + 1] & _SURROGATE_BITS) == _LOW]
    if len(high):
        points = _astral(codes, high)
        known = {int(point): is_letter(chr(point)) for point in np.unique(points)}
        found[high] = found[high + 1] = [known[int(point)] for point in points]
    return found


def characters(codes: CodeUnits) -> str:
    """The distinct characters, sorted."""
    seen = np.zeros(CODES, dtype=np.bool_)
    seen[codes] = True
    high = np.flatnonzero((codes[:-1] & _SURROGATE_BITS) == _HIGH)
    high = high[(codes[high + 1] & _SURROGATE_BITS) == _LOW]
    seen[_HIGH : _LOW + 0x400] = False
    return "".join(map(chr, [*np.flatnonzero(seen).tolist(), *np.unique(_astral(codes, high)).tolist()]))


def variants_among(present: Iterable[str]) -> str:
    """The table for a reader's browser, pair after pair: those whose representative is among the folded characters.

    What has no representative there is in no text, and need not be found.
    """
    there = set(present)
    return "".join(sorted(other + first for other, first in variants().items() if first in there))


def _astral(codes: CodeUnits, high: NDArray[np.intp]) -> NDArray[np.int64]:
    first, second = codes[high].astype(np.int64), codes[high + 1].astype(np.int64)
    return 0x10000 + ((first - _HIGH) << 10) + (second - _LOW)


@cache
def _unseen() -> Mapping[int, str]:
    """White space, controls, format characters and variation selectors -> nothing; and the last sigma of a word."""
    signs = (code for plane in PLANES_WITH_SIGNS for code in plane if category(chr(code)) in DROPPED_CATEGORIES)
    selectors = (code for some in SELECTORS for code in some)
    return {**dict.fromkeys((*signs, *selectors), ""), ord("ς"): "σ"}


def _by_code(table: Mapping[str, str]) -> Mapping[int, str]:
    return _variant_codes() if table is variants() else {ord(one): other for one, other in table.items()}


@cache
def _variant_codes() -> Mapping[int, str]:
    return {ord(one): other for one, other in variants().items()}


@cache
def _unit_table() -> tuple[CodeUnits, NDArray[np.uint8]]:
    """What each code unit becomes, and whether it is dropped or its whole line must be folded first.

    That is so where it becomes several, is one of several itself, or may join with its neighbour.
    """
    becomes = np.arange(CODES, dtype=np.uint16)
    kinds = np.zeros(CODES, dtype=np.uint8)
    # Nothing joins across a character of the Private Use Area.
    apart = chr(PRIVATE)
    forms = fold(apart.join(apart if code == PRIVATE else chr(code) for code in range(CODES))).split(apart)
    forms[PRIVATE : PRIVATE + 2] = [apart]
    for code, form in enumerate(forms):
        if not form:
            kinds[code] = _DROPPED
        elif _may_join(code) or len(form) > 1 or ord(form) >= CODES or _may_join(ord(form)):
            kinds[code] = _SPECIAL
        else:
            becomes[code] = ord(form)
    kinds[LINE_END] = 0
    becomes[LINE_END] = LINE_END
    return becomes, kinds


def _may_join(code: int) -> bool:
    return category(chr(code)) in ("Mn", "Mc", "Me", "Cs") or code in JAMO


@cache
def _letter_table() -> NDArray[np.bool_]:
    return np.array([is_letter(chr(code)) for code in range(CODES)])
