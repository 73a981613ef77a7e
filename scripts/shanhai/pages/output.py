"""Generated files on disk: written only where they changed, cleaned of leftovers by a manifest."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from shanhai.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MANIFEST = ".generated.json"


def write_tree(folder: Path, files: Mapping[str, str]) -> int:
    """Make `folder` hold these files beside what is not ours; returns how many changed.

    Files that an earlier run wrote and this one does not are removed, and folders left empty with them. Each file is
    replaced in one step. Raises `OutputError` for a path that leads out of the folder or cannot be written.
    """
    _make(folder)
    leftovers = set(generated_files(folder)) - set(files)
    # The manifest first names old and new files alike, so that a run cut short leaves nothing that no manifest knows.
    _replace(folder / MANIFEST, _manifest({*files, *leftovers}))
    changed = sum(_write(_inside(folder, name), text) for name, text in files.items())
    for name in sorted(leftovers):
        _remove(folder, name)
    _replace(folder / MANIFEST, _manifest(files))
    return changed + len(leftovers)


def remove_tree(folder: Path) -> int:
    """Remove everything that `write_tree` wrote to the folder; returns the number of files."""
    names = generated_files(folder)
    for name in names:
        _remove(folder, name)
    (folder / MANIFEST).unlink(missing_ok=True)
    return len(names)


def generated_files(folder: Path) -> list[str]:
    """Paths below the folder that the last `write_tree` wrote, sorted; empty where it never ran."""
    try:
        names = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except ValueError as fault:
        raise OutputError(
            folder / MANIFEST, f"is damaged ({fault})", "Delete it and the generated pages beside it."
        ) from fault
    return [str(name) for name in names]


def _manifest(names: Mapping[str, str] | set[str]) -> bytes:
    return (json.dumps(sorted(names), ensure_ascii=False, indent=0) + "\n").encode()


def _inside(folder: Path, name: str) -> Path:
    target = folder / name
    if not target.resolve().is_relative_to(folder.resolve()):
        raise OutputError(target, "leads out of the output folder", "Remove the link that stands there.")
    return target


def _write(target: Path, text: str) -> bool:
    content = text.encode()
    try:
        if target.stat().st_size == len(content) and target.read_bytes() == content:
            return False
    except FileNotFoundError:
        _make(target.parent)
    except OSError as fault:
        raise _unwritten(target, fault) from fault
    _replace(target, content)
    return True


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise _unwritten(folder, fault) from fault


def _replace(target: Path, content: bytes) -> None:
    half_done = target.with_name(f".{target.name}.part")
    try:
        half_done.write_bytes(content)
        half_done.replace(target)
    except OSError as fault:
        with suppress(OSError):
            half_done.unlink()
        raise _unwritten(target, fault) from fault


def _unwritten(path: Path, fault: OSError) -> OutputError:
    return OutputError(path, f"cannot be written ({fault.strerror})", "Check space and permissions.")


def _remove(folder: Path, name: str) -> None:
    target = _inside(folder, name)
    target.unlink(missing_ok=True)
    for parent in target.parents:
        if parent == folder or any(parent.iterdir() if parent.exists() else ()):
            break
        if parent.exists():
            parent.rmdir()
