"""The rendered site: no link leads nowhere, nothing comes from the net, no text of an article is markup."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from pages_fixture import archive
from pages_site import build_site
from sites import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = '<script>alert(1)</script> </title><img src=x onerror=alert(2)> {{ 7*7 }} "a" &lt;b&gt; | {: onclick=x }'
MOST_ARTICLE_BYTES = 120_000
OWN_STYLES = sorted((PROJECT / "site_overrides" / "assets" / "shanhai").glob("*.css"))
LOADED = {"stylesheet", "icon", "preload", "modulepreload", "prefetch"}
"""The kinds of `<link>` that a browser follows by itself."""

EVERY_PAGE_OF_THE_NAVIGATION = (
    "",
    "articles",
    "provinces",
    "pairs",
    "themes",
    "phrases",
    "practices",
    "years",
    "sources",
    "how-made",
    "how-tagged",
    "downloads",
    "about",
    "help",
    "en",
)


class Page(HTMLParser):
    """What a test asks of a page: where it links, which anchors it has, what it loads, which handlers it carries."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: Counter[str] = Counter()
        self.loads: list[str] = []
        self.handlers: list[str] = []
        self.tags: Counter[str] = Counter()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.tags[tag] += 1
        self.handlers += [key for key in given if key.startswith("on")]
        if "id" in given:
            self.anchors[given["id"]] += 1
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "link" and given.get("rel") in LOADED:
            self.loads.append(given["href"])
        if "src" in given:
            self.loads.append(given["src"])


def articles_of(parsed: dict[str, Page]) -> list[str]:
    """The pages of articles, without their apparatus."""
    return [name for name in parsed if re.fullmatch(r"articles/[^/]+/[^/]+/index\.html", name)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the fixture, one of its titles hostile."""
    return build_site(tmp_path_factory.mktemp("pages"), archive(titles={3: HOSTILE}))


@pytest.fixture(scope="module")
def parsed(site: Path) -> dict[str, Page]:
    """Path below the site -> page, for every HTML file."""
    return {
        path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


def test_every_link_leads_to_a_file_of_the_site_and_every_anchor_is_there(site: Path, parsed: dict[str, Page]) -> None:
    broken = []
    for name, page in parsed.items():
        for link in page.links:
            if name == "404.html" or link.startswith("javascript:void(0)"):
                continue
            path, _, anchor = link.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            file = f"{target}/index.html".removeprefix("./") if (site / target).is_dir() else target
            if not (site / file).is_file() or (anchor and anchor not in parsed[file].anchors):
                broken.append((name, link))
    assert broken == []


def test_no_anchor_stands_twice_on_a_page(parsed: dict[str, Page]) -> None:
    twice = {name: [key for key, count in page.anchors.items() if count > 1] for name, page in parsed.items()}
    assert {name: keys for name, keys in twice.items() if keys} == {}


def test_nothing_is_loaded_from_the_net(parsed: dict[str, Page]) -> None:
    assert {name: page.loads for name, page in parsed.items() if any("//" in one for one in page.loads)} == {}
    styles = "".join(path.read_text(encoding="utf-8") for path in OWN_STYLES)
    addresses = re.findall(r"url\(([^)]*)\)|@import", styles)
    assert [one for one in addresses if "//" in one or not one] == []


def test_the_links_of_the_map_and_the_tags_lead_to_our_own_pages(site: Path, parsed: dict[str, Page]) -> None:
    home = parsed["index.html"]
    assert "provinces/guizhou/index.html" in home.links
    name = next(one for one in articles_of(parsed) if one.startswith("articles/2019/"))
    chips = re.findall(r'<a href="([^"]*)" class="md-tag">', (site / name).read_text(encoding="utf-8"))
    assert len(chips) == 4
    assert all(chip.startswith(("../../../provinces/", "../../../themes/")) for chip in chips)


def test_a_hostile_title_adds_no_script_no_image_and_no_handler(parsed: dict[str, Page]) -> None:
    name = next(one for one in articles_of(parsed) if one.startswith("articles/2017/"))
    other = next(one for one in articles_of(parsed) if one.startswith("articles/2019/"))
    assert parsed[name].tags["script"] == parsed[other].tags["script"]
    assert parsed[name].tags["img"] == parsed[other].tags["img"]
    assert all(not page.handlers for page in parsed.values())


def test_an_article_page_stays_light(site: Path, parsed: dict[str, Page]) -> None:
    sizes = {name: (site / name).stat().st_size for name in parsed if name.startswith("articles/")}
    assert max(sizes.values()) <= MOST_ARTICLE_BYTES


def test_articles_stand_in_no_navigation(site: Path) -> None:
    home = (site / "index.html").read_text(encoding="utf-8")
    sidebar = home.partition('data-md-type="navigation"')[2].partition("</nav>")[0]
    assert "articles/20" not in sidebar


def test_the_generator_is_not_advertised_in_the_footer(site: Path) -> None:
    assert "Made with" not in (site / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EVERY_PAGE_OF_THE_NAVIGATION)
def test_every_page_of_the_navigation_is_built(parsed: dict[str, Page], name: str) -> None:
    assert posixpath.join(name, "index.html") in parsed


def test_the_search_index_holds_the_texts_of_articles_but_no_apparatus(site: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((site / "search" / "texts").rglob("*.js"))]
    assert any("articles/2018/" in one for one in texts)
    assert not any("SHA-256" in one or "/apparatus/" in one for one in texts)
