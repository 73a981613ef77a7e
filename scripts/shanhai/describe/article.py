"""From a restored text to a described article: headline, date, byline, structure, and the edits that part them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from shanhai.describe.blocks import MARKS, Kind, kinds_of, unmarked
from shanhai.describe.bylines import Credits, credits_behind, field_lines, field_rule, find_bylines
from shanhai.describe.compilers import NOTE_PARAGRAPHS
from shanhai.describe.dates import find_date, inferred_year, read_dateline
from shanhai.describe.derived import derived_title
from shanhai.describe.field_reading import Fields
from shanhai.describe.given import plain_given
from shanhai.describe.headline import Headline, find_headline
from shanhai.describe.hints import hinted_lines
from shanhai.describe.layout import JOINT, Cut, Line, Part, clean_text, edits_to, lines_of, sign_lines
from shanhai.describe.rejection import why_no_article
from shanhai.describe.shapes import is_caption
from shanhai.records import Block, BlockKind, DescribedArticle, EditPass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.describe.bylines import Bylines
    from shanhai.describe.dates import ArticleDate, Dateline
    from shanhai.records import GivenMetadata, Hint, Rejected, RestoredArticle

STEP = "describe"
TAIL_LINES = 3
AUTHOR_NOTES = ("作者简介", "作者介绍", "作者单位", "作者系")
"""A long note on the authors is a paragraph; it opens with these among the last lines."""


class Page(msgspec.Struct, frozen=True):
    """A restored text taken apart: the lines that stay, what leaves, and what the leaving lines said."""

    lines: tuple[Line, ...]
    kinds: tuple[Kind, ...]
    cuts: tuple[Cut, ...]
    fields: tuple[Fields, ...]
    headline: Headline


def describe(restored: RestoredArticle) -> DescribedArticle | Rejected:
    """The article with its headline, date, byline and blocks, or the reason why the text is no article."""
    given = plain_given(restored)
    page = _take_apart(restored, given)
    parts = [Part(line.start, line.end) for line in page.lines]
    text = clean_text(restored.text, parts)
    if rejected := why_no_article(restored.raw, text, page.headline.title):
        return rejected
    blocks = _blocks(page)
    dateline = _dateline(page)
    edits = edits_to(restored.text, parts, page.cuts)
    bylines = _bylines(given, page, dateline)
    dated = _date(restored, page, dateline, text)
    return DescribedArticle(
        raw=restored.raw,
        text=text,
        log=(*restored.log, EditPass(step=STEP, edits=edits)) if edits else restored.log,
        script=restored.script,
        blocks=blocks,
        title=page.headline.title or derived_title(text, blocks),
        title_derived=page.headline.title is None,
        date=dated.day,
        date_edtf=dated.edtf,
        date_origin=dated.origin,
        source=bylines.source,
        authors=bylines.authors,
        editor=bylines.editor,
        agency=bylines.agency,
        compiled_by=bylines.compiled_by,
        affiliation=bylines.affiliation,
    )


def _take_apart(restored: RestoredArticle, given: GivenMetadata) -> Page:
    every = lines_of(restored.text)
    signs = sign_lines(every)
    lines = [line for number, line in enumerate(every) if number not in signs] if signs else every
    hints = hinted_lines(restored.raw.hints, restored.log, lines)
    fields = field_lines(lines)
    headline = find_headline(lines, fields, given.title)
    cuts = {number: Cut(lines[number].start, lines[number].end, field_rule(one)) for number, one in fields.items()}
    cuts |= headline.cuts
    staying = [number for number in range(len(lines)) if number not in cuts]
    found = _credits(lines, staying)
    kept, marks, kept_hints, mark_cuts = _kept_lines(lines, staying, hints, found)
    said = (*(fields[number] for number in sorted(fields)), *(found.fields if found else ()))
    sign_cuts = [Cut(every[number].start, every[number].end, "LAYOUT-05") for number in sorted(signs)]
    every_cut = (*sign_cuts, *cuts.values(), *mark_cuts, *(found.cuts if found else ()))
    return Page(tuple(kept), tuple(kinds_of(kept, marks, kept_hints)), tuple(sorted(every_cut)), said, headline)


def _credits(lines: Sequence[Line], staying: Sequence[int]) -> Credits | None:
    """The credits behind the last paragraph that stays."""
    last = next((number for number in reversed(staying) if lines[number].prose), None)
    if last is None or is_caption(lines[last].content):
        return None
    return credits_behind(lines[last])


def _kept_lines(
    lines: Sequence[Line], staying: Sequence[int], hints: dict[int, Hint], found: Credits | None
) -> tuple[list[Line], dict[int, Kind], dict[int, Hint], list[Cut]]:
    """The lines that stay, without marks and credits; marks and hints by the lines' new numbers; the marks' cuts."""
    kept: list[Line] = []
    marks: dict[int, Kind] = {}
    kept_hints: dict[int, Hint] = {}
    cuts: list[Cut] = []
    for number in staying:
        line = lines[number]
        if line.content[0] in MARKS:
            line, kind = unmarked(line)
            if kind:
                marks[len(kept)] = kind
                cuts.append(Cut(lines[number].start, line.start, "LAYOUT-04"))
        if number in hints:
            kept_hints[len(kept)] = hints[number]
        if found and line.start < found.end < line.end:
            kept += _split(line, found)
        else:
            kept.append(line)
    return kept, marks, kept_hints, cuts


def _split(line: Line, found: Credits) -> list[Line]:
    """The paragraph without its credits, and an author's note behind it as a line of its own."""
    spans = [(line.start, found.end), *([found.note] if found.note else [])]
    return [_part(line, start, end) for start, end in spans]


def _part(line: Line, start: int, end: int) -> Line:
    return Line(start, end, line.content[start - line.start : end - line.start], start == line.start)


def _blocks(page: Page) -> tuple[Block, ...]:
    found: list[Block] = []
    position = 0
    for line, kind in zip(page.lines, page.kinds, strict=True):
        end = position + line.end - line.start
        found.append(Block(kind=kind.kind, start=position, end=end, level=kind.level))
        position = end + len(JOINT)
    return tuple(found)


def _dateline(page: Page) -> Dateline | None:
    """The dateline that the first paragraph opens with, or the second one where an editor's note comes first."""
    paragraphs = [line for line, kind in zip(page.lines, page.kinds, strict=True) if kind.kind is BlockKind.PARAGRAPH]
    return next((found for line in paragraphs[:2] if (found := read_dateline(line.content))), None)


def _bylines(given: GivenMetadata, page: Page, dateline: Dateline | None) -> Bylines:
    known = list(zip(page.lines, page.kinds, strict=True))
    notes = [line.content for line, kind in known if kind.kind is BlockKind.NOTE]
    notes += [line.content for line, _ in known[-TAIL_LINES:] if line.content.startswith(AUTHOR_NOTES)]
    lead = [line.content for line, kind in known if kind.kind is BlockKind.PARAGRAPH][:NOTE_PARAGRAPHS]
    return find_bylines(given, page.fields, dateline, notes, lead)


def _date(restored: RestoredArticle, page: Page, dateline: Dateline | None, text: str) -> ArticleDate:
    raw = restored.raw
    stamped = sorted((one for one in page.fields if one.stamp), key=lambda one: not one.published)
    stamps = [one.stamp for one in stamped if one.stamp]
    stamps += [page.headline.stamp] if page.headline.stamp else []
    dated = find_date(raw.given.date, stamps, dateline, raw.given.url, raw.file)
    return dated if dated.edtf else inferred_year(text)
