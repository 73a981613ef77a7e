"""Counts with a bar each, a list that is also the chart; and counts in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.pages.markdown import Markdown, bullets

if TYPE_CHECKING:
    from collections.abc import Sequence

FULL = 100


def counted(entries: Sequence[tuple[Markdown, int]]) -> Markdown:
    """A list of names with their counts, each with a bar in proportion to the highest; the shortest can be seen."""
    highest = max((count for _, count in entries), default=0)
    return bullets(
        (f'{name} {_bar(count, highest)} <span class="n">{count}</span>' for name, count in entries), "counted"
    )


def chip(name: Markdown, count: int) -> Markdown:
    """A name with its count, for a run of many in a line."""
    return Markdown(f'<span class="unit">{name} <small>{count}</small></span> ')


def _bar(count: int, highest: int) -> str:
    width = max(1, FULL * count // highest) if count else 0
    return (
        f'<svg class="bar" viewBox="0 0 {FULL} 1" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{width}" height="1"/></svg>'
    )
