"""How often a build reads a file: once, but for web pages, whose first reading is a quick one."""

from __future__ import annotations

from collections import Counter

import pytest

from shanhai import build, survey
from shanhai.read.corpus import corpus_files, read_file
from shanhai.settings import Settings

PARAGRAPH = "第{number}天\uff0c两县的干部在山路上走了{number}里\uff0c把种子送到了{number}户人家。" * 6


@pytest.fixture
def corpus(tmp_path):
    """Thirty files, so many that the build surveys them first; one is a web page, and one holds nothing readable."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(28):
        (folder / f"{number:02}.txt").write_text(PARAGRAPH.format(number=number), encoding="utf-8", newline="\n")
    page = f"<html><body><article><p>{PARAGRAPH.format(number=77)}</p></article></body></html>"
    (folder / "page.html").write_text(page, encoding="utf-8", newline="\n")
    (folder / "torn.txt").write_bytes(bytes(range(256)) * 8)
    return folder


@pytest.fixture
def readings(monkeypatch):
    """How often each file is read."""
    counted: Counter[str] = Counter()

    def counting(path, *arguments, **options):
        counted[path.name] += 1
        return read_file(path, *arguments, **options)

    monkeypatch.setattr(build, "read_file", counting)
    monkeypatch.setattr(survey, "read_file", counting)
    return counted


def test_a_text_is_read_once_and_a_web_page_or_a_damaged_file_again(corpus, readings):
    settings = Settings(
        corpus=corpus, max_file_bytes=10**6, allowed_set_aside_share=1.0, workers=1, cache=corpus.parent / ".cache"
    )
    build.convert(settings)
    assert {name for name, times in readings.items() if times > 1} == {"page.html", "torn.txt"}
    assert len(readings) == 30


def test_a_remembered_reading_gives_what_a_new_one_gives(corpus):
    files = corpus_files(corpus)
    records = {}
    survey.survey(files, corpus, 10**6, 1, records)
    for path in files:
        fresh = build.harvest_file(path, corpus, 10**6)
        known = build.harvest_file(path, corpus, 10**6, records=records)
        assert (fresh.findings, fresh.rejected) == (known.findings, known.rejected)
    assert not records, "what was used is not kept"
