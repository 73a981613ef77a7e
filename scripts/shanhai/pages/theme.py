"""Theme pages: definition, cue terms, provinces and articles; and the index of the 16 themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.annotate.gazetteer import provinces
from shanhai.annotate.vocabulary import themes
from shanhai.pages import listing
from shanhai.pages.bars import counted
from shanhai.pages.markdown import Markdown, fill, front_matter, link
from shanhai.pages.province import span
from shanhai.pages.targets import THEMES, province_link, theme_link, theme_page

if TYPE_CHECKING:
    from shanhai.annotate.vocabulary import Theme
    from shanhai.relate.views import Views


def theme_pages(one: Theme, views: Views) -> dict[str, str]:
    """Path -> Markdown of a theme's page and of the further pages of its list."""
    page = theme_page(one.label)
    articles = views.by_theme.get(one.label, ())
    return {
        page: fill(
            "theme.md",
            front=front_matter({"title": one.label, "description": one.definition.zh}),
            theme=one,
            cues=[(weight, list(terms)) for weight, terms in sorted(one.cues.items(), reverse=True)],
            count=len(articles),
            span=span(articles),
            provinces=_provinces(one, views, page),
            articles=listing.by_year(listing.first(articles), page),
            pager=listing.pager(page, len(articles), 1),
            index=link("全部主题", THEMES, page),
        ),
        **listing.further_pages(one.label, articles, page),
    }


def theme_index(views: Views) -> Markdown:
    """The index of all themes with their definitions."""
    entries = [(theme_link(one.label, THEMES), one, len(views.by_theme.get(one.label, ()))) for one in themes()]
    return fill(
        "themes.md",
        front=front_matter({"title": "主题", "hide": ["toc"], "search": {"exclude": True}}),
        entries=entries,
    )


def theme_counts(views: Views, page: str) -> Markdown:
    """All themes that have articles, with their counts, in the order of the vocabulary."""
    counts = [(one.label, len(views.by_theme.get(one.label, ()))) for one in themes()]
    return counted([(theme_link(label, page), count) for label, count in counts if count])


def _provinces(one: Theme, views: Views, page: str) -> Markdown:
    counts = [(place.name, views.province_theme.get((place.name, one.label), 0)) for place in provinces()]
    found = sorted((item for item in counts if item[1]), key=lambda item: -item[1])
    return counted([(province_link(name, page), count) for name, count in found])
