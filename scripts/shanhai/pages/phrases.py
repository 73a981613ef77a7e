"""Policy phrases: the clock of all of them, and a page for each with its lines of keyword in context."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import gazetteer
from shanhai.pages import bilingual
from shanhai.pages.articles.anchors import Anchors
from shanhai.pages.datafiles import csv_table
from shanhai.pages.escape import inline
from shanhai.pages.markdown import Markdown, fill, front_matter, joined, link, table
from shanhai.pages.pictures import clock, columns, figure
from shanhai.pages.targets import PHRASES, article_page, phrase_page, unit_page
from shanhai.pages.wording import date_words, share, shortened, written_date
from shanhai.relate import kwic, tallies
from shanhai.relate.facts import date_of, source, year
from shanhai.relate.identity import UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.records import Level
    from shanhai.relate.phrases import Mention, PhraseClock, PhraseView
    from shanhai.relate.views import Views

LEVELS: dict[Level, str] = {"province": "省级", "prefecture": "市州", "county": "县区"}
PLACES_SHOWN = 10
"""Places of each level beside a phrase: what stands out, not a list of all."""

TITLE_CHARS = 24
"""What a line shows of its article's title; the whole stands on the article's page."""

HOME_PHRASES = (
    "targeted-poverty-alleviation",
    "battle-against-poverty",
    "effective-connection",
    "rural-revitalisation",
)
"""The phrases that took over from one another as the headline of policy, for the small clock."""

COUNTED = f"{PHRASES}#counted"
"""Where it is told what counts as a mention."""


class _Located(NamedTuple):
    """A mention with its line and the address of its paragraph."""

    mention: Mention
    line: kwic.Line
    target: str


def phrase_pages(views: Views, found: PhraseClock) -> dict[str, str]:
    """Path -> text of the index with the clock, of a page for each phrase, and of their data files."""
    pages: dict[str, str] = {}
    for place, one in enumerate(found.views):
        pages |= _phrase(one, found, views, _in_line(found.views, place))
    return pages | _index(views, found)


def small_clock(views: Views, found: PhraseClock, page: str) -> figure.Picture | None:
    """The clock of the four headline phrases; `None` where the archive has none of them."""
    shown = [one for one in found.views if one.phrase.slug in HOME_PHRASES]
    if not any(one.articles for one in shown):
        return None
    title = "四个用语的交接\uff0c按年"
    made = clock.drawing(found, shown, page, caption=title, by_line=False)
    return _framed(made, page, title, views)


def _index(views: Views, found: PhraseClock) -> dict[str, str]:
    title = "政策用语\uff0c按年"
    picture = None
    if found.span:
        made = clock.drawing(found, found.views, PHRASES, caption=title)
        note = "从上到下\uff0c一个接过一个。文章少的年份\uff0c份额不可靠。"
        picture = _framed(made, PHRASES, title, views, note=note)
    page = fill(
        "phrases.md",
        front=front_matter({"title": "政策用语", "hide": ["toc"]}),
        count=len(found.views),
        clock=figure.shown(picture),
        seen=table(
            ["用语", "成为政策", "本库首见、末见", "篇", "处"],
            [_seen_row(one) for one in found.views],
            numeric=2,
            caption="每个用语何时成为政策\uff0c本库里最早和最晚见于哪一篇",
        ),
        phrases=[(link(one.phrase.name, phrase_page(one.phrase.slug), PHRASES), one.phrase) for one in found.views],
    )
    return {PHRASES: page, **figure.files(picture)}


def _seen_row(view: PhraseView) -> list[object]:
    phrase = view.phrase
    named = joined([link(phrase.name, phrase_page(phrase.slug), PHRASES), " ", bilingual.english(phrase.en)])
    ends = [_seen(one, PHRASES, short=True) for one in dict.fromkeys((view.first, view.last)) if one]
    counts = [str(len(view.articles)), str(len(view.mentions))] if view.articles else ["–", "–"]
    return [named, written_date(phrase.policy.since), joined(ends, " – ") or "–", *counts]


def _seen(mention: Mention, page: str, *, short: bool = False) -> Markdown:
    """Where a mention stands: the date, with a link to its paragraph; or the date and the title."""
    described = mention.article.described
    target = _paragraph(mention)
    if short:
        return link(date_of(mention.article), target, page, title=described.title)
    return joined([date_words(described), "\uff0c", link(described.title, target, page)])


def _phrase(view: PhraseView, found: PhraseClock, views: Views, near: tuple[PhraseView | None, ...]) -> dict[str, str]:
    phrase = view.phrase
    page = phrase_page(phrase.slug)
    chosen = kwic.chosen(view.mentions)
    picture = _by_year(view, found, views, page)
    file = f"data/phrases/{phrase.slug}.csv"
    printings = sum(one.chosen is not None for one in view.articles)
    text = fill(
        "phrase.md",
        front=front_matter({"title": phrase.name, "description": phrase.definition.zh, "hide": ["toc"]}),
        phrase=phrase,
        line=clock.LINES[phrase.line],
        since=written_date(phrase.policy.since),
        before=_step(near[0], page),
        after=_step(near[1], page),
        forms=phrase.forms if len(phrase.forms) > 1 else (),
        articles=len(view.articles),
        mentions=len(view.mentions),
        printings=printings,
        share=share(len(view.articles), len(views.newest)),
        whole=len(views.newest),
        first=_seen(view.first, page) if view.first else "",
        last=_seen(view.last, page) if view.last else "",
        picture=figure.shown(picture),
        places=_places(view, page),
        themes=joined(
            (joined([bilingual.theme(label, page), f" {n}"]) for label, n in tallies.labels(view.articles)), "、"
        ),
        lines=_lines(chosen.mentions, page),
        shown=len(chosen.mentions),
        first_only=chosen.first_only,
        a_year=chosen.a_year,
        context=kwic.CONTEXT_CHARS,
        file=link("全部用例\uff08CSV\uff09", file, page),
        index=link("全部用语", PHRASES, page),
    )
    files = {file: _concordance(view)} if view.mentions else {}
    return {page: text, **files, **figure.files(picture)}


def _in_line(every: Sequence[PhraseView], place: int) -> tuple[PhraseView | None, PhraseView | None]:
    """The phrases before and after one in its line."""
    line = every[place].phrase.line
    before = every[place - 1] if place and every[place - 1].phrase.line == line else None
    after = every[place + 1] if place + 1 < len(every) and every[place + 1].phrase.line == line else None
    return before, after


def _step(view: PhraseView | None, page: str) -> Markdown:
    return link(view.phrase.name, phrase_page(view.phrase.slug), page) if view else Markdown("")


def _by_year(view: PhraseView, found: PhraseClock, views: Views, page: str) -> figure.Picture | None:
    if not found.span or not view.articles:
        return None
    what = f"用到\u201c{view.phrase.name}\u201d的文章"
    made = columns.by_year(view.articles_by_year, found.totals, found.span, what=what, since=view.phrase.policy.since)
    return _framed(made, page, f"{what}\uff0c按年", views, count=len(view.articles))


def _framed(  # noqa: PLR0913 - a drawing and its words
    made: figure.Drawing, page: str, title: str, views: Views, *, note: str = "", count: int | None = None
) -> figure.Picture:
    number = len(views.newest) if count is None else count
    return figure.framed(made, page, title=title, count=number, as_of=views.latest, note=note, how=COUNTED)


def _places(view: PhraseView, page: str) -> list[tuple[str, Markdown]]:
    """Level -> the units of that level that the articles report on most."""
    counts = tallies.tally(map(tallies.reported, view.articles))
    found = [(shown, tallies.ranked(counts, level)[:PLACES_SHOWN]) for level, shown in LEVELS.items()]
    return [
        (
            shown,
            joined((joined([_place(code, page), f" {n}"]) for code, n in units), "、"),
        )
        for shown, units in found
        if units
    ]


def _place(code: str, page: str) -> Markdown:
    """A province with its English name; a unit below it by its own name, its full name as a tip."""
    full = gazetteer.full_name(code)
    one = gazetteer.unit(code)
    return bilingual.place(full, page) if one.level == "province" else link(one.name, unit_page(code), page, full)


def _lines(mentions: Sequence[Mention], page: str) -> Markdown:
    """The table of lines; the first line of a year carries the year's anchor."""
    rows: list[list[object]] = []
    for name, group in groupby(mentions, key=lambda one: year(one.article)):
        located = list(_located(list(group)))
        rows += [_line_row(one, page, f"y{name}" if not number else "") for number, one in enumerate(located)]
    head = ["日期", "前文", "用语", "后文", "出自"]
    return table(head, rows, caption="用语居中\uff0c一行一处\uff0c从早到晚") if rows else Markdown("")


def _line_row(one: _Located, page: str, anchor: str) -> list[object]:
    article = one.mention.article
    day = "未注日期" if year(article) == UNDATED else date_of(article)
    title = article.described.title
    return [
        Markdown(f"{inline(day)} {{: #{anchor} }}") if anchor else day,
        one.line.left,
        link(one.line.keyword, one.target, page, title=title),
        one.line.right,
        " · ".join(filter(None, [shortened(title, TITLE_CHARS), source(article)])),
    ]


def _located(mentions: Sequence[Mention]) -> Iterator[_Located]:
    """The mentions of some articles in their order; the anchors of an article are asked once."""
    for _, group in groupby(mentions, key=lambda one: one.article.id):
        of_article = list(group)
        described = of_article[0].article.described
        anchors = Anchors(described.blocks)
        for one in of_article:
            place = anchors.around(one.start)
            if place:
                found = kwic.line(described.text, place[1], one.start, one.end)
                yield _Located(one, found, f"{article_page(one.article)}#{place[0]}")


def _paragraph(mention: Mention) -> str:
    place = Anchors(mention.article.described.blocks).around(mention.start)
    return article_page(mention.article) + (f"#{place[0]}" if place else "")


def _concordance(view: PhraseView) -> str:
    """Every mention as a row: the article, its date, what stands before, the phrase as written, what stands behind."""
    names = ["article", "date_edtf", "title", "source", "page", "before", "phrase", "after"]
    rows: Iterator[dict[str, object]] = (
        {
            "article": one.mention.article.id,
            "date_edtf": one.mention.article.described.date_edtf,
            "title": one.mention.article.described.title,
            "source": source(one.mention.article),
            "page": one.target.replace(".md", "/"),
            "before": one.line.left,
            "phrase": one.line.keyword,
            "after": one.line.right,
        }
        for one in _located(view.mentions)
    )
    return csv_table(names, rows)
