"""Honest sentences by the hundred, from patterns: the shapes that damage has, in what people really write."""

from __future__ import annotations

import re
from random import Random


def _words(line: str) -> tuple[str, ...]:
    return tuple(line.split())


PLACES = _words("上河村 白岩村 柳树湾 石门坎 桃花寨 青石镇 红旗农场 双溪口 老鹰岩 九道拐")
GOODS = _words("茶叶 核桃 土豆 木耳 山羊 蜂蜜 辣椒 刺梨 黄牛 竹笋 枸杞 海带")
NAMES = _words("张三 李四 王小明 赵六 孙小丽 周大山 吴老师 郑医生 欧阳春 次仁")
ORGANS = _words("县农业局 县水利局 村委会 合作社 乡卫生院 中心小学 供销社 信用社")
UNITS = _words("斤 公斤 吨 亩 头 箱 袋 筐")
GLOSSED = _words("莜（yóu）麦 犇（bēn）牛 亳（bó）州 饸饹（héle） 砼（tóng） 塬（yuán） 峁（mǎo） 垟（yáng）")
TERMS = _words("GDP CPI WHO PM2.5 APP Wi-Fi ISO9001 B超 4G N95 T恤 C++")
SUMS = _words("1+1>2 “公司+农户” “互联网+教育” “5+2”“白加黑” “主题党日+” 3×4=12 “1+N” “福建技术+宁夏土地”")
MARKED = _words("138****5678 5*8小时 520***********1234 *.txt 2*3=6 a*b")
BUTTONS = _words("打印 收藏 分享 关注 下载 推荐 返回 举报 评论 转发")
STEMS, SUFFIXES = _words("biao list new"), _words("docx xlsx txt")

# A letter stands for a word of its list, `#a-b#` for a whole number.
PATTERNS = (
    "（记者 N）P今年卖出G#2-900#U，比去年多了两成。",
    "#1996-2024#年，P的G种到了#100-999#,#100-999#亩，增长#1-40#.#1-9#%。",
    "#90-99#（0#1-9#）班和#90-99#（0#1-9#）班的同学一起去P植树。",
    "D和D，外地来的N总是念错。",
    "O的人讲课时用了T这个词（T也提到了），N没有听懂。",
    "O把S写进了总结，N念了两遍。",
    "P队以#2-9#:#0-1#胜了P队，比赛#13-20#:#10-59#结束。",
    "“G多少钱一U？”“#2-30#块！”N问：“便宜点行不行？”",
    "N真的来了？！P的人都不信，G也不卖了。",
    "要买G，请打0#851-859#-#2000000-8999999#找N，或写信到mai#1-99#@example.com。",
    "O的表上写着M，N问是什么意思。",
    "第#2-99#条 O应当每年公布一次G的账目。",
    "（一）G；（二）G；（三）G。以上三项由O负责。",
    "G、G、G、G，“P”牌的样样都有，#2-60#元一U。",
    "N到OB了一份G的材料，当天就办完了。",
    "N：P的路修好了吗？N：修好了，G都运出去了。",
    "#1-12#月#1-28#日#6-9#:#10-59#，N从P出发，#2-5#个小时后到了P。",
    "材料存成F_#1-99#.X，由N交给O。",
    "村支书N和第一书记N去O学种G，一学就是#3-30#天。",
    "P的孩子上学要走#2-9#里路，台上讲课的N老家也在那里。",
)
LISTS = {"P": PLACES, "G": GOODS, "N": NAMES, "O": ORGANS, "U": UNITS, "D": GLOSSED, "T": TERMS, "S": SUMS}
LISTS |= {"M": MARKED, "B": BUTTONS, "F": STEMS, "X": SUFFIXES}
_SLOT = re.compile(r"#(\d+)-(\d+)#|([A-Z])")


def sentences(count: int, seed: int) -> list[str]:
    """So many different sentences, always the same for a seed, of every pattern about equally many."""
    random = Random(seed)  # noqa: S311 - reproducible, not secret
    found: dict[str, None] = {}
    while len(found) < count:
        found |= dict.fromkeys(_filled(pattern, random) for pattern in PATTERNS)
    return list(found)[:count]


def _filled(pattern: str, random: Random) -> str:
    def fill(match: re.Match[str]) -> str:
        if match[3]:
            return random.choice(LISTS[match[3]])
        return str(random.randint(int(match[1]), int(match[2])))

    return _SLOT.sub(fill, pattern)
