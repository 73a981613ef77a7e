"""Where every page stands below docs/, and links to it by the name of what it is about."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from shanhai.annotate import gazetteer
from shanhai.annotate.vocabulary import themes
from shanhai.pages.escape import inline
from shanhai.pages.markdown import Markdown, link
from shanhai.relate.facts import year

if TYPE_CHECKING:
    from shanhai.annotate.gazetteer import Province
    from shanhai.records import Article

HOME = "index.md"
ENGLISH = "en.md"
ARTICLES = "articles/index.md"
PROVINCES = "provinces/index.md"
PAIRS = "pairs/index.md"
THEMES = "themes/index.md"
PHRASES = "phrases/index.md"
PRACTICES = "practices/index.md"
YEARS = "years/index.md"
SOURCES = "sources/index.md"
HOW_MADE = "how-made.md"
HOW_TAGGED = "how-tagged.md"
DOWNLOADS = "downloads.md"
ABOUT = "about.md"
HELP = "help.md"

NAME_DIGITS = 16
"""A name without an ASCII form is addressed by so many hexadecimal digits of its SHA-256: 64 bits, of which nobody
finds two names by chance or in an afternoon."""


def article_page(article: Article) -> str:
    """The page of an article."""
    return f"{article.path}.md"


def apparatus_page(article: Article) -> str:
    """The page that sets an article's source beside its clean text."""
    return f"{article.path}/apparatus.md"


def unit_page(code: str) -> str:
    """The page of a province, prefecture or county, by its code."""
    return f"provinces/{gazetteer.slug(code)}.md"


def province_page(name: str) -> str:
    """The page of a province, by its full name."""
    return f"provinces/{province(name).slug}.md"


def pair_page(origin_code: str, target_code: str) -> str:
    """The page of a pair, by the codes of both sides, the assisting one first."""
    return f"pairs/{origin_code}-{target_code}.md"


def theme_page(label: str) -> str:
    """The page of a theme, by its label."""
    return f"themes/{_theme_slugs()[label]}.md"


def practice_page(core: str) -> str:
    """The page of a named working model, by the core of its names."""
    return f"practices/{_digest(core)}.md"


def source_page(name: str) -> str:
    """The page of a publication, by its name."""
    return f"sources/{_digest(name)}.md"


def phrase_page(slug: str) -> str:
    """The page of a policy phrase, by its English name for addresses."""
    return f"phrases/{slug}.md"


def year_page(name: str) -> str:
    """The page of a year ("2019") or of the undated articles ("undated")."""
    return f"years/{name}.md"


def month_target(name: str) -> str:
    """Where the articles of a month ("2019-03") stand on the page of its year."""
    return f"{year_page(name[:4])}#m{name[5:7]}"


def article_link(article: Article, page: str) -> Markdown:
    """A link to an article by its title."""
    return link(article.described.title, article_page(article), page)


def place_link(full_name: str, page: str, shown: str = "") -> Markdown:
    """A link to the page of a unit by its full name of today, or by what is shown instead; other names stand alone."""
    code = gazetteer.code_of(full_name)
    return link(shown or full_name, unit_page(code), page) if code else Markdown(inline(shown or full_name))


def province_link(name: str, page: str, shown: str = "") -> Markdown:
    """A link to a province by its full name, or by what is shown instead."""
    return link(shown or name, province_page(name), page)


def pair_link(origin: str, target: str, page: str, shown: str = "") -> Markdown:
    """A link to a pair by the full names of its sides; where one is no unit of today, what is shown stands alone."""
    codes = gazetteer.code_of(origin), gazetteer.code_of(target)
    words = shown or f"{origin} → {target}"
    return link(words, pair_page(codes[0], codes[1]), page) if codes[0] and codes[1] else Markdown(inline(words))


def theme_link(label: str, page: str) -> Markdown:
    """A link to a theme by its label."""
    return link(label, theme_page(label), page)


def practice_link(core: str, page: str, shown: str) -> Markdown:
    """A link to a named working model."""
    return link(shown, practice_page(core), page)


def source_link(name: str, page: str) -> Markdown:
    """A link to a publication by its name."""
    return link(name, source_page(name), page)


def year_link(article: Article, page: str, shown: str) -> Markdown:
    """A link to the year of an article."""
    return link(shown, year_page(year(article)), page)


def province(name: str) -> Province:
    """A province by its full name."""
    return _provinces()[name]


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:NAME_DIGITS]


@cache
def _provinces() -> dict[str, Province]:
    return {one.name: one for one in gazetteer.provinces()}


@cache
def _theme_slugs() -> dict[str, str]:
    return {one.label: one.slug for one in themes()}
