"""The page about the tagging: every rule by which places, pairs, themes and the rest are found."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai.annotate.rounds import rounds
from shanhai.annotate.vocabulary import themes, vocabulary
from shanhai.pages import bilingual
from shanhai.pages.markdown import Markdown, fill, front_matter, joined, link, table
from shanhai.pages.rules import anchor, rules_of
from shanhai.pages.targets import HOW_MADE, HOW_TAGGED, theme_link
from shanhai.pages.wording import local_name
from shanhai.reference import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shanhai.records import Article, Evidence
    from shanhai.relate.views import Views

PARTS = {
    "places": "处地点",
    "pairs": "对结对",
    "organisations": "条机构帮扶",
    "themes": "个主题",
    "practices": "种做法",
    "figures": "项数字",
    "dates": "个日期",
}
"""The parts of the annotations in the order of the page, with the words for their number."""


class Part(NamedTuple):
    """One part of the annotations: its rules as a table, and how many claims of it the archive holds."""

    name: str
    rules: Markdown
    claims: int


ACCURACY_FIELDS = {
    "provinces": "报道的省",
    "prefectures": "报道的市州",
    "counties": "报道的县",
    "pairs": "结对\uff08双方与方向\uff09",
    "organisations": "机构帮扶",
    "themes": "主题",
    "practices": "做法",
    "figures": "数字\uff08值与单位\uff09",
    "figure place": "数字的地点",
    "figure year": "数字的年份",
    "dates": "日期",
}
"""The fields of `reference/accuracy.yml` in a reader's words."""


class Tally(msgspec.Struct, frozen=True):
    """How many were labelled, found, and both."""

    wanted: int
    found: int
    right: int


class Measured(msgspec.Struct, frozen=True):
    """What was found in a number of labelled passages, by field."""

    count: int
    fields: dict[str, Tally]


class Accuracy(msgspec.Struct, frozen=True):
    """The whole of `reference/accuracy.yml`: over all passages, and over those that no rule was written with."""

    passages: Measured
    fresh: Measured


class Bin(msgspec.Struct, frozen=True, rename={"low": "from", "high": "to"}):
    """Themes whose score lies from `low` up to `high`: how many, and how many of them are labelled."""

    low: float
    high: float
    tags: int
    right: int


class Calibration(msgspec.Struct, frozen=True):
    """The whole of `reference/theme_calibration.yml`."""

    texts: int
    bins: tuple[Bin, ...]


def how_tagged(views: Views) -> Markdown:
    """The page about the tagging, with how often each rule was used in this archive."""
    used = Counter(evidence.rule for article in views.newest for evidence in _evidence(article))
    claims = Counter(part for article in views.newest for part in PARTS for _ in getattr(article.annotations, part))
    parts = {part: Part(part, _rules(part, used), claims[part]) for part in PARTS if rules_of(part)}
    measured = load("accuracy.yml", Accuracy)
    calibrated = load("theme_calibration.yml", Calibration)
    return fill(
        "how_tagged.md",
        front=front_matter({"title": "怎样标注"}),
        parts=parts,
        counts=[(PARTS[part], one) for part, one in parts.items() if one.claims],
        themes=_themes(),
        rounds=_rounds(),
        accuracy=_accuracy(measured),
        passages=measured.passages.count,
        fresh=measured.fresh.count,
        calibration=_calibration(calibrated),
        calibrated=calibrated.texts,
        score_needed=f"{vocabulary().scoring.score_needed:g}",
        how_made=link("怎样整理", HOW_MADE, HOW_TAGGED),
    )


def _evidence(article: Article) -> Iterator[Evidence]:
    """Every piece of evidence of an article."""
    found = article.annotations
    yield from (one for several in found.places for one in several.evidence)
    yield from (one for several in found.themes for one in several.evidence)
    yield from (one.evidence for one in found.pairs)
    yield from (one.evidence for one in found.organisations)
    yield from (one.evidence for one in found.practices)
    yield from (one.evidence for one in found.figures)
    yield from (one.evidence for one in found.dates)


def _rules(part: str, used: Counter[str]) -> Markdown:
    rows = [
        [
            Markdown(f"{key} {{: #{anchor(key)} .rule }}"),
            joined([rule.zh, Markdown("<br>"), bilingual.english(rule.en)]),
            rule.example,
            str(used[key]) if used[key] else "未用到",
        ]
        for key, rule in rules_of(part).items()
    ]
    return table(["规则", "凭什么", "例", "本库处数"], rows, numeric=1)


def _accuracy(known: Accuracy) -> Markdown:
    """The share of what was found that is right, and of what was wanted that was found, in percent."""
    rows = [
        [ACCURACY_FIELDS[field], *_percentages(one), *_percentages(known.fresh.fields[field])]
        for field, one in known.passages.fields.items()
    ]
    return table(["项目", "准", "全", "新写\uff1a准", "新写\uff1a全"], rows, numeric=4)


def _percentages(tally: Tally) -> list[str]:
    return [f"{100 * tally.right / max(whole, 1):.1f}%" for whole in (tally.found, tally.wanted)]


def _calibration(known: Calibration) -> Markdown:
    rows = [[f"{one.low:g}–{one.high:g}", str(one.tags), str(one.right)] for one in known.bins]
    return table(["把握", "判断数", "与人工一致"], rows, numeric=2)


def _themes() -> Markdown:
    rows = [
        [theme_link(one.label, HOW_TAGGED), one.en, "、".join(one.cues[max(one.cues)]), "、".join(one.exclusions)]
        for one in themes()
    ]
    return table(["主题", "英文", "点明主题的用语", "不算数的搭配"], rows)


def _rounds() -> Markdown:
    rows = [
        [
            str(one.year),
            one.basis,
            "\uff1b".join(
                f"{local_name(line.origin)}—{'、'.join(local_name(target) for target in line.targets)}"
                for line in one.pairs
            ),
        ]
        for one in rounds()
    ]
    return table(["年份", "依据", "帮扶方—受援方"], rows)
