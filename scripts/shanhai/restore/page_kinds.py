"""Pages that are no article of the archive: set aside by what they are, with the features that say so.

In doubt a page stays. A look at a sample decides which kinds are worth a closer look, so that an ordinary article
costs next to nothing; each kind then has features and thresholds of its own (reference/page_kinds.yml).
"""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from itertools import compress, pairwise
from typing import TYPE_CHECKING

from shanhai.records import Rejected
from shanhai.restore.characters import HAN
from shanhai.restore.page_features import (
    chinese_prose,
    distinct,
    han_of,
    is_sentence,
    lines_of,
    prose_han,
    script_shares,
    sentences_of,
)
from shanhai.restore.page_words import page_kinds, sampled_kinds
from shanhai.restore.spam import spam_terms

if TYPE_CHECKING:
    from collections.abc import Callable

    from shanhai.records import RestoredArticle

COMMA, COLON = "\uff0c", "\uff1a"

_CODE_LINE = re.compile(
    r"[{};]\s*$|^\s*(?://|/\*|\*/|#include|#!|import\s+\w|from\s+\w+\s+import|def\s|class\s|function\b|var\s|let\s|const\s"
    r"|return\b|if\s*\(|else\b|for\s*\(|while\s*\(|SELECT\s|INSERT\s|CREATE\s|@\w+|\.[\w-]+\s*\{|</?\w+|\$\(|\w+\s*=\s*\S|\w+\(.*\)$)"
)
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f]+")
_OTHER_WORD = re.compile(r"[^\W\d_A-Za-z\u00c0-\u024f\u2e80-\u9fff\uf900-\ufaff\u3041-\u30ff\uac00-\ud7a3]+")
_DATE_OR_BREAK = re.compile(r"\n|(?<!\d)(?:(?:19|20)?\d\d[-./年])?\d{1,2}[-./月]\d{1,2}日?(?!\d)")
_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
_CHAPTER = re.compile("^第[〇零一二三四五六七八九十百千两\\d]{1,6}[章回节卷](?:[\\s\uff1a:]|$).{0,30}$", re.MULTILINE)
_ARTICLE_OF_LAW = re.compile("第[〇零一二三四五六七八九十百\\d]{1,4}条")
_SPEECH = re.compile("“[^”\n]{2,}”|「[^」\n]{2,}」")
_PRICE = re.compile(r"[¥\uffe5]\s*\d|\d+(?:\.\d+)?\s*元(?!/?[年月人])")
_TOKENS = re.compile(r"[\s_|,\uff0c;\uff1b/\uff5c·-]+")


def why_set_aside(restored: RestoredArticle) -> Rejected | None:
    """The reason why the page is no article (PAGE-03 to PAGE-10), or `None` for a page that stays.

    The record's excerpt is the text's length and hash only, as the words of such pages may be spam.
    """
    text = restored.text
    for kind in _suspected(text):
        if features := _JUDGES[kind](text):
            return _rejected(restored, page_kinds().kinds[kind].rule, features)
    return None


def _suspected(text: str) -> list[str]:
    """The kinds worth a closer look, in the order in which they are judged."""
    known = page_kinds()
    sample, found = known.sample, sampled_kinds(text)
    share, kana = script_shares(text, sample.stride_chars)
    few_stops = (text.count("。") - 1) * sample.chars_per_stop < len(text)
    little_news = found["news"] < sample.news_kinds
    hits, no_news = sample.hits, found["news"] < known.novel.news_kinds
    reasons = (  # one for each judge, in their order
        share < sample.han_share,
        share < sample.han_share or kana >= sample.kana_share,
        len(text) < 4 * known.error.max_han and found["error"] >= hits["error"],
        found["spam"] >= hits["spam"],
        few_stops,
        few_stops,
        no_news and (found["fiction"] >= hits["fiction"] or little_news),
        found["shop"] >= hits["shop"],
    )
    return list(compress(_JUDGES, reasons)) if any(reasons) else []


def _language(text: str) -> str | None:
    """Another language than Chinese, unless there is Chinese prose beside it."""
    bounds = page_kinds().language
    if chinese_prose(text):
        return None
    han, kana, hangul = (len(pattern.findall(text)) for pattern in (_HAN, _KANA, _HANGUL))
    if kana >= bounds.kana_min and kana >= bounds.kana_share * (kana + han):
        return f"主要是日文{COMMA}假名 {kana} 个"
    if hangul >= bounds.hangul_min and hangul > han:
        return f"主要是韩文{COMMA}谚文 {hangul} 个"
    latin, other = len(_LATIN_WORD.findall(text)), len(_OTHER_WORD.findall(text))
    words = latin + other
    if not words or han >= bounds.han_share * (han + words):
        return None
    name = bounds.names["latin" if latin >= other else "other"]
    return f"主要是{name}{COMMA}汉字 {han} 个{COMMA}外文 {words} 词"


def _code(text: str) -> str | None:
    """Program text, unless there is Chinese prose beside it."""
    bounds = page_kinds().code
    lines = lines_of(text)
    code = [line for line in lines if _CODE_LINE.search(line)]
    total, inside = sum(map(len, lines)), sum(map(len, code))
    if len(code) < bounds.min_lines or inside < bounds.share * total or chinese_prose(text):
        return None
    return f"主要是程序代码{COMMA}{len(code)} 行{COMMA}占 {inside * 100 // total}%"


def _error(text: str) -> str | None:
    """A server's own page: missing page, login, captcha, redirection."""
    bounds = page_kinds().error
    han = len(han_of(text))
    if han > bounds.max_han or _DAY.search(text) or len(distinct(text, page_kinds().news)) >= bounds.news_kinds:
        return None
    lines = lines_of(text)
    telling = [line for line in lines if any(phrase in line for phrase in bounds.phrases)]
    for line in lines:
        if line not in telling and is_sentence(line) and len(han_of(line)) >= bounds.other_sentence_han:
            return None
    found = distinct(text, bounds.phrases)
    kinds = [one for one in found if not any(one in other for other in found if other != one)]
    share = sum(map(len, telling)) / max(sum(map(len, lines)), 1)
    if len(kinds) < bounds.kinds or share < bounds.line_share:
        return None
    return f"是出错、登录或验证页面{COMMA}见“{kinds[0]}”“{kinds[1]}”"


def _brand(text: str) -> str | None:
    """A brand in place of the words that the page was about."""
    bounds = page_kinds().brand
    sentences = [one for one in sentences_of(text) if len(han_of(one)) >= 8]
    hits = Counter[str]()
    struck = 0
    for sentence in sentences:
        found = spam_terms().find_matches_as_strings(sentence.lower())
        hits.update(found)
        struck += bool(found)
    if struck < bounds.sentences or struck < bounds.sentence_share * len(sentences):
        return None
    if max(hits.values()) < bounds.one_brand_share * hits.total() or distinct(text, bounds.report_words):
        return None
    if len(distinct(text, page_kinds().news)) >= bounds.news_kinds:
        return None
    return f"原文的词被广告语替换{COMMA}{len(sentences)} 句中有 {struck} 句"


def _links(text: str) -> str | None:
    """Headlines with dates, and next to no prose."""
    bounds = page_kinds().links
    pieces = [piece for piece in (one.strip(" \t()\uff08\uff09[]") for one in _DATE_OR_BREAK.split(text)) if piece]
    titles = [one for one in pieces if bounds.line_min_chars <= len(one) <= bounds.line_max_chars and "。" not in one]
    if len(pieces) < bounds.min_lines or len(titles) < bounds.title_share * len(pieces):
        return None
    dates = sum(match[0] != "\n" for match in _DATE_OR_BREAK.finditer(text))
    if dates < bounds.dated_share * len(pieces) or prose_han(text) >= page_kinds().prose.article_han:
        return None
    return f"是标题列表{COMMA}标题 {len(titles)} 条{COMMA}日期 {dates} 处{COMMA}没有正文"


def _stub(text: str) -> str | None:
    """Keywords side by side."""
    bounds = page_kinds().stub
    tokens = [token for token in _TOKENS.split(text) if token]
    han = han_of(text)
    if len(tokens) < bounds.min_tokens or len(text) > bounds.token_max_chars * len(tokens) or not han:
        return None
    numbers = sum(any(map(str.isdigit, token)) for token in tokens)
    if numbers > bounds.number_share * len(tokens) or len(tokens) < bounds.tokens_per_line * len(lines_of(text)):
        return None
    if sum(map(han.count, bounds.function_words)) > bounds.function_share * len(han):
        return None
    if any("。" in line and not set(bounds.function_words).isdisjoint(line) for line in lines_of(text)):
        return None
    pieces = Counter(a + b for token in tokens for a, b in pairwise(token))
    repeated = sum(count for count in pieces.values() if count > 1)
    if repeated < bounds.repeated_share * max(pieces.total(), 1):
        return None
    return f"是关键词堆砌{COMMA}{len(tokens)} 个词{COMMA}没有句子"


def _novel(text: str) -> str | None:
    """Fiction: chapters, dialogue, words of fiction, and no news."""
    bounds = page_kinds().novel
    if len(distinct(text, page_kinds().news)) >= bounds.news_kinds:
        return None
    if len(distinct(text, bounds.article_words)) >= bounds.article_kinds:
        return None
    chapters = 0 if _ARTICLE_OF_LAW.search(text) else len(_CHAPTER.findall(text))
    phrases = len(distinct(text, bounds.site_phrases))
    fiction = len(distinct(text, bounds.words))
    spoken = sum(len(match[0]) for match in _SPEECH.finditer(text)) / max(len(text), 1)
    points = bounds.chapter * (chapters > 0) + bounds.chapters * (chapters > 2) + bounds.site_phrase * (phrases > 0)
    points += bounds.dialogue * (spoken >= bounds.dialogue_share)
    points += bounds.much_dialogue * (spoken >= bounds.much_dialogue_share)
    points += bounds.fiction * (fiction >= bounds.fiction_kinds)
    points += bounds.much_fiction * (fiction >= 2 * bounds.fiction_kinds)
    if points < bounds.points:
        return None
    return f"像小说{COLON}章节标题 {chapters} 处{COMMA}对话占 {spoken:.0%}{COMMA}小说用语 {fiction + phrases} 种"


def _shop(text: str) -> str | None:
    """Goods and prices instead of prose."""
    bounds = page_kinds().shop
    words, prices = len(distinct(text, bounds.words)), len(_PRICE.findall(text))
    prose, han = prose_han(text), len(han_of(text))
    if words < bounds.kinds or prices < bounds.prices or prose >= min(bounds.prose_share * han, bounds.prose_han):
        return None
    return f"是商品页面{COMMA}购物用语 {words} 种{COMMA}价格 {prices} 处"


_JUDGES: dict[str, Callable[[str], str | None]] = {
    "code": _code,
    "language": _language,
    "error": _error,
    "brand": _brand,
    "links": _links,
    "stub": _stub,
    "novel": _novel,
    "shop": _shop,
}


def _rejected(restored: RestoredArticle, rule: str, reason: str) -> Rejected:
    digest = sha256(restored.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    excerpt = f"{len(restored.text)} 字{COMMA}sha256 {digest}"
    return Rejected(file=restored.raw.file, rule=rule, reason=reason, excerpt=excerpt)
