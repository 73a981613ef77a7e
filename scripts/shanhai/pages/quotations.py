"""Sentences of articles on other pages than their own, each with the way back to where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.pages.articles import sentences
from shanhai.pages.escape import inline
from shanhai.pages.markdown import Markdown, fill, link
from shanhai.relate.facts import date_of, source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shanhai.records import Article, Evidence

LONGEST_CHARS = 160
"""What is shown of a sentence; three lines on a wide screen."""

CONTEXT_CHARS = 20
"""What stays in front of the words that count where a long sentence begins far before them."""


def quotation(
    article: Article, evidence: Evidence, page: str, *, marked: str = "", notes: Iterable[str] = ()
) -> Markdown:
    """The sentence, with `marked` marked where it stands in it, then the article, date and source, and the notes."""
    return fill(
        "quotation.md",
        words=_words(evidence.quote, marked),
        title=link(article.described.title, sentences.target(article, evidence), page),
        date=date_of(article),
        facts=" · ".join(filter(None, [source(article), *notes])),
    )


def _words(quote: str, marked: str) -> Markdown:
    text = quote.replace("\n", " ")
    at = text.find(marked) if marked else -1
    start = max(0, at - CONTEXT_CHARS) if at + len(marked) > LONGEST_CHARS else 0
    end = min(len(text), start + LONGEST_CHARS)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    if at < 0:
        return Markdown(inline(text[start:end] + after))
    shown = (before + text[start:at], text[at : at + len(marked)], text[at + len(marked) : end] + after)
    head, middle, tail = map(inline, shown)
    return Markdown(f"{head}<mark>{middle}</mark>{tail}")
