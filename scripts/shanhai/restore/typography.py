"""Chinese typography: full-width punctuation beside Chinese, ASCII digits, no doubled marks or odd spaces."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from shanhai.editlog import edit, without_overlaps
from shanhai.reference import load
from shanhai.restore.characters import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shanhai.records import Edit
    from shanhai.restore.context import Context


class Typography(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """reference/typography.yml."""

    doubled: str
    tight_before: str
    tight_after: str
    padded_share: float
    padded_min_characters: int
    bracket_max_chars: int
    wrap_min_lines: int
    wrap_min_share: float
    wrap_tolerance_columns: int
    wrap_min_columns: int
    wrap_max_columns: int
    sentence_end: str
    block_start: tuple[str, ...]


@cache
def typography() -> Typography:
    """The rules of typography."""
    return load("typography.yml", Typography)


_CHINESE = HAN + "\u2014\u2018-\u201d\u2026\u3001-\u3020\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
NEAR_CHARS = 12
_IS_CHINESE = re.compile(f"[{_CHINESE}]")
_HAS_CHINESE = re.compile(f"[{HAN}\u3001-\u3011\u201c\u201d\uff0c]")
_DIGIT = "0-9\uff10-\uff19"
_FULL_WIDTH_ALNUM = re.compile(
    f"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+|\uff05(?<=[{_DIGIT}]\uff05)|\uff0e(?<=[{_DIGIT}]\uff0e)(?=[{_DIGIT}])"
)
_HALF_TO_FULL = {mark: chr(ord(mark) + 0xFEE0) for mark in ",;:?!()"}
_MARKS = re.compile("[,;:?!][,;:?! ]*")
_ADDRESS = re.compile(r"(?:://|www\.)[!-~]*$")
_BRACKET = re.compile("[()\uff08\uff09\n]")
_SPACES = re.compile(" +")
_SPACED_HAN = re.compile(f"[{HAN}] +(?=[{HAN}])")
_TOUCHING_HAN = re.compile(f"[{HAN}](?=[{HAN}])")


def find_width(text: str, _context: Context) -> tuple[Edit, ...]:
    """Full-width digits and letters become ASCII (TYPO-01)."""
    return tuple(
        edit("TYPO-01", text, match.span(), "".join(chr(ord(char) - 0xFEE0) for char in match[0]))
        for match in _FULL_WIDTH_ALNUM.finditer(text)
    )


def find_brackets(text: str, _context: Context) -> tuple[Edit, ...]:
    """A pair of brackets becomes full-width together, if it holds Chinese or follows Chinese (TYPO-02)."""
    if "(" not in text and ")" not in text:
        return ()
    found = [
        edit("TYPO-02", text, (at, at + 1), _HALF_TO_FULL[text[at]])
        for pair in _pairs(text)
        if _is_chinese_bracket(text, *pair)
        for at in pair
        if text[at] in "()"
    ]
    return tuple(sorted(found, key=lambda one: one.start))


def find_marks(text: str, _context: Context) -> tuple[Edit, ...]:
    """Half-width punctuation beside Chinese becomes full-width (TYPO-02); 8:30, 1,200, URLs and English stay."""
    return tuple(
        edit("TYPO-02", text, (at, at + 1), _HALF_TO_FULL[text[at]])
        for run in _MARKS.finditer(text)
        if _stands_in_chinese(text, *run.span())
        for at in range(*run.span())
        if text[at] != " "
    )


def find_doubled(text: str, _context: Context) -> tuple[Edit, ...]:
    """Doubled commas and their like become one (TYPO-03)."""
    marks = [mark for mark in typography().doubled if mark * 2 in text]
    found = (match for mark in marks for match in re.finditer(f"{mark}{{2,}}", text))
    return tuple(edit("TYPO-03", text, match.span(), match[0][0]) for match in sorted(found, key=re.Match.start))


def find_quotes(text: str, _context: Context) -> tuple[Edit, ...]:
    """Straight double quotes that come in pairs in a line, around Chinese, become curly (TYPO-05)."""
    if '"' not in text:
        return ()
    found: list[Edit] = []
    for line in re.finditer('[^\n]*"[^\n]*', text):
        places = [match.start() for match in re.finditer('"', line[0])]
        if len(places) % 2 or "<" in line[0]:
            continue
        for opening, closing in zip(places[::2], places[1::2], strict=True):
            if _HAS_CHINESE.search(line[0], opening, closing):
                found += _curly(text, line.start() + opening, line.start() + closing)
    return tuple(found)


def find_spaces(text: str, _context: Context) -> tuple[Edit, ...]:
    """Spaces beside Chinese punctuation, and all of them in a line padded with spaces, go (TYPO-04).

    A space between Chinese characters stays elsewhere: it parts names in a byline and parts of a headline.
    """
    if " " not in text:
        return ()
    found = [edit("TYPO-04", text, match.span()) for match in _SPACES.finditer(text) if _is_tight(text, match)]
    for line in re.finditer("[^\n]+", text):
        if _is_padded(line[0]):
            start = line.start()
            spans = ((start + m.start() + 1, start + m.end()) for m in _SPACED_HAN.finditer(line[0]))
            found += (edit("TYPO-04", text, span) for span in spans)
    return without_overlaps(found)


def _curly(text: str, opening: int, closing: int) -> tuple[Edit, Edit]:
    return (
        edit("TYPO-05", text, (opening, opening + 1), "\u201c"),
        edit("TYPO-05", text, (closing, closing + 1), "\u201d"),
    )


def _is_tight(text: str, match: re.Match[str]) -> bool:
    rules = typography()
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return (before != "" and before in rules.tight_after) or (after != "" and after in rules.tight_before)


def _is_padded(line: str) -> bool:
    spaced = len(_SPACED_HAN.findall(line))
    rules = typography()
    if spaced < rules.padded_min_characters:
        return False
    return spaced >= rules.padded_share * (spaced + len(_TOUCHING_HAN.findall(line)))


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """The places of opening and closing brackets that belong together, within a line."""
    opened: list[int] = []
    longest = typography().bracket_max_chars
    for match in _BRACKET.finditer(text):
        if match[0] == "\n":
            opened.clear()
        elif match[0] in "(\uff08":
            opened.append(match.start())
        elif opened:
            start = opened.pop()
            if match.start() - start <= longest:
                yield start, match.start()


def _is_chinese_bracket(text: str, start: int, end: int) -> bool:
    if text[start] == "\uff08" or text[end] == "\uff09" or _HAS_CHINESE.search(text, start, end):
        return True
    while start and text[start - 1] == " ":
        start -= 1
    if start and _IS_CHINESE.match(text[start - 1]):
        return True
    begins_line = not start or text[start - 1] == "\n"
    return begins_line and _IS_CHINESE.match(text[end + 1 : end + 2]) is not None


def _stands_in_chinese(text: str, start: int, end: int) -> bool:
    """Whether the character before or after the marks is Chinese, or a percent sign with Chinese near by.

    Within a web address only the character before counts.
    """
    while start and text[start - 1] == " ":
        start -= 1
    if start and _IS_CHINESE.match(text[start - 1]):
        return True
    if (
        start
        and text[start - 1] in "%\u2030"
        and _IS_CHINESE.search(text, max(0, start - NEAR_CHARS), end + NEAR_CHARS)
    ):
        return True
    return _IS_CHINESE.match(text[end : end + 1]) is not None and not _in_address(text, start)


def _in_address(text: str, at: int) -> bool:
    return _ADDRESS.search(text, max(0, at - 100), at) is not None
