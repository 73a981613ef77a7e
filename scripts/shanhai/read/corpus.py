"""A folder of files becomes records: every file in it ends as an article or as a reason why it is none.

Left out without a word are only hidden files and folders (a leading dot) and what systems leave behind
(`SYSTEM_NAMES`). A sidecar `<file>.yml` belongs to its file; one without a file is set aside like any unknown file.
"""

from __future__ import annotations

import hashlib
import os
import stat
from typing import TYPE_CHECKING

from shanhai.errors import CorpusError
from shanhai.read.fault import UnreadableError
from shanhai.read.jsonl import read_jsonl, read_jsonl_gz
from shanhai.read.sidecar import SIDECAR_SUFFIXES, is_sidecar_name, owner_name, sidecar_metadata
from shanhai.read.text import decoded_text, looks_like_html
from shanhai.records import RawArticle

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from shanhai.records import GivenMetadata, Rejected

SYSTEM_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information"})
MARKDOWN_SUFFIXES = (".md", ".markdown")
HTML_SUFFIXES = (".html", ".htm")
LINES_SUFFIX, PACKED_SUFFIX = ".jsonl", ".jsonl.gz"
KNOWN_SUFFIXES = (".txt", *MARKDOWN_SUFFIXES, *HTML_SUFFIXES, LINES_SUFFIX, PACKED_SUFFIX)
# What to do with files of other well-known kinds.
REMEDIES = {
    ".json": "请改成每行一篇的 .jsonl",
    ".doc": "请另存为 .txt 或 .html",
    ".docx": "请另存为 .txt 或 .html",
    ".wps": "请另存为 .txt 或 .html",
    ".pdf": "请导出成 .txt",
    ".gz": "请先解压",
    ".zip": "请先解压",
    ".rar": "请先解压",
    ".7z": "请先解压",
    ".csv": "请改成 .jsonl",
    ".xlsx": "请改成 .jsonl",
}


def corpus_files(folder: Path) -> list[Path]:
    """All files below the folder that `read_file` answers for, sorted by path; sidecars of theirs are not among them.

    A subfolder that is a link or cannot be listed is in the list itself, so that it is not passed over in silence.
    Raises `CorpusError` if the folder itself cannot be listed.
    """
    if not folder.is_dir():
        raise CorpusError(
            folder, "is no folder", "Name an existing folder of articles with --corpus or extra.shanhai.corpus"
        )
    try:
        found = _listed(folder)
    except OSError as fault:
        raise CorpusError(folder, f"cannot be listed ({fault.strerror})", "Check its permissions") from fault
    waiting = [path for path, is_folder in found if is_folder]
    files = [path for path, is_folder in found if not is_folder]
    while waiting:
        subfolder = waiting.pop()
        try:
            found = _listed(subfolder)
        except OSError:
            files.append(subfolder)
            continue
        waiting += [path for path, is_folder in found if is_folder]
        files += [path for path, is_folder in found if not is_folder]
    return sorted(files, key=lambda path: path.parts)


def read_file(
    path: Path, folder: Path, max_file_bytes: int, *, in_full: bool = True
) -> Iterator[RawArticle | Rejected]:
    """The records of one file of the corpus `folder`: at least one, and never an exception for what is in the file.

    `max_file_bytes` bounds the size of the file, and of a packed one unpacked. Without `in_full` the text of a web page
    is all that a reader sees on it, which is cheap to have.
    """
    file = _record_name(path, folder)
    try:
        content = _content(path, folder, max_file_bytes)
        name, over = path.name.lower(), sidecar_metadata(path)
        if name.endswith(PACKED_SUFFIX):
            yield from read_jsonl_gz(file, content, over, max_file_bytes)
        elif name.endswith(LINES_SUFFIX):
            yield from read_jsonl(file, content, over)
        else:
            yield _single_reader(name, in_full=in_full)(file, content, over)
    except UnreadableError as fault:
        yield fault.rejected(file)


def _listed(folder: Path) -> list[tuple[Path, bool]]:
    """The entries that count, and whether each is a folder to go into; a linked folder is not."""
    with os.scandir(folder) as entries:
        shown = {e.name: e for e in entries if not e.name.startswith(".") and e.name.lower() not in SYSTEM_NAMES}
        folders = {name for name, entry in shown.items() if entry.is_dir(follow_symlinks=False)}
    own = {name for name in shown if name in folders or not _belongs_to_another(name, shown.keys())}
    return [(folder / name, name in folders) for name in sorted(own)]


def _belongs_to_another(name: str, names: Collection[str]) -> bool:
    """Whether it is the sidecar that the file of its name is read with; of two, `.yml` is."""
    if not is_sidecar_name(name):
        return False
    owner = owner_name(name)
    used = next((owner + suffix for suffix in SIDECAR_SUFFIXES if owner + suffix in names), None)
    return owner in names and not is_sidecar_name(owner) and name == used


def _record_name(path: Path, folder: Path) -> str:
    """The path within the corpus; a name in another encoding or with control characters is written in escapes."""
    name = path.relative_to(folder).as_posix()
    if name.isprintable():
        return name
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in name)


def _content(path: Path, folder: Path, max_file_bytes: int) -> bytes:
    """The bytes of the file, after its kind and size allowed to open it."""
    if is_sidecar_name(path.name):
        raise UnreadableError("READ-ORPHAN", "旁注文件没有对应的文章。它应名为“文章文件名.yml”。每篇文章只认一个。")
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            status = _status_of_target(path, folder)
        _check_kind(path, status, max_file_bytes)
        with open(path, "rb") as file:  # noqa: PTH123 - half the time of Path.open, once a file
            content = file.read(max_file_bytes + 1)
    except (OSError, ValueError) as fault:
        wrong = getattr(fault, "strerror", None) or type(fault).__name__
        raise UnreadableError("READ-UNREADABLE", f"文件打不开({wrong})。请检查权限、链接和磁盘。") from fault
    if len(content) > max_file_bytes:
        raise _too_large(len(content), max_file_bytes)
    return content


def _status_of_target(path: Path, folder: Path) -> os.stat_result:
    target = path.resolve(strict=True)
    if not target.is_relative_to(folder.resolve()):
        raise UnreadableError("READ-UNREADABLE", "链接指向文件夹之外。请把文件本身复制进来。")
    return target.stat()


def _check_kind(path: Path, status: os.stat_result, max_file_bytes: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        wrong = "指向文件夹的链接不会跟进" if path.is_symlink() else "文件夹打不开"
        raise UnreadableError("READ-UNREADABLE", f"{wrong}。请检查权限或把文件夹本身复制进来。")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("READ-UNREADABLE", "不是普通文件。请移走。")
    if not path.name.lower().endswith(KNOWN_SUFFIXES):
        remedy = REMEDIES.get(path.suffix.lower(), "请另存为其中一种或移走")
        raise UnreadableError("READ-FORMAT", f"不认识这种文件。能读的是 {' '.join(KNOWN_SUFFIXES)}。{remedy}。")
    if status.st_size > max_file_bytes:
        raise _too_large(status.st_size, max_file_bytes)


def _too_large(size: int, max_file_bytes: int) -> UnreadableError:
    return UnreadableError(
        "READ-TOO-LARGE", f"文件有 {size} 字节以上。上限是 {max_file_bytes} 字节。请拆成几个文件或调高上限。"
    )


def _single_reader(name: str, *, in_full: bool) -> Callable[[str, bytes, GivenMetadata], RawArticle]:
    if name.endswith(MARKDOWN_SUFFIXES):
        from shanhai.read.markdown import read_markdown  # noqa: PLC0415 - loaded only where such files are

        return read_markdown
    if name.endswith(HTML_SUFFIXES):
        return _html_reader(in_full=in_full)
    return _read_text


def _html_reader(*, in_full: bool = True) -> Callable[[str, bytes, GivenMetadata], RawArticle]:
    from shanhai.read.html import read_html, read_visible  # noqa: PLC0415 - lxml and trafilatura load only for HTML

    return read_html if in_full else read_visible


def _read_text(file: str, content: bytes, over: GivenMetadata) -> RawArticle:
    decoded = decoded_text(content)
    if looks_like_html(decoded.text):
        return _html_reader()(file, content, over)
    return RawArticle(
        file=file,
        sha256=hashlib.sha256(content).hexdigest(),
        format="text",
        encoding=decoded.encoding,
        text=decoded.text,
        given=over,
    )
