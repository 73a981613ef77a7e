"""Files that are no text, told by their first bytes or by their control characters."""

from __future__ import annotations

# First bytes by the formats' own specifications; what a reader would call such a file.
SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP 或 Office 文档"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office 文档"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip 压缩文件"),
    (b"\xfd7zXZ\x00", "xz 压缩文件"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩文件"),
    (b"Rar!\x1a\x07", "RAR 压缩文件"),
    (b"\x89PNG\r\n\x1a\n", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF87a", "GIF 图片"),
    (b"GIF89a", "GIF 图片"),
    (b"SQLite format 3\x00", "SQLite 数据库"),
    (b"\x7fELF", "程序"),
    (b"PAR1", "Parquet"),
)
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r\f\x1b"))
# A twentieth: text has next to none, compressed or random bytes have about a ninth.
CONTROL_SHARE_MAX = 0.05


def signature(content: bytes) -> str | None:
    """What the first bytes say that the file is, in Chinese, or `None`."""
    return next((kind for start, kind in SIGNATURES if content.startswith(start)), None)


def is_binary(content: bytes) -> bool:
    """Whether bytes that no encoding explains are no text at all: many control characters or any NUL."""
    controls = len(content) - len(content.translate(None, _CONTROLS))
    return b"\0" in content or controls > CONTROL_SHARE_MAX * len(content)
