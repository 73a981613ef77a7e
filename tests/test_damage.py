"""Restoring undoes the damage: every master comes back, but for the gaps that a damage names itself."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import damage
from shanhai import editlog, reference
from shanhai.read.corpus import corpus_files, read_file
from shanhai.records import Certainty, RawArticle, RestoredArticle
from shanhai.restore.chain import restore

MASTERS = Path(__file__).parent / "masters"
PLAN = MASTERS / "plan.yml"
NUMBERS = sorted(path.stem for path in MASTERS.glob("[0-9][0-9].md"))
MAX_FILE_BYTES = 10_000_000


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The bundled corpus, written afresh."""
    folder = tmp_path_factory.mktemp("corpus")
    for name, content in damage.corpus_files(MASTERS, PLAN).items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def restored(written):
    """What reading and restoring gives, by file and by place within it."""
    found = {}
    for path in corpus_files(written):
        found[path.name] = [restore(raw) for raw in read_file(path, written, MAX_FILE_BYTES)]
    return found


@pytest.fixture(scope="module")
def raw_text():
    """A raw article of the given text."""
    return lambda text: RawArticle(file="any.txt", sha256="0" * 64, format="text", encoding="utf-8", text=text)


def place_of(number):
    """The file of a master, and which of the file's articles it is."""
    plan = damage.read_plan(PLAN)
    same = [other for other in sorted(plan) if plan[other]["file"] == plan[number]["file"]]
    return plan[number]["file"], same.index(number)


def page_of(number):
    entry = damage.read_plan(PLAN)[number]
    return damage.damaged(damage.read_master(MASTERS / f"{number}.md"), entry["operators"], entry["seed"])


def lines_of(article):
    return {line.removeprefix(">>>") for line in article.text.split("\n")}


@pytest.mark.parametrize("number", NUMBERS)
def test_every_block_of_a_master_is_a_line_of_the_restored_text(number, restored):
    file, place = place_of(number)
    article = restored[file][place]
    assert isinstance(article, RestoredArticle), article
    lines = lines_of(article)
    for block, pattern in damage.gap_patterns(damage.read_master(MASTERS / f"{number}.md"), page_of(number)):
        if pattern is None:
            assert block in lines
        else:
            assert any(map(pattern.fullmatch, lines)), block


@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_left_beside_the_body_is_metadata_only(number, restored):
    file, place = place_of(number)
    article = restored[file][place]
    master = damage.read_master(MASTERS / f"{number}.md")
    patterns = [pattern for _block, pattern in damage.gap_patterns(master, page_of(number)) if pattern]
    fields = [str(master.fields[key]) for key in ("title", "source", "editor") if master.fields.get(key)]
    fields += master.fields.get("authors") or []
    left = {line for line in lines_of(article) if line} - set(master.blocks)
    left = {line for line in left if not any(pattern.fullmatch(line) for pattern in patterns)}
    assert [line for line in left if not any(value in line for value in fields) and "日期" not in line] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_the_log_of_a_sample_leads_back_to_its_raw_text(number, restored):
    file, place = place_of(number)
    article = restored[file][place]
    assert editlog.undo(article.text, article.log) == article.raw.text


@pytest.mark.parametrize("number", NUMBERS)
def test_a_clean_master_stays_as_it_is(number, raw_text):
    text = "\n\n".join(damage.read_master(MASTERS / f"{number}.md").blocks) + "\n"
    article = restore(raw_text(text))
    assert isinstance(article, RestoredArticle)
    assert article.text == text
    assert article.log == ()


def test_a_person_behind_a_mask_stays_a_gap(restored):
    gaps = [number for number in NUMBERS if "person_mask" in damage.read_plan(PLAN)[number]["operators"]]
    assert gaps
    for number in gaps:
        file, place = place_of(number)
        edits = [one for step in restored[file][place].log for one in step.edits]
        assert any(one.rule == "MASK-03" and one.certainty is Certainty.GAP for one in edits)


def test_the_same_plan_gives_the_same_bytes():
    assert damage.corpus_files(MASTERS, PLAN) == damage.corpus_files(MASTERS, PLAN)


def test_the_bundled_corpus_is_the_one_that_the_plan_writes():
    bundled = MASTERS.parents[1] / "corpus"
    planned = damage.corpus_files(MASTERS, PLAN)
    assert {path.name: path.read_bytes() for path in bundled.glob("mirror-*")} == planned


def test_the_plan_uses_every_operator_and_every_format():
    plan = damage.read_plan(PLAN)
    assert {name for entry in plan.values() for name in entry["operators"]} == damage.OPERATORS.keys()
    assert sorted(plan) == NUMBERS
    suffixes = {entry["file"].split(".", 1)[1] for entry in plan.values()}
    assert suffixes == {"txt", "md", "html", "jsonl", "jsonl.gz"}
    assert {entry.get("encoding", "utf-8") for entry in plan.values()} == {
        "utf-8",
        "utf-8-sig",
        "gb18030",
        "big5",
        "utf-16-le",
        "utf-16-be",
    }
    assert any("sidecar" in entry for entry in plan.values())


def test_every_damage_changes_its_page():
    for number, entry in damage.read_plan(PLAN).items():
        master = damage.read_master(MASTERS / f"{number}.md")
        for count in range(len(entry["operators"])):
            before = damage.damaged(master, entry["operators"][:count], entry["seed"])
            after = damage.damaged(master, entry["operators"][: count + 1], entry["seed"])
            assert before != after, (number, entry["operators"][count])


def test_most_of_what_bytes_break_can_be_told_again():
    pages = [
        page_of(number) for number, entry in damage.read_plan(PLAN).items() if "pinyin_by_bytes" in entry["operators"]
    ]
    assert pages
    assert sum(len(page.gaps) for page in pages) < sum(len(page.blocks) for page in pages) / 4


def test_the_packed_file_bears_no_time():
    packed = [body for name, body in damage.corpus_files(MASTERS, PLAN).items() if name.endswith(".gz")]
    assert packed
    assert all(body[4:8] == b"\0\0\0\0" and gzip.decompress(body) for body in packed)


def test_no_bundled_file_holds_an_adult_or_gambling_term(written):
    terms = reference.text("spam_lexicon.txt").partition("# 推广")[0].splitlines()
    terms = [term for term in terms if term and not term.startswith("#")]
    assert terms
    texts = [raw.text.lower() for path in corpus_files(written) for raw in read_file(path, written, MAX_FILE_BYTES)]
    assert [term for term in terms for text in texts if term in text] == []
