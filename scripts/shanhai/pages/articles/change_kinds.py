"""The kinds of change that a reader tells apart, and where a line went that left the text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from shanhai.pages.wording import date_words
from shanhai.reference import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shanhai.records import DescribedArticle


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of change: its names, its rules (families or ids), and whether its changes go without a number."""

    zh: str
    en: str
    rules: tuple[str, ...]
    plain: bool = False


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A field that a line moved to: its name in the records and on the page."""

    field: str
    zh: str


class ChangeKinds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """reference/change_kinds.yml."""

    kinds: dict[str, Kind]
    fields: dict[str, Field]


def kinds() -> Mapping[str, Kind]:
    """All kinds by name, those first that a reader asks for first."""
    return _known().kinds


@cache
def kind_of(rule: str) -> str:
    """The name of the kind that a rule belongs to; of an unlisted rule the one for restored characters."""
    by_rule = _by_rule()
    return by_rule.get(rule) or by_rule.get(rule.rpartition("-")[0]) or "restored"


@cache
def is_plain(rule: str) -> bool:
    """Whether the changes of a rule are told at sight and carry no number."""
    return kinds()[kind_of(rule)].plain


def moved_to(rule: str, described: DescribedArticle) -> tuple[str, str] | None:
    """The name and the content of the field that a rule moves a line to; `None` for a rule that moves none."""
    known = _known().fields.get(rule)
    if known is None:
        return None
    said = date_words(described) if known.field == "date" else getattr(described, known.field)
    return known.zh, "、".join(said) if isinstance(said, tuple) else said or ""


@cache
def _known() -> ChangeKinds:
    return load("change_kinds.yml", ChangeKinds)


@cache
def _by_rule() -> dict[str, str]:
    return {rule: name for name, kind in kinds().items() for rule in kind.rules}
