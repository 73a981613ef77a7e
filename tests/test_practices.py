"""Named working models: what is one, what only looks like one, and what is told of each."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.annotate import practice_marks, practice_terms, practice_unquoted, practices, vocabulary
from shanhai.records import BlockKind
from themed_texts import described, masters


def names(*blocks):
    return [practice.name for practice in practices.find(described(*blocks))]


@pytest.mark.parametrize(
    ("text", "name", "rule"),
    [
        ("两地建立“周末夜谈”议事机制。", "周末夜谈", "PRACTICE-01"),
        ("这是“屋场换工”的好做法。", "屋场换工", "PRACTICE-01"),
        ("县里办起“半边月”合作社。", "半边月", "PRACTICE-01"),
        ("村里推开“三变”改革。", "三变", "PRACTICE-01"),
        ("村里打造“山茶红”党建品牌。", "山茶红", "PRACTICE-01"),
        ("打造“夜巡灯”志愿服务品牌\uff0c人人知道。", "夜巡灯", "PRACTICE-01"),
        ("乡里印了《民情日记》制度。", "民情日记", "PRACTICE-01"),
        ("两县推出“菜篮子”生产基地。", "菜篮子", "PRACTICE-01"),
        ("他们叫响党建品牌“山茶红”\uff0c人人知道。", "山茶红", "PRACTICE-02"),
        ("乡里有“三步工作法”\uff0c人人会用。", "三步工作法", "PRACTICE-03"),
        ("“扶贫车间”开到了门口。", "扶贫车间", "PRACTICE-03"),
        ("县里把“消薄飞地”建在开发区。", "消薄飞地", "PRACTICE-03"),
        ("各镇推行“组团下乡”\uff0c一月一次。", "组团下乡", "PRACTICE-04"),
        ("县里开始“水改旱”\uff0c把水田改成旱地。", "水改旱", "PRACTICE-04"),
        ("去年\uff0c“百校同研”在全县铺开。", "百校同研", "PRACTICE-04"),
        ("医生通过“屏上坐诊”看病。", "屏上坐诊", "PRACTICE-05"),
        ("支部挂出“1+3+N”\uff0c一目了然。", "1+3+N", "PRACTICE-07"),
        ("村里的“两议三公示”管用。", "两议三公示", "PRACTICE-08"),
        ("山里人管这叫“换工社”。", "换工社", "PRACTICE-10"),
        ("山里人想的办法叫“搭伙”。", "搭伙", "PRACTICE-10"),
        ("当地把它们合起来说\uff0c叫“双带双培”。", "双带双培", "PRACTICE-10"),
        ("难就难在“按户派单”四个字。", "按户派单", "PRACTICE-10"),
        ("学习枫桥经验要用心。", "枫桥经验", "PRACTICE-11"),
        ("村里推行积分制\uff0c人人爱干净。", "积分制", "PRACTICE-11"),
        ("全市推行了街长制。", "街长制", "PRACTICE-11"),
        ("镇里总结推广五步工作法。", "五步工作法", "PRACTICE-12"),
    ],
)
def test_a_named_model_is_found_with_its_rule_and_sentence(text, name, rule):
    (practice,) = practices.find(described(text))
    assert practice.name == name
    assert practice.evidence.rule == rule
    assert practice.evidence.quote == text


def test_a_term_quoted_three_times_is_a_name():
    text = "“山海夜读”七点开门。来“山海夜读”的人多。“山海夜读”不收钱。"
    (practice,) = practices.find(described(text))
    assert (practice.name, practice.evidence.rule) == ("山海夜读", "PRACTICE-06")


@pytest.mark.parametrize(
    "text",
    [
        "“青芽二号”茶苗到了。“青芽二号”怕旱。“青芽二号”活了。",
        "人称“羊倌秀才”。“羊倌秀才”四十岁。“羊倌秀才”爱唱歌。",
        "电影“山海之约”上映。“山海之约”讲两个村。“山海之约”很感人。",
    ],
)
def test_what_is_once_called_a_kind_of_goods_a_person_or_a_film_is_no_name_however_often_quoted(text):
    assert names(text) == []


def test_names_listed_beside_a_found_one_are_found_too():
    assert names("当地用“屋场夜话”“乡贤上门”“文明走读”方式说事。") == ["屋场夜话", "乡贤上门", "文明走读"]


def test_a_plus_shape_needs_no_quotation_marks_where_a_head_follows():
    assert names("企业推行公司+合作社+农户的经营模式。") == ["公司+合作社+农户"]
    assert names("3+5等于8\uff0c甲方+乙方到场。") == []


@pytest.mark.parametrize("plus", ["+", "\uff0b"])
def test_the_plus_of_a_name_is_always_the_half_width_one(plus):
    assert names(f"推行“支部{plus}农户”模式。") == ["支部+农户"]


def test_nested_quotation_marks_are_dropped_from_the_name():
    assert names("走出“支部+‘三变’改革+农户”的新模式。") == ["支部+三变改革+农户"]


@pytest.mark.parametrize(
    "text",
    [
        # Speech and writing on walls
        "老人说\uff1a“日子好过了”。",
        "他常说“人勤地不懒”机制要活。",
        "“天亮就走\uff0c天黑才回。”他笑着讲。",
        "村口写着“欢迎回家”。",
        "推行“我要早点脱贫”不容易。",
        "墙上刷着“苦干三年”\uff0c很醒目。",
        "大家喊出“后天就干完”的口号。",
        # Slogans, principles, states of things
        "按照“政府引导、市场运作”的原则推进。",
        "推动形成“你追我赶、竞相发展”的生动局面。",
        "坚持“缺什么补什么”的工作思路。",
        "推进“美丽山村”主题活动。",
        "落实“四个最严”要求。",
        "打造“山海相连”的发展格局。",
        # Policies of the state
        "落实“两不愁三保障”要求\uff0c做好“三农”工作。",
        "开展“不忘初心、牢记使命”主题教育。",
        "实施“十三五”规划\uff0c推进“一带一路”建设。",
        "推进“放管服”改革\uff0c落实“四个不摘”。",
        "推进“五大行动”\uff0c抓好“十项工程”。",
        # Honours, nicknames, places
        "他荣获“全国劳动模范”称号。",
        "村里开展“最美家庭”活动\uff0c评出“优秀党员突击队”。",
        "她被评为“致富女能手”\uff0c人称“茶叶西施”。",
        "推行“十星级文明户”管理。",
        "大家叫他“老黄牛”\uff0c也叫她“铁娘子”。",
        "人们习惯把那一带叫作“苦甲天下”。",
        "开发区取名“金川”。",
        "这里素有“茶乡”之称\uff0c打造“天下粮仓”。",
        # Goods, courses, works, bodies
        "推出“山货郎”礼包和“惠农贷”。",
        "推广“青芽二号”茶苗。",
        "开设“非遗剪纸”课程\uff0c办了“山海”论坛。",
        "推出“山里人家”系列产品。",
        "打造“清江鱼米”农产品品牌。",
        "成立“金穗丰”公司\uff0c开了“老地方”饭店。",
        "纪录片“大山的孩子”开拍\uff0c推出歌曲“山那边”。",
        "公众号“山里新事”上线。",
        # Figures of speech
        "这里曾是有名的“空壳村”\uff0c如今变了样。",
        "要增强“造血”功能\uff0c打通“最后一公里”。",
        "他们是“一家人”\uff0c也是“娘家人”。",
        "干部当好“店小二”。",
        "变“输血”为“造血”\uff0c由“要我干”到“我要干”。",
        "把“冷资源”变成“热产业”。",
        "从“单打独斗”走向“抱团取暖”。",
        "防止“等着分钱”\uff0c破除“多年积习”。",
        "整治“面子工程”\uff0c建好“民心工程”。",
        "念好“山字经”\uff0c端稳“生态碗”。",
        "这叫“种豆得豆”。",
        # Things counted, general words
        "“七山二水”的地方\uff0c“三天两头”下雨。",
        "推行“一对一”帮扶\uff0c提供“一站式”服务。",
        "实行“精细化”管理。",
        "他看完群众工作法\uff0c记下这套工作法。",
        "村里商量积分制\uff0c还没有定。",
        "县里印发《关于推行“河长”的意见》后\uff0c“山”更青。",
        "发扬“五加二”精神。",
    ],
)
def test_what_only_looks_like_a_model_is_none(text):
    assert names(text) == []


def test_a_figure_of_speech_names_a_model_only_with_a_head_of_its_own():
    assert names("实施“领头雁”工程。") == ["领头雁"]
    assert names("村里要有“领头雁”机制才行。") == []


def test_a_model_is_listed_once_with_its_surest_sentence():
    article = described(
        (BlockKind.HEADING, "推行“组团下乡”"),
        "医生通过“组团下乡”看病。",
        "县里总结出“组团下乡”工作机制。",
    )
    (practice,) = practices.find(article)
    assert practice.evidence.rule == "PRACTICE-01"
    assert practice.evidence.quote == "县里总结出“组团下乡”工作机制。"


def test_a_name_that_only_a_heading_holds_is_found_there():
    (practice,) = practices.find(described((BlockKind.HEADING, "推行“组团下乡”模式"), "天晴了。"))
    assert practice.evidence.quote == "推行“组团下乡”模式"


@pytest.mark.parametrize(
    "explanation",
    [
        "“屋场换工”\uff0c就是几家人轮着干活。",
        "屋场换工\uff0c即几家人轮着干活。",
        "“屋场换工”\uff08几家人轮着干活\uff09省钱。",
        "所谓“屋场换工”\uff0c几家人轮着干活。",
        "“屋场换工”\uff1a几家人轮着干活。",
    ],
)
def test_the_evidence_is_the_sentence_that_says_what_the_model_is(explanation):
    article = described(f"县里推行“屋场换工”模式。{explanation}大家都说“屋场换工”模式好。")
    (practice,) = practices.find(article)
    assert practice.evidence.quote == explanation


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("推行“飞地抱团”模式。“飞地抱团模式”见效了。", "飞地抱团"),
        ("推行“支部\uff0b农户”模式。又推行“支部+ 农户”机制。", "支部+农户"),
        ("坚持新时代枫桥经验。推行“枫桥经验”。", "枫桥经验"),
        ("坚持新时代“枫桥经验”。推行“新时代枫桥经验”。", "枫桥经验"),
        ("推进“三变”改革。“三变改革”见效。", "三变"),
        ("推行“组团式”帮扶。“组团式帮扶”模式管用。", "组团式"),
    ],
)
def test_the_same_model_with_and_without_its_head_is_one(text, name):
    assert names(text) == [name]


def test_the_name_of_a_work_keeps_what_belongs_to_it():
    assert names("实施“领雁工程”。") == ["领雁工程"]
    assert practices.shown("党建联建机制") == "党建联建"
    assert practices.core("领雁工程") == practices.core("领雁")


def test_themes_are_those_of_the_sentence():
    weights = next(theme.weights for theme in vocabulary.themes() if theme.label == "教育帮扶")
    cue = next(term for term, weight in weights.items() if weight >= 2)
    (practice,) = practices.find(described(f"县里推行“屏上同学”模式\uff0c做好{cue}。"))
    assert "教育帮扶" in practice.themes
    (practice,) = practices.find(described("县里推行“屏上同学”模式。"))
    assert practice.themes == ()


def test_the_master_texts_give_the_models_that_their_authors_named():
    wanted = [(place, name) for place, (truth, _) in enumerate(masters()) for name in truth["practices"]]
    found = [[practice.name for practice in practices.find(article)] for _, article in masters()]
    missed = [name for place, name in wanted if not any(name in other or other in name for other in found[place])]
    assert len(missed) <= 0.12 * len(wanted), missed


def test_the_master_texts_give_little_else():
    found = [(set(truth["practices"]), practices.find(article)) for truth, article in masters()]
    total = sum(len(practice) for _, practice in found)
    others = [one.name for truth, own in found for one in own if not any(t in one.name or one.name in t for t in truth)]
    assert len(others) <= 0.1 * total, others


def test_every_set_phrase_is_refused_even_behind_a_verb():
    for phrase in practice_marks.marks().set_phrases:
        assert names(f"各地推行“{phrase}”\uff0c效果好。") == []


def test_no_word_before_a_name_says_two_things():
    marks = practice_marks.marks()
    lists = (
        marks.verb_tails,
        marks.verbs,
        marks.verbs_medium,
        marks.verbs_weak,
        marks.naming,
        marks.means,
        marks.heads_before,
        marks.things_before,
        marks.unlikely_before,
        marks.refused_before,
    )
    words = [word for one in lists for word in one]
    assert len(words) == len(set(words)), sorted({word for word in words if words.count(word) > 1})


_PIECES = st.sampled_from(
    [
        "“",
        "”",
        "‘",
        "’",
        "「",
        "」",
        "《",
        "》",
        "推行",
        "模式",
        "工程",
        "工作法",
        "积分制",
        "枫桥经验",
        "叫",
        "+",
        "1",
        "N",
        "农户",
        "、",
        "。",
        "\n",
        "的",
        "说\uff1a",
    ]
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=6)), max_size=60))
def test_every_evidence_quotes_the_text_and_nothing_raises(pieces):
    article = described("".join(pieces))
    found = practices.find(article)
    assert len({practices.core(practice.name) for practice in found}) == len(found)
    for practice in found:
        evidence = practice.evidence
        assert evidence.quote == article.text[evidence.start : evidence.end] != ""
        assert len(practice.name) >= 2
        assert not set("“”‘’「」") & set(practice.name)


def test_the_rules_of_the_terms_all_have_a_score():
    values = (*vars(practice_terms).values(), *vars(practice_unquoted).values())
    rules = {value for value in values if isinstance(value, str) and value.startswith("PRACTICE-")}
    assert rules == set(practice_marks.marks().scores)


@pytest.mark.parametrize(
    "piece", ["“", "“推行", "推行“甲乙丙丁”", "1+", "农户+“乙”", "工作法", "推行积分制", "“甲乙丙”模式"]
)
def test_long_hostile_text_takes_linear_time(piece):
    article = described(piece * (200_000 // len(piece)))
    start = process_time()
    practices.find(article)
    assert process_time() - start < 5
