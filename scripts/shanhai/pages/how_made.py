"""How the archive was made: what a repair may claim, and the report of the run that made this site."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from shanhai.pages.markdown import Markdown, fill, front_matter, link, table
from shanhai.pages.places.coverage import panel
from shanhai.pages.rules import Rule, anchor, is_of_tags, rule_link, rule_name, rules
from shanhai.pages.targets import HELP, HOW_MADE, HOW_TAGGED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.records import Rejected
    from shanhai.relate.views import Views

MOST_SET_ASIDE = 200
"""Files listed by name; the data file names all."""


def how_made(views: Views) -> Markdown:
    """The page about the making, with the run report and what the archive cannot tell."""
    archive = views.archive
    used = [(rule, count) for rule, count in archive.repairs.items() if count]
    used.sort(key=lambda item: (-item[1], item[0]))
    known = rules()
    return fill(
        "how_made.md",
        front=front_matter({"title": "怎样整理"}),
        files=archive.files,
        published=len(archive.articles),
        set_aside=len(archive.rejected),
        coverage=panel(views, views.newest, HOW_MADE),
        reasons=_reasons(archive.rejected),
        listed=_listed(archive.rejected[:MOST_SET_ASIDE]),
        listed_count=min(len(archive.rejected), MOST_SET_ASIDE),
        data=link("data/rejected.jsonl", "data/rejected.jsonl", HOW_MADE),
        repair_count=sum(count for _, count in used),
        repairs=_used(used),
        others=_others(
            {key: rule for key, rule in known.items() if not archive.repairs.get(key) and not is_of_tags(key)}
        ),
        how_tagged=link("怎样标注", HOW_TAGGED, HOW_MADE),
        help=link("怎样读这些记号", f"{HELP}#marks", HOW_MADE),
    )


def _reasons(rejected: Sequence[Rejected]) -> Markdown:
    counts = Counter(one.rule for one in rejected)
    rows = [
        [rule_name(rule), rule_link(rule, HOW_MADE), str(count)]
        for rule, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return table(["原因", "规则", "件数"], rows, numeric=1) if rows else Markdown("")


def _listed(rejected: Sequence[Rejected]) -> Markdown:
    rows = [[one.file, one.reason, one.excerpt] for one in rejected]
    return table(["文件", "为什么放在一边", "摘录"], rows) if rows else Markdown("")


def _used(used: Sequence[tuple[str, int]]) -> Markdown:
    known = rules()
    rows = [[*_cells(rule, known.get(rule)), str(count)] for rule, count in used]
    return table(["规则", "做什么", "例", "处数"], rows, numeric=1) if rows else Markdown("")


def _others(others: dict[str, Rule]) -> Markdown:
    return (
        table(["规则", "做什么", "例"], [_cells(key, rule) for key, rule in others.items()]) if others else Markdown("")
    )


def _cells(key: str, rule: Rule | None) -> list[object]:
    named = Markdown(f"{key} {{: #{anchor(key)} .rule }}")
    return [named, rule.zh, rule.example] if rule else [named, "", ""]
