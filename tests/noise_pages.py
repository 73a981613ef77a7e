"""Pages of furniture and honest lines around the masters, and what restoring removes of either.

`python tests/noise_pages.py [--missed development]` prints the figures by kind, and the lines that were judged wrongly.
The lines themselves are in tests/lines; lines of spam are drawn from the lexicon as the pages are made.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import damage
from shanhai.records import RawArticle, RestoredArticle
from shanhai.restore.chain import restore
from shanhai.restore.spam import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LINES = Path(__file__).parent / "lines"
MASTERS = Path(__file__).parent / "masters"
PARTS = ("development", "held-out", "fresh")
HEAD_ONLY = frozenset({"nav", "calendar"})
FOOT_ONLY = frozenset({"related", "tail-links", "neighbours", "copyright", "disclaimer", "comment", "vote", "pager"})
HONEST_AT_END = frozenset({"contacts", "credits", "notices", "captions", "lists", "poems"})
SPAM_LINES = 12
CROWDED_PAGES = 150
_SECTION = re.compile(r"\[([a-z-]+) (development|held-out|fresh)\]")
_FULL = str.maketrans({half: chr(ord(half) + 0xFEE0) for half in ",:;?!()"})
_BESIDE_HAN = re.compile("(?<=[\u4e00-\u9fff”’》])[,:;?!()]|[,:;?!()](?=[\u4e00-\u9fff“《])")


class Unit(NamedTuple):
    """Lines that stand together, their kind, and the part of the collection that they belong to."""

    kind: str
    part: str
    lines: tuple[str, ...]


class Page(NamedTuple):
    """A page's text, and which of its lines are furniture and which the article's."""

    text: str
    noise: tuple[Unit, ...]
    honest: tuple[Unit, ...]
    own: tuple[str, ...]


@dataclass
class Tally:
    """Lines in all and lines judged wrongly, by kind; `missed` and `lost` are the latter."""

    noise: Counter[str] = field(default_factory=Counter)
    honest: Counter[str] = field(default_factory=Counter)
    missed: Counter[tuple[str, str]] = field(default_factory=Counter)
    lost: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def removed_share(self) -> float:
        return 1 - sum(self.missed.values()) / max(1, sum(self.noise.values()))

    @property
    def lost_share(self) -> float:
        return sum(self.lost.values()) / max(1, sum(self.honest.values()))


@cache
def units(name: str) -> tuple[Unit, ...]:
    """The units of tests/lines/<name>.txt; for `noise` with lines of spam, drawn anew."""
    found: list[Unit] = []
    kind = part = ""
    for line in (LINES / f"{name}.txt").read_text(encoding="utf-8").split("\n"):
        if match := _SECTION.fullmatch(line):
            kind, part = match[1], match[2]
        elif line and not (line.startswith("# ") and not kind):
            found.append(Unit(kind, part, tuple(line.split("⏎"))))
    return (*found, *_spam()) if name == "noise" else tuple(found)


def _spam() -> Iterator[Unit]:
    random = Random("spam lines")  # noqa: S311 - reproducible, not secret
    for number in range(SPAM_LINES):
        line = ["_", "|", ",", " ", "-", ""][number % 6].join(random.sample(lexicon(), 5 + number % 4))
        yield Unit("spam", PARTS[number % 2], (line,))


def pages(part: str, seed: int = 0) -> Iterator[Page]:
    """Each unit of furniture alone on a page, and pages crowded with many."""
    random = Random(f"{part}/{seed}")  # noqa: S311 - reproducible, not secret
    noise = [unit for unit in units("noise") if unit.part == part]
    honest = [unit for unit in units("honest") if unit.part == part]
    for unit in noise:
        yield _page(random, [unit], random.sample(honest, 3))
    for _number in range(CROWDED_PAGES):
        yield _page(random, random.sample(noise, 12), random.sample(honest, 5))


def measure(part: str, seed: int = 0) -> Tally:
    """What restoring removes and what it leaves of the pages of the part."""
    tally = Tally()
    for page in pages(part, seed):
        restored = restore(raw(page.text))
        left = Counter(map(key, restored.text.split("\n"))) if isinstance(restored, RestoredArticle) else Counter()
        for unit in [*page.honest, Unit("masters", part, page.own)]:
            for line in unit.lines:
                tally.honest[unit.kind] += 1
                if left[key(line)]:
                    left[key(line)] -= 1
                else:
                    tally.lost[unit.kind, line] += 1
        for unit in page.noise:
            tally.noise[unit.kind] += len(unit.lines)
            tally.missed.update((unit.kind, line) for line in unit.lines if left[key(line)])
    return tally


def raw(text: str) -> RawArticle:
    """A raw text article."""
    return RawArticle(file="any.txt", sha256="0" * 64, format="text", encoding="utf-8", text=text)


def key(line: str) -> str:
    """The line as it is compared: no spaces, marks in half width, no mark of a pull quote."""
    half = "".join(chr(ord(char) - 0xFEE0) if "\uff01" <= char <= "\uff5e" else char for char in line)
    return re.sub(r"[\s“”\"]|^>>>", "", half)


def _page(random: Random, noise: Sequence[Unit], honest: Sequence[Unit]) -> Page:
    master = random.choice(_masters())
    body = [
        (kind, f">>>{block}" if kind == "quote" else block)
        for kind, block in zip(master.kinds, master.blocks, strict=True)
    ]
    title, source = str(master.fields["title"]), f"{master.fields['date'] or ''} 来源:{master.fields['source']}".strip()
    credit = f"责任编辑:{master.fields['editor']}" if master.fields.get("editor") else f"来源:{master.fields['source']}"
    above = [unit for unit in noise if unit.kind in HEAD_ONLY or (unit.kind not in FOOT_ONLY and random.random() < 0.5)]
    below = [unit for unit in noise if unit not in above]
    before = [unit for unit in above if random.random() < 0.5 or unit.kind in HEAD_ONLY]
    after = [unit for unit in above if unit not in before]
    lines: list[str] = []
    lines += [line for unit in before for line in unit.lines]
    lines += [title, source]
    lines += [line for unit in after for line in unit.lines]
    lines += _with_honest(random, body, honest)
    lines += [credit]
    lines += [line for unit in below for line in unit.lines]
    if random.random() < 0.7:
        lines = [_BESIDE_HAN.sub(lambda match: match[0].translate(_FULL), line) for line in lines]
    own = (title, source, credit, *(block for _kind, block in body))
    return Page(random.choice(["\n", "\n\n"]).join(lines) + "\n", tuple(noise), tuple(honest), own)


def _with_honest(random: Random, body: Sequence[tuple[str, str]], honest: Sequence[Unit]) -> list[str]:
    """The body's lines with the honest units before paragraphs, or behind the body where their kind may stand there."""
    paragraphs = [number for number, (kind, _block) in enumerate(body) if kind == "paragraph" and number]
    places: dict[int, list[Unit]] = {}
    for unit in honest:
        at_end = unit.kind in HONEST_AT_END and random.random() < 0.5
        places.setdefault(len(body) if at_end else random.choice(paragraphs), []).append(unit)
    lines: list[str] = []
    for number in range(len(body) + 1):
        lines += [line for unit in places.get(number, ()) for line in unit.lines]
        lines += [body[number][1]] if number < len(body) else []
    return lines


@cache
def _masters() -> tuple[damage.Master, ...]:
    return tuple(damage.read_master(path) for path in sorted(MASTERS.glob("[0-9][0-9].md")))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missed", choices=PARTS, help="also print what was judged wrongly of this part")
    missed = parser.parse_args().missed
    for part in PARTS:
        sys.stdout.write("\n".join(_report(part, measure(part), listed=part == missed)) + "\n")


def _report(part: str, tally: Tally, *, listed: bool) -> Iterator[str]:
    noise, honest = sum(tally.noise.values()), sum(tally.honest.values())
    yield f"{part}: {noise} lines of furniture, {tally.removed_share:.2%} removed"
    yield f"  {honest} honest lines, {tally.lost_share:.3%} lost"
    wrong = Counter(kind for kind, _line in tally.missed.elements())
    yield "  left over: " + ", ".join(f"{kind} {wrong[kind]}/{count}" for kind, count in sorted(tally.noise.items()))
    for name, lines in (("left", tally.missed), ("lost", tally.lost)) if listed else ():
        for (kind, line), count in sorted(lines.items()):
            yield f"{name}\t{kind}\t{count}\t{len(line) if kind == 'spam' else line}"


if __name__ == "__main__":
    main()
