"""What to read beside an article: others of the same pair, month and theme, and those that share passages with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import msgspec

from shanhai.records import Article
from shanhai.relate.facts import month, pair_keys, province_themes
from shanhai.relate.near_duplicates import fold, sampled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from shanhai.relate.views import Views

MOST_EACH = 5
"""More than five related articles are a list, not a hint (findings of the reading design, recommendation 2)."""

SAMPLED_OF = 16
"""Every 16th run of five characters is compared: an article of 1,000 characters has about sixty."""

MOST_HOLDERS = 20
"""A run that stands in more articles than these is a set phrase and tells nothing of two of them."""

LEAST_SHARED = 4
"""So many sampled runs must be shared, some sixty characters of text in common: fewer are a slogan or a name."""

Key = tuple[str, str]


class Neighbours(msgspec.Struct, frozen=True, kw_only=True):
    """The nearest articles of each kind, at most five each, none twice and no other printing of the article itself.

    `of_pair` and `of_theme` name what is shared: both sides of the pair, the province and the theme. `similar` shares
    passages, the most first. What belongs to several kinds stands in the first of: pair, similar, month, theme.
    """

    of_pair: tuple[tuple[Article, Key], ...] = ()
    of_month: tuple[Article, ...] = ()
    of_theme: tuple[tuple[Article, Key], ...] = ()
    similar: tuple[Article, ...] = ()


def neighbours(views: Views) -> dict[str, Neighbours]:
    """The neighbours of every article, by its id."""
    newest = views.newest
    pairs, themes, months = (
        _groups(newest, pair_keys),
        _groups(newest, province_themes),
        _groups(newest, lambda article: [(month(article), "")] if month(article) else []),
    )
    similar = _similar(newest)
    found = {}
    for position, article in enumerate(newest):
        taken = {article.id, *article.reprints}
        of_pair = _nearest(position, pair_keys(article), pairs, newest, taken)
        alike = _free(newest, (other for other, _ in similar[position].most_common()), taken)
        of_month = _nearest(position, [(month(article), "")], months, newest, taken)
        of_theme = _nearest(position, province_themes(article), themes, newest, taken)
        found[article.id] = Neighbours(
            of_pair=of_pair, similar=alike, of_month=tuple(one for one, _ in of_month), of_theme=of_theme
        )
    return found


class _Group(msgspec.Struct, frozen=True):
    """The positions of the articles of one pair, theme or month, and where each position stands among them."""

    positions: list[int]
    index: dict[int, int]


def _groups(newest: Sequence[Article], keys: Callable[[Article], Iterable[Key]]) -> dict[Key, _Group]:
    found: defaultdict[Key, list[int]] = defaultdict(list)
    for position, article in enumerate(newest):
        for key in keys(article):
            found[key].append(position)
    return {key: _Group(of_key, {one: at for at, one in enumerate(of_key)}) for key, of_key in found.items()}


def _nearest(
    position: int, keys: Iterable[Key], groups: Mapping[Key, _Group], newest: Sequence[Article], taken: set[str]
) -> tuple[tuple[Article, Key], ...]:
    """The nearest in time that share a key, those that share the most keys first; they are added to `taken`."""
    shared: dict[int, list[Key]] = {}
    for key in keys:
        group = groups.get(key)
        if group:
            at = group.index[position]
            for other in group.positions[max(0, at - MOST_EACH) : at + MOST_EACH + 1]:
                shared.setdefault(other, []).append(key)
    order = sorted(shared, key=lambda other: (-len(shared[other]), abs(other - position), other))
    chosen = _free(newest, order, taken)
    first_key = {newest[other].id: of_other[0] for other, of_other in shared.items()}
    return tuple((one, first_key[one.id]) for one in chosen)


def _free(newest: Sequence[Article], order: Iterable[int], taken: set[str]) -> tuple[Article, ...]:
    """The first five that are not taken yet, each family of printings once; they and their printings are then taken."""
    chosen: list[Article] = []
    for other in order:
        article = newest[other]
        if article.id not in taken:
            chosen.append(article)
            taken |= {article.id, *article.reprints}
            if len(chosen) == MOST_EACH:
                break
    return tuple(chosen)


def _similar(newest: Sequence[Article]) -> list[Counter[int]]:
    """For each article, by position: the others that share enough sampled runs, with how many."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for position, article in enumerate(newest):
        for run in sampled(fold(article.described.text), SAMPLED_OF):
            holders[run].append(position)
    shared: Counter[tuple[int, int]] = Counter()
    for positions in holders.values():
        if 1 < len(positions) <= MOST_HOLDERS:
            shared.update(combinations(positions, 2))
    found: list[Counter[int]] = [Counter() for _ in newest]
    for (one, other), count in sorted(shared.items()):
        if count >= LEAST_SHARED:
            found[one][other] = found[other][one] = count
    return found
