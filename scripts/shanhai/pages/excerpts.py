"""Words of an article with what stands around them, cut to what a page has room for."""

from __future__ import annotations

from typing import NamedTuple

from shanhai.pages.articles.sentences import CLOSING
from shanhai.pages.escape import inline
from shanhai.pages.markdown import Markdown

Span = tuple[int, int]
"""Where a stretch of a text begins and ends; the end is left out."""


class Excerpt(NamedTuple):
    """The words that count, and what is shown before and behind them; an ellipsis stands where more was cut off."""

    before: str
    words: str
    after: str

    @property
    def plain(self) -> str:
        """All of it as text."""
        return "".join(self)

    @property
    def marked(self) -> Markdown:
        """All of it with the words that count marked."""
        before, words, after = map(inline, self)
        return Markdown(f"{before}<mark>{words}</mark>{after}")


def excerpt(text: str, words: Span, within: Span, most_chars: int) -> Excerpt:
    """The words with at most so many characters on either side of those around them; line breaks become blanks."""
    start, end = max(within[0], words[0] - most_chars), min(within[1], words[1] + most_chars)
    before = ("…" if start > within[0] else "") + text[start : words[0]].lstrip(CLOSING)
    after = text[words[1] : end] + ("…" if end < within[1] else "")
    return Excerpt(*(part.replace("\n", " ") for part in (before, text[slice(*words)], after)))
