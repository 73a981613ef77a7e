"""The figures that articles give of a place: a row for each fact, with its sentence and what another article says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shanhai.pages.articles.sentences import target
from shanhai.pages.excerpts import excerpt
from shanhai.pages.markdown import Markdown, fill, joined, link, table
from shanhai.pages.targets import article_page
from shanhai.pages.wording import amount, quantity, shortened
from shanhai.relate.facts import date_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.records import Article, Dispute, Figure
    from shanhai.relate.views import FigureOf, Views

FIGURES_SHOWN = 40
"""As many as an article's page shows; the file has all."""

TITLE_CHARS = 25

CONTEXT_CHARS = 26
"""On either side of the figure: enough to see what is counted, in two lines of the table."""


class Fact(NamedTuple):
    """The same figure in one article or several, reprints aside; `given[0]` is the newest."""

    given: tuple[FigureOf, ...]

    @property
    def figure(self) -> Figure:
        """The figure as the newest article has it."""
        return self.given[0].figure

    @property
    def is_disputed(self) -> bool:
        """Whether another article gives the fact another value."""
        return any(one.number == dispute.figure for one in self.given for dispute in one.article.disputes)


def facts(given: Sequence[FigureOf]) -> list[Fact]:
    """The facts, so that what is told of several years, or disputed, stands first and together.

    `given` runs from the newest article to the oldest; what a reprint says again is left out.
    """
    found: dict[tuple[object, ...], list[FigureOf]] = {}
    for one in given:
        if one.article.chosen is None:
            figure = one.figure
            key = figure.label, figure.year, figure.unit, figure.value, figure.upper, figure.qualifier
            found.setdefault(key, []).append(one)
    by_label: dict[str, list[Fact]] = {}
    for of_fact in found.values():
        by_label.setdefault(of_fact[0].figure.label, []).append(Fact(tuple(of_fact)))
    order = sorted(
        by_label.values(), key=lambda of_label: (not any(one.is_disputed for one in of_label), -len(of_label))
    )
    return [one for of_label in order for one in sorted(of_label, key=lambda fact: -(fact.figure.year or 0))]


def figure_table(found: Sequence[Fact], views: Views, page: str, caption: str) -> Markdown:
    """The first facts as a table; nothing where there are none."""
    rows = [
        [
            one.figure.label,
            str(one.figure.year or ""),
            joined([_sentence(one, page), *_disputes(one, views, page)], "<br>"),
            fill("place_amount.md", amount=amount(one.figure), disputed=one.is_disputed),
        ]
        for one in found[:FIGURES_SHOWN]
    ]
    return table(["事项", "年份", "原句", "数值"], rows, numeric=1, caption=caption) if rows else Markdown("")


def _sentence(fact: Fact, page: str) -> Markdown:
    """The sentence around the figure, cut to what a table holds, with the article as a link to its place."""
    figure, article = fact.figure, fact.given[0].article
    text, words = figure.sentence, figure.evidence.quote
    at = max(text.find(words), 0)
    more = len({one.article.id for one in fact.given})
    return fill(
        "place_sentence.md",
        words=excerpt(text, (at, at + len(words)), (0, len(text)), CONTEXT_CHARS).plain,
        title=link(shortened(article.described.title, TITLE_CHARS), target(article, figure.evidence), page),
        date=date_of(article),
        more=more if more > 1 else 0,
    )


def _disputes(fact: Fact, views: Views, page: str) -> Iterator[Markdown]:
    """What other articles say instead, each value once, with a link to the other sentence."""
    told = set()
    for one in fact.given:
        for dispute in one.article.disputes:
            other = views.by_id.get(dispute.article)
            if dispute.figure == one.number and other and (dispute.value, other.id) not in told:
                told.add((dispute.value, other.id))
                words = quantity(dispute.value) + fact.figure.unit
                yield fill("place_dispute.md", amount=words, other=_other(one.article, dispute, other, page))


def _other(article: Article, dispute: Dispute, other: Article, page: str) -> Markdown:
    """The other article, at the sentence with its value where that is found."""
    figures = other.annotations.figures
    answer = (one.figure for one in other.disputes if one.article == article.id)
    number = next((one for one in answer if figures[one].value == dispute.value), None)
    place = article_page(other) if number is None else target(other, figures[number].evidence)
    return link(shortened(other.described.title, TITLE_CHARS), place, page)
