"""The site of a hand-made archive, rendered by MkDocs in strict mode without the pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.pages.output import write_tree
from shanhai.pages.site import render
from sites import copy_project, run

if TYPE_CHECKING:
    from pathlib import Path

    from shanhai.relate.views import Archive

SETTINGS = "INHERIT: mkdocs.yml\nhooks: [segmenter.py]\n"
HOOK = "from shanhai.site import tokens\n\n\ndef on_startup(command, dirty):\n    tokens.install()\n"


def build_site(folder: Path, archive: Archive) -> Path:
    """The rendered site of an archive; MkDocs must have nothing to warn of."""
    project = copy_project(folder / "project")
    (project / "pages.yml").write_text(SETTINGS, encoding="utf-8")
    (project / "segmenter.py").write_text(HOOK, encoding="utf-8")
    write_tree(project / "docs", render(archive))
    done = run(project, "mkdocs", "build", "--strict", "--quiet", "-f", "pages.yml")
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"
