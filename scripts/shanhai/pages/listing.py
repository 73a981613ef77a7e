"""Lists of articles by year or month, and lists of anything else, in pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby, pairwise
from typing import NamedTuple, TypeVar

from shanhai.pages.articles.anchors import Anchors
from shanhai.pages.articles.metadata import coins
from shanhai.pages.markdown import Markdown, bullets, fill, front_matter, joined, link
from shanhai.pages.targets import article_link, article_page, year_page
from shanhai.pages.wording import short_date
from shanhai.records import Article, Section
from shanhai.relate.facts import date_of, month, year
from shanhai.relate.identity import UNDATED

SECTION_CHARS = 40
"""What a list shows of a section's heading."""

MOST_ON_A_PAGE = 200
"""So each list page stays below 300 kB of HTML (findings of the reading design, recommendation 10): a line is 600 to
1,000 bytes, most of them the facts for reference managers."""

MOST_BESIDE_TABLES = 100
"""The same, where up to 150 kB of tables stand above the list: on the pages of places, pairs, themes and practices."""

LEAST_FILTERED = 16
"""Fewer entries are seen at a glance."""

NEAR = 2
"""A pager names the pages so close to the one it stands on, the first and the last."""

YEAR_ONLY = "00"
"""The month of an article that is dated to its year alone."""

Sections = Callable[[Article], Sequence[Section]]
"""The sections of an article that a list leads to, where it is a compilation; nothing for any other article."""

T = TypeVar("T")


class Paged(NamedTuple):
    """A list in pages: what its first page shows, the pager of that page, path -> text of the others."""

    first: Markdown
    pager: Markdown
    further: dict[str, str]


def no_sections(_: Article) -> Sequence[Section]:
    """Lists that lead to whole articles only."""
    return ()


def by_year(
    articles: Sequence[Article], page: str, *, headings: bool = True, within: Sections = no_sections
) -> Markdown:
    """Articles, newest first, under a heading for each year; of a compilation the sections that `within` gives."""
    parts: list[str] = [filter_place(len(articles))]
    for name, group in groupby(articles, key=year):
        if headings:
            anchor = name if name == UNDATED else f"y{name}"
            parts.append(f"### {link(year_name(name), year_page(name), page)} {{: #{anchor} }}")
        parts.append(bullets((line(article, page, within=within) for article in group), "articles"))
    return _blocks(parts)


def by_month(articles: Sequence[Article], page: str) -> Markdown:
    """The articles of one year, newest first, under a heading for each month; its anchor is m01 to m12, or m00."""
    parts: list[str] = [filter_place(len(articles))]
    for name, group in groupby(articles, key=month_key):
        parts.append(f"### {month_name(name)} {{: #m{name} }}")
        parts.append(bullets((line(article, page) for article in group), "articles"))
    return _blocks(parts)


def line(article: Article, page: str, *, dated: bool = False, within: Sections = no_sections) -> Markdown:
    """One article in a list: its title, then its day (with `dated`, its whole date) and source, then its sections."""
    return fill(
        "line.md",
        title=article_link(article, page),
        day=date_of(article) if dated else short_date(article),
        source=article.described.source or "",
        sections=_section_links(article, within(article), page),
        coins=coins(article),
    )


def entries(lines: Sequence[Markdown]) -> Markdown:
    """A list of other things than articles: pairs, practices, sources."""
    return _blocks([filter_place(len(lines)), bullets(lines, "articles")])


def grouped_entries(groups: Sequence[tuple[Markdown, Sequence[Markdown]]]) -> Markdown:
    """Such a list under headings that are Markdown blocks already."""
    parts = [filter_place(sum(len(lines) for _, lines in groups))]
    for heading, lines in groups:
        parts += [heading, bullets(lines, "articles")]
    return _blocks(parts)


def filter_place(count: int) -> Markdown:
    """Where the script `filter.js` puts its field above a list of so many entries; nothing above a short one.

    The place is kept free from the start where scripts run, so that nothing moves when the field comes.
    """
    return Markdown('<div class="filter"></div>' if count >= LEAST_FILTERED else "")


def year_name(name: str) -> str:
    """A year as a heading: "2019 年", "未注日期"."""
    return "未注日期" if name == UNDATED else f"{name} 年"


def month_key(article: Article) -> str:
    """The month of an article within its year, "01" to "12", or "00" where only the year is known."""
    return month(article)[5:] or YEAR_ONLY


def month_name(key: str) -> str:
    """A month as a heading: "3 月", "只知年份"."""
    return "只知年份" if key == YEAR_ONLY else f"{int(key)} 月"


def chunks(listed: Sequence[T], most: int = MOST_ON_A_PAGE) -> Iterator[tuple[int, Sequence[T]]]:
    """What each page of a list shows, with the page's number from 1; an empty list has one empty page."""
    for number, start in enumerate(range(0, max(len(listed), 1), most), 1):
        yield number, listed[start : start + most]


def page_name(first_page: str, number: int) -> str:
    """The path of the n-th page of a list: "provinces/zhejiang.md", "provinces/zhejiang-2.md"."""
    return first_page if number == 1 else f"{first_page.removesuffix('.md')}-{number}.md"


def paged(  # noqa: PLR0913 - a list and its words
    title: str,
    listed: Sequence[T],
    first_page: str,
    shown: Callable[[Sequence[T], str], Markdown],
    *,
    unit: str = "篇",
    most: int = MOST_ON_A_PAGE,
) -> Paged:
    """A list that begins on `first_page` and goes on, under the title, on pages of its own, `most` entries on each.

    `shown` makes the list of some entries for a page. `unit` is the measure word of the entries.
    """
    pages: dict[str, str] = {}
    first, *others = chunks(listed, most)
    for number, some in others:
        page = page_name(first_page, number)
        pages[page] = fill(
            "further.md",
            front=front_matter({"title": f"{title}\uff08第 {number} 页\uff09"}),
            title=title,
            number=number,
            back=link(title, first_page, page),
            pager=pager(first_page, len(listed), number, unit, most),
            articles=shown(some, page),
        )
    return Paged(shown(first[1], first_page), pager(first_page, len(listed), 1, unit, most), pages)


def articles_by_year(title: str, articles: Sequence[Article], first_page: str, within: Sections = no_sections) -> Paged:
    """The list of a place, pair, theme, practice or source: its articles, newest first, by year."""
    return paged(title, articles, first_page, partial(by_year, within=within), most=MOST_BESIDE_TABLES)


def pager(first_page: str, count: int, number: int, unit: str = "篇", most: int = MOST_ON_A_PAGE) -> Markdown:
    """Links to the other pages of a list of `count` entries, or nothing where one page holds all."""
    last = -(-count // most)
    if last <= 1:
        return Markdown("")
    page = page_name(first_page, number)
    shown = sorted({1, last, *range(max(1, number - NEAR), min(last, number + NEAR) + 1)})
    numbers = [_number(first_page, one, number, page) for one in shown]
    between = [" … " if after - before > 1 else " " for before, after in pairwise(shown)]
    return fill(
        "pager.md",
        numbers=joined(part for pair in zip(numbers, [*between, ""], strict=True) for part in pair),
        count=count,
        most=most,
        unit=unit,
        before=link("上一页", page_name(first_page, number - 1), page) if number > 1 else "",
        after=link("下一页", page_name(first_page, number + 1), page) if number < last else "",
    )


def _blocks(parts: Sequence[str]) -> Markdown:
    return Markdown("\n\n".join(filter(None, parts)))


def _number(first_page: str, one: int, number: int, page: str) -> Markdown:
    return Markdown(f"**{one}**") if one == number else link(str(one), page_name(first_page, one), page)


def _section_links(article: Article, sections: Sequence[Section], page: str) -> list[Markdown]:
    if not sections:
        return []
    anchors = Anchors(article.described.blocks)
    return [_section_link(article, section, anchors, page) for section in sections]


def _section_link(article: Article, section: Section, anchors: Anchors, page: str) -> Markdown:
    place = anchors.around(section.start)
    target = article_page(article) + (f"#{place[0]}" if place else "")
    return link(section.heading.replace("\n", " ")[:SECTION_CHARS], target, page)
