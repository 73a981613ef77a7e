"""The language model: what it prefers, what it is made of, and that it is loaded only where it is asked."""

from __future__ import annotations

import subprocess
import sys

import pytest

from shanhai import reference
from shanhai.errors import ReferenceDataError
from shanhai.restore import language

MODEL_MAX_BYTES = 400_000


@pytest.mark.parametrize(
    ("likely", "odd"),
    [
        ("火车跑得快\uff0c", "火车跑得苦\uff0c"),
        ("东西部扶贫协作", "东西部扶贪协作"),
        ("任务分解。“一人难挑", "任务分解?!耙蝗穗y挑"),
        ("這是一條新路", "這是一條昕路"),
        ("说完就走。\n", "说完就走\uff0c。\n"),
    ],
)
def test_text_is_likelier_than_its_damage(likely, odd):
    assert language.bits(likely) > language.bits(odd)


def test_both_scripts_are_as_likely():
    assert language.bits("东西部协作") == language.bits("東西部協作")


def test_half_width_marks_are_as_likely_as_the_full_width_ones():
    assert language.bits("县里,村里") == language.bits("县里\uff0c村里")


def test_a_text_is_never_certain_and_longer_text_is_less_likely():
    assert language.bits("") == 0
    assert language.bits("山") < 0
    assert language.bits("山里") > language.bits("山里的茶园")


def test_the_model_is_small_and_says_its_version_and_sources():
    text = reference.text(language.NAME)
    assert len(text.encode("utf-8")) <= MODEL_MAX_BYTES
    assert text.startswith(f"# shanhai language model, version {language.VERSION}\n")
    assert "MIT, see LICENSES/jieba.txt" in text


def test_lines_of_the_model_are_in_order():
    lines = [line for line in reference.text(language.NAME).splitlines() if not line.startswith("#")]
    assert lines == sorted(lines, key=lambda line: (line.startswith("+"), line))


def test_another_version_of_the_model_is_refused(monkeypatch):
    monkeypatch.setattr(language, "reference_text", lambda _name: "# shanhai language model, version 99\n")
    language.model.cache_clear()
    try:
        with pytest.raises(ReferenceDataError, match="version"):
            language.model()
    finally:
        language.model.cache_clear()


def test_the_chain_loads_no_model_for_a_page_without_damaged_bytes():
    code = (
        "from shanhai.restore.chain import restore\n"
        "from shanhai.restore import language\n"
        "from shanhai.records import RawArticle\n"
        "text = '山里的茶园一片连着一片,采茶的季节到了吗?到了。'\n"
        "restore(RawArticle(file='a.txt', sha256='0', format='text', encoding='utf-8', text=text))\n"
        "print(language.model.cache_info().currsize)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.strip() == "0"
