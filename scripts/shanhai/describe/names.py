"""Personal names: which strings are names, and lists of names out of a byline."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from shanhai.describe.vocabulary import any_of, publication_names, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES_MAX = 16
NAMES_MAX_CHARS = 120

_SEPARATOR = re.compile(r"[\s\u3001\uff0c,\uff1b;/\uff0f|\uff5c&\uff06]+")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]{2,4}")
_FOREIGN_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[\u00b7\u2022\u30fb][\u4e00-\u9fff]{1,8}){1,3}")
_OUTLET_ENDS = frozenset("报网社台刊")
_SIGNS = re.compile("[\uff1a:\uff08()\uff09]")
_BRACKETED = re.compile(r"[\uff08(][^\uff08\uff09()]*[\uff09)]")


def person(word: str) -> bool:
    """Whether the word has the shape of a Chinese name: a known surname and one or two characters, or a name with ·."""
    known = vocabulary()
    if word in known.words_not_names or word in known.anonymous:
        return False
    if not _HAN_NAME.fullmatch(word):
        return bool(_FOREIGN_NAME.fullmatch(word)) and word[-1] not in _OUTLET_ENDS
    if word[:2] in known.surnames.compound:
        return len(word) > 2
    return len(word) <= 3 and word[0] in _single_surnames()


def certain_person(word: str) -> bool:
    """Whether the word is a name even where nothing but its own characters says so."""
    surnames = vocabulary().surnames
    if len(word) == 2 and word[0] in surnames.word_like:
        return False
    given = word[2:] if word[:2] in surnames.compound else word[1:]
    return person(word) and all(sign in _given_characters() for sign in given)


def group(word: str) -> bool:
    """Whether the word names an office, a panel or another author that is no person."""
    return 4 < len(word) <= 24 and word.endswith(vocabulary().group_suffixes) and not _SIGNS.search(word)


def reporter(word: str) -> bool:
    """Whether a label such as 记者 or 供稿 may stand before the word."""
    return person(word) or group(word)


def author(word: str) -> bool:
    """Whether the label 作者 may stand before the word: any two to four Chinese characters pass."""
    return bool(_HAN_NAME.fullmatch(word)) or reporter(word)


def may_open_names(text: str) -> bool:
    """A cheap test: whether the text opens with a surname or a sign, or holds a role or a foreign name's dot."""
    first = text[:1]
    return first in _name_starts() or not "\u4e00" <= first <= "\u9fff" or not _marks_of_names().isdisjoint(text)


def names_in(text: str, accepts: Callable[[str], bool] = person) -> tuple[str, ...] | None:
    """The names that the text is a list of, without roles and offices in brackets; `None` where it is anything else.

    "何 乐" is one name, set wide. Words that name nobody (佚名) are left out.
    """
    if len(text) > NAMES_MAX_CHARS or (accepts in _STRICT and not may_open_names(text)):
        return None
    bare = _BRACKETED.sub(" ", text)
    bare = _closings().sub("", _roles().sub(" ", bare) if _role_words().search(bare) else bare)
    tokens = _join_wide_names([token for token in _SEPARATOR.split(bare) if token])
    anonymous = vocabulary().anonymous
    if not 0 < len(tokens) <= NAMES_MAX or not all(token in anonymous or accepts(token) for token in tokens):
        return None
    return tuple(dict.fromkeys(token for token in tokens if token not in anonymous))


_STRICT = (person, certain_person)


def role_pattern() -> str:
    """A pattern for a role before a name, with the paper's name or another prefix before it."""
    known = vocabulary()
    outlets = any_of((*publication_names(), *known.role_prefixes))
    unlisted = "\u300a[^\u300a\u300b]{2,12}\u300b|[\u4e00-\u9fff\u00b7]{1,10}(?:报|网|社|台|中心|客户端|频道)"
    return f"(?:(?:{outlets}|{unlisted})[\u00b7\\s]?)*(?:{any_of(known.roles)})"


@cache
def _roles() -> re.Pattern[str]:
    return re.compile(f"(?:{role_pattern()})[:\uff1a]?")


@cache
def _role_words() -> re.Pattern[str]:
    return re.compile(any_of(vocabulary().roles))


@cache
def _closings() -> re.Pattern[str]:
    return re.compile(f"(?<=\\S)\\s+(?:{any_of(vocabulary().role_closings)})\\s*$")


def _join_wide_names(tokens: list[str]) -> list[str]:
    """Names set wide as one: "何 乐", "张 小 明", "何 乐 李 明", "吴 小明"."""
    joined: list[str] = []
    run: list[str] = []
    for token in [*tokens, ""]:
        if len(token) == 1:
            run.append(token)
            continue
        if len(run) == 1 and len(token) == 2 and run[0] in _single_surnames() and not person(token):
            joined.append(run[0] + token)
        else:
            joined += [*_names_of_run(run), token]
        run = []
    return [token for token in joined if token]


def _names_of_run(run: list[str]) -> list[str]:
    if len(run) > 3 and len(run) % 2 == 0:
        return ["".join(pair) for pair in zip(run[::2], run[1::2], strict=True)]
    return ["".join(run)]


@cache
def _name_starts() -> frozenset[str]:
    words = (*vocabulary().surnames.compound, *vocabulary().anonymous)
    return _single_surnames() | frozenset(word[0] for word in words)


@cache
def _marks_of_names() -> frozenset[str]:
    return frozenset("\u00b7\u2022\u30fb" + "".join(word[-1] for word in vocabulary().roles))


@cache
def _single_surnames() -> frozenset[str]:
    return frozenset(vocabulary().surnames.single.replace(" ", ""))


@cache
def _given_characters() -> frozenset[str]:
    return frozenset(vocabulary().given_name_characters.replace(" ", ""))
