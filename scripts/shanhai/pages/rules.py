"""The rules as a reader sees them: id -> what it does, from every list in reference/rules/."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from shanhai.pages.markdown import Markdown, link
from shanhai.pages.targets import HOW_MADE, HOW_TAGGED
from shanhai.reference import load, path

if TYPE_CHECKING:
    from collections.abc import Mapping


ANNOTATE = "annotate-"
"""How the names of the lists begin that belong to the annotations, one list a part."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule in a reader's words."""

    zh: str
    en: str
    example: str = ""


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by id, sorted by id."""
    known = {key: rule for listed in _lists().values() for key, rule in listed.items()}
    return {key: known[key] for key in sorted(known)}


def rules_of(part: str) -> Mapping[str, Rule]:
    """The rules by which one part of the annotations ("places", "pairs") is found, by id; empty without a list."""
    listed = _lists().get(f"{ANNOTATE}{part}", {})
    return {key: listed[key] for key in sorted(listed)}


def is_of_tags(rule: str) -> bool:
    """Whether a rule finds something in the text, rather than repairing it or setting a file aside."""
    return rule in _of_tags()


def rule_name(rule: str) -> str:
    """What a rule does, in Chinese; an unlisted rule is shown by its id."""
    known = rules().get(rule)
    return known.zh if known else rule


def rule_link(rule: str, page: str, shown: str = "") -> Markdown:
    """A rule's id (or what is shown instead) as a link to its line on the page about the making or the tagging."""
    if rule not in rules():
        return Markdown(f"`{rule}`") if rule.replace("-", "").isalnum() else Markdown("")
    return link(shown or rule, f"{HOW_TAGGED if is_of_tags(rule) else HOW_MADE}#{anchor(rule)}", page)


def anchor(rule: str) -> str:
    """The anchor of a rule on its page."""
    return f"rule-{rule.lower()}"


@cache
def _lists() -> Mapping[str, Mapping[str, Rule]]:
    names = sorted(one.name for one in path("rules").iterdir() if one.name.endswith(".yml"))
    return {name.removesuffix(".yml"): load(f"rules/{name}", dict[str, Rule]) for name in names}


@cache
def _of_tags() -> frozenset[str]:
    return frozenset(rule for name, listed in _lists().items() if name.startswith(ANNOTATE) for rule in listed)
