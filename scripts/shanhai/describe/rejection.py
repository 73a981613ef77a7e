"""Why a text is no article."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from shanhai.describe.vocabulary import any_of, limits
from shanhai.records import Rejected
from shanhai.restore.page_features import distinct
from shanhai.restore.page_words import page_kinds
from shanhai.restore.spam import term_counts

if TYPE_CHECKING:
    from shanhai.records import RawArticle

EXCERPT_MAX_CHARS = 80
ROSTER_MIN_LINES = 4

_HAN = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]")
_SENTENCE_END = re.compile("[\u4e00-\u9fff”’\uff09\u300b%\\d][。\uff01\uff1f…]")


def why_no_article(raw: RawArticle, text: str, title: str | None = None) -> Rejected | None:
    """A rejection for a text without a sentence or with fewer than 60 Chinese characters, else `None`.

    A roster, such as a list of winners, needs no sentence; a brief of news may be shorter, a digest's item more so.
    """
    if not _SENTENCE_END.search(text) and not _is_roster(text, title or raw.given.title):
        return Rejected(file=raw.file, rule="PAGE-11", reason="没有一个完整的句子", excerpt=_excerpt(text))
    least = limits().article_min_han
    if len(_HAN.findall(text[: 8 * least])) < least and (count := len(_HAN.findall(text))) < _least(raw, text):
        reason = f"正文只有{count}个汉字\uff0c不足{least}个"
        return Rejected(file=raw.file, rule="PAGE-12", reason=reason, excerpt=_excerpt(text))
    return None


def _least(raw: RawArticle, text: str) -> int:
    """How many Chinese characters a text of few must have: a digest's item, a brief of news, any other text."""
    bounds = page_kinds().prose
    if raw.item:
        return page_kinds().digest.item_min_han
    is_brief = len(distinct(text, page_kinds().news)) >= bounds.brief_news_kinds
    return bounds.brief_han if is_brief else limits().article_min_han


def _is_roster(text: str, title: str | None) -> bool:
    """Whether the title or one of the first lines calls the page a list of names or a table, and lines follow."""
    lines = [line for line in text.split("\n") if line.strip()]
    heads = (title or "", *lines[:2])
    return len(lines) >= ROSTER_MIN_LINES and any(_roster_title().search(head) for head in heads)


@cache
def _roster_title() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(page_kinds().roster_titles)})(?:[\uff08(].*)?$")


def _excerpt(text: str) -> str:
    """The text's first 80 characters on one line, or for spam its length and hash."""
    line = " ".join(text[: 2 * EXCERPT_MAX_CHARS].split())[:EXCERPT_MAX_CHARS]
    if not term_counts(line):
        return line
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{len(text)} 字\uff0csha256 {digest}"
