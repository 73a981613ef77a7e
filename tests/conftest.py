"""Fixtures that several tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from sites import PROJECT, SHARED, copy_project, run

if TYPE_CHECKING:
    from pathlib import Path


# A busy machine is no fault of the code: properties have no time limit, and the same examples run everywhere.
settings.register_profile("shanhai", deadline=None, derandomize=True)
settings.load_profile("shanhai")


@pytest.fixture(scope="session")
def real_corpus() -> Path:
    """The folder of real articles, which is not part of the project."""
    folder = SHARED / "corpus"
    if not folder.is_dir():
        pytest.skip("the real articles are not here: they are expected in ../shared/corpus beside the project")
    return folder


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the bundled sample, built once."""
    project = copy_project(tmp_path_factory.mktemp("sample-site"))
    done = run(project, "shanhai", "build", "--corpus", str(PROJECT / "corpus"), "--site", "site")
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


@pytest.fixture(scope="session")
def sample_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The offline bundle of the bundled sample, built once."""
    project = copy_project(tmp_path_factory.mktemp("sample-bundle"))
    done = run(project, "shanhai", "bundle", "--corpus", str(PROJECT / "corpus"))
    assert done.returncode == 0, done.stdout + done.stderr
    (bundle,) = (project / "dist").glob("*.zip")
    return bundle
