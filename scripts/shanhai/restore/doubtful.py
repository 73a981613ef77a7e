"""Articles whose wording is doubtful as a whole: published, with a mark at the start of the text.

The mark is a conjecture of no length: it changes nothing, counts among the article's doubts, and its rule says what is
doubtful (PAGE-21 reworded, PAGE-22 repeating itself, PAGE-23 made by a template).
"""

from __future__ import annotations

import msgspec

from shanhai.records import Certainty, Edit, EditPass, RestoredArticle
from shanhai.restore.page_features import distinct, han_of
from shanhai.restore.page_words import page_kinds, sampled_kinds

STEP = "page kinds"


def marked(restored: RestoredArticle) -> RestoredArticle:
    """The article, with a mark for each reason to doubt its wording as a whole."""
    rules = _reasons(restored.text)
    if not rules:
        return restored
    edits = tuple(
        Edit(rule=rule, start=0, end=0, before="", after="", certainty=Certainty.CONJECTURE) for rule in rules
    )
    return msgspec.structs.replace(restored, log=(*restored.log, EditPass(step=STEP, edits=edits)))


def _reasons(text: str) -> list[str]:
    known = page_kinds()
    hits, found = known.sample.hits, sampled_kinds(text)
    reasons = {
        "spun": found["spun"] >= hits["spun"] and _is_spun(text),
        "repeats": _repeats_itself(text),
        "template": found["template"] >= hits["template"] and _is_template(text),
    }
    return [known.kinds[kind].rule for kind, reason in reasons.items() if reason]


def _is_spun(text: str) -> bool:
    """Whether words of a thesaurus drove out the usual ones and took the field's fixed terms apart."""
    bounds = page_kinds().spun
    phrases = distinct(text, bounds.phrases)
    driven_out = [odd for odd, plain in bounds.pairs.items() if text.count(odd) > text.count(plain)]
    doubled = [odd for odd, plain in bounds.pairs.items() if f"{odd}{plain}" in text or f"{plain}{odd}" in text]
    points = bounds.phrase_points * len(phrases) + len(driven_out) + bounds.doubled_points * len(doubled)
    if points < bounds.points or len(phrases) + len(driven_out) < bounds.kinds:
        return False
    hits = sum(map(text.count, (*phrases, *driven_out)))
    return hits * bounds.chars_per_hit >= len(han_of(text))


def _repeats_itself(text: str) -> bool:
    """Whether sentences that stood before make up a large share of all."""
    pieces = text.split("。")
    if len(set(pieces)) == len(pieces):
        return False
    bounds = page_kinds().repeats
    sentences = [one for one in text.replace("\n", "。").split("。") if len(one) >= bounds.sentence_min_chars]
    if len(sentences) < 2 * bounds.sentences:
        return False
    once = set(sentences)
    total = sum(map(len, sentences))
    repeated = len(sentences) - len(once)
    return repeated >= bounds.sentences and total - sum(map(len, once)) >= bounds.share * total


def _is_template(text: str) -> bool:
    bounds = page_kinds().template
    return len(distinct(text, bounds.phrases)) >= bounds.kinds
