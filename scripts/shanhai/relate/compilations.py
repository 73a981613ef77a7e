"""Compilations: an article in sections that each report on other places, linked section by section.

Which place goes with which theme is asked here alone, so that a place's page and a theme's count alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shanhai.records import Article, Section

LARGEST_SHARE = 0.5
"""A place that more than half of the sections report on is what the whole article is about."""


def sections_about(article: Article, code: str) -> tuple[Section, ...]:
    """The sections of a compilation that report on a unit; none where the article as a whole does."""
    sections = article.annotations.sections
    found = tuple(section for section in sections if code in section.places)
    return found if len(found) <= LARGEST_SHARE * len(sections) else ()


def sections_on(article: Article, label: str) -> tuple[Section, ...]:
    """The sections of a compilation that are on a theme; none where the article as a whole is."""
    sections = article.annotations.sections
    found = tuple(section for section in sections if label in section.themes)
    return found if len(found) <= LARGEST_SHARE * len(sections) else ()


def themes_about(article: Article, code: str) -> tuple[str, ...]:
    """The labels of an article's themes that it reports on of a unit: of a compilation those of the sections about it.

    A section's theme that the article as a whole does not carry is left out.
    """
    labels = tuple(tag.label for tag in article.annotations.themes)
    sections = sections_about(article, code)
    told = {label for one in sections for label in one.themes}
    return tuple(label for label in labels if label in told) if sections else labels
