"""The page of an article: its text, its doubt, its evidence, its way back to every list."""

from __future__ import annotations

import re

import msgspec
import pytest
import yaml

from pages_fixture import RULE_CONJECTURE, archive, article
from shanhai.pages.article import article as article_page
from shanhai.pages.body import Anchors
from shanhai.pages.marks import Mark, doubtful, shown_before
from shanhai.pages.rules import anchor, rule_link, rules
from shanhai.pages.wording import date_words, local_name, quantity
from shanhai.records import (
    Article,
    BlockKind,
    Certainty,
    DescribedArticle,
    Dispute,
    Edit,
    EditPass,
    Evidence,
    Organisation,
    Place,
)
from shanhai.relate.views import Archive, view

COMMA, COLON, OPEN, CLOSE = "\uff0c", "\uff1a", "\uff08", "\uff09"


def page_of(*articles: Article) -> str:
    """The page of the first article in an archive of these."""
    return article_page(articles[0], view(Archive(articles=articles, rejected=(), repairs={}, files=len(articles))))


def front_matter(page: str) -> dict[str, object]:
    """The front matter of a page."""
    found: dict[str, object] = yaml.safe_load(page.split("---\n")[1])
    return found


def text_of(page: str) -> str:
    """What stands between the head and the apparatus."""
    return page.partition('<div class="text" markdown="1">')[2].partition("</div>")[0]


def test_front_matter_names_title_date_and_tags_and_where_each_tag_leads() -> None:
    front = front_matter(page_of(article(3)))
    assert front["title"] == "江苏与贵州的第4本账"
    assert front["date"] == "2017-03-08"
    assert front["tags"] == ["江苏省", "贵州省", "教育帮扶", "干部人才"]
    assert front["tag_pages"] == {
        "江苏省": "provinces/jiangsu.md",
        "贵州省": "provinces/guizhou.md",
        "教育帮扶": "themes/education.md",
        "干部人才": "themes/cadres.md",
    }


def test_every_block_has_its_anchor_and_headings_have_their_own_series() -> None:
    names = re.findall(r"\{: #(\w+)", text_of(page_of(article(3))))
    assert names == ["p1", "s1", "p2", "p3", "p4", "s2", "p5", "p6", "p7"]


def test_the_first_mention_of_each_province_links_to_its_page_and_no_other_does() -> None:
    text = text_of(page_of(article(3)))
    assert text.count("[江苏省](../../provinces/jiangsu.md)") == 1
    assert text.count("[贵州省](../../provinces/guizhou.md)") == 1


def test_a_province_that_stands_first_in_a_heading_is_linked_where_the_text_names_it() -> None:
    clean = "江苏省来客\n\n江苏省的客人到了。"
    one = article(3, text=clean)
    evidence = tuple(Evidence(quote="江苏省", start=at, end=at + 3, rule="PLACE-01") for at in (0, 7))
    place = Place(name="江苏省", code="320000", level="province", role="subject", evidence=evidence)
    block = msgspec.structs.replace(one.described.blocks[0], kind=BlockKind.HEADING, level=2)
    described = msgspec.structs.replace(one.described, blocks=(block, *one.described.blocks[1:]))
    found = msgspec.structs.replace(one.annotations, places=(place,))
    text = text_of(page_of(msgspec.structs.replace(one, described=described, annotations=found)))
    assert "## 江苏省来客" in text
    assert "[江苏省](../../provinces/jiangsu.md)的客人" in text


def test_a_conjecture_is_marked_where_it_stands_and_says_what_the_source_had() -> None:
    page = page_of(article(3))
    assert f'title="整理者的读法{COMMA}原作{COLON}&#42;">书记</span>' in text_of(page)
    assert "| [¶6](#p6) | &#42; | 书记 |" in page


def test_a_gap_without_a_character_is_shown_as_a_bracketed_sign() -> None:
    page = page_of(article(3))
    assert f'不带随员{COMMA}<span class="gap" title="此处原文有缺">〔缺〕</span>只带本子' in text_of(page)


def test_a_page_without_doubt_has_no_legend_and_no_list_of_doubts() -> None:
    page = page_of(article(3, text="江苏省和贵州省。"))
    assert "legend" not in page
    assert "doubts" not in page


def test_marks_follow_the_text_through_later_passes() -> None:
    one = article(3).described
    read = [one.text[mark.start : mark.end] for mark in doubtful(one)]
    assert read == ["书记", ""]


def test_a_mark_whose_text_was_removed_again_is_listed_without_a_place() -> None:
    one = article(3).described
    conjecture = next(mark for mark in doubtful(one) if mark.edit.certainty is Certainty.CONJECTURE)
    changed = _with_pass(one, conjecture, "")
    assert [mark.start for mark in doubtful(changed) if mark.edit == conjecture.edit] == [None]


def test_a_mark_whose_text_was_changed_again_stays_on_it() -> None:
    """A conjectured character that a later step only writes otherwise is still a conjecture to the reader."""
    one = article(3).described
    conjecture = next(mark for mark in doubtful(one) if mark.edit.certainty is Certainty.CONJECTURE)
    changed = _with_pass(one, conjecture, "領導")
    (place,) = [(mark.start, mark.end) for mark in doubtful(changed) if mark.edit == conjecture.edit]
    assert changed.text[slice(*place)] == "領導"


def _with_pass(one: DescribedArticle, mark: Mark, after: str) -> DescribedArticle:
    """The article after a later pass that changed what the mark led to."""
    later = Edit(rule="X-01", start=mark.start, end=mark.end, before=one.text[mark.start : mark.end], after=after)
    return msgspec.structs.replace(
        one,
        text=one.text[: mark.start] + after + one.text[mark.end :],
        log=(*one.log, EditPass(step="x", edits=(later,))),
    )


@pytest.mark.parametrize("rule", ["SPAM-02", "NOISE-SPAM"])
def test_what_a_spam_rule_removed_is_shown_by_its_length_alone(rule: str) -> None:
    edit = Edit(rule=rule, start=0, end=4, before="某某品牌", after="")
    assert shown_before(edit) == "[4 字]"


def test_white_space_in_the_source_is_named() -> None:
    assert shown_before(Edit(rule="PLUS-02", start=0, end=1, before=" ", after="+")) == "[空白]"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "1996年10月23日"),
        (1, f"2001年{OPEN}月日不详{CLOSE}"),
        (3, f"2017年3月8日{OPEN}据网址{CLOSE}"),
        (7, f"2020年11月{OPEN}日不详{CLOSE}"),
        (11, "无日期"),
    ],
)
def test_a_date_says_how_far_it_is_known_and_where_it_comes_from(number: int, words: str) -> None:
    assert date_words(article(number).described) == words
    assert words in page_of(article(number))


def test_doubt_about_a_date_is_said_in_words() -> None:
    described = msgspec.structs.replace(article(1).described, date_edtf="2001~")
    assert date_words(described).startswith("约2001年")
    described = msgspec.structs.replace(article(1).described, date_edtf="2001?")
    assert "存疑" in date_words(described)


def test_a_derived_title_is_flagged() -> None:
    assert "这个标题取自正文" in page_of(article(4))
    assert "这个标题取自正文" not in page_of(article(3))


def test_a_sample_says_that_it_is_one() -> None:
    assert "示例文章" in page_of(article(4))
    assert "示例文章" not in page_of(article(3))


def test_each_claim_stands_with_its_sentence_and_a_link_to_the_paragraph() -> None:
    page = page_of(article(3))
    assert "<mark>教育帮扶</mark>要长久" in page
    assert "先要账目清楚。 [¶2](#p2)" in page


def test_evidence_outside_every_block_does_not_break_the_page() -> None:
    one = article(3)
    far = Evidence(quote="不在正文", start=10**6, end=10**6 + 4, rule="PLACE-01")
    place = Place(name="江苏省", code="320000", level="province", role="subject", evidence=(far,))
    found = msgspec.structs.replace(one.annotations, places=(place,))
    assert "不在正文" in page_of(msgspec.structs.replace(one, annotations=found))


def test_the_anchor_of_a_position_is_that_of_its_block() -> None:
    one = article(3).described
    anchors = Anchors(one.blocks)
    found = anchors.around(one.text.index("书记"))
    assert found is not None
    assert found[0] == "p6"
    assert anchors.around(-1) is None


def test_the_making_is_told_by_counts_file_encoding_and_hash() -> None:
    page = page_of(article(3))
    described = article(3).described
    assert "修复 3 处" in page
    for words in (described.raw.file, described.raw.encoding, described.raw.sha256):
        assert words in page


def test_the_page_leads_back_to_every_list_it_stands_in() -> None:
    back = page_of(article(3)).partition("继续看")[2]
    for target in ("provinces/jiangsu", "provinces/guizhou", "themes/education", "themes/cadres", "years/2017"):
        assert f"(../../{target}.md)" in back


def test_articles_with_the_same_text_name_one_another() -> None:
    first, second = article(3), article(15)
    page = page_of(msgspec.structs.replace(first, reprints=(second.id,)), second)
    assert "## 同文" in page
    assert second.path.rpartition("/")[2] in page.partition("## 同文")[2]


def test_related_articles_say_what_they_share() -> None:
    whole = archive(range(24))
    views = view(whole)
    one = next(a for a in whole.articles if a.described.date_edtf == "2017-03-08")
    assert f"同一结对{COLON}江苏省 → 贵州省" in article_page(one, views)


@pytest.mark.parametrize(
    ("value", "words"),
    [(63_000_000, "6300万"), (2_800_000_000, "28亿"), (9223, "9223"), (13, "13"), (15_000, "1.5万"), (0.5, "0.5")],
)
def test_numbers_are_written_as_chinese_print_writes_them(value: float, words: str) -> None:
    assert quantity(value) == words


def test_a_local_name_leaves_out_the_province() -> None:
    assert local_name("贵州省遵义市湄潭县") == "遵义市湄潭县"
    assert local_name("贵州省") == "贵州省"


def test_a_listed_rule_leads_to_its_line_and_an_unlisted_one_is_only_named() -> None:
    listed = next(iter(rules()))
    assert f"../../how-made.md#{anchor(listed)}" in rule_link(listed, "articles/2019/x.md")
    assert rule_link("NO-SUCH-99", "articles/2019/x.md") == "`NO-SUCH-99`"


def test_the_rule_of_the_fixture_is_a_conjecture() -> None:
    marks = doubtful(article(3).described)
    assert [mark.edit.rule for mark in marks if not mark.is_gap] == [RULE_CONJECTURE]


def changed(one: Article, **found: object) -> Article:
    """The article with other annotations or, by the names of its own fields, other facts."""
    own = {key: value for key, value in found.items() if key in Article.__struct_fields__}
    rest = {key: value for key, value in found.items() if key not in own}
    annotations = msgspec.structs.replace(one.annotations, **rest)
    return msgspec.structs.replace(one, annotations=annotations, **own)


def test_a_unit_of_another_name_in_the_articles_year_is_shown_with_both() -> None:
    one = article(3)
    place = msgspec.structs.replace(one.annotations.places[0], name_then="江苏省江宁县")
    page = page_of(changed(one, places=(place,)))
    assert f"{OPEN}文中时为江宁县{CLOSE}" in page


def test_a_pair_says_on_what_it_rests_and_for_what_it_is() -> None:
    one = article(3)
    pair = msgspec.structs.replace(one.annotations.pairs[0], purposes=("教育帮扶", "劳务协作"))
    page = page_of(changed(one, pairs=(pair,)))
    assert f"{OPEN}2016 年官方结对安排{CLOSE}教育帮扶、劳务协作" in page
    assert "据文章" in page_of(changed(one, pairs=(msgspec.structs.replace(pair, official_round=None),)))


def test_an_organisation_stands_beside_the_unit_that_it_helps() -> None:
    one = article(3)
    body = Organisation(
        name="某市第一医院", kind="hospital", origin=None, target="贵州省", evidence=one.annotations.pairs[0].evidence
    )
    assert "某市第一医院 → [贵州省](../../provinces/guizhou.md)" in page_of(changed(one, organisations=(body,)))


@pytest.mark.parametrize(
    ("qualifier", "upper", "shown"),
    [
        (None, None, "360万元"),
        ("nearly", None, "近360万元"),
        ("over", None, "360余万元"),
        ("about", None, "约360万元"),
        ("at least", None, "至少360万元"),
        ("at most", None, "至多360万元"),
        (None, 4_000_000.0, "360万–400万元"),
    ],
)
def test_a_figure_keeps_its_qualifier_and_its_range(qualifier, upper, shown) -> None:
    one = article(3)
    figure = msgspec.structs.replace(one.annotations.figures[0], qualifier=qualifier, upper=upper)
    assert f'<span title="3600000">{shown}</span>' in page_of(changed(one, figures=(figure,)))


def test_a_figure_that_another_article_gives_otherwise_says_so() -> None:
    one, other = article(3), article(6)
    page = page_of(changed(one, disputes=(Dispute(figure=0, article=other.id, value=4_000_000.0),)), other)
    assert f"<small>另说 400万元{COLON}[江苏与贵州的第7本账](" in page


def test_the_byline_names_agency_compiler_and_affiliation() -> None:
    one = article(3)
    facts = {"agency": "新华社", "compiled_by": "某网", "affiliation": "作者系某大学教授"}
    page = page_of(msgspec.structs.replace(one, described=msgspec.structs.replace(one.described, **facts)))
    assert "山海周报 · 电头 新华社 · " in page
    assert "整理 某网 · 作者系某大学教授" in page
