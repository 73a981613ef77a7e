"""The page about the tagging: every rule by which places, pairs, themes and the rest are found."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate.rounds import rounds
from shanhai.annotate.vocabulary import themes
from shanhai.pages.markdown import Markdown, fill, front_matter, joined, link, table
from shanhai.pages.rules import anchor, rules_of
from shanhai.pages.targets import HOW_MADE, HOW_TAGGED, theme_link
from shanhai.pages.wording import local_name

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


def how_tagged(views: Views) -> Markdown:
    """The page about the tagging, with how often each rule was used in this archive."""
    used = Counter(evidence.rule for article in views.newest for evidence in _evidence(article))
    claims = Counter(part for article in views.newest for part in PARTS for _ in getattr(article.annotations, part))
    parts = {part: Part(part, _rules(part, used), claims[part]) for part in PARTS if rules_of(part)}
    return fill(
        "how_tagged.md",
        front=front_matter({"title": "怎样标注", "search": {"exclude": True}}),
        parts=parts,
        counts=[(PARTS[part], one) for part, one in parts.items()],
        themes=_themes(),
        rounds=_rounds(),
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
            joined([rule.zh, Markdown("<br>"), fill("english.md", words=rule.en)]),
            rule.example,
            str(used[key]) if used[key] else "未用到",
        ]
        for key, rule in rules_of(part).items()
    ]
    return table(["规则", "凭什么", "例", "本库处数"], rows, numeric=1)


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
