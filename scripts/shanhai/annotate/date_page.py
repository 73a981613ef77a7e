"""A text that is being read for dates: the article's own date, the dates found so far, and the last year named."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate.date_forms import (
    PART_STARTS,
    Part,
    is_day,
    part_after,
    plain_part,
    reach_after,
    reach_starts,
    words,
)
from shanhai.records import DateMention, Evidence

if TYPE_CHECKING:
    from shanhai.annotate.date_forms import Reach
    from shanhai.records import DescribedArticle

TITLE_CHARS = 48
"""A title in 《》 is at most this long; a year in it belongs to the work's name."""
LAST_MONTH = 12
"""Numbers behind a year above this are EDTF codes of seasons, quarters and halves."""

SENTENCE_ENDS = "。\uff01\uff1f\n"
_SENTENCE_END = re.compile(f"[{SENTENCE_ENDS}]")
_BASE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class How(NamedTuple):
    """By which rule a date is read, whether the article's own date was needed, and the name of its score."""

    rule: str
    relative: bool
    kind: str


WRITTEN = How("TIME-01", relative=False, kind="written")
WITH_SIGNS = How("TIME-02", relative=False, kind="written")
PERIOD = How("TIME-03", relative=False, kind="written")
PART_OF_YEAR = How("TIME-04", relative=False, kind="written")
DECADE = How("TIME-05", relative=False, kind="written")
PLAN = How("TIME-06", relative=False, kind="written")
YEAR_WORD = How("TIME-07", relative=True, kind="relative")
BARE_MONTH = How("TIME-08", relative=True, kind="relative")
DAY_WORD = How("TIME-09", relative=True, kind="relative")
ANCHORED = How("TIME-10", relative=False, kind="anchored")
ANCHORED_RELATIVE = How("TIME-10", relative=True, kind="anchored")


class Dated(NamedTuple):
    """A date as it was read: its year, where it starts, the part of the year, "?" or "", and how it was read."""

    year: int
    start: int
    part: Part
    doubt: str
    how: How


Anchor = tuple[int, str, int, bool, str]
"""The last date with a year, to which 当年 or a bare month may go back: the year, its part, where it ends in the text,
whether it is relative, "?" or ""."""


class Page:
    """The state of reading: `year`, `month` and `day` are those of the article, 0 if unknown."""

    __slots__ = ("anchor", "day", "done", "doubt", "found", "going_on", "month", "scores", "text", "year")

    def __init__(self, text: str, described: DescribedArticle) -> None:
        match = _BASE.fullmatch(described.date_edtf)
        self.text = text
        self.year, self.month, self.day = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
        self.doubt = "?" if described.date_origin == "inferred" else ""
        self.found: list[DateMention] = []
        self.anchor: Anchor | None = None
        self.done = 0
        self.scores = words().scores
        self.going_on = _going_on()

    def add(self, edtf: str, start: int, end: int, how: How) -> None:
        """Keep a date; what stands in a title in 《》 or overlaps the last one is left out."""
        text = self.text
        overlaps = start < self.done
        self.done = end
        if overlaps:
            return
        after = start - TITLE_CHARS if start > TITLE_CHARS else 0
        opening = text.rfind("\u300a", after, start)
        if opening >= 0 and text.find("\u300b", opening, start) < 0:
            return
        score = self.scores["doubtful" if "?" in edtf else how.kind]
        quote = text[start:end]
        evidence = Evidence(quote=quote, start=start, end=end, rule=how.rule, score=score)
        self.found.append(DateMention(edtf=edtf, relative=how.relative, evidence=evidence))

    def add_from_year(self, year: int, start: int, at: int, how: How, doubt: str = "") -> None:
        """A date whose year stands at `text[start:at]`: with what follows of it, and as the period that it opens."""
        text = self.text
        if text[at : at + 1] not in self.going_on:
            self._add_plain(year, "", (start, at), how, doubt)
        elif plain := plain_part(text, at):
            self._add_plain(year, plain[0], (start, plain[1]), how, doubt)
        else:
            self.add_dated(Dated(year, start, part_behind(text, at), doubt, how))

    def _add_plain(self, year: int, tail: str, span: tuple[int, int], how: How, doubt: str) -> None:
        edtf = f"{year}{tail}"
        if not tail or is_day(edtf):
            self.add(f"{edtf}{doubt}", *span, how)
            self.anchor = (year, tail, span[1], how.relative, doubt)

    def add_dated(self, one: Dated) -> None:
        """A date with its part of the year, and as the period that it opens."""
        if not is_day(f"{one.year}{one.part.low}"):
            return
        edtf, end, how = _extent(self, one)
        if not edtf:
            self.done = end
            return
        self.add(edtf, one.start, end, how)
        tail = one.part.low if one.part.low[1:3] <= str(LAST_MONTH) else ""
        ends = "/" in edtf and not edtf.endswith("/..")
        self.anchor = None if ends else (one.year, tail, end, how.relative, one.doubt)


@cache
def _going_on() -> frozenset[str]:
    """The characters behind a year with which its date may go on."""
    return PART_STARTS | reach_starts()


def between_sentences(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends between the two places."""
    return _SENTENCE_END.search(text, start, end) is not None


def part_behind(text: str, at: int) -> Part:
    """The part of the year right behind 年, or nothing of it."""
    return (part_after(text, at) if text[at : at + 1] in PART_STARTS else None) or Part("", "", at)


def _extent(page: Page, one: Dated) -> tuple[str, int, How]:
    """The EDTF of a date with what stands behind it, where it ends, and how; "" for what is no date."""
    year, _, part, doubt, how = one
    reach = None if part.high else reach_after(page.text, part.end)
    if part.high:
        return f"{year}{part.low}{doubt}/{year}{part.high}{doubt}", part.end, _as_period(how)
    if reach and reach.kind == "to" and (period := _closed(page, one, reach)):
        return period
    coded = part.low[1:3] > str(LAST_MONTH)
    if reach is None or reach.kind == "to":
        # EDTF has no question mark for quarters and halves.
        tail = "" if coded and doubt else part.low
        return f"{year}{tail}{doubt}", part.end, PART_OF_YEAR if how is WRITTEN and coded else how
    if reach.kind == "about":
        return f"{year}{'' if coded else part.low}{'%' if doubt else '~'}", reach.end, how
    if how is YEAR_WORD and reach.kind == "open" and year == page.year and not part.low:
        return f"{year}{doubt}", reach.end, how  # 今年以来 lies within the year
    first, last = (f"{year}{_bound(part.low, end)}{doubt}" for end in (0, 1))
    edtf = {"never": "", "before": f"../{last}", "open": f"{first}/.."}[reach.kind]
    return edtf, reach.end, _as_period(how)


def _bound(tail: str, end: int) -> str:
    """The first (0) or last (1) month of a quarter or half, nothing of a season; any other part as it is."""
    return words().bounds[tail[1:]][end] if tail[1:] in words().bounds else tail if tail[1:3] <= str(LAST_MONTH) else ""


def _closed(page: Page, one: Dated, later: Reach) -> tuple[str, int, How] | None:
    """A period with both ends, or `None` where the later end is not later."""
    last = _later_year(page, one.year, later.year)
    if not last or (last == one.year and not one.part.low):
        return None
    first, final = f"{one.year}{_bound(one.part.low, 0)}", f"{last}{_bound(later.part, 1)}"
    if final <= first or not is_day(final):
        return None
    relative = later.year in words().relative_years and not one.how.relative
    how, doubt = (YEAR_WORD, page.doubt) if relative else (one.how, one.doubt)
    return f"{first}{one.doubt}/{final}{doubt}", later.end, _as_period(how)


def _later_year(page: Page, year: int, said: str) -> int:
    """The year of a period's later end, 0 where it cannot be told."""
    if said.isdecimal() or not said:
        return int(said or year)
    if said in words().anchored_years:
        return year + words().anchored_years[said].years
    return page.year and page.year + words().relative_years[said].years


def _as_period(how: How) -> How:
    return PERIOD if how is WRITTEN else how
