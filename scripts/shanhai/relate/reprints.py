"""All described articles together: identities, exact copies set aside, reprints named on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from shanhai.pages.paths import article_id, article_path
from shanhai.records import Annotations, Article, DescribedArticle, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """An article that went through all steps of its own, not yet seen beside the others."""

    described: DescribedArticle
    annotations: Annotations


def assemble(findings: Iterable[Finding]) -> tuple[tuple[Article, ...], tuple[Rejected, ...]]:
    """The articles sorted by id, and the exact copies among them.

    Of articles with the same date and the same raw text (white space aside), the one whose file name sorts first
    stays; the others are rejected and name it (COPY-01). Different raw texts that clean to the same text both stay, as
    reprints.
    """
    by_id: dict[str, Finding] = {}
    copies: list[Rejected] = []
    for finding in sorted(findings, key=lambda f: f.described.raw.file):
        described = finding.described
        identity = article_id(described.date_edtf, described.raw.text)
        if identity in by_id:
            copies.append(_copy(described, by_id[identity].described))
        else:
            by_id[identity] = finding
    return _with_reprints(sorted(by_id.items())), tuple(copies)


def _copy(described: DescribedArticle, first: DescribedArticle) -> Rejected:
    return Rejected(
        file=described.raw.file,
        rule="COPY-01",
        reason=f"与 {first.raw.file} 完全相同\uff0c只保留一份",
        excerpt=described.title[:80],
    )


def _with_reprints(identified: Sequence[tuple[str, Finding]]) -> tuple[Article, ...]:
    families: dict[str, list[str]] = {}
    for identity, finding in identified:
        families.setdefault(finding.described.text, []).append(identity)
    return tuple(
        Article(
            id=identity,
            path=article_path(identity),
            described=finding.described,
            annotations=finding.annotations,
            reprints=tuple(other for other in families[finding.described.text] if other != identity),
        )
        for identity, finding in identified
    )
