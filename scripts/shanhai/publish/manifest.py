"""The list of files and their digests that travels with a bundle, as `sha256sum` writes and checks it."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from shanhai.errors import PathError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import IO

MANIFEST = "MANIFEST.sha256"

BLOCK_BYTES = 1 << 18
"""Read at a time."""

LONGEST_NAME_UNITS = 180
"""A path on Windows has 259 UTF-16 units at most, drive, folders and all: this leaves 80 for where one unpacks to."""

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_DRIVE = re.compile(r"[A-Za-z]:")
# Microsoft, "Naming Files, Paths, and Namespaces": signs that no name may hold, names of devices with any ending, and
# the blank or dot at an end, which is dropped.
_NOT_ON_WINDOWS = re.compile(
    r'[<>:"|?*]|(?:^|/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|/|$)|[ .](?:/|$)', re.IGNORECASE
)


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


def unfit_names(names: Iterable[str]) -> dict[str, str]:
    """Of the names that not every system can unpack, each with the reason; sorted."""
    unfit: dict[str, str] = {}
    folded: dict[str, str] = {}
    for name in sorted(names):
        other = folded.setdefault(name.casefold(), name)
        if not is_plain(name):
            unfit[name] = "is not a plain name"
        elif _NOT_ON_WINDOWS.search(name):
            unfit[name] = "cannot be the name of a file on Windows"
        elif len(name.encode("utf-16-le")) > 2 * LONGEST_NAME_UNITS:
            unfit[name] = f"is longer than {LONGEST_NAME_UNITS} characters"
        elif other != name:
            unfit[name] = f"differs from {other} in case alone"
    return unfit


def sha256(stream: IO[bytes]) -> str:
    """The SHA-256 of what is left to read, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    while block := stream.read(BLOCK_BYTES):
        digest.update(block)
    return digest.hexdigest()
