"""Text files of many widths and layouts come back as the paragraphs that they were."""

from __future__ import annotations

import pytest

from noise_pages import raw
from shanhai.restore.chain import restore
from wrapped_pages import LAYOUTS, share_restored

# The least share of blocks that come back whole: it may only rise. Where nothing but an indent parts paragraphs, narrow
# lines leave open where one ends.
GATES = {(20, 1): 0.9, (30, 1): 0.97}
GATE = 0.977


@pytest.mark.parametrize("layout", range(len(LAYOUTS)))
@pytest.mark.parametrize("columns", [20, 30, 40, 72])
def test_wrapped_masters_come_back(columns, layout):
    share, missing = share_restored(columns, LAYOUTS[layout])
    assert share >= GATES.get((columns, layout), GATE), missing


@pytest.mark.parametrize(
    "lines",
    [
        ["春风吹绿满山的茶园呀", "采茶姑娘走上山坡来呀", "一片一片装进竹篓里呀", "山那边的汽笛响起来呀"] * 4,
        ["样例县茶叶专业合作社", "样例镇食用菌合作社", "样例村药材种植合作社", "样例村苹果专业合作社"] * 4,
        ["床前明月光\uff0c疑是地上霜。", "举头望明月\uff0c低头思故乡。"] * 6,
        ["2016年 茶叶 300亩", "2017年 菌菇 450亩", "2018年 药材 620亩", "2019年 苹果 710亩"] * 4,
    ],
)
def test_verse_lists_and_tables_of_even_lines_stay_lines(lines):
    text = "\n".join(lines) + "\n"
    article = restore(raw(text))
    assert [one.rule for step in article.log for one in step.edits if one.rule == "WRAP-01"] == []
