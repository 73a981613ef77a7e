"""What a figure counts: the noun phrase beside its number, within the clause."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import figure_words, measures
from shanhai.annotate.noun_phrases import (
    BREAKS,
    CLOSED_BY,
    COUNTED_PEOPLE,
    SHARE,
    Neighbours,
    end_of,
    expressions,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from shanhai.annotate.quantity import Quantity

SHORTEST_REST_CHARS = 2
AMOUNT_AHEAD_CHARS = 4
_SENTENCE_END = re.compile("[。\uff01\uff1f\uff1b!?;\n]")
_REST = re.compile(rf"[^{BREAKS}0-9]*")
_REST_OPENERS = re.compile("(?:实现了?|已经|已|全部|是|均|都|的|了)+")
# The last characters of what `change` of units.yml and the qualifiers allow before the second number.
_CHANGE_ENDS = frozenset("到至为成了的约近超过逾")
# The first characters of what `growth` of units.yml allows.
_GROWTH_STARTS = frozenset("同环比较年平连每增提下减降上")
_DONE = "了"
_OUTPUTS = re.compile("年(?:产|加工|处理|出栏|发电|屠宰|吞吐|接待)|日(?:产|加工|处理)|全长|总长|长")
_AMOUNTING_TO = ("超", "达", "逾", "在")
_PER = frozenset("/\uff0f每")
_QUOTES = frozenset("".join((*CLOSED_BY, *CLOSED_BY.values())))


class Naming(NamedTuple):
    """The labels of an article's quantities, and the indexes of those that a change starts from or leads to."""

    labels: list[str]
    starts: AbstractSet[int]
    results: AbstractSet[int]


def name(text: str, found: Sequence[Quantity], places: Mapping[int, int]) -> Naming:
    """A label for each quantity, at most 20 characters, "" where nothing near it names what it counts.

    63个项目 takes the noun behind the number, 协作资金6300万元 the one before it (`units.yml` says which units do so).
    Both values of a change have one label, and numbers in a row (8834户29792人) share what surrounds the row. A verb
    goes with a noun that says little by itself (选派干部); 同比增长 goes with what grew. `places` maps the start of a
    place's name to its end: a label does not begin with a place, which the figure has by itself.
    """
    reader = _Reader(text, found, places)
    rows = _rows(text, found)
    labels: list[str] = []
    starts: set[int] = set()
    results: set[int] = set()
    first = 0
    label, last_label = "", ""
    became = False
    for end, after in zip(rows, [*rows[1:], 0], strict=True):
        becomes = after > 0 and text[found[end][0] - 1] in _CHANGE_ENDS and reader.is_change(end, after)
        if became:
            labels += [last_label] * (end - first)
            results.update(range(first, end))
        else:
            label = reader.row(first, end, last_label, becomes)
            while first < end:
                at = found[first][1]
                last_label = label + _per(text, at) if text[at : at + 1] in _PER else label
                labels.append(last_label)
                if becomes:
                    starts.add(first)
                first += 1
        became = becomes
        first = end
    return Naming(labels, starts, results)


def _rows(text: str, found: Sequence[Quantity]) -> list[int]:
    """Where each row ends (an index): between its numbers stands nothing, or between 户 and 人 a comma."""
    ends = []
    end, last = -1, None
    for index, one in enumerate(found):
        gap = one[0] - end
        if last is not None and (gap > 1 or (gap == 1 and not _in_a_row(text[end], last, one))):
            ends.append(index)
        end, last = one[1], one
    return [*ends, len(found)] if found else []


def _in_a_row(mark: str, one: Quantity, after: Quantity) -> bool:
    return mark in "、,\uff0c" and one.unit in COUNTED_PEOPLE and after.unit in COUNTED_PEOPLE


class _Reader:
    """Reads the labels of one text's quantities."""

    def __init__(self, text: str, found: Sequence[Quantity], places: Mapping[int, int]) -> None:
        self.text = text
        self.found = found
        self.beside = Neighbours(text, places)
        known = figure_words.units()
        self.telling_verbs = _telling_verbs()
        self.window = known.label.window_chars
        self.most = known.label.most_chars
        self.general = known.label.general_chars
        self.follow_their_noun = known.follow_their_noun

    def is_change(self, first: int, end: int) -> bool:
        """Whether the numbers of the row are what those of the row before became."""
        found = self.found
        before = found[first - 1]
        until, since = found[first][0], before[1]
        if until - since > self.window or _change().fullmatch(self.text, since, until) is None:
            return False
        units = [one[3] for one in found[first:end]]
        return before[3] in units or (first > 1 and found[first - 2][3] in units)

    def row(self, first: int, end: int, last_label: str, becomes: bool) -> str:
        """The label of the numbers `first` to `end`, which share what surrounds them; `becomes`: a change starts."""
        found = self.found
        one, last = found[first], found[end - 1]
        begin = found[first - 1][1] if first else 0
        label = self.beside.before(one[0], begin, of_change=True)[0] if becomes else ""
        if label:
            pass
        elif last[4] == measures.IMPLIED_UNIT:
            label = _implied(self.text, last)
        elif one[3] in self.follow_their_noun:
            label = self._measured(one, last, begin)
        else:
            label = self.beside.behind(last)
            if len(label) <= self.general or (
                end < len(found) and found[end][0] - last[1] - len(label) <= AMOUNT_AHEAD_CHARS
            ):
                label = self._counted(label, one, last, begin, end)
        if not label or label[0] in _GROWTH_STARTS:
            label = self._completed(label, one, last, begin, last_label)
        if len(label) <= self.most and (label.isalnum() or _QUOTES.isdisjoint(label)):
            return label
        return _unquoted(label)[-self.most :]

    def _completed(self, label: str, one: Quantity, last: Quantity, begin: int, last_label: str) -> str:
        """What grew where a label says only that it did, and what is left of the clause where there is no label."""
        if last_label and (not label or _growth().fullmatch(label)):
            ended = _SENTENCE_END.search(self.text, begin, one.start)
            return label if ended else self._grown(last_label, label)
        return label or self._rest(one.start, begin, last.end)

    def _measured(self, one: Quantity, last: Quantity, begin: int) -> str:
        """The label of an amount: 协作资金6300万元, 年产2000吨挂面, 1亿元用于产业合作."""
        noun, verb = self.beside.before(one[0], begin)
        if noun and self.text[one[0] - 1] == _DONE:
            return self._done(noun, last)
        if len(noun) > self.general:
            return verb + noun if verb == SHARE else noun
        if noun:
            return noun + self.beside.behind(last) if _OUTPUTS.fullmatch(noun) else verb + noun
        behind = self.beside.behind(last)
        return verb + behind if len(behind) <= self.general or verb == SHARE else behind

    def _done(self, noun: str, last: Quantity) -> str:
        """老人种了三亩茶园 has 种茶园, but 收入增加了三万元 what stands before."""
        behind = self.beside.behind(last)
        if not behind:
            return noun
        return noun[-1] + behind if len(behind) <= self.general else behind

    def _counted(self, noun: str, one: Quantity, last: Quantity, begin: int, end: int) -> str:
        """The label of what is counted: 帮扶车间72个, 建成82条产值超10亿元的产业链; `noun` stands behind the number."""
        if noun:
            if end < len(self.found):
                behind, ahead = last[1] + len(noun), self.found[end]
                near = ahead[0] - behind <= AMOUNT_AHEAD_CHARS and ahead[3] in self.follow_their_noun
                if near and self.text.startswith(_AMOUNTING_TO, behind):
                    noun = self.beside.behind(ahead) or noun
            return noun if len(noun) > self.general else self._directly(one[0], begin) + noun
        noun, verb = self.beside.before(one.start, begin)
        if verb == SHARE or 0 < len(noun) <= self.general:
            return verb + noun
        return noun or self._rest(one.start, begin, last.end)

    def _directly(self, start: int, begin: int) -> str:
        """The verb that stands directly before the number, "" where none does that says something."""
        verb = self.text[start - 2 : start]
        return verb if verb in self.telling_verbs and start - 2 >= begin else ""

    def _grown(self, label: str, growth: str) -> str:
        """产值 and 同比增长 make 产值同比增长; a label that already says how something grew gives way."""
        if not growth:
            return label
        match = _growth().search(label)
        whole = (label[: match.start()] if match and match.end() == len(label) else label) + growth
        return whole if len(whole) <= self.most else growth

    def _rest(self, start: int, begin: int, end: int) -> str:
        """What is left of the clause without a noun phrase: what is said of the number, or else what leads to it."""
        text = self.text
        no_rest = figure_words.units().qualifiers.behind
        if text[end : end + 1] != "的":
            at = end_of(_REST_OPENERS, text, end)
            behind = text[at : end_of(_REST, text, at, at + self.most)].strip()
            if len(behind) >= SHORTEST_REST_CHARS and behind[:2] not in no_rest:
                return behind
        back = text[max(begin, start - self.window) : start][::-1]
        at = end_of(expressions().links, back, 0)
        led = text[self.beside.behind_names(start - end_of(_REST, back, at), start - at) : start - at].strip()
        return led if len(led) >= SHORTEST_REST_CHARS and led[:2] not in no_rest else ""


def _implied(text: str, one: Quantity) -> str:
    quote = text[one.start : one.end]
    return quote[max(quote.rfind(mark) for mark in "万亿千百多余") + 1 :]


def _per(text: str, end: int) -> str:
    """300元/亩 is said per 亩."""
    match = _per_unit().match(text, end + 1)
    return f"\uff08每{match[0]}\uff09" if match else ""


def _unquoted(label: str) -> str:
    for opening, closing in CLOSED_BY.items():
        if label.count(opening) != label.count(closing):
            label = (
                label.rpartition(opening)[2].rpartition(closing)[2]
                or label.rpartition(closing)[0].rpartition(opening)[2]
            )
    return label


@cache
def _change() -> re.Pattern[str]:
    return re.compile(figure_words.units().change)


@cache
def _telling_verbs() -> frozenset[str]:
    label = figure_words.units().label
    return label.verbs - label.weak_verbs


@cache
def _growth() -> re.Pattern[str]:
    return re.compile(figure_words.units().label.growth)


@cache
def _per_unit() -> re.Pattern[str]:
    return re.compile(figure_words.any_of(figure_words.units().per_units))
