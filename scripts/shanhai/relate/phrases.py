"""The phrase clock: where each policy phrase is first and last seen, and how often by year, over the whole archive."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from shanhai import reference
from shanhai.annotate.vocabulary import Definition
from shanhai.records import Article
from shanhai.relate.facts import turned, year
from shanhai.relate.identity import UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PHRASES_FILE = "phrases.yml"
SENTENCE_ENDS = "。\uff01\uff1f\uff1b\n"

COMPANY_CHARS = 200
"""How far from a phrase its company is looked for within the sentence; hardly a sentence of the press is longer."""

Line = Literal["strategy", "cooperation", "goal"]


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """Since when a phrase is policy (EDTF: "1979", "2013-12") and the document that says so."""

    since: str
    document: str
    document_en: str


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """A policy phrase. `forms` are its written forms, the first its name; `counted` tells a reader what counts.

    In the longer names of `not_in` it does not count, in the words of `still_in`, which only begin like them, it does.
    With `company`, one of these words must stand in the same sentence. `slug` is its ASCII name for addresses.
    """

    slug: str
    line: Line
    en: str
    forms: tuple[str, ...]
    counted: Definition
    definition: Definition
    policy: Policy
    not_in: tuple[str, ...] = ()
    still_in: tuple[str, ...] = ()
    company: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The phrase as it is listed."""
        return self.forms[0]


class Mention(NamedTuple):
    """A phrase in an article: `text[start:end]` of the clean text."""

    article: Article
    start: int
    end: int


class PhraseView(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase over all articles.

    `articles` run from the newest to the oldest, undated ones last; `mentions` from the oldest article to the newest,
    those of undated articles last. The counts by year have a key "undated", too, where there is something to count.
    """

    phrase: Phrase
    articles: tuple[Article, ...]
    mentions: tuple[Mention, ...]
    articles_by_year: dict[str, int]
    mentions_by_year: dict[str, int]

    @property
    def first(self) -> Mention | None:
        """The first mention in the oldest dated article."""
        return next((one for one in self.mentions if year(one.article) != UNDATED), None)

    @property
    def last(self) -> Mention | None:
        """The first mention in the newest dated article."""
        if not self.first:
            return None
        newest = self.articles[0].id
        return next(one for one in self.mentions if one.article.id == newest)


class PhraseClock(msgspec.Struct, frozen=True, kw_only=True):
    """All phrases over an archive, in the order of the file; `totals` are all articles by year, the denominators."""

    views: tuple[PhraseView, ...]
    totals: dict[str, int]

    @property
    def span(self) -> tuple[int, int] | None:
        """The first and the last year of the archive, `None` where no article is dated."""
        years = sorted(int(name) for name in self.totals if name != UNDATED)
        return (years[0], years[-1]) if years else None


@cache
def phrases() -> tuple[Phrase, ...]:
    """All phrases, line by line, within a line in the order in which one takes over from another."""
    return tuple(reference.load(PHRASES_FILE, list[Phrase]))


def clock(newest: Sequence[Article]) -> PhraseClock:
    """The phrases in the texts of all articles, which run from the newest to the oldest, undated ones last."""
    found: dict[str, list[Mention]] = {one.slug: [] for one in phrases()}
    for article in turned(newest, lambda one: one):
        for phrase, start, end in mentions(article.described.text):
            found[phrase.slug].append(Mention(article, start, end))
    return PhraseClock(
        views=tuple(_view(phrase, found[phrase.slug]) for phrase in phrases()),
        totals=dict(sorted(Counter(year(article) for article in newest).items())),
    )


def mentions(text: str) -> Iterator[tuple[Phrase, int, int]]:
    """Each phrase that counts in a text, with its place; of forms that overlap the first and longest counts."""
    patterns, automaton = _automaton()
    # Halves of surrogate pairs, which no phrase has, count as question marks.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    for number, start, end in automaton.find_matches_as_indexes(whole):
        one = patterns[number]
        if one.phrase and (not one.phrase.company or _in_company(text, start, end, one.phrase.company)):
            yield one.phrase, start, min(end, start + one.chars)


class _Pattern(NamedTuple):
    """What a string of the automaton stands for: the phrase in its first `chars` characters, or none."""

    phrase: Phrase | None
    chars: int


@cache
def _automaton() -> tuple[list[_Pattern], AhoCorasick]:
    known: dict[str, _Pattern] = {}
    for one in phrases():
        known |= {form: _Pattern(one, len(form)) for form in one.forms}
        known |= {name: _Pattern(None, 0) for name in one.not_in}
        known |= {word: _Pattern(one, len(one.name)) for word in one.still_in}
    return list(known.values()), AhoCorasick(
        list(known), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
    )


def _in_company(text: str, start: int, end: int, company: Sequence[str]) -> bool:
    first, last = max(0, start - COMPANY_CHARS), min(len(text), end + COMPANY_CHARS)
    left = max(text.rfind(sign, first, start) + 1 for sign in SENTENCE_ENDS)
    right = min((at for sign in SENTENCE_ENDS if (at := text.find(sign, end, last)) >= 0), default=last)
    sentence = text[max(left, first) : right]
    return any(word in sentence for word in company)


def _view(phrase: Phrase, found: Sequence[Mention]) -> PhraseView:
    articles = tuple({one.article.id: one.article for one in found}.values())
    return PhraseView(
        phrase=phrase,
        articles=turned(articles, lambda one: one),
        mentions=tuple(found),
        articles_by_year=dict(sorted(Counter(map(year, articles)).items())),
        mentions_by_year=dict(sorted(Counter(year(one.article) for one in found).items())),
    )
