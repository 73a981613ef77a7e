"""Chinese typography: full-width punctuation beside Chinese, ASCII digits, no doubled marks or odd spaces."""

from __future__ import annotations

import re
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from shanhai.editlog import edit, without_overlaps
from shanhai.records import Edit
from shanhai.reference import load
from shanhai.restore.characters import HAN
from shanhai.restore.context import half_width
from shanhai.restore.spaces import space_runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shanhai.restore.context import Context


class Typography(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """reference/typography.yml."""

    doubled: str
    ascii_stops_min: int
    sentence_min_characters: int
    transcription: str
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
ADDRESS_MAX_CHARS = 100
QUOTED_MAX_CHARS = 200
_IS_CHINESE = re.compile(f"[{_CHINESE}]")
_HAS_CHINESE = re.compile(f"[{HAN}\u3001-\u3011\u201c\u201d\uff0c]")
AMID_CHINESE_MAX_CHARS = 16
"""The longest name of a model in figures and letters, such as 1+10+100+1000, has 13; longer is a foreign quotation."""
_DIGIT = "0-9\uff10-\uff19"
_WIDE = frozenset(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF05, 0xFF0E)))
_FULL_WIDTH_ALNUM = re.compile(
    f"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+|\uff05(?<=[{_DIGIT}]\uff05)|\uff0e(?<=[{_DIGIT}]\uff0e)(?=[{_DIGIT}])"
)
_CLOSING_QUOTES = frozenset("”’")
_NUMBERS_SUM = re.compile(r"\(\d+\) *[0-9A-Za-z]")
_HALF_TO_FULL = {mark: chr(ord(mark) + 0xFEE0) for mark in ",;:?!()"}
_MARKS = re.compile("([,;:?!][,;:?! ]*)")
_STOP = re.compile(f"\\.(?<=[{HAN}\u201d\u2019\uff09\u300b]\\.)(?=[\u201d\u2019\uff09\u300d\u300f]|\n|$)")
_STOP_WITHIN = re.compile(f"\\.(?<=[{HAN}]\\.)(?=[{HAN}\u201c\u300a])")
_DOTS = re.compile(f"(?<=[{HAN}\u201d\uff09\u300b])(?:\\.{{3,}}|\u3002{{3,}}|\u00b7{{3,}}|\u2022{{3,}}|\u30fb{{3,}})")
_DASHES = re.compile(
    f"(?<=[{HAN}\u201d\u2019\uff09\u300b])(?:--|\uff0d\uff0d|\u2500\u2500|\u2015\u2015)(?=[{HAN}“‘\uff08《])"
)
_REPEATED = re.compile("([\uff0c、\uff1b\uff1a。.\u00b7\u2022\u30fb\uff0d\u2500\u2015-])\\1")
_HALF_WIDTH_FORMS = {"\uff61": "。", "\uff62": "“", "\uff63": "”", "\uff64": "、"}
_HALF_WIDTH_FORM = re.compile("[\uff61-\uff64]")
_CORNERS = {"「": "“", "」": "”", "『": "‘", "』": "’"}
_CORNER = re.compile("[「」『』]")
_STRAIGHTS = '"\u2033\u301d\u301e\uff02'
_STRAIGHT = re.compile(f"[{_STRAIGHTS}]")
_CODE = re.compile(r"[\"'][A-Za-z_][\w-]*[\"']\s*:|=\s*[\"'(\[{]")
_ADDRESS = re.compile(r"(?:://|www\.)[!-~]*$")
_BRACKET = re.compile("[()\uff08\uff09\n]")
_SPACED_HAN = re.compile(f"[{HAN}] +(?=[{HAN}])")
_TOUCHING_HAN = re.compile(f"[{HAN}](?=[{HAN}])")


def find_width(text: str, context: Context) -> tuple[Edit, ...]:
    """Full-width digits and letters become ASCII (TYPO-01), half-width forms of Chinese marks full-width (TYPO-02)."""
    found: list[Edit] = []
    if context.may_hold(_WIDE):
        found += (edit("TYPO-01", text, m.span(), half_width(m[0])) for m in _FULL_WIDTH_ALNUM.finditer(text))
    if context.may_hold(frozenset(_HALF_WIDTH_FORMS)):
        found += (edit("TYPO-02", text, m.span(), _HALF_WIDTH_FORMS[m[0]]) for m in _HALF_WIDTH_FORM.finditer(text))
    return tuple(sorted(found, key=attrgetter("start")))


def find_corners(text: str, context: Context) -> tuple[Edit, ...]:
    """Corner brackets become quotation marks on a page in traditional script, whose marks they are (TYPO-06)."""
    if context.script == "hans" or not context.may_hold(frozenset(_CORNERS)):
        return ()
    return tuple(edit("TYPO-06", text, match.span(), _CORNERS[match[0]]) for match in _CORNER.finditer(text))


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
    found: list[Edit] = []
    add = found.append
    pieces = _MARKS.split(text)
    end = 0
    for before, marks in zip(pieces[::2], pieces[1::2], strict=False):
        start = end + len(before)
        end = start + len(marks)
        if "\u4e00" <= before[-1:] <= "\u9fff" or _stands_in_chinese(text, start, end):
            if end - start == 1:  # nearly all of them
                add(Edit(rule="TYPO-02", start=start, end=end, before=marks, after=_HALF_TO_FULL[marks]))
                continue
            for at, mark in enumerate(marks, start):
                if mark != " ":
                    add(Edit(rule="TYPO-02", start=at, end=at + 1, before=mark, after=_HALF_TO_FULL[mark]))
    if "." in text and (stops := [edit("TYPO-02", text, span, "。") for span in _stops(text)]):
        found = sorted([*found, *stops], key=attrgetter("start"))
    return tuple(found)


def find_doubled(text: str, _context: Context) -> tuple[Edit, ...]:
    """Doubled commas and their like become one (TYPO-03); dots and hyphens in a row an ellipsis or dash (TYPO-07)."""
    if not _REPEATED.search(text):
        return ()
    found = [edit("TYPO-03", text, match.span(), match[0][0]) for match in _doubled().finditer(text)]
    found += (edit("TYPO-07", text, match.span(), "\u2026\u2026") for match in _DOTS.finditer(text))
    found += (edit("TYPO-07", text, match.span(), "\u2014\u2014") for match in _DASHES.finditer(text))
    return without_overlaps(found)


def find_quotes(text: str, _context: Context) -> tuple[Edit, ...]:
    """Straight double quotes that come in pairs in a line, around Chinese, become curly (TYPO-05)."""
    if not any(mark in text for mark in _STRAIGHTS):
        return ()
    found: list[Edit] = []
    start = 0
    for line in text.split("\n"):
        places = [match.start() for match in _STRAIGHT.finditer(line)]
        if places and len(places) % 2 == 0 and "<" not in line and not _CODE.search(line):
            for opening, closing in zip(places[::2], places[1::2], strict=True):
                if _is_chinese_quotation(line, opening, closing) and not _are_units(line, opening, closing):
                    found += _curly(text, start + opening, start + closing)
        start += len(line) + 1
    return tuple(found)


def find_spaces(text: str, _context: Context) -> tuple[Edit, ...]:
    """Spaces beside Chinese punctuation, and all of them in a line padded with spaces, go (TYPO-04).

    A space between Chinese characters stays elsewhere: it parts names in a byline and parts of a headline.
    """
    if " " not in text:
        return ()
    rules = typography()
    found = [
        edit("TYPO-04", text, (start, end))
        for start, end in space_runs(text)
        if (start and text[start - 1] in rules.tight_after) or (end < len(text) and text[end] in rules.tight_before)
    ]
    if text.count(" ") >= rules.padded_min_characters:
        found += (edit("TYPO-04", text, span) for span in _padding(text))
    return without_overlaps(found) if found else ()


@cache
def _doubled() -> re.Pattern[str]:
    return re.compile(f"([{typography().doubled}])\\1+|(?<!。)(。)。(?!。)")


def _is_chinese_quotation(line: str, opening: int, closing: int) -> bool:
    """Whether Chinese is quoted, or a word or two of other signs in the midst of Chinese (叫"1+1")."""
    if _HAS_CHINESE.search(line, opening, closing):
        return True
    amid = _HAS_CHINESE.match(line, opening - 1) if opening else None
    return bool(amid and _HAS_CHINESE.match(line, closing + 1) and closing - opening <= AMID_CHINESE_MAX_CHARS)


def _are_units(line: str, opening: int, closing: int) -> bool:
    """Whether both marks stand behind digits, as seconds and inches do."""
    return line[opening - 1 : opening].isdigit() and line[closing - 1].isdigit()


def _stops(text: str) -> Iterator[tuple[int, int]]:
    """Full stops in ASCII that end a sentence in Chinese.

    One at the end of a line, or before a closing mark, does, if the line is a sentence by its length. One between
    two characters may part a foreign name (卡尔.马克思), and counts only on a page without any Chinese full stop,
    behind a character that transcribes no names.
    """
    rules = typography()
    ends = [match for match in _STOP.finditer(text) if _is_sentence(text, match.start())]
    yield from (match.span() for match in ends)
    if len(ends) < rules.ascii_stops_min or "。" in text:
        return
    for match in _STOP_WITHIN.finditer(text):
        if text[match.start() - 1] not in rules.transcription and _is_sentence(text, match.start()):
            yield match.span()


def _is_sentence(text: str, at: int) -> bool:
    """Whether so much Chinese stands before the stop in its line that it ends a sentence, not a number or heading."""
    start = max(text.rfind("\n", 0, at) + 1, at - 2 * typography().sentence_min_characters)
    return len(_TOUCHING_HAN.findall(text, start, at)) >= typography().sentence_min_characters


def _padding(text: str) -> Iterator[tuple[int, int]]:
    """The spaces between Chinese characters in lines that are padded with spaces."""
    start = 0
    for line in text.split("\n"):
        if line.count(" ") >= typography().padded_min_characters and _is_padded(line):
            yield from ((start + match.start() + 1, start + match.end()) for match in _SPACED_HAN.finditer(line))
        start += len(line) + 1


def _curly(text: str, opening: int, closing: int) -> tuple[Edit, Edit]:
    return (
        edit("TYPO-05", text, (opening, opening + 1), "\u201c"),
        edit("TYPO-05", text, (closing, closing + 1), "\u201d"),
    )


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
    if _NUMBERS_SUM.match(text, start):
        return False
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
    before = text[start - 1 : start]
    if _IS_CHINESE.match(before):
        return True
    if before and before in "%\u2030" and _IS_CHINESE.search(text, max(0, start - NEAR_CHARS), end + NEAR_CHARS):
        return True
    after = text[end : end + 1]
    if not _IS_CHINESE.match(after) or _in_address(text, start):
        return False
    return after not in _CLOSING_QUOTES or _HAS_CHINESE.search(text, _quoted_from(text, start), start) is not None


def _quoted_from(text: str, at: int) -> int:
    """Where the quotation that ends here begins, so that what is said in English keeps its marks."""
    opening = max(text.rfind(mark, max(0, at - QUOTED_MAX_CHARS), at) for mark in "“‘")
    return opening + 1 if opening >= 0 else max(0, at - QUOTED_MAX_CHARS)


def _in_address(text: str, at: int) -> bool:
    return _ADDRESS.search(text, max(0, at - ADDRESS_MAX_CHARS), at) is not None
