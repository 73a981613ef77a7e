"""Pages that are no articles are set aside by what they are; doubtful ones carry a mark; honest ones stay."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import golden_pages
from shanhai import editlog, reference
from shanhai.build import harvest_file
from shanhai.describe import digest
from shanhai.marks import doubtful
from shanhai.pages.articles import article as article_page
from shanhai.records import Article, DescribedArticle, RawArticle, Rejected, RestoredArticle
from shanhai.relate.views import Archive, view
from shanhai.restore.doubtful import marked
from shanhai.restore.page_kinds import why_set_aside
from shanhai.restore.page_words import page_kinds
from shanhai.restore.spam import lexicon, term_counts
from sites import SHARED

MASTERS = sorted((Path(__file__).parent / "masters").glob("*.md"))
CASES = golden_pages.all_cases()
HONEST = golden_pages.cases("honest")


def restored_text(text: str) -> RestoredArticle:
    raw = RawArticle(file="a.txt", sha256="0" * 64, format="text", encoding="utf-8", text=text)
    return RestoredArticle(raw=raw, text=text, log=(), script="hans")


def whole(text: str) -> bool:
    """Whether the text stays, in one piece and without a mark."""
    restored = restored_text(text)
    return why_set_aside(restored) is None and digest.split(restored) == (restored,) and marked(restored) is restored


@pytest.mark.parametrize("case", CASES, ids=[f"{one['kind']}: {one['about']}" for one in CASES])
def test_a_page_is_judged_as_its_file_says(case):
    found = golden_pages.outcome(case["page"])
    assert (found.rejected.rule if found.rejected else None) == case.get("rule")
    assert sorted(found.marks) == case.get("marks", [])
    if not found.rejected:
        assert len(found.items) == len(case.get("items", [0]))
        assert not [one for one in found.articles if isinstance(one, Rejected)]


def test_there_are_sixty_pages_of_twelve_kinds():
    kinds = Counter(one["kind"] for one in CASES)
    assert kinds.total() - kinds["honest"] >= 50
    assert kinds["honest"] >= 20
    assert len(kinds) >= 10


def test_a_rejection_says_in_chinese_what_the_page_is_and_shows_none_of_its_words():
    for case in CASES:
        found = golden_pages.outcome(case["page"]).rejected
        if found:
            assert re.search("[\u4e00-\u9fff]{3}", found.reason)
            assert not any(term_counts(part) for part in (found.reason, found.excerpt))
            assert "sha256" in found.excerpt


@pytest.mark.parametrize("path", MASTERS, ids=[path.stem for path in MASTERS])
def test_a_master_stays_whole_and_unmarked(path):
    assert whole(path.read_text(encoding="utf-8").split("---\n", 2)[2])


def test_the_real_articles_stay_whole_and_unmarked():
    texts = sorted((SHARED / "gold" / "text").glob("*"))
    if not texts:
        pytest.skip("the shared folder is not here")
    for path in texts:
        assert whole(path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize("case", HONEST, ids=[one["about"] for one in HONEST])
def test_an_honest_look_alike_stays_without_its_headline_too(case):
    assert whole(case["page"].partition("\n")[2])


@given(st.text(max_size=400))
def test_any_text_is_judged_without_a_fault_and_marks_change_nothing(text):
    restored = restored_text(text)
    why_set_aside(restored)
    for item in digest.split(restored):
        found = marked(item)
        assert found.text == item.text
        assert editlog.undo(found.text, found.log) == text


def test_a_marked_article_counts_its_mark_among_the_doubts_and_warns_on_its_page(tmp_path):
    for case in golden_pages.cases("spun"):
        (tmp_path / "a.txt").write_text(case["page"], encoding="utf-8", newline="\n")
        (finding,) = harvest_file(tmp_path / "a.txt", tmp_path, 10**6).findings
        described: DescribedArticle = finding.described
        assert editlog.undo(described.text, described.log) == case["page"]
        marks = [mark for mark in doubtful(described) if mark.of_page]
        assert [mark.edit.rule for mark in marks] == case["marks"]
        one = Article(
            id="undated-0123456789",
            path="articles/undated/0123456789",
            described=described,
            annotations=finding.annotations,
        )
        archive = Archive(articles=(one,), rejected=(), repairs={}, files=1)
        page = article_page.article(one, view(archive))
        assert "引用前请核对" in page
        assert "全文" in page
        assert 'class="conjecture"></span>' not in page


def test_the_rules_of_the_kinds_are_listed():
    listed = reference.load("rules/page_kinds.yml", dict[str, dict[str, str]])
    emitted = {kind.rule for kind in page_kinds().kinds.values()}
    code = Path(digest.__file__).read_text(encoding="utf-8")
    emitted |= set(re.findall(r'"(DIGEST-\d\d)"', code))
    assert emitted == set(listed)
    assert all(rule.keys() == {"zh", "en", "example"} for rule in listed.values())


def test_the_lists_hold_no_word_twice_and_none_of_the_lexicon():
    known = page_kinds()
    lists = (known.news, known.novel.words, known.novel.site_phrases, known.shop.words, known.error.phrases)
    for words in (*lists, known.spun.phrases, known.template.phrases, known.digest.titles):
        assert len(words) == len(set(words)), [word for word, count in Counter(words).items() if count > 1]
        assert not set(words) & set(lexicon())
    assert all(odd != plain for odd, plain in known.spun.pairs.items())
