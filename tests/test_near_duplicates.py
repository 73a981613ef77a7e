"""Near-duplicates: what is the same article and what only looks like it, in any order of input."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reprint_bench
from shanhai.relate.near_duplicates import NEIGHBOURS, Document, bands, families, fold, same_article
from shanhai.relate.substitutions import Substitution, name_other_facts, substitutions

COMMA = "\uff0c"
NOTICE = (
    "{day}日{comma}{county}召开协作工作推进会。会议听取了各乡镇的汇报{comma}研究了下一步的安排。会上说{comma}今年全县"
    "共到位帮扶资金{money}万元{comma}实施项目{projects}个{comma}帮助{people}名群众在家门口就业。会议要求{comma}各部门"
    "要把责任扛在肩上{comma}把账目摆在桌上{comma}把项目落在村里。{county}有关负责人参加会议。"
)
FILLED = [
    NOTICE.format(comma=COMMA, day=day, county=county, money=money, projects=projects, people=people)
    for day, county, money, projects, people in ((12, "青石县", 3500, 42, 618), (27, "白河县", 2180, 31, 905))
]


@pytest.fixture(scope="module")
def planted():
    """One copy of each kind of each master, after the whole chain."""
    return list(reprint_bench.planted(1))


@pytest.fixture(scope="module")
def texts():
    """The masters' texts."""
    return ["\n\n".join(master.blocks) for master in reprint_bench.masters().values()]


def document(key: str, text: str, title: str = "") -> Document:
    return Document(key, title, text)


@pytest.mark.parametrize("kind", [kind for kind, (_, same) in reprint_bench.KINDS.items() if same])
def test_a_damaged_copy_is_the_same_article(planted, kind):
    for one in planted:
        if one.kind == kind:
            assert families([one.original, one.copy]) == (tuple(sorted((one.original.key, one.copy.key))),)


def test_a_form_filled_in_anew_is_another_article(planted):
    for one in planted:
        if one.kind == "form filled in anew":
            assert families([one.original, one.copy]) == ()


def test_an_archive_of_all_copies_falls_into_one_family_a_master_and_nothing_else(planted):
    found = reprint_bench.pooled(planted)
    assert found["wrong"] == 0
    assert found["right"] == found["pairs"]


def test_different_articles_on_the_same_subject_are_no_family(texts):
    assert families(document(str(number), text) for number, text in enumerate(texts)) == ()


def test_short_notices_of_one_form_are_different_articles():
    one, other = FILLED
    assert not same_article(fold(one), fold(other))
    assert name_other_facts(fold(one), fold(other))
    assert same_article(fold(one), fold(one.replace("账目", "帐目")))


def test_two_articles_are_not_joined_by_the_page_that_holds_both(texts):
    for one, other in pairwise(texts):
        both = [document("a", one), document("b", other), document("ab", f"{one}\n\n{other}")]
        assert all(not {"a", "b"} <= set(family) for family in families(both))


def test_the_lead_alone_is_the_same_article_only_under_the_same_headline(texts):
    whole, lead = texts[0], texts[0][:260]
    assert families([document("a", whole, "阴山北麓的一年"), document("b", lead, "阴山北麓的一年")])
    assert not families([document("a", whole, "阴山北麓的一年"), document("b", lead, "另一个标题")])
    assert not families([document("a", whole), document("b", lead)])


def test_texts_without_a_letter_are_no_family():
    assert families([document("a", "……"), document("b", "。"), document("c", "")]) == ()


def test_texts_too_short_for_a_shingle_are_the_same_if_equal():
    assert families([document("a", "短文。"), document("b", "短 文"), document("c", "长文")]) == (("a", "b"),)


def test_bands_are_the_same_in_every_process():
    code = "from shanhai.relate.near_duplicates import bands; print(bands('山海之间修了一条路' * 9))"
    command = [sys.executable, "-c", code]
    seeds = [subprocess.run(command, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True) for seed in "12"]
    assert seeds[0].stdout == seeds[1].stdout
    assert seeds[0].stdout.decode().strip() == str(bands("山海之间修了一条路" * 9))


@given(st.text(max_size=200))
def test_bands_are_pure_positive_and_fit_64_bits(text):
    found = bands(text)
    assert found == bands(text)
    assert all(0 <= key < 2**63 for key in found)
    assert bool(found) == (len(fold(text)) >= 5)


@given(st.text(alphabet="山海路桥。,\n ", max_size=60))
def test_white_space_and_punctuation_count_for_nothing(text):
    assert bands(text) == bands("".join(f" {char}\n" for char in text))


@given(
    st.lists(st.text(alphabet="山海路桥水田", min_size=1, max_size=40), max_size=8), st.randoms(use_true_random=False)
)
def test_the_order_of_input_changes_nothing(found, random):
    documents = [document(str(number), text * 3) for number, text in enumerate(found)]
    shuffled = list(documents)
    random.shuffle(shuffled)
    assert families(documents) == families(shuffled)


def test_the_order_of_planted_copies_changes_nothing(planted):
    documents = sorted({one for pair in planted for one in (pair.original, pair.copy)}, key=lambda one: one.key)
    shuffled = list(documents)
    Random(5).shuffle(shuffled)  # noqa: S311 - a shuffle, not a secret
    assert families(shuffled) == families(documents)


def test_a_hundred_noisy_copies_are_one_family_of_few_pairs(texts):
    random = Random(3)  # noqa: S311 - reproducible, not secret
    copies = ["".join(random.choice("山海路桥") if random.random() < 0.01 else c for c in texts[1]) for _ in range(100)]
    (family,) = families(document(f"{number:03}", text) for number, text in enumerate(copies))
    assert len(family) == 100
    assert NEIGHBOURS * 100 < 100 * 99 / 2


def test_exchanged_words_are_found_between_anchors():
    one = "在今年春天青石县把第一批书箱送到十二所山里的小学"
    other = "在今年春天白河县把第一批书箱送到二十所山里的小学"
    assert list(substitutions(one, other)) == [Substitution("青石", "白河"), Substitution("十二", "二十")]


def test_a_variant_that_sounds_alike_is_no_other_fact():
    one = "他们沿着河走" + "又望着山" + "那天大家带着新的账本回到村里各自想着心事"
    assert not name_other_facts(one, one.replace("着", "著"))
