"""Who put a compilation together: a credit such as 某某网综合报道, or an editor's note that says so."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from shanhai.describe.vocabulary import any_of, publication_names, publications, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTE_PARAGRAPHS = 4
"""An editor's note runs over at most so many paragraphs."""


def compiler_in_credit(line: str, at: int = 0) -> tuple[str, int] | None:
    """The compiler that a credit names at `at` and where the credit ends; the name is "" for the publication itself."""
    match = _credit().match(line, at)
    if match is None:
        return None
    return "" if match["name"] in vocabulary().self_names else match["name"], match.end()


def compiler_in_note(paragraphs: Sequence[str]) -> str | None:
    """The compiler that an editor's note at the head names; "" for the publication itself, `None` for none."""
    if not paragraphs or not paragraphs[0].lstrip("【[\uff08(").startswith(vocabulary().editor_note_openings):
        return None
    for paragraph in paragraphs[:NOTE_PARAGRAPHS]:
        if match := _statement().search(paragraph):
            return "" if match["name"] in vocabulary().self_names else match["name"]
    return None


@cache
def _name() -> str:
    known = any_of((*publication_names(), *vocabulary().self_names))
    ends = any_of((*publications().suffixes, *vocabulary().compiler_suffixes))
    return rf"(?:{known}|[\u4e00-\u9fff]{{2,10}}?(?:{ends}))"


@cache
def _credit() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:本文|本页|以上内容|内容)?由)?(?P<name>{_name()}(?:[·\s]{_name()})?)\s?(?:{any_of(vocabulary().compiled)})(?=$|[\s)\uff09】\]|])"
    )


@cache
def _statement() -> re.Pattern[str]:
    """某某网从各地报道中收集整理了: a name at a clause's start, and the verb in the same clause."""
    verbs = any_of(vocabulary().compiling_verbs)
    between = r"[^\uff0c。\uff1b\uff1a、\n]{0,24}?"
    return re.compile(
        rf"(?:^|[\uff0c。\uff1b\uff1a\uff01])由?(?P<name>{_name()}(?:[·\s]{_name()})?(?:编辑部)?)"
        rf"(?=[从特专根现将对就为在结据综经选记小编收搜梳整盘汇]){between}(?:{verbs})"
    )
