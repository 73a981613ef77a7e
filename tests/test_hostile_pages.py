"""Hostile names and odd archives: every kind of page, every data file and every file name stays what it should be."""

from __future__ import annotations

import csv
import html as entities
import io
import json
import re
import shutil
import subprocess
from functools import cache
from itertools import filterfalse
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import msgspec
import pytest
from lxml import etree, html

from hostile_archive import CASES, LONG, SAME_DIGEST, TEXTS, hostile, odd, of
from pages_site import build_site
from search_reader import Index
from shanhai.pages.escape import visible
from shanhai.pages.feeds import ATOM, feeds
from shanhai.publish.robots import robots
from shanhai.relate.views import view
from shanhai.search.codes import statement
from shanhai.site.script_table import TABLE, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADDRESS = "https://library.example/"
MOST_PAGE_BYTES = 300_000
FILE_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")
FORMULA = re.compile(r"[=+\-@\t\r]")
NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")
OURS = frozenset(
    {
        *(
            ("svg", "aria-label"),
            ("text", "text-anchor"),
            ("circle", ""),
            ("circle", "cx"),
            ("circle", "cy"),
            ("circle", "r"),
        ),
        *(("a", "rel"), ("a", "translate")),
        ("html", "class"),
    }
)
"""What the sample has no occasion for: a curve by year, an article's first address, the theme without corrections."""

SAFE_TABLE = re.compile(
    r'//[^\n]*\nglobalThis\.shanhaiScriptTable = \{\n  characters: "[^"\\\n]*",\n  phrases: "[^"\\\n]*",\n\};\n'
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the hostile archive."""
    return build_site(tmp_path_factory.mktemp("hostile-pages"), hostile())


def pages(site: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    """Path below the site and tree of every page."""
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), html.document_fromstring(path.read_bytes())


@cache
def vocabulary(site: Path) -> frozenset[tuple[str, str]]:
    """Every element of a site with each of its attributes."""
    found: set[tuple[str, str]] = set()
    for _, tree in pages(site):
        for one in tree.iter():
            if isinstance(one.tag, str):
                found |= {(one.tag, name) for name in ("", *one.attrib)}
    return frozenset(found)


def test_no_element_and_no_attribute_comes_up_that_an_honest_site_does_not_have(site: Path, built_site: Path) -> None:
    assert vocabulary(site) - vocabulary(built_site) - OURS == set()


def test_an_address_is_one_of_the_site_or_an_external_one_that_says_so(site: Path) -> None:
    wrong = []
    for name, tree in pages(site):
        for one in tree.xpath(
            "//*[@href or @src or @action or @xlink:href]", namespaces={"xlink": "http://www.w3.org/1999/xlink"}
        ):
            address = one.get("href") or one.get("src") or ""
            scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", address)
            if scheme and not (scheme[1] in ("http", "https") and "nofollow" in (one.get("rel") or "")):
                wrong.append((name, one.tag, address))
    theme = {
        address for _, tag, address in wrong if tag in ("link", "script", "form") or address == "javascript:void(0)"
    }
    assert [one for one in wrong if one[2] not in theme] == []
    assert all(not address.startswith(("data:text", "vbscript")) for address in theme)


def test_there_is_a_page_of_its_own_for_every_source_and_every_practice(site: Path) -> None:
    views = view(hostile())
    for kind, names in (("sources", list(views.by_source)), ("practices", [one.name for one in views.practices])):
        shown = [
            words(html.document_fromstring(path.read_bytes()).find(".//h1"))
            for path in site.glob(f"{kind}/*/index.html")
        ]
        assert len(shown) == len(names), kind
        assert sorted(map(folded, shown)) == sorted(map(folded, names)), kind


def words(element: html.HtmlElement | None) -> str:
    """The words of an element."""
    return "" if element is None else element.text_content()


def folded(text: str) -> str:
    """What of a text can be seen."""
    return "".join(char for char in text if char.isprintable() and not char.isspace())


def test_every_file_of_the_site_has_a_plain_name_in_its_own_folder(site: Path) -> None:
    names = [path.name for path in site.rglob("*") if "assets" not in path.parts]
    assert [name for name in names if not FILE_NAME.fullmatch(name)] == []
    assert not list(site.parent.parent.glob("*evil*"))


def test_no_cell_of_a_table_is_a_formula(site: Path) -> None:
    cells = 0
    for path in sorted((site / "data").rglob("*.csv")):
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")):
            for cell in row:
                cells += 1
                assert not FORMULA.match(cell) or NUMBER.fullmatch(cell), (path, cell)
    assert cells > 1000


def test_every_row_of_a_table_has_all_its_cells(site: Path) -> None:
    for path in sorted((site / "data").rglob("*.csv")):
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
        assert {len(row) for row in rows} == {len(rows[0])}, path


def test_what_machines_read_says_no_more_than_the_page(site: Path) -> None:
    """JSON-LD is whole, and a COinS span has each key once: no field of an article reaches into another."""
    spans = 0
    for name, tree in pages(site):
        for block in tree.xpath("//script[@type='application/ld+json']"):
            assert json.loads(block.text)["@type"], name
        for span in tree.find_class("Z3988"):
            told = parse_qs(entities.unescape(span.get("title")), keep_blank_values=True)
            twice = {key: values for key, values in told.items() if len(values) > 1 and key != "rft.creator"}
            assert not twice, name
            assert set(told) <= {"ctx_ver", "rft_val_fmt", *(f"rft.{key}" for key in COINS_KEYS)}, name
            spans += 1
        for one in tree.xpath("//meta[@http-equiv]"):
            assert one.get("http-equiv").lower() in ("content-security-policy", "x-ua-compatible"), name
    assert spans


ONE_CALL_EACH = """
import { createContext, runInContext } from "node:vm";
import { readFileSync } from "node:fs";
import { relative } from "node:path";
const [folder, ...files] = readFileSync(0, "utf8").split("\\n");
const calls = [];
const context = createContext({ shanhaiSearch: (...given) => calls.push(given) });
const told = files.map((file) => {
  const before = Object.getOwnPropertyNames(context).length;
  calls.length = 0;
  runInContext(readFileSync(file, "utf8"), context, { timeout: 1000 });
  const [[name, value], ...more] = calls;
  const rest = more.length + Object.getOwnPropertyNames(context).length - before;
  return [`${name}.js` === relative(folder, file), rest, JSON.stringify(value)];
});
console.log(JSON.stringify(told));
"""
"""Of each file that comes on the standard input after their folder: whether it hands over its value under its own name,
what it does beside that, and the value."""


def run_as_scripts(folder: Path) -> list[tuple[bool, int, str]]:
    """Every script below a folder, run in an engine of JavaScript."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    files = "\n".join(map(str, (folder, *sorted(folder.rglob("*.js")))))
    command = [node, "--input-type=module", "--eval", ONE_CALL_EACH]
    done = subprocess.run(command, input=files, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return [tuple(one) for one in json.loads(done.stdout)]


def test_every_file_of_the_index_is_one_call_with_the_value_that_was_written(site: Path) -> None:
    """Nothing of an article ends the string that it stands in; a script engine reads what a reader of JSON does."""
    told = run_as_scripts(site / "search")
    assert len(told) > len(TEXTS)
    assert {(named, more) for named, more, _ in told} == {(True, 0)}
    for path, (_, _, value) in zip(sorted((site / "search").rglob("*.js")), told, strict=True):
        text = path.read_text(encoding="utf-8")
        assert text.isprintable() or set(filterfalse(str.isprintable, text)) <= UNPRINTED, path
        assert json.loads(value) == json.loads(text[text.index(",") + 1 : -2]), path


UNPRINTED = frozenset("\n\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff\u00ad\u3000\u00a0\u180e")
"""Blanks and marks that a page shows, too; of lines there is one."""


def test_a_statement_of_the_index_holds_even_what_no_file_of_utf_8_can(tmp_path: Path) -> None:
    """Reading replaces halves of surrogate pairs; the index does not rely on it."""
    texts = [f"{case['text']}\ud800" for case in CASES]
    for number, text in enumerate(texts):
        (tmp_path / f"{number:04}.js").write_bytes(statement(f"{number:04}", [text, {text: 1}]).encode())
    told = run_as_scripts(tmp_path)
    assert {(named, more) for named, more, _ in told} == {(True, 0)}
    assert [json.loads(value) for _, _, value in told] == [[text, {text: 1}] for text in texts]


def test_nothing_in_the_index_is_what_a_page_would_not_show(site: Path) -> None:
    """Results, suggestions and conditions are drawn from it: a mark of direction would turn those beside it around."""
    wrong = []
    for path in sorted((site / "search").rglob("*.js")):
        text = path.read_text(encoding="utf-8")
        shown = strings(json.loads(text[text.index(",") + 1 : -2]))
        wrong += [(path.name, ascii(one)) for one in shown if visible(one) != one]
    assert wrong == []


def strings(value: object) -> Iterator[str]:
    """Every string of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


def test_whatever_a_text_holds_the_search_finds_it(site: Path) -> None:
    """Each case that has a letter is a title; its article is among those that the index gives for it."""
    folder = site / "search"
    index = Index(
        {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.js")}
    )
    pages = {one.article: one.path for one in map(index.unit, range(index.start["units"]))}
    for one in hostile().articles:
        found = {pages[article] for article in index.find(visible(one.described.title))}
        assert f"{one.path}/" in found, ascii(one.described.title)


def test_feeds_robots_and_site_map_hold_no_markup_and_no_address_of_an_article_s_making() -> None:
    """Text is text to whoever reads a feed; where an article first stood is named only if it is on the web."""
    addressed = of(msgspec.structs.replace(one, address=f"{ADDRESS}{one.path}/") for one in hostile().articles)
    written = feeds(view(addressed), ADDRESS)
    assert len(written) > 3
    titles = {visible(one.described.title) for one in addressed.articles}
    for name, text in written.items():
        root = etree.fromstring(text.encode())
        assert {etree.QName(one).localname for one in root.iter(etree.Element)} <= FEED_ELEMENTS, name
        assert not list(root.iter(etree.Comment, etree.ProcessingInstruction)), name
        for one in root.iter(f"{{{ATOM}}}link"):
            wanted = ("https://", "http://") if one.get("rel") == "via" else ADDRESS
            assert one.get("href").startswith(wanted), name
        for entry in root.iter(f"{{{ATOM}}}entry"):
            assert entry.findtext(f"{{{ATOM}}}title") in titles
        assert all(visible(part) == part or not part.strip() for part in root.itertext()), name
    for address in (ADDRESS, ""):
        assert robots(address).count("\n") <= 4


FEED_ELEMENTS = frozenset(
    "feed title id link updated author name entry published category summary publisher".split()  # noqa: SIM905 - a list
)

COINS_KEYS = ("type", "title", "creator", "source", "date", "language", "identifier")


def test_the_table_of_traditional_characters_is_two_plain_strings(built_site: Path, tmp_path: Path, site: Path) -> None:
    shutil.copytree(site / "sources", tmp_path / "sources")
    write_table(tmp_path)
    for folder in (built_site, tmp_path):
        assert SAFE_TABLE.fullmatch((folder / TABLE).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", odd())
def test_an_odd_archive_gives_a_whole_site_of_pages_that_stay_short(name: str, tmp_path: Path) -> None:
    whole = odd()[name]
    site = build_site(tmp_path, whole)
    sizes = {path: path.stat().st_size for path in site.rglob("*.html")}
    assert max(sizes.values()) <= MOST_PAGE_BYTES
    years = {path.parent.name for path in site.glob("years/*/index.html")}
    assert years == {one.described.date_edtf[:4] or "undated" for one in whole.articles}
    for path in site.glob("**/index.html"):
        told = "".join(html.document_fromstring(path.read_bytes()).xpath("//body//text()[not(ancestor::svg)]"))
        assert not re.search(r"(?<![\d.\-–])0 篇", told), path


@pytest.mark.parametrize(
    ("kind", "name"), [("sources", "two sources of one digest"), ("practices", "two practices of one digest")]
)
def test_names_of_one_digest_have_a_page_each(kind: str, name: str, tmp_path: Path) -> None:
    site = build_site(tmp_path, odd()[name])
    shown = {
        words(html.document_fromstring(path.read_bytes()).find(".//h1")) for path in site.glob(f"{kind}/*/index.html")
    }
    assert set(SAME_DIGEST) <= shown


def test_a_name_of_500_characters_stays_one_line_without_marks_of_direction(tmp_path: Path) -> None:
    site = build_site(tmp_path, odd()["a source of 500 characters"])
    shown = [
        words(html.document_fromstring(path.read_bytes()).find(".//h1")) for path in site.glob("sources/*/index.html")
    ]
    for one in shown:
        assert not set(one) & {"\u202e", "\u2067", "\u0000"}
        assert "<b>甲</b>" in one
    assert folded(LONG)[-20:] in [folded(text)[-20:] for text in shown]
