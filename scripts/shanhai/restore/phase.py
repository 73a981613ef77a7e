"""Annotations that a mirror put between the bytes of a character: the lost byte is worked out and given back.

The mirror replaced the GBK byte pair of a character Z by the pair and "(reading)" wherever the two bytes stood, also
where they were the end of one character and the beginning of the next. The reader of the page then saw "?reading)":
a lead byte without its trail swallowed the bracket. From there on everything is read one byte late until an
ASCII byte or a second such insertion. The byte before the "?" and the lost byte together are Z, whose reading is known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from shanhai.editlog import edit, without_overlaps
from shanhai.records import Certainty
from shanhai.restore.characters import HAN, is_common, is_known
from shanhai.restore.context import TONED
from shanhai.restore.readings import characters_read, is_reading, syllable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shanhai.records import Edit
    from shanhai.restore.context import Context

RUN_MAX_CHARS = 200
"""In GB 2312 text every trail byte is above ASCII, so a run lasts to the next ASCII byte, at most within a line."""
_SYLLABLE = "[a-z\u00e0-\u01dc\u0251\u0261]{1,6}"
_ORPHAN = re.compile(rf"\?({_SYLLABLE})\)")
_INSERTED = re.compile(rf"\(({_SYLLABLE})\)")
_INSERTED_BEFORE = re.compile(rf"\(({_SYLLABLE})\)$")
_ASCII_TRAIL = range(0x40, 0x7F)
_FULL_WIDTH_MARKS = frozenset("!,:;.()")
_LONE = re.compile(
    rf"\?(?=[!{HAN}\ue000-\uf8ff])[!,{HAN}\ue000-\uf8ff\u0370-\u04ff\u3000-\u303f\u2018-\u201d\uff00-\uffef]{{2,60}}(?:[@-~](?![!-~])|\?(?!{_SYLLABLE}\)))?"
)


class _Run(NamedTuple):
    """A damaged run: its end in the text, and its bytes in pieces; each gap between two pieces is one lost byte.

    `first` is what stands between the first character and the first lost byte, `last` what ends the run: annotations
    of whole characters, which are left to the step that knows how many there are.
    """

    end: int
    pieces: list[bytes]
    syllables: list[str]
    first: str = ""
    last: str = ""


def find(text: str, context: Context) -> tuple[Edit, ...]:
    """Runs out of step, in step again (BYTES-01), and runs that cannot be, marked as gaps (BYTES-02)."""
    if "?" not in text:
        return ()
    found: list[Edit] = []
    position = 0
    while match := _ORPHAN.search(text, position):
        position = match.end()
        if TONED.search(match[1]):
            found.append(_repair(text, match) or _gap(text, match))
            position = found[-1].end
    if found or context.pinyin:
        found += (edit("BYTES-02", text, span, text[slice(*span)], Certainty.GAP) for span in _shifted(text))
    return without_overlaps(found)


def _gap(text: str, match: re.Match[str]) -> Edit:
    return edit("BYTES-02", text, match.span(), match[0], Certainty.GAP)


def _repair(text: str, match: re.Match[str]) -> Edit | None:
    start = _character_before(text, match.start())
    if start is None:
        return None
    run = _read_run(text, match, start)
    readings = _readings(run) if run else []
    if run is None or len(readings) != 1:
        return None
    whole = readings[0]
    return edit("BYTES-01", text, (start, run.end), f"{whole[0]}{run.first}{whole[1:]}{run.last}")


def _character_before(text: str, position: int) -> int | None:
    """Where the character starts whose trail byte stands before the "?", across an annotation of its own."""
    inserted = _INSERTED_BEFORE.search(text[max(0, position - 10) : position])
    if inserted:
        position -= len(inserted[0])
        if not (position and is_reading(text[position - 1], syllable(inserted[1]))):
            return None
    start = position - 1
    return start if start >= 0 and _octets(text[start]) else None


def _read_run(text: str, first: re.Match[str], start: int) -> _Run | None:
    """The bytes from the character before the first lost byte to where the text is in step again."""
    pieces = [_octets(text[start]) or b""]
    between = text[start + 1 : first.start()]
    syllables = [syllable(first[1])]
    current = bytearray()
    position = first.end()
    while position < len(text) and position - start <= RUN_MAX_CHARS:
        char = text[position]
        if orphan := _ORPHAN.match(text, position):
            pieces.append(bytes(current))
            syllables.append(syllable(orphan[1]))
            if len(syllables) % 2 == 0:
                return _Run(orphan.end(), [*pieces, b""], syllables, between, f"({orphan[1]})")
            current, position = bytearray(), orphan.end()
        elif (
            current
            and (inserted := _INSERTED.match(text, position))
            and is_reading(text[position - 1], syllable(inserted[1]))
        ):
            position = inserted.end()
        elif ord(char) in _ASCII_TRAIL:
            return _Run(position + 1, [*pieces, bytes(current) + char.encode()], syllables, between)
        elif octets := _octets(char):
            current += octets
            position += 1
        else:
            return None
    return None


def _readings(run: _Run) -> list[str]:
    """The texts that the run may have been; those of common characters alone, if there are any."""
    texts = [plain for octets in _candidates(run) if (plain := _decoded(octets)) is not None]
    return [plain for plain in texts if all(map(_is_common, plain))] or texts


def _candidates(run: _Run) -> list[bytes]:
    """The bytes of the run with each lost byte that, after the byte before it, makes a character of its reading."""
    found = [run.pieces[0]]
    for reading, piece in zip(run.syllables, run.pieces[1:], strict=True):
        found = [
            octets + bytes((trail,)) + piece
            for octets in found
            for trail in range(0x40, 0xFF)
            if characters_read(octets[-1], trail, reading)
        ]
    return found


def _decoded(octets: bytes) -> str | None:
    try:
        plain = octets.decode("gbk")
    except UnicodeDecodeError:
        return None
    return plain if all(ord(char) > 0x7F and _is_known(char) for char in plain) else None


def _is_known(char: str) -> bool:
    return char in _PUNCTUATION or is_known(char)


def _is_common(char: str) -> bool:
    return char in _PUNCTUATION or is_common(char)


_PUNCTUATION = frozenset(
    "\uff0c\u3002\u3001\uff1a\uff1b\u201c\u201d\u2018\u2019\uff08\uff09\u300a\u300b\uff01\uff1f\u2014\u2026\u00b7"
)


def _octets(char: str) -> bytes | None:
    """The two bytes of a character; half-width punctuation is read as the full-width one that it was."""
    if char in _FULL_WIDTH_MARKS:
        char = chr(ord(char) + 0xFEE0)
    octets = char.encode("gb18030", "ignore")
    return octets if len(octets) == 2 else None


def _shifted(text: str) -> Iterator[tuple[int, int]]:
    """Spans of runs behind a lone "?" that make sense only one byte earlier."""
    for match in _LONE.finditer(text):
        body = match[0][1:]
        looks_damaged = not all(_is_common(_full(char)) for char in body.rstrip("?"))
        if (looks_damaged or body[-1].isascii()) and _is_shifted(body):
            yield match.span()


def _full(char: str) -> str:
    return chr(ord(char) + 0xFEE0) if char in _FULL_WIDTH_MARKS else char


def _is_shifted(body: str) -> bool:
    """Whether one lost byte before the run makes all of it common characters."""
    tail = body[-1] if ord(body[-1]) in _ASCII_TRAIL else ""
    pairs = [_octets(char) for char in body.rstrip("?")[: len(body.rstrip("?")) - len(tail)]]
    if None in pairs or not pairs:
        return False
    octets = b"".join(pair for pair in pairs if pair) + tail.encode()
    leads = [0xA1] if body[0] == "!" else range(0x81, 0xFF)
    return any(_all_common(bytes([lead]) + octets) for lead in leads)


def _all_common(octets: bytes) -> bool:
    whole = octets[: len(octets) // 2 * 2]
    try:
        return all(map(_is_common, whole.decode("gbk")))
    except UnicodeDecodeError:
        return False
