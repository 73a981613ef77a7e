"""Lines that belong to the page, not to the article: menus, buttons, links, spam, legal notes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from shanhai.editlog import edit
from shanhai.restore.context import folded
from shanhai.restore.furniture import (
    LINE_MAX_CHARS,
    TRIM_MAX_CHARS,
    furniture,
    is_anchor,
    is_record,
    is_sentence,
    kind_of,
    trimmed,
)
from shanhai.restore.line_features import Reading, Surroundings, read_line, scored_rule
from shanhai.restore.link_blocks import ANCHOR_MAX_CHARS, LinkMake, anchored_links, bare_links, link_make
from shanhai.restore.shared_lines import is_shared_furniture
from shanhai.restore.spam import is_spam, term_counts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shanhai.records import Edit
    from shanhai.restore.context import Context

BODY_MIN_CHARS = 20
"""A line that ends as a sentence and is so long is running text; links and captions are shorter."""
LEGAL_PHRASES_MIN = 2
"""A sentence with so many phrases of legal notes is one of them and no running text."""
_FIGURES = re.compile(r"[\d\s]+")
_NAMES_SOURCE = re.compile(r"来源\s*[::]")


class PageLine:
    """A line of the page: its number, its place in the text and what it reads as in the patterns' spelling."""

    _folded: str | None = None
    _running: bool | None = None
    _reading: Reading | None = None
    _keywords: bool | None = None
    _anchor: bool | None = None
    _link: LinkMake | Literal[False] | None = False

    def __init__(self, number: int, start: int, text: str, hits: int) -> None:
        self.number, self.start, self.text, self.hits = number, start, text, hits
        self.is_long = len(text) > LINE_MAX_CHARS
        self.is_short = not self.is_long and text[-1] != "\u3002"

    @property
    def folded(self) -> str:
        if self._folded is None:
            self._folded = self.text if self.is_long else folded(self.text)
        return self._folded

    @property
    def is_running_text(self) -> bool:
        if self._running is None:
            self._running = self.is_long or self._reads_as_text()
        return self._running

    def _reads_as_text(self) -> bool:
        if len(self.text) < BODY_MIN_CHARS or not is_sentence(self.folded):
            return False
        phrases = self.reading.phrases
        return not phrases or (phrases < LEGAL_PHRASES_MIN and self.kind(at_edge=True) is None)

    @property
    def reading(self) -> Reading:
        if self._reading is None:
            self._reading = read_line(self.folded)
        return self._reading

    @property
    def holds_keywords(self) -> bool:
        """Whether the line is one of the page's keywords."""
        if self._keywords is None:
            self._keywords = furniture().keyword_pattern.fullmatch(self.folded) is not None
        return self._keywords

    @property
    def is_anchor(self) -> bool:
        """Whether the line is a heading of a list of links."""
        if self._anchor is None:
            self._anchor = len(self.text) <= ANCHOR_MAX_CHARS and is_anchor(self.folded)
        return self._anchor

    @property
    def link(self) -> LinkMake | None:
        """How the line shows a link to an article, `None` for a line that is no headline."""
        if self._link is False:
            self._link = link_make(self.folded)
        return self._link

    def kind(self, *, at_edge: bool) -> str | None:
        """The sure rule that removes the line here."""
        if self.is_long or (not at_edge and not self.is_short):
            return None
        return kind_of(self.folded, at_edge=at_edge)

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.start + len(self.text)


def find(text: str, context: Context) -> tuple[Edit, ...]:
    """Lines of the page's furniture, removed (NOISE-...), and widget words beside metadata (NOISE-WIDGET).

    Judged again after each removal until nothing more goes, so that the result is stable.
    """
    lines = _lines(text)
    removed: dict[int, str] = {}
    left = lines
    while verdicts := _judge(left, context):
        removed |= verdicts
        left = [line for line in left if line.number not in verdicts]
    found = [_removal(text, line, removed[line.number]) for line in lines if line.number in removed] if removed else []
    found += _trims(text, left)
    return tuple(sorted(found, key=lambda one: one.start))


def _lines(text: str) -> list[PageLine]:
    """The lines that are not blank."""
    hits = term_counts(text).get
    start, found = 0, []
    for number, content in enumerate(text.split("\n")):
        if content and not content.isspace():
            found.append(PageLine(number, start, content, hits(number, 0)))
        start += len(content) + 1
    return found


def _worth_a_look(lines: Sequence[PageLine], ends: range, body: range) -> list[int]:
    """The places of the lines that may go: amid the text and far from the page's ends only short ones and spam."""
    amid = range(max(ends.start, body.start), min(ends.stop, body.stop))
    if not amid:
        return list(range(len(lines)))
    short = [place for place in amid if lines[place].is_short or lines[place].hits]
    return [*range(amid.start), *short, *range(amid.stop, len(lines))]


def _judge(lines: Sequence[PageLine], context: Context) -> dict[int, str]:
    """Numbers of the lines that go, each with its rule: first the sure ones, then those that stand beside them."""
    edge = furniture().edge_lines
    ends = range(edge, len(lines) - edge)
    body = _body(lines)
    places = _worth_a_look(lines, ends, body)
    sure = dict(_sure(lines, places, ends, body, context)) | dict(_keywords(lines, places, body))
    sure |= dict.fromkeys(anchored_links(lines), "NOISE-RELATED")
    sure |= dict.fromkeys(bare_links(lines[body.stop :], sure), "NOISE-RELATED")
    scored: dict[int, str] = {}
    for place in places:
        line = lines[place]
        if line.is_long or line.number in sure or not _may_be_furniture(line, outside=place not in body):
            continue
        if line.reading.rule is None:
            continue
        beside = [one.number in sure for one in [*lines[max(0, place - 1) : place], *lines[place + 1 : place + 2]]]
        surroundings = Surroundings(
            edge=place not in ends,
            outside=place not in body,
            neighbour=any(beside),
            between=all(beside) and body.stop <= place and len(lines) > 1,
            foreign=line.number in context.foreign_lines,
        )
        if rule := scored_rule(line.folded, line.reading, surroundings):
            scored[line.number] = rule
    return sure | scored | dict(_shared(lines, body, sure | scored, context.shared))


def _shared(
    lines: Sequence[PageLine], body: range, gone: Mapping[int, str], shared: frozenset[str]
) -> Iterator[tuple[int, str]]:
    """Lines outside the running text that many documents of the origin hold.

    The first line, and the only one above the text that may be a headline, stay: a series has one title.
    """
    if not shared:
        return
    above = [line.number for line in lines[: body.start] if line.number not in gone and not is_record(line.folded)]
    for place, line in enumerate(lines):
        if place and place not in body and line.number not in gone and above != [line.number]:
            cued = line.reading.rule is not None
            if line.is_short and is_shared_furniture(line.folded, shared, cued=cued):
                yield line.number, "NOISE-FREQUENT"


def _body(lines: Sequence[PageLine]) -> range:
    """The places from the first to the last line of running text; all of them where there is none."""
    first = next((place for place, line in enumerate(lines) if line.is_running_text), None)
    if first is None:
        return range(len(lines))
    return range(first, next(place for place in reversed(range(len(lines))) if lines[place].is_running_text) + 1)


def _sure(
    lines: Sequence[PageLine], places: Sequence[int], ends: range, body: range, context: Context
) -> Iterator[tuple[int, str]]:
    """Lines that a pattern or the lexicon of spam tells; figures amid the text are a table's row and no pager."""
    for place in places:
        line = lines[place]
        if line.is_long and not line.hits:
            continue
        at_edge = place not in ends
        foreign = line.number in context.foreign_lines
        if line.hits and is_spam(line.folded, line.hits, foreign=foreign, at_edge=at_edge):
            yield line.number, "NOISE-SPAM"
        elif (rule := line.kind(at_edge=at_edge)) and not _is_row_of_figures(line.folded, amid=place in body):
            yield line.number, rule


def _is_row_of_figures(line: str, *, amid: bool) -> bool:
    """Whether figures alone are a table's row: amid the text, or where they do not count pages up."""
    if not _FIGURES.fullmatch(line):
        return False
    numbers = [int(figure) for figure in line.split()]
    counts = all(after - before in {0, 1} for before, after in pairwise(numbers))
    return amid or not counts


def _keywords(lines: Sequence[PageLine], places: Sequence[int], body: range) -> Iterator[tuple[int, str]]:
    """The page's keywords, unless the article heads sections so (关键词:就业), amid its text."""
    places = [place for place in places if lines[place].is_short and lines[place].holds_keywords]
    if all(place not in body for place in places):
        yield from ((lines[place].number, "NOISE-CMS") for place in places)


def _may_be_furniture(line: PageLine, *, outside: bool) -> bool:
    """Whether the line is worth reading for its score: short, or a sentence outside the running text."""
    return line.is_short or (outside and not line.is_long)


def _removal(text: str, line: PageLine, rule: str) -> Edit:
    """The edit that takes a line away with its line break."""
    start, end = line.span
    if end < len(text):
        return edit(rule, text, (start, end + 1))
    return edit(rule, text, (start, end))


def _trims(text: str, lines: Sequence[PageLine]) -> Iterator[Edit]:
    """The edits that take widget words out of lines; a line without a space holds nothing beside them."""
    short = [line for line in lines if len(line.text) <= TRIM_MAX_CHARS]
    spaced = [line for line in short if " " in line.text]
    named = bool(spaced) and any("来源" in line.text and _NAMES_SOURCE.search(line.folded) for line in short)
    for line in spaced:
        after = trimmed(line.text, named=named)
        if after != line.text:
            yield edit("NOISE-WIDGET", text, line.span, after)
