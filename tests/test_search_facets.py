"""Facets: by what hits are narrowed, with which labels, and by which articles."""

from __future__ import annotations

import json
import re

import pytest

from pages_fixture import archive, article, views_of, with_claims
from shanhai.annotate import gazetteer
from shanhai.annotate.vocabulary import themes
from shanhai.pages import targets
from shanhai.records import Evidence, Pair, Place
from shanhai.relate.facts import source
from shanhai.relate.views import view
from shanhai.search.codes import ALPHABET
from shanhai.search.facets import FACETS, facet_files
from shanhai.search.labels import pair_labels, place_labels

SEEN = Evidence(quote="县", start=0, end=1, rule="PLACE-01")
CALL = re.compile(r'shanhaiSearch\("(facets/[a-z]+)", ?(.*)\)\n', re.DOTALL)


def place(code, role="subject"):
    one = gazetteer.unit(code)
    return Place(name=gazetteer.full_name(code), code=code, level=one.level, role=role, evidence=(SEEN,))


def pair(origin, target):
    return Pair(
        origin=gazetteer.full_name(origin),
        target=gazetteer.full_name(target),
        since=None,
        evidence=SEEN,
        official_round=None,
    )


def numbers_of(views):
    return {one.id: number for number, one in enumerate(reversed(views.newest))}


def unpacked(text):
    pieces = zip(text[::2], text[1::2], strict=True)
    return "".join(f"{ALPHABET.index(one) * 91 + ALPHABET.index(other):013b}" for one, other in pieces)


def lists(bits, counts):
    """The rising numbers of each value, read bit by bit as the format says."""
    at = 0
    for count in counts:
        parameter, at, last = int(bits[at : at + 5], 2), at + 5, -1
        found = []
        for _ in range(count):
            zero = bits.index("0", at)
            low = bits[zero + 1 : zero + 1 + parameter]
            last += 1 + ((zero - at) << parameter | int(low or "0", 2))
            at = zero + 1 + parameter
            found.append(last)
        yield found


def read(views):
    """Facet -> [(value, articles' numbers)], in the order of its file."""
    made = {}
    for path, text in facet_files(views, numbers_of(views)):
        call = CALL.fullmatch(text)
        assert path == f"{call[1]}.js"
        values, stream = json.loads(call[2])
        found = lists(unpacked(stream), [value[3] for value in values])
        made[path] = list(zip(map(tuple, values), found, strict=True))
    return {path.removeprefix("facets/").removesuffix(".js"): values for path, values in made.items()}


def by_key(views, facet):
    return {value[0]: found for value, found in read(views)[facet]}


def labels(views, facet):
    return {value[0]: value[1] for value, _ in read(views)[facet]}


FIXTURE = view(archive())


def expected(asked):
    """Key -> numbers of the articles for which the question gives that key."""
    numbers, found = numbers_of(FIXTURE), {}
    for one in FIXTURE.newest:
        for key in asked(one):
            found.setdefault(key, set()).add(numbers[one.id])
    return {key: sorted(some) for key, some in found.items()}


SLUGS = {one.label: one.slug for one in themes()}
QUESTIONS = {
    "province": lambda one: [targets.province(name).slug for name in one.annotations.provinces],
    "theme": lambda one: [SLUGS[tag.label] for tag in one.annotations.themes],
    "source": lambda one: [targets.source_page(source(one))[8:-3]] if source(one) else [],
    "pair": lambda one: [
        f"{gazetteer.code_of(said.origin)}-{gazetteer.code_of(said.target)}" for said in one.annotations.pairs
    ],
}


@pytest.mark.parametrize("facet", QUESTIONS)
def test_a_value_has_just_the_articles_that_say_it(facet):
    assert by_key(FIXTURE, facet) == expected(QUESTIONS[facet])


def test_there_is_a_file_for_each_facet_in_their_order():
    assert [path for path, _ in facet_files(FIXTURE, numbers_of(FIXTURE))] == [f"facets/{one}.js" for one in FACETS]


@pytest.mark.parametrize("facet", FACETS)
def test_the_most_frequent_value_comes_first_then_by_label_and_the_count_is_that_of_its_list(facet):
    found = read(FIXTURE)[facet]
    assert found
    assert [(-value[3], value[1]) for value, _ in found] == sorted((-value[3], value[1]) for value, _ in found)
    assert all(value[3] == len(articles) for value, articles in found)
    assert len({value[0] for value, _ in found}) == len(found)


def test_a_county_counts_for_its_prefecture_too_and_a_mere_mention_for_nothing():
    first = with_claims(article(0), places=(place("520627"), place("520000")))
    other = with_claims(article(1), places=(place("520600"), place("520627", "mention"), place("520000")))
    views = views_of(first, other)
    numbers = numbers_of(views)
    found = by_key(views, "county")
    assert found["guizhou/tongren/yanhe"] == [numbers[first.id]]
    assert found["guizhou/tongren"] == sorted(numbers.values())
    assert set(found) == {"guizhou/tongren", "guizhou/tongren/yanhe"}
    assert by_key(views, "province") == {"guizhou": sorted(numbers.values())}


def test_english_names_stand_beside_places_and_themes():
    found = {value[0]: value[2] for values in read(FIXTURE).values() for value, _ in values}
    assert found["guizhou"] == "Guizhou"
    assert found["guizhou/zunyi/meitan"] == "Meitan County"
    assert found["industry"] == "Industry"


def test_a_county_is_labelled_by_its_own_name_and_told_apart_only_where_another_has_the_same():
    gulou = {"320106": "南京市", "320302": "徐州市", "350102": "福建"}
    assert place_labels(["520627"]) == {"520627": "沿河土家族自治县"}
    assert place_labels(["320106"]) == {"320106": "鼓楼区"}
    assert place_labels(["320106", "350102"]) == {
        "320106": "鼓楼区\uff08江苏\uff09",
        "350102": "鼓楼区\uff08福建\uff09",
    }
    assert place_labels(gulou) == {code: f"鼓楼区\uff08{beside}\uff09" for code, beside in gulou.items()}


def test_no_two_units_of_today_have_one_label():
    codes = [one.code for one in gazetteer.units() if one.last_year is None]
    found = place_labels(codes)
    assert set(found) == set(codes)
    assert len(set(found.values())) == len(codes)


def test_a_pair_is_labelled_by_short_names_of_provinces_and_own_names_below():
    codes = [("320000", "520000"), ("320500", "520600"), ("320000", "520627")]
    assert list(pair_labels(codes).values()) == ["江苏 → 贵州", "苏州市 → 铜仁市", "江苏 → 沿河土家族自治县"]
    views = views_of(with_claims(article(0), pairs=(pair("320500", "520600"),)))
    assert labels(views, "pair") == {"320500-520600": "苏州市 → 铜仁市"}


def test_an_archive_of_nothing_has_facets_of_nothing():
    assert read(views_of()) == {name: [] for name in FACETS}


def test_the_same_articles_in_another_order_give_the_same_files():
    articles = [article(number) for number in range(12)]
    one, other = views_of(*articles), views_of(*reversed(articles))
    assert list(facet_files(one, numbers_of(one))) == list(facet_files(other, numbers_of(other)))
