"""Citations follow GB/T 7714-2015 and APA 7, and make nothing up for what is not known."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
import yaml

from cited import cited, placed, shown
from shanhai.pages.articles.citation import apa, box, gbt, kind, reference
from shanhai.pages.escape import visible
from shanhai.records import Printing

HOSTILE = yaml.safe_load(Path(__file__).with_name("injection.yml").read_text(encoding="utf-8"))
ADDRESS = "https://news.example.cn/2019/0311/a_1.html?id=7"


def gbt_of(article, url=""):
    before, after = gbt(reference(article), url)
    return f"{before}引用日期{after}" if after else before


def apa_of(article, url=""):
    return "".join(apa(reference(article), url))


def test_a_printed_newspaper_article_is_n():
    assert gbt_of(cited()) == "林一, 何二. 晒谷场上的账本[N]. 山海样报, 2019-03-11."


def test_an_online_newspaper_article_gives_day_of_access_and_address():
    assert gbt_of(cited(), ADDRESS) == f"林一, 何二. 晒谷场上的账本[N/OL]. 山海样报, 2019-03-11[引用日期]. {ADDRESS}."


def test_of_more_than_three_authors_the_first_three_are_named():
    four = cited(authors=("林一", "何二", "张三", "欧阳四"))
    assert gbt_of(four).startswith("林一, 何二, 张三, 等. 晒谷场上的账本[N]")
    assert gbt_of(cited(authors=("林一", "何二", "张三"))).startswith("林一, 何二, 张三. ")


def test_without_an_author_the_title_comes_first_in_both_styles():
    unsigned = cited(authors=())
    assert gbt_of(unsigned) == "晒谷场上的账本[N]. 山海样报, 2019-03-11."
    assert apa_of(unsigned) == "晒谷场上的账本. (2019, March 11). 山海样报."


def test_an_agency_signs_what_no_person_signs():
    wire = cited(authors=(), agency="新华社")
    assert gbt_of(wire).startswith("新华社. 晒谷场上的账本[N]. 山海样报")
    assert reference(wire).corporate
    signed = reference(cited(agency="新华社"))
    assert signed.authors == ("林一", "何二")
    assert not signed.corporate
    assert "电头\uff1a新华社" in signed.notes


def test_an_agency_that_is_the_publication_is_named_once():
    own = reference(cited(authors=(), agency="新华社", source="新华社"))
    assert (own.authors, own.container, own.kind.mark) == ((), "新华社", "EB")


@pytest.mark.parametrize(
    ("edtf", "origin", "in_gbt", "in_apa"),
    [
        ("2019-03-11", "dateline", "2019-03-11", "2019, March 11"),
        ("2019-11", "given", "2019-11", "2019, November"),
        ("2019", "given", "2019", "2019"),
        ("2019-03-11", "file", "[2019-03-11]", "2019, March 11"),
        ("2020", "inferred", "[2020]", "ca. 2020"),
        ("2021-03~", "given", "[2021-03]", "ca. 2021, March"),
        ("", None, "[日期不详]", "n.d."),
    ],
)
def test_a_date_has_its_precision_and_its_doubt(edtf, origin, in_gbt, in_apa):
    one = cited(edtf=edtf, origin=origin)
    assert gbt_of(one) == f"林一, 何二. 晒谷场上的账本[N]. 山海样报, {in_gbt}."
    assert f" ({in_apa}). " in apa_of(one)


def test_news_of_a_site_is_an_electronic_bulletin():
    online = cited(source="新华网")
    assert gbt_of(online, ADDRESS) == f"林一, 何二. 晒谷场上的账本[EB/OL]//新华网. (2019-03-11)[引用日期]. {ADDRESS}."
    unplaced = cited(source=None, edtf="")
    assert gbt_of(unplaced, ADDRESS) == f"林一, 何二. 晒谷场上的账本[EB/OL]. [日期不详][引用日期]. {ADDRESS}."
    assert apa_of(unplaced) == "林一, & 何二. (n.d.). 晒谷场上的账本."
    assert apa(reference(online), ADDRESS) == (
        "林一, & 何二. (2019, March 11). ",
        "晒谷场上的账本",
        f". 新华网. {ADDRESS}",
    )


def test_a_title_that_the_page_did_not_have_stands_in_brackets():
    supplied = cited(title_derived=True)
    assert "[晒谷场上的账本][N]" in gbt_of(supplied)
    assert "[晒谷场上的账本]. " in apa_of(supplied)


def test_apa_names_the_newspaper_after_the_title_and_ends_no_sentence_twice():
    assert apa_of(cited(title="账本在哪里\uff1f"), ADDRESS) == (
        f"林一, & 何二. (2019, March 11). 账本在哪里\uff1f 山海样报. {ADDRESS}"
    )
    assert apa_of(cited(authors=("林一",))).startswith("林一. (2019")


def test_apa_lists_twenty_authors_and_of_more_the_first_nineteen_and_the_last():
    names = tuple(f"作者{number}" for number in range(1, 23))
    assert "作者19, . . . 作者22. (" in apa_of(cited(authors=names))
    assert "作者19, & 作者20. (" in apa_of(cited(authors=names[:20]))


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("山海样报", "N"),
        ("人民日报海外版", "N"),
        ("南方周末", "N"),
        ("中國樣報", "N"),
        ("山海周刊", "J"),
        ("某某大学学报", "J"),
        ("半月谈", "J"),
        ("中国扶贫", "J"),
        ("新华网", "EB"),
        ("贵州日报客户端", "EB"),
        ("新华社", "EB"),
        ("", "EB"),
    ],
)
def test_a_publication_is_what_its_name_says(name, mark):
    assert kind(name).mark == mark


def test_no_address_is_made_up_and_only_a_web_address_is_taken():
    assert reference(cited()).page_url == ""
    assert reference(cited(url="javascript:alert(1)")).url == ""
    assert reference(cited(url=ADDRESS)).url == ADDRESS
    one = cited()
    assert reference(placed(one)).page_url == f"https://shanhai.example/lib/{one.path}/"


def test_the_box_cites_the_newspaper_and_the_copy_that_is_read_here():
    one = cited(url=ADDRESS)
    text = shown(box(placed(one), f"{one.path}.md"))
    here = f"https://shanhai.example/lib/{one.path}/"
    assert f"山海样报, 2019-03-11[引用日期]. {ADDRESS}." in text
    assert f"山海样报, 2019-03-11[引用日期]. {here}." in text
    assert f"山海样报. 山海文库. {here}" in text
    assert "据本库阅读" in text


def test_the_box_asks_for_a_day_only_where_a_citation_wants_one():
    one = cited()
    without, with_site = (box(at, f"{one.path}.md") for at in (one, placed(one)))
    assert "cite-day" not in without
    assert "请填您查阅的日子" not in without
    assert "cite-day" in with_site
    assert "请填您查阅的日子" in with_site


def test_the_box_says_what_a_reader_must_know_of_the_citation():
    copy = Printing(file="b.txt", title="账本", source=None, date_edtf="", id=None, changed=0, missing=0, extra=0)
    one = msgspec.structs.replace(
        cited(edtf="2020", origin="inferred", title_derived=True, script="hant"), printings=(copy,)
    )
    text = shown(box(one, f"{one.path}.md"))
    assert "题名取自正文\uff0c日期据正文推断\uff0c所以放在方括号里" in text
    assert "原文为繁体字" in text
    assert "不止一处刊载" in text


def test_every_citation_stays_as_it_is_when_the_page_turns_traditional():
    one = cited(url=ADDRESS)
    tags = re.findall(r'<\w+ class="cite-text"[^>]*>', box(placed(one), f"{one.path}.md"))
    assert len(tags) == 7
    assert all('translate="no"' in tag for tag in tags)


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case["case"])
def test_hostile_text_in_a_citation_is_inert(case):
    """No tag, no template expression and no blank line comes from a title, a name or a newspaper."""
    text = case["text"]
    harmless = cited(url=ADDRESS)
    hostile = cited(url=ADDRESS, title=text, authors=(text,), source=text)
    tags = re.compile(r"<[^>]*>")
    made = box(placed(hostile), f"{hostile.path}.md")
    assert tags.findall(made) == tags.findall(box(placed(harmless), f"{harmless.path}.md"))
    assert "{{" not in made.replace("{: .fine }", "")
    assert "{%" not in made
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u2028\u2029\u202e\ud800-\udfff]", made)
    raw = made[made.index('<div class="cite-format">') : made.rindex("</details>", 0, made.rindex("</details>"))]
    assert "\n\n" not in raw, "a blank line would end the HTML block"
    assert visible(text).strip() in shown(raw)
