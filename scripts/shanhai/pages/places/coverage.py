"""The coverage panel: what the archive cannot tell about a place, or as a whole, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.pages.markdown import Markdown, fill, joined, link
from shanhai.pages.targets import HOW_MADE, source_link
from shanhai.pages.wording import share
from shanhai.relate.coverage import (
    EMPTY_MONTHS_SHARE,
    FEW_ARTICLES,
    LOOSE_DATES_SHARE,
    ONE_SOURCE_SHARE,
    coverage,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shanhai.records import Article
    from shanhai.relate.coverage import Coverage
    from shanhai.relate.views import Views

SOURCES_SHOWN = 3


def panel(views: Views, articles: Sequence[Article], page: str) -> Markdown:
    """What some articles of the archive cannot tell; nothing where there are none."""
    if not articles:
        return Markdown("")
    known = coverage(articles, views.doubtful)
    return fill(
        "coverage.md",
        known=known,
        cautions=[str(caution) for caution in known.cautions],
        few=FEW_ARTICLES,
        one_source=share(ONE_SOURCE_SHARE, 1),
        empty=share(EMPTY_MONTHS_SHARE, 1),
        loose=share(LOOSE_DATES_SHARE, 1),
        largest_share=share(known.sources[0][1] if known.sources else 0, known.articles),
        empty_share=share(known.empty_months, known.months),
        loose_share=share(known.loosely_dated, known.articles),
        loose_words=list(_loose_words(known)),
        sources_shown=SOURCES_SHOWN,
        largest=source_link(known.sources[0][0], page) if known.sources else "",
        sources=joined(source_counts(known.sources[:SOURCES_SHOWN], page), "、"),
        set_aside=len(views.archive.rejected),
        files=views.archive.files,
        how_made=link("逐件列出原因", HOW_MADE, page),
    )


def source_counts(sources: Iterable[tuple[str, int]], page: str) -> list[Markdown]:
    """Sources with their counts: "山海样报 5 篇"."""
    return [joined([source_link(name, page), f" {count} 篇"]) for name, count in sources]


def _loose_words(known: Coverage) -> Iterator[str]:
    if known.undated:
        yield f"{known.undated} 篇没有日期"
    if known.year_only:
        yield f"{known.year_only} 篇只知年份"
    if known.undated or known.year_only:
        yield "不算进上面的月份"
    if known.inferred:
        yield f"{known.inferred} 篇的日期由正文推断"
