"""Two builds at once: the second one is refused, and no killed one stands in the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from shanhai.errors import OutputError
from shanhai.publish.lock import lock_file, locked
from sites import copy_project, corpus, run
from test_publish_atomic import ARTICLE, tree

if TYPE_CHECKING:
    from pathlib import Path

HOLDS = """
import sys
from pathlib import Path
from shanhai.publish.lock import locked

with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
"""A program of its own that keeps a lock until its input ends."""

THREADS, ROUNDS = 4, 50


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = copy_project(tmp_path / "project")
    corpus(project / "corpus", a__txt=ARTICLE)
    return project


def holder(target: Path) -> subprocess.Popen[str]:
    """A process that holds the lock of the target."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_a_lock_is_held_by_one_and_leaves_nothing_behind(tmp_path):
    target = tmp_path / "site"
    with locked(target):
        assert lock_file(target).is_file()
        with pytest.raises(OutputError, match="site: another build is writing it"), locked(target):
            pytest.fail("two at once")
        with locked(tmp_path / "other"):
            pass
    assert list(tmp_path.iterdir()) == []


def test_another_process_is_refused_and_one_that_was_killed_bars_nobody(tmp_path):
    target = tmp_path / "site"
    with holder(target) as process:
        with pytest.raises(OutputError, match="another build"), locked(target):
            pytest.fail("two at once")
        os.kill(process.pid, signal.SIGKILL)
    assert lock_file(target).is_file()
    with locked(target):
        pass
    assert list(tmp_path.iterdir()) == []


def test_however_many_ask_at_once_one_alone_gets_it(tmp_path):
    """Each removes the file that the next one may have opened already."""
    inside, most, faults = 0, 0, []

    def ask() -> None:
        nonlocal inside, most
        for _ in range(ROUNDS):
            try:
                with locked(tmp_path / "site"):
                    inside += 1
                    most = max(most, inside)
                    inside -= 1
            except OutputError as fault:
                faults.append(str(fault))

    threads = [threading.Thread(target=ask) for _ in range(THREADS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert most == 1
    assert len(faults) < THREADS * ROUNDS
    assert all("another build" in one for one in faults)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_which_no_lock_can_stand_is_named(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"), locked(tmp_path / "file" / "site"):
        pytest.fail("nothing can be written there")


@pytest.mark.parametrize(
    ("target", "command"),
    [
        ("docs", ("shanhai", "build")),
        ("docs", ("shanhai", "build", "--pages-only")),
        ("docs", ("shanhai", "clean")),
        ("docs", ("shanhai", "bundle")),
        ("docs", ("mkdocs", "build")),
        ("site", ("shanhai", "build")),
        ("site", ("mkdocs", "build")),
        ("out", ("shanhai", "build", "--data-only", "out")),
    ],
)
def test_a_build_is_refused_while_another_one_writes_the_same_folder(project, target, command):
    former = tree(project / "docs")
    with holder(project / target) as process:
        done = run(project, *command)
        process.communicate()
    assert done.returncode == 2, done.stdout + done.stderr
    assert "another build is writing it" in " ".join((done.stdout + done.stderr).split())
    if target == "docs":
        assert tree(project / "docs") == former
    assert not (project / "site").exists()
    assert not list(project.glob(".*.shanhai-*"))


def test_the_next_build_is_as_if_there_had_been_no_other(project):
    with holder(project / "site"):
        assert run(project, "shanhai", "build").returncode == 2
    assert run(project, "shanhai", "build").returncode == 0
    assert (project / "site" / "index.html").is_file()
    assert not list(project.glob(".*.shanhai-*"))
