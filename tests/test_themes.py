"""Themes: the vocabulary and how it is found in a text."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from shanhai.annotate import figures, sentences, themes, vocabulary
from shanhai.records import Block, BlockKind, DescribedArticle, RawArticle

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


def described(*blocks: str | tuple[BlockKind, str], title: str = "", derived: bool = False) -> DescribedArticle:
    """An article of these blocks; a bare string is a paragraph."""
    made, lines, at = [], [], 0
    for block in blocks:
        kind, line = (BlockKind.PARAGRAPH, block) if isinstance(block, str) else block
        made.append(Block(kind=kind, start=at, end=at + len(line), level=2 if kind is BlockKind.HEADING else 0))
        lines.append(line)
        at += len(line) + 2
    text = "\n\n".join(lines)
    return DescribedArticle(
        raw=RawArticle(file="a.txt", sha256="", format="text", encoding="utf-8", text=text),
        text=text,
        log=(),
        script="hans",
        blocks=tuple(made),
        title=title,
        title_derived=derived,
        date=None,
        date_edtf="",
        date_origin=None,
        source=None,
        authors=(),
        editor=None,
    )


def masters() -> list[tuple[dict[str, Any], DescribedArticle]]:
    """Each master text under tests/masters with its front matter, its Markdown marks turned into blocks."""
    found = []
    for file in sorted((Path(__file__).parent / "masters").glob("*.md")):
        _, front, body = file.read_text(encoding="utf-8").split("---\n", 2)
        truth = yaml.safe_load(front)
        lines = [_block(line) for line in body.splitlines() if line.strip()]
        found.append((truth, described(*lines, title=truth["title"] or "", derived=not truth["title"])))
    return found


def _block(line: str) -> tuple[BlockKind, str]:
    mark, _, rest = line.partition(" ")
    kinds = {"##": BlockKind.HEADING, "###": BlockKind.HEADING, ">": BlockKind.QUOTE}
    kinds |= {"![]": BlockKind.CAPTION, "\uff01[]": BlockKind.CAPTION}
    return (kinds[mark], rest) if mark in kinds else (BlockKind.PARAGRAPH, line)


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
        assert vocabulary.by_label(theme.label) is vocabulary.by_slug(theme.slug) is theme
    assert len({theme.slug for theme in vocabulary.themes()}) == len(LABELS)


def test_the_definitions_use_full_width_punctuation():
    for theme in vocabulary.themes():
        assert not set(",;:()!?") & set(theme.definition.zh)


def test_an_unknown_label_or_slug_is_a_key_error():
    with pytest.raises(KeyError):
        vocabulary.by_label("扶贫")
    with pytest.raises(KeyError):
        vocabulary.by_slug("poverty")


def test_each_exclusion_holds_a_cue_that_it_excludes_and_no_cue_is_listed_twice():
    for theme in vocabulary.themes():
        cues = [cue for group in theme.cues.values() for cue in group]
        assert len(cues) == len(set(cues)), theme.label
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
    few, many = (_points(described("他学技术。" * n)) for n in (2, 200))
    assert many < 8 * few


def test_tags_come_in_the_order_of_the_vocabulary_and_hold_at_most_five_evidences():
    tags = themes.find(described("".join("、".join(theme.cues[3]) for theme in vocabulary.themes())))
    found = [tag.label for tag in tags]
    assert found == sorted(found, key=LABELS.index)
    assert 0 < len(tags) <= vocabulary.vocabulary().scoring.most_themes
    assert all(0 < len(tag.evidence) <= 5 for tag in tags)


def test_the_master_texts_get_the_themes_that_their_authors_gave_them():
    wanted = [(place, label) for place, (truth, _) in enumerate(masters()) for label in truth["themes"]]
    found = [(place, label) for place, (_, article) in enumerate(masters()) for label in labels(article)]
    right = set(wanted) & set(found)
    assert len(right) >= 0.85 * len(wanted)
    assert len(right) >= 0.75 * len(found)


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
        assert 0.5 <= tag.score <= 1
        assert tag.evidence
        for evidence in tag.evidence:
            assert evidence.quote == article.text[evidence.start : evidence.end] != ""
            assert evidence.quote in vocabulary.by_label(tag.label).weights
    assert msgspec.json.decode(msgspec.json.encode(figures.find(article, ()))) is not None


@given(st.text(max_size=300))
def test_sentences_are_apart_and_in_order(text):
    spans = sentences.spans(text)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def _score(article: DescribedArticle, label: str) -> float:
    return next((tag.score for tag in themes.find(article) if tag.label == label), 0.0)


def _points(article: DescribedArticle) -> float:
    found = themes._mentions(article)[LABELS.index("科技与数字")]
    return themes._points(found)
