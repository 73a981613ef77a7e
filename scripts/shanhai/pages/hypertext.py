"""Hand-written HTML inside a page: addresses as a browser sees them, links, and text that can become no markup.

MkDocs follows no link inside raw HTML or SVG. Such links point to the rendered pages (`../provinces/guizhou/`).
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from typing import TYPE_CHECKING

from shanhai.pages.escape import attribute, markup

if TYPE_CHECKING:
    from collections.abc import Iterable

UNREPORTED = "–"
"""What stands where the archive holds no report: never a zero."""


def address(target: str, page: str) -> str:
    """Where `target` (a path below docs/, perhaps with an anchor) is for a reader of `page`: "../years/2019/#m03"."""
    path, mark, anchor = target.partition("#")
    if path in ("", page):
        return mark + anchor or "./"
    return (up(page) + _directory(path) if path.endswith(".md") else up(page) + path or "./") + mark + anchor


def up(page: str) -> str:
    """The way from a rendered page to the top of the site: "" for the home page, "../../" for provinces/guizhou.md."""
    return "../" * (page.count("/") + (posixpath.basename(page) != "index.md"))


def anchor(text: str, target: str, page: str, tip: str = "") -> str:
    """A link as HTML; `tip` tells a mouse what the headers of a table tell a screen reader."""
    told = f' title="{attribute(tip)}"' if tip else ""
    return f'<a href="{href(target, page)}"{told}>{plain(text)}</a>'


@lru_cache(maxsize=4096)
def href(target: str, page: str) -> str:
    """The `address` as it stands in the attribute of a link."""
    return markup(address(target, page))


def scrolling(content: str, label: str) -> str:
    """A box of its own for what may be wider than a phone: it scrolls, by keyboard too, and the page never does."""
    return f'<div class="scroll" role="group" aria-label="{attribute(label)}" tabindex="0">\n{content}\n</div>'


def plain(value: object) -> str:
    """A value as text of an HTML element; `None`, for which there is no report, is an en dash."""
    return UNREPORTED if value is None else attribute(str(value))


def table(caption: str, head: Iterable[object], rows: Iterable[Iterable[object]], kind: str) -> str:
    """A table of class `kind` with caption and headers; the first cell of a row is its header."""
    columns = "".join(f'<th scope="col">{plain(one)}</th>' for one in head)
    lines = [_row([*row]) for row in rows]
    return (
        f'<table class="{kind}"><caption>{plain(caption)}</caption>\n<thead><tr>{columns}</tr></thead>\n<tbody>\n'
        + "\n".join(lines)
        + "\n</tbody></table>"
    )


def _row(cells: list[object]) -> str:
    return f'<tr><th scope="row">{plain(cells[0])}</th>' + "".join(f"<td>{plain(c)}</td>" for c in cells[1:]) + "</tr>"


def _directory(path: str) -> str:
    """The address of a page's folder: "provinces/guizhou/" for provinces/guizhou.md, "" for index.md."""
    stem = path.removesuffix(".md")
    return stem.removesuffix("index") if posixpath.basename(path) == "index.md" else f"{stem}/"
