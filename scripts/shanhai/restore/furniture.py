"""What a single line of a page's furniture looks like."""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Literal

import msgspec
from ahocorasick_rs import AhoCorasick, Implementation

from shanhai.reference import load
from shanhai.restore.context import half_width

if TYPE_CHECKING:
    from collections.abc import Sequence

LINES_REMEMBERED = 20_000
"""The furniture of a site is the same on page after page, and the chain reads a page more than once."""
LINE_MAX_CHARS = 200
"""No line of furniture but spam is longer."""
TRIM_MAX_CHARS = 120
MENU_MIN_CHANNELS = 3
SHARE_MIN_TARGETS = 4
OWN_MENU_MIN_ENTRIES, OWN_ENTRY_MAX_CHARS = 5, 6
FOOTER_MIN_SHARE, FOOTER_ENTRY_MAX_CHARS = 0.4, 8
HOME = ("首页", "主页")
_DELIMITERS = re.compile(r"[\s|│/>»›→·,、:\[\]【】()（）•\-—_=<«‹&+]+")
_COUNT = re.compile(r"[:(]?\d*\)?$")
_SENTENCE = re.compile(r"[。!?…;][”’\")》】]*$")
_DATED = re.compile(r"(?<=\S{4})\s*[\[(]?(19|20)?\d\d[-/.]\d{1,2}[-/.]\d{1,2}(\s+\d\d:\d\d(:\d\d)?)?[\])]?$")
_ORNAMENT = " :>»【】[]()|·…#■●◆▲▪•◎+"
_DIGIT = re.compile(r"\d")
_LONE = re.compile(r"[?×|_·•←→»«>\ufffd\s]+")


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule and the patterns of the lines that it removes, with what a line that they match holds or begins with."""

    rule: str
    patterns: tuple[str, ...]
    traces: tuple[str, ...]
    openings: str = ""
    sentences: bool = False
    zone: Literal["anywhere", "edge"] = "anywhere"


class Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a line of date and weather is made of, and what tells it from a date alone."""

    rest_max_chars: int
    traces: tuple[str, ...]
    token: str
    telling: str


class Furniture(msgspec.Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    """reference/noise_lines.yml."""

    widgets: tuple[str, ...]
    weak_widgets: tuple[str, ...]
    share_targets: tuple[str, ...]
    channels: tuple[str, ...]
    kinds: tuple[Kind, ...]
    keyword_line: str
    anchor: str
    label: str
    link_max_chars: int
    metadata: str
    unprotected: tuple[str, ...]
    own_words: str
    calendar: Calendar
    site_name: str
    counters: str
    edge_lines: int

    @cached_property
    def anchor_pattern(self) -> re.Pattern[str]:
        return re.compile(self.anchor)

    @cached_property
    def label_pattern(self) -> re.Pattern[str]:
        return re.compile(self.label)

    @cached_property
    def own_words_pattern(self) -> re.Pattern[str]:
        return re.compile(self.own_words)

    @cached_property
    def calendar_token(self) -> re.Pattern[str]:
        return re.compile(self.calendar.token)

    @cached_property
    def calendar_telling(self) -> re.Pattern[str]:
        return re.compile(self.calendar.telling)

    @cached_property
    def strong(self) -> frozenset[str]:
        return frozenset(self.widgets) - frozenset(self.weak_widgets)

    @cached_property
    def buttons(self) -> frozenset[str]:
        return frozenset(self.widgets)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(self.widgets) | frozenset(self.share_targets) | frozenset(self.channels)

    @cached_property
    def menu_words(self) -> frozenset[str]:
        return frozenset(self.channels)

    @cached_property
    def compiled(self) -> tuple[tuple[str, bool, bool, re.Pattern[str]], ...]:
        return tuple(
            (kind.rule, kind.sentences, kind.zone == "edge", re.compile("|".join(f"(?:{p})" for p in _hoisted(kind))))
            for kind in self.kinds
        )

    @cached_property
    def kinds_by_trace(self) -> dict[str, tuple[int, ...]]:
        """The numbers of the kinds that each trace speaks for; behind all kinds comes the calendar."""
        listed = [*(kind.traces for kind in self.kinds), self.calendar.traces]
        traces = sorted({trace for one in listed for trace in one})
        return {trace: tuple(n for n, one in enumerate(listed) if trace in one) for trace in traces}

    @cached_property
    def kinds_by_opening(self) -> dict[str, tuple[int, ...]]:
        """The numbers of the kinds with lines that begin so."""
        signs = sorted({sign for kind in self.kinds for sign in kind.openings})
        return {one: tuple(n for n, kind in enumerate(self.kinds) if one in kind.openings) for one in signs}

    @cached_property
    def trace_finder(self) -> AhoCorasick:
        """Finds the traces in a line in lower case."""
        return AhoCorasick(list(self.kinds_by_trace), implementation=Implementation.DFA)

    @cached_property
    def keyword_pattern(self) -> re.Pattern[str]:
        return re.compile(self.keyword_line)

    @cached_property
    def metadata_pattern(self) -> re.Pattern[str]:
        return re.compile(self.metadata)

    @cached_property
    def widget_pattern(self) -> re.Pattern[str]:
        strong = "|".join(re.escape(word) for word in sorted(self.strong, key=lambda w: (-len(w), w)))
        weak = "|".join(re.escape(word) for word in sorted(self.weak_widgets, key=lambda w: (-len(w), w)))
        word = rf"[\[【(]?(?:{strong})[\])】]?"
        company = rf"(?:\s+[\[【(]?(?:{strong}|{weak})[\])】]?)*"
        return re.compile(rf"(?:(?<=\s)|^){word}{company}(?=\s|$)")

    @cached_property
    def counter_pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?:(?<=\s)|^)(?:{self.counters})(?=\s|$)")

    @cached_property
    def site_pattern(self) -> re.Pattern[str]:
        return re.compile(self.site_name)


@cache
def furniture() -> Furniture:
    """What tells the page's furniture from the article."""
    return load("noise_lines.yml", Furniture)


@lru_cache(maxsize=LINES_REMEMBERED)
def kind_of(line: str, *, at_edge: bool) -> str | None:
    """The rule that removes the folded line, or `None` for a line that stays."""
    if len(line) > LINE_MAX_CHARS:
        return None
    if _LONE.fullmatch(line):
        return "NOISE-LONE"
    if line.startswith(">") and not line.startswith(">>>"):
        line = line.lstrip("> ")  # a link's arrow; three make a pull quote
    sentence = is_sentence(line)
    known = furniture()
    kinds = kinds_to_try(line)
    may_be_calendar = len(known.compiled) in kinds
    for rule, sentences, edge_only, pattern in map(
        known.compiled.__getitem__, kinds[:-1] if may_be_calendar else kinds
    ):
        if (not sentence or sentences) and (at_edge or not edge_only) and pattern.fullmatch(line):
            unprotected = rule in known.unprotected or not known.metadata_pattern.search(line)
            return rule if unprotected and not (edge_only and known.own_words_pattern.fullmatch(line)) else None
    if at_edge and may_be_calendar and _is_calendar(line):
        return "NOISE-DATE"
    return None if sentence or _is_one_word(line) else _widgets_only(line)


def kinds_to_try(line: str) -> Sequence[int]:
    """The numbers of the kinds of which a pattern can match the folded line, in their order; the calendar is last."""
    known = furniture()
    by_opening = known.kinds_by_opening.get("0" if line[:1].isdecimal() else line[:1], ())
    traces = known.trace_finder.find_matches_as_strings(line.lower(), overlapping=True)
    if not traces:
        return by_opening
    return sorted({*by_opening, *chain.from_iterable(map(known.kinds_by_trace.__getitem__, traces))})


def is_anchor(line: str) -> bool:
    """Whether the folded line is a heading of a list of links."""
    return furniture().anchor_pattern.fullmatch(line.strip(_ORNAMENT)) is not None


def is_label(line: str) -> bool:
    """Whether the folded anchor may also head a box of the article's own."""
    return furniture().label_pattern.fullmatch(line.strip(_ORNAMENT)) is not None


def is_sentence(line: str) -> bool:
    """Whether the folded line ends as a sentence does."""
    return _SENTENCE.search(line) is not None


def is_record(line: str) -> bool:
    """Whether the folded line holds a record of the article: source, date, names."""
    return furniture().metadata_pattern.search(line) is not None


def is_link(line: str) -> bool:
    """Whether the folded line may be the text of a link: short, no sentence, no metadata, no heading of Markdown."""
    known = furniture()
    if len(line) > known.link_max_chars or line.startswith(("#", ">", "(")):
        return False
    undated = _DATED.sub("", line)
    return not _SENTENCE.search(line.rstrip("?!…")) and not known.metadata_pattern.search(undated)


def trimmed(line: str, *, named: bool) -> str:
    """The line without widget words and counters, if it holds metadata; else unchanged.

    `named`: another line names the source, so a site's name among widgets is furniture; without such a line it stays.
    """
    known = furniture()
    if len(line) > TRIM_MAX_CHARS or " " not in line:
        return line
    half = half_width(line)
    rest = _without(_without(line, known.counter_pattern, half), known.widget_pattern)
    if rest == line:
        return line
    if known.metadata_pattern.search(half):
        return rest
    if known.site_pattern.fullmatch(rest):
        return "" if named else rest
    return line


def _is_calendar(line: str) -> bool:
    """Whether the folded line is nothing but the day and the weather."""
    known = furniture()
    if not _DIGIT.search(line) or not known.calendar_telling.search(line):
        return False
    rest = known.calendar_token.sub("", line)
    return len(rest.strip()) <= known.calendar.rest_max_chars


def _without(line: str, pattern: re.Pattern[str], half: str | None = None) -> str:
    """The line without what the pattern finds in its half-width form, one space between what is left."""
    half = half_width(line) if half is None else half
    pieces, position = [], 0
    for match in pattern.finditer(half):
        pieces.append(line[position : match.start()].strip())
        position = match.end()
    return " ".join(piece for piece in [*pieces, line[position:].strip()] if piece) if position else line


def _is_one_word(line: str) -> bool:
    """Whether the line is one word, without a number behind it, and none of furniture."""
    return line[-1:].isalpha() and line not in furniture().words and not _DELIMITERS.search(line)


def _widgets_only(line: str) -> str | None:
    """The rule for a line of nothing but widget words, share targets or menu entries."""
    known = furniture()
    tokens = [token for token in _DELIMITERS.split(line) if token]
    words = [token if token in known.words or not token[-1].isdecimal() else _COUNT.sub("", token) for token in tokens]
    words = [word for word in words if word]
    if known.words.isdisjoint(words):
        return "NOISE-CMS" if line in known.strong else None
    if any(word not in known.words for word in words):
        return "NOISE-CMS" if line in known.strong else _menu(words)
    if any(word in known.share_targets for word in words) and any(word.startswith("分享") for word in words):
        return "NOISE-SHARE"
    if len(words) >= SHARE_MIN_TARGETS and all(word in known.share_targets for word in words):
        return "NOISE-SHARE"
    buttons = [word for word in words if word in known.buttons]
    if any(word in known.strong for word in buttons) or (len(buttons) == len(words) > 1):
        return "NOISE-CMS"
    return "NOISE-NAV" if sum(word in known.menu_words for word in words) >= MENU_MIN_CHANNELS else None


def _menu(words: list[str]) -> str | None:
    """The rule for a menu with entries of the site's own.

    It opens with the home page, names its sister sites, or holds three entries that nothing but a footer does.
    """
    known = furniture()
    strange = [word for word in words if word not in known.words]
    if words[0].endswith(HOME) and len(words) >= OWN_MENU_MIN_ENTRIES and len(strange) < len(words) - 1:
        return "NOISE-NAV" if all(len(word) <= OWN_ENTRY_MAX_CHARS for word in words) else None
    strong = sum(word in known.strong for word in words)
    if strong >= MENU_MIN_CHANNELS and len(words) - len(strange) >= FOOTER_MIN_SHARE * len(words):
        return "NOISE-CMS" if all(len(word) <= FOOTER_ENTRY_MAX_CHARS for word in words) else None
    sites = all(known.site_pattern.fullmatch(word) or word in known.menu_words for word in words)
    return "NOISE-NAV" if sites and MENU_MIN_CHANNELS <= len(words) > len(strange) else None


def _hoisted(kind: Kind) -> list[str]:
    """The patterns with a leading global flag made local, so that they can stand in one alternation."""
    return [re.sub(r"^\(\?i\)(.*)$", r"(?i:\1)", pattern) for pattern in kind.patterns]
