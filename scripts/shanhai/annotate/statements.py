"""What a sentence says of two places: the forms of `reference/pair_patterns.yml`, and what hides or turns them."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import directions, pair_forms
from shanhai.annotate.pair_patterns import SLOT, Direction, Pattern, patterns, regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from shanhai.annotate.pair_forms import Form
    from shanhai.annotate.slots import Masked, Span

BEFORE_OBJECTS = "与同跟由向给被"
"""Places behind one of these are one party."""

UNSAID_CHARS = 10
"""How far before its first place, within the clause, a negation is looked for."""

LONGEST_JOINER_CHARS = max(map(len, pair_forms.JOINERS))

LONGEST_BETWEEN_CHARS = 72
"""No form reaches farther from one place to the other."""


class Statement(NamedTuple):
    """What a sentence says of two places, before it is known who assists whom.

    `at` is where it is said: the bounds in the masked sentence. `in_context`: it counts only where assistance is the
    subject of the paragraph; `listed`: only as one of several items.
    """

    first: Span
    second: Span
    rules: tuple[str, ...]
    direction: Direction
    score: float
    masked: Masked
    at: tuple[int, int]
    in_context: bool = False
    listed: bool = False


class _Run(NamedTuple):
    """Places that are joined, with the bounds of the run in the masked sentence; `close` is behind 两市, 等三县."""

    spans: tuple[Span, ...]
    joiners: tuple[str, ...]
    start: int
    end: int
    close: int


def stated(masked: Masked) -> list[Statement]:
    """What the sentence says of its places, from left to right."""
    if "而是" in masked.text:
        masked = _affirmed(masked)
    runs = _runs(masked)
    found: list[Statement] = []
    for run in runs:
        if run.joiners:
            found += _within(run, masked)
    last: _Run | None = None
    helper: _Run | None = None
    for run, following in pairwise(runs):
        if following.start - run.close <= LONGEST_BETWEEN_CHARS:
            helper = _across(masked, (run, following), last, helper, found)
        last = run
    return [] if found and _compiled("question").search(masked.text) else found


def _across(
    masked: Masked, runs: tuple[_Run, _Run], last: _Run | None, helper: _Run | None, found: list[Statement]
) -> _Run | None:
    """Adds what is said of two runs that follow each other, and answers who helps from here on."""
    known, index, (run, following) = patterns(), pair_forms.index(), runs
    between = masked.text[run.close : following.start]
    direct = False
    if (
        len(run.spans) > 1
        or len(following.spans) > 1
        or not directions.is_related(run.spans[0].unit, following.spans[0].unit)
    ):
        for form, end in _between(masked, between, run, following):
            direct = direct or form.pattern.rules == index.direct.rules
            found += _of_form(form, runs, masked, end)
    if helper and not direct and between[-1:] in index.direct.ends and _continued().fullmatch(between):
        found += _direct(helper, following, masked)
    if between in known.taking_over and (helper or between[0] == "则"):
        found += _taken_over(run, following, masked)
    if between in known.pair_list.between:
        found += _item(run, following, masked)
    elif last and run.spans[-1].unit is following.spans[0].unit:
        found += _over(last, following, masked)
    return run if direct else helper


def _affirmed(masked: Masked) -> Masked:
    """The sentence without the places that are named only to be denied: 不是A，而是B is 是B."""
    spans, slots, text = list(masked.spans), list(masked.slots), masked.text
    while denied := _compiled("denied").search(text):
        first, last = (bisect_left(slots, at) for at in denied.span())
        text = f"{text[: denied.start()]}是{text[denied.end() :]}"
        shorter = denied.end() - denied.start() - 1
        del spans[first:last]
        slots[first:] = [slot - shorter for slot in slots[last:]]
    return masked._replace(text=text, spans=tuple(spans), slots=tuple(slots))


def _over(run: _Run, following: _Run, masked: Masked) -> Iterator[Statement]:
    """What is said of two places with the second one named in between too: A根据B的需求，支持B."""
    between = masked.text[run.close : following.start].replace(SLOT, "它")
    if between and len(between) <= LONGEST_BETWEEN_CHARS:
        for form, end in _between(masked, between, run, following):
            yield from _of_form(form, (run, following), masked, end)


def telling() -> re.Pattern[str]:
    """What every sentence that states a pair holds."""
    return _compiled("telling")


def is_list_head(text: str) -> bool:
    """Whether a paragraph or sentence announces a list of pairs."""
    return _compiled("head").search(text) is not None


def speaks_of_assistance(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text holds one of the cues."""
    return _compiled("cues").search(text, start, end) is not None


def is_hidden(text: str, at: tuple[int, int], *, helper: bool) -> bool:
    """Whether what is said of one place is denied or asked, or of an organisation of the helper, or of people."""
    if _compiled("of_place" if helper else "of_people").match(text, text.index(SLOT, *at) + 1):
        return True
    return _is_unsaid(text, *at) or _compiled("question").search(text) is not None


def _runs(masked: Masked) -> list[_Run]:
    text, spans, slots = masked[:3]
    count, known_joiners, new = len(slots), pair_forms.JOINERS, tuple.__new__
    runs: list[_Run] = []
    first = 0
    joiners: tuple[str, ...] = ()
    for i, slot in enumerate(slots, 1):
        end = close = slot + 1
        if i < count and slots[i] - end <= LONGEST_JOINER_CHARS and (joiner := text[end : slots[i]]) in known_joiners:
            joiners += (joiner,)
            continue
        if joiners or text.startswith("等", end):
            closed = _compiled("list_close").match(text, end)
            close = closed.end() if closed else end
        runs.append(new(_Run, (spans[first:i], joiners, slots[first], end, close)))
        first, joiners = i, ()
    return runs


def _within(run: _Run, masked: Masked) -> Iterator[Statement]:
    """What is said of the two that one run joins: A与B结对. In a longer run it must be plain where A ends."""
    text = masked.text
    if text[run.start - 1 : run.start] in BEFORE_OBJECTS and run.start:
        return
    for first, cut, last in _cuts(run):
        yield from _joint(
            _Run(run.spans[first:last], run.joiners[first : last - 1], run.start, run.end, run.close),
            cut - first,
            masked,
        )


def _cuts(run: _Run) -> Iterator[tuple[int, int, int]]:
    """The first place, the first of the second party and the end of each two parties that a run joins."""
    count = len(run.spans)
    plain = [i for i, joiner in enumerate(run.joiners, 1) if joiner != "、"]
    if count == 2:
        yield 0, 1, 2
    elif len(plain) == 1:
        yield 0, plain[0], count
    elif count % 2 == 0 and plain == [*range(1, count, 2)]:
        yield from ((first, first + 1, first + 2) for first in range(0, count, 2))


def _joint(run: _Run, cut: int, masked: Masked) -> Iterator[Statement]:
    text, joiner = masked.text, run.joiners[cut - 1]
    for form, end in pair_forms.fitting(pair_forms.index().by_joiner[joiner], text, joiner, run.start, run.close):
        if _is_of_body(text, run) or _is_unsaid(text, run.start, end):
            continue
        direction = form.pattern.direction if len(run.spans) == 2 else "weak"
        for first in run.spans[:cut]:
            for second in run.spans[cut:]:
                yield _statement(form.pattern, (first, second), masked, (run.start, end), direction)


def _is_of_body(text: str, run: _Run) -> bool:
    return text[run.close : run.close + 1] == "的" and _compiled("of_place").match(text, run.close) is not None


def _between(masked: Masked, between: str, run: _Run, following: _Run) -> list[tuple[Form, int]]:
    """The forms that the text says of two runs, each with where it ends."""
    index, text = pair_forms.index(), masked.text
    of_end = index.by_end.get(between[-1:])
    choices = [of_end] if of_end else []
    if index.holds.search(between):
        choices.append(index.holding)
    said: list[tuple[Form, int]] = []
    for choice in choices:
        for fit in pair_forms.fitting(choice, text, between, run.start, following.close):
            if not _is_hidden(fit[0], text, run, following):
                said.append(fit)
                if fit[0].pattern.direction == "stated":
                    break
    return said


def _of_form(form: Form, runs: tuple[_Run, _Run], masked: Masked, end: int) -> Iterator[Statement]:
    """Each with each where one side is single, first with first where the text says so, else nothing is sure."""
    left, right = (run.spans for run in runs)
    ends = [(one, other) for one in left for other in right]
    if len(left) > 1 and len(right) > 1:
        said = masked.text[max(runs[0].start - UNSAID_CHARS, 0) : runs[1].end + UNSAID_CHARS]
        if len(left) != len(right) or not _compiled("respectively").search(said):
            return
        ends = list(zip(left, right, strict=True))
    for one, other in ends:
        first, second = (other, one) if form.passive else (one, other)
        yield _statement(form.pattern, (first, second), masked, (runs[0].start, end))


def _direct(helper: _Run, aided: _Run, masked: Masked) -> Iterator[Statement]:
    """A second object of the same helper."""
    if len(helper.spans) == 1:
        for second in aided.spans:
            yield _statement(pair_forms.index().direct, (helper.spans[0], second), masked, (helper.start, aided.close))


def _taken_over(run: _Run, following: _Run, masked: Masked) -> Iterator[Statement]:
    """What one helper does, another does for another: A帮扶B，C则负责D. With 则 it may be a sentence of its own."""
    if len(run.spans) == 1:
        for second in following.spans:
            at = (run.start, following.close)
            yield _statement(pair_forms.index().direct, (run.spans[0], second), masked, at, "given")._replace(
                in_context=True
            )


def _item(run: _Run, following: _Run, masked: Masked) -> Iterator[Statement]:
    """An item of a list of pairs: a clause that is nothing else."""
    known, text = patterns().pair_list, masked.text
    if len(run.spans) > 1 and len(following.spans) > 1:
        return
    floor = text.rfind(SLOT, 0, run.start) + 1
    if _compiled("item_before").search(text, floor, run.start) and _compiled("item_after").match(text, following.close):
        at = (run.start, following.close)
        for first in run.spans:
            for second in following.spans:
                yield Statement(first, second, known.rules, "open", known.score, masked, at, listed=True)


def _statement(
    pattern: Pattern, ends: tuple[Span, Span], masked: Masked, at: tuple[int, int], direction: Direction | None = None
) -> Statement:
    said = direction or pattern.direction
    return tuple.__new__(Statement, (*ends, pattern.rules, said, pattern.score, masked, at, pattern.in_context, False))


def _is_hidden(form: Form, text: str, run: _Run, following: _Run) -> bool:
    """Whether it is denied or wished for, or is said of an organisation of A, or of people of B."""
    helper, aided = (following, run) if form.passive else (run, following)
    if _compiled("of_place").match(text, helper.close) or _compiled("of_people").match(text, aided.end):
        return True
    return _is_unsaid(text, run.start, following.start)


def _is_unsaid(text: str, start: int, end: int) -> bool:
    floor = max(start - UNSAID_CHARS, 0)
    for mark in "\uff0c\uff1a\uff1b。":
        if (at := text.rfind(mark, floor, start)) >= 0:
            floor = at + 1
    return _compiled("unsaid").search(text, floor, end) is not None


@cache
def _continued() -> re.Pattern[str]:
    return regex(patterns().continued)


@cache
def _compiled(name: str) -> re.Pattern[str]:
    """One of the patterns that stand by themselves."""
    known = patterns()
    of_list = {"head": known.pair_list.head, "item_before": known.pair_list.before, "item_after": known.pair_list.after}
    return regex(of_list[name] if name in of_list else getattr(known, name))
