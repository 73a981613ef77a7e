"""What the reference files say about the lines around an article, as typed, cached values and compiled patterns."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from shanhai import reference

if TYPE_CHECKING:
    from collections.abc import Iterable


class Surnames(msgspec.Struct, frozen=True):
    """Surnames of two characters, and those of one as one string; `word_like` ones open many ordinary words."""

    compound: tuple[str, ...]
    word_like: str
    single: str


class Captions(msgspec.Struct, frozen=True):
    """How photo captions open and close, and the words of a scene."""

    openings: tuple[str, ...]
    closings: tuple[str, ...]
    credit_labels: tuple[str, ...]
    scene_words: tuple[str, ...]
    scene_places: tuple[str, ...]


class Notes(msgspec.Struct, frozen=True):
    """How a note on the article opens; `author_openings` are those that say who the author is."""

    openings: tuple[str, ...]
    author_openings: tuple[str, ...]


class Limits(msgspec.Struct, frozen=True):
    """Lengths that tell the parts of a page apart, in the unit that the name ends in."""

    headline_min_chars: int
    headline_max_chars: int
    heading_max_chars: int
    quoted_heading_max_chars: int
    field_line_max_chars: int
    source_max_chars: int
    caption_max_chars: int
    derived_title_max_chars: int
    derived_title_min_chars: int
    head_zone_lines: int
    tail_zone_lines: int
    article_min_han: int


class Vocabulary(msgspec.Struct, frozen=True):
    """The content of `reference/bylines.yml`; the file says what each list is for."""

    labels: dict[str, tuple[str, ...]]
    roles: tuple[str, ...]
    role_prefixes: tuple[str, ...]
    role_closings: tuple[str, ...]
    compiler_closings: tuple[str, ...]
    compiled: tuple[str, ...]
    self_names: frozenset[str]
    compiler_suffixes: tuple[str, ...]
    compiling_verbs: tuple[str, ...]
    strokes: dict[str, tuple[str, ...]]
    house_voices: tuple[str, ...]
    post_titles: tuple[str, ...]
    bullets: str
    buttons: tuple[str, ...]
    anonymous: frozenset[str]
    group_suffixes: tuple[str, ...]
    surnames: Surnames
    given_name_characters: str
    words_not_names: frozenset[str]
    section_labels: frozenset[str]
    editor_note_openings: tuple[str, ...]
    editor_note_verbs: tuple[str, ...]
    editor_note_ends: tuple[str, ...]
    captions: Captions
    notes: Notes
    author_note_verbs: tuple[str, ...]
    affiliation_verbs: tuple[str, ...]
    not_titles: frozenset[str]
    kicker_endings: tuple[str, ...]
    lead_adverbials: tuple[str, ...]
    anniversaries: dict[str, int]
    years_named: dict[str, int]
    site_suffixes: tuple[str, ...]
    limits: Limits


class Publications(msgspec.Struct, frozen=True):
    """The content of `reference/publications.yml`."""

    agencies: tuple[str, ...]
    papers: tuple[str, ...]
    journals: tuple[str, ...]
    broadcasters: tuple[str, ...]
    sites: tuple[str, ...]
    same_agency: dict[str, frozenset[str]]
    relay_words: tuple[str, ...]
    relay_closings: tuple[str, ...]
    dressing: tuple[str, ...]
    suffixes: tuple[str, ...]

    @property
    def names(self) -> frozenset[str]:
        """All names of the list."""
        return frozenset((*self.agencies, *self.papers, *self.journals, *self.broadcasters, *self.sites))


@cache
def vocabulary() -> Vocabulary:
    """The words that surround an article."""
    return reference.load("bylines.yml", Vocabulary)


@cache
def publications() -> Publications:
    """Well-known publications."""
    return reference.load("publications.yml", Publications)


@cache
def publication_names() -> frozenset[str]:
    """The names of all well-known publications."""
    return publications().names


@cache
def limits() -> Limits:
    """Lengths that tell the parts of a page apart."""
    return vocabulary().limits


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def spaced_any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, with white space allowed between their characters."""
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return "|".join(r"\s*".join(re.escape(sign) for sign in word if not sign.isspace()) for word in ordered)
