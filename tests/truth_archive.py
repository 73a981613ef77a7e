"""An archive of what is rare, made by hand, for the tests of the pages' truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from hostile_archive import dated
from pages_fixture import archive, article
from shanhai.records import Article, Dispute, Place, Section
from shanhai.relate.views import Archive

if TYPE_CHECKING:
    from collections.abc import Iterable


def made_by_hand() -> Archive:
    """Three dozen articles, the rare ones among them."""
    found = {number: article(number) for number in range(36)}
    for number, edtf, origin in (
        (1, "1949", "inferred"),
        (12, "2099-01-05", "given"),
        (13, "2001", "given"),
        (14, "2016-07", "given"),
        (16, "2018-05", "inferred"),
        (24, "1996", "given"),
    ):
        found[number] = _described(dated(found[number], edtf), date_origin=origin)
    found[4] = _described(found[4], source=None, agency="新华社")
    found[17] = _described(found[17], source="新华社", agency="中新社")
    found[6] = _compilation(found[6], [("520328", "劳务协作"), ("320000", "产业帮扶"), ("520000", "教育帮扶")])
    found[3] = _compilation(found[3], [("520000", "干部人才"), ("520328", "干部人才"), ("320000", "教育帮扶")])
    found[8] = _annotated(found[8], pairs=[_pair(found[8], "浙江省台州地区", "四川省广元市苍溪县")])
    found[20] = _annotated(
        found[20], pairs=[_pair(found[20], "浙江省杭州市", "四川省广元市"), *found[20].annotations.pairs]
    )
    found[32] = _annotated(found[32], pairs=[*found[32].annotations.pairs, _pair(found[32], "浙江省", "四川省")])
    only = Place(name="贵州省遵义市湄潭县", code="520328", level="county", role="mention", evidence=_first(found[9]))
    found[9] = _annotated(found[9], places=[*found[9].annotations.places, only])
    for one, other in ((2, 26), (7, 31), (7, 19)):
        found[one] = _reprinted(found[one], found[other], chosen=False)
        found[other] = _reprinted(found[other], found[one], chosen=True)
    found[19] = msgspec.structs.replace(found[19], reprints=tuple(sorted([*found[19].reprints, found[31].id])))
    found[31] = msgspec.structs.replace(found[31], reprints=tuple(sorted([*found[31].reprints, found[19].id])))
    found[5] = msgspec.structs.replace(found[5], disputes=(Dispute(figure=0, article=found[29].id, value=4_000_000.0),))
    articles = tuple(sorted(map(_with_true_sentences, found.values()), key=lambda one: one.id))
    small = archive()
    return Archive(articles=articles, rejected=small.rejected, repairs=small.repairs, files=len(articles) + 2)


def _with_true_sentences(one: Article) -> Article:
    text = one.described.text
    sentences = [
        next(part for part in text.split("。") if figure.evidence.quote in part) for figure in one.annotations.figures
    ]
    figures = [
        msgspec.structs.replace(figure, sentence=f"{told}。")
        for figure, told in zip(one.annotations.figures, sentences, strict=True)
    ]
    return _annotated(one, figures=figures)


def _described(one: Article, **changes: object) -> Article:
    return msgspec.structs.replace(one, described=msgspec.structs.replace(one.described, **changes))


def _annotated(one: Article, **changes: Iterable[object]) -> Article:
    told = {name: tuple(values) for name, values in changes.items()}
    return msgspec.structs.replace(one, annotations=msgspec.structs.replace(one.annotations, **told))


def _compilation(one: Article, told: Iterable[tuple[str, str]]) -> Article:
    blocks = one.described.blocks
    starts = [(blocks[0], "账本"), (blocks[1], "例会"), (blocks[5], "下一步")]
    sections = [
        Section(heading=heading, start=block.start, end=block.end, places=(code,), themes=(label,))
        for (block, heading), (code, label) in zip(starts, told, strict=True)
    ]
    return _annotated(one, sections=sections)


def _pair(one: Article, origin: str, target: str) -> object:
    return msgspec.structs.replace(one.annotations.pairs[0], origin=origin, target=target)


def _first(one: Article) -> tuple[object, ...]:
    return one.annotations.places[0].evidence


def _reprinted(one: Article, other: Article, *, chosen: bool) -> Article:
    reprints = tuple(sorted({*one.reprints, other.id}))
    return msgspec.structs.replace(one, reprints=reprints, chosen=other.id if chosen else one.chosen)
