"""The rules as a reader sees them: id -> what it does, from every list in reference/rules/."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from shanhai.pages.markdown import Markdown, link
from shanhai.pages.targets import HOW_MADE
from shanhai.reference import load, path

if TYPE_CHECKING:
    from collections.abc import Mapping


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule in a reader's words."""

    zh: str
    en: str
    example: str = ""


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by id, sorted by id."""
    lists = sorted(one.name for one in path("rules").iterdir() if one.name.endswith(".yml"))
    known = {key: rule for name in lists for key, rule in load(f"rules/{name}", dict[str, Rule]).items()}
    return {key: known[key] for key in sorted(known)}


def rule_name(rule: str) -> str:
    """What a rule does, in Chinese; an unlisted rule is shown by its id."""
    known = rules().get(rule)
    return known.zh if known else rule


def rule_link(rule: str, page: str, shown: str = "") -> Markdown:
    """A rule's id (or what is shown instead) as a link to its line on the page about the making."""
    if rule not in rules():
        return Markdown(f"`{rule}`") if rule.replace("-", "").isalnum() else Markdown("")
    return link(shown or rule, f"{HOW_MADE}#{anchor(rule)}", page)


def anchor(rule: str) -> str:
    """The anchor of a rule on the page about the making."""
    return f"rule-{rule.lower()}"
