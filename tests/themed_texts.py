"""Texts with their themes: articles made of a few lines, and the masters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from shanhai.records import Block, BlockKind, DescribedArticle, RawArticle


def described(*blocks: str | tuple[BlockKind, str], title: str = "", derived: bool = False) -> DescribedArticle:
    """An article of these blocks; a bare string is a paragraph."""
    made, lines, at = [], [], 0
    for block in blocks:
        kind, line = (BlockKind.PARAGRAPH, block) if isinstance(block, str) else block
        made.append(Block(kind=kind, start=at, end=at + len(line), level=2 if kind is BlockKind.HEADING else 0))
        lines.append(line)
        at += len(line) + 2
    text = "\n\n".join(lines)
    return DescribedArticle(
        raw=RawArticle(file="a.txt", sha256="", format="text", encoding="utf-8", text=text),
        text=text,
        log=(),
        script="hans",
        blocks=tuple(made),
        title=title,
        title_derived=derived,
        date=None,
        date_edtf="",
        date_origin=None,
        source=None,
        authors=(),
        editor=None,
    )


def masters() -> list[tuple[dict[str, Any], DescribedArticle]]:
    """Each master text under tests/masters with its front matter, its Markdown marks turned into blocks."""
    found = []
    for file in sorted((Path(__file__).parent / "masters").glob("*.md")):
        _, front, body = file.read_text(encoding="utf-8").split("---\n", 2)
        truth = yaml.safe_load(front)
        lines = [_block(line) for line in body.splitlines() if line.strip()]
        found.append((truth, described(*lines, title=truth["title"] or "", derived=not truth["title"])))
    return found


def _block(line: str) -> tuple[BlockKind, str]:
    mark, _, rest = line.partition(" ")
    kinds = {"##": BlockKind.HEADING, "###": BlockKind.HEADING, ">": BlockKind.QUOTE}
    kinds |= {"![]": BlockKind.CAPTION, "\uff01[]": BlockKind.CAPTION}
    return (kinds[mark], rest) if mark in kinds else (BlockKind.PARAGRAPH, line)
