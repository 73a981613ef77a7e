"""Policy phrases: what counts as a mention, first and last, the lines in context, the clock and the pages."""

from __future__ import annotations

import csv
import io
import posixpath
import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages_fixture import archive, article, views_of
from shanhai.pages.articles.anchors import Anchors
from shanhai.pages.phrases import HOME_PHRASES, phrase_pages, small_clock
from shanhai.pages.pictures.clock import LIMITS, MOST_YEARS, drawing
from shanhai.pages.targets import HOME, PHRASES, article_page, phrase_page
from shanhai.pages.wording import written_date
from shanhai.relate import kwic
from shanhai.relate.facts import year
from shanhai.relate.identity import UNDATED
from shanhai.relate.phrases import Mention, PhraseClock, clock, mentions, phrases
from shanhai.relate.views import Views, view

if TYPE_CHECKING:
    from shanhai.records import Article

COMMA, COLON = "\uff0c", "\uff1a"
LINK = re.compile(r'\]\(([^()\s]+)(?: "[^"]*")?\)')
HREF = re.compile(r'href="([^"]+)"')


def found(text: str) -> list[tuple[str, str]]:
    """Name and characters of each mention in a text."""
    return [(phrase.name, text[start:end]) for phrase, start, end in mentions(text)]


def written(number: int, text: str) -> Article:
    """The article of a plan (and so of its date) with this text."""
    return article(number, text=text)


@cache
def small() -> tuple[Views, PhraseClock]:
    """Six articles: 1996, 2001, 2017, 2019, 2021 and one without a date."""
    views = views_of(
        written(0, f"县里的会议室里贴着扶贫攻坚的红纸。\n\n到了冬天{COMMA}扶贫攻坚的账本换了三回。"),
        written(1, "这一年的账本里没有口号。"),
        written(3, f"村口的黑板上写着精准扶贫{COMMA}下面是各户的名字。"),
        written(6, f"精准扶贫的台账交到了脱贫攻坚的专班。\n\n第二段又说脱贫攻坚{COMMA}还说脱贫攻坚。"),
        written(8, f"墙上的字换成了乡村振兴{COMMA}底下的人没有换。"),
        written(11, "没有日期的这一页也说乡村振兴。"),
    )
    return views, clock(views.newest)


def of(name: str, inside: PhraseClock) -> int:
    """Where a phrase stands in the clock."""
    return next(number for number, one in enumerate(inside.views) if one.phrase.name == name)


def test_the_list_of_phrases_is_sound() -> None:
    every = phrases()
    forms = [form for one in every for form in (*one.forms, *one.not_in, *one.still_in)]
    assert len(set(forms)) == len(forms)
    assert len({one.slug for one in every}) == len(every)
    for one in every:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", one.slug)
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", one.policy.since)
        assert all(longer.startswith(one.forms) for longer in (*one.not_in, *one.still_in))
        assert one.policy.document
        assert one.policy.document_en
        assert one.definition.zh.count("。") in (2, 3)


def test_the_phrases_of_a_line_stand_together_and_the_headline_ones_follow_one_another() -> None:
    lines = [one.line for one in phrases()]
    assert lines == sorted(lines, key=["strategy", "cooperation", "goal"].index)
    assert [one.slug for one in phrases() if one.slug in HOME_PHRASES] == list(HOME_PHRASES)


def test_the_name_of_a_body_is_no_mention() -> None:
    assert found("乡村振兴局的门口停着三辆车。") == []
    assert found("对口支援办公室在二楼。") == []


def test_a_word_that_only_begins_like_a_body_is_a_mention_of_the_phrase_alone() -> None:
    assert found("乡村振兴局面打开了。") == [("乡村振兴", "乡村振兴")]
    assert found("新的对口支援办法发下来了。") == [("对口支援", "对口支援")]


def test_a_common_word_counts_only_beside_its_company_in_the_same_sentence() -> None:
    assert found("两条公路有效衔接。乡村振兴是后来的事。") == [("乡村振兴", "乡村振兴")]
    assert ("有效衔接", "有效衔接") in found(f"脱贫成果同后面的事有效衔接{COMMA}不能断档。")
    assert ("有效衔接", "有效衔接") in found(f"有效衔接四个字{COMMA}说的是脱贫之后。")


def test_the_older_name_of_a_policy_is_not_counted_as_the_newer_one() -> None:
    assert found("东西部扶贫协作改了名。") == [("东西部扶贫协作", "东西部扶贫协作")]
    assert found("东西部协作是新的名字。") == [("东西部协作", "东西部协作")]


@pytest.mark.parametrize("middle", ["", "、", COMMA, "”“", "”、“"])
def test_a_phrase_is_found_in_each_written_form_under_one_name(middle: str) -> None:
    assert found(f"说的是两不愁{middle}三保障。") == [("两不愁三保障", f"两不愁{middle}三保障")]


def test_first_and_last_are_of_dated_articles_and_the_undated_stand_apart() -> None:
    _, inside = small()
    revitalisation = inside.views[of("乡村振兴", inside)]
    assert revitalisation.first is not None
    assert revitalisation.last is not None
    assert year(revitalisation.first.article) == year(revitalisation.last.article) == "2021"
    assert revitalisation.articles_by_year == {"2021": 1, UNDATED: 1}
    assert [year(one.article) for one in revitalisation.mentions] == ["2021", UNDATED]


def test_half_of_a_character_is_no_hindrance() -> None:
    """What stands beside it is found at its place."""
    phrase = phrases()[0].name
    text = f"\ud800\u5728{phrase}\udc00"
    assert found(text) == [(phrase, phrase)]


def test_an_article_counts_once_and_its_mentions_each() -> None:
    _, inside = small()
    battle = inside.views[of("脱贫攻坚", inside)]
    assert (battle.articles_by_year, battle.mentions_by_year) == ({"2019": 1}, {"2019": 3})
    targeted = inside.views[of("精准扶贫", inside)]
    assert targeted.first is not None
    assert targeted.last is not None
    assert (year(targeted.first.article), year(targeted.last.article)) == ("2017", "2019")


def test_the_denominators_are_all_articles_of_a_year() -> None:
    _, inside = small()
    assert inside.totals == {"1996": 1, "2001": 1, "2017": 1, "2019": 1, "2021": 1, UNDATED: 1}
    assert inside.span == (1996, 2021)


def test_a_phrase_that_nobody_uses_has_neither_first_nor_last() -> None:
    _, inside = small()
    unused = inside.views[of("共同富裕", inside)]
    assert (unused.articles, unused.first, unused.last) == ((), None, None)


def test_a_line_stays_within_its_block_and_on_one_line() -> None:
    text = "前一段。\n\n甲乙\n脱贫攻坚丙丁。\n\n后一段。"
    start = text.index("脱贫攻坚")
    blocks = written(0, text).described.blocks
    assert kwic.line(text, blocks[1], start, start + 4) == ("甲乙 ", "脱贫攻坚", "丙丁。")


@given(st.lists(st.integers(min_value=1990, max_value=2025), max_size=80), st.integers(min_value=36, max_value=60))
def test_no_more_lines_than_there_is_room_for_and_every_year_keeps_some(years: list[int], most: int) -> None:
    base = written(0, "一个字也不改的说法。")
    made = []
    for number, name in enumerate(sorted(years)):
        described = msgspec.structs.replace(base.described, date=None, date_edtf=str(name))
        one = msgspec.structs.replace(base, id=f"{number:04}", described=described)
        made += [Mention(one, 0, 2), Mention(one, 2, 4)]
    chosen = kwic.chosen(made, most)
    assert len(chosen.mentions) <= most
    assert {year(one.article) for one in chosen.mentions} == {str(name) for name in years}
    assert list(chosen.mentions) == [one for one in made if one in chosen.mentions]


def test_another_printing_gives_no_second_line() -> None:
    first = written(3, "账本上写着精准扶贫。")
    copy = msgspec.structs.replace(written(6, "账本上写着精准扶贫。"), chosen=first.id)
    views = views_of(first, copy)
    inside = clock(views.newest)
    targeted = inside.views[of("精准扶贫", inside)]
    assert len(targeted.articles) == 2
    assert [one.article.id for one in kwic.chosen(targeted.mentions).mentions] == [first.id]
    pages = phrase_pages(views, inside)
    assert pages[phrase_page(targeted.phrase.slug)].count("[精准扶贫](../articles/") == 1


def test_every_phrase_has_its_page_and_those_that_are_used_their_files() -> None:
    views, inside = small()
    pages = phrase_pages(views, inside)
    assert {phrase_page(one.slug) for one in phrases()} | {PHRASES} == {path for path in pages if path.endswith(".md")}
    used = {one.phrase.slug for one in inside.views if one.articles}
    assert {path for path in pages if path.startswith("data/phrases/")} == {f"data/phrases/{one}.csv" for one in used}
    assert "没有用到" in pages[phrase_page("common-prosperity")]


def test_every_line_leads_to_the_paragraph_that_holds_it() -> None:
    views, inside = small()
    pages = phrase_pages(views, inside)
    by_page = {article_page(one): one for one in views.newest}
    lines = 0
    for one in inside.views:
        page = phrase_page(one.phrase.slug)
        for target in LINK.findall(pages[page].partition('class="kwic"')[2].partition("</div>")[0]):
            path, _, anchor = posixpath.normpath(posixpath.join("phrases", target)).partition("#")
            described = by_page[path].described
            anchors = Anchors(described.blocks)
            block = dict(zip(anchors.names, anchors.blocks, strict=True))[anchor]
            assert one.phrase.name in described.text[block.start : block.end]
            lines += 1
    assert lines == sum(len(one.mentions) for one in inside.views)


def test_every_cell_of_the_clock_leads_to_a_year_that_the_page_of_the_phrase_has() -> None:
    views, inside = small()
    pages = phrase_pages(views, inside)
    cells = [href for href in HREF.findall(pages[PHRASES]) if re.search(r"(?:#|&#35;)y", href)]
    assert len(cells) == sum(len(one.articles_by_year) for one in inside.views)
    for href in cells:
        slug, anchor = re.fullmatch(r"(?:\.\./)*(?:phrases/)?([a-z-]+)/(?:#|&#35;)(y\w+)", href).groups()  # type: ignore[union-attr]
        assert f"{{: #{anchor} }}" in pages[phrase_page(slug)]


def test_a_year_without_articles_is_hatched_and_one_that_does_not_use_the_phrase_is_not() -> None:
    views, inside = small()
    made = drawing(inside, inside.views, PHRASES, caption="钟")
    row = next(line for line in made.markup.split("\n") if ">脱贫攻坚</a>" in line)
    cells = re.findall(r"<td class=\"([^\"]*)\">(.*?)</td>", row)
    years = dict(zip([*range(1996, 2022), UNDATED], cells, strict=True))
    assert years[1997] == ("t0", "–")
    assert years[2001] == ("unused", "·")
    assert years[2015] == ("t0 since", "–")
    assert years[2019][0] == f"t{len(LIMITS)}"
    assert not re.search(r">0<", row)
    assert len(views.newest) == sum(inside.totals.values())


def test_the_clock_sums_up_the_years_that_it_has_no_room_for() -> None:
    base = written(0, "扶贫攻坚的账本。")
    made = []
    for number, name in enumerate((1980, 1981, 2025)):
        described = msgspec.structs.replace(base.described, date=None, date_edtf=str(name))
        made.append(msgspec.structs.replace(base, id=f"{name}", path=f"articles/{name}/{number}", described=described))
    inside = clock(views_of(*made).newest)
    markup = drawing(inside, inside.views, PHRASES, caption="钟").markup
    assert markup.count('<th scope="col"') == 1 + 1 + MOST_YEARS
    assert f"{2025 - MOST_YEARS + 1} 年前{COLON}2 篇" in markup


def test_the_numbers_beside_the_clock_leave_a_year_without_articles_empty() -> None:
    views, inside = small()
    pages = phrase_pages(views, inside)
    rows = list(csv.DictReader(io.StringIO(pages["data/pictures/phrases/index/clock.csv"].removeprefix("\ufeff"))))
    told = {(row["用语"], row["年份"]): (row["篇数"], row["处数"], row["当年全部文章"]) for row in rows}
    assert told["脱贫攻坚", "2019"] == ("1", "3", "1")
    assert told["脱贫攻坚", "2001"] == ("0", "0", "1")
    assert told["脱贫攻坚", "1997"] == ("", "", "")


def test_the_file_of_a_phrase_has_a_row_for_every_mention() -> None:
    views, inside = small()
    text = phrase_pages(views, inside)["data/phrases/battle-against-poverty.csv"].removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["phrase"] for row in rows] == ["脱贫攻坚"] * 3
    assert all(row["page"].startswith("articles/2019/") for row in rows)


def test_the_small_clock_shows_the_four_headline_phrases_or_nothing() -> None:
    views, inside = small()
    picture = small_clock(views, inside, HOME)
    assert picture is not None
    assert [
        name for name in ("精准扶贫", "脱贫攻坚", "有效衔接", "乡村振兴") if f">{name}</a>" in picture.markdown
    ] == [
        "精准扶贫",
        "脱贫攻坚",
        "有效衔接",
        "乡村振兴",
    ]
    assert ">对口支援</a>" not in picture.markdown
    without = views_of(written(1, "没有口号的一页。"))
    assert small_clock(without, clock(without.newest), HOME) is None


@pytest.mark.parametrize("numbers", [range(0), range(11, 12), range(12)], ids=["none", "undated alone", "all"])
def test_every_archive_gives_all_pages_the_same_each_time(numbers: range) -> None:
    views = view(archive(numbers))
    made = phrase_pages(views, clock(views.newest))
    assert made == phrase_pages(views, clock(views.newest))
    assert len([path for path in made if path.endswith(".md")]) == len(phrases()) + 1


def test_the_text_of_an_article_can_be_no_markup_in_a_line() -> None:
    hostile = "<b>脱贫攻坚</b> | [x](javascript:1) {: onclick=x }"
    views = views_of(written(6, hostile))
    page = phrase_pages(views, clock(views.newest))[phrase_page("battle-against-poverty")]
    line = next(row for row in page.split("\n") if "[脱贫攻坚](" in row)
    assert "<b>" not in line
    assert "](javascript" not in line
    assert "{: onclick" not in line
    assert line.count("|") == 6


@pytest.mark.parametrize(
    ("edtf", "words"), [("1979", "1979年"), ("2013-12", "2013年12月"), ("2015-11-09", "2015年11月9日")]
)
def test_a_date_of_policy_is_told_as_far_as_it_is_known(edtf: str, words: str) -> None:
    assert written_date(edtf) == words
