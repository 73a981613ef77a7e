"""The search client under node: its tests, over its modules and over the script that they are joined to, and types."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import opencc
import pytest

import pages_fixture
from shanhai.relate.views import view
from shanhai.search.fold import fold
from shanhai.search.index import search_files
from shanhai.search.units import searched
from shanhai.search.words import has_characters, word
from shanhai.site.scripts import in_order, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shanhai.relate.views import Views

CLIENT = Path(__file__).parents[1] / "site_overrides" / "assets" / "shanhai" / "search"
NODE_TESTS = Path(__file__).parent / "node"
TSC = NODE_TESTS / "node_modules" / "typescript" / "bin" / "tsc"
HOW_TO_GET_IT = "typescript is not here: install Node.js with npm and run `make test`, or `npm ci` in tests/node"
OLDEST_NODE = (20, 19)
"""The first edition that reads a module without being told that it is one."""

ARTICLES = 60
QUESTIONS = 120

s2t = opencc.OpenCC("s2t").convert


@pytest.fixture(scope="module")
def node() -> str:
    """A node that is new enough."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is not installed")
    said = subprocess.run([found, "--version"], capture_output=True, text=True, encoding="utf-8", check=True).stdout
    version = tuple(map(int, re.findall(r"\d+", said)))
    if version < OLDEST_NODE:
        pytest.skip(f"node {said.strip()} is too old: {'.'.join(map(str, OLDEST_NODE))} is needed")
    return found


@pytest.fixture(scope="module")
def views() -> Views:
    """An archive of made-up articles."""
    return view(pages_fixture.archive(range(ARTICLES)))


@pytest.fixture(scope="module")
def archive(views: Views, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The environment that hands an index and questions with their answers to the tests under node."""
    folder = tmp_path_factory.mktemp("archive")
    for path, text in search_files(views):
        target = folder / "search" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    questions = folder / "questions.json"
    questions.write_text(json.dumps(_questions(views)), encoding="utf-8")
    return {"SHANHAI_INDEX": str(folder / "search"), "SHANHAI_QUESTIONS": str(questions)}


def test_the_modules_pass_their_tests_and_answer_as_a_scan_of_all_articles_does(
    node: str, archive: Mapping[str, str]
) -> None:
    _assert_passes(node, archive)


def test_the_joined_and_minified_script_passes_the_same_tests(
    node: str, archive: Mapping[str, str], tmp_path: Path
) -> None:
    modules = [module for module in in_order(CLIENT, "engine.js") if module.exported]
    for module in modules:
        shutil.copy(module.path, tmp_path)
    lines = [f'import {{ {", ".join(sorted(one.exported))} }} from "./{one.path.name}";' for one in modules]
    parts = ",".join(f"{one.path.stem}:{{{','.join(sorted(one.exported))}}}" for one in modules)
    (tmp_path / "entry.js").write_text("\n".join([*lines, f"globalThis.shanhaiParts={{{parts}}};\n"]), encoding="utf-8")
    script = tmp_path / "joined.js"
    script.write_text(joined(tmp_path, "entry.js"), encoding="utf-8", newline="\n")
    _assert_passes(node, {**archive, "SHANHAI_JOINED": str(script)})


def test_the_modules_have_the_types_that_they_say(node: str) -> None:
    if not TSC.is_file():
        pytest.skip(HOW_TO_GET_IT)
    run = subprocess.run(
        [node, str(TSC), "--project", str(NODE_TESTS / "tsconfig.json")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout


def _assert_passes(node: str, settings: Mapping[str, str]) -> None:
    tests = sorted(map(str, (NODE_TESTS / "search").glob("*.test.mjs")))
    assert tests
    run = subprocess.run(
        [node, "--no-warnings", "--test", "--test-reporter=tap", *tests],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    failed = "\n".join(re.findall(r"^ *not ok.*(?:\n.*){1,24}", run.stdout, re.MULTILINE))
    assert run.returncode == 0, failed + run.stderr[-2000:]
    assert re.search(r"^# skipped 0$", run.stdout, re.MULTILINE), run.stdout[-1000:]


def _questions(views: Views) -> list[dict[str, object]]:
    """Stretches of 1 to 8 characters of the articles, pairs of them, the same in traditional; each with its answer.

    And words of the names in Latin letters, whole and cut short.
    """
    contents = {f"{one.path}/": searched(one) for one in views.newest}
    folded = {path: ([fold(line) for line in one.texts], set(one.words)) for path, one in contents.items()}
    chance = random.Random(6)  # noqa: S311 - the same questions each time
    lines = [one.texts for one in contents.values()]
    phrases = [_stretch(chance, chance.choice(lines)) for _ in range(QUESTIONS)]
    questions = [{"query": f'"{phrase}"', "paths": _scan(folded, [phrase])} for phrase in phrases]
    questions += [{"query": f'"{s2t(phrase)}"', "paths": _scan(folded, [phrase])} for phrase in phrases]
    for one, other in zip(phrases[::2], phrases[1::2], strict=True):
        questions.append({"query": f'"{one}" "{other}"', "paths": _scan(folded, [one, other])})
        without = sorted({*_scan(folded, [one])} - {*_scan(folded, [other])})
        questions.append({"query": f'"{one}" -"{other}"', "paths": without})
    for one in sorted({name for content in contents.values() for name in content.words}):
        questions += [{"query": part, "paths": _scan(folded, [part])} for part in (one, one[:-1], one[:2]) if part]
    return questions


def _stretch(chance: random.Random, lines: Sequence[str]) -> str:
    while True:
        line = chance.choice(lines)
        start = chance.randrange(len(line))
        phrase = line[start : start + chance.randint(1, 8)]
        if any(character.isalnum() for character in phrase) and not set(phrase) & set('"\uff02'):
            return phrase


def _scan(folded: Mapping[str, tuple[list[str], set[str]]], phrases: Iterable[str]) -> list[str]:
    wanted = [fold(phrase) for phrase in phrases]
    return sorted(path for path, (lines, words) in folded.items() if all(_has(one, lines, words) for one in wanted))


def _has(phrase: str, lines: Iterable[str], words: set[str]) -> bool:
    return any(phrase in line for line in lines) or (not has_characters(phrase) and word(phrase) in words)
