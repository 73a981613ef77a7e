"""The page of an article: its text, its doubt, its evidence, its way back to every list."""

from __future__ import annotations

import posixpath
import re

import msgspec
import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from pages_fixture import RULE_CONJECTURE, archive, archive_of, article, with_facts
from shanhai.marks import Mark, doubtful
from shanhai.pages.articles.anchors import Anchors
from shanhai.pages.articles.article import article as article_page
from shanhai.pages.articles.body import body
from shanhai.pages.markdown import relative
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
from shanhai.relate.neighbours import neighbours
from shanhai.relate.views import view
from shanhai.unshown import shown_before

COMMA, COLON, OPEN, CLOSE = "\uff0c", "\uff1a", "\uff08", "\uff09"


def page_of(*articles: Article) -> str:
    """The page of the first article in an archive of these."""
    return article_page(articles[0], view(archive_of(*articles)))


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
    assert f'title="整理者的读法{COMMA}原作{COLON}&#42;" href="#n1">书记</a>' in text_of(page)
    assert '| [¶6](#p6) {: #n1 } | <span translate="no">&#42;</span> | 书记 |' in page


def test_a_gap_without_a_character_is_shown_as_a_bracketed_sign() -> None:
    page = page_of(article(3))
    assert f'不带随员{COMMA}<a class="gap" title="此处原文有缺" href="#n2">〔缺〕</a>只带本子' in text_of(page)


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


def test_each_claim_stands_with_its_sentence_and_a_link_to_it() -> None:
    page = page_of(article(3))
    assert "<mark>教育帮扶</mark>要长久" in page
    assert "先要账目清楚。 [¶2](#p2-3)" in page
    assert f'<span id="p2-3">有人说{COMMA}' in text_of(page)


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
    page = page_of(article(3))
    tags = set(front_matter(page)["tag_pages"].values())
    assert {f"{target}.md" for target in ("provinces/jiangsu", "provinces/guizhou", "themes/education")} <= tags
    back = page.partition("继续看")[2]
    assert "(../../years/2017.md)" in back
    assert "[山海周报的文章](../../sources/" in back


def test_articles_with_the_same_text_name_one_another() -> None:
    first, second = article(3), article(15)
    page = page_of(msgspec.structs.replace(first, reprints=(second.id,)), second)
    assert "## 同文" in page
    assert second.path.rpartition("/")[2] in page.partition("## 同文")[2]


def test_related_articles_say_what_they_share() -> None:
    whole = archive(range(24))
    views = view(whole)
    one = next(a for a in whole.articles if a.described.date_edtf == "2017-03-08")
    page = article_page(one, views, neighbours(views)[one.id])
    assert "### 同一结对" in page
    assert "江苏省 → 贵州省</small>" in page


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
    page = page_of(with_facts(one, **facts))
    assert re.search(r"\[山海周报\]\(../../sources/[0-9a-f]{16}.md\) · 电头 新华社 · ", page)
    assert "整理 某网 · 作者系某大学教授" in page


def test_every_anchor_of_a_page_is_there_once_and_every_link_within_it_leads_to_one() -> None:
    page = page_of(article(3))
    anchors = re.findall(r'id="([^"]+)"|\{: #([\w-]+)', page)
    names = [first or second for first, second in anchors]
    assert len(names) == len(set(names))
    assert set(re.findall(r'(?:\]\(|href=")#([\w-]+)', page)) <= set(names)


def test_a_sentence_that_ends_inside_a_doubtful_reading_takes_the_whole_reading_in() -> None:
    """A wrapper must not cross another: the reading stays in one piece, and the text is whole."""
    clean = "江苏省来客。随后去了贵州省。"
    one = article(3, text=clean)
    marks = [Mark(edit=_conjecture("来客。随"), start=3, end=7)]
    evidence = [Evidence(quote=clean[at : at + 3], start=at, end=at + 3, rule="PLACE-01") for at in (0, 10)]
    places = tuple(
        Place(name=name, code=code, level="province", role="subject", evidence=(where,))
        for name, code, where in zip(("江苏省", "贵州省"), ("320000", "520000"), evidence, strict=True)
    )
    found = msgspec.structs.replace(one.annotations, places=places, pairs=(), themes=(), practices=(), figures=())
    text = body(one.described, found, marks, "articles/2017/x.md")
    assert '<span id="p1-1">[江苏省](../../provinces/jiangsu.md)<a class="conjecture"' in text
    assert 'href="#n1">来客。随</a></span><span id="p1-2"></span>后去了' in text
    assert _words(text) == clean


def test_the_first_short_paragraph_of_a_longer_article_is_its_lede() -> None:
    longer = article(3, text="\n\n".join(f"江苏省和贵州省的第{number}件事。" for number in range(5)))
    assert page_of(longer).count(".lede }") == 1
    assert ".lede" not in page_of(article(3, text="江苏省和贵州省。"))


def test_provinces_and_themes_stand_in_english_too() -> None:
    page = page_of(article(3))
    assert "Jiangsu Province, Guizhou Province · " in page
    assert "{: .english lang=en" in page


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://news.example.cn/a?b=1", True),
        ("javascript:alert(1)", False),
        ('https://a.example/"onmouseover=x', False),
        (None, False),
    ],
)
def test_only_a_plain_web_address_becomes_a_link(url: str | None, link: bool) -> None:
    one = article(3)
    given = msgspec.structs.replace(one.described.raw.given, url=url)
    raw = msgspec.structs.replace(one.described.raw, given=given)
    page = page_of(with_facts(one, raw=raw))
    assert ('rel="external' in page) == link
    assert ("原网址" in page) == (url is not None)


def _conjecture(words: str) -> Edit:
    return Edit(rule=RULE_CONJECTURE, start=0, end=1, before="*", after=words, certainty=Certainty.CONJECTURE)


def _words(markdown: str) -> str:
    """What a reader sees of a block's Markdown."""
    return re.sub(r"<[^>]+>|\]\([^)]*\)|\[|\n\{:.*\}", "", markdown)


PATHS = st.builds(
    lambda folders, name: "/".join([*folders, name]),
    st.lists(st.sampled_from(["a", "b"]), max_size=3),
    st.sampled_from(["index.md", "a.md"]),
)


@given(PATHS, PATHS)
def test_a_relative_path_is_the_one_that_the_library_gives(target: str, page: str) -> None:
    assume(target != page)
    assert relative(target, page) == posixpath.relpath(target, posixpath.dirname(page) or ".")
