"""Archives for tests of what a corpus may bring: hostile text in every field, and archives of odd shapes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import yaml

from pages_fixture import article, blocks
from shanhai.records import Annotations, Article, Organisation, Practice, Section
from shanhai.relate.identity import article_id, article_path
from shanhai.relate.views import Archive

if TYPE_CHECKING:
    from collections.abc import Iterable

CASES: list[dict[str, str]] = yaml.safe_load((Path(__file__).parent / "injection.yml").read_text(encoding="utf-8"))
TEXTS = [case["text"].encode("utf-8", "replace").decode() for case in CASES]
"""Their texts as they come out of a file: halves of surrogate pairs are replaced on reading."""

SAME_DIGEST = ("山海1980762报", "山海2277317报")
"""The SHA-256 of both begins with 6956060dee."""

LONG = "\u202e社\u200f\u2067报\U0001f600\n第二行\t<b>甲</b>|乙`丙`{{x}}[y](javascript:z)\u0000" + "长名" * 240
"""A name of more than 500 characters with marks of direction, a line break, an emoji and a null character."""


def of(articles: Iterable[Article]) -> Archive:
    """An archive of some articles."""
    found = tuple(sorted(articles, key=lambda one: one.id))
    return Archive(articles=found, rejected=(), repairs={}, files=len(found))


def hostile() -> Archive:
    """An archive in which each case of injection.yml is every name and label of one article."""
    return of(_hostile(number, text) for number, text in enumerate(TEXTS))


def dated(one: Article, edtf: str) -> Article:
    """An article of another date, "" for none, at the address that goes with it."""
    origin = "given" if edtf else None
    described = msgspec.structs.replace(
        one.described, date=edtf if len(edtf) == 10 else None, date_edtf=edtf, date_origin=origin
    )
    identifier = article_id(edtf, one.described.raw.text)
    return msgspec.structs.replace(one, id=identifier, path=article_path(identifier), described=described)


def named(number: int, *, source: str | None = None, practice: str = "") -> Article:
    """An article of the fixture with another source, or another practice."""
    one = article(number)
    found = one.annotations
    if practice:
        named_so = msgspec.structs.replace(found.practices[0], name=practice)
        found = msgspec.structs.replace(found, practices=(named_so,))
    described = msgspec.structs.replace(one.described, source=source or one.described.source)
    return msgspec.structs.replace(one, described=described, annotations=found)


def plain(text: str, edtf: str, title: str = "一") -> Article:
    """An article of some text of which nothing was found."""
    one = article(0, text=text, title=title)
    return dated(msgspec.structs.replace(one, annotations=Annotations()), edtf)


def odd() -> dict[str, Archive]:
    """Archives of odd shapes by name."""
    everything = [article(number) for number in range(14)]
    return {
        "an article of one character": of([plain("字", "2019-01-01")]),
        "a title of nothing but white space": of([plain("字。", "2019-01-02", title=" ")]),
        "5,000 blocks": of([plain("\n\n".join(f"第{one}段\uff0c脱贫攻坚。" for one in range(5000)), "2019-01-03")]),
        "one undated article": of([plain("没有日期的一篇\uff0c讲脱贫攻坚。", "")]),
        "all undated": of(dated(one, "") for one in everything),
        "from 1949 to 2099": of([dated(everything[3], "1949"), dated(everything[4], "2099-12-31"), *everything[5:9]]),
        "a source of 500 characters": of([named(3, source=LONG), named(4, source=LONG), named(5, source=LONG[:-2])]),
        "a practice of 500 characters": of([named(3, practice=LONG), named(4, practice=LONG)]),
        "two sources of one digest": of([named(3, source=SAME_DIGEST[0]), named(5, source=SAME_DIGEST[1])]),
        "two practices of one digest": of([named(3, practice=SAME_DIGEST[0]), named(5, practice=SAME_DIGEST[1])]),
    }


def _hostile(number: int, text: str) -> Article:
    one = article(number, title=f"题{text}")
    described = one.described
    name = text if text.strip() else f"{number}{text}"
    given = msgspec.structs.replace(
        described.raw.given, url=(text, f"javascript:{text}", f"https://{text}")[number % 3]
    )
    raw = msgspec.structs.replace(described.raw, file=f"{text}.txt", given=given)
    described = msgspec.structs.replace(
        described,
        raw=raw,
        source=name,
        authors=(text, text),
        editor=text,
        agency=name,
        compiled_by=text,
        affiliation=text,
    )
    found = one.annotations
    quoted = msgspec.structs.replace(found.pairs[0].evidence, quote=text)
    parts = blocks(described.text)
    annotations = msgspec.structs.replace(
        found,
        pairs=(msgspec.structs.replace(found.pairs[0], evidence=quoted),),
        practices=(Practice(name=name, evidence=quoted, place=found.places[0].name, themes=(found.themes[0].label,)),),
        figures=(msgspec.structs.replace(found.figures[0], label=text, sentence=text, unit=text, evidence=quoted),),
        organisations=(
            Organisation(name=text, kind="school", origin=None, target=found.places[-1].name, evidence=quoted),
        ),
        sections=tuple(
            Section(heading=text, start=block.start, end=block.end, places=(code,), themes=(found.themes[0].label,))
            for block, code in zip((parts[1], parts[5]), ("520000", "110000"), strict=True)
        ),
    )
    return msgspec.structs.replace(one, described=described, annotations=annotations)
