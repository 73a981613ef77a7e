"""How well near-duplicates are told: planted copies of the masters, damaged and restored, beside what only looks alike.

`python tests/reprint_bench.py` prints precision and recall by kind, and what witnesses settled; the same seed gives the
same figures.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import damage
from shanhai.annotate.article import annotate
from shanhai.describe.article import describe
from shanhai.records import DescribedArticle, GivenMetadata, RawArticle
from shanhai.relate.near_duplicates import Document, bands, families
from shanhai.relate.reprints import LEVELS, Finding, document
from shanhai.relate.witness import REPAIRED, Copy, repaired
from shanhai.restore.chain import restore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MASTERS = Path(__file__).parent / "masters"
SENTENCE = re.compile("[^。！？]*[。！？]?".replace("！", "\uff01").replace("？", "\uff1f"))
LOST = re.compile(r"[\s+]")
"""What another damage takes away beside a settled doubt: it does not count against the witness."""
STACKS = (
    ("layout_source_line", "navigation", "half_width_punctuation"),
    ("layout_byline", "traditional", "pinyin_in_phase", "half_width_punctuation"),
    ("layout_list", "related", "traditional", "pinyin_by_bytes", "half_width_punctuation"),
    ("layout_source_line", "masks", "spam", "share"),
    ("layout_stamp_after", "lost_plus", "odd_spaces", "neighbours"),
    ("layout_byline", "traditional_taiwan"),
    ("layout_source_line", "escaped_twice"),
    ("layout_list", "hard_wrap", "pager"),
    ("layout_stamp_after", "stray_traditional", "doubled_commas", "system_footer"),
    ("layout_list", "utf8_as_gbk", "copyright_line"),
    ("layout_source_line", "full_width_digits", "tags_left"),
)


class Planted(NamedTuple):
    """A copy, or what only looks like one, and the article it was made from, both as they are compared."""

    kind: str
    original: Document
    copy: Document
    same: bool


def described(page: damage.Page, file: str, *, given: bool = False) -> DescribedArticle:
    """A page after the whole chain."""
    known = GivenMetadata(title=str(page.fields["title"])) if given else GivenMetadata()
    raw = RawArticle(file=file, sha256="", format="text", encoding="utf-8", text=damage.text_file(page), given=known)
    restored = restore(raw)
    assert not isinstance(restored, Exception)
    found = describe(restored)  # type: ignore[arg-type]
    assert isinstance(found, DescribedArticle), (file, found)
    return found


def planted(copies_a_kind: int) -> Iterator[Planted]:
    """Copies of every kind of every master."""
    for number, master in masters().items():
        for kind, (change, same) in KINDS.items():
            for seed in range(copies_a_kind):
                random = Random(f"{number}/{kind}/{seed}")  # noqa: S311 - reproducible, not secret
                stack = STACKS[random.randrange(len(STACKS))]
                page = change(damage.Page(blocks=master.blocks, kinds=master.kinds, fields=master.fields), random)
                copy = _damaged(page, stack, f"{number}/{kind}/{seed}")
                yield Planted(kind, _whole(number), compared(described(copy, f"{number}-{kind}-{seed}.txt")), same)


def compared(article: DescribedArticle) -> Document:
    """The article as it is compared, its file as its key."""
    found = Finding(described=article, annotations=annotate(article), bands=bands(article.text))
    return document(article.raw.file, found)


@cache
def masters() -> dict[str, damage.Master]:
    """The masters by number."""
    return {path.stem: damage.read_master(path) for path in sorted(MASTERS.glob("[0-9]*.md"))}


@cache
def _whole(number: str) -> Document:
    return compared(described(damage.damaged(masters()[number], ["layout_source_line"], 0), f"{number}.txt"))


def _damaged(page: damage.Page, stack: tuple[str, ...], seed: str) -> damage.Page:
    for name in stack:
        try:
            page = damage.OPERATORS[name](page, Random(f"{seed}/{name}"))  # noqa: S311 - reproducible, not secret
        except ValueError:
            continue
    return page


def _unchanged(page: damage.Page, _random: Random) -> damage.Page:
    return page


def _noise(page: damage.Page, random: Random) -> damage.Page:
    """2 % of the characters are others of the same page."""
    pool = re.findall(f"[{damage.HAN}]", "".join(page.blocks))
    return page.with_blocks(
        lambda block: re.sub(
            f"[{damage.HAN}]", lambda m: random.choice(pool) if random.random() < 0.02 else m[0], block
        )
    )


def _hidden(page: damage.Page, random: Random) -> damage.Page:
    """One to four characters in a row hidden behind asterisks, once in about 80 characters."""

    def change(block: str) -> str:
        pieces = re.split(f"(?<=[{damage.HAN}])([{damage.HAN}]{{1,4}})(?=[{damage.HAN}])", block)
        return "".join("**" if at % 2 and random.random() < 0.06 else piece for at, piece in enumerate(pieces))

    return page.with_blocks(change)


def _cut(share: float) -> Callable[[damage.Page, Random], damage.Page]:
    def change(page: damage.Page, _random: Random) -> damage.Page:
        """The page without the end of its text."""
        left = round(sum(map(len, page.blocks)) * share)
        blocks, kinds = [], []
        for kind, block in zip(page.kinds, page.blocks, strict=True):
            if left > 0:
                blocks.append(block[:left])
                kinds.append(kind)
            left -= len(block)
        return replace(page, blocks=tuple(blocks), kinds=tuple(kinds))

    return change


def _wrapped(page: damage.Page, random: Random) -> damage.Page:
    """A third more text before and after, that belongs to the site and that no rule knows."""
    other = masters()[random.choice(sorted(masters()))]
    own = "".join(page.blocks)
    extra = [block for block in other.blocks if block not in own and len(block) > 60][:4]
    return replace(page, blocks=(*extra[:1], *page.blocks, *extra[1:2]), kinds=("paragraph", *page.kinds, "paragraph"))


def _shuffled(page: damage.Page, random: Random) -> damage.Page:
    sentences = [one for block in page.blocks for one in SENTENCE.findall(block) if one]
    random.shuffle(sentences)
    blocks = tuple("".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4))
    return replace(page, blocks=blocks, kinds=("paragraph",) * len(blocks))


def _reprinted(page: damage.Page, random: Random) -> damage.Page:
    """Another publication on another day under another headline, one paragraph shortened."""
    blocks = list(page.blocks)
    at = random.choice([number for number, block in enumerate(blocks) if len(block) > 60])
    blocks[at] = "".join(SENTENCE.findall(blocks[at])[:1])
    fields = {**page.fields, "title": "山与海之间的一份账", "source": "山海晚报", "date": "2022-02-02"}
    return replace(page, blocks=tuple(blocks), fields=fields)


def _form(page: damage.Page, random: Random) -> damage.Page:
    """A form filled in for other places and with other numbers."""
    text = "".join(page.blocks)
    exchange = {}
    for level, own in _named(str(page.fields["title"])).items():
        others = sorted({name for names in map(_named, _titles()) for name in names[level]} - own)
        exchange |= dict(zip(sorted(own), random.sample(others, len(own)), strict=True))
    word = re.compile("|".join(sorted(exchange, key=len, reverse=True))) if exchange else None

    def change(line: str) -> str:
        line = word.sub(lambda match: exchange[match[0]], line) if word else line
        return re.sub(r"\d", lambda match: str((int(match[0]) + random.randrange(1, 9)) % 9 + 1), line)

    assert tuple(map(change, page.blocks)) != page.blocks, text[:20]
    return replace(
        page,
        blocks=tuple(map(change, page.blocks)),
        fields={**page.fields, "title": change(str(page.fields["title"]))},
    )


@cache
def _titles() -> tuple[str, ...]:
    return tuple(str(master.fields["title"]) for master in masters().values())


@cache
def _named(title: str) -> dict[str, set[str]]:
    """How the master of this title writes the places in it, by level."""
    master = next(one for one in masters().values() if one.fields["title"] == title)
    article = described(
        damage.Page(blocks=master.blocks, kinds=master.kinds, fields=master.fields), "x.txt", given=True
    )
    found: dict[str, set[str]] = {level: set() for level in LEVELS}
    for place in annotate(article).places:
        found[place.level] |= {one.quote for one in place.evidence if len(one.quote) > 1}
    return found


KINDS: dict[str, tuple[Callable[[damage.Page, Random], damage.Page], bool]] = {
    "mirror": (_unchanged, True),
    "2 % wrong characters": (_noise, True),
    "15 % cut": (_cut(0.85), True),
    "half cut": (_cut(0.5), True),
    "lead only": (_cut(0.25), True),
    "wrapped": (_wrapped, True),
    "sentences shuffled": (_shuffled, True),
    "other publication": (_reprinted, True),
    "form filled in anew": (_form, False),
}


def pairwise_recall(found: list[Planted]) -> dict[str, Counter[str]]:
    """By kind, how many pairs are called the same article when nothing else is there."""
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        called = bool(families([one.original, one.copy]))
        tally[one.kind].update(pairs=1, same=called)
    return tally


def pooled(found: list[Planted]) -> Counter[str]:
    """All copies in one archive: right and wrong pairs within its families."""
    own = {one.copy.key: (one.copy.key[:2], one.same) for one in found}
    own |= {one.original.key: (one.original.key[:2], True) for one in found}
    tally: Counter[str] = Counter()
    for family in families({one for pair in found for one in (pair.copy, pair.original)}):
        for left, right in combinations(family, 2):
            right_pair = own[left][0] == own[right][0] and own[left][1] and own[right][1]
            tally["right" if right_pair else "wrong"] += 1
    truth = Counter(master for master, same in own.values() if same)
    tally["pairs"] = sum(count * (count - 1) // 2 for count in truth.values())
    return tally


def testimony(seeds: int) -> Counter[str]:
    """Pairs of differently damaged copies: how many doubts their witnesses settle, and how many rightly."""
    tally: Counter[str] = Counter()
    for number, master in masters().items():
        plain = LOST.sub("", "".join(master.blocks))
        for seed in range(seeds):
            stacks = (
                ("layout_source_line", "person_mask", "masks", "lost_plus"),
                ("layout_list", "traditional", "pinyin_by_bytes", "half_width_punctuation"),
                STACKS[seed % len(STACKS)],
            )
            page = damage.Page(blocks=master.blocks, kinds=master.kinds, fields=master.fields)
            hidden = _hidden(page, Random(f"{number}/{seed}"))  # noqa: S311 - reproducible, not secret
            copies = [
                Copy(described(_damaged(start, stack, f"{number}/{seed}/{at}"), f"{number}-{at}.txt"))
                for at, (start, stack) in enumerate(zip((hidden, page, page), stacks, strict=True))
            ]
            for copy in copies:
                whole = repaired(copy, [other for other in copies if other is not copy])
                tally["doubts"] += len(copy.doubts)
                tally["left"] += len(Copy(whole).doubts)
                for edit in whole.log[-1].edits if whole is not copy.described else ():
                    right = _in_place(whole.text, edit.after, plain, whole.log[-1].edits, edit)
                    tally["repaired" if edit.rule == REPAIRED else "confirmed"] += 1
                    tally["right" if right else "wrong"] += 1
    return tally


def _in_place(text: str, words: str, plain: str, edits: tuple[object, ...], edit: object) -> bool:
    """Whether the words, with six characters on each side, stand in the master."""
    shift = 0
    for one in edits:
        if one is edit:
            break
        shift += len(one.after) - len(one.before)  # type: ignore[attr-defined]
    start = edit.start + shift  # type: ignore[attr-defined]
    around = text[max(0, start - 6) : start + len(words) + 6]
    return LOST.sub("", around) in plain


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", type=int, default=8, help="copies of each kind of each master")
    parser.add_argument("--seeds", type=int, default=6, help="triples of copies of each master for the witnesses")
    arguments = parser.parse_args()
    found = list(planted(arguments.copies))
    print(f"{len(found)} planted pairs")  # noqa: T201 - a command's output
    for kind, tally in pairwise_recall(found).items():
        print(f"{kind:24}{tally['same']:5} of {tally['pairs']} called the same")  # noqa: T201 - the same
    print("all in one archive:", dict(pooled(found)))  # noqa: T201 - the same
    print("witnesses:", dict(testimony(arguments.seeds)))  # noqa: T201 - the same


if __name__ == "__main__":
    main()
