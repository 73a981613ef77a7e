"""Province pages: each a dossier of what the archive holds on a province, and the index with the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.annotate.gazetteer import provinces
from shanhai.annotate.vocabulary import themes
from shanhai.pages import listing
from shanhai.pages.bars import counted
from shanhai.pages.evidence import basis, place_link
from shanhai.pages.markdown import Markdown, bullets, fill, front_matter, joined, table
from shanhai.pages.targets import PROVINCES, article_link, province_link, province_page, theme_link
from shanhai.pages.tile_map import class_limits, legend, tile_map
from shanhai.pages.wording import REGIONS
from shanhai.relate.views import UNDATED, units, year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.annotate.gazetteer import Province
    from shanhai.records import Article
    from shanhai.relate.views import PairView, Views

MENTIONS_SHOWN = 20
"""Articles that only mention a province are a hint; the data file holds all of them."""


def province_pages(one: Province, views: Views) -> dict[str, str]:
    """Path -> Markdown of a province's dossier and of the further pages of its list."""
    page = province_page(one.name)
    articles = views.by_province.get(one.name, ())
    mentioned = views.mentioned.get(one.name, ())
    as_origin = [pair for pair in views.pairs if pair.origin.startswith(one.name)]
    as_target = [pair for pair in views.pairs if pair.target.startswith(one.name)]
    return {
        page: fill(
            "province.md",
            front=front_matter({"title": one.name, "description": f"{one.name} {one.english}"}),
            name=one.name,
            code=one.code,
            english=one.english,
            region=REGIONS[one.region],
            count=len(articles),
            span=span(articles),
            mention_count=len(mentioned),
            supporting=_pair_table(as_origin, page),
            supported=_pair_table(as_target, page),
            themes=_themes(one, views, page),
            prefectures=_units(units(articles, one.name, "prefecture"), one.name),
            counties=_units(units(articles, one.name, "county"), one.name),
            articles=listing.by_year(listing.first(articles), page),
            pager=listing.pager(page, len(articles), 1),
            mentions=bullets((listing.line(m, page, dated=True) for m in mentioned[:MENTIONS_SHOWN]), "articles"),
            mentions_shown=min(len(mentioned), MENTIONS_SHOWN),
            index=province_link_to_index(page),
        ),
        **listing.further_pages(one.name, articles, page),
    }


def province_index(views: Views) -> Markdown:
    """The index of all provinces with the map."""
    rows = [
        [
            province_link(one.name, PROVINCES),
            one.english,
            REGIONS[one.region],
            str(len(views.by_province[one.name])) if one.name in views.by_province else "本库尚无",
        ]
        for one in provinces()
    ]
    return fill(
        "provinces.md",
        front=front_matter({"title": "省份", "hide": ["toc"], "search": {"exclude": True}}),
        figure=map_figure(views, PROVINCES),
        table=table(["名称", "英文", "区域", "文章"], rows, numeric=1),
    )


def map_figure(views: Views, page: str) -> Markdown:
    """The tile map with caption, legend, n and the same numbers as a table."""
    counts = {name: len(articles) for name, articles in views.by_province.items()}
    rows = [[province_link(one.name, page), _count_words(counts.get(one.name, 0))] for one in provinces()]
    return fill(
        "map.md",
        svg=Markdown(tile_map(counts, page)),
        legend=legend(class_limits(counts.values())),
        count=len(views.newest),
        covered=len(counts),
        table=table(["省级行政区", "文章"], rows, numeric=1),
    )


def span(articles: Sequence[Article]) -> str:
    """The years from first to last: "1996–2025", "2019", or nothing where all are undated."""
    years = sorted({year(article) for article in articles} - {UNDATED})
    return "–".join(dict.fromkeys([years[0], years[-1]])) if years else ""


def province_link_to_index(page: str) -> Markdown:
    """The link back to the index."""
    return fill("to_provinces.md", page=page, target=PROVINCES)


def _count_words(count: int) -> str:
    return str(count) if count else "本库尚无"


def _pair_table(pairs: Sequence[PairView], page: str) -> Markdown:
    rows = [
        [
            place_link(pair.origin, page),
            place_link(pair.target, page),
            "、".join(basis(one) for one in pair.rounds) or basis(None),
            _articles(pair, page),
            str(pair.since or ""),
        ]
        for pair in sorted(pairs, key=lambda one: (-len(one.articles), one.origin, one.target))
    ]
    return table(["帮扶方", "受援方", "依据", "文章", "始于"], rows, numeric=1) if rows else Markdown("")


def _articles(pair: PairView, page: str) -> Markdown:
    newest = article_link(pair.articles[0], page)
    return newest if len(pair.articles) == 1 else joined([newest, f" 等 {len(pair.articles)} 篇"])


def _themes(one: Province, views: Views, page: str) -> Markdown:
    counts = [(theme, views.province_theme.get((one.name, theme.label), 0)) for theme in themes()]
    found = sorted(((count, theme.label) for theme, count in counts if count), key=lambda item: -item[0])
    return counted([(theme_link(label, page), count) for count, label in found])


def _units(counts: Sequence[tuple[str, int]], province: str) -> list[tuple[str, int]]:
    return [(name.removeprefix(province) or name, count) for name, count in counts]
