"""What a note says that the authors are: (作者系某县干部), 作者单位, 作者简介."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from shanhai.describe.names import certain_person, names_in
from shanhai.describe.vocabulary import any_of, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

AFFILIATION_MAX_CHARS = 300

_EDGES = " \t\u3000\u00a0\uff0c,\uff1b;。.\uff1a:、"
_CLOSERS = {"\uff08": "\uff09", "(": ")", "【": "】", "[": "]", "\u3014": "\u3015"}


def affiliation(notes: Sequence[str], authors: Sequence[str]) -> str | None:
    """The authors' posts or units by the first note that tells them, as it puts them; `None` where none does."""
    for note in notes:
        if len(note) <= AFFILIATION_MAX_CHARS and (told := _told(_bare(note), authors)):
            return told
    return None


def tells_affiliation(note: str) -> bool:
    """Whether a note in brackets, given without them, says what the author is: 作者张三系…, 张三系…."""
    if note.startswith(vocabulary().notes.author_openings):
        return True
    match = _opening().match(note) or _named().match(note)
    if match is None or not match["verb"]:
        return False
    return not match["name"] or names_in(match["name"], certain_person) is not None


def _bare(note: str) -> str:
    close = _CLOSERS.get(note[:1])
    return note[1:-1].strip() if close and note.endswith(close) else note


def _told(note: str, authors: Sequence[str]) -> str | None:
    match = _opening().match(note) or (_of_author(note, authors) if authors else None) or _named().match(note)
    if match is None or (match["name"] and names_in(match["name"]) is None):
        return None
    rest = _credit_behind().sub("", note[match.end() :]).strip(_EDGES)
    if unit := _unit().search(rest):
        rest = rest[unit.end() :].strip(_EDGES)
    elif not (match["verb"] or match["kind"]):
        return None
    rest = _without_name(rest, authors)
    return rest if len(rest) > 1 else None


def _without_name(rest: str, authors: Sequence[str]) -> str:
    """What follows the only author's name and sex; of several authors each name stays with its post."""
    if "\uff1b" in rest or ";" in rest:
        return rest
    named = next((name for name in authors if rest.startswith(name)), None)
    if named is None:
        return rest
    bare = rest[len(named) :].lstrip(f"{_EDGES}\uff08(")
    return _sex().sub("", bare).strip(_EDGES) if bare else rest


def _of_author(note: str, authors: Sequence[str]) -> re.Match[str] | None:
    """张三系某县干部, where 张三 is the article's author."""
    if not note.startswith(tuple(authors)):
        return None
    return re.compile(rf"(?P<kind>)(?P<name>{any_of(authors)})\s?(?P<verb>{_verbs()})").match(note)


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(
        r"(?:本文)?(?:第一)?作者(?:(?P<kind>简介|介绍|单位|工作单位)\s?(?:[\uff1a:]|为|是|\s)"
        rf"|\s?(?P<name>[\u4e00-\u9fff·、\s]{{0,24}}?)[\uff0c,]?(?P<verb>{_verbs()})|[\uff1a:])\s?"
    )


@cache
def _credit_behind() -> re.Pattern[str]:
    """The credit of another hand at the note's end: ..., 本报记者某某整理."""
    return re.compile(rf"[\uff0c\uff1b](?:本报|本刊|本网)?(?:{any_of(vocabulary().roles)})[^\uff0c\uff1b]*$")


@cache
def _named() -> re.Pattern[str]:
    return re.compile("(?P<name>[\u4e00-\u9fff]{2,3})(?P<verb>系|现为|现任|时任)(?![统列着])")


def _verbs() -> str:
    return f"(?:{any_of(vocabulary().affiliation_verbs)})(?![了着过此何什])"


@cache
def _unit() -> re.Pattern[str]:
    return re.compile("(?:工作)?单位\\s?[\uff1a:为是]\\s?")


@cache
def _sex() -> re.Pattern[str]:
    return re.compile("^[男女]\\s?[\uff0c,]\\s?")
