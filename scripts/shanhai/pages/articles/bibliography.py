"""A reference as BibTeX, RIS and CSL-JSON, for the cite box of an article and the bibliography of the archive.

Libraries were tried for all three. pybtex 0.26 turns a name with a blank around and escapes the per cent signs of an
address; bibtexparser 2.1 escapes nothing, so that one brace in a title breaks the file; rispy 0.10 writes sound RIS,
which is a dozen lines without it, but lets a line break in a title begin a new field. So the writers are here, and the
tests read what they write with pybtex and rispy.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shanhai.pages.articles.citation import ARCHIVE, LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shanhai.pages.articles.citation import Reference

_TEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {
        "{": "\\textbraceleft{}",
        "}": "\\textbraceright{}",
        "\\": "\\textbackslash{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
    }
)
"""A brace is written by its name: BibTeX counts braces even behind a backslash."""

_TEX_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})

FILES = {
    "articles.ris": ("ris", "application/x-research-info-systems"),
    "articles.bib": ("bibtex", "application/x-bibtex"),
    "articles.csl.json": ("csl-json", "application/vnd.citationstyles.csl+json"),
}
"""Name of each file of `bibliography`, its format and media type."""


def bibliography(references: Iterable[Reference]) -> dict[str, str]:
    """File name -> content: all references as RIS, BibTeX and CSL-JSON, in the given order."""
    ordered = list(references)
    lines = ",\n".join(json.dumps(csl(one), ensure_ascii=False) for one in ordered)
    return {
        "articles.ris": "\n".join(map(ris, ordered)),
        "articles.bib": "\n".join(map(bibtex, ordered)),
        "articles.csl.json": f"[\n{lines}\n]\n" if ordered else "[]\n",
    }


def bibtex(one: Reference) -> str:
    """An `@article` for BibTeX and biblatex; names in braces, which are not taken apart.

    `entrysubtype` tells biblatex and Zotero's Better BibTeX of a newspaper, `mark` the styles gbt7714 for LaTeX. A date
    that is only a conclusion carries EDTF's question mark, which biblatex reads.
    """
    names = " and ".join(f"{{{name.translate(_TEX)}}}" for name in one.authors)
    fields = {
        "author": names,
        "title": one.title.translate(_TEX),
        "journal": one.container.translate(_TEX),
        "entrysubtype": {"N": "newspaper", "J": "magazine"}.get(one.kind.mark, ""),
        "mark": one.kind.mark,
        "date": one.edtf,
        "year": f"{one.date[0]}" if one.date else "",
        "url": (one.url or one.page_url).translate(_TEX_ADDRESS),
        "langid": "chinese",
        "keywords": ", ".join(one.keywords).translate(_TEX),
        "note": _notes(one).translate(_TEX),
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    return "\n".join([f"@article{{shanhai-{one.id},", *lines, "}\n"])


def ris(one: Reference) -> str:
    """A record of RIS; the date as RIS wants it, "2019/03/11/", its unknown parts left empty."""
    date = [*(f"{part:02}" for part in one.date), "", ""][:3]
    fields = [
        ("TY", one.kind.ris),
        *(("AU", name) for name in one.authors),
        ("TI", one.title),
        ("T2", one.container),
        ("PY", date[0] if one.date else ""),
        ("DA", "/".join([*date, ""]) if one.date else ""),
        ("LA", LANGUAGE),
        ("UR", one.url or one.page_url),
        ("DB", ARCHIVE),
        ("AN", one.id),
        *(("KW", word) for word in one.keywords),
        ("N1", _notes(one)),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in fields if value) + "ER  - \n"


def csl(one: Reference) -> dict[str, Any]:
    """An item of CSL-JSON 1.0.2; an inferred date is `circa`, an unknown one is left out."""
    issued: dict[str, Any] = {"date-parts": [list(one.date)]} | ({"circa": True} if one.circa else {})
    item = {
        "id": one.id,
        "type": one.kind.csl,
        "title": one.title,
        "author": [{"literal": name} for name in one.authors],
        "container-title": one.container,
        "issued": issued if one.date else None,
        "language": LANGUAGE,
        "URL": one.url or one.page_url,
        "archive": ARCHIVE,
        "archive_location": one.id,
        "keyword": "; ".join(one.keywords),
        "note": _notes(one),
    }
    return {key: value for key, value in item.items() if value}


def csl_text(one: Reference) -> str:
    """CSL-JSON of one reference as reference managers take it in: a list of one item, a line for each variable."""
    lines = ",\n".join(f'  "{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in csl(one).items())
    return f"[{{\n{lines}\n}}]\n"


def _notes(one: Reference) -> str:
    read = f"{ARCHIVE}整理本\uff1a{one.page_url}" if one.page_url and one.url else ""
    return "\uff1b".join([*one.notes, *([read] if read else [])])
