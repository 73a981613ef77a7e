"""All articles together: identities that last, copies set aside, one chosen page for a reprint family."""

from __future__ import annotations

from itertools import permutations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reprint_bench
from shanhai import editlog
from shanhai.annotate.article import annotate
from shanhai.build import convert
from shanhai.pages.articles.article import article as article_page
from shanhai.records import Annotations, Block, BlockKind, Certainty, DescribedArticle, Edit, EditPass
from shanhai.relate.reprints import Finding, assemble, distinct
from shanhai.relate.views import Archive, view
from shanhai.settings import parse_settings
from sites import corpus
from test_datafiles import article

STORY = (
    "桥修通的那天，村里来了三百多人。年纪最大的一位走在最前面，他说这条路等了四十年。\n\n"
    "桥那头是另一个省。两边的孩子从前隔着河喊话，如今在同一间教室里念书，放学一起走回家。\n\n"
    "修桥的钱一半来自山外，一半是乡亲们一担一担挑出来的。账本还在村口的柜子里，谁都可以翻。\n\n"
    "到了秋天，橘子熟了，第一辆货车从桥上开过去，司机按了很久的喇叭，河谷里全是回声。"
)


def finding(file: str, raw: str, clean: str = "清洁的文字。", *, gaps: int = 0, **stated: str | None) -> Finding:
    """An article of this raw and clean text, with a `date` and a `source`; so many first characters are gaps."""
    date = stated.get("date", "2019-03-11")
    described: DescribedArticle = article().described
    marks = tuple(
        Edit(rule="GAP-01", start=at, end=at + 1, before=clean[at], after=clean[at], certainty=Certainty.GAP)
        for at in range(gaps)
    )
    return Finding(
        described=msgspec.structs.replace(
            described,
            raw=msgspec.structs.replace(described.raw, file=file, text=raw),
            text=clean,
            log=(EditPass(step="gaps", edits=marks),) if marks else (),
            blocks=(Block(kind=BlockKind.PARAGRAPH, start=0, end=len(clean)),),
            date=date or None,
            date_edtf=date,
            date_origin="given" if date else None,
            source=stated.get("source", "山海样报"),
        ),
        annotations=Annotations(),
    )


def together(*findings: Finding):
    return assemble(findings, annotate)


def files(articles) -> list[str]:
    return [one.described.raw.file for one in articles]


def test_an_identity_stays_the_same_when_other_articles_come_and_go():
    one, two = finding("a.txt", "甲文"), finding("b.txt", "乙文", "别的文字。")
    (alone,), _ = together(one)
    both, _ = together(two, one)
    assert alone in both
    assert alone.id.startswith("20190311-")
    assert alone.path.startswith("articles/2019/0311-")


def test_an_identity_does_not_hang_on_the_file_name():
    (one,), _ = together(finding("a.txt", "甲文"))
    (two,), _ = together(finding("elsewhere/b.txt", "甲文"))
    assert (one.id, one.path) == (two.id, two.path)


def test_an_exact_copy_is_set_aside_and_names_the_one_that_stays():
    articles, rejected = together(finding("b.txt", "甲文"), finding("a.txt", "甲文"))
    assert files(articles) == ["a.txt"]
    assert [(r.file, r.rule) for r in rejected] == [("b.txt", "COPY-01")]
    assert "a.txt" in rejected[0].reason


def test_a_mirror_of_the_same_printing_is_set_aside_and_listed_on_the_page():
    articles, rejected = together(finding("a.txt", "甲", STORY), finding("b.txt", "乙", STORY.replace("喇叭", "笛")))
    assert files(articles) == ["a.txt"]
    assert [(r.file, r.rule) for r in rejected] == [("b.txt", "REPRINT-01")]
    assert "a.txt" in rejected[0].reason
    (copy,) = articles[0].printings
    assert (copy.file, copy.id, copy.changed, copy.missing, copy.extra) == ("b.txt", None, 1, 0, 0)


def test_a_mirror_that_states_neither_date_nor_source_is_set_aside():
    articles, rejected = together(finding("a.txt", "甲", STORY), finding("0.txt", "乙", STORY, date="", source=None))
    assert files(articles) == ["a.txt"]
    assert [r.file for r in rejected] == ["0.txt"]


def test_printings_of_other_publications_or_days_name_one_another_and_count_once():
    articles, rejected = together(
        finding("a.txt", "甲", STORY),
        finding("b.txt", "乙", STORY, date="2019-03-12"),
        finding("c.txt", "丙", STORY, source="山海晚报"),
        finding("d.txt", "丁", "别的文字。"),
    )
    assert rejected == ()
    by_file = {one.described.raw.file: one for one in articles}
    family = {by_file[name].id for name in ("a.txt", "b.txt", "c.txt")}
    for name in ("a.txt", "b.txt", "c.txt"):
        assert set(by_file[name].reprints) == family - {by_file[name].id}
    assert by_file["a.txt"].chosen is None
    assert by_file["b.txt"].chosen == by_file["c.txt"].chosen == by_file["a.txt"].id
    assert {copy.id for copy in by_file["a.txt"].printings} == set(by_file["a.txt"].reprints)
    assert distinct(articles) == 2


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        pytest.param({"clean": STORY[:-60]}, {}, id="the complete text before the cut one"),
        pytest.param({"gaps": 2}, {"date": "2019-03-12"}, id="fewer gaps before the earlier date"),
        pytest.param({"date": ""}, {"date": "2020-01-01"}, id="a stated date before none"),
        pytest.param({"source": None}, {"date": "2020-01-01"}, id="a stated source before none"),
        pytest.param({"date": "2019-03-12"}, {}, id="the earlier date"),
    ],
)
def test_the_chosen_page_is(worse, better):
    plain = {"clean": STORY}
    one, other = finding("a.txt", "甲", **(plain | worse)), finding("b.txt", "乙", **(plain | better))
    articles, _ = together(one, other)
    assert [one.described.raw.file for one in articles if one.chosen is None] == ["b.txt"]


def test_what_differs_is_told_in_sentences():
    other = STORY.replace("他说这条路等了四十年。", "").replace("四", "十") + "记者在桥头等了一个下午。天黑才走。"
    other = other.replace("放学一起走回家", "放学后一起走回家")
    articles, _ = together(finding("a.txt", "甲", STORY), finding("b.txt", "乙", other, source="山海晚报", gaps=1))
    page = next(one for one in articles if one.chosen is None)
    (copy,) = page.printings
    assert (copy.changed, copy.missing, copy.extra) == (1, 1, 2)
    assert not copy.is_identical


def test_a_witness_completes_the_chosen_page_and_its_tags_are_found_again():
    whole = STORY.replace("桥那头是另一个省", "桥那头的贵州省铜仁市沿河土家族自治县是另一个省")
    masked = whole.replace("贵州省", "**")
    articles, rejected = together(finding("a.txt", "甲", masked), finding("b.txt", "乙", whole))
    (page,) = articles
    assert page.described.text == whole
    assert page.annotations.provinces == ("贵州省",)
    assert editlog.undo(page.described.text, page.described.log) == editlog.undo(masked, ())
    for place in page.annotations.places:
        assert all(e.quote == whole[e.start : e.end] for e in place.evidence)
    assert len(rejected) == 1


def test_a_page_whose_tags_cannot_be_found_again_stays_as_it_was():
    one, other = finding("a.txt", "甲", STORY.replace("司机", "*")), finding("b.txt", "乙", STORY, source="山海晚报")
    articles, _ = assemble([one, other], lambda _described: None)
    assert {page.described.text for page in articles} == {STORY.replace("司机", "*"), STORY}


def test_the_page_shows_its_printings_and_witnesses_and_the_other_page_names_it():
    masked = finding("a.txt", "甲", STORY.replace("四十年", "**年"))
    articles, rejected = together(
        masked, finding("b.txt", "乙", STORY[:-70]), finding("c.txt", "丙", STORY, date="2019-03-12", source="山海晚报")
    )
    archive = Archive(articles=articles, rejected=rejected, repairs={}, files=3)
    chosen = next(one for one in articles if one.chosen is None)
    page = article_page(chosen, view(archive))
    printings = page.partition("## 同文")[2].partition("##")[0]
    assert "b.txt" in printings
    assert "c.txt" in printings
    assert "山海晚报" in printings
    assert "据此补正本篇 1 处" in printings
    other = next(one for one in articles if one.chosen)
    assert "为准" in article_page(other, view(archive)).partition("## 同文")[2]


def test_the_order_of_input_changes_nothing():
    findings = [finding(f"{n}.txt", f"文{n % 3}") for n in range(4)]
    findings += [finding("x.txt", "丙", STORY.replace("司机", "*")), finding("y.txt", "丁", STORY, source="山海晚报")]
    wanted = together(*findings)
    assert all(together(*order) == wanted for order in list(permutations(findings))[::37])


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["", "2019", "2019-03-11", "2020-01-01"])), max_size=6))
def test_every_copy_is_a_page_or_has_a_line_in_the_report(plan):
    """Whatever the dates: no file is lost, a page links only pages, and each family has one chosen page."""
    findings = [finding(f"{n}.txt", f"文{n}", STORY[: -1 - 5 * cut], date=date) for n, (cut, date) in enumerate(plan)]
    articles, rejected = together(*findings)
    assert sorted([*files(articles), *(one.file for one in rejected)]) == [f"{n}.txt" for n in range(len(plan))]
    ids = {one.id for one in articles}
    assert all(set(one.reprints) <= ids for one in articles)
    assert all(one.chosen in one.reprints for one in articles if one.chosen)
    assert distinct(articles) == min(1, len(plan))


def test_the_result_is_the_same_with_one_worker_and_two(tmp_path):
    master = next(iter(reprint_bench.masters().values()))
    text = "\n\n".join((str(master.fields["title"]), *master.blocks))
    folder = corpus(tmp_path / "in", a__txt=text, b__txt=text[:-200], c__txt=f"2019-03-11 来源：山海晚报\n\n{text}")
    archives = [
        convert(parse_settings({"corpus": "in", "workers": workers}, tmp_path))[0].articles for workers in (1, 2)
    ]
    assert archives[0] == archives[1]
    assert len(archives[0]) < 3
    assert (tmp_path / "in").is_dir()
    assert folder == tmp_path / "in"
