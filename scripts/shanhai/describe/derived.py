"""A headline for a page that has none, out of its own words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from shanhai.describe.shapes import Shape, section_label, shape_of
from shanhai.describe.vocabulary import any_of, limits, vocabulary
from shanhai.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.records import Block

NOTE_PARAGRAPHS = 4
"""An editor's note runs over at most so many paragraphs."""
ELLIPSIS = "…"

_CLAUSE = re.compile("[^\uff0c。\uff01\uff1f\uff1b\uff1a,!?;:…\n]+")
_SENTENCE = re.compile("[^。\uff01\uff1f!?\n]+")
_DATELINE = re.compile(
    "^[^。\uff0c]{0,40}?(?:电|讯|消息)\\s*(?:[\uff08(][^\uff08\uff09()]*[\uff09)])?\\s*[\uff1a:]?\\s*(?=\\S)"
)
_PAIRED = {"“": "”", "‘": "’", "\uff08": "\uff09", "\u300a": "\u300b"}
_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、章节部分\s]+|[\uff08(][一二三四五六七八九十\d]{1,3}[\uff09)]|\d{1,2}[.、])\s*"
)


def derived_title(text: str, blocks: Sequence[Block]) -> str:
    """A headline of at most 40 characters: the editor's note's subject, the first heading, or the lead's first clause.

    A heading serves where it says enough by itself: not a fixed word, not one of a row of places with mottos. What is
    longer is cut at a sign, and where there is none, at a word's end.
    """
    paragraphs = [text[block.start : block.end] for block in blocks if block.kind is BlockKind.PARAGRAPH]
    headings = [text[block.start : block.end] for block in blocks if block.kind is BlockKind.HEADING]
    found = _note_subject(paragraphs[:NOTE_PARAGRAPHS]) or _telling_heading(headings) or _lead_clause(paragraphs)
    return found or _fitted(" ".join(text[:200].split()))


def _note_subject(paragraphs: Sequence[str]) -> str | None:
    """What an editor's note says that it introduces: the object of its 整理, 梳理, 推出."""
    if not paragraphs or not paragraphs[0].lstrip("【[\uff08(").startswith(vocabulary().editor_note_openings):
        return None
    for paragraph in paragraphs:
        for match in _subject().finditer(paragraph):
            subject = match[1].strip("“” ")
            if limits().derived_title_min_chars <= len(subject) <= limits().derived_title_max_chars:
                return subject
    return None


def _telling_heading(headings: Sequence[str]) -> str | None:
    shapes = [shape_of(heading) for heading in headings]
    for heading, shape in zip(headings, shapes, strict=True):
        bare = _NUMBERING.sub("", heading).strip()
        if section_label(heading) or len(bare) < limits().derived_title_min_chars:
            continue
        if shape is Shape.PLACE_MOTTO and shapes.count(shape) > 1:
            return None
        return _fitted(bare.strip("“”") if shape is Shape.QUOTED else bare)
    return None


def _lead_clause(paragraphs: Sequence[str]) -> str | None:
    """The first clauses of the lead that say something: 近日 and a dateline are passed over."""
    for paragraph in paragraphs[:NOTE_PARAGRAPHS]:
        bare = _DATELINE.sub("", _without_opening(paragraph), count=1)
        for sentence in _SENTENCE.finditer(bare):
            if title := _clauses(sentence[0].strip()):
                return title
    return None


def _without_opening(paragraph: str) -> str:
    return _note_opening().sub("", paragraph, count=1)


def _clauses(sentence: str) -> str | None:
    """Clauses from the first that is no mere adverbial, until they say enough."""
    spans = [match.span() for match in _CLAUSE.finditer(sentence)]
    while len(spans) > 1 and _is_adverbial(sentence[slice(*spans[0])]):
        spans.pop(0)
    if not spans:
        return None
    start, end = spans[0][0], spans[0][1]
    for _, later in spans[1:]:
        if end - start >= limits().derived_title_min_chars and _balanced(sentence[start:end]):
            break
        end = later
    title = sentence[start:end].strip(" \uff0c、\uff1b\uff1a")
    return _fitted(_unquoted(title)) if len(title) >= limits().derived_title_min_chars else None


def _is_adverbial(clause: str) -> bool:
    bare = clause.strip(" “‘")
    return len(bare) < 4 or (len(bare) <= 16 and bare.startswith(vocabulary().lead_adverbials))


def _balanced(text: str) -> bool:
    return all(text.count(opening) == text.count(closing) for opening, closing in _PAIRED.items())


def _unquoted(title: str) -> str:
    """The title without quotation marks or brackets whose partner was cut off."""
    for opening, closing in _PAIRED.items():
        if title.count(opening) != title.count(closing):
            title = title.replace(opening, "").replace(closing, "")
    return title


def _fitted(title: str) -> str:
    """The title within 40 characters: cut at the last sign that leaves enough, else at a word's end."""
    most = limits().derived_title_max_chars
    if len(title) <= most:
        return title
    cut = max(title.rfind(sign, 0, most) for sign in "\uff0c。\uff1b\uff1a\uff01\uff1f、,;: ")
    if cut >= limits().derived_title_min_chars:
        return _unquoted(title[:cut].strip())
    return _unquoted(_whole_words(title, most - len(ELLIPSIS))) + ELLIPSIS


def _whole_words(text: str, most: int) -> str:
    import rjieba  # noqa: PLC0415 - a heavy library, for the rare title without any sign

    kept = ""
    for word in rjieba.cut(text[: 2 * most]):
        if len(kept) + len(word) > most:
            break
        kept += word
    return kept or text[:most]


@cache
def _subject() -> re.Pattern[str]:
    known = vocabulary()
    ends = any_of(known.editor_note_ends)
    return re.compile(
        rf"(?:{any_of(known.editor_note_verbs)})(?:了|出|的|一批|一组|以下)?((?:[^\uff0c。\uff1b\uff1a\n]){{4,40}}?(?:{ends}))(?=[\uff0c。\uff1b\uff1a])"
    )


@cache
def _note_opening() -> re.Pattern[str]:
    return re.compile(rf"^[【\[\uff08(]?(?:{any_of(vocabulary().editor_note_openings)})[】\]\uff09)]?\s*[\uff1a:]?\s*")
