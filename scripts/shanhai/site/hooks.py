"""The MkDocs hook: `mkdocs build` and `mkdocs serve` convert the corpus themselves and watch it."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File
from rich.console import Console

from shanhai import report
from shanhai.build import build_pages
from shanhai.errors import ShanhaiError
from shanhai.pages.output import generated_files
from shanhai.publish.atomic import StagedBuild
from shanhai.settings import parse_settings
from shanhai.site import script_table, scripts
from shanhai.site.frame import CorrectedTheme
from shanhai.site.links import to_files
from shanhai.site.policy import policy

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

log = logging.getLogger("mkdocs.hooks.shanhai")

BUILD_EPOCH = "315532800"
"""1 January 1980, the first moment that a zip archive can name: what MkDocs takes for the time of the build."""

CONVERTED = "shanhai_converted"
"""Key of `extra` that a caller sets when it has converted the corpus already."""

SEARCH_MODULES = "assets/shanhai/search/"
SEARCH_SCRIPT = "assets/shanhai/search.js"
"""Modules are asked for one by one, and from disk not at all: a page loads one classic script."""

UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/", SEARCH_MODULES)
"""The theme's search, which this site does without, and the modules that are joined into one script."""

LAST = -100
"""The priority of what must come after all plugins."""

_staged = StagedBuild()


class UseAbort(Abort):
    """Bad settings or a bad input folder end the run with exit code 2."""

    code = exit_code = 2


def on_startup(command: str, dirty: bool) -> None:  # noqa: ARG001 - the signature is MkDocs's
    """Keep the clock out of the site."""
    _staged.preview = command == "serve"
    os.environ["SOURCE_DATE_EPOCH"] = BUILD_EPOCH


@event_priority(LAST)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let the site be written beside the former one, by one build at a time."""
    try:
        _staged.redirect(config, writes_pages=not config.extra.get(CONVERTED))
    except ShanhaiError as fault:
        raise UseAbort(str(fault)) from fault
    return config


def on_pre_build(config: MkDocsConfig) -> None:
    """Write the generated pages before MkDocs collects the files."""
    if config.extra.get(CONVERTED):
        return
    try:
        settings = parse_settings(config.extra.get("shanhai"), Path(config.config_file_path).parent)
        run = build_pages(settings, Path(config.docs_dir), Console(stderr=True), config.site_url or "")
    except ShanhaiError as fault:
        raise UseAbort(str(fault)) from fault
    log.info("%d articles published, %d set aside", run.published, len(run.rejected))
    for line in report.complaints(run, settings.allowed_set_aside_share):
        log.warning(line)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out what no page asks for, and put in the script of the search, joined of its modules."""
    for file in list(files):
        if file.src_uri.startswith(UNUSED):
            files.remove(file)
    modules = Path(config.theme.custom_dir or "") / SEARCH_MODULES
    try:
        files.append(File.generated(config, SEARCH_SCRIPT, content=scripts.joined(modules, "main.js")))
    except ShanhaiError as fault:
        raise UseAbort(str(fault)) from fault
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG001 - as above
    """Correct the theme, leave out its empty lines, and give it the policy that stands at the head of a page."""
    env.trim_blocks = env.lstrip_blocks = True
    if env.loader is not None:
        env.loader = CorrectedTheme(env.loader)
    try:
        env.globals["content_security_policy"] = policy(env, preview=_staged.preview)
    except ShanhaiError as fault:
        raise UseAbort(str(fault)) from fault
    return env


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001 - as above
    """Let every link work from disk, too."""
    return to_files(output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG001 - as above
    """The same for the page that says that there is no such page."""
    return to_files(output_content) if template_name.endswith(".html") else output_content


@event_priority(LAST)
def on_post_build(config: MkDocsConfig) -> None:
    """Write the table by which a reader's browser shows the site in traditional characters, and show the new site."""
    script_table.write_table(Path(config.site_dir))
    try:
        _staged.publish(config)
    except ShanhaiError as fault:
        raise UseAbort(str(fault)) from fault


def on_build_error(error: Exception) -> None:  # noqa: ARG001 - the signature is MkDocs's
    """Leave nothing of a site that could not be made."""
    _staged.give_up()


def on_shutdown() -> None:
    """The same for a run that was interrupted."""
    _staged.give_up()


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
