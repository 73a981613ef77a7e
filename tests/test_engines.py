"""Work gives the same results in the same order however it is spread."""

from __future__ import annotations

from shanhai.engines.local import spread


def test_a_pool_gives_what_a_loop_gives():
    items = [str(n) for n in range(40)]
    assert list(spread(int, items, workers=2)) == list(spread(int, items)) == list(range(40))


def test_no_items_give_no_results():
    assert list(spread(int, [], workers=2)) == []
