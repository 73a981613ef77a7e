"""What holds for every text: the log leads back, no step or chain changes its own result, nothing raises."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shanhai import editlog
from shanhai.records import RawArticle, RestoredArticle
from shanhai.restore.chain import STAGES, restore, run_step
from shanhai.restore.spam import lexicon

STEPS = [(stage, step) for stage in STAGES for step in stage.steps]
WORDS = """
当地干部 乡村振兴 村民 沿着这条路 發展產業 東西部協作 著名 望著 于里后 支部* 第一* **来到 *注 五级*”抓
“党支部_合作社_农户” “1_10_100” 堅(jiān)
堅(jiān)堅(jiān)堅(jiān) 攻(gong) 當(dāng)?shù)貞?yīng)急 ?cái) ?yīng) 分解?!耙蝗穗y
鍏氬缓鍏氬缓 鐨勭殑 &amp;lt;p&amp;gt; &amp;amp;amp; &nbsp; &#38;lt; \\r\\n \\n <p> </p> <br/> <script> </script>
<!-- --> <a> a<b x<3
《文件》 １２ ３ ％ ， ,, ,， 、、 : ; ? ! ( ) （ ） " “ ” ‘ ’ 8:30 1,200 http://a.cn/?b=1, GDP 首页>新闻>正文
当前位置:首页 打印 纠错 分享到:微信 微博 猜你喜欢 相关阅读 上一篇:无 下一页 【1】 1 2 3 来源:样报 编辑:某人
2024-01-19 版权所有 Copyright © × ? | 一二三四五六七八九十一二三四五六七八九十 发布时间:2024年1月1日
""".split()  # noqa: SIM905 - as a literal, one to a line, they would fill pages
WORDS = [word.replace("_", " ") for word in WORDS]
GAPS = [
    "\n",
    "\n\n",
    " ",
    "  ",
    "",
    "",
    "\u3000",
    "\u00a0",
    "\u200b",
    "\r\n",
    "\r",
    "\t",
    "\u00ad",
    "\ue33a",
    "。",
    "\uff0c",
]
PIECES = st.one_of(st.sampled_from(WORDS), st.sampled_from(GAPS), st.sampled_from(lexicon()), st.text(max_size=3))
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=60).map("".join),
    st.lists(st.tuples(PIECES, st.sampled_from(GAPS)), max_size=40).map(lambda pairs: "".join(map("".join, pairs))),
)


def raw(text, format="text"):  # noqa: A002 - the field's name
    return RawArticle(file="any.txt", sha256="0" * 64, format=format, encoding="utf-8", text=text)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("堅(jiān)" * 4 + "堅")
@example("&amp;" * 12 + "lt;p>")
def test_the_log_of_a_restoration_leads_back_to_the_raw_text(text):
    restored = restore(raw(text))
    if isinstance(restored, RestoredArticle):
        assert editlog.undo(restored.text, restored.log) == text
        assert all(editlog.is_sorted(one.edits) and one.edits for one in restored.log)


@settings(max_examples=600, deadline=None)
@given(TEXTS, st.sampled_from(["text", "markdown", "html"]))
def test_restoring_a_restored_text_changes_nothing(text, format):  # noqa: A002 - the field's name
    once = restore(raw(text, format))
    if isinstance(once, RestoredArticle):
        again = restore(raw(once.text, format))
        assert isinstance(again, RestoredArticle)
        assert again.text == once.text


@pytest.mark.parametrize(("stage", "step"), STEPS, ids=[step.name for _stage, step in STEPS])
@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_a_step_changes_nothing_of_its_own_result(stage, step, text):
    context = stage.survey(text, "text")
    once, passes = run_step(step, text, context)
    again, _passes = run_step(step, once, context)
    assert again == once
    assert editlog.undo(once, passes) == text


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<script>",
        "&",
        "&amp;",
        "*",
        "?",
        "(",
        "\u201c",
        '"',
        " ",
        "\n",
        "?c\u00e1i)",
        "\u5805(ji\u0101n)",
        "\uff0c",
        "\u934f\u6c2c\u7f13",
        "> ",
        "\u9996\u9875>",
        "1 ",
        "<a b=c ",
        "http://a,",
    ],
)
def test_time_grows_in_step_with_the_length_of_a_hostile_text(piece):
    def seconds(count):
        start = time.process_time()
        restore(raw(piece * count))
        return time.process_time() - start

    seconds(10)
    short, long = min(seconds(500) for _ in range(3)), seconds(20_000)
    assert long < 0.3 + short * 40 * 6
