"""Which unit each place name of a text means, or that it means none.

Names are read in three rounds, from what speaks for itself to what needs the rest of the article: full names and the
short names of provinces and prefectures; full names that several units share or that look like ordinary words; bare
names of counties. Precision goes before recall: a name that stays open is dropped.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import rjieba

from shanhai.annotate import gazetteer, surroundings
from shanhai.annotate.placenames import SHORT_NAME_CHARS, Form, Hit, reading, scan, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.annotate.gazetteer import Unit
    from shanhai.annotate.placenames import Reading

OWN_NAME, SHORT_ENDING, BARE_NAME = "PLACE-01", "PLACE-02", "PLACE-03"
KNOWN_ELSEWHERE, AFTER_PARENT, IN_LIST = "PLACE-04", "PLACE-05", "PLACE-06"
BY_CONTEXT, PAIR_NAME = "PLACE-08", "PLACE-09"

SCORES = {
    OWN_NAME: 1.0,
    SHORT_ENDING: 0.98,
    AFTER_PARENT: 0.98,
    BARE_NAME: 0.95,
    KNOWN_ELSEWHERE: 0.95,
    IN_LIST: 0.9,
    PAIR_NAME: 0.9,
    BY_CONTEXT: 0.8,
}
"""How sure each rule is: an order set by hand, full names first."""

LONG_CORE_CHARS = 3
"""From this many characters on a county's bare name (张家港) is seldom anything else, unless it is a listed word."""

WINDOW_CHARS = 4
"""What the segmenter sees on either side of a name: the longest ordinary words have four characters."""


class Mention(NamedTuple):
    """`text[start:end]` means this unit.

    `listed` is true for one of several in a list, `passing` for a market or a native place.
    """

    start: int
    end: int
    unit: Unit
    rule: str
    listed: bool = False
    passing: bool = False


def find(text: str, year: int | None) -> list[Mention]:
    """The places that a text names, in its order, read as in an article of that year (`None`: undated)."""
    hits = [hit for hit in scan(text) if hit.name.bearers or hit.name.pair]
    return _Article(text, hits, year).mentions() if hits else []


class _Article:
    """The names of one text, and what is known of them so far."""

    def __init__(self, text: str, hits: list[Hit], year: int | None) -> None:
        self.text = text
        self.hits = hits
        self.readings = [reading(hit.name, year) for hit in hits]
        self.runs = surroundings.runs(text, hits)
        self.starts = {hit.start for hit in hits}
        self.ends = {hit.end for hit in hits}
        self.joints = self.starts & self.ends
        self.found: dict[int, tuple[Unit, str]] = {}
        self.ending_at: dict[int, Unit] = {}
        self.known: set[str] = set()
        self.around: set[str] = set()

    def mentions(self) -> list[Mention]:
        left = [i for i in range(len(self.hits)) if self._may_be_place(i) and not self._is_other_name(i)]
        pairs = [self.hits[i] for i in left if self.hits[i].name.pair]
        for step in (self._plain, self._shared, self._bare):
            left = [i for i in left if not self._settle(i, step(i))]
        listed = {run: surroundings.is_listed(self.text, run) for run in {self.runs[i] for i in self.found}}
        passing = {run: surroundings.is_passing(self.text, run) for run in listed}
        found = [
            Mention(*self.hits[i][:2], unit, rule, listed[self.runs[i]], passing[self.runs[i]])
            for i, (unit, rule) in self.found.items()
        ]
        found += [mention for hit in pairs for mention in _of_pair(hit)]
        return sorted(found, key=lambda mention: (mention.start, mention.unit.code))

    def _may_be_place(self, i: int) -> bool:
        """Not so an ordinary word that stands by itself: most hits are such."""
        hit = self.hits[i]
        by_itself = hit.start not in self.ends and self.runs[i].units == 1
        return not (hit.name.common and by_itself and self.readings[i].form is Form.CORE)

    def _settle(self, i: int, meant: tuple[Unit, str] | None) -> bool:
        if meant is None:
            return False
        unit, rule = meant
        self.found[i] = meant
        self.ending_at[self.hits[i].end] = unit
        self.around.add(unit.code)
        self.around.update(gazetteer.ancestors(unit))
        if rule not in (BARE_NAME, KNOWN_ELSEWHERE, IN_LIST):
            self.known.add(unit.code)
        return True

    def _plain(self, i: int) -> tuple[Unit, str] | None:
        """A name directly after its parent's, a full name of one unit alone, the core of a province or prefecture."""
        hit, meaning = self.hits[i], self.readings[i]
        full = meaning.form is not Form.CORE
        if below := self._below_the_name_before(hit, meaning):
            return below, _rule(meaning.form) if full else AFTER_PARENT
        if full:
            plain = len(meaning.units) == 1 and not meaning.past and self._speaks_for_itself(hit, meaning.units[0])
            return (meaning.units[0], _rule(meaning.form)) if plain else None
        unit = _widest(meaning.units)
        if unit is None or hit.name.common or (unit.level == "county" and len(hit.name.text) < LONG_CORE_CHARS):
            return None
        return (unit, BARE_NAME) if self._is_word(hit) else None

    def _shared(self, i: int) -> tuple[Unit, str] | None:
        """A full name that several units share, that is an ordinary word too, or whose unit had gone."""
        hit, meaning = self.hits[i], self.readings[i]
        if meaning.form is Form.CORE or not meaning.units or hit.name.text in words().generic_units:
            return None
        if hit.name.common and not (self._is_word(hit) and self._is_whole(hit)):
            return None
        candidates = [unit for unit in meaning.units if self._is_possible(hit, unit, past=meaning.past)]
        unit = self._chosen(candidates, hit)
        return (unit, _rule(meaning.form) if len(meaning.units) == 1 else BY_CONTEXT) if unit else None

    def _bare(self, i: int) -> tuple[Unit, str] | None:
        """A county's bare name: known by its full name elsewhere, or one of a list of units."""
        hit, meaning = self.hits[i], self.readings[i]
        if meaning.form is not Form.CORE or not meaning.units:
            return None
        known = [unit for unit in meaning.units if unit.code in self.known]
        if len(known) == 1 and not hit.name.common and self._starts_word(hit):
            return known[0], KNOWN_ELSEWHERE
        if self._is_in_list_of_units(i) and (unit := self._chosen(list(meaning.units), hit)):
            return unit, IN_LIST
        return None

    def _below_the_name_before(self, hit: Hit, meaning: Reading) -> Unit | None:
        """The unit of this name, the widest, that lies in the unit named directly before it.

        A bare core that is an ordinary word counts only for prefectures (甘肃白银, not 广西资源).
        """
        parent = self.ending_at.get(hit.start)
        if parent is None:
            return None
        below = _widest([unit for unit in meaning.units if parent.code in gazetteer.ancestors(unit)])
        if below is None or meaning.form is not Form.CORE:
            return below
        common = hit.name.common and below.level == "county"
        return below if not common and hit.end in self._word_bounds(hit) else None

    def _speaks_for_itself(self, hit: Hit, unit: Unit) -> bool:
        if not hit.name.common:
            return True
        return unit.level != "county" and self._is_word(hit) and self._is_whole(hit)

    def _is_possible(self, hit: Hit, unit: Unit, *, past: bool) -> bool:
        """Whether an uncertain full name may mean the unit, by what the article names around it."""
        text = hit.name.text
        if len(text) < SHORT_NAME_CHARS:
            return unit.code in self.known or self._stands_apart(hit) or surroundings.is_counted(self.text, hit.end)
        if text.endswith("区") and past:
            return unit.parent in self.around
        return not hit.name.common or gazetteer.province_of(unit.code) in self.around

    def _chosen(self, units: Sequence[Unit], hit: Hit) -> Unit | None:
        """The one unit that the article speaks of: in a province it names, known already, in a city it names.

        Where it names the provinces of several, the place named last before decides.
        """
        if len(units) <= 1:
            return units[0] if units else None
        named = [unit for unit in units if gazetteer.province_of(unit.code) in self.around]
        if len({unit.code[:2] for unit in named}) > 1:
            before = max((i for i in self.found if self.hits[i].end <= hit.start), default=None)
            province = gazetteer.province_of(self.found[before][0].code) if before is not None else None
            named = [unit for unit in named if gazetteer.province_of(unit.code) == province]
        for are_meant in (bool, self._is_known, self._is_city_named):
            meant = [unit for unit in named if are_meant(unit)]
            if len(meant) == 1:
                return meant[0]
        return None

    def _is_known(self, unit: Unit) -> bool:
        return unit.code in self.known

    def _is_city_named(self, unit: Unit) -> bool:
        return unit.level == "county" and not unit.parent.endswith("0000") and unit.parent in self.around

    def _is_word(self, hit: Hit) -> bool:
        """Whether the segmenter, too, sees a word start and end where the name does: 党和政府 does not hold 和政."""
        bounds = self._word_bounds(hit)
        return hit.start in bounds and hit.end in bounds

    def _starts_word(self, hit: Hit) -> bool:
        """The same for a unit known from its full name: of it only the start is asked, unless it is a common word."""
        bounds = self._word_bounds(hit)
        return hit.start in bounds and (hit.end in bounds or not hit.name.common)

    def _word_bounds(self, hit: Hit) -> set[int]:
        """Where words start and end around a name; the segmenter knows some two names as one word (福建厦门)."""
        start = max(hit.start - WINDOW_CHARS, 0)
        tokens = rjieba.cut(self.text[start : hit.end + WINDOW_CHARS])
        return {*accumulate(map(len, tokens), initial=start)} | ({hit.start, hit.end} & self.joints)

    def _is_whole(self, hit: Hit) -> bool:
        """Whether a full name is not the head of a longer word: 东方市场, 和平区域."""
        follows = words().cut_after.get(hit.name.text[-1], "")
        return self.text[hit.end : hit.end + 1] not in [*follows]

    def _is_other_name(self, i: int) -> bool:
        """Whether what stands around a name makes it a paper, a university, a dateline, a township or a street."""
        hit, text = self.hits[i], self.text
        if surroundings.is_institution(text, hit.start, hit.end):
            return True
        if self.readings[i].form is not Form.CORE or hit.end in self.starts:
            return False
        if surroundings.is_smaller_place(text, hit.end) or self._follows_a_name(hit):
            return True
        province = any(unit.level == "province" for unit in self.readings[i].units)
        return not province and surroundings.is_other_unit(text, hit.end)

    def _follows_a_name(self, hit: Hit) -> bool:
        """Whether the name's first character ends another: 永阳镇江南村."""
        return (
            hit.name.text[0] in words().kind_first
            and not self._stands_apart(hit)
            and self.text[hit.start - 1] not in words().link_words
            and hit.start not in self.ends
        )

    def _stands_apart(self, hit: Hit) -> bool:
        """Whether punctuation or a line's start stands before the name."""
        return not self.text[hit.start - 1 : hit.start].isalnum()

    def _is_in_list_of_units(self, i: int) -> bool:
        run = self.runs[i]
        if run.units == 1:
            return False
        members = [self.found[j] for j in range(run.first, run.last + 1) if j in self.found]
        counties = any(unit.level == "county" and rule != BARE_NAME for unit, rule in members)
        return surroundings.is_counted(self.text, run.end) or (counties and not self.hits[i].name.common)


def _rule(form: Form) -> str:
    return OWN_NAME if form is Form.OWN else SHORT_ENDING


def _of_pair(hit: Hit) -> list[Mention]:
    units = [gazetteer.unit(code) for code in hit.name.pair or ()]
    return [Mention(hit.start, hit.end, unit, PAIR_NAME) for unit in units]


def _widest(units: Sequence[Unit]) -> Unit | None:
    """The province, else the only prefecture, else the only county, of the units that a core may mean."""
    for level in ("province", "prefecture", "county"):
        of_level = [unit for unit in units if unit.level == level]
        if of_level:
            return of_level[0] if len(of_level) == 1 else None
    return None
