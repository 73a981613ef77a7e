"""Every number that a page shows, counted again from data/articles.jsonl by code of its own.

Three archives: the bundled sample, the real articles where they are, and one made by hand of what is rare: families of
reprints, compilations, dates of every precision and from 1949 to 2099, a pair of a unit that is no more.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import yaml

from pages_site import build_site
from shanhai import reference
from shanhai.annotate import gazetteer
from shanhai.annotate.vocabulary import themes
from shanhai.pages.targets import pair_page, source_page, theme_page, unit_page, year_page
from site_truth import (
    UNDATED,
    UNREPORTED,
    Entry,
    Page,
    Records,
    Site,
    above,
    distinct,
    letters,
    month,
    numbers,
    reported,
    sections_about,
    source,
    span,
    tally,
    themes_about,
    when,
    words,
    year,
)
from sites import copy_project, run
from truth_archive import made_by_hand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from lxml.html import HtmlElement

LABELS = [one.label for one in themes()]
LATEST_ROUND = 2021
ENDS = "。\uff01\uff1f\uff1b\n"


@pytest.fixture(scope="module", params=["sample", "made by hand", "real"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A built site, one after the other."""
    if request.param == "sample":
        return Site(request.getfixturevalue("built_site"))
    if request.param == "made by hand":
        return Site(build_site(tmp_path_factory.mktemp("made-by-hand"), made_by_hand()))
    corpus: Path = request.getfixturevalue("real_corpus")
    project = copy_project(tmp_path_factory.mktemp("real-site"))
    done = run(project, "shanhai", "build", "--corpus", str(corpus), "--site", "site")
    assert done.returncode == 0, done.stdout + done.stderr
    return Site(project / "site")


@pytest.fixture(scope="module")
def records(site: Site) -> Records:
    """What the data file of the site says."""
    return Records(site.lines)


def test_every_list_holds_each_of_its_articles_once_newest_first(site: Site, records: Records) -> None:
    wrong = []
    for markdown, expected in _lists(site, records):
        listed = site.listed(markdown, records)
        if listed != [one["id"] for one in expected]:
            wrong.append((markdown, len(listed), len(expected)))
    assert wrong == []


def _lists(site: Site, records: Records) -> Iterator[tuple[str, list[Entry]]]:
    for code in sorted(records.codes):
        yield unit_page(code), records.about(code)
    for label in LABELS:
        yield theme_page(label), records.on(label)
    for name in {source(one) for one in records.all} - {""}:
        yield source_page(name), [one for one in records.all if source(one) == name]
    for ends, codes in records.coded_pairs.items():
        yield pair_page(*codes), _unique(one for one, _ in records.pairs[ends])
    for names in _practices(site).values():
        yield _practice_page(site, names), _naming(records, names)
    for name in {year(one) for one in records.all}:
        if name == UNDATED:
            yield year_page(name), [one for one in records.all if year(one) == name]


def test_a_year_holds_its_articles_by_month_and_no_undated_one(site: Site, records: Records) -> None:
    for name in {year(one) for one in records.all} - {UNDATED}:
        expected = [one for one in records.all if year(one) == name]
        assert sorted(site.listed(year_page(name), records)) == sorted(one["id"] for one in expected), name
        page = site.of(year_page(name))
        for anchor in [one for one in page.anchors if re.fullmatch(r"m\d\d", one)]:
            lines = [line for part in page.section(anchor) for line in part.iterfind("./ul/li/a")]
            months = {month(records.by_id[records.id_of(page.link(line).page)]) for line in lines}
            assert months == {"" if anchor == "m00" else f"{name}-{anchor[1:]}"}, (name, anchor)


def test_there_is_no_page_of_a_year_pair_source_or_practice_without_an_article(site: Site, records: Records) -> None:
    assert {path.split("/")[1] for path in site.names("years/*/index.html")} == {year(one) for one in records.all}
    pairs = {path.split("/")[1] for path in site.names("pairs/*-*/index.html")}
    assert pairs == {"-".join(codes) for codes in records.coded_pairs.values()}
    assert len(site.names("sources/*/index.html")) == len({source(one) for one in records.all} - {""})
    assert len(site.names("practices/*/index.html")) == len(_practices(site))


def test_a_list_with_sections_leads_to_headings_that_exist_and_hold_the_place(site: Site, records: Records) -> None:
    wrong = []
    for code in sorted(records.codes):
        for page in site.list_pages(unit_page(code)):
            for small in page.tree.find_class("sections"):
                one = records.by_id[records.id_of(page.link(small.getparent().find("a")).page)]
                told = {letters(section["heading"])[:40] for section in sections_about(one, code)}
                links = page.links(small)
                if {letters(link.words) for link in links} != told:
                    wrong.append((page.path, one["id"], sorted(told)))
                wrong += [link for link in links if link.anchor not in site.page(link.page).anchors]
    assert wrong == []


def test_a_dossier_says_how_many_articles_when_from_whom_and_what_about(site: Site, records: Records) -> None:
    wrong = []
    for code in [one.code for one in gazetteer.provinces()] + sorted(records.codes):
        page, about = site.of(unit_page(code)), records.about(code)
        lead = page.lead()
        if not about:
            wrong += [(page.path, lead)] if "没有报道" not in lead or re.search(r"\b0\b", page.words) else []
            continue
        shown = [numbers(lead)[0], lead.partition("年份 ")[2].rstrip("。")]
        wrong += [(page.path, shown)] if shown != [len(about), span(about)] else []
        for term, expected in _answers(code, about, records).items():
            told = words(page.told(term))
            if told != expected:
                wrong.append((page.path, told, expected))
    assert wrong == []


def _answers(code: str, about: list[Entry], records: Records) -> dict[str, str]:
    dates = sorted(when(one) for one in about if year(one) != UNDATED)
    sources = Counter(source(one) for one in about if source(one))
    largest = sorted(sources.items(), key=lambda item: (-item[1], item[0]))
    counts = tally(themes_about(one, code) for one in about)
    order = sorted((label for label in LABELS if counts[label]), key=lambda label: -counts[label])[:4]
    english = {one.label: one.en for one in themes()}
    compiled = [found for one in about if (found := sections_about(one, code))]
    mentions = len(records.mentioning(code))
    amounts = [
        f"归并转载后是 {distinct(about)} 篇不同的文章" if distinct(about) < len(about) else "",
        f"其中 {len(compiled)} 篇只有几节写它\uff0c合起来 {sum(map(len, compiled))} 节" if compiled else "",
        f"另有 {mentions} 篇只是提到" if mentions else "",
    ]
    return {
        "多少": "\uff1b".join(filter(None, amounts)),
        "何时": " 至 ".join(dict.fromkeys([dates[0], dates[-1]])) if dates else "都没有日期",
        "写什么": " ".join(f"{label} {english[label]} {counts[label]} 篇" for label in order),
        "出自": "、".join(f"{name} {count} 篇" for name, count in largest[:3])
        + (f"\uff0c共 {len(largest)} 个来源" if len(largest) > 3 else ""),
    }


def test_a_dossier_gives_code_english_name_and_former_names_as_the_table_of_places(site: Site) -> None:
    wrong = []
    for row in site.table("places.csv"):
        page = site.of(unit_page(row["code"]))
        head, credit = words(page.tree.find(".//h1")), words(page.tree.find_class("credit")[0])
        former = [re.fullmatch(r"(.+) (\d{4})-(\d{4})", one) for one in row["names"].split(";")]
        told = [f"{one[1]}\uff08" in credit and one[3] in credit for one in former if one][-8:]
        if head != f"{gazetteer.unit(row['code']).name} {row['english']}" or row["code"] not in credit or not all(told):
            wrong.append((row["code"], head, credit))
    assert wrong == []


def test_a_citation_has_the_facts_of_the_article_in_the_order_of_the_standards(site: Site, records: Records) -> None:
    for one in records.all:
        page = site.page(records.page_of(one))
        gbt, apa = (letters(words(text)) for text in page.tree.find_class("cite-text")[:2])
        date = when(one)[:10].split("-") if year(one) != UNDATED else []
        assert gbt.index(letters(one["title"])) < gbt.index("[N" if "[N" in gbt else "[J" if "[J" in gbt else "[EB"), (
            gbt
        )
        assert all(letters(name) in gbt for name in one["authors"][:3]), gbt
        assert letters(source(one)) in gbt, gbt
        assert "-".join(date) in gbt if date else "日期不详" in gbt, gbt
        written = ",".join([date[0], *([month_name[int(date[1])]] if len(date) > 1 else [])]) if date else "n.d."
        day = str(int(date[2])) if len(date) > 2 else ""
        estimated = "ca." if one["date_origin"] == "inferred" and date else ""
        assert f"({estimated}{written}{day})." in apa, apa


def test_the_numbers_beside_units_below_are_those_of_their_own_pages(site: Site, records: Records) -> None:
    wrong = []
    for code in sorted(records.codes):
        page = site.of(unit_page(code))
        for line in page.tree.xpath(".//div[@class='units']/ul/li"):
            below = _code_of(page.link(line.find("a")).page)
            shown, count = words(line.find("small")), len(records.about(below))
            expected = str(count) if count else f"提到 {len(records.mentioning(below))}"
            wrong += [(page.path, below, shown, expected)] if shown != expected else []
    assert wrong == []


def test_a_source_a_year_and_a_theme_say_their_number_share_and_years(site: Site, records: Records) -> None:
    whole = len(records.all)
    for name in {source(one) for one in records.all} - {""}:
        some = [one for one in records.all if source(one) == name]
        lead = site.of(source_page(name)).lead()
        assert (numbers(lead)[0], lead.partition("年份 ")[2].rstrip("。")) == (len(some), span(some)), name
        _assert_share(lead, len(some), whole)
    for name in {year(one) for one in records.all}:
        count = sum(year(one) == name for one in records.all)
        lead = site.of(year_page(name)).lead()
        assert numbers(lead)[0] == count, name
        _assert_share(lead, count, whole)
    for label in LABELS:
        page, some = site.of(theme_page(label)), records.on(label)
        told = words(page.told("篇数"))
        assert numbers(told)[:2] == [len(some), whole] if some else "本库尚无" in page.words, label
        if some:
            _assert_share(told, len(some), whole)


def _assert_share(told: str, part: int, whole: int) -> None:
    """The share in percent, as exact as it is written; a part is never told as nothing nor as all."""
    shown = re.search(r"(不到 |<)?([\d.]+)%", told)
    assert shown, told
    given, exact = float(shown[2]), 100 * part / whole
    if shown[1]:
        assert 0 < exact < given, told
        return
    tolerance = 0.05 if "." in shown[2] else 0.5
    capped = given in {99, 99.9, 1, 0.1}
    assert abs(given - exact) <= tolerance + 1e-9 or (capped and abs(given - exact) <= 1), told
    assert given < 100 or part == whole, told
    assert given or not part, told


def test_first_and_last_of_a_theme_are_its_oldest_and_newest_dated_articles(site: Site, records: Records) -> None:
    for label in LABELS:
        page = site.of(theme_page(label))
        dated = [one for one in records.on(label) if year(one) != UNDATED]
        if not dated:
            assert page.told("首见") is None
            continue
        for term, extreme in (("首见", min(map(_earliest, dated))), ("末见", max(map(_earliest, dated)))):
            told = page.told(term)
            shown = records.by_id[records.id_of(page.links(told)[0].page)]
            assert _earliest(shown) == extreme, (label, term)
            assert words(told).startswith(_day_words(shown)), (label, term)


def _earliest(one: Entry) -> tuple[str, ...]:
    return tuple(when(one)[:10].split("-"))


def _day_words(one: Entry) -> str:
    return "".join(f"{int(part)}{unit}" for part, unit in zip(when(one)[:10].split("-"), "年月日", strict=False))


def test_home_the_english_page_and_the_indexes_agree_with_each_other(site: Site, records: Records) -> None:
    everything, pairs = records.all, records.coded_pairs
    home = site.of("index.md")
    shown = {
        words(line.find(".//a")): words(line.find(".//small")) for line in home.tree.find_class("ways")[0].iter("li")
    }
    sources, years = ({of(one) for one in everything} for of in (source, year))
    expected = {
        "文章": len(everything),
        "省份": len({code for code in records.codes if not above(code)}),
        "结对": len(pairs),
        "主题": sum(bool(records.on(label)) for label in LABELS),
        "做法": len(_practices(site)),
        "政策用语": sum(bool(_phrase_counts(one, everything)[0]) for one in _phrases()),
        "年份": len(years - {UNDATED}),
        "来源": len(sources - {""}),
        "下载": "",
    }
    assert shown == {name: str(count) for name, count in expected.items()}
    english = site.of("en.md").words
    assert f"{expected['来源']} publication" in english
    assert f"on {expected['省份']} of the 34 provinces" in english
    assert f"with {expected['结对']} pair" in english
    assert numbers(site.of("articles/index.md").lead())[0] == len(everything)
    assert numbers(site.of("years/index.md").lead())[-1] == len(everything)
    assert numbers(site.of("practices/index.md").lead())[1:] == [expected["做法"]] or not expected["做法"]
    lead = site.of("sources/index.md").lead()
    assert numbers(lead) == [sum(bool(source(one)) for one in everything), expected["来源"]] or not expected["来源"]


def test_the_index_of_pairs_says_how_many_articles_pairs_and_official_ones(site: Site, records: Records) -> None:
    pairs = records.coded_pairs
    lead = site.of("pairs/index.md").lead()
    held = [_held(codes) for codes in pairs.values()]
    stating = {one["id"] for ends in pairs for one, _ in records.pairs[ends]}
    expected = [
        len(stating),
        len(pairs),
        sum(bool(own) for own, _ in held),
        sum(bool(up) and not own for own, up in held),
    ]
    assert numbers(lead) == (expected if pairs else [])


def test_maps_and_tables_of_provinces_give_the_numbers_of_the_dossiers(site: Site, records: Records) -> None:
    counts = {one.name: len(records.about(one.code)) for one in gazetteer.provinces()}
    for path in ("pictures/index/map.csv", "pictures/provinces/index/map.csv"):
        shown = {row["省级行政区"]: row["篇数"] for row in site.table(path)}
        assert shown == {name: str(count or "") for name, count in counts.items()} or not any(counts.values())
    page = site.of("provinces/index.md")
    for cells in page.rows("三十四个"):
        code = _code_of(page.link(cells[0].find(".//a")).page)
        about, mentioned = records.about(code), len(records.mentioning(code))
        told = [span(about) or UNREPORTED, str(mentioned or UNREPORTED), str(len(about) or UNREPORTED)]
        assert [words(cell) for cell in cells[3:]] == told, code
    english = site.of("en.md")
    for line in english.tree.find_class("looked-up")[0].iter("li"):
        name = english.links(line)[0].words
        assert words(line.find("small")) == str(counts[name] or UNREPORTED)


def test_the_themes_have_the_same_number_on_every_page_that_counts_them(site: Site, records: Records) -> None:
    counts = {label: len(records.on(label)) for label in LABELS}
    home = site.of("index.md")
    assert _bars(home, home.section("themes")) == {label: count for label, count in counts.items() if count}
    for name in {year(one) for one in records.all}:
        page = site.of(year_page(name))
        some = [one for one in records.all if year(one) == name]
        assert _bars(page, page.section("themes")) == dict(tally(one["themes"] for one in some)), name
        assert _bars(page, page.section("provinces")) == dict(tally(map(_provinces, some))), name
    for name in {source(one) for one in records.all} - {""}:
        page = site.of(source_page(name))
        some = [one for one in records.all if source(one) == name]
        assert _bars(page, page.section("themes")) == dict(tally(one["themes"] for one in some)), name
        assert _bars(page, page.section("provinces")) == dict(tally(map(_provinces, some))), name


def test_a_place_and_a_theme_agree_on_how_many_articles_they_share(site: Site, records: Records) -> None:
    """Of a compilation both count by its sections: what the dossier's table says, the theme's table says."""
    wrong = []
    for label in LABELS:
        page = site.of(theme_page(label))
        for cells in _place_rows(page):
            code = _code_of(page.link(cells[0].find(".//a")).page)
            both = sum(label in themes_about(one, code) for one in records.about(code))
            shown = [words(cell) for cell in cells[1:]]
            if shown != [str(len(records.about(code))), str(both)]:
                wrong.append((label, gazetteer.full_name(code), shown, both))
    assert wrong == []


def test_the_heat_table_of_a_dossier_counts_themes_by_year(site: Site, records: Records) -> None:
    wrong = []
    for code in sorted(records.codes):
        about = records.about(code)
        table = site.table(f"pictures/{unit_page(code).removesuffix('.md')}/heat.csv")
        expected = Counter((label, year(one)) for one in about for label in themes_about(one, code))
        shown = {
            (row["主题"], UNDATED if row["年份"] == "未注日期" else row["年份"]): int(row["篇数"]) for row in table
        }
        if shown != (dict(expected) if len(about) >= 3 else {}):
            wrong.append((code, shown, dict(expected)))
        if shown:
            sums = [
                words(one) for one in site.of(unit_page(code)).tree.xpath(".//table[@class='chart heat']/tfoot//td")
            ]
            years = Counter(map(year, about))
            assert sum(int(one) for one in sums[:-1] if one != UNREPORTED) == int(sums[-1]) == sum(years.values())
    assert wrong == []


def test_month_strips_place_nothing_in_a_month_that_is_not_known(site: Site, records: Records) -> None:
    strips = {
        **{unit_page(code): records.about(code) for code in records.codes},
        **{
            source_page(name): [one for one in records.all if source(one) == name]
            for name in map(source, records.all)
            if name
        },
        **{
            pair_page(*codes): _unique(one for one, _ in records.pairs[ends])
            for ends, codes in records.coded_pairs.items()
        },
    }
    drawn = 0
    for markdown, some in strips.items():
        table = site.table(f"pictures/{markdown.removesuffix('.md')}/months.csv")
        if not table:
            continue
        drawn += 1
        expected = Counter(_precision(one) for one in some)
        assert {(row["时间"], row["精确到"]): int(row["篇数"]) for row in table} == dict(expected), markdown
        page = site.of(markdown)
        cells = page.tree.xpath(".//table[@class='chart months']/tbody/tr/td//a")
        assert sum(int(words(one)) for one in cells) == sum(n for (_, kind), n in expected.items() if kind == "月")
        for cell in cells:
            link = page.link(cell)
            assert link.anchor in site.page(link.page).anchors, (markdown, link)
    assert drawn


def _precision(one: Entry) -> tuple[str, str]:
    if month(one):
        return month(one), "月"
    return ("", "未注日期") if year(one) == UNDATED else (year(one), "年")


def test_columns_by_year_show_a_part_of_all_articles_of_the_year(site: Site, records: Records) -> None:
    totals = Counter(map(year, records.all))
    for label in LABELS:
        slug = theme_page(label).removesuffix(".md")
        part = Counter(map(year, records.on(label)))
        for row in site.table(f"pictures/{slug}/years.csv"):
            name = UNDATED if row["年份"] == "未注日期" else row["年份"]
            assert row["当年全部文章"] == str(totals[name] or ""), (label, name)
            assert row[f"讲{label}的文章"] == (str(part[name]) if totals[name] else ""), (label, name)
            if totals[name]:
                _assert_share(row["占当年"], part[name], totals[name])
            else:
                assert not row["占当年"]


def test_related_themes_share_as_many_articles_as_they_say(site: Site, records: Records) -> None:
    for label in LABELS:
        page = site.of(theme_page(label))
        mine = {one["id"] for one in records.on(label)}
        for part in page.section("related"):
            for row in part.iterfind(".//tbody/tr"):
                cells = list(row)
                other = page.links(cells[0])[0].words
                theirs = {one["id"] for one in records.on(other)}
                assert int(words(cells[3])) == len(mine & theirs)
                for cell, whole in ((cells[1], mine), (cells[2], theirs)):
                    told = words(cell)
                    if "/" in told:
                        assert told == f"{len(mine & theirs)}/{len(whole)}"
                    else:
                        _assert_share(told, len(mine & theirs), len(whole))


def test_a_pair_says_how_many_when_since_when_and_in_which_official_rounds(site: Site, records: Records) -> None:
    for ends, codes in records.coded_pairs.items():
        stated = records.pairs[ends]
        some = _unique(one for one, _ in stated)
        lead = site.of(pair_page(*codes)).lead()
        count, years, since = re.fullmatch(
            r"本库有 (\d+) 篇文章写到这一对结对(?:\uff0c年份 ([\d–]+))?(?:\uff1b文章所说最早始于 (\d+) 年)?。.*", lead
        ).groups()
        began = [pair["since"] for _, pair in stated if pair["since"]]
        assert (int(count), years or "", since) == (len(some), span(some), str(min(began)) if began else None), ends
        own, up = _held(codes)
        told = lead.partition("。")[2]
        assert ("没有这一对" in told) == (not own and not up), ends
        lists = sorted({year for years in _official().values() for year in years})
        assert [one for one in numbers(told) if one > 1900] == ([*own, *up] or lists), ends
        rows = [
            [words(cell) for cell in row]
            for row in site.of(pair_page(*codes)).section("official")[0].iterfind(".//tbody/tr")
        ]
        assert [row[0][:4] for row in rows if row[1] != "没有列入"] == [str(one) for one in sorted([*own, *up])], ends


def test_the_table_of_pairs_on_a_dossier_is_that_of_statements_and_rounds(site: Site, records: Records) -> None:
    wrong = []
    for code in sorted(records.codes | {one.code for one in gazetteer.provinces()}):
        page = site.of(unit_page(code))
        own = gazetteer.full_name(code)
        shown = {}
        for heading in ("supported", "supporting", "inside"):
            for part in page.section(heading):
                for row in part.xpath("descendant-or-self::div[@class='pairs']//tbody/tr"):
                    origin, target, official, told, since = map(words, row)
                    ends = tuple(
                        name if name.startswith(tuple(_PROVINCES)) else own + name for name in (origin, target)
                    )
                    shown[ends] = (official, numbers(told)[:1] if "篇" in told else [0], since)
        expected = {}
        for ends in _pairs_of(code, records):
            stated = records.pairs.get(ends, [])
            began = [pair["since"] for _, pair in stated if pair["since"]]
            codes = gazetteer.code_of(ends[0]), gazetteer.code_of(ends[1])
            held, up = _held(codes) if all(codes) else ([], [])
            words_ = ["、".join(map(str, held)) + (" 现行" if LATEST_ROUND in held else "")] if held else []
            words_ += ["经上级 " + "、".join(map(str, up))] if up and stated else []
            count = len({one["id"] for one, _ in stated})
            expected[ends] = ("\uff1b".join(words_) or "据文章", [count], str(min(began)) if began else "")
        if len(expected) <= 40 and shown != expected:
            wrong.append(
                (
                    code,
                    {k: (shown.get(k), expected.get(k)) for k in shown | expected if shown.get(k) != expected.get(k)},
                )
            )
    assert wrong == []


def _pairs_of(code: str, records: Records) -> set[tuple[str, str]]:
    """The pairs, stated or official, in which a unit or one below it is a side."""
    found = set()
    for ends in {*records.pairs, *_official()}:
        sides = [gazetteer.code_of(one) or gazetteer.code_of(_province(one)) for one in ends]
        if any(code == one or code in above(one) for one in sides if one):
            found.add(ends)
    return found


@cache
def _official() -> dict[tuple[str, str], list[int]]:
    """The pairs of reference/pairings.yml by today's full names, with the years of their rounds."""
    rounds = yaml.safe_load(reference.text("pairings.yml"))
    found: dict[tuple[str, str], list[int]] = {}
    for one in sorted(rounds, key=lambda each: each["round"]):
        for line in one["pairs"]:
            for target in line["to"]:
                found.setdefault((line["from"], target), []).append(one["round"])
    return found


def _held(codes: tuple[str, str]) -> tuple[list[int], list[int]]:
    """The years of the rounds that list the pair itself, and of those that only list units above its sides."""
    lists = [{gazetteer.full_name(one) for one in (code, *above(code))} for code in codes]
    own = _official().get((gazetteer.full_name(codes[0]), gazetteer.full_name(codes[1])), [])
    up = {year for (a, b), years in _official().items() if a in lists[0] and b in lists[1] for year in years}
    return own, sorted(up - set(own))


def test_a_matrix_counts_articles_between_provinces(site: Site, records: Records) -> None:
    expected: Counter[tuple[str, str]] = Counter()
    for one in records.all:
        ends = {(_province(pair["from"]), _province(pair["to"])) for pair in one["pairs"]}
        expected.update(end for end in ends if all(end))
    for path in ("pictures/index/matrix.csv", "pictures/pairs/index/matrix.csv"):
        assert {(row["帮扶方"], row["受援方"]): int(row["篇数"]) for row in site.table(path)} == dict(expected)


def test_the_arrows_of_a_place_count_the_articles_that_state_its_pairs(site: Site, records: Records) -> None:
    for code in sorted(records.codes):
        own = gazetteer.full_name(code)
        for name, near, far in (("flows-to", 0, 1), ("flows-from", 1, 0)):
            table = site.table(f"pictures/{unit_page(code).removesuffix('.md')}/{name}.csv")
            expected: dict[str, set[str]] = {}
            for ends, stated in records.pairs.items():
                if ends[near].startswith(own) and not ends[far].startswith(own) and _province(ends[far]):
                    expected.setdefault(_province(ends[far]), set()).update(one["id"] for one, _ in stated)
            shown = {row["受援方" if far else "帮扶方"]: int(row["篇数"]) for row in table}
            assert not table or shown == {other: len(ids) for other, ids in expected.items()}, (code, name)


@cache
def _phrases() -> list[Entry]:
    return yaml.safe_load(reference.text("phrases.yml"))


def _uses(phrase: Entry, text: str) -> Iterator[int]:
    """Where a phrase counts in a text: from left to right, at each place the longest form, name or word that fits."""
    forms, not_in, still_in = (phrase.get(key, []) for key in ("forms", "not_in", "still_in"))
    others = [
        form
        for one in _phrases()
        if one is not phrase
        for key in ("forms", "not_in", "still_in")
        for form in one.get(key, [])
    ]
    known = sorted({*forms, *not_in, *still_in, *others}, key=len, reverse=True)
    for found in re.finditer("|".join(map(re.escape, known)), text):
        counts = found[0] in forms or found[0] in still_in
        if counts and (not phrase.get("company") or _in_company(text, found.start(), found.end(), phrase["company"])):
            yield found.start()


def _in_company(text: str, start: int, end: int, company: list[str]) -> bool:
    left = max(text.rfind(sign, 0, start) for sign in ENDS) + 1
    right = min([at for sign in ENDS if (at := text.find(sign, end)) >= 0], default=len(text))
    return any(word in text[left:right] for word in company)


def _phrase_counts(phrase: Entry, some: Iterable[Entry]) -> tuple[list[Entry], int]:
    counts = [(one, len(list(_uses(phrase, one["text"])))) for one in some]
    return [one for one, count in counts if count], sum(count for _, count in counts)


def test_a_phrase_counts_the_articles_that_use_it_and_every_use(site: Site, records: Records) -> None:
    totals = Counter(map(year, records.all))
    for phrase in _phrases():
        using, uses = _phrase_counts(phrase, records.all)
        page = site.of(f"phrases/{phrase['slug']}.md")
        told = words(page.told("篇数"))
        if not using:
            assert "没有用到" in told, phrase["slug"]
            assert not site.table(f"phrases/{phrase['slug']}.csv")
            continue
        assert numbers(told)[:3] == [len(using), uses, len(records.all)], phrase["slug"]
        _assert_share(told, len(using), len(records.all))
        table = site.table(f"phrases/{phrase['slug']}.csv")
        assert len(table) == uses
        assert {row["article"] for row in table} == {one["id"] for one in using}
        part = Counter(map(year, using))
        for row in site.table(f"pictures/phrases/{phrase['slug']}/years.csv"):
            name = UNDATED if row["年份"] == "未注日期" else row["年份"]
            assert (row["当年全部文章"], next(iter(row.values()))) == (str(totals[name] or ""), row["年份"])
            assert row[f"用到“{phrase['forms'][0]}”的文章"] == (str(part[name]) if totals[name] else "")
        dated = [one for one in using if year(one) != UNDATED]
        for term, choice in (("本库首见", min), ("本库末见", max)):
            ends = page.links(page.told(term))
            assert not dated or _earliest(records.by_id[records.id_of(ends[0].page)]) == choice(map(_earliest, dated))


def test_the_clock_gives_the_numbers_of_the_phrases_own_pages(site: Site, records: Records) -> None:
    totals = Counter(map(year, records.all))
    names = {one["forms"][0]: one for one in _phrases()}
    for row in site.table("pictures/phrases/index/clock.csv"):
        name = UNDATED if row["年份"] == "未注日期" else row["年份"]
        using, uses = _phrase_counts(names[row["用语"]], [one for one in records.all if year(one) == name])
        expected = [str(len(using)), str(uses), str(totals[name])] if totals[name] else ["", "", ""]
        assert [row["篇数"], row["处数"], row["当年全部文章"]] == expected, row
    page = site.of("phrases/index.md")
    for cells in page.rows("每个用语"):
        using, uses = _phrase_counts(names[page.links(cells[0])[0].words], records.all)
        assert [words(cell) for cell in cells[3:]] == ([str(len(using)), str(uses)] if using else ["–", "–"])


def test_a_line_of_a_phrase_holds_it_and_leads_to_the_paragraph_that_holds_the_line(site: Site) -> None:
    wrong = []
    for phrase in _phrases():
        page = site.of(f"phrases/{phrase['slug']}.md")
        for cells in page.rows("用语居中"):
            link = page.links(cells[2])[0]
            line = letters("".join(words(cell) for cell in cells[1:4]))
            if link.words not in phrase["forms"] or line not in letters(
                words(site.page(link.page).anchors[link.anchor])
            ):
                wrong.append((phrase["slug"], link, line))
        assert len(page.rows("用语居中")) <= 200
    assert wrong == []


def _practices(site: Site) -> dict[str, set[str]]:
    """The pages of practices: path -> the names that stand on it."""
    found = {}
    for path in site.names("practices/*/index.html"):
        page = site.page(path)
        also = next((words(one) for one in page.tree.find_class("credit")), "")
        names = {words(page.tree.find(".//h1"))}
        found[path] = names | set(also.removeprefix("又作\uff1a").split("、")) - {""} if also else names
    return found


def _practice_page(site: Site, names: set[str]) -> str:
    return next(path for path, of in _practices(site).items() if of == names).replace("/index.html", ".md")


def _naming(records: Records, names: set[str]) -> list[Entry]:
    return [
        one
        for one in records.all
        if any(letters(practice["name"]) in set(map(letters, names)) for practice in one["practices"])
    ]


def test_every_named_practice_stands_on_exactly_one_page_with_its_articles(site: Site, records: Records) -> None:
    pages = _practices(site)
    standing = Counter(letters(name) for names in pages.values() for name in names)
    assert set(standing) == {letters(practice["name"]) for one in records.all for practice in one["practices"]}
    assert set(standing.values()) <= {1}
    for path, names in pages.items():
        some = _naming(records, names)
        lead = site.page(path).lead()
        assert (numbers(lead)[0], lead.partition("年份 ")[2].rstrip("。")) == (len(some), span(some)), path


def test_the_sentences_of_a_practice_run_from_the_earliest_and_the_undated_come_last(
    site: Site, records: Records
) -> None:
    for path in _practices(site):
        page = site.page(path)
        told = [
            records.by_id[records.id_of(page.link(one).page)]
            for one in page.tree.xpath(".//div[@class='quotes']/ul/li/small/a")
        ]
        dates = [_earliest(one) if year(one) != UNDATED else ("9999",) for one in told]
        assert dates == sorted(dates), path


def test_a_dossier_names_the_first_dated_article_on_a_practice(site: Site, records: Records) -> None:
    wrong = []
    for code in sorted(records.codes):
        page = site.of(unit_page(code))
        for line in page.tree.xpath(".//div[@class='practices']/ul/li"):
            first = next(one for one in page.links(line) if records.id_of(one.page))
            names = next(of for path, of in _practices(site).items() if path == page.links(line)[0].page)
            here = [
                one
                for one in _naming(records, names)
                for practice in one["practices"]
                if _within(practice, names, code)
            ]
            if here and any(year(one) != UNDATED for one in here):
                oldest = min(_earliest(one) for one in here if year(one) != UNDATED)
                shown = records.by_id[records.id_of(first.page)]
                wrong += [(code, first.words, oldest)] if _earliest(shown) != oldest else []
    assert wrong == []


def _within(practice: Entry, names: set[str], code: str) -> bool:
    place = gazetteer.code_of(practice["place"]) if practice["place"] else None
    return practice["name"] in names and place is not None and (place == code or code in above(place))


def test_a_section_that_a_practice_leads_to_holds_a_sentence_on_it(site: Site, records: Records) -> None:
    wrong = []
    for path, names in _practices(site).items():
        page = site.page(path)
        for small in page.tree.find_class("sections"):
            one = records.by_id[records.id_of(page.link(small.getparent().find("a")).page)]
            starts = [practice["evidence"]["start"] for practice in one["practices"] if practice["name"] in names]
            holding = {
                letters(s["heading"])[:40] for s in one["sections"] if any(s["start"] <= at < s["end"] for at in starts)
            }
            shown = {letters(link.words) for link in page.links(small)}
            wrong += [(path, one["id"], shown, holding)] if not shown <= holding else []
    assert wrong == []


def test_every_quotation_on_every_page_stands_where_its_link_leads(site: Site, records: Records) -> None:
    """A quotation is a `q` or a passage; the link beside it leads to the paragraph that holds its words."""
    wrong = []
    count = 0
    for path in site.names("**/index.html"):
        if path.startswith("articles/"):
            continue
        page = site.page(path)
        for quote in [*page.tree.iter("q"), *page.tree.xpath(".//div[@class='passage']/blockquote")]:
            link = next(one for one in page.links(quote.getparent()) if records.id_of(one.page))
            count += 1
            if not _holds(site, link.page, link.anchor, words(quote)):
                wrong.append((path, link, words(quote)))
    assert wrong == []
    assert count


def test_every_piece_of_evidence_on_an_article_stands_in_the_sentence_that_it_leads_to(
    site: Site, records: Records
) -> None:
    wrong = []
    for one in records.all:
        page = site.page(records.page_of(one))
        for details in [*page.tree.find_class("evidence"), *page.tree.find_class("figures")]:
            for cell in details.iterfind(".//tbody/tr/td"):
                for mark in cell.iterfind("mark"):
                    link = next((n for n in mark.itersiblings("a")), None)
                    if link is None or not _holds(site, page.path, link.get("href")[1:], words(mark)):
                        wrong.append((page.path, words(mark), None if link is None else link.get("href")))
    assert wrong == []


def _holds(site: Site, path: str, anchor: str, quoted: str) -> bool:
    """Whether the block of the anchor holds all parts of a quotation that was cut; a list of claims may run on."""
    element = site.page(path).anchors.get(anchor)
    if element is None:
        return False
    block = element
    while block.tag == "span":
        block = block.getparent()
    text = letters(words(block))
    following = block.getnext()
    if following is not None:
        text += letters(words(following))
    return all(letters(part) in text for part in quoted.split("…"))


def test_figures_of_a_dossier_are_those_of_the_data_file(site: Site, records: Records) -> None:
    for code in sorted(records.codes):
        own = gazetteer.full_name(code)
        expected = [
            (one["id"], figure["label"], figure["evidence"]["quote"])
            for one in records.all
            for figure in one["figures"]
            if figure["place"] == own
        ]
        slug = unit_page(code).removesuffix(".md")
        shown = [
            (row["article"], row["label"].removeprefix("'"), row["quote"].removeprefix("'"))
            for row in site.table(f"{slug}/figures.csv")
        ]
        assert sorted(shown) == sorted(expected), own
        rows = site.of(unit_page(code)).rows(f"文章里说{gazetteer.unit(code).name}的数字")
        assert {words(row[0]) for row in rows} <= {label for _, label, _ in expected}
        assert bool(rows) == bool(expected)


def test_the_files_of_a_dossier_hold_all_its_articles_with_their_role(site: Site, records: Records) -> None:
    for code in sorted(records.codes):
        slug = unit_page(code).removesuffix(".md")
        expected = [(one["id"], "subject") for one in records.about(code)]
        expected += [(one["id"], "mention") for one in records.mentioning(code)]
        assert [(row["id"], row["role"]) for row in site.table(f"{slug}/articles.csv")] == expected, code
        stated = [(one["id"], *ends) for ends in _pairs_of(code, records) for one, _ in records.pairs.get(ends, [])]
        shown = [(row["article"], row["from"], row["to"]) for row in site.table(f"{slug}/pairs.csv") if row["article"]]
        assert sorted(shown) == sorted(stated), code


def test_the_coverage_panels_count_what_is_missing(site: Site, records: Records) -> None:
    wrong = []
    places = {unit_page(code): records.about(code) for code in sorted(records.codes)}
    for markdown, some in {"index.md": records.all, **places}.items():
        page = site.of(markdown)
        months = sorted({month(one) for one in some} - {""})
        spanned = _number(months[-1]) - _number(months[0]) + 1 if months else 0
        told = page.told("空白")
        if spanned > 1:
            empty = spanned - len(months)
            counts = [int(one) for one in re.findall(r"(\d+) 个月", words(told))]
            wrong += (
                [(markdown, "months", counts)]
                if counts[: 1 + bool(empty)] != [spanned, empty][: 1 + bool(empty)]
                else []
            )
            stated = re.findall(r"(\d{4}) 年 (\d+) 月", words(told))[:2]
            first, last = (f"{int(name[:4])} 年 {int(name[5:])} 月" for name in (months[0], months[-1]))
            dates = sorted(when(one) for one in some if year(one) != UNDATED)
            exact = dates[0].startswith(months[0]) and dates[-1].startswith(months[-1])
            if (
                not exact
                and stated != [tuple(numbers(first)), tuple(numbers(last))]
                and not (first in words(told) and last in words(told))
            ):
                wrong.append(
                    (
                        markdown,
                        "the months counted are not from the first date to the last",
                        words(told),
                        months[0],
                        months[-1],
                    )
                )
        gap = max((_number(b) - _number(a) - 1 for a, b in pairwise(months)), default=0)
        if gap > 1:
            wrong += [(markdown, "silence", gap)] if f"共 {gap} 个月" not in words(told) else []
        loose = words(page.told("日期"))
        undated = sum(year(one) == UNDATED for one in some)
        inferred = sum(one["date_origin"] == "inferred" and year(one) != UNDATED for one in some)
        bare = sum(not month(one) and year(one) != UNDATED and one["date_origin"] != "inferred" for one in some)
        for count, form in ((undated, "{} 篇没有日期"), (bare, "{} 篇只知年份"), (inferred, "{} 篇的日期由正文推断")):
            wrong += [(markdown, form, count, loose)] if (form.format(count) in loose) != bool(count) else []
        sources = Counter(source(one) for one in some if source(one))
        wrong += (
            [(markdown, "sources")] if sources and not words(page.told("来源")).startswith(f"{len(sources)} 个") else []
        )
        reprints = words(page.told("转载"))
        shown = numbers(reprints) or [len(some), len(some)]
        wrong += [(markdown, "reprints", shown)] if shown != [len(some), distinct(some)] else []
        doubtful = sum(bool(one["conjectures"] or one["gaps"]) for one in some)
        wrong += [(markdown, "doubtful")] if (numbers(words(page.told("文字"))) or [0]) != [doubtful] else []
        aside = words(page.told("未收"))
        wrong += [(markdown, "set aside")] if site.rejected and f"{len(site.rejected)} 件" not in aside else []
    assert wrong == []


def test_no_page_says_zero_where_there_is_no_report(site: Site) -> None:
    wrong = []
    for path in site.names("**/index.html"):
        if not path.startswith("articles/"):
            page = site.page(path)
            cells = page.tree.xpath(".//table[contains(@class, 'chart')]//td | .//*[@class='n']")
            wrong += [(path, words(cell)) for cell in cells if words(cell) == "0"]
            wrong += [(path, found) for found in re.findall(r"(?<![\d.\-])0 (?:篇|对|种|个月没有)", page.words)]
    assert wrong == []


def test_the_downloads_page_counts_the_rows_of_every_file_and_gives_its_size(site: Site) -> None:
    page = site.of("downloads.md")
    checked = 0
    for row in page.section("files")[0].iterfind(".//tbody/tr"):
        name, _, count, size = row
        file = site.folder / "data" / words(name)
        if words(count) != UNREPORTED:
            text = file.read_text(encoding="utf-8-sig")
            if file.suffix == ".jsonl":
                assert int(words(count).replace(",", "")) == len(text.splitlines()), file
            elif file.suffix == ".csv":
                assert int(words(count).replace(",", "")) == len(site.table(words(name))), file
            checked += 1
        number, unit = words(size).split()
        exact = file.stat().st_size / {"B": 1, "kB": 1e3, "MB": 1e6}[unit]
        assert abs(float(number) - exact) <= (0.05 if "." in number else 0.5) + 1e-9, file
    assert checked


def test_every_csv_of_a_picture_says_what_its_table_says(site: Site) -> None:
    wrong = []
    for path in site.names("**/index.html"):
        if path.startswith("articles/"):
            continue
        page = site.page(path)
        for picture in page.tree.iter("figure"):
            file = next(one for one in page.links(picture) if one.words == "CSV").page
            table = picture.find(".//table[@class='numbers']")
            if table is None:
                continue
            shown = [[words(cell) for cell in row] for row in table.iterfind("./tbody/tr")]
            rows = [[value or UNREPORTED for value in row.values()] for row in site.table(file.removeprefix("data/"))]
            wrong += [(path, picture.get("id"))] if shown != rows else []
    assert wrong == []


_PROVINCES = [one.name for one in gazetteer.provinces()]


def _province(full_name: str) -> str:
    return next((name for name in _PROVINCES if full_name.startswith(name)), "")


def _provinces(one: Entry) -> list[str]:
    return [gazetteer.full_name(code) for code in reported(one) if not above(code)]


def _unique(some: Iterable[Entry]) -> list[Entry]:
    return list({one["id"]: one for one in some}.values())


def _number(name: str) -> int:
    return int(name[:4]) * 12 + int(name[5:7]) - 1


def _bars(page: Page, parts: Iterable[HtmlElement]) -> dict[str, int]:
    """The names of a list with bars, as their links have them, with their numbers."""
    lines = [line for part in parts for line in part.xpath("descendant-or-self::div[@class='counted']/ul/li")]
    return {page.links(line)[0].words: int(words(line.find_class("n")[0])) for line in lines}


def _place_rows(page: Page) -> list[list[HtmlElement]]:
    return [list(row) for part in page.section("places") for row in part.iterfind(".//tbody/tr")]


@cache
def _code_of(path: str) -> str:
    """The code of the unit whose page this is."""
    return _codes_by_page()[path.removesuffix("/index.html") + ".md"]


@cache
def _codes_by_page() -> dict[str, str]:
    return {unit_page(one.code): one.code for one in gazetteer.units() if one.last_year is None}
