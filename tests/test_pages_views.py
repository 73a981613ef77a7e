"""Views of an archive: by province, theme, year and pair, and each article's neighbours."""

from __future__ import annotations

import msgspec

from pages_fixture import archive, archive_of, article, with_claims
from shanhai.annotate import gazetteer
from shanhai.annotate.gazetteer import provinces
from shanhai.annotate.vocabulary import themes
from shanhai.relate.facts import month, province_of, year
from shanhai.relate.identity import UNDATED
from shanhai.relate.views import view


def test_every_article_stands_under_each_of_its_provinces_and_themes() -> None:
    views = view(archive())
    for one in views.newest:
        assert all(one in views.by_unit[gazetteer.code_of(name)] for name in one.annotations.provinces)
        assert all(one in views.by_theme[tag.label] for tag in one.annotations.themes)
    assert sum(views.provinces.values()) == 24


def test_lists_run_from_the_newest_to_the_oldest_with_the_undated_last() -> None:
    newest = view(archive()).newest
    dates = [one.described.date_edtf for one in newest]
    assert dates[:-1] == sorted(dates[:-1], reverse=True)
    assert dates[-1] == ""


def test_a_year_alone_is_enough_for_the_year_view_and_no_date_goes_to_its_own_bin() -> None:
    by_year = view(archive()).by_year
    assert [one.described.date_edtf for one in by_year["2001"]] == ["2001"]
    assert [one.described.date_edtf for one in by_year[UNDATED]] == [""]


def test_a_pair_gathers_its_articles_and_its_earliest_year() -> None:
    pair = next(one for one in view(archive()).pairs if one.origin == "江苏省")
    assert (pair.target, len(pair.articles), pair.since) == ("贵州省", 3, 2017)
    assert (pair.origin_code, pair.target_code) == ("320000", "520000")


def test_the_matrix_counts_articles_not_statements() -> None:
    one = article(3)
    pair = one.annotations.pairs[0]
    county = msgspec.structs.replace(pair, target="贵州省遵义市湄潭县")
    twice = with_claims(one, pairs=(pair, county))
    matrix = view(archive_of(twice)).matrix
    assert matrix == {("江苏省", "贵州省"): 1}


def test_a_unit_holds_the_articles_about_it_and_about_the_units_below_it() -> None:
    views = view(archive())
    county, prefecture, province = "520328", "520300", "520000"
    assert len(views.by_unit[county]) == 3
    assert views.by_unit[county] == views.by_unit[prefecture] == views.by_unit[province]
    assert {county, prefecture, province} <= set(views.units)


def test_every_unit_that_a_claim_is_about_has_a_page_and_so_have_those_above_it() -> None:
    one = article(3)
    figure = msgspec.structs.replace(one.annotations.figures[0], place="云南省怒江傈僳族自治州泸水市")
    found = msgspec.structs.replace(one.annotations, figures=(figure,))
    views = view(archive_of(msgspec.structs.replace(one, annotations=found)))
    assert {"533301", "533300", "530000"} <= set(views.units)
    assert [where.figure.place for where in views.figures_of["533301"]] == [figure.place]


def test_a_unit_that_is_reported_on_is_not_merely_mentioned() -> None:
    views = view(archive())
    for code, articles in views.mentioned_in.items():
        assert not set(articles) & set(views.by_unit.get(code, ()))


def test_a_pair_belongs_to_both_sides_and_to_the_units_above_them() -> None:
    one = article(3)
    pair = msgspec.structs.replace(
        one.annotations.pairs[0], origin="江苏省苏州市张家港市", target="贵州省铜仁市沿河土家族自治县"
    )
    views = view(archive_of(with_claims(one, pairs=(pair,))))
    assert set(views.pairs_of) == {"320582", "320500", "320000", "520627", "520600", "520000"}


def test_a_practice_gathers_all_its_names_and_its_earliest_telling_comes_first() -> None:
    older, newer = article(0), article(3)
    practice = msgspec.structs.replace(older.annotations.practices[0], name="晒谷场例会机制")
    older = with_claims(older, practices=(practice,))
    (found,) = view(archive_of(older, newer)).practices
    assert found.names == ("晒谷场例会", "晒谷场例会机制")
    assert [one.id for one, _ in found.told] == [older.id, newer.id]
    assert [one.id for one in found.articles] == [newer.id, older.id]


def test_the_month_of_an_article_is_known_or_empty() -> None:
    assert [month(article(number)) for number in (0, 1, 7, 11)] == ["1996-10", "", "2020-11", ""]


def test_a_full_name_tells_its_province_and_a_stranger_has_none() -> None:
    assert province_of("贵州省遵义市湄潭县") == "贵州省"
    assert province_of("火星") is None


def test_there_are_34_provinces_on_34_tiles_and_16_themes() -> None:
    assert len({(one.row, one.column) for one in provinces()}) == len(provinces()) == 34
    assert len({one.slug for one in themes()}) == 16


def test_the_year_of_an_article_follows_its_date_and_else_what_is_known_of_it() -> None:
    assert [year(article(number)) for number in (0, 1, 7, 11)] == ["1996", "2001", "2020", UNDATED]
