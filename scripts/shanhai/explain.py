"""What was done to one file, edit by edit, for a reader at a terminal.

Spam that was removed is shown by its kind, length and hash alone, wherever in the log it stood.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec
from rich.text import Text

from shanhai.describe.article import describe
from shanhai.editlog import apply
from shanhai.errors import CorpusError
from shanhai.pages.rules import rules
from shanhai.read.corpus import read_file
from shanhai.records import Certainty, DescribedArticle, Rejected
from shanhai.restore.chain import restore
from shanhai.unshown import fingerprint, removes_spam

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rich.console import Console

    from shanhai.records import Edit, EditPass, RawArticle, RestoredArticle

EXAMPLES = {Certainty.SURE: 3, Certainty.CONJECTURE: 20, Certainty.GAP: 20}
"""So many edits of a rule are shown for each pass unless all are asked for; doubt is shown more fully."""

CONTEXT_CHARS = 12
LONGEST_SHOWN_CHARS = 60
HIDDEN = "▒"
COLOURS = {Certainty.SURE: "green", Certainty.CONJECTURE: "yellow", Certainty.GAP: "magenta"}
TITLE_ORIGINS = {True: "derived from the text", False: "of the page"}


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """How to show: all edits or the first few, and with marks instead of colours where there are none."""

    every: bool
    plain: bool


def explain(path: Path, corpus: Path, max_file_bytes: int, console: Console, *, every: bool = False) -> None:
    """Print what was done to each article of a file; raises `CorpusError` where there is no such file.

    The path may be one from here, one within the corpus, or a name as the report gives it (`articles.jsonl#L3`).
    """
    name, _hash, line = str(path).partition("#L")
    wanted = path.with_name(path.name.partition("#L")[0]) if line.isdecimal() and not path.exists() else path
    found = next((one for one in (wanted, corpus / wanted) if one.is_file()), None)
    if found is None:
        raise CorpusError(path, "is no file", f"Name a file, or one within the corpus {corpus}.")
    found = found.resolve()
    folder = corpus if found.is_relative_to(corpus) else found.parent
    how = Explanation(every=every, plain=not console.is_terminal or console.no_color)
    records = [
        one
        for one in read_file(found, folder, max_file_bytes)
        if wanted == path or one.file.endswith(f"#L{line}") or not line
    ]
    if not records:
        raise CorpusError(path, f"has no article in line {line}", f"See {name}.")
    for number, one in enumerate(records):
        if number:
            console.print()
        for text in _explained(one, how):
            console.print(text, soft_wrap=True, highlight=False)


def _explained(raw: RawArticle | Rejected, how: Explanation) -> Iterator[Text]:
    if isinstance(raw, Rejected):
        yield _field("file", raw.file)
        yield _set_aside(raw)
        return
    yield _field("file", raw.file)
    yield _field("read as", f"{raw.format}, {raw.encoding}, {len(raw.text)} characters, sha256 {raw.sha256[:16]}")
    restored = restore(raw)
    if isinstance(restored, Rejected):
        yield _set_aside(restored)
        return
    described = describe(restored)
    if isinstance(described, Rejected):
        yield _field("script", restored.script)
        yield _set_aside(described)
        yield from _passes(restored, how)
        return
    yield from _header(described)
    yield from _passes(described, how)


def _header(described: DescribedArticle) -> Iterator[Text]:
    given = described.raw.given
    yield _field("script", described.script)
    title = "given with the file" if given.title else TITLE_ORIGINS[described.title_derived]
    yield _field("title", described.title, title)
    yield _field("date", described.date or described.date_edtf or "unknown", described.date_origin or "")
    for name, value, was_given in (
        ("source", described.source, bool(given.source)),
        ("authors", "、".join(described.authors), bool(given.authors)),
        ("editor", described.editor, bool(given.editor)),
    ):
        if value:
            yield _field(name, value, "given with the file" if was_given else "of the page")


def _passes(article: RestoredArticle | DescribedArticle, how: Explanation) -> Iterator[Text]:
    texts = list(accumulate(article.log, lambda text, one: apply(text, one.edits), initial=article.raw.text))
    hidden = spam_spans(article.log)
    for number, (one, text, spans) in enumerate(zip(article.log, texts, hidden, strict=False), start=1):
        yield Text()
        yield Text(f"{number}. {one.step}: {_count(len(one.edits), 'edit')}", style="bold")
        yield from _edits(one, masked(text, spans), spans, how)
    yield Text()
    yield from _counts(article)


def _edits(one_pass: EditPass, text: str, spans: Sequence[tuple[int, int]], how: Explanation) -> Iterator[Text]:
    """The edits of a pass by rule, the rule that comes first in the text first."""
    by_rule: dict[tuple[str, Certainty], list[Edit]] = {}
    for one in one_pass.edits:
        by_rule.setdefault((one.rule, one.certainty), []).append(one)
    for (rule, certainty), edits in by_rule.items():
        yield _rule_line(rule, certainty)
        shown = edits if how.every else edits[: EXAMPLES[certainty]]
        for one in shown:
            yield _edit_line(one, text, spans, how)
        if len(shown) < len(edits):
            yield Text(f"       … and {len(edits) - len(shown)} more (--all shows them)", style="dim")


def _rule_line(rule: str, certainty: Certainty) -> Text:
    known = rules().get(rule)
    line = Text("   ")
    line.append(rule, style="cyan")
    line.append(" ").append(certainty.value, style=COLOURS[certainty])
    return line.append(f"  {known.zh} / {known.en}" if known else "")


def _edit_line(one: Edit, text: str, spans: Sequence[tuple[int, int]], how: Explanation) -> Text:
    line = Text(f"     {one.start:>6}  ")
    if removes_spam(one):
        length = _count(len(one.before), "character")
        return line.append(f"spam, {length}, sha256 {fingerprint(one.before)}", style="dim")
    if any(start < one.end and one.start < end for start, end in spans):
        return line.append("within spam that is removed later", style="dim")
    line.append(_visible(text[max(0, one.start - CONTEXT_CHARS) : one.start]), style="dim")
    line.append(_change(one, how))
    return line.append(_visible(text[one.end : one.end + CONTEXT_CHARS]), style="dim")


def _change(one: Edit, how: Explanation) -> Text:
    before, after = _shortened(one.before), _shortened(one.after)
    if how.plain:
        marked = f"[-{before}-]" * bool(before) + f"{{+{after}+}}" * bool(after)
        return Text(f"[?{before}?]" if one.before == one.after else marked)
    if one.before == one.after:
        return Text(before, style="magenta underline")
    return Text(before, style="red strike").append(after, style="not strike green")


def _counts(article: RestoredArticle | DescribedArticle) -> Iterator[Text]:
    edits = [one for each in article.log for one in each.edits]
    certainties = Counter(one.certainty for one in edits)
    by_certainty = ", ".join(f"{certainties[one]} {one.value}" for one in Certainty)
    yield _field("edits", f"{len(edits)} ({by_certainty})")
    for rule, count in sorted(Counter(one.rule for one in edits).items(), key=lambda item: (-item[1], item[0])):
        known = rules().get(rule)
        yield Text(f"   {count:>6}  {rule}  {known.zh if known else ''}".rstrip())
    yield _field("characters", f"{len(article.raw.text)} raw, {len(article.text)} clean")


def spam_spans(log: Sequence[EditPass]) -> list[list[tuple[int, int]]]:
    """For the text before each pass, where in it stands what this pass or a later one removes as spam."""
    spans: list[tuple[int, int]] = []
    found: list[list[tuple[int, int]]] = []
    for one in reversed(log):
        spans = _spans_before(spans, one.edits) + [(e.start, e.end) for e in one.edits if removes_spam(e)]
        found.append(sorted(spans))
    return found[::-1]


def masked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with every character of the spans, which are sorted, hidden."""
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        if end > position:
            pieces += (text[position:start], HIDDEN * (end - max(start, position)))
            position = end
    return "".join([*pieces, text[position:]])


def _spans_before(spans: Sequence[tuple[int, int]], edits: Sequence[Edit]) -> list[tuple[int, int]]:
    """Spans of the text after the edits as spans of the text before them; what an edit touched counts whole."""
    if not spans or not edits:
        return list(spans)
    shifts = [0, *accumulate(len(one.after) - len(one.before) for one in edits)]
    starts = [one.start + shift for one, shift in zip(edits, shifts, strict=False)]

    def back(position: int, *, is_end: bool) -> int:
        number = bisect_right(starts, position - is_end) - 1
        if number < 0:
            return position
        if position < starts[number] + len(edits[number].after) + is_end:
            return edits[number].end if is_end else edits[number].start
        return position - shifts[number + 1]

    return [(back(start, is_end=False), back(end, is_end=True)) for start, end in spans]


def _field(name: str, value: str, origin: str = "") -> Text:
    line = Text(f"{name + ':':<12}", style="bold").append(_visible(value), style="not bold")
    return line.append(f"  ({origin})", style="not bold dim") if origin else line


def _set_aside(rejected: Rejected) -> Text:
    line = Text("set aside:  ", style="bold red").append(rejected.rule, style="not bold cyan")
    line.append(f"  {_visible(rejected.reason)}", style="not bold default")
    return line.append(f"  [{_visible(rejected.excerpt)}]", style="not bold dim") if rejected.excerpt else line


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_SHOWN_CHARS:
        return _visible(text)
    third = LONGEST_SHOWN_CHARS // 3
    return f"{_visible(text[: 2 * third])}… {len(text)} characters …{_visible(text[-third:])}"


def _visible(text: str) -> str:
    """The text on one line, with a sign for what cannot be seen and nothing that could steer the terminal."""
    return "".join(_sign(char) for char in text)


def _sign(char: str) -> str:
    if char == "\n":
        return "⏎"
    return char if char.isprintable() else f"‹U+{ord(char):04X}›"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
