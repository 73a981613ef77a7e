"""What no reader is shown: spam, of which a page and a terminal tell the length and the hash alone."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from shanhai.restore.spam import spam_terms

if TYPE_CHECKING:
    from shanhai.records import Edit

SPAM = "SPAM"
"""A rule with this word in its id takes spam away."""

SPAM_IN_ENTITY = "ENTITY-03"
HASH_DIGITS = 16
LONGEST_SHOWN_CHARS = 40


def removes_spam(one: Edit) -> bool:
    """Whether the edit removes spam: by its rule, or as what it takes away holds a term of the lexicon."""
    if SPAM in one.rule or one.rule == SPAM_IN_ENTITY:
        return True
    return len(one.before) > len(one.after) and _holds_term(one.before)


def fingerprint(text: str) -> str:
    """The first digits of the SHA-256 of a text that is not shown."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:HASH_DIGITS]


def shown_before(edit: Edit) -> str:
    """What stood in the source before an edit, as far as it may be shown."""
    if removes_spam(edit):
        return f"[{len(edit.before)} 字]"
    if edit.before and not edit.before.strip():
        return "[空白]"
    cut = edit.before[:LONGEST_SHOWN_CHARS]
    return cut + ("…" if len(edit.before) > len(cut) else "")


def _holds_term(text: str) -> bool:
    """Halves of surrogate pairs, which no term has, count as question marks."""
    whole = text.lower().encode("utf-8", "replace").decode()
    return bool(spam_terms().find_matches_as_indexes(whole))
