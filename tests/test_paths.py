"""Dates and texts become ids and paths that are safe on every system, whatever they hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.relate.identity import article_id, article_path

# A slow machine is no fault of the code, and the first example loads libraries.
UNTIMED = settings(deadline=None)
TABLE = yaml.safe_load(Path(__file__).with_name("injection.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("date", "before_digest", "folder"),
    [
        ("2019-03-11", "20190311-", "articles/2019/0311-"),
        ("2019-03", "201903-", "articles/2019/03-"),
        ("2019", "2019-", "articles/2019/"),
        ("", "undated-", "articles/undated/"),
        ("2019-03-11/2019-03-12", "20190311-", "articles/2019/0311-"),
        ("2019-03~", "201903-", "articles/2019/03-"),
        ("201X", "undated-", "articles/undated/"),
        ("2019-13-01", "2019-", "articles/2019/"),
        ("../../etc", "undated-", "articles/undated/"),
        ("\uff12\uff10\uff11\uff19", "undated-", "articles/undated/"),
    ],
)
def test_id_and_path_say_the_date_as_far_as_it_is_known(date, before_digest, folder):
    identifier = article_id(date, "正文")
    digest = identifier[-10:]
    assert re.fullmatch(r"[0-9a-f]{10}", digest)
    assert identifier == before_digest + digest
    assert article_path(identifier) == folder + digest


def test_white_space_does_not_change_an_id_and_a_character_does():
    assert article_id("2019", " 甲\u3000乙\r\n丙 ") == article_id("2019", "甲 乙\n\n丙")
    assert article_id("2019", "甲乙丙") != article_id("2019", "甲乙丁")


@pytest.mark.parametrize(
    "identifier", ["", "../x", "2019-xyz", "20190311-3F9A2C1B4D", "2019031-3f9a2c1b4d", "2019-3f9a2c1b4d\n"]
)
def test_what_is_no_id_makes_no_path(identifier):
    with pytest.raises(ValueError, match="no article id"):
        article_path(identifier)


@UNTIMED
@given(st.text(max_size=20), st.text())
def test_any_date_and_text_give_a_safe_path(date, text):
    assert re.fullmatch(r"articles/(\d{4}|undated)/(\d{2}-|\d{4}-)?[0-9a-f]{10}", article_path(article_id(date, text)))


@pytest.mark.parametrize("text", [pytest.param(one["text"], id=one["case"]) for one in TABLE])
def test_title_of_the_injection_table_gives_a_safe_path(text):
    assert article_path(article_id(text, text)).startswith("articles/")
