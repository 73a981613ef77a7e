"""The benchmark of restoration itself: its cases, its measures, and a small run with gates."""

from __future__ import annotations

import json

import msgspec
import pytest

import bench_restore
from bench_cases import CONTAINERS, EITHER_OR, NEEDS, STACK, operators, plan, sources
from bench_restore import outcome, run, summary
from shanhai.restore import chain
from sites import PROJECT
from sites import run as run_command

SMOKE_CASES, UNDO_CASES = 30, 200


@pytest.fixture(scope="module")
def outcomes():
    """The outcomes of a run that has every kind once."""
    return run(UNDO_CASES, seed=1)


def test_the_same_seed_gives_the_same_cases():
    assert plan(300, 5, 30) == plan(300, 5, 30) != plan(300, 6, 30)


def test_every_operator_and_container_is_a_kind_and_the_rest_are_stacks():
    kinds = {case.kind for case in plan(300, 1, 30)}
    assert kinds == {*operators(), *(f"file {name}" for name in CONTAINERS if name != "txt"), STACK}
    assert len(plan(300, 1, 30)) == 300


def test_a_stack_holds_three_operators_that_go_together_in_their_order():
    order = list(operators())
    for case in plan(600, 1, 30):
        if case.kind != STACK:
            continue
        damages = [name for name in case.operators if not name.startswith("layout")]
        added = {NEEDS[name] for name in damages if name in NEEDS}
        assert added <= set(damages)
        assert 3 <= len(damages) <= 3 + len(added)
        assert list(case.operators) == sorted(case.operators, key=order.index)
        assert not any(len(set(damages) - added & group) > 3 for group in EITHER_OR)


def test_a_small_run_comes_back_almost_whole():
    """Gates: the shares may only rise."""
    report = summary(run(SMOKE_CASES, seed=3, only=STACK))
    assert report["cases"] >= SMOKE_CASES - 3
    assert report["undone"] == report["cases"]
    assert report["exact"] >= 0.8 * report["cases"]
    assert report["kinds"][0]["character_error_percent"] <= 1.5


def test_the_log_of_every_damaged_case_leads_back(outcomes):
    applied = [one for one in outcomes if one.applies]
    assert len(applied) >= 0.95 * UNDO_CASES
    assert [one.case for one in applied if not one.undone] == []


def test_single_damages_come_back(outcomes):
    alone = [one for one in outcomes if one.applies and one.case.kind != STACK]
    assert sum(one.exact for one in alone) >= 0.9 * len(alone), [one.case for one in alone if not one.exact]


def test_what_does_not_come_back_is_measured(monkeypatch):
    """Without repairs the benchmark says so: nothing exact, errors counted, noise left, guesses none."""
    monkeypatch.setattr(chain, "STAGES", ())
    found = {kind: summary(run(4, seed=1, only=kind))["kinds"][0] for kind in ("pinyin_in_phase", "related", "masks")}
    assert all(row["exact_percent"] == 0 for row in found.values())
    assert found["pinyin_in_phase"]["character_error_percent"] > 5
    assert found["related"]["noise_out_percent"] < 100
    assert found["masks"]["wrong"] > 0
    assert found["masks"]["wrong_marked_percent"] == 0


def test_a_lost_block_is_counted(monkeypatch):
    """A good block that goes is a wrong removal."""
    case = plan(2, 1, 30, only="full_width_digits")[0]
    master = sources()[case.source]
    monkeypatch.setattr(
        bench_restore, "carried", lambda raw: _without(raw, max(master.blocks, key=len), bench_restore_carried)
    )
    assert outcome(case).lines_lost == 1


bench_restore_carried = bench_restore.carried


def _without(raw, block, carried):
    described = carried(raw)
    text = described.text.replace(block, "").replace("\n\n\n\n", "\n\n").strip("\n")
    return msgspec.structs.replace(described, text=text, log=())


def test_a_folder_of_clean_text_takes_part(tmp_path):
    (tmp_path / "clean").mkdir()
    blocks = sources()[0].blocks
    (tmp_path / "clean" / "a.txt").write_text("新的一篇\n\n" + "\n\n".join(blocks[:3]) + "\n", encoding="utf-8")
    (tmp_path / "clean" / "b.pdf").write_bytes(b"%PDF")
    found = sources(tmp_path / "clean")
    assert len(found) == len(sources()) + 1
    assert found[-1].fields["title"] == "新的一篇"
    assert found[-1].blocks[0] in blocks


def test_the_command_prints_tables_and_writes_json(tmp_path):
    target = tmp_path / "bench.json"
    done = run_command(
        PROJECT, "python", "tests/bench_restore.py", "--cases", "10", "--only", "doubled_commas", "--out", str(target)
    )
    assert done.returncode == 0, done.stderr
    assert "doubled_commas" in done.stdout
    report = json.loads(target.read_text(encoding="utf-8"))
    assert report["cases"] == 10
    assert report["kinds"][0]["kind"] == "doubled_commas"
