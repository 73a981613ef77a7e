"""What a published file refers to: pages, pictures, scripts, styles, and whole addresses that it states."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["link", "asset", "stated"]
"""A link is followed by a reader, an asset is fetched with the page, a stated address is read by people and machines
(a citation, a site map, a feed)."""


class Reference(NamedTuple):
    """An address as it is written, with the line and the place where it stands."""

    address: str
    kind: Kind
    line: int
    place: str


class HtmlPage(NamedTuple):
    """What the check needs of a page: its references, its anchors as one string of lines, and what it says of itself.

    `canonical`: every address so given. `indexed`: no robots are turned away.
    """

    references: tuple[Reference, ...]
    anchors: str
    canonical: tuple[str, ...]
    indexed: bool


ASSET_RELATIONS = frozenset({"stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload"})
NOT_FETCHED = frozenset({"preconnect", "dns-prefetch", "schema.dc", "schema.dcterms"})
"""Relations to a host alone, or to the name of a vocabulary."""

LINK_ATTRIBUTES = {("a", "href"), ("area", "href"), ("form", "action"), ("button", "formaction"), ("a", "xlink:href")}
CITED = {(tag, "cite") for tag in ("blockquote", "q", "ins", "del")}
SVG_IMAGES = frozenset({"image", "use", "feimage"})
ATTRIBUTES = ("href", "xlink:href", "src", "srcset", "poster", "data", "action", "formaction", "cite", "style")

_URL = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SOURCE_MAP = re.compile(rb"[/*][/*][#@] sourceMappingURL=(\S+)")
_REFRESH = re.compile(r"^\s*[\d.]+\s*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_LEGAL = rb"[A-Za-z0-9\-._~:/?#@!$*+=%]*"
"""What an address may hold, without what ends it in a text: brackets, quotation marks (`&quot;`), commas."""


def of_html(body: bytes, site: str) -> HtmlPage:
    """The references of a page. `site`: the address of the whole site, whose pages are looked for in the text, too."""
    if not body.strip():
        return HtmlPage((), "\n", (), indexed=True)
    root = etree.HTML(body, _parser())
    references = [*_attributes(root), *_embedded(root), *_meta(root), *stated(body, site)]
    anchors = _strings(root, "//@id | //a/@name")
    canonical = _strings(root, "//link[translate(@rel,'CANOIL','canoil')='canonical']/@href")
    robots = " ".join(_strings(root, "//meta[translate(@name,'ROBTS','robts')='robots']/@content")).lower()
    lines = "\n".join(("", *anchors, ""))
    return HtmlPage(tuple(references), lines, tuple(canonical), indexed="noindex" not in robots)


def of_css(body: bytes) -> list[Reference]:
    """What a style sheet loads: pictures, fonts, other sheets, and the map of its source."""
    text = body.decode("utf-8", "replace")
    bare = _CSS_COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    found = [
        Reference(_first(match), "asset", bare.count("\n", 0, match.start()) + 1, "url()")
        for match in _URL.finditer(bare)
    ]
    return [*found, *source_map(body)]


def source_map(body: bytes) -> list[Reference]:
    """The map of its source that a script or a style sheet names."""
    return [
        Reference(match[1].decode("utf-8", "replace"), "link", body.count(b"\n", 0, match.start()) + 1, "source map")
        for match in _SOURCE_MAP.finditer(body)
        if not match[1].startswith(b"data:")
    ]


def stated(body: bytes, site: str, first_line: int = 1) -> Iterator[Reference]:
    """Every whole address of this site, or of its host, that stands in a text; an address once, where it first is."""
    seen: set[bytes] = set()
    for match in _own_address(site).finditer(body):
        address = match[0].rstrip(b".:?!*")
        if address not in seen:
            seen.add(address)
            yield Reference(address.decode(), "stated", first_line + body.count(b"\n", 0, match.start()), "address")


@cache
def _own_address(site: str) -> re.Pattern[bytes]:
    origin = "/".join(site.split("/", 3)[:3])
    return re.compile(re.escape(origin.encode()) + rb"(?![A-Za-z0-9\-.:])" + _LEGAL)


@cache
def _parser() -> etree.HTMLParser:
    return etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)


def _strings(root: etree._Element, path: str) -> list[str]:
    return cast("list[str]", root.xpath(path, smart_strings=False))


def _line(element: etree._Element) -> int:
    return int(cast("int | None", element.sourceline) or 0)


def _attributes(root: etree._Element) -> Iterator[Reference]:
    """Every attribute that holds an address, or several."""
    names = " or ".join(f"name()='{name}'" for name in ATTRIBUTES)
    for value in cast("list[Any]", root.xpath(f"//@*[{names}]")):
        element, name = value.getparent(), str(value.attrname)
        kind = _kind(element, name)
        if kind is None:
            continue
        place = f"<{element.tag} {name}>"
        for address in _addresses(name, str(value)):
            yield Reference(address, kind, _line(element), place)


def _kind(element: etree._Element, name: str) -> Kind | None:
    """What an attribute refers to; `None` for one that holds no address, and for `<base>`, which our policy forbids."""
    if (element.tag, name) in LINK_ATTRIBUTES or (element.tag, name) in CITED:
        return "link"
    if element.tag == "link":
        return _kind_of_relation(set(element.get("rel", "").lower().split()))
    if name in {"href", "xlink:href"}:
        return "asset" if element.tag in SVG_IMAGES else None
    if name in {"action", "formaction", "cite"} or (name == "data" and element.tag != "object"):
        return None
    return "asset"


def _kind_of_relation(relations: set[str]) -> Kind | None:
    if relations & NOT_FETCHED:
        return None
    if relations & ASSET_RELATIONS:
        return "asset"
    return "stated" if "canonical" in relations else "link"


def _addresses(name: str, value: str) -> list[str]:
    if name == "srcset":
        return [one.split()[0] for one in value.split(", ") if one.strip()]
    if name == "style":
        return [_first(match) for match in _URL.finditer(value)]
    return [value.strip()]


def _embedded(root: etree._Element) -> Iterator[Reference]:
    """Style sheets within the page, and the settings of the theme's script."""
    for style in root.iter("style"):
        for match in _URL.finditer(style.text or ""):
            yield Reference(_first(match), "asset", _line(style), "<style>")
    for script in cast("list[Any]", root.xpath("//script[@id='__config']")):
        try:
            settings = json.loads(script.text or "{}")
        except ValueError:
            continue
        if settings.get("base"):
            yield Reference(_folder(settings["base"]), "link", _line(script), "base of the theme's script")
        # The theme starts its own search only where its form stands.
        if settings.get("search") and root.find(".//form[@name='search']") is not None:
            yield Reference(settings["search"], "asset", _line(script), "worker of the theme's search")


def _folder(address: str) -> str:
    return address if address.endswith("/") else f"{address}/"


def _meta(root: etree._Element) -> Iterator[Reference]:
    for element in root.iter("meta"):
        if element.get("http-equiv", "").lower() == "refresh":
            match = _REFRESH.match(element.get("content", ""))
            if match:
                yield Reference(match[1].strip(), "link", _line(element), "<meta refresh>")
        name = element.get("property") or element.get("name") or ""
        if name in {"og:url", "og:image", "twitter:image", "citation_public_url", "citation_pdf_url"}:
            yield Reference(element.get("content", ""), "stated", _line(element), f"<meta {name}>")


def _first(match: re.Match[str]) -> str:
    return next((group for group in match.groups() if group), "")
