"""What looks like a place and is none, kind by kind; the sentences are written for this project."""

from __future__ import annotations

import pytest

from described_text import described
from shanhai.annotate import places

TRAPS = {
    "a mountain, a river, a region named for one": [
        "贺兰山下的风。",
        "六盘山区与武陵山片区的孩子。",
        "黑河水流过戈壁。",
        "祁连山国家公园。",
        "大兴安岭南麓片区。",
        "洞庭湖北岸和黄河南岸。",
        "长江西岸的码头。",
        "一路上海风习习。",
        "水上海事救援。",
        "海上丝绸之路。",
        "国内江河治理。",
        "比如说,名山大川。",
    ],
    "a railway": [
        "兰新铁路和渝黔铁路沿线。",
        "京沪高铁通车。",
        "昌吉赣高铁穿山而过。",
        "银西高铁的隧道。",
    ],
    "an event or a time of the past": [
        "遵义会议的旧址。",
        "西安事变以后。",
        "南昌起义的枪声。",
        "井冈山精神代代相传。",
        "重庆谈判期间。",
        "北京奥运会那年。",
        "杭州亚运会的火炬。",
        "上海世博会的展馆。",
    ],
    "a university, a paper, a company, a hospital": [
        "贵州大学和宁夏医科大学的师生。",
        "兰州理工大学技术工程学院的学生。",
        "西北农林科技大学教授。",
        "北京师范大学的校友。",
        "贵州日报刊文。",
        "据四川新闻网消息。",
        "海南航空的航班。",
        "云南白药的牙膏。",
        "一瓶青岛啤酒。",
        "北京同仁堂的药。",
        "广州恒大和山东鲁能的球迷。",
        "广安门医院的专家。",
        "《今日海南》和《当代贵州》。",
        "中国人民大学的教授。",
        "天津港的码头。",
    ],
    "a street, a station, a house": [
        "兰州火车站的广场。",
        "贵阳机场的跑道。",
        "上海路、北京东路和南京西路。",
        "贵州大厦的会议室。",
        "山东路小学。",
    ],
    "a dish, a speech, a plant": [
        "一碗重庆火锅。",
        "桂林米线好吃。",
        "扬州炒饭的做法。",
        "四川话很好懂。",
        "长春花开了。",
        "黄石公园的泉水。",
        "一筐哈密瓜。",
    ],
    "a person": [
        "李海南是村支书。",
        "村支书王长春说。",
        "张玉林老人笑了。",
        "陈江西走过来。",
    ],
    "a dateline": [
        "新华社贵阳7月3日电。",
        "新华社记者北京报道。",
    ],
    "an ordinary word": [
        "从江边走到江南。",
        "大家互助合作,共和同心。",
        "阳光明媚,群众乐业安居。",
        "资源共享、信息互通、开放合作。",
        "打通南北通道,联结东西南部。",
        "一座座灯塔,一条条运河。",
        "珠江城区的夜景。",
        "到达县城已是傍晚。",
        "组成县里的工作队。",
        "风景县和经济强县。",
        "管理县级资金。",
        "报道县里的做法。",
        "复苏青春的力量。",
        "粗鲁新人。",
        "龙门镇江边村的码头。",
        "安康杯竞赛。",
        "改革开放前进的步伐。",
        "新时代东风浩荡。",
        "友好城市签约。",
        "共同富裕民生工程。",
        "加强党的领导和政治建设。",
        "和平区里有小学。",
        "光明区域。",
        "工作队长安排好住宿。",
        "为人民服务的公安干警。",
        "高台跳水。",
        "来宾致辞,政和民乐。",
        "会同有关部门。",
        "投资新建三座桥。",
        "解放思想、振兴中华。",
        "市中区的街道。",
        "城关区的早市。",
    ],
}
"""Sentences by what they hold instead of a place; an ASCII comma stands for the Chinese one."""


@pytest.mark.parametrize(
    ("kind", "sentence"), [(kind, sentence) for kind, sentences in TRAPS.items() for sentence in sentences]
)
def test_a_trap_names_no_place(kind, sentence):
    """A sentence of each kind, alone, at the end of a longer text, and without its date."""
    text = sentence.replace(",", "\uff0c")
    for article in (described(text), described("村里的路修好了。", text), described(text, date=None)):
        assert [(place.name, place.evidence[0].quote) for place in places.find(article)] == [], kind
