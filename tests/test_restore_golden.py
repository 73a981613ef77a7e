"""Whole pages, damaged and restored, as readable files: tests/golden/restore/*.txt.

A file has three parts: the page, what it becomes, and the rules that were used with their counts. `{spam}` stands for a
line of terms from the lexicon, the other marks for characters that an editor would not show.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from shanhai import editlog
from shanhai.records import RawArticle, RestoredArticle
from shanhai.restore.chain import restore
from shanhai.restore.spam import lexicon

GOLDEN = sorted((Path(__file__).parent / "golden" / "restore").glob("*.txt"))
MARKS = {
    "{spam}": "_".join(lexicon()[:7]),
    "{nbsp}": "\u00a0",
    "{wide}": "\u3000",
    "{zero}": "\u200b",
    "{pua}": "\ue33a",
}


def parts_of(path):
    page, restored, rules = path.read_text(encoding="utf-8").split("=====\n")
    for mark, meant in MARKS.items():
        page = page.replace(mark, meant)
    return page, restored, rules


@pytest.mark.parametrize("path", GOLDEN, ids=[path.stem for path in GOLDEN])
def test_a_page_becomes_what_its_file_says(path):
    page, restored, rules = parts_of(path)
    article = restore(RawArticle(file="any.txt", sha256="0" * 64, format="text", encoding="utf-8", text=page))
    assert isinstance(article, RestoredArticle)
    assert article.text == restored
    counter: Counter[str] = Counter()
    editlog.count_by_rule(article.log, counter)
    assert "".join(f"{rule} {count}\n" for rule, count in sorted(counter.items())) == rules
    assert editlog.undo(article.text, article.log) == page


def test_there_are_golden_pages():
    assert len(GOLDEN) >= 5
