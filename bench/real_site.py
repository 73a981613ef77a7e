"""A site as readers get it: `python bench/real_site.py CORPUS WORK` builds a corpus in a copy of the project.

The site comes to stand in `WORK/site`; `WORK/site.json` tells what the step of the build cost that makes its search.
"""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from measured import step

from shanhai import build, cli
from shanhai.pages.output import generated_files
from shanhai.search.index import search_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shanhai.relate.views import Views

PROJECT = Path(__file__).parents[1]
HOOKS = Path("scripts", "shanhai", "site", "hooks.py")
SEARCH_PAGE = "index.html"
"""What stands in the folder search/ of a site beside the index."""


def copied(project: Path) -> None:
    """Copy what a site is built from beside the package: settings, theme, hand-written pages."""
    project.mkdir(parents=True)
    shutil.copy(PROJECT / "mkdocs.yml", project)
    shutil.copytree(PROJECT / "site_overrides", project / "site_overrides")
    (project / HOOKS).parent.mkdir(parents=True)
    shutil.copy(PROJECT / HOOKS, project / HOOKS)
    docs = PROJECT / "docs"
    generated = set(generated_files(docs))
    for path in sorted(docs.rglob("*")):
        name = path.relative_to(docs).as_posix()
        if path.is_file() and name not in generated and not path.name.startswith("."):
            (project / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, project / "docs" / name)


def with_index(site: Path, index: Path, target: Path) -> None:
    """A copy of a site with another index: its own search page and script, the files of `index`."""
    shutil.copytree(site, target, ignore=lambda folder, _: _of_index(Path(folder), site), copy_function=os.link)
    shutil.copytree(index, target / "search", dirs_exist_ok=True, copy_function=os.link)


def _of_index(folder: Path, site: Path) -> list[str]:
    if folder != site / "search":
        return []
    return [path.name for path in folder.iterdir() if path.name != SEARCH_PAGE]


def main() -> None:
    """Build, and measure the step."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("work", type=Path)
    arguments = parser.parse_args()
    corpus, work = arguments.corpus.resolve(), arguments.work.resolve()
    project = work / "project"
    copied(project)

    def measured(views: Views, cache: Path) -> Iterator[tuple[str, str]]:
        with step(work / "site.json"):
            yield from search_files(views, cache)

    build.search_files = measured  # type: ignore[assignment]
    command = ["--config", "mkdocs.yml", "build", "--corpus", str(corpus), "--site", str(work / "site")]
    os.chdir(project)
    code = cli.main(command)
    if code not in {cli.OK, cli.SET_ASIDE}:
        raise SystemExit(code)


if __name__ == "__main__":
    main()
