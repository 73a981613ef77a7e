"""Everything that is found in an article's clean text, each piece with its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.annotate import figures, pairs, places, practices, themes
from shanhai.records import Annotations

if TYPE_CHECKING:
    from shanhai.records import DescribedArticle


def annotate(described: DescribedArticle) -> Annotations:
    """The places, pairs, themes, practices and figures of an article. The parties to a pair are subjects."""
    named = places.find(described)
    stated = pairs.find(described, named)
    told = places.promoted(named, {name for pair in stated for name in (pair.origin, pair.target)})
    return Annotations(
        places=told,
        pairs=stated,
        themes=themes.find(described),
        practices=practices.find(described),
        figures=figures.find(described, told),
    )
