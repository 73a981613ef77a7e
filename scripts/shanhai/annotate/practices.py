"""Named working models of an article (“驻村干部党委”, “1+10+100”), each with the sentence that says what it is."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from shanhai.annotate import practice_terms, practice_unquoted, sentences, theme_hits
from shanhai.annotate.practice_marks import marks, patterns
from shanhai.annotate.practice_setting import Setting
from shanhai.annotate.practice_shape import plain
from shanhai.annotate.practice_terms import NAMING, Candidate
from shanhai.records import BlockKind, Evidence, Practice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.annotate.theme_hits import Hits
    from shanhai.records import DescribedArticle, Place

NEW_ERA, SO_CALLED = "新时代", "所谓"
NAMES_REMEMBERED = 4096

MOST_OCCURRENCES = 12
"""So many places of one name are looked at for the sentence that explains it."""

CHARS_BACK, CHARS_ON = 300, 1000
"""So far before and behind its first quotation a name is sought without quotation marks."""

TOLD_MIN_CHARS = 12
"""Words behind a name that tell how it is done are at least so many; fewer only mention it."""

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE})


def find(described: DescribedArticle, places: tuple[Place, ...] = (), hits: Hits | None = None) -> tuple[Practice, ...]:
    """The article's named working models in the order of the text, each once.

    The name is without quotation marks, and without a general head (“飞地抱团”模式 and 飞地抱团 are one).
    The evidence is the sentence that says what the model is, or else the one of the surest rule, of a paragraph rather
    than a heading. `places` are the article's: the model is practised by the subject that was named last before it.
    `hits` are the cues of the themes in the article, where they are known.
    """
    models: dict[str, list[Candidate]] = {}
    for one in _candidates(described.text):
        models.setdefault(core(one.name), []).append(one)
    if not models:
        return ()
    setting = Setting(described, places, hits or theme_hits.find(described))
    found = [_practice(setting, candidates) for candidates in models.values()]
    if len(found) > 1:
        found.sort(key=_order)
    return tuple([practice for _, practice in found])


def _candidates(text: str) -> list[Candidate]:
    quotations = practice_terms.quotations(text)
    return [*practice_terms.quoted(text, quotations), *practice_unquoted.find(text, quotations)]


def _order(found: tuple[int, Practice]) -> tuple[int, str]:
    return found[0], found[1].name


@lru_cache(maxsize=NAMES_REMEMBERED)
def core(name: str) -> str:
    """What names of one model have in common: without 新时代 and a general head (模式, 机制 …)."""
    name = plain(name).removeprefix(NEW_ERA) or name
    return _without(name, marks().core_heads, marks().core_min_chars)


@lru_cache(maxsize=NAMES_REMEMBERED)
def shown(name: str) -> str:
    """The name for a reader: without 新时代 and, if enough is left, without a head that says nothing of the model."""
    name = name.removeprefix(NEW_ERA) or name
    return _without(name, marks().display_heads, marks().display_min_chars)


def _without(name: str, heads: tuple[str, ...], min_chars: int) -> str:
    if name.endswith(heads):
        head = max((head for head in heads if name.endswith(head)), key=len)
        if len(name) - len(head) >= min_chars:
            return name[: -len(head)]
    return name


def _practice(setting: Setting, candidates: Sequence[Candidate]) -> tuple[int, Practice]:
    """The model that these candidates name, and where the first of them stands."""
    scores = marks().scores
    first, *further = candidates
    named, rule, start = shown(first.name), first.rule, first.start
    for one in further:
        named = min(named, shown(one.name), key=_shortness)
        rule = max(rule, one.rule, key=lambda rule: (scores[rule], rule))
        start = min(start, one.start)
    at, sentence = _best(setting, candidates)
    begin, end = sentence
    return start, Practice(
        name=named,
        evidence=Evidence(quote=setting.text[begin:end], start=begin, end=end, rule=rule, score=scores[rule]),
        place=setting.place(at, begin),
        themes=setting.themes(at, sentence),
    )


def _shortness(name: str) -> tuple[int, str]:
    return len(name), name


def _best(setting: Setting, candidates: Sequence[Candidate]) -> tuple[int, tuple[int, int]]:
    """Where the model is named, quoted or not, in the sentence that says best what it is; and that sentence."""
    text = setting.text
    spans = {one.start: (one.end, one.rule) for one in candidates}
    name = candidates[0].name if len(candidates) == 1 else min([one.name for one in candidates], key=len)
    start, size = candidates[0].start, len(name)
    last = start + CHARS_ON
    at = text.find(name, max(0, start - CHARS_BACK), last)
    while at >= 0 and len(spans) < MOST_OCCURRENCES:
        if at not in spans and at - 1 not in spans:
            spans[at] = (at + size, "")
        at = text.find(name, at + size, last)
    if len(spans) > 1:
        start = _telling(setting, spans)
    return start, sentences.around(text, start)


def _telling(setting: Setting, spans: dict[int, tuple[int, str]]) -> int:
    """Where the name stands whose sentence says best what the model is, in prose rather than elsewhere.

    `spans` has for each start of the name its end and the rule that took it. Best is a sentence that explains the name,
    then one that gives it, then one that tells how the model is done; of equal ones that of the surest rule, and the
    first.
    """
    text, blocks, starts = setting.text, setting.blocks, setting.starts
    scores, explains = marks().scores, patterns().explains
    in_prose = [at for at in spans if (block := bisect_right(starts, at)) and blocks[block - 1].kind in _PROSE]
    ranked = sorted([(-scores.get(spans[at][1], 0.0), at) for at in in_prose or spans])
    for _, at in ranked:
        if explains.match(text, spans[at][0]) or SO_CALLED in text[max(0, at - len(SO_CALLED) - 1) : at]:
            return at
    for _, at in ranked:
        if spans[at][1] == NAMING:
            return at
    for _, at in ranked:
        if _tells(text, at, spans[at][0]):
            return at
    return ranked[0][1]


def _tells(text: str, start: int, end: int) -> bool:
    """Whether the words behind the name at `start:end` tell how the model is done."""
    sentence_end = sentences.around(text, start)[1]
    return sentence_end - end >= TOLD_MIN_CHARS and patterns().told_by.search(text, end, sentence_end) is not None
