"""The archive's settings: `extra: shanhai:` of mkdocs.yml, checked as a whole.

All faults are reported at once, each with its key and its remedy.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from shanhai.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


CACHE = ".cache"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator can choose. Paths are absolute.

    `max_file_bytes` is the largest file that is read (for `.gz`: after unpacking); `allowed_set_aside_share` the share
    of set-aside articles, 0..1, above which a build ends with exit code 1; `workers` the number of processes. `cache`,
    which nobody chooses, is where a build finds what the one before it made: it can be deleted at any time.
    """

    corpus: Path
    max_file_bytes: int
    allowed_set_aside_share: float
    workers: int
    cache: Path


class Option(NamedTuple):
    """One setting: its default, what it must be, the test of that, and what to do where it fails."""

    default: object
    wanted: str
    accepts: Callable[[Any], bool]
    remedy: str


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


OPTIONS = {
    "corpus": Option(
        "corpus",
        "the path of a folder",
        lambda value: isinstance(value, str) and bool(value.strip()),
        "Name the folder that holds the articles, relative to mkdocs.yml.",
    ),
    "max_file_bytes": Option(
        20_000_000,
        "a whole number of bytes from 1 up",
        _is_count,
        "Give bytes without a unit, such as 20000000.",
    ),
    "allowed_set_aside_share": Option(
        0.2,
        "a number from 0 to 1",
        _is_share,
        "Give a share such as 0.2 for one article in five.",
    ),
    "workers": Option(
        1, "a whole number from 1 up", _is_count, "Give the number of processes, 1 for none beside this."
    ),
}


def load_settings(config_file: Path, corpus: Path | None = None) -> Settings:
    """The settings of a mkdocs.yml; `corpus` wins over the file. Raises `SettingsError`."""
    try:
        with config_file.open(encoding="utf-8") as stream:
            config = yaml_load(stream, loader=get_yaml_loader())
    except OSError as fault:
        raise SettingsError(
            [("", f"{config_file} cannot be read ({fault.strerror})", "Run from the project's folder.")]
        ) from fault
    except ConfigurationError as fault:
        raise SettingsError([("", f"{config_file}: {fault}", "Mend the place that is named.")]) from fault
    extra = config.get("extra") or {}
    return parse_settings(extra.get("shanhai") if isinstance(extra, dict) else extra, config_file.parent, corpus)


def parse_settings(given: object, base: Path, corpus: Path | None = None) -> Settings:
    """The settings from a mapping, relative paths from `base`. Raises `SettingsError` with every fault."""
    if given is None:
        given = {}
    if not isinstance(given, dict):
        raise SettingsError([("", f"is a {type(given).__name__}, not a mapping", "Write `key: value` lines below it.")])
    faults = [*_unknown(given), *_unfit(given)]
    if faults:
        raise SettingsError(faults)
    values = {key: given.get(key, option.default) for key, option in OPTIONS.items()}
    values["corpus"] = corpus.resolve() if corpus else (base / values["corpus"]).resolve()
    return Settings(**values, cache=base.resolve() / CACHE)


def _unknown(given: Mapping[Any, object]) -> list[tuple[str, str, str]]:
    faults = []
    for key in given:
        if key not in OPTIONS:
            close = get_close_matches(str(key), OPTIONS, n=1)
            remedy = f"Did you mean {close[0]}?" if close else f"Known are {', '.join(OPTIONS)}."
            faults.append((str(key), "is not a setting", remedy))
    return faults


def _unfit(given: Mapping[Any, object]) -> list[tuple[str, str, str]]:
    return [
        (key, f"is {given[key]!r}, wanted is {option.wanted}", option.remedy)
        for key, option in OPTIONS.items()
        if key in given and not option.accepts(given[key])
    ]
