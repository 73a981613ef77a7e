"""The offline bundle: one zip archive with the whole site, opened from disk by a double click.

Same input, same bytes: entries are sorted and bear one fixed time and mode. Only another zlib may compress otherwise;
the files within and the manifest are the same then, too.
"""

from __future__ import annotations

import hashlib
import stat
import zipfile
from contextlib import suppress
from pathlib import Path
from string import Template

import msgspec

from shanhai.errors import OutputError
from shanhai.publish.manifest import MANIFEST, manifest_text, sha256, unfit_names
from shanhai.publish.serving import published

NOTE = "README.txt"
"""How to open and check the bundle. ASCII, which every program that unpacks archives gets right."""

FOR_SERVERS = frozenset({"404.html", "robots.txt", "sitemap.xml", "sitemap.xml.gz", "feeds"})
"""What a site has for web servers, crawlers and feed readers: without an address it means nothing."""

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip archive can name."""

UNIX = 3
"""`create_system` of the zip format: modes are read as those of Unix."""

READABLE_FILE = stat.S_IFREG | 0o644

COMPRESSION_LEVEL = 6
"""zlib's own middle: level 9 makes the bundle of the sample 0.5 % smaller in twice the time."""


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """A finished archive: its path, how many files its manifest lists, and the SHA-256 of that manifest."""

    path: Path
    files: int
    fingerprint: str


def bundle_name(version: str) -> str:
    """The name of the archive without its ending, and of the one folder in it."""
    return f"shanhai-{version}"


def bundle_note(site_name: str, articles: int, version: str) -> str:
    """The text, in Chinese and English, that tells how to open and check the bundle."""
    template = Template(Path(__file__).with_name("bundle-note.txt").read_text(encoding="utf-8"))
    return template.substitute(name=site_name, articles=articles, version=version)


def write_bundle(site: Path, target: Path, note: str) -> Bundle:
    """Pack a built site into the archive `target`, with the note and a manifest; replaced in one step.

    The one folder in it bears the archive's name. Raises `OutputError`, also for a name that not every system can
    unpack; then the former archive stays.
    """
    half_done = target.with_name(f".{target.name}.part")
    names, note_bytes = bundled_files(site), _for_any_viewer(note)
    for name, why in unfit_names((*names, NOTE, MANIFEST)).items():
        raise OutputError(site / name, f"{why}, so it cannot go into a bundle", "Give it another name.")
    try:
        digests = {name: _digest(site / name) for name in names}
        digests[NOTE] = hashlib.sha256(note_bytes).hexdigest()
        manifest = manifest_text(digests).encode()
        target.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(half_done, "w") as archive:
            for name in sorted((*names, NOTE, MANIFEST)):
                own = {NOTE: note_bytes, MANIFEST: manifest}.get(name)
                _add(archive, f"{target.stem}/{name}", (site / name).read_bytes() if own is None else own)
        half_done.replace(target)
    except OSError as fault:
        raise OutputError(target, f"cannot be written ({fault.strerror})", "Check space and permissions.") from fault
    finally:
        with suppress(OSError):
            half_done.unlink(missing_ok=True)
    return Bundle(path=target, files=len(digests), fingerprint=hashlib.sha256(manifest).hexdigest())


def bundled_files(site: Path) -> list[str]:
    """Paths below the site of what goes into a bundle, sorted: nothing hidden, and nothing for servers."""
    return sorted(name for name in published(site) if name.partition("/")[0] not in FOR_SERVERS)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return sha256(stream)


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, ZIP_EPOCH)
    entry.create_system, entry.external_attr = UNIX, READABLE_FILE << 16
    archive.writestr(entry, content, zipfile.ZIP_DEFLATED, COMPRESSION_LEVEL)


def _for_any_viewer(text: str) -> bytes:
    """With the marks by which the oldest viewer of text on Windows, too, shows lines and Chinese characters."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")
