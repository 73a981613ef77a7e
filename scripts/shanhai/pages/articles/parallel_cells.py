"""Pieces of a source and of its clean text as HTML, side by side: what went struck through, what came underlined.

Every character is visible: what has no shape of its own stands there by a sign or by its number in Unicode. Spam is
never shown, only its length and hash.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from shanhai.pages.articles.body import GAP_SIGN
from shanhai.pages.articles.change_kinds import is_plain
from shanhai.pages.articles.parallel import whole_spans
from shanhai.pages.escape import inline
from shanhai.records import Certainty
from shanhai.unshown import SPAM, fingerprint, removes_spam

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shanhai.alignment import Piece
    from shanhai.records import DescribedArticle

LINE_END = "↵"
BREAK = "<br>"
SPACE = "␣"
MORE = "……\uff08以下不列\uff09"
SYMBOLS = 0x2400
"""Where Unicode's pictures of the control characters U+0000 to U+001F begin."""

PLAIN = 'class="plain" '
"""What only reads otherwise and is told at sight is marked more lightly."""

RUN_CHARS = 2_000
"""Text is written in runs of so many characters, so that a page can stop between two; of a longer change the rest is
counted."""

_SPACES = re.compile(" {2,}")
_IDEOGRAPHIC_SPACE = "\u3000"


class Cells:
    """Writes the two cells of a row; `numbers` are those of the rules that stand in the text, in its order."""

    def __init__(self, described: DescribedArticle) -> None:
        self.numbers: dict[str, int] = {}
        self._raw = described.raw.text
        self._clean = described.text
        self._written: dict[tuple[object, ...], tuple[str, str]] = {}

    def raw(self, pieces: Sequence[Piece]) -> str:
        """The source of neighbouring pieces."""
        return self._raw[pieces[0].raw_start : pieces[-1].raw_end]

    def both(self, pieces: Sequence[Piece], most_bytes: int) -> tuple[str, str]:
        """The source and the clean text, cut with a sign where the two take more than so many bytes."""
        left: list[str] = []
        right: list[str] = []
        for before, after in self._runs(pieces):
            if most_bytes <= 0:
                left.append(MORE)
                right.append(MORE)
                break
            left.append(before)
            right.append(after)
            most_bytes -= len(before.encode()) + len(after.encode())
        return "".join(left), "".join(right).removeprefix(BREAK).removesuffix(BREAK)

    def number(self, rules: Iterable[str]) -> str:
        """The numbers of the rules that carry one, raised, each a link to the list."""
        marked = [rule for rule in rules if not is_plain(rule)]
        known = (self.numbers.setdefault(rule, len(self.numbers) + 1) for rule in marked)
        return "".join(f'<sup><a href="#k{one}">{one}</a></sup>' for one in known)

    def _runs(self, pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
        """What each column shows of neighbouring pieces that one rule changed, or that none did."""
        spam = whole_spans(pieces, removes_spam)
        keys = [(SPAM, spam[number]) if number in spam else _key(one) for number, one in enumerate(pieces)]
        number = 0
        for key, same_key in groupby(keys):
            group = pieces[number : number + len(list(same_key))]
            number += len(group)
            raw, clean = self.raw(group), self._clean[group[0].clean_start : group[-1].clean_end]
            if key:
                yield self._change(raw, clean, group[0], spam=key[0] == SPAM)
                continue
            for start in range(0, len(raw), RUN_CHARS):
                same = _lines(raw[start : start + RUN_CHARS])
                yield same, same

    def _change(self, raw: str, clean: str, first: Piece, *, spam: bool) -> tuple[str, str]:
        """What a change shows in either column; the same change is written once for the page."""
        rules, certainty = first.rules, first.certainty
        key = (raw, clean, rules, certainty, spam)
        if key not in self._written:
            before = unshown(raw) + ("" if clean else self.number(rules)) if spam else self._before(raw, clean, rules)
            self._written[key] = before, self._after(raw, clean, rules, certainty)
        return self._written[key]

    def _before(self, raw: str, clean: str, rules: Sequence[str]) -> str:
        if not raw or raw == clean:
            return line(raw, RUN_CHARS, changed=False)
        kind = PLAIN if clean and all(map(is_plain, rules)) else ""
        words = f'<del {kind}title="{" ".join(rules)}">{line(raw, RUN_CHARS)}</del>'
        return words if clean else words + self.number(rules)

    def _after(self, raw: str, clean: str, rules: Sequence[str], certainty: Certainty) -> str:
        title = f'title="{" ".join(rules)}"'
        words = line(clean, RUN_CHARS, changed=False)
        if certainty is Certainty.GAP:
            return f'<span class="gap" {title}>{words or GAP_SIGN}</span>{self.number(rules)}'
        if certainty is Certainty.CONJECTURE and clean:
            return f'<ins class="conjecture" {title}>{words}</ins>{self.number(rules)}'
        if not clean or raw == clean:
            return words
        if clean.isspace() and "\n" in clean:
            return BREAK
        kind = PLAIN if all(map(is_plain, rules)) else ""
        return f"<ins {kind}{title}>{words}</ins>{self.number(rules)}"


def unshown(text: str) -> str:
    """What a page says of spam: its length and its hash."""
    return f'<span class="unshown">〔垃圾词 {len(text)} 字\uff0cSHA-256 {fingerprint(text)}〕</span>'


def line(text: str, most_chars: int, *, changed: bool = True) -> str:
    """A text as HTML, cut where it is longer."""
    cut = f"…\uff08共 {len(text)} 字\uff09" if len(text) > most_chars else ""
    return _lines(text[:most_chars], changed=changed) + cut


def visible(text: str, *, changed: bool = False) -> str:
    """A line as HTML, with a sign for every character that has no shape; in changed text for each space, too."""
    text = text.replace(" ", SPACE) if changed else _SPACES.sub(lambda found: SPACE * len(found[0]), text)
    if text.isprintable():
        return inline(text)
    kept = "" if changed else _IDEOGRAPHIC_SPACE
    parts = groupby(text, key=lambda char: "" if char.isprintable() or char == kept else char)
    return "".join(_sign(char, len(list(same))) if char else inline("".join(same)) for char, same in parts)


def _key(one: Piece) -> tuple[object, ...]:
    """What neighbouring pieces must share to be shown as one; nothing for what did not change."""
    edits = one.edits
    if len(edits) == 1:
        return edits[0].rule, edits[0].certainty
    return (*one.rules, one.certainty) if edits else ()


def _lines(text: str, *, changed: bool = False) -> str:
    if "\n" not in text:
        return visible(text, changed=changed)
    joint = LINE_END + BREAK if changed else BREAK
    return joint.join(visible(one, changed=changed) for one in text.split("\n"))


def _sign(char: str, count: int) -> str:
    code = ord(char)
    if code < ord(" "):
        return f"<i>{chr(SYMBOLS + code) * count}</i>"
    times = f"×{count}" if count > 1 else ""
    return f"<i>〈U+{code:04X}{times}〉</i>"
