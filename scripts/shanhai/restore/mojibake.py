"""UTF-8 that was read as GBK: read back where nothing was lost, told apart where everything was."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from shanhai.editlog import apply, edit
from shanhai.records import Certainty
from shanhai.restore import language
from shanhai.restore.characters import HAN_CHARACTER, is_common, is_known, present
from shanhai.restore.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shanhai.records import Edit

RUN_MIN_CHARS = 4
"""Shorter runs give false alarms: 13 of 1,352 honest pieces of 2 to 12 characters decode, all of them of 2."""
RUN_MAX_CHARS = 600
"""A longer run is read back in pieces."""
MIN_GAIN = 0.4
"""Share of common characters that the repair must gain; news text has 0.98 of them, misread text about 0.2."""
LOST_MIN_HAN = 40
UNKNOWN_MIN_KINDS = 12
LOST_MAX_KNOWN_SHARE = 0.6
"""Of the characters of text misread twice or more, fewer than this share are in GB 2312; of honest text, 0.99."""
_MISREAD_LEADS = (0xE2, *range(0xE3, 0xEA), 0xEF)
_MISREAD_TRAILS = range(0x80, 0xC0)
_LOST_BYTE = frozenset("?\ufffd")


def find(text: str, _context: Context) -> tuple[Edit, ...]:
    """Runs of UTF-8 read as GBK, read back (BYTES-03).

    Where a run's last byte was lost, its character is a conjecture (BYTES-05); where two were, a gap (BYTES-02).
    """
    marks = present(text, _marks())
    if not marks:
        return ()
    lead = "[" + "".join(sorted(marks)) + "]"
    mark = re.compile(f"{lead}(?=..{lead})")
    return tuple(_misread(text, mark))


def is_lost(text: str) -> bool:
    """Whether most of the text was misread more than once, so that reading it back once does not bring it back."""
    return _is_misread(text) and _is_misread(apply(text, find(text, Context())))


def _is_misread(text: str) -> bool:
    if len(present(text, _unknown())) < UNKNOWN_MIN_KINDS:
        return False
    han = HAN_CHARACTER.findall(text)
    return len(han) >= LOST_MIN_HAN and sum(map(is_known, han)) < LOST_MAX_KNOWN_SHARE * len(han)


@cache
def _marks() -> frozenset[str]:
    """Characters whose GBK bytes look like the first two of a Chinese character or mark in UTF-8.

    Two such characters in UTF-8 are three in GBK, so in a misread run every third one is of this kind.
    """
    pairs = (bytes((lead, trail)) for lead in _MISREAD_LEADS for trail in _MISREAD_TRAILS)
    return frozenset(pair.decode("gbk", "ignore") for pair in pairs) - {""}


@cache
def _unknown() -> frozenset[str]:
    """Chinese characters that are not in GB 2312, in simplified form."""
    plane = map(chr, (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)))
    return frozenset(char for char in plane if not is_known(char))


def _misread(text: str, mark: re.Pattern[str]) -> Iterator[Edit]:
    position = 0
    while match := mark.search(text, position):
        start = match.start()
        length, plain = _longest_reading(text[start : start + RUN_MAX_CHARS])
        if length >= RUN_MIN_CHARS and _gain(text[start : start + length], plain) >= MIN_GAIN:
            yield edit("BYTES-03", text, (start, start + length), plain)
            yield from (rest := tuple(_cut_off(text, start + length, plain)))
            position = rest[-1].end if rest else start + length
        else:
            position = start + 1


def _cut_off(text: str, start: int, before: str) -> Iterator[Edit]:
    """What follows a run that lost a byte to a "?" or replacement character: two bytes or four are left."""
    end = next((at for at in range(start, min(start + 3, len(text))) if text[at] in _LOST_BYTE), start)
    octets = b"".join(_octets(char) or b"" for char in text[start:end])
    if len(octets) != 2 * (end - start) or not octets or _complete(bytearray(octets), 0) not in (0, 3):
        return
    trails = _MISREAD_TRAILS if len(octets) == 2 else ()
    usual = [
        char for char in ((octets + bytes((last,))).decode("utf-8", "ignore") for last in trails) if _is_plausible(char)
    ]
    if usual:
        char = max(usual, key=lambda one: (language.bits(before[-language.CONTEXT_CHARS :] + one), one))
        yield edit("BYTES-05", text, (start, end + 1), char, Certainty.CONJECTURE)
    else:
        yield edit("BYTES-02", text, (start, end + 1), text[start : end + 1], Certainty.GAP)


def _longest_reading(run: str) -> tuple[int, str]:
    """How many characters of the run, from its start, are whole UTF-8, and what they say."""
    octets = bytearray()
    length = best = 0
    for number, char in enumerate(run, 1):
        pair = _octets(char)
        if pair is None:
            break
        octets += pair
        complete = _complete(octets, best)
        if complete is None:
            break
        if complete == len(octets):
            length, best = number, complete
    return length, bytes(octets[:best]).decode("utf-8")


def _complete(octets: bytearray, start: int) -> int | None:
    """Up to where the octets from `start` are whole characters; `None` where they are no UTF-8."""
    while start < len(octets):
        size = _size(octets[start])
        if size is None:
            return None
        piece = octets[start : start + size]
        if any(octet & 0xC0 != 0x80 for octet in piece[1:]):
            return None
        if len(piece) < size:
            return start
        try:
            piece.decode("utf-8")
        except UnicodeDecodeError:
            return None
        start += size
    return start


def _size(lead: int) -> int | None:
    if lead in range(0xE2, 0xF0):
        return 3
    return 2 if lead in range(0xC2, 0xE0) else None


@lru_cache(maxsize=1 << 15)
def _octets(char: str) -> bytes | None:
    if char == "\u20ac":
        return b"\x80"
    try:
        octets = char.encode("gb18030")
    except UnicodeEncodeError:
        return None
    return octets if len(octets) == 2 else None


def _gain(before: str, after: str) -> float:
    return _plausible(after) - _plausible(before)


def _plausible(text: str) -> float:
    """Share of common Chinese characters and punctuation."""
    return sum(map(_is_plausible, text)) / max(len(text), 1)


def _is_plausible(char: str) -> bool:
    return char in "\uff0c\u3002\u3001\uff1a\uff1b\u201c\u201d\uff08\uff09\u300a\u300b\uff01\uff1f" or is_common(char)
