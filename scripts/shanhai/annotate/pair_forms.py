"""The forms of `reference/pair_patterns.yml`, cut at their places, and which of them fit a text between two places.

The text between decides first: few forms can end as it does.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate.pair_patterns import SLOT, Pattern, patterns, regex

if TYPE_CHECKING:
    from collections.abc import Iterator

JOINERS = frozenset(("、", "和", "与", "及", "以及", "同", "跟"))
"""What makes a run of several places, a list or two that have to do with each other."""

REACH_CHARS = 80
"""No form reads on farther behind its last place."""


class Form(NamedTuple):
    """A form, cut at its first places; `passive` where the assisted one comes first.

    `said` is what it says from there on, the other places being one slot; `before` what has to stand before the first.
    """

    pattern: Pattern
    passive: bool
    before: re.Pattern[str] | None
    between: re.Pattern[str]
    said: re.Pattern[str]


class Choice(NamedTuple):
    """Forms, and one expression for all of them; its last group is the number of the first that fits, from one."""

    forms: tuple[Form, ...]
    any: re.Pattern[str]


class Index(NamedTuple):
    """The forms by the character that the text between the places ends with, those by a word in it, and by a joiner."""

    by_end: dict[str, Choice]
    holding: Choice
    holds: re.Pattern[str]
    by_joiner: dict[str, Choice]
    direct: Pattern


def fitting(choice: Choice, text: str, between: str, start: int, close: int) -> Iterator[tuple[Form, int]]:
    """The forms that fit places that begin at `start` and close at `close`, each with where it ends."""
    said = between + SLOT + text[close : close + REACH_CHARS]
    match = choice.any.match(said)
    if not match or not match.lastindex:
        return
    behind = close - len(between) - 1
    for form in choice.forms[match.lastindex - 1 :]:
        match = match or form.said.match(said)
        if match:
            if not form.before or form.before.search(text, text.rfind(SLOT, 0, start) + 1, start):
                yield form, behind + match.end()
            match = None


@cache
def index() -> Index:
    """All forms, by what the text between two places has to be for them."""
    by_end: dict[str, tuple[Form, ...]] = {}
    holding: tuple[Form, ...] = ()
    for pattern in patterns().patterns:
        forms = tuple(_form(pattern, form) for form in pattern.forms)
        for end in [*pattern.ends, *([""] if pattern.adjacent else [])]:
            by_end[end] = by_end.get(end, ()) + forms
        if not pattern.ends and not pattern.adjacent:
            holding += forms
    choices = {end: _choice(forms) for end, forms in by_end.items()}
    holds = re.compile("|".join({word: None for pattern in patterns().patterns for word in pattern.holds}))
    return Index(choices, _choice(holding), holds, _by_joiner(by_end), patterns().patterns[0])


def _by_joiner(by_end: dict[str, tuple[Form, ...]]) -> dict[str, Choice]:
    """The forms that a joiner alone fits between the places."""
    return {
        joiner: _choice(
            tuple(one for one in by_end.get(joiner[-1], ()) if not one.passive and one.between.fullmatch(joiner))
        )
        for joiner in JOINERS
    }


def _choice(forms: tuple[Form, ...]) -> Choice:
    return Choice(forms, re.compile("|".join(f"(?:{form.said.pattern})()" for form in forms) or "(?!)"))


def _form(pattern: Pattern, form: str) -> Form:
    before, first, between, _, after = re.split("([AB])", form)
    return Form(
        pattern,
        first == "B",
        regex(f"(?:{before})$") if before else None,
        regex(between),
        regex(f"(?:{between})S(?:{after})"),
    )
