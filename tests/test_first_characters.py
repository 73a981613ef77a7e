"""With which characters the matches of a regular expression can begin."""

from __future__ import annotations

import re

import pytest

from shanhai.annotate.first_characters import first_characters
from shanhai.annotate.place_words import words


@pytest.mark.parametrize(
    ("expression", "chars"),
    [
        ("大学(?!生|习)", "大"),
        ("大|小", "大小"),
        ("[省市]?(?:工|农)*(?:大|学)", "省市工农大学"),
        ("等?(?:共|这)?(?:[1-3]+个[^。]{0,8}?|[两二])县", "等共这123两二"),
        ("(?:国家(?:级)?)?区", "国区"),
        ("(?!个)我+你", "我"),
        ("东{0,3}西{2}北", "东西"),
    ],
)
def test_what_a_match_can_begin_with(expression, chars):
    """Optional parts count with what may follow them."""
    assert first_characters(expression) == set(chars)


@pytest.mark.parametrize("expression", ["东?", "(?:东|西?)", ".东", "[^东]", "(?:东|西?).", r"\d东", "东|"])
def test_an_expression_without_such_characters_is_refused(expression):
    """It fits everywhere, or begins with anything."""
    with pytest.raises(ValueError, match=r"fits everywhere|any character|unknown sign"):
        first_characters(expression)


def test_no_match_of_the_place_words_begins_otherwise():
    """For every character of the expressions: where one matches, it is among the first characters."""
    entries = [entry for of_kind in words().followers.values() for entry in of_kind]
    entries += [*words().list_count, *words().list_places, *words().passing_after, *words().party_after]
    texts = re.findall(r"\w{1,6}", "".join(entries)) + list("0123456789")
    for entry in entries:
        matched = {text[0] for text in texts if re.match(entry, text)}
        assert matched <= first_characters(entry)
