"""Markdown becomes plain text, hints and metadata, and not a character is lost that may be text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.read.corpus import read_file
from shanhai.records import BlockKind, GivenMetadata, RawArticle, Rejected

# A slow machine is no fault of the code, and the first example loads libraries.
UNTIMED = settings(deadline=None)
SAMPLES = Path(__file__).parent / "read_samples"
LIMIT_BYTES = 100_000


def read(folder: Path, content: str, name: str = "a.md") -> RawArticle | Rejected:
    (folder / name).write_text(content, encoding="utf-8", newline="")
    (record,) = read_file(folder / name, folder, LIMIT_BYTES)
    return record


def hinted(article: RawArticle) -> list[tuple[BlockKind, int, str]]:
    return [(hint.kind, hint.level, article.text[hint.start : hint.end]) for hint in article.hints]


def test_whole_article():
    (article,) = read_file(SAMPLES / "article.md", SAMPLES, LIMIT_BYTES)
    assert article.given == GivenMetadata(title="山路通了", date="2019-03", source="示例日报", authors=("林一", "周二"))
    assert hinted(article) == [
        (BlockKind.HEADING, 2, "老祠堂里的课堂"),
        (BlockKind.CAPTION, 0, "孩子们在围墙边种树。"),
        (BlockKind.QUOTE, 0, "我们不是客人。"),
        (BlockKind.HEADING, 3, "果子坐上了火车"),
        (BlockKind.HEADING, 2, "小标题"),
    ]
    lines = [line for line in article.text.split("\n") if line]
    assert lines[0] == "山路修通的那个秋天\uff0c村里来了老师和医生。"
    assert ">>> 拉出来的一句话" in lines
    assert "1986. 那一年\uff0c1 * 2 [注](见上文) #话题# 第1条" in lines
    assert lines[-2:] == ["- 第一", "* 第二"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("支部*、县委*和**来到这里", None),
        ("像*在浙江说的那样\n牢记*的嘱托", None),
        ("第一*带领大家。*强调*", None),
        ("**来到这里\uff0c大家牢记**的话", None),
        ("#话题# 和 #1", None),
        ("1986. 年", None),
        ("    四个空格", None),
        ("a_b_c __init__", None),
        ("[注](见上) [1](2) [图]", None),
        ("3 > 2 且 1 < 2", None),
        ("<b>标签</b> &amp;", None),
        ("第一行\n---", "第一行"),
        ("C:\\新建 \\r\\n", None),
        ("| 甲 | 乙 |\n| 1 | 2 |", None),
        ("***", None),
        ("前**重点**后", "前重点后"),
        ("*强调* 和 ***很强***", "强调 和 很强"),
        ("[老师](a.html)与![图](b.png)", "老师与图"),
        ("![](b.png)后", "后"),
        ("<https://a.example/b>", "https://a.example/b"),
        ("\\*不是\\*", "*不是*"),
        ("* 一\n* 二 **三**", "* 一\n* 二 三"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
    ],
)
def test_only_what_can_be_nothing_but_markup_is_resolved(tmp_path, source, text):
    assert read(tmp_path, source).text == (source if text is None else text)


@pytest.mark.parametrize(
    ("source", "hints"),
    [
        ("# 甲\n\n正文", []),
        ("正文\n\n# 甲", [(BlockKind.HEADING, 2, "甲")]),
        ("正文\n###### 甲 ###", [(BlockKind.HEADING, 4, "甲")]),
        ("正文\n\n**果子坐上了火车**", [(BlockKind.HEADING, 3, "果子坐上了火车")]),
        ("正文\n\n小标题\n===", [(BlockKind.HEADING, 2, "小标题")]),
        ("长" * 80 + "\n---", []),
        ("甲\n乙\n---\n丙", []),
        ("> 引文\n>\n> 又一段", [(BlockKind.QUOTE, 0, "引文"), (BlockKind.QUOTE, 0, "又一段")]),
    ],
)
def test_markup_gives_hints(tmp_path, source, hints):
    assert hinted(read(tmp_path, source)) == hints


def test_first_heading_is_the_title_unless_the_front_matter_names_one(tmp_path):
    article = read(tmp_path, "\n# **题目** #\n正文")
    assert (article.given.title, article.text.strip()) == ("题目", "正文")
    assert read(tmp_path, "---\ntitle: 甲\n---\n# 乙\n正文").given.title == "甲"
    assert read(tmp_path, "前文\n# 乙\n正文").given.title is None


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["---", "..."])
def test_front_matter_ends_with_either_mark_and_any_line_end(tmp_path, newline, end):
    article = read(tmp_path, newline.join(["---", "title: 甲", "tags: [乙]", end, "正文"]))
    assert (article.given.title, article.text) == ("甲", "正文")


@pytest.mark.parametrize("source", ["---\n正文\n---\n又一段", "---\ntitle: 甲\n正文", "--- \n\n正文\uff1a题\n\n---\n"])
def test_rule_that_opens_an_article_is_no_front_matter(tmp_path, source):
    article = read(tmp_path, source)
    assert isinstance(article, RawArticle)
    assert article.given == GivenMetadata()
    assert "正文" in article.text


def test_sidecar_wins_over_front_matter(tmp_path):
    (tmp_path / "a.md.yml").write_text("title: 乙", encoding="utf-8")
    given = read(tmp_path, "---\ntitle: 甲\ndate: 2019\n---\n正文").given
    assert given == GivenMetadata(title="乙", date="2019")


def test_fault_in_the_front_matter_sets_the_file_aside_with_its_line(tmp_path):
    record = read(tmp_path, "---\ntitle: 甲\ndate: [\n---\n正文")
    assert (record.rule, "第 4 行" in record.reason) == ("READ-YAML", True)
    assert "date" in read(tmp_path, "---\ndate: 去年\n---\n正文").reason


@UNTIMED
@given(st.text(st.sampled_from(list("甲乙*_#[]()!<>\\`-=. \n\uff0c")), min_size=1, max_size=60))
def test_every_word_of_any_text_survives(tmp_path_factory, source):
    record = read(tmp_path_factory.getbasetemp(), f"字\n{source}", "any.md")
    assert [c for c in record.text if c in "甲乙\uff0c"] == [c for c in source if c in "甲乙\uff0c"]
    for hint in record.hints:
        assert 0 <= hint.start < hint.end <= len(record.text)


def test_stars_that_pair_only_by_chance_make_long_lines_no_slower(tmp_path):
    assert read(tmp_path, "*a **b " * 5_000 + "[" * 5_000 + "![" * 5_000 + "\\" * 999).text
