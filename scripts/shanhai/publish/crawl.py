"""A published site fetched whole over HTTP: what answers, what refers to what, and what leads nowhere."""

from __future__ import annotations

import gzip
import re
from collections import deque
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

import msgspec

from shanhai.publish import references
from shanhai.publish.serving import INDEX, NOT_FOUND

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from http.client import HTTPConnection, HTTPResponse

    from shanhai.publish.references import Reference

PLACES_KEPT = 3
"""Of all the places that refer to one address, so many are named; the others are counted."""

PIECE_BYTES = 1 << 20
"""A data file is read in pieces of this size, cut at the end of a line."""

NEVER_THERE = ("no-such-page", "no/such/page/at/this/depth/")
"""Addresses that no site has, one at its top and one deep below: the 404 page must lead on from both."""

UNFETCHED_SCHEMES = ("mailto:", "tel:", "data:", "javascript:", "about:", "blob:", "urn:")

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class Fault(NamedTuple):
    """Something that a visitor, or a machine, would run into: rule, where it stands, and what is wrong."""

    rule: str
    place: str
    wrong: str


class Mention(msgspec.Struct):
    """Who refers to an address: the first places, and the number of all pages and files that do."""

    places: list[str] = msgspec.field(default_factory=list)
    count: int = 0

    def add(self, place: str) -> None:
        self.count += 1
        if len(self.places) < PLACES_KEPT:
            self.places.append(place)

    def told(self) -> Iterator[str]:
        """The places kept, the last one with the number of those left out."""
        left_out = self.count - len(self.places)
        for number, place in enumerate(self.places, 1):
            yield f"{place} (and {left_out} more)" if left_out and number == len(self.places) else place


class Page(NamedTuple):
    """A page that answered: its anchors as lines of one string, its canonical addresses, whether robots may list it."""

    anchors: str
    canonical: tuple[str, ...]
    indexed: bool


class Answer(NamedTuple):
    """What a request gave; `body` is `None` for a data file that was read in pieces."""

    status: int
    content_type: str
    body: bytes | None
    location: str


class Crawl:
    """A site at its address, fetched from a server on this machine that stands for it.

    `pages` by address, a folder's without `index.html`; `statuses` of everything asked for; `linked`: what links
    of other pages lead to; `elsewhere`: addresses of other hosts, which are not fetched. `faults` grows as it goes.
    """

    def __init__(self, address: str, connection: HTTPConnection, files: Collection[str]) -> None:
        self.address = address
        self.origin = "/".join(address.split("/", 3)[:3])
        self.files = frozenset(files)
        self.pages: dict[str, Page] = {}
        self.statuses: dict[str, int] = {}
        self.linked: set[str] = {address}
        self.elsewhere: dict[str, Mention] = {}
        self.faults: list[Fault] = []
        self.references = 0
        self.size_bytes = 0
        self._mentions: dict[str, Mention] = {}
        self._anchors: dict[tuple[str, str], Mention] = {}
        self._redirects: dict[str, str] = {}
        self._queue: deque[str] = deque()
        self._folded: dict[str, str] | None = None
        self._connection = connection
        self._host = urlsplit(address).netloc

    def run(self, more: Iterable[str]) -> None:
        """Fetch the site from its home page on, then the files of `more` to which nothing led."""
        self._ask(self.address)
        self._drain()
        for file in more:
            self._ask(self.address_of(file))
        self._drain()
        self._not_found_page()

    def finish(self) -> None:
        """Fetch what was named last, and turn what leads nowhere into faults; after it `faults` is complete."""
        self._drain()
        for address, mention in self._mentions.items():
            if self.statuses.get(address, 200) != 200 or address in self._redirects:
                rule, wrong = self._broken(address)
                self.faults.extend(Fault(rule, place, wrong) for place in mention.told())
        for (address, anchor), mention in self._anchors.items():
            page = self.pages.get(address)
            if page is not None and f"\n{anchor}\n" not in page.anchors:
                wrong = f"{self.short(address)} has no place named #{anchor}"
                self.faults.extend(Fault("anchor", place, wrong) for place in mention.told())

    def refer(self, source: str, found: Iterable[Reference], shown: str = "") -> None:
        """Take the references of a file at the address `source` into account, each target once a file."""
        seen: set[tuple[str, str]] = set()
        shown = shown or self.short(source)
        for one in found:
            self.references += 1
            key = (one.address, one.kind)
            if key not in seen:
                seen.add(key)
                self._follow(source, one, f"{shown} line {one.line} {one.place}")

    def short(self, address: str) -> str:
        """The address as a reader of the report knows it: below the site."""
        inside = address.removeprefix(self.address)
        return inside if inside != address and inside else "home page" if address == self.address else address

    def address_of(self, file: str) -> str:
        """The address of a file of the site."""
        return self.key(self.address + quote(file))

    def key(self, address: str) -> str:
        """The one form of an address under which it is kept: without `index.html`, percent-encoded."""
        address = address.removesuffix(INDEX) if address.endswith(f"/{INDEX}") else address
        if address.isascii() and "%" not in address:
            return address
        return quote(unquote(address), safe="/:~!$&'()*+,;=@-._")

    def fetch(self, address: str) -> Answer:
        """Ask for one address of the site; a data file is read for addresses and not kept."""
        path = address[len(self.origin) :]
        self._connection.request("GET", path, headers={"Host": self._host, "Accept-Encoding": _accepted(path)})
        response = self._connection.getresponse()
        content_type = response.headers.get_content_type()
        location = response.headers.get("Location", "")
        if response.status == 200 and not _kept(content_type):
            self._read_in_pieces(address, response, content_type)
            return Answer(response.status, content_type, None, location)
        body = response.read()
        if response.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        return Answer(response.status, content_type, body, location)

    def _drain(self) -> None:
        while self._queue:
            address = self._queue.popleft()
            answer = self.fetch(address)
            self.statuses[address] = answer.status
            if answer.location:
                self._redirects[address] = answer.location
            elif answer.status == 200 and answer.body is not None:
                self._read(address, answer.body, answer.content_type)

    def _read(self, address: str, body: bytes, content_type: str) -> None:
        self.size_bytes += len(body)
        if content_type == "text/html":
            page = references.of_html(body, self.address)
            self.pages[address] = Page(page.anchors, page.canonical, page.indexed)
            self.refer(address, page.references)
        elif content_type == "text/css":
            self.refer(address, references.of_css(body))
        elif content_type == "text/javascript":
            self.refer(address, references.source_map(body))
        else:
            self.refer(address, references.stated(body, self.address))

    def _read_in_pieces(self, address: str, response: HTTPResponse, content_type: str) -> None:
        text = content_type.startswith(("text/", "application/"))
        rest, line = b"", 1
        while piece := response.read(PIECE_BYTES):
            self.size_bytes += len(piece)
            if not text:
                continue
            whole, end, rest = (rest + piece).rpartition(b"\n")
            self.refer(address, references.stated(whole + end, self.address, line))
            line += whole.count(b"\n") + len(end)
        if text:
            self.refer(address, references.stated(rest, self.address, line))

    def _follow(self, source: str, one: Reference, place: str) -> None:
        """Take one reference for what it is: none to fetch, one that cannot be read, one out of the site or into it."""
        raw = one.address
        if raw.lower().startswith(UNFETCHED_SCHEMES) or (not raw and one.kind == "link"):
            return
        try:
            target = urljoin(source, raw)
            host = urlsplit(target).netloc
        except ValueError:
            self.faults.append(Fault("address", place, f"{raw!r} cannot be read as an address"))
            return
        if not raw or (one.kind == "stated" and not _SCHEME.match(raw)):
            self.faults.append(Fault("address", place, f"{raw!r} is no whole address" if raw else "is empty"))
        elif host != self._host:
            self._leave(target, one, place)
        else:
            self._arrive(source, target, one, place)

    def _arrive(self, source: str, target: str, one: Reference, place: str) -> None:
        target, _, anchor = target.partition("#")
        target = self.key(target.partition("?")[0])
        if not target.startswith(self.address):
            self.faults.append(Fault("outside", place, f"{one.address} leads out of {self.address}"))
            return
        if one.kind == "link" and target != source:
            self.linked.add(target)
        self._ask(target, place)
        anchor = unquote(anchor.partition(":~:")[0])
        if anchor and anchor != "top":
            self._anchors.setdefault((target, anchor), Mention()).add(place)

    def _leave(self, target: str, one: Reference, place: str) -> None:
        if one.kind == "asset":
            self.faults.append(Fault("foreign", place, f"{target} is fetched from another host"))
        elif target.lower().startswith(("http://", "https://")):
            self.elsewhere.setdefault(target, Mention()).add(place)
        else:
            self.faults.append(Fault("address", place, f"{target!r} opens nothing on the web"))

    def _ask(self, address: str, place: str = "") -> None:
        mention = self._mentions.get(address)
        if mention is None:
            mention = self._mentions[address] = Mention()
            self._queue.append(address)
        if place:
            mention.add(place)

    def _broken(self, address: str) -> tuple[str, str]:
        if address in self._redirects:
            return "redirect", f"{self.short(address)} is only reached through a redirect; from disk it opens nothing"
        twin = self._twin(unquote(self.short(address)))
        if twin:
            return "case", f"{self.short(address)} is missing; there is {twin}, which differs in case"
        return "missing", f"{self.short(address)} is missing (status {self.statuses[address]})"

    def _twin(self, path: str) -> str:
        if self._folded is None:
            self._folded = {file.casefold(): file for file in sorted(self.files)}
        wanted = (path + INDEX if path.endswith("/") else path).casefold()
        return self._folded.get(wanted, "")

    def _not_found_page(self) -> None:
        """The page for what is missing must come with status 404, and lead on from whatever depth it is shown at."""
        if NOT_FOUND not in self.files:
            self.faults.append(Fault("404", NOT_FOUND, "there is no such file"))
            return
        for path in NEVER_THERE:
            address = self.address + path
            answer = self.fetch(address)
            if answer.status != 404 or answer.body is None:
                self.faults.append(Fault("404", path, f"answers with status {answer.status}"))
                continue
            page = references.of_html(answer.body, self.address)
            shown = f"{NOT_FOUND} shown for {path}"
            for one in page.canonical:
                self.faults.append(Fault("canonical", shown, f"names {one}, but stands at any address"))
            self.refer(address, (one for one in page.references if not one.address.startswith("#")), shown)
            self._drain()


def _accepted(path: str) -> str:
    return "gzip" if path.endswith(("/", ".html")) else "identity"


def _kept(content_type: str) -> bool:
    """Whether the whole file is needed at once: what is made of markup, styles and scripts."""
    return content_type in {"text/html", "text/css", "text/javascript", "application/xml", "image/svg+xml"}
