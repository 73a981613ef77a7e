"""Sections: how an article is parted, and which units and themes each part has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from described_text import described
from shanhai.annotate import sections, themes
from shanhai.records import BlockKind, DescribedArticle, Evidence, Level, Place, Role

HEADING, NOTE, CAPTION = BlockKind.HEADING, BlockKind.NOTE, BlockKind.CAPTION
CODES: dict[str, tuple[str, Level]] = {
    "河北省": ("130000", "province"),
    "河北": ("130000", "province"),
    "阜平县": ("130624", "county"),
    "山西省": ("140000", "province"),
    "山西": ("140000", "province"),
    "天镇县": ("140222", "county"),
    "青海": ("630000", "province"),
    "乌兰县": ("632821", "county"),
    "山东": ("370000", "province"),
}
CLINIC = (
    "两地医院结对\uff0c三名医生每月坐诊\uff0c病人不出山就能看病\uff0c乡里的大夫也跟着学了手艺\uff0c来看病的人越来越多。"
)
MOVING = "第一批搬迁户住进安置点\uff0c老屋拆了\uff0c搬下山的老人学会了坐电梯\uff0c新家的灯亮到很晚\uff0c楼下有人说话。"
SCHOOL = "海边的教师来支教\uff0c山里的校长去跟岗\uff0c学生用上了新课堂\uff0c图书室也开了门\uff0c孩子们借书要排队。"


def places(article: DescribedArticle, *mentioned: str) -> tuple[Place, ...]:
    """Every name of `CODES` in the text, as subject but for the mentioned ones."""
    found: dict[str, list[Evidence]] = {}
    taken: set[int] = set()
    for name in sorted(CODES, key=len, reverse=True):
        start = article.text.find(name)
        while start >= 0:
            if start not in taken:
                taken.update(range(start, start + len(name)))
                evidence = Evidence(quote=name, start=start, end=start + len(name), rule="TEST-01")
                found.setdefault(CODES[name][0], []).append(evidence)
            start = article.text.find(name, start + 1)
    levels = dict(CODES.values())
    passing = {CODES[name][0] for name in mentioned}
    return tuple(
        Place(
            name=code,
            code=code,
            level=levels[code],
            role=_role(code in passing),
            evidence=tuple(sorted(quotes, key=_start)),
        )
        for code, quotes in sorted(found.items())
    )


def _role(passing: bool) -> Role:
    return "mention" if passing else "subject"


def _start(evidence: Evidence) -> int:
    return evidence.start


def headings(article: DescribedArticle) -> list[str]:
    return [section.heading for section in sections.find(article, places(article))]


def test_an_article_is_parted_by_its_headings_and_the_lead_is_left_out():
    article = described("编者按。", (HEADING, "看病"), CLINIC, (HEADING, "搬家"), MOVING, "又一段。")
    first, second = sections.find(article, ())
    assert article.text[first.start : first.end] == f"看病\n\n{CLINIC}"
    assert article.text[second.start : second.end] == f"搬家\n\n{MOVING}\n\n又一段。"
    assert (first.heading, first.themes) == ("看病", ("医疗帮扶",))
    assert (second.heading, second.themes) == ("搬家", ("易地搬迁",))


def test_a_note_behind_the_last_paragraph_belongs_to_no_section():
    article = described((HEADING, "看病"), CLINIC, (HEADING, "搬家"), MOVING, (NOTE, "作者单位从略。"))
    assert sections.find(article, ())[-1].end == article.blocks[-2].end


@pytest.mark.parametrize("blocks", [(CLINIC,), (CLINIC, (HEADING, "搬家"), MOVING), (CLINIC, MOVING, SCHOOL), ()])
def test_where_there_is_nothing_to_part_there_are_no_sections(blocks):
    assert sections.find(described(*blocks), ()) == ()


@pytest.mark.parametrize("opening", ["{}\uff1a", "【{}】", "{}——", "▲{}\uff1a"])
def test_a_compilation_without_headings_is_parted_by_the_places_it_opens_with(opening):
    names = ["河北省", "山西省", "青海"]
    article = described(
        "各地有什么做法\uff1f",
        *(opening.format(name) + text for name, text in zip(names, (CLINIC, MOVING, SCHOOL), strict=True)),
    )
    found = sections.find(article, places(article))
    assert [section.heading for section in found] == names
    assert [section.places for section in found] == [("130000",), ("140000",), ("630000",)]
    assert [section.themes for section in found] == [("医疗帮扶",), ("易地搬迁",), ("教育帮扶",)]


@pytest.mark.parametrize(
    "numbers", ["一、 二、 三、", "\uff08一\uff09 \uff08二\uff09 \uff08三\uff09", "1. 2. 3.", "① ② ③"]
)
def test_a_report_is_parted_by_paragraphs_that_are_numbered(numbers):
    first, second, third = numbers.split()
    article = described(f"{first}看病。{CLINIC}", "中间一段。", f"{second}搬家。{MOVING}", f"{third}上学。{SCHOOL}")
    assert headings(article) == [f"{first}看病", f"{second}搬家", f"{third}上学"]


@pytest.mark.parametrize(
    "openings",
    [
        ("记者\uff1a", "村民\uff1a", "记者\uff1a"),
        ("一、", "三、", "五、"),
        ("河北\uff1a", "山西\uff1a", "他说\uff1a"),
        ("1996年\uff0c", "1997年\uff0c", "1998年\uff0c"),
    ],
)
def test_openings_of_no_running_kind_part_nothing(openings):
    texts = (CLINIC, MOVING, SCHOOL)
    assert headings(described(*(opening + text for opening, text in zip(openings, texts, strict=True)))) == []


def test_the_short_items_of_a_list_are_no_sections():
    assert headings(described("一、报名。", "二、初审。", "三、公示。")) == []


def test_a_section_has_the_place_of_its_heading_and_the_counties_in_it():
    article = described(
        (HEADING, "河北\uff1a先看病"), f"阜平县{CLINIC}货卖到山东。", (HEADING, "山西\uff1a先搬家"), f"天镇县{MOVING}"
    )
    found = sections.find(article, places(article, "山东"))
    assert [section.places for section in found] == [("130000", "130624"), ("140000", "140222")]


def test_a_province_in_a_list_is_not_what_a_section_reports_on():
    article = described(
        (HEADING, "看病"),
        f"青海、山西、山东都来了人。阜平县{CLINIC}",
        (HEADING, "搬家"),
        "山西有新村\uff0c山西有新楼。",
    )
    found = sections.find(article, places(article))
    assert [section.places for section in found] == [("130624",), ("140000",)]


def test_a_place_in_a_caption_is_not_what_a_section_reports_on():
    article = described((HEADING, "看病"), CLINIC, (CAPTION, "资料图\uff1a乌兰县的草原"), (HEADING, "搬家"), MOVING)
    assert [section.places for section in sections.find(article, places(article))] == [(), ()]


def test_places_above_a_county_come_with_it_where_the_article_has_them():
    article = described("河北。", (HEADING, "看病"), f"阜平县{CLINIC}", (HEADING, "搬家"), MOVING)
    assert sections.find(article, places(article))[0].places == ("130000", "130624")


_LINES = st.one_of(
    st.sampled_from(
        [CLINIC, "河北\uff1a", "【山西】", "一、", "二、看病。", "三、", "①", "\uff081\uff09", "2、", "10."]
    ),
    st.text(max_size=20),
)


@given(st.lists(st.tuples(st.sampled_from(list(BlockKind)), st.lists(_LINES, max_size=3).map("".join)), max_size=9))
def test_sections_lie_in_order_within_the_text_and_start_with_their_blocks(blocks):
    article = described(*blocks)
    named = places(article)
    found = sections.find(article, named)
    edges = [edge for section in found for edge in (section.start, section.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(article.text) for edge in edges)
    assert {section.start for section in found} <= {block.start for block in article.blocks}
    assert all(set(section.places) <= {place.code for place in named} for section in found)
    spans = [(section.start, section.end) for section in found]
    assert tuple(section.themes for section in found) == themes.find_all(article, spans).sections
