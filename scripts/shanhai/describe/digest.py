"""A digest of unrelated items, split into its items before anything is read out of it.

Each item is an article of its own, whose log begins with the whole raw text and removes the other items (DIGEST-01).
A page is a digest only where several items each bear a mark of their own: a dateline at the start, a credit at the end,
or a line with date and source under the headline. A compilation on one theme stays whole: it has an introduction, or
headings of place and motto, or a title whose words come back in its parts. In doubt a page stays whole.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec
from ahocorasick_rs import AhoCorasick

from shanhai.describe.digest_items import Item, Reading, read_items
from shanhai.describe.hints import positions_to_clean
from shanhai.describe.layout import lines_of
from shanhai.editlog import edit
from shanhai.records import EditPass
from shanhai.restore.page_words import page_kinds

if TYPE_CHECKING:
    from shanhai.records import Edit, RestoredArticle

STEP = "digest"
TITLE_ZONE_CHARS = 160
LEAST_TRACES = 3

_TRACES = ("讯", "日电", "来源\uff1a", "\uff08记者", "\uff08通讯员", "\uff08本报", "\uff09\n")


def split(restored: RestoredArticle) -> tuple[RestoredArticle, ...]:
    """The items of a digest, each with the log that leads back to the whole raw text; any other page as it is.

    An item's file is the page's with `#1`, `#2` …, and its number is in `raw.item`.
    """
    if not _may_be_digest(restored.text):
        return (restored,)
    reading = read_items(lines_of(restored.text), restored.raw.given.title)
    if reading is None:
        return (restored,)
    return tuple(_item(restored, reading, number) for number in range(1, len(reading.items) + 1))


def _may_be_digest(text: str) -> bool:
    """Whether marks that items bear occur often enough, or the page's first lines say that it is a digest."""
    head = text[:TITLE_ZONE_CHARS]
    if _title_words().find_matches_as_strings(head):
        return True
    seen = 0
    for trace in _TRACES:
        seen += text.count(trace)
        if seen >= LEAST_TRACES:
            return True
    return False


def _item(restored: RestoredArticle, reading: Reading, number: int) -> RestoredArticle:
    item = reading.items[number - 1]
    edits = sorted((*_removals(restored.text, reading, item), *_head_edits(restored.text, item)), key=_place)
    pieces: list[str] = []
    position = 0
    for one in edits:
        pieces += (restored.text[position : one.start], one.after)
        position = one.end
    given = restored.raw.given
    given = msgspec.structs.replace(
        given,
        title=item.headline,
        authors=(),
        date=None if item.dated else given.date,
        source=None if item.sourced else given.source,
    )
    raw = msgspec.structs.replace(restored.raw, file=f"{restored.raw.file}#{number}", item=number, given=given)
    return msgspec.structs.replace(
        restored,
        raw=raw,
        text="".join([*pieces, restored.text[position:]]),
        log=(*restored.log, EditPass(step=STEP, edits=tuple(edits))),
    )


def _place(one: Edit) -> tuple[int, int]:
    return one.start, one.end


def _removals(text: str, reading: Reading, item: Item) -> list[Edit]:
    """Everything but the item and the page's own field lines, as far as the item does not say those things itself."""
    kept = sorted([(item.start, item.end), *([] if item.dated else reading.shared)])
    bounds = [0, *(bound for span in kept for bound in span), len(text)]
    gaps = zip(bounds[::2], bounds[1::2], strict=True)
    return [edit("DIGEST-01", text, gap) for gap in gaps if gap[0] < gap[1]]


def _head_edits(text: str, item: Item) -> list[Edit]:
    """The headline without its number or bullet, and on a line of its own."""
    edits = []
    if item.label:
        edits.append(edit("DIGEST-02", text, item.label))
    if item.headline_end:
        edits.append(edit("DIGEST-03", text, item.headline_end, "\n"))
    return edits


@cache
def _title_words() -> AhoCorasick:
    return AhoCorasick(list(page_kinds().digest.titles))


def own_log(log: tuple[EditPass, ...]) -> tuple[EditPass, ...]:
    """The log without the edits made in text that a digest's other items hold; any other log as it is.

    For counting and showing: it does not lead back to the raw text.
    """
    at = next((number for number, one in enumerate(log) if one.step == STEP), None)
    if at is None:
        return log
    removed = [(one.start, one.end) for one in log[at].edits if one.rule == "DIGEST-01"]
    return tuple(
        EditPass(step=one.step, edits=_outside(one, log[number + 1 : at], removed)) if number < at else one
        for number, one in enumerate(log)
    )


def _outside(one: EditPass, later: tuple[EditPass, ...], removed: list[tuple[int, int]]) -> tuple[Edit, ...]:
    positions, shift = [], 0
    for one_edit in one.edits:
        positions.append(one_edit.start + shift)
        shift += len(one_edit.after) - len(one_edit.before)
    places = positions_to_clean(positions, later)
    return tuple(
        one_edit
        for one_edit, place in zip(one.edits, places, strict=True)
        if not any(start <= place < end for start, end in removed)
    )
