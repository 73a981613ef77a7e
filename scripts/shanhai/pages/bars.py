"""Counts with a bar each: a list that is also the chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.pages.markdown import Markdown, bullets

if TYPE_CHECKING:
    from collections.abc import Sequence


def counted(entries: Sequence[tuple[Markdown, int]]) -> Markdown:
    """A list of names with their counts, each with a bar in proportion to the highest."""
    highest = max((count for _, count in entries), default=0)
    lines = [
        f'{name} <span class="bar" style="--share:{100 * count // highest}%"></span> <span class="n">{count}</span>'
        for name, count in entries
    ]
    return bullets(lines, "counted")
