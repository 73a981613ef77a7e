"""Lines that belong to the page, not to the article: menus, buttons, links, spam, legal notes."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from shanhai.editlog import edit
from shanhai.restore.context import folded
from shanhai.restore.furniture import LINE_MAX_CHARS, TRIM_MAX_CHARS, furniture, is_link, is_sentence, kind_of, trimmed
from shanhai.restore.spam import is_spam, term_counts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.records import Edit
    from shanhai.restore.context import Context

BODY_MIN_CHARS = 20
"""A line that ends as a sentence and is so long is running text; links and captions are shorter."""
ANCHOR_MAX_CHARS = 20
"""The longest heading of a list of links has 8 characters, with brackets and colon at most 20."""
_NAMES_SOURCE = re.compile(r"来源\s*[::]")


class _Line:
    """A line of the page: its number, its place in the text and what it reads as in the patterns' spelling."""

    def __init__(self, number: int, start: int, text: str, hits: int) -> None:
        self.number, self.start, self.text, self.hits = number, start, text, hits
        self._kinds: dict[bool, str | None] = {}

    @cached_property
    def folded(self) -> str:
        return folded(self.text) if len(self.text) <= LINE_MAX_CHARS else self.text

    @property
    def is_short(self) -> bool:
        return len(self.text) <= LINE_MAX_CHARS and not self.text.endswith("\u3002")

    @property
    def is_anchor(self) -> bool:
        return len(self.text) <= ANCHOR_MAX_CHARS and self.folded.strip(" :>»【】[]|·…#") in furniture().anchor_set

    def kind(self, *, at_edge: bool) -> str | None:
        """The rule that removes the line here, looked up once."""
        if len(self.text) > LINE_MAX_CHARS or (not at_edge and self.text.endswith("\u3002")):
            return None
        if at_edge not in self._kinds:
            self._kinds[at_edge] = kind_of(self.folded, at_edge=at_edge)
        return self._kinds[at_edge]

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
    while verdicts := dict(_judge(left, context)):
        removed |= verdicts
        left = [line for line in left if line.number not in verdicts]
    named = any(_NAMES_SOURCE.search(line.folded) for line in left if len(line.text) <= TRIM_MAX_CHARS)
    found = [_removal(text, line, removed[line.number]) for line in lines if line.number in removed]
    found += (one for line in left for one in _trim(text, line, named=named))
    return tuple(sorted(found, key=lambda one: one.start))


def _lines(text: str) -> list[_Line]:
    """The lines that are not blank."""
    counts = term_counts(text)
    start, found = 0, []
    for number, content in enumerate(text.split("\n")):
        if content and not content.isspace():
            found.append(_Line(number, start, content, counts.get(number, 0)))
        start += len(content) + 1
    return found


def _judge(lines: Sequence[_Line], context: Context) -> Iterator[tuple[int, str]]:
    """Numbers of the lines that go, each with its rule."""
    edge = furniture().edge_lines
    keywords = [line for line in lines if line.is_short and furniture().keyword_pattern.fullmatch(line.folded)]
    for place, line in enumerate(lines):
        at_edge = place < edge or place >= len(lines) - edge
        if at_edge and keywords == [line]:
            yield line.number, "NOISE-CMS"
        elif line.hits and is_spam(
            line.folded, line.hits, foreign=line.number in context.foreign_lines, at_edge=at_edge
        ):
            yield line.number, "NOISE-SPAM"
        elif rule := line.kind(at_edge=at_edge):
            yield line.number, rule
    yield from _related(lines)


def _related(lines: Sequence[_Line]) -> Iterator[tuple[int, str]]:
    """Headings of link blocks with the links under them.

    Where the article goes on after the block, its last line may be the article's next heading and stays. A heading
    with running text right under it is the article's own.
    """
    place = 0
    while place < len(lines):
        end = place + 1
        if not lines[place].is_anchor:
            place = end
            continue
        while end < len(lines) and is_link(lines[end].folded):
            end += 1
        if end == place + 1 < len(lines) and is_sentence(lines[end].folded):
            place = end
            continue
        goes_on = any(is_sentence(line.folded) and len(line.text) >= BODY_MIN_CHARS for line in lines[end:])
        last = max(place + 1, end - 1) if goes_on else end
        yield from ((line.number, "NOISE-RELATED") for line in lines[place:last])
        place = end


def _removal(text: str, line: _Line, rule: str) -> Edit:
    """The edit that takes a line away with its line break."""
    start, end = line.span
    if end < len(text):
        return edit(rule, text, (start, end + 1))
    return edit(rule, text, (start, end))


def _trim(text: str, line: _Line, *, named: bool) -> Iterator[Edit]:
    after = trimmed(line.text, named=named)
    if after != line.text:
        yield edit("NOISE-WIDGET", text, line.span, after)
