"""The apparatus of an article: its source beside its clean text, each change marked and named by its rule."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from shanhai import editlog
from shanhai.describe.digest import own_log
from shanhai.pages.articles.apparatus_table import ApparatusTable
from shanhai.pages.articles.change_kinds import kind_of, kinds
from shanhai.pages.markdown import Markdown, fill, front_matter, link, table, verbatim
from shanhai.pages.rules import rule_link, rule_name
from shanhai.pages.targets import HOW_MADE, apparatus_page, article_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shanhai.records import Article

CAPTION = "号就是上文的小号数字\uff1b不标号的改动一看便知\uff0c停在上面可见规则的编号"
SOURCES = {"html": "从原网页提取的文字"}
"""What the left column holds, by the format of the file, where it is not the file's own text."""


def pages(article: Article) -> dict[str, Markdown]:
    """Path -> Markdown of the one page that sets the article's source beside its clean text."""
    page = apparatus_page(article)
    described = article.described
    counts: Counter[str] = Counter()
    editlog.count_by_rule(own_log(described.log), counts)
    rows = ApparatusTable(described)
    title = f"对照\uff1a{described.title}"
    return {
        page: fill(
            "apparatus.md",
            front=front_matter({"title": title, "hide": ["navigation", "toc"]}),
            title=title,
            back=link("回到文章", article_page(article), page),
            file=verbatim(described.raw.file),
            encoding=described.raw.encoding,
            source=SOURCES.get(described.raw.format, "收到的原文"),
            item=described.raw.item,
            counts=_counts(counts),
            rows=rows.html(),
            left_out=rows.left_out,
            article=link("文章页", article_page(article), page),
            texts=link("data/articles.jsonl", "data/articles.jsonl", page),
            rules=_legend(counts, rows.cells.numbers, page),
            sha256=described.raw.sha256,
            how_made=link("本库怎样整理", HOW_MADE, page),
        )
    }


def _counts(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The number of edits of each kind, in the order of the kinds."""
    found: Counter[str] = Counter()
    for rule, count in counts.items():
        found[kind_of(rule)] += count
    return [(kind.zh, found[name]) for name, kind in kinds().items() if found[name]]


def _legend(counts: Mapping[str, int], numbers: Mapping[str, int], page: str) -> Markdown:
    """The rules with a number first, in their order, then the others, those of a kind together."""
    order = {name: number for number, name in enumerate(kinds())}
    others = sorted(counts.keys() - numbers.keys(), key=lambda rule: (order[kind_of(rule)], -counts[rule], rule))
    listed = [
        [
            Markdown(f"{numbers[rule]} {{: #k{numbers[rule]} }}") if rule in numbers else "·",
            rule_name(rule),
            kinds()[kind_of(rule)].zh,
            rule_link(rule, page),
            str(counts.get(rule, 0)),
        ]
        for rule in [*numbers, *others]
    ]
    head = ["号", "改动", "类别", "规则", "处数"]
    return table(head, listed, numeric=1, caption=CAPTION) if listed else Markdown("")
