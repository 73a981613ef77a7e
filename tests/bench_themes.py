"""Review of the themes' weights and constants on labelled text, and how far their scores can be trusted.

    python tests/bench_themes.py                 # constants in folds, fit of the score, precision and recall by set
    python tests/bench_themes.py --cues          # how often each cue fires on texts with its theme, and on others
    python tests/bench_themes.py --calibration   # write reference/theme_calibration.yml anew

There are four sets: short passages (tests/theme_passages.yml) and reports (tests/theme_reports.yml), both by the hand
that wrote the cues and in a development and a held-out half; the sample articles (tests/masters); and the passages of
tests/golden/knowledge in two halves, written and labelled by another hand that had not seen the cues. Cues were looked
for and constants chosen on the development halves and the sample articles. What a score is worth is fitted and shown
on the last two sets alone, because on texts by the hand that wrote the cues it would flatter. The passages of
tests/golden/knowledge that are kept fresh for a last look are never read here.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

import msgspec
import yaml

from labelled_set import article, passages
from shanhai.annotate import themes
from shanhai.annotate.theme_matcher import matcher
from shanhai.annotate.vocabulary import Vocabulary, vocabulary
from themed_texts import described, masters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.records import DescribedArticle

TESTS = Path(__file__).parent
CALIBRATION = TESTS.parent / "scripts" / "shanhai" / "reference" / "theme_calibration.yml"
BOUNDS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
FOLDS = 5
PRECISION_WEIGHT = 0.5
"""The beta of the F that the constants are chosen by: a wrong tag costs more than a missed one."""

GRID: dict[str, tuple[float, ...]] = {
    "points_needed": (3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0),
    "shortest_thousands": (0.05, 0.1, 0.2, 0.3),
    "length_exponent": (0.2, 0.25, 0.3, 0.35, 0.4, 0.5),
    "root_of_strongest": (0.0, 0.3, 0.5, 0.7, 1.0),
    "single_cue": (0.4, 0.5, 0.6, 0.7, 1.0),
    "heading_mentions": (1, 2, 3, 4),
    "title_mentions": (1, 2, 3, 4),
    "list_themes": (2, 3, 4, 99),
    "score_needed": (0.5, 0.55, 0.6, 0.65, 0.7),
}


KINDS = ("dev", "held", "report dev", "report held", "master", "known dev", "known held")
TUNED = ("dev", "report dev", "master", "known dev")
SHOWN = ("master", "known dev", "known held")
"""The sets that cues and constants rest on, and those that the score is fitted to and shown on."""


class Labelled(NamedTuple):
    """A text, its set, and the places of its themes in the vocabulary; `optional` ones are neither right nor wrong."""

    kind: str
    article: DescribedArticle
    wanted: frozenset[int]
    optional: frozenset[int] = frozenset()


class Bin(NamedTuple):
    """Tags with a score from `low` up to `high`, and how many of them are right."""

    low: float
    high: float
    tags: int
    right: int


@cache
def labelled() -> tuple[Labelled, ...]:
    """All texts of all sets; in the first two files the texts are of the one half and the other in turn."""
    return (
        *_halved("theme_passages.yml", ("dev", "held")),
        *_halved("theme_reports.yml", ("report dev", "report held")),
        *(Labelled("master", text, _places(truth["themes"])) for truth, text in masters()),
        *_known(),
    )


def _halved(file: str, kinds: tuple[str, str]) -> Iterator[Labelled]:
    texts = yaml.safe_load((TESTS / file).read_text(encoding="utf-8"))
    for number, one in enumerate(texts):
        yield Labelled(kinds[number % 2], described(one["text"], derived=True), _places(one["themes"]))


def _known() -> Iterator[Labelled]:
    for half in ("dev", "held"):
        for passage in passages(half):
            if passage.expected.themes is not None:
                optional = _places(passage.expected.optional_themes)
                yield Labelled(f"known {half}", article(passage), _places(passage.expected.themes), optional)


def of_kinds(*kinds: str) -> list[Labelled]:
    """The texts of these sets."""
    return [one for one in labelled() if one.kind in kinds]


def tally(texts: Sequence[Labelled]) -> Counter[str]:
    """Right, wrong and missed tags."""
    found: Counter[str] = Counter()
    for one in texts:
        tags = {theme for theme, score in _scores(one).items() if score >= themes.vocabulary().scoring.score_needed}
        wrong = tags - one.wanted - one.optional
        found.update(right=len(tags & one.wanted), wrong=len(wrong), missed=len(one.wanted - tags))
    return found


def calibration() -> tuple[Bin, ...]:
    """Of the sets that it is shown on, each theme with a cue by its score, and how many are among the labelled ones."""
    scored = [(score, right) for one in of_kinds(*SHOWN) for score, right in _judged(one)]
    bins = []
    for low, high in pairwise(BOUNDS):
        inside = [right for score, right in scored if low <= score < high or score == high == BOUNDS[-1]]
        bins.append(Bin(low, high, len(inside), sum(inside)))
    return tuple(bins)


def precision(found: Counter[str]) -> float:
    """The share of the tags that is right."""
    return found["right"] / max(found["right"] + found["wrong"], 1)


def recall(found: Counter[str]) -> float:
    """The share of the labelled themes that is found."""
    return found["right"] / max(found["right"] + found["missed"], 1)


def _places(labels: Sequence[str]) -> frozenset[int]:
    return frozenset(place for place, theme in enumerate(vocabulary().themes) if theme.label in labels)


def _scores(one: Labelled) -> dict[int, float]:
    return themes.scores(themes.mentions(one.article), themes.counted_chars(one.article))


def _judged(one: Labelled) -> Iterator[tuple[float, bool]]:
    """The score of each theme with a cue, and whether it is right."""
    for theme, score in _scores(one).items():
        if theme not in one.optional - one.wanted:
            yield score, theme in one.wanted


@contextmanager
def _scoring(**changes: float) -> Iterator[None]:
    changed = Vocabulary(scoring=msgspec.structs.replace(vocabulary().scoring, **changes), themes=vocabulary().themes)
    with patch.object(themes, "vocabulary", lambda: changed):
        yield


def _f(found: Counter[str]) -> float:
    beta = PRECISION_WEIGHT**2
    return (1 + beta) * found["right"] / ((1 + beta) * found["right"] + found["wrong"] + beta * found["missed"])


def _report_constants() -> None:
    """Each constant alone varied; then the choice made on four folds, measured on the fifth."""
    tuned = of_kinds(*TUNED)
    folds = [tuned[fold::FOLDS] for fold in range(FOLDS)]
    found: dict[tuple[str, float], list[Counter[str]]] = {}
    for name, values in GRID.items():
        for value in values:
            with _scoring(**{name: value}):
                found[name, value] = [tally(fold) for fold in folds]
        line = "  ".join(f"{value}: {_f(_sum(found[name, value])):.3f}" for value in values)
        _say(f"{name:20} {getattr(vocabulary().scoring, name):5}   {line}")
    outside: Counter[str] = Counter()
    for fold in range(FOLDS):
        best = max(found, key=lambda one: _f(_sum(found[one][:fold] + found[one][fold + 1 :])))
        outside.update(found[best][fold])
    _say(f"chosen on four folds, measured on the fifth: {_line(outside)}\n")


def _report_fit() -> None:
    """Slope and middle that fit the sets best that the score is shown on, by Newton's method."""
    scoring = vocabulary().scoring
    pairs = [
        (log(score / (1 - score)) / scoring.slope + scoring.middle, right)
        for one in of_kinds(*SHOWN)
        for score, right in _judged(one)
        if 0 < score < 1
    ]
    at_zero, slope = 0.0, 1.0
    for _ in range(50):
        first = second = across = 0.0
        down = [0.0, 0.0]
        for x, right in pairs:
            likely = 1 / (1 + exp(-(at_zero + slope * x)))
            spread = likely * (1 - likely)
            down = [down[0] + right - likely, down[1] + (right - likely) * x]
            first, across, second = first + spread, across + spread * x, second + spread * x * x
        determinant = first * second - across**2
        at_zero += (second * down[0] - across * down[1]) / determinant
        slope += (first * down[1] - across * down[0]) / determinant
    _say(f"fitted slope {slope:.2f}, middle {-at_zero / slope:.2f}; set {scoring.slope}, {scoring.middle}\n")


def _report_cues() -> None:
    """Each cue with the tuned texts of its theme that it fires on, and the others."""
    fired: dict[tuple[int, str], Counter[bool]] = defaultdict(Counter)
    cues = matcher().cues
    for one in of_kinds(*TUNED):
        for cue in themes.mentions(one.article):
            fired[cues[cue].theme, cues[cue].term][cues[cue].theme in one.wanted] += 1
    for place, theme in enumerate(vocabulary().themes):
        _say(theme.label)
        for term, weight in theme.weights.items():
            if counts := fired.get((place, term)):
                _say(f"  {weight:>4} {term:10} {counts[True]:3} with it {counts[False]:3} without")


def _write_calibration() -> None:
    lines = [
        "# What the score of a theme is worth: each theme with a cue in a text, in bins by its score, from `from` up",
        "# to `to`; `right` are among the labels of the text. Measured on both halves of tests/golden/knowledge,",
        "# passages that another hand wrote and labelled without having seen the cues, and on the articles of",
        "# tests/masters. The two constants of the score, slope and middle, are fitted on these same texts; missing",
        "# cues were looked for in the development half and in the articles, but not in the held-out half.",
        "# Written by: python tests/bench_themes.py --calibration",
        f"texts: {len(of_kinds(*SHOWN))}",
        "bins:",
        *(f"  - {{from: {one.low}, to: {one.high}, tags: {one.tags}, right: {one.right}}}" for one in calibration()),
    ]
    CALIBRATION.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _sum(counters: Sequence[Counter[str]]) -> Counter[str]:
    return sum(counters, Counter())


def _line(found: Counter[str]) -> str:
    return f"precision {precision(found):.3f}, recall {recall(found):.3f} {dict(found)}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> None:
    """Print or write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cues", action="store_true")
    parser.add_argument("--calibration", action="store_true")
    asked = parser.parse_args()
    if asked.cues:
        _report_cues()
    elif asked.calibration:
        _write_calibration()
    else:
        _report_constants()
        _report_fit()
        for kind in KINDS:
            _say(f"{kind:12} {_line(tally(of_kinds(kind)))}")
        for one in calibration():
            _say(f"  {one.low:.2f} to {one.high:.2f}: {one.right} of {one.tags}")


if __name__ == "__main__":
    sys.exit(main())
