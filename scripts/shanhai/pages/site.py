"""All pages of the site from an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.annotate.gazetteer import provinces
from shanhai.annotate.vocabulary import themes
from shanhai.pages.article import article
from shanhai.pages.home import home
from shanhai.pages.how_made import how_made
from shanhai.pages.how_tagged import how_tagged
from shanhai.pages.province import province_index, province_pages
from shanhai.pages.targets import ARTICLES, HOME, HOW_MADE, HOW_TAGGED, PROVINCES, THEMES, YEARS, article_page
from shanhai.pages.theme import theme_index, theme_pages
from shanhai.pages.year import article_index, year_index, year_pages
from shanhai.relate.views import Archive, view

if TYPE_CHECKING:
    from collections.abc import Iterator


def render(archive: Archive) -> dict[str, str]:
    """Path below docs/ -> Markdown of every generated page, sorted by path."""
    return dict(sorted(_pages(archive)))


def _pages(archive: Archive) -> Iterator[tuple[str, str]]:
    views = view(archive)
    yield HOME, home(views)
    yield HOW_MADE, how_made(archive)
    yield HOW_TAGGED, how_tagged(views)
    yield ARTICLES, article_index(views)
    yield PROVINCES, province_index(views)
    yield THEMES, theme_index(views)
    yield YEARS, year_index(views)
    for one in archive.articles:
        yield article_page(one), article(one, views)
    for province in provinces():
        yield from province_pages(province, views).items()
    for theme in themes():
        yield from theme_pages(theme, views).items()
    for name in views.by_year:
        yield from year_pages(name, views).items()
