"""The site of a hand-made archive, rendered by MkDocs in strict mode without the pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.pages.output import write_tree
from shanhai.pages.site import render
from shanhai.relate.views import view
from shanhai.search.index import search_files
from sites import copy_project, run

if TYPE_CHECKING:
    from pathlib import Path

    from shanhai.relate.views import Archive

SETTINGS = "INHERIT: mkdocs.yml\nextra:\n  shanhai_converted: true\n"


def build_site(folder: Path, archive: Archive) -> Path:
    """The rendered site of an archive; MkDocs must have nothing to warn of."""
    project = copy_project(folder / "project")
    (project / "pages.yml").write_text(SETTINGS, encoding="utf-8")
    views = view(archive)
    searched = {f"search/{path}": text for path, text in search_files(views)}
    write_tree(project / "docs", render(views) | searched)
    done = run(project, "mkdocs", "build", "--strict", "--quiet", "-f", "pages.yml")
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"
