"""The codes of the index: the short writer, the one for whole arrays, and a reader that shares nothing with them."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_reader import Bits, term_hash
from search_reader import Index as Reader
from shanhai.search.codes import (
    ALPHABET,
    BitWriter,
    Codes,
    base91,
    best_parameter,
    best_parameters,
    bucket,
    gamma_lengths,
    rice_lengths,
    scattered,
    statement,
)
from shanhai.search.postings import hashed

NUMBERS = st.integers(0, 2**20)


def test_the_alphabet_has_91_characters_that_a_string_in_a_script_holds_as_they_are() -> None:
    """All printable, all ASCII, none that JSON escapes, and no `<`, with which a script could end."""
    assert len(set(ALPHABET)) == 91
    assert json.dumps(ALPHABET) == f'"{ALPHABET}"'
    assert not set(ALPHABET) & set(' "\\<')


def test_codes_are_as_the_format_has_them() -> None:
    """The bits of small numbers, by hand."""
    stream = BitWriter()
    stream.gamma(1)
    stream.gamma(5)
    stream.rice(9, 2)
    stream.fixed(3, 4)
    assert stream.text() == base91("1" + "00101" + "11001" + "0011")
    assert base91("0" * 13) == "!!"
    assert base91("1") == ALPHABET[4096 // 91] + ALPHABET[4096 % 91]
    assert base91("") == ""


@given(st.lists(st.tuples(st.sampled_from(["fixed", "gamma", "rice"]), NUMBERS, st.integers(12, 20))))
def test_what_is_written_is_read(codes: list[tuple[str, int, int]]) -> None:
    """Any sequence of codes comes back from its base 91."""
    stream = BitWriter()
    for kind, number, width in codes:
        if kind == "gamma":
            stream.gamma(number + 1)
        else:
            getattr(stream, kind)(number % 2**width, width)
    bits = Bits(stream.text())
    for kind, number, width in codes:
        read = bits.gamma() - 1 if kind == "gamma" else getattr(bits, kind)(width)
        assert read == (number if kind == "gamma" else number % 2**width)
    assert set(bits.left) <= {"0"}
    assert len(bits.left) < 13


@given(st.sets(NUMBERS, max_size=50))
def test_rising_numbers_come_back(numbers: set[int]) -> None:
    """A list of articles is written by its gaps."""
    stream = BitWriter()
    stream.rising(sorted(numbers))
    bits = Bits(stream.text())
    assert list(bits.rising(len(numbers), bits.fixed(5))) == sorted(numbers)


@given(st.lists(st.lists(st.integers(0, 2**14), min_size=1, max_size=30), min_size=1, max_size=8))
def test_arrays_of_codes_are_the_same_bits_as_one_code_after_another(groups: list[list[int]]) -> None:
    """Groups of Rice codes, each behind its parameter, with gamma codes between."""
    parameters = [best_parameter(group) for group in groups]
    stream = BitWriter()
    for group, parameter in zip(groups, parameters, strict=True):
        for number in group:
            stream.rice(number, parameter)
            stream.gamma(number + 1)
            stream.fixed(number, 14 + (number == 2**14))
    numbers = np.array([number for group in groups for number in group])
    of_number = np.repeat(parameters, [len(group) for group in groups])
    rice, gamma = rice_lengths(numbers, of_number), gamma_lengths(numbers + 1)
    fixed = 14 + (numbers == 2**14)
    ends = np.cumsum(rice + gamma + fixed)
    codes = Codes(int(ends[-1]))
    codes.gamma(ends - fixed - gamma, numbers + 1)
    codes.fixed(ends - fixed, numbers, fixed)
    codes.rice(ends - fixed - gamma - rice, numbers, of_number)
    assert codes.text() == stream.text()


@given(st.lists(st.lists(st.integers(0, 2**24), min_size=1, max_size=40), min_size=1, max_size=8))
def test_the_parameter_of_each_group_is_the_cheapest(groups: list[list[int]]) -> None:
    """No other of the 32 parameters makes the codes of a group shorter."""
    first = np.cumsum([0, *map(len, groups)])[:-1]
    found = best_parameters(np.array([number for group in groups for number in group]), first)
    for group, parameter in zip(groups, found.tolist(), strict=True):
        costs = [sum((number >> one) + 1 + one for number in group) for one in range(32)]
        assert costs[parameter] == min(costs)
        assert best_parameter(group) == costs.index(min(costs))


@given(st.lists(st.integers(0, 2**32 - 1), min_size=1))
def test_all_three_hashes_are_one(keys: list[int]) -> None:
    """Of arrays, of single numbers, and the reader's own."""
    assert hashed(np.array(keys, dtype=np.uint32)).tolist() == [scattered(key) for key in keys]
    assert [term_hash(key) for key in keys] == [scattered(key) for key in keys]


def test_no_two_keys_have_one_hash() -> None:
    """Each step of the hash can be undone: here for a stretch of keys as they occur."""
    keys = np.arange(0x4E004E00, 0x4E004E00 + 2_000_000, dtype=np.uint32)
    assert len(np.unique(hashed(keys))) == len(keys)


def test_a_key_stands_in_the_bucket_of_its_first_code_unit() -> None:
    """An astral character by the first half of its pair."""
    assert bucket("张家港", 8) == scattered(ord("张") << 16) & 255
    assert bucket("\U00020bb7", 5) == scattered(0xD842 << 16) & 31
    assert bucket("z", 0) == 0


@pytest.mark.parametrize("value", ['“引号"”\\</script>', "\u2028\u2029", ["\x00", {"a": None}], "\ud800"])
def test_a_statement_is_one_call_in_ascii_or_utf_8(value: object) -> None:
    """Whatever its value holds, it can be written, stands on one line and is read back."""
    text = statement("texts/00/0000", value)
    assert text.startswith('shanhaiSearch("texts/00/0000",')
    assert len(text.splitlines()) == 1
    text.encode("utf-8")
    assert Reader({"start.js": text.replace("texts/00/0000", "start")}).value("start") == value
