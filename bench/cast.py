"""Whom and what one generated article speaks of: a pair of places, villages, persons, bodies, a year and figures."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from shanhai import reference
from shanhai.annotate import gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from vocabulary import Vocabulary

VILLAGE_ENDINGS = ("村", "村", "村", "镇", "乡", "社区", "街道")
BODY_ENDINGS = (
    "农业科技有限公司", "食品有限公司", "种植专业合作社", "养殖专业合作社", "中学", "职业技术学校", "人民医院",
    "小学", "电子商务有限公司", "建设集团", "生态农业发展有限公司", "商会", "基金会", "研究院",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1996, 2025
YEAR_WEIGHTS = tuple([1] * 14 + [3] * 6 + [10] * 10)
"""From 1996 on: a third of such reports stand before the campaign of 2016, which is when the field grew."""

PERSONS_MOST, VILLAGES_MOST, BODIES_MOST = 6, 5, 4


class _Publications(msgspec.Struct):
    papers: list[str]
    sites: list[str]


class _Pair(msgspec.Struct):
    origin: str = msgspec.field(name="from")


class _Round(msgspec.Struct):
    pairs: list[_Pair]


class Side(NamedTuple):
    """A county, city or district: its own name, the short one, and those of the units above it from the province on."""

    name: str
    short: str
    above: tuple[str, ...]

    @property
    def full(self) -> str:
        """The name from the province down."""
        return "".join((*self.above, self.name))

    @property
    def province(self) -> str:
        """The province that it is in; its own name where nothing stands above it."""
        return (*self.above, self.name)[0]


class Cast(NamedTuple):
    """Those who appear in one article. `year` is that of the article."""

    origin: Side
    target: Side
    neighbours: tuple[Side, ...]
    villages: tuple[str, ...]
    persons: tuple[str, ...]
    bodies: tuple[str, ...]
    year: int
    source: str

    def place(self, random: Random) -> str:
        """A place as a text mentions it: the assisted unit most often, in short, now and then in full."""
        chosen = random.choices(_MENTIONS, [weight for _, weight in _MENTIONS])[0][0]
        return chosen(self, random)


def cast(words: Vocabulary, random: Random) -> Cast:
    """A new cast: the pair from the gazetteer, all else made up."""
    east, west = _sides()
    origin, target = random.choice(east), random.choice(west)
    near = [side for side in west if side.above[:1] == target.above[:1]]
    return Cast(
        origin=origin,
        target=target,
        neighbours=tuple(random.choice(near) for _ in range(3)),
        villages=tuple(
            _given(words, random, 2) + random.choice(VILLAGE_ENDINGS) for _ in range(random.randint(2, VILLAGES_MOST))
        ),
        persons=tuple(_person(words, random) for _ in range(random.randint(2, PERSONS_MOST))),
        bodies=tuple(_body(words, random, origin, target) for _ in range(random.randint(1, BODIES_MOST))),
        year=random.choices(range(FIRST_YEAR, LAST_YEAR + 1), YEAR_WEIGHTS)[0],
        source=random.choice(_sources()),
    )


def number(like: str, random: Random) -> str:
    """Another number of the same kind: as many digits or one more or less, the first one small rather than large."""
    whole, point, decimals = like.partition(".")
    digits = max(1, len(whole) + random.choice((-1, 0, 0, 0, 1)))
    first = random.choices("123456789", (30, 18, 12, 10, 8, 7, 6, 5, 4))[0]
    rest = "".join(random.choice("0123456789") for _ in range(digits - 1))
    return first + rest + point + "".join(random.choice("123456789") for _ in decimals)


def _person(words: Vocabulary, random: Random) -> str:
    return words.surnames.draw(random) + _given(words, random, random.choice((1, 2, 2, 2)))


def _given(words: Vocabulary, random: Random, count: int) -> str:
    return "".join(words.given.draw(random) for _ in range(count))


def _body(words: Vocabulary, random: Random, origin: Side, target: Side) -> str:
    seat = random.choice((origin.short, target.short, ""))
    return seat + _given(words, random, 2) + random.choice(BODY_ENDINGS)


_MENTIONS: tuple[tuple[Callable[[Cast, Random], str], int], ...] = (
    (lambda cast, _: cast.target.short, 34),
    (lambda cast, _: cast.target.full, 8),
    (lambda cast, _: cast.target.name, 8),
    (lambda cast, _: cast.origin.short, 7),
    (lambda cast, _: cast.origin.name, 6),
    (lambda cast, _: cast.origin.province, 5),
    (lambda cast, _: cast.target.province, 6),
    (lambda cast, random: random.choice(cast.villages), 17),
    (lambda cast, random: random.choice(cast.neighbours).name, 9),
)
"""What a mention of a place names, and how often."""


@cache
def _sources() -> tuple[str, ...]:
    known = reference.load("publications.yml", _Publications)
    return tuple(sorted({*known.papers, *known.sites}))


def _rounds() -> list[_Round]:
    return reference.load("pairings.yml", list[_Round])


@cache
def _sides() -> tuple[tuple[Side, ...], tuple[Side, ...]]:
    """The units of today below the provinces that assist, and those of the west."""
    region = {one.code[:2]: one.region for one in gazetteer.provinces()}
    assisting = {gazetteer.code_of(pair.origin) or "" for one in _rounds() for pair in one.pairs}
    assisting = {code[:2] for code in assisting}
    east: list[Side] = []
    west: list[Side] = []
    for one in gazetteer.units():
        if one.last_year is not None or one.level == "province" or one.kind:
            continue
        if region[one.code[:2]] == "west":
            west.append(_side(one))
        elif one.code[:2] in assisting:
            east.append(_side(one))
    return tuple(east), tuple(west)


def _side(one: gazetteer.Unit) -> Side:
    short = gazetteer.short_names(one.name)
    above: list[str] = []
    parent = one.parent
    while parent:
        up = gazetteer.unit(parent)
        above.insert(0, up.name)
        parent = up.parent
    return Side(one.name, short[0] if short else one.name, tuple(above))
