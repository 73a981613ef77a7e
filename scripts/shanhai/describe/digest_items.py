"""The items of a digest: where each starts and ends, by the marks that it bears."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai.describe.dates import DATELINE_WINDOW_CHARS, read_dateline
from shanhai.describe.fields import read_fields
from shanhai.describe.headline import folded
from shanhai.describe.names import names_in, person, reporter
from shanhai.describe.shapes import Shape, is_caption, shape_of
from shanhai.describe.vocabulary import any_of, limits, publications, vocabulary
from shanhai.restore.page_features import han_of
from shanhai.restore.page_words import page_kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shanhai.describe.field_reading import Fields
    from shanhai.describe.layout import Line

HEAD_LINES_MAX = 3
"""Above an item's first paragraph: a kicker, the headline, a line with date and source."""
CREDIT_MAX_CHARS = 40
BRACKETED_MIN_CHARS = 5
"""A shorter word in brackets before a paragraph is a place or a column, no headline."""

_LABEL = re.compile(
    r"(?:[●■◆★▲◎○□◇☆△▶►※◉▌·•\u25aa\u2756\u2666\U0001f539\U0001f538]\s*"
    r"|(?:[\uff08(]?\d{1,2}[\uff09)]|\d{1,2}[.、\uff0e](?!\d)|[\u2460-\u2473]|[一二三四五六七八九十]{1,3}、"
    r"|[\uff08(][一二三四五六七八九十]{1,3}[\uff09)])\s*)(?=\S)"
)
_BRACKETED = re.compile(r"【([^【】\n]{2,50})】\s*")
_CREDIT = re.compile(r"[\uff08(]([^\uff08\uff09()]{2,40})[\uff09)]\s*$")
_DAY_OPENING = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:[上下]午|晚|起|至|\uff0c|[\u4e00-\u9fff])")
_FIELD_WORDS = ("来源", "作者", "编辑", "责编", "时间", "日期")
_DATELINE_WORDS = re.compile("[讯电]|消息|记者")
_RULE_LINE = re.compile(r"[-=*—_~·.\s]{3,}$")


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An item, `text[start:end]`; `label` is the span of its number or bullet, `headline_end` of its headline's end.

    `headline` is `None` where it has none or more than one line of it; `dated`, `sourced`: the item says so itself.
    """

    start: int
    end: int
    label: tuple[int, int] | None = None
    headline_end: tuple[int, int] | None = None
    headline: str | None = None
    dated: bool = False
    sourced: bool = False


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A digest's items, and the spans of lines that hold for all of them: date, source, editor of the page."""

    items: tuple[Item, ...]
    shared: tuple[tuple[int, int], ...]


class _Part(NamedTuple):
    """Lines `first` to `last` (not included), of which `body` is the first paragraph."""

    first: int
    body: int
    last: int


class _Page:
    """The lines of a page with what each says, looked up once."""

    def __init__(self, lines: Sequence[Line], given_title: str | None) -> None:
        self.lines, self.given_title = lines, given_title
        self.fields: dict[int, Fields] = {
            number: found
            for number, line in enumerate(lines)
            if _may_be_field_line(line) and (found := read_fields(line.content)) and found.strong
        }
        self.prose = [line.prose and number not in self.fields for number, line in enumerate(lines)]

    def label(self, number: int) -> re.Match[str] | None:
        return _LABEL.match(self.lines[number].content)

    def bracketed(self, number: int, least: int = BRACKETED_MIN_CHARS) -> re.Match[str] | None:
        match = _BRACKETED.match(self.lines[number].content)
        return match if match and len(match[1]) >= least else None

    def is_head(self, number: int) -> bool:
        """Whether the line may be a headline."""
        label = self.label(number)
        content = self.lines[number].content[label.end() if label else 0 :]
        return (
            not self.prose[number]
            and number not in self.fields
            and limits().headline_min_chars <= len(folded(content))
            and len(content) <= limits().headline_max_chars
            and not is_caption(content)
            and not _RULE_LINE.match(content)
        )

    def han(self, first: int, last: int) -> int:
        return sum(len(han_of(line.content)) for line in self.lines[first:last])


def _may_be_field_line(line: Line) -> bool:
    content = line.content
    if len(content) > limits().field_line_max_chars or content[-1] in "。\uff1b\uff0c”":
        return False
    return "20" in content or "19" in content or any(word in content for word in _FIELD_WORDS)


def read_items(lines: Sequence[Line], given_title: str | None) -> Reading | None:
    """The items of a digest; `None` where the page is none."""
    page = _Page(lines, given_title)
    for find in (_by_datelines, _by_field_lines, _by_credits, _by_labels):
        parts = find(page)
        if parts and _is_digest(page, parts):
            return _reading(page, parts)
    return None


def _by_datelines(page: _Page) -> list[_Part]:
    """Items whose first paragraph opens with a dateline."""
    return _headed(page, [number for number, line in enumerate(page.lines) if page.prose[number] and _opens(line)])


def _by_field_lines(page: _Page) -> list[_Part]:
    """Items with a headline and under it a line of date or source."""
    heads = [
        number - 1
        for number in sorted(page.fields)
        if number and page.is_head(number - 1) and (page.fields[number].stamp or page.fields[number].source)
    ]
    if len(heads) < page_kinds().digest.min_items:
        return []
    bodies = [next((n for n in range(head, len(page.lines)) if page.prose[n]), -1) for head in heads]
    if -1 in bodies or len(set(bodies)) < len(bodies):
        return []
    return [
        _Part(head, body, last) for head, body, last in zip(heads, bodies, [*heads[1:], len(page.lines)], strict=True)
    ]


def _by_credits(page: _Page) -> list[_Part]:
    """Short items whose last paragraph ends in a credit, each under a headline or label of its own."""
    ends = [number for number, line in enumerate(page.lines) if page.prose[number] and _closes(line)]
    if len(ends) < page_kinds().digest.min_items:
        return []
    bodies = []
    for before, end in pairwise([-1, *ends]):
        body = next((n for n in range(before + 1, end + 1) if page.prose[n]), end)
        bodies.append(_first_body(page, before, body, end) if before < 0 else body)
    parts = _headed(page, bodies)
    brief = page_kinds().digest.brief_max_paragraphs
    too_long = any(sum(page.prose[one.first : end + 1]) > brief for one, end in zip(parts, ends, strict=True))
    heads = sum(one.first < one.body or _has_mark(page, one.body) for one in parts)
    if too_long or (heads < len(parts) and not _says_digest(page, parts)):
        return []
    return parts


def _first_body(page: _Page, before: int, body: int, end: int) -> int:
    """The first item's first paragraph: the one right under the last possible headline before the first credit."""
    heads = [n for n in range(before + 1, end) if page.is_head(n)]
    below = [n for n in range(heads[-1], end + 1) if page.prose[n]] if heads else []
    return below[0] if below else body


def _by_labels(page: _Page) -> list[_Part]:
    """Items under headlines with numbers, bullets or brackets, on a page that says that it is a digest."""
    marked = [n for n in range(len(page.lines)) if _has_mark(page, n, least=2) and n not in page.fields]
    if len(marked) < page_kinds().digest.min_items:
        return []
    parts = []
    for first, last in pairwise([*marked, len(page.lines)]):
        body = next((n for n in range(first, last) if page.prose[n]), -1)
        if body < 0:
            return []
        parts.append(_Part(first, body, last))
    if not _says_digest(page, parts):
        return []
    telling = sum(_tells(page, one) for one in parts)
    return parts if telling >= page_kinds().digest.evidence_share * len(parts) else []


def _has_mark(page: _Page, number: int, least: int = BRACKETED_MIN_CHARS) -> bool:
    return bool(page.label(number) or page.bracketed(number, least))


def _tells(page: _Page, part: _Part) -> bool:
    """Whether the item bears a mark besides its label: a dateline, a day at the start, a credit, a field line."""
    line = page.lines[part.body]
    start = _start_of_body(page, part.body)
    last = max(n for n in range(part.body, part.last) if page.prose[n])
    return bool(
        _DAY_OPENING.match(line.content, start)
        or read_dateline(line.content[start:])
        or _closes(page.lines[last], accepts=reporter)
        or any(n in page.fields for n in range(part.first, part.last))
    )


def _start_of_body(page: _Page, number: int) -> int:
    match = page.bracketed(number, 2) or page.label(number)
    return match.end() if match else 0


def _opens(line: Line) -> bool:
    """Whether the paragraph opens with a dateline, behind a label or a bracketed headline or without."""
    content = line.content
    if not _DATELINE_WORDS.search(content, 0, DATELINE_WINDOW_CHARS):
        return False
    for match in (None, _LABEL.match(content), _BRACKETED.match(content)):
        start = match.end() if match else 0
        if (match is None or start) and read_dateline(content[start:]):
            return True
    return False


def _closes(line: Line, accepts: Callable[[str], bool] = person) -> bool:
    """Whether the paragraph ends in a credit: (记者 张三), (张三), (来源 某报), (某某日报); `accepts` names."""
    if line.content[-1] not in ")\uff09":
        return False
    match = _CREDIT.search(line.content)
    if not match or len(match[1]) > CREDIT_MAX_CHARS or match.start() == 0 or is_caption(line.content):
        return False
    if line.content[match.start() - 1] not in "。\uff01\uff1f”…" and not line.prose:
        return False
    words = match[1]
    return bool(_credit_words().match(words)) or names_in(words, accepts) is not None


def _headed(page: _Page, bodies: Sequence[int]) -> list[_Part]:
    """Parts from the headlines right above each first paragraph to those above the next."""
    if len(bodies) < page_kinds().digest.min_items:
        return []
    firsts = []
    for before, body in pairwise([-1, *bodies]):
        first = body
        while first - 1 > before and body - first < HEAD_LINES_MAX and _goes_with_head(page, first - 1):
            first -= 1
        if before == -1:
            first = _without_page_title(page, first, body)
        firsts.append(first)
    return [
        _Part(first, body, last)
        for first, body, last in zip(firsts, bodies, [*firsts[1:], len(page.lines)], strict=True)
    ]


def _goes_with_head(page: _Page, number: int) -> bool:
    return page.is_head(number) or number in page.fields


def _without_page_title(page: _Page, first: int, body: int) -> int:
    """The first item without the page's own title and date, which stand above its headline."""
    heads = [n for n in range(first, body) if page.is_head(n)]
    if len(heads) > 1 and (_is_digest_title(page.lines[heads[0]].content) or heads[-1] - heads[0] > 1):
        return heads[1] if _is_digest_title(page.lines[heads[0]].content) else heads[-1]
    if len(heads) == 1 and _is_digest_title(page.lines[heads[0]].content):
        return body
    return first


def _is_digest(page: _Page, parts: Sequence[_Part]) -> bool:
    """Whether the parts are unrelated items: enough, each long enough, none the page's bulk, and of no one theme."""
    bounds = page_kinds().digest
    sizes = [page.han(one.body, one.last) for one in parts]
    if not bounds.min_items <= len(parts) <= bounds.max_items or min(sizes) < bounds.item_min_han:
        return False
    if max(sizes) > bounds.largest_share * sum(sizes):
        return False
    if any(sum(page.prose[one.first : one.last]) > bounds.item_max_paragraphs for one in parts):
        return False
    if any(page.prose[n] and len(han_of(page.lines[n].content)) >= bounds.intro_min_han for n in range(parts[0].first)):
        return False
    headed = sum(one.first < one.body or _has_mark(page, one.body) for one in parts)
    if headed < len(parts) - 1 and not _says_digest(page, parts):
        return False
    return _says_digest(page, parts) or not _of_one_theme(page, parts)


def _says_digest(page: _Page, parts: Sequence[_Part]) -> bool:
    """Whether a line above the first item, or the file's own title, says that the page is a digest."""
    above = [page.lines[n].content for n in range(parts[0].first) if not page.prose[n]]
    return any(_is_digest_title(title) for title in (*above, page.given_title or ""))


def _is_digest_title(title: str) -> bool:
    return len(title) <= limits().heading_max_chars and bool(_digest_words().search(title))


def _of_one_theme(page: _Page, parts: Sequence[_Part]) -> bool:
    """Whether a title stands above the parts whose words come back in most of them, or the headings are mottos."""
    heads = [page.lines[one.first].content for one in parts if one.first < one.body]
    if heads and sum(shape_of(head) in {Shape.PLACE_MOTTO, Shape.NUMBERED} for head in heads) * 2 > len(heads):
        return True
    above = [page.lines[n].content for n in range(parts[0].first) if not page.prose[n] and n not in page.fields]
    title = (above or [page.given_title or ""])[0]
    if above and not page.given_title and len(above) > 1:
        title = max(above, key=len)
    common = page_kinds().digest.common
    pieces = {a + b for a, b in pairwise(han_of(title))} - common
    bodies = ["".join(line.content for line in page.lines[one.first : one.last]) for one in parts]
    shared = page_kinds().digest.theme_share * len(parts)
    return any(sum(piece in body for body in bodies) >= shared for piece in pieces)


def _reading(page: _Page, parts: Sequence[_Part]) -> Reading:
    last = parts[-1].last
    tail = last
    while tail - 1 > parts[-1].body and (tail - 1) in page.fields:
        tail -= 1
    parts = [*parts[:-1], parts[-1]._replace(last=tail)]
    shared = [n for n in (*range(parts[0].first), *range(tail, last)) if n in page.fields]
    return Reading(
        items=tuple(_item(page, one) for one in parts),
        shared=tuple(_span(page, n, n + 1) for n in shared),
    )


def _item(page: _Page, part: _Part) -> Item:
    start, end = _span(page, part.first, part.last)
    fields = [page.fields[n] for n in range(part.first, part.last) if n in page.fields]
    label, headline_end = _head_spans(page, part)
    return Item(
        start=start,
        end=end,
        label=label,
        headline_end=headline_end,
        headline=_headline(page, part),
        dated=any(one.stamp for one in fields),
        sourced=any(one.source or one.weak_source for one in fields) or _names_source(page, part),
    )


def _headline(page: _Page, part: _Part) -> str | None:
    if match := page.bracketed(part.first):
        return match[1]
    heads = [n for n in range(part.first, part.body) if page.is_head(n)]
    if len(heads) != 1 or heads[0] != part.first:
        return None
    label = page.label(part.first)
    return page.lines[part.first].content[label.end() if label else 0 :]


def _names_source(page: _Page, part: _Part) -> bool:
    line = page.lines[part.body]
    dateline = read_dateline(line.content[_start_of_body(page, part.body) :])
    return bool(dateline and dateline.source)


def _head_spans(page: _Page, part: _Part) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """The span of the first line's label, and of the bracket that closes a headline in brackets."""
    line = page.lines[part.first]
    if match := page.bracketed(part.first):
        close = line.start + match.start(1) + len(match[1])
        return (line.start, line.start + 1), (close, line.start + match.end())
    if match := _LABEL.match(line.content):
        return (line.start, line.start + match.end()), None
    return None, None


def _span(page: _Page, first: int, last: int) -> tuple[int, int]:
    """From the start of line `first` to the start of line `last`, or behind the last line."""
    end = page.lines[last].start if last < len(page.lines) else page.lines[-1].end
    return page.lines[first].start, end


@cache
def _digest_words() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(page_kinds().digest.titles)})(?:[\uff08(\\d第期—\\-·\\s].*)?$")


@cache
def _credit_words() -> re.Pattern[str]:
    outlets = any_of((*publications().suffixes, *sorted(publications().names)))
    roles = any_of(vocabulary().roles)
    return re.compile(
        rf"(?:(?:来源|据|摘自|原载|转自|综合|供稿|撰稿|作者|记者|通讯员)[\uff1a:\s]|(?:[\u4e00-\u9fff]{{0,12}}[\s·]?)(?:{roles})\s?[\u4e00-\u9fff]"
        rf"|\u300a?[\u4e00-\u9fff]{{0,8}}(?:{outlets})\u300b?(?:\s?\d.*)?$)"
    )
