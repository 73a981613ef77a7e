"""What a run out of step said: its bytes in step again, the lost ones found by reading or by likelihood.

A byte that a reading determines leaves one text and is sure. Where several are left, and for a byte of which
nothing is known, the language model chooses, and the character that it chose is a conjecture.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from shanhai.editlog import edit
from shanhai.records import Certainty
from shanhai.restore import language
from shanhai.restore.characters import HAN, characters_of, simplified_only, traditional_only
from shanhai.restore.gbk import LEADS, TRAILS, character, is_usual, octets
from shanhai.restore.language import CONTEXT_CHARS
from shanhai.restore.readings import characters_read
from shanhai.restore.runs import ANNOTATION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.records import Edit
    from shanhai.restore.runs import Run

SURE_MIN_BITS = 6.0
ECHO_BITS = 3.0
LINE_MAX_CHARS = 400
"""How far back an opening mark is looked for: a paragraph of news is seldom longer."""
VANISHED_MAX_BITS = 4.0
"""A character more costs 8 bits and more in text that is right."""
SCRIPT_MIN_RATIO = 3
GUESS_BITS = 8.0
"""The best of some sixty usual characters with one byte given looks by so much likelier than chance would have it."""
_FULL_STOP = "\u3002"
_OPENING = frozenset("\u201c\u2018\u300a")
_MARKS = re.compile("[!,:;.?\uff01\uff0c\uff1a\uff1b\uff0e\uff1f]+")
HAN_ONLY = re.compile(f"[{HAN}]+")
_PAIRED = (("\u201c", "\u201d"), ("\u2018", "\u2019"), ("\u300a", "\u300b"))
_BEHIND_SENTENCE = _OPENING | frozenset("\u201d\u2019")

Bytes = tuple[int | None, ...]


class Recovery(NamedTuple):
    """The characters that the run said, and the places of those that are conjectures."""

    run: Run
    characters: tuple[str, ...]
    guessed: frozenset[int]

    def edits(self, text: str, sure: str, guessed: str) -> Iterator[Edit]:
        """The run's replacement in pieces, each of one certainty: a guessed character stands for its "?" alone."""
        position, place = self.run.start, 0
        for number, at in enumerate(self._places()):
            loss = self.run.losses[number]
            if at in self.guessed and at >= place:
                yield from self._piece(text, sure, (position, loss.start), (place, at))
                yield edit(guessed, text, (loss.start, loss.end), self.characters[at], Certainty.CONJECTURE)
                position, place = loss.end, at + 1
        yield from self._piece(text, sure, (position, self.run.end), (place, len(self.characters)))

    def _piece(self, text: str, rule: str, span: tuple[int, int], places: tuple[int, int]) -> Iterator[Edit]:
        after = "".join(self.characters[slice(*places)])
        after = after[:1] + self.run.inserted + after[1:] if not places[0] else after
        after += self.run.last if places[1] == len(self.characters) else ""
        if text[slice(*span)] != after:
            yield edit(rule, text, span, after)

    def _places(self) -> list[int]:
        found, length = [], 0
        for piece in self.run.pieces[:-1]:
            length += len(piece)
            found.append(length // 2)
            length += 1
        return found


def recover(text: str, run: Run) -> Recovery | None:
    """What the run said, or `None` if no choice of the lost bytes makes text of it."""
    options = [found for one in _with_readings(run) if (found := _characters(one))]
    options = [one for one in options if _are_usual(one)] or options
    if not options:
        return None
    before, after = context(text, run)
    if len(options) > 1:
        options.sort(key=lambda one: -language.bits(before + "".join(map(_shown, one)) + after))
    best = list(options[0])
    if _begins_sentence(best, before):
        best[0] = (_FULL_STOP,)
    guessed = {place for one in options[1:] for place in range(len(best)) if one[place] != best[place]}
    line = _line_before(text, run.start)
    for place, several in enumerate(best):
        if len(several) > 1:
            choices = _closing(several, line + "".join(map(_shown, best[:place])))
            left = (before + "".join(map(_shown, best[:place])))[-CONTEXT_CHARS:]
            right = _known("".join(map(_shown, best[place + 1 :])) + after)
            best[place] = (_likeliest(left, choices, right, text),)
            guessed.add(place)
    return Recovery(run, tuple(one[0] for one in best), frozenset(guessed))


def gain(text: str, recovery: Recovery) -> float:
    """By how many bits the recovered run is likelier than what stands there."""
    run = recovery.run
    before, after = context(text, run)
    honest = _MARKS.sub("\uff1f", text[run.start : run.end])
    whole = "".join(recovery.characters) + (run.last if run.last.isalpha() else "")
    return (
        language.bits(before + whole + after)
        - language.bits(before + honest + after)
        - GUESS_BITS * len(recovery.guessed)
    )


def has_sure_han(recovery: Recovery) -> bool:
    """Whether one Chinese character at least is no guess."""
    return any(HAN_ONLY.match(char) for place, char in enumerate(recovery.characters) if place not in recovery.guessed)


def lacks_a_pair(text: str, recovery: Recovery) -> bool:
    """Whether a pair of bytes seems to be missing among the sure characters.

    A pair that code page 936 has no character for may have vanished without a "?": then the two characters that it was
    part of are one in the recovered text, and the two would be hardly less likely, or the page has them elsewhere.
    """
    whole = "".join(recovery.characters)
    return any(_is_two(whole, place, text) for place in range(1, len(whole) - 1) if place not in recovery.guessed)


def closes_quotation(text: str, recovery: Recovery) -> bool:
    """Whether it is a full stop and a closing quotation mark at a line's end behind an opening one."""
    run = recovery.run
    line = _line_before(text, run.start)
    is_open = line.count("\u201c") > line.count("\u201d")
    return is_open and recovery.characters == ("\u3002", "\u201d") and text[run.end : run.end + 1] in ("", "\n")


def context(text: str, run: Run) -> tuple[str, str]:
    """The characters before and after the run, in their line and without annotations."""
    before = ANNOTATION.sub("", text[max(0, run.start - 5 * CONTEXT_CHARS) : run.start])
    after = ANNOTATION.sub("", text[run.end : run.end + 5 * CONTEXT_CHARS])
    return before.rpartition("\n")[2][-CONTEXT_CHARS:], after.partition("\n")[0][:CONTEXT_CHARS]


def _line_before(text: str, position: int) -> str:
    return text[max(0, position - LINE_MAX_CHARS) : position].rpartition("\n")[2]


def _is_two(text: str, place: int, page: str) -> bool:
    pair = octets(text[place])
    twos = _usual_twos(pair) if pair else ()
    if not twos:
        return False
    left, right = text[max(0, place - CONTEXT_CHARS) : place], text[place + 1 : place + 1 + CONTEXT_CHARS]
    held = characters_of(page)
    of_page = [two for two in twos if two[0] in held and two[1] in held]
    if any(left[-1:] + two in page or two + right[:1] in page for two in of_page):
        return True
    limit = language.bits(left + text[place] + right) - VANISHED_MAX_BITS
    return any(language.bits(left + two + right) > limit for two in twos)


@lru_cache(maxsize=1 << 12)
def _usual_twos(pair: bytes) -> tuple[str, ...]:
    """The two usual characters that a pair may be what is left of, for each pair that may have vanished in them."""
    found = ((character(pair[:1] + lost[:1]), character(lost[1:] + pair[1:])) for lost in _vanishing())
    return tuple(one + other for one, other in found if one and other and is_usual(one) and is_usual(other))


@cache
def _vanishing() -> tuple[bytes, ...]:
    """Pairs of bytes that code page 936 has no character for, nor a private one."""
    pairs = (bytes((lead, trail)) for lead in LEADS for trail in LEADS)
    return tuple(pair for pair in pairs if not _is_private(pair[0], pair[1]) and not pair.decode("gbk", "ignore"))


def _is_private(lead: int, trail: int) -> bool:
    return (trail > 0xA0 and (0xAA <= lead <= 0xAF or lead >= 0xF8)) or (trail <= 0xA0 and 0xA1 <= lead <= 0xA7)


def _with_readings(run: Run) -> list[Bytes]:
    """The bytes of the run with each lost byte that, after the byte before it, makes a character of its reading.

    A byte that was lost without a reading is `None`.
    """
    found: list[Bytes] = [tuple(run.pieces[0])]
    for loss, piece in zip(run.losses, run.pieces[1:], strict=True):
        found = [(*one, lost, *piece) for one in found for lost in _lost_bytes(one, loss.reading)]
    return found


def _lost_bytes(known: Bytes, reading: str) -> Sequence[int | None]:
    if not reading:
        return (None,)
    lead = known[-1]
    return () if lead is None else _trails_read(lead, reading)


@lru_cache(maxsize=1 << 12)
def _trails_read(lead: int, reading: str) -> tuple[int, ...]:
    return tuple(trail for trail in range(0x40, 0xFF) if characters_read(lead, trail, reading))


def _characters(run: Bytes) -> tuple[tuple[str, ...], ...] | None:
    """For each pair of bytes the characters that it may be; `None` where a pair is none."""
    found: list[tuple[str, ...]] = []
    for at in range(0, len(run), 2):
        choices = _choices(run[at], run[at + 1])
        if not choices:
            return None
        found.append(choices)
    return tuple(found)


@lru_cache(maxsize=1 << 12)
def _choices(lead: int | None, trail: int | None) -> tuple[str, ...]:
    if lead is None and trail is None:
        return ()
    leads = LEADS if lead is None else (lead,)
    trails = TRAILS if trail is None else (trail,)
    found = (character(bytes((one, other))) for one in leads for other in trails)
    return tuple(sorted(filter(None, found)))


def _closing(choices: tuple[str, ...], before: str) -> tuple[str, ...]:
    """The choices without closing marks of what was never opened and opening ones of what is still open."""
    wrong = {opening if before.count(opening) > before.count(closing) else closing for opening, closing in _PAIRED}
    return tuple(char for char in choices if char not in wrong) or choices


def _begins_sentence(characters: Sequence[tuple[str, ...]], before: str) -> bool:
    """Whether the first character is a full stop for sure: of `A1A3 A1B0` only the first byte was lost.

    Before an opening mark nothing else is to be expected; before a closing one, unless it makes a word of the text.
    """
    first, second = characters[0], _shown(characters[1]) if len(characters) > 1 else ""
    if _FULL_STOP not in first or second not in _BEHIND_SENTENCE:
        return False
    others = tuple(char for char in first if char != _FULL_STOP)
    return second in _OPENING or _stop_is_likelier(before, others, second)


def _stop_is_likelier(before: str, others: tuple[str, ...], after: str) -> bool:
    margin = language.bits(before + _FULL_STOP + after) - language.bits(
        before + _likeliest(before, others, after) + after
    )
    return margin >= SURE_MIN_BITS


def _likeliest(before: str, choices: tuple[str, ...], after: str, page: str = "") -> str:
    foreign = _other_script(characters_of(page))
    own = tuple(char for char in choices if char not in foreign) or choices
    echoes = Counter(chain.from_iterable(_echoes(before, after, page)))

    def likelihood(char: str) -> tuple[float, str]:
        repeated = echoes[char] if char in echoes and HAN_ONLY.fullmatch(char) else 0
        return language.bits(before + char + after) + ECHO_BITS * repeated, char

    return max(_usual(own), key=likelihood)


@lru_cache(maxsize=1 << 12)
def _usual(choices: tuple[str, ...]) -> tuple[str, ...]:
    """The usual ones of the choices, or all of them if none is."""
    return tuple(filter(is_usual, choices)) or choices


@lru_cache(maxsize=4)
def _other_script(page: frozenset[str]) -> frozenset[str]:
    """Characters of the script that the page is not in; none for a page that shows neither, or both alike."""
    traditional, plain = len(page & traditional_only()), len(page & simplified_only())
    if traditional > SCRIPT_MIN_RATIO * plain:
        return simplified_only()
    return traditional_only() if plain > SCRIPT_MIN_RATIO * traditional else frozenset()


def _echoes(before: str, after: str, page: str) -> list[set[str]]:
    """The characters that the page has between such neighbours elsewhere, one set for each two and one neighbour.

    A page repeats its words, so each set that holds a character makes it likelier.
    """
    behind = [_next_to(text, page, len(text)) for text in (before[-2:], before[-1:]) if HAN_ONLY.fullmatch(text)]
    ahead = [_next_to(text, page, -1) for text in (after[:1], after[:2]) if HAN_ONLY.fullmatch(text)]
    return behind + ahead


def _next_to(text: str, page: str, step: int) -> set[str]:
    """The characters at this distance from each place of the text on the page."""
    found: set[str] = set()
    at = page.find(text)
    while at >= 0:
        found.update(page[max(at + step, 0) : at + step + 1])
        at = page.find(text, at + 1)
    return found


def _are_usual(characters: tuple[tuple[str, ...], ...]) -> bool:
    return all(is_usual(choices[0]) for choices in characters if len(choices) == 1)


def _shown(choices: tuple[str, ...]) -> str:
    """The character, or a place holder where there are several."""
    return choices[0] if len(choices) == 1 else "\n"


def _known(text: str) -> str:
    return text.partition("\n")[0][:CONTEXT_CHARS]
