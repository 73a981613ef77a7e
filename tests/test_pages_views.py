"""Views of an archive: by province, theme, year and pair, and each article's neighbours."""

from __future__ import annotations

import msgspec

from pages_fixture import archive, article
from shanhai.annotate.gazetteer import provinces
from shanhai.annotate.vocabulary import themes
from shanhai.relate.views import MOST_RELATED, UNDATED, Archive, province_of, units, view, year


def test_every_article_stands_under_each_of_its_provinces_and_themes() -> None:
    views = view(archive())
    for one in views.newest:
        assert all(one in views.by_province[name] for name in one.annotations.provinces)
        assert all(one in views.by_theme[tag.label] for tag in one.annotations.themes)
    assert sum(len(group) for group in views.by_province.values()) == 24


def test_lists_run_from_the_newest_to_the_oldest_with_the_undated_last() -> None:
    newest = view(archive()).newest
    dates = [one.described.date_edtf for one in newest]
    assert dates[:-1] == sorted(dates[:-1], reverse=True)
    assert dates[-1] == ""


def test_a_year_alone_is_enough_for_the_year_view_and_no_date_goes_to_its_own_bin() -> None:
    by_year = view(archive()).by_year
    assert [one.described.date_edtf for one in by_year["2001"]] == ["2001"]
    assert [one.described.date_edtf for one in by_year[UNDATED]] == [""]


def test_a_pair_gathers_its_articles_its_earliest_year_and_its_rounds() -> None:
    pair = next(one for one in view(archive()).pairs if one.origin == "江苏省")
    assert (pair.target, len(pair.articles), pair.since, pair.rounds) == ("贵州省", 3, 2017, (2016,))


def test_the_matrix_counts_articles_not_statements() -> None:
    one = article(3)
    pair = one.annotations.pairs[0]
    county = msgspec.structs.replace(pair, target="贵州省遵义市湄潭县")
    twice = msgspec.structs.replace(one, annotations=msgspec.structs.replace(one.annotations, pairs=(pair, county)))
    matrix = view(Archive(articles=(twice,), rejected=(), repairs={}, files=1)).matrix
    assert matrix == {("江苏省", "贵州省"): 1}


def test_related_articles_share_a_pair_first_then_a_province_and_theme_and_never_exceed_the_limit() -> None:
    views = view(archive(range(60)))
    for identifier, related in views.related.items():
        assert len(related) <= MOST_RELATED
        assert identifier not in {one.article.id for one in related}
        shared = [one.pair is not None for one in related]
        assert shared == sorted(shared, reverse=True)
        assert all(one.pair or one.province_theme for one in related)


def test_a_reprint_is_not_offered_as_a_related_article() -> None:
    whole = archive(range(24))
    first, second = (one for one in whole.articles if one.described.date_edtf == "2017-03-08")
    marked = msgspec.structs.replace(first, reprints=(second.id,))
    articles = tuple(marked if one is first else one for one in whole.articles)
    related = view(msgspec.structs.replace(whole, articles=articles)).related[first.id]
    assert second.id not in {one.article.id for one in related}


def test_units_of_a_province_are_counted_by_article() -> None:
    assert units(archive().articles, "贵州省", "county") == [("贵州省遵义市湄潭县", 3)]


def test_a_full_name_tells_its_province_and_a_stranger_has_none() -> None:
    assert province_of("贵州省遵义市湄潭县") == "贵州省"
    assert province_of("火星") is None


def test_there_are_34_provinces_on_34_tiles_and_16_themes() -> None:
    assert len({(one.row, one.column) for one in provinces()}) == len(provinces()) == 34
    assert len({one.slug for one in themes()}) == 16


def test_the_year_of_an_article_follows_its_date_and_else_what_is_known_of_it() -> None:
    assert [year(article(number)) for number in (0, 1, 7, 11)] == ["1996", "2001", "2020", UNDATED]
