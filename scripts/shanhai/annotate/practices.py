"""Named working models of an article (“驻村干部党委”, “1+10+100”), each with the sentence that names it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai import reference
from shanhai.annotate import sentences
from shanhai.records import BlockKind, DescribedArticle, Evidence, Practice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

HEAD_BEHIND = "PRACTICE-01"
HEAD_BEFORE = "PRACTICE-02"
HEAD_IN_NAME = "PRACTICE-03"
VERB = "PRACTICE-04"
MEANS = "PRACTICE-05"
REPEATED = "PRACTICE-06"
COUNT_SHAPE = "PRACTICE-07"
TWO_NUMERALS = "PRACTICE-08"
LISTED = "PRACTICE-09"
NAMING = "PRACTICE-10"

# The longest head, verb or modifier has 6 characters; two of them and 了 stand before a name at the most.
CONTEXT_BEFORE_CHARS = 14

_SENTENCE_MARKS = r"。\uff0c\uff01\uff1f\uff1b\uff1a,!?;:《》\n"
_QUOTED = re.compile(
    rf"“([^“”{_SENTENCE_MARKS}]{{2,40}})”|‘([^‘’“”{_SENTENCE_MARKS}]{{2,40}})’"
    rf"|「([^「」{_SENTENCE_MARKS}]{{2,40}})」|『([^『』{_SENTENCE_MARKS}]{{2,40}})』"
)
_PLUS = re.compile(r"[+\uff0b]")
_SUM = re.compile(r"(?:[+\uff0b]+[0-9A-Za-z\u4e00-\u9fff]{0,8})+")
LONGEST_PART_CHARS = 8
# Room for five parts and the head behind them.
COUNT_SHAPE_WINDOW_CHARS = 60
_PART = r"(?:[0-9]{1,4}|[NXnx]|[\u4e00-\u9fff]{2,8})"
_COUNTED = re.compile(r"[0-9NXnx]+(?:\+.+)+|.+\+[0-9NXnx]*")
_NUMERAL = "一二两三四五六七八九十百千双多0-9"
_TWO_NUMERALS = re.compile(rf"[{_NUMERAL}][^{_NUMERAL}、+]{{1,3}}[{_NUMERAL}][^{_NUMERAL}、+]{{1,3}}")
_JOINED = frozenset({"", "、", "和", "与", "及"})
_NAME_CHARACTER = re.compile(r"[\u4e00-\u9fff+]")
SHORTEST_NAME_CHARS = 2


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of `practice_heads.yml`, where each field is explained."""

    heads: tuple[str, ...]
    heads_near: tuple[str, ...]
    gap_chars: int
    gap_stops: str
    heads_before: tuple[str, ...]
    verbs: tuple[str, ...]
    verbs_behind: tuple[str, ...]
    naming: tuple[str, ...]
    naming_behind: tuple[str, ...]
    verb_tails: tuple[str, ...]
    verbs_with: tuple[str, ...]
    listed_min_chars: int
    means_min_chars: int
    means_max_chars: int
    not_names: tuple[str, ...]
    names_anyway: tuple[str, ...]
    honours: tuple[str, ...]
    refused_behind: tuple[str, ...]
    refused_gap_chars: int
    speech: tuple[str, ...]
    set_phrases: frozenset[str]
    most_name_chars: int
    repeated_min: int
    repeated_min_chars: int
    repeated_max_chars: int
    scores: dict[str, float]


class Candidate(NamedTuple):
    """A term at `start:end` (its quotation marks included, if it has any); `rule` is "" where no rule took it."""

    name: str
    start: int
    end: int
    rule: str


class Patterns(NamedTuple):
    """The expressions made of `Marks`, all matched at the edges of a quotation."""

    head_behind: re.Pattern[str]
    head_near: re.Pattern[str]
    head_before: re.Pattern[str]
    bare_count: re.Pattern[str]
    verb_before: re.Pattern[str]
    verb_inside: re.Pattern[str]
    verb_behind: re.Pattern[str]
    naming_before: re.Pattern[str]
    means_before: re.Pattern[str]
    refused_before: re.Pattern[str]
    refused_behind: re.Pattern[str]


@cache
def marks() -> Marks:
    """What marks a working model, read once."""
    return reference.load("practice_heads.yml", Marks)


def find(described: DescribedArticle) -> tuple[Practice, ...]:
    """The article's named working models in the order of the text, each once.

    The name is without quotation marks; the evidence is the whole sentence, of a paragraph rather than a heading and
    of the surest rule. Quoted speech, slogans, titles of honour and figures of speech are left out.
    """
    text = described.text
    quotations = list(_QUOTED.finditer(text))
    candidates = [*_quoted(text, quotations), *_bare(text, quotations)]
    starts = [block.start for block in described.blocks]
    best: dict[str, tuple[tuple[bool, float, int], Candidate]] = {}
    for one in candidates:
        block = bisect_right(starts, one.start) - 1
        in_prose = block >= 0 and described.blocks[block].kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE)
        rank = (not in_prose, -marks().scores[one.rule], one.start)
        if one.name not in best or rank < best[one.name][0]:
            best[one.name] = (rank, one)
    named = sorted((one for _, one in best.values()), key=lambda c: (c.start, c.end))
    return tuple(Practice(name=one.name, evidence=_evidence(text, one)) for one in named)


def _evidence(text: str, one: Candidate) -> Evidence:
    start, end = sentences.around(text, one.start)
    return Evidence(quote=text[start:end], start=start, end=end, rule=one.rule, score=marks().scores[one.rule])


def _quoted(text: str, quotations: Iterable[re.Match[str]]) -> list[Candidate]:
    terms = [(m, _plain(m[m.lastindex or 0])) for m in quotations]
    often = Counter(name for _, name in terms)
    found = [
        Candidate(name, *match.span(), _rule(text, match, name, often[name]) if _may_be_name(name) else "")
        for match, name in terms
        if not _refused(text, *match.span(), name)
    ]
    return [one for one in _with_listed(text, found) if one.rule]


def _plain(name: str) -> str:
    return re.sub(r"[\s“”‘’「」『』]", "", name).replace("\uff0b", "+")


def _may_be_name(name: str) -> bool:
    known = marks()
    return (
        (len(name) <= known.most_name_chars or "+" in name)
        and len(name) >= SHORTEST_NAME_CHARS
        and _NAME_CHARACTER.search(name) is not None
        and name not in known.set_phrases
        and "——" not in name
    )


def _refused(text: str, start: int, end: int, name: str) -> bool:
    patterns = _patterns()
    if patterns.refused_before.search(text, max(0, start - CONTEXT_BEFORE_CHARS), start):
        return True
    leans_on_head = patterns.head_near.match(text, end) or name.endswith(marks().heads)
    return not leans_on_head and patterns.refused_behind.match(text, end) is not None


def _rule(text: str, match: re.Match[str], name: str, times: int) -> str:  # noqa: C901, PLR0911 - a ladder of rules
    """The first rule, surest first, that takes the quotation for a name; "" if none does."""
    known, patterns = marks(), _patterns()
    start, end = match.span()
    since = max(0, start - CONTEXT_BEFORE_CHARS)
    short = len(name) <= SHORTEST_NAME_CHARS
    if patterns.head_near.match(text, end) or (not short and patterns.head_behind.match(text, end)):
        return HEAD_BEHIND
    if name.endswith(known.not_names) and not name.endswith(known.names_anyway):
        return ""
    if patterns.naming_before.search(text, since, start):
        return NAMING
    if short:
        return ""
    if len(name) >= known.listed_min_chars and text.startswith(known.naming_behind, end):
        return NAMING
    if patterns.head_before.search(text, since, start):
        return HEAD_BEFORE
    if _COUNTED.fullmatch(name):
        return COUNT_SHAPE
    if name.endswith((*known.heads, *known.heads_near)) and "、" not in name:
        return HEAD_IN_NAME
    if patterns.verb_before.search(text, since, start) or patterns.verb_behind.match(text, end):
        return VERB
    if _TWO_NUMERALS.fullmatch(name):
        return TWO_NUMERALS
    if times >= known.repeated_min and known.repeated_min_chars <= len(name) <= known.repeated_max_chars:
        return REPEATED
    fits_means = known.means_min_chars <= len(name) <= known.means_max_chars
    return MEANS if fits_means and patterns.means_before.search(text, since, start) else ""


def _with_listed(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """The candidates, where a name beside an accepted one (“甲”“乙”“丙”方式) is accepted too."""
    for row in _rows(text, found):
        accepted = any(one.rule in (HEAD_BEHIND, HEAD_BEFORE, VERB) for one in row)
        for one in row:
            joins = accepted and len(one.name) >= marks().listed_min_chars and _may_be_name(one.name)
            yield one._replace(rule=one.rule or (LISTED if joins else ""))


def _rows(text: str, found: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    row: list[Candidate] = []
    for one in found:
        if row and text[row[-1].end : one.start] not in _JOINED:
            yield row
            row = []
        row.append(one)
    yield row


def _bare(text: str, quotations: Sequence[re.Match[str]]) -> Iterator[Candidate]:
    """Count shapes without quotation marks, which need a head behind them: 公司+合作社+农户的模式."""
    patterns = _patterns()
    quoted_ends = [match.end() for match in quotations]
    searched = 0
    for plus in _PLUS.finditer(text):
        if plus.start() < searched:
            continue
        match = patterns.bare_count.search(
            text, max(searched, plus.start() - LONGEST_PART_CHARS), plus.end() + COUNT_SHAPE_WINDOW_CHARS
        )
        if match is None:
            searched = _end_of_sum(text, plus.start())
            continue
        verb = patterns.verb_inside.match(match.group())
        start, searched = match.start() + (verb.end() if verb else 0), match.end()
        quotation = bisect_right(quoted_ends, start)
        if quotation == len(quotations) or searched <= quotations[quotation].start():
            yield Candidate(_plain(text[start:searched]), start, searched, COUNT_SHAPE)


def _end_of_sum(text: str, plus: int) -> int:
    match = _SUM.match(text, plus)
    return match.end() if match else plus + 1


@cache
def _patterns() -> Patterns:
    known = marks()
    gap = rf"的?(?:(?![{known.gap_stops}])[\u4e00-\u9fff“”]){{0,{known.gap_chars}}}?"
    tails = f"(?:{_any(known.verb_tails)}){{0,2}}"
    colon = r"[:\uff1a,\uff0c]?"
    return Patterns(
        head_behind=re.compile(f"{gap}(?:{_any(known.heads)})"),
        head_near=re.compile(f"(?:{_any((*known.heads, *known.heads_near))})"),
        head_before=re.compile(f"(?:{_any(known.heads_before)})$"),
        bare_count=re.compile(
            rf"{_PART}(?:[+\uff0b]{_PART})*[+\uff0b](?:[0-9NXnx]+|(?:(?!的)[\u4e00-\u9fff]){{2,8}}?)"
            rf"(?={gap}(?:{_any(known.heads)}))"
        ),
        verb_before=re.compile(f"(?:{_any(known.verbs)}){tails}$"),
        verb_inside=re.compile(rf".*(?:{_any(known.verbs)}){tails}(?=[\u4e00-\u9fff]{{2,}}[+\uff0b])"),
        verb_behind=re.compile(
            rf"(?:在[\u4e00-\u9fff]{{1,8}}?)?(?:全面|全域|正式|先后|相继)?(?:{_any(known.verbs_behind)})"
        ),
        naming_before=re.compile(f"(?:{_any(known.naming)})$"),
        means_before=re.compile(f"(?:{_any(known.verbs_with)})$"),
        refused_before=re.compile(
            f"(?:(?:{_any(known.speech)}){colon}|[:\\uff1a]|(?:{_any(known.honours)})(?:了|全国|全省)?)$"
        ),
        refused_behind=re.compile(
            rf"(?:的|为)?[\u4e00-\u9fff]{{0,{known.refused_gap_chars}}}?(?:{_any(known.refused_behind)})"
        ),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
