"""What marks the name of a working model: the words of `practice_heads.yml`, as tables and expressions."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from shanhai import reference

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_WORDS: tuple[str, ...] = ()
Before = Literal[
    "", "tail", "verb", "medium", "weak", "naming", "means", "head", "thing", "unlikely", "so-called", "refused"
]
"""What the word directly before a quotation mark says of the quotation."""

HAN = "\u4e00-\u9fff"
_NUMERAL = "一二两三四五六七八九十百千万双多0-9"


class Marks(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of `practice_heads.yml`, where each field is explained."""

    heads: tuple[str, ...]
    heads_near: tuple[str, ...]
    heads_listed: tuple[str, ...]
    heads_inside: tuple[str, ...]
    heads_alone: tuple[str, ...]
    brand_kinds: tuple[str, ...]
    gap_chars: int
    gap_stops: str
    gap_words: tuple[str, ...]
    gap_refused: tuple[str, ...]
    verbs_behind: tuple[str, ...]
    naming_behind: tuple[str, ...]
    refused_behind: tuple[str, ...]
    refused_gap_chars: int
    things_behind: tuple[str, ...]
    heads_before: tuple[str, ...]
    verbs: tuple[str, ...]
    verbs_medium: tuple[str, ...]
    verbs_weak: tuple[str, ...]
    verb_tails: tuple[str, ...]
    naming: tuple[str, ...]
    method: tuple[str, ...]
    means: tuple[str, ...]
    means_min_chars: int
    means_max_chars: int
    means_sum_max_chars: int
    thing_gap_chars: int
    thing_max_chars: int
    refused_before: tuple[str, ...]
    unlikely_before: tuple[str, ...]
    things_before: tuple[str, ...]
    not_names: tuple[str, ...]
    names_anyway: tuple[str, ...]
    title_verbs: tuple[str, ...]
    title_heads_behind: tuple[str, ...]
    sums_of_state: tuple[str, ...]
    not_inside: tuple[str, ...]
    honours_first: tuple[str, ...]
    not_first: tuple[str, ...]
    not_last: tuple[str, ...]
    set_phrases: frozenset[str]
    plain_fields: tuple[str, ...]
    plain_deeds: tuple[str, ...]
    images: frozenset[str]
    image_heads: tuple[str, ...]
    plain_works: tuple[str, ...]
    geography: str
    listed_min_chars: int
    most_name_chars: int
    repeated_min: int
    repeated_min_chars: int
    repeated_max_chars: int
    known: dict[str, tuple[str, ...]]
    known_behind_verb: dict[str, tuple[str, ...]]
    known_not_before: tuple[str, ...]
    programmes: tuple[str, ...]
    programme_heads: tuple[str, ...]
    actors: tuple[str, ...]
    method_stops: tuple[str, ...]
    explains: tuple[str, ...]
    told_by: tuple[str, ...]
    core_heads: tuple[str, ...]
    core_min_chars: int
    display_heads: tuple[str, ...]
    display_min_chars: int
    scores: dict[str, float]


class Words(NamedTuple):
    """Words by their first character, and by theirs those that may stand before them (“甲”式培训).

    `signs` are the first characters of both.
    """

    by_first: dict[str, tuple[str, ...]]
    joints: dict[str, tuple[str, ...]]
    signs: frozenset[str]

    def begin(self, text: str, at: int, sign: str) -> bool:
        """Whether one of them stands at `at`, where the text has the character `sign`, which is one of `signs`."""
        if text.startswith(self.by_first.get(sign, NO_WORDS), at):
            return True
        for joint in self.joints.get(sign, NO_WORDS):
            if text.startswith(joint, at):
                behind = at + len(joint)
                return text.startswith(self.by_first.get(text[behind : behind + 1], NO_WORDS), behind)
        return False


class Patterns(NamedTuple):
    """Expressions made of `Marks`."""

    head: Words
    head_strong: Words
    thing_behind: Words
    verb_behind: re.Pattern[str]
    verb_behind_firsts: frozenset[str]
    turned: re.Pattern[str]
    head_far: re.Pattern[str]
    gap_refused: re.Pattern[str]
    refused_behind: re.Pattern[str]
    bare_count: re.Pattern[str]
    titled: re.Pattern[str]
    counted: re.Pattern[str]
    numerals: re.Pattern[str]
    plain_term: re.Pattern[str]
    method: re.Pattern[str]
    leading_verb: re.Pattern[str]
    method_start: re.Pattern[str]
    explains: re.Pattern[str]
    told_by: re.Pattern[str]


@cache
def marks() -> Marks:
    """What marks a working model, read once."""
    return reference.load("practice_heads.yml", Marks)


@cache
def known_names() -> frozenset[str]:
    """All models of national fame."""
    known = marks()
    return frozenset(chain(*known.known.values(), *known.known_behind_verb.values()))


@cache
def words_before() -> tuple[dict[str, Before], dict[str, tuple[int, ...]]]:
    """What each word says of the name behind it, and for its last character how long such words are, longest first."""
    known = marks()
    kinds: tuple[tuple[Before, tuple[str, ...]], ...] = (
        ("tail", known.verb_tails),
        ("verb", known.verbs),
        ("medium", known.verbs_medium),
        ("weak", known.verbs_weak),
        ("naming", known.naming),
        ("means", known.means),
        ("head", known.heads_before),
        ("thing", known.things_before),
        ("unlikely", known.unlikely_before),
        ("so-called", ("所谓",)),
        ("refused", (*known.refused_before, ":", "\uff1a")),
    )
    table = {word: kind for kind, words in kinds for word in words}
    lengths: dict[str, set[int]] = {}
    for word in table:
        lengths.setdefault(word[-1], set()).add(len(word))
    return table, {last: tuple(sorted(found, reverse=True)) for last, found in lengths.items()}


@cache
def patterns() -> Patterns:
    """The expressions, compiled once."""
    known = marks()
    brands = tuple(
        f"{kind}{work}{brand}" for kind in known.brand_kinds for work in ("", "工作") for brand in ("品牌", "平台")
    )
    heads = (*known.heads, *brands)
    part = rf"(?:[0-9]{{1,4}}|[NXnx]|[{HAN}]{{2,8}})"
    gap = (
        rf"的?(?!“)(?:(?![{known.gap_stops}])[{HAN}“”]|(?=[{known.gap_stops}])(?:{any_of(known.gap_words)}))"
        rf"{{0,{known.gap_chars}}}"
    )
    closing, joints = "[”’」』》]?", ("的", "这一", "这种", "式", "型")
    advance = ("全面", "全域", "正式", "先后", "相继")
    return Patterns(
        head=_words((*known.heads_near, *heads), joints),
        head_strong=_words((*known.heads_inside, *heads), joints),
        thing_behind=_words(known.things_behind, ("的", "系列", "号", "牌")),
        verb_behind=re.compile(rf"(?:在[{HAN}]{{1,8}}?)?(?:{any_of(advance)})?(?:{any_of(known.verbs_behind)})"),
        verb_behind_firsts=frozenset(word[0] for word in ("在", *advance, *known.verbs_behind)),
        turned=re.compile(
            rf"(?:变|转向|走向|迈向|向|到|换|代替|的)[“‘「]|(?:变成|变为|转为|转变为|转化为)[{HAN}]{{0,8}}[“‘「]"
            rf"|的(?:{any_of(known.method)})(?:{any_of(known.naming)})"
        ),
        # The lookahead on one character saves trying all alternatives at each place.
        head_far=re.compile(f"({gap}?)(?=[{_firsts(heads)}])(?:{any_of(heads)})"),
        gap_refused=re.compile(any_of(known.gap_refused)),
        refused_behind=re.compile(
            rf"[{HAN}]{{0,{known.refused_gap_chars}}}?"
            rf"(?=[{_firsts(known.refused_behind)}])(?:{any_of(known.refused_behind)})"
        ),
        bare_count=re.compile(
            rf"{part}(?:[+\uff0b]{part})*[+\uff0b](?:[0-9NXnx]+|(?:(?!的)[{HAN}]){{2,8}}?)"
            rf"(?={gap}?(?:{any_of(known.heads)}))"
        ),
        titled=re.compile(
            rf"《(?:(?<=(?:{any_of(known.title_verbs)})《)(?=[^《》\n0-9]{{2,6}}(?:{any_of(known.programme_heads)})》)"
            rf"|(?=[^《》\n]{{2,16}}》(?:{any_of(known.title_heads_behind)})))([^《》\n]{{2,16}})》"
        ),
        counted=re.compile(r"[0-9NXnx]+(?:\+[^+>]+)+|[^+>]+(?:\+[^+>]+)*\+[0-9NXnx]*"),
        numerals=re.compile(rf"[{_NUMERAL}][^{_NUMERAL}、+]{{1,3}}[{_NUMERAL}][^{_NUMERAL}、+]{{1,3}}"),
        plain_term=re.compile(f"(?:{any_of(known.plain_fields)})(?:{any_of(known.plain_deeds)})"),
        method=re.compile(any_of(known.method)),
        leading_verb=re.compile(
            rf".*(?:{any_of((*known.verbs, *known.verbs_medium))})(?:{any_of(known.verb_tails)}){{0,2}}"
            rf"(?=[{HAN}]{{2,}}[+\uff0b])"
        ),
        method_start=re.compile(f".*(?:{any_of(known.method_stops)})"),
        explains=re.compile(
            rf"{closing}(?:{any_of(known.core_heads)})?(?:[\uff0c,]?(?:{any_of(known.explains)})|[\uff1a:\uff08(])"
        ),
        told_by=re.compile(any_of(known.told_by)),
    )


def _words(words: Iterable[str], joints: Iterable[str]) -> Words:
    by_first, joints_by_first = _by_first(words), _by_first(joints)
    return Words(by_first, joints_by_first, frozenset((*by_first, *joints_by_first)))


def _by_first(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(word)
    return {first: tuple(found) for first, found in by_first.items()}


def _firsts(words: Iterable[str]) -> str:
    return re.escape("".join(sorted({word[0] for word in words})))


def any_of(words: Iterable[str]) -> str:
    """An expression for any of the words, longer ones tried first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
