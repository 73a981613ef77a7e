"""What each line of an article is to a reader: heading, paragraph, caption, quote or note."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from shanhai.describe.fields import opens_with_field
from shanhai.describe.layout import Line, ends_sentence
from shanhai.describe.shapes import Shape, is_caption, is_note, number_rank, quoted, section_label, shape_of
from shanhai.describe.stamps import is_stamped
from shanhai.describe.vocabulary import any_of, limits, vocabulary
from shanhai.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shanhai.records import Hint

LIST_MIN_LINES = 4
"""So many short lines in a row are a list: a chapter, section and item heading, and a caption above them, are four."""
HAN_SHARE = 5
"""A heading holds at least one Chinese character in five: "8:30, 开工" is one, a row of figures none."""
GAPS_MAX = 3
KIN_LENGTH_CHARS = 2
KIN_LINES_MAX = 60
KIN_CLAUSE_LENGTH_CHARS = 8
SCENE_MIN_CHARS = 8

MARKS = frozenset(">\uff1e\u300b#")
"""The first signs of the marks of pull quotes and headings."""
_QUOTE_MARK = re.compile("(?:[>\uff1e]{1,4}|\u300b{2,4})\\s*")
_HEADING_MARK = re.compile(r"(#{1,6})\s+")
_UNFINISHED = "\uff0c\uff1b\uff1a、,;:"
_DATE_ENDS = frozenset("0123456789年月日号一二三四五六天")
_QUESTION = "\uff1f\uff01?!"
_HAN = re.compile("[\u4e00-\u9fff]")


class Kind(NamedTuple):
    """What a line is, and the level of a heading."""

    kind: BlockKind
    level: int = 0


PARAGRAPH, CAPTION, QUOTE, NOTE = (
    Kind(kind) for kind in (BlockKind.PARAGRAPH, BlockKind.CAPTION, BlockKind.QUOTE, BlockKind.NOTE)
)


def unmarked(line: Line) -> tuple[Line, Kind | None]:
    """The line behind the mark of a pull quote or heading (`>>>`, `##`), and what the mark says it is."""
    if line.content[0] not in MARKS:
        return line, None
    if match := _QUOTE_MARK.match(line.content):
        kind = QUOTE
    elif match := _HEADING_MARK.match(line.content):
        kind = Kind(BlockKind.HEADING, min(max(len(match[1]), 2), 4))
    if not match or match.end() == len(line.content):
        return line, None
    return Line(line.start + match.end(), line.end, line.content[match.end() :], line.prose), kind


def kinds_of(lines: Sequence[Line], marked: Mapping[int, Kind], hints: Mapping[int, Hint]) -> list[Kind]:
    """What each line is; `marked` and `hints` say it for the lines whose marks or markup tell."""
    first = [_own_kind(line, marked.get(number), hints.get(number)) for number, line in enumerate(lines)]
    shorts = [number for number, kind in enumerate(first) if kind is None]
    found = _headings_among(lines, first, shorts)
    headings = sorted(number for number in found if not _is_lone(lines, number, shorts))
    captions = {number for number in headings if _is_scene(lines, number, headings, first)}
    sections = set(headings) - captions
    kinds = [kind or PARAGRAPH for kind in first]
    previous: dict[str, int] = {}
    for number in shorts:
        if number in captions:
            kinds[number] = CAPTION
        elif number in sections:
            kinds[number] = Kind(BlockKind.HEADING, _level(lines, kinds, number, previous))
        elif lines[number].content and _reads_as_scene(lines[number].content):
            kinds[number] = CAPTION
    return kinds


def _own_kind(line: Line, mark: Kind | None, hint: Hint | None) -> Kind | None:
    """What the line is by itself; `None` for a short line that its neighbours decide."""
    if mark:
        return mark
    content = line.content
    if hint and not (hint.kind is BlockKind.HEADING and line.prose and len(content) > limits().heading_max_chars):
        return Kind(hint.kind, min(max(hint.level, 2), 4) if hint.kind is BlockKind.HEADING else 0)
    if len(content) > limits().caption_max_chars and content[0] not in "(\uff08【[":
        return PARAGRAPH
    if is_caption(content):
        return CAPTION
    if is_note(content) or (len(content) <= limits().caption_max_chars and opens_with_field(content)):
        return NOTE
    return None if _may_be_heading(content) else PARAGRAPH


def _may_be_heading(content: str) -> bool:
    """Whether the line's own make allows a heading."""
    bounds = limits()
    if section_label(content):
        return True
    if quoted(content):
        return len(content) <= bounds.quoted_heading_max_chars and not ends_sentence(content)
    if len(content) > bounds.heading_max_chars or content[-1] in _UNFINISHED:
        return False
    if number_rank(content) in {1, 2}:
        return "。" not in content[:-1]
    asks = content[-1] in _QUESTION
    return "。" not in content and (asks or not ends_sentence(content)) and _is_worded(content)


def _is_worded(content: str) -> bool:
    """Whether a line is words, not a table's row."""
    han = len(content) - len(_HAN.sub("", content))
    return han > 1 and HAN_SHARE * han >= len(content) and content.count(" ") + content.count("\u3000") <= GAPS_MAX


def _is_lone(lines: Sequence[Line], number: int, shorts: Sequence[int]) -> bool:
    """Whether a question, a call or a date stands without a second line of its make: then it is no heading."""
    content = lines[number].content
    others = [lines[other].content for other in shorts[:KIN_LINES_MAX] if other != number]
    if content[-1] in _QUESTION:
        return not any(_kin(content, other) for other in others)
    return content[-1] in _DATE_ENDS and is_stamped(content) and not any(is_stamped(other) for other in others)


def _headings_among(lines: Sequence[Line], first: Sequence[Kind | None], shorts: Sequence[int]) -> set[int]:
    """The short lines that stand over something: not at the page's end, not in a list."""
    below = _kinds_below(first)
    found: set[int] = set()
    run: list[int] = []
    for number in [*shorts, len(lines) + 1]:
        if run and number != run[-1] + 1:
            if below[run[-1]] not in {None, NOTE}:
                found.update(_heads_of_run(lines, run))
            run = []
        run.append(number)
    return found


def _kinds_below(first: Sequence[Kind | None]) -> list[Kind | None]:
    """For each line the kind of the next one that is known and no caption."""
    below: list[Kind | None] = [None] * len(first)
    for number in range(len(first) - 2, -1, -1):
        after = first[number + 1]
        below[number] = below[number + 1] if after is None or after is CAPTION else after
    return below


def _heads_of_run(lines: Sequence[Line], run: Sequence[int]) -> Sequence[int]:
    """All lines of a short run; of a list only the last, where a number or its length sets it apart."""
    if len(run) < LIST_MIN_LINES:
        return run
    ranks = [number_rank(lines[number].content) for number in run]
    numbered = ranks[-1] in {1, 2} and ranks[-1] != ranks[-2]
    return run[-1:] if numbered or (not any(ranks) and _apart(lines, run)) else ()


def _apart(lines: Sequence[Line], run: Sequence[int]) -> bool:
    """Whether the last line of a list stands apart from it by its length."""
    lengths = [len(lines[number].content) for number in run[:-1]]
    return len(lines[run[-1]].content) > 2 * max(lengths)


def _is_scene(lines: Sequence[Line], number: int, headings: Sequence[int], first: Sequence[Kind | None]) -> bool:
    """Whether a short line is a photo's caption without a credit.

    It tells of a scene and is unlike every heading near it, and a heading follows it or two of those headings are
    alike. A line that opens a pair again and again (section and subsection) has its kin elsewhere.
    """
    content = lines[number].content
    if shape_of(content) is not Shape.PLAIN or not _reads_as_scene(content):
        return False
    place = bisect_left(headings, number)
    near = [other for other in headings[max(place - KIN_LINES_MAX, 0) : place + KIN_LINES_MAX] if other != number]
    others = [lines[other].content for other in near]
    if any(_kin(content, other) for other in others):
        return False
    below_text = number > 0 and first[number - 1] is not None
    above_heading = number + 1 < len(lines) and first[number + 1] is None and number + 1 in near
    return (below_text and above_heading) or any(_kin(left, right) for left, right in combinations(others[:40], 2))


def _reads_as_scene(content: str) -> bool:
    """Whether someone does something somewhere in the line."""
    if len(content) < SCENE_MIN_CHARS:
        return False
    return bool(_scene_words().search(content) and _scene_places().search(content))


def _kin(left: str, right: str) -> bool:
    """Whether two lines are made alike: same number or quotes, same opening, same length or clauses."""
    if (shape := shape_of(left)) is not shape_of(right):
        return False
    if shape is Shape.PLACE_MOTTO:
        return left[: left.find("\uff1a")] != right[: right.find("\uff1a")]
    if shape is not Shape.PLAIN:
        return True
    if left[:2] == right[:2] or left == right:
        return True
    clauses = left.count("\uff0c")
    if clauses != right.count("\uff0c"):
        return False
    near = KIN_CLAUSE_LENGTH_CHARS if clauses else KIN_LENGTH_CHARS
    return abs(len(left) - len(right)) <= near


def _level(lines: Sequence[Line], kinds: Sequence[Kind], number: int, ranks: dict[str, int]) -> int:
    """2 for a section, 3 and 4 for what stands under it: a second heading line in a row, a number of lower rank."""
    rank = number_rank(lines[number].content)
    if rank:
        level = _numbered_level(rank, ranks)
        ranks[f"rank {rank}"] = level
        return level
    above = kinds[number - 1] if number else None
    if above and above.kind is BlockKind.HEADING and not section_label(lines[number - 1].content):
        return min(above.level + 1, 4)
    return (
        3
        if "rank 1" in ranks
        and shape_of(lines[number].content) is Shape.PLAIN
        and not section_label(lines[number].content)
        else 2
    )


def _numbered_level(rank: int, ranks: Mapping[str, int]) -> int:
    """One below the nearest higher number that the page has used, 2 where it has used none."""
    higher = [level for name, level in ranks.items() if name < f"rank {rank}"]
    return min(max(higher) + 1, 4) if higher else 2


@cache
def _scene_words() -> re.Pattern[str]:
    return re.compile(any_of(vocabulary().captions.scene_words))


@cache
def _scene_places() -> re.Pattern[str]:
    return re.compile(any_of(vocabulary().captions.scene_places))
