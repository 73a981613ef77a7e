"""Why a text is no article."""

from __future__ import annotations

import re
from hashlib import sha256

from shanhai.describe.vocabulary import limits
from shanhai.records import Rejected
from shanhai.restore.spam import term_counts

EXCERPT_MAX_CHARS = 80

_HAN = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]")
_SENTENCE_END = re.compile("[\u4e00-\u9fff”’\uff09\u300b%\\d][。\uff01\uff1f…]")


def why_no_article(file: str, text: str) -> Rejected | None:
    """A rejection for a text without a sentence or with fewer than 60 Chinese characters, else `None`."""
    least = limits().article_min_han
    if not _SENTENCE_END.search(text):
        return Rejected(file=file, rule="PAGE-11", reason="没有一个完整的句子", excerpt=_excerpt(text))
    if len(_HAN.findall(text[: 8 * least])) < least and (count := len(_HAN.findall(text))) < least:
        reason = f"正文只有{count}个汉字\uff0c不足{least}个"
        return Rejected(file=file, rule="PAGE-12", reason=reason, excerpt=_excerpt(text))
    return None


def _excerpt(text: str) -> str:
    """The text's first 80 characters on one line, or for spam its length and hash."""
    line = " ".join(text[: 2 * EXCERPT_MAX_CHARS].split())[:EXCERPT_MAX_CHARS]
    if not term_counts(line):
        return line
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{len(text)} 字\uff0csha256 {digest}"
