"""A site that is replaced as a whole: it is written to a folder beside the former one and moved in when it is done.

    .site.shanhai-part      the new site while it is written
    site                    what readers see
    .site.shanhai-former    the former site from the moment it is moved away until it is removed
    .site.shanhai-lock      while a build is at work: another one that would write here is refused

A run that is cut short anywhere leaves a whole site: in its place or, for the moment between the two moves, as the
former one, which the next run puts back. A folder is only replaced if its marker names all that it holds at its top.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.utils import CountHandler

from shanhai.errors import OutputError
from shanhai.publish.lock import locked

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.hooks.shanhai")

MARKER = ".shanhai-site"
"""The file by which a site is known as ours: JSON, the names at the top of the folder."""

STYLE_SHEET = "assets/shanhai/shanhai.css"

NAMED_STRANGERS = 3
"""How many of the names that bar a folder are told."""


class StagedBuild:
    """Lets MkDocs render into a folder beside `site_dir`; one stands for one run of MkDocs at a time.

    The preview writes to a temporary folder of its own, so that stays as it is.
    """

    def __init__(self) -> None:
        self.preview = False
        self._site: Path | None = None
        self._locks = ExitStack()

    def redirect(self, config: MkDocsConfig, *, writes_pages: bool) -> None:
        """Point `site_dir` to an empty folder beside it, and keep other builds from it and from the pages.

        `writes_pages`: this run writes the pages, too; otherwise whoever did keeps others from them. Raises
        `OutputError` for a folder that is not ours, or that another build is writing.
        """
        self.give_up()
        if writes_pages:
            self._locks.enter_context(locked(Path(config.docs_dir)))
        if self.preview:
            return
        site = Path(config.site_dir)
        self._locks.enter_context(locked(site))
        config.site_dir = os.fspath(begin(site))
        self._site = site

    def publish(self, config: MkDocsConfig) -> None:
        """Point `site_dir` back, and move the new site there unless a warning is about to fail the build."""
        with self._locks.pop_all():
            if self._site is None:
                return
            site, self._site = self._site, None
            config.site_dir = os.fspath(site)
            if config.strict and _warned():
                discard(site)
                return
            finish(site)
            log.info("The site is in %s", site)

    def give_up(self) -> None:
        """Remove what a failed build has written, and let others build; the former site stays."""
        with self._locks.pop_all():
            if self._site is not None:
                discard(self._site)
                self._site = None


def begin(site: Path) -> Path:
    """An empty folder to write the new site to, after clearing up behind a run that was cut short.

    Raises `OutputError` for a folder that holds what we did not make, or that cannot be replaced.
    """
    check(site)
    site = site.resolve()
    part = _part(site)
    try:
        _recover(site)
        part.mkdir(parents=True)
    except OSError as fault:
        raise _unfit(site, f"the folder beside it cannot be written ({fault.strerror})") from fault
    return part


def finish(site: Path) -> None:
    """Move the new site to its place and remove the former one; what a user keeps in hidden files there stays.

    Raises `OutputError`; then the former site is in its place.
    """
    check(site)
    site = site.resolve()
    part, former = _part(site), _former(site)
    try:
        _mark(part)
        if site.exists():
            site.rename(former)
        part.rename(site)
    except OSError as fault:
        if former.exists() and not site.exists():
            former.rename(site)
        raise _unfit(site, f"it cannot be replaced ({fault.strerror})") from fault
    try:
        _recover(site)
    except OSError as fault:
        raise OutputError(
            former, f"is the former site and cannot be removed ({fault.strerror})", "The new one is in its place."
        ) from fault


def discard(site: Path) -> None:
    """Remove a new site that is not to be shown; the former one stays in its place."""
    shutil.rmtree(_part(site.resolve()), ignore_errors=True)


def check(site: Path) -> None:
    """Raise `OutputError` unless the folder is absent, empty or a site of ours; hidden files at its top are no bar."""
    site = site.resolve()
    if not site.exists():
        return
    if not site.is_dir():
        raise _unfit(site, "it is not a folder")
    if site.is_mount():
        raise _unfit(site, "it is a mount point, which cannot be moved")
    known = _marked(site)
    strangers = sorted(path.name for path in site.iterdir() if path.name not in known and not _hidden(path))
    if strangers:
        names = ", ".join(ascii(name)[1:-1] if not name.isprintable() else name for name in strangers[:NAMED_STRANGERS])
        more = len(strangers) - NAMED_STRANGERS
        raise _unfit(site, f"it holds what no build has put there: {names}{f' and {more} more' if more > 0 else ''}")


def _unfit(site: Path, why: str) -> OutputError:
    return OutputError(
        site, f"the site cannot be written here, {why}", "Give a new or empty folder, or delete it if it may go."
    )


def _part(site: Path) -> Path:
    return site.with_name(f".{site.name}.shanhai-part")


def _former(site: Path) -> Path:
    return site.with_name(f".{site.name}.shanhai-former")


def _recover(site: Path) -> None:
    """Bring a swap that was begun to its end, or undo it, and remove what was being written."""
    former = _former(site)
    if former.exists():
        if site.exists():
            _keep_hidden(former, site)
            shutil.rmtree(former)
        else:
            former.rename(site)
    if _part(site).exists():
        shutil.rmtree(_part(site))


def _keep_hidden(former: Path, site: Path) -> None:
    """As MkDocs does when it cleans a folder: `.git` and the like belong to the user."""
    for path in sorted(former.iterdir()):
        if _hidden(path) and path.name != MARKER and not (site / path.name).exists():
            path.rename(site / path.name)


def _hidden(path: Path) -> bool:
    return path.name.startswith(".")


def _mark(folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir() if path.name != MARKER)
    text = json.dumps({"made_by": "shanhai", "holds": names}, ensure_ascii=False, indent=0)
    (folder / MARKER).write_text(text + "\n", encoding="utf-8", newline="\n")


def _marked(folder: Path) -> frozenset[str]:
    """What the marker says that we put into the folder; nothing where there is none, or a damaged one.

    A site from before there were markers is known by its style sheet, and is ours as a whole.
    """
    if not (folder / MARKER).exists() and (folder / STYLE_SHEET).is_file():
        return frozenset(path.name for path in folder.iterdir())
    try:
        marked = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        return frozenset(map(str, marked["holds"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return frozenset()


def _warned() -> bool:
    """Whether MkDocs has counted a warning, for which a strict build fails after its last hook."""
    handlers = logging.getLogger("mkdocs").handlers
    return any(handler.get_counts() for handler in handlers if isinstance(handler, CountHandler))
