"""What stands around a place name: lists it is part of, and words that make it another name or a passing one."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from shanhai.annotate.first_characters import first_characters
from shanhai.annotate.place_words import words
from shanhai.annotate.placenames import NEAR_CHARS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shanhai.annotate.placenames import Hit

Kind: TypeAlias = Literal["institution", "other", "other_county", "dateline", "zone"]
"""What a name is a part of, by what follows it; see `followers` in `reference/place_words.yml`."""

KINDS: tuple[Kind, ...] = ("institution", "dateline", "zone", "other", "other_county")

Note: TypeAlias = Literal["list", "pass", "party"]
"""What the words behind places make of them: one of a list, passed over, a party to help."""

Before: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], bool]
"""The words with one last character that stand before a place that is passed over, and before a party; and whether the
character is a link between such a word and the place.
"""

Behind: TypeAlias = "tuple[tuple[Note, re.Pattern[str]], ...]"
"""What places may be by what stands behind them, if the expression fits there."""

T = TypeVar("T")

SHORT_TITLE_CHARS = 6
"""A title in 《》 whose place stands this near to both marks is a paper's or a work's."""

LIST_UNITS = 3
"""From this many units on a run of joined names is a list, and the names in it are passed over, not reported on."""

JOINERS = frozenset(["", "、", "和", "及", "与", "以及", "或"])

Listed: TypeAlias = Literal["", "some", "all"]
"""Whether a place is one of several in a list, and whether that is complete: 毕节、铜仁两市, but not 毕节、铜仁等市."""

Roles: TypeAlias = tuple[Listed, bool, bool]
"""Whether places are of a list, passed over, and a party to help."""

NO_ROLES: Roles = ("", False, False)


Run: TypeAlias = tuple[int, int, int]
"""Names joined by 、 or 和, or written one behind the other: the first and the last one's index, and how many of them
are joined by a word or mark.
"""


def runs(text: str, hits: Sequence[Hit]) -> tuple[dict[int, Run], set[int]]:
    """For each name that is joined to another the run of names that it stands in; and where two names meet."""
    joined: dict[int, Run] = {}
    joints: set[int] = set()
    first, last, units = 0, -1, 1
    for i in [i for i, ((_, end, _), (start, _, _)) in enumerate(pairwise(hits)) if start - end <= NEAR_CHARS]:
        end = hits[i][1]
        gap = text[end : hits[i + 1][0]]
        if gap not in JOINERS:
            continue
        if last != i:
            if last >= 0:
                _join(joined, (first, last, units))
            first, units = i, 1
        last = i + 1
        if gap:
            units += 1
        else:
            joints.add(end)
    if last >= 0:
        _join(joined, (first, last, units))
    return joined, joints


def _join(joined: dict[int, Run], run: Run) -> None:
    first, last, _ = run
    joined[first] = run
    for i in range(first + 1, last + 1):
        joined[i] = run


def zone_end(text: str, end: int) -> int:
    """Where the zone of a unit ends whose name ends at `end`: 扬州|经济技术开发区."""
    match = _zone().match(text, end)
    return match.end() if match else end


def is_agency_s(text: str, start: int) -> bool:
    """Whether the name at `start` is a dateline's: 新华社北京."""
    return text.endswith(_agencies()[1], 0, start)


def title_starts(text: str) -> set[int]:
    """Where a name may start that stands near behind a 《."""
    starts: set[int] = set()
    at = text.find("《")
    while at >= 0:
        starts.update(range(at + 1, at + 1 + SHORT_TITLE_CHARS))
        at = text.find("《", at + 1)
    return starts


def is_in_short_title(text: str, start: int, end: int) -> bool:
    """Whether the name is a paper's or a work's: 《今日浙江》."""
    opened = text.rfind("《", max(start - SHORT_TITLE_CHARS, 0), start)
    if opened < 0 or text.find("》", opened, start) >= 0:
        return False
    return text.find("》", end, end + SHORT_TITLE_CHARS) >= 0


def is_counted(text: str, end: int) -> bool:
    """Whether a number of units follows: 嵩县等14个县, 西吉、海原两县."""
    return _follows("list_count", text, end)


def roles(text: str, start: int, end: int, before: Before | None, behind: Behind) -> Roles:
    """Whether the places from `start` to `end` are of a list, passed over, and a party to help.

    Passed over are a market that the text sends to, a home town, a neighbour: 远销到上海; a party is whom the words
    beside it call so: 对口帮扶兰考县. `before` and `behind` are what `role_words` has for the characters beside them.
    """
    listed: Listed = ""
    passing = party = False
    if before:
        passing_words, party_words, is_link = before
        passing, party = text.endswith(passing_words, 0, start), text.endswith(party_words, 0, start)
        if is_link and not passing and (linked := _words_before().get(text[start - 2])):
            passing = text.endswith(linked[0], 0, start - 1)
    for note, pattern in behind:
        if pattern.match(text, end):
            passing, party = passing or note == "pass", party or note == "party"
            if note == "list":
                listed = "some" if listed or text[end] == "等" else "all"
    return listed, passing, party


def role_words() -> tuple[Mapping[str, Before], Mapping[str, Behind]]:
    """By the character before places, and by the one behind, what gives them a role; no other character does."""
    return _words_before(), _notes_behind()


@cache
def _notes_behind() -> Mapping[str, Behind]:
    """By the character behind places what they may be, if the expression fits there."""
    notes: tuple[tuple[Note, str], ...] = (
        ("list", "list_places"),
        ("list", "list_count"),
        ("pass", "passing_after"),
        ("party", "party_after"),
    )
    return _by_first((note, *_after(name)) for note, name in notes)


@cache
def signs() -> tuple[frozenset[str], frozenset[str]]:
    """The characters with which what follows a name can begin, and those with which an agency's name ends."""
    return frozenset().union(*(first for kind in KINDS for _, first in _followers_of(kind))), _agencies()[0]


class _Followers(dict[str, "re.Pattern[str]"]):
    """What may follow a name, by the first of `signs` that it begins with, made when one is first met.

    A match's last group has the kind as its name; the first kind that fits, in the order of `KINDS`, is the one.
    """

    def __missing__(self, char: str) -> re.Pattern[str]:
        groups = [f"(?P<{kind}>{'|'.join(fitting)})" for kind in KINDS if (fitting := _beginning_with(char, kind))]
        self[char] = re.compile("|".join(groups))
        return self[char]


@cache
def followers() -> Mapping[str, re.Pattern[str]]:
    """What may follow a name, by the first of `signs` that it begins with; a match's last group is a `Kind`'s."""
    return _Followers()


def _beginning_with(char: str, kind: Kind) -> list[str]:
    """The expressions of a kind that may begin with the character."""
    return [entry for entry, first in _followers_of(kind) if char in first]


def is_pair_s(text: str, start: int, end: int) -> bool:
    """Whether two characters are the name of a pair: 闽宁协作, but not 复苏青春."""
    apart = not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
    return apart or _follows("pair_after", text, end)


def _follows(name: str, text: str, end: int) -> bool:
    chars, pattern = _after(name)
    return text[end : end + 1] in chars and pattern.match(text, end) is not None


@cache
def _after(name: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """The characters that an entry's expressions begin with, and the expressions as one."""
    entries: tuple[str, ...] = getattr(words(), name)
    expression = "|".join(entries)
    return first_characters(expression), re.compile(expression)


@cache
def _zone() -> re.Pattern[str]:
    return re.compile("|".join(words().followers["zone"]))


@cache
def _followers_of(kind: Kind) -> tuple[tuple[str, frozenset[str]], ...]:
    """The expressions of a kind, each with the characters that it begins with."""
    entries = words().followers[kind]
    if kind == "institution":
        heads = "|".join(words().institution_heads)
        entries = (*entries, f"(?:[省市]|{heads})(?:{heads})*(?:{'|'.join(entries)})")
    return tuple((entry, first_characters(entry)) for entry in entries)


def _by_first(
    known: Iterable[tuple[T, frozenset[str], re.Pattern[str]]],
) -> Mapping[str, tuple[tuple[T, re.Pattern[str]], ...]]:
    found: dict[str, list[tuple[T, re.Pattern[str]]]] = {}
    for what, chars, pattern in known:
        for char in chars:
            found.setdefault(char, []).append((what, pattern))
    return {char: tuple(of_char) for char, of_char in found.items()}


@cache
def _agencies() -> tuple[frozenset[str], tuple[str, ...]]:
    return frozenset(name[-1] for name in words().agencies), words().agencies


@cache
def _words_before() -> Mapping[str, Before]:
    """By its last character what stands before a place that is passed over and before a party; and if it is a link."""
    passing, party, links = words().passing_before, words().party_before, words().passing_links
    last = {*links, *(word[-1] for word in passing + party)}
    return {char: (_ending_in(char, passing), _ending_in(char, party), char in links) for char in last}


def _ending_in(char: str, entries: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in entries if word[-1] == char)
