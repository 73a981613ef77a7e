"""All pages of the site from the views of an archive, and the data files beside them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from shanhai.annotate.vocabulary import themes
from shanhai.errors import ShanhaiError
from shanhai.pages.articles import apparatus
from shanhai.pages.articles.article import article
from shanhai.pages.datafiles import data_files
from shanhai.pages.downloads import downloads
from shanhai.pages.english import english
from shanhai.pages.home import home_pages
from shanhai.pages.how_made import how_made
from shanhai.pages.how_tagged import how_tagged
from shanhai.pages.pair import pair_index, pair_pages
from shanhai.pages.phrases import phrase_pages
from shanhai.pages.places.dossier import dossiers
from shanhai.pages.places.index import place_index
from shanhai.pages.practice import practice_index, practice_pages
from shanhai.pages.source import source_index, source_pages
from shanhai.pages.targets import (
    ARTICLES,
    DOWNLOADS,
    ENGLISH,
    HOW_MADE,
    HOW_TAGGED,
    THEMES,
    YEARS,
    article_page,
)
from shanhai.pages.theme import theme_index, theme_pages
from shanhai.pages.year import article_index, year_index, year_pages
from shanhai.relate.neighbours import neighbours
from shanhai.relate.phrases import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shanhai.relate.phrases import PhraseClock
    from shanhai.relate.views import Views


def render(views: Views, phrases: PhraseClock | None = None) -> dict[str, str]:
    """Path below docs/ -> content of every generated page and data file, sorted by path.

    `phrases` is the clock of the policy phrases where it is known already.
    Raises `ShanhaiError` where two of them would have one path.
    """
    data = data_files(views.archive.articles, views.archive.rejected)
    pages = [
        *((f"data/{name}", text) for name, text in data.items()),
        (DOWNLOADS, downloads(views, data)),
        *_single_pages(views, phrases or clock(views.newest)),
        *_articles(views),
        *_lists(views),
    ]
    twice = [path for path, count in Counter(path for path, _ in pages).items() if count > 1]
    if twice:
        raise ShanhaiError(
            f"Two pages have the address {', '.join(twice)}: nothing is written, since one would be lost."
        )
    return dict(sorted(pages))


def _single_pages(views: Views, phrases: PhraseClock) -> Iterator[tuple[str, str]]:
    yield from home_pages(views, phrases).items()
    yield from phrase_pages(views, phrases).items()
    yield ENGLISH, english(views)
    yield HOW_MADE, how_made(views)
    yield HOW_TAGGED, how_tagged(views)


def _articles(views: Views) -> Iterator[tuple[str, str]]:
    near = neighbours(views)
    for one in views.newest:
        yield article_page(one), article(one, views, near[one.id])
        yield from apparatus.pages(one).items()


def _lists(views: Views) -> Iterator[tuple[str, str]]:
    yield ARTICLES, article_index(views)
    yield from place_index(views).items()
    yield from dossiers(views)
    yield from pair_index(views).items()
    yield from pair_pages(views)
    yield THEMES, theme_index(views)
    for theme in themes():
        yield from theme_pages(theme, views).items()
    yield from practice_index(views).items()
    yield from practice_pages(views)
    yield YEARS, year_index(views)
    yield from year_pages(views)
    yield from source_index(views).items()
    yield from source_pages(views)
