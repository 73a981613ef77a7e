"""The coverage of some articles: what they leave open, when a reader is warned, and how the panel says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

import pages_fixture
from pages_fixture import archive, article, views_of, with_facts
from shanhai.pages.places.coverage import panel
from shanhai.pages.wording import share
from shanhai.relate import coverage as extent
from shanhai.relate.coverage import FEW_ARTICLES, Caution, Coverage, Silence, distinct
from shanhai.relate.views import view

if TYPE_CHECKING:
    from shanhai.records import Article


def coverage(articles: list[Article]) -> Coverage:
    """The coverage of articles that make up the whole archive."""
    return extent.coverage(articles, views_of(*articles).doubtful)


def dated(*dates: str, origin: str = "given", source: str | None = "山海周报") -> list[Article]:
    """Articles of these dates as far as they are known."""
    return [
        with_facts(pages_fixture.dated(article(number), edtf, origin), source=source)
        for number, edtf in enumerate(dates)
    ]


def test_months_without_an_article_are_counted_between_the_first_and_the_last_known_month() -> None:
    known = coverage(dated("2019-03-11", "2019-04", "2020-02-01", "2021", ""))
    assert (known.months, known.empty_months) == (12, 9)
    assert known.silence == Silence(first="2019-05", last="2020-01", months=9)
    assert (known.first, known.last) == ("2019-03-11", "2021")
    assert (known.first_month, known.last_month) == ("2019-03", "2020-02")


def test_neighbouring_months_leave_no_silence() -> None:
    known = coverage(dated("2019-12-31", "2020-01-01"))
    assert (known.months, known.empty_months, known.silence) == (2, 0, None)


def test_an_article_is_loosely_dated_for_one_reason_only() -> None:
    known = coverage([*dated("2019", "", "2020-05"), *dated("2018", "2018-02-03", origin="inferred")])
    assert (known.year_only, known.undated, known.inferred, known.loosely_dated) == (1, 1, 2, 4)


def test_articles_without_a_source_are_told_apart_from_the_sources() -> None:
    known = coverage([*dated("2019", "2020"), *dated("2021", source=None), *dated("2022", source="山海农经")])
    assert known.sources == (("山海周报", 2), ("山海农经", 1))
    assert known.unnamed == 1


def test_a_family_of_reprints_counts_once_even_where_the_chosen_one_is_elsewhere() -> None:
    one, two, three = dated("2019", "2019", "2019")
    chosen = "an-article-of-another-place"
    reprints = [msgspec.structs.replace(each, chosen=chosen) for each in (one, two)]
    assert distinct([*reprints, three]) == 2


def test_conjectures_and_gaps_make_an_article_doubtful() -> None:
    plain = article(1, text="一句没有疑问的话。")
    assert coverage([article(0), plain]).doubtful == 1


def test_of_few_articles_only_their_number_is_warned_of() -> None:
    assert coverage(dated(*["2019-01-01"] * (FEW_ARTICLES - 1))).cautions == (Caution.FEW,)
    assert coverage([]).cautions == ()


@pytest.mark.parametrize(
    ("dates", "others", "expected"),
    [
        (["2019-01-01"] * 10, 0, {Caution.ONE_SOURCE}),
        (["2019-01-01"] * 5, 5, set()),
        (["2019-01-01"] * 5 + ["2019-05-01"], 5, {Caution.EMPTY_MONTHS, Caution.ONE_SOURCE}),
        (["2019"] * 3 + ["2019-01-01"] * 2, 5, {Caution.LOOSE_DATES}),
        (["2019"] * 2 + ["2019-01-01"] * 3, 5, set()),
    ],
)
def test_a_share_is_warned_of_above_its_limit_and_not_at_it(
    dates: list[str], others: int, expected: set[Caution]
) -> None:
    known = coverage([*dated(*dates), *dated(*["2019-01-02"] * others, source="山海农经")])
    assert set(known.cautions) == expected


def test_a_share_is_never_rounded_to_nothing_or_to_all() -> None:
    parts = ((1, 1000), (999, 1000), (199, 200), (0, 5), (5, 5), (1, 2), (1, 3), (0, 0))
    assert [share(*one) for one in parts] == ["<1%", ">99%", ">99%", "0%", "100%", "50%", "33%", ""]
    assert [share(*one, 1) for one in parts[:4]] == ["0.1%", "99.9%", "99.5%", "0%"]
    assert [share(*one, 1) for one in ((1, 3000), (1999, 2000), (1, 3))] == ["<0.1%", ">99.9%", "33.3%"]


def test_the_panel_tells_what_is_missing_and_that_silence_proves_nothing() -> None:
    views = view(archive())
    text = panel(views, views.newest, "index.md")
    assert "没有报道\uff0c不等于没有做" in text
    assert "1 篇没有日期" in text
    assert "2 件放在一边\uff08[逐件列出原因](how-made.md)\uff09" in text
    assert "最早 1996-10-23\uff0c最晚 2024-12-01" in text
    assert "超过 50% 就提醒" in text


def test_the_panel_of_one_article_gives_its_day_and_no_months() -> None:
    views = view(archive([0]))
    text = panel(views, views.newest, "index.md")
    assert "1996-10-23" in text
    assert "最早" not in text
    assert "个月" not in text


def test_there_is_no_panel_for_nothing() -> None:
    assert panel(view(archive()), [], "index.md") == ""
