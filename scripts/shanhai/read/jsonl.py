"""JSON Lines (`.jsonl`, `.jsonl.gz`): an article a line; a broken line is one reject and the rest goes on."""

from __future__ import annotations

import hashlib
import io
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from shanhai.read import encoding
from shanhai.read.fault import UnreadableError
from shanhai.read.given import FieldError, given_metadata, merged
from shanhai.read.text import is_blank
from shanhai.records import RawArticle, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shanhai.records import GivenMetadata

# Deflate expands at most 1,032 times, so a piece of this many packed bytes stays around 4 MB.
CHUNK_BYTES = 4_096
# zlib's own way to ask for the gzip format.
GZIP_WBITS = 31


class _Line(NamedTuple):
    number: int
    content: bytes
    text: str | None
    encoding: str


class _Fields(msgspec.Struct):
    """The fields that are read; others are skipped unparsed, whatever they hold."""

    text: Any = None
    html: Any = None
    title: Any = None
    date: Any = None
    url: Any = None
    source: Any = None
    author: Any = None
    authors: Any = None
    editor: Any = None
    sample: Any = None


_decoder = msgspec.json.Decoder(_Fields)


def read_jsonl(file: str, content: bytes, over: GivenMetadata) -> Iterator[RawArticle | Rejected]:
    """An article, or the reason why it is none, for each line that is not blank; `over` is what the sidecar says."""
    empty = True
    for line in _lines(content):
        empty = False
        name = f"{file}#L{line.number}"
        try:
            yield _article(name, line, over)
        except UnreadableError as fault:
            yield fault.rejected(name)
    if empty:
        yield UnreadableError("READ-EMPTY", "文件里一行也没有。请补上内容或移走文件。").rejected(file)


def read_jsonl_gz(
    file: str, content: bytes, over: GivenMetadata, max_file_bytes: int
) -> Iterator[RawArticle | Rejected]:
    """The same for a gzip file of at most `max_file_bytes` unpacked; of a cut one, what is left of it."""
    unpacked, fault = _unpacked(content, max_file_bytes)
    if fault is None or unpacked:
        yield from read_jsonl(file, unpacked, over)
    if fault is not None:
        yield fault.rejected(file)


def _unpacked(content: bytes, max_bytes: int) -> tuple[bytes, UnreadableError | None]:
    """What the gzip members hold, or the whole lines of it up to the fault."""
    pieces: list[bytes] = []
    size = 0
    try:
        for piece in _pieces(content):
            pieces.append(piece)
            size += len(piece)
            if size > max_bytes:
                reason = f"解压后超过 {max_bytes} 字节的上限。请拆成几个文件或调高上限。"
                return b"", UnreadableError("READ-TOO-LARGE", reason)
    except zlib.error:
        unpacked = b"".join(pieces)
        whole_lines = unpacked[: unpacked.rfind(b"\n") + 1]
        return whole_lines, UnreadableError("READ-UNREADABLE", "压缩文件不完整或已损坏。请重新下载或重新压缩。")
    return b"".join(pieces), None


def _pieces(content: bytes) -> Iterator[bytes]:
    """The unpacked bytes of all members, a bounded piece at a time; raises `zlib.error` where they break off."""
    unpacker = zlib.decompressobj(wbits=GZIP_WBITS)
    for start in range(0, len(content), CHUNK_BYTES):
        chunk = content[start : start + CHUNK_BYTES]
        while chunk:
            if unpacker.eof:
                unpacker = zlib.decompressobj(wbits=GZIP_WBITS)
            yield unpacker.decompress(chunk)
            chunk = unpacker.unused_data
    if content and not unpacker.eof:
        raise zlib.error("incomplete")


def _lines(content: bytes) -> Iterator[_Line]:
    """The lines that are not blank. In UTF-16 and UTF-32 a line's bytes are found again from its text."""
    if b"\0" in content:
        yield from _wide_lines(content)
        return
    content = content.removeprefix(b"\xef\xbb\xbf")
    for number, line in enumerate(io.BytesIO(content), 1):
        stripped = line.strip()
        if stripped:
            decoded = encoding.decode(stripped)
            yield _Line(number, stripped, decoded.text if decoded else None, decoded.encoding if decoded else "")


def _wide_lines(content: bytes) -> Iterator[_Line]:
    decoded = encoding.decode(content)
    if decoded is None:
        yield _Line(1, content, None, "")
        return
    codec = decoded.encoding.split()[0]
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if line.strip():
            yield _Line(number, line.strip().encode(codec, "surrogatepass"), line.strip(), decoded.encoding)


def _article(name: str, line: _Line, over: GivenMetadata) -> RawArticle:
    if line.text is None:
        raise UnreadableError("READ-ENCODING", f"认不出第 {line.number} 行的编码。请另存为 UTF-8 再放进来。")
    fields = _fields(line)
    text, html = (_body(fields[key], key, line.number) for key in ("text", "html"))
    if text is None and html is None:
        raise UnreadableError("READ-JSON", f"第 {line.number} 行没有 text 或 html。正文应写在其中一个里。")
    try:
        given = given_metadata(fields, strict=False)
    except FieldError as fault:
        raise UnreadableError("READ-JSON", f"第 {line.number} 行的 {fault.field} 不对。{fault.remedy}。") from fault
    article = RawArticle(
        file=name,
        sha256=hashlib.sha256(line.content).hexdigest(),
        format="jsonl",
        encoding=line.encoding,
        text=text or "",
        given=merged(given, over),
    )
    return article if text is not None else _from_html(article, html or "", merged(given, over))


def _from_html(article: RawArticle, html: str, said: GivenMetadata) -> RawArticle:
    from shanhai.read.html import page_article  # noqa: PLC0415 - lxml and trafilatura load only for HTML

    page = page_article(html)
    return msgspec.structs.replace(article, text=page.text, hints=page.hints, given=merged(page.given, said))


def _fields(line: _Line) -> dict[str, Any]:
    try:
        return msgspec.structs.asdict(_decoder.decode(line.text or ""))
    except (msgspec.DecodeError, RecursionError, UnicodeError) as fault:
        wrong = "嵌套过深" if isinstance(fault, RecursionError) else str(fault)[:80]
        raise UnreadableError(
            "READ-JSON", f"第 {line.number} 行不是完整的 JSON 对象({wrong})。请改正这一行。"
        ) from fault


def _body(value: object, key: str, number: int) -> str | None:
    if value is not None and not isinstance(value, str):
        raise UnreadableError("READ-JSON", f"第 {number} 行的 {key} 不对。应是一段文字。")
    return value if value is not None and not is_blank(value) else None
