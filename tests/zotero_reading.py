"""What Zotero would save from a page: a small reading of its web translators, in Python.

Read were, in the repository zotero/translators, Embedded Metadata.js (as of 2024-06-13, commit dcd14d6f47), RDF.js
(2019-09-08, commit 0dd0169088) and COinS.js (2015-06-04, commit c763c1e0f1), and in zotero/utilities openurl.js
(commit 03afe38a51) and `cleanAuthor`, `cleanDOI`, `cleanISBN` and `cleanISSN` of utilities.js. Left out is what no page
of ours can set off: RDF with nodes inside nodes, Parse.ly, PubMed, attachments. `Item.complete` keeps the fields that
an item's type has.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import lxml.html

Item = dict[str, Any]

NAMESPACES = {
    "bib": "http://purl.org/net/biblio#",
    "bibo": "http://purl.org/ontology/bibo/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
    "z": "http://www.zotero.org/namespaces/export#",
    "eprints": "http://purl.org/eprint/terms/",
    "og": "http://ogp.me/ns#",
    "article": "http://ogp.me/ns/article#",
    "book": "http://ogp.me/ns/book#",
    "so": "http://schema.org/",
}
"""Prefixes that are known without being declared, as far as a page of news may use them."""

ITEM_TYPES = {
    *("artwork", "blogPost", "book", "bookSection", "conferencePaper", "document", "encyclopediaArticle", "film"),
    *("journalArticle", "magazineArticle", "manuscript", "map", "newspaperArticle", "podcast", "presentation"),
    *("report", "statute", "thesis", "tvBroadcast", "videoRecording", "webpage", "dataset"),
}
_COMMON = {
    *("title", "abstractNote", "publicationTitle", "date", "pages", "language", "shortTitle", "ISSN", "url"),
    *("accessDate", "archive", "archiveLocation", "libraryCatalog", "callNumber", "rights", "extra"),
}
FIELDS = {
    "newspaperArticle": _COMMON | {"place", "edition", "section"},
    "magazineArticle": _COMMON | {"volume", "issue"},
    "journalArticle": _COMMON | {"volume", "issue", "series", "DOI", "journalAbbreviation"},
}
"""What an item of a type can hold; anything else is dropped when it is saved."""

HIGHWIRE = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_cover_date": "date",
    "citation_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_publisher": "publisher",
    "citation_abstract": "abstractNote",
    "citation_doi": "DOI",
    "citation_public_url": "url",
    "citation_language": "language",
}
_HIGHWIRE_TYPES = {"citation_journal_title": "journalArticle", "citation_book_title": "bookSection"}
_DC_TYPES = {"newsitem": "newspaperArticle", "article": "journalArticle", "dataset": "journalArticle"}
_DC_GUESSES = {"text": "journalArticle", "image": "artwork"}
_OPENURL_TYPES = {"journal": "journalArticle", "book": "book", "dissertation": "thesis", "dc": "webpage"}
_OPENURL_FIELDS = {
    "atitle": "title",
    "source": "publicationTitle",
    "date": "date",
    "description": "abstractNote",
    "rights": "rights",
    "language": "language",
}
_BYLINES = ("byline", "bylines", "vcard", "article-byline")


def embedded(page: str, address: str) -> Item:
    """The item that the translator Embedded Metadata makes of a page at an address, with the fields of its type."""
    document = lxml.html.fromstring(page)
    statements, highwire_type, guess = _statements(document)
    item = _from_rdf(statements, guess or ("webpage" if statements else ""))
    if highwire_type:
        item["itemType"] = highwire_type
    _add_highwire(document, item)
    _add_low_quality(document, item, address)
    item["tags"] = []  # Embedded Metadata keeps no tags unless another translator asks it
    if doi := _doi(item.get("DOI", "")):
        item["extra"] = f"DOI: {doi}"
    return _completed(item)


def coins(page: str) -> list[Item]:
    """The items that the translator COinS offers of a page."""
    spans = lxml.html.fromstring(page).xpath("//span[@title][contains(concat(' ', @class, ' '), ' Z3988 ')]")
    items = (_from_context_object(span.get("title")) for span in spans)
    return [_completed(item) for item in items if item and item.get("title")]


def clean_author(name: str, kind: str = "author") -> dict[str, str]:
    """`cleanAuthor`: with a comma family and given name, else the last word is the family name."""
    name = re.sub(r"^[\s.,/\[\]:]+|[\s.,/\[\]:]+$", "", name)
    if "," in name:
        last, _, first = name.partition(",")
        first = first.strip()
    else:
        first, _, last = name.rpartition(" ")
    return {"firstName": first, "lastName": last, "creatorType": kind}


def _statements(document: lxml.html.HtmlElement) -> tuple[dict[str, list[str]], str, str]:
    """Properties with their values in the order of the page, the type by Highwire tags, and the guess by them."""
    prefixes = dict(NAMESPACES)
    for link in document.iter("link"):
        if declared := re.match(r"schema\.([a-zA-Z]+)", link.get("rel") or ""):
            prefixes[declared[1].lower()] = link.get("href")
    statements: dict[str, list[str]] = {}
    highwire_type = guess = ""
    for meta in document.iter("meta"):
        value = meta.get("content")
        for tag in (meta.get("name") or meta.get("property") or "").split() if value else ():
            parts = re.split(r"[.:_]", tag)
            prefix, length = parts[0].lower(), len(parts[0])
            if len(parts) > 2 and parts[1].lower() in prefixes:
                prefix, length = parts[1].lower(), len(parts[0]) + len(parts[1]) + 1
            if prefix in prefixes:
                name = tag[length + 1 :]
                statements.setdefault(prefixes[prefix] + name[:1].lower() + name[1:], []).append(value)
            elif tag in _HIGHWIRE_TYPES:
                highwire_type = _HIGHWIRE_TYPES[tag]
            elif tag == "citation_title":
                guess = guess or "journalArticle"
    return statements, highwire_type, guess


def _from_rdf(statements: dict[str, list[str]], unknown: str) -> Item:
    """What the translator RDF makes of one node."""

    def every(*names: str) -> list[str]:
        found = (statements.get(NAMESPACES[prefix] + name) for prefix, name in (one.split(":") for one in names))
        return next((values for values in found if values), [])

    def first(*names: str) -> str:
        return next(iter(every(*names)), "")

    kind = _type(first("z:itemType", "z:type"), first("dc:type", "dcterms:type"), first("og:type"), unknown)
    creators = every("bib:authors", "so:author", "so:creator", "dc:creator", "dcterms:creator", "dc:contributor")
    item: Item = {
        "itemType": kind,
        "title": first("dc:title", "dcterms:title", "eprints:title", "og:title", "so:headline"),
        "creators": [clean_author(name) for name in creators],
        "publicationTitle": first("prism:publicationName", "eprints:publication", "dc:source", "dcterms:source"),
        "rights": first("prism:copyright", "dc:rights", "dcterms:rights", "so:license"),
        "section": first("article:section", "so:genre"),
        "publisher": first("dc:publisher", "dcterms:publisher", "so:publisher"),
        "place": first("eprints:place_of_pub", "eprints:event_location"),
        "date": first(
            *("eprints:date", "prism:publicationDate", "og:published_time", "article:published_time"),
            *("dc:date.issued", "dcterms:issued", "dc:date", "dcterms:date", "so:datePublished"),
        ),
        "url": first("eprints:official_url", "og:url", "bibo:uri", "so:url", "so:sameAs"),
        "archiveLocation": first("dc:coverage", "dcterms:coverage"),
        "abstractNote": first("eprints:abstract", "prism:teaser", "og:description", "dcterms:abstract")
        or first("dc:description", "dcterms:description"),
        "language": first("dc:language", "dcterms:language", "so:inLanguage"),
        "tags": every("dc:subject", "dcterms:subject", "article:tag", "so:keywords", "so:about"),
    }
    if not item["publicationTitle"] and kind in ("blogPost", "webpage", "newspaperArticle"):
        item["publicationTitle"] = first("og:site_name")
    for identifier in every("dc:identifier", "dcterms:identifier"):
        _identify(item, identifier)
    return item


def _type(zotero: str, dc: str, og: str, unknown: str) -> str:
    """`detectType`: Zotero's own word, og:type of a website, DC's type, then what the unknown is, then guesses."""
    by_dc = dc if dc in ITEM_TYPES else _DC_TYPES.get(dc.lower().replace(" ", ""), "")
    by_og = {"website": "webpage", "book": "book"}.get(og, "")
    guesses = {"article": "journalArticle"}.get(og, "") or _DC_GUESSES.get(dc.lower(), "")
    return (zotero if zotero in ITEM_TYPES else "") or by_og or by_dc or unknown or guesses


def _identify(item: Item, identifier: str) -> None:
    """ISBN, ISSN or DOI of an identifier: by its label, or by what it looks like."""
    label, _, number = identifier.partition(" ")
    digits = re.sub("[-\u2010-\u2015]+", "", identifier.upper())
    if label.upper() in ("ISBN", "ISSN", "DOI") and number:
        item[label.upper()] = number
    elif any(_isbn_holds(found) for found in re.findall(r"\b(?:97[89](?:\d){10}|\d{9}[\dX])\b", digits)):
        item["ISBN"] = identifier
    elif any(_issn_holds(found) for found in re.findall(r"\b\d{7}[\dX]\b", digits)):
        item["ISSN"] = identifier
    elif _doi(identifier):
        item["DOI"] = identifier


def _doi(text: str) -> str:
    found = re.search(r"10(?:\.[0-9]{4,})?/[^\s]*[^\s.,]", text)
    return found[0] if found else ""


def _isbn_holds(isbn: str) -> bool:
    values = [10 if sign == "X" else int(sign) for sign in isbn]
    if len(values) == 10:
        return sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0
    return sum(value * (1, 3)[place % 2] for place, value in enumerate(values)) % 10 == 0


def _issn_holds(issn: str) -> bool:
    values = [10 if sign == "X" else int(sign) for sign in issn]
    return sum(value * (8 - place) for place, value in enumerate(values)) % 11 == 0


def _contents(document: lxml.html.HtmlElement, name: str) -> list[str]:
    """Contents of the meta tags whose name ends so."""
    return [one.get("content") or "" for one in document.iter("meta") if (one.get("name") or "").endswith(name)]


def _add_highwire(document: lxml.html.HtmlElement, item: Item) -> None:
    for name, field in HIGHWIRE.items():
        if value := " ".join(next(iter(_contents(document, name)), "").split()):
            item[field] = value
    names = [name for one in _contents(document, "citation_author") for name in re.split(r"\s*;\s*", one)]
    apart = [name for number, name in enumerate(names) if number == 0 or names[number - 1] != name]
    authors = [clean_author(name.strip()) for name in apart if re.search(r"[^\s,-.;]", name)]
    item["creators"] = authors or item["creators"]
    item["date"] = item["date"] or next(iter(_contents(document, "citation_year")), "")
    item["url"] = item["url"] or next(iter(_contents(document, "citation_abstract_html_url")), "")


def _add_low_quality(document: lxml.html.HtmlElement, item: Item, address: str) -> None:
    """What the translator takes from the page itself, where no tag told it."""
    item["title"] = " ".join((item["title"] or document.findtext(".//title") or "").split())
    if item["publicationTitle"]:
        ending = r"\s*[-–—=_:|~#]\s*" + re.escape(item["publicationTitle"]) + r"\s*$"
        item["title"] = re.sub(ending, "", item["title"], flags=re.IGNORECASE)
    if not item["creators"]:
        signed = [one.get("content") for one in document.iter("meta") if (one.get("name") or "").lower() == "author"]
        item["creators"] = [clean_author(name) for name in signed if name] or _from_byline(document)
    item["abstractNote"] = item["abstractNote"] or " ".join(next(iter(_contents(document, "description")), "").split())
    canonical = document.xpath("//head/link[@rel='canonical']/@href")
    item["url"] = item["url"] or next(iter(canonical), address)
    item["language"] = item["language"] or document.get("lang") or ""
    item["libraryCatalog"] = re.sub(r"^\w+://([^/]*)/.*$", r"\1", address)
    item["accessDate"] = "CURRENT_TIMESTAMP"


def _from_byline(document: lxml.html.HtmlElement) -> list[dict[str, str]]:
    """Authors by the one element of a byline's class: every part between commas, "and" and "&" is a person."""
    wanted = " or ".join(f"contains(concat(' ', @class, ' '), ' {name} ')" for name in _BYLINES)
    lines = [" ".join(one.text_content().split()) for one in document.xpath(f"//*[{wanted}]")]
    said = [line for line in lines if line]
    if len(said) != 1:
        return []
    return [clean_author(part) for part in re.split(r"\s*(?:\band\b|,|&)\s*", said[0]) if part]


def _from_context_object(text: str) -> Item | None:
    """`parseContextObject`: an OpenURL in key and value pairs as an item; `None` for a format it does not know."""
    pairs = [part.split("=", 1) for part in text.split("&")]
    named = [unquote(value).removeprefix("info:ofi/fmt:kev:mtx:") for key, value in pairs if key == "rft_val_fmt"]
    kinds = [_OPENURL_TYPES[one] for one in named if one in _OPENURL_TYPES]
    if not kinds:
        return None
    item: Item = {"itemType": kinds[0], "creators": [], "tags": []}
    for key, coded in pairs:
        if value := unquote(re.sub(r"\+|%2[bB]", " ", coded)):
            _take(item, key.removeprefix("rft."), value)
    return item


def _take(item: Item, name: str, value: str) -> None:
    """One key of an OpenURL; `title` is the journal's in the format of journals, the item's own in every other."""
    if name in ("rft_id", "identifier"):
        item |= {"url": value} if value.startswith(("http://", "https://")) else {}
    elif name in ("au", "creator"):
        item["creators"].append(clean_author(value))
    elif name == "subject":
        item["tags"].append(value)
    elif name == "type":
        item["itemType"] = value if value in ITEM_TYPES else item["itemType"]
    elif name == "title":
        item["publicationTitle" if item["itemType"] == "journalArticle" else "title"] = value
    elif name in _OPENURL_FIELDS:
        item[_OPENURL_FIELDS[name]] = value


def _completed(item: Item) -> Item:
    kept = FIELDS.get(item["itemType"], _COMMON) | {"itemType", "creators", "tags"}
    return {key: value for key, value in item.items() if key in kept and (value or key in ("creators", "tags"))}
