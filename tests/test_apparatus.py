"""The apparatus of an article: its source beside its clean text, every change marked, named and counted."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import markdown
import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pages_fixture import article as fixture
from shanhai import editlog
from shanhai.build import convert
from shanhai.describe.article import describe
from shanhai.describe.digest import own_log, split
from shanhai.pages.articles.apparatus import pages
from shanhai.pages.articles.apparatus_table import ROWS_MAX_BYTES
from shanhai.pages.articles.change_kinds import kind_of, kinds, moved_to
from shanhai.pages.articles.parallel import Passage, rows
from shanhai.pages.rules import rules
from shanhai.records import (
    Annotations,
    Article,
    Block,
    BlockKind,
    Certainty,
    DescribedArticle,
    EditPass,
    RawArticle,
    Rejected,
)
from shanhai.reference import load
from shanhai.relate.identity import article_id, article_path
from shanhai.restore.chain import restore
from shanhai.restore.spam import lexicon
from shanhai.settings import parse_settings
from sites import PROJECT
from test_alignment import logs

TABLE = yaml.safe_load(Path(__file__).with_name("injection.yml").read_text(encoding="utf-8"))
CASES = [pytest.param(one["text"], id=one["case"]) for one in TABLE]
COMMA, COLON, OPEN, CLOSE = "\uff0c", "\uff1a", "\uff08", "\uff09"
BODY = (
    "山里的路修到了第三年\uff0c人们还是习惯走老路。新路平整\uff0c老路近\uff0c谁也说不清哪一条更好。"
    "村支书说\uff0c路修好了\uff0c人慢慢就会走过去\uff0c不用催。到了秋天\uff0c收核桃的车开进来\uff0c"
    "老路上再也没有人了。"
)
SECOND = "对口帮扶的干部在这里住了两年。他说\uff0c头一年学说话\uff0c第二年学走路\uff0c第三年才算学会了算账。"


class Table(HTMLParser):
    """What a reader of the table reads in its two columns, and which elements and attributes it has.

    A folded passage, which is the same in both, is shown once and counts for both.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.columns = {"source": "", "clean": ""}
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self._column = ""
        self._silent = 0
        self._row = ""
        self.feed(page[page.index("<table") : page.index("</table>")])

    def handle_starttag(self, tag, attrs):
        """Follow where text belongs; what the page adds of its own belongs nowhere."""
        kind = dict(attrs).get("class") or ""
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "tr":
            self._row = kind
        if kind in self.columns:
            self._column = "" if self._row == "removed" and kind == "clean" else kind
        self._silent += tag in {"sup", "summary", "th", "a"}
        if tag == "br" and self._column:
            self.columns[self._column] += "\n"

    def handle_endtag(self, tag):
        """The column ends with its cell."""
        self._silent -= tag in {"sup", "summary", "th", "a"}
        if tag == "td":
            self._column = ""

    def handle_data(self, data):
        """Only the article's own words."""
        if self._column and not self._silent:
            self.columns[self._column] += data
            self.columns["clean"] += data if self._row == "same" else ""


def page_of(article: Article) -> str:
    """The one page of the apparatus."""
    (page,) = pages(article).values()
    return page


def made(text: str, number: int = 0, **raw: object) -> Article:
    """The article of a raw text, restored and described; of a digest the item of that number."""
    source = msgspec.structs.replace(
        RawArticle(file="a.txt", sha256="0" * 64, format="text", encoding="utf-8", text=text), **raw
    )
    restored = restore(source)
    assert not isinstance(restored, Rejected)
    described = describe(split(restored)[number])
    assert not isinstance(described, Rejected), described
    return article_of(described)


def article_of(described: DescribedArticle) -> Article:
    """An article without annotations."""
    identifier = article_id(described.date_edtf, described.raw.text)
    return Article(id=identifier, path=article_path(identifier), described=described, annotations=Annotations())


def changed(raw: str, *passes: tuple[editlog.Edit, ...], title: str = "题", blocks: int | None = None) -> Article:
    """An article of a hand-made log."""
    text, log = raw, []
    for edits in passes:
        log.append(EditPass(step="any", edits=edits))
        text = editlog.apply(text, edits)
    return article_of(described_of(raw, text, tuple(log), title=title, blocks=blocks))


def described_of(
    raw: str, text: str, log: tuple[EditPass, ...], title: str = "题", blocks: int | None = None
) -> DescribedArticle:
    """A described article of a log; every piece of the text between blank lines is a block."""
    found = [Block(kind=BlockKind.PARAGRAPH, start=m.start(), end=m.end()) for m in re.finditer(r"\S(?:.*\S)?", text)]
    base = fixture(0).described
    source = msgspec.structs.replace(base.raw, text=raw)
    return msgspec.structs.replace(base, raw=source, text=text, log=log, blocks=tuple(found[:blocks]), title=title)


@cache
def sample() -> tuple[Article, ...]:
    """The articles of the bundled sample."""
    settings = parse_settings({"corpus": str(PROJECT / "corpus")}, PROJECT)
    return convert(settings)[0].articles


def without_signs(text: str) -> str:
    """The text without white space and the signs that stand for it."""
    text = re.sub(r"〈U\+([0-9A-F]{4,6})(?:×(\d+))?〉", lambda m: chr(int(m[1], 16)) * int(m[2] or 1), text)
    text = re.sub("[\u2400-\u241f]", lambda m: chr(ord(m[0]) - 0x2400), text)
    return re.sub(r"[\s␣↵]", "", text)


# Whole and in order.


@given(logs(), st.integers(0, 5))
def test_the_rows_hold_the_whole_source_and_the_whole_clean_text_in_order(case, blocks):
    raw, clean, log = case
    described = described_of(raw, clean, log, blocks=blocks)
    pieces = []
    for row in rows(described):
        pieces += row.pieces if isinstance(row, Passage) else [piece for line in row.lines for piece in line]
    assert "".join(raw[one.raw_start : one.raw_end] for one in pieces) == raw
    assert "".join(clean[one.clean_start : one.clean_end] for one in pieces) == clean


@given(logs())
def test_any_log_gives_a_page_with_both_texts(case):
    raw, clean, log = case
    columns = Table(page_of(article_of(described_of(raw, clean, log)))).columns
    assert without_signs(columns["source"]).replace("〔缺〕", "") == without_signs(raw)
    assert without_signs(columns["clean"]).replace("〔缺〕", "") == without_signs(clean)


def test_both_texts_of_every_sample_can_be_read_from_its_page():
    checked = 0
    for one in sample():
        described = one.described
        page = page_of(one)
        if "unshown" in page or "…\uff08共" in page or described.raw.item:
            continue
        columns = Table(page).columns
        assert without_signs(columns["source"]) == without_signs(described.raw.text), described.raw.file
        assert without_signs(columns["clean"]).replace("〔缺〕", "") == without_signs(described.text)
        checked += 1
    assert checked > 20


def test_a_paragraph_that_the_source_wrapped_stands_in_one_row():
    lines = "\n".join(BODY[at : at + 30] for at in range(0, len(BODY), 30))
    log = tuple(editlog.edit("WRAP-01", lines, m.span()) for m in re.finditer("\n", lines))
    page = page_of(changed(lines, log))
    assert page.count('<tr class="paragraph">') == 1
    assert page.count("↵<br></del>") == len(log)


def test_two_paragraphs_that_the_source_had_on_one_line_stand_in_two_rows():
    raw = f"<p>{BODY}</p><p>{SECOND}</p>"
    start = raw.index("</p>")
    edits = (
        editlog.edit("TAG-02", raw, (0, 3)),
        editlog.edit("TAG-02", raw, (start, start + 7), "\n\n"),
        editlog.edit("TAG-02", raw, (len(raw) - 4, len(raw))),
    )
    assert page_of(changed(raw, edits)).count('<tr class="paragraph">') == 2


# Marks.


def test_a_change_is_struck_through_in_the_source_underlined_in_the_text_and_named_in_both():
    raw = f"一位第—书记{COMMA}{BODY}"
    page = page_of(changed(raw, (editlog.edit("ONE-01", raw, (3, 4), "一"),)))
    assert 'class="source" translate="no">一位第<del title="ONE-01">—</del>书记' in page
    assert 'class="clean">一位第<ins title="ONE-01">一</ins><sup><a href="#k1">1</a></sup>书记' in page


def test_changes_that_stand_by_the_hundred_are_marked_lightly_and_carry_no_number():
    raw = f"東边{COMMA}{BODY}"
    page = page_of(changed(raw, (editlog.edit("SCRIPT-01", raw, (0, 1), "东"),)))
    assert '<del class="plain" title="SCRIPT-01">東</del>边' in page
    assert '<ins class="plain" title="SCRIPT-01">东</ins>边' in page
    assert "<sup>" not in page


def test_a_conjecture_and_a_gap_look_as_on_the_page_of_the_article():
    raw = f"支部*说{COMMA}**来过。{BODY}"
    edits = (
        editlog.edit("MASK-02", raw, (2, 3), "书记", Certainty.CONJECTURE),
        editlog.edit("MASK-03", raw, (5, 7), "**", Certainty.GAP),
    )
    page = page_of(changed(raw, edits))
    assert '<ins class="conjecture" title="MASK-02">书记</ins><sup><a href="#k1">1</a></sup>' in page
    assert '<span class="gap" title="MASK-03">&#42;&#42;</span><sup><a href="#k2">2</a></sup>' in page
    empty = editlog.edit("NUMBER-01", BODY, (2, 2), "", Certainty.GAP)
    assert '<span class="gap" title="NUMBER-01">〔缺〕</span>' in page_of(changed(BODY, (empty,)))


def test_an_edit_that_was_taken_back_leaves_no_mark_but_its_rule_in_the_list():
    there = editlog.edit("MASK-01", BODY, (0, 1), "水")
    back = editlog.edit("MASK-01", "水" + BODY[1:], (0, 1), "山")
    page = page_of(changed(BODY, (there,), (back,)))
    assert "<del" not in page.partition("<table")[2]
    assert "补回被屏蔽的词" in page


def test_every_number_in_the_text_leads_to_its_rule_and_the_first_is_one():
    for one in sample():
        page = page_of(one)
        used = [int(number) for number in re.findall(r'<sup><a href="#k(\d+)">', page)]
        listed = [int(number) for number in re.findall(r"\{: #k(\d+) \}", page)]
        assert sorted(set(used)) == listed == list(range(1, len(listed) + 1))


def test_rules_are_listed_with_their_name_their_kind_a_link_and_their_count():
    page = page_of(made(f"新路与老路\n来源:山海样报\n\n{BODY}\n责任编辑:周三\n上一篇:我县举办招聘会\n"))
    row = next(line for line in page.splitlines() if "NOISE-RELATED" in line and line.startswith("|"))
    assert re.fullmatch(r"\| \d+ \{: #k\d+ \} \| 删除相关文章链接 \| 删去杂项 \| \[NOISE-RELATED\]\(\S+\) \| 1 \|", row)


def test_the_counts_at_the_top_are_those_of_the_log_by_kind():
    for one in sample():
        page = page_of(one)
        counted = sum(int(number) for number in re.findall(r"^- \*\*(\d+)\*\* ", page, re.MULTILINE))
        assert counted == sum(len(one_pass.edits) for one_pass in own_log(one.described.log))


# Removed lines.


def test_lines_that_went_to_a_field_say_which_and_what_it_holds():
    page = page_of(made(f"新路与老路\n来源:山海样报\n\n{BODY}\n\n{SECOND}\n责任编辑:周三\n"))
    assert f"移到标题栏{COLON}新路与老路" in page
    assert f"移到来源栏{COLON}山海样报" in page
    assert f"移到编辑栏{COLON}周三" in page


def test_neighbouring_lines_of_one_rule_are_one_row_and_many_are_folded():
    menu = "".join(f"栏目{number}\n" for number in range(5))
    raw = menu + BODY
    page = page_of(changed(raw, (editlog.edit("NOISE-NAV", raw, (0, len(menu))),)))
    assert page.count('<tr class="removed">') == 1
    assert "<details><summary>5 行</summary><del>栏目0</del><br><del>栏目1</del>" in page


def test_lines_of_different_rules_are_different_rows():
    raw = f"{BODY}\n菜单\n分享\n"
    start = len(BODY) + 1
    edits = (
        editlog.edit("NOISE-NAV", raw, (start, start + 3)),
        editlog.edit("NOISE-SHARE", raw, (start + 3, start + 6)),
    )
    page = page_of(changed(raw, edits))
    assert page.count('<tr class="removed">') == 2
    assert "删除导航和栏目菜单" in page
    assert "删除分享和收听按钮" in page


def test_passages_without_a_change_are_folded_together_and_a_single_one_is_not():
    raw = f"{BODY}\n\n{SECOND}\n\n东{BODY}\n\n{SECOND}"
    at = raw.index("东")
    page = page_of(changed(raw, (editlog.edit("ONE-01", raw, (at, at + 1), "西"),)))
    assert page.count("<summary>未改动的 2 段</summary>") == 1
    assert page.count('<tr class="paragraph">') == 2


def test_white_space_around_a_passage_is_no_change_of_it_but_white_space_in_it_is():
    raw = f"\u3000\u3000{BODY}\n\n\n\u3000\u3000{SECOND}"
    start = raw.index("\n")
    edits = (editlog.edit("SPACE-04", raw, (0, 2)), editlog.edit("LAYOUT-01", raw, (start, start + 5), "\n\n"))
    assert "未改动的 2 段" in page_of(changed(raw, edits))
    spaced = f"两 地{BODY}\n\n{SECOND}"
    page = page_of(changed(spaced, (editlog.edit("TYPO-04", spaced, (1, 2)),)))
    assert '两<del title="TYPO-04">␣</del>地' in page


# Spam and hostile text.


@pytest.mark.parametrize("rule", ["NOISE-SPAM", "NOISE-NAV", "SPAM-02"])
def test_spam_is_told_by_its_length_and_hash_and_never_in_words(rule):
    term = lexicon()[0]
    spam = f"{term}\u200b_{term}"
    raw = f"{BODY}\n{spam}\n{SECOND}"
    start = len(BODY) + 1
    first = editlog.edit("SPACE-01", raw, (start + len(term), start + len(term) + 1))
    middle = editlog.apply(raw, [first])
    page = page_of(changed(raw, (first,), (editlog.edit(rule, middle, (start, start + len(spam))),)))
    assert term not in page
    digest = sha256(spam.encode()).hexdigest()
    assert f"〔垃圾词 {len(spam)} 字{COMMA}SHA-256 {digest[:16]}〕" in page


def test_spam_within_a_paragraph_is_hidden_as_a_whole_with_what_had_gone_from_it_before():
    term = lexicon()[1]
    raw = f"{BODY}<b>{term[:1]}\u200b{term[1:]}</b>{SECOND}"
    at = len(BODY)
    tags = tuple(editlog.edit("TAG-01", raw, span) for span in [(at, at + 3), (at + 4 + len(term), at + 8 + len(term))])
    middle = editlog.apply(raw, tags)
    odd = editlog.edit("SPACE-01", middle, (at + 1, at + 2))
    later = editlog.apply(middle, [odd])
    gone = editlog.edit("SPAM-02", later, (at, at + len(term)), "", Certainty.GAP)
    page = page_of(changed(raw, tags, (odd,), (gone,)))
    assert term not in page.replace("\u200b", "")
    assert page.count("〔垃圾词") == 1
    assert f"〔垃圾词 {len(term) + 1} 字" in page
    assert '<span class="gap" title="SPAM-02">〔缺〕</span>' in page


@pytest.mark.parametrize("text", CASES)
def test_hostile_text_is_inert_wherever_it_stands(text):
    """In an unchanged passage, in a changed one, in a removed line and in the title."""
    raw = f"甲{text}乙\n\n丙{text}丁\n\n戊{text}己"
    at = raw.rindex("戊")
    removed = editlog.edit("NOISE-NAV", raw, (at, len(raw)))
    middle = raw.index("丙")
    replaced = editlog.edit("MASK-01", raw, (middle, at - 2), f"丙{text}{text}")
    page = page_of(changed(raw, (replaced, removed), title=text or "题"))
    table = Table(page)
    assert table.elements <= {
        *("table", "thead", "tbody", "tr", "th", "td", "a", "p", "div", "span"),
        *("del", "ins", "sup", "i", "br", "details", "summary"),
    }
    assert table.attributes <= {"class", "scope", "href", "title", "translate", "lang", "colspan"}
    rendered = markdown.markdown(page.partition("\n---\n")[2], extensions=["attr_list", "md_in_html", "tables"])
    assert "<script" not in rendered
    assert "javascript:" not in re.sub(r">[^<]*<", "><", rendered)
    inside = rendered[rendered.index("<table") : rendered.index("</table>") + 8]
    assert inside == page[page.index("<table") : page.index("</table>") + 8]


def test_characters_that_cannot_be_seen_are_shown():
    raw = f"前\x07中\u200b后\ue123又\u202e反\u00a0空{BODY}"
    page = page_of(changed(raw, (editlog.edit("SPACE-01", raw, (3, 4)),)))
    for sign in ("␇", "〈U+200B〉", "〈U+E123〉", "〈U+202E〉", "〈U+00A0〉"):
        assert f"<i>{sign}</i>" in page
    assert not re.search("[\x00-\x08\u200b\u202e\ue000-\uf8ff]", page)


def test_blanks_in_a_row_are_counted_by_signs():
    assert "两␣␣␣地" in page_of(changed(f"两   地{BODY}\n{SECOND}"))


# Language, size, digests.


def test_the_source_stays_as_it_is_when_a_reader_changes_the_script():
    page = page_of(made(f"{BODY}\n\n{SECOND}"))
    assert page.count('class="source" translate="no"') >= 1
    assert "zh-Hant" not in page


def test_the_source_of_a_traditional_page_says_its_script():
    (page,) = {page_of(one) for one in sample() if one.described.raw.file == "mirror-0002.txt"}
    assert '<td class="source" translate="no" lang="zh-Hant">' in page


def test_of_a_digest_only_the_item_is_shown():
    names = "甲乙丙丁"
    items = "".join(
        f"●{name}县开工建设新校舍\n本报讯 {OPEN}记者 张{name}{CLOSE} {name}村的路修好了。{BODY}\n\n" for name in names
    )
    raw = f"要闻简讯\n2020-05-06 来源{COLON}山海样报\n\n{items}"
    page = page_of(made(raw, 1))
    assert "乙村的路修好了" in page
    assert not any(f"{name}村的路修好了" in page for name in "甲丙丁")
    assert re.search(rf"〔同页的其他条目{COMMA}\d+ 字〕", page)
    assert "原页是合编稿" in page


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{BODY}第{number}天。\n\n" for number in range(3000)),
        BODY * 3000,
        "<" * 400_000,
        "".join("\ue000甲" for _ in range(200_000)),
        "\n".join("菜单" * 50 for _ in range(3000)),
    ],
    ids=["paragraphs", "one paragraph", "signs", "private characters", "lines"],
)
@pytest.mark.parametrize("edited", [False, True], ids=["unchanged", "changed"])
def test_a_huge_text_gives_a_page_of_bounded_size(text, edited):
    edits = [editlog.edit("ONE-01", text, (at, at + 1), "一") for at in range(0, len(text), 40)] if edited else []
    page = page_of(changed(text, tuple(edits)))
    assert len(page.encode()) < ROWS_MAX_BYTES + 50_000
    assert ("没有列出" in page) or ("以下不列" in page)


def test_a_huge_removal_and_a_huge_change_are_cut():
    raw = f"{BODY}\n{'菜单' * 100_000}\n{SECOND}"
    start = len(BODY) + 1
    page = page_of(changed(raw, (editlog.edit("NOISE-NAV", raw, (start, start + 200_001)),)))
    assert f"…{OPEN}共 200000 字{CLOSE}" in page
    garbled = editlog.edit("BYTES-03", raw, (start, start + 200_000), "中文" * 100_000)
    assert len(page_of(changed(raw, (garbled,))).encode()) < 60_000


def test_the_page_is_named_after_the_article_and_leads_back_to_it():
    page = page_of(fixture(3))
    front = yaml.safe_load(page.split("---\n")[1])
    assert front["title"] == f"对照{COLON}江苏与贵州的第4本账"
    assert f"[回到文章](../{fixture(3).path.rpartition('/')[2]}.md)" in page


def test_a_paragraph_leads_to_its_place_in_the_article():
    assert '<th scope="row"><a href="../#p6">¶6</a></th>' in page_of(fixture(3))


def test_the_same_article_gives_the_same_bytes():
    assert all(pages(one) == pages(one) for one in sample()[:5])


# The kinds.


def test_every_rule_that_can_change_a_text_belongs_to_one_kind():
    """Pages set aside (PAGE-01 to PAGE-12) and copies (REPRINT) change no text."""
    listed = [rule for part in ("restore", "describe", "page_kinds", "relate") for rule in _rules_of(part)]
    changing = [rule for rule in listed if not re.fullmatch(r"PAGE-[01]\d|REPRINT-\d+", rule)]
    for rule in changing:
        named = [name for name, kind in kinds().items() if rule in kind.rules]
        family = [name for name, kind in kinds().items() if rule.rpartition("-")[0] in kind.rules]
        assert len(named) <= 1, rule
        assert len(named or family) == 1, rule
        assert kind_of(rule) == (named or family)[0]


def test_a_kind_names_only_rules_that_exist():
    known = {*rules(), *(rule.rpartition("-")[0] for rule in rules())}
    assert {rule for kind in kinds().values() for rule in kind.rules} <= known


def test_a_rule_that_moves_a_line_names_a_field_of_the_article():
    described = fixture(3).described
    moving = [rule for rule in rules() if moved_to(rule, described)]
    assert len(moving) == 8
    assert all(kind_of(rule) == "moved" for rule in moving)
    assert moved_to("BYLINE-01", described) == ("作者栏", "林一、何二")
    assert moved_to("NOISE-NAV", described) is None


def _rules_of(part: str) -> list[str]:
    return list(load(f"rules/{part}.yml", dict[str, object]))
