"""Whether an offline bundle, packed or unpacked, holds exactly the files that its manifest names."""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
import zlib
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai.publish.manifest import MANIFEST, BundleError, is_plain, parse_manifest, sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

MAX_MANIFEST_BYTES = 200_000_000
"""A line takes some 130 bytes: well over a million files. No more is read of what calls itself a manifest."""

_UNREADABLE = (OSError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error)
"""What reading one entry of a damaged, an encrypted or an oddly compressed archive raises."""


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What was compared: paths below the bundle's folder, each list sorted; `fingerprint` is the manifest's SHA-256."""

    files: int
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    extra: tuple[str, ...]
    fingerprint: str

    @property
    def holds(self) -> bool:
        """Whether the bundle is what its manifest says."""
        return not (self.missing or self.changed or self.extra)


class _Contents(NamedTuple):
    """The files of a bundle: their paths, and how to open one."""

    names: frozenset[str]
    open: Callable[[str], IO[bytes]]


def verify_bundle(path: Path) -> Verification:
    """Compare a zip archive, or the folder unpacked from one, with its manifest.

    A file that cannot be read counts as changed, and so does a link in a file's place. Raises `BundleError` where there
    is nothing to compare: no such path, no archive, no manifest, or names that lead out of the bundle.
    """
    with _folder(path) if path.is_dir() else _archive(path) as contents:
        wanted, fingerprint = _manifest(path, contents)
        present = contents.names - {MANIFEST}
        changed = (name for name in wanted.keys() & present if _digest(contents, name) != wanted[name])
        return Verification(
            files=len(wanted),
            missing=tuple(sorted(wanted.keys() - present)),
            changed=tuple(sorted(changed)),
            extra=tuple(sorted(present - wanted.keys())),
            fingerprint=fingerprint,
        )


@contextmanager
def _folder(path: Path) -> Iterator[_Contents]:
    names = frozenset(
        Path(folder, name).relative_to(path).as_posix()
        for folder, folders, files in os.walk(path)
        for name in (*files, *(one for one in folders if Path(folder, one).is_symlink()))
    )
    yield _Contents(names, lambda name: _open_file(path / name))


def _open_file(path: Path) -> IO[bytes]:
    if path.is_symlink() or not path.is_file():
        raise OSError(f"{path} is not a file")
    return path.open("rb")


@contextmanager
def _archive(path: Path) -> Iterator[_Contents]:
    try:
        archive = zipfile.ZipFile(path)
    except _UNREADABLE as fault:
        why = getattr(fault, "strerror", None) or str(fault)
        raise BundleError(path, f"cannot be read as a zip archive ({why})", "Fetch it once more.") from fault
    with archive:
        top, names = _entries(path, archive)
        yield _Contents(names, lambda name: archive.open(f"{top}/{name}"))


def _entries(path: Path, archive: zipfile.ZipFile) -> tuple[str, frozenset[str]]:
    """The one folder at the top, and the paths of the files below it."""
    entries = archive.infolist()
    for entry in entries:
        if entry.orig_filename != entry.filename or not is_plain(entry.filename.removesuffix("/")):
            raise _foreign(path, f"the name {entry.orig_filename[:80]!r} does not stay within the bundle")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise _foreign(path, f"{entry.filename} is a link")
    names = [entry.filename for entry in entries if not entry.is_dir()]
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise _foreign(path, f"{min(twice)} comes twice")
    tops = {name.partition("/")[0] for name in names}
    if len(tops) != 1 or not all("/" in name for name in names):
        raise _foreign(path, "it does not hold one folder with all files")
    (top,) = tops
    return top, frozenset(name.removeprefix(f"{top}/") for name in names)


def _manifest(path: Path, contents: _Contents) -> tuple[dict[str, str], str]:
    if MANIFEST not in contents.names:
        raise _foreign(path, f"there is no {MANIFEST}")
    try:
        with contents.open(MANIFEST) as stream:
            content = stream.read(MAX_MANIFEST_BYTES)
        return parse_manifest(content.decode()), hashlib.sha256(content).hexdigest()
    except (*_UNREADABLE, ValueError) as fault:
        raise BundleError(path, f"{MANIFEST} is damaged ({fault})", "Fetch the bundle once more.") from fault


def _digest(contents: _Contents, name: str) -> str | None:
    """`None` for a file that cannot be read."""
    try:
        with contents.open(name) as stream:
            return sha256(stream)
    except _UNREADABLE:
        return None


def _foreign(path: Path, why: str) -> BundleError:
    return BundleError(path, f"is not a bundle of this program: {why}", "Give a bundle's zip archive or its folder.")
