"""Lists of articles by year, in pages of at most 200."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from shanhai.pages.markdown import Markdown, bullets, fill, front_matter, link
from shanhai.pages.targets import article_link, year_page
from shanhai.pages.wording import short_date
from shanhai.relate.views import UNDATED, year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.records import Article

MOST_ON_A_PAGE = 200
"""So each list page stays below 300 kB of HTML (findings of the reading design, recommendation 10)."""


def year_name(name: str) -> str:
    """A year as a heading: "2019 年", "未注日期"."""
    return "未注日期" if name == UNDATED else f"{name} 年"


def by_year(articles: Sequence[Article], page: str, *, headings: bool = True) -> Markdown:
    """Articles, newest first, under a heading for each year."""
    parts = []
    for name, group in groupby(articles, key=year):
        if headings:
            anchor = name if name == UNDATED else f"y{name}"
            parts.append(f"### {link(year_name(name), year_page(name), page)} {{: #{anchor} data-search-exclude=1 }}")
        parts.append(bullets((line(article, page) for article in group), "articles"))
    return Markdown("\n\n".join(parts))


def line(article: Article, page: str, *, dated: bool = False) -> Markdown:
    """One article in a list: its title, then its day (with `dated`, its whole date) and source."""
    described = article.described
    day = (described.date or described.date_edtf) if dated else short_date(described)
    return fill("line.md", title=article_link(article, page), day=day, source=described.source or "")


def first(articles: Sequence[Article]) -> Sequence[Article]:
    """The articles that the first page of a list shows."""
    return articles[:MOST_ON_A_PAGE]


def page_name(first_page: str, number: int) -> str:
    """The path of the n-th page of a list: "provinces/zhejiang.md", "provinces/zhejiang-2.md"."""
    return first_page if number == 1 else f"{first_page.removesuffix('.md')}-{number}.md"


def pager(first_page: str, count: int, number: int) -> Markdown:
    """Links to the other pages of a list of `count` articles, or nothing where one page holds all."""
    last = -(-count // MOST_ON_A_PAGE)
    if last <= 1:
        return Markdown("")
    page = page_name(first_page, number)
    numbers = [
        Markdown(f"**{one}**") if one == number else link(str(one), page_name(first_page, one), page)
        for one in range(1, last + 1)
    ]
    return fill("pager.md", numbers=numbers, count=count)


def further_pages(title: str, articles: Sequence[Article], first_page: str) -> dict[str, str]:
    """Path -> Markdown of the second and all later pages of a list that begins on `first_page`."""
    count = len(articles)
    pages: dict[str, str] = {}
    for number, start in enumerate(range(MOST_ON_A_PAGE, count, MOST_ON_A_PAGE), 2):
        page = page_name(first_page, number)
        pages[page] = fill(
            "further.md",
            front=front_matter({"title": f"{title}\uff08第 {number} 页\uff09", "search": {"exclude": True}}),
            title=title,
            number=number,
            back=link(title, first_page, page),
            pager=pager(first_page, count, number),
            articles=by_year(articles[start : start + MOST_ON_A_PAGE], page),
        )
    return pages
