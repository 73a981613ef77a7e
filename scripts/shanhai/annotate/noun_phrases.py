"""The noun phrases beside a number, in front of it and behind it, within the clause."""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

from shanhai.annotate import figure_words
from shanhai.annotate.figure_words import any_of, branches

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from shanhai.annotate.quantity import Quantity

SHORTEST_PHRASE_CHARS = 2
MOST_COORDINATED_CHARS = 10
MOST_LISTED_CHARS = 6
SHARE_CHARS = 5
MOST_DOER_CHARS = 4
SHARE = "占"
BREAKS = "\uff0c。\uff1b\uff1a、\uff01\uff1f\uff08\uff09《》〈〉—…,;:!?()\n\t ■●▲◆|"
CLAUSE_BREAK = re.compile("[\uff0c。\uff1b\uff1a\uff01\uff1f,;:!?\n]")
COUNTED_PEOPLE = frozenset(("户", "人"))
CLOSED_BY = {"“": "”", "‘": "’", "「": "」", "『": "』"}

_DATE = re.compile("(?:[一二三四五六七八九十]+|上半|下半|[今去前明当])[年月日]")
_DATE_STARTS = frozenset("一二三四五六七八九十上下今去前明当")
_DATE_REST = re.compile("[年月日][底末初]?(?:前|后)?")
_COORDINATED = frozenset(("和", "及", "、"))
_COMMAS = frozenset((",", "\uff0c"))
_CLOSING_BRACKETS = frozenset((")", "\uff09"))
_NOT_BEHIND_NAME = frozenset("籍式产人型版牌系户民")


class Neighbours:
    """Answers which noun phrases stand beside the numbers of one text.

    `names` maps the start of a place's name to its end: no phrase begins with one, for a figure has a place besides.
    """

    def __init__(self, text: str, names: Mapping[int, int]) -> None:
        self._text = text
        self._names = names
        self._name_ends = set(names.values())
        self._expressions = known = expressions()
        self._not_plain = known.not_plain
        # Both fit nothing, too: there always is a match.
        self._match_behind = cast("Callable[..., re.Match[str]]", known.noun_behind.match)
        self._match_before = cast("Callable[..., re.Match[str]]", known.noun_before.match)
        self._skip_ends = known.link_ends | _CLOSING_BRACKETS
        self._verbs = known.verbs
        self._window = figure_words.units().label.window_chars

    def behind(self, one: Quantity) -> str:
        """The noun phrase behind a number, "" where none begins there."""
        end = one[1]
        rest = self._text[end : end + self._window]
        if not rest or rest[0] in self._not_plain or end in self._names:
            return self._led_up_to(one)
        noun = rest[: self._match_behind(rest).end()]
        return (head(noun) if "的" in noun else noun).strip()

    def _led_up_to(self, one: Quantity) -> str:
        """The noun phrase behind a number and words that lead up to it: 以上的, a place, a quotation mark."""
        text, known, end = self._text, self._expressions, one.end
        following = text[end : end + 1]
        if following in BREAKS or (following == "的" and one.unit in COUNTED_PEOPLE):
            return ""
        limit = end + self._window
        at = end_of(known.skips, text, end, limit) if following in known.skip_starts else end
        if text[at : at + 1] in CLOSED_BY:
            return "" if one.unit in COUNTED_PEOPLE else self._quoted(at, limit)
        at = self.behind_name(at)
        noun = text[at : end_of(known.noun_behind, text, at, limit)]
        return (head(noun) if "的" in noun else noun).strip()

    def _quoted(self, at: int, limit: int) -> str:
        text = self._text
        closed = text.find(CLOSED_BY[text[at]], at, limit)
        if closed < 0:
            return ""
        noun = text[closed + 1 : end_of(self._expressions.noun_behind, text, closed + 1, limit)]
        whole = text[at : closed + 1] + noun
        return whole if len(whole) <= figure_words.units().label.most_chars else noun or whole[1:-1]

    def before(self, start: int, begin: int, *, of_change: bool = False) -> tuple[str, str]:
        """The noun phrase between `begin` and `start`, and the verb that it stands behind; "" where there is none."""
        text, names = self._text, self._names
        since = max(begin, start - self._window)
        back = text[since:start][::-1]
        at = _skipped(back, self._expressions) if back[:1] in self._skip_ends else 0
        end = self._match_before(back, at).end()
        mark = back[end : end + 1]
        if of_change or end <= at + 1 or mark.isdecimal():
            end, at = _from(back, at, end)
            mark = back[end : end + 1]
        begun = start - end
        if mark in _COORDINATED:
            both = start - _coordinated(back, at, end)
            begun = begun if both in names else both
        if begun in names:
            begun = self.behind_name(begun)
        until = start - at
        noun = text[begun : self._before_name(begun, until) if until in self._name_ends else until].strip()
        verb = _verb(back, end, self._verbs[mark]) if mark in self._verbs else ""
        if noun and noun[0] in _DATE_STARTS:
            noun = noun[end_of(_DATE, noun, 0) :]
        if not noun:
            if not verb and at and back[at : at + 1] in _COMMAS:
                return self.before(start - at - 1, since)
            return _without_noun(back, end, verb)
        if not verb and SHARE in back and SHARE in back[end : end + SHARE_CHARS]:
            return noun, SHARE if CLAUSE_BREAK.search(back, end, end + SHARE_CHARS) is None else ""
        return noun, verb

    def _before_name(self, begun: int, until: int) -> int:
        """分配甲县300万元: the phrase is 分配; one that is all name (甲县300万元) stays."""
        names = self._names
        starts = [at for at in range(begun + SHORTEST_PHRASE_CHARS, until) if names.get(at) == until]
        return starts[0] if starts else until

    def behind_names(self, begun: int, until: int) -> int:
        """Behind the last name of a place between the two, or else `begun`."""
        names = self._names
        return max((names[at] for at in range(begun, until) if names.get(at, until + 1) <= until), default=begun)

    def behind_name(self, at: int) -> int:
        """Behind the names of places that begin at `at`, where they are not part of a word (甲县籍)."""
        names = self._names
        while at in names:
            end = names[at]
            if self._text[end : end + 1] in _NOT_BEHIND_NAME:
                break
            at = end
        return at


class Expressions(NamedTuple):
    """The expressions by which phrases are bounded; those of what stands before a number are for text turned round."""

    links: re.Pattern[str]
    noun_before: re.Pattern[str]
    link_ends: frozenset[str]
    verbs: dict[str, list[str]]
    noun_behind: re.Pattern[str]
    not_plain: frozenset[str]
    skips: re.Pattern[str]
    skip_starts: frozenset[str]


@cache
def expressions() -> Expressions:
    """The expressions, made of the words of `units.yml`."""
    label = figure_words.units().label
    links = [word[::-1] for word in label.links | figure_words.units().qualifiers.before.keys()]
    verbs = sorted((word[::-1] for word in label.verbs), key=lambda word: (-len(word), word))
    by_end: dict[str, list[str]] = {}
    for verb in verbs:
        by_end.setdefault(verb[0], []).append(verb)
    before = _phrase([*verbs, *(word[::-1] for word in label.cuts)], [word[::-1] for word in label.kept_before])
    return Expressions(
        links=re.compile(f"(?:{_tree(links)})+"),
        noun_before=re.compile(before),
        link_ends=frozenset(word[0] for word in links),
        verbs=by_end,
        noun_behind=re.compile(_phrase(label.ends, label.kept_behind)),
        not_plain=frozenset(BREAKS) | label.skip_starts | CLOSED_BY.keys(),
        skips=re.compile(label.skips),
        skip_starts=label.skip_starts,
    )


def end_of(pattern: re.Pattern[str], text: str, start: int, limit: int = sys.maxsize) -> int:
    """Where the match at `start` ends, `start` where there is none."""
    match = pattern.match(text, start, limit)
    return match.end() if match else start


def head(noun: str) -> str:
    """Of X的Y what is counted."""
    first, _, rest = noun.partition("的")
    if not first or (rest and first[-1] not in figure_words.units().label.heads):
        first = rest.partition("的")[0]
    return first


def _skipped(back: str, known: Expressions) -> int:
    """How much of what leads to a number is no part of a noun: 共计, 超过, a bracket."""
    at = end_of(known.links, back, 0) if back[0] in known.link_ends else 0
    if back[at : at + 1] in _CLOSING_BRACKETS:
        at = max(back.find("(", at), back.find("\uff08", at)) + 1 or at
    return at


def _verb(back: str, end: int, verbs: Sequence[str]) -> str:
    """The first of the verbs, turned round, that stands at `end`; "" where none does."""
    for verb in verbs:
        if back.startswith(verb, end):
            return verb[::-1]
    return ""


def _without_noun(back: str, end: int, verb: str) -> tuple[str, str]:
    """What a share is of, or who did what: the verb before a number, of which it ends at `end`, counted backwards."""
    known = expressions()
    behind_verb = end + len(verb)
    at = end_of(known.links, back, behind_verb) if verb == SHARE else behind_verb
    noun = back[at : end_of(known.noun_before, back, at)][::-1]
    if verb == SHARE:
        return noun, ""
    return "", noun + verb if verb and len(noun) <= MOST_DOER_CHARS else verb


def _coordinated(back: str, at: int, end: int) -> int:
    """Where X begins in X和Y before a number, or else Y; counted backwards."""
    if end > at and "等" not in back[at:end]:
        more = end_of(expressions().noun_before, back, end + 1)
        most = MOST_LISTED_CHARS if back[end] == "、" else MOST_COORDINATED_CHARS
        if 2 <= more - end - 1 <= most and back[more : more + 1] != "、":
            return more
    return end


def _from(back: str, at: int, end: int) -> tuple[int, int]:
    """Where the noun ends and begins in 贫困发生率由2014年的36%, without the date; counted backwards."""
    known = expressions()
    change = max(back.find("由", at), back.find("从", at))
    if change >= 0 and CLAUSE_BREAK.search(back, at, change) is None:
        at = end_of(known.links, back, change + 1)
        end = end_of(known.noun_before, back, at)
    if back[end : end + 1].isdecimal():
        # The noun begins behind 2018年.
        match = _DATE_REST.match(back[max(at, end - 3) : end][::-1])
        if match:
            end = max(at, end - match.end())
    return end, at


def _phrase(stops: Collection[str], kept: Collection[str]) -> str:
    """An expression for a phrase: up to a break, a digit or a stop that is no part of a kept word.

    Each stop's first character is a branch: with what makes it part of a kept word, the longest first, or no stop.
    """
    by_first: dict[str, list[str]] = {}
    for stop in sorted({*stops, *BREAKS, *"0123456789和及"}):
        by_first.setdefault(stop[0], []).append(stop[1:])
    passed: dict[str, dict[str, None]] = {first: {} for first in by_first}
    for word in sorted(kept, key=lambda w: (-len(w), w)):
        for at, char in enumerate(word):
            if any(word.startswith(rest, at + 1) for rest in by_first.get(char, ())):
                before = f"(?<={re.escape(word[: at + 1])})" if at else ""
                passed[char][before + re.escape(word[at + 1 :])] = None
    for first, rests in by_first.items():
        if "" not in rests:
            passed[first][f"(?!{any_of(rests)})"] = None
    plain = f"[^{re.escape(''.join(by_first))}]*+"
    return f"{plain}(?:{branches({first: '|'.join(ways) for first, ways in passed.items() if ways})}{plain})*+"


def _tree(words: Collection[str]) -> str:
    """An expression for any of these words, the longest first."""
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(word[1:])
    return branches({first: any_of(rests) for first, rests in sorted(by_first.items())})
