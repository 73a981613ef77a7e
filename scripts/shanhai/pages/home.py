"""The home page: search, counts, map, matrix, themes, newest articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.pages import listing
from shanhai.pages.markdown import Markdown, bullets, fill, front_matter, link
from shanhai.pages.matrix import matrix
from shanhai.pages.province import map_figure, span
from shanhai.pages.targets import ARTICLES, HOME, HOW_MADE, PROVINCES, THEMES, YEARS
from shanhai.pages.theme import theme_counts

if TYPE_CHECKING:
    from shanhai.relate.views import Views

NEWEST_SHOWN = 10


def home(views: Views) -> Markdown:
    """The home page."""
    return fill(
        "home.md",
        front=front_matter({"title": "首页", "hide": ["toc", "navigation"], "search": {"exclude": True}}),
        articles=link(str(len(views.newest)), ARTICLES, HOME),
        provinces=link(str(len(views.by_province)), PROVINCES, HOME),
        themes=link(str(len(views.by_theme)), THEMES, HOME),
        years=link(span(views.newest) or "–", YEARS, HOME),
        figure=map_figure(views, HOME),
        pair_count=len(views.pairs),
        matrix=matrix(views.matrix, HOME) if views.matrix else Markdown(""),
        theme_counts=theme_counts(views, HOME),
        newest=bullets((listing.line(one, HOME, dated=True) for one in views.newest[:NEWEST_SHOWN]), "articles"),
        all_articles=link("全部文章", ARTICLES, HOME),
        how_made=link("怎样整理", HOW_MADE, HOME),
    )
