"""Theme pages: what a theme is, when, where and beside what it is reported, passages by rule; the index of themes."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from shanhai.annotate import gazetteer
from shanhai.annotate.vocabulary import themes
from shanhai.pages import bilingual, listing
from shanhai.pages.articles import sentences
from shanhai.pages.articles.anchors import Anchors
from shanhai.pages.datafiles import csv_table
from shanhai.pages.escape import inline
from shanhai.pages.markdown import Markdown, fill, front_matter, joined, link, table
from shanhai.pages.pictures import columns, figure, sparkline
from shanhai.pages.pictures.bars import counted
from shanhai.pages.pictures.timeline import span
from shanhai.pages.rules import rule_link
from shanhai.pages.targets import HOW_TAGGED, PRACTICES, THEMES, article_page, practice_link, theme_link, theme_page
from shanhai.pages.wording import date_words
from shanhai.relate import tallies
from shanhai.relate.compilations import sections_on
from shanhai.relate.coverage import FEW_ARTICLES
from shanhai.relate.passages import passages
from shanhai.relate.views import UNDATED, source, year

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.annotate.vocabulary import Theme
    from shanhai.records import Article, Section
    from shanhai.relate.passages import Passage
    from shanhai.relate.views import Views

PLACES_SHOWN = 12
PRACTICES_SHOWN = 12
"""Beside a theme stands what stands out; the data file of its articles has all of them."""

PASSAGE_CHARS = 180
"""A passage is a sentence; one longer than this is shown around its cue."""

REASONS = {"earliest": "最早的一篇", "strongest": "依据最足的一篇", "most reprinted": "转载最多的一篇"}


def theme_pages(one: Theme, views: Views) -> dict[str, str]:
    """Path -> text of a theme's page, of the further pages of its list and of its data files."""
    page = theme_page(one.label)
    articles = views.by_theme.get(one.label, ())
    within = partial(_sections, label=one.label)
    picture = _by_year(one, articles, views, page)
    file = f"data/themes/{one.slug}.csv"
    dated = [article for article in articles if year(article) != UNDATED]
    counts = tallies.tally(tallies.reported_on(article, one.label) for article in articles)
    practices = [practice for practice in views.practices if one.label in practice.themes]
    text = fill(
        "theme.md",
        front=front_matter({"title": one.label, "description": one.definition.zh}),
        theme=one,
        cues=[(_weight(weight), list(terms)) for weight, terms in sorted(one.cues.items(), reverse=True)],
        rules=joined((rule_link(rule, page) for rule in _rules(articles, one.label)), "、"),
        count=len(articles),
        whole=len(views.newest),
        share=columns.share(len(articles), len(views.newest)),
        first=_seen(dated[-1], page) if dated else "",
        last=_seen(dated[0], page) if dated else "",
        picture=picture.markdown if picture else "",
        passages=[_passage(passage, page) for passage in passages(one.label, articles)],
        provinces=_provinces(counts, views, page),
        units=_units(counts, views, page),
        related=_related(one.label, views, page),
        practices=[(practice_link(p.core, page, p.name), len(p.articles)) for p in practices[:PRACTICES_SHOWN]],
        practices_left=max(0, len(practices) - PRACTICES_SHOWN),
        all_practices=link("全部做法", PRACTICES, page),
        articles=listing.by_year(listing.first(articles), page, within=within),
        pager=listing.pager(page, len(articles), 1),
        file=link("本主题的文章\uff08CSV\uff09", file, page),
        index=link("全部主题", THEMES, page),
        how=link("怎样标注", HOW_TAGGED, page),
    )
    files = {file: _article_table(one.label, articles)} if articles else {}
    files |= {picture.csv_path: picture.csv} if picture else {}
    return {page: text, **listing.further_pages(one.label, articles, page, within), **files}


def theme_index(views: Views) -> Markdown:
    """The index of all themes with their definitions, counts and years."""
    years = sorted(int(name) for name in views.by_year if name != UNDATED)
    entries = []
    for one in themes():
        articles = views.by_theme.get(one.label, ())
        by_year = {name: count for name, count in Counter(map(year, articles)).items() if name != UNDATED}
        spark = sparkline.bars(by_year, years[0], years[-1], what=one.label) if by_year else Markdown("")
        entries.append((theme_link(one.label, THEMES), one, len(articles), span(articles), spark))
    return fill(
        "themes.md",
        front=front_matter({"title": "主题", "search": {"exclude": True}}),
        entries=entries,
        count=len(views.newest),
        years="–".join(map(str, sorted({years[0], years[-1]}))) if years else "",
        how=link("怎样标注", HOW_TAGGED, THEMES),
    )


def theme_counts(views: Views, page: str) -> Markdown:
    """All themes that have articles, with their counts, in the order of the vocabulary."""
    counts = [(one.label, len(views.by_theme.get(one.label, ()))) for one in themes()]
    return counted([(theme_link(label, page), count) for label, count in counts if count])


def _sections(article: Article, label: str) -> Sequence[Section]:
    return sections_on(article, label)


def _weight(weight: float) -> str:
    return f"{weight:g}"


def _rules(articles: Sequence[Article], label: str) -> list[str]:
    """The ids of the rules by which the articles came to the theme."""
    tags = (tag for article in articles for tag in article.annotations.themes if tag.label == label)
    return sorted({one.rule for tag in tags for one in tag.evidence})


def _seen(article: Article, page: str) -> Markdown:
    return joined([date_words(article.described), "\uff0c", link(article.described.title, article_page(article), page)])


def _by_year(one: Theme, articles: Sequence[Article], views: Views, page: str) -> figure.Picture | None:
    years = sorted(int(name) for name in views.by_year if name != UNDATED)
    if not articles or not years:
        return None
    totals = {name: len(of_year) for name, of_year in views.by_year.items()}
    what = f"讲{one.label}的文章"
    made = columns.by_year(Counter(map(year, articles)), totals, (years[0], years[-1]), what=what)
    return figure.framed(
        made, page, title=f"{what}\uff0c按年", count=len(articles), as_of=figure.data_date(views.newest)
    )


def _passage(passage: Passage, page: str) -> tuple[str, Markdown, Markdown, str]:
    """Why it was chosen, its sentence with the cue marked, a link to where it stands, its date and source."""
    article, described = passage.article, passage.article.described
    found = sentences.sentence(described.text, Anchors(described.blocks), passage.evidence)
    start, end = (found.start, found.end) if found else (passage.evidence.start, passage.evidence.end)
    half = PASSAGE_CHARS // 2
    if end - start > PASSAGE_CHARS:
        start, end = max(start, passage.evidence.start - half), min(end, passage.evidence.end + half)
    pieces = [
        described.text[start : passage.evidence.start],
        described.text[passage.evidence.start : passage.evidence.end],
        described.text[passage.evidence.end : end],
    ]
    before, cue, after = (inline(piece.replace("\n", " ")) for piece in pieces)
    cut = ("…" if found and start > found.start else "", "…" if found and end < found.end else "")
    target = article_page(article) + (f"#{found.anchor}" if found else "")
    facts = " · ".join(filter(None, [date_words(described), source(article)]))
    return (
        REASONS[passage.reason],
        Markdown(f"{cut[0]}{before}<mark>{cue}</mark>{after}{cut[1]}"),
        link(described.title, target, page),
        facts,
    )


def _provinces(counts: Counter[str], views: Views, page: str) -> Markdown:
    return _places(tallies.ranked(counts, "province"), "省级行政区", views, page)


def _units(counts: Counter[str], views: Views, page: str) -> Markdown:
    """The cities and counties that are reported on most, both levels together."""
    found = [*tallies.ranked(counts, "prefecture"), *tallies.ranked(counts, "county")]
    return _places(sorted(found, key=lambda item: -item[1]), "市、州、县、区", views, page)


def _places(found: Sequence[tuple[str, int]], what: str, views: Views, page: str) -> Markdown:
    """The first of some units, each with all articles that report on it, and those of them on the theme."""
    rows = [
        [
            bilingual.place(gazetteer.full_name(code), page),
            str(len(views.by_unit.get(code, ())) or count),
            str(count),
        ]
        for code, count in found[:PLACES_SHOWN]
    ]
    return table([what, "全部", "本主题"], rows, numeric=2) if rows else Markdown("")


def _related(label: str, views: Views, page: str) -> Markdown:
    count = len(views.by_theme.get(label, ()))
    rows = [
        [
            bilingual.theme(one.label, page),
            _part(one.both, count),
            _part(one.both, one.other),
            str(one.both),
        ]
        for one in tallies.related(label, views.by_theme)
    ]
    head = ["主题", "占本主题", "占那个主题", "同篇"]
    return table(head, rows, numeric=3) if rows else Markdown("")


def _part(count: int, whole: int) -> str:
    """A share of articles: as a percentage, but of few articles as it is, "3/4"."""
    return columns.share(count, whole) if whole >= FEW_ARTICLES else f"{count}/{whole}"


def _article_table(label: str, articles: Sequence[Article]) -> str:
    """The articles of a theme as a table, newest first, each with its score and the cue terms that speak for it."""
    names = ["id", "page", "title", "date_edtf", "source", "provinces", "score", "cues", "sections"]
    rows: Iterator[dict[str, object]] = (
        {
            "id": one.id,
            "page": f"{one.path}/",
            "title": one.described.title,
            "date_edtf": one.described.date_edtf,
            "source": source(one),
            "provinces": ";".join(one.annotations.provinces),
            "score": f"{tag.score:.2f}",
            "cues": ";".join(dict.fromkeys(piece.quote for piece in tag.evidence)),
            "sections": ";".join(section.heading for section in sections_on(one, label)),
        }
        for one in articles
        for tag in one.annotations.themes
        if tag.label == label
    )
    return csv_table(names, rows)
