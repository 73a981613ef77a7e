"""Spam terms in place of words: a mirror that puts its client's name where 我 stood, in 我国 first of all.

A term is in the place of a word only where both sides say so: a clause begins, and what follows continues 我国. The
word is then a conjecture. Where such a term stands elsewhere on the same page, between Chinese on both sides, the word
it took is not to be known: the term goes and leaves a gap, the one kind of gap that does not keep its text. A text that
speaks about such a term never shows that shape and stays as it is.
Source: reference/brands.yml; the terms are those of reference/spam_lexicon.txt.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from shanhai.editlog import edit
from shanhai.records import Certainty
from shanhai.reference import load
from shanhai.restore.characters import HAN
from shanhai.restore.collocations import neighbours
from shanhai.restore.spam import spam_terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.records import Edit
    from shanhai.restore.context import Context

_CHINESE = re.compile(f"[{HAN}]")


class Replaced(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word, and what follows its place."""

    fill: str
    after: tuple[str, ...]


class Brands(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """reference/brands.yml."""

    before: tuple[str, ...]
    words: tuple[Replaced, ...]


@cache
def brands() -> Brands:
    """Where a spam term stands in place of a word."""
    return load("brands.yml", Brands)


def find(text: str, _context: Context) -> tuple[Edit, ...]:
    """Spam terms in place of words: SPAM-01 the word (conjecture), SPAM-02 a gap."""
    if not _headless().search(text):
        return ()
    terms = [(start, end) for _term, start, end in spam_terms().find_matches_as_indexes(text.lower())]
    words = {span: fill for span in terms if (fill := _word(text, span))}
    if not words or len(text.lower()) != len(text):
        return ()
    names = {text[slice(*span)].lower() for span in words}
    found = [edit("SPAM-01", text, span, fill, Certainty.CONJECTURE) for span, fill in words.items()]
    found += _gaps(text, [span for span in terms if span not in words and text[slice(*span)].lower() in names])
    return tuple(sorted(found, key=lambda one: one.start))


def _word(text: str, span: tuple[int, int]) -> str | None:
    """The word that the term took the place of, if both sides tell it."""
    before, after = neighbours(text, *span)
    if not before.endswith(brands().before):
        return None
    return next((one.fill for one in brands().words if after.startswith(one.after)), None)


@cache
def _headless() -> re.Pattern[str]:
    """What follows 我国, with something else before 国: far cheaper to look for than the terms."""
    tails = "|".join(re.escape(after[1:]) for one in brands().words for after in one.after)
    return re.compile(f"国(?<![我中全各外祖]国)(?:{tails})")


def _gaps(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Edit]:
    for start, end in spans:
        if start and _CHINESE.match(text[start - 1]) and _CHINESE.match(text[end : end + 1]):
            yield edit("SPAM-02", text, (start, end), certainty=Certainty.GAP)
