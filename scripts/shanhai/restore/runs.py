"""Runs of text that were read one byte out of step: where they begin and end, and which bytes they lost.

A run begins where a byte was lost: at "?reading)", an annotation that a mirror wrote between the bytes of a character,
or at a lone "?", the first byte of a character whose second one begins the next pair. It ends where the bytes are in
step again:

- at an ASCII character that is the last character's second byte (traditional script has many of those);
- at another annotation within a character;
- at "?" before punctuation, ASCII or a line's end: the last character's second byte is lost;
- at a character whose second byte is an ASCII letter, which the run swallowed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from shanhai.restore.gbk import ASCII_TRAILS, EURO, octets
from shanhai.restore.readings import is_reading, syllable

RUN_MAX_CHARS = 200
"""In GB 2312 text every trail byte is above ASCII, so a run lasts to the next ASCII byte, at most within a line."""
SYLLABLE = "[a-z\u00e0-\u01dc\u0251\u0261]{1,6}"
ORPHAN = re.compile(rf"\?({SYLLABLE})\)")
ANNOTATION = re.compile(rf"\(({SYLLABLE})\)")
_ANNOTATION_BEFORE = re.compile(rf"\(({SYLLABLE})\)$")
_IN_STEP_AGAIN = re.compile("[\x00-\x7f\uff01-\uff5e]|$")


class Loss(NamedTuple):
    """A lost byte: the span of the text that stands for it, and the reading of the character that ends with it.

    No reading: nothing is known of the byte but that it and its neighbour are a character.
    """

    start: int
    end: int
    reading: str = ""


class Run(NamedTuple):
    """A run, `text[start:end]`, as its bytes in pieces with a lost byte between each two.

    `inserted` is what stands behind the first character, `last` what ends the run, and neither is part of its bytes.
    """

    start: int
    end: int
    pieces: tuple[bytes, ...]
    losses: tuple[Loss, ...]
    inserted: str = ""
    last: str = ""


def behind_orphan(text: str, orphan: re.Match[str]) -> Run | None:
    """The run that begins with the character before "?reading)"; `None` where it has no such beginning or no end."""
    start = _character_before(text, orphan.start())
    first = octets(text[start]) if start is not None else None
    if start is None or first is None:
        return None
    loss = Loss(*orphan.span(), syllable(orphan[1]))
    return _rest(text, Run(start, orphan.end(), (first,), (loss,), text[start + 1 : orphan.start()]))


def behind_question_mark(text: str, start: int) -> Run | None:
    """The run that begins with the lone "?" at `start`; `None` where it has no end or no whole pair of bytes."""
    run = _rest(text, Run(start, start + 1, (b"",), (Loss(start, start + 1),)))
    return run if run and len(run.pieces[1]) > 1 else None


def _character_before(text: str, position: int) -> int | None:
    """Where the character starts whose trail byte stands before the "?", across an annotation of its own."""
    inserted = _ANNOTATION_BEFORE.search(text[max(0, position - 10) : position])
    if inserted:
        position -= len(inserted[0])
        if not (position and is_reading(text[position - 1], syllable(inserted[1]))):
            return None
    return position - 1 if position else None


def _rest(text: str, begun: Run) -> Run | None:
    """The run with the bytes from its first loss to where it is in step again."""
    current, position = bytearray(), begun.end
    while position < len(text) and position - begun.start <= RUN_MAX_CHARS:
        char = text[position]
        if char == "?" and (loss := _loss(text, position)) and (current or loss.reading):
            return _ended_by_loss(text, begun, bytes(current), loss)
        annotation = ANNOTATION.match(text, position) if current and char == "(" else None
        if annotation and is_reading(text[position - 1], syllable(annotation[1])):
            position = annotation.end()
            continue
        if ord(char) in ASCII_TRAILS or char == EURO:
            trail = b"\x80" if char == EURO else char.encode()
            return begun._replace(end=position + 1, pieces=(*begun.pieces, bytes(current) + trail))
        pair = octets(char)
        if pair is None:
            return None
        position += 1
        if pair[1] in ASCII_TRAILS:
            return begun._replace(end=position, pieces=(*begun.pieces, bytes(current) + pair[:1]), last=chr(pair[1]))
        current += pair
    return None


def _loss(text: str, position: int) -> Loss | None:
    """The loss that the "?" stands for; `None` where it is a full-width question mark's two bytes."""
    if orphan := ORPHAN.match(text, position):
        return Loss(*orphan.span(), syllable(orphan[1]))
    return Loss(position, position + 1) if _IN_STEP_AGAIN.match(text, position + 1) else None


def _ended_by_loss(text: str, begun: Run, current: bytes, loss: Loss) -> Run:
    last = f"({text[loss.start + 1 : loss.end]}" if loss.reading else ""
    return begun._replace(end=loss.end, pieces=(*begun.pieces, current, b""), losses=(*begun.losses, loss), last=last)
