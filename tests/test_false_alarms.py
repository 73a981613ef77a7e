"""Undamaged text comes through the chain as it is, but for documented typography.

The passages of `tests/clean/` are honest text of many kinds, most of it close to some kind of damage. A file is a kind;
a line `%` parts two passages, and what stands behind a line `=>` is what documented typography makes of a passage.
All others must come out character for character. Sentences of the masters and seeded sentences join them.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

import damage
from shanhai.describe.article import describe
from shanhai.records import Certainty, DescribedArticle, RawArticle, Rejected, RestoredArticle
from shanhai.restore.chain import restore
from templates import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "clean"
MASTERS = Path(__file__).parent / "masters"
TYPOGRAPHY = ("TYPO-", "SPACE-", "SCRIPT-")
WRITTEN_AT_LEAST, PASSAGES_AT_LEAST = 400, 1000
PASSAGES_A_PAGE = 7
CONJECTURED_AT_MOST = 0.01
"""Of the passages, the share that may be changed by a reading that is marked as one."""


class Passage(NamedTuple):
    """Honest text, and what may become of it."""

    kind: str
    text: str
    becomes: str


def written() -> list[Passage]:
    """The passages of the files."""
    return [
        Passage(file.stem, text.strip("\n"), becomes.strip("\n") or text.strip("\n"))
        for file in sorted(FOLDER.glob("*.txt"))
        for text, _arrow, becomes in (one.partition("\n=>\n") for one in _parts(file))
    ]


def _parts(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split("\n%\n")


def of_masters() -> Iterator[Passage]:
    """Every block of the masters, and every other sentence of theirs."""
    for file in sorted(MASTERS.glob("*.md")):
        for block in damage.read_master(file).blocks:
            yield Passage("master", block, block)
            for sentence in [one + "。" for one in block.split("。") if one][::2]:
                if sentence != block and sentence[0] not in "”’\uff09":
                    yield Passage("master", sentence, sentence)


WRITTEN = written()
PASSAGES = [*WRITTEN, *of_masters(), *(Passage("template", one, one) for one in sentences(400, seed=7))]
KINDS = sorted({one.kind for one in PASSAGES})


def raw(text: str) -> RawArticle:
    return RawArticle(file="any.txt", sha256="0" * 64, format="text", encoding="utf-8", text=text)


def test_there_are_enough_passages():
    assert len(WRITTEN) >= WRITTEN_AT_LEAST
    assert len({one.text for one in PASSAGES}) >= PASSAGES_AT_LEAST


@pytest.mark.parametrize("kind", KINDS)
def test_a_passage_alone_comes_through(kind):
    assert [fault for one in PASSAGES if one.kind == kind for fault in faults_alone(one)] == []


def test_hardly_any_honest_passage_is_read_otherwise():
    """What is changed as a conjecture is shown as one, but it is no less wrong here."""
    conjectured = [one.text for one in PASSAGES if _conjectures(restore(raw(one.text)))]
    assert len(conjectured) <= CONJECTURED_AT_MOST * len(PASSAGES), conjectured


def faults_alone(one: Passage) -> list[str]:
    """What the chain does to the passage as a page of its own that it must not do."""
    outcome = restore(raw(one.text))
    if isinstance(outcome, Rejected):
        return [f"{one.text!r} set aside: {outcome.rule}"]
    edits = _undue_edits(outcome)
    if not edits and outcome.text != one.becomes and not _conjectures(outcome):
        edits = [f"{_typography(outcome)}: {outcome.text!r}"]
    return [f"{one.text!r} {edit}" for edit in edits]


@pytest.mark.parametrize("seed", range(4))
def test_a_page_of_passages_comes_through(seed):
    """Each seed makes pages of all passages, in another order."""
    assert [fault for page in pages(seed) for fault in faults_of_page(page)] == []


def pages(seed: int) -> list[list[Passage]]:
    """All passages in pages, shuffled; those in traditional script keep to themselves, as a page has one script."""
    traditional = [one for one in PASSAGES if one.kind == "traditional"]
    others = [one for one in PASSAGES if one.kind != "traditional"]
    made = []
    for group in (traditional, others):
        Random(seed).shuffle(group)  # noqa: S311 - reproducible, not secret
        made += [group[at : at + PASSAGES_A_PAGE] for at in range(0, len(group), PASSAGES_A_PAGE)]
    return made


SIMPLIFIED = (
    "山里半个月",
    "山里的变化是一点一点发生的，要说清楚，得从一条路、一口井和一所学校讲起，我们在这里住了半个月，天天听人说起。",
    "离开的那天早上下起了小雨，送行的人一直站在路口，车转过山脚的时候，还能看见一把红色的伞在雨里慢慢地晃动。",
)
TRADITIONAL = (
    "山裡半個月",
    "山裡的變化是一點一點發生的，要說清楚，得從一條路、一口井和一所學校講起，我們在這裡住了半個月，天天聽人說起。",
    "離開的那天早上下起了小雨，送行的人一直站在路口，車轉過山腳的時候，還能看見一把紅色的傘在雨裡慢慢地晃動。",
)
"""The headline, first and last paragraph of a page."""


def faults_of_page(page: list[Passage]) -> list[str]:
    """What restoring and describing a page of the passages does that it must not do."""
    frame = TRADITIONAL if page[0].kind == "traditional" else SIMPLIFIED
    outcome = restore(raw("\n\n".join([*frame[:2], *(one.text for one in page), frame[2]])))
    if isinstance(outcome, Rejected):
        return [f"page set aside: {outcome.rule}"]
    found = _undue_edits(outcome)
    described = describe(outcome)
    found += [
        f"{step} lost or changed {one.becomes!r} ({_typography(outcome)})"
        for one in page
        for step, text in (("the restoration", outcome.text), ("the description", _text(described)))
        if one.becomes not in text.replace("\n\n", "\n") and one.becomes not in text and not _conjectures(outcome)
    ]
    return found


DAMAGED = (
    "山里半個月",
    "東西部協作的攻堅(jiān)戰(zhàn)打了半年，當地的協(xié)調會開了三次，幹部說，攻堅(jiān)戰(zhàn)還要打，協(xié)作還要深。",
    "扶貧協(xié)作到了攻堅(jiān)的時候，人人都上陣(zhèn)，一年到頭沒有停過，這場硬仗終於打贏了。",
)
"""A page that mirrors have annotated: whatever only runs on damaged pages runs on it."""

EVERYDAY = ("brackets", "buttons", "dialogue", "interviews", "laws", "minutes", "plain", "spam_topic", "sports")


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("half_width", [False, True])
def test_honest_passages_come_through_on_a_damaged_page(seed, half_width):
    """Question marks in half width, too, which there could be lost bytes; the width of marks is not judged here."""
    chosen = [one for one in WRITTEN if one.kind in EVERYDAY and one.text == one.becomes]
    Random(seed).shuffle(chosen)  # noqa: S311 - reproducible, not secret
    faults = []
    for at in range(0, len(chosen), PASSAGES_A_PAGE):
        page = chosen[at : at + PASSAGES_A_PAGE]
        shown = [_in_half_width(one.text) if half_width else one.text for one in page]
        outcome = restore(raw("\n\n".join([*DAMAGED[:2], *shown, DAMAGED[2]])))
        assert isinstance(outcome, RestoredArticle)
        found = _in_half_width(outcome.text)
        faults += [one.text for one in page if _in_half_width(one.text) not in found]
    assert faults == []


def _in_half_width(text: str) -> str:
    """The text with its sentence punctuation in half width, as many mirrors have it."""
    return "".join(HALF_WIDTH.get(char, char) for char in text)


HALF_WIDTH = {chr(ord(mark) + 0xFEE0): mark for mark in ",?!"}


def _text(described: DescribedArticle | Rejected) -> str:
    return described.text if isinstance(described, DescribedArticle) else ""


def _undue_edits(restored: RestoredArticle) -> list[str]:
    """Changes of the text that claim to be sure and are no typography."""
    return [
        f"{edit.rule} in step {one.step}: {edit.before!r} -> {edit.after!r}"
        for one in restored.log
        for edit in one.edits
        if edit.before != edit.after and edit.certainty is Certainty.SURE and not edit.rule.startswith(TYPOGRAPHY)
    ]


def _conjectures(outcome: RestoredArticle | Rejected) -> bool:
    if isinstance(outcome, Rejected):
        return False
    edits = [edit for one in outcome.log for edit in one.edits]
    return any(edit.certainty is Certainty.CONJECTURE and edit.before != edit.after for edit in edits)


def _typography(restored: RestoredArticle) -> str:
    rules = Counter(edit.rule for one in restored.log for edit in one.edits if edit.before != edit.after)
    return " ".join(sorted(rules)) or "no edit"
