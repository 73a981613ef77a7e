"""What can go wrong for whoever calls this package.

ShanhaiError
├── SettingsError     the settings are wrong: all their faults at once (exit code 2)
├── PathError
│   ├── CorpusError   the input folder cannot be used at all (exit code 2)
│   ├── OutputError   a file or folder cannot be written (exit code 2)
│   ├── publish.manifest.BundleError   a bundle cannot be read at all (exit code 2)
│   └── publish.check.SiteError        a folder is no site that can be checked (exit code 2)
├── ReferenceDataError        our own reference data is damaged: a fault of ours (exit code 3)
└── site.scripts.ScriptError  a script of the site cannot be joined: the same

A bad *article* raises nothing: it becomes a `records.Rejected` with its reason, and the build goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class ShanhaiError(Exception):
    """Base of all errors that this package raises on purpose."""


class SettingsError(ShanhaiError):
    """All faults found in the settings, each with its key and its remedy.

    `faults` holds (key, what is wrong, what to do) triples in the order of the keys.
    """

    def __init__(self, faults: Sequence[tuple[str, str, str]]) -> None:
        self.faults = tuple(faults)
        lines = [f"  extra.shanhai.{key}: {wrong}. {remedy}" for key, wrong, remedy in self.faults]
        super().__init__("\n".join([f"{len(lines)} fault(s) in the settings of mkdocs.yml:", *lines]))


class PathError(ShanhaiError):
    """Something is wrong with a path: it names the path, the fault and the remedy."""

    def __init__(self, path: Path, wrong: str, remedy: str) -> None:
        self.path, self.wrong, self.remedy = path, wrong, remedy
        super().__init__(f"{path}: {wrong}. {remedy}")


class CorpusError(PathError):
    """The input folder cannot be used."""


class OutputError(PathError):
    """A generated file or folder cannot be written."""


class ReferenceDataError(ShanhaiError):
    """A file of `shanhai/reference/` is damaged: it names the file, the place in it and the fault."""

    def __init__(self, file: str, place: str, wrong: str) -> None:
        self.file, self.place, self.wrong = file, place, wrong
        super().__init__(f"reference/{file}, {place}: {wrong}")
