"""Year pages, the index of years, and the index of articles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from shanhai.annotate.gazetteer import provinces
from shanhai.annotate.vocabulary import themes
from shanhai.pages import listing
from shanhai.pages.bars import counted
from shanhai.pages.markdown import Markdown, fill, front_matter, link
from shanhai.pages.province import span
from shanhai.pages.targets import ARTICLES, YEARS, province_link, theme_link, year_page
from shanhai.relate.views import UNDATED, Views

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.records import Article

NEWEST_SHOWN = 50


def year_pages(name: str, views: Views) -> dict[str, str]:
    """Path -> Markdown of a year's page and of the further pages of its list."""
    page = year_page(name)
    articles = views.by_year[name]
    title = listing.year_name(name)
    places, labels = _counts(articles)
    return {
        page: fill(
            "year.md",
            front=front_matter({"title": title, "search": {"exclude": True}}),
            title=title,
            undated=name == UNDATED,
            count=len(articles),
            provinces=counted([(province_link(one, page), count) for one, count in places]),
            themes=counted([(theme_link(one, page), count) for one, count in labels]),
            articles=listing.by_year(listing.first(articles), page, headings=False),
            pager=listing.pager(page, len(articles), 1),
            index=link("全部年份", YEARS, page),
        ),
        **listing.further_pages(title, articles, page),
    }


def year_index(views: Views) -> Markdown:
    """The index of all years, newest first, the undated last."""
    return fill(
        "years.md",
        front=front_matter({"title": "年份", "hide": ["toc"], "search": {"exclude": True}}),
        years=year_counts(views, YEARS),
    )


def article_index(views: Views) -> Markdown:
    """The newest articles, and the way to all others by year."""
    newest = views.newest[:NEWEST_SHOWN]
    return fill(
        "articles.md",
        front=front_matter({"title": "文章", "search": {"exclude": True}}),
        count=len(views.newest),
        span=span(views.newest),
        shown=len(newest),
        years=year_counts(views, ARTICLES),
        articles=listing.by_year(newest, ARTICLES),
    )


def year_counts(views: Views, page: str) -> Markdown:
    """All years with their counts, newest first, the undated last."""
    names = sorted((name for name in views.by_year if name != UNDATED), reverse=True)
    names += [UNDATED] if UNDATED in views.by_year else []
    return counted([(link(listing.year_name(one), year_page(one), page), len(views.by_year[one])) for one in names])


def _counts(articles: Sequence[Article]) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Provinces and themes of some articles with their counts, the most frequent first."""
    places = Counter(name for article in articles for name in article.annotations.provinces)
    labels = Counter(tag.label for article in articles for tag in article.annotations.themes)
    return (
        sorted(((one.name, places[one.name]) for one in provinces() if places[one.name]), key=lambda item: -item[1]),
        sorted(((one.label, labels[one.label]) for one in themes() if labels[one.label]), key=lambda item: -item[1]),
    )
