"""Organisations that assist: their names, kinds and places, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from described_text import described
from organisation_sentences import SENTENCES
from pair_sentences import NAMES, wide
from shanhai import reference
from shanhai.annotate import organisations, pairs, places
from shanhai.records import BlockKind, Organisation


def assisting(*blocks) -> tuple[Organisation, ...]:
    article = described(*blocks)
    return organisations.find(article, places.find(article))


@pytest.mark.parametrize(("passage", "wanted"), SENTENCES)
def test_a_passage_names_the_organisations_that_assist(passage, wanted):
    """Name, kind, where it belongs if the text says so, and whom it assists."""
    found = assisting(*(line for _, line in wide(passage)))
    assert [(one.name, one.kind, one.origin, one.target) for one in found] == [
        (name, kind, NAMES[origin] if origin else None, NAMES[target]) for name, kind, origin, target in wanted
    ]


def test_an_organisation_s_help_is_no_pair_of_its_unit():
    """Of all passages only one states a pair too, between units."""
    for passage, wanted in SENTENCES:
        article = described(*(line for _, line in wide(passage)))
        found = pairs.find(article, places.find(article))
        assert not (wanted and found), passage


def test_one_organisation_is_listed_once_for_a_place():
    """By its first statement."""
    (one,) = assisting("浙江大学定点帮扶从江县。", "浙江大学对口帮扶从江县多年。")
    assert one.evidence.quote == "浙江大学定点帮扶从江县。"


def test_captions_and_notes_name_no_organisation():
    """They tell who took part, not what the article reports."""
    for kind in (BlockKind.CAPTION, BlockKind.NOTE):
        assert assisting((kind, "浙江大学定点帮扶从江县。")) == ()


def test_the_list_of_rules_is_whole():
    """What the evidence can carry is what the reader can look up."""
    assert set(organisations.rules()) == set(reference.load("rules/annotate-organisations.yml", dict[str, object]))


PIECES = st.sampled_from(
    [
        *(
            "浙江大学",
            "苏州市",
            "第九人民医院",
            "从江县",
            "集团",
            "公司",
            "国家电网",
            "民建",
            "市委",
            "对口帮扶",
            "定点帮扶",
        ),
        *(
            "与",
            "向",
            "选派",
            "到",
            "支教",
            "。",
            "\uff0c",
            "的",
            "由",
            "捐赠",
            "医院",
            "一中",
            "\n",
            organisations.BODY,
        ),
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=25))
def test_an_organisation_quotes_the_text_and_assists_a_place_of_the_article(pieces):
    """For any text: nothing is raised, quote and name stand in the text, the target was found."""
    article = described("".join(pieces))
    found = places.find(article)
    for one in organisations.find(article, found):
        assert one.evidence.quote == article.text[one.evidence.start : one.evidence.end]
        assert one.name in one.evidence.quote
        assert one.target in {place.name for place in found}
        assert one.evidence.rule in organisations.rules()
