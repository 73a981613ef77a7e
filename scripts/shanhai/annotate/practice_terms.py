"""Quoted and titled terms of a text that are names of working models."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from shanhai.annotate.practice_marks import Before, marks, patterns, words_before
from shanhai.annotate.practice_shape import SHORTEST_NAME_CHARS, Shape, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

HEAD_BEHIND = "PRACTICE-01"
HEAD_BEFORE = "PRACTICE-02"
HEAD_IN_NAME = "PRACTICE-03"
VERB = "PRACTICE-04"
MEANS = "PRACTICE-05"
REPEATED = "PRACTICE-06"
COUNT_SHAPE = "PRACTICE-07"
TWO_NUMERALS = "PRACTICE-08"
LISTED = "PRACTICE-09"
NAMING = "PRACTICE-10"

_SENTENCE_MARKS = r"。\uff0c\uff01\uff1f\uff1b\uff1a,!?;:《》\n"
_QUOTED = re.compile(rf"“([^“”{_SENTENCE_MARKS}]{{2,40}})”")
_QUOTED_OTHERWISE = {
    "‘": re.compile(rf"‘([^‘’“”{_SENTENCE_MARKS}]{{2,40}})’"),
    "「": re.compile(rf"「([^「」{_SENTENCE_MARKS}]{{2,40}})」"),
    "『": re.compile(rf"『([^『』{_SENTENCE_MARKS}]{{2,40}})』"),
}
_EXPLAINED = ("\uff0c把", "\uff0c将", "\uff0c即", "\uff0c就是", "\uff0c由", "\uff1a")
_JOINED = frozenset({"", "、", "和", "与", "及", "以及"})
_OF_A_ROW = frozenset({HEAD_BEHIND, HEAD_BEFORE, VERB})
_OPEN = frozenset({"", REPEATED})
# What mostly stands behind a quotation.
_MARKS_BEHIND = frozenset(("", *"\uff0c。、\uff1b\uff1a”“ \n"))
_TURNS = frozenset("变转走迈向到换代的")
_NEVER_NAMED = frozenset({"refused", "thing"})
_NUMERALS = frozenset("一二两三四五六七八九十双")
OTHERS = "等"
LONGEST_JOINT_CHARS = 2
NAMING_WINDOW_CHARS = 40
MEDIUM_MIN_CHARS = 4
QUOTATIONS_REMEMBERED = 4096


Quotation = tuple[int, int, str]
"""Where a quotation starts and ends, its marks included, and what is between them."""


class Candidate(NamedTuple):
    """A term at `start:end` (its quotation marks included, if it has any); `rule` is "" where no rule took it."""

    name: str
    start: int
    end: int
    rule: str


def quotations(text: str) -> list[Quotation]:
    """What stands between quotation marks, in the order of the text, the outermost pair only."""
    found = [(*match.span(), match[1]) for match in _QUOTED.finditer(text)]
    for sign, expression in (*_QUOTED_OTHERWISE.items(), ("《", patterns().titled)):
        if sign in text:
            ends = [end for _, end, _ in found]
            for match in expression.finditer(text):
                start, end = match.span()
                after = bisect_right(ends, start)
                if after == len(ends) or end <= found[after][0]:
                    found.append((start, end, match[1]))
            found.sort()
    return found


def quoted(text: str, terms: Iterable[Quotation]) -> list[Candidate]:
    """The quotations that a rule takes for names of working models; a name may be among them several times."""
    found: list[tuple[str, int, int, str | None]] = []
    joined: list[int] = []
    lasts = words_before()[1]
    last_end = -LONGEST_JOINT_CHARS - 1
    for start, end, quotation in terms:
        judged = _JUDGED[quotation]
        if not judged:
            continue
        shape, rule = judged
        kind = before(text, start) if text[start - 1 : start] in lasts else ""
        if kind or text[end : end + 1] not in _MARKS_BEHIND:
            rule = _rule(text, start, end, shape, kind)
        if shape.known and (not rule or rule == REPEATED):
            rule = HEAD_IN_NAME
        if start - last_end <= LONGEST_JOINT_CHARS and text[last_end:start] in _JOINED:
            joined.append(len(found))
        last_end = end
        found.append((shape.name, start, end, rule))
    listed = _listed(found, joined) if joined else ()
    often = _often(found)
    return [
        Candidate(name, start, end, LISTED if at in listed else rule or "")
        for at, (name, start, end, rule) in enumerate(found)
        if (rule and (rule != REPEATED or name in often)) or at in listed
    ]


def _often(found: Sequence[tuple[str, int, int, str | None]]) -> set[str]:
    """The names that are quoted often enough and nowhere as something else."""
    names = [name for name, _, _, rule in found if rule == REPEATED]
    fewest = marks().repeated_min
    often = {name for name in names if names.count(name) >= fewest} if len(names) >= fewest else set()
    return often.difference([name for name, _, _, rule in found if rule is None]) if often else often


class _Judged(dict[str, tuple[Shape, str | None] | None]):
    """Quotations met before: what each is by itself, and the rule that takes it where nothing around says anything.

    `None` stands for one that cannot be a name. When so many are remembered, it starts anew.
    """

    def __missing__(self, quotation: str) -> tuple[Shape, str | None] | None:
        if len(self) >= QUOTATIONS_REMEMBERED:
            self.clear()
        shape = shape_of(quotation)
        self[quotation] = judged = (shape, _rule("", 0, 0, shape, "")) if shape.possible else None
        return judged


_JUDGED = _Judged()


def _rule(text: str, start: int, end: int, shape: Shape, kind: Before) -> str | None:  # noqa: PLR0911 - a ladder of rules
    """The first rule, surest first, that takes the quotation for a name; "" if none does, `None` if it is none.

    `kind` is what the word before it says. `REPEATED` means that the name is one if it is quoted often enough.
    """
    if kind in _NEVER_NAMED:
        return None
    if kind == "so-called":
        return NAMING if patterns().explains.match(text, end) else None
    if shape.image:
        return HEAD_BEHIND if text.startswith(marks().image_heads, end) else None
    sign = text[end : end + 1]
    if sign not in _MARKS_BEHIND and sign.isalpha():
        follows = _behind(text, end, sign, shape)
        if follows == "wrong" or (kind == "unlikely" and follows != "head"):
            return None
        if follows:
            return HEAD_BEHIND
    elif kind == "unlikely":
        return None
    if kind == "naming":
        return NAMING if _names_a_method(text, start, shape) else ""
    if shape.thing or len(shape.name) <= SHORTEST_NAME_CHARS:
        return ""
    return HEAD_BEFORE if kind == "head" else _by_name(text, end, shape, kind)


def _behind(text: str, end: int, sign: str, shape: Shape) -> Literal["", "head", "far head", "wrong"]:
    """What the words behind a quotation say: that it is a model, at once or after a few words, or something else.

    `sign` is the character directly behind it.
    """
    words, name = patterns(), shape.name
    short = len(name) <= SHORTEST_NAME_CHARS
    head = words.head_strong if shape.thing or (short and name[0] not in _NUMERALS) else words.head
    if sign in _TURNS and words.turned.match(text, end):
        return "wrong"
    if (sign in head.signs and head.begin(text, end, sign)) or (sign == OTHERS and _is_last_listed(text, end, shape)):
        return "head"
    if sign in words.thing_behind.signs and words.thing_behind.begin(text, end, sign):
        return "wrong"
    far = words.head_far.match(text, end) if shape.gap_chars else None
    if far and len(far[1]) <= shape.gap_chars and not words.gap_refused.search(far[1]):
        wrong = words.refused_behind.match(text, end)
        return "wrong" if wrong and wrong.end() < far.end() else "far head"
    return "wrong" if words.refused_behind.match(text, end) else ""


def _is_last_listed(text: str, end: int, shape: Shape) -> bool:
    """Whether 等 and a head for the whole list stand behind the name."""
    known = marks()
    long_enough = len(shape.name) >= known.listed_min_chars and not shape.thing
    return long_enough and text.startswith(known.heads_listed, end + len(OTHERS))


def _by_name(text: str, end: int, shape: Shape, kind: Before) -> str:  # noqa: PLR0911 - a ladder of rules
    """The rule that takes a name for what it looks like, or for what is done to it; "" if none does."""
    known, name = marks(), shape.name
    length = len(name)
    if length >= known.listed_min_chars and text.startswith(known.naming_behind, end):
        return NAMING
    if shape.counted:
        return COUNT_SHAPE
    if shape.head_inside:
        return HEAD_IN_NAME
    if kind == "verb" or (kind == "medium" and _looks_named(text, end, shape)):
        return VERB
    words = patterns()
    if text[end : end + 1] in words.verb_behind_firsts and words.verb_behind.match(text, end):
        return VERB
    if shape.numerals:
        return TWO_NUMERALS
    if kind == "means" and _is_means(name) and not text.startswith("的", end):
        return MEANS
    return REPEATED if known.repeated_min_chars <= length <= known.repeated_max_chars else ""


def _is_means(name: str) -> bool:
    """Whether the name is short enough for a model that is used, or is a short sum."""
    known = marks()
    if "+" in name:
        return len(name) <= known.means_sum_max_chars
    return known.means_min_chars <= len(name) <= known.means_max_chars


def _looks_named(text: str, end: int, shape: Shape) -> bool:
    """Whether the term is long enough, used again, or explained, so that what is begun or pushed on is a model."""
    long_enough = shape.model or len(shape.name) >= MEDIUM_MIN_CHARS
    return long_enough or text.count(shape.name) > 1 or text.startswith(_EXPLAINED, end)


def before(text: str, start: int) -> Before:
    """What the word directly before `start` says; words such as 了 that belong to a verb are passed over."""
    table, lengths = words_before()
    at = start
    while at:
        for length in lengths.get(text[at - 1], ()):
            kind = table.get(text[at - length : at]) if at >= length else None
            if kind:
                break
        else:
            return ""
        if kind != "tail":
            return kind
        at -= length
    return ""


def _names_a_method(text: str, start: int, shape: Shape) -> bool:
    """Whether the words before a name that is given say that a way of working gets it."""
    if shape.model or shape.name[0] in _NUMERALS:
        return True
    since = max(text.rfind("。", 0, start), text.rfind("\n", 0, start), start - NAMING_WINDOW_CHARS) + 1
    return not shape.thing and patterns().method.search(text, since, start) is not None


def _listed(found: Sequence[tuple[str, int, int, str | None]], joined: Sequence[int]) -> set[int]:
    """Which names are accepted because they stand in a row with an accepted one (“甲”“乙”“丙”方式)."""
    listed: set[int] = set()
    for row in _rows(joined):
        if any(found[at][3] in _OF_A_ROW for at in row):
            listed.update([at for at in row if found[at][3] in _OPEN and _joins(found[at][0])])
    return listed


def _rows(joined: Sequence[int]) -> Iterator[range]:
    """The rows of neighbours, if each of `joined` stands in a row with the one before it."""
    for _, group in groupby(enumerate(joined), key=lambda entry: entry[1] - entry[0]):
        of_row = [at for _, at in group]
        yield range(of_row[0] - 1, of_row[-1] + 1)


def _joins(name: str) -> bool:
    return len(name) >= marks().listed_min_chars and not shape_of(name).thing
