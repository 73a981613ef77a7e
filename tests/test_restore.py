"""What each kind of damage becomes, and what must stay as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shanhai import editlog, reference
from shanhai.records import Certainty, RawArticle, Rejected, RestoredArticle
from shanhai.restore import chain
from shanhai.restore.chain import restore
from shanhai.restore.furniture import furniture
from shanhai.restore.spam import lexicon

COMMA, COLON, SEMICOLON, ASK, SHOUT = "\uff0c", "\uff1a", "\uff1b", "\uff1f", "\uff01"
OPEN, CLOSE = "\uff08", "\uff09"
BODY = f"山里的茶园一片连着一片{COMMA}采茶的季节从清明一直忙到立夏。\n"


def raw(text, format="text"):  # noqa: A002 - the field's name
    return RawArticle(file="any.txt", sha256="0" * 64, format=format, encoding="utf-8", text=text)


def clean(text, format="text"):  # noqa: A002 - the field's name
    article = restore(raw(text, format))
    assert isinstance(article, RestoredArticle), article
    assert editlog.undo(article.text, article.log) == text
    return article.text


def edits(text):
    article = restore(raw(text))
    assert isinstance(article, RestoredArticle), article
    return [one for step in article.log for one in step.edits]


def rules(text):
    return [one.rule for one in edits(text)]


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("甲&amp;乙公司", "甲&乙公司"),
        ("山&amp;lt;水", "山<水"),
        ("第一段&lt;/p&gt;\\r\\n第二段", "第一段\n\n第二段"),
        ("&#x4E61;村&#26449;民", "乡村村民"),
        ("《方案》<b>要点</b>很多", "《方案》要点很多"),
        ("甲<!-- 乙 -->丙<script>if(a<b){}</script>丁", "甲丙丁"),
        ('<p class="x">甲</p><p>乙</p>', "\n甲\n\n乙\n"),
    ],
)
def test_escaped_markup_is_read_as_markup(damaged, whole):
    assert clean(damaged) == whole


@pytest.mark.parametrize(
    "honest",
    ["见http://a.cn/?a=1&para=2页", "x < 3 而 y > 5", "a<b and c>d", "路径 C:\\new\\readme", "A&B公司", "《方案》"],
)
def test_what_only_looks_like_markup_stays(honest):
    assert clean(honest) == honest


def test_spam_inside_an_entity_goes_with_it():
    assert clean(f"村民说&{lexicon()[0]}hellip;") == "村民说…"


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("\ufeff乡\u200b村\u00ad振兴", "乡村振兴"),
        ("\u3000\u3000今年\u00a0春天\u2003", "今年 春天"),
        ("一行\r\n又一行\r再一行", "一行\n又一行\n再一行"),
        ("张三\u3000\u3000李四", "张三  李四"),
    ],
)
def test_invisible_characters_and_odd_spaces_are_gone(damaged, whole):
    assert clean(damaged) == whole


PINYIN_PAGE = "東(dōng)西部協(xié)作\uff0c東(dōng)部和西部協(xié)作。見(jiàn)面。"


def test_toned_pinyin_goes_wherever_it_stands_by_machine():
    assert clean(PINYIN_PAGE) == f"东西部协作{COMMA}东部和西部协作。见面。"


def test_full_width_brackets_around_pinyin_are_the_same():
    assert clean(PINYIN_PAGE.replace("(", OPEN).replace(")", CLOSE)) == f"东西部协作{COMMA}东部和西部协作。见面。"


@pytest.mark.parametrize(
    "honest",
    [
        f"镡{OPEN}xín{CLOSE}津镇的人{COMMA}种莜{OPEN}yóu{CLOSE}麦。",
        f"犇{OPEN}bēn{CLOSE}、羴{OPEN}shān{CLOSE}、骉{OPEN}biāo{CLOSE}、猋{OPEN}biāo{CLOSE}是四个叠字。",
        f"行{OPEN}xíng{CLOSE}走与银行{OPEN}háng{CLOSE}、行{OPEN}xíng{CLOSE}业不同{COMMA}行人各行其道{COMMA}行行出状元。",
        f"国内生产总值{OPEN}GDP{CLOSE}和浙江{OPEN}Zhejiang{CLOSE}",
    ],
)
def test_a_deliberate_gloss_stays(honest):
    assert clean(honest) == honest


def test_toneless_pinyin_goes_only_from_a_page_full_of_it():
    once = "烟(yan)台市(shi)的村"
    assert clean(once) == f"烟{OPEN}yan{CLOSE}台市{OPEN}shi{CLOSE}的村"
    assert clean("\n".join([once] * 8)) == "\n".join(["烟台市的村"] * 8)


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("到當(dāng)?shù)丶o(jì)委去", "到当地纪委去"),
        ("斬?cái)嘭毨Т\ue33aH傳遞", "斩断贫困代际传递"),
        ("推動?xùn)|西部協(xié)作", "推动东西部协作"),
    ],
)
def test_bytes_out_of_step_are_put_in_step_again(damaged, whole):
    assert clean(f"{damaged}。\n{PINYIN_PAGE}").split("\n")[0] == f"{whole}。"


def test_a_run_out_of_step_that_cannot_be_known_is_marked_and_left():
    body = "。“山里的茶园".encode("gb18030")[1:-1].decode("gb18030")
    found = [one for one in edits(f"任务分?{body}1。\n{PINYIN_PAGE}") if one.rule == "BYTES-02"]
    assert [one.before for one in found] == [f"?{body}"]
    assert all(one.certainty is Certainty.GAP and one.before == one.after for one in found)


@pytest.mark.parametrize("honest", [f"好不好{ASK}好{SHOUT}", f"去哪{ASK}{SHOUT}大家都问。", f"为什么{ASK}因为路远。"])
def test_honest_question_marks_are_no_lost_bytes(honest):
    text = f"{honest}\n{clean(PINYIN_PAGE)}"
    assert clean(text) == text
    assert "BYTES-02" not in rules(f"{honest}\n{PINYIN_PAGE}")


def test_utf8_read_as_gbk_is_read_back():
    clause = "党建带动农业增收"
    misread = clause.encode("utf-8").decode("gbk")
    assert misread != clause
    assert clean(f"以{misread}。") == f"以{clause}。"


@pytest.mark.parametrize("honest", ["全省模式同时推广到各地", "鍏在字典里", "产业项目、项目产业、模式"])
def test_honest_text_is_not_read_back(honest):
    assert clean(honest) == honest


def test_a_page_misread_twice_is_set_aside():
    text = BODY * 4
    for _time in range(2):
        text = text.encode("utf-8").decode("gb18030", "ignore")
    rejected = restore(raw(text))
    assert isinstance(rejected, Rejected)
    assert rejected.rule == "PAGE-01"
    assert not re.search("[\u4e00-\u9fff]{3}", rejected.excerpt)


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("沿著山路走", "沿着山路走"),
        (f"著名專著{COMMA}見微知著{COMMA}顯著", f"著名专著{COMMA}见微知著{COMMA}显著"),
        ("著眼長遠", "着眼长远"),
        ("陜西和陝北", "陕西和陕北"),
        ("乾隆年間曬乾", "乾隆年间晒干"),
        ("村后的里程於是發展", "村后的里程于是发展"),
    ],
)
def test_traditional_script_becomes_simplified(damaged, whole):
    assert clean(f"{damaged}。東西部協作發展產業。") == f"{whole}。东西部协作发展产业。"


def test_one_traditional_character_in_a_simplified_page_is_converted_alone():
    text = f"这个機制很好{COMMA}乾隆年间就有记载{COMMA}历史悠久的产业{COMMA}见于专著。"
    assert clean(text) == text.replace("機", "机")
    article = restore(raw(text))
    assert isinstance(article, RestoredArticle)
    assert article.script == "hans"


def test_the_script_of_a_page_is_told():
    scripts = [restore(raw(text)).script for text in ("发展产业", "發展產業", "发展产业时间长東")]
    assert scripts == ["hans", "hant", "mixed"]


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("全长8:30开始,共1,200人,占5.5%", f"全长8:30开始{COMMA}共1,200人{COMMA}占5.5%"),
        ("增长13%,2019年", f"增长13%{COMMA}2019年"),
        ("他问:为什么?大家笑了!", f"他问{COLON}为什么{ASK}大家笑了{SHOUT}"),
        ("来源:新华社;作者:张三", f"来源{COLON}新华社{SEMICOLON}作者{COLON}张三"),
        ("(记者 张三)", f"{OPEN}记者 张三{CLOSE}"),
        ("总值(GDP)增长,f(x)=2", f"总值{OPEN}GDP{CLOSE}增长{COMMA}f(x)=2"),
        ("县里,,村里", f"县里{COMMA}村里"),
        ("县里 \uff0c 村里", f"县里{COMMA}村里"),
        ('他说: "这是真的"', f"他说{COLON}“这是真的”"),
        ("３．５万亩\uff0c占５０％", f"3.5万亩{COMMA}占50%"),
        ("一 二 三 四 五 六 七 八 九 十 天", "一二三四五六七八九十天"),
    ],
)
def test_typography_is_that_of_chinese_text(damaged, whole):
    assert clean(damaged) == whole


@pytest.mark.parametrize(
    "honest",
    [
        "93(01)班",
        "比分3:1",
        "What is it, really? Yes!",
        "http://a.cn/b?c=1,d:2",
        "“福建企业+宁夏资源”",
        "张三  李四",
        "记者 张三",
        "党建引领 乡村振兴",
        f"①住房账。占3㎡{COMMA}共5‰",
        "“主题党日+”",
    ],
)
def test_honest_typography_stays(honest):
    assert clean(honest) == honest


NOISE = [
    "首页>新闻>正文",
    f"当前位置{COLON}首页 > 新闻",
    "首页 新闻 时政 财经",
    "手机版",
    "歡迎使用手機瀏覽",
    "微信扫一扫 ×",
    f"分享到{COLON}微信 微博",
    "收听本文 00:00/00:00",
    "打印 纠错",
    "【字号 大 中 小】",
    f"阅读次数{COLON}123",
    "Powered by 样例系统",
    "【1】【2】【3】",
    "1 1 1",
    "上一页 1 2 3 下一页",
    f"上一篇{COLON}我县举办招聘会",
    "版权所有 样例网 未经授权不得转载",
    "Copyright © 2019 Example All Rights Reserved",
    "请长按识别二维码",
    "欢迎关注样例公众号",
    "?",
    f"关键词{COLON}茶园{SEMICOLON}采茶",
]


@pytest.mark.parametrize("line", NOISE)
def test_lines_of_the_page_go(line):
    assert clean(f"采茶记\n{line}\n{BODY * 3}") == f"采茶记\n{BODY * 3}"
    assert clean(f"采茶记\n{BODY * 3}{line}") == f"采茶记\n{BODY * 3}"


HONEST = [
    f"当前位置在山顶的瞭望台{COMMA}可以看见全村。",
    "2019-03-11 04:30陈样稿",
    f"责任编辑{COLON}吴样校",
    f"图片来源{COLON}样报",
    f"{OPEN}作者系样县副县长{CLOSE}",
    f"{OPEN}综合样报、样刊报道整理{CLOSE}",
    ">>>把茶园变成课堂",
    f"编者按{COLON}茶季到了",
    f"山海样报北京6月8日电{OPEN}记者 张样{CLOSE}",
    "评论",
    "党建",
    "教育",
    f"分享{COLON}一名支教老师的日记",
    f"字号{COLON}老茶坊的百年招牌",
    f"扫一扫{COMMA}山货出了山",
    "打开手机APP卖山货",
    f"下载农技APP{COMMA}村民学会了种菇",
    "版权归村集体所有的品牌怎样分红",
    "关注留守儿童",
    "欢迎您来村里做客",
    "上一条路修好以后",
    "收听广播里的村级故事",
    "一",
    "2020",
    "【山海观察】采茶记",
    f"他在村部打印了一份文件{COMMA}又去收藏室看了看。",
]


@pytest.mark.parametrize("line", HONEST)
def test_lines_of_the_article_stay(line):
    assert clean(f"采茶记\n{line}\n{BODY * 3}") == f"采茶记\n{line}\n{BODY * 3}"
    assert clean(f"采茶记\n{BODY * 3}{line}\n") == f"采茶记\n{BODY * 3}{line}\n"


def test_section_headings_of_keywords_stay():
    text = f"采茶记\n关键词{COLON}就业\n{BODY}关键词{COLON}增收\n{BODY}"
    assert clean(text) == text


def test_metadata_is_freed_of_the_widgets_beside_it():
    line = "發布時間:2024年01月19日 13:10 來源:山海樣報 編輯:吳樣校 打印"
    want = f"发布时间{COLON}2024年01月19日 13:10 来源{COLON}山海样报 编辑{COLON}吴样校"
    assert clean(f"採茶記\n{BODY * 2}{line}").split("\n")[-1] == want


def test_a_site_name_among_widgets_stays_only_where_nothing_else_names_the_source():
    assert clean(f"采茶记\n样例网 打印 纠错\n{BODY}").split("\n")[1] == "样例网"
    assert "样例网" not in clean(f"采茶记\n样例网 打印 纠错\n{BODY}来源{COLON}山海样报\n")


def test_a_block_of_links_goes_with_its_heading():
    links = ["我县举办招聘会", "某地核电站并网发电", "鱼市开张 2019-03-02"]
    assert clean("\n".join(["采茶记", BODY * 3 + "猜你喜欢", *links])) == f"采茶记\n{BODY * 3}"


def test_the_heading_after_a_block_of_links_stays():
    text = "\n".join(["采茶记", BODY + "相关阅读", "我县举办招聘会", "山上的新路", BODY])
    assert clean(text) == "\n".join(["采茶记", BODY + "山上的新路", BODY])


def test_metadata_behind_a_block_of_links_stays():
    text = "\n".join(["采茶记", BODY + "延伸阅读", "我县举办招聘会", f"来源{COLON}山海样报"])
    assert clean(text) == "\n".join(["采茶记", BODY + f"来源{COLON}山海样报"])


def test_a_heading_with_running_text_under_it_is_the_articles_own():
    text = f"采茶记\n{BODY}延伸阅读\n{BODY}"
    assert clean(text) == text


@pytest.mark.parametrize("delimiter", ["_", " | ", ",", " "])
def test_lines_of_spam_go_at_both_ends(delimiter):
    line = delimiter.join(lexicon()[:6])
    assert clean(f"{line}\n采茶记\n{BODY * 3}{line}") == f"采茶记\n{BODY * 3}"


@pytest.mark.parametrize("number", range(0, len(lexicon()), 7))
def test_a_term_of_the_lexicon_in_a_sentence_removes_nothing(number):
    text = f"采茶记\n{BODY}派出所查处了一起以{lexicon()[number]}为幌子的案件{COMMA}群众拍手称快。\n{BODY}"
    assert clean(text) == clean(clean(text))
    assert lexicon()[number] in clean(text).lower()


def test_a_page_of_furniture_alone_is_set_aside():
    rejected = restore(raw("首页>新闻>正文\n打印 纠错\n"))
    assert isinstance(rejected, Rejected)
    assert rejected.rule == "PAGE-02"


@pytest.mark.parametrize(
    ("damaged", "whole", "rule"),
    [
        ("村支部*带头", "村支部书记带头", "MASK-01"),
        ("县委*、乡党委*和第一*", "县委书记、乡党委书记和第一书记", "MASK-01"),
        ("“五级*”抓扶贫", "“五级书记”抓扶贫", "MASK-01"),
        ("和*县长一起", "和书记县长一起", "MASK-02"),
        ("最精*力量", "最精锐力量", "MASK-02"),
        (f"春节前{COMMA}**来到这里", f"春节前{COMMA}**来到这里", "MASK-03"),
        ("企业的小*。", "企业的小*。", "MASK-03"),
        ("“1 10 100”工程", "“1+10+100”工程", "PLUS-01"),
        ("“党支部 合作社 农户”模式", "“党支部+合作社+农户”模式", "PLUS-02"),
        ("采取1 1或X 1模式", "采取1+1或X+1模式", "PLUS-02"),
    ],
)
def test_filtered_words_are_restored_as_surely_as_they_can_be(damaged, whole, rule):
    certainties = {
        "MASK-01": Certainty.SURE,
        "MASK-02": Certainty.CONJECTURE,
        "MASK-03": Certainty.GAP,
        "PLUS-01": Certainty.SURE,
        "PLUS-02": Certainty.CONJECTURE,
    }
    assert clean(damaged) == whole
    assert {(one.rule, one.certainty) for one in edits(damaged)} == {(rule, certainties[rule])}


@pytest.mark.parametrize(
    "honest", [f"*注{COLON}以上为说明", "3*4=12", "* 第一条", "“不忘初心 牢记使命”教育", "“党建引领 乡村振兴”"]
)
def test_what_only_looks_like_a_filtered_word_stays(honest):
    assert clean(honest) == honest
    assert edits(honest) == []


WRAPPED = [
    f"山里的茶园一片连着一片{COMMA}采茶的季节从清明一直忙到立",
    f"夏{COMMA}村里的老人说{COMMA}这几年路修好了{COMMA}茶叶当天就能运",
    f"到县城{COMMA}年轻人也愿意回来{COMMA}开起了小作坊{COMMA}茶香飘出",
    f"好几里地{COMMA}外乡的客人循着香味找上门来{COMMA}一坐就是半",
    "天。",
]


def test_lines_broken_within_a_sentence_are_joined():
    assert clean("\n".join(WRAPPED)) == "".join(WRAPPED)


def test_a_list_of_short_lines_is_not_joined():
    text = "采茶\n晒茶\n炒茶\n卖茶\n喝茶\n种茶"
    assert clean(text) == text


def test_blocks_of_a_web_page_are_not_joined():
    assert clean("\n".join(WRAPPED), "html") == "\n".join(WRAPPED)


def test_the_rules_in_code_and_in_the_list_are_the_same():
    modules = sorted(Path(chain.__file__).parent.glob("*.py"))
    pattern = re.compile(r'"([A-Z]+-(?:\d\d|[A-Z]{3,}))"')
    used = {rule for module in modules for rule in pattern.findall(module.read_text(encoding="utf-8"))}
    used |= {kind.rule for kind in furniture().kinds}
    listed = reference.load("rules/restore.yml", dict[str, dict[str, str]])
    assert used == set(listed)
    assert all(rule.keys() == {"zh", "en", "example"} for rule in listed.values())


def test_every_real_article_comes_back_from_its_log(real_corpus):
    for path in sorted(real_corpus.iterdir()):
        text = path.read_text(encoding="utf-8")
        assert clean(clean(text)) == clean(text)


def test_a_footer_that_holds_entries_of_the_sites_own_goes():
    footer = "关于我们 | About us | 联系我们 | 广告服务 | 供稿服务 | 招聘信息 | 网站地图 | 留言反馈"
    assert clean(f"{BODY}\n{footer}").strip() == BODY.strip()


def test_a_list_of_services_in_an_article_stays():
    services = "养老服务 | 托幼服务 | 法律服务 | 广告服务 | 家政服务"
    assert services in clean(f"{BODY}\n{services}\n{BODY}")
