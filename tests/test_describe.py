"""The described article: what holds for every input, and the single judgements behind it."""

import re
import string
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai import editlog, reference
from shanhai.describe.article import describe
from shanhai.describe.bylines import authors_in_note
from shanhai.describe.dates import find_date, inferred_year, read_dateline
from shanhai.describe.derived import derived_title
from shanhai.describe.fields import read_fields
from shanhai.describe.headline import undecorated
from shanhai.describe.hints import positions_to_clean
from shanhai.describe.names import certain_person, names_in, person
from shanhai.describe.shapes import is_caption, is_note
from shanhai.describe.sources import source_name
from shanhai.describe.stamps import Stamp, given_stamp
from shanhai.describe.vocabulary import publication_names, vocabulary
from shanhai.records import (
    Block,
    BlockKind,
    DescribedArticle,
    Edit,
    EditPass,
    GivenMetadata,
    Hint,
    RawArticle,
    Rejected,
    RestoredArticle,
)
from shanhai.restore.spam import lexicon

PACKAGE = Path(__file__).parents[1] / "scripts" / "shanhai" / "describe"
COLON, COMMA, OPEN, CLOSE = "\uff1a", "\uff0c", "\uff08", "\uff09"
BODY = (
    "山路修通以后\uff0c村里的变化一天一个样。先是来了收茶的车\uff0c后来又来了看景的人\uff0c再后来\uff0c出去打工的年轻人也陆续回来了。\n\n"
    "回来的人各有各的打算\uff0c有的开店\uff0c有的养蜂\uff0c还有的在镇上的车间里当起了师傅\uff0c带着一群婶子嫂子学手艺。"
)


def _restored(text, *, given=None, hints=(), script="hans"):
    raw = RawArticle(
        file="page.txt",
        sha256="0" * 64,
        format="text",
        encoding="utf-8",
        text=text,
        given=given or GivenMetadata(),
        hints=hints,
    )
    return RestoredArticle(raw=raw, text=text, log=(), script=script)


def _is_sound(described: DescribedArticle) -> bool:
    spans = [described.text[block.start : block.end] for block in described.blocks]
    assert described.text == "\n\n".join(spans)
    assert all(span == span.strip() and span and "\n" not in span for span in spans)
    assert all((2 <= block.level <= 4) == (block.kind is BlockKind.HEADING) for block in described.blocks)
    assert all(editlog.is_sorted(one.edits) for one in described.log)
    assert editlog.undo(described.text, described.log) == described.raw.text
    assert described.title
    assert described.date is None or described.date == described.date_edtf
    assert (described.date_origin is None) == (described.date_edtf == "")
    return True


PIECES = st.sampled_from(
    [
        *("\n", "\n\n", "\u3000\u3000", " ", "\r\n", "\u2028", "\x85", "\u00a0", "\t"),
        *("来源", COLON, "《山海日报》", "作者", "江小川 白露", "2019-03-11 04:30", "2019年3期", "责任编辑", "何 乐"),
        *(
            "\uff08本报记者 江小川\uff09",
            "\uff08作者系某县干部\uff09",
            "新华社北京6月8日电\uff08记者 江小川\uff09",
            "【要闻】",
            "_要闻_山海网",
            "——某县纪实",
        ),
        *(
            "山路修通了",
            "一、抓产业",
            "\uff08一\uff09建机制",
            "“先做学生”",
            ">>>",
            "## ",
            "。",
            "\uff1f",
            "…",
            "编者按",
            "图为茶山",
            "\uff1f",
            "----",
        ),
        BODY,
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_page_of_news_parts_is_described_or_rejected_and_can_be_undone(text):
    described = describe(_restored(text))
    assert isinstance(described, Rejected) or _is_sound(described)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400), st.none() | st.text(max_size=60), st.none() | st.text(max_size=60))
def test_arbitrary_text_and_metadata_never_raise(text, title, date):
    given_metadata = GivenMetadata(title=title, date=date, source=title, authors=(date,) if date else (), url=date)
    described = describe(_restored(f"{BODY}\n{text}", given=given_metadata, script="mixed"))
    assert isinstance(described, Rejected) or _is_sound(described)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=string.printable + BODY[:40], max_size=200))
def test_a_text_alone_never_raises(text):
    described = describe(_restored(text))
    assert isinstance(described, Rejected) or _is_sound(described)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_many_positions_move_as_one_does(data):
    text = data.draw(st.text("山海", min_size=1, max_size=30))
    log = []
    for _ in range(data.draw(st.integers(0, 3))):
        cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
        spans = list(zip(cuts[::2], cuts[1::2], strict=False))
        edits = tuple(Edit(rule="X", start=a, end=b, before=text[a:b], after="路" * (b % 3)) for a, b in spans)
        log.append(EditPass(step="x", edits=edits))
        text = editlog.apply(text, edits)
    positions = sorted(data.draw(st.lists(st.integers(0, 30), max_size=10)))
    assert positions_to_clean(positions, log) == [editlog.to_clean(one, log) for one in positions]


def test_every_rule_that_the_code_can_emit_is_in_the_list_and_the_reverse():
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(PACKAGE.glob("*.py")))
    emitted = set(re.findall(r'"((?:HEAD|DATE|BYLINE|LAYOUT|PAGE)-\d\d)"', code))
    listed = yaml.safe_load(reference.text("rules/describe.yml"))
    assert emitted == set(listed)
    assert all(set(entry) == {"zh", "en", "example"} for entry in listed.values())


def test_reference_lists_hold_no_word_twice_within_a_list():
    known = vocabulary()
    for words in (*known.labels.values(), known.roles, known.buttons, known.group_suffixes, known.lead_adverbials):
        assert len(words) == len(set(words))
    assert "人民日报" in publication_names()


@pytest.mark.parametrize(
    ("line", "stamp", "source", "authors", "editors"),
    [
        ("2019-03-11 04:30江小川", Stamp(2019, 3, 11), None, ("江小川",), ()),
        ("2019-03-1104:30", Stamp(2019, 3, 11), None, (), ()),
        ("2019/3/11", Stamp(2019, 3, 11), None, (), ()),
        ("二〇一九年十二月三十一日", Stamp(2019, 12, 31), None, (), ()),
        ("山海经济 2019年3期", Stamp(2019), "山海经济", (), ()),
        ("\uff08摘自《山海经济》2019年第3期\uff09", Stamp(2019), "山海经济", (), ()),
        (f"来 源{COLON}《山海》杂志  责 编{COLON}何 乐", None, "山海", (), ("何乐",)),
        (f"来源{COLON}人民网-人民日报", None, "人民日报", (), ()),
        (f"来源{COLON}本站 作者{COLON}佚名 点击{COLON}123", None, None, (), ()),
        (f"作者{COLON}某县委党校课题组", None, None, ("某县委党校课题组",), ()),
        ("本报记者 江小川 通讯员 白 露", None, None, ("江小川", "白露"), ()),
        ("文/江小川", None, None, ("江小川",), ()),
        (f"审核{COLON}江小川 监制{COLON}白露", None, None, (), ()),
    ],
)
def test_a_field_line_is_read_whole(line, stamp, source, authors, editors):
    fields = read_fields(line)
    assert fields is not None
    assert (fields.stamp, fields.source, fields.authors, fields.editors) == (stamp, source, authors, editors)


@pytest.mark.parametrize(
    "line",
    [
        f"时间{COLON}2019年3月11日 地点{COLON}某县礼堂",
        f"记者{COLON}您为什么愿意来",
        f"图片来源{COLON}新华社",
        f"摄影{COLON}江小川",
        f"评论{COLON}让产业扎下根来",
        "2019年以来新建的路",
        "2019年3月11日\uff0c大雪封山。",
        "高质量",
        "记者在采访中看到",
        "2019-02-30",
        f"{OPEN}作者系某县干部{CLOSE}",
    ],
)
def test_a_line_that_holds_anything_else_is_no_field_line(line):
    assert read_fields(line) is None


@pytest.mark.parametrize("word", ["江小川", "何乐", "欧阳秋实", "阿依古丽·买买提"])
def test_names_are_names(word):
    assert person(word)


@pytest.mark.parametrize("word", ["高质量", "安居乐业", "佚名", "某县", "推进", "金钥匙人", "A"])
def test_words_are_no_names(word):
    assert not person(word)


@pytest.mark.parametrize("word", ["山路", "成长", "钱袋子", "金扁担", "白皮书", "党旗红", "高水平", "路子宽", "石头记"])
def test_a_lone_phrase_that_starts_with_a_surname_is_no_byline(word):
    assert not certain_person(word)


def test_wide_names_are_joined():
    assert names_in("何 乐") == ("何乐",)
    assert names_in("何 乐 江 川") == ("何乐", "江川")
    assert names_in("张 小 明") == ("张小明",)
    assert names_in("何 小川 白露") == ("何小川", "白露")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("《今日山海》杂志", "今日山海"),
        ("人民网\uff0d《人民日报》", "人民日报"),
        ("新华社", "新华社"),
        ("转自\uff1a山海日报", "山海日报"),
        ("http://news.example.com/a", None),
        ("news.example.com", None),
        ("本站原创", None),
        ("", None),
        ("《山海日报》《山海晚报》", "山海日报、山海晚报"),
    ],
)
def test_a_source_keeps_the_publications_bare_name(said, name):
    assert source_name(said) == name


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2019-03-11T04:30:00+08:00", "2019-03-11"),
        ("Mon, 11 Mar 2019 04:30:00 GMT", "2019-03-11"),
        ("2019年3月", "2019-03"),
        ("2019", "2019"),
        ("2019-02-30", None),
        ("0019-03-11", None),
        ("1900", None),
        ("1900-05", None),
        ("昨天", None),
    ],
)
def test_a_given_date_is_read_to_its_precision(written, edtf):
    stamp = given_stamp(written)
    assert (stamp.edtf if stamp else None) == edtf


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"lines": [Stamp(2019)]}, (None, "2019", "dateline")),
        ({"lines": [Stamp(2019), Stamp(2019, 3, 11)]}, ("2019-03-11", "2019-03-11", "dateline")),
        ({"given": "2020", "lines": [Stamp(2019, 3, 11)]}, (None, "2020", "given")),
        ({"given": "2019", "lines": [Stamp(2019, 3, 11)]}, ("2019-03-11", "2019-03-11", "dateline")),
        ({"url": "https://example.com/2019/0311/c1.html"}, ("2019-03-11", "2019-03-11", "url")),
        ({"url": "https://example.com/2019-03/11/c_1.htm"}, ("2019-03-11", "2019-03-11", "url")),
        ({"url": "https://example.com/201903/a.htm"}, (None, "2019-03", "url")),
        ({"url": "https://example.com/id/20191311"}, (None, "", None)),
        ({"file": "x/2019-03-11.txt"}, ("2019-03-11", "2019-03-11", "file")),
        ({"file": "x/c20190311f.txt"}, (None, "", None)),
        ({"lead": "新华社北京6月8日电 山路通了。"}, (None, "", None)),
        ({"lead": "新华社北京2019年6月8日电 山路通了。"}, ("2019-06-08", "2019-06-08", "dateline")),
        ({"lead": "新华社北京6月8日电 山路通了。", "lines": [Stamp(2019)]}, ("2019-06-08", "2019-06-08", "dateline")),
        ({"lead": "新华社北京2月30日电 山路通了。", "lines": [Stamp(2019)]}, (None, "2019", "dateline")),
    ],
)
def test_a_date_is_taken_from_the_first_that_says_one(said, expected):
    dateline = read_dateline(said.get("lead", ""))
    dated = find_date(said.get("given"), said.get("lines", []), dateline, said.get("url"), said.get("file", "page.txt"))
    assert (dated.day, dated.edtf, dated.origin) == expected


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (f"今年{OPEN}2018年{CLOSE}\uff0c山路通了。", "2018"),
        (f"去年{OPEN}2018年{CLOSE}\uff0c山路通了。", "2019"),
        ("今年是中国共产党成立100周年。", "2021"),
        ("今年是改革开放40周年\uff0c2019年3月1日又开一课。", ""),
        ("2018年\uff0c山路通了。", ""),
        ("到2035年\uff0c基本实现现代化。", ""),
    ],
)
def test_a_year_is_inferred_only_from_a_plain_statement_and_never_a_day(text, year):
    dated = inferred_year(text)
    assert (dated.day, dated.edtf) == (None, year)


def test_a_plain_sentence_about_an_agency_is_no_dateline():
    assert read_dateline("新华社播发了一条关于山区的消息\uff0c引起关注。") is None


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("山路通了_乡村振兴_山海网", "山路通了"),
        ("山路通了 - 山海新闻网", "山路通了"),
        ("山路通了|要闻", "山路通了"),
        ("【要闻】山路通到了家门口", "山路通到了家门口"),
        ("山路通了——某县抓党建", "山路通了——某县抓党建"),
        ("标题\uff1a山路通到了家门口", "山路通到了家门口"),
        ("5G-A走进山村", "5G-A走进山村"),
    ],
)
def test_a_headline_loses_column_and_site(title, bare):
    assert undecorated(title) == bare


def test_metadata_in_traditional_script_with_annotations_are_restored_like_the_text():
    given_metadata = GivenMetadata(
        title="攻堅(jiān)克難的山里人,來自陜西",
        source="《山海樣(yàng)報》",
        authors=("陳世(shì)海",),
        editor="吳國華",
    )
    described = describe(_restored(f"攻坚克难的山里人{COMMA}来自陕西\n\n{BODY}", given=given_metadata, script="hant"))
    assert isinstance(described, DescribedArticle)
    said = (described.title, described.source, described.authors, described.editor)
    assert said == (f"攻坚克难的山里人{COMMA}来自陕西", "山海样报", ("陈世海",), "吴国华")
    assert described.text == BODY


def test_a_given_title_that_names_the_site_gives_way_to_the_page():
    described = describe(_restored(f"山村四季歌\n{BODY}", given=GivenMetadata(title="山海新闻网")))
    assert isinstance(described, DescribedArticle)
    assert (described.title, described.title_derived) == ("山村四季歌", False)


def test_a_rejected_page_of_spam_shows_no_word_of_it():
    word = lexicon()[0]
    rejected = describe(_restored(f"山里的路通了又通\n{word}、{word}、山路"))
    assert isinstance(rejected, Rejected)
    assert word not in rejected.excerpt
    assert "sha256" in rejected.excerpt


@pytest.mark.parametrize(
    "line",
    [
        "山上的新路。\uff08图片来源\uff1a新华社\uff09",
        "图为山上的新路。",
        "\uff08江小川 摄\uff09",
        "茶山。江小川摄",
        "资料图\uff1a茶山",
        "上图\uff1a旧村\uff1b下图\uff1a新村。",
        "新华社发\uff08江小川 摄\uff09",
    ],
)
def test_captions_say_so(line):
    assert is_caption(line)


@pytest.mark.parametrize("line", ["产业要抓早\uff08农业开发\uff09", "他爱好摄影。", "图书馆建到了山上。", "图强之路"])
def test_other_lines_are_no_captions(line):
    assert not is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "\uff08作者系某县干部\uff09",
        "\uff08综合各地来稿整理\uff09",
        "注\uff1a数字截至年底。",
        "作者单位\uff1a某大学",
        "[本文有删节]",
    ],
)
def test_notes_say_so(line):
    assert is_note(line)


@pytest.mark.parametrize(
    "line",
    [
        "\uff08一\uff09建机制",
        "\uff08甲\uff09说\uff0c\uff08乙\uff09也说",
        "据了解\uff0c山路通了。",
        "综合来看\uff0c账是划算的。",
    ],
)
def test_other_lines_are_no_notes(line):
    assert not is_note(line)


def test_a_note_names_its_author():
    assert authors_in_note("\uff08作者江小川系某县干部\uff09") == ("江小川",)
    assert authors_in_note("\uff08作者\uff1a江小川、白露\uff0c单位\uff1a某大学\uff09") == ("江小川", "白露")
    assert authors_in_note("\uff08作者系某县干部\uff09") == ()


def test_a_derived_title_is_at_most_40_characters_and_cut_at_a_sign_or_a_words_end():
    lead = "从海边来的技术员和山里的年轻人一起在废弃的旧粮站里搭起了全县第一座可以远程控制温度湿度光照的育苗大棚。"
    block = Block(kind=BlockKind.PARAGRAPH, start=0, end=len(lead))
    title = derived_title(lead, (block,))
    assert len(title) <= 40
    assert title.endswith("…")
    assert lead.startswith(title[:-1])


def test_markup_hints_decide_over_the_text():
    text = f"{BODY}\n\n山路通了\n\n{BODY}"
    start = text.index("山路通了")
    hint = Hint(start=start, end=start + 4, kind=BlockKind.CAPTION)
    described = describe(_restored(text, hints=(hint,)))
    assert isinstance(described, DescribedArticle)
    assert [block.kind for block in described.blocks][2] is BlockKind.CAPTION


def test_a_heading_hint_gives_its_level():
    text = f"山里的路\n\n{BODY}\n\n把路修到户\n\n{BODY}"
    start = text.index("把路修到户")
    hint = Hint(start=start, end=start + 5, kind=BlockKind.HEADING, level=4)
    described = describe(_restored(text, hints=(hint,)))
    assert isinstance(described, DescribedArticle)
    assert [block.level for block in described.blocks if block.kind is BlockKind.HEADING] == [4]


def test_given_metadata_win_over_the_page():
    page = f"山路通了\n来源{COLON}山海日报\n作者{COLON}江小川\n责任编辑{COLON}白露\n{BODY}"
    given_metadata = GivenMetadata(
        title="山里的路", date="2019-03", source="《山海》杂志", authors=("石秀英",), editor="金小梅"
    )
    described = describe(_restored(page, given=given_metadata))
    assert isinstance(described, DescribedArticle)
    said = (described.title, described.date, described.date_edtf, described.source, described.authors, described.editor)
    assert said == ("山里的路", None, "2019-03", "山海", ("石秀英",), "金小梅")


def test_an_unbroken_line_of_any_length_is_read_in_linear_time():
    blanks = "山" + " " * 200_000 + "海。"
    described = describe(_restored(f"{BODY}\n{blanks}\n{OPEN * 50_000}"))
    assert isinstance(described, DescribedArticle)


def test_many_short_lines_are_read_in_linear_time():
    described = describe(_restored(f"{BODY}\n" + "村民在村里的大棚采摘\n——\n江小川\n一句完整的话。\n" * 6_000))
    assert isinstance(described, DescribedArticle)


def test_between_headline_and_site_a_columns_name_goes_too():
    page = f"山路修到家门口 - 乡村振兴 - 山海县政府网\n2022-03-09\n{BODY}"
    described = describe(_restored(page))
    assert isinstance(described, DescribedArticle)
    assert described.title == "山路修到家门口"


def test_a_headline_in_two_parts_without_a_site_stays_whole():
    page = f"山路修到家门口 - 山海见闻\n2022-03-09\n{BODY}"
    described = describe(_restored(page))
    assert isinstance(described, DescribedArticle)
    assert described.title == "山路修到家门口 - 山海见闻"


def test_what_follows_a_known_publication_on_its_line_is_no_part_of_its_name():
    page = f"山路修到家门口\n2022-03-09 14:32 来源{COLON}光明日报 我要评论\n{BODY}"
    described = describe(_restored(page))
    assert isinstance(described, DescribedArticle)
    assert described.source == "光明日报"


def test_lines_within_the_article_that_only_look_like_fields_stay():
    """Steps of a list, a timetable, an address and a telephone number are what the article says."""
    lines = [
        "\uff082\uff09初审",
        "白水 38 7:15 7:18",
        "12:10\uff0c成交",
        f"地址{COLON}青石路12号",
        f"联系电话{COLON}0851-12345678",
    ]
    described = describe(_restored("\n".join(["山路修到家门口", BODY, *lines, BODY + "再说一句。"])))
    assert isinstance(described, DescribedArticle)
    assert all(line in described.text for line in lines)
