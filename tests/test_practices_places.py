"""Where a working model is practised: the unit that the text speaks of."""

from __future__ import annotations

import pytest

from shanhai.annotate import practices
from shanhai.records import BlockKind, Evidence, Place
from themed_texts import described

PROVINCE, COUNTY, OTHER = "甲省", "甲省乙县", "甲省丙县"


def place_of(*blocks, named=((COUNTY, "乙县"), (OTHER, "丙县"), (PROVINCE, "甲省"))):
    """The place of the only model of an article whose subject places are named by these words."""
    article = described(*blocks)
    places = tuple(
        Place(name=name, code="", level="province" if name == PROVINCE else "county", role="subject", evidence=found)
        for name, word in named
        if (found := _evidence(article.text, word))
    )
    (practice,) = practices.find(article, places)
    return practice.place


def _evidence(text, word):
    starts = [at for at in range(len(text)) if text.startswith(word, at)]
    return tuple(Evidence(quote=word, start=at, end=at + len(word), rule="PLACE-01") for at in starts)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("乙县推行“屋场换工”模式。", COUNTY),
        ("乙县人勤。丙县推行“屋场换工”模式。", OTHER),
        ("丙县人勤。乙县山高\uff0c推行“屋场换工”模式。", COUNTY),
        ("乙县山高。村里推行“屋场换工”模式。", COUNTY),
        ("乙县在全省推行“屋场换工”模式。", PROVINCE),
        ("乙县在全省率先推行“屋场换工”模式。", COUNTY),
        ("乙县与丙县合作\uff0c推行“屋场换工”模式。", COUNTY),
        ("乙县、丙县推行“屋场换工”模式。", None),
        ("推行“屋场换工”模式的地方不少\uff0c乙县也是。", None),
    ],
)
def test_a_model_belongs_to_the_subject_named_last_before_it(text, place):
    assert place_of(text) == place


def test_a_place_above_in_the_section_holds_and_one_before_its_heading_does_not():
    assert place_of((BlockKind.HEADING, "乙县\uff1a换工"), "天晴了。", "村里推行“屋场换工”模式。") == COUNTY
    assert place_of("乙县山高。", (BlockKind.HEADING, "换工"), "村里推行“屋场换工”模式。") is None


def test_without_places_none_is_told():
    (practice,) = practices.find(described("乙县推行“屋场换工”模式。"))
    assert practice.place is None
