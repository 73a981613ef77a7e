"""Text that was read one byte out of step, in step again.

Two things throw GBK text out of step. A mirror replaced the byte pair of a character Z by the pair and "(reading)"
wherever the two bytes stood, also where they were the end of one character and the beginning of the next: the reader
of the page then saw "?reading)", as a lead byte without its trail swallows the bracket. Or it cut the text at the
two bytes of a full-width mark where these were the end of one character and the beginning of the next (A3A1 in
A1A3 A1B0, a full stop and a quotation mark): the reader saw "?!" and a run that makes no sense.

A run that remains a gap is not kept from later steps, which may simplify its characters: on the next restoration
nothing would tell it from other text any more, as the annotations that gave it away are gone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shanhai.editlog import edit, without_overlaps
from shanhai.records import Certainty
from shanhai.restore import language
from shanhai.restore.context import TONED
from shanhai.restore.gbk import character, is_usual, octets
from shanhai.restore.recovery import closes_quotation, gain, has_sure_han, lacks_a_pair, recover
from shanhai.restore.runs import ORPHAN, behind_orphan, behind_question_mark

if TYPE_CHECKING:
    from shanhai.records import Edit
    from shanhai.restore.context import Context

MIN_GAIN_BITS = 10.0
"""Of 35,000 question marks put into clean text none gains 8 bits; of 676 runs made from the masters 98 % gain 10."""
UNREADABLE_MIN_CHARS = 3
_CUT_AT_MARK = re.compile("\\?[!\uff01]")
_LONE = re.compile("\\?(?=[!,:;.?()]|[^\x00-\x7f])")
_BODY = re.compile("\\?((?:[!,]|[^\x00-\x7f]){3,60})")


def find(text: str, context: Context) -> tuple[Edit, ...]:
    """Runs out of step, in step again (BYTES-01 by a reading, BYTES-04 else), and runs that cannot be (BYTES-02).

    Characters that the language model chose are conjectures of their own (BYTES-05).
    """
    if "?" not in text:
        return ()
    found = _annotated(text)
    return without_overlaps([*found, *_lone(text, found, evident=bool(found) or context.pinyin)])


def _annotated(text: str) -> list[Edit]:
    found: list[Edit] = []
    position = 0
    while match := ORPHAN.search(text, position):
        position = match.end()
        if TONED.search(match[1]):
            run = behind_orphan(text, match)
            recovery = recover(text, run) if run else None
            found += recovery.edits(text, "BYTES-01", "BYTES-05") if recovery else [_gap(text, match.span())]
            position = found[-1].end
    return found


def _lone(text: str, annotated: list[Edit], *, evident: bool) -> list[Edit]:
    """Runs behind a lone "?": those at "?!" show themselves, the others only on a page whose bytes are damaged."""
    if not evident and not _CUT_AT_MARK.search(text):
        return []
    position = 0
    found: list[list[Edit]] = []
    taken = {place for one in annotated for place in range(one.start, one.end)}
    for match in _LONE.finditer(text):
        if match.start() >= position and match.start() not in taken and (edits := _shifted(text, match.start())):
            found.append(edits)
            position = edits[-1].end
    if not evident and not any(_is_evident(text, edits[0]) for edits in found):
        return []
    return [one for edits in found for one in edits]


def _is_evident(text: str, first: Edit) -> bool:
    return first.rule != "BYTES-02" and _CUT_AT_MARK.match(text, first.start) is not None


def _shifted(text: str, start: int) -> list[Edit]:
    run = behind_question_mark(text, start)
    recovery = recover(text, run) if run else None
    if recovery is None:
        return _unreadable(text, start)
    gained = has_sure_han(recovery) and gain(text, recovery) >= MIN_GAIN_BITS
    if gained and lacks_a_pair(text, recovery):
        return [_gap(text, (recovery.run.start, recovery.run.end))]
    if gained or closes_quotation(text, recovery):
        return list(recovery.edits(text, "BYTES-04", "BYTES-05"))
    return []


def _unreadable(text: str, start: int) -> list[Edit]:
    """A gap where no end can be told, but the bytes read one later are usual characters, and far likelier."""
    body = _BODY.match(text, start)
    if body is None:
        return []
    pairs = b"".join(octets(char) or b"" for char in body[1])
    whole = [character(pairs[at : at + 2]) for at in range(1, len(pairs) - 2, 2)]
    if len(whole) < UNREADABLE_MIN_CHARS or not all(char and is_usual(char) for char in whole):
        return []
    gained = language.bits("".join(whole)) - language.bits(body[1][1:])
    return [_gap(text, body.span())] if gained >= MIN_GAIN_BITS else []


def _gap(text: str, span: tuple[int, int]) -> Edit:
    return edit("BYTES-02", text, span, text[slice(*span)], Certainty.GAP)
