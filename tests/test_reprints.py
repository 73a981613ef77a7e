"""All articles together: identities that last, copies set aside, reprints named on both sides."""

from __future__ import annotations

import msgspec

from shanhai.records import Annotations, DescribedArticle
from shanhai.relate.reprints import Finding, assemble
from test_datafiles import article


def finding(file: str, raw: str, clean: str = "清洁的文字。", date: str = "2019-03-11") -> Finding:
    described: DescribedArticle = article().described
    return Finding(
        described=msgspec.structs.replace(
            described,
            raw=msgspec.structs.replace(described.raw, file=file, text=raw),
            text=clean,
            date=date,
            date_edtf=date,
        ),
        annotations=Annotations(),
    )


def test_an_identity_stays_the_same_when_other_articles_come_and_go():
    one, two = finding("a.txt", "甲文"), finding("b.txt", "乙文", "别的文字。")
    (alone,), _ = assemble([one])
    both, _ = assemble([two, one])
    assert alone in both
    assert alone.id.startswith("20190311-")
    assert alone.path.startswith("articles/2019/0311-")


def test_an_identity_does_not_hang_on_the_file_name():
    (one,), _ = assemble([finding("a.txt", "甲文")])
    (two,), _ = assemble([finding("elsewhere/b.txt", "甲文")])
    assert (one.id, one.path) == (two.id, two.path)


def test_an_exact_copy_is_set_aside_and_names_the_one_that_stays():
    articles, rejected = assemble([finding("b.txt", "甲文"), finding("a.txt", "甲文")])
    assert [a.described.raw.file for a in articles] == ["a.txt"]
    assert [(r.file, r.rule) for r in rejected] == [("b.txt", "COPY-01")]
    assert "a.txt" in rejected[0].reason


def test_different_pages_with_the_same_clean_text_name_each_other():
    articles, rejected = assemble([finding("a.txt", "甲文"), finding("b.txt", "甲 文", date="2019-03-12")])
    assert rejected == ()
    assert [a.reprints for a in articles] == [(articles[1].id,), (articles[0].id,)]


def test_the_order_of_input_changes_nothing():
    findings = [finding(f"{n}.txt", f"文{n % 3}") for n in range(6)]
    assert assemble(findings) == assemble(findings[::-1])
