"""Where every page stands below docs/, and links to it by the name of what it is about."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from shanhai.annotate.gazetteer import provinces
from shanhai.annotate.vocabulary import themes
from shanhai.pages.markdown import Markdown, link
from shanhai.relate.views import year

if TYPE_CHECKING:
    from shanhai.records import Article

HOME = "index.md"
ARTICLES = "articles/index.md"
PROVINCES = "provinces/index.md"
THEMES = "themes/index.md"
YEARS = "years/index.md"
HOW_MADE = "how-made.md"
HOW_TAGGED = "how-tagged.md"
HELP = "help.md"


def article_page(article: Article) -> str:
    """The page of an article."""
    return f"{article.path}.md"


def province_page(name: str) -> str:
    """The page of a province, by its full name."""
    return f"provinces/{_province_slugs()[name]}.md"


def theme_page(label: str) -> str:
    """The page of a theme, by its label."""
    return f"themes/{_theme_slugs()[label]}.md"


def year_page(name: str) -> str:
    """The page of a year ("2019") or of the undated articles ("undated")."""
    return f"years/{name}.md"


def article_link(article: Article, page: str) -> Markdown:
    """A link to an article by its title."""
    return link(article.described.title, article_page(article), page)


def province_link(name: str, page: str, shown: str = "") -> Markdown:
    """A link to a province by its full name, or by what is shown instead."""
    return link(shown or name, province_page(name), page)


def theme_link(label: str, page: str) -> Markdown:
    """A link to a theme by its label."""
    return link(label, theme_page(label), page)


def year_link(article: Article, page: str, shown: str) -> Markdown:
    """A link to the year of an article."""
    return link(shown, year_page(year(article)), page)


def province_short(name: str) -> str:
    """The short name of a province, by its full name."""
    return _province_shorts()[name]


@cache
def _province_slugs() -> dict[str, str]:
    return {one.name: one.slug for one in provinces()}


@cache
def _province_shorts() -> dict[str, str]:
    return {one.name: one.short for one in provinces()}


@cache
def _theme_slugs() -> dict[str, str]:
    return {one.label: one.slug for one in themes()}
