"""Masters as text files of many widths: what a wrapping program makes of a page, and how much of it comes back.

`python tests/wrapped_pages.py` prints the share of blocks that come back whole, by width and layout.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import damage
from noise_pages import key, raw
from shanhai.records import RestoredArticle
from shanhai.restore.chain import restore

MASTERS = Path(__file__).parent / "masters"
WIDTHS = (20, 24, 30, 36, 40, 50, 60, 72, 80)
NO_LINE_START = "\uff0c。、\uff1b\uff1a\uff1f\uff01”’\uff09》…"


class Layout(NamedTuple):
    """How a page is set: what opens a paragraph, what parts two, and whether a mark may open a line."""

    indent: str
    blank: bool
    hanging: bool


LAYOUTS = (
    Layout("", blank=True, hanging=False),
    Layout("\u3000\u3000", blank=False, hanging=False),
    Layout("    ", blank=True, hanging=True),
    Layout("\u3000\u3000", blank=True, hanging=True),
)


def wrapped(block: str, columns: int, layout: Layout) -> list[str]:
    """The block in lines of so many columns; words and figures are not parted."""
    lines, line = [], layout.indent
    for piece in _pieces(block):
        full = damage._columns(line + piece) > columns
        if full and not (layout.hanging and piece in NO_LINE_START) and line.strip():
            lines.append(line)
            line = ""
        line += piece
    return [*lines, line]


def page_text(master: damage.Master, columns: int, layout: Layout) -> str:
    """The master as a text file: headline, source, then its blocks."""
    paragraphs: list[str] = [str(master.fields["title"]), f"来源\uff1a{master.fields['source']}"]
    for kind, block in zip(master.kinds, master.blocks, strict=True):
        own = layout if kind == "paragraph" else layout._replace(indent="")
        paragraphs.append("\n".join(wrapped(block, columns, own)))
    return ("\n\n" if layout.blank else "\n").join(paragraphs) + "\n"


def share_restored(columns: int, layout: Layout) -> tuple[float, list[str]]:
    """The share of the masters' blocks that are lines again, and those that are not."""
    count, missing = 0, []
    for path in sorted(MASTERS.glob("[0-9][0-9].md")):
        master = damage.read_master(path)
        article = restore(raw(page_text(master, columns, layout)))
        lines = {key(line) for line in article.text.split("\n")} if isinstance(article, RestoredArticle) else set()
        count += len(master.blocks)
        missing += [block for block in master.blocks if key(block) not in lines]
    return 1 - len(missing) / count, missing


def _pieces(block: str) -> list[str]:
    """Characters; ASCII letters, digits and what joins them stay together."""
    pieces: list[str] = []
    for char in block:
        if pieces and char.isascii() and pieces[-1].isascii() and not char.isspace():
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def main() -> None:
    """Print the figures."""
    for layout in LAYOUTS:
        shares = {columns: f"{share_restored(columns, layout)[0]:.3f}" for columns in WIDTHS}
        sys.stdout.write(f"{layout} {shares}\n")


if __name__ == "__main__":
    main()
