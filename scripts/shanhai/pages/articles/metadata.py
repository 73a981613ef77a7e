"""What machines read: the bibliographic facts of an article page, and a COinS span for a line of a list.

`front` gives facts, in the page's front matter; `site_overrides/partials/metadata.html` prints them as Highwire,
Dublin Core, Open Graph and JSON-LD, with the address of the page where MkDocs knows the site's.

What decided the choice of tags is how Zotero reads them (its translators Embedded Metadata, RDF and COinS):
`DC.type` with Zotero's own word makes a newspaper article of the page, where `citation_journal_title` would make a
journal article; the newspaper goes into `DC.source`; places into `DCTERMS.spatial`, since `DC.coverage` would become a
shelf mark; and `DC.identifier` is the id alone, since an address like /2010/0311 would be taken for a DOI.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from shanhai.pages.articles.citation import LANGUAGE, reference
from shanhai.pages.bilingual import theme_english
from shanhai.pages.escape import theme_title
from shanhai.pages.markdown import Markdown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shanhai.records import Article, Place

FRONT_KEY = "bibliography"
"""The key of a page's front matter under which the partial looks for the facts."""

MOST_PLACES = 30
"""A compilation can be about two hundred counties; the head of its page names the provinces and what is named most."""

_COINS = '<span class="Z3988" title="{}" aria-hidden="true"></span>'
_COINS_HEAD = "ctx_ver=Z39.88-2004&amp;rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Adc"


def front(article: Article) -> dict[str, Any]:
    """`{"bibliography": facts}` for an article's front matter: plain data, nothing in it that is not known.

    `title` stands there only where the front matter's own title had to be altered for the theme. `corporate`: the
    author is an agency. `doubtful`: the date is a conclusion. `places` maps codes of GB/T 2260 to full names of the
    units that the article is about, at most 30, `themes` labels to their English names.
    """
    one = reference(article)
    found = article.annotations
    facts = {
        "id": one.id,
        "type": one.kind.zotero,
        "title": one.title if theme_title(one.title) != one.title else "",
        "authors": list(one.authors),
        "corporate": one.corporate,
        "source": one.container,
        "date": one.edtf,
        "doubtful": one.circa,
        "language": LANGUAGE,
        "original": one.url,
        "places": _places(found.places),
        "themes": {tag.label: theme_english(tag.label) for tag in found.themes},
    }
    return {FRONT_KEY: {key: value for key, value in facts.items() if value}}


def coins(article: Article) -> Markdown:
    """An empty, unspoken span beside an article's line in a list, by which Zotero saves it from there.

    Dublin Core as OpenURL writes it, since the formats for journals and books know no newspaper. Its address is that of
    the page where the site's is known, else the article's first one. Never on an article's own page: a reference
    manager would take the span for the page.
    """
    one = reference(article)
    pairs = [
        ("type", one.kind.zotero),
        ("title", one.title),
        *(("creator", name) for name in one.authors),
        ("source", one.container),
        ("date", one.edtf),
        ("language", LANGUAGE),
        ("identifier", one.page_url or one.url),
    ]
    said = (f"rft.{key}={_quoted(value)}" for key, value in pairs if value)
    return Markdown(_COINS.format("&amp;".join([_COINS_HEAD, *said])))


@lru_cache(maxsize=65_536)
def _quoted(value: str) -> str:
    """The value inside an address; asked again for an article on every list that it stands in."""
    return quote(value, safe="/:")


def _places(places: Iterable[Place]) -> dict[str, str]:
    subjects = [place for place in places if place.role == "subject"]
    subjects.sort(key=lambda place: (place.level != "province", -len(place.evidence), place.code))
    chosen = sorted(subjects[:MOST_PLACES], key=lambda place: place.code)
    return {place.code: place.name for place in chosen}
