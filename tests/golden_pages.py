"""The pages of tests/golden/pages, and what the judgement makes of one."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import yaml

from shanhai.describe.article import describe
from shanhai.describe.digest import split
from shanhai.records import DescribedArticle, RawArticle, Rejected, RestoredArticle
from shanhai.restore.chain import restore
from shanhai.restore.doubtful import marked
from shanhai.restore.page_kinds import why_set_aside
from shanhai.restore.spam import lexicon

FOLDER = Path(__file__).parent / "golden" / "pages"
MARKS = ("PAGE-21", "PAGE-22", "PAGE-23")


class Outcome(NamedTuple):
    """What became of a page: the rejection of the whole, or its articles and rejected items."""

    rejected: Rejected | None
    items: tuple[RestoredArticle, ...]
    articles: tuple[DescribedArticle | Rejected, ...]

    @property
    def marks(self) -> set[str]:
        """The rules that mark the text as a whole."""
        return {edit.rule for item in self.items for one in item.log for edit in one.edits if edit.rule in MARKS}


def cases(name: str) -> list[dict[str, Any]]:
    """The pages of a file, with terms of the lexicon in place of `{brand}`."""
    listed = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    brand = next(term for term in lexicon() if len(term) == 4)
    return [one | {"page": one["page"].replace("{brand}", brand), "kind": name} for one in listed]


def all_cases() -> list[dict[str, Any]]:
    """The pages of all files."""
    return [one for path in sorted(FOLDER.glob("*.yml")) for one in cases(path.stem)]


def outcome(page: str) -> Outcome:
    """The page through restoration, judgement, splitting and description."""
    restored = restore(RawArticle(file="page.txt", sha256="0" * 64, format="text", encoding="utf-8", text=page))
    if isinstance(restored, Rejected):
        return Outcome(restored, (), ())
    if rejected := why_set_aside(restored):
        return Outcome(rejected, (), ())
    items = tuple(marked(item) for item in split(restored))
    return Outcome(None, items, tuple(describe(item) for item in items))
