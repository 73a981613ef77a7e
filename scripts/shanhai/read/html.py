"""Web pages: the article's blocks out of all that stands on the page, and what the page says of itself.

trafilatura says where the article is; its blocks themselves are taken from the page, so that headings, captions and
quotes keep their kind and nothing is reworded. Recall goes before precision: lines of noise are removed later, with
a record, while a line left out here would be gone without one.
"""

from __future__ import annotations

import hashlib
import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from shanhai.read.fault import UnreadableError
from shanhai.read.given import TITLE_MAX_CHARS, given_metadata, merged, one_line
from shanhai.read.html_blocks import html_meta, parsed, visible_blocks
from shanhai.read.marked_text import laid_out
from shanhai.read.text import decoded_text, is_blank
from shanhai.records import BlockKind, GivenMetadata, Hint, RawArticle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from shanhai.read.html_blocks import PageBlock

# A page declares its charset within the first 1,024 bytes (HTML Standard); old ones are less strict.
CHARSET_WINDOW_BYTES = 4_096
# A shorter block is too common for its text alone to say that it is the article's.
TELLING_CHARS = 10
# Below this share of the page's running text the block finder has missed the article; where it finds it, the share is
# 0.98 to 1 (5 articles in 7 layouts of news sites).
FOUND_SHARE_MIN = 0.6
# Between headline and body stand date, source, byline and a few controls; below the body the credits.
HEAD_BLOCKS_MAX = 8
# Four characters in a row are a headline's own; fewer are a column's (要闻).
TITLE_MIN_CHARS = 4
CREDIT_BLOCKS = 6
CREDIT_MAX_CHARS = 60

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_-]{2,40})")
_RUNNING_TEXT = re.compile(r"[\u3002\uff0c\uff01\uff1f]")


class PageArticle(NamedTuple):
    """The article of a page: its blocks separated by blank lines, and what the page says of it."""

    text: str
    hints: tuple[Hint, ...]
    given: GivenMetadata


def read_html(file: str, content: bytes, over: GivenMetadata) -> RawArticle:
    """The article of a web page; `over` is what its sidecar says.

    Raises `UnreadableError`: READ-EMPTY, READ-BINARY, READ-ENCODING or READ-HTML.
    """
    decoded = decoded_text(content, _declared_charset(content))
    page = page_article(decoded.text)
    return RawArticle(
        file=file,
        sha256=hashlib.sha256(content).hexdigest(),
        format="html",
        encoding=decoded.encoding,
        text=page.text,
        given=merged(page.given, over),
        hints=page.hints,
    )


def read_visible(file: str, content: bytes, over: GivenMetadata) -> RawArticle:
    """All that a reader sees on a web page, without a search for its article; raises `UnreadableError` as well."""
    decoded = decoded_text(content, _declared_charset(content))
    root = parsed(decoded.text)
    if root is None:
        raise UnreadableError("READ-HTML", "网页里没有可见的文字。请另存带正文的网页或纯文本。")
    text, _hints = laid_out(one.block for one in visible_blocks(root))
    return RawArticle(
        file=file,
        sha256=hashlib.sha256(content).hexdigest(),
        format="html",
        encoding=decoded.encoding,
        text=text,
        given=merged(given_metadata(_meta_fields(root), strict=False), over),
    )


def page_article(page: str) -> PageArticle:
    """The article of a page's markup; raises `UnreadableError` (READ-HTML) where a reader sees no text."""
    root = parsed(page)
    blocks = visible_blocks(root) if root is not None else []
    if root is None or not blocks:
        raise UnreadableError("READ-HTML", "网页里没有可见的文字。请另存带正文的网页或纯文本。")
    fields = _meta_fields(root)
    title = _title(root, blocks, fields.pop("title", None))
    kept = _without_title(_article_blocks(page, blocks, title), title)
    text, hints = laid_out(one.block for one in kept)
    if is_blank(text):
        raise UnreadableError("READ-HTML", "网页里除标题外没有文字。请另存带正文的网页或纯文本。")
    given = merged(GivenMetadata(title=title), given_metadata(fields, strict=False))
    return PageArticle(text, hints, given)


def _declared_charset(content: bytes) -> str | None:
    head = content[:CHARSET_WINDOW_BYTES]
    match = _CHARSET.search(head) or _XML_CHARSET.search(head)
    return match[1].decode("ascii") if match else None


def _meta_fields(root: HtmlElement) -> dict[str, object]:
    """The metadata that the page states, each field by the most trusted name that says something."""
    stated: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if content:
            stated.setdefault(name.strip().lower(), content)
    canonical = (link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical")
    stated["url"] = next((href for href in canonical if href), stated.get("url", ""))
    fields: dict[str, object] = {}
    for field, names in html_meta().meta.items():
        value = next((stated[name] for name in names if stated.get(name)), None)
        if value and not (field in {"source", "author"} and _is_address(value)):
            fields[field] = value
    return fields


def _is_address(value: str) -> bool:
    """Whether a source or author is only a host or a link, which names nobody."""
    return "://" in value or re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", value, re.ASCII) is not None


def _title(root: HtmlElement, blocks: Sequence[PageBlock], stated: object) -> str | None:
    """The headline: the heading that the page's own title repeats, else what is stated, else the only <h1>."""
    page_title = one_line("".join(root.findtext(".//title") or ""), TITLE_MAX_CHARS)
    stated_title = one_line(str(stated), TITLE_MAX_CHARS) if stated else ""
    whole = "".join(f"{stated_title}\n{page_title}".split())
    headings = [one for one in blocks if one.block.kind is BlockKind.HEADING and one.block.level <= 2]
    repeated = [one.block.text for one in headings if len(one.key) >= TITLE_MIN_CHARS and one.key in whole]
    if repeated:
        return one_line(max(repeated, key=len), TITLE_MAX_CHARS)
    begun = "".join(_headline_of(page_title).split())
    if len(begun) >= TITLE_MIN_CHARS:
        # A page's own title is often cut short: the heading that goes on where it ends is the whole headline.
        whole_heading = next((one.block.text for one in headings if one.key.startswith(begun)), None)
        if whole_heading:
            return one_line(whole_heading, TITLE_MAX_CHARS)
    first_level = [one.block.text for one in headings if one.block.level == 1]
    only_one = one_line(first_level[0], TITLE_MAX_CHARS) if len(first_level) == 1 else ""
    return stated_title or only_one or _headline_of(page_title) or None


def _headline_of(page_title: str) -> str:
    """The longest part of a page's title, which goes on with the names of column and site."""
    parts = [page_title]
    for separator in html_meta().title_separators:
        parts = [piece for part in parts for piece in part.split(separator)]
    return max((part.strip() for part in parts), key=len, default="")


def _without_title(blocks: list[PageBlock], title: str | None) -> list[PageBlock]:
    """The blocks without the heading that became the title."""
    key = "".join((title or "").split())
    for index, one in enumerate(blocks):
        if one.block.kind is BlockKind.HEADING and one.key == key:
            return blocks[:index] + blocks[index + 1 :]
    return blocks


def _article_blocks(page: str, blocks: list[PageBlock], title: str | None) -> list[PageBlock]:
    """The blocks from the headline to the credits, without links; all that are no links where the finder fails."""
    unlinked = [one for one in blocks if not one.linked] or blocks
    found = _found_text(page)
    telling = [i for i, one in enumerate(blocks) if _is_telling(one) and one.key in found]
    if not telling or _running_chars([blocks[i] for i in telling]) < FOUND_SHARE_MIN * _running_chars(unlinked):
        return unlinked
    first, last = _head(blocks, telling[0], title), telling[-1]
    body = [one for one in blocks[first : last + 1] if not one.linked or one.key in found]
    return body + _credits(blocks[last + 1 : last + 1 + CREDIT_BLOCKS])


def _found_text(page: str) -> str:
    """What the block finder takes for the article, without white space; "" where it gives up."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - half a second to load

    try:
        document = bare_extraction(page, favor_recall=True, include_comments=False, include_tables=True)
    except Exception:  # noqa: BLE001 - whatever a hostile page does to the finder, the visible text remains
        return ""
    body = getattr(document, "body", None)
    return "".join("".join(body.itertext()).split()) if body is not None else ""


def _is_telling(one: PageBlock) -> bool:
    return len(one.key) >= TELLING_CHARS and not one.linked


def _running_chars(blocks: Sequence[PageBlock]) -> int:
    return sum(len(one.key) for one in blocks if _RUNNING_TEXT.search(one.block.text))


def _head(blocks: list[PageBlock], first: int, title: str | None) -> int:
    """Where the article starts: at its headline, if it stands just above the body or below a line of noise."""
    key = "".join((title or "").split())
    near = range(max(0, first - 1 - HEAD_BLOCKS_MAX), len(blocks))
    headlines = [i for i in near if key and blocks[i].key == key and not _running_chars(blocks[first:i])]
    return headlines[-1] if headlines else first


def _credits(below: Sequence[PageBlock]) -> list[PageBlock]:
    """The credits just below the body, up to the last of them."""
    near = list(takewhile(lambda one: not one.linked and len(one.key) <= CREDIT_MAX_CHARS, below))
    named = [i for i, one in enumerate(near) if any(cue in one.block.text for cue in html_meta().credit_cues)]
    return near[: named[-1] + 1] if named else []
