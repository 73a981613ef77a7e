"""Pair pages: who assists whom, by which official round and by which sentences; and the index of all pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import gazetteer, rounds
from shanhai.pages import bilingual, listing, pair_tables
from shanhai.pages.articles.sentences import target as sentence_target
from shanhai.pages.markdown import Markdown, bullets, fill, front_matter, joined, link
from shanhai.pages.pictures import figure
from shanhai.pages.pictures.bars import chip, counted
from shanhai.pages.pictures.matrix import pairs_table
from shanhai.pages.pictures.timeline import Timeline, curve, month_strip, span, timeline
from shanhai.pages.quotations import quotation
from shanhai.pages.targets import PAIRS, pair_page, province, province_page, unit_page
from shanhai.pages.wording import COMMA
from shanhai.relate import tallies
from shanhai.relate.compilations import sections_about
from shanhai.relate.facts import above, turned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shanhai.records import Article, Pair, Section
    from shanhai.relate.stated import PairView
    from shanhai.relate.views import Views

SENTENCES_SHOWN = 40
"""The newest of them; the data file holds all."""

YEARS_TOLD = 6
"""Articles that are named for the year in which a pairing began, each year once."""

PAIRS_FILE, FIGURES_FILE, ORGANISATIONS_FILE = "data/pairs.csv", "data/figures.csv", "data/organisations.csv"

Codes = tuple[str, str]


class Coded(NamedTuple):
    """A pair whose both sides are units of today, with their codes."""

    codes: Codes
    view: PairView


class Held(NamedTuple):
    """The years of the official rounds that name a pair itself, and of those that name only units above its sides."""

    own: list[str]
    up: list[str]


class Kin(NamedTuple):
    """The pairs between units above both sides of a pair, and those between units below; itself in neither."""

    above: tuple[Coded, ...]
    below: tuple[Coded, ...]


def pair_pages(views: Views) -> Iterator[tuple[str, str]]:
    """Path and text of every pair's page, of the further pages of its list, and of its pictures' data files."""
    time = timeline(views)
    pairs = _coded(views)
    for one, kin in zip(pairs, _kin(pairs), strict=True):
        yield from _pages(one, kin, time).items()


def pair_index(views: Views) -> dict[str, str]:
    """Path and text of the index: the matrix, then all pairs by supporting province, at most 200 on a page."""
    pairs = sorted(_coded(views), key=lambda one: (_province(one), -len(one.view.articles), one.codes))
    picture = _matrix(views)
    held = [_held(one.codes) for one in pairs]
    listed = listing.paged("结对", pairs, PAIRS, _by_province, unit="对")
    page = fill(
        "pairs.md",
        front=front_matter({"title": "结对", "hide": ["toc"]}),
        count=len(pairs),
        official=sum(bool(own) for own, _ in held),
        under=sum(bool(up and not own) for own, up in held),
        article_count=len({article.id for one in pairs for article in one.view.articles}),
        picture=figure.shown(picture),
        ways=joined(_ways(pairs)),
        pairs=listed.first,
        pager=listed.pager,
        nameless=len(views.pairs) - len(pairs),
        file=link(PAIRS_FILE, PAIRS_FILE, PAIRS),
    )
    return {PAIRS: page, **listed.further, **figure.files(picture)}


def _coded(views: Views) -> list[Coded]:
    return [Coded(codes, one) for one in views.pairs if (codes := one.codes)]


def _kin(pairs: Sequence[Coded]) -> list[Kin]:
    """The kin of each pair, in the order of the pairs; nine look-ups each."""
    known = {one.codes: one for one in pairs}
    below: defaultdict[Codes, list[Coded]] = defaultdict(list)
    upward: list[tuple[Coded, ...]] = []
    for one in pairs:
        origin, target = one.codes
        ends = [(a, b) for a in (origin, *above(origin)) for b in (target, *above(target))][1:]
        upward.append(tuple(known[end] for end in ends if end in known))
        for end in upward[-1]:
            below[end.codes].append(one)
    return [
        Kin(of_above, tuple(sorted(below[one.codes], key=lambda low: (-len(low.view.articles), low.codes))))
        for one, of_above in zip(pairs, upward, strict=True)
    ]


def _pages(one: Coded, kin: Kin, time: Timeline) -> dict[str, str]:
    view = one.view
    page = pair_page(*one.codes)
    title = f"{view.origin} → {view.target}"
    names = [gazetteer.unit(code).name for code in one.codes]
    strip_title = f"{names[0]}帮扶{names[1]}的文章\uff0c按月"
    strip = month_strip(view.articles, page, time, strip_title) if len(view.articles) > 1 else None
    trend = curve(_lines(one, kin), page, time, "写到的文章\uff0c按年")
    figures = pair_tables.figures(view, page)
    bodies = pair_tables.organisations(view, page)
    listed = listing.articles_by_year(title, view.articles, page, _within(one.codes))
    return {
        page: fill(
            "pair.md",
            front=front_matter({"title": title, "description": f"{title} 结对帮扶", "hide": ["toc"]}),
            names=names,
            english=bilingual.joined(gazetteer.english(code) for code in one.codes),
            count=len(view.articles),
            span=span(view.articles),
            since=view.since or "",
            held=_held(one.codes),
            known="、".join(str(one.year) for one in rounds.rounds()),
            sides=pair_tables.sides(one.codes, page),
            rounds=pair_tables.periods(one.codes, page),
            years=_years(view, page),
            sentence_count=len(view.stated),
            shown=min(len(view.stated), SENTENCES_SHOWN),
            sentences=bullets((_said(*one, page) for one in view.stated[:SENTENCES_SHOWN]), "quotes"),
            strip=figure.shown(strip),
            trend=figure.shown(trend),
            purposes=_purposes(view, page),
            figures=figures.table,
            figures_left=figures.left_out,
            bodies=bodies.table,
            bodies_left=bodies.left_out,
            practices=pair_tables.practices(view, page),
            above=_entries(kin.above, page),
            below=_entries(kin.below[: listing.MOST_ON_A_PAGE], page),
            below_count=len(kin.below),
            articles=listed.first,
            pager=listed.pager,
            index=link("全部结对", PAIRS, page),
            ends=[link(gazetteer.unit(code).name, unit_page(code), page) for code in one.codes],
            file=link(PAIRS_FILE, PAIRS_FILE, page),
            figures_file=link(FIGURES_FILE, FIGURES_FILE, page),
            bodies_file=link(ORGANISATIONS_FILE, ORGANISATIONS_FILE, page),
        ),
        **listed.further,
        **figure.files(strip, trend),
    }


def _lines(one: Coded, kin: Kin) -> list[tuple[str, Sequence[Article]]]:
    """The pair's own articles by year; for a pair with others below it also those of all of them together."""
    lines: list[tuple[str, Sequence[Article]]] = [("写到这一对", one.view.articles)]
    if kin.below:
        every = {article.id: article for low in (one, *kin.below) for article in low.view.articles}
        lines.append(("连同下级各对", tuple(every.values())))
    return lines


def _within(codes: Codes) -> listing.Sections:
    """The sections of a compilation that report on the assisted side, or else on the assisting one."""

    def sections(article: Article) -> Sequence[Section]:
        return sections_about(article, codes[1]) or sections_about(article, codes[0])

    return sections


def _said(article: Article, pair: Pair, page: str) -> Markdown:
    notes = [f"始于 {pair.since} 年" if pair.since else "", "、".join(pair.purposes)]
    return quotation(article, pair.evidence, page, notes=notes)


def _years(view: PairView, page: str) -> Markdown:
    """Each year in which the pairing is said to have begun, with the number of articles and the oldest of them."""
    said: defaultdict[int, list[tuple[Article, Pair]]] = defaultdict(list)
    for article, pair in view.stated:
        if pair.since is not None:
            said[pair.since].append((article, pair))
    parts = []
    for since, of_year in sorted(said.items())[:YEARS_TOLD]:
        article, pair = turned(of_year, itemgetter(0))[0]
        named = link(article.described.title, sentence_target(article, pair.evidence), page)
        count = len({one.id for one, _ in of_year})
        parts.append(joined([f"{since} 年\uff08", named, f" 等 {count} 篇\uff09" if count > 1 else "\uff09"]))
    return joined(parts, "\uff1b")


def _purposes(view: PairView, page: str) -> Markdown:
    counts = Counter(label for _, pair in view.stated for label in pair.purposes)
    return counted([(bilingual.theme(label, page), count) for label, count in tallies.ranked_labels(counts)])


def _entries(pairs: Iterable[Coded], page: str) -> Markdown:
    return listing.entries([_entry(one, page) for one in pairs])


def _entry(one: Coded, page: str) -> Markdown:
    """A pair in a list: the units' own names, what they belong to, its rounds, years and articles."""
    view = one.view
    return fill(
        "pair_entry.md",
        shown=link(" → ".join(gazetteer.unit(code).name for code in one.codes), pair_page(*one.codes), page),
        where=" → ".join(filter(None, map(_above_name, one.codes))),
        english=bilingual.joined(gazetteer.english(code) for code in one.codes),
        basis=_basis(one.codes),
        span=span(view.articles),
        count=len(view.articles),
    )


def _held(codes: Codes) -> Held:
    every = rounds.holdings(*codes)
    own = {str(one.round.year): (one.origin, one.target) == codes for one in every}
    return Held([year for year, itself in own.items() if itself], [year for year, itself in own.items() if not itself])


def _basis(codes: Codes) -> str:
    """On what a pair rests: the official rounds that name it, or those that name the units above, or articles alone."""
    own, up = map("、".join, _held(codes))
    parts = [f"{own} 年官方名单" if own else "", f"上级列入 {up} 年官方名单" if up else ""]
    return COMMA.join(filter(None, parts)) or "据文章"


def _above_name(code: str) -> str:
    """The full name of what a unit belongs to, nothing for a province."""
    return next(map(gazetteer.full_name, above(code)), "")


def _province(one: Coded) -> str:
    """The code of the supporting province."""
    return gazetteer.province_of(one.codes[0])


def _by_province(pairs: Sequence[Coded], page: str) -> Markdown:
    groups: defaultdict[str, list[Markdown]] = defaultdict(list)
    for one in pairs:
        groups[_province(one)].append(_entry(one, page))
    return listing.grouped_entries([(_province_heading(code, page), lines) for code, lines in groups.items()])


def _province_heading(code: str, page: str) -> Markdown:
    name = bilingual.place(gazetteer.full_name(code), page)
    return Markdown(f"### {name} {{: #{gazetteer.slug(code)} }}")


def _ways(pairs: Sequence[Coded]) -> Iterator[Markdown]:
    """The ways to the pairs of each supporting province, on whichever page they begin, with their number."""
    counts = Counter(map(_province, pairs))
    pages: dict[str, str] = {}
    for number, some in listing.chunks(pairs):
        pages = dict.fromkeys(map(_province, some), listing.page_name(PAIRS, number)) | pages
    for code, count in counts.items():
        shown = link(province(gazetteer.full_name(code)).short, f"{pages[code]}#{gazetteer.slug(code)}", PAIRS)
        yield chip(shown, count)


def _matrix(views: Views) -> figure.Picture | None:
    if not views.matrix:
        return None
    known = {one.codes for one in _coded(views)}

    def target(origin: str, assisted: str) -> str:
        codes = province(origin).code, province(assisted).code
        return pair_page(*codes) if codes in known else f"{province_page(origin)}#pairs"

    return figure.framed(
        pairs_table(views.matrix, PAIRS, target=target),
        PAIRS,
        title="各省帮扶各省的文章",
        count=sum(bool(one.annotations.pairs) for one in views.newest),
        as_of=views.latest,
        note="两边都归到省一级",
    )
