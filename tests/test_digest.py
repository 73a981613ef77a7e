"""A digest becomes one article for each of its items, each with the way back to the whole page."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import golden_pages
from shanhai import editlog
from shanhai.build import convert, harvest_file
from shanhai.describe.digest import own_log, split
from shanhai.records import Certainty, DescribedArticle, Edit, EditPass, GivenMetadata, RawArticle, RestoredArticle
from shanhai.relate.reprints import assemble
from shanhai.settings import parse_settings

DIGESTS = golden_pages.cases("digest")
NAMES = [one["about"] for one in DIGESTS]
COMMA = "\uff0c"


def restored(text: str, given: GivenMetadata | None = None) -> RestoredArticle:
    raw = RawArticle(
        file="a.txt", sha256="0" * 64, format="text", encoding="utf-8", text=text, given=given or GivenMetadata()
    )
    return RestoredArticle(raw=raw, text=text, log=(), script="hans")


@pytest.mark.parametrize("case", DIGESTS, ids=NAMES)
def test_each_item_has_its_headline_and_its_text_and_leads_back_to_the_page(case):
    found = golden_pages.outcome(case["page"])
    assert len(found.articles) == len(case["items"])
    for number, ((title, opening), one) in enumerate(zip(case["items"], found.articles, strict=True), 1):
        assert isinstance(one, DescribedArticle)
        assert one.title == title or not title
        assert one.title_derived == (not title)
        assert one.text.startswith(opening)
        assert (one.raw.file, one.raw.item) == (f"page.txt#{number}", number)
        assert one.raw.text == case["page"]
        assert editlog.undo(one.text, one.log) == case["page"]


@pytest.mark.parametrize("case", DIGESTS, ids=NAMES)
def test_nothing_of_an_item_gets_lost_or_into_another(case):
    """Every sentence of the page stands in one article."""
    found = golden_pages.outcome(case["page"])
    texts = [one.text for one in found.articles if isinstance(one, DescribedArticle)]
    for line in case["page"].splitlines():
        words = line.partition("】")[2] or line
        sentence = words.partition(COMMA)[2].partition("。")[0]
        if len(sentence) > 12:
            assert sum(sentence in text for text in texts) == 1, sentence


def test_the_date_of_the_page_holds_for_items_without_one_of_their_own():
    (case,) = (one for one in DIGESTS if "its own title and date" in one["about"])
    dates = {one.date for one in golden_pages.outcome(case["page"]).articles if isinstance(one, DescribedArticle)}
    assert dates == {"2019-03-15"}


def test_an_item_s_own_date_and_source_come_before_the_page_s():
    (case,) = (one for one in DIGESTS if "source line with date" in one["about"])
    given = GivenMetadata(title="综合", date="2020-04-30", source="某某网", authors=("某人",))
    items = split(restored(case["page"], given))
    assert [one.raw.given for one in items] == [GivenMetadata(title=title) for title, _ in case["items"]]
    articles = golden_pages.outcome(case["page"]).articles
    assert [(one.date, one.source) for one in articles if isinstance(one, DescribedArticle)] == [
        ("2020-04-01", "石桥日报"),
        ("2020-04-02", "东山日报"),
        ("2020-04-03", "西岭日报"),
        ("2020-04-05", "石桥日报"),
        ("2020-04-07", "草原日报"),
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A corpus of all digests and an honest page."""
    folder = tmp_path_factory.mktemp("digests")
    for number, case in enumerate(DIGESTS):
        (folder / f"{number}.txt").write_text(case["page"], encoding="utf-8", newline="\n")
    (folder / "whole.txt").write_text(golden_pages.cases("honest")[1]["page"], encoding="utf-8", newline="\n")
    return folder


def test_a_build_publishes_every_item_under_an_address_of_its_own(folder):
    archive, run = convert(parse_settings({"corpus": str(folder)}, folder))
    wanted = sum(len(case["items"]) for case in DIGESTS) + 1
    assert run.published == wanted
    assert archive.rejected == ()
    assert len({one.id for one in archive.articles}) == len({one.path for one in archive.articles}) == wanted
    for one in archive.articles:
        assert editlog.undo(one.described.text, one.described.log) == one.described.raw.text


def test_an_item_s_identity_does_not_hang_on_the_other_files(folder):
    harvest = harvest_file(folder / "0.txt", folder, 10**6)
    alone, _ = assemble(harvest.findings, lambda _described: None)
    archive, _ = convert(parse_settings({"corpus": str(folder)}, folder))
    assert {one.id for one in alone} <= {one.id for one in archive.articles}


def test_the_same_digest_twice_is_set_aside_item_by_item(folder):
    findings = harvest_file(folder / "0.txt", folder, 10**6).findings
    moved = [_moved(one) for one in findings]
    articles, copies = assemble([*findings, *moved], lambda _described: None)
    assert len(articles) == len(findings)
    assert [(one.file, one.rule) for one in copies] == [(f"z.txt#{n}", "COPY-01") for n in range(1, len(findings) + 1)]


def _moved(finding):
    raw = finding.described.raw
    raw = msgspec.structs.replace(raw, file=f"z.txt#{raw.item}")
    return msgspec.structs.replace(finding, described=msgspec.structs.replace(finding.described, raw=raw))


def test_an_edit_inside_another_item_is_not_counted_for_this_one():
    def one(start: int, before: str, after: str) -> Edit:
        end = start + len(before)
        return Edit(rule="X-01", start=start, end=end, before=before, after=after, certainty=Certainty.CONJECTURE)

    first = EditPass(step="x", edits=(one(1, "乙", "己己"), one(5, "己", "庚")))
    cut = EditPass(step="digest", edits=(Edit(rule="DIGEST-01", start=0, end=4, before="甲己己丙", after=""),))
    assert editlog.undo("丁戊庚", (first, cut)) == "甲乙丙丁戊己"
    kept = own_log((first, cut))
    assert [edit.start for edit in kept[0].edits] == [5]
    assert kept[1] == cut
    assert own_log((first,)) == (first,)


@given(st.data())
def test_any_order_of_lines_of_digests_splits_so_that_every_item_leads_back(data):
    lines = [line for case in DIGESTS for line in case["page"].splitlines()]
    text = "\n".join(data.draw(st.lists(st.sampled_from(lines), max_size=24)))
    items = split(restored(text))
    assert len(items) == 1 or [one.raw.item for one in items] == list(range(1, len(items) + 1))
    for one in items:
        assert editlog.undo(one.text, one.log) == text
