"""Theme pages: passages chosen by rule, places by section, related themes from both sides, files, and the index."""

from __future__ import annotations

import csv
import io
import re

import msgspec
import pytest

from pages_fixture import archive, article, views_of, with_claims
from shanhai.annotate.vocabulary import themes
from shanhai.pages.pictures.columns import by_year
from shanhai.pages.theme import theme_index, theme_pages
from shanhai.records import Article, Evidence, Printing, Section
from shanhai.relate import tallies
from shanhai.relate.passages import passages
from shanhai.relate.views import view

LABEL = "产业帮扶"
THEME = next(one for one in themes() if one.label == LABEL)
PAGE = f"themes/{THEME.slug}.md"
FILE = f"data/themes/{THEME.slug}.csv"


def scored(one: Article, score: float, label: str = LABEL) -> Article:
    """The article with this score for the theme, on evidence in its third paragraph."""
    start = one.described.text.index("账目清楚")
    evidence = (Evidence(quote="账目清楚", start=start, end=start + 4, rule="THEME-01"),)
    tags = tuple(
        msgspec.structs.replace(tag, score=score, evidence=evidence) if tag.label == label else tag
        for tag in one.annotations.themes
    )
    return with_claims(one, themes=tags)


def printed(one: Article, times: int) -> Article:
    """The article with so many other printings that were set aside."""
    copy = Printing(file="copy.txt", title="抄本", source=None, date_edtf="", id=None, changed=0, missing=0, extra=0)
    return msgspec.structs.replace(one, printings=(copy,) * times)


def test_passages_are_the_earliest_the_strongest_and_the_most_reprinted_in_this_order() -> None:
    views = views_of(
        scored(article(0), 0.6), scored(article(4), 0.9), printed(scored(article(6), 0.7), 3), scored(article(10), 0.8)
    )
    found = passages(LABEL, views.by_theme[LABEL])
    assert [(one.reason, one.article.described.date_edtf) for one in found] == [
        ("earliest", "1996-10-23"),
        ("strongest", "2018-05-30"),
        ("most reprinted", "2019-06-02"),
    ]


def test_no_article_is_quoted_twice_nor_another_printing_of_it() -> None:
    oldest = scored(article(0), 0.9)
    twin = msgspec.structs.replace(scored(article(4), 0.8), reprints=(oldest.id,))
    oldest = msgspec.structs.replace(oldest, reprints=(twin.id,))
    found = passages(LABEL, views_of(oldest, twin, scored(article(6), 0.6)).by_theme[LABEL])
    assert [(one.reason, one.article.described.date_edtf) for one in found] == [
        ("earliest", "1996-10-23"),
        ("strongest", "2019-06-02"),
    ]


def test_an_undated_article_is_never_the_earliest() -> None:
    label = "社会力量"
    found = passages(label, views_of(scored(article(7), 0.5, label), scored(article(11), 0.6, label)).by_theme[label])
    assert [(one.reason, one.article.described.date_edtf) for one in found] == [
        ("earliest", "2020-11"),
        ("strongest", ""),
    ]


def test_a_passage_is_a_sentence_of_a_paragraph_with_its_cue_marked_and_a_link_to_it() -> None:
    page = theme_pages(THEME, views_of(article(0)))[PAGE]
    quoted = page.partition("**最早的一篇**")[2].partition("</div>")[0]
    assert "> 有人说\uff0c<mark>产业帮扶</mark>要长久\uff0c先要账目清楚。" in quoted
    assert re.search(r"\]\(\.\./articles/1996/[\w-]+\.md#p2-3\)", quoted)


def test_evidence_in_a_heading_or_a_quote_gives_no_passage() -> None:
    one = article(0)
    heading = next(block for block in one.described.blocks if block.kind == "heading")
    words = one.described.text[heading.start : heading.end]
    evidence = Evidence(quote=words, start=heading.start, end=heading.end, rule="THEME-01")
    tags = tuple(msgspec.structs.replace(tag, evidence=(evidence,)) for tag in one.annotations.themes)
    bare = with_claims(one, themes=tags)
    assert passages(LABEL, views_of(bare).by_theme[LABEL]) == ()


def test_of_a_compilation_only_the_units_of_the_sections_on_the_theme_count() -> None:
    one = article(6)
    sections = (
        Section(heading="甲", start=0, end=10, places=("520328",), themes=(LABEL,)),
        Section(heading="乙", start=10, end=20, places=("320000",), themes=("劳务协作",)),
        Section(heading="丙", start=20, end=30, places=("330000",), themes=()),
    )
    compiled = with_claims(one, sections=sections)
    assert tallies.reported_on(one, LABEL) == {"320000", "520000", "520300", "520328"}
    assert tallies.reported_on(compiled, LABEL) == {"520000", "520300", "520328"}
    page = theme_pages(THEME, views_of(compiled))[PAGE]
    assert "江苏省" not in page.partition("{: #places")[2].partition("{: #related")[0]
    assert "其中\uff1a[甲]" in page


def test_related_themes_are_counted_from_both_sides() -> None:
    views = view(archive())
    shared = {one.label: (one.both, one.other) for one in tallies.related(LABEL, views.by_theme)}
    assert shared == {"劳务协作": (1, 2), "消费帮扶": (1, 2), "集体经济": (1, 1), "易地搬迁": (1, 1)}
    assert {one.both for one in tallies.related("集体经济", views.by_theme) if one.label == LABEL} == {1}
    rows = theme_pages(THEME, views)[PAGE].partition("{: #related")[2]
    row = next(line for line in rows.split("\n") if "[集体经济]" in line)
    assert row.endswith("| 1/4 | 1/1 | 1 |")


def test_a_theme_page_gives_definitions_cues_exclusions_rules_and_the_first_and_last_article() -> None:
    page = theme_pages(THEME, view(archive()))[PAGE]
    for words in (THEME.definition.zh, THEME.definition.en, THEME.cues[3][0], THEME.exclusions[0], "THEME-01"):
        assert words in page
    first, last = page.index("首见\n:   1996年10月23日"), page.index("末见\n:   2024年12月1日")
    assert first < last


def test_the_places_of_a_theme_stand_beside_all_that_is_reported_on_them() -> None:
    page = theme_pages(THEME, view(archive()))[PAGE]
    row = next(line for line in page.split("\n") if "[江苏省](../provinces/jiangsu.md)" in line)
    assert "Jiangsu" in row
    assert row.endswith("| 3 | 1 |")


def test_the_file_of_a_theme_has_a_row_for_each_article() -> None:
    views = view(archive())
    rows = list(csv.DictReader(io.StringIO(theme_pages(THEME, views)[FILE].removeprefix("\ufeff"))))
    assert [row["id"] for row in rows] == [one.id for one in views.by_theme[LABEL]]
    assert {row["score"] for row in rows} == {"0.70"}
    assert rows[0]["page"].startswith("articles/2024/")


def test_practices_that_serve_the_theme_are_listed() -> None:
    one = article(0)
    practice = msgspec.structs.replace(one.annotations.practices[0], themes=(LABEL,))
    serving = with_claims(one, practices=(practice,))
    page = theme_pages(THEME, views_of(serving))[PAGE]
    assert re.search(r"- \[晒谷场例会\]\(\.\./practices/\w+\.md\) <small>1 篇</small>", page)


def test_a_theme_without_articles_says_so_and_has_no_file() -> None:
    made = theme_pages(THEME, view(archive(range(1, 2))))
    assert list(made) == [PAGE]
    assert "本库尚无这一主题的文章" in made[PAGE]
    assert "{: #" not in made[PAGE]


def test_the_index_has_counts_and_years_of_every_theme_and_no_zero() -> None:
    page = str(theme_index(view(archive())))
    assert page.count("\n## ") == len(themes())
    assert "<b>4</b> 篇 · 1996–2024" in page
    assert "本库尚无" in str(theme_index(view(archive(range(1)))))
    assert "<b>0</b>" not in str(theme_index(view(archive(range(1)))))


@pytest.mark.parametrize("numbers", [range(0), range(11, 12)], ids=["none", "undated alone"])
def test_an_archive_without_dates_gives_all_theme_pages(numbers: range) -> None:
    views = view(archive(numbers))
    for one in themes():
        assert theme_pages(one, views)
    assert str(theme_index(views)).count("\n## ") == len(themes())


def test_columns_tell_the_undated_beside_and_draw_no_column_for_a_year_without_articles() -> None:
    made = by_year(
        {"2019": 2, "undated": 1}, {"2019": 4, "2021": 1, "undated": 1}, (2019, 2021), what="文章", since="2020-03"
    )
    assert made.markup.count('class="whole"') == 2
    assert made.markup.count('class="gap"') == 1
    assert made.markup.count('class="since"') == 1
    assert "另有未注日期的 1 篇" in made.markup
    assert made.rows == (
        ("2019", 2, 4, "50%"),
        ("2020", None, None, None),
        ("2021", 0, 1, "0%"),
        ("未注日期", 1, 1, "100%"),
    )
