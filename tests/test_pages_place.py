"""Dossiers: what each part of a place's page says, where its links lead, and what is left out."""

from __future__ import annotations

import csv
import io
import posixpath
import re
from functools import cache

import msgspec

from pages_fixture import archive, article, views_of, with_claims
from shanhai.annotate import gazetteer, rounds
from shanhai.pages.listing import MOST_BESIDE_TABLES
from shanhai.pages.pictures.timeline import timeline
from shanhai.pages.places import dossier, index
from shanhai.pages.places.dossier import dossiers
from shanhai.pages.places.figures import FIGURES_SHOWN
from shanhai.pages.targets import PROVINCES, unit_page
from shanhai.records import Article, Dispute, Evidence, Figure, Organisation, Pair, Place, Section
from shanhai.relate.pairings import latest_round, pairings
from shanhai.relate.views import Views, view

GUIZHOU, TONGREN, YANHE, ZUNYI, MEITAN = "520000", "520600", "520627", "520300", "520328"
JIANGSU, ZHANGJIAGANG, HONG_KONG, MIYUN = "320000", "320582", "810000", "110118"
LINK = re.compile(r'\]\(([^()\s]*)(?: "[^"]*")?\)')


@cache
def views() -> Views:
    """The views of the fixture."""
    return view(archive())


@cache
def page(code: str) -> str:
    """The first page of a unit's dossier."""
    return place_pages(code, views())[unit_page(code)]


def place_pages(code: str, found: Views) -> dict[str, str]:
    """The dossier of a unit in an archive."""
    return dossier.place_pages(code, found, timeline(found))


def changed(number: int, **annotations: object) -> Article:
    """An article of the fixture with other annotations."""
    return with_claims(article(number), **annotations)


def placed(number: int, *codes: str, role: str = "subject") -> Article:
    """An article of the fixture that is about other places, and nothing else."""
    evidence = article(number).annotations.places[0].evidence
    places = [
        Place(name=gazetteer.full_name(code), code=code, level=gazetteer.unit(code).level, role=role, evidence=evidence)  # type: ignore[arg-type]
        for code in codes
    ]
    return changed(number, places=tuple(places), pairs=(), practices=(), figures=())


def evidence(one: Article, words: str) -> Evidence:
    """The first place of some words in an article."""
    start = one.described.text.index(words)
    return Evidence(quote=words, start=start, end=start + len(words), rule="FIGURE-01")


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_every_unit_has_its_dossier_and_the_same_archive_gives_the_same() -> None:
    made = dict(dossiers(views()))
    assert {unit_page(code) for code in views().units} == {path for path in made if path.endswith(".md")}
    assert dict(dossiers(view(archive()))) == made


def test_links_to_places_files_and_anchors_lead_somewhere() -> None:
    made = dict(dossiers(views())) | index.place_index(views())
    anchors = {path: set(re.findall(r"\{: #([\w-]+)", text)) for path, text in made.items()}
    broken = []
    for path, text in made.items():
        for target in LINK.findall(text) if path.endswith(".md") else ():
            file, _, anchor = target.partition("#")
            found = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
            ours = found.startswith(("provinces/", "data/provinces/"))
            if ours and (found not in made or (anchor and anchor not in anchors[found])):
                broken.append((path, target))
    assert broken == []


def test_the_first_screen_says_how_much_when_about_what_and_from_whom() -> None:
    head = page(GUIZHOU).partition("## 下辖")[0]
    assert '# 贵州省 <small lang="en">Guizhou Province</small>' in head
    assert "本库有 **3** 篇文章报道贵州省\uff0c年份 2016–2019。" in head
    assert "2016-07-21 至 2019-06-02" in head
    assert re.search(r"\[劳务协作\]\(\.\./themes/labour\.md\).{0,60}2 篇", head)
    assert re.search(r"\[山海周报\]\(\.\./sources/\w+\.md\) 3 篇", head)
    assert "受江苏省" in head


def test_a_county_leads_up_to_its_prefecture_and_province() -> None:
    assert "[地方](../../index.md) › [贵州省](../../guizhou.md) › [遵义市](../zunyi.md) › 湄潭县" in page(MEITAN)


def test_former_names_stand_with_their_years() -> None:
    text = place_pages(MIYUN, views_of(placed(0, MIYUN, "110000")))[unit_page(MIYUN)]
    assert "曾名北京市密云县\uff08至 2014 年\uff09\uff0c2015 年起用今名" in text
    assert "曾名" not in page(JIANGSU)


def test_units_below_are_counted_and_the_silent_ones_named_without_a_link() -> None:
    below = page(GUIZHOU).partition("{: #units ")[2].partition("## ")[0]
    assert "- [遵义市](guizhou/zunyi.md) <small>3</small>" in below
    assert "本库尚无文章\uff1a" in below
    assert re.search(r"(?<!\[)铜仁市(?!\])", below)


def test_an_empty_place_says_so_without_a_zero_and_offers_no_empty_part() -> None:
    text = page(HONG_KONG)
    assert "本库没有报道香港特别行政区的文章" in text
    assert "没有报道\uff0c不等于没有做" in text
    assert not re.search(r"(?<!\d)0(?!\d)", text.replace(HONG_KONG, ""))
    assert re.findall(r"^## .*", text, flags=re.MULTILINE) == []


def test_a_place_that_is_only_mentioned_has_a_short_page_with_its_article() -> None:
    one = placed(0, MEITAN, role="mention")
    text = place_pages(MEITAN, views_of(one))[unit_page(MEITAN)]
    assert "有 1 篇[提到](#mentions)它" in text
    assert f"[{one.described.title}]" in text
    assert "{: #coverage" not in text


def test_a_stated_pair_stands_once_with_its_rounds_and_the_sentence_that_states_it() -> None:
    one = next(found for found in pairings(GUIZHOU, views().pairs_of[GUIZHOU]) if found.origin == "江苏省")
    assert (one.target, one.articles, one.listed, one.covered) == ("贵州省", 3, (), ())
    line = next(row for row in page(GUIZHOU).splitlines() if row.startswith("| [江苏省](jiangsu.md) | 贵州省 |"))
    assert "据文章" in line
    assert re.search(r"\[3 篇\]\(\.\./pairs/320000-520000\.md\)", line)
    assert re.search(r"\.\./articles/2019/[\w-]+\.md#p\d+", line)
    assert "2017" in line


def test_an_official_pair_stands_with_its_round_even_where_no_article_states_it() -> None:
    line = next(row for row in page(GUIZHOU).splitlines() if row.startswith("| [广东省](guangdong.md) | 贵州省 |"))
    assert "官方安排\uff0c本库尚无文章" in line
    assert "2021" in line
    assert "现行" in line
    assert next(one.basis for one in rounds.rounds() if one.year == 2021) in page(GUIZHOU).replace(
        "&#40;", "("
    ).replace("&#41;", ")")


def test_only_what_the_latest_round_lists_is_in_force_and_comes_first() -> None:
    found = pairings(GUIZHOU, views().pairs_of[GUIZHOU])
    assert [one.in_force for one in found] == sorted((one.in_force for one in found), reverse=True)
    assert all((latest_round() in one.listed) == one.in_force for one in found)


def test_a_county_names_the_official_pairs_of_the_units_above_it() -> None:
    text = place_pages(YANHE, views_of(placed(0, YANHE, TONGREN, GUIZHOU)))[unit_page(YANHE)]
    assert "上级的官方安排" in text
    assert "江苏省苏州市 → [贵州省铜仁市](../tongren.md)\uff082016 年\uff09" in text
    assert "\uff082021 年\uff0c现行\uff09" in text


def test_a_pair_under_listed_units_says_that_they_are_listed() -> None:
    pair = Pair(
        origin=gazetteer.full_name(ZHANGJIAGANG),
        target=gazetteer.full_name(YANHE),
        since=2017,
        evidence=article(3).annotations.pairs[0].evidence,
        official_round=2016,
    )
    found = views_of(changed(3, pairs=(pair,)))
    (one,) = (each for each in pairings(YANHE, found.pairs_of[YANHE]) if each.view)
    assert (one.listed, one.covered, one.in_force) == ((), (2016,), False)
    assert "经上级 2016" in place_pages(YANHE, found)[unit_page(YANHE)]


def test_a_pair_within_a_province_stands_apart_and_is_no_arrow() -> None:
    pair = Pair(
        origin=gazetteer.full_name("330482"),
        target=gazetteer.full_name("331121"),
        since=None,
        evidence=article(3).annotations.pairs[0].evidence,
        official_round=None,
    )
    text = place_pages("330000", views_of(changed(3, pairs=(pair,))))[unit_page("330000")]
    assert "### 境内互帮 {: #inside " in text
    assert "嘉兴市平湖市" in text
    assert "fig-flows" not in text


def test_a_province_has_the_map_of_its_own_arrows_with_its_numbers_as_a_file() -> None:
    made = place_pages(GUIZHOU, views())
    assert 'id="fig-flows-from"' in made[unit_page(GUIZHOU)]
    assert rows(made["data/pictures/provinces/guizhou/flows-from.csv"]) == [
        {"帮扶方": "江苏省", "受援方": "贵州省", "篇数": "3"}
    ]


def figure(one: Article, label: str, value: float, year: int | None = 2015, place: str = "贵州省") -> Figure:
    """A figure of an article, resting on its word for the sum."""
    words = evidence(one, "合计")
    return Figure(value=value, unit="%", label=label, sentence="合计", place=place, year=year, evidence=words)


def test_a_figure_leads_to_its_sentence_and_the_same_of_two_articles_is_one_row() -> None:
    made = [changed(number, figures=(figure(article(number), "贫困发生率", 14.0),)) for number in (3, 6)]
    text = place_pages(GUIZHOU, views_of(*made))[unit_page(GUIZHOU)]
    (line,) = (row for row in text.splitlines() if row.startswith("| 贫困发生率 |"))
    assert "14%" in line
    assert "等 2 篇" in line
    assert re.search(r"\(\.\./articles/2019/[\w-]+\.md#p\d+(-\d+)?\)", line)


def test_a_disputed_figure_gives_both_values_and_both_sources_and_comes_first() -> None:
    one, two = (
        changed(number, figures=(figure(article(number), "人口", 1.0), figure(article(number), "贫困发生率", value)))
        for number, value in ((3, 14.0), (6, 11.5))
    )
    pair = (
        msgspec.structs.replace(one, disputes=(Dispute(figure=1, article=two.id, value=11.5),)),
        msgspec.structs.replace(two, disputes=(Dispute(figure=1, article=one.id, value=14.0),)),
    )
    made = place_pages(GUIZHOU, views_of(*pair))
    table = [row for row in made[unit_page(GUIZHOU)].splitlines() if row.startswith(("| 贫困发生率", "| 人口"))]
    assert [row.split(" | ")[0] for row in table] == ["| 贫困发生率", "| 贫困发生率", "| 人口"]
    assert "有出入" in table[0]
    assert "另说 14%" in table[0]
    assert all(re.search(rf"{each.path}\.md#p\d+", table[0]) for each in pair)
    assert [row["disputed"] for row in rows(made["data/provinces/guizhou/figures.csv"])] == ["false", "true"] * 2


def test_a_reprint_does_not_say_a_figure_again_but_the_file_has_it() -> None:
    one = changed(3, figures=(figure(article(3), "贫困发生率", 14.0),))
    copy = msgspec.structs.replace(
        changed(6, figures=(figure(article(6), "贫困发生率", 14.0),)), chosen=one.id, reprints=(one.id,)
    )
    made = place_pages(GUIZHOU, views_of(one, copy))
    assert "等 2 篇" not in made[unit_page(GUIZHOU)]
    assert "归并转载后是 1 篇不同的文章" in made[unit_page(GUIZHOU)]
    assert len(rows(made["data/provinces/guizhou/figures.csv"])) == 2


def test_a_long_table_of_figures_is_cut_and_says_so() -> None:
    many = tuple(figure(article(3), f"第{number}项", number) for number in range(FIGURES_SHOWN + 5))
    made = place_pages(GUIZHOU, views_of(changed(3, figures=many)))
    assert len(re.findall(r"^\| 第\d+项 \|", made[unit_page(GUIZHOU)], flags=re.MULTILINE)) == FIGURES_SHOWN
    assert f"共 {len(many)} 个不同的数字" in made[unit_page(GUIZHOU)]
    assert len(rows(made["data/provinces/guizhou/figures.csv"])) == len(many)


def compilation() -> Article:
    """An article in three sections, one of which is about 遵义市, and one theme each."""
    one = placed(3, GUIZHOU, ZUNYI)
    blocks = one.described.blocks
    sections = tuple(
        Section(heading=heading, start=blocks[at].start, end=blocks[at + 1].end, places=places, themes=(theme,))
        for heading, at, places, theme in (
            ("甲地", 1, (), "教育帮扶"),
            ("乙地", 5, (ZUNYI,), "干部人才"),
            ("丙地", 7, (), "教育帮扶"),
        )
    )
    return with_claims(one, sections=sections)


def test_of_a_compilation_the_section_is_linked_and_only_its_themes_count() -> None:
    text = place_pages(ZUNYI, views_of(compilation()))[unit_page(ZUNYI)]
    assert "其中 1 篇只有几节写它\uff0c合起来 1 节" in text
    assert re.search(r"其中\uff1a\[乙地\]\(\.\./\.\./articles/2017/[\w-]+\.md#s2\)", text)
    assert "干部人才" in text
    assert "教育帮扶" not in text


def test_practices_and_helping_bodies_lead_to_the_sentence() -> None:
    one = article(3)
    body = Organisation(
        name="山海第一医院", kind="hospital", origin="江苏省", target="贵州省遵义市", evidence=evidence(one, "村民代表")
    )
    practice = msgspec.structs.replace(one.annotations.practices[0], place="贵州省遵义市")
    made = views_of(changed(3, organisations=(body,), practices=(practice,)))
    text = place_pages(GUIZHOU, made)[unit_page(GUIZHOU)]
    assert re.search(r"\| 山海第一医院 \| 医院 \| \[江苏省\].* \| \[贵州省遵义市\].*\.md#p\d+", text)
    assert re.search(r"\*\*\[晒谷场例会\]\(\.\./practices/\w+\.md\)\*\* <small>遵义市</small> .*\.md#p\d+", text)
    assert "从江苏省去帮扶别处的机构" in place_pages(JIANGSU, made)[unit_page(JIANGSU)]


def test_cells_of_the_pictures_lead_to_the_year_in_the_places_own_list() -> None:
    text = page(GUIZHOU)
    assert 'id="fig-months"' in text
    assert 'id="fig-heat"' in text
    assert re.search(r'href="(#|&#35;)y2019"', text)
    assert "{: #y2019 " in text


def test_the_file_of_articles_has_both_roles() -> None:
    found = views_of(placed(0, MEITAN), placed(3, MEITAN, role="mention"))
    made = rows(place_pages(MEITAN, found)["data/provinces/guizhou/zunyi/meitan/articles.csv"])
    assert [(row["title"], row["role"]) for row in made] == [
        ("福建与宁夏的第1本账", "subject"),
        ("江苏与贵州的第4本账", "mention"),
    ]


def test_the_file_of_pairs_has_each_statement_and_the_official_pairs_without_an_article() -> None:
    made = rows(place_pages(GUIZHOU, views())["data/provinces/guizhou/pairs.csv"])
    assert sum(bool(row["article"]) for row in made) == 3
    assert {
        "article": "",
        "from": "广东省",
        "to": "贵州省",
        "since": "",
        "purposes": "",
        "official_round": "2021",
        "quote": "",
    } in made


def test_a_list_goes_on_over_pages_of_at_most_100() -> None:
    same_plan = range(3, 3 + 12 * 250, 12)
    made = place_pages(GUIZHOU, view(archive(same_plan)))
    listed = [
        set(
            re.findall(
                r"articles/2017/[\w-]+\.md(?=\))",
                made[f"provinces/guizhou{number}.md"].partition("{: #articles")[2]
                or made[f"provinces/guizhou{number}.md"],
            )
        )
        for number in ("", "-2", "-3")
    ]
    assert [len(one) for one in listed] == [MOST_BESIDE_TABLES, MOST_BESIDE_TABLES, 50]
    assert len(set().union(*listed)) == 250


def test_no_title_becomes_markup() -> None:
    hostile = '<script>alert(1)</script> {{ 7*7 }} | [x](javascript:1) "a" {: onclick=x }'
    for text in dict(dossiers(view(archive(titles={3: hostile})))).values():
        if not text.startswith("\ufeff"):
            assert "<script" not in text
            assert "{{" not in text
            assert "](javascript" not in text


def test_the_index_has_all_provinces_with_english_names_and_the_way_to_every_unit_with_articles() -> None:
    text = index.place_index(views())[PROVINCES]
    assert '| [贵州省](guizhou.md) | <small lang="en">Guizhou</small> | 西部 | 2016–2019 | – | 3 |' in text
    assert '| [香港特别行政区](hong-kong.md) | <small lang="en">Hong Kong</small> | – | – | – | – |' in text
    assert "- **[遵义市](guizhou/zunyi.md) 3**\uff1a[湄潭县](guizhou/zunyi/meitan.md) 3" in text


def test_an_index_of_very_many_units_leaves_the_counties_to_their_prefectures(monkeypatch) -> None:
    monkeypatch.setattr(index, "MOST_IN_TREE", 1)
    text = index.place_index(views())[PROVINCES]
    assert "[遵义市](guizhou/zunyi.md) 3" in text
    assert "湄潭县" not in text
