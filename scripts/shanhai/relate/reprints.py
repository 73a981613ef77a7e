"""All described articles together: identities, copies set aside, reprint families with one chosen page.

The same article on several mirrors becomes one page; printed by several publications, or on several days, it keeps a
page for each, and one of them stands for all where distinct articles are counted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai.marks import doubtful
from shanhai.records import Annotations, Article, DescribedArticle, Level, Printing, Rejected
from shanhai.relate.identity import article_id, article_path
from shanhai.relate.near_duplicates import Document, families, fold, shingles
from shanhai.relate.witness import Copy, repaired

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

COMPLETE_SHARE = 0.95
"""A copy with so much of the longest one's text counts as complete: a forgotten button or byline is no reason to choose
a page, a lost paragraph is."""

CHANGED_SHARE = 0.5
"""A sentence half of whose shingles are in the other copy is the same sentence, changed."""

LEVELS: tuple[Level, ...] = ("province", "prefecture", "county")

_SENTENCE_END = re.compile(r"[。\uff01\uff1f\uff1b\n]+")


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """An article that went through all steps of its own, not yet seen beside the others.

    `bands` are its keys for near-duplicates; left empty, they are worked out where they are needed.
    """

    described: DescribedArticle
    annotations: Annotations
    bands: tuple[int, ...] = ()


class Member(NamedTuple):
    """A copy of an article in its family: `described` is what its witnesses made of it."""

    identity: str
    finding: Finding
    described: DescribedArticle

    @property
    def file(self) -> str:
        """Where the copy comes from."""
        return self.finding.described.raw.file


def assemble(
    findings: Iterable[Finding], annotate: Callable[[DescribedArticle], Annotations | None]
) -> tuple[tuple[Article, ...], tuple[Rejected, ...]]:
    """The articles sorted by id, and the copies that were set aside, sorted by file.

    Of articles with the same date and the same raw text (white space aside), the one whose file name sorts first
    stays (COPY-01). Near-duplicates are a family: its copies settle one another's doubts, and those that state no other
    date or source than a better one are set aside for it (REPRINT-01). `annotate` is called for a page whose text
    a witness changed; where it gives `None`, the page stays as it was.
    """
    by_id, copies = _identified(findings)
    documents = [document(identity, finding) for identity, finding in by_id.items()]
    articles: dict[str, Article] = {}
    for family in families(documents):
        kept, aside = _one_family(family, by_id, annotate)
        articles |= {article.id: article for article in kept}
        copies += aside
        for identity in family:
            del by_id[identity]
    articles |= {identity: _article(identity, finding) for identity, finding in by_id.items()}
    return tuple(articles[identity] for identity in sorted(articles)), tuple(sorted(copies, key=lambda one: one.file))


def distinct(articles: Iterable[Article]) -> int:
    """How many different articles there are: a reprint family counts once."""
    return sum(article.chosen is None for article in articles)


def _identified(findings: Iterable[Finding]) -> tuple[dict[str, Finding], list[Rejected]]:
    by_id: dict[str, Finding] = {}
    copies: list[Rejected] = []
    for finding in sorted(findings, key=lambda f: f.described.raw.file):
        described = finding.described
        identity = article_id(described.date_edtf, described.raw.text, described.raw.item)
        first = by_id.setdefault(identity, finding)
        if first is not finding:
            reason = f"与 {first.described.raw.file} 完全相同\uff0c只保留一份"
            copies.append(_set_aside(described, "COPY-01", reason))
    return by_id, copies


def document(identity: str, finding: Finding) -> Document:
    """The finding as it is compared with others."""
    described = finding.described
    title = "" if described.title_derived else described.title
    places = finding.annotations.places
    levels = tuple(frozenset(place.name for place in places if place.level == level) for level in LEVELS)
    return Document(identity, title, described.text, finding.bands, levels)


def _article(identity: str, finding: Finding) -> Article:
    path = article_path(identity)
    return Article(id=identity, path=path, described=finding.described, annotations=finding.annotations)


def _one_family(
    family: Sequence[str],
    by_id: Mapping[str, Finding],
    annotate: Callable[[DescribedArticle], Annotations | None],
) -> tuple[list[Article], list[Rejected]]:
    """The family's pages, the chosen one first, and the mirrors that are set aside for one of them."""
    members = _ranked(_heard([(identity, by_id[identity]) for identity in family]))
    mirrors: dict[str, list[Member]] = {}
    pages: list[Member] = []
    for member in members:
        page = next((one for one in pages if _states_no_more(member.described, one.described)), None)
        if page is None:
            pages.append(member)
            page = member
        else:
            mirrors.setdefault(page.identity, []).append(member)
    kept = [_page(one, pages, mirrors, annotate) for one in pages]
    aside = [
        _set_aside(one.described, "REPRINT-01", f"与 {page.file} 是同一篇文章\uff0c保留后者")
        for page in pages
        for one in mirrors.get(page.identity, ())
    ]
    return kept, aside


def _heard(family: Sequence[tuple[str, Finding]]) -> list[Member]:
    """Each copy after the others bore witness, all of them as they were found."""
    copies = {identity: Copy(finding.described) for identity, finding in family}
    others = list(copies.items())
    return [
        Member(identity, finding, repaired(copies[identity], [copy for other, copy in others if other != identity]))
        for identity, finding in family
    ]


def _ranked(members: Sequence[Member]) -> list[Member]:
    """The best copy first: complete, then with the fewest doubts, a date and a source, the earliest, by file name."""
    lengths = {member.identity: len(fold(member.described.text)) for member in members}
    longest = max(lengths.values())

    def rank(member: Member) -> tuple[bool, int, int, int, str, str, str]:
        described = member.described
        date = _stated_date(described)
        length = lengths[member.identity]
        complete = length >= COMPLETE_SHARE * longest
        stated = bool(date) + bool(described.source)
        shortfall = 0 if complete else longest - length
        return not complete, shortfall, len(doubtful(described)), -stated, date or "~", member.file, member.identity

    return sorted(members, key=rank)


def _stated_date(described: DescribedArticle) -> str:
    """The date that the page states, in EDTF; "" where it was only inferred."""
    return "" if described.date_origin == "inferred" else described.date_edtf


def _states_no_more(described: DescribedArticle, page: DescribedArticle) -> bool:
    """Whether the copy's date and source are those of the page, less precise, or not stated."""
    same_source = not described.source or described.source == page.source
    return same_source and _stated_date(page).startswith(_stated_date(described))


def _page(
    member: Member,
    pages: Sequence[Member],
    mirrors: Mapping[str, Sequence[Member]],
    annotate: Callable[[DescribedArticle], Annotations | None],
) -> Article:
    described, annotations = _annotated(member, annotate)
    chosen = pages[0]
    others = [one for one in pages if one is not member]
    if member is chosen:
        printings = [_printing(described, one, one.identity) for one in others]
        printings += [_printing(described, mirror, None) for page in pages for mirror in mirrors.get(page.identity, ())]
    else:
        printings = [_printing(described, mirror, None) for mirror in mirrors.get(member.identity, ())]
    return Article(
        id=member.identity,
        path=article_path(member.identity),
        described=described,
        annotations=annotations,
        reprints=tuple(sorted(one.identity for one in others)),
        chosen=None if member is chosen else chosen.identity,
        printings=tuple(sorted(printings, key=lambda one: (one.id is None, one.date_edtf or "~", one.file))),
    )


def _annotated(
    member: Member, annotate: Callable[[DescribedArticle], Annotations | None]
) -> tuple[DescribedArticle, Annotations]:
    found = member.finding
    if member.described.text == found.described.text:
        return member.described, found.annotations
    annotations = annotate(member.described)
    return (found.described, found.annotations) if annotations is None else (member.described, annotations)


def _printing(page: DescribedArticle, copy: Member, identity: str | None) -> Printing:
    """How the copy as it was found differs from the page."""
    found = copy.finding.described
    changed, missing = _unlike(page.text, found.text)
    _changed, extra = _unlike(found.text, page.text)
    testimony = sum(edit.witness == copy.file for one in page.log if one.step == "witness" for edit in one.edits)
    return Printing(
        file=copy.file,
        title=found.title,
        source=found.source,
        date_edtf=_stated_date(found),
        id=identity,
        changed=changed,
        missing=missing,
        extra=extra,
        testimony=testimony,
    )


def _unlike(text: str, other: str) -> tuple[int, int]:
    """How many sentences of a text read otherwise in the other one, and how many are not in it at all."""
    known = set(_sentences(other))
    whole = shingles(fold(other))
    changed = missing = 0
    for sentence in _sentences(text):
        if sentence not in known:
            own = shingles(sentence)
            is_there = bool(own) and len(own & whole) >= CHANGED_SHARE * len(own)
            changed += is_there
            missing += not is_there
    return changed, missing


def _sentences(text: str) -> Iterator[str]:
    return (folded for sentence in _SENTENCE_END.split(text) if (folded := fold(sentence)))


def _set_aside(described: DescribedArticle, rule: str, reason: str) -> Rejected:
    return Rejected(file=described.raw.file, rule=rule, reason=reason, excerpt=described.title[:80])
