"""Places and themes with their English names beside the Chinese."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shanhai.annotate import gazetteer
from shanhai.annotate.vocabulary import themes
from shanhai.pages.escape import inline
from shanhai.pages.markdown import Markdown
from shanhai.pages.targets import place_link, province, theme_link
from shanhai.relate.facts import above

if TYPE_CHECKING:
    from collections.abc import Iterable


def english(words: str) -> Markdown:
    """English words in small print, marked as English; nothing for none."""
    return Markdown(f'<small lang="en">{inline(words)}</small>' if words else "")


def place(full_name: str, page: str, shown: str = "") -> Markdown:
    """A link to a unit by its full name, or by what is shown instead, with the unit's own English name."""
    return _beside(place_link(full_name, page, shown), place_english(full_name))


def theme(label: str, page: str) -> Markdown:
    """A link to a theme with its English name."""
    return _beside(theme_link(label, page), theme_english(label))


def place_english(full_name: str) -> str:
    """The own English name of a unit of today, of a province its usual short one; "" for any other name."""
    code = gazetteer.code_of(full_name)
    if not code:
        return ""
    return gazetteer.english(code) if above(code) else province(full_name).english


def theme_english(label: str) -> str:
    """The English name of a theme."""
    return _theme_english()[label]


def joined(names: Iterable[str], between: str = " → ") -> str:
    """English names in one line, or nothing where one of them is missing."""
    known = list(names)
    return between.join(known) if all(known) else ""


def _beside(linked: Markdown, words: str) -> Markdown:
    return Markdown(f'<span class="named">{linked} {english(words)}</span>') if words else linked


@cache
def _theme_english() -> dict[str, str]:
    return {one.label: one.en for one in themes()}
