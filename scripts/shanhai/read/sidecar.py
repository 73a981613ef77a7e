"""The sidecar of a file, `<file>.yml` or `<file>.yaml` beside it: its fields win over what the file says."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from shanhai.read import encoding
from shanhai.read.fault import UnreadableError
from shanhai.read.given import FIELDS, FieldError, given_metadata
from shanhai.read.yaml_fields import YAML_MAX_BYTES, yaml_fields
from shanhai.records import GivenMetadata

if TYPE_CHECKING:
    from pathlib import Path

SIDECAR_SUFFIXES = (".yml", ".yaml")
NOTHING = GivenMetadata()


def is_sidecar_name(name: str) -> bool:
    """Whether a file of this name is a sidecar, be there a file that it belongs to or not."""
    return name.lower().endswith(SIDECAR_SUFFIXES)


def owner_name(name: str) -> str:
    """The name of the file that a sidecar of this name belongs to."""
    return name[: name.rindex(".")]


def sidecar_metadata(path: Path) -> GivenMetadata:
    """What the sidecar of the file at `path` says, nothing if there is none.

    Raises `UnreadableError` (READ-YAML) for a sidecar with any fault: whoever wrote it meant something by it.
    """
    for suffix in SIDECAR_SUFFIXES:
        name = f"{path}{suffix}"
        try:
            status = os.lstat(name)
        except (OSError, ValueError):
            continue
        return _metadata(_content(name, status))
    return NOTHING


def _content(name: str, status: os.stat_result) -> bytes:
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("READ-YAML", "旁注文件不是普通文件。请把文件本身复制进来。")
    try:
        with open(name, "rb") as file:  # noqa: PTH123 - the name is a string, for the speed of the look-up
            return file.read(YAML_MAX_BYTES + 1)
    except OSError as fault:
        raise UnreadableError("READ-YAML", f"旁注文件读不出({fault.strerror})。请检查它的权限。") from fault


def _metadata(content: bytes) -> GivenMetadata:
    decoded = encoding.decode(content)
    if decoded is None:
        raise UnreadableError("READ-YAML", "旁注文件的编码认不出。请另存为 UTF-8。")
    fields = yaml_fields(decoded.text, "旁注文件")
    unknown = sorted(fields.keys() - set(FIELDS))
    if unknown:
        raise UnreadableError(
            "READ-YAML", f"旁注文件里有不认识的键 {unknown[0][:40]!r}。可用的键是 {' '.join(FIELDS)}。"
        )
    try:
        return given_metadata(fields, strict=True)
    except FieldError as fault:
        raise UnreadableError("READ-YAML", f"旁注文件的 {fault.field} 不对。{fault.remedy}。") from fault
