"""Feeds and robots.txt: what a reader of feeds and a crawler are told."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pages_fixture import PLANS, archive, article, dated, views_of, with_claims, with_facts
from shanhai.annotate.gazetteer import provinces
from shanhai.annotate.vocabulary import themes
from shanhai.pages.feeds import (
    MOST_ENTRIES,
    SITE_FEED,
    SUMMARY_CHARS,
    announced,
    feeds,
    province_feed,
    subscription,
    theme_feed,
)
from shanhai.publish.robots import robots
from shanhai.records import GivenMetadata
from shanhai.relate.facts import date_of
from shanhai.relate.views import view

SITE = "https://example.org/lib/"
ATOM = {"a": "http://www.w3.org/2005/Atom", "dc": "http://purl.org/dc/elements/1.1/"}
URN = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
FIXTURE = view(archive())


def read(text):
    return etree.fromstring(text.encode())


def entries(text):
    return read(text).findall("a:entry", ATOM)


def told(entry, name):
    return [one.text for one in entry.findall(f"a:{name}", ATOM)]


def links(element, rel):
    return [one.get("href") for one in element.findall("a:link", ATOM) if one.get("rel") == rel]


def feed_of(*articles):
    return feeds(views_of(*articles), SITE)[SITE_FEED]


def only_entry(one):
    (entry,) = entries(feed_of(one))
    return entry


def whole(date):
    return datetime.fromisoformat(date)


def test_there_is_a_feed_of_the_site_and_of_each_province_and_theme_with_a_dated_article():
    shown = [one for one in FIXTURE.newest if date_of(one)]
    names = {name for one in shown for name in one.annotations.provinces}
    labels = {tag.label for one in shown for tag in one.annotations.themes}
    expected = {SITE_FEED, *map(province_feed, names), *map(theme_feed, labels)}
    assert set(feeds(FIXTURE, SITE)) == expected
    assert province_feed("贵州省") == "feeds/provinces/guizhou.xml"
    assert theme_feed("产业帮扶") == "feeds/themes/industry.xml"


def test_without_the_address_of_the_site_there_is_no_feed():
    assert feeds(FIXTURE, "") == {}


@pytest.mark.parametrize("path", sorted(feeds(FIXTURE, SITE)))
def test_every_feed_has_what_the_standard_asks_for_once_each(path):
    feed = read(feeds(FIXTURE, SITE)[path])
    assert feed.tag == f"{{{ATOM['a']}}}feed"
    for element in (feed, *feed.findall("a:entry", ATOM)):
        assert [len(told(element, name)) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert element.findtext("a:title", namespaces=ATOM).strip()
        assert URN.fullmatch(told(element, "id")[0])
        assert whole(told(element, "updated")[0]).utcoffset() == timedelta(hours=8)
        assert len(links(element, "alternate")) == 1
        assert all(href.startswith(SITE) for href in links(element, "alternate"))
    assert links(feed, "self") == [SITE + path]
    assert feed.findtext("a:author/a:name", namespaces=ATOM) == "山海文库"
    assert feed.find("a:rights", ATOM) is None


def test_a_feed_is_as_new_as_its_newest_entry_and_runs_from_the_newest():
    for text in feeds(FIXTURE, SITE).values():
        days = [told(entry, "updated")[0] for entry in entries(text)]
        assert days == sorted(days, reverse=True)
        assert told(read(text), "updated") == [max(days)]


def test_no_id_stands_twice_in_a_feed_and_all_feeds_differ():
    made = feeds(FIXTURE, SITE)
    for text in made.values():
        ids = [told(entry, "id")[0] for entry in entries(text)]
        assert len(set(ids)) == len(ids)
    assert len({told(read(text), "id")[0] for text in made.values()}) == len(made)


def test_the_id_of_an_entry_stays_when_the_site_moves_and_that_of_a_feed_tells_two_sites_apart():
    here, there = (read(feeds(FIXTURE, site)[SITE_FEED]) for site in (SITE, "https://other.example/"))
    ids = [[told(entry, "id") for entry in one.findall("a:entry", ATOM)] for one in (here, there)]
    assert ids[0] == ids[1]
    assert told(here, "id") != told(there, "id")


def test_an_entry_leads_to_the_page_of_its_article():
    one = article(3)
    assert links(only_entry(one), "alternate") == [f"{SITE}{one.path}/"]


def test_the_address_of_the_site_may_lack_its_last_slash():
    assert feeds(FIXTURE, SITE.rstrip("/")) == feeds(FIXTURE, SITE)


@pytest.mark.parametrize(
    ("edtf", "first_day"),
    [
        ("2019-06-02", "2019-06-02"),
        ("2020-11", "2020-11-01"),
        ("2001", "2001-01-01"),
        ("2012~", "2012-01-01"),
        ("2017-03/2017-05", "2017-03-01"),
    ],
)
def test_a_date_that_is_known_in_part_stands_at_its_first_day_in_china(edtf, first_day):
    assert told(only_entry(dated(article(2), edtf)), "updated") == [f"{first_day}T00:00:00+08:00"]


@pytest.mark.parametrize(
    ("edtf", "origin", "said"),
    [("2019-06-02", "given", 1), ("2019-06-02", "inferred", 0), ("2019-06", "given", 0), ("2019", "given", 0)],
)
def test_only_a_whole_day_that_was_not_concluded_is_said_to_be_the_day_of_publication(edtf, origin, said):
    assert len(told(only_entry(dated(article(2), edtf, origin)), "published")) == said


@pytest.mark.parametrize("edtf", ["", "XXXX", "2019-02-31"])
def test_an_article_without_a_day_in_the_calendar_stands_in_no_feed(edtf):
    assert feeds(views_of(dated(article(2), edtf)), SITE) == {}


def test_a_feed_holds_the_fifty_newest():
    many = [dated(article(number), f"20{number:02}-01-01") for number in range(len(PLANS) * 5)]
    found = entries(feed_of(*many))
    assert len(many) > MOST_ENTRIES == 50
    assert [told(entry, "updated")[0][:4] for entry in found] == [f"20{year}" for year in range(59, 9, -1)]


def test_the_summary_is_the_beginning_of_the_text_on_one_line():
    long = only_entry(with_facts(article(1), text="水渠\n\n" + "引水" * SUMMARY_CHARS))
    assert told(long, "summary")[0].startswith("水渠 引水引水")
    assert len(told(long, "summary")[0]) == SUMMARY_CHARS
    assert told(long, "summary")[0].endswith("…")
    assert told(only_entry(with_facts(article(1), text="水渠修好了。")), "summary") == ["水渠修好了。"]


@pytest.mark.parametrize(
    ("authors", "source", "names"),
    [
        (("林一", "何二"), "山海周报", ["林一", "何二"]),
        ((), "山海周报", ["山海周报"]),
        ((), None, []),
    ],
)
def test_the_author_is_who_wrote_it_else_the_publication_else_the_feed_alone(authors, source, names):
    entry = only_entry(with_facts(article(1), authors=authors, source=source, agency=None))
    assert [one.text for one in entry.findall("a:author/a:name", ATOM)] == names
    assert [one.text for one in entry.findall("dc:publisher", ATOM)] == [source][: bool(source)]


def test_provinces_and_themes_are_categories_whose_scheme_and_term_are_the_address_of_their_page():
    slugs = {one.name: one.slug for one in provinces()} | {one.label: one.slug for one in themes()}
    found = {
        (one.get("scheme"), one.get("term"), one.get("label"))
        for one in only_entry(article(6)).findall("a:category", ATOM)
    }
    places = {(f"{SITE}provinces/", slugs[name], name) for name in ("江苏省", "贵州省")}
    assert found == places | {(f"{SITE}themes/", slugs[label], label) for label in ("劳务协作", "产业帮扶")}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://paper.example/2019/1.html", ["https://paper.example/2019/1.html"]),
        ("javascript:alert(1)", []),
        (None, []),
    ],
)
def test_the_first_address_of_an_article_is_named_where_it_is_one_of_the_web(url, shown):
    raw = msgspec.structs.replace(article(1).described.raw, given=GivenMetadata(url=url))
    assert links(only_entry(with_facts(article(1), raw=raw)), "via") == shown


@given(st.text(min_size=1, max_size=60))
def test_whatever_characters_a_text_holds_the_feed_can_be_read_and_shows_them_as_text(words):
    one = with_facts(article(1), title=f"账{words}", text=f"账{words}", source=f"报{words}", authors=(f"人{words}",))
    entry = only_entry(one)
    (title,) = told(entry, "title")
    assert title.startswith("账")
    kept = [character for character in words if character.isalnum()]
    assert [character for character in title[1:] if character.isalnum()] == kept


def test_markup_in_a_title_stays_text():
    entry = only_entry(with_facts(article(1), title="<b>账</b>&amp;]]>"))
    assert told(entry, "title") == ["<b>账</b>&amp;]]>"]


def test_the_same_archive_gives_the_same_feeds():
    assert feeds(view(archive()), SITE) == feeds(FIXTURE, SITE)


def test_a_page_announces_a_feed_just_where_it_is_written():
    addressed = [msgspec.structs.replace(one, address=f"{SITE}{one.path}/") for one in FIXTURE.newest]
    views = views_of(*addressed)
    written = set(feeds(views, SITE))
    for one in provinces():
        path = province_feed(one.name)
        assert announced(path, views.by_unit.get(one.code, ())) == (path if path in written else "")
    for one in themes():
        path = theme_feed(one.label)
        assert announced(path, views.by_theme.get(one.label, ())) == (path if path in written else "")
    assert announced(SITE_FEED, views.newest) == SITE_FEED
    assert announced(SITE_FEED, FIXTURE.newest) == ""
    assert announced(SITE_FEED, [dated(addressed[0], "")]) == ""


def test_a_page_shows_a_link_to_its_feed_where_there_is_one():
    assert subscription(province_feed("贵州省"), "provinces/guizhou.md").endswith("](../feeds/provinces/guizhou.xml)")
    assert subscription("", "provinces/guizhou.md") == ""


def test_an_archive_of_nothing_has_no_feeds():
    assert feeds(views_of(), SITE) == {}


def test_an_article_about_no_place_and_theme_stands_in_the_feed_of_the_site():
    one = with_claims(article(2), places=(), themes=())
    assert set(feeds(views_of(one), SITE)) == {SITE_FEED}


def test_robots_may_read_everything_and_are_told_of_the_sitemap_where_its_address_is_known():
    assert robots("") == "User-agent: *\nAllow: /\n"
    expected = "User-agent: *\nAllow: /\n\nSitemap: https://example.org/lib/sitemap.xml\n"
    assert robots(SITE) == robots(SITE.rstrip("/")) == expected
