"""The lines of a restored text, and the way from the parts that stay to the clean text as edits."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from shanhai.records import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

JOINT = "\n\n"
PROSE_MIN_CHARS = 80
"""A line this long is a paragraph even without a full stop: headlines and headings are shorter."""

SIGN_LINE_MAX_CHARS = 200

_LINE = re.compile("[^\\s](?:[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*[^\\s])?")
_SIGNS = re.compile(r"[^\w*\u25a1\u25a0\u00d7]+|_+")
_RULE = re.compile(r"[-\u2014\u2500\u2501_=~\u00b7.\s]{3,}")
_CLOSERS = "”’」』】\uff09)\u300b\"'"
_TERMINALS = frozenset("。\uff01\uff1f…!?")


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line of the restored text without the white space around it: `content == text[start:end]`.

    `prose` is true for a sentence or more, and for any long line.
    """

    start: int
    end: int
    content: str
    prose: bool


class Cut(msgspec.Struct, frozen=True, gc=False, order=True):
    """A part of the restored text that leaves it, and the rule that says why."""

    start: int
    end: int
    rule: str


class Part(msgspec.Struct, frozen=True, gc=False):
    """A part of the restored text that stays, as one block."""

    start: int
    end: int


def lines_of(text: str) -> list[Line]:
    """All lines that hold more than white space."""
    found = []
    for match in _LINE.finditer(text):
        content = match[0]
        prose = "。" in content or len(content) >= PROSE_MIN_CHARS or ends_sentence(content)
        found.append(Line(*match.span(), content, prose))
    return found


def sign_lines(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of lines without a letter or digit: rules anywhere, other signs before and behind the paragraphs.

    An asterisk or a square stands for a masked word and stays.
    """
    bare = {
        number
        for number, line in enumerate(lines)
        if len(line.content) <= SIGN_LINE_MAX_CHARS and _SIGNS.fullmatch(line.content)
    }
    if not bare:
        return frozenset()
    prose = [number for number, line in enumerate(lines) if line.prose and number not in bare]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    return frozenset(
        number for number in bare if number < first or number > last or _RULE.fullmatch(lines[number].content)
    )


def ends_sentence(content: str) -> bool:
    """Whether the last sign, closing quotes and brackets apart, ends a sentence."""
    bare = content if content[-1:] not in _CLOSERS else content.rstrip(_CLOSERS)
    return bare[-1:] in _TERMINALS


def clean_text(text: str, parts: Sequence[Part]) -> str:
    """The parts as blocks, one blank line between them."""
    return JOINT.join([text[part.start : part.end] for part in parts])


def edits_to(text: str, parts: Sequence[Part], cuts: Sequence[Cut]) -> tuple[Edit, ...]:
    """The edits that make `clean_text(text, parts)` of the text; between parts only white space and cuts may stand."""
    bounds = [0, *(bound for part in parts for bound in (part.start, part.end)), len(text)]
    waiting = sorted(cuts)
    edits: list[Edit] = []
    taken = 0
    for number in range(0, len(bounds), 2):
        start, end = bounds[number], bounds[number + 1]
        mine = taken
        while taken < len(waiting) and waiting[taken].start < end:
            taken += 1
        inner = 0 < number < len(bounds) - 2
        edits += _gap_edits(text, (start, end), waiting[mine:taken], inner=inner)
    return tuple(edits)


def _gap_edits(text: str, gap: tuple[int, int], cuts: Sequence[Cut], *, inner: bool) -> list[Edit]:
    """The edits of one gap: white space becomes one blank line or nothing, each cut goes with the space after it."""
    start, end = gap
    joint = JOINT if inner else ""
    before = text[start:end]
    if not cuts and before == joint:
        return []
    if not cuts and before:
        return [Edit(rule="LAYOUT-01" if inner else "LAYOUT-02", start=start, end=end, before=before, after=joint)]
    if inner and start == end:
        return [Edit(rule="LAYOUT-03", start=start, end=end, before="", after=joint)]
    starts = [start, *(cut.start for cut in cuts), end]
    rules = ["LAYOUT-01" if inner else "LAYOUT-02", *(cut.rule for cut in cuts)]
    edits = []
    for rule, (left, right) in zip(rules, pairwise(starts), strict=True):
        before = text[left:right]
        if left < right and before != joint:
            edits.append(Edit(rule=rule, start=left, end=right, before=before, after=joint))
        if left < right:
            joint = ""
    return edits
