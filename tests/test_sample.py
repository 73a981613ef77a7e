"""The bundled sample through the whole chain: each article is its master again, and its tags are the master's."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import damage
from shanhai import editlog
from shanhai.build import convert
from shanhai.settings import parse_settings
from sites import PROJECT

MASTERS = PROJECT / "tests" / "masters"
PLAN = damage.read_plan(MASTERS / "plan.yml")
NUMBERS = sorted(PLAN)
THEMES = (PROJECT / "scripts" / "shanhai" / "reference" / "themes.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def archive():
    """The archive of the bundled sample."""
    archive, _ = convert(parse_settings({"corpus": "corpus"}, PROJECT))
    return archive


@pytest.fixture(scope="module")
def by_number(archive):
    """The article of each master."""
    by_file = {article.described.raw.file: article for article in archive.articles}
    return {number: by_file[_file(number)] for number in NUMBERS}


def _file(number: str) -> str:
    name = PLAN[number]["file"]
    if ".jsonl" not in name:
        return name
    line = [other for other in NUMBERS if PLAN[other]["file"] == name].index(number) + 1
    return f"{name}#L{line}"


def master(number: str) -> damage.Master:
    return damage.read_master(MASTERS / f"{number}.md")


def test_nothing_of_the_sample_is_set_aside(archive):
    assert archive.rejected == ()
    assert len(archive.articles) == len(NUMBERS) == 30


@pytest.mark.parametrize("number", NUMBERS)
def test_the_clean_text_is_the_master(number, by_number):
    """Block by block, but for the gaps that a damage names itself."""
    described = by_number[number].described
    found = described.text.split("\n\n")
    original = master(number)
    page = damage.damaged(original, PLAN[number].get("operators", ()), PLAN[number]["seed"])
    wanted = list(damage.gap_patterns(original, page))
    assert len(found) == len(wanted)
    for block, (text, pattern) in zip(found, wanted, strict=True):
        assert block == text or (pattern and pattern.fullmatch(block)), text


@pytest.mark.parametrize("number", NUMBERS)
def test_every_block_is_what_the_master_says(number, by_number):
    described = by_number[number].described
    original = master(number)
    kinds = ["paragraph" if kind == "" else kind for kind in original.kinds]
    found = ["paragraph" if block.kind == "note" else block.kind.value for block in described.blocks]
    assert found == kinds


@pytest.mark.parametrize("number", NUMBERS)
def test_title_date_source_authors_and_editor_are_the_masters(number, by_number):
    described = by_number[number].described
    fields = master(number).fields
    assert described.title == fields["title"]
    assert described.date == (str(fields["date"]) if fields["date"] else None)
    assert described.source == fields["source"]
    assert list(described.authors) == list(fields["authors"] or [])
    assert described.editor == fields["editor"]


@pytest.mark.parametrize("number", NUMBERS)
def test_the_edit_log_leads_back_to_the_raw_text(number, by_number):
    described = by_number[number].described
    assert editlog.undo(described.text, described.log) == described.raw.text


# The lowest precision and recall that the tags of the sample may have: they may only rise.
GATES = {"provinces": (0.97, 0.97), "counties": (0.9, 0.9), "pairs": (0.8, 0.7), "themes": (0.92, 0.92)}


@pytest.mark.parametrize("field", sorted(GATES))
def test_the_tags_are_the_masters(field, by_number):
    tally: Counter[str] = Counter()
    for number in NUMBERS:
        wanted, found = _wanted(number, field), _found(by_number[number], field)
        tally.update(hit=len(wanted & found), miss=len(wanted - found), false=len(found - wanted))
    precision = tally["hit"] / (tally["hit"] + tally["false"])
    recall = tally["hit"] / (tally["hit"] + tally["miss"])
    assert precision >= GATES[field][0], f"precision {precision:.3f}, recall {recall:.3f}"
    assert recall >= GATES[field][1], f"precision {precision:.3f}, recall {recall:.3f}"


def _wanted(number: str, field: str) -> set[object]:
    values = master(number).fields[field] or []
    return {(v["from"], v["to"]) for v in values} if field == "pairs" else set(values)


def _found(article, field: str) -> set[object]:
    found = article.annotations
    if field == "pairs":
        return {(pair.origin, pair.target) for pair in found.pairs}
    return {theme.label for theme in found.themes} if field == "themes" else set(getattr(found, field))


def test_the_sample_covers_what_it_is_for(archive):
    """At least 24 provinces, 10 official pairs, all 16 themes, years 1996 to 2025, every format of input."""
    provinces = {name for number in NUMBERS for name in master(number).fields["provinces"]}
    themes = {label for number in NUMBERS for label in master(number).fields["themes"]}
    official = {
        (pair.origin, pair.target)
        for article in archive.articles
        for pair in article.annotations.pairs
        if pair.official_round
    }
    years = {article.described.date_edtf[:4] for article in archive.articles}
    suffixes = {"".join(Path(PLAN[number]["file"]).suffixes) for number in NUMBERS}
    assert len(provinces) >= 24
    assert len(official) >= 10
    assert len(themes) == 16
    assert {"1996", "2025"} <= years
    assert suffixes == {".txt", ".md", ".html", ".jsonl", ".jsonl.gz"}


def test_every_sample_says_that_it_is_one():
    for number in NUMBERS:
        assert "示例稿" in master(number).blocks[-1]


def test_the_bundled_corpus_is_the_one_that_the_plan_writes():
    """After a change to a master or the plan, `tests/damage.py` writes the corpus again."""
    for name, content in damage.corpus_files(MASTERS, MASTERS / "plan.yml").items():
        assert (PROJECT / "corpus" / name).read_bytes() == content, name
