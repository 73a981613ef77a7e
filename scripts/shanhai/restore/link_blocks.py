"""Blocks of links to other articles: under a heading that says so, or as a bare list at the page's end."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from shanhai.restore.furniture import furniture, is_label, is_link, is_record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from shanhai.restore.noise import PageLine

LinkMake = Literal["dated", "bulleted", "plain"]
ANCHOR_MAX_CHARS = 20
"""The longest heading of a list of links has 8 characters, with brackets, colon and 更多>> at most 20."""
BARE_MIN_LINES = 5
UNLIKE_MIN_ENDS = 3
BARE_MIN_CHARS, MARKED_MIN_CHARS, BARE_MAX_CHARS = 8, 6, 40
"""A headline without its date and bullet; a poem's line, a name or a short list's entry is shorter."""
_DATED = re.compile(
    r".*\S\s*[\[(]?((19|20)?\d\d[-/.])?\d{1,2}[-/.]\d{1,2}[\])]?|[\[(]((19|20)?\d\d[-/.])?\d{1,2}[-/.]\d{1,2}[\])].*"
)
_DATE_OR_BULLET = re.compile(r"^[·•■▪◆●▲◎>\-\s]+|[\[(]?((19|20)?\d\d[-/.])?\d{1,2}[-/.]\d{1,2}[\])]?")
_ARTICLES_OWN = re.compile(r"[(《“\"#>]|\d{1,2}[.、)]|[一二三四五六七八九十]{1,3}、|第.{1,3}[站步章条]|.{1,12}:")


def anchored_links(lines: Sequence[PageLine]) -> Iterator[int]:
    """Numbers of the headings of link blocks and of the links under them.

    Where the article goes on after the block, its last line may be the article's next heading and stays. A heading
    with running text right under it is the article's own, and so is its own label (相关链接) with one line between.
    """
    done = 0
    for place, heading in enumerate(lines):
        if place < done or not heading.is_anchor:
            continue
        end = place + 1
        while end < len(lines) and is_link(lines[end].folded):
            end += 1
        goes_on = any(line.is_running_text for line in lines[end:])
        last = max(place + 1, end - 1) if goes_on else end
        if _is_links(lines, place, end, last):
            yield from (line.number for line in lines[place:last])
        done = end


def bare_links(tail: Sequence[PageLine], sure: Collection[int]) -> Iterator[int]:
    """Numbers of the lines of a list of headlines behind the article, which no heading announces.

    At least five in a row of the same make: each with a date; or, behind the article's record or another line of
    furniture, each with a bullet or each plain, of unequal lengths.
    """
    if len(tail) < BARE_MIN_LINES:
        return
    ended = False
    makes = [line.link if line.number not in sure else None for line in tail]
    for make, group in groupby(zip(makes, tail, strict=True), key=lambda pair: pair[0]):
        run = [line for _make, line in group]
        if make is None:
            ended = ended or any(line.number in sure or is_record(line.folded) for line in run)
        elif len(run) >= BARE_MIN_LINES and (make == "dated" or (ended and _are_headlines(run))):
            yield from (line.number for line in run)


def _are_headlines(run: Sequence[PageLine]) -> bool:
    """Whether the lines are of unequal length and end; verse and lists of names or places are alike."""
    lengths = {len(line.folded) for line in run}
    return len(lengths) > 1 and len({line.folded[-1] for line in run}) >= UNLIKE_MIN_ENDS


def _is_links(lines: Sequence[PageLine], place: int, end: int, last: int) -> bool:
    """Whether the lines under the heading at the place are links, and not a box of the article's own."""
    if end == place + 1 < len(lines) and lines[end].is_running_text:
        return False
    if not is_label(lines[place].folded):
        return True
    links = lines[place + 1 : last]
    return bool(links) and (last == end or (len(links) > 1 and all(line.link for line in links)))


def link_make(line: str) -> LinkMake | None:
    """How the line shows a link to an article, or `None` for a line that is no headline."""
    plain = _DATE_OR_BULLET.sub("", line).strip()
    marked = plain != line
    least = MARKED_MIN_CHARS if marked else BARE_MIN_CHARS
    if not least <= len(plain) <= BARE_MAX_CHARS or _ARTICLES_OWN.match(plain) or not is_link(line):
        return None
    if furniture().own_words_pattern.fullmatch(plain):
        return None
    return "dated" if _DATED.fullmatch(line) else "bulleted" if marked else "plain"
