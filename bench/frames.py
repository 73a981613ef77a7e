"""Sentences of the master articles as frames: words that stay, and slots that every article fills anew."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import rjieba

if TYPE_CHECKING:
    from collections.abc import Iterator

MASTERS = Path(__file__).parents[1] / "tests" / "masters"
Slot = Literal["", "number", "year", "place", "person", "word"]

_SENTENCE = re.compile("[^\u3002\uff01\uff1f]+[\u3002\uff01\uff1f]+[\u201d\u2019\uff09]*")
_CLAUSE_ENDS = frozenset("\uff0c\uff1b\u3002\uff01\uff1f\uff1a")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# The masters' closing line says what they are; a generated article has its own.
_CLOSING = "\uff08\u672c\u6587\u4e3a"


class Token(NamedTuple):
    """A word of a frame, its tag, and what an article may put in its place."""

    word: str
    tag: str
    slot: Slot


Clause = tuple[Token, ...]
"""Tokens up to and with the mark that ends the clause."""


class Frames(NamedTuple):
    """All frames of the masters. A sentence is its clauses; `openings` and `closings` are first and last clauses."""

    sentences: tuple[tuple[Clause, ...], ...]
    headings: tuple[Clause, ...]
    titles: tuple[Clause, ...]
    openings: tuple[Clause, ...]
    middles: tuple[Clause, ...]
    closings: tuple[Clause, ...]


def frames(folder: Path = MASTERS) -> Frames:
    """The frames of all masters of a folder, in the order of their files."""
    sentences: list[tuple[Clause, ...]] = []
    headings: list[Clause] = []
    titles: list[Clause] = []
    for path in sorted(folder.glob("*.md")):
        _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
        titles += [_tokens(line.partition(":")[2].strip()) for line in head.splitlines() if line.startswith("title:")]
        for line in filter(None, body.splitlines()):
            if line.startswith("#"):
                headings.append(_tokens(line.lstrip("# ")))
            elif not line.startswith(_CLOSING):
                sentences += [tuple(_clauses(sentence)) for sentence in _SENTENCE.findall(line)]
    plain = [one for one in sentences if _is_plain(one)]
    return Frames(
        sentences=tuple(sentences),
        headings=tuple(headings),
        titles=tuple(titles),
        openings=tuple(one[0] for one in plain if len(one) > 1),
        middles=tuple(clause for one in plain for clause in one[1:-1]),
        closings=tuple(one[-1] for one in plain if len(one) > 1),
    )


def field_words(known: Frames) -> dict[tuple[str, int], list[str]]:
    """The masters' own words by tag and length, as often as they come: what every article of the field speaks of."""
    found: dict[tuple[str, int], list[str]] = {}
    for sentence in known.sentences:
        for token in (token for clause in sentence for token in clause if token.slot == "word"):
            found.setdefault((token.tag, len(token.word)), []).append(token.word)
    return found


def _is_plain(sentence: tuple[Clause, ...]) -> bool:
    """Whether its clauses may stand in other sentences: no quotation or bracket runs over them."""
    text = "".join(token.word for clause in sentence for token in clause)
    return not any(mark in text for mark in "\u201c\u201d\uff08\uff09\u2460")


def _clauses(sentence: str) -> Iterator[Clause]:
    clause: list[Token] = []
    depth = 0
    for token in _tokens(sentence):
        clause.append(token)
        depth += sum(token.word.count(mark) for mark in "\u201c\uff08\u300a")
        depth -= sum(token.word.count(mark) for mark in "\u201d\uff09\u300b")
        if token.word[-1] in _CLAUSE_ENDS and depth <= 0:
            yield tuple(clause)
            clause = []
    if clause:
        yield tuple(clause)


def _tokens(text: str) -> Clause:
    found: list[Token] = []
    for word, tag in rjieba.tag(text):
        token = Token(word, tag, _slot(word, tag))
        if token.slot == "place" and found and found[-1].slot == "place":
            continue
        found.append(token)
    return tuple(found)


def _slot(word: str, tag: str) -> Slot:
    if _NUMBER.fullmatch(word):
        return "year" if len(word) == 4 and word[:2] in {"19", "20"} else "number"
    if tag == "ns" and len(word) > 1:
        return "place"
    if tag == "nr" and len(word) in {2, 3}:
        return "person"
    return "word"
