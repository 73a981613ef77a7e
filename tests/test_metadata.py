"""What a page says of itself to machines: well-formed, escaped for its place, and nothing that is not known."""

from __future__ import annotations

import html
import json
import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import lxml.html
import markdown
import msgspec
import pytest
import yaml
from jinja2 import Environment, FileSystemLoader

from cited import SITE, cited, placed
from shanhai.pages.articles import metadata
from shanhai.pages.escape import visible
from shanhai.pages.markdown import front_matter
from shanhai.records import Place
from sites import PROJECT

ADDRESS = "https://news.example.cn/a.html"
HOSTILE = yaml.safe_load(Path(__file__).with_name("injection.yml").read_text(encoding="utf-8"))


def head(article=None, *, site_url="", url="articles/2019/x/", title="题"):
    """The head that the partial prints for an article, or for another page at `url`, as MkDocs would render it."""
    fields = {"title": article.described.title, "description": "开头"} | metadata.front(article) if article else {}
    meta = yaml.safe_load(front_matter(fields).removeprefix("---\n").removesuffix("---\n")) if article else {}
    page = SimpleNamespace(
        meta=meta, url=url, title=title, is_homepage=not url, canonical_url=site_url + url if site_url else None
    )
    config = SimpleNamespace(site_name="山海文库", site_description="新闻文献库", site_url=site_url)
    shown = _environment().get_template("partials/metadata.html").render(page=page, config=config)
    return lxml.html.fromstring(f"<html><head>{shown}</head><body></body></html>")


@cache
def _environment():
    return Environment(loader=FileSystemLoader(PROJECT / "site_overrides"), autoescape=False)  # noqa: S701 - as in MkDocs


def tags(document):
    return [(one.get("name") or one.get("property"), one.get("content")) for one in document.iter("meta")]


def linked_data(document):
    (script,) = document.xpath("//script")
    assert script.get("type") == "application/ld+json"
    return json.loads(script.text)


def test_an_article_says_who_what_when_and_where_in_three_vocabularies():
    one = cited(url=ADDRESS)
    said = tags(head(one, site_url=SITE))
    for tag in (
        ("citation_title", "晒谷场上的账本"),
        ("citation_author", "林一"),
        ("citation_author", "何二"),
        ("citation_publication_date", "2019/03/11"),
        ("citation_date", "2019-03-11"),
        ("citation_public_url", f"{SITE}articles/2019/x/"),
        ("DC.type", "newspaperArticle"),
        ("DC.creator", "何二"),
        ("DC.source", "山海样报"),
        ("DC.identifier", one.id),
        ("DC.subject", "教育帮扶"),
        ("DCTERMS.isVersionOf", ADDRESS),
        ("DCTERMS.spatial", "浙江省"),
        ("og:type", "article"),
        ("article:published_time", "2019-03-11"),
    ):
        assert tag in said


def test_without_an_address_of_the_site_no_address_is_printed():
    said = dict(tags(head(cited())))
    assert not {"citation_public_url", "og:url", "DCTERMS.isVersionOf"} & set(said)
    assert "url" not in linked_data(head(cited()))


def test_the_news_article_of_schema_org():
    one = cited(url=ADDRESS)
    told = linked_data(head(one, site_url=SITE))
    assert told["@type"] == "NewsArticle"
    assert told["headline"] == "晒谷场上的账本"
    assert told["datePublished"] == "2019-03-11"
    assert told["author"] == [{"@type": "Person", "name": "林一"}, {"@type": "Person", "name": "何二"}]
    assert told["publisher"] == {"@type": "NewsMediaOrganization", "name": "山海样报"}
    assert told["isBasedOn"] == ADDRESS
    assert told["url"] == f"{SITE}articles/2019/x/"
    assert {"@type": "DefinedTerm", "name": "教育帮扶", "alternateName": "Education"} in told["about"]
    assert told["spatialCoverage"][0] == {
        "@type": "Place",
        "name": "浙江省",
        "identifier": {"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": "330000"},
    }


def test_a_date_that_is_a_conclusion_is_said_with_its_doubt():
    document = head(cited(edtf="2020", origin="inferred"))
    said = dict(tags(document))
    assert (said["citation_date"], said["DC.date"]) == ("2020?", "2020?")
    assert not {"citation_publication_date", "article:published_time"} & set(said)
    assert linked_data(document)["datePublished"]["@value"] == "2020?"


def test_an_undated_article_has_no_date_at_all():
    document = head(cited(edtf=""))
    assert not [name for name, _ in tags(document) if "date" in name or "time" in name]
    assert "datePublished" not in linked_data(document)


def test_an_agency_is_an_organisation():
    told = linked_data(head(cited(authors=(), agency="新华社")))
    assert told["author"] == [{"@type": "Organization", "name": "新华社"}]


def test_a_compilation_names_at_most_thirty_places_the_provinces_first():
    one = cited()
    evidence = one.annotations.places[0].evidence
    counties = [
        Place(name=f"浙江省第{n}县", code=f"33{n:04}", level="county", role="subject", evidence=evidence * (n % 5 + 1))
        for n in range(100, 180)
    ]
    mention = Place(name="山东省", code="370000", level="province", role="mention", evidence=evidence)
    found = msgspec.structs.replace(one.annotations, places=(*one.annotations.places, *counties, mention))
    places = metadata.front(msgspec.structs.replace(one, annotations=found))["bibliography"]["places"]
    assert len(places) == 30
    assert {"浙江省", "四川省"} <= set(places.values())
    assert "山东省" not in places.values()
    assert list(places) == sorted(places)


def test_home_page_and_lists_say_what_they_are():
    home = linked_data(head(url="", site_url=SITE))
    assert (home["@type"], home["hasPart"]["@type"]) == ("WebSite", "Dataset")
    assert f"{SITE}data/articles.ris" in [one["contentUrl"] for one in home["hasPart"]["distribution"]]
    listed = linked_data(head(url="years/2019/", title="2019 年", site_url=SITE))
    assert (listed["@type"], listed["name"], listed["url"]) == ("CollectionPage", "2019 年", f"{SITE}years/2019/")
    assert not head(url="help/").xpath("//script | //meta")


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case["case"])
def test_hostile_text_is_inert_in_the_head(case):
    text = case["text"]
    said = visible(text).strip()
    document = head(cited(title=text if said else "题", authors=(text,), source=text, url=ADDRESS), site_url=SITE)
    plain = cited(authors=("林一",) if said else (), source="报" if said else "", url=ADDRESS)
    assert [one.tag for one in document.find("head")] == [one.tag for one in head(plain, site_url=SITE).find("head")]
    if said:
        named = ("citation_title", "DC.creator", "DC.source", "og:title")
        values = [value for name, value in tags(document) if name in named]
        assert values == [said] * 4
        told = linked_data(document)
        assert (told["headline"], told["author"][0]["name"], told["publisher"]["name"]) == (said, said, said)
    for script in document.xpath("//script"):
        assert not re.search("[<>\u2028\u2029]", script.text)


def test_a_span_for_a_list_survives_markdown_and_shows_and_says_nothing():
    line = f"- [题](a.md) {metadata.coins(cited())}"
    rendered = markdown.markdown(line, extensions=["attr_list", "tables", "md_in_html", "def_list"])
    (span,) = lxml.html.fromstring(rendered).xpath("//span")
    assert span.get("class") == "Z3988"
    assert span.get("aria-hidden") == "true"
    assert not span.text_content()
    assert span.get("title") == html.unescape(re.search(r'title="([^"]*)"', metadata.coins(cited()))[1])


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case["case"])
def test_hostile_text_is_inert_in_a_span(case):
    text = case["text"]
    span = metadata.coins(placed(cited(title=text, authors=(text,), source=text)))
    assert re.fullmatch(r'<span class="Z3988" title="[\w.%&=;~/:-]*" aria-hidden="true"></span>', span, re.ASCII)
    rendered = markdown.markdown(f"- 题 {span}", extensions=["attr_list", "tables", "md_in_html"])
    assert span in rendered


def test_a_span_is_small():
    """200 of them, with titles of ordinary length, add at most 125 kB to a list page."""
    assert len(metadata.coins(placed(cited(title="长" * 22, url=ADDRESS)))) < 625
