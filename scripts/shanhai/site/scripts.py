"""The search client as one script: its modules joined, because a page that is opened from disk loads no modules.

Browsers refuse `<script type="module">` and `import` from `file://`, so the modules become one classic script. They
keep to a small part of the language that can be joined by lines: named imports from files beside them, `export` before
a declaration. Everything else is an error that names the file and the line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import rjsmin

from shanhai.errors import ShanhaiError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class ScriptError(ShanhaiError):
    """A module cannot be joined with the others: it names the file, the line and what is wrong."""

    def __init__(self, path: Path, line: int, wrong: str) -> None:
        self.path, self.line, self.wrong = path, line, wrong
        super().__init__(f"{path}, line {line}: {wrong}")


class Import(NamedTuple):
    """The names that a module takes from another; `start` and `end` are where it says so."""

    names: tuple[str, ...]
    module: str
    start: int
    end: int


class Module(NamedTuple):
    """A module: its text as written, and `code`, as long, with blanks for comments and for what stands in strings."""

    path: Path
    text: str
    code: str
    imports: tuple[Import, ...]
    declared: Mapping[str, int]
    """Name at top level -> where it is declared."""
    exported: frozenset[str]


_MASKED = re.compile(
    r"""
    (?P<comment> //[^\n]* | /\*.*?\*/ )
  | (?P<string> "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' )
  | (?P<regex> (?:(?<=[(,=:\[!&|?{};\n>])|(?<=return))(?P<gap>\s*)
      /(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]* )
  | (?P<template> ` )
    """,
    re.VERBOSE | re.DOTALL,
)
_TEMPLATE_PART = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*(?P<stop>`|\$\{)", re.DOTALL)
_NAME = r"[A-Za-z_$][\w$]*"
_IMPORT = re.compile(rf"^import\s*\{{\s*({_NAME}(?:\s*,\s*{_NAME})*)\s*,?\s*\}}\s*from\s*(['\"]) +\2;?", re.MULTILINE)
_DECLARATION = re.compile(
    rf"^(?P<export>export\s+)?(?:async\s+)?(?:function\*?|class|const|let|var)\s+(?P<name>{_NAME})", re.MULTILINE
)
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:function|class|const|let)\b)", re.MULTILINE)
_MODULE_SYNTAX = re.compile(r"(?<![\w$.#])(?:import|export)(?![\w$])(?!\s*:)")
_PATTERN = re.compile(r"^(?:export\s+)?(?:const|let|var)\s*[\[{]", re.MULTILINE)
_SECOND = re.compile(rf"^(?:export\s+)?(?:const|let|var)\s+{_NAME}(?:\s*=[^;\n(\[{{]*)?,", re.MULTILINE)
_BESIDE = re.compile(r"\./([\w-]+\.js)")


def joined(folder: Path, entry: str) -> str:
    """The module `entry` of a folder with all that it imports as one classic script, minified; same input, same bytes.

    The script is a function of its own: it leaves no names behind, and `document.currentScript` is known while it runs.
    Raises `ScriptError` for what cannot be joined.
    """
    modules = in_order(folder, entry)
    _refuse_equal_names(modules)
    body = "\n".join(_stripped(module) for module in modules)
    minified: str = rjsmin.jsmin(f'(() => {{\n"use strict";\n{body}\n}})();\n')
    return minified.strip() + "\n"


def in_order(folder: Path, entry: str) -> list[Module]:
    """The modules that are reachable from `entry`, each behind those that it imports, in the order of the imports."""
    done: dict[str, Module] = {}
    under_way: list[str] = []

    def visit(name: str, importer: Module | None, at: int) -> Module:
        if name in under_way:
            raise _fault(importer, at, f"a circle of imports: {' -> '.join([*under_way, name])}")
        if name in done:
            return done[name]
        under_way.append(name)
        module = _read(folder / name, importer, at)
        for one in module.imports:
            missing = set(one.names) - visit(_beside(module, one), module, one.start).exported
            if missing:
                raise _fault(module, one.start, f"{one.module} does not export {', '.join(sorted(missing))}")
        under_way.pop()
        done[name] = module
        return module

    visit(entry, None, 0)
    return list(done.values())


def _read(path: Path, importer: Module | None, at: int) -> Module:
    if not path.is_file():
        if importer is None:
            raise ScriptError(path, 1, "there is no such file")
        raise _fault(importer, at, f"there is no {path.name} beside it")
    text = path.read_text(encoding="utf-8")
    code = masked(text)
    imports = tuple(_imports(text, code))
    declared = {found["name"]: found.start("name") for found in _DECLARATION.finditer(code)}
    exported = frozenset(found["name"] for found in _DECLARATION.finditer(code) if found["export"])
    module = Module(path, text, code, imports, declared, exported)
    _refuse_other_syntax(module)
    return module


def _imports(text: str, code: str) -> Iterator[Import]:
    for found in _IMPORT.finditer(code):
        names = tuple(name.strip() for name in found[1].split(",") if name.strip())
        source = text[found.start() : found.end()].rstrip(";")
        yield Import(names, re.split(r"['\"]", source)[-2], found.start(), found.end())


def _beside(module: Module, one: Import) -> str:
    found = _BESIDE.fullmatch(one.module)
    if not found:
        raise _fault(module, one.start, f'an import from {one.module!r}: only files beside it are joined ("./name.js")')
    return found[1]


def _refuse_other_syntax(module: Module) -> None:
    known = {one.start for one in module.imports} | {found.start() for found in _EXPORT.finditer(module.code)}
    for found in _MODULE_SYNTAX.finditer(module.code):
        if found.start() not in known:
            line = module.text[found.start() :].split("\n", 1)[0]
            raise _fault(
                module,
                found.start(),
                f'{line.strip()!r} cannot be joined: write `import {{ name }} from "./file.js"` and `export` before a '
                "function, class, const or let",
            )
    for found in (*_PATTERN.finditer(module.code), *_SECOND.finditer(module.code)):
        raise _fault(
            module, found.start(), "declare one name at a time at the top level: which names are taken is checked"
        )


def _refuse_equal_names(modules: list[Module]) -> None:
    """All modules come to share one scope: a name that two of them declare would be another's."""
    owners: dict[str, Module] = {}
    for module in modules:
        for name, at in module.declared.items():
            if name in owners:
                other = owners[name]
                place = f"{other.path.name}, line {_line(other, other.declared[name])}"
                raise _fault(module, at, f"{name} is declared in {place}, too: one of them needs another name")
            owners[name] = module


def _stripped(module: Module) -> str:
    """The text without what makes it a module."""
    cuts = [(one.start, one.end) for one in module.imports]
    cuts += [found.span() for found in _EXPORT.finditer(module.code)]
    pieces, at = [], 0
    for start, end in sorted(cuts):
        pieces.append(module.text[at:start])
        at = end
    return "".join([*pieces, module.text[at:]])


def _fault(module: Module | None, at: int, wrong: str) -> ScriptError:
    if module is None:
        raise AssertionError(wrong)
    return ScriptError(module.path, _line(module, at), wrong)


def _line(module: Module, at: int) -> int:
    return module.text.count("\n", 0, at) + 1


def masked(text: str) -> str:
    """The code with blanks for comments and for what stands in strings, templates and regular expressions; as long."""
    pieces, at = [], 0
    while found := _MASKED.search(text, at):
        pieces.append(text[at : found.start()])
        end = _template_end(text, found.end()) if found["template"] else found.end()
        pieces.append(_blanks(text[found.start() : end], keep_quotes=bool(found["string"])))
        at = end
    return "".join([*pieces, text[at:]])


def _template_end(text: str, at: int) -> int:
    """Where a template that was opened just before `at` ends, with the code and the templates within it."""
    while part := _TEMPLATE_PART.match(text, at):
        at = part.end()
        if part["stop"] == "`":
            return at
        at = _insertion_end(text, at)
    return len(text)


def _insertion_end(text: str, at: int) -> int:
    depth = 1
    while depth and at < len(text):
        found = _MASKED.match(text, at)
        if found:
            at = _template_end(text, found.end()) if found["template"] else found.end()
            continue
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return at


def _blanks(piece: str, *, keep_quotes: bool) -> str:
    blanks = "".join("\n" if one == "\n" else " " for one in piece)
    return f"{piece[0]}{blanks[1:-1]}{piece[-1]}" if keep_quotes else blanks
