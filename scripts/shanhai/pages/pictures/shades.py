"""Five classes of counts, from the palest to the darkest, and the key that explains them."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from shanhai.pages.hypertext import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

CLASSES = 5


def class_limits(counts: Iterable[int]) -> list[int]:
    """The highest count of each class, at most five, evenly spaced on a logarithmic scale up to the highest count."""
    highest = max(counts, default=0)
    return sorted({max(1, round(highest ** (step / CLASSES))) for step in range(1, CLASSES + 1)}) if highest else []


def count_class(count: int, limits: Sequence[int]) -> int:
    """The class of a count, 1 for the lowest to 5 for the highest; a short scale keeps its darkest classes free."""
    return bisect_left(limits, count) + 1


def shade(count: int | None, limits: Sequence[int]) -> str:
    """The CSS class of a count, "t1" to "t5"; "t0", the hatch, where there is no report."""
    return f"t{count_class(count, limits)}" if count else "t0"


def legend(limits: Sequence[int]) -> list[tuple[int, str]]:
    """Class and range of counts ("3–5") of each class."""
    ranges = pairwise([0, *limits])
    return [
        (number, str(high) if below + 1 == high else f"{below + 1}–{high}")
        for number, (below, high) in enumerate(ranges, 1)
    ]


def key(counts: Collection[int], unit: str, unreported: str, *more: str) -> str:
    """The key as HTML: a swatch and a range for each class that occurs, then the hatch, then what the caller adds.

    `unreported` says what the hatch means, "" where there is none.
    """
    limits = class_limits(counts)
    used = {count_class(count, limits) for count in counts}
    entries = [entry(f"t{number}", f"{span} {unit}") for number, span in legend(limits) if number in used]
    entries += [entry("t0", unreported)] if unreported else []
    told = " ".join([*entries, *more])
    return f'<p class="key">{told}</p>' if told else ""


def entry(kind: str, words: str) -> str:
    """A swatch of a CSS class with its meaning."""
    return f'<span class="entry"><span class="k {kind}"></span>{plain(words)}</span>'
