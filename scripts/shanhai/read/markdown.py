"""Markdown files: front matter becomes metadata, light markup becomes plain text and hints.

The markup is read line by line and only where it can be nothing else. A full Markdown renderer would lose text in
scraped articles: a word filter's `支部*` pairs up with the next asterisk, four blanks make code, `1986.` a list. So
headings, quotes, links, images, autolinks and escapes are resolved, and asterisks only in a file where every one of
them is part of a well-formed emphasis. Everything else, lists, tables and HTML among it, stays as it was written.
"""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from shanhai.read.fault import UnreadableError
from shanhai.read.given import FieldError, given_metadata, merged, one_line
from shanhai.read.marked_text import MarkedBlock, laid_out
from shanhai.read.text import decoded_text, is_blank
from shanhai.read.yaml_fields import yaml_fields
from shanhai.records import BlockKind, GivenMetadata, RawArticle

TITLE_MAX_CHARS = 200

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?\n|)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"\s*(?:#[^\n]*\n\s*)*[\"']?[A-Za-z_][\w-]*[\"']?\s*:(?:\s|$)")
_ATX_HEADING = re.compile(r" {0,3}(#{1,6})[ \t\u3000]+(\S.*?)(?:[ \t]+#+)?[ \t]*$")
_SETEXT_UNDERLINE = re.compile(r" {0,3}(={3,}|-{3,})[ \t]*$")
_RULE = re.compile(r" {0,3}(?:-{3,}|_{3,}|={3,})[ \t]*$")
_QUOTE = re.compile(r" {0,3}>(?: (.*))?$")
# A target holds no Chinese and looks like an address, so that [注](见上) stays.
_TARGET = (
    r"\(\s*<?(?:[a-z][a-z0-9+.-]*:|[./#?]|(?=[^\s()<>]*[./]))[!-'*-;=?-~]*>?(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
)
_IMAGE = re.compile(r"!\[([^\[\]\n]*)\]" + _TARGET, re.IGNORECASE)
_LINK = re.compile(r"(?<![!\\])\[([^\[\]\n]*)\]" + _TARGET, re.IGNORECASE)
_AUTOLINK = re.compile(r"<((?:https?|ftp)://[^\s<>]+)>")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()<>#+.!|~-])")
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*\n]*[^\s*\\])\1(?![\w*])")
# Inside a sentence only around a phrase: two masked words have a clause between them.
_STRONG = re.compile(
    r"(?<![*\\])\*\*(?=[^\s*])([^*\n,;!?\uff0c\u3002\uff1b\uff01\uff1f]{0,29}[^\s*\\,;!?\uff0c\u3002\uff1b\uff01\uff1f])\*\*(?!\*)"
)


class _Front(NamedTuple):
    fields: dict[str, object]
    body: str


def read_markdown(file: str, content: bytes, over: GivenMetadata) -> RawArticle:
    """The article of a Markdown file; `over` is what its sidecar says.

    Raises `UnreadableError`: READ-EMPTY, READ-BINARY, READ-ENCODING or READ-YAML.
    """
    decoded = decoded_text(content)
    front = _front_matter(decoded.text)
    try:
        given = given_metadata(front.fields, strict=True)
    except FieldError as fault:
        raise UnreadableError("READ-YAML", f"文首 YAML 的 {fault.field} 不对。{fault.remedy}。") from fault
    title, blocks = _title_apart(_blocks(front.body))
    text, hints = laid_out(blocks, "\n")
    if is_blank(text):
        raise UnreadableError("READ-EMPTY", "文件里没有正文。请补上正文或移走文件。")
    return RawArticle(
        file=file,
        sha256=hashlib.sha256(content).hexdigest(),
        format="markdown",
        encoding=decoded.encoding,
        text=text,
        given=merged(merged(GivenMetadata(title=title), given), over),
        hints=hints,
    )


def _front_matter(text: str) -> _Front:
    """The fields between `---` lines at the very start, and the rest; a rule that opens an article is none."""
    match = _FRONT_MATTER.match(text) if text.startswith("---") else None
    if not match or not (_FIELD.match(match[1]) or not match[1].strip()):
        return _Front({}, text)
    return _Front(yaml_fields(match[1], "文首的 YAML", first_line=2), text[match.end() :])


def _blocks(body: str) -> list[MarkedBlock]:
    lines = _unified_newlines(body).split("\n")
    strip_emphasis = _emphasis_is_sound(lines)
    blocks: list[MarkedBlock] = []
    for line in lines:
        if _underlines_last(line, blocks):
            level = 1 if line.strip().startswith("=") else 2
            blocks[-1] = MarkedBlock(blocks[-1].text, BlockKind.HEADING, level)
        elif not _RULE.match(line):
            blocks.append(_block(line, strip_emphasis=strip_emphasis))
    return blocks


def _unified_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _underlines_last(line: str, blocks: list[MarkedBlock]) -> bool:
    """Whether the line is the underline of a heading; only a short line can be one, a paragraph has a rule below."""
    if not blocks or not _SETEXT_UNDERLINE.match(line):
        return False
    last = blocks[-1]
    alone = len(blocks) == 1 or not blocks[-2].text.strip()
    return alone and last.kind is BlockKind.PARAGRAPH and 0 < len(last.text.strip()) <= TITLE_MAX_CHARS // 4


def _block(line: str, *, strip_emphasis: bool) -> MarkedBlock:
    heading = _ATX_HEADING.match(line)
    if heading:
        return MarkedBlock(_plain(heading[2], strip_emphasis=strip_emphasis), BlockKind.HEADING, len(heading[1]))
    quote = _QUOTE.match(line)
    if quote:
        return MarkedBlock(_plain(quote[1] or "", strip_emphasis=strip_emphasis), BlockKind.QUOTE)
    image = _IMAGE.fullmatch(line.strip()) if "![" in line else None
    if image:
        return MarkedBlock(_plain(image[1], strip_emphasis=strip_emphasis), BlockKind.CAPTION)
    plain = _plain(line, strip_emphasis=strip_emphasis)
    bold = _EMPHASIS.fullmatch(line.strip()) if strip_emphasis and "**" in line else None
    return (
        MarkedBlock(plain, BlockKind.HEADING, 3) if bold and len(plain) <= TITLE_MAX_CHARS // 4 else MarkedBlock(plain)
    )


def _plain(line: str, *, strip_emphasis: bool) -> str:
    if "](" in line:
        line = _LINK.sub(r"\1", _IMAGE.sub(r"\1", line))
    if "<" in line:
        line = _AUTOLINK.sub(r"\1", line)
    if strip_emphasis:
        line = _without_emphasis(line)
    return _ESCAPE.sub(r"\1", line) if "\\" in line else line


def _without_emphasis(line: str) -> str:
    return _EMPHASIS.sub(r"\2", _STRONG.sub(r"\1", line)) if "*" in line else line


def _emphasis_is_sound(lines: list[str]) -> bool:
    """Whether every asterisk of the file is an emphasis's, a list's bullet or escaped, which a mask is not."""
    starred = [line for line in lines if "*" in line]
    bare = (re.sub(r"^\s*\*(?=\s)|\\\*", "", line) for line in starred)
    return bool(starred) and not any("*" in _without_emphasis(line) for line in bare)


def _title_apart(blocks: list[MarkedBlock]) -> tuple[str | None, list[MarkedBlock]]:
    """The level-1 heading that opens the body, and the blocks without it."""
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING and block.level == 1:
            return one_line(block.text, TITLE_MAX_CHARS) or None, blocks[:index] + blocks[index + 1 :]
        if block.text.strip():
            break
    return None, blocks
