"""The headline: given, found at the head of the page, or derived from the text."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec

from shanhai.describe.layout import Cut
from shanhai.describe.names import names_in
from shanhai.describe.shapes import Shape, is_note, section_label, shape_of
from shanhai.describe.stamps import STAMP, Stamp, is_stamped, stamp_of
from shanhai.describe.vocabulary import any_of, limits, publication_names, publications, vocabulary

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from shanhai.describe.layout import Line

DECORATION_MAX_CHARS = 40
TAIL_LINES = 3
HALF_HEADLINE_MAX_CHARS = 16
"""The two lines of a headline are of one length, and each is short."""
SECTIONS_MIN = 2
"""So many more lines of a place with a motto make the first of them a section's heading, not the headline."""

COLUMN_NAME_MAX_CHARS = 6
"""Columns of a news site are named in four characters as a rule, in six at most (东西部协作, 乡村振兴)."""

_SIGNS = re.compile(r"[\W_]+")
_ANNOTATION = re.compile(r"(?<=[\u4e00-\u9fff])[(\uff08][a-z\u00e0-\u01dc]{1,6}[)\uff09]")
_TAG = re.compile(r"^(?:\s*(?:【[^【】]{1,14}】|\[[^\[\]]{1,14}\]|#{1,6}\s|(?:标\s*题|题\s*目)\s*[\uff1a:]))+\s*")
_HASHES = re.compile(r"\s+#+\s*$")
_SUFFIX_BREAK = re.compile(
    r"\s*(?:_+|--+|[|\uff5c\u4e28])\s*|\s+[-\u2013\u2014\uff0d]\s*|\s*(?:[-\u2013\uff0d]|\u2014+)(?=[^-]{2,16}$)"
)
_SUBTITLE = re.compile(r"(?:——|—|--|\u2500\u2500)\s*(?=\S)")
_STAMP = re.compile(STAMP)
_WORDS = re.compile("[\u4e00-\u9fff]{2}")
_CALLS = ("\uff01", "\uff1f", "……", "!", "?")
_NO_HEADLINE_STARTS = frozenset("(\uff08>\uff1e△▲▼*")
_UNFINISHED = "\uff0c\uff1b、\uff1a,;:"


class Headline(msgspec.Struct, frozen=True):
    """The headline or `None`, the lines that leave the text for it, and a date that was glued to it."""

    title: str | None = None
    cuts: dict[int, Cut] = {}
    stamp: Stamp | None = None


def find_headline(lines: Sequence[Line], fields: Container[int], given: str | None) -> Headline:
    """The headline and every line at the page's head and end that is or repeats it."""
    if given and not _names_a_site(given):
        return _given_headline(lines, fields, given)
    number = _headline_line(lines, fields)
    if number is None:
        return Headline()
    written, stamp = _without_stamp(lines[number].content)
    title = undecorated(written)
    if title != written and (plain := _plain_repeat(lines, title, number)) is not None:
        number = plain
    cuts = {number: _cut(lines[number], "HEAD-01")} | _repeats(lines, fields, title, except_for=number)
    title = _with_line_below(lines, fields, (number, title), cuts)
    return Headline(" ".join(title.split()), cuts, stamp)


def _with_line_below(
    lines: Sequence[Line], fields: Container[int], found: tuple[int, str], cuts: dict[int, Cut]
) -> str:
    """The headline with a subtitle, or with the second line of a headline on two lines, which leave the text too."""
    number, title = found
    below = number + 1
    while below in cuts:
        below += 1
    if below >= len(lines) or below in fields or lines[below].prose:
        return title
    content = lines[below].content
    if _is_subtitle(lines[below]):
        cuts[below] = _cut(lines[below], "HEAD-04")
        return f"{title}——{_SUBTITLE.sub('', content, count=1)}"
    twins = len(folded(content)) == len(folded(title)) <= HALF_HEADLINE_MAX_CHARS
    if twins and below + 1 in fields and _may_be_headline(lines[below]) and not _is_kicker(content):
        cuts[below] = _cut(lines[below], "HEAD-05")
        return f"{title} {content}"
    return title


def undecorated(title: str) -> str:
    """The title without a column tag before it and a column's or site's name behind it."""
    bare = _HASHES.sub("", _TAG.sub("", title, count=1)).strip()
    sign = ""
    while match := _last_break(bare):
        name = bare[match.end() :]
        # Before a site's name and parted by the same sign, something short is a column's name.
        if not _is_site(name, match[0]) and not (match[0] == sign and len(name) <= COLUMN_NAME_MAX_CHARS):
            break
        bare, sign = bare[: match.start()].rstrip(), match[0]
    return bare if len(folded(bare)) >= limits().headline_min_chars else title.strip()


def folded(text: str) -> str:
    """The text without signs, spaces and annotations, in simplified script as far as the caller made it so."""
    return _SIGNS.sub("", _ANNOTATION.sub("", text)).casefold()


def _given_headline(lines: Sequence[Line], fields: Container[int], given: str) -> Headline:
    title = undecorated(" ".join(given.split()))
    cuts: dict[int, Cut] = {}
    for number in _edge_lines(lines, fields):
        if rule := _repeat_rule(lines[number].content, title):
            cuts[number] = _cut(lines[number], "HEAD-01" if not cuts and rule == "HEAD-02" else rule)
    if cuts:
        first = undecorated(lines[min(cuts)].content)
        return Headline(" ".join((first if folded(first) == folded(title) else title).split()), cuts)
    wanted = folded(title)
    for number in _edge_lines(lines, fields)[:-1]:
        if lines[number].prose or wanted[:1] not in lines[number].content.casefold():
            continue
        joined = folded(lines[number].content + lines[number + 1].content) if number + 1 < len(lines) else ""
        if joined == wanted:
            return Headline(title, {one: _cut(lines[one], "HEAD-01") for one in (number, number + 1)})
    return Headline(title)


def _names_a_site(given: str) -> bool:
    """Whether a page's <title> names the site or nothing at all instead of the article."""
    if given in vocabulary().not_titles or given in publication_names():
        return True
    return len(given) <= _SITE_MAX_CHARS and given.endswith(("网", *publications().suffixes))


def _repeats(lines: Sequence[Line], fields: Container[int], title: str, *, except_for: int) -> dict[int, Cut]:
    found = {}
    for number in _edge_lines(lines, fields):
        rule = _repeat_rule(lines[number].content, title)
        if rule and number != except_for:
            found[number] = _cut(lines[number], rule)
    return found


def _repeat_rule(content: str, title: str) -> str | None:
    """The rule by which a line goes that repeats the title, bare or decorated; `None` for any other line."""
    wanted = _folded_title(title)
    if not wanted or (wanted[0] not in content and "\u4e00" <= wanted[0] <= "\u9fff"):
        return None
    line = folded(content)
    if len(line) > len(wanted) + DECORATION_MAX_CHARS or wanted not in line:
        return None
    if line == wanted:
        return "HEAD-02"
    return "HEAD-03" if folded(undecorated(content)) == wanted else None


def _plain_repeat(lines: Sequence[Line], title: str, number: int) -> int | None:
    """The line next to a decorated headline that repeats it bare."""
    near = range(max(number - 2, 0), min(number + 4, len(lines)))
    return next((one for one in near if one != number and lines[one].content == title), None)


def _edge_lines(lines: Sequence[Line], fields: Container[int]) -> list[int]:
    """Where a headline may stand: the first lines of the page, and the last, where some pages repeat it."""
    head = range(min(limits().head_zone_lines, len(lines)))
    tail = range(max(len(lines) - TAIL_LINES, len(head)), len(lines))
    return [number for number in (*head, *tail) if number not in fields and len(lines[number].content) <= 160]


def _headline_line(lines: Sequence[Line], fields: Container[int]) -> int | None:
    first_prose = next((number for number, line in enumerate(lines) if line.prose), len(lines))
    zone = min(limits().head_zone_lines, len(lines))
    field = next((number for number in range(zone) if number in fields), None)
    end = max(first_prose, field) if field is not None and field <= first_prose + 2 else first_prose
    heads = [number for number in range(min(end, zone)) if number not in fields and _may_be_headline(lines[number])]
    before = [number for number in heads if field is not None and number < field]
    found = _best(lines, before or heads)
    return None if found is None or (not before and _heads_a_section(lines, found)) else found


def _best(lines: Sequence[Line], heads: Sequence[int]) -> int | None:
    """Of the head's lines the one that is repeated, else the first that is no mere column's name."""
    if not heads:
        return None
    keys = [folded(undecorated(lines[number].content)) for number in heads]
    for number, key in zip(heads, keys, strict=True):
        if keys.count(key) > 1:
            return number
    long = [number for number in heads if not _is_kicker(lines[number].content)]
    return long[0] if long and heads[0] != long[0] and long[0] - heads[0] <= 2 else heads[0]


def _is_kicker(content: str) -> bool:
    """Whether the line is a column's name or an introduction such as 某省召开会议强调."""
    return len(folded(content)) <= _COLUMN_MAX_CHARS or content.endswith(vocabulary().kicker_endings)


_COLUMN_MAX_CHARS = 5
_SITE_MAX_CHARS = 8


def _may_be_headline(line: Line) -> bool:
    content = line.content
    if line.prose and not content.endswith(_CALLS):
        return False
    if not limits().headline_min_chars <= len(folded(content)) or len(content) > limits().headline_max_chars:
        return False
    if content[0] in _NO_HEADLINE_STARTS or content[-1] in _UNFINISHED or "。" in content or _SUBTITLE.match(content):
        return False
    return bool(_WORDS.search(content)) and not _is_other_part(content)


def _is_other_part(content: str) -> bool:
    """Whether the line is a section's label, a note, a date with a word or two, or names."""
    if section_label(content) or is_note(content) or content.startswith(vocabulary().editor_note_openings):
        return True
    return is_stamped(content) or names_in(content) is not None


def _heads_a_section(lines: Sequence[Line], number: int) -> bool:
    """Whether the line is the first of several headings of one make: the page then has no headline."""
    shape = shape_of(lines[number].content)
    if shape is Shape.PLAIN:
        return False
    if shape is Shape.NUMBERED:
        return True
    later = [line.content for line in lines[number + 1 :] if len(line.content) <= limits().quoted_heading_max_chars]
    alike = [content for content in later if shape_of(content) is shape]
    if shape is Shape.PLACE_MOTTO:
        alike = [content for content in alike if abs(_label_chars(content) - _label_chars(lines[number].content)) <= 1]
        return len(alike) >= SECTIONS_MIN
    return bool(alike)


def _label_chars(content: str) -> int:
    """The length of what stands before the colon."""
    return content.replace(":", "\uff1a").find("\uff1a")


def _is_subtitle(line: Line) -> bool:
    return bool(_SUBTITLE.match(line.content)) and not line.prose and len(line.content) <= limits().headline_max_chars


def _without_stamp(content: str) -> tuple[str, Stamp | None]:
    """A headline line without the date glued to its end."""
    for match in _STAMP.finditer(content):
        rest = content[: match.start()].rstrip(" \u3000([\uff08【")
        if not content[match.end() :].strip(" )]\uff09】") and len(folded(rest)) >= limits().derived_title_min_chars:
            return rest, stamp_of(match)
    return content, None


def _last_break(text: str) -> re.Match[str] | None:
    match = None
    for match in _SUFFIX_BREAK.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    return match if match and match.start() >= limits().headline_min_chars else None


def _is_site(name: str, sign: str) -> bool:
    """Whether what stands behind a break is a site's or column's name: after _ anything short is."""
    if not name or len(name) > 16:
        return not name
    if "_" in sign:
        return True
    if "—" in sign:
        return name in publication_names() or name.endswith(("网", *publications().suffixes))
    return name in publication_names() or bool(_site().search(name))


def _cut(line: Line, rule: str) -> Cut:
    return Cut(line.start, line.end, rule)


@lru_cache(maxsize=4)
def _folded_title(title: str) -> str:
    return folded(title)


@cache
def _site() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(vocabulary().site_suffixes)})$")
