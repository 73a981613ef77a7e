"""Two views of one archive that know nothing of each other: the rendered pages, and what its data file says.

`Site` reads HTML and CSV files as a reader would, `Records` counts over the lines of `data/articles.jsonl`. Neither
uses the views or the pages of the program: only the gazetteer (what lies in what, addresses of places) is shared.
"""

from __future__ import annotations

import csv
import io
import json
import posixpath
import re
from collections import Counter
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import html

from shanhai.annotate import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Entry = dict[str, Any]
UNDATED = "undated"
UNREPORTED = "–"
_SPACE = re.compile(r"\s+")


class Link(NamedTuple):
    """A link on a page: its words, the page it leads to as a path below the site, and the anchor there."""

    words: str
    page: str
    anchor: str


class Page:
    """A rendered page: its path below the site and what its content says."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.tree = html.document_fromstring(text).find_class("md-content__inner")[0]

    @cached_property
    def words(self) -> str:
        """All words of the content."""
        return words(self.tree)

    @cached_property
    def anchors(self) -> dict[str, html.HtmlElement]:
        """The elements with an id."""
        return {one.get("id"): one for one in self.tree.iter() if isinstance(one.tag, str) and one.get("id")}

    def link(self, element: html.HtmlElement) -> Link:
        """A link element, resolved."""
        path, _, anchor = element.get("href").partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), path)) if path else self.path
        if "." not in posixpath.basename(target):
            target = posixpath.join(target, "index.html")
        return Link(words(element), "index.html" if target == "." else target, anchor)

    def links(self, element: html.HtmlElement | None = None) -> list[Link]:
        """The links of an element, or of the whole page, that lead to the site itself."""
        found = (self.tree if element is None else element).iterfind(".//a[@href]")
        return [self.link(one) for one in found if "//" not in one.get("href")]

    def section(self, name: str) -> list[html.HtmlElement]:
        """The elements below a heading, up to the next of its level; none where there is no such heading."""
        heading = self.anchors.get(name)
        found: list[html.HtmlElement] = []
        one = None if heading is None else heading.getnext()
        while one is not None and not (
            isinstance(one.tag, str) and re.fullmatch("h[1-6]", one.tag) and one.tag <= heading.tag
        ):
            found.append(one)
            one = one.getnext()
        return found

    def told(self, name: str) -> html.HtmlElement | None:
        """What a list of terms says of a term, the first of that name."""
        term = next((one for one in self.tree.iter("dt") if words(one) == name), None)
        return None if term is None else term.getnext()

    def lead(self) -> str:
        """The words of the first paragraph that says what the page holds."""
        return words(self.tree.find_class("lead")[0])

    def rows(self, caption: str) -> list[list[html.HtmlElement]]:
        """The body cells of the table whose caption begins so; none where there is no such table."""
        for one in self.tree.iter("table"):
            if words(one.find("caption")).startswith(caption):
                return [list(row) for row in one.iterfind("./tbody/tr")]
        return []


class Site:
    """The pages and data files of a built site, each read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pages: dict[str, Page] = {}

    def page(self, path: str) -> Page:
        """A page by its path below the site ("provinces/guizhou/index.html")."""
        if path not in self._pages:
            self._pages[path] = Page(path, (self.folder / path).read_text(encoding="utf-8"))
        return self._pages[path]

    def of(self, markdown: str) -> Page:
        """A page by the path of its Markdown."""
        return self.page(address(markdown))

    def has(self, markdown: str) -> bool:
        """Whether there is such a page."""
        return (self.folder / address(markdown)).is_file()

    def names(self, pattern: str) -> list[str]:
        """The paths of all pages of a pattern."""
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.glob(pattern))

    def table(self, path: str) -> list[dict[str, str]]:
        """A CSV file below data/, as rows; none where there is no such file."""
        file = self.folder / "data" / path
        if not file.is_file():
            return []
        return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))

    def list_pages(self, markdown: str) -> Iterator[Page]:
        """A page and those that carry its list on."""
        yield self.of(markdown)
        number = 2
        while self.has(further := f"{markdown.removesuffix('.md')}-{number}.md"):
            yield self.of(further)
            number += 1

    def listed(self, markdown: str, records: Records) -> list[str]:
        """The ids of the articles that a page and its further pages list, in their order."""
        found: list[str] = []
        for number, page in enumerate(self.list_pages(markdown)):
            within = page.section("articles") if not number else [page.tree]
            lines = [line for part in within for line in part.xpath("descendant-or-self::div[@class='articles']/ul/li")]
            found += [records.id_of(page.link(line.find("a")).page) for line in lines]
        return found

    @cached_property
    def lines(self) -> list[Entry]:
        """The lines of articles.jsonl."""
        return _lines(self.folder / "data" / "articles.jsonl")

    @cached_property
    def rejected(self) -> list[Entry]:
        """The lines of rejected.jsonl."""
        return _lines(self.folder / "data" / "rejected.jsonl")


class Records:
    """The archive as articles.jsonl has it; every list runs from the newest to the oldest, the undated last."""

    def __init__(self, lines: Iterable[Entry]) -> None:
        self.all = sorted(lines, key=_age)
        self.by_id = {one["id"]: one for one in self.all}
        self._pages = {self.page_of(one): one["id"] for one in self.all}

    @staticmethod
    def page_of(one: Entry) -> str:
        """The path of an article's page: "articles/2019/0311-3f9a2c1b4d/index.html"."""
        date, _, digest = one["id"].partition("-")
        rest = date[4:] if date != UNDATED else ""
        return f"articles/{date if date == UNDATED else date[:4]}/{'-'.join(filter(None, (rest, digest)))}/index.html"

    def id_of(self, path: str) -> str:
        """The article of a page; "" for a page that is none."""
        return self._pages.get(path, "")

    def about(self, code: str) -> list[Entry]:
        """The articles that report on a unit, or on one below it."""
        return [one for one in self.all if code in reported(one)]

    def mentioning(self, code: str) -> list[Entry]:
        """The articles that only mention a unit."""
        named = [one for one in self.all if any(p["code"] == code and p["role"] == "mention" for p in one["places"])]
        return [one for one in named if code not in reported(one)]

    def on(self, label: str) -> list[Entry]:
        """The articles on a theme."""
        return [one for one in self.all if label in one["themes"]]

    @cached_property
    def pairs(self) -> dict[tuple[str, str], list[tuple[Entry, Entry]]]:
        """By the full names of the sides: every statement of the pair with its article."""
        found: dict[tuple[str, str], list[tuple[Entry, Entry]]] = {}
        for one in self.all:
            for pair in one["pairs"]:
                found.setdefault((pair["from"], pair["to"]), []).append((one, pair))
        return found

    @property
    def coded_pairs(self) -> dict[tuple[str, str], tuple[str, str]]:
        """The names of the pairs whose both sides are units of today, with their codes."""
        coded = {ends: (gazetteer.code_of(ends[0]), gazetteer.code_of(ends[1])) for ends in self.pairs}
        return {ends: (a, b) for ends, (a, b) in coded.items() if a and b}

    @property
    def codes(self) -> set[str]:
        """The codes of all units that articles report on."""
        return {code for one in self.all for code in reported(one)}


def words(element: html.HtmlElement | None) -> str:
    """The words of an element as a line, without those of drawings."""
    if element is None:
        return ""
    parts = element.xpath("descendant::text()[not(ancestor::svg)]")
    return _SPACE.sub(" ", "".join(parts)).strip()


def letters(text: str) -> str:
    """A text without white space and without signs of a gap, as evidence and pages are compared."""
    return _SPACE.sub("", text).replace("〔缺〕", "")


def address(markdown: str) -> str:
    """The path of the rendered page."""
    folder = markdown.removesuffix(".md")
    return f"{folder}.html" if posixpath.basename(folder) == "index" else f"{folder}/index.html"


def numbers(text: str) -> list[int]:
    """The whole numbers in a text."""
    return [int(one) for one in re.findall(r"\d+", text)]


def when(one: Entry) -> str:
    """The date as far as it is known."""
    return one["date"] or one["date_edtf"]


def year(one: Entry) -> str:
    """The year, or "undated"."""
    found = re.match(r"\d{4}", when(one))
    return found[0] if found else UNDATED


def month(one: Entry) -> str:
    """The month "2019-03", or ""."""
    found = re.match(r"\d{4}-(0[1-9]|1[0-2])(?!\d)", when(one))
    return found[0] if found and "/" not in when(one) else ""


def source(one: Entry) -> str:
    """The publication, else the agency, else ""."""
    return one["source"] or one["agency"] or ""


def span(some: Iterable[Entry]) -> str:
    """The years from first to last: "1996–2025", "2019", ""."""
    years = sorted({year(one) for one in some} - {UNDATED})
    return "–".join(dict.fromkeys([years[0], years[-1]])) if years else ""


def distinct(some: Iterable[Entry]) -> int:
    """How many articles there are when those that are printings of one another count once."""
    family: dict[str, str] = {}
    ids = [one["id"] for one in some]
    for one in some:
        family[one["id"]] = min([one["id"], *one["reprints"]])
    return len({family[one] for one in ids})


@cache
def above(code: str) -> frozenset[str]:
    """The codes of the units above a unit."""
    return frozenset(gazetteer.ancestors(gazetteer.unit(code)))


def reported(one: Entry) -> frozenset[str]:
    """The codes of the units that an article reports on, with those above them."""
    own = {place["code"] for place in one["places"] if place["role"] == "subject"}
    return frozenset(own.union(*map(above, own)))


def sections_about(one: Entry, code: str) -> list[Entry]:
    """The sections on a unit, unless more than half are."""
    found = [section for section in one["sections"] if code in section["places"]]
    return found if 2 * len(found) <= len(one["sections"]) else []


def themes_about(one: Entry, code: str) -> set[str]:
    """The themes of an article as far as it tells of a unit: those of its sections on it, or all."""
    sections = sections_about(one, code)
    return {label for label in one["themes"] if any(label in section["themes"] for section in sections) or not sections}


def tally(labels: Iterable[Iterable[str]]) -> Counter[str]:
    """How many articles there are of each label."""
    return Counter(label for some in labels for label in set(some))


def _lines(file: Path) -> list[Entry]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _age(one: Entry) -> tuple[bool, list[int], str]:
    digits = [-int(digit) for digit in when(one) if digit.isdecimal()]
    return (not digits, [*digits, 1], one["id"])
