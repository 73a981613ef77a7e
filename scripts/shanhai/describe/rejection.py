"""Why a text is no article."""

from __future__ import annotations

import re

from shanhai.describe.vocabulary import limits
from shanhai.records import Rejected

EXCERPT_MAX_CHARS = 80

_HAN = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]")
_SENTENCE_END = re.compile("[\u4e00-\u9fff”’\uff09\u300b%\\d][。\uff01\uff1f…]")


def why_no_article(file: str, text: str) -> Rejected | None:
    """A rejection for a text without a sentence or with fewer than 60 Chinese characters, else `None`."""
    least = limits().article_min_han
    if not _SENTENCE_END.search(text):
        return _rejected(file, text, "PAGE-11", "没有一个完整的句子")
    if len(_HAN.findall(text[: 8 * least])) < least and (count := len(_HAN.findall(text))) < least:
        return _rejected(file, text, "PAGE-12", f"正文只有{count}个汉字，不足{least}个")
    return None


def _rejected(file: str, text: str, rule: str, reason: str) -> Rejected:
    return Rejected(
        file=file, rule=rule, reason=reason, excerpt=" ".join(text[: 2 * EXCERPT_MAX_CHARS].split())[:EXCERPT_MAX_CHARS]
    )
