"""The page of one article: text, doubt, evidence, the making, and its neighbours."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from shanhai import editlog
from shanhai.annotate import gazetteer
from shanhai.describe.digest import own_log
from shanhai.marks import Mark, doubtful
from shanhai.pages import bilingual
from shanhai.pages.articles import citation, evidence, metadata, printings
from shanhai.pages.articles.anchors import Anchors, shown
from shanhai.pages.articles.body import body
from shanhai.pages.escape import web_address
from shanhai.pages.markdown import Markdown, bullets, fill, front_matter, joined, link, table, verbatim
from shanhai.pages.rules import rule_link, rule_name
from shanhai.pages.targets import (
    ARTICLES,
    HELP,
    HOW_MADE,
    apparatus_page,
    article_link,
    article_page,
    place_link,
    province_link,
    province_page,
    source_link,
    source_page,
    theme_link,
    theme_page,
    year_link,
)
from shanhai.pages.wording import date_words, local_name
from shanhai.relate.facts import date_of, source, year
from shanhai.relate.identity import UNDATED
from shanhai.relate.neighbours import Neighbours
from shanhai.unshown import shown_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.records import Article
    from shanhai.relate.views import Views

DESCRIPTION_CHARS = 120
"""What search engines show of a description."""

COUNTIES_IN_THE_HEAD = 6
PAIRS_IN_THE_HEAD = 2
ENGLISH_IN_THE_HEAD = 4
"""More of them than these are left to the table of evidence."""


NO_NEIGHBOURS = Neighbours()


def article(one: Article, views: Views, near: Neighbours = NO_NEIGHBOURS) -> Markdown:
    """The whole page of an article; `near` is what to read beside it."""
    page = article_page(one)
    described, found = one.described, one.annotations
    marks = doubtful(described)
    anchors = Anchors(described.blocks)
    repairs: Counter[str] = Counter()
    editlog.count_by_rule(own_log(described.log), repairs)
    return fill(
        "article.md",
        front=_front(one),
        title=described.title,
        title_derived=described.title_derived,
        byline=_byline(one, page),
        facets=_facets(one, page),
        english=_english(one),
        warnings=_warnings(marks, page),
        body=body(described, found, marks, page),
        marked=any(not mark.of_page for mark in marks),
        legend=fill("legend.md", help=link("怎样读这些记号", f"{HELP}#marks", page)),
        conjectures=sum(not mark.is_gap for mark in marks),
        gaps=sum(mark.is_gap for mark in marks),
        doubts=_doubts(marks, anchors, page),
        claims=evidence.claims(one, anchors, page),
        figures=evidence.figures(one, views, anchors, page),
        figure_count=len(found.figures),
        figures_left_out=max(0, len(found.figures) - evidence.FIGURES_SHOWN),
        figures_file=link("data/figures.csv", "data/figures.csv", page),
        units_left_out=evidence.local_units_left_out(one),
        articles_file=link("data/articles.jsonl", "data/articles.jsonl", page),
        repair_count=sum(repairs.values()),
        repairs=_repairs(repairs, page),
        file=described.raw.file,
        encoding=described.raw.encoding,
        sha256=described.raw.sha256,
        url=_web_link(described.raw.given.url),
        apparatus=link("原文与整理对照", apparatus_page(one), page),
        how_made=link("本库怎样整理", HOW_MADE, page),
        cite=citation.box(one, page),
        reprints=printings.printings(one, views, page),
        chosen=printings.chosen(one, views, page),
        related=_related(near, page),
        back=_back(one, page),
    )


def _front(one: Article) -> Markdown:
    described, found = one.described, one.annotations
    labels = [tag.label for tag in found.themes]
    pages = {name: province_page(name) for name in found.provinces} | {label: theme_page(label) for label in labels}
    return front_matter(
        {
            "title": described.title,
            "date": described.date,
            "description": " ".join(described.text[: 2 * DESCRIPTION_CHARS].split())[:DESCRIPTION_CHARS],
            "tags": [*found.provinces, *labels],
            "tag_pages": pages,
            **metadata.front(one),
        }
    )


def _byline(one: Article, page: str) -> Markdown:
    described = one.described
    people = [
        ("作者", "、".join(described.authors)),
        ("编辑", described.editor or ""),
        ("整理", described.compiled_by or ""),
    ]
    parts = [
        source_link(source(one), page) if source(one) else "来源不详",
        *([f"电头 {described.agency}"] if described.source and described.agency else []),
        year_link(one, page, date_words(described)),
        *(f"{role} {names}" for role, names in people if names),
        *([described.affiliation] if described.affiliation else []),
        *(["示例文章"] if described.raw.given.sample else []),
    ]
    return joined(parts, " · ")


def _facets(one: Article, page: str) -> Markdown:
    found = one.annotations
    counties = [place_link(name, page, local_name(name)) for name in found.counties]
    pairs = [evidence.pair_words(pair, page) for pair in found.pairs]
    groups = [
        ("地点", joined((province_link(name, page) for name in found.provinces), "、")),
        ("县市", _first(counties, COUNTIES_IN_THE_HEAD, "、", "地")),
        ("结对", _first(pairs, PAIRS_IN_THE_HEAD, "\uff1b", "对")),
        ("主题", joined((theme_link(tag.label, page) for tag in found.themes), "、")),
    ]
    return joined((Markdown(f"<b>{name}</b> {words}") for name, words in groups if words), "<br>")


def _first(parts: Sequence[str], most: int, between: str, unit: str) -> Markdown:
    """The first parts, and where there are more, how many there are in all."""
    shown = joined(parts[:most], between)
    return joined([shown, f" 等 {len(parts)} {unit}"]) if len(parts) > most else shown


def _doubts(marks: Sequence[Mark], anchors: Anchors, page: str) -> Markdown:
    rows = []
    for number, mark in enumerate(marks, 1):
        if mark.of_page:
            rows.append(["全文", "—", rule_name(mark.edit.rule), rule_link(mark.edit.rule, page)])
            continue
        place = anchors.around(mark.start) if mark.start is not None else None
        where = link(shown(place[0]), f"{page}#{place[0]}", page) if place else Markdown("—")
        reading = "缺损" if mark.is_gap else (mark.edit.after or "删去")
        why = joined([rule_name(mark.edit.rule), " ", rule_link(mark.edit.rule, page)])
        line = Markdown(f"{where} {{: #n{number} }}")
        rows.append([line, verbatim(shown_before(mark.edit) or "—"), reading, why])
    return table(["位置", "原作", "今读", "凭什么"], rows) if rows else Markdown("")


def _warnings(marks: Sequence[Mark], page: str) -> Markdown:
    """What a reader must know of the whole text before quoting it."""
    rules = [mark.edit.rule for mark in marks if mark.of_page]
    return joined(
        (
            joined([f"这篇文字{rule_name(rule)}\uff0c引用前请核对\uff08", rule_link(rule, page), "\uff09。"])
            for rule in rules
        ),
        "<br>",
    )


def _repairs(repairs: Counter[str], page: str) -> Markdown:
    rows = [
        [rule_name(rule), rule_link(rule, page), str(count)]
        for rule, count in sorted(repairs.items(), key=lambda item: (-item[1], item[0]))
    ]
    return table(["修复", "规则", "处数"], rows, numeric=1) if rows else Markdown("")


def _related(near: Neighbours, page: str) -> Markdown:
    """The neighbours under what they share, or nothing."""
    groups = [
        ("同一结对", [(other, " → ".join(map(local_name, key))) for other, key in near.of_pair]),
        ("同一月份", [(other, "") for other in near.of_month]),
        ("同省同主题", [(other, " · ".join(key)) for other, key in near.of_theme]),
        ("文字相近", [(other, "") for other in near.similar]),
    ]
    return joined((_neighbours(name, others, page) for name, others in groups if others), "\n\n")


def _neighbours(name: str, others: Sequence[tuple[Article, str]], page: str) -> Markdown:
    lines = (
        fill("related.md", title=article_link(other, page), date=date_of(other), shared=shared)
        for other, shared in others
    )
    return joined([Markdown(f"### {name} {{: .group }}"), bullets(lines, "articles")], "\n\n")


def _english(one: Article) -> str:
    """Provinces and themes in English: "Jiangsu Province, Guizhou Province · Education support"."""
    places = [gazetteer.english(code) for name in one.annotations.provinces if (code := gazetteer.code_of(name))]
    if len(places) > ENGLISH_IN_THE_HEAD:
        places = [*places[:ENGLISH_IN_THE_HEAD], f"and {len(places) - ENGLISH_IN_THE_HEAD} more"]
    labels = [bilingual.theme_english(tag.label) for tag in one.annotations.themes]
    return " · ".join(", ".join(part) for part in (places, labels) if part)


def _web_link(url: str | None) -> Markdown:
    """The address that the article came from, as a link where it is one."""
    address = web_address(url)
    if not address:
        return verbatim(url or "")
    return Markdown(f'<a class="hash" rel="external nofollow noreferrer" translate="no" href="{address}">{address}</a>')


def _back(one: Article, page: str) -> Markdown:
    """The lists that hold the article, but those of its tags, which stand below as tags."""
    name = year(one)
    ends = [year_link(one, page, "未注日期的文章" if name == UNDATED else f"{name} 年的文章")]
    if source(one):
        ends.append(link(f"{source(one)}的文章", source_page(source(one)), page))
    return fill("back.md", ends=[*ends, link("全部文章", ARTICLES, page)])
