"""The source and the clean text in rows: a passage beside its block, and between them the lines that went."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from shanhai.alignment import Piece, align
from shanhai.pages.articles.change_kinds import is_plain
from shanhai.records import Certainty
from shanhai.unshown import SPAM, removes_spam

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence

    from shanhai.records import DescribedArticle, Edit

OTHER_ITEMS = "DIGEST-01"
"""The rule by which the other items of a digest left; what stands within one of its removals left with them."""

_LINES = re.compile(r"\n|[^\n]+")
_BREAK = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


class Passage(msgspec.Struct, gc=False):
    """A block of the clean text, by its number, and the pieces that it came from, the rest of their lines included."""

    block: int
    pieces: list[Piece]


class Removed(msgspec.Struct, gc=False):
    """Neighbouring lines of the source that one rule took out; `rule` is "" where nothing but white space went."""

    rule: str
    lines: list[list[Piece]]


class Between(msgspec.Struct, gc=False):
    """What stands between two passages: the rest of the first's last line, whole lines, the start of the second's."""

    behind: list[Piece]
    lines: list[Removed]
    ahead: list[Piece]


def rows(described: DescribedArticle) -> Iterator[Passage | Removed]:
    """The whole source and the whole clean text, in order; every piece stands in one row."""
    raw = described.raw.text
    passage: Passage | None = None
    waiting: list[Piece] = []
    for piece, block in _placed(described):
        if block is None:
            waiting.append(piece)
            continue
        if passage and passage.block == block:
            passage.pieces += [*waiting, piece]
        else:
            between = _parted(waiting, raw, after=passage is not None)
            yield from _ended(passage, between)
            passage = Passage(block, [*between.ahead, piece])
        waiting = []
    between = _parted(waiting, raw, after=passage is not None)
    if between.ahead and (between.lines or not passage):
        _add_line(between.lines, _rule_of(between.ahead, raw), between.ahead)
    elif between.ahead:
        between.behind += between.ahead
    yield from _ended(passage, between)


def inner(passage: Passage, described: DescribedArticle) -> Sequence[Piece]:
    """The pieces of a passage without the white space that parts it from its neighbours: indents, line breaks."""
    pieces = passage.pieces
    start, end = 0, len(pieces)
    while end > start and _is_blank(pieces[end - 1], described):
        end -= 1
    while start < end and _is_blank(pieces[start], described):
        start += 1
    return pieces[start:end]


def is_unchanged(passage: Passage, described: DescribedArticle) -> bool:
    """Whether the passage reads the same in both texts, the white space around it apart."""
    return not any(one.edits for one in inner(passage, described))


def is_spam(pieces: Iterable[Piece]) -> bool:
    """Whether any of the pieces went as spam."""
    return any(removes_spam(edit) for one in pieces for edit in one.edits)


def whole_spans(pieces: Sequence[Piece], is_meant: Callable[[Edit], bool]) -> dict[int, int]:
    """The numbers of all pieces within what such edits touched, each with the number that its span begins with.

    Between two pieces of one removal stands only what had gone before, and it belongs to what was removed.
    """
    ends: dict[int, tuple[int, int]] = {}
    for number, one in enumerate(pieces):
        for edit in one.edits:
            if is_meant(edit):
                ends[id(edit)] = ends.get(id(edit), (number,))[0], number
    return {number: first for first, last in ends.values() for number in range(first, last + 1)}


def _ended(passage: Passage | None, between: Between) -> Iterator[Passage | Removed]:
    if passage:
        passage.pieces += between.behind
        yield passage
    yield from between.lines


def _placed(described: DescribedArticle) -> Iterator[tuple[Piece, int | None]]:
    """The pieces, cut at line breaks, each with the number of the block that it stands in, if any."""
    blocks = described.blocks
    number = 0
    for one in _at_line_breaks(align(len(described.raw.text), described.log), described.raw.text):
        while number < len(blocks) and blocks[number].end <= one.clean_start < one.clean_end:
            number += 1
        inside = one.clean_start < one.clean_end and number < len(blocks) and one.clean_end > blocks[number].start
        yield one, number if inside else None


def _at_line_breaks(pieces: Iterable[Piece], raw: str) -> Iterator[Piece]:
    for one in pieces:
        gone = one.clean_start == one.clean_end
        if (one.edits and not gone) or raw.find("\n", one.raw_start, one.raw_end) < 0:
            yield one
            continue
        shift = one.clean_start - one.raw_start
        for line in _LINES.finditer(raw, one.raw_start, one.raw_end):
            start, end = line.span()
            clean = (one.clean_start, one.clean_start) if gone else (start + shift, end + shift)
            yield Piece(start, end, *clean, one.edits)


def _parted(pieces: Sequence[Piece], raw: str, *, after: bool) -> Between:
    """The pieces behind a passage (if there is one: `after`), parted at line breaks; blank lines go with the next."""
    others = whole_spans(pieces, _leaves_to_other_items)
    start = _end_of_line(pieces, raw, others) if after else 0
    lines: list[Removed] = []
    blank: list[Piece] = []
    line: list[Piece] = []
    for number in range(start, len(pieces)):
        is_other = number in others
        if is_other and number - 1 not in others and (rule := _rule_of(line, raw)):
            _add_line(lines, rule, [*blank, *line])
            blank, line = [], []
        line.append(pieces[number])
        if number + 1 in others if is_other else not _is_break(pieces[number], raw):
            continue
        rule = OTHER_ITEMS if is_other else _rule_of(line, raw)
        if rule:
            _add_line(lines, rule, [*blank, *line])
            blank = []
        else:
            blank += line
        line = []
    return Between(list(pieces[:start]), lines, [*blank, *line])


def _end_of_line(pieces: Sequence[Piece], raw: str, others: Container[int]) -> int:
    """How many of the pieces behind a passage end its last line, markup up to the line's own end included."""
    end = next((n for n, one in enumerate(pieces) if n in others or _is_break(one, raw)), None)
    if end is None:
        return len(pieces)
    if end in others:
        return end
    own = next(
        (n for n in range(end, len(pieces)) if n in others or "\n" in raw[pieces[n].raw_start : pieces[n].raw_end]), end
    )
    return own + 1 if own not in others and not _rule_of(pieces[end + 1 : own + 1], raw) else end + 1


def _add_line(lines: list[Removed], rule: str, line: list[Piece]) -> None:
    """One more line, with its neighbours of the same rule; a blank one goes with whatever is there."""
    if lines and not rule:
        lines[-1].lines[-1] += line
    elif lines and rule == lines[-1].rule:
        lines[-1].lines.append(line)
    else:
        lines.append(Removed(rule, [line]))


def _leaves_to_other_items(edit: Edit) -> bool:
    return edit.rule == OTHER_ITEMS


def _rule_of(line: Sequence[Piece], raw: str) -> str:
    """The rule that took most of a line, a rule of spam before all others; "" for nothing but space and markup."""
    weights: Counter[str] = Counter()
    for one in line:
        characters = len("".join(raw[one.raw_start : one.raw_end].split()))
        if one.edits and characters and not is_plain(one.edits[-1].rule):
            weights[one.edits[-1].rule] += characters
    return max(weights, key=lambda rule: (SPAM in rule, weights[rule]), default="")


def _is_break(one: Piece, raw: str) -> bool:
    """Whether a line ends with the piece, by the source's own sign or by one that an edit put there."""
    if not one.edits:
        return raw[one.raw_start] == "\n"
    return bool(_BREAK.search(raw, one.raw_start, one.raw_end)) or any("\n" in edit.after for edit in one.edits)


def _is_of_page(one: Piece) -> bool:
    """Whether the piece is a mark of no length that is about the text as a whole."""
    return all(edit.rule.startswith("PAGE-") for edit in one.edits)


def _is_blank(one: Piece, described: DescribedArticle) -> bool:
    raw = described.raw.text[one.raw_start : one.raw_end]
    if raw and not raw.isspace():
        return False
    clean = described.text[one.clean_start : one.clean_end]
    return not clean.strip() and (one.certainty is Certainty.SURE or _is_of_page(one))
