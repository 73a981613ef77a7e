"""What each claim rests on: the sentence, with the words that spoke for it marked and a link to its paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.annotate.practices import core
from shanhai.pages.articles.anchors import shown as shown_anchor
from shanhai.pages.articles.sentences import sentence
from shanhai.pages.escape import inline
from shanhai.pages.excerpts import excerpt
from shanhai.pages.markdown import Markdown, fill, joined, link, table
from shanhai.pages.rules import rule_link
from shanhai.pages.targets import article_link, pair_link, place_link, practice_link, theme_link
from shanhai.pages.wording import amount, local_name, quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.pages.articles.anchors import Anchors
    from shanhai.records import Article, Evidence, Figure, Pair, Place
    from shanhai.relate.views import Views

CONTEXT_CHARS = 40
"""A long sentence is cut to this many characters on either side of the words that count."""

THEME_SENTENCES = 2
LOCAL_UNITS_SHOWN = 30
FIGURES_SHOWN = 40
"""A page stays below 120 kB of HTML even for a compilation; the data files hold every claim with all its evidence."""


def claims(article: Article, anchors: Anchors, page: str) -> Markdown:
    """The table of what was found in an article but its figures, or nothing."""
    rows = list(_rows(article, anchors, page))
    return table(["判断", "对象", "依据", "规则"], rows) if rows else Markdown("")


def local_units_left_out(article: Article) -> int:
    """How many cities and counties the table of claims has no room for."""
    return max(0, len(_local_units(article)) - LOCAL_UNITS_SHOWN)


def figures(article: Article, views: Views, anchors: Anchors, page: str) -> Markdown:
    """The table of an article's first figures, or nothing; beside a figure what another article says instead."""
    text = article.described.text
    rows = [
        [
            one.label,
            local_name(one.place) if one.place else "",
            str(one.year or ""),
            _sentence(text, one.evidence, anchors, page),
            joined([_amount(one), *_disputes(article, views, number, page)], "<br>"),
        ]
        for number, one in enumerate(article.annotations.figures[:FIGURES_SHOWN])
    ]
    return table(["事项", "地点", "年份", "原句", "数值"], rows, numeric=1) if rows else Markdown("")


def pair_words(pair: Pair, page: str) -> Markdown:
    """A pair as a link to its page: "江苏省苏州市张家港市 → 贵州省铜仁市沿河土家族自治县"."""
    return pair_link(pair.origin, pair.target, page)


def _amount(figure: Figure) -> Markdown:
    return Markdown(f'<span title="{figure.value:.10g}">{inline(amount(figure))}</span>')


def _disputes(article: Article, views: Views, figure: int, page: str) -> Iterator[Markdown]:
    unit = article.annotations.figures[figure].unit
    for one in article.disputes:
        if one.figure == figure and one.article in views.by_id:
            other = article_link(views.by_id[one.article], page)
            yield fill("dispute.md", amount=quantity(one.value) + unit, other=other)


def basis(official_round: int | None) -> str:
    """What a pair rests on."""
    return f"{official_round} 年官方结对安排" if official_round else "据文章"


def _rows(article: Article, anchors: Anchors, page: str) -> Iterator[list[object]]:
    text, found = article.described.text, article.annotations
    provinces = [place for place in found.places if place.level == "province"]
    for place in _subjects_first(provinces) + _local_units(article)[:LOCAL_UNITS_SHOWN]:
        claim = "报道地点" if place.role == "subject" else "提及地点"
        yield [
            claim,
            joined([place_link(place.name, page), _name_then(place)]),
            *_support(text, place.evidence[:1], anchors, page, len(place.evidence)),
        ]
    for tag in found.themes:
        shown = _in_different_blocks(tag.evidence, anchors)[:THEME_SENTENCES]
        yield ["主题", theme_link(tag.label, page), *_support(text, shown, anchors, page, len(tag.evidence))]
    for pair in found.pairs:
        stated = joined([pair_words(pair, page), f"\uff08{basis(pair.official_round)}\uff09", "、".join(pair.purposes)])
        yield ["结对", stated, *_support(text, [pair.evidence], anchors, page)]
    for body in found.organisations:
        helping = joined([body.name, " → ", place_link(body.target, page)])
        yield ["机构帮扶", helping, *_support(text, [body.evidence], anchors, page)]
    for practice in found.practices:
        named = practice_link(core(practice.name), page, practice.name)
        yield ["做法", named, *_support(text, [practice.evidence], anchors, page)]


def _name_then(place: Place) -> str:
    return f"\uff08文中时为{local_name(place.name_then)}\uff09" if place.name_then else ""


def _local_units(article: Article) -> list[Place]:
    return _subjects_first([place for place in article.annotations.places if place.level != "province"])


def _subjects_first(places: Sequence[Place]) -> list[Place]:
    return sorted(places, key=lambda place: (place.role != "subject", place.code))


def _support(text: str, shown: Sequence[Evidence], anchors: Anchors, page: str, count: int = 1) -> list[object]:
    """The cells of sentences and rules; `count` is the number of all pieces of evidence."""
    sentences = [_sentence(text, one, anchors, page) for one in shown]
    if count > len(shown):
        sentences.append(Markdown(f"<small>共 {count} 处</small>"))
    rule_ids = dict.fromkeys(one.rule for one in shown)
    return [Markdown("<br>".join(sentences)), Markdown("<br>".join(rule_link(rule, page) for rule in rule_ids))]


def _in_different_blocks(evidence: Sequence[Evidence], anchors: Anchors) -> list[Evidence]:
    """The first piece of evidence in each block: two of one block say little more than one."""
    firsts: dict[object, Evidence] = {}
    for one in evidence:
        firsts.setdefault(anchors.around(one.start), one)
    return list(firsts.values())


def _sentence(text: str, evidence: Evidence, anchors: Anchors, page: str) -> Markdown:
    """The sentence with the words that count marked, and the way to where it stands."""
    found = sentence(text, anchors, evidence)
    if found is None:
        return Markdown(inline(evidence.quote))
    shown = excerpt(text, (evidence.start, evidence.end), (found.start, found.end), CONTEXT_CHARS)
    words = shown._replace(words=_cut(shown.words)).marked
    return joined([words, link(shown_anchor(found.anchor), f"{page}#{found.anchor}", page)], " ")


def _cut(quote: str) -> str:
    """A quote that is a whole passage is shown by its two ends."""
    return quote if len(quote) <= 3 * CONTEXT_CHARS else f"{quote[: 2 * CONTEXT_CHARS]}…{quote[-CONTEXT_CHARS // 2 :]}"
