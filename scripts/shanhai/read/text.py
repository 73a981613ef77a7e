"""Plain text files (`.txt`): the decoded text is the raw text, character for character."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.read import binary, encoding
from shanhai.read.fault import UnreadableError

if TYPE_CHECKING:
    from shanhai.read.encoding import Decoded

_BLANK = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029"
    "\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff\xad\0"
)


def decoded_text(content: bytes, declared: str | None = None) -> Decoded:
    """The text of a file's bytes, which is more than white space.

    Raises `UnreadableError`: READ-EMPTY, READ-BINARY or READ-ENCODING.
    """
    if not content:
        raise UnreadableError("READ-EMPTY", "文件是空的。请补上正文或移走文件。")
    kind = binary.signature(content)
    if kind:
        raise UnreadableError("READ-BINARY", f"文件其实是{kind}。请另存为纯文本或 HTML 再放进来。")
    decoded = encoding.decode(content, declared)
    if decoded is None and binary.is_binary(content):
        raise UnreadableError("READ-BINARY", "文件不是文本。请另存为纯文本或 HTML 再放进来。")
    if decoded is None:
        raise UnreadableError("READ-ENCODING", "认不出文件的编码。请另存为 UTF-8 再放进来。")
    if is_blank(decoded.text):
        raise UnreadableError("READ-EMPTY", "文件里只有空白。请补上正文或移走文件。")
    return decoded


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing in the text."""
    return not text.strip(_BLANK)


def looks_like_html(text: str) -> bool:
    """Whether a text file holds a whole HTML page."""
    head = text[:200].lstrip().lower()
    return head.startswith(("<!doctype html", "<html"))
