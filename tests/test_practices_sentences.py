"""Sentences as reports of the field have them, with the working models that they name."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from shanhai.annotate import practices
from themed_texts import described

SENTENCES = yaml.safe_load((Path(__file__).parent / "practice_sentences.yml").read_text(encoding="utf-8"))


def found(text):
    return [(practice.name, practice.evidence.rule) for practice in practices.find(described(text))]


@pytest.mark.parametrize(("text", "names"), SENTENCES["found"].items())
def test_the_models_that_a_sentence_names_are_found_and_nothing_else(text, names):
    assert [name for name, _ in found(text)] == names


@pytest.mark.parametrize("text", SENTENCES["none"])
def test_slogans_speech_honours_goods_and_amounts_name_no_model(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name", "rule"),
    [
        ("参加雨露计划的有二百人。", "雨露计划", "PRACTICE-13"),
        ("镇里实施头雁工程。", "头雁工程", "PRACTICE-13"),
        ("村里坚持四议两公开。", "四议两公开", "PRACTICE-11"),
        ("县里推行网格化管理、清单制。", "清单制", "PRACTICE-11"),
        ("他们采取支部+合作社。", "支部+合作社", "PRACTICE-07"),
        ("公司+基地+农户见效了。", "公司+基地+农户", "PRACTICE-07"),
        ("启动《青芽计划》。", "青芽计划", "PRACTICE-03"),
        ("推行“135”工作法。", "135", "PRACTICE-01"),
        ("推行“日看夜访”为民服务机制。", "日看夜访", "PRACTICE-01"),
    ],
)
def test_each_kind_of_name_has_its_rule(text, name, rule):
    assert found(text) == [(name, rule)]


@pytest.mark.parametrize(
    "text",
    [
        "投入五千万工程款。",
        "实行项目责任清单制。",
        "印发《青芽计划》。",
        "支部+合作社的人都来了。",
        "大家商量公司+农户。",
        "实施“123”。",
    ],
)
def test_amounts_lists_documents_and_numbers_name_no_model(text):
    assert found(text) == []


def test_an_unquoted_name_inside_a_quotation_is_not_found_again():
    assert found("他说\uff1a“学习枫桥经验靠大家。”") == [("枫桥经验", "PRACTICE-11")]
    assert [name for name, _ in found("推行“学习枫桥经验办实事”活动。")] == ["学习枫桥经验办实事"]
