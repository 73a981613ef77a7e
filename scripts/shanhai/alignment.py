"""The raw and the clean text side by side: the passes of an edit log as one sequence of pieces.

Pieces cover both texts completely and in order. Each pass's edits count in the text that the pass before gave;
`align` joins neighbouring passes two by two until one list of changes leads from the raw text straight to the clean
one, in O(n log p) for n edits in p passes, however long the text.

What a later edit does to an earlier change:
- a removal, and a sure edit that replaces character by character, are cut at the changes that they meet, so that each
  keeps its own piece: what was gone before is still the work of the rule that removed it first;
- any other edit that overlaps changes is joined with them to one piece, whose raw part is everything they touched;
- an edit that takes another back leaves a piece that is the same on both sides and still names both rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from shanhai.records import Certainty, Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.records import EditPass

_DOUBT = (Certainty.GAP, Certainty.CONJECTURE)


class Piece(msgspec.Struct, frozen=True, gc=False):
    """`raw_text[raw_start:raw_end]` and what became of it, `clean_text[clean_start:clean_end]`.

    `edits` are those that made the one of the other, in the order in which they were applied; a piece without any is
    the same in both texts.
    """

    raw_start: int
    raw_end: int
    clean_start: int
    clean_end: int
    edits: tuple[Edit, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules that made it, the first one first, each once."""
        return tuple(dict.fromkeys(one.rule for one in self.edits))

    @property
    def certainty(self) -> Certainty:
        """That of the least sure edit."""
        if len(self.edits) == 1:
            return self.edits[0].certainty
        found = {one.certainty for one in self.edits}
        return next((one for one in _DOUBT if one in found), Certainty.SURE)


def align(raw_length: int, log: Sequence[EditPass]) -> tuple[Piece, ...]:
    """The pieces of a text of so many characters and of what the log makes of it."""
    return tuple(_covered(raw_length, _composed([_changes(one.edits) for one in log])))


def _covered(raw_length: int, changes: Sequence[Piece]) -> Iterator[Piece]:
    """The changes with what is between them."""
    raw = clean = 0
    for one in changes:
        if raw < one.raw_start:
            yield Piece(raw, one.raw_start, clean, one.clean_start)
        yield one
        raw, clean = one.raw_end, one.clean_end
    if raw < raw_length:
        yield Piece(raw, raw_length, clean, clean + raw_length - raw)


def _composed(passes: list[list[Piece]]) -> list[Piece]:
    """One list of changes for many passes: neighbours are joined, then their joints, so that each level costs n."""
    while len(passes) > 1:
        odd = passes[len(passes) // 2 * 2 :]
        passes = [_joined(*pair) for pair in zip(passes[::2], passes[1::2], strict=False)] + odd
    return passes[0] if passes else []


def _changes(edits: Sequence[Edit]) -> list[Piece]:
    """The edits of one pass as changes, those that are sure as narrow as they can be told."""
    found: list[Piece] = []
    shift = 0
    for one in edits:
        for start, end, after in _spans(one):
            left = one.start + start
            found.append(Piece(left, one.start + end, left + shift, left + shift + after, (one,)))
            shift += after - (end - start)
    return found


def _spans(one: Edit) -> list[tuple[int, int, int]]:
    """Where in `before` characters change, and by how many they are replaced; doubt is never narrowed."""
    before, after = one.before, one.after
    whole = [(0, len(before), len(after))]
    if not before or not after or before == after or one.certainty is not Certainty.SURE:
        return whole
    if len(before) == len(after):
        return _runs(before, after) if len(before) > 1 else whole
    least = min(len(before), len(after))
    left = next((n for n in range(least) if before[n] != after[n]), least)
    right = next((n for n in range(least - left) if before[-1 - n] != after[-1 - n]), least - left)
    return [(left, len(before) - right, len(after) - left - right)]


def _runs(before: str, after: str) -> list[tuple[int, int, int]]:
    """The runs of characters that differ in two texts of one length."""
    runs: list[tuple[int, int, int]] = []
    start = None
    for at, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new and start is None:
            start = at
        elif old == new and start is not None:
            runs.append((start, at, at - start))
            start = None
    return runs if start is None else [*runs, (start, len(before), len(before) - start)]


def _joined(first: Sequence[Piece], second: Sequence[Piece]) -> list[Piece]:
    """The changes of two neighbouring passes as those of one; the text between them is called the middle here."""
    second = _cut(second, first)
    found: list[Piece] = []
    one = two = 0
    back = forth = 0  # from the middle to the raw text, and from the middle to the clean one
    while one < len(first) or two < len(second):
        earlier = first[one] if one < len(first) else None
        later = second[two] if two < len(second) else None
        if earlier and (later is None or earlier.clean_end <= later.raw_start):
            found.append(_moved(earlier, clean=forth))
            back += _growth(earlier, -1)
            one += 1
        elif later and (earlier is None or later.raw_end <= earlier.clean_start):
            found.append(_moved(later, raw=back))
            forth += _growth(later)
            two += 1
        elif earlier and later:
            last_one, last_two, span = _cluster(first, second, one, two)
            raw_start, clean_start = span[0] + back, span[0] + forth
            back += sum(_growth(piece, -1) for piece in first[one:last_one])
            forth += sum(_growth(piece) for piece in second[two:last_two])
            edits = [edit for piece in (*first[one:last_one], *second[two:last_two]) for edit in piece.edits]
            found.append(Piece(raw_start, span[1] + back, clean_start, span[1] + forth, tuple(edits)))
            one, two = last_one, last_two
    return found


def _cluster(first: Sequence[Piece], second: Sequence[Piece], one: int, two: int) -> tuple[int, int, tuple[int, int]]:
    """Where the changes end that overlap one another from `first[one]` and `second[two]` on, and their middle span."""
    start = min(first[one].clean_start, second[two].raw_start)
    end = max(first[one].clean_end, second[two].raw_end)
    one, two = one + 1, two + 1
    while True:
        if one < len(first) and first[one].clean_start < end:
            end = max(end, first[one].clean_end)
            one += 1
        elif two < len(second) and second[two].raw_start < end:
            end = max(end, second[two].raw_end)
            two += 1
        else:
            return one, two, (start, end)


def _cut(second: Sequence[Piece], first: Sequence[Piece]) -> list[Piece]:
    """The changes of the second pass, those that may be cut where changes of the first begin and end."""
    found: list[Piece] = []
    number = 0
    for one in second:
        while number < len(first) and first[number].clean_end <= one.raw_start:
            number += 1
        at, position = number, one.raw_start
        if number < len(first) and first[number].clean_start < one.raw_end and _may_be_cut(one):
            while at < len(first) and first[at].clean_start < one.raw_end:
                for bound in (first[at].clean_start, first[at].clean_end):
                    if position < bound < one.raw_end:
                        found.append(_part(one, position, bound))
                        position = bound
                at += 1
            number = at - 1
        found.append(_part(one, position, one.raw_end) if position > one.raw_start else one)
    return found


def _may_be_cut(one: Piece) -> bool:
    if one.clean_start == one.clean_end:
        return True
    edit = one.edits[0]
    is_by_character = len(edit.before) == len(edit.after) and edit.certainty is Certainty.SURE
    return len(one.edits) == 1 and is_by_character and edit.before != edit.after


def _part(one: Piece, start: int, end: int) -> Piece:
    """The part of a change that `[start:end]` of its raw side led to."""
    if one.clean_start == one.clean_end:
        return Piece(start, end, one.clean_start, one.clean_end, one.edits)
    shift = one.clean_start - one.raw_start
    return Piece(start, end, start + shift, end + shift, one.edits)


def _growth(one: Piece, direction: int = 1) -> int:
    """How much longer the clean part is than the raw one, or with -1 how much shorter."""
    return direction * (one.clean_end - one.clean_start - one.raw_end + one.raw_start)


def _moved(one: Piece, raw: int = 0, clean: int = 0) -> Piece:
    return Piece(one.raw_start + raw, one.raw_end + raw, one.clean_start + clean, one.clean_end + clean, one.edits)
