"""The table for traditional characters: with it a page reads as OpenCC's s2t would have it, and it holds no more."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import opencc
from hypothesis import given
from hypothesis import strategies as st

from shanhai.site.script_table import ScriptTable, han_runs, javascript, table_of, traditional, write_table

if TYPE_CHECKING:
    from collections.abc import Iterable

s2t = opencc.OpenCC("s2t").convert
MASTERS = sorted((Path(__file__).parent / "masters").glob("[0-9][0-9].md"))
WORDS = re.findall(
    r"\S+",
    """
    头发 发展 理发 公里 里程 邻里 里面 干部 干净 若干 干扰 一干二净 天后 后天 皇后 面粉 方面 一面 关系 联系 系统 重复
    复杂 反复 答复 台湾 柜台 台风 只有 几只 一只 制造 制度 钟表 分钟 表示 手表 老板 板块 范围 模范 余地 周末 周到 采取
    才能 刚才 布置 分布 游览 上游 征求 长征 冲击 不准 准备 历史 日历 合并 并且 卷入 考卷 占领 占卜 注意 注解 批注 家伙
    伙食 丰收 千里 山里 志愿 杂志 种子 了解 为了 出发 一出 于是 由于 斗争 北斗 米斗 松树 放松 签字 竹签 舍得 宿舍 必须
    胡须 烟叶 炊烟 谷物 山谷 当作 当当 中国历史 上了 下了 着手
    """,
)
"""Words with a character that becomes this or that, and words that meet them across a border."""


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map("".join), max_size=20))
def test_whatever_words_meet_the_table_gives_what_opencc_gives(runs: list[str]) -> None:
    table = table_of(runs)
    assert [traditional(run, table) for run in runs] == [s2t(run) for run in runs]


@given(
    st.lists(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=40), max_size=9)
)
def test_any_characters_become_what_opencc_makes_of_them(runs: list[str]) -> None:
    table = table_of(runs)
    assert [traditional(run, table) for run in runs] == [s2t(run) for run in runs]


def test_whole_articles_read_as_opencc_has_them() -> None:
    texts = [path.read_text(encoding="utf-8") for path in MASTERS]
    assert texts
    table = table_of(set().union(*map(han_runs, texts)))
    assert [traditional(text, table) for text in texts] == [s2t(text) for text in texts]


def test_a_phrase_is_listed_only_where_a_character_becomes_another_than_alone() -> None:
    table = table_of(["山区发展", "三百公里", "关系"])
    assert table.characters["里"] == "裏"
    assert table.phrases == {"公里": "公里", "关系": "關係"}


def test_a_phrase_that_keeps_another_from_being_read_across_two_words_is_listed() -> None:
    runs = ["上游览", "游览", "上游"]
    table = table_of(runs)
    assert [traditional(run, table) for run in runs] == [s2t(run) for run in runs]


def test_only_characters_of_the_site_that_change_are_listed() -> None:
    table = table_of(["山水", "东山", "见"])
    assert table == ScriptTable({"东": "東", "见": "見"}, {})


def test_a_site_without_chinese_has_an_empty_table() -> None:
    assert table_of([]) == ScriptTable({}, {})


def test_the_order_of_the_pages_makes_no_difference() -> None:
    assert javascript(table_of(WORDS)) == javascript(table_of(reversed(WORDS)))


def test_a_page_gives_the_words_of_its_text_its_attributes_and_the_messages_of_its_settings() -> None:
    message = json.dumps({"copied": "已复制"})
    html = f'<p title="省份">东部<a>西部</a>\uff0c2020年</p><script type="application/json">{message}</script>'
    assert han_runs(html) == {"省份", "东部", "西部", "年", "已复制"}


def test_a_name_with_a_point_stays_whole() -> None:
    assert han_runs("<i>约翰·里德·</i>") == {"约翰·里德"}


def test_the_script_spells_out_what_differs_from_the_character_alone() -> None:
    script = javascript(table_of(["公里", "里面", "一干二净"]))
    written = dict(re.findall(r'(\w+): "(.*)"', script))
    assert "里裏" in written["characters"]
    assert set(written["phrases"].split()) == {"公里=里", "一干=乾二净"}


def test_the_table_stands_in_the_site_and_holds_the_words_of_pages_and_of_its_own_scripts(tmp_path: Path) -> None:
    _write(tmp_path / "index.html", "<p>公里</p>")
    _write(tmp_path / "deep" / "er" / "index.html", "<p>东部</p>")
    _write(tmp_path / "assets" / "shanhai" / "copy.js", 'say("复制");')
    _write(tmp_path / "assets" / "javascripts" / "bundle.js", "云")
    table = write_table(tmp_path)
    assert set(table.characters) == {"里", "东", "复", "制"} - _unchanged("里东复制")
    assert (tmp_path / "assets/shanhai/script-table.js").read_text(encoding="utf-8") == javascript(table)


def test_a_second_build_into_the_same_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    _write(tmp_path / "index.html", "<p>三百公里</p>")
    first = javascript(write_table(tmp_path))
    assert javascript(write_table(tmp_path)) == first
    _write(tmp_path / "index.html", "<p>东部</p>")
    assert set(write_table(tmp_path).characters) == {"东"}


def test_a_stretch_of_thousands_without_a_stop_is_no_trouble() -> None:
    run = "".join(one + other for one in WORDS for other in WORDS)
    assert traditional(run, table_of([run])) == s2t(run)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _unchanged(characters: Iterable[str]) -> set[str]:
    return {one for one in characters if s2t(one) == one}
