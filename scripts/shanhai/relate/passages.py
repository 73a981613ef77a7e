"""Passages that stand for a theme, chosen by a rule that a reader can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from shanhai.records import Article, BlockKind, Evidence, ThemeTag
from shanhai.relate.facts import year
from shanhai.relate.identity import UNDATED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Reason = Literal["earliest", "strongest", "most reprinted"]


class Passage(NamedTuple):
    """A passage of an article: its sentence is the one that holds the evidence."""

    reason: Reason
    article: Article
    tag: ThemeTag
    evidence: Evidence


def passages(label: str, articles: Sequence[Article]) -> tuple[Passage, ...]:
    """At most three passages on a theme from its articles, which run from the newest to the oldest.

    Of the oldest dated article, of the one with the highest score for the theme, and of the one with the most other
    printings; of equals the older. No article twice, nor another printing of one that is taken. In each it is the
    evidence with the highest score that stands in a paragraph, of equals the first.
    """
    candidates = [(one, tag) for one in reversed(articles) if (tag := _tag(one, label))]
    taken: set[str] = set()
    found: list[Passage] = []
    rules: tuple[tuple[Reason, Callable[[Article, ThemeTag], float | None]], ...] = (
        ("earliest", lambda article, _: None if year(article) == UNDATED else 0),
        ("strongest", lambda _, tag: tag.score),
        ("most reprinted", lambda article, _: len(article.printings) + len(article.reprints) or None),
    )
    for reason, weight in rules:
        for article, tag in _heaviest_first(candidates, weight):
            evidence = _in_text(article, tag) if article.id not in taken else []
            if evidence:
                taken |= {article.id, *article.reprints}
                found.append(Passage(reason, article, tag, max(evidence, key=lambda one: one.score)))
                break
    return tuple(found)


def _heaviest_first(
    candidates: Iterable[tuple[Article, ThemeTag]], weight: Callable[[Article, ThemeTag], float | None]
) -> list[tuple[Article, ThemeTag]]:
    """The candidates that have a weight; the order of equals stays."""
    weighed = [(value, one) for one in candidates if (value := weight(*one)) is not None]
    return [one for _, one in sorted(weighed, key=lambda item: -item[0])]


def _tag(article: Article, label: str) -> ThemeTag | None:
    return next((one for one in article.annotations.themes if one.label == label), None)


def _in_text(article: Article, tag: ThemeTag) -> list[Evidence]:
    paragraphs = [one for one in article.described.blocks if one.kind is BlockKind.PARAGRAPH]
    return [one for one in tag.evidence if any(block.start <= one.start < block.end for block in paragraphs)]
