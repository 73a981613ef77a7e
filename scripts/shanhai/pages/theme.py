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
from shanhai.pages.datafiles import LIST_SEPARATOR, csv_table
from shanhai.pages.excerpts import excerpt
from shanhai.pages.feeds import announced, subscription, theme_feed
from shanhai.pages.markdown import Markdown, fill, front_matter, joined, link, table
from shanhai.pages.pictures import columns, figure, sparkline
from shanhai.pages.pictures.bars import counted
from shanhai.pages.pictures.timeline import span
from shanhai.pages.rules import rule_link
from shanhai.pages.targets import HOW_TAGGED, PRACTICES, THEMES, article_page, practice_link, theme_link, theme_page
from shanhai.pages.wording import date_words, share
from shanhai.relate import tallies
from shanhai.relate.compilations import sections_on
from shanhai.relate.coverage import FEW_ARTICLES
from shanhai.relate.facts import source, year
from shanhai.relate.identity import UNDATED
from shanhai.relate.passages import passages

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
    listed = listing.articles_by_year(one.label, articles, page, within)
    picture = _by_year(one, articles, views, page)
    file = f"data/themes/{one.slug}.csv"
    dated = [article for article in articles if year(article) != UNDATED]
    counts = tallies.tally(tallies.reported_on(article, one.label) for article in articles)
    practices = [practice for practice in views.practices if one.label in practice.themes]
    feed = announced(theme_feed(one.label), articles)
    text = fill(
        "theme.md",
        front=front_matter({"title": one.label, "description": one.definition.zh, "feed": feed}),
        subscription=subscription(feed, page),
        theme=one,
        cues=[(f"{weight:g}", list(terms)) for weight, terms in sorted(one.cues.items(), reverse=True)],
        rules=joined((rule_link(rule, page) for rule in _rules(articles, one.label)), "、"),
        count=len(articles),
        whole=len(views.newest),
        share=share(len(articles), len(views.newest)),
        first=_seen(dated[-1], page) if dated else "",
        last=_seen(dated[0], page) if dated else "",
        picture=figure.shown(picture),
        passages=[_passage(passage, page) for passage in passages(one.label, articles)],
        provinces=_places(tallies.ranked(counts, "province"), "省级行政区", views, page),
        units=_units(counts, views, page),
        related=_related(one.label, views, page),
        practices=[(practice_link(p.core, page, p.name), len(p.articles)) for p in practices[:PRACTICES_SHOWN]],
        practices_left=max(0, len(practices) - PRACTICES_SHOWN),
        all_practices=link("全部做法", PRACTICES, page),
        articles=listed.first,
        pager=listed.pager,
        file=link("本主题的文章\uff08CSV\uff09", file, page),
        index=link("全部主题", THEMES, page),
        how=link("怎样标注", HOW_TAGGED, page),
    )
    files = {file: _article_table(one.label, articles)} if articles else {}
    return {page: text, **listed.further, **files, **figure.files(picture)}


def theme_index(views: Views) -> Markdown:
    """The index of all themes with their definitions, counts and years."""
    entries = []
    for one in themes():
        articles = views.by_theme.get(one.label, ())
        counts = tallies.by_year(articles)
        spark = sparkline.bars(counts, *views.years, what=one.label) if counts and views.years else ""
        entries.append((theme_link(one.label, THEMES), one, len(articles), span(articles), spark))
    return fill(
        "themes.md",
        front=front_matter({"title": "主题"}),
        entries=entries,
        count=len(views.newest),
        years=span(views.newest),
        how=link("怎样标注", HOW_TAGGED, THEMES),
    )


def theme_counts(views: Views, page: str) -> Markdown:
    """All themes that have articles, with their counts, in the order of the vocabulary."""
    counts = [(one.label, len(views.by_theme.get(one.label, ()))) for one in themes()]
    return counted([(theme_link(label, page), count) for label, count in counts if count])


def _sections(article: Article, label: str) -> Sequence[Section]:
    return sections_on(article, label)


def _rules(articles: Sequence[Article], label: str) -> list[str]:
    """The ids of the rules by which the articles came to the theme."""
    tags = (tag for article in articles for tag in article.annotations.themes if tag.label == label)
    return sorted({one.rule for tag in tags for one in tag.evidence})


def _seen(article: Article, page: str) -> Markdown:
    return joined([date_words(article.described), "\uff0c", link(article.described.title, article_page(article), page)])


def _by_year(one: Theme, articles: Sequence[Article], views: Views, page: str) -> figure.Picture | None:
    if not articles or not views.years:
        return None
    totals = {name: len(of_year) for name, of_year in views.by_year.items()}
    what = f"讲{one.label}的文章"
    made = columns.by_year(Counter(map(year, articles)), totals, views.years, what=what)
    return figure.framed(made, page, title=f"{what}\uff0c按年", count=len(articles), as_of=views.latest)


def _passage(passage: Passage, page: str) -> tuple[str, Markdown, Markdown, str]:
    """Why it was chosen, its sentence with the cue marked, a link to where it stands, its date and source."""
    article, described = passage.article, passage.article.described
    found = sentences.sentence(described.text, Anchors(described.blocks), passage.evidence)
    cue = passage.evidence.start, passage.evidence.end
    within = (found.start, found.end) if found else cue
    around = PASSAGE_CHARS // 2 if within[1] - within[0] > PASSAGE_CHARS else PASSAGE_CHARS
    target = article_page(article) + (f"#{found.anchor}" if found else "")
    facts = " · ".join(filter(None, [date_words(described), source(article)]))
    return (
        REASONS[passage.reason],
        excerpt(described.text, cue, within, around).marked,
        link(described.title, target, page),
        facts,
    )


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
    return share(count, whole) if whole >= FEW_ARTICLES else f"{count}/{whole}"


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
            "provinces": LIST_SEPARATOR.join(one.annotations.provinces),
            "score": f"{tag.score:.2f}",
            "cues": LIST_SEPARATOR.join(dict.fromkeys(piece.quote for piece in tag.evidence)),
            "sections": LIST_SEPARATOR.join(section.heading for section in sections_on(one, label)),
        }
        for one in articles
        for tag in one.annotations.themes
        if tag.label == label
    )
    return csv_table(names, rows)
