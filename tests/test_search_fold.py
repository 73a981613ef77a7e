"""Folding: what counts as the same when a text is searched."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from opencc import OpenCC

from shanhai import reference
from shanhai.annotate import gazetteer
from shanhai.search import fold as folding
from shanhai.search.fold import fold, fold_lines, is_letter, letter_runs, letters, variants, variants_among

CASES = json.loads((Path(__file__).parent / "search_cases" / "fold.json").read_text(encoding="utf-8"))
SAMPLE = Path(__file__).parents[1] / "corpus"
PEOPLE_TYPE = ("s2t", "s2tw", "s2hk")
HAN = [chr(code) for first, end in ((0x3400, 0x4DC0), (0x4E00, 0xA000)) for code in range(first, end)]
ODD = "e\u0301\u200b\ufe0f\u1112\u1161\u3000 \n\u0130\u03a3\u03c2張裏\u2026\uff21\u2460\U00020bb7\U0002f800\u4951x"
LINES = st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"])), max_size=12)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_shared_cases(case: dict[str, object]) -> None:
    """The cases that the scripts of the site pass, too."""
    pairs = str(case["variants"])
    table = dict(zip(pairs[::2], pairs[1::2], strict=True))
    assert fold(str(case["text"]), table) == case["folded"]
    assert letter_runs(str(case["folded"])) == case["runs"]


@given(LINES)
@example("e\u200b\u0301")
def test_folding_twice_is_folding_once(text: str) -> None:
    """A folded text is its own folded form."""
    assert fold(fold(text)) == fold(text)


def test_every_character_folds_to_its_own_fold() -> None:
    """Each of the 1.1 million alone."""
    every = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    assert [one for one in every if fold(fold(one)) != fold(one)] == []


def test_nothing_is_dropped_beyond_the_planes_that_are_looked_at() -> None:
    """White space, controls and format characters stand in the planes that the table is made from."""
    dropped = [code for code in range(0x110000) if unicodedata.category(chr(code)) in ("Zs", "Zl", "Zp", "Cc", "Cf")]
    assert [code for code in dropped if fold(chr(code))] == []


@given(st.lists(LINES, min_size=1, max_size=6))
@example(["a\nb", "", "\u0301"])
def test_lines_fold_as_one_array_as_each_does_alone(lines: list[str]) -> None:
    """The array holds the code units of each folded line and a line end behind it."""
    found = fold_lines(lines)
    wanted = "".join(f"{fold(line)}\n" for line in lines)
    assert found.codes.astype("<u2").tobytes() == wanted.encode("utf-16-le")
    assert found.sizes.tolist() == [len(fold(line).encode("utf-16-le")) // 2 for line in lines]


@given(LINES)
def test_letters_of_code_units_are_those_of_characters(text: str) -> None:
    """An astral letter is two letters."""
    found = letters(folding.code_units(text + "\n")).tolist()
    assert found == [is_letter(one) for one in text + "\n" for _ in range(1 + (ord(one) > 0xFFFF))]


@pytest.mark.parametrize("kind", PEOPLE_TYPE)
def test_traditional_characters_are_found_alone(kind: str) -> None:
    """What OpenCC makes of any Han character of the basic plane folds as the character itself does."""
    others = OpenCC(kind).convert("\n".join(HAN)).split("\n")
    assert [(one, other) for one, other in zip(HAN, others, strict=True) if fold(one) != fold(other)] == []


@pytest.mark.parametrize("kind", PEOPLE_TYPE)
def test_traditional_texts_are_found(kind: str) -> None:
    """The sample, all place names and the themes fold alike in simplified and in traditional characters."""
    convert = OpenCC(kind).convert
    files = sorted(path for path in SAMPLE.rglob("*") if path.suffix in {".txt", ".md", ".jsonl"})
    texts = [path.read_bytes().decode("utf-8", "ignore") for path in files]
    texts += ["\n".join(sorted({one.name for one in gazetteer.units()})), reference.text("themes.yml")]
    assert len(files) > 10
    for line in (line for text in texts for line in text.splitlines() if "\0" not in line):
        assert fold(convert(line)) == fold(line)


@pytest.mark.parametrize("kind", PEOPLE_TYPE)
def test_phrases_with_a_traditional_form_of_their_own_are_found(kind: str) -> None:
    """Words for which OpenCC has a phrase of its own fold alike (from pypinyin's list of phrases)."""
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415 - 47,000 phrases, for this test only

    phrases = sorted(phrases_dict)
    others = OpenCC(kind).convert("\n".join(phrases)).split("\n")
    assert [(one, other) for one, other in zip(phrases, others, strict=True) if fold(one) != fold(other)] == []


def test_a_representative_is_no_variant() -> None:
    """One look at the table is enough, and every entry is one folded character."""
    table = variants()
    assert not set(table) & set(table.values())
    assert all(len(one) == len(other) == 1 for one, other in table.items())
    assert all(unicodedata.normalize("NFKC", one).lower() == one for pair in table.items() for one in pair)
    assert len(table) > 4000


def test_the_table_of_a_site_names_only_what_leads_to_its_characters() -> None:
    """Pairs by code, both characters of each."""
    assert variants_among("张里") == "哩里張张裏里裡里"
    assert variants_among("") == ""


def test_characters_are_listed_once_astral_ones_whole() -> None:
    """As they stand in the folded lines."""
    found = folding.characters(folding.code_units("里\U00020bb7a里\n"))
    assert found == "\na里\U00020bb7"
    assert isinstance(folding.code_units("a"), np.ndarray)
