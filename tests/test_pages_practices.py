"""Pages of named working models: what they are in the words of the articles, where and when, and their neighbours."""

from __future__ import annotations

import re

import msgspec

from pages_fixture import archive_of, article, with_claims
from shanhai.annotate.practices import core
from shanhai.pages.listing import MOST_ON_A_PAGE
from shanhai.pages.practice import MOST_RELATED, practice_index, practice_pages
from shanhai.pages.targets import practice_page
from shanhai.records import Article, Evidence, Practice
from shanhai.relate.views import view

MEITAN = "贵州省遵义市湄潭县"


def naming(number: int, *practices: tuple[str, str | None, tuple[str, ...]]) -> Article:
    """The fixture's article of a number, with these models: name, place, themes; each told by the first sentence."""
    one = article(number)
    text = one.described.text
    end = text.index("。") + 1
    evidence = Evidence(quote=text[:end], start=0, end=end, rule="PRACTICE-01")
    made = tuple(
        Practice(name=name, evidence=evidence, place=place, themes=themes) for name, place, themes in practices
    )
    return with_claims(one, practices=made)


def pages(*articles: Article) -> dict[str, str]:
    views = view(archive_of(*articles))
    return dict(practice_pages(views)) | dict(practice_index(views))


def page_of(name: str, made: dict[str, str]) -> str:
    return made[practice_page(core(name))]


def test_a_page_tells_names_articles_years_places_and_themes() -> None:
    made = pages(naming(3, ("晒谷场例会", MEITAN, ("基层治理",))), naming(6, ("晒谷场例会模式", None, ())))
    page = page_of("晒谷场例会", made)
    assert "又作" in page
    assert "**2** 篇文章写到这一做法\uff0c年份 2017–2019" in page
    assert "[贵州省遵义市湄潭县](../provinces/guizhou/zunyi/meitan.md)" in page
    assert re.search(r"\[基层治理\]\(\.\./themes/[\w-]+\.md\) <small lang=\"en\">", page)


def test_sentences_stand_the_earliest_first_each_with_the_way_to_it() -> None:
    page = page_of("晒谷场", pages(naming(6, ("晒谷场", None, ())), naming(3, ("晒谷场", None, ()))))
    told = page.partition("{: #what ")[2].partition("\n## ")[0]
    assert re.findall(r"\d{4}-\d\d-\d\d", told) == ["2017-03-08", "2019-06-02"]
    assert told.count("#p1-1)") == 2
    assert "<mark>晒谷场</mark>" in told


def test_related_are_at_most_five_those_of_the_same_place_first() -> None:
    here = [(f"本地办法{number}", MEITAN, ()) for number in "一二"]
    there = [(f"别处办法{number}", None, ("基层治理",)) for number in "一二三四五六"]
    made = pages(naming(3, ("晒谷场", MEITAN, ("基层治理",)), *here, *there))
    related = page_of("晒谷场", made).partition("{: #related ")[2]
    names = re.findall(r"- \[([^]]+)\]", related)
    assert len(names) == MOST_RELATED
    assert [name[:2] for name in names] == ["本地", "本地", "别处", "别处", "别处"]


def test_a_model_without_place_theme_or_company_says_nothing_of_them() -> None:
    page = page_of("晒谷场", pages(naming(3, ("晒谷场", None, ()))))
    for words in ("实行的地方", "用在", "相近的做法", "又作"):
        assert words not in page


def test_sources_are_counted_and_the_unnamed_told_apart() -> None:
    page = page_of("晒谷场", pages(naming(3, ("晒谷场", None, ())), naming(8, ("晒谷场", None, ()))))
    assert "[山海周报](../sources/" in page
    assert "来源不详的 1 篇不在其中" in page


def test_the_index_runs_from_the_most_reported_and_goes_on_over_pages_of_at_most_200() -> None:
    many = [(f"{number}号办法", None, ()) for number in range(450)]
    made = pages(naming(3, *many, ("晒谷场", MEITAN, ())), naming(6, ("晒谷场", MEITAN, ())))
    listed = [re.findall(r"\n- \[([^]]+)\]", made[f"practices/index{page}.md"]) for page in ("", "-2", "-3")]
    assert [len(one) for one in listed] == [MOST_ON_A_PAGE, MOST_ON_A_PAGE, 51]
    assert listed[0][0] == "晒谷场"
    assert len({name for one in listed for name in one}) == 451
    assert "practices/index-4.md" not in made


def test_a_sentence_that_is_long_is_cut_around_the_name() -> None:
    long = "前言" * 200 + "晒谷场" + "后语" * 200
    one = naming(3, ("晒谷场", None, ()))
    practice = one.annotations.practices[0]
    evidence = msgspec.structs.replace(practice.evidence, quote=long)
    found = msgspec.structs.replace(one.annotations, practices=(msgspec.structs.replace(practice, evidence=evidence),))
    page = page_of("晒谷场", pages(msgspec.structs.replace(one, annotations=found)))
    shown = re.search(r"<q>(.*?)</q>", page)
    assert shown is not None
    assert re.fullmatch("…[前言]{20}<mark>晒谷场</mark>[后语]{137}…", shown[1])
