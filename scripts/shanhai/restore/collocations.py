"""Phrases with a hidden part, `支部〔书记〕`, and what fits a place of a text by its neighbours."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NEIGHBOUR_MAX_CHARS = 12
"""The longest side of a phrase in the reference files has 9 characters."""
_HIDDEN = re.compile("〔(.+?)〕")
_CHOICE = re.compile(r"\(([^()]*)\)")


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases with one reason; `unless_left` and `unless_right` must not stand beside the hidden part."""

    why: str
    phrases: tuple[str, ...]
    unless_left: tuple[str, ...] = ()
    unless_right: tuple[str, ...] = ()


class Phrase(NamedTuple):
    """A hidden part and its sides: one of `left` ends before it and one of `right` begins after it; none: any."""

    fill: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    unless_left: tuple[str, ...]
    unless_right: tuple[str, ...]

    def fits(self, before: str, after: str) -> bool:
        """Whether the phrase can stand here."""
        if self.unless_left and before.endswith(self.unless_left):
            return False
        if self.unless_right and after.startswith(self.unless_right):
            return False
        return (not self.left or before.endswith(self.left)) and (not self.right or after.startswith(self.right))


class Collocations:
    """Phrases in their order, found by the character before the hidden part, or else the one after it."""

    def __init__(self, groups: Sequence[Group], lists: Mapping[str, tuple[str, ...]]) -> None:
        self.phrases = tuple(_phrase(one, group, lists) for group in groups for one in group.phrases)
        self._by_last: dict[str, list[Phrase]] = {}
        self._by_first: dict[str, list[Phrase]] = {}
        for phrase in self.phrases:
            for key in sorted({side[-1] for side in phrase.left}):
                self._by_last.setdefault(key, []).append(phrase)
            for key in sorted({side[0] for side in phrase.right} if not phrase.left else ()):
                self._by_first.setdefault(key, []).append(phrase)

    def find(self, text: str, start: int, end: int) -> Phrase | None:
        """The first phrase whose hidden part may stand for `text[start:end]`; a line ends at both ends of the text."""
        last, first = text[start - 1 : start] or "\n", text[end : end + 1] or "\n"
        if last not in self._by_last and first not in self._by_first:
            return None
        return next(self.find_all(text, start, end), None)

    def find_all(self, text: str, start: int, end: int) -> Iterator[Phrase]:
        """All phrases whose hidden part may stand for `text[start:end]`."""
        before, after = neighbours(text, start, end)
        candidates = (*self._by_last.get(before[-1], ()), *self._by_first.get(after[0], ()))
        return (phrase for phrase in candidates if phrase.fits(before, after))


def neighbours(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a span, with a line break where the text ends."""
    before = text[max(0, start - NEIGHBOUR_MAX_CHARS) : start]
    after = text[end : end + NEIGHBOUR_MAX_CHARS]
    return ("\n" + before if start <= NEIGHBOUR_MAX_CHARS else before), after or "\n"


def _phrase(written: str, group: Group, lists: Mapping[str, tuple[str, ...]]) -> Phrase:
    left, fill, right = _HIDDEN.split(written)
    before, after = (tuple(_expanded(side, lists)) if side else () for side in (left, right))
    return Phrase(fill, before, after, group.unless_left, group.unless_right)


def _expanded(side: str, lists: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Every string that a side with its choices stands for."""
    for name, words in lists.items():
        side = side.replace("{" + name + "}", "|".join(words))
    parts = _CHOICE.split(re.sub(r"^([^()]*\|[^()]*)$", r"(\1)", side))
    choices = [part.split("|") if number % 2 else [part] for number, part in enumerate(parts)]
    return map("".join, product(*choices))
