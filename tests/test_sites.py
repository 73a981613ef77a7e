"""Whole small sites: what an operator sees of the command, the hook and the preview."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from shanhai import build
from shanhai.cli import main
from sites import PROJECT, copy_project, corpus, run

ARTICLE = """示例县办起劳务协作工作站

2021-05-06 来源\uff1a山海样报 作者\uff1a林示例

广东省和广西壮族自治区的东西部协作进入新阶段\uff0c两地人社部门共同办起劳务协作工作站。工作站把岗位信息送到村里\uff0c也把求职意向带回企业。

用工企业每周更新一次岗位清单\uff0c工作站逐村张贴\uff0c村干部上门登记。外出务工的人在出发前可以参加免费的技能培训\uff0c到岗以后由工作站回访\uff0c遇到拖欠工资等问题有人协调。
"""
OTHER = """一条产业路通到茶园

2021-05-06 来源\uff1a山海样报 作者\uff1a周样稿

浙江省和四川省的技术员带着茶苗上了山。坡地先改成梯田\uff0c再铺滴灌\uff0c头两年只剪枝不采摘\uff0c村民一边学一边干\uff0c把荒坡种成了茶园。

路修到地头以后\uff0c鲜叶当天就能送进加工厂。合作社统一收购、统一加工\uff0c年底按股分红\uff0c愿意打工的人在厂里包装发货\uff0c一年四季都有活干。
"""


def lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "project")


def test_a_clean_corpus_gives_a_site_and_exit_code_0(project):
    articles = corpus(project / "corpus", a__txt=ARTICLE)
    done = run(project, "shanhai", "build", "--corpus", str(articles))
    assert done.returncode == 0, done.stderr
    assert "The site is in site" in done.stdout
    (entry,) = lines(project / "site" / "data" / "articles.jsonl")
    page = project / "site" / "articles" / "2021"
    assert (entry["date"], entry["source"], entry["authors"]) == ("2021-05-06", "山海样报", ["林示例"])
    assert "示例县办起劳务协作工作站" in next(page.glob("*/index.html")).read_text(encoding="utf-8")


def test_mkdocs_alone_converts_and_renders(project):
    corpus(project / "corpus", a__txt=ARTICLE)
    done = run(project, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(lines(project / "site" / "data" / "articles.jsonl")) == 1


def test_more_set_aside_than_allowed_is_exit_code_1_and_the_rest_is_published(tmp_path):
    articles = corpus(tmp_path / "in", a__txt=ARTICLE, b__txt="", c__bin=b"\x00\x01")
    done = run(PROJECT, "shanhai", "build", "--corpus", str(articles), "--data-only", str(tmp_path / "out"))
    assert done.returncode == 1
    assert len(lines(tmp_path / "out" / "articles.jsonl")) == 1
    assert {(r["file"], bool(r["reason"])) for r in lines(tmp_path / "out" / "rejected.jsonl")} == {
        ("b.txt", True),
        ("c.bin", True),
    }
    assert "b.txt" in done.stderr


@pytest.mark.parametrize("command", [("shanhai", "build"), ("mkdocs", "build")])
def test_bad_settings_are_exit_code_2_with_all_faults(project, command):
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    faulty = config.replace("    workers: 1\n", "    workers: 0\n    colour: red\n")
    (project / "mkdocs.yml").write_text(faulty, encoding="utf-8")
    done = run(project, *command)
    assert done.returncode == 2, done.stderr
    assert "extra.shanhai.colour" in done.stdout + done.stderr
    assert "extra.shanhai.workers" in done.stdout + done.stderr


@pytest.mark.parametrize("command", [("shanhai", "build"), ("mkdocs", "build")])
def test_a_missing_corpus_is_exit_code_2_and_is_named(project, command):
    done = run(project, *command, SHANHAI_CORPUS="nowhere")
    assert done.returncode == 2, done.stderr
    assert "nowhere" in done.stdout + done.stderr


def test_a_fault_of_ours_is_exit_code_3_and_costs_only_its_article(tmp_path, monkeypatch):
    """Whatever a step raises, the other articles are published and the report names the place."""
    articles = corpus(tmp_path / "in", a__txt=ARTICLE, b__txt=OTHER)
    annotate = build.annotate

    def failing(described):
        if described.raw.file == "a.txt":
            raise ZeroDivisionError
        return annotate(described)

    monkeypatch.setattr(build, "annotate", failing)
    monkeypatch.chdir(project_with_config(tmp_path))
    assert main(["build", "--corpus", str(articles), "--data-only", str(tmp_path / "out")]) == 3
    assert [a["file"] for a in lines(tmp_path / "out" / "articles.jsonl")] == ["b.txt"]
    (rejected,) = lines(tmp_path / "out" / "rejected.jsonl")
    assert rejected["rule"] == "BUILD-01"
    assert "ZeroDivisionError" in rejected["reason"]


def project_with_config(folder: Path) -> Path:
    (folder / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    return folder


def test_a_wrong_command_is_told_how_to_do_it(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["biuld"])
    assert caught.value.code == 2
    assert "build" in capsys.readouterr().err


def test_the_same_input_gives_the_same_bytes_at_any_time(project, tmp_path):
    """Two builds under different dates, the second by two processes, give one site."""
    corpus(project / "corpus", a__txt=ARTICLE, b__txt=OTHER, c__txt=b"\x00")
    first = run(project, "shanhai", "build", "--site", str(tmp_path / "one"), SOURCE_DATE_EPOCH="1000000000")
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    (project / "mkdocs.yml").write_text(config.replace("    workers: 1\n", "    workers: 2\n"), encoding="utf-8")
    second = run(project, "shanhai", "build", "--site", str(tmp_path / "two"), SOURCE_DATE_EPOCH="1700000000")
    assert (first.returncode, second.returncode) == (1, 1), first.stderr + second.stderr
    one, two = tree(tmp_path / "one"), tree(tmp_path / "two")
    assert sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name)) == []


def test_an_article_that_goes_takes_its_page_along(project):
    articles = corpus(project / "corpus", a__txt=ARTICLE, b__txt=OTHER)
    run(project, "shanhai", "build", "--pages-only")
    assert len(list((project / "docs" / "articles").rglob("0506-*.md"))) == 2
    (articles / "b.txt").unlink()
    run(project, "shanhai", "build", "--pages-only")
    assert len(list((project / "docs" / "articles").rglob("0506-*.md"))) == 1
    run(project, "shanhai", "clean")
    assert sorted(p.name for p in (project / "docs").iterdir() if p.name in {"articles", "index.md", "data"}) == []


def test_an_empty_corpus_still_gives_a_site(project):
    corpus(project / "corpus")
    done = run(project, "shanhai", "build")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no file" in done.stderr
    assert (project / "site" / "index.html").is_file()


def test_the_log_of_every_bundled_article_leads_back_to_its_raw_text():
    done = run(PROJECT, "shanhai", "verify", "--corpus", str(PROJECT / "corpus"))
    assert done.returncode == 0, done.stderr
    assert "30 of 30" in done.stdout


def test_an_article_saved_during_the_preview_shows_without_a_restart(project):
    articles = corpus(project / "corpus", a__txt=ARTICLE)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (project / "serve.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [str(Path(sys.executable).parent / "mkdocs"), "serve", "-a", f"127.0.0.1:{port}"],
            cwd=project,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/data/articles.jsonl", "2021-05-06")
            corpus(articles, b__txt=OTHER.replace("2021-05-06", "2022-07-08"))
            wait_for(f"http://127.0.0.1:{port}/data/articles.jsonl", "2022-07-08")
            time.sleep(2)  # a second, needless build would have begun by now
        finally:
            server.terminate()
            server.wait(timeout=30)
    seen = (project / "serve.log").read_text(encoding="utf-8")
    assert seen.count("Detected file changes") == 1, seen


def wait_for(address: str, words: str, seconds: float = 120) -> None:
    """Return once the page at the address holds the words; fail after the given time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - a fixed local address
                if words in answer.read().decode("utf-8"):
                    return
        except OSError:
            pass
        time.sleep(0.3)
    pytest.fail(f"{address} never held {words}")
