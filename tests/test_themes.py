"""Themes: the vocabulary and how it is found in a text."""

from __future__ import annotations

import re
from itertools import pairwise
from math import sqrt

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import bench_themes
import labelled_set
from shanhai.annotate import sentences, themes, vocabulary
from shanhai.records import BlockKind, DescribedArticle
from themed_texts import described, masters

LABELS = [
    "党建引领",
    "产业帮扶",
    "劳务协作",
    "消费帮扶",
    "教育帮扶",
    "医疗帮扶",
    "干部人才",
    "科技与数字",
    "基层治理",
    "集体经济",
    "生态宜居",
    "文旅融合",
    "社会力量",
    "资金与项目",
    "监督与作风",
    "易地搬迁",
]
WEIGHTS = {theme.label: theme.weights for theme in vocabulary.themes()}


def labels(article: DescribedArticle) -> list[str]:
    return [tag.label for tag in themes.find(article)]


def test_the_vocabulary_holds_the_sixteen_themes_in_their_order():
    assert [theme.label for theme in vocabulary.themes()] == LABELS


def test_each_theme_has_a_slug_an_english_name_and_two_sentences_in_each_language():
    for theme in vocabulary.themes():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", theme.slug)
        assert theme.en.isascii()
        assert theme.definition.zh.count("。") == 2
        assert len(re.findall(r"\.(?: |$)", theme.definition.en)) == 2
    assert len({theme.slug for theme in vocabulary.themes()}) == len(LABELS)


def test_the_definitions_use_full_width_punctuation():
    for theme in vocabulary.themes():
        assert not set(",;:()!?") & set(theme.definition.zh)


def test_each_exclusion_holds_a_cue_that_it_excludes_and_no_cue_is_listed_twice():
    for theme in vocabulary.themes():
        cues = [cue for group in theme.cues.values() for cue in group]
        assert len(cues) == len(set(cues)), theme.label
        assert set(theme.cues) <= {0.5, 1, 1.5, 2, 3}
        for phrase in theme.exclusions:
            assert any(cue in phrase for cue in cues), (theme.label, phrase)
            assert phrase not in cues


def test_every_theme_is_found_in_a_text_that_names_it_again_and_again():
    for theme in vocabulary.themes():
        strongest = "、".join(theme.cues[3])
        assert theme.label in labels(described(f"这里讲的是{strongest}。"))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("两地医院结对\uff0c三名医生每月坐诊\uff0c村里的病人不出山就能看病。", "医疗帮扶"),
        ("第一批搬迁户住进安置点\uff0c搬下山的老人学会了坐电梯。", "易地搬迁"),
        ("招聘会开进乡场\uff0c二十个岗位当天定下\uff0c厂里派车接务工人员返岗。", "劳务协作"),
        ("海边的教师来支教\uff0c山里的校长去跟岗\uff0c学生用上了新课堂。", "教育帮扶"),
        ("纪委监委查了三笔账\uff0c约谈两人\uff0c有违规的当场整改。", "监督与作风"),
        ("村里治沙种树\uff0c污水进管\uff0c垃圾分类\uff0c人居环境变了样。", "生态宜居"),
    ],
)
def test_a_short_report_gets_the_theme_it_is_about(text, label):
    assert label in labels(described(text))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("公益性岗位安排了十人\uff0c公益林有人管\uff0c公益性岗位每月公示。", "社会力量"),
        ("党校办班\uff0c党校的教育培训安排了主题教育和警示教育。", "教育帮扶"),
        ("污水治理、环境治理和流域治理同时推进\uff0c污水治理先行。", "基层治理"),
        ("市场监督管理局和质量监督站、技术监督局都来了人。", "监督与作风"),
        ("这家股份有限公司和另一家股份有限公司都上了市。", "集体经济"),
        ("企业搬迁完成\uff0c工厂搬迁后腾出的地改作公园\uff0c企业搬迁顺利。", "易地搬迁"),
        ("生态旅游、生态移民和政治生态不是一回事\uff0c生态旅游升温。", "生态宜居"),
    ],
)
def test_a_cue_inside_an_excluded_phrase_does_not_count(text, label):
    assert label not in labels(described(text))


def test_an_excluded_phrase_of_one_theme_still_counts_for_another():
    assert "劳务协作" in labels(described("公益性岗位开了二十个\uff0c外出务工的有车送\uff0c公益性岗位按月发工资。"))


def test_captions_and_notes_do_not_count():
    words = "远程会诊和义诊开到乡镇卫生院\uff0c医疗队住下了。"
    assert labels(described(words)) == ["医疗帮扶"]
    assert labels(described((BlockKind.CAPTION, words), (BlockKind.NOTE, words), "天晴了。")) == []


def test_a_title_alone_is_no_evidence():
    assert labels(described("天晴了\uff0c路干了\uff0c人都出门了。", title="易地搬迁搬迁户住进安置点")) == []


def test_a_mention_in_the_title_weighs_more_than_one_in_the_text():
    body = "老张住进了安置点\uff0c忙着收拾屋子\uff0c邻居来帮忙\uff0c新家还没有家具。"
    plain, titled = described(body), described(body, title="易地搬迁之后")
    assert _score(titled, "易地搬迁") > _score(plain, "易地搬迁")


def test_a_derived_title_is_not_counted_twice():
    body = "老张住进了安置点\uff0c忙着收拾屋子\uff0c邻居来帮忙\uff0c新家还没有家具。"
    assert themes.find(described(body, title="老张住进安置点", derived=True)) == themes.find(described(body))


def test_one_passing_word_in_a_long_text_gives_no_tag():
    filler = "雨下了一夜\uff0c河水涨到桥墩\uff0c天亮才停\uff0c人们站在岸边看水。" * 60
    assert labels(described(filler + "村里有人去过医院。" + filler)) == []


def test_repeating_one_weak_cue_saturates():
    few, many = (_points(described("他学技术。" * n)) for n in (3, 300))
    assert many < 8 * few


@pytest.mark.parametrize(
    "text",
    [
        "会上\uff0c双方就产业、劳务、旅游、医疗等方面的合作交换了意见\uff0c商定明年再谈。",
        "展板分党建、产业、旅游、医院建设、易地搬迁五块\uff0c每块贴了几张照片。",
    ],
)
def test_a_list_of_several_themes_is_about_none_of_them(text):
    assert labels(described(text)) == []


def test_a_list_of_things_of_one_theme_is_about_it():
    assert labels(described("来的人坐诊、会诊、查房、带手术\uff0c一样不落。")) == ["医疗帮扶"]


def test_several_cues_say_more_than_one_cue_again_and_again():
    one, several = described("义诊。义诊。义诊。"), described("义诊。会诊。坐诊。")
    assert _points(one, "医疗帮扶") < _points(several, "医疗帮扶")


@pytest.mark.parametrize("theme", [2, 5])
def test_the_score_rises_with_the_points_alone(theme):
    term = vocabulary.themes()[theme].cues[3][0]
    few, many = (themes.scores(themes.mentions(described(f"{term}。" * n)), 1000)[theme] for n in (1, 3))
    assert 0 < few < many < 1


def test_a_part_of_an_article_is_judged_on_its_own_words():
    first, second = "两地医院结对\uff0c三名医生每月坐诊。", "第一批搬迁户住进安置点\uff0c老屋拆了。"
    article = described(first, second)
    spans = [(block.start, block.end) for block in article.blocks]
    tagged = themes.find_all(article, spans)
    assert tagged.sections == (("医疗帮扶",), ("易地搬迁",))
    assert tagged.article == themes.find(article)


@pytest.mark.parametrize(
    ("kind", "least_precision", "least_recall"),
    [
        ("dev", 0.97, 0.97),
        ("held", 0.98, 0.97),
        ("report dev", 1.0, 0.42),
        ("report held", 0.92, 0.42),
        ("master", 0.93, 0.95),
        ("known dev", 0.94, 0.94),
        ("known held", 0.89, 0.75),
    ],
)
def test_the_labelled_texts_get_their_themes(kind, least_precision, least_recall):
    """The figures may only rise."""
    found = bench_themes.tally(bench_themes.of_kinds(kind))
    assert bench_themes.precision(found) >= least_precision
    assert bench_themes.recall(found) >= least_recall


def test_passages_without_a_theme_get_next_to_none():
    bare = [one for one in bench_themes.labelled() if not one.wanted]
    passages = [one for one in bare if one.kind in {"dev", "held"}]
    assert len(bare) >= 55
    assert len(passages) >= 40
    assert bench_themes.tally(bare)["wrong"] <= 5
    assert bench_themes.tally(passages)["wrong"] <= 2


@pytest.mark.parametrize(
    ("kinds", "fewest", "shortest", "longest"),
    [(("dev", "held"), 160, 80, 300), (("report dev", "report held"), 60, 250, 500)],
)
def test_the_labelled_texts_are_many_and_of_the_length_of_a_paragraph_or_of_a_report(kinds, fewest, shortest, longest):
    texts = bench_themes.of_kinds(*kinds)
    assert len(texts) >= fewest
    assert all(shortest <= len(one.article.text) <= longest for one in texts)
    assert {theme for one in texts for theme in one.wanted} == set(range(len(LABELS)))


def test_the_score_is_shown_on_texts_of_another_hand_and_never_on_the_fresh_ones():
    shown = bench_themes.of_kinds(*bench_themes.SHOWN)
    known = [one for one in labelled_set.passages() if one.half != "fresh" and one.expected.themes is not None]
    assert len(shown) == len(known) + len(masters())


def test_the_calibration_shown_is_the_one_measured():
    shown = yaml.safe_load(bench_themes.CALIBRATION.read_text(encoding="utf-8"))
    assert [tuple(one.values()) for one in shown["bins"]] == [tuple(one) for one in bench_themes.calibration()]
    assert shown["texts"] == len(bench_themes.of_kinds(*bench_themes.SHOWN))


def test_a_score_promises_no_more_than_it_keeps():
    """Of the tags above a bound at least that share is right, within what so few tags can tell."""
    for low in (0.6, 0.7, 0.8, 0.9):
        bins = [one for one in bench_themes.calibration() if one.low >= low]
        tags = sum(one.tags for one in bins)
        assert sum(one.right for one in bins) >= low * tags - sqrt(tags * low * (1 - low))


def test_tags_come_in_the_order_of_the_vocabulary_and_hold_at_most_five_evidences():
    tags = themes.find(described("".join("、".join(theme.cues[3]) for theme in vocabulary.themes())))
    found = [tag.label for tag in tags]
    assert found == sorted(found, key=LABELS.index)
    assert 0 < len(tags) <= vocabulary.vocabulary().scoring.most_themes
    assert all(0 < len(tag.evidence) <= 5 for tag in tags)


def test_a_mention_in_a_heading_has_its_own_rule():
    tags = themes.find(described((BlockKind.HEADING, "易地搬迁之后"), "搬迁户住进了安置点。"))
    rules = {evidence.quote: evidence.rule for evidence in tags[0].evidence}
    assert rules["易地搬迁"] == "THEME-02"
    assert rules["安置点"] == "THEME-01"


def test_sentences_keep_their_closing_quotation_mark_and_end_with_the_line():
    text = "“天晴了。”他说\uff1a“走吧\uff01”\n标题没有句号\n最后一句。"
    assert [text[slice(*span)] for span in sentences.spans(text)] == [
        "“天晴了。”",
        "他说\uff1a“走吧\uff01”",
        "标题没有句号",
        "最后一句。",
    ]


def test_the_sentence_around_a_position_is_the_one_that_holds_it():
    text = "一句。\n\n二句。"
    assert sentences.around(text, 1) == (0, 3)
    assert sentences.around(text, 6) == (5, 8)
    assert sentences.around(text, 3) == (3, 3)


def test_a_sentence_without_an_end_is_cut_around_the_position():
    start, end = sentences.around("字" * 5000, 2500)
    assert start <= 2500 < end
    assert end - start <= sentences.LONGEST_SENTENCE_CHARS


_CUES = [cue for theme in vocabulary.themes() for cue in (*theme.weights, *theme.exclusions)]


@given(st.lists(st.one_of(st.sampled_from(_CUES), st.text(max_size=12)), max_size=40), st.text(max_size=20))
def test_every_evidence_quotes_the_text_and_nothing_raises(pieces, title):
    article = described("".join(pieces), (BlockKind.HEADING, "".join(pieces[:3])), title=title)
    for tag in themes.find(article):
        assert vocabulary.vocabulary().scoring.score_needed <= tag.score <= 1
        assert tag.evidence
        for evidence in tag.evidence:
            assert evidence.quote == article.text[evidence.start : evidence.end] != ""
            assert evidence.quote in WEIGHTS[tag.label]
    assert msgspec.json.decode(msgspec.json.encode(themes.find(article))) is not None


@given(st.text(max_size=300))
def test_sentences_are_apart_and_in_order(text):
    spans = sentences.spans(text)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def _score(article: DescribedArticle, label: str) -> float:
    return next((tag.score for tag in themes.find(article) if tag.label == label), 0.0)


def _points(article: DescribedArticle, label: str = "科技与数字") -> float:
    return themes._points(themes.mentions(article))[LABELS.index(label)]
