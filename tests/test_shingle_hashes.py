"""The arithmetic of near-duplicates: hashes of all shingles at once, and what is drawn of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shanhai.relate import near_duplicates as near

_TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="山海之间修一条路\U00010000\U0010ffff", max_size=200),
    st.integers(1, 3000).map(lambda number: "".join(chr(0x4E00 + number * at * at % 20900) for at in range(number))),
)


@given(_TEXTS)
def test_the_hash_of_a_shingle_is_that_of_its_own_characters_wherever_it_stands(text):
    alone = [near._hashes(text[at : at + near.SHINGLE_CHARS]) for at in range(len(text) - near.SHINGLE_CHARS + 1)]
    assert near._hashes(text) == [value for hashes in alone for value in hashes]


@given(st.text(min_size=5, max_size=5))
def test_a_hash_is_the_middle_of_the_sum_of_characters_times_constants(text):
    total = sum(ord(character) * factor for character, factor in zip(text, near._FACTORS, strict=True))
    assert total < 1 << 64, "one shingle's sum never runs into another's"
    assert near._hashes(text) == [(total >> near.MIDDLE_BIT) % near.HASH_END]


@given(_TEXTS)
def test_the_low_hashes_give_the_signature_of_all(text):
    hashes = near._hashes(text)
    for limit in (near.HASH_END // 8, near.HASH_END // 2):
        low = near._least([value for value in hashes if value < limit])
        if hashes:
            assert near._signature(low, hashes) == near._signature({}, hashes)


def test_the_classes_of_a_long_text_are_filled_evenly():
    hashes = near._hashes("".join(chr(0x4E00 + at * 7919 % 20900) for at in range(64_000)))
    counts = [0] * near.HASHES
    for value in hashes:
        counts[value % near.HASHES] += 1
    assert min(counts) > 800
    assert max(counts) < 1200
    assert abs(sum(value < near.PASSAGE_LIMIT for value in hashes) - len(hashes) // near.SAMPLED_OF) < 200
