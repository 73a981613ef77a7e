"""The settings say all their faults at once, each with key and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from shanhai.errors import SettingsError
from shanhai.settings import load_settings, parse_settings

BASE = Path("base").resolve()


def test_defaults_hold_where_nothing_is_set():
    settings = parse_settings(None, BASE)
    assert settings.corpus == BASE / "corpus"
    assert settings.workers == 1


def test_a_corpus_given_by_the_caller_wins():
    assert parse_settings({"corpus": "a"}, BASE, Path("b")).corpus == Path("b").resolve()


def test_all_faults_are_reported_at_once_with_key_and_remedy():
    given = {
        "corpus": 3,
        "max_file_bytes": 0,
        "allowed_set_aside_share": 1.5,
        "workers": True,
        "worker": 2,
        "colour": "red",
    }
    with pytest.raises(SettingsError) as caught:
        parse_settings(given, BASE)
    assert [key for key, _, _ in caught.value.faults] == [
        "worker",
        "colour",
        "corpus",
        "max_file_bytes",
        "allowed_set_aside_share",
        "workers",
    ]
    text = str(caught.value)
    assert "6 fault(s)" in text
    assert "Did you mean workers?" in text
    assert all(remedy and remedy in text for _, _, remedy in caught.value.faults)


def test_a_section_that_is_no_mapping_is_a_fault():
    with pytest.raises(SettingsError, match="not a mapping"):
        parse_settings(["corpus"], BASE)


@pytest.mark.parametrize("content", ["extra: [", "extra:\n  shanhai:\n    workers: many\n"])
def test_a_faulty_file_is_a_settings_error(tmp_path, content):
    file = tmp_path / "mkdocs.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError):
        load_settings(file)


def test_a_missing_file_is_a_settings_error_that_names_it(tmp_path):
    with pytest.raises(SettingsError, match=r"nowhere\.yml"):
        load_settings(tmp_path / "nowhere.yml")


def test_the_environment_names_the_corpus(tmp_path, monkeypatch):
    monkeypatch.setenv("SHANHAI_TEST_CORPUS", "elsewhere")
    file = tmp_path / "mkdocs.yml"
    file.write_text("extra:\n  shanhai:\n    corpus: !ENV [SHANHAI_TEST_CORPUS, corpus]\n", encoding="utf-8")
    assert load_settings(file).corpus == (tmp_path / "elsewhere").resolve()
