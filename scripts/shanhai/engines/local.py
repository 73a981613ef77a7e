"""Work spread on this machine: a loop, or a pool of processes when asked for."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

S = TypeVar("S")
T = TypeVar("T")

ITEMS_A_CHUNK = 16
"""Articles handed to a worker at a time: enough that passing them costs little beside converting them."""


def spread(function: Callable[[S], T], items: Sequence[S], workers: int = 1) -> Iterator[T]:
    """The results in the order of the items. With `workers` > 1 the function must be importable by name.

    Processes are spawned, not forked: some text libraries keep threads that do not survive a fork.
    """
    if workers <= 1 or len(items) <= 1:
        yield from map(function, items)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(items)), mp_context=context) as pool:
        yield from pool.map(function, items, chunksize=ITEMS_A_CHUNK)
