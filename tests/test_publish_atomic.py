"""A site is replaced as a whole or not at all, whatever cuts a build short."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shanhai.errors import OutputError
from shanhai.publish import atomic
from sites import copy_project, corpus, run

ARTICLE = """示例县的茶园通了路

2021-05-06 来源\uff1a山海样报 作者\uff1a林示例

浙江省和四川省的技术员带着茶苗上了山。坡地先改成梯田\uff0c再铺滴灌\uff0c头两年只剪枝不采摘\uff0c村民一边学一边干\uff0c把荒坡种成了茶园。

路修到地头以后\uff0c鲜叶当天就能送进加工厂。合作社统一收购、统一加工\uff0c年底按股分红\uff0c愿意打工的人在厂里包装发货\uff0c一年四季都有活干。
"""
MAX_WAIT_S = 120

KILLED_AT = """
import os, shutil, signal, sys
from pathlib import Path
from shanhai.publish import atomic

def dying(real, step, when):
    def call(*arguments, **options):
        dying.calls += 1
        if dying.calls == step and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*arguments, **options)
        if dying.calls == step and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return call

dying.calls = 0
site, function, step, when = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
part = atomic.begin(site)
for name in ("index.html", "new.html"):
    (part / name).write_text("new", encoding="utf-8")
if function == "rename":
    Path.rename = dying(Path.rename, step, when)
else:
    os.unlink = dying(os.unlink, step, when)
atomic.finish(site)
"""
"""Replaces a site and kills itself before or after the n-th call of a function."""

NO_ROOM = """
import resource, signal, sys
from shanhai.cli import main

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, 90_000))
sys.exit(main())
"""


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def replace(site: Path, **files: str) -> None:
    """What a build does; `__` in a name stands for the dot."""
    part = atomic.begin(site)
    for name, text in files.items():
        (part / name.replace("__", ".")).write_text(text, encoding="utf-8")
    atomic.finish(site)


def beside(site: Path) -> list[str]:
    return sorted(path.name for path in site.parent.iterdir() if path != site)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built before."""
    site = tmp_path / "site"
    replace(site, index__html="old", gone__html="old")
    return site


def test_a_new_site_takes_the_place_of_the_former_one_and_nothing_is_left_beside_it(site):
    replace(site, index__html="new", more__html="new")
    assert {name: text for name, text in tree(site).items() if name != atomic.MARKER} == {
        "index.html": b"new",
        "more.html": b"new",
    }
    assert beside(site) == []


def test_the_former_site_stays_as_it_is_while_the_new_one_is_written(site):
    before = tree(site)
    part = atomic.begin(site)
    (part / "index.html").write_text("new", encoding="utf-8")
    assert tree(site) == before
    atomic.discard(site)
    assert (tree(site), beside(site)) == (before, [])


def test_the_marker_says_the_same_of_the_same_site(tmp_path):
    for name in ("one", "two"):
        replace(tmp_path / name, b="", a="")
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    assert json.loads((tmp_path / "one" / atomic.MARKER).read_text(encoding="utf-8"))["holds"] == ["a", "b"]


def test_hidden_files_that_a_user_keeps_in_the_site_stay(site):
    (site / ".git").mkdir()
    (site / ".git" / "config").write_text("mine", encoding="utf-8")
    replace(site, index__html="new")
    assert (site / ".git" / "config").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_and_one_with_hidden_files_only_are_taken(tmp_path):
    (tmp_path / "site" / ".git").mkdir(parents=True)
    replace(tmp_path / "site", index__html="new")
    assert (tmp_path / "site" / ".git").is_dir()


@pytest.mark.parametrize("marker", [None, "", "{", "[]", '{"holds": 3}', '{"holds": ["index.html"]}'])
def test_a_folder_that_holds_what_no_build_has_made_is_refused_and_stays(tmp_path, marker):
    """Without a marker, with a damaged one, and with one that does not know all there is."""
    (tmp_path / "documents" / "letters").mkdir(parents=True)
    (tmp_path / "documents" / "letters" / "one.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "documents" / "index.html").write_text("mine", encoding="utf-8")
    if marker is not None:
        (tmp_path / "documents" / atomic.MARKER).write_text(marker, encoding="utf-8")
    before = tree(tmp_path)
    with pytest.raises(OutputError, match=r"documents: .*letters"):
        atomic.begin(tmp_path / "documents")
    assert tree(tmp_path) == before


def test_a_site_from_before_there_were_markers_is_ours(tmp_path):
    former = tmp_path / "site"
    (former / "assets" / "shanhai").mkdir(parents=True)
    (former / "assets" / "shanhai" / "shanhai.css").touch()
    (former / "index.html").touch()
    replace(former, index__html="new")
    assert tree(former).keys() == {"index.html", atomic.MARKER}


def test_what_came_into_the_site_during_the_build_is_not_deleted(site):
    part = atomic.begin(site)
    (part / "index.html").write_text("new", encoding="utf-8")
    (site / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match=r"letter\.txt"):
        atomic.finish(site)
    assert (site / "letter.txt").read_text(encoding="utf-8") == "mine"
    assert (site / "index.html").read_text(encoding="utf-8") == "old"


def test_a_file_in_the_place_of_the_site_is_refused(tmp_path):
    (tmp_path / "site").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="not a folder"):
        atomic.begin(tmp_path / "site")


def test_a_folder_that_cannot_be_written_beside_is_named(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        atomic.begin(tmp_path / "file" / "site")


def test_a_link_to_the_site_stays_a_link(site):
    link = site.with_name("published")
    link.symlink_to(site)
    replace(link, index__html="new")
    assert link.is_symlink()
    assert (site / "index.html").read_text(encoding="utf-8") == "new"


def test_where_the_new_site_cannot_be_moved_in_the_former_one_comes_back(site, monkeypatch):
    before = tree(site)
    part = atomic.begin(site)
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if path == part:
            raise OSError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OutputError, match="Permission denied"):
        atomic.finish(site)
    assert tree(site) == before


@pytest.mark.parametrize(
    ("function", "step", "when", "shows"),
    [
        ("rename", 1, "before", "old"),
        ("rename", 1, "after", "old"),
        ("rename", 2, "before", "old"),
        ("rename", 2, "after", "new"),
        ("rename", 3, "before", "new"),
        ("rename", 3, "after", "new"),
        ("unlink", 1, "before", "new"),
        ("unlink", 2, "after", "new"),
    ],
)
def test_a_kill_at_any_step_of_the_swap_leaves_one_whole_site(site, function, step, when, shows):
    """The third rename keeps the user's hidden file, the unlinks remove the former site."""
    (site / ".nojekyll").write_text("mine", encoding="utf-8")
    before = tree(site)
    command = [sys.executable, "-c", KILLED_AT, str(site), function, str(step), when]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    whole = site if site.exists() else atomic._former(site)
    if shows == "old":
        assert tree(whole) == before
    else:
        assert {name for name in tree(whole) if not name.startswith(".")} == {"index.html", "new.html"}
    atomic.begin(site)
    assert (site / "index.html").read_text(encoding="utf-8") == shows
    assert (site / ".nojekyll").read_text(encoding="utf-8") == "mine"
    atomic.discard(site)
    assert beside(site) == []


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = copy_project(tmp_path / "project")
    corpus(project / "corpus", a__txt=ARTICLE)
    return project


def started(project: Path, *command: str) -> subprocess.Popen[bytes]:
    executable = Path(sys.executable).parent / command[0]
    return subprocess.Popen(
        [str(executable), *command[1:]],
        cwd=project,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def killed_when(process: subprocess.Popen[bytes], moment) -> bool:
    """Kill it as soon as `moment()` is true; whether it was still running then."""
    end = time.monotonic() + MAX_WAIT_S
    while process.poll() is None and not moment() and time.monotonic() < end:
        time.sleep(0.002)
    alive = process.poll() is None
    if alive:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return alive


@pytest.mark.parametrize("command", [("shanhai", "build"), ("mkdocs", "build", "--strict")])
def test_a_killed_build_leaves_the_former_site_and_the_next_one_is_as_if_nothing_had_been(project, tmp_path, command):
    """Killed while pages are written, at the first file of the site, and twice further on; an article is new then."""
    assert run(project, *command).returncode == 0
    site, part = project / "site", project / ".site.shanhai-part"
    former = expected = tree(site)
    corpus(project / "corpus", b__txt=ARTICLE.replace("茶", "橘").replace("05-06", "07-08"))
    moments = (
        lambda: any((project / "docs").glob("articles/2021/0708-*")),
        part.exists,
        lambda: any(part.glob("*")),
        (part / "index.html").exists,
        lambda: any(part.glob("*/*/index.html")),
    )
    caught = 0
    for moment in moments:
        if killed_when(started(project, *command), moment):
            caught += 1
            assert tree(site) == expected
        else:
            expected = tree(site)
    assert caught >= len(moments) - 2, "builds ended before they were killed"
    assert run(project, *command).returncode == 0
    assert not part.exists()
    clean = copy_project(tmp_path / "clean")
    corpus(clean / "corpus", **{f.name.replace(".", "__"): f.read_bytes() for f in (project / "corpus").iterdir()})
    assert run(clean, *command).returncode == 0
    assert tree(site) == tree(clean / "site") != former


def test_a_build_that_fails_for_a_warning_shows_nothing_of_itself(project):
    assert run(project, "mkdocs", "build", "--strict").returncode == 0
    former = tree(project / "site")
    (project / "docs" / "help.md").write_text("# 帮助\n\n[去处](nowhere.md)\n", encoding="utf-8")
    done = run(project, "mkdocs", "build", "--strict")
    assert done.returncode == 1, done.stderr
    assert "nowhere.md" in done.stderr
    assert tree(project / "site") == former
    assert not (project / ".site.shanhai-part").exists()


def test_a_warning_is_no_bar_where_the_operator_did_not_ask_for_strictness(project):
    (project / "docs" / "help.md").write_text("# 帮助\n\n[去处](nowhere.md)\n", encoding="utf-8")
    done = run(project, "mkdocs", "build")
    assert done.returncode == 0, done.stderr
    assert f"The site is in {project / 'site'}" in done.stderr
    assert "nowhere.md" in (project / "site" / "help" / "index.html").read_text(encoding="utf-8")


def test_a_dirty_build_is_whole_too(project):
    """MkDocs then leaves out what is older than the page it gives; beside the former site there is none."""
    assert run(project, "mkdocs", "build").returncode == 0
    former = tree(project / "site")
    corpus(project / "corpus", b__txt=ARTICLE.replace("茶", "橘").replace("05-06", "07-08"))
    done = run(project, "mkdocs", "build", "--dirty")
    assert done.returncode == 0, done.stderr
    dirty = tree(project / "site")
    assert former.keys() < dirty.keys()
    assert run(project, "mkdocs", "build").returncode == 0
    assert tree(project / "site") == dirty


def test_a_disk_that_is_full_is_exit_code_2_and_leaves_the_former_site(project):
    """A limit on the size of files does what a full disk does; the theme's scripts are larger."""
    assert run(project, "shanhai", "build").returncode == 0
    former = tree(project / "site")
    command = [sys.executable, "-c", NO_ROOM, "build"]
    done = subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(project / "site") == former
    assert not list(project.glob(".site.shanhai-*"))


@pytest.mark.parametrize("command", [("shanhai", "build", "--site"), ("mkdocs", "build", "--site-dir")])
def test_a_folder_of_someone_elses_is_exit_code_2_before_anything_is_done(project, command):
    (project / "documents").mkdir()
    (project / "documents" / "letter.txt").write_text("mine", encoding="utf-8")
    done = run(project, *command, "documents")
    assert done.returncode == 2, done.stderr
    assert "letter.txt" in done.stdout + done.stderr
    assert tree(project / "documents") == {"letter.txt": b"mine"}
    assert not (project / "docs" / "index.md").exists()
