"""The make of a short line: numbered, quoted, a place with a motto, a caption, a note, or plain."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

from shanhai.describe.vocabulary import any_of, limits, vocabulary

_CHINESE_NUMBER = "[一二三四五六七八九十百]{1,4}"
_CHAPTER = re.compile(
    rf"第{_CHINESE_NUMBER}[章节编篇部]|{_CHINESE_NUMBER}\s?[、\uff0e.]|[之其]{_CHINESE_NUMBER}[、\uff1a:\s]"
)
_SECTION = re.compile(rf"[\uff08(]{_CHINESE_NUMBER}[\uff09)]")
_ITEM = re.compile(
    r"(?:[\uff08(]?\d{1,2}(?:[\uff09)]|[.、\uff0e](?!\d))|[\u2460-\u2473\u2776-\u277f]|[Pp][Aa][Rr][Tt]\.?\s?\d{1,2}|0\d(?=[\s\u4e00-\u9fff]))"
)
_QUOTED = re.compile("“[^“”]+”|‘[^‘’]+’|「[^「」]+」")
_PLACE_MOTTO = re.compile("[\u4e00-\u9fff]{2,9}[\uff1a:]\\s*\\S{4,}")
_BRACKETS = {"\uff08": "\uff09", "(": ")", "【": "】", "[": "]", "\u3014": "\u3015"}
_FIGURE = re.compile("图\\s?(?:\\d{1,2}|[一二三四五六七八九十①-⑩])\\s?[\uff1a:、\\s]")


class Shape(Enum):
    """How a heading is made; headings of one rank share it."""

    NUMBERED = "numbered"
    QUOTED = "quoted"
    PLACE_MOTTO = "place and motto"
    PLAIN = "plain"


def shape_of(content: str) -> Shape:
    """The make of the line."""
    if number_rank(content):
        return Shape.NUMBERED
    if _QUOTED.fullmatch(content):
        return Shape.QUOTED
    return Shape.PLACE_MOTTO if _PLACE_MOTTO.fullmatch(content) else Shape.PLAIN


def number_rank(content: str) -> int:
    """1 for 一、 or 第一章, 2 for (一), 3 for 1. or ①, 0 for a line without a number."""
    if content[0] not in _NUMBER_STARTS:
        return 0
    for rank, pattern in ((1, _CHAPTER), (2, _SECTION), (3, _ITEM)):
        if pattern.match(content):
            return rank
    return 0


_NUMBER_STARTS = frozenset("第一二三四五六七八九十百之其\uff08(0123456789Pp") | {
    chr(code) for code in (*range(0x2460, 0x2474), *range(0x2776, 0x2780))
}


def quoted(content: str) -> bool:
    """Whether the whole line is one quotation."""
    return bool(_QUOTED.fullmatch(content))


def section_label(content: str) -> bool:
    """Whether the line is a fixed word over a section, such as 核心阅读."""
    return len(content) <= 16 and content.strip(" 【】[]\uff1a:■◆●□") in vocabulary().section_labels


def is_caption(content: str) -> bool:
    """Whether the line says itself that it is a photo's caption or credit."""
    first, last = content[0] in _opening_starts(), content[-1] in _credit_ends()
    if not (first or last) or len(content) > limits().caption_max_chars or content.count("。") > 2:
        return False
    opens = first and (_opening().match(content) or _FIGURE.match(content))
    return bool(opens or (last and _credit().search(content)))


def is_note(content: str) -> bool:
    """Whether the line is a note: wholly in brackets, or opening with a word such as 注 or 作者系."""
    close = _BRACKETS.get(content[0])
    if close:
        return content[-1] == close and _closes_at_end(content, content[0], close) and not number_rank(content)
    return content[0] in _note_starts() and bool(_note().match(content))


def _closes_at_end(content: str, opening: str, close: str) -> bool:
    depth = 0
    for position, sign in enumerate(content):
        depth += (sign == opening) - (sign == close)
        if depth == 0:
            return position == len(content) - 1
    return False


@cache
def _opening_starts() -> frozenset[str]:
    words = vocabulary().captions
    return frozenset("\uff08(【图" + "".join(word[0] for word in (*words.openings, *words.credit_labels)))


@cache
def _credit_ends() -> frozenset[str]:
    return frozenset(")\uff09】发 \u3000" + "".join(word[-1] for word in vocabulary().captions.closings))


@cache
def _opening() -> re.Pattern[str]:
    words = vocabulary().captions
    return re.compile(rf"[\uff08(【]?(?:{any_of(words.openings)}|(?:{any_of(words.credit_labels)})\s*[\uff1a:/])")


@cache
def _credit() -> re.Pattern[str]:
    """A credit at the end: (图片来源:新华社), (张三 摄), 新华社记者 张三摄, 张三 供图."""
    words = vocabulary().captions
    closings = any_of(word for word in words.closings if len(word) > 1 or word == "摄")
    inside = r"[^\uff08\uff09()]"
    return re.compile(
        rf"[\uff08(【](?:{inside}{{0,8}}(?:{any_of(words.credit_labels)})\s*[\uff1a:]{inside}{{1,40}}"
        rf"|{inside}{{0,30}}(?:{any_of(words.closings)}))[\uff09)】]\s*$"
        rf"|[\s。](?:[\u4e00-\u9fff]{{2,12}}[\s/]?)?(?:[\u4e00-\u9fff]{{2,4}}\s?)(?:{closings})$"
        rf"|(?:记者|通讯员)\s?[\u4e00-\u9fff]{{2,4}}\s?(?:{closings})$"
        rf"|[\s。](?:新华社|中新社)发(?:[\uff08(]{inside}{{2,14}}[\uff09)])?$"
    )


@cache
def _note_starts() -> frozenset[str]:
    return frozenset(word[0] for word in vocabulary().notes.openings)


@cache
def _note() -> re.Pattern[str]:
    notes = vocabulary().notes
    whole = (*notes.author_openings, *(word for word in notes.openings if word.startswith("本文")))
    labels = any_of(word for word in notes.openings if word not in whole)
    return re.compile(rf"(?:{any_of(whole)})|(?:{labels})\s?\d{{0,2}}\s?[\uff1a:]")
