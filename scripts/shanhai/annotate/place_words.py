"""What the rules for places know about Chinese, from `reference/place_words.yml`."""

from __future__ import annotations

from functools import cache

import msgspec

from shanhai import reference


class PlaceWords(msgspec.Struct, frozen=True):
    """What the rules for places know about Chinese: `reference/place_words.yml` says what each entry is."""

    regions: dict[str, tuple[str, ...]]
    common_words: frozenset[str]
    generic_units: frozenset[str]
    not_places: tuple[str, ...]
    followers: dict[str, tuple[str, ...]]
    institution_heads: tuple[str, ...]
    kind_first: str
    link_words: str
    place_before: str
    borders: frozenset[str]
    surnames: str
    cut_after: dict[str, str]
    two_words: str
    agencies: tuple[str, ...]
    list_count: tuple[str, ...]
    list_places: tuple[str, ...]
    passing_before: tuple[str, ...]
    passing_links: str
    passing_after: tuple[str, ...]
    party_before: tuple[str, ...]
    party_after: tuple[str, ...]
    scene_before: tuple[str, ...]
    scene_never_behind: tuple[str, ...]
    scene_begins_never_behind: tuple[str, ...]
    pair_after: tuple[str, ...]
    both_behind: str


@cache
def words() -> PlaceWords:
    """The words and patterns of the rules for places."""
    return reference.load("place_words.yml", PlaceWords)
