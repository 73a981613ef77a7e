"""The table with which a page of the site is shown in traditional characters.

OpenCC's s2t cuts a text from left to right into the longest phrases that its dictionary of 49,000 has, and single
characters. A reader's browser does the same with the few phrases that the text of the site calls for: those that hold a
character which alone becomes another (里 is 裏, but 公里 stays 公里), and those that keep such a phrase from being read
across two words. Which these are is found by comparing with OpenCC until nothing differs.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

import msgspec
from ahocorasick_rs import AhoCorasick, MatchKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

TABLE = "assets/shanhai/script-table.js"
"""Where the site keeps the table, which is fetched only for a reader who asked for traditional characters."""

OWN_SCRIPTS = "assets/shanhai/*.js"
"""The scripts of the site, which show a message now and then."""

LONGEST_PHRASE_CHARS = 30
"""Twice the longest phrase of OpenCC 1.4.2 (15): two that overlap are told apart by what stands around both."""

_HAN = "[〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_RUNS = re.compile(f"{_HAN}+(?:[·-]{_HAN}+)*")
"""What a phrase can span: Han characters, and the two signs that OpenCC's phrases have between them."""

_ESCAPED = re.compile(r"\\u[0-9a-f]{4}(?:\\u[0-9a-f]{4})*")
"""Text within the theme's block of settings: messages that its script shows later."""


class ScriptTable(msgspec.Struct, frozen=True):
    """What becomes of characters that stand alone, and of phrases, the longest of which wins."""

    characters: dict[str, str]
    phrases: dict[str, str]


def write_table(site: Path) -> ScriptTable:
    """Write the table for all words of a rendered site into it; returns the table."""
    target = site / TABLE
    runs: set[str] = set()
    for path in (*site.rglob("*.html"), *site.glob(OWN_SCRIPTS)):
        if path != target:
            runs |= han_runs(path.read_text(encoding="utf-8"))
    table = table_of(runs)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(javascript(table), encoding="utf-8", newline="\n")
    return table


def han_runs(html: str) -> set[str]:
    """The distinct stretches of Chinese of a page: its text, its attributes, and the messages of its settings."""
    runs = set(_RUNS.findall(html))
    for escaped in _ESCAPED.findall(html):
        runs.update(_RUNS.findall(json.loads(f'"{escaped}"')))
    return runs


def table_of(runs: Iterable[str]) -> ScriptTable:
    """A table with which `traditional` gives for each of the runs what OpenCC's s2t gives; the same for any order."""
    text = "\n".join(sorted(runs))
    alone = {one: _s2t()(one) for one in sorted(set(text))}
    table = ScriptTable({one: other for one, other in alone.items() if one != other}, {})
    open_text = text
    while found := _missing_phrases(open_text, table):
        table.phrases.update(found)
        open_text = _lines_with(found, text)
    return ScriptTable(table.characters, dict(sorted(table.phrases.items())))


def traditional(text: str, table: ScriptTable) -> str:
    """The text in traditional characters, as a reader's browser makes it."""
    return _converted(text, table, _cuts(text, table.phrases))


def javascript(table: ScriptTable) -> str:
    """The script that hands the table over: in a phrase, `=` stands before what its last character becomes there."""
    characters = "".join(one + other for one, other in table.characters.items())
    phrases = " ".join(_spelled(phrase, other, table.characters) for phrase, other in table.phrases.items())
    return (
        "// Simplified to traditional characters for the words of this site, by the s2t of OpenCC (Apache-2.0).\n"
        f'globalThis.shanhaiScriptTable = {{\n  characters: "{characters}",\n  phrases: "{phrases}",\n}};\n'
    )


def _spelled(phrase: str, other: str, characters: Mapping[str, str]) -> str:
    pairs = zip(phrase, other, strict=True)
    return "".join(one if characters.get(one, one) == becomes else f"{one}={becomes}" for one, becomes in pairs)


def _missing_phrases(text: str, table: ScriptTable) -> dict[str, str]:
    """A phrase for each place of the text at which the table does not give what OpenCC gives."""
    wanted = _s2t()(text)
    cuts = _cuts(text, table.phrases)
    given = _converted(text, table, cuts)
    wrong = [at for at, (one, other) in enumerate(zip(given, wanted, strict=True)) if one != other]
    spans = (_deciding_span(text, wanted, cuts, at) for at in wrong)
    return {text[slice(*span)]: wanted[slice(*span)] for span in spans if span}


def _deciding_span(text: str, wanted: str, cuts: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """The shortest stretch around a place that, as a phrase of the table, gives what is wanted there.

    It begins where the reader's browser looks for a phrase, is longer than the one that it finds there, and OpenCC
    gives the same for it alone. `None` where no such stretch is short enough.
    """
    first, last = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    last = last if last >= 0 else len(text)
    sizes = _sizes_found(cuts, max(first, at - LONGEST_PHRASE_CHARS), at)
    for size in range(2, min(LONGEST_PHRASE_CHARS, last - first) + 1):
        for start in range(max(first, at - size + 1), min(at, last - size) + 1):
            span = slice(start, start + size)
            if sizes.get(start, 1) < size and _s2t_of_phrase(text[span]) == wanted[span]:
                return start, start + size
    return None


def _sizes_found(cuts: Sequence[tuple[int, int]], first: int, at: int) -> dict[int, int]:
    """By place from `first` to `at`: the length of the phrase that is found there, without end within a phrase."""
    sizes: dict[int, int] = {}
    number = bisect_right(cuts, at, key=lambda cut: cut[0]) - 1
    while number >= 0 and cuts[number][1] > first:
        start, end = cuts[number]
        sizes |= dict.fromkeys(range(start + 1, end), LONGEST_PHRASE_CHARS) | {start: end - start}
        number -= 1
    return sizes


def _lines_with(phrases: Collection[str], text: str) -> str:
    """The lines of the text that hold one of the phrases: no other can have changed by them."""
    lines, end = [], -1
    for start, _ in _cuts(text, phrases):
        if start > end:
            end = text.find("\n", start)
            end = end if end >= 0 else len(text)
            lines.append(text[text.rfind("\n", 0, start) + 1 : end])
    return "\n".join(lines)


def _cuts(text: str, phrases: Collection[str]) -> list[tuple[int, int]]:
    """Where phrases are found from left to right, the longest at each place."""
    if not phrases:
        return []
    automaton = AhoCorasick(list(phrases), matchkind=MatchKind.LeftmostLongest)
    return [(start, end) for _, start, end in automaton.find_matches_as_indexes(text)]


def _converted(text: str, table: ScriptTable, cuts: Sequence[tuple[int, int]]) -> str:
    alone = text.translate({ord(one): other for one, other in table.characters.items()})
    pieces: list[str] = []
    at = 0
    for start, end in cuts:
        pieces += (alone[at:start], table.phrases[text[start:end]])
        at = end
    return "".join([*pieces, alone[at:]])


@cache
def _s2t_of_phrase(phrase: str) -> str:
    return _s2t()(phrase)


@cache
def _s2t() -> Callable[[str], str]:
    from opencc import OpenCC  # noqa: PLC0415 - a heavy library, loaded where it is used

    convert: Callable[[str], str] = OpenCC("s2t").convert
    return convert
