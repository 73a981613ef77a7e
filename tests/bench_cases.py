"""The cases of the restoration benchmark: what is damaged, by which operators, in what file."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import damage
from shanhai.describe.article import describe
from shanhai.read.corpus import corpus_files, read_file
from shanhai.records import BlockKind, DescribedArticle, RawArticle, Rejected
from shanhai.restore.chain import restore

if TYPE_CHECKING:
    from collections.abc import Iterable

MASTERS = Path(__file__).parent / "masters"
MAX_FILE_BYTES = 20_000_000
STAND_IN_TITLE = "山里来的消息"
"""The headline of an article that had none: one taken from its text would be a line of it twice."""

STACK, STACK_OPERATORS = "stack of 3", 3
ALONE_SHARE = 0.5
"""Of the cases, those with one operator; the others are stacks."""

NEEDS = {"pinyin_in_phase": "traditional", "pinyin_by_bytes": "traditional", "spaced_by_bytes": "pinyin_in_phase"}
"""What an operator presupposes: annotated characters are traditional, and a mirror that errs on bytes annotates."""

EITHER_OR = (
    # A gap counts in the master's characters, so nothing may have changed a block's length before it.
    {
        "masks",
        "person_mask",
        "masked_characters",
        "filtered_characters",
        "lost_number",
        "brand_for_word",
        "pinyin_by_bytes",
    },
    {"traditional", "traditional_taiwan", "stray_traditional", "toneless_pinyin"},
    {"pinyin_in_phase", "pinyin_by_bytes", "toneless_pinyin"},
    {"pinyin_in_phase", "pinyin_by_bytes", "traditional_taiwan", "stray_traditional"},
    {"spaced_by_bytes", "pinyin_by_bytes", "toneless_pinyin", "traditional_taiwan", "stray_traditional"},
    {"escaped", "escaped_twice", "tags_left"},
)
CONTAINERS = {
    "txt": ("article.txt", "utf-8"),
    "txt utf-8-sig": ("article.txt", "utf-8-sig"),
    "txt gb18030": ("article.txt", "gb18030"),
    "txt utf-16-le": ("article.txt", "utf-16-le"),
    "txt utf-16-be": ("article.txt", "utf-16-be"),
    "txt big5": ("article.txt", "big5"),
    "md": ("article.md", "utf-8"),
    "html": ("article.html", "utf-8"),
    "html gb18030": ("article.html", "gb18030"),
    "jsonl": ("article.jsonl", "utf-8"),
    "jsonl.gz": ("article.jsonl.gz", "utf-8"),
}
STACK_CONTAINERS = ("txt", "txt", "txt", "txt gb18030", "md", "html", "jsonl")


class Case(NamedTuple):
    """One damage to one source, to be reproduced from this alone."""

    kind: str
    source: int
    operators: tuple[str, ...]
    container: str
    seed: int


@cache
def operators() -> tuple[str, ...]:
    """The names of all operators in the order of `tests/damage.py`, in which damages happen to a page."""
    known = damage.OPERATORS | damage.RARE_OPERATORS
    return tuple(sorted(known, key=lambda name: known[name].__code__.co_firstlineno))


def plan(cases: int, seed: int, source_count: int, only: str | None = None) -> list[Case]:
    """The cases: every kind alone equally often, then the stacks."""
    kinds = [*operators(), *(f"file {name}" for name in CONTAINERS if name != "txt")]
    chosen = [kind for kind in kinds if only in {None, kind}]
    each = int(cases * (1 if only else ALONE_SHARE)) // max(1, len(chosen))
    found = [_alone(kind, Random(f"{seed}/{kind}/{n}"), source_count) for kind in chosen for n in range(each)]  # noqa: S311 - reproducible, not secret
    stacks = cases - len(found) if only in {None, STACK} else 0
    return found + [_stack(Random(f"{seed}/{STACK}/{n}"), source_count) for n in range(stacks)]  # noqa: S311 - the same


@cache
def sources(clean: Path | None = None) -> tuple[damage.Master, ...]:
    """The bundled masters, or, if a folder is given, its articles behind them as the undamaged chain shows them."""
    masters = [damage.read_master(path) for path in sorted(MASTERS.glob("*.md"))]
    return (*masters, *(_clean_masters(clean) if clean else ()))


def carried(raw: RawArticle | Rejected) -> DescribedArticle | Rejected:
    """What restoring and describing makes of a record."""
    restored = raw if isinstance(raw, Rejected) else restore(raw)
    return restored if isinstance(restored, Rejected) else describe(restored)


def _alone(kind: str, random: Random, source_count: int) -> Case:
    container = kind.removeprefix("file ") if kind.startswith("file ") else "txt"
    names: tuple[str, ...] = ("layout_source_line",) if container.startswith("txt") else ()
    if kind.startswith("layout"):
        names = (kind,)
    elif kind in operators():
        names += tuple(sorted({kind, *_needed(kind)}, key=operators().index))
    elif container == "txt big5":
        names += ("traditional_taiwan",)
    return Case(kind, random.randrange(source_count), names, container, random.randrange(10**6))


def _stack(random: Random, source_count: int) -> Case:
    """Three operators that go together, in the order of `tests/damage.py`, behind what they need and a layout."""
    order = list(operators())
    chosen: set[str] = set()
    while len(chosen) != STACK_OPERATORS or any(len(chosen & group) > 1 for group in EITHER_OR):
        chosen = set(random.sample([name for name in order if not is_layout(name)], STACK_OPERATORS))
    needed = {need for name in chosen for need in _needed(name)}
    container = random.choice(STACK_CONTAINERS)
    layout = random.choice([name for name in order if is_layout(name)])
    names = [layout] if container.startswith("txt") else []
    names += sorted(chosen | needed, key=order.index)
    return Case(STACK, random.randrange(source_count), tuple(names), container, random.randrange(10**6))


def _needed(name: str) -> set[str]:
    return {NEEDS[name], *_needed(NEEDS[name])} if name in NEEDS else set()


def is_layout(name: str) -> bool:
    """Whether the operator only lays out the head and foot of a page."""
    return name.startswith("layout")


def file_bytes(page: damage.Page, container: str) -> bytes:
    """The page as the file that a corpus holds."""
    name, encoding = CONTAINERS[container]
    if "jsonl" in name:
        line = damage.json_line(page).encode("utf-8")
        return gzip.compress(line, mtime=0) if name.endswith(".gz") else line
    return damage._file(page, {"file": name, "encoding": encoding})


def _clean_masters(folder: Path) -> Iterable[damage.Master]:
    """The articles of a folder of clean text: what describing shows of them undamaged is what must come back."""
    folder = folder.resolve()
    for path in corpus_files(folder):
        for raw in read_file(path, folder, MAX_FILE_BYTES):
            described = carried(raw)
            if isinstance(described, DescribedArticle):
                yield _as_master(described)


def _as_master(described: DescribedArticle) -> damage.Master:
    fields = {
        "title": STAND_IN_TITLE if described.title_derived else described.title,
        "date": described.date,
        "source": described.source or "山海样报",
        "authors": list(described.authors),
        "editor": described.editor,
    }
    marked = [_marked(described.text[block.start : block.end], block.kind) for block in described.blocks]
    return damage.Master(fields, tuple(text for _kind, text in marked), tuple(kind for kind, _text in marked))


def _marked(text: str, kind: BlockKind) -> tuple[str, str]:
    """The kind as masters have it, which have no notes, and the text without a mark that only masters use."""
    text = text.replace("\uff01[] ", "![] ", 1)
    return damage._unmarked(text) if kind in {BlockKind.NOTE, BlockKind.PARAGRAPH} else (kind.value, text)
