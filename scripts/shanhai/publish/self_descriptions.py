"""What a site says of itself to machines: canonical addresses, site map, robots.txt, feeds, the list of data files."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

from shanhai.publish.crawl import Fault
from shanhai.publish.references import Reference
from shanhai.publish.serving import NOT_FOUND

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from shanhai.publish.crawl import Crawl

SITE_MAP, ROBOTS, FEEDS, DATA_PACKAGE = "sitemap.xml", "robots.txt", "feeds/", "data/datapackage.json"

MOST_ADDRESSES = 50_000
"""In one site map: sitemaps.org/protocol.html."""

ATOM = "{http://www.w3.org/2005/Atom}"
SITE_MAP_NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def check(crawl: Crawl, site: Path) -> int:
    """Add to the faults of a crawl what the site says wrongly of itself; returns the number of feeds."""
    feeds = sorted(file for file in crawl.files if file.startswith(FEEDS) and file.endswith(".xml"))
    if names_address(crawl):
        crawl.faults.extend(_canonical(crawl))
        crawl.faults.extend(_site_map(crawl, site))
        crawl.faults.extend(_robots(crawl, site))
        for feed in feeds:
            crawl.faults.extend(_feed(crawl, feed, (site / feed).read_bytes()))
    else:
        crawl.faults.extend(_addresses_all_the_same(crawl, site, feeds))
    _data_package(crawl, site)
    return len(feeds)


def names_address(crawl: Crawl) -> bool:
    """Whether the home page says where the site stands."""
    home = crawl.pages.get(crawl.address)
    return home is None or bool(home.canonical)


def _addresses_all_the_same(crawl: Crawl, site: Path, feeds: Sequence[str]) -> Iterator[Fault]:
    """A site that was built without an address has nothing for which one is needed."""
    for address, page in crawl.pages.items():
        for one in page.canonical:
            yield Fault("canonical", crawl.short(address), f"says {one}, but the home page names no address")
    for file in (SITE_MAP, *feeds):
        if file in crawl.files:
            yield Fault("canonical", file, "holds whole addresses, but the home page names none")
    if ROBOTS in crawl.files and (maps := [value for name, value in _fields(site) if name == "sitemap"]):
        yield Fault("robots", ROBOTS, f"names {maps}, but the home page names no address")


def _canonical(crawl: Crawl) -> Iterator[Fault]:
    """A page that robots may list names its own whole address, once."""
    for address, page in crawl.pages.items():
        if not page.indexed or crawl.short(address) == NOT_FOUND:
            continue
        if not page.canonical:
            yield Fault("canonical", crawl.short(address), "the page does not say its address")
        elif page.canonical != (address,):
            yield Fault("canonical", crawl.short(address), f"says {' and '.join(page.canonical)}, stands at {address}")


def _site_map(crawl: Crawl, site: Path) -> Iterator[Fault]:
    """Every page that robots may list stands in it once, by its whole address, and nothing else does."""
    if SITE_MAP not in crawl.files:
        yield Fault("sitemap", SITE_MAP, "there is no site map")
        return
    body = (site / SITE_MAP).read_bytes()
    try:
        root = etree.fromstring(body)
    except etree.XMLSyntaxError as fault:
        yield Fault("sitemap", SITE_MAP, f"is no XML: {fault}")
        return
    listed = Counter((one.text or "").strip() for one in root.iter(f"{SITE_MAP_NAMESPACE}loc"))
    pages = {address for address, page in crawl.pages.items() if page.indexed and crawl.short(address) != NOT_FOUND}
    for address in sorted(pages - listed.keys()):
        yield Fault("sitemap", SITE_MAP, f"{crawl.short(address)} is not in it")
    for address, times in sorted(listed.items()):
        if times > 1:
            yield Fault("sitemap", SITE_MAP, f"{crawl.short(address)} is in it {times} times")
        if address not in pages:
            yield Fault("sitemap", SITE_MAP, f"{address} is no page of this site that robots may list")
    if len(listed) > MOST_ADDRESSES:
        yield Fault("sitemap", SITE_MAP, f"holds {len(listed)} addresses, more than the {MOST_ADDRESSES} allowed")
    packed = f"{SITE_MAP}.gz"
    if packed in crawl.files and _unpacked(site / packed) != body:
        yield Fault("sitemap", packed, f"differs from {SITE_MAP}")


def _unpacked(path: Path) -> bytes | None:
    try:
        return gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error):
        return None


def _robots(crawl: Crawl, site: Path) -> Iterator[Fault]:
    if ROBOTS not in crawl.files:
        yield Fault("robots", ROBOTS, "there is no such file")
        return
    fields = _fields(site)
    maps = [value for name, value in fields if name == "sitemap"]
    if maps != [crawl.address + SITE_MAP]:
        yield Fault("robots", ROBOTS, f"names {maps or 'no site map'} instead of {crawl.address + SITE_MAP}")
    for name, value in fields:
        if name == "disallow" and value == "/":
            yield Fault("robots", ROBOTS, "turns every robot away")


def _fields(site: Path) -> list[tuple[str, str]]:
    """The lines of robots.txt that say something: name in lower case, and value."""
    lines = [line.partition("#")[0] for line in (site / ROBOTS).read_text(encoding="utf-8").splitlines()]
    parts = [line.partition(":") for line in lines if ":" in line]
    return [(name.strip().lower(), value.strip()) for name, _, value in parts]


def _feed(crawl: Crawl, file: str, body: bytes) -> Iterator[Fault]:
    """A feed has what RFC 4287 asks for, names itself, and its entries lead to pages, each once."""
    try:
        root = etree.fromstring(body)
    except etree.XMLSyntaxError as fault:
        yield Fault("feed", file, f"is no XML: {fault}")
        return
    own = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if own != [crawl.address + file]:
        yield Fault("feed", file, f"says it stands at {own}")
    entries = root.findall(f"{ATOM}entry")
    for one in (root, *entries):
        place = f"{file} line {one.sourceline}"
        for name in ("id", "title", "updated"):
            if not (one.findtext(f"{ATOM}{name}") or "").strip():
                yield Fault("feed", place, f"has no {name}")
    for entry in entries:
        targets = [
            link.get("href", "") for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"
        ]
        if not any(crawl.key(target.partition("#")[0]) in crawl.pages for target in targets):
            yield Fault(
                "feed", f"{file} line {entry.sourceline}", f"leads to {targets or 'nothing'}, no page of this site"
            )
    ids = Counter(one.findtext(f"{ATOM}id") for one in entries)
    yield from (Fault("feed", file, f"has {one} {times} times") for one, times in sorted(ids.items()) if times > 1)


def _data_package(crawl: Crawl, site: Path) -> None:
    """The files that the description of the data names must be there."""
    if DATA_PACKAGE not in crawl.files:
        return
    try:
        paths = [one["path"] for one in json.loads((site / DATA_PACKAGE).read_bytes())["resources"]]
    except (ValueError, KeyError, TypeError) as fault:
        crawl.faults.append(Fault("data", DATA_PACKAGE, f"does not list the data files: {fault!r}"))
        return
    named = (Reference(path, "link", 0, f"resources[{number}]") for number, path in enumerate(paths))
    crawl.refer(crawl.address + DATA_PACKAGE, named)
