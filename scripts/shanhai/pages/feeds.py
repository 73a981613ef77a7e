"""Atom feeds (RFC 4287) of the newest articles: of the whole archive, of each province and of each theme.

A feed needs whole addresses, so there are feeds only where the site's address is known. Dated articles alone stand in
them: an entry must say when it was made, and nothing is made up. An article that is dated to its month or year stands
at the first day of it, and such an entry has no `published`.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from shanhai.annotate.gazetteer import provinces
from shanhai.annotate.vocabulary import themes
from shanhai.pages.articles.citation import ARCHIVE, LANGUAGE, reference
from shanhai.pages.escape import visible
from shanhai.pages.markdown import Markdown, link
from shanhai.pages.targets import HOME, province, province_page, theme_page
from shanhai.pages.wording import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.pages.articles.citation import Reference
    from shanhai.records import Article
    from shanhai.relate.views import Views

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
NAMESPACES: dict[Any, str] = {None: ATOM, "dc": DUBLIN_CORE}
MEDIA_TYPE = "application/atom+xml"

MOST_ENTRIES = 50
"""Feeds are asked for often and read from the top; the pages have the whole list."""

SUMMARY_CHARS = 200

NAMESPACE = uuid.UUID("8d5c1f2e-4b0a-5e3d-9c77-2f6a1e9b7d40")
"""Of the ids (RFC 9562, version 5): an article's comes from its own id alone and stays when the site moves."""

MIDNIGHT_IN_CHINA = "T00:00:00+08:00"

SITE_FEED = "feeds/all.xml"

Dated = tuple[str, "Article"]
"""The first day on which an article can have been printed, "2019-03-01", and the article."""


class Feed(NamedTuple):
    """A feed before it is written: where it stands, what it is of, the page with the whole list, its articles."""

    path: str
    title: str
    page: str
    newest: tuple[Dated, ...]


def province_feed(name: str) -> str:
    """Where the feed of a province stands below the site's root, by the province's full name."""
    return f"feeds/{province_page(name).removesuffix('.md')}.xml"


def theme_feed(label: str) -> str:
    """Where the feed of a theme stands below the site's root, by the theme's label."""
    return f"feeds/{theme_page(label).removesuffix('.md')}.xml"


def announced(path: str, articles: Sequence[Article]) -> str:
    """The path of a feed of these articles, where it is written, else "".

    A page announces it by this: there is none without the site's address, which every article knows, or without a
    dated article.
    """
    return path if any(one.address and _day(one) for one in articles) else ""


def subscription(feed: str, page: str) -> Markdown:
    """The link to a feed that a reader sees on a page, nothing where there is no feed ("")."""
    return link("订阅\uff08Atom\uff09", feed, page) if feed else Markdown("")


def feeds(views: Views, site_url: str) -> dict[str, str]:
    """Path below the site's root -> text of every feed; empty where the site's address is not known ("").

    `feeds/all.xml`, `feeds/provinces/guizhou.xml`, `feeds/themes/industry.xml`. Each holds the 50 newest of its dated
    articles; one without any is not written. No clock: a feed is as new as its newest article.
    """
    if not site_url:
        return {}
    site = site_url.rstrip("/") + "/"
    return {one.path: _written(one, site) for one in _all(views) if one.newest}


def _all(views: Views) -> Iterator[Feed]:
    yield Feed(SITE_FEED, ARCHIVE, HOME, _newest(views.newest))
    for one in provinces():
        of_place = _newest(views.by_unit.get(one.code, ()))
        yield Feed(province_feed(one.name), f"{ARCHIVE} · {one.name}", province_page(one.name), of_place)
    for theme in themes():
        of_theme = _newest(views.by_theme.get(theme.label, ()))
        yield Feed(theme_feed(theme.label), f"{ARCHIVE} · {theme.label}", theme_page(theme.label), of_theme)


def _newest(articles: Sequence[Article]) -> tuple[Dated, ...]:
    """The dated ones, the newest first; within a day in the given order."""
    dated = [(day, one) for one in articles if (day := _day(one))]
    return tuple(sorted(dated, key=lambda item: item[0], reverse=True)[:MOST_ENTRIES])


def _day(article: Article) -> str:
    """The first day that its date can mean, "" where it has none that the calendar knows."""
    known = reference(article).date
    year, month, day = (*known, 1, 1)[:3] if known else (0, 0, 0)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _written(feed: Feed, site: str) -> str:
    root = etree.Element(_name("feed"), nsmap=NAMESPACES)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", LANGUAGE)
    _text(root, "title", feed.title)
    # Unlike an article, a feed of another archive is another feed: its address tells them apart.
    _text(root, "id", uuid.uuid5(NAMESPACE, site + feed.path).urn)
    _link(root, rel="self", type=MEDIA_TYPE, href=site + feed.path)
    _link(root, rel="alternate", type="text/html", href=site + _address(feed.page))
    _text(root, "updated", feed.newest[0][0] + MIDNIGHT_IN_CHINA)
    _text(_child(root, "author"), "name", ARCHIVE)
    for day, article in feed.newest:
        _entry(root, article, day, site)
    etree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"


def _entry(root: etree._Element, article: Article, day: str, site: str) -> None:
    told, entry = reference(article), _child(root, "entry")
    _text(entry, "title", told.title)
    _text(entry, "id", uuid.uuid5(NAMESPACE, article.id).urn)
    _link(entry, rel="alternate", type="text/html", href=f"{site}{article.path}/")
    if told.url:
        _link(entry, rel="via", href=told.url)
    _text(entry, "updated", day + MIDNIGHT_IN_CHINA)
    if article.described.date and not told.circa:
        _text(entry, "published", day + MIDNIGHT_IN_CHINA)
    _authors(entry, told)
    _categories(entry, article, site)
    _text(entry, "summary", shortened(visible(article.described.text), SUMMARY_CHARS))


def _authors(entry: etree._Element, told: Reference) -> None:
    """Who wrote it, else the publication; where neither is known, the feed's own author stands for it."""
    for name in told.authors or ((told.container,) if told.container else ()):
        _text(_child(entry, "author"), "name", name)
    if told.container:
        etree.SubElement(entry, f"{{{DUBLIN_CORE}}}publisher").text = visible(told.container)


def _categories(entry: etree._Element, article: Article, site: str) -> None:
    """Each province and theme: scheme and term together are the address of its page."""
    for name in article.annotations.provinces:
        _child(entry, "category", scheme=f"{site}provinces/", term=province(name).slug, label=name)
    for tag in article.annotations.themes:
        scheme, _, term = theme_page(tag.label).removesuffix(".md").partition("/")
        _child(entry, "category", scheme=f"{site}{scheme}/", term=term, label=tag.label)


def _address(page: str) -> str:
    """Where a page of docs/ stands below the site's root."""
    return "" if page == HOME else page.removesuffix(".md") + "/"


def _link(parent: etree._Element, **attributes: str) -> None:
    _child(parent, "link", **attributes)


def _text(parent: etree._Element, name: str, text: str) -> None:
    _child(parent, name).text = visible(text)


def _child(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, _name(name), attributes)


def _name(name: str) -> str:
    return f"{{{ATOM}}}{name}"
