"""Articles made of a few lines, for tests of what is found in them."""

from __future__ import annotations

from shanhai.records import Block, BlockKind, DescribedArticle, RawArticle


def described(
    *blocks: str | tuple[BlockKind, str], title: str = "", date: str | None = "2020-05-06"
) -> DescribedArticle:
    """An article of these blocks; a bare string is a paragraph. Without a title, it has a derived one."""
    made: list[Block] = []
    at = 0
    for block in blocks:
        kind, line = (BlockKind.PARAGRAPH, block) if isinstance(block, str) else block
        made.append(Block(kind=kind, start=at, end=at + len(line), level=2 if kind is BlockKind.HEADING else 0))
        at += len(line) + 2
    text = "\n\n".join(block if isinstance(block, str) else block[1] for block in blocks)
    return DescribedArticle(
        raw=RawArticle(file="a.txt", sha256="", format="text", encoding="utf-8", text=text),
        text=text,
        log=(),
        script="hans",
        blocks=tuple(made),
        title=title or text[:20],
        title_derived=not title,
        date=date,
        date_edtf=date or "",
        date_origin="given" if date else None,
        source=None,
        authors=(),
        editor=None,
    )
