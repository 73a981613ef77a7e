"""Where conjectures and gaps of the edit log stand in the clean text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from shanhai import editlog
from shanhai.describe.digest import own_log
from shanhai.records import Certainty, DescribedArticle, Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.editlog import Shifts


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A conjecture or gap; `clean_text[start:end]` is what it led to, both `None` where that cannot be followed."""

    edit: Edit
    start: int | None
    end: int | None

    @property
    def is_gap(self) -> bool:
        """Whether nothing could be read here."""
        return self.edit.certainty is Certainty.GAP

    @property
    def of_page(self) -> bool:
        """Whether the doubt is about the text as a whole."""
        return self.edit.rule.startswith("PAGE-")


def is_doubtful(described: DescribedArticle) -> bool:
    """Whether a reader meets a conjecture or a gap in the article."""
    return any(edit.certainty is not Certainty.SURE for one in own_log(described.log) for edit in one.edits)


def doubtful(described: DescribedArticle) -> list[Mark]:
    """All conjectures and gaps of an article: those in the text in its order, then those that left it."""
    marks = list(_followed(described))
    return sorted(marks, key=lambda mark: (mark.start is None, mark.start or 0, mark.end or 0))


def _followed(described: DescribedArticle) -> Iterator[Mark]:
    own = own_log(described.log)
    shifts = [editlog.Shifts(one_pass.edits) for one_pass in described.log]
    for number, one_pass in enumerate(described.log):
        shift = 0
        later = shifts[number + 1 :]
        kept = None if own is described.log else frozenset(own[number].edits)
        for edit in one_pass.edits:
            if edit.certainty is not Certainty.SURE and (kept is None or edit in kept):
                yield _mark(edit, edit.start + shift, later)
            shift += len(edit.after) - len(edit.before)


def _mark(edit: Edit, position: int, later: Sequence[Shifts]) -> Mark:
    """The mark in the clean text; without a place where later repairs took everything away that it led to."""
    start, end = editlog.span_to_clean(position, position + len(edit.after), later)
    gone = bool(edit.after) and start == end
    return Mark(edit=edit, start=None if gone else start, end=None if gone else end)
