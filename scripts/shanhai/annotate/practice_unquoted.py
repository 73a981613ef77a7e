"""Names of working models that stand without quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate.practice_marks import HAN, any_of, marks, patterns
from shanhai.annotate.practice_shape import SHORTEST_NAME_CHARS, plain
from shanhai.annotate.practice_terms import COUNT_SHAPE, Candidate, Quotation, before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.annotate.practice_marks import Marks

KNOWN = "PRACTICE-11"
METHOD = "PRACTICE-12"
PROGRAMME = "PRACTICE-13"

PLUSES = frozenset("+\uff0b")
NUMERALS = frozenset("0123456789一二两三四五六七八九十百几数亿")
"""Before 千万工程 and such they make an amount: 投入五千万工程款."""
LONGEST_PART_CHARS = 8
# Room for five parts and the head behind them.
COUNT_SHAPE_WINDOW_CHARS = 60
METHOD_HEAD = "工作法"
METHOD_NAME_CHARS = 8
METHOD_WINDOW_CHARS = 40
CLAUSE_CHARS = 16
"""A verb may stand so far before a general name: 推行网格化管理、清单制."""

_HAN_RUN = re.compile(f"[{HAN}]*$")
_SUM = re.compile(r"(?:[+\uff0b]+[0-9A-Za-z\u4e00-\u9fff]{0,8})+")


class Triggers(NamedTuple):
    """What to look for: the signs of all kinds of names, and the names for each, with where the sign stands in them."""

    signs: re.Pattern[str]
    known: dict[str, tuple[tuple[str, int], ...]]
    behind_verb: dict[str, tuple[tuple[str, int], ...]]
    verb_in_clause: re.Pattern[str]
    actors: re.Pattern[str]
    programme_heads: frozenset[str]
    programmes: tuple[tuple[int, frozenset[str]], ...]


def find(text: str, quotations: Sequence[Quotation]) -> list[Candidate]:
    """The names outside of the quotations: sums, models of national fame, …工作法; in the order of the text."""
    triggers = _triggers()
    names: list[Candidate] = []
    done = 0
    for hit in triggers.signs.finditer(text):
        sign, start = hit[0], hit.start()
        if sign in PLUSES:
            if start < done or _is_quoted(start, quotations):
                continue
            done, found = _sum(text, start, done)
        elif sign == METHOD_HEAD:
            found = _method(text, start)
        elif sign in triggers.programme_heads:
            found = _programme(text, start, sign, triggers)
        else:
            found = _known(text, start, sign, triggers)
        if found and not _is_quoted(found.end - 1, quotations):
            names.append(found)
    return names


def _is_quoted(at: int, quotations: Sequence[Quotation]) -> bool:
    after = bisect_right(quotations, (at + 1,))
    return after > 0 and at < quotations[after - 1][1]


def _known(text: str, at: int, sign: str, triggers: Triggers) -> Candidate | None:
    """A model of national fame with this sign; the more general ones only in a clause with a verb before them."""
    for name, before_sign in triggers.known.get(sign, ()):
        start = at - before_sign
        if start >= 0 and text.startswith(name, start) and text[start - 1 : start] not in NUMERALS:
            return Candidate(name, start, start + len(name), KNOWN)
    for name, before_sign in triggers.behind_verb.get(sign, ()):
        start = at - before_sign
        if text.startswith(name, start) and start >= 0:
            clause = max(0, start - CLAUSE_CHARS)
            done = triggers.verb_in_clause.search(text, clause, start)
            if done and not text[clause:start].endswith(marks().known_not_before):
                return Candidate(name, start, start + len(name), KNOWN)
            return None
    return None


def _programme(text: str, at: int, head: str, triggers: Triggers) -> Candidate | None:
    """A programme of the field with its head here: 春蕾计划."""
    for length, names in triggers.programmes:
        name = text[at - length : at] if at >= length else ""
        if name in names and text[at - length - 1 : at - length] not in NUMERALS:
            return Candidate(name + head, at - length, at + len(head), PROGRAMME)
    return None


def _sum(text: str, plus: int, since: int) -> tuple[int, Candidate | None]:
    """The sum around this plus sign, and where to look on.

    It needs a head behind it (公司+合作社+农户的模式), or else parts that are all actors of rural work: three of them,
    or two behind a verb.
    """
    expressions = patterns()
    since = max(since, plus - LONGEST_PART_CHARS)
    match = expressions.bare_count.search(text, since, plus + COUNT_SHAPE_WINDOW_CHARS)
    if match:
        verb = expressions.leading_verb.match(match[0])
        start, end = match.start() + (verb.end() if verb else 0), match.end()
        return end, Candidate(plain(text[start:end]), start, end, COUNT_SHAPE)
    actors = _triggers().actors.search(text, since, plus + COUNT_SHAPE_WINDOW_CHARS)
    if actors and actors.start() < plus:
        start, end = actors.span()
        name = plain(actors[0])
        done = name.count("+") > 1 or before(text, start) in {"verb", "medium", "means"}
        return end, Candidate(name, start, end, COUNT_SHAPE) if done else None
    rest = _SUM.match(text, plus)
    return rest.end() if rest else plus + 1, None


def _method(text: str, at: int) -> Candidate | None:
    """A name such as 四步工作法."""
    run = _HAN_RUN.search(text, max(0, at - METHOD_WINDOW_CHARS), at)
    own = run[0] if run else ""
    stop = patterns().method_start.match(own)
    own = own[stop.end() :] if stop else own
    if SHORTEST_NAME_CHARS <= len(own) <= METHOD_NAME_CHARS:
        return Candidate(own + METHOD_HEAD, at - len(own), at + len(METHOD_HEAD), METHOD)
    return None


@cache
def _triggers() -> Triggers:
    """The words of `practice_heads.yml` made ready for one pass over the text."""
    words = marks()
    actor = f"(?:{any_of(words.actors)})"
    return Triggers(
        re.compile("|".join([*_signs(words), any_of({METHOD_HEAD, *PLUSES})])),
        _placed(words.known),
        _placed(words.known_behind_verb),
        re.compile(rf"(?:{any_of((*words.verbs, *words.verbs_medium, *words.verbs_weak, *words.means))})[{HAN}、]*\Z"),
        re.compile(rf"{actor}(?:[+\uff0b](?:{actor}|[0-9NXnx]+))+(?![+\uff0bA-Za-z0-9])"),
        frozenset(words.programme_heads),
        _by_length(words.programmes),
    )


def _signs(words: Marks) -> Iterator[str]:
    """An expression for each sign of a name, with what stands before it in the names that it is the sign of.

    What stands before is looked at last: an expression that begins with a character is sought far faster.
    """
    signs = {head: {name[-1] for name in words.programmes} for head in words.programme_heads}
    for known in (words.known, words.known_behind_verb):
        for sign, names in known.items():
            signs.setdefault(sign, set()).update([name[: name.index(sign)][-1:] for name in names])
    for sign in sorted(signs, key=lambda sign: (-len(sign), sign)):
        firsts = "" if "" in signs[sign] else re.escape("".join(sorted(signs[sign])))
        yield re.escape(sign) + (f"(?<=[{firsts}]{re.escape(sign)})" if firsts else "")


def _by_length(names: Sequence[str]) -> tuple[tuple[int, frozenset[str]], ...]:
    """The names by their length, longest first."""
    lengths = sorted({len(name) for name in names}, reverse=True)
    return tuple((length, frozenset(name for name in names if len(name) == length)) for length in lengths)


def _placed(names: dict[str, tuple[str, ...]]) -> dict[str, tuple[tuple[str, int], ...]]:
    return {sign: tuple((name, name.index(sign)) for name in of_sign) for sign, of_sign in names.items()}
