"""Names of organisations in a sentence: hospitals, schools, companies, associations, institutes, authorities, parties.

A name is read back from its ending to the place that it begins with, or to the word before it; one that names nobody
in particular (县医院, 三家企业) is none.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

import ahocorasick_rs
import msgspec
import rjieba

from shanhai import reference
from shanhai.records import OrganisationKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from shanhai.annotate.gazetteer import Unit
    from shanhai.annotate.slots import Span

LONGEST_NAME_CHARS = 24
"""Longer than nearly all registered names; beyond it a clause was read as a name."""

SHORTEST_STEM_CHARS = 2
"""What is left of a name without its ending."""

LONGEST_LINK_CHARS = 8
"""What may stand between two endings of one name: 南京师范大学附属中学, 浙江大学医学院附属第一医院."""

KINDS_OF_UNITS = "省市县区州旗盟"
MEASURES = "家所个名批"
COUNTED = re.compile("[0-9一二两三四五六七八九十百几多数]+余?[家所个名批]?")
NAME_CHARS = re.compile(r"[一-鿿0-9A-Za-z·\uff08\uff09“”]+$")


class OrganisationForms(msgspec.Struct, frozen=True):
    """Ways to say one kind of thing about an organisation and a place."""

    score: float
    forms: tuple[str, ...]


class OrganisationWords(msgspec.Struct, frozen=True):
    """The whole of `reference/organisation_words.yml`."""

    heads: dict[OrganisationKind, tuple[str, ...]]
    known: dict[OrganisationKind, tuple[str, ...]]
    parties: tuple[str, ...]
    party_branch: str
    stops: frozenset[str]
    generic: frozenset[str]
    registered: tuple[str, ...]
    local_kinds: frozenset[str]
    local_schools: tuple[str, ...]
    placeless: frozenset[str]
    numbered: frozenset[str]
    forms: dict[str, OrganisationForms]
    unsaid: str


class Name(NamedTuple):
    """`text[start:end]` names an organisation; `place` is the unit that the name begins with, up to `place_end`."""

    start: int
    end: int
    kind: OrganisationKind
    place: Unit | None
    place_end: int = 0


@cache
def words() -> OrganisationWords:
    """The words and forms of the rules for organisations."""
    return reference.load("organisation_words.yml", OrganisationWords)


def endings_in() -> Callable[[str], Sequence[tuple[int, int, int]]]:
    """What finds the endings of names in a sentence; without any, it names no organisation."""
    return _heads()[0].find_matches_as_indexes


def names(
    text: str, bounds: tuple[int, int], spans: Sequence[Span], endings: Sequence[tuple[int, int, int]]
) -> list[Name]:
    """The organisations that a sentence names, in its order; `spans` are its places, `endings` by `endings_in`."""
    found: list[Name] = []
    start, end = bounds
    heads = _heads()[1]
    for index, first, last in endings:
        head = _Head(start + first, start + last, *heads[index])
        floor = found[-1].end if found else start
        if text[head.end : head.end + 1] in _cut_after(head.text):
            continue
        if found and _is_one_name(text[floor : head.start]):
            found[-1] = found[-1]._replace(end=head.end, kind=head.kind)
        elif name := _whole(text, head, end) or _name(text, head, floor, spans):
            found.append(name)
    return found


def is_local(text: str, name: Name) -> bool:
    """Whether the place that a name begins with is where the body belongs.

    A full name says so (青岛市农业科学院), a short one only of hospitals, authorities, schools and registered
    companies: 北京银行 is not of 北京.
    """
    known = words()
    if text[name.place_end - 1] in KINDS_OF_UNITS:
        return True
    return name.kind in known.local_kinds or text[name.start : name.end].endswith(
        (*known.registered, *known.local_schools)
    )


class _Head(NamedTuple):
    """An ending of a name, or a name that is known as a whole, or the beginning of a party's branch."""

    start: int
    end: int
    text: str
    kind: OrganisationKind
    form: Literal["ending", "whole", "branch"]


def _whole(text: str, head: _Head, end: int) -> Name | None:
    if head.form == "whole":
        return Name(head.start, head.end, head.kind, None)
    branch = _branch().match(text, head.start, end) if head.form == "branch" else None
    return Name(head.start, branch.end(), head.kind, None) if branch else None


def _name(text: str, head: _Head, floor: int, spans: Sequence[Span]) -> Name | None:
    if head.form != "ending":
        return None
    lowest = max(floor, head.start - LONGEST_NAME_CHARS)
    before = NAME_CHARS.search(text, lowest, head.start)
    if before is None:
        return None
    inside = [span for span in spans if before.start() <= span.start and span.end <= head.start]
    stem_start, start = before.start(), before.start()
    if inside:
        start, stem_start = inside[-1].start, inside[-1].end
    tokens = rjieba.cut(text[stem_start : head.start])
    own = [*_own_tokens(tokens)]
    place = inside[-1].unit if inside and len(own) == len(tokens) else None
    if place is None:
        start = head.start - sum(map(len, own))
    if not _is_particular(own, place, head.text):
        return None
    return Name(start, head.end, head.kind, place, stem_start)


def _own_tokens(tokens: Sequence[str]) -> Iterator[str]:
    """The words of the name, from its ending back to the word before it."""
    stops = words().stops
    own: list[str] = []
    for token in reversed(tokens):
        if token in stops:
            break
        own.append(token)
    yield from reversed(own)


def _is_one_name(gap: str) -> bool:
    """Whether what stands between two endings makes them one name."""
    if not gap or len(gap) > LONGEST_LINK_CHARS or NAME_CHARS.fullmatch(gap) is None:
        return not gap
    return words().stops.isdisjoint(rjieba.cut(gap))


def _is_particular(own: Sequence[str], place: Unit | None, head: str) -> bool:
    generic = words().generic
    particular = [token for token in own if token not in generic and not COUNTED.fullmatch(token)]
    if place is not None:
        return bool(particular) or head not in words().placeless
    if own and (own[0] in generic or COUNTED.fullmatch(own[0]) or own[-1][-1] in MEASURES):
        return False
    return bool(particular) and len("".join(own)) >= SHORTEST_STEM_CHARS


def _cut_after(head: str) -> str:
    """What follows an ending that is a part of another word: 学院路, 中学生, 集团军, 公司化."""
    if head in words().numbered:
        return "学心医部央等小"
    return "路业" if head[-1] == "行" else "路生军化式里长"


@cache
def _heads() -> tuple[
    ahocorasick_rs.AhoCorasick, list[tuple[str, OrganisationKind, Literal["ending", "whole", "branch"]]]
]:
    """One automaton of all endings and known names, what starts first and then what is longer."""
    known = words()
    heads: list[tuple[str, OrganisationKind, Literal["ending", "whole", "branch"]]] = []
    for kind, endings in known.heads.items():
        heads += [(ending, kind, "ending") for ending in endings]
    for kind, whole in known.known.items():
        heads += [(name, kind, "whole") for name in whole]
    heads += [(party, "party", "branch") for party in known.parties]
    longest = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick([head for head, _, _ in heads], matchkind=longest), heads


@cache
def _branch() -> re.Pattern[str]:
    return re.compile(words().party_branch)
