"""The name of the publication that an article comes from."""

from __future__ import annotations

import re
from functools import cache

from shanhai.describe.vocabulary import any_of, publication_names, publications, vocabulary

SHORT_NAME_CHARS = 3
"""A shorter name can hold no word such as 转自 beside it."""

_HOST = re.compile(r"(?:https?:)?//\S*|(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_QUOTED = re.compile(r"\u300a([^\u300a\u300b]{2,20})\u300b")
_EDGES = " \t\u3000\u00a0\"'“”‘’()\uff08\uff09[]【】:\uff1a,\uff0c;\uff1b、。.|\uff5c-—\uff0d"
_RELAY = re.compile(r"\s*(?:[-\u2014\uff0d]{1,2}|·|>)\s*")
_HAN_OR_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z]")


def source_name(text: str) -> str | None:
    """The publication's name out of what a source line says; `None` where it names none.

    Brackets, a word such as 转自 and 杂志 behind a title in 《》 go. Of "人民网-人民日报" the latter stays: the former
    relays it. A host or a word such as 本站 is no source.
    """
    bare = " ".join(_HOST.sub(" ", text).strip(_EDGES).split())
    if titles := _QUOTED.findall(bare):
        rest = _QUOTED.sub("", bare)
        return titles[0] if len(titles) == 1 and _is_dressing(rest) else _named(_plain_titles(bare))
    return _named(_ending().sub("", _opening().sub("", bare)) if len(bare) > SHORT_NAME_CHARS else bare)


def _is_dressing(rest: str) -> bool:
    """Whether nothing but words such as 杂志, 客户端, 原载, a relaying site or an edition stands beside the title."""
    bare = rest.strip(_EDGES)
    known = bare in publication_names() or bare in publications().relay_closings
    return not bare or known or bool(_dressing().fullmatch(bare))


def _plain_titles(text: str) -> str:
    return (
        _opening().sub("", re.sub(r"(?<=\u300b)杂志", "", text).replace("\u300b\u300a", "、")).translate(_TITLE_MARKS)
    )


_TITLE_MARKS = {ord("\u300a"): None, ord("\u300b"): None}


def _named(name: str) -> str | None:
    name = _behind_relay(name.strip(_EDGES))
    first_word = name.split(" ")[0]
    if first_word in publication_names():
        name = first_word  # what follows a known name on its line is a button or a remark
    if len(name) < 2 or name in vocabulary().anonymous or not _HAN_OR_LETTER.search(name):
        return None
    return name


def _behind_relay(name: str) -> str:
    """The last of several well-known names that relay one another, or the name as it is."""
    parts = [part for part in _RELAY.split(name) if part]
    return parts[-1] if len(parts) > 1 and parts[-1] in publication_names() else name


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"^(?:{any_of(publications().relay_words)})\s*[:\uff1a]?\s*")


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf"(?<=[报社网闻刊台端\u300b])(?:{any_of(publications().relay_closings)})$|(?<=[社网])电$")


@cache
def _dressing() -> re.Pattern[str]:
    edition = r"第?\s*\w{1,3}\s*版|第?\s*\d{1,3}\s*期|\d{4}年?"
    return re.compile(rf"(?:{any_of(publications().dressing)}|{edition}|[\s,\uff0c()\uff08\uff09])+")
