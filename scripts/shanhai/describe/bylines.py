"""Authors, source, editor: the field lines at a page's head and tail, and the credit behind its last sentence."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from shanhai.describe.affiliation import affiliation, tells_affiliation
from shanhai.describe.compilers import compiler_in_note
from shanhai.describe.field_reading import Fields
from shanhai.describe.fields import read_fields
from shanhai.describe.layout import Cut, ends_sentence
from shanhai.describe.names import author as author_word
from shanhai.describe.names import names_in
from shanhai.describe.sources import source_name
from shanhai.describe.stamps import is_stamped
from shanhai.describe.vocabulary import any_of, limits, publications, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shanhai.describe.dates import Dateline
    from shanhai.describe.layout import Line
    from shanhai.records import GivenMetadata

CREDITS_MAX = 3
DATED_HEADINGS_MIN = 2
NAME_LINE_MAX_CHARS = 24
LABEL_MAX_CHARS = 8
SUMMARY_LINES_MAX = 2
"""Paragraphs that may stand above a page's date line: an abstract, an editor's note."""

_COLONS = ":\uff1a"
_BEHIND_LAST_STOP = re.compile(r"[。\uff01\uff1f”]\s*([^。\uff01\uff1f”\uff0c]+)$")
_LAST_BRACKET = re.compile(r"[\uff08(\[【]([^\uff08\uff09()\[\]【】]{2,160})[\uff09)\]】]\s*$")


class Bylines(msgspec.Struct, frozen=True):
    """Who wrote, published and edited the article."""

    source: str | None
    authors: tuple[str, ...]
    editor: str | None
    agency: str | None = None
    compiled_by: str | None = None
    affiliation: str | None = None


class Credits(msgspec.Struct, frozen=True):
    """What stands behind the last sentence: parts to cut, what they say, and where a note begins.

    `end` is where the paragraph itself ends; `note` is the span of an author's note that follows it.
    """

    end: int
    cuts: tuple[Cut, ...] = ()
    fields: tuple[Fields, ...] = ()
    note: tuple[int, int] | None = None


def field_lines(lines: Sequence[Line]) -> dict[int, Fields]:
    """The field lines by their number: at the head up to the second paragraph, at the tail behind the last but one.

    Names or a paper's name alone, counters and contacts count only before the first paragraph or behind the last. In
    a chronicle a date over a paragraph is a heading.
    """
    prose = [number for number, line in enumerate(lines) if line.prose]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    dated_headings = _dated_headings(lines, prose)
    found: dict[int, Fields] = {}
    for number in _zone(len(lines), prose):
        content = lines[number].content
        fields = None if number in dated_headings or _is_sentence(content) else read_fields(content)
        if fields and (number < first or number > last or (fields.strong and not fields.small_print)):
            found[number] = fields
    return found | _names_beside(lines, found, first) | _values_below(lines, found)


def _zone(count: int, prose: Sequence[int]) -> list[int]:
    """The numbers of the lines that may be field lines."""
    head = min(prose[SUMMARY_LINES_MAX] if len(prose) > SUMMARY_LINES_MAX else count, limits().head_zone_lines, count)
    tail = prose[-SUMMARY_LINES_MAX] if len(prose) >= SUMMARY_LINES_MAX else 0
    return sorted({*range(head), *range(max(tail, count - limits().tail_zone_lines, 0), count)})


def _dated_headings(lines: Sequence[Line], prose: Sequence[int]) -> frozenset[int]:
    """Dates that stand right over paragraphs, where at least two do with a paragraph before them."""
    over = [number - 1 for number in prose if number and is_stamped(lines[number - 1].content)]
    between = [number for number in over if number > prose[0]]
    return frozenset(over) if len(between) >= DATED_HEADINGS_MIN else frozenset(between)


def _values_below(lines: Sequence[Line], found: Mapping[int, Fields]) -> dict[int, Fields]:
    """Values that stand on the line under their label, both with what they say together."""
    below: dict[int, Fields] = {}
    for number in found:
        label = lines[number].content
        value = lines[number + 1] if number + 1 < len(lines) and number + 1 not in found else None
        if value is None or value.prose or label[-1] not in _COLONS or len(label) > LABEL_MAX_CHARS:
            continue
        if fields := read_fields(label + value.content):
            below[number + 1] = fields
    return below


def _names_beside(lines: Sequence[Line], found: Mapping[int, Fields], first: int) -> dict[int, Fields]:
    """Lines of names next to a date or source line at the head: there the shape of a name is enough."""
    strong = {number for number, fields in found.items() if fields.strong and number <= first}
    beside = {number + step for number in strong for step in (-1, 1)} - found.keys()
    named: dict[int, Fields] = {}
    for number in sorted(beside):
        if 0 <= number < first and len(lines[number].content) <= NAME_LINE_MAX_CHARS:
            names = names_in(lines[number].content)
            named |= {number: Fields(authors=names)} if names else {}
    return named


def credits_behind(line: Line) -> Credits:
    """What stands behind the line's last sentence: credits in brackets, a note on the author, 记者 and a name."""
    content = line.content
    cuts: list[Cut] = []
    said: list[Fields] = []
    note = None
    end = len(content)
    for _ in range(CREDITS_MAX):
        match = _LAST_BRACKET.search(content, 0, end)
        fields = _credit(match[1]) if match else None
        if match and fields:
            cuts.insert(0, Cut(line.start + match.start(), line.start + end, "BYLINE-04"))
            said.insert(0, fields)
        elif match and not note and tells_affiliation(match[1]):
            note = (line.start + match.start(), line.start + end)
        else:
            break
        end = len(content[: match.start()].rstrip())
    if end == len(content):
        return _bare_credit(line)
    return (
        Credits(line.start + end, tuple(cuts), tuple(said), note) if ends_sentence(content[:end]) else Credits(line.end)
    )


def _credit(content: str) -> Fields | None:
    """The fields of a credit that says who or where from; counters and buttons alone are none."""
    fields = read_fields(content)
    if fields is None:
        return None
    people = fields.authors or fields.editors or fields.compilers
    return fields if people or fields.source or fields.weak_source else None


def _bare_credit(line: Line) -> Credits:
    """本报记者 某某 without brackets behind the last full stop."""
    match = _BEHIND_LAST_STOP.search(line.content, max(len(line.content) - NAME_LINE_MAX_CHARS, 0))
    fields = _credit(match[1]) if match else None
    if match is None or fields is None or not (fields.strong and fields.authors):
        return Credits(line.end)
    start = line.start + match.start(1)
    end = line.start + len(line.content[: match.start(1)].rstrip())
    return Credits(end, (Cut(start, line.end, "BYLINE-04"),), (fields,))


def field_rule(fields: Fields) -> str:
    """The rule by which a line with these fields leaves the text."""
    if fields.stamp:
        return "DATE-01"
    if fields.authors:
        return "BYLINE-01"
    if fields.compilers:
        return "BYLINE-06"
    if fields.source or fields.weak_source:
        return "BYLINE-02"
    return "BYLINE-03" if fields.editors else "BYLINE-05"


def find_bylines(
    given: GivenMetadata, fields: Sequence[Fields], dateline: Dateline | None, notes: Sequence[str], lead: Sequence[str]
) -> Bylines:
    """Source, authors and editor: by the metadata, then field lines, then the dateline, then author's notes.

    `lead` are the first paragraphs, of which an editor's note may name the compiler.
    """
    opening = [dateline.source] if dateline and dateline.source else []
    unlabelled = [one.weak_source for one in fields if one.weak_source]
    sources = [*(one.source for one in fields), *unlabelled, *opening]
    source = (source_name(given.source) if given.source else None) or next((name for name in sources if name), None)
    authors = _given_names(given.authors) or tuple(name for one in fields for name in one.authors)
    authors = tuple(dict.fromkeys(authors or (dateline.authors if dateline else ()) or _authors_of_notes(notes)))
    return Bylines(
        source=source,
        authors=authors,
        editor=_editor(given, fields),
        agency=_agency((*opening, *unlabelled), source),
        compiled_by=_compiler(fields, lead, source),
        affiliation=affiliation(notes, authors) or _posts(fields),
    )


def _posts(fields: Sequence[Fields]) -> str | None:
    """The posts that field lines give beside the authors' names."""
    return "\uff1b".join(dict.fromkeys(post for one in fields for post in one.posts)) or None


def _editor(given: GivenMetadata, fields: Sequence[Fields]) -> str | None:
    editors = _given_names((given.editor,)) if given.editor else ()
    editors = editors or tuple(dict.fromkeys(name for one in fields for name in one.editors))
    return "、".join(editors) or None


def _agency(names: Sequence[str], source: str | None) -> str | None:
    """The news agency among the names of datelines and reporters' lines, where the source is another one."""
    found = next((name for name in names if name in publications().agencies), None)
    return None if found is None or source in publications().same_agency.get(found, {found}) else found


def _compiler(fields: Sequence[Fields], lead: Sequence[str], source: str | None) -> str | None:
    """Who put a compilation together, by its credit or the editor's note; the publication itself by its name."""
    compilers = list(dict.fromkeys(name for one in fields for name in one.compilers))
    if not compilers and (named := compiler_in_note(lead)) is not None:
        compilers = [named]
    return "、".join(name for one in compilers if (name := one or source or "")) or None


def authors_in_note(note: str) -> tuple[str, ...]:
    """The author that a note names before it says who that is: (作者张三系某县干部), (作者:张三,单位:…)."""
    match = _note_author().match(note)
    return (names_in(match[1] or match[2]) or ()) if match else ()


def _authors_of_notes(notes: Sequence[str]) -> tuple[str, ...]:
    return next((found for note in notes if (found := authors_in_note(note))), ())


def _given_names(given: Sequence[str]) -> tuple[str, ...]:
    """Names out of metadata, cleaned where they can be read, as they are where not."""
    found: list[str] = []
    for value in given:
        read = names_in(value, author_word)
        found += read if read is not None else [" ".join(value.split())]
    return tuple(name for name in dict.fromkeys(found) if name and name not in vocabulary().anonymous)


def _is_sentence(content: str) -> bool:
    return content.endswith(("。", "\uff01", "\uff1f")) and "\uff1a" not in content


@cache
def _note_author() -> re.Pattern[str]:
    follows = any_of(vocabulary().author_note_verbs)
    name = r"([\u4e00-\u9fff·\u3001\s]{2,24}?)"
    return re.compile(
        rf"[\uff08(\[【]?(?:本文)?作者(?:(?:简介|介绍)?[\uff1a:]\s*{name}(?=[,\uff0c\uff1b;\uff08(])"
        rf"|\s*{name}(?=\s*(?:{follows})))"
    )
