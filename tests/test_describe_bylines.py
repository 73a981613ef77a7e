"""Sources and people: agency, compiler, affiliation, and the many ways in which credits and datelines are written."""

import pytest

from shanhai.describe.affiliation import affiliation, tells_affiliation
from shanhai.describe.article import describe
from shanhai.describe.compilers import compiler_in_note
from shanhai.describe.dates import read_dateline
from shanhai.describe.fields import read_fields
from shanhai.describe.sources import source_name
from shanhai.describe.stamps import Stamp
from shanhai.records import DescribedArticle, RawArticle, RestoredArticle

BODY = (
    "清早的雾还没有散\uff0c山坡上的茶园里已经站满了人。从海边来的技术员教大家怎样掐尖\uff0c掐得轻\uff0c芽头才不会发红。\n"
    "第一锅茶炒出来的时候\uff0c满屋都是香气。老支书端着杯子看了半天\uff0c说这片山坡总算换了个活法。"
)


def described(page):
    raw = RawArticle(file="a.txt", sha256="", format="text", encoding="utf-8", text=page)
    found = describe(RestoredArticle(raw=raw, text=page, log=(), script="hans"))
    assert isinstance(found, DescribedArticle)
    return found


@pytest.mark.parametrize(
    ("lead", "source", "authors"),
    [
        ("新华社贵阳6月8日电\uff08记者江小川\uff09", "新华社", ("江小川",)),
        ("据新华社贵阳6月8日电 ", "新华社", ()),
        ("中新网6月8日电 ", "中新网", ()),
        ("央广网贵阳6月8日消息\uff08记者江小川\uff09", "央广网", ("江小川",)),
        ("本报贵阳6月8日电\uff08记者江小川\uff09", None, ("江小川",)),
        ("本报讯\uff08通讯员 江小川 白露\uff09", None, ("江小川", "白露")),
        ("【本报讯】\uff08记者 江小川\uff09", None, ("江小川",)),
        ("\uff08记者 江小川\uff09", None, ("江小川",)),
        ("本报讯 记者江小川报道\uff1a", None, ("江小川",)),
        ("本报讯\uff08山海日报全媒体记者 江小川\uff09", None, ("江小川",)),
        ("山海日报讯\uff08记者 江小川\uff09", "山海日报", ("江小川",)),
        ("山海网6月8日讯\uff08通讯员 江小川\uff09", "山海网", ("江小川",)),
        ("经济日报-中国经济网贵阳6月8日讯\uff08记者江小川\uff09", "中国经济网", ("江小川",)),
        ("中国青年报客户端贵阳6月8日电\uff08中青报·中青网记者 江小川\uff09", "中国青年报", ("江小川",)),
        ("新华社贵阳6月8日电\uff08新华社记者江小川、《山海日报》记者白露\uff09", "新华社", ("江小川", "白露")),
    ],
)
def test_a_dateline_gives_source_and_reporters(lead, source, authors):
    found = read_dateline(f"{lead}清早的雾还没有散。")
    assert found is not None
    assert (found.source, found.authors) == (source, authors)


@pytest.mark.parametrize(
    "lead",
    [
        "新华社播发了一条关于山区的消息\uff0c引起关注。",
        "互联网消息满天飞\uff0c村里人不信这个。",
        "\uff08记者见到他时\uff0c他刚下课\uff09他笑了笑。",
        "电网消息不通的年月\uff0c村里靠广播。",
        "记者在山里住了三天。",
    ],
)
def test_other_openings_are_no_datelines(lead):
    assert read_dateline(lead) is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("江小川/文 白露/图", {"authors": ("江小川",)}),
        ("江小川 文/图", {"authors": ("江小川",)}),
        ("□本报记者 江小川 通讯员 白露 文/图", {"authors": ("江小川", "白露")}),
        ("撰文/江小川 摄影/石秀英", {"authors": ("江小川",)}),
        ("本报评论员", {"authors": ("本报评论员",)}),
        ("山海县委书记 江小川", {"authors": ("江小川",), "posts": ("山海县委书记",)}),
        ("作者\uff1a江小川\uff08山海大学教授\uff09", {"authors": ("江小川",), "posts": ("山海大学教授",)}),
        ("作者\uff1a江小川 单位\uff1a山海大学", {"authors": ("江小川",), "posts": ("山海大学",)}),
        ("通讯员\uff1a江小川\uff08山海县委组织部\uff09", {"authors": ("江小川",), "posts": ("山海县委组织部",)}),
        ("整理\uff1a江小川", {"compilers": ("江小川",)}),
        ("本报记者 江小川 整理", {"compilers": ("江小川",)}),
        ("记者江小川整理", {"compilers": ("江小川",)}),
        ("人民网综合整理", {"compilers": ("人民网",)}),
        ("本文由山海网综合整理", {"compilers": ("山海网",)}),
        ("本报综合报道", {"compilers": ("",)}),
        ("据新华社电", {"weak_source": "新华社"}),
        ("据《人民日报》报道", {"weak_source": "人民日报"}),
        ("摘自《半月谈》", {"weak_source": "半月谈"}),
        ("原载《山海研究》2020年第5期", {"source": "山海研究", "stamp": Stamp(2020)}),
        ("来源\uff1a《山海研究》2019年第5期", {"source": "山海研究", "stamp": Stamp(2019)}),
        ("来源\uff1a综合新华社、人民日报等", {"source": "新华社、人民日报"}),
        ("本文转自\uff1a山海日报", {"source": "山海日报"}),
        ("【发布时间】2019-05-06【来源】山海日报", {"source": "山海日报", "stamp": Stamp(2019, 5, 6)}),
        ("更新时间\uff1a2019-05-08 发布时间\uff1a2019-05-06", {"stamp": Stamp(2019, 5, 6)}),
        ("2019年05月06日 农历四月初二", {"stamp": Stamp(2019, 5, 6)}),
        ("2019年5月刊", {"stamp": Stamp(2019, 5)}),
        ("2023-03-05 18:30 发表于贵州", {"stamp": Stamp(2023, 3, 5)}),
        ("山海县政府网 www.example.gov.cn 2019-05-06", {"stamp": Stamp(2019, 5, 6)}),
    ],
)
def test_a_credit_line_is_read_for_what_it_says_and_nothing_else(line, said):
    """Photographers, editors of pictures and regions are nobody's byline."""
    fields = read_fields(line)
    assert fields is not None
    people = {"authors": (), "editors": (), "compilers": (), "posts": (), "source": None, "weak_source": None}
    expected = people | {"stamp": None} | said
    assert {name: getattr(fields, name) for name in expected} == expected


@pytest.mark.parametrize(
    "line",
    [
        "农田整理",
        "综合整治",
        "村务档案整理",
        "据说山里有茶",
        "据统计局数据",
        "转自心底的谢意",
        "组长 山路",
        "发表于心间",
        "作者系某县干部",
        "当代评论员的一课",
    ],
)
def test_headings_and_phrases_are_no_credits(line):
    assert read_fields(line) is None


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("\uff08作者系某县干部\uff09", "某县干部"),
        ("\uff08作者江小川系某县委党校教师\uff09", "某县委党校教师"),
        ("\uff08作者江小川\uff0c系某大学教授\uff09", "某大学教授"),
        ("\uff08作者分别为某大学教授、某县干部\uff09", "某大学教授、某县干部"),
        ("\uff08作者现任某县县长\uff09", "某县县长"),
        ("作者单位\uff1a某大学", "某大学"),
        ("[作者单位为某研究所]", "某研究所"),
        ("作者简介\uff1a江小川\uff0c男\uff0c某大学教授\uff0c研究农村经济。", "某大学教授\uff0c研究农村经济"),
        (
            "作者简介\uff1a江小川\uff0c某大学教授\uff1b白露\uff0c某县干部",
            "江小川\uff0c某大学教授\uff1b白露\uff0c某县干部",
        ),
        ("\uff08江小川系某县干部\uff09", "某县干部"),
        ("\uff08作者系某大学教授\uff0c本报记者白露整理\uff09", "某大学教授"),
        ("\uff08作者\uff1a江小川\uff0c单位\uff1a某大学\uff09", "某大学"),
        ("作者为了写这本书走遍全县。", None),
        ("\uff08作者系着围裙出来见客\uff09", None),
        ("\uff08本文有删节\uff09", None),
        ("注\uff1a数字截至年底。", None),
        ("\uff08综合各地来稿整理\uff09", None),
    ],
)
def test_a_note_tells_what_the_authors_are(note, told):
    assert affiliation([note], ("江小川",)) == told


def test_only_a_note_on_the_author_is_parted_from_the_last_paragraph():
    assert tells_affiliation("作者系某县干部")
    assert tells_affiliation("江小川系某县干部")
    assert not tells_affiliation("作者说\uff0c这是最后一次")
    assert not tells_affiliation("山坡系统")
    assert not tells_affiliation("据村民说")


@pytest.mark.parametrize(
    ("paragraphs", "compiler"),
    [
        (["编者按\uff1a春天来了。", "山海网·山里频道从来稿中收集整理了各县的做法。"], "山海网·山里频道"),
        (["编者按\uff1a春天来了\uff0c本报特别梳理了各县的做法。"], ""),
        (["编者按\uff1a春天来了\uff0c由山海日报编辑部汇总成篇。"], "山海日报编辑部"),
        (["编者按\uff1a春天来了\uff0c村民整理行装出门。"], None),
        (["春天来了\uff0c山海网整理了各县的做法。"], None),
        ([], None),
    ],
)
def test_an_editors_note_names_the_compiler(paragraphs, compiler):
    assert compiler_in_note(paragraphs) == compiler


def test_the_publication_as_its_own_compiler_goes_by_its_name():
    page = f"山坡上的第一锅茶\n2019-03-11 来源\uff1a山海日报\n{BODY}\uff08本报综合报道\uff09"
    assert described(page).compiled_by == "山海日报"
    nameless = f"山坡上的第一锅茶\n2019-03-11\n{BODY}\uff08本报综合报道\uff09"
    assert described(nameless).compiled_by is None


def test_the_agency_stands_beside_another_source_only():
    lead = "新华社贵阳6月8日电\uff08记者江小川\uff09"
    for source, agency in (("山海日报", "新华社"), ("新华社", None), ("新华通讯社", None), ("新华网", "新华社")):
        found = described(f"山坡上的第一锅茶\n2019-06-09 来源\uff1a{source}\n{lead}{BODY}")
        assert (found.source, found.agency) == (source, agency)
    alone = described(f"山坡上的第一锅茶\n2019-06-09\n{lead}{BODY}")
    assert (alone.source, alone.agency) == ("新华社", None)


def test_an_agencys_reporter_on_the_byline_names_the_agency_too():
    found = described(f"山坡上的第一锅茶\n2019-06-09 来源\uff1a山海日报\n新华社记者 江小川\n{BODY}")
    assert (found.source, found.agency, found.authors) == ("山海日报", "新华社", ("江小川",))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("综合新华社、人民日报等报道", "新华社、人民日报"),
        ("据新华社电", "新华社"),
        ("《人民日报》报道", "人民日报"),
        ("中国报道", "中国报道"),
        ("山海报道", "山海报道"),
    ],
)
def test_a_source_loses_the_words_of_relay(said, name):
    assert source_name(said) == name


def test_a_date_of_writing_counts_only_where_no_date_of_publication_stands():
    only = described(f"关于春茶采收的通报\n成文日期\uff1a2020年05月06日\n{BODY}")
    both = described(f"关于春茶采收的通报\n成文日期\uff1a2020年05月06日\n发布日期\uff1a2020年05月08日\n{BODY}")
    assert (only.date, both.date) == ("2020-05-06", "2020-05-08")
