"""The chain of repairs: from a raw article to a clean text and the log that leads back."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from shanhai.editlog import apply
from shanhai.records import EditPass, Rejected, RestoredArticle
from shanhai.restore import (
    brands,
    filters,
    lost_signs,
    markup,
    masks,
    mojibake,
    noise,
    phase,
    pinyin,
    script,
    spaces,
    typography,
    wrap,
)
from shanhai.restore.context import Context, survey_bytes, survey_script
from shanhai.restore.shared_lines import NONE, SharedLines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shanhai.records import Edit, FileFormat, RawArticle, Script

_UNDECIDED: Script = "hans"
STEP_MAX_ROUNDS = 12
CHAIN_MAX_ROUNDS = 12


class Step(NamedTuple):
    """A step's name in the log, and the function that finds its edits.

    `rounds`: how often it may run in a row, for a step whose edits can bring up more of their kind.
    """

    name: str
    find: Callable[[str, Context], Sequence[Edit]]
    rounds: int = 1


class Stage(NamedTuple):
    """Steps that go by one survey of the page."""

    survey: Callable[[str, FileFormat], Context]
    steps: tuple[Step, ...]


# What a step needs decides its place.
STAGES: tuple[Stage, ...] = (
    Stage(
        survey_bytes,
        (
            # First what the file's container did last: tags appear only when entities are read.
            Step("entities", markup.find_entities, STEP_MAX_ROUNDS),
            Step("tags", markup.find_tags, STEP_MAX_ROUNDS),
            # Lines broken by a text file's width are as wide as it only until anything in them is repaired.
            Step("broken lines", wrap.find, STEP_MAX_ROUNDS),
            # Bytes before pinyin: a swallowed bracket is repaired while the annotations around it still
            # show the pattern; and before spaces, as an ideographic space may be half of a misread character.
            Step("mojibake", mojibake.find),
            # In rounds: a run that cannot be told between damaged neighbours may be beside repaired ones.
            Step("phase", phase.find, STEP_MAX_ROUNDS),
            # Pinyin before script: the readings are those of the annotated, traditional characters.
            Step("pinyin", pinyin.find),
            # From here on lines and spaces are what they seem to be.
            Step("spaces", spaces.find_odd),
            # Where the width was told by what is gone by now; before the indents of paragraphs go.
            Step("wrap", wrap.find, STEP_MAX_ROUNDS),
            Step("margins", spaces.find_margins),
        ),
    ),
    Stage(
        survey_script,
        (
            # Script before words, punctuation and lines: every list after it is in simplified script alone.
            Step("variants", script.find_variants),
            Step("script", script.find_script),
            Step("script words", script.find_words),
            # Digits before punctuation (8:30), brackets before other marks, which look across them.
            Step("width", typography.find_width),
            Step("brackets", typography.find_brackets),
            Step("corners", typography.find_corners),
            Step("quotes", typography.find_quotes),
            Step("marks", typography.find_marks),
            # No doubled mark or space beside a mark is seen before all marks are full-width.
            Step("doubled", typography.find_doubled),
            # A space that was a plus at the end of a quotation goes with the spaces beside marks.
            Step("open pluses", lost_signs.find_open_pluses),
            Step("tight", typography.find_spaces),
            # A spam term inside a sentence must not make the line look like one of spam.
            Step("brands", brands.find),
            # Lines after script, whose lists are simplified, and with the survey's foreign lines, whose numbers hold
            # because no step of this stage so far adds or removes a line break.
            Step("noise", noise.find),
            # Words last: a mask or a lost plus may stand where a line was broken.
            Step("masks", masks.find_repairs, STEP_MAX_ROUNDS),
            Step("pluses", lost_signs.find_pluses),
            Step("years", lost_signs.find_year_dashes),
            Step("ones", lost_signs.find_ones),
            # A filtered page is told by characters that it lacks: only what it holds now counts.
            Step("filters", filters.find),
            # Gaps when all that can be read has been read.
            Step("masked gaps", masks.find_gaps),
            Step("lost numbers", lost_signs.find_numbers),
        ),
    ),
)


def restore(raw: RawArticle, shared_lines: SharedLines = NONE) -> RestoredArticle | Rejected:
    """The article without its damage, or the reason why nothing brings it back.

    `shared_lines`: lines that many documents of an origin hold, where the corpus was counted before.

    Goes through the stages until a whole round changes nothing, so that restoring a restored text changes nothing; a
    step sits out a round if the text is still the one that it left and nothing new is known of the page.
    """
    if mojibake.is_lost(raw.text):
        return _rejected(raw, "PAGE-01", "正文经过多次错误转码，已无法还原")
    text, log, script = raw.text, list[EditPass](), _UNDECIDED
    shared = shared_lines.of(raw)
    seen: dict[str, tuple[str, Context]] = {}
    for number in range(CHAIN_MAX_ROUNDS):
        before = text
        for stage in STAGES:
            context = structs.replace(stage.survey(text, raw.format), shared=shared)
            script = script if number else context.script
            for step in stage.steps:
                last = seen.get(step.name)
                if last and last[0] is text and context.adds_nothing_to(last[1]):
                    continue
                text, passes = run_step(step, text, context)
                if passes:
                    log += (one for one in passes if not number or _changes(one))
                seen[step.name] = text, context
        if text == before:
            break
    if not text.strip():
        return _rejected(raw, "PAGE-02", "去掉导航、广告等杂项之后没有正文")
    return RestoredArticle(raw=raw, text=text, log=tuple(log), script=script)


def run_step(step: Step, text: str, context: Context) -> tuple[str, list[EditPass]]:
    """The text after the step, repeated until it changes nothing more, with a pass for each time that it did."""
    passes: list[EditPass] = []
    for _round in range(step.rounds):
        edits = step.find(text, context)
        if not edits:
            break
        edits = tuple(edits)
        one = EditPass(step=step.name, edits=edits)
        if not _changes(one):
            passes += [] if passes else [one]
            break
        text = apply(text, edits)
        passes.append(one)
    return text, passes


def _changes(one: EditPass) -> bool:
    return any(edit.before != edit.after for edit in one.edits)


def _rejected(raw: RawArticle, rule: str, reason: str) -> Rejected:
    """The rejection; the excerpt says the text's length and hash only, as its words may be spam."""
    digest = sha256(raw.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Rejected(file=raw.file, rule=rule, reason=reason, excerpt=f"{len(raw.text)} 字，sha256 {digest}")
