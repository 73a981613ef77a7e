"""The visible blocks of a web page, in reading order, as plain text.

Blocks are cut as a browser lays them out: at block elements and at <br>. What a reader does not see (scripts,
controls, hidden elements, the readings of ruby) is left out; a row of plain cells is one line with tabs.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from lxml import etree, html

from shanhai import reference
from shanhai.read.marked_text import MarkedBlock
from shanhai.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADING_TAGS = {f"h{level}": level for level in range(1, 7)}
BOLD_TAGS = frozenset({"b", "strong"})
# A line all in bold is a subheading up to this length, and unless a sentence ends in it; longer ones are ledes.
BOLD_HEADING_MAX_CHARS = 30
BOLD_HEADING_LEVEL = 3

_SPACE = re.compile(r"[ \t\n\r\f]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]")
_SENTENCE_END = re.compile(r"[\u3002\uff01\uff1f\uff1b\uff0c\u3001\uff1a!?;,:\u2026]$")
# A line break of the page's source between Chinese characters or marks is no space (CSS Text Level 4, segment breaks).
_WIDE = "[\u2014\u2018-\u201d\u2026\u3001-\u3011\u3400-\u9fff\uff01-\uff5e]"
_SOURCE_BREAK = re.compile(rf"(?<={_WIDE})[ \t\r]*\n[ \t\r\n]*(?={_WIDE})")
_CLASS_BREAK = re.compile(r"[\s_-]+")
_TOO_DEEP = "Excessive depth"
_UNPARSABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class PageBlock(NamedTuple):
    """A visible block of a page; `linked` where all words of it are the text of links."""

    block: MarkedBlock
    linked: bool

    @property
    def key(self) -> str:
        """The text without white space, by which two views of a page are compared."""
        return "".join(self.block.text.split())


class HtmlMeta(msgspec.Struct, frozen=True):
    """Shape of `reference/html_meta.yml`."""

    unseen_tags: frozenset[str]
    block_tags: frozenset[str]
    meta: dict[str, list[str]]
    caption_classes: frozenset[str]
    quote_classes: frozenset[str]
    credit_cues: list[str]
    title_separators: list[str]


@cache
def html_meta() -> HtmlMeta:
    """The names and cues of `reference/html_meta.yml`."""
    return reference.load("html_meta.yml", HtmlMeta)


def parsed(page: str) -> html.HtmlElement | None:
    """The tree of a page, without comments, or `None` where there is nothing to parse.

    A page nested deeper than any layout needs is flattened first: the parser would drop what is too deep.
    """
    page = _UNPARSABLE.sub("", page)
    root, too_deep = _tree(page)
    return _tree(_flattened(page))[0] if too_deep else root


def _tree(page: str) -> tuple[html.HtmlElement | None, bool]:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(page.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError):
        root = None
    return root, any(_TOO_DEEP in entry.message for entry in parser.error_log)


def _flattened(page: str) -> str:
    """The page as paragraphs without any nesting, by a parser that keeps no tree and so knows no depth."""
    flat = _Flat()
    etree.fromstring(page.encode("utf-8"), parser=etree.HTMLParser(target=flat, huge_tree=True, encoding="utf-8"))
    return flat.close()


class _Flat:
    """Takes the events of a parser; text of unseen elements is left out."""

    def __init__(self) -> None:
        self.pieces: list[str] = ["<p>"]
        self.unseen = 0

    def start(self, tag: str | bytes, _attributes: object) -> None:
        self.unseen += tag in html_meta().unseen_tags
        if tag in html_meta().block_tags or tag == "br":
            self.pieces.append("<p>")

    def end(self, tag: str | bytes) -> None:
        self.unseen -= tag in html_meta().unseen_tags

    def data(self, data: str | bytes) -> None:
        if not self.unseen:
            self.pieces.append(escape(str(data)))

    def comment(self, _text: str | bytes) -> None:
        """Comments are not shown."""

    def close(self) -> str:
        return "".join(self.pieces)


def visible_blocks(root: html.HtmlElement) -> list[PageBlock]:
    """All blocks of the page that a reader sees."""
    return list(_Layout().blocks(root))


class _Layout:
    """One walk over a tree: the text collected since the last break, and the elements that it stands in."""

    def __init__(self) -> None:
        self.pieces: list[tuple[str, bool, bool]] = []
        self.kinds: list[tuple[BlockKind, int]] = []
        self.bold = self.links = self.pre = 0

    def blocks(self, root: html.HtmlElement) -> Iterator[PageBlock]:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                yield from self._start(element, tag)
                if self._is_unseen(element, tag) or self._is_plain_row(element, tag):
                    walk.skip_subtree()
                elif element.text:
                    self._add(element.text)
            else:
                yield from self._end(element, tag)
        yield from self._break()

    def _start(self, element: html.HtmlElement, tag: str) -> Iterator[PageBlock]:
        if tag in html_meta().block_tags or tag == "br":
            yield from self._break()
        self._count(tag, 1)
        kind = _kind(element, tag)
        if kind:
            self.kinds.append(kind)
        if self._is_plain_row(element, tag):
            self._add("\0".join("".join(cell.itertext()) for cell in element))

    def _end(self, element: html.HtmlElement, tag: str) -> Iterator[PageBlock]:
        if tag in html_meta().block_tags:
            yield from self._break()
        self._count(tag, -1)
        if _kind(element, tag):
            self.kinds.pop()
        if element.tail:
            self._add(element.tail)

    def _count(self, tag: str, step: int) -> None:
        if tag in BOLD_TAGS:
            self.bold += step
        elif tag == "a":
            self.links += step
        elif tag == "pre":
            self.pre += step

    def _add(self, text: str) -> None:
        self.pieces.append((text, self.bold > 0, self.links > 0))

    def _break(self) -> Iterator[PageBlock]:
        pieces, self.pieces = self.pieces, []
        text = "".join(piece for piece, _, _ in pieces)
        told = [bold for piece, bold, _ in pieces if piece.strip()]
        if not told:
            return
        linked = any(link for _, _, link in pieces) and all(
            link or not _WORD.search(piece) for piece, _, link in pieces
        )
        kind, level = self.kinds[-1] if self.kinds else (BlockKind.PARAGRAPH, 0)
        for line in text.split("\n") if self.pre else [text]:
            plain = _SPACE.sub(" ", _SOURCE_BREAK.sub("", line)).strip(" ").replace("\0", "\t")
            if kind is BlockKind.PARAGRAPH and all(told) and _is_heading_like(plain):
                yield PageBlock(MarkedBlock(plain, BlockKind.HEADING, BOLD_HEADING_LEVEL), linked)
            elif plain.strip():
                yield PageBlock(MarkedBlock(plain, kind, level), linked)

    @staticmethod
    def _is_unseen(element: html.HtmlElement, tag: str) -> bool:
        if tag in html_meta().unseen_tags or "hidden" in element.attrib:
            return True
        style = element.get("style")
        return bool(style and _HIDDEN_STYLE.search(style))

    @staticmethod
    def _is_plain_row(element: html.HtmlElement, tag: str) -> bool:
        if tag != "tr" or len(element) < 2:
            return False
        inside = (inner.tag for cell in element for inner in cell.iterdescendants())
        return not any(
            inner in html_meta().block_tags or inner in html_meta().unseen_tags or inner == "br" for inner in inside
        )


def _is_heading_like(text: str) -> bool:
    return 2 <= len(text) <= BOLD_HEADING_MAX_CHARS and not _SENTENCE_END.search(text)


def _kind(element: html.HtmlElement, tag: str) -> tuple[BlockKind, int] | None:
    """What the element makes of the blocks in it, by its tag or its class."""
    if tag in HEADING_TAGS:
        return BlockKind.HEADING, HEADING_TAGS[tag]
    if tag in {"figcaption", "caption"}:
        return BlockKind.CAPTION, 0
    if tag == "blockquote":
        return BlockKind.QUOTE, 0
    classes = element.get("class")
    if not classes or tag not in html_meta().block_tags:
        return None
    words = {classes.lower().replace("-", "").replace("_", ""), *_CLASS_BREAK.split(classes.lower())}
    if words & html_meta().caption_classes:
        return BlockKind.CAPTION, 0
    return (BlockKind.QUOTE, 0) if words & html_meta().quote_classes else None
