"""The list of files and their digests that travels with a bundle, as `sha256sum` writes and checks it."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from shanhai.errors import PathError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

MANIFEST = "MANIFEST.sha256"

BLOCK_BYTES = 1 << 18
"""Read at a time."""

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_DRIVE = re.compile(r"[A-Za-z]:")


class BundleError(PathError):
    """A bundle cannot be read at all: it is damaged, or it is none."""


def manifest_text(digests: Mapping[str, str]) -> str:
    """A line a file, sorted by name: the SHA-256, two blanks, the path with slashes. Raises `ValueError`.

    A name must be plain, as `is_plain` has it: then no tool needs to escape it.
    """
    for name in digests:
        if not is_plain(name):
            raise ValueError(f"{name!r} cannot be the name of a file of a bundle")
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))


def parse_manifest(text: str) -> dict[str, str]:
    """Path -> SHA-256. Raises `ValueError` that names the line which is none, leads out or comes twice."""
    digests: dict[str, str] = {}
    for number, line in enumerate(text.split("\n")[: None if text[-1:] != "\n" else -1], start=1):
        found = _LINE.fullmatch(line)
        if found is None or not is_plain(found[2]) or found[2] in digests:
            raise ValueError(f"line {number} is not a digest and a path of its own: {line[:80]!r}")
        digests[found[2]] = found[1]
    return digests


def is_plain(name: str) -> bool:
    """Whether a name is a relative path with slashes that stays within its folder and shows as it is."""
    return (
        name.isprintable()
        and "\\" not in name
        and not name.startswith("/")
        and not _DRIVE.match(name)
        and ".." not in PurePosixPath(name).parts
        and PurePosixPath(name).as_posix() == name != "."
    )


def sha256(stream: IO[bytes]) -> str:
    """The SHA-256 of what is left to read, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    while block := stream.read(BLOCK_BYTES):
        digest.update(block)
    return digest.hexdigest()
