"""A web page becomes its article: all of its text, nothing that runs, and what its markup says as hints."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.read.corpus import read_file
from shanhai.read.fault import UnreadableError
from shanhai.read.html import page_article
from shanhai.records import BlockKind, GivenMetadata, RawArticle

# A slow machine is no fault of the code, and the first example loads libraries.
UNTIMED = settings(deadline=None)
SAMPLES = Path(__file__).parent / "read_samples"
PAGE = (SAMPLES / "page.html").read_text(encoding="utf-8")
PARAGRAPHS = (SAMPLES / "village.txt").read_text(encoding="utf-8").split("\n\n")
PARAGRAPHS[-1] = PARAGRAPHS[-1].strip()
LIMIT_BYTES = 1_000_000
SENTENCE = "合作社请来技术员\uff0c教大家剪枝、施肥和记账\uff0c第二年果园的收成好了许多。"


def read(folder: Path, content: bytes, name: str = "a.html") -> RawArticle:
    (folder / name).write_bytes(content)
    (record,) = read_file(folder / name, folder, LIMIT_BYTES)
    return record


def hinted(page: str) -> list[tuple[BlockKind, int, str]]:
    article = page_article(page)
    return [(hint.kind, hint.level, article.text[hint.start : hint.end]) for hint in article.hints]


def test_article_of_a_news_page_without_what_surrounds_it():
    text = page_article(PAGE).text
    assert text.startswith("2019年03月11日04:30 来源")
    assert text.rstrip().endswith("吴三\uff09")
    assert "\n\n\u3000\u3000山路修通的那个秋天" in text
    assert "也由她一个人教" in text
    assert "年份\t学生\n\n2017\t88人" in text
    for noise in ("首页", "脚本", "alert", "藏在", "shù", "另一个山村", "版权", "相关新闻", "<", "color"):
        assert noise not in text


def test_markup_of_a_page_gives_hints():
    assert hinted(PAGE) == [
        (BlockKind.HEADING, 3, "老祠堂里的课堂"),
        (BlockKind.CAPTION, 0, "孩子们在围墙边种树。"),
        (BlockKind.QUOTE, 0, "我们不是客人\uff0c我们是来一起过日子的。"),
        (BlockKind.HEADING, 2, "果子坐上了火车"),
    ]


def test_page_says_its_title_date_source_and_authors_but_not_its_host():
    assert page_article(PAGE).given == GivenMetadata(
        title="山路通了\uff0c老师来了", date="2019-03-11", source="示例日报", authors=("林一", "周二"),
        url="https://news.example/2019/0311/c1.html",
    )  # fmt: skip
    without = PAGE.replace('name="source"', 'name="x"')
    assert page_article(without).given.source is None
    host_as_source = PAGE.replace('content="示例日报"', 'content="www.news.example"')
    assert page_article(host_as_source).given.source is None


def layout(opening: str, before: str, after: str, closing: str) -> str:
    """A page of a news site whose paragraphs stand between the given marks."""
    menu = "".join(f"<li><a href=/{i}>频道{i}</a></li>" for i in range(9))
    more = "".join(f"<li><a href=/{i}>又一条新闻的标题在这里{i}</a> 2020-01-0{i}</li>" for i in range(9))
    body = "".join(f"{before}{paragraph}{after}" for paragraph in PARAGRAPHS)
    return (
        f"<title>山村新事--乡村--某网</title><ul>{menu}</ul><div>您当前的位置 <a href=/>首页</a> 正文</div>"
        f"{opening}{body}{closing}<p>责任编辑 吴三</p><ul>{more}</ul><div>版权所有</div>"
    )


@pytest.mark.parametrize(
    "page",
    [
        layout("<h1>山村新事</h1><div>", "<p>\u3000\u3000", "</p>", "</div>"),
        layout("<h1>山村新事</h1><div>", "\u3000\u3000", "<br><br>", "</div>"),
        layout("<h2>山村新事</h2><div class=TRS_Editor>", "<div>", "</div>", "</div>"),
        layout("<table><tr><td>山村新事</td></tr><tr><td>", "<p>", "</p>", "</td></tr></table>"),
        layout("<h1>山村新事</h1><section>", "<section><span><span>", "</span></span></section>", "</section>"),
        layout("<center><b>山村新事</b></center><font>", "<p><font>", "</font>", "</font>"),
    ],
    ids=["paragraphs", "breaks", "divisions", "table", "spans", "font"],
)
def test_no_paragraph_is_lost_in_any_layout_and_no_list_of_links_kept(page):
    article = page_article(page)
    lines = [line.strip() for line in article.text.split("\n")]
    assert [line for line in lines if line in PARAGRAPHS] == PARAGRAPHS
    assert "责任编辑 吴三" in lines
    assert article.given.title == "山村新事"
    assert not [line for line in lines if "频道" in line or "又一条" in line]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_charset_is_told_whatever_the_page_declares(tmp_path, encoding):
    article = read(tmp_path, PAGE.encode(encoding))
    assert article.text == page_article(PAGE).text
    assert article.format == "html"


def test_declared_charset_is_believed_as_far_as_the_bytes_allow(tmp_path):
    page = f'<meta charset="gbk"><p>{SENTENCE}</p>'
    assert read(tmp_path, page.encode("gbk")).encoding == "gb18030"
    assert read(tmp_path, page.encode("utf-8")).encoding == "utf-8"


def test_page_with_a_cut_character_in_its_margin_is_still_read(tmp_path):
    content = PAGE.encode("gb18030").replace("版权所有".encode("gb18030"), "版权所有".encode("gb18030")[:-1] + b"...")
    article = read(tmp_path, content)
    assert article.text == page_article(PAGE).text
    assert "left out" in article.encoding


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>甲乙丙丁_频道_某网</title><p>{}</p>", "甲乙丙丁"),
        ("<title>某网</title><meta property='og:title' content='甲乙丙丁'><p>{}</p>", "甲乙丙丁"),
        ("<title>甲乙丙丁--某网</title><h1>某网</h1><h2>甲乙丙丁</h2><p>{}</p>", "甲乙丙丁"),
        ("<title>甲乙丙丁 - 某网</title><h2>甲乙丙丁戊己庚</h2><p>{}</p>", "甲乙丙丁戊己庚"),
        ("<title>别的</title><h1>甲乙丙丁</h1><p>{}</p>", "甲乙丙丁"),
        ("<h1>一</h1><h1>二</h1><p>{}</p>", None),
        ("<p>{}</p>", None),
    ],
)
def test_headline_of_a_page(page, title):
    article = page_article(page.format(SENTENCE))
    assert article.given.title == title
    assert SENTENCE in article.text
    assert "甲乙丙丁" not in article.text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"{SENTENCE}<br><br>{SENTENCE}二", f"{SENTENCE}\n\n{SENTENCE}二"),
        (
            f"<table><tr><td>左</td><td><p>{SENTENCE}</p><p>{SENTENCE}二</p></td></tr></table>",
            f"{SENTENCE}\n\n{SENTENCE}二",
        ),
        (f"<ul><li>{SENTENCE}</li><li>{SENTENCE}二</li></ul>", f"{SENTENCE}\n\n{SENTENCE}二"),
        (f"<pre>{SENTENCE}\n{SENTENCE}二</pre>", f"{SENTENCE}\n\n{SENTENCE}二"),
        (f"<p>  {SENTENCE}\n  &lt;b&gt;&nbsp;</p>", f"{SENTENCE} <b>\xa0"),
        (f"<div hidden>{SENTENCE}三</div><p>{SENTENCE}</p>", SENTENCE),
        (f"<p>{SENTENCE}<!-- {SENTENCE}三 --></p>", SENTENCE),
        (f"<p>{SENTENCE}<textarea>x</textarea><noscript>y</noscript></p>", SENTENCE),
    ],
)
def test_layout_of_a_page_becomes_lines(body, text):
    assert text in page_article(f"<html><body>{body}</body></html>").text
    assert "三" not in page_article(f"<html><body>{body}</body></html>").text


def test_where_the_block_finder_fails_all_visible_text_but_links_is_kept(monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("a fault of the finder")

    monkeypatch.setattr("trafilatura.bare_extraction", broken)
    text = page_article(PAGE).text
    assert "山路修通的那个秋天" in text
    assert "另一个山村" not in text


@pytest.mark.parametrize(
    "page", ["", "   ", "<html></html>", "<script>x</script>", "<!-- x -->", "<p> &nbsp; </p>", "<img src=x>", "\x00"]
)
def test_page_without_text_is_set_aside(page):
    with pytest.raises(UnreadableError, match="READ-HTML"):
        page_article(page)


@pytest.mark.parametrize(
    "page",
    [
        '<?xml version="1.0" encoding="gbk"?><!DOCTYPE html><html><body><p>{}</p></body></html>',
        "<div>" * 5_000 + "{}",
        "<p>{}</p>" + "</div>" * 5_000,
        "<b>" * 2_000 + "{}",
        "<p \x00 onclick=alert(1)>{}\x01\ufffe</p>",
        "<frameset><frame src=x></frameset><p>{}</p>",
        "<p>{}<svg><script>alert(1)</script></svg></p>",
        "{}",
    ],
    ids=["xml", "deep", "closing", "bold", "control", "frames", "drawing", "bare"],
)
def test_hostile_or_broken_markup_costs_no_text(page):
    text = page_article(page.format(SENTENCE)).text
    assert SENTENCE in text
    assert "alert" not in text


MARKUP = [
    "<p>",
    "<b>",
    "<table>",
    "<tr>",
    "<td>",
    "<br>",
    "<li>",
    "<a>",
    "</p>",
    "<h1>",
    "<pre>",
    *"甲乙<>/&;=\"'!-? \n",
]


@UNTIMED
@given(st.lists(st.sampled_from(MARKUP), max_size=40).map("".join))
def test_any_markup_gives_an_article_with_true_hints_or_a_reason(page):
    try:
        article = page_article(page)
    except UnreadableError:
        return
    for hint in article.hints:
        assert article.text[hint.start : hint.end].strip()


def test_a_line_break_of_the_source_is_a_space_only_between_words():
    page = f"<h1>甲乙丙丁</h1><p>山路修到家\n    门口\uff0c\n通了 East\nWest 两个村。{SENTENCE}</p>"
    assert f"山路修到家门口\uff0c通了 East West 两个村。{SENTENCE}" in page_article(page).text
