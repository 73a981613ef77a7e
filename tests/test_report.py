"""A run's report: its counts, its table, its JSON, its complaints, and no bar where no terminal is."""

from __future__ import annotations

import io
import json

from rich.console import Console

from shanhai import report
from shanhai.records import Rejected
from shanhai.report import RunReport


def run_report(rejected: int = 1, published: int = 3, failures: int = 0) -> RunReport:
    return RunReport(
        files=rejected + published,
        published=published,
        rejected=tuple(Rejected(file=f"{n}.txt", rule="READ-EMPTY", reason="空") for n in range(rejected)),
        repairs={"PINYIN-01": 4, "SCRIPT-01": 9},
        seconds={"read": 0.25},
        failures=failures,
    )


def printed(run: RunReport) -> str:
    stream = io.StringIO()
    report.show(run, Console(file=stream, width=100))
    return stream.getvalue()


def test_the_table_names_files_reasons_rules_and_steps():
    text = printed(run_report())
    for word in (
        "4 files read",
        "3 articles published",
        "1 set aside",
        "13 repairs",
        "0.txt",
        "READ-EMPTY",
        "PINYIN-01",
        "read",
    ):
        assert word in text
    assert text.index("SCRIPT-01") < text.index("PINYIN-01"), "the most frequent rule comes first"


def test_the_json_holds_the_same():
    parsed = json.loads(report.to_json(run_report()))
    assert parsed["published"] == 3
    assert parsed["rejected"][0] == {"file": "0.txt", "rule": "READ-EMPTY", "reason": "空", "excerpt": ""}


def test_a_share_above_the_allowed_one_is_complained_of_and_one_below_is_not():
    assert report.complaints(run_report(1, 3), 0.25) == []
    assert "set aside" in report.complaints(run_report(2, 3), 0.25)[0]


def test_an_empty_corpus_and_faults_of_ours_are_complained_of():
    assert "no file" in report.complaints(run_report(0, 0), 0.2)[0]
    assert "fault of this program" in report.complaints(run_report(0, 3, failures=1), 0.2)[0]


def test_an_empty_run_has_no_set_aside_share():
    assert run_report(0, 0).set_aside_share == 0


def test_without_a_terminal_the_progress_prints_nothing():
    stream = io.StringIO()
    assert list(report.progress(range(5), 5, "x", Console(file=stream))) == [0, 1, 2, 3, 4]
    assert stream.getvalue() == ""


def test_on_a_terminal_a_bar_appears_only_when_the_work_takes_long(monkeypatch):
    quick, slow = io.StringIO(), io.StringIO()
    list(report.progress(range(3), 3, "Converting", Console(file=quick, force_terminal=True)))
    monkeypatch.setattr(report, "PROGRESS_AFTER_SECONDS", -1.0)
    list(report.progress(range(3), 3, "Converting", Console(file=slow, force_terminal=True)))
    assert "Converting" not in quick.getvalue()
    assert "Converting" in slow.getvalue()
