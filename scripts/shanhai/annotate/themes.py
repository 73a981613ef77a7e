"""Themes of an article and of its sections, each with the cue terms in the text that speak for it."""

from __future__ import annotations

from math import exp, log, log2, sqrt
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import theme_hits
from shanhai.annotate.theme_matcher import matcher
from shanhai.annotate.vocabulary import themes, vocabulary
from shanhai.records import DescribedArticle, Evidence, ThemeTag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.annotate.theme_hits import Hits

RULE_TEXT = "THEME-01"
RULE_HEADING = "THEME-02"
GAINS = tuple(log2(1 + mentions) for mentions in range(256))
"""What so many mentions of a cue are worth; beyond the last, one more adds nothing that counts."""


class Tagged(NamedTuple):
    """The themes of a whole article, and the labels of those of each of its sections."""

    article: tuple[ThemeTag, ...]
    sections: tuple[tuple[str, ...], ...]


def find(described: DescribedArticle) -> tuple[ThemeTag, ...]:
    """The article's themes, in the order of the vocabulary; none where no theme is strong enough.

    Title, headings, paragraphs and quotes count, captions and notes do not. A derived title is part of the text
    already and does not count again. How the score comes about stands in `reference/themes.yml`.
    """
    return find_all(described, ()).article


def find_all(described: DescribedArticle, spans: Sequence[tuple[int, int]], hits: Hits | None = None) -> Tagged:
    """The themes of the article and of each part `text[start:end]` of it, from one pass over the text.

    A part is made up of whole blocks, and is judged on its own words alone, by the same rule. `hits` are those of
    `theme_hits.find`, where they are known.
    """
    hits = hits or theme_hits.find(described)
    counted = _with_title(theme_hits.mentions(hits), described)
    least = _least_excess()
    found = _strong(_points(counted), counted_chars(described), least)
    told = [_strong(_points(theme_hits.mentions_within(hits, start, end)), end - start, least) for start, end in spans]
    labels = [theme.label for theme in themes()]
    return Tagged(
        _tags(found, counted, hits),
        tuple([tuple([labels[theme] for theme, _ in part]) for part in told]),
    )


def mentions(described: DescribedArticle) -> dict[int, int]:
    """Of each cue how often the article mentions it, its title included."""
    return _with_title(theme_hits.mentions(theme_hits.find(described)), described)


def counted_chars(described: DescribedArticle) -> int:
    """How many characters of the text can speak for a theme."""
    return sum([block.end - block.start for block in described.blocks if block.kind not in theme_hits.SILENT_BLOCKS])


def scores(counted: dict[int, int], length: int) -> dict[int, float]:
    """The score of each theme that has a cue among the mentions, by its place in the vocabulary.

    It rises with the points alone, and says what share of such tags is right.
    """
    points = _points(counted)
    need = _need(points, length)
    return {theme: _score(point / need) for theme, point in points.items()}


def _with_title(counted: dict[int, int], described: DescribedArticle) -> dict[int, int]:
    """The mentions with those in the title, which counts only for a theme that the text has too."""
    if described.title and not described.title_derived:
        cues = theme_hits.in_title(described.title)
        theme_of, counts = matcher().theme_of, vocabulary().scoring.title_mentions
        told = {theme_of[cue] for cue in counted} if cues else ()
        for cue in cues:
            if theme_of[cue] in told:
                counted[cue] = counted.get(cue, 0) + counts
    return counted


def _points(counted: dict[int, int]) -> dict[int, float]:
    """Of each theme with a cue in the text the weighted mentions of its cues, in the order of the vocabulary.

    Each further mention adds less. A cue that is repeated is as good as two.
    """
    known, (_, _, theme_of, weight_of, _, _, _) = vocabulary(), matcher()
    scoring, gains, most = known.scoring, GAINS, len(GAINS) - 1
    repeated = scoring.repeated_mentions
    points = [0.0] * len(known.themes)
    distinct = [0] * len(points)
    for cue, number in counted.items():
        theme = theme_of[cue]
        if number == 1:
            points[theme] += weight_of[cue]
            distinct[theme] += 1
        else:
            points[theme] += weight_of[cue] * gains[min(number, most)]
            distinct[theme] += 1 if number < repeated else 2
    alone = scoring.single_cue
    return {theme: point if distinct[theme] > 1 else alone * point for theme, point in enumerate(points) if point}


def _need(points: dict[int, float], length: int) -> float:
    """How many points a theme needs among these in a text of so many characters."""
    scoring = vocabulary().scoring
    by_length: float = scoring.points_needed * max(length / 1000, scoring.shortest_thousands) ** scoring.length_exponent
    return by_length + scoring.root_of_strongest * sqrt(max(points.values(), default=0.0))


def _score(excess: float) -> float:
    """The score of a theme with so many times the points that it needs."""
    scoring = vocabulary().scoring
    return 1 / (1 + exp(-scoring.slope * (log2(excess) - scoring.middle)))


def _least_excess() -> float:
    """How many times the points that it needs a theme has to have for a tag."""
    scoring = vocabulary().scoring
    odds = scoring.score_needed / (1 - scoring.score_needed)
    return exp(log(2) * (scoring.middle + log(odds) / scoring.slope))


def _strong(points: dict[int, float], length: int, least: float) -> list[tuple[int, float]]:
    """The themes with the score that a tag needs, in the order of the vocabulary, each with points by need."""
    need = _need(points, length)
    needed = least * need
    strong = [(theme, point / need) for theme, point in points.items() if point >= needed]
    if len(strong) > vocabulary().scoring.most_themes:
        strong.sort(key=lambda one: (-one[1], one[0]))
        strong = sorted(strong[: vocabulary().scoring.most_themes])
    return strong


def _tags(found: Sequence[tuple[int, float]], counted: dict[int, int], hits: Hits) -> tuple[ThemeTag, ...]:
    """The tags of these themes, each with its evidence."""
    if not found:
        return ()
    known = themes()
    first = dict(zip(reversed(hits.cues), reversed(hits.starts), strict=True))
    weighed: dict[int, list[tuple[float, int, int]]] = {theme: [] for theme, _ in found}
    _, _, theme_of, weight_of, _, _, _ = matcher()
    gains, most = GAINS, len(GAINS) - 1
    for cue, number in counted.items():
        theme = theme_of[cue]
        if theme in weighed and cue in first:
            gain = 1.0 if number == 1 else gains[min(number, most)]
            weighed[theme].append((-weight_of[cue] * gain, first[cue], cue))
    return tuple(
        [
            ThemeTag(
                label=known[theme].label,
                score=round(_score(excess), 4),
                evidence=_evidence(weighed[theme], hits.headed),
            )
            for theme, excess in found
        ]
    )


def _evidence(weighed: list[tuple[float, int, int]], headed: frozenset[int]) -> tuple[Evidence, ...]:
    """The first mentions of the cues that weigh most, in the order of the text.

    A cue is given as what its mentions weigh, negative, where the first one starts, and its number.
    """
    cues, evidence = matcher().cues, []
    weighed.sort()
    for start, cue in sorted([(start, cue) for _, start, cue in weighed[: vocabulary().scoring.most_evidence]]):
        _, term, _, score = cues[cue]
        rule = RULE_HEADING if start in headed else RULE_TEXT
        evidence.append(Evidence(quote=term, start=start, end=start + len(term), rule=rule, score=score))
    return tuple(evidence)
