"""The closed vocabulary of themes: labels, definitions, cue terms and how they are scored."""

from __future__ import annotations

from functools import cache

import msgspec

from shanhai import reference


class Definition(msgspec.Struct, frozen=True, kw_only=True):
    """What a theme takes in and what it leaves out, in two sentences each."""

    zh: str
    en: str


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """A theme: `label` is its Chinese name and tag, `slug` its ASCII name for paths, `en` its English name.

    `cues` maps a weight to the terms of that weight; in `exclusions` a cue of this theme does not count.
    """

    label: str
    slug: str
    en: str
    definition: Definition
    cues: dict[float, tuple[str, ...]]
    exclusions: tuple[str, ...]

    @property
    def weights(self) -> dict[str, float]:
        """Each cue term with its weight, in the order of the file."""
        return {cue: weight for weight, cues in self.cues.items() for cue in cues}


class Scoring(msgspec.Struct, frozen=True, kw_only=True):
    """The constants of the score; what each one does and where it comes from stands in `themes.yml`."""

    points_needed: float
    shortest_thousands: float
    length_exponent: float
    root_of_strongest: float
    single_cue: float
    repeated_mentions: int
    heading_mentions: int
    title_mentions: int
    list_gap_chars: int
    list_themes: int
    slope: float
    middle: float
    score_needed: float
    most_themes: int
    most_evidence: int


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of `themes.yml`."""

    scoring: Scoring
    themes: tuple[Theme, ...]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary with its scoring, read once."""
    return reference.load("themes.yml", Vocabulary)


def themes() -> tuple[Theme, ...]:
    """All themes, in the order in which they are listed everywhere."""
    return vocabulary().themes
