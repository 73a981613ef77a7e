"""Everything that is found in an article's clean text, each piece with its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.annotate import (
    dates,
    figures,
    organisations,
    pairs,
    places,
    practices,
    sections,
    slots,
    theme_hits,
    themes,
)
from shanhai.records import Annotations

if TYPE_CHECKING:
    from shanhai.records import DescribedArticle


def annotate(described: DescribedArticle) -> Annotations:
    """All that an article says of places, and what it says of them. The parties to a pair are subjects.

    The cues of the themes are sought once, for the article's themes, its sections and its practices.
    """
    found = places.find(described)
    named = slots.named(described.text, found)
    stated = pairs.find(described, found, named)
    helping = organisations.find(described, found, named)
    told = places.promoted(found, {name for pair in stated for name in (pair.origin, pair.target)})
    parts = sections.parts(described, told)
    hits = theme_hits.find(described)
    tagged = themes.find_all(described, sections.spans(parts), hits)
    dated = dates.find(described)
    return Annotations(
        places=told,
        pairs=stated,
        themes=tagged.article,
        practices=practices.find(described, told, hits),
        figures=figures.find(described, told, dated),
        organisations=helping,
        dates=dated,
        sections=sections.told(described, told, parts, tagged.sections),
    )
