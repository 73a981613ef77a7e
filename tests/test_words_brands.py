"""Spam terms in place of words; a text that speaks about such a term stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

import damage
from shanhai import editlog
from shanhai.records import Certainty, RawArticle, RestoredArticle
from shanhai.restore import brands
from shanhai.restore.chain import restore
from shanhai.restore.context import Context
from shanhai.restore.spam import lexicon

MASTERS = sorted((Path(__file__).parent / "masters").glob("[0-9][0-9].md"))
CLEAN = sorted((Path(__file__).parent / "clean").glob("*.txt"))
COMMA = "\uff0c"
BODY = f"山里的茶园一片连着一片{COMMA}采茶的季节从清明一直忙到立夏。\n"


def restored(text):
    article = restore(RawArticle(file="any.txt", sha256="0" * 64, format="text", encoding="utf-8", text=text))
    assert isinstance(article, RestoredArticle)
    assert editlog.undo(article.text, article.log) == text
    return article


def spam_edits(article):
    return [one for step in article.log for one in step.edits if one.rule.startswith("SPAM-")]


@pytest.mark.parametrize("number", range(len(lexicon())))
def test_a_term_before_the_country_is_read_as_our_country(number):
    term = lexicon()[number]
    article = restored(f"{BODY}多年来{COMMA}{term}国东部和西部结成对子。这是{term}国农村的一件大事。\n{BODY}")
    assert article.text == f"{BODY}多年来{COMMA}我国东部和西部结成对子。这是我国农村的一件大事。\n{BODY}"
    assert [(one.rule, one.certainty) for one in spam_edits(article)] == [("SPAM-01", Certainty.CONJECTURE)] * 2


def test_the_same_term_in_place_of_another_word_leaves_an_empty_gap():
    term = lexicon()[3]
    article = restored(f"{BODY}目前{COMMA}{term}国的路修通了{COMMA}乡亲们都说{term}们有了盼头。\n{BODY}")
    assert f"我国的路修通了{COMMA}乡亲们都说们有了盼头" in article.text
    assert [(one.rule, one.after, one.certainty) for one in spam_edits(article)] == [
        ("SPAM-01", "我", Certainty.CONJECTURE),
        ("SPAM-02", "", Certainty.GAP),
    ]


@pytest.mark.parametrize("number", range(0, len(lexicon()), 9))
def test_a_text_about_such_a_term_stays(number):
    term = lexicon()[number]
    text = f"{BODY}派出所查处了以{term}为幌子的案件。\n{BODY}名叫“{term}”的网站被关停{COMMA}我国的法律不容许。\n{BODY}"
    article = restored(text)
    assert spam_edits(article) == []
    assert article.text == text


def test_a_brand_in_the_masters_is_read_where_its_neighbours_tell_it():
    changed = 0
    for path in MASTERS:
        master = damage.read_master(path)
        page = damage.damaged(master, ["brand_for_word"], 2)
        if not page.gaps:
            continue
        changed += 1
        lines = restored("\n\n".join(page.blocks) + "\n").text.split("\n\n")
        for line, (block, pattern) in zip(lines, damage.gap_patterns(master, page), strict=True):
            assert line.strip() == block or (pattern and pattern.fullmatch(line.strip()))
    assert changed


def test_undamaged_text_has_no_brand_in_place_of_a_word():
    texts = ["\n".join(damage.read_master(path).blocks) for path in MASTERS]
    texts += [text for path in CLEAN for text in path.read_text(encoding="utf-8").split("\n%\n")]
    assert [one for text in texts for one in brands.find(text, Context())] == []


@pytest.mark.parametrize("entity", ["hellip", "nbsp", "ldquo"])
def test_spam_inside_an_entity_goes_with_it(entity):
    whole = {"hellip": "…", "nbsp": " ", "ldquo": "“"}[entity]
    article = restored(f"村民说& {lexicon()[1]} {entity};后来\n{BODY}")
    assert article.text.startswith(f"村民说{whole}后来")
