"""The MkDocs hook: `mkdocs build` and `mkdocs serve` convert the corpus themselves and watch it."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import Abort
from rich.console import Console

from shanhai import report
from shanhai.build import build_pages
from shanhai.errors import ShanhaiError
from shanhai.pages.output import generated_files
from shanhai.settings import parse_settings
from shanhai.site import tokens

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

log = logging.getLogger("mkdocs.hooks.shanhai")

BUILD_EPOCH = "315532800"
"""1 January 1980, the first moment that a zip archive can name: what MkDocs takes for the time of the build."""

CONVERTED = "shanhai_converted"
"""Key of `extra` that a caller sets when it has converted the corpus already."""


class UseAbort(Abort):
    """Bad settings or a bad input folder end the run with exit code 2."""

    code = exit_code = 2


def on_startup(command: str, dirty: bool) -> None:  # noqa: ARG001 - the signature is MkDocs's
    """Let the search index be cut by the fast segmenter, and keep the clock out of the site."""
    tokens.install()
    os.environ["SOURCE_DATE_EPOCH"] = BUILD_EPOCH


def on_pre_build(config: MkDocsConfig) -> None:
    """Write the generated pages before MkDocs collects the files."""
    if config.extra.get(CONVERTED):
        return
    try:
        settings = parse_settings(config.extra.get("shanhai"), Path(config.config_file_path).parent)
        run = build_pages(settings, Path(config.docs_dir), Console(stderr=True))
    except ShanhaiError as fault:
        raise UseAbort(str(fault)) from fault
    log.info("%d articles published, %d set aside", run.published, len(run.rejected))
    for line in report.complaints(run, settings.allowed_set_aside_share):
        log.warning(line)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:  # noqa: ARG001 - as above
    """Watch the corpus and the hand-written pages, not the generated ones, which would call for a second build."""
    docs = Path(config.docs_dir)
    server.unwatch(str(docs))
    generated = generated_files(docs)
    for path in sorted(docs.rglob("*")):
        if path.is_file() and not path.name.startswith(".") and path.relative_to(docs).as_posix() not in generated:
            server.watch(str(path))
    server.watch(str(parse_settings(config.extra.get("shanhai"), Path(config.config_file_path).parent).corpus))
    return server
