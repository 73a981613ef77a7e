"""The check before publishing: it finds every kind of fault in small made sites, and none in the sample's."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

import pytest

from shanhai.publish import check
from shanhai.publish.check import SiteError, check_site, stated_address, told
from shanhai.publish.references import of_html
from shanhai.publish.serving import served
from sites import PROJECT, copy_project, corpus, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import Message
    from pathlib import Path

    from shanhai.publish.check import Findings

ADDRESS = "https://shanhai.example/library/"
TOP = "http://127.0.0.1:8000/"

HOME = """<!doctype html><html><head>
<link rel="canonical" href="{address}">
<link rel="stylesheet" href="style.css">
<link rel="alternate" type="application/atom+xml" href="feeds/all.xml">
</head><body>
<a href="one/index.html#p1">One</a> <a href="https://elsewhere.example/a">Elsewhere</a> <a href="#top">Top</a>
<img src="mark.svg" srcset="mark.svg 1x, mark.svg?2 2x" alt="">
</body></html>"""

PAGE = """<!doctype html><html><head><link rel="canonical" href="{address}one/">
<script type="application/ld+json">{"url": "{address}one/"}</script></head>
<body><p id="p1">Words. <a href="../index.html">Home</a></p></body></html>"""

NOT_FOUND = '<!doctype html><html><body><a href="/library/index.html">Home</a></body></html>'

SITE_MAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{address}</loc></url><url><loc>{address}one/</loc></url></urlset>
"""

FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:1</id><title>All</title><updated>2020-01-01T00:00:00Z</updated>
<link rel="self" href="{address}feeds/all.xml"/>
<entry><id>urn:x:2</id><title>One</title><updated>2020-01-01T00:00:00Z</updated><link href="{address}one/"/></entry>
</feed>"""

START = {"version": 1, "digest": "0" * 16, "bits": 1, "units": 1, "facets": ["theme"], "names": 0}
SEARCH = {
    "start": START,
    "terms/00/00": "!!",
    "terms/00/01": "!!",
    "texts/00/0000": [0, "one/", "One", "2020", "", [], [["p1", "p", "Words."]]],
    "facets/theme": [[], "!!"],
    "names/00": [["page", "One", "", "one/", 1, ["one"]]],
}


def whole_site() -> dict[str, str]:
    """The files of a small site without a fault."""
    files = {
        "index.html": HOME,
        "one/index.html": PAGE,
        "404.html": NOT_FOUND,
        "style.css": '/* url(gone.png) */\n@import "more.css";\nbody { background: url("mark.svg") }\n',
        "more.css": "p { color: black }\n",
        "mark.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
        "sitemap.xml": SITE_MAP,
        "robots.txt": "User-agent: *\nAllow: /\n\nSitemap: {address}sitemap.xml\n",
        "feeds/all.xml": FEED,
        "data/articles.bib": "@article{a, url = {{address}one/}}\n",
        "data/datapackage.json": '{"resources": [{"path": "articles.bib"}]}\n',
    }
    search = {f"search/{name}.js": statement(name, value) for name, value in SEARCH.items()}
    return {name: text.replace("{address}", ADDRESS) for name, text in files.items()} | search


def statement(name: str, value: object) -> str:
    """A file of the search index."""
    return f'shanhaiSearch("{name}", {json.dumps(value)})\n'


def written(folder: Path, files: dict[str, str]) -> Path:
    """The files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Findings]:
    """Checks the small site with a piece of one file replaced, or with other files in its place."""

    def checked(file: str = "", old: str = "", new: str = "", **other: str | None) -> Findings:
        files: dict[str, str | None] = whole_site()
        if file:
            assert old in files[file]
            files[file] = files[file].replace(old, new)
        files |= {name.replace("__", "/"): text for name, text in other.items()}
        kept = {name: text for name, text in files.items() if text is not None}
        return check_site(written(tmp_path / "site", kept), ADDRESS)

    return checked


def faults(found: Findings) -> list[tuple[str, str]]:
    return [(one.rule, one.place) for one in found.faults]


def only(found: Findings) -> str:
    """The one fault, as the report tells it."""
    assert len(found.faults) == 1, told(found)
    one = found.faults[0]
    return f"{one.rule}: {one.place}: {one.wrong}"


def test_a_site_without_a_fault_has_none(changed: Callable[..., Findings]) -> None:
    found = changed()
    assert found.faults == ()
    assert (found.pages, found.search_files, found.feeds) == (3, 6, 1)
    assert found.unlinked == ()
    assert list(found.elsewhere) == ["https://elsewhere.example/a"]
    assert "0 fault(s)" in told(found)
    assert "elsewhere.example (1)" in told(found)


def test_a_broken_link_is_found_with_its_page_and_line(changed: Callable[..., Findings]) -> None:
    found = changed("one/index.html", "../index.html", "../two/")
    assert only(found) == "missing: one/ line 3 <a href>: two/ is missing (status 404)"


def test_a_link_broken_on_many_pages_names_some_and_counts_the_rest(tmp_path: Path) -> None:
    files = whole_site()
    for number in range(7):
        files[f"p{number}/index.html"] = '<meta name="robots" content="noindex"><a href="../gone/">Gone</a>'
    found = check_site(written(tmp_path, files), ADDRESS)
    assert len(found.faults) == 3
    assert sum("(and 4 more)" in one.place for one in found.faults) == 1


def test_a_missing_anchor_is_found(changed: Callable[..., Findings]) -> None:
    found = changed("index.html", "#p1", "#p2")
    assert only(found) == "anchor: home page line 6 <a href>: one/ has no place named #p2"


@pytest.mark.parametrize(
    ("canonical", "told_as"),
    [
        (f"{ADDRESS}two/", f"says {ADDRESS}two/, stands at {ADDRESS}one/"),
        (f"{ADDRESS}one/index.html", f"says {ADDRESS}one/index.html, stands at {ADDRESS}one/"),
    ],
)
def test_a_wrong_canonical_address_is_found(changed: Callable[..., Findings], canonical: str, told_as: str) -> None:
    found = changed("one/index.html", f'href="{ADDRESS}one/"', f'href="{canonical}"')
    assert ("canonical", "one/") in faults(found)
    assert any(one.wrong == told_as for one in found.faults)


def test_a_page_without_a_canonical_address_is_found_unless_robots_are_turned_away(
    changed: Callable[..., Findings],
) -> None:
    two = '<a href="../index.html">Home</a>'
    assert ("canonical", "two/") in faults(changed(two__index_html=None, **{"two/index.html": two}))
    hidden = f'<meta name="robots" content="noindex">{two}'
    found = changed(**{"two/index.html": hidden})
    assert found.faults == ()
    assert found.unlinked == ("two/",)


def test_a_page_to_which_only_the_site_map_and_itself_lead_is_listed(changed: Callable[..., Findings]) -> None:
    two = f'<link rel="canonical" href="{ADDRESS}two/"><a href="../index.html">Home</a><a href="index.html">Two</a>'
    site_map = whole_site()["sitemap.xml"].replace("</urlset>", f"<url><loc>{ADDRESS}two/</loc></url></urlset>")
    found = changed(**{"two/index.html": two, "sitemap.xml": site_map})
    assert found.faults == ()
    assert found.unlinked == ("two/",)


def test_the_links_of_a_page_that_nothing_leads_to_are_followed(changed: Callable[..., Findings]) -> None:
    two = '<meta name="robots" content="noindex"><a href="../three/">Three</a>'
    assert only(changed(**{"two/index.html": two})).startswith("missing: two/ line 1 <a href>: three/")


@pytest.mark.parametrize("link", ["/one/", "/librarian/one/", "../../one/index.html", "https://shanhai.example/one/"])
def test_a_link_that_leaves_the_base_path_is_found(changed: Callable[..., Findings], link: str) -> None:
    found = changed("one/index.html", "../index.html", link)
    assert {rule for rule, _ in faults(found)} == {"outside"}
    assert any(place.startswith("one/ line 3") for _, place in faults(found))


def test_an_asset_missing_in_a_style_sheet_is_found_but_not_in_a_comment(changed: Callable[..., Findings]) -> None:
    found = changed("style.css", 'url("mark.svg")', "url(fonts/none.woff2)")
    assert only(found) == "missing: style.css line 3 url(): fonts/none.woff2 is missing (status 404)"


def test_an_imported_style_sheet_is_looked_for(changed: Callable[..., Findings]) -> None:
    assert faults(changed(**{"more.css": None})) == [("missing", "style.css line 2 url()")]


def test_a_missing_picture_of_a_srcset_is_found(changed: Callable[..., Findings]) -> None:
    assert faults(changed("index.html", "mark.svg?2", "large.svg?2")) == [("missing", "home page line 7 <img srcset>")]


def test_a_name_that_differs_in_case_is_told_apart(changed: Callable[..., Findings]) -> None:
    found = changed("index.html", 'src="mark.svg"', 'src="Mark.svg"')
    assert "there is mark.svg, which differs in case" in only(found)
    assert only(found).startswith("case: home page line 7 <img src>")


def test_a_link_to_a_folder_without_its_slash_is_found(changed: Callable[..., Findings]) -> None:
    assert only(changed("index.html", "one/index.html#p1", "one")).startswith("redirect: home page line 6 <a href>")


@pytest.mark.parametrize(
    ("old", "new", "told_as"),
    [
        ('href="https://elsewhere.example/a"', 'href="file:///a"', "opens nothing on the web"),
        ('href="https://elsewhere.example/a"', 'href="http://[a"', "cannot be read as an address"),
        ('src="mark.svg"', 'src=""', "is empty"),
    ],
)
def test_an_address_that_opens_nothing_is_found(
    changed: Callable[..., Findings], old: str, new: str, told_as: str
) -> None:
    assert told_as in only(changed("index.html", old, new))


@pytest.mark.parametrize("link", ["mailto:a@shanhai.example", "tel:1", "data:,a", "javascript:void(0)", ""])
def test_what_leads_to_no_file_is_no_fault(changed: Callable[..., Findings], link: str) -> None:
    assert changed("index.html", "https://elsewhere.example/a", link).faults == ()


def test_what_would_be_fetched_from_another_host_is_found(changed: Callable[..., Findings]) -> None:
    found = changed("index.html", 'src="mark.svg"', 'src="//cdn.example/mark.svg"')
    assert (
        only(found) == "foreign: home page line 7 <img src>: https://cdn.example/mark.svg is fetched from another host"
    )


@pytest.mark.parametrize(
    ("old", "new", "told_as"),
    [
        ("<url><loc>{0}one/</loc></url>", "", "one/ is not in it"),
        ("</urlset>", "<url><loc>{0}one/</loc></url></urlset>", "one/ is in it 2 times"),
        ("</urlset>", "<url><loc>one/</loc></url></urlset>", "one/ is no page"),
        ("</urlset>", "<url><loc>{0}404.html</loc></url></urlset>", "404.html is no page"),
        ("</urlset>", "", "is no XML"),
    ],
)
def test_what_is_wrong_with_the_site_map_is_found(
    changed: Callable[..., Findings], old: str, new: str, told_as: str
) -> None:
    found = changed("sitemap.xml", old.format(ADDRESS), new.format(ADDRESS))
    assert told_as in only(found)


def test_an_address_in_the_site_map_that_does_not_answer_is_found_twice(changed: Callable[..., Findings]) -> None:
    found = changed("sitemap.xml", "</urlset>", f"<url><loc>{ADDRESS}gone/</loc></url></urlset>")
    assert faults(found) == [("missing", "sitemap.xml line 3 address"), ("sitemap", "sitemap.xml")]


def test_a_packed_site_map_of_another_build_is_found(tmp_path: Path) -> None:
    site = written(tmp_path, whole_site())
    packed = site / "sitemap.xml.gz"
    packed.write_bytes(gzip.compress((site / "sitemap.xml").read_bytes()))
    assert check_site(site, ADDRESS).faults == ()
    for other in (gzip.compress(b"<urlset/>"), b"no archive", gzip.compress(b"<urlset/>")[:-9]):
        packed.write_bytes(other)
        assert "differs from sitemap.xml" in only(check_site(site, ADDRESS))


@pytest.mark.parametrize(
    ("old", "new", "told_as"),
    [
        ("library/sitemap.xml", "sitemap.xml", "instead of"),
        ("Allow: /", "Disallow: /", "turns every robot away"),
    ],
)
def test_what_is_wrong_in_robots_txt_is_found(
    changed: Callable[..., Findings], old: str, new: str, told_as: str
) -> None:
    found = changed("robots.txt", old, new)
    assert any(one.rule == "robots" and told_as in one.wrong for one in found.faults)


@pytest.mark.parametrize(
    ("old", "new", "told_as"),
    [
        ("one/", "gone/", "no page of this site"),
        ("feeds/all.xml", "all.xml", "says it stands at"),
        ("<id>urn:x:2</id>", "", "has no id"),
        ("</feed>", "", "is no XML"),
        ("</feed>", "<entry><id>urn:x:2</id></entry></feed>", "has urn:x:2 2 times"),
    ],
)
def test_what_is_wrong_with_a_feed_is_found(changed: Callable[..., Findings], old: str, new: str, told_as: str) -> None:
    found = changed("feeds/all.xml", old, new)
    assert any(one.rule == "feed" and told_as in one.wrong for one in found.faults), told(found)


def test_a_feed_that_no_page_announces_is_listed(changed: Callable[..., Findings]) -> None:
    assert changed("index.html", 'href="feeds/all.xml"', 'href="style.css"').unlinked == ("feeds/all.xml",)


@pytest.mark.parametrize("file", ["one/index.html", "data/articles.bib"])
def test_a_whole_address_that_is_stated_anywhere_must_lead_to_a_page(
    changed: Callable[..., Findings], file: str
) -> None:
    found = changed(file, f"{ADDRESS}one/", f"{ADDRESS}gone/")
    assert any(one.rule == "missing" and one.wrong.startswith("gone/") for one in found.faults)


def test_an_address_for_machines_must_be_whole(changed: Callable[..., Findings]) -> None:
    found = changed("one/index.html", "</head>", '<meta property="og:url" content="one/"></head>')
    assert only(found) == "address: one/ line 2 <meta og:url>: 'one/' is no whole address"


def test_a_data_file_that_is_described_must_be_there(changed: Callable[..., Findings]) -> None:
    assert faults(changed(**{"data/articles.bib": None})) == [
        ("missing", "data/datapackage.json line 0 resources[0]"),
    ]


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"resources": [{}]}', '{"resources": 3}'])
def test_a_damaged_list_of_the_data_files_is_found(changed: Callable[..., Findings], text: str) -> None:
    assert only(changed(**{"data/datapackage.json": text})).startswith("data: data/datapackage.json: does not list")


def test_a_page_for_what_is_missing_with_relative_links_is_found(changed: Callable[..., Findings]) -> None:
    found = changed("404.html", "/library/index.html", "one/index.html")
    assert only(found).startswith("missing: 404.html shown for no/such/page/at/this/depth/ line 1 <a href>")


def test_a_site_without_a_page_for_what_is_missing_is_found(changed: Callable[..., Findings]) -> None:
    assert only(changed(**{"404.html": None})) == "404: 404.html: there is no such file"


@pytest.mark.parametrize(
    ("file", "value", "told_as"),
    [
        ("search/start", {**START, "bits": 2}, "terms/00/02.js: is missing"),
        ("search/start", {**START, "units": 0}, "texts/00/0000.js: is left over"),
        ("search/start", {**START, "version": 9}, "is not of format"),
        ("search/texts/00/0000", [0, "one/", "", "", "", [], [["p9", "p", ""]]], "one/ has no place named #p9"),
        ("search/texts/00/0000", [0, "two/", "", "", "", [], []], "two/ is missing"),
        ("search/texts/00/0000", [0], "is not of format"),
        ("search/names/00", [["page", "", "", "gone/", 1, []]], "gone/ is missing"),
    ],
)
def test_what_is_wrong_with_the_search_index_is_found(
    changed: Callable[..., Findings], file: str, value: object, told_as: str
) -> None:
    found = changed(**{f"{file}.js": statement(file.removeprefix("search/"), value)})
    assert told_as in told(found)


def test_a_file_of_the_search_index_under_another_name_is_found(changed: Callable[..., Findings]) -> None:
    found = changed(**{"search/names/00.js": statement("names/01", [])})
    assert only(found) == 'search: search/names/00.js: is not one statement shanhaiSearch("names/00", …)'


def test_without_a_search_index_the_check_fails(changed: Callable[..., Findings]) -> None:
    found = changed(**{f"search/{name}.js": None for name in SEARCH})
    assert only(found) == "search: search/start.js: is missing (status 404)"


def test_names_outside_of_ascii_are_one_name_however_they_are_written(changed: Callable[..., Findings]) -> None:
    files = {
        "资料.csv": "a\n",
        "one/index.html": whole_site()["one/index.html"].replace("Words", "<a href='../资料.csv'>"),
    }
    assert changed(**files).faults == ()
    files["one/index.html"] = files["one/index.html"].replace("资料", "%E8%B5%84%E6%96%99")
    assert changed(**files).faults == ()


def test_the_address_of_a_site_is_what_its_home_page_says(tmp_path: Path) -> None:
    site = written(tmp_path, whole_site())
    assert stated_address(site) == ADDRESS
    assert check_site(site).address == ADDRESS


def test_a_site_without_an_address_has_no_fault_where_one_is_given_and_none_of_it_is_named(tmp_path: Path) -> None:
    """Links and files are checked as ever; what needs an address must not be there."""
    machines = ("sitemap.xml", "feeds/all.xml")
    links = re.compile(r'<link rel="(?:canonical|alternate)"[^>]*>')
    stated = {"data/articles.bib": "@article{a}\n", "robots.txt": "User-agent: *\nAllow: /\n"}
    files = {name: links.sub("", text) for name, text in whole_site().items() if name not in machines} | stated
    found = check_site(written(tmp_path / "bare", files), ADDRESS)
    assert (found.faults, found.named, found.feeds) == ((), False, 0)
    assert "names no address" in told(found)
    broken = check_site(
        written(tmp_path / "broken", files | {"mark.svg": "", "more.css": "a { b: url(gone) }"}), ADDRESS
    )
    assert [place for _, place in faults(broken)] == ["more.css line 1 url()"]
    half = check_site(written(tmp_path / "half", whole_site() | {"index.html": files["index.html"]}), ADDRESS)
    assert {place for _, place in faults(half)} >= {"one/", "robots.txt", *machines}


@pytest.mark.parametrize("home", [None, "<html><body>No address</body></html>"])
def test_a_folder_that_is_no_site_with_an_address_is_refused(
    tmp_path: Path, home: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, {} if home is None else {"index.html": home})
    with pytest.raises(SiteError):
        check_site(tmp_path)
    assert check.main(["--site", str(tmp_path)]) == check.BAD_USE
    assert str(tmp_path) in capsys.readouterr().err


def test_the_command_fails_where_there_is_a_fault_and_writes_all_findings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site, report = written(tmp_path / "site", whole_site()), tmp_path / "build" / "findings.json"
    assert check.main(["--site", str(site), "--report", str(report)]) == check.OK
    (site / "mark.svg").unlink()
    assert check.main(["--site", str(site), "--report", str(report)]) == check.FAULTY
    assert "mark.svg is missing" in capsys.readouterr().out
    findings = json.loads(report.read_text(encoding="utf-8"))
    assert {one[0] for one in findings["faults"]} == {"missing"}


def test_of_a_page_every_kind_of_reference_is_read() -> None:
    body = """<html><head><base href="x"><meta http-equiv="refresh" content="0; url='a0'">
    <link rel="preconnect" href="x">
    <link rel="icon" href="a1"><script src="a2"></script><style>b{background:url(a3)}</style>
    <script id="__config" type="application/json">{"base": "..", "search": "a4"}</script></head>
    <body style="background:url('a5')"><a href="a6">x</a><video poster="a7"><source src="a8"></video>
    <svg><use href="a9"/></svg><form action="b0"></form><q cite="b1">x</q><object data="b2"></object>
    <area href="b3"><iframe src="b4"></iframe><form name="search"><input type="image" src="b5"></form></body></html>"""
    found = {one.address: one.kind for one in of_html(body.encode(), ADDRESS).references}
    unused = of_html(body.replace('name="search"', "").encode(), ADDRESS).references
    links = {"a0", "../", "a6", "b0", "b1", "b3"}
    assets = {"a1", "a2", "a3", "a4", "a5", "a7", "a8", "a9", "b2", "b4", "b5"}
    assert found == dict.fromkeys(links, "link") | dict.fromkeys(assets, "asset")
    assert found.keys() - {one.address for one in unused} == {"a4"}


class Answer(NamedTuple):
    """What the server says."""

    status: int
    headers: Message
    body: bytes


@pytest.fixture
def answers(tmp_path: Path) -> Iterator[Callable[..., Answer]]:
    """Asks a server of the small site for a path."""
    site = written(tmp_path, whole_site() | {".hidden": "x", "plain.html": "x"})
    with served(site, "/library/") as port:

        def ask(path: str, method: str = "GET") -> Answer:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                connection.request(method, path, headers={"Accept-Encoding": "gzip"})
                with connection.getresponse() as response:
                    return Answer(response.status, response.headers, response.read())

        yield ask


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/library/", 200),
        ("/library/one/", 200),
        ("/library/one/index.html?q=%E5%BC%A0#p1", 200),
        ("/library/one", 301),
        ("/library/One/", 404),
        ("/library/data/", 404),
        ("/library/plain", 404),
        ("/library/.hidden", 404),
        ("/library/../404.html", 404),
        ("/library/one/..%2f..%2fsecret", 404),
        ("/library", 404),
        ("/", 404),
    ],
)
def test_the_server_answers_as_github_pages_does(answers: Callable[..., Answer], path: str, status: int) -> None:
    assert answers(path).status == status


def test_the_server_sends_pages_compressed_and_the_redirect_with_its_target(
    answers: Callable[..., Answer],
) -> None:
    home, missing = answers("/library/"), answers("/library/gone/")
    assert home.headers["Content-Encoding"] == "gzip"
    assert b"canonical" in gzip.decompress(home.body)
    assert b"/library/index.html" in gzip.decompress(missing.body)
    assert answers("/library/one").headers["Location"] == "/library/one/"
    head = answers("/library/", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == home.headers["Content-Length"]


@pytest.fixture(scope="module")
def published_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the sample as it is built for an address below a path."""
    project = copy_project(tmp_path_factory.mktemp("published"))
    done = run(
        project, "shanhai", "build", "--corpus", str(PROJECT / "corpus"), "--site", "site", SHANHAI_SITE_URL=ADDRESS
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


def test_the_site_of_the_sample_has_no_fault_and_no_page_without_a_link(published_sample: Path) -> None:
    found = check_site(published_sample)
    assert found.address == ADDRESS
    assert found.faults == (), told(found)
    assert found.unlinked == ()
    assert found.pages > 300
    assert found.feeds > 10
    assert found.search_files > 10


def test_the_site_of_the_sample_without_an_address_has_no_fault_at_the_top_of_a_host(tmp_path: Path) -> None:
    """Below a path it has one: the page for what is missing is shown at any depth, and takes the top for its own."""
    project = copy_project(tmp_path)
    done = run(project, "shanhai", "build", "--corpus", str(PROJECT / "corpus"))
    assert done.returncode == 0, done.stdout + done.stderr
    found = check_site(project / "site", TOP)
    assert found.faults == (), told(found)
    assert (found.named, found.unlinked) == (False, ())
    below = check_site(project / "site", ADDRESS)
    assert {(one.rule, one.place.partition(" ")[0]) for one in below.faults} == {("outside", "404.html")}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    """One article of the sample."""
    article = min((PROJECT / "corpus").glob("*.txt"))
    return corpus(tmp_path / "corpus", one__txt=article.read_bytes())


def test_gh_deploy_pushes_a_site_that_works_below_its_path(tmp_path: Path, small_corpus: Path) -> None:
    remote, published = tmp_path / "remote.git", tmp_path / "published"
    project = copy_project(tmp_path / "project")
    git(tmp_path, "init", "--quiet", "--bare", str(remote))
    git(project, "init", "--quiet", "--initial-branch=main")
    git(project, "config", "user.name", "Publisher")
    git(project, "config", "user.email", "publisher@shanhai.example")
    git(project, "remote", "add", "origin", str(remote))
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "The project")
    done = run(project, "mkdocs", "gh-deploy", "--strict", SHANHAI_SITE_URL=ADDRESS, SHANHAI_CORPUS=str(small_corpus))
    assert done.returncode == 0, done.stdout + done.stderr
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(remote), str(published))
    assert (published / ".nojekyll").is_file()
    found = check_site(published)
    assert found.address == ADDRESS
    assert found.faults == (), told(found)


def test_the_command_builds_a_corpus_to_check_it_where_no_site_is_given(tmp_path: Path, small_corpus: Path) -> None:
    project = copy_project(tmp_path / "project")
    command = ("python", "-m", "shanhai.publish.check", "--corpus")
    done = run(project, *command, str(small_corpus))
    assert done.returncode == check.OK, done.stdout + done.stderr
    assert done.stdout.startswith(f"{check.EXAMPLE_ADDRESS}: ")
    missing = run(project, *command, str(tmp_path / "nowhere"))
    assert missing.returncode == check.BAD_USE
    assert "could not be built" in missing.stderr
