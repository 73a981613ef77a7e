"""The modules of a script are joined into one that runs alone, and what cannot be joined is refused with its place."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from shanhai.site.scripts import ScriptError, in_order, joined, masked

if TYPE_CHECKING:
    from collections.abc import Mapping

CLIENT = Path(__file__).parents[1] / "site_overrides" / "assets" / "shanhai" / "search"
NODE = shutil.which("node")
runs_scripts = pytest.mark.skipif(NODE is None, reason="node is not installed")


def _folder(tmp_path: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def _said(script: str) -> object:
    """What a script hands to `say`, run as a classic script in a sandbox of node."""
    program = (
        "const said = [];"
        f"require('vm').runInNewContext({json.dumps(script)}, {{ say: (one) => said.push(one) }});"
        "console.log(JSON.stringify(said));"
    )
    run = subprocess.run([str(NODE), "-e", program], capture_output=True, text=True, encoding="utf-8", check=True)
    return json.loads(run.stdout)


@runs_scripts
def test_the_joined_modules_run_as_one_classic_script(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path,
        {
            "main.js": '// The entry.\nimport { tell, Box } from "./b.js";\nimport { SIGN } from "./c.js";\n'
            "tell(SIGN + new Box().held);\ntell(typeof require);\n",
            "b.js": 'import {\n  SIGN,\n} from "./c.js";\nexport const tell = (one) => say(`${SIGN} ${one}`);\n'
            "export class Box { #own = 7; get held() { return this.#own; } }\n",
            "c.js": "/* import nothing */\nexport const SIGN = \"'export' and // no comment\";\n"
            "export async function later() {}\n",
        },
    )
    sign = "'export' and // no comment"
    assert _said(joined(folder, "main.js")) == [f"{sign} {sign}7", f"{sign} undefined"]


@runs_scripts
def test_the_script_is_strict_and_leaves_no_names_behind(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path, {"main.js": "const left = 1;\nfunction self() { return this; }\nsay(self() === undefined);\n"}
    )
    assert _said(joined(folder, "main.js") + "say(typeof left);") == [True, "undefined"]


def test_a_module_stands_behind_what_it_imports_and_once(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path,
        {
            "main.js": 'import { b } from "./b.js";\nimport { c } from "./c.js";\nb(c);\n',
            "b.js": 'import { d } from "./d.js";\nexport const b = d;\n',
            "c.js": 'import { d } from "./d.js";\nexport const c = d;\n',
            "d.js": "export const d = 1;\n",
            "alone.js": "export const d = 2;\n",
        },
    )
    assert [module.path.name for module in in_order(folder, "main.js")] == ["d.js", "b.js", "c.js", "main.js"]


def test_the_same_modules_give_the_same_script_without_comments_and_module_syntax() -> None:
    script = joined(CLIENT, "engine.js")
    assert script == joined(CLIENT, "engine.js")
    assert script.startswith("(()=>{")
    assert script.endswith("})();\n")
    code = masked(script)
    assert "export" not in code
    assert "import" not in code
    assert "@typedef" not in script


FAULTS = {
    "default export": ("const a = 1;\nexport default a;\n", 2, "export default a"),
    "export list": ("const a = 1;\nexport { a };\n", 2, "export { a }"),
    "renamed import": ('import { a as b } from "./other.js";\n', 1, "import { a as b }"),
    "default import": ('\nimport a from "./other.js";\n', 2, "import a from"),
    "import of all": ('import * as a from "./other.js";\n', 1, "import * as a"),
    "import for its effects": ('import "./other.js";\n', 1, 'import "./other.js"'),
    "export from": ('export { a } from "./other.js";\n', 1, "export { a }"),
    "dynamic import": ('const a = 1;\n\nconst b = () => import("./other.js");\n', 3, "import("),
    "import.meta": ("const a = import.meta.url;\n", 1, "import.meta"),
    "import from elsewhere": ('import { a } from "https://example.org/a.js";\n', 1, "only files beside it"),
    "import from a folder above": ('import { a } from "../other.js";\n', 1, "only files beside it"),
    "no such file": ('\nimport { a } from "./none.js";\n', 2, "no none.js"),
    "no such name": ('import { z } from "./other.js";\n', 1, "does not export z"),
    "name that is not exported": ('import { inner } from "./other.js";\n', 1, "does not export inner"),
    "equal names": ('import { a } from "./other.js";\nfunction inner() { return a; }\n', 2, "other.js, line 2, too"),
    "names taken apart": ("const { a, b } = globalThis;\n", 1, "one name at a time"),
    "two names at once": ("let a, b;\n", 1, "one name at a time"),
    "a circle": ('import { ring } from "./ring.js";\nexport const entry = ring;\n', 1, "main.js -> ring.js -> main.js"),
}


@pytest.mark.parametrize("what", FAULTS)
def test_what_cannot_be_joined_is_refused_with_file_and_line(tmp_path: Path, what: str) -> None:
    text, line, wrong = FAULTS[what]
    other = "export const a = 1;\nconst inner = a;\n"
    ring = 'import { entry } from "./main.js";\nexport const ring = entry;\n'
    folder = _folder(tmp_path, {"main.js": text, "other.js": other, "ring.js": ring})
    with pytest.raises(ScriptError) as caught:
        joined(folder, "main.js")
    assert wrong in str(caught.value)
    assert caught.value.line == line
    assert caught.value.path.name == ("ring.js" if what == "a circle" else "main.js")


def test_an_entry_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="no such file"):
        joined(tmp_path, "main.js")


def test_words_in_strings_comments_templates_and_regular_expressions_are_no_code() -> None:
    text = (
        'a = "import b"; // export\nc = /export "/.test(d) / 2; `import ${e(`export`, "}")} export`; /* import\n */ f'
    )
    code = masked(text)
    assert len(code) == len(text)
    assert code.count("\n") == text.count("\n")
    assert code.split() == ["a", "=", '"', '";', "c", "=", ".test(d)", "/", "2;", ";", "f"]


@runs_scripts
@pytest.mark.parametrize("entry", ["engine.js", "main.js"])
def test_the_client_is_joined_to_a_script_without_fault(tmp_path: Path, entry: str) -> None:
    script = tmp_path / entry
    script.write_text(joined(CLIENT, entry), encoding="utf-8")
    run = subprocess.run(
        [str(NODE), "--check", str(script)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stderr
