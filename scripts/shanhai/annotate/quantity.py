"""A number with its unit, and the sentence in which it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from shanhai.records import Qualifier


class Quantity(NamedTuple):
    """A number with its unit at `text[start:end]`; `value` and `upper` count in `unit`, without 万 or 亿.

    `upper` is the upper end of a range and `None` for a single number.
    """

    start: int
    end: int
    value: float
    unit: str
    rule: str
    qualifier: Qualifier | None = None
    upper: float | None = None


class Sentence(NamedTuple):
    """The part of a text up to 。 or a semicolon that numbers stand in: its block, by index, and `text[start:end]`.

    `whole` is where it begins together with the parts before semicolons.
    """

    block: int
    start: int
    end: int
    whole: int
