"""The postings of all terms as text, in shards by the first bits of a term's hash."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from shanhai.search.codes import (
    PARAMETER_BITS,
    VALUE_BITS,
    Codes,
    best_parameters,
    gamma_lengths,
    rice_lengths,
)
from shanhai.search.postings import HASH_BITS, merged, taken_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from shanhai.search.postings import Block, Postings

    Numbers = NDArray[np.int64]

MOST_POSTINGS = 1500
"""So many postings a shard has at most on average: about 2 kB, of which a query reads a handful."""

MOST_BITS = 14

POSTINGS_AT_A_TIME = 40_000
"""So many are sorted and encoded in one go: arrays of this size stay in the cache of a processor."""


class Shape(NamedTuple):
    """How an index is cut: 2 ** `bits` shards, unit numbers of `width` bits."""

    bits: int
    width: int


def shape(postings: int, units: int) -> Shape:
    """The shape of an index of so many postings and units."""
    bits = next((bits for bits in range(MOST_BITS) if postings <= MOST_POSTINGS << bits), MOST_BITS)
    return Shape(bits, max((units - 1).bit_length(), 1))


def shard_of(hashes: NDArray[np.uint32], bits: int) -> Numbers:
    """The shard of each term."""
    return hashes.astype(np.int64) >> (HASH_BITS - bits)


def encoded(blocks: Sequence[Block], form: Shape, wanted: NDArray[np.bool_]) -> Iterator[tuple[int, str]]:
    """(Number, text) of the wanted shards, by number."""
    shards = 1 << form.bits
    first_hashes = (np.arange(shards, dtype=np.uint64) << np.uint64(HASH_BITS - form.bits)).astype(np.uint32)
    edges = [np.append(np.searchsorted(one.hashes, first_hashes), len(one.hashes)) for one in blocks]
    starts = list(accumulate((one.unit_count for one in blocks), initial=0))[:-1]
    sizes = sum((np.diff(one) for one in edges), np.zeros(shards, dtype=np.int64))
    for numbers in _portions(np.flatnonzero(wanted), sizes):
        found = merged(blocks, [_within(one, numbers) for one in edges], starts)
        yield from zip(numbers.tolist(), _encoded(found, form, numbers), strict=True)


def _portions(numbers: Numbers, sizes: Numbers) -> list[Numbers]:
    """The shards in portions whose postings are few enough to be encoded in one go."""
    if not len(numbers):
        return []
    portion = np.cumsum(sizes[numbers]) // POSTINGS_AT_A_TIME
    return np.split(numbers, np.flatnonzero(np.diff(portion)) + 1)


def _within(edges: Numbers, numbers: Numbers) -> slice | Numbers:
    """Where the postings of some shards stand in a block."""
    first, last = int(numbers[0]), int(numbers[-1])
    if last - first + 1 == len(numbers):
        return slice(int(edges[first]), int(edges[last + 1]))
    sizes = edges[numbers + 1] - edges[numbers]
    return np.arange(int(sizes.sum())) + np.repeat(edges[numbers] - _before(sizes), sizes)


class _Terms(NamedTuple):
    """The terms of some shards in order, and their postings."""

    starts: Numbers
    """The number of each term's first posting."""
    df: Numbers
    weighed: NDArray[np.bool_]
    """Whether any frequency is above one: else none is written."""
    shard: Numbers
    gaps: Numbers
    """What lies between each remainder and the one before in its shard."""
    gap_parameters: Numbers
    of_shard: Numbers
    """How many terms each shard has."""


class _Places(NamedTuple):
    """The units of all postings, and the parameter of their term's gaps; -1 for a term in one unit.

    `frequencies` are 0 where they are not written, `frequency_lengths` the bits that they take.
    """

    gaps: Numbers
    units: Numbers
    frequencies: Numbers
    frequency_lengths: Numbers
    parameters: Numbers


def _encoded(found: Postings, form: Shape, numbers: Numbers) -> list[str]:
    """The texts of the shards of these numbers; `found` are all of their postings."""
    hashes, units, frequencies = taken_apart(found)
    terms = _terms(hashes, frequencies, form, numbers)
    gaps = _gaps(units, terms.starts)
    written = np.repeat(terms.weighed, terms.df)
    places = _Places(
        gaps,
        units,
        np.where(written, frequencies, 0),
        np.where(written, gamma_lengths(frequencies), 0),
        np.repeat(_unit_parameters(gaps, terms), terms.df),
    )
    shard_heads = gamma_lengths(terms.of_shard + 1) + PARAMETER_BITS
    term_heads = _term_head_lengths(terms)
    lengths = _place_lengths(places, form.width) + places.frequency_lengths
    lengths[terms.starts] += term_heads
    before = _before(lengths)
    ends = np.searchsorted(np.repeat(terms.shard, terms.df), np.arange(len(numbers)), side="right")
    in_shard = np.diff(np.append(before, lengths.sum())[ends], prepend=0)
    values = -(-(shard_heads + in_shard) // VALUE_BITS)
    shard_places = _before(values) * VALUE_BITS
    place = before + np.repeat((shard_places + shard_heads - _before(in_shard))[terms.shard], terms.df)

    codes = Codes(int(values.sum()) * VALUE_BITS)
    _write_shard_heads(codes, shard_places, shard_heads, terms)
    _write_terms(codes, place[terms.starts], terms, places.parameters[terms.starts])
    place[terms.starts] += term_heads
    _write_places(codes, place, places, form.width)
    text = codes.text()
    last = np.cumsum(2 * values).tolist()
    return [text[start:end] for start, end in zip([0, *last], last, strict=False)]


def _terms(hashes: NDArray[np.uint32], frequencies: Numbers, form: Shape, numbers: Numbers) -> _Terms:
    starts = np.flatnonzero(np.diff(hashes, prepend=~hashes[:1]))
    terms = hashes[starts].astype(np.int64)
    shard = np.searchsorted(numbers, terms >> (HASH_BITS - form.bits))
    of_shard = np.bincount(shard, minlength=len(numbers))
    gaps = _gaps(terms & ((1 << (HASH_BITS - form.bits)) - 1), np.flatnonzero(np.diff(shard, prepend=-1)))
    parameters = np.zeros(len(numbers), dtype=np.int64)
    parameters[of_shard > 0] = best_parameters(gaps, _before(of_shard)[of_shard > 0])
    weighed = np.maximum.reduceat(frequencies, starts) > 1 if len(starts) else np.zeros(0, dtype=np.bool_)
    return _Terms(starts, np.diff(np.append(starts, len(hashes))), weighed, shard, gaps, parameters, of_shard)


def _unit_parameters(gaps: Numbers, terms: _Terms) -> Numbers:
    """The parameter of each term's gaps, -1 for a term that is in one unit only."""
    several = terms.df > 1
    parameters = np.full(len(terms.df), -1, dtype=np.int64)
    if several.any():
        parameters[several] = best_parameters(gaps[np.repeat(several, terms.df)], _before(terms.df[several]))
    return parameters


def _gaps(numbers: Numbers, starts: Numbers) -> Numbers:
    """What lies between each number and the one before, in groups that begin at `starts` as if behind -1."""
    gaps = np.diff(numbers, prepend=-1) - 1
    gaps[starts] = numbers[starts]
    return gaps


def _before(lengths: Numbers) -> Numbers:
    """The sum of all lengths before each."""
    return np.cumsum(lengths) - lengths


def _term_head_lengths(terms: _Terms) -> Numbers:
    gaps = rice_lengths(terms.gaps, terms.gap_parameters[terms.shard])
    return gaps + gamma_lengths(terms.df) + 1 + np.where(terms.df > 1, PARAMETER_BITS, 0)


def _place_lengths(places: _Places, width: int) -> Numbers:
    several = places.parameters >= 0
    return np.where(several, rice_lengths(places.gaps, np.maximum(places.parameters, 0)), width)


def _write_shard_heads(codes: Codes, starts: Numbers, lengths: Numbers, terms: _Terms) -> None:
    codes.gamma(starts, terms.of_shard + 1)
    codes.fixed(starts + lengths - PARAMETER_BITS, terms.gap_parameters, np.full(len(starts), PARAMETER_BITS))


def _write_terms(codes: Codes, place: Numbers, terms: _Terms, parameters: Numbers) -> None:
    gap_parameters = terms.gap_parameters[terms.shard]
    codes.rice(place, terms.gaps, gap_parameters)
    place = place + rice_lengths(terms.gaps, gap_parameters)
    codes.gamma(place, terms.df)
    place = place + gamma_lengths(terms.df)
    codes.fixed(place, terms.weighed.astype(np.int64), np.ones(len(place), dtype=np.int64))
    several = parameters >= 0
    place = place[several] + 1
    codes.fixed(place, parameters[several], np.full(len(place), PARAMETER_BITS))


def _write_places(codes: Codes, place: Numbers, places: _Places, width: int) -> None:
    """The end of a number's code and its frequency are put as one; a frequency has at most seven bits."""
    several = places.parameters >= 0
    parameters = np.maximum(places.parameters, 0)
    ones = np.where(several, places.gaps >> parameters, 0)
    some = np.flatnonzero(ones)
    codes.ones(place[some], ones[some])
    last = np.where(several, places.gaps & ((1 << parameters) - 1), places.units)
    widths = np.where(several, parameters + 1, width) + places.frequency_lengths
    codes.fixed(place + ones, last << places.frequency_lengths | places.frequencies, widths)
