"""Lines of furniture go and honest lines stay, measured on pages made of tests/lines and the masters."""

from __future__ import annotations

import time

import pytest

import noise_pages
from noise_pages import PARTS, measure, units
from shanhai.records import RestoredArticle
from shanhai.restore.chain import restore
from shanhai.restore.context import Context
from shanhai.restore.furniture import furniture
from shanhai.restore.line_features import line_scores
from shanhai.restore.noise import find

# The least share of furniture that must go: it may only rise. Of honest lines at most one in a thousand may be lost.
GATES = {"development": 0.999, "held-out": 0.99, "fresh": 0.999}
LOST_MAX_SHARE = 0.001
SENTENCE = "山里的茶园一片连着一片\uff0c采茶的季节从清明一直忙到立夏。"
BODY = f"{SENTENCE}\n" * 12


def clean(text):
    article = restore(noise_pages.raw(text))
    assert isinstance(article, RestoredArticle)
    return article.text


def rules_of(text):
    article = restore(noise_pages.raw(text))
    return {one.rule for step in article.log for one in step.edits}


@pytest.mark.parametrize("part", PARTS)
def test_furniture_goes_and_honest_lines_stay(part):
    tally = measure(part)
    assert tally.removed_share >= GATES[part], tally.missed
    assert tally.lost_share <= LOST_MAX_SHARE, tally.lost


def test_the_collection_is_large_and_has_every_part():
    for name, least in (("noise", 600), ("honest", 550)):
        assert sum(len(unit.lines) for unit in units(name)) >= least
        assert {unit.part for unit in units(name)} == set(PARTS)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("今天是2024年5月1日 星期三", "NOISE-DATE"),
        ("样例市 小雨 15℃/9℃", "NOISE-DATE"),
        ("【字体\uff1a大 中 小】", "NOISE-CMS"),
        ("下载APP 看更多精彩", "NOISE-APP"),
        ("分享到\uff1a 微信 新浪微博", "NOISE-SHARE"),
        ("已有0条评论\uff0c共0人参与", "NOISE-COMMENT"),
        ("滚动新闻\uff1a 样例市发布预警 | 招聘会举行 | 航班复航", "NOISE-NAV"),
        ("京ICP备00000000号", "NOISE-COPYRIGHT"),
        ("本网转载此文目的在于传递更多信息\uff0c并不代表赞同其观点。", "NOISE-COPYRIGHT"),
        ("(1/3)", "NOISE-PAGER"),
        ("« 上一篇\uff1a 村口的合作社", "NOISE-RELATED"),
    ],
)
def test_each_kind_of_furniture_goes_by_its_own_rule(line, rule):
    assert clean(f"采茶记\n{BODY}{line}\n") == f"采茶记\n{BODY}"
    assert rule in rules_of(f"采茶记\n{BODY}{line}\n")


def test_a_list_of_dated_headlines_behind_the_article_goes_without_a_heading():
    links = [f"样例县新闻里的{name}条消息 2019-03-1{number}" for number, name in enumerate("甲乙丙丁戊")]
    assert clean("\n".join(["采茶记", BODY + links[0], *links[1:], ""])) == f"采茶记\n{BODY}"


def test_a_poem_or_a_list_of_names_at_the_end_stays():
    for lines in (["一担茶叶挑出去", "换来书声满课堂"] * 3, ["茶叶", "菌菇", "药材", "苹果", "黄牛", "蜂蜜"]):
        text = "\n".join(["采茶记", BODY + lines[0], *lines[1:], ""])
        assert clean(text) == text


def test_figures_amid_the_text_are_no_pager():
    text = f"采茶记\n{SENTENCE}\n1 2 3\n5 10 15\n{SENTENCE}\n"
    assert clean(text) == text
    assert clean(f"采茶记\n{BODY}1 2 3\n") == f"采茶记\n{BODY}"


def test_a_box_of_the_articles_own_stays_under_its_label():
    text = f"采茶记\n{SENTENCE}\n相关链接\n劳务补贴\n{SENTENCE}\n"
    assert clean(text) == text


@pytest.mark.parametrize("markup", ["<p>{}</p>", "&lt;p&gt;&amp;nbsp;{}&lt;/p&gt;", "<p>&lt;p&gt;{}&lt;/p&gt;</p>"])
def test_a_pull_quote_keeps_its_mark_before_a_tag(markup):
    lines = clean(f"采茶记\n{SENTENCE}\n>>>{markup.format('把茶园变成课堂')}\n{BODY}").split("\n")
    assert ">>>把茶园变成课堂" in [line.replace(" ", "") for line in lines]


def test_every_scored_rule_is_a_rule_of_the_list():
    assert {cues.rule for cues in line_scores().cues} <= {kind.rule for kind in furniture().kinds}


@pytest.mark.parametrize(
    "piece", ["首页>", "> ", "分享到", "大 ", "1 ", "(回复) ", "2019-03-11 ", "版权", "|公告", "下载", "℃/", "a:"]
)
def test_judging_a_line_takes_no_longer_than_its_length_allows(piece):
    text = (piece * 200)[:198] + "\n"
    began = time.process_time()
    find(text * 20, Context())
    assert time.process_time() - began < 2
