"""Whole small sites for tests: copies of the project, corpora of a few files, commands run in them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from shanhai.pages.output import generated_files

PROJECT = Path(__file__).parents[1]
SHARED = PROJECT.parent / "shared"


def copy_project(target: Path) -> Path:
    """A copy of what a site is built from, without anything generated; the package itself stays installed."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(PROJECT / "mkdocs.yml", target)
    shutil.copytree(PROJECT / "site_overrides", target / "site_overrides")
    hook = target / "scripts" / "shanhai" / "site"
    hook.mkdir(parents=True)
    shutil.copy(PROJECT / "scripts" / "shanhai" / "site" / "hooks.py", hook)
    docs = target / "docs"
    docs.mkdir()
    for page in tracked_docs():
        (docs / page).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / "docs" / page, docs / page)
    return target


def tracked_docs() -> list[str]:
    """The hand-written files below docs/."""
    generated = set(generated_files(PROJECT / "docs"))
    names = (
        path.relative_to(PROJECT / "docs").as_posix()
        for path in sorted((PROJECT / "docs").rglob("*"))
        if path.is_file()
    )
    return [name for name in names if name not in generated and not Path(name).name.startswith(".")]


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command of this environment (`shanhai`, `mkdocs`), run in `folder`, its output captured."""
    executable = Path(sys.executable).parent / command[0]
    variables = {k: v for k, v in os.environ.items() if not k.startswith("SHANHAI_")}
    return subprocess.run(
        [str(executable), *command[1:]],
        cwd=folder,
        env=variables | {"NO_MKDOCS_2_WARNING": "1"} | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


def corpus(folder: Path, **files: str | bytes) -> Path:
    """A folder of articles by name; `__` in a name stands for the dot."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        content_bytes = content if isinstance(content, bytes) else content.encode()
        (folder / name.replace("__", ".")).write_bytes(content_bytes)
    return folder
