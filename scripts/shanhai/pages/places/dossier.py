"""Dossiers: a page for every province, prefecture and county of which the archive says anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.annotate import gazetteer
from shanhai.pages import listing
from shanhai.pages.feeds import announced, province_feed, subscription
from shanhai.pages.markdown import Markdown, bullets, fill, front_matter, joined, link
from shanhai.pages.pictures import figure, sparkline
from shanhai.pages.pictures.timeline import span, timeline
from shanhai.pages.places.coverage import SOURCES_SHOWN, panel, source_counts
from shanhai.pages.places.figures import FIGURES_SHOWN, facts, figure_table
from shanhai.pages.places.files import articles_file, figures_file, file_path, pairs_file
from shanhai.pages.places.pairs import (
    PAIRS_SHOWN,
    above_pairs,
    documents,
    flow_map,
    leading_partners,
    pair_table,
    sides,
)
from shanhai.pages.places.practices import BODIES_SHOWN, PRACTICES_SHOWN, bodies, body_table, practice_list
from shanhai.pages.places.profile import (
    LEVELS,
    crumbs,
    most_themes,
    named_since,
    names_over_time,
    region,
    units_below,
)
from shanhai.pages.places.times import pictures
from shanhai.pages.targets import DOWNLOADS, HOW_TAGGED, PROVINCES, unit_page
from shanhai.relate import tallies
from shanhai.relate.compilations import sections_about
from shanhai.relate.coverage import distinct, first_and_last
from shanhai.relate.pairings import of_units_above

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shanhai.pages.pictures.timeline import Timeline
    from shanhai.pages.places.pairs import Sides, Units
    from shanhai.records import Article
    from shanhai.relate.pairings import Pairing
    from shanhai.relate.views import FigureOf, Views

MENTIONS_SHOWN = 20
"""Articles that only mention a place are a hint; the file has all of them."""


def dossiers(views: Views) -> Iterator[tuple[str, str]]:
    """Path and content of the pages and data files of all units."""
    time = timeline(views)
    for code in sorted(views.units):
        yield from place_pages(code, views, time).items()


def place_pages(code: str, views: Views, time: Timeline) -> dict[str, str]:
    """Path below docs/ -> content of a unit's dossier, the further pages of its list, and its data files."""
    page, name = unit_page(code), gazetteer.unit(code).name
    reported, mentioned = views.by_unit.get(code, ()), views.mentioned_in.get(code, ())
    pairs, given = sides(code, views), views.figures_of.get(code, ())
    maps = [flow_map(code, found, way, time.as_of, page) for found, way in pairs.both_ways]
    drawn = pictures(code, reported, time, page)
    files = _files(code, reported, mentioned, given, pairs.all)
    listed = listing.articles_by_year(
        gazetteer.full_name(code), reported, page, lambda article: sections_about(article, code)
    )
    feed = "" if gazetteer.unit(code).parent else announced(province_feed(name), reported)
    text = fill(
        "place.md",
        **_head(code, page, feed),
        subscription=subscription(feed, page),
        **_answers(code, reported, mentioned, page),
        spark=_spark(tallies.by_year(reported), time, name),
        below=units_below(code, views, page),
        **_pairs(code, pairs, views.units, page),
        maps=[one.markdown for one in maps if one],
        times=[one.markdown for one in drawn],
        **_figures(given, name, views, page),
        **_doings(code, views, page),
        articles=listed.first,
        pager=listed.pager,
        mentions=bullets((listing.line(one, page, dated=True) for one in mentioned[:MENTIONS_SHOWN]), "articles"),
        mentions_shown=min(len(mentioned), MENTIONS_SHOWN),
        coverage=panel(views, reported, page),
        files=[(path.rpartition("/")[2], link(path.rpartition("/")[2], path, page)) for path in sorted(files)],
        downloads=link("全库的数据", DOWNLOADS, page),
        how_tagged=link("怎样标注", HOW_TAGGED, page),
        index=link("全部地方", PROVINCES, page),
    )
    return {page: text, **listed.further, **files, **figure.files(*maps, *drawn)}


def _head(code: str, page: str, feed: str) -> dict[str, object]:
    unit = gazetteer.unit(code)
    full, english = gazetteer.full_name(code), gazetteer.english(code)
    return {
        "front": front_matter({"title": full, "description": f"{full} {english}", "feed": feed}),
        "name": unit.name,
        "english": english,
        "code": code,
        "level": LEVELS[unit.level],
        "region": region(code),
        "crumbs": crumbs(code, page),
        "former": names_over_time(code),
        "since": named_since(code),
    }


def _answers(code: str, reported: Sequence[Article], mentioned: Sequence[Article], page: str) -> dict[str, object]:
    """How much, when, about what, from whom."""
    sources = tallies.sources(reported)
    return {
        "count": len(reported),
        "mention_count": len(mentioned),
        "amounts": list(_amounts(code, reported, mentioned, page)),
        "span": span(reported),
        "when": " 至 ".join(dict.fromkeys(first_and_last(reported))),
        "most_themes": most_themes(reported, code, page),
        "most_sources": source_counts(sources[:SOURCES_SHOWN], page),
        "source_count": len(sources),
    }


def _amounts(code: str, reported: Sequence[Article], mentioned: Sequence[Article], page: str) -> Iterator[Markdown]:
    """What must be known to read the number of articles."""
    different = distinct(reported)
    compiled = [len(found) for one in reported if (found := sections_about(one, code))]
    if different < len(reported):
        yield joined([f"归并转载后是 {different} 篇不同的文章"])
    if compiled:
        yield joined([f"其中 {len(compiled)} 篇只有几节写它\uff0c合起来 {sum(compiled)} 节"])
    if mentioned:
        yield joined(["另有 ", link(f"{len(mentioned)} 篇", f"{page}#mentions", page), "只是提到"])


def _spark(counts: Mapping[int, int], time: Timeline, name: str) -> Markdown:
    if len(counts) < 2 or time.years is None:
        return Markdown("")
    return sparkline.bars(counts, *time.years, what=name)


def _pairs(code: str, pairs: Sides, units: Units, page: str) -> dict[str, object]:
    name, over = gazetteer.unit(code).name, of_units_above(code)
    groups = [
        ("supported", "谁来帮扶", pairs.supported, f"帮扶{name}的地方"),
        ("supporting", "帮扶哪里", pairs.supporting, f"{name}帮扶的地方"),
        ("inside", "境内互帮", pairs.inside, f"{name}内部的结对"),
    ]
    return {
        "pairs": [
            (anchor, heading, pair_table(code, found, units, page, caption), len(found))
            for anchor, heading, found, caption in groups
            if found
        ],
        "pairs_shown": PAIRS_SHOWN,
        "documents": documents([*pairs.all, *over]),
        "unlisted": any(not (one.listed or one.covered) for one in pairs.all),
        "covered": any(one.covered for one in pairs.all),
        "above_pairs": above_pairs(over, units, page),
        "helped": leading_partners(code, pairs.supporting, supporters=False),
        "helpers": leading_partners(code, pairs.supported, supporters=True),
    }


def _figures(given: Sequence[FigureOf], name: str, views: Views, page: str) -> dict[str, object]:
    found = facts(given)
    return {
        "figures": figure_table(found, views, page, f"文章里说{name}的数字"),
        "figure_count": len(found),
        "figures_shown": FIGURES_SHOWN,
        "disputed": sum(one.is_disputed for one in found),
    }


def _doings(code: str, views: Views, page: str) -> dict[str, object]:
    name, practices = gazetteer.unit(code).name, views.practices_of.get(code, ())
    articles = (*views.by_unit.get(code, ()), *views.mentioned_in.get(code, ()))
    helping, sent = bodies(articles, code)
    return {
        "practices": practice_list(code, practices, page),
        "practice_count": len(practices),
        "practices_shown": PRACTICES_SHOWN,
        "helping": body_table(helping, page, f"来帮扶{name}的机构"),
        "sent": body_table(sent, page, f"从{name}去帮扶别处的机构"),
        "body_count": max(len(helping), len(sent)),
        "bodies_shown": BODIES_SHOWN,
    }


def _files(
    code: str,
    reported: Sequence[Article],
    mentioned: Sequence[Article],
    given: Sequence[FigureOf],
    found: Sequence[Pairing],
) -> dict[str, str]:
    """The data files that have a row."""
    files = {}
    if reported or mentioned:
        files[file_path(code, "articles")] = articles_file(code, reported, mentioned)
    if given:
        files[file_path(code, "figures")] = figures_file(given)
    if found:
        files[file_path(code, "pairs")] = pairs_file(found)
    return files
