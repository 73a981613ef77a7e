"""Which unit each place name of a text means, or that it means none.

Names are read in three rounds, from what speaks for itself to what needs the rest of the article: full names and the
short names of provinces and prefectures; full names that several units share or that look like ordinary words; bare
names of counties. Precision goes before recall: a name that stays open is dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from shanhai.annotate import surroundings
from shanhai.annotate.place_words import words
from shanhai.annotate.placenames import BARE_NAME, SHORT_NAME_CHARS, Meaning, cuts, widest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shanhai.annotate.placenames import Hit
    from shanhai.annotate.surroundings import Kind

KNOWN_ELSEWHERE, AFTER_PARENT, IN_LIST = "PLACE-04", "PLACE-05", "PLACE-06"
BY_CONTEXT, ZONE, IN_NAMED_PROVINCE = "PLACE-08", "PLACE-10", "PLACE-11"

Found: TypeAlias = "tuple[Meaning, str]"
"""What a name means, and the rule."""

BODIES = ("institution", "dateline")
"""What a name is a part of, and then no place."""

LIST_REACH = 60
"""How many names on either side a list's name is read by; the longest lists of counties (摘帽) have some fifty."""


class Interpretation:
    """The names of one text and what they mean.

    `found[i]` is what `hits[i]` means, or `None`. `runs` are the lists that names stand in, `zones` the ends of zones
    by the ends of their cities' names, `pairs` the names of pairs. `text` ends with a line break, so that a character
    stands before and behind every name.
    """

    def __init__(self, text: str, hits: list[Hit]) -> None:
        self.text = text + "\n"
        self.hits = hits
        self.runs, self.joints = surroundings.runs(text, hits)
        self.found: list[Found | None] = [None] * len(hits)
        self.zones: dict[int, int] = {}
        self.pairs: list[Hit] = []
        self.known: set[str] = set()
        self.around: set[str] = set()
        self._read()

    def _read(self) -> None:
        left = self._read_plain()
        if not left:
            return
        self._look_around()
        hits = self.hits
        for i in left:
            if not hits[i].reading.bare:
                self._settle(i, self._shared(i))
        for i in left:
            if hits[i].reading.bare:
                self._settle(i, self._bare(i))

    def _read_plain(self) -> list[int]:
        """Settles what speaks for itself; the rest that may be a place is left."""
        left: list[int] = []
        text, found, titled = self.text, self.found, "《" in self.text
        signs, agency_signs = surroundings.signs()
        end_before, before = -1, None
        for i, hit in enumerate(self.hits):
            start, end, reading = hit.start, hit.end, hit.reading
            noted, agency = text[end] in signs, text[start - 1] in agency_signs
            if not (noted or titled or agency) and (sure := reading.sure):
                found[i] = sure
                end_before, before = end, reading.plain
                continue
            kind = surroundings.follower(text, end) if noted else None
            if kind in BODIES or (agency and surroundings.is_agency_s(text, start)):
                continue
            if titled and surroundings.is_in_short_title(text, start, end):
                continue
            if (kind or reading.doubtful) and not self._may_be_place(i, kind):
                continue
            one, rule = reading.plain, reading.rule
            if before and start == end_before and (below := self._below(before, i)):
                one, rule = below, AFTER_PARENT if reading.bare else rule
            elif one is None or (reading.checked and not self._is_plain(hit)):
                if reading.meanings:
                    left.append(i)
                continue
            found[i] = one, rule if kind != "zone" else ZONE
            end_before, before = end, one
        return left

    def _may_be_place(self, i: int, kind: Kind | None) -> bool:
        """Notes a zone and a pair's name; false for an ordinary word, a township and the like."""
        hit = self.hits[i]
        reading = hit.reading
        if kind == "zone":
            self.zones[hit.end] = surroundings.zone_end(self.text, hit.end)
        if reading.name.pair and surroundings.is_pair_s(self.text, hit.start, hit.end):
            self.pairs.append(hit)
        if not reading.bare:
            return True
        if reading.ordinary and self._stands_alone(i):
            return False
        return not ((kind or reading.kind_first) and self._is_other_name(hit, kind))

    def _is_plain(self, hit: Hit) -> bool:
        return self._is_word(hit) and not (hit.reading.name.common and not self._is_whole(hit))

    def _below(self, parent: Meaning, i: int) -> Meaning | None:
        """The unit of this name, the widest, that lies in the unit named directly before it.

        A bare core that is an ordinary word counts only for prefectures (甘肃白银, not 广西资源), for districts of
        municipalities and heading a list.
        """
        hit, reading = self.hits[i], self.hits[i].reading
        code, today = parent.unit.code, parent.today.code
        below = widest([one for one in reading.meanings if code in one.line or today in one.line_today])
        if below is None or not reading.bare:
            return below
        if reading.ordinary and below.unit.level == "county" and not self._may_follow(parent, below, i):
            return None
        return below if (hit.end in self.joints or cuts(self.text, hit.start, hit.end)[1]) else None

    def _may_follow(self, parent: Meaning, below: Meaning, i: int) -> bool:
        """Whether an ordinary word is a county behind its city: a municipality's district, or the first of several."""
        if not parent.line:
            return below.today.parent == parent.today.code and parent.today.name.endswith("市")
        return i in self.runs and self.runs[i].last > i and self.runs[i].units > 1

    def _look_around(self) -> None:
        """What the article names for certain so far: the units, and all that they lie in."""
        around, known = self.around, self.known
        for of_unit, rule in filter(None, set(self.found)):
            code = of_unit.unit.code
            around.add(code)
            around.update(of_unit.line)
            if rule != BARE_NAME:
                known.add(code)

    def _settle(self, i: int, meant: Found | None) -> None:
        if meant is None:
            return
        one, rule = meant
        self.found[i] = (one, ZONE) if self.hits[i].end in self.zones else meant
        self.around.update((one.unit.code, *one.line))
        if rule not in (KNOWN_ELSEWHERE, IN_LIST, IN_NAMED_PROVINCE):
            self.known.add(one.unit.code)

    def _shared(self, i: int) -> Found | None:
        """A full name that several units share, that is an ordinary word too, or whose unit had gone."""
        hit = self.hits[i]
        reading = hit.reading
        if reading.name.text in words().generic_units:
            return None
        if reading.checked and not (self._is_word(hit) and self._is_whole(hit)):
            return None
        one = self._chosen([one for one in reading.meanings if self._is_possible(hit, one)], i)
        return (one, reading.rule if len(reading.meanings) == 1 else BY_CONTEXT) if one else None

    def _bare(self, i: int) -> Found | None:
        """A county's bare name: known by its full name elsewhere, one of a list of units, or in a named province."""
        hit = self.hits[i]
        reading = hit.reading
        common = reading.name.common
        if not common:
            known = [one for one in reading.meanings if one.unit.code in self.known]
            if len(known) == 1 and self._begins_word(hit):
                return known[0], KNOWN_ELSEWHERE
        if i in self.runs and self._is_in_list_of_units(i) and (one := self._of_list(i)):
            return one, IN_LIST
        only = reading.meanings[0]
        if len(reading.meanings) > 1 or common or only.unit.level != "county" or only.province not in self.around:
            return None
        sure = hit.end in self.zones or (self._is_place_word(hit) and self._is_word(hit))
        return (only, IN_NAMED_PROVINCE) if sure else None

    def _is_other_name(self, hit: Hit, kind: Kind | None) -> bool:
        """Whether what stands around a bare name makes it a township, a street, a dish, or a unit of another kind."""
        if hit.end in self.joints:
            return False
        if kind == "other" or (hit.reading.kind_first and self._follows_a_name(hit)):
            return True
        return kind == "other_county" and not any(one.unit.level == "province" for one in hit.reading.meanings)

    def _stands_alone(self, i: int) -> bool:
        """Whether the name is neither one of several nor directly behind another, nor a zone's."""
        hit = self.hits[i]
        if i in self.runs and (self.runs[i].units > 1 or hit.start in self.joints):
            return False
        return hit.end not in self.zones

    def _follows_a_name(self, hit: Hit) -> bool:
        """Whether the name's first character ends another: 永阳镇江南村."""
        return (
            not self._stands_apart(hit)
            and self.text[hit.start - 1] not in words().link_words
            and hit.start not in self.joints
        )

    def _is_possible(self, hit: Hit, one: Meaning) -> bool:
        """Whether an uncertain full name may mean the unit, by what the article names around it."""
        reading = hit.reading
        if len(reading.name.text) < SHORT_NAME_CHARS:
            return self._may_be_short_name(hit, one)
        if reading.name.text.endswith("区") and reading.past:
            sure = len(reading.meanings) == 1 and not reading.checked and self._is_place_word(hit)
            return sure or one.unit.parent in self.around
        return not reading.name.common or one.unit.level == "province" or one.province in self.around

    def _may_be_short_name(self, hit: Hit, one: Meaning) -> bool:
        """忠县 and 成县 are names only where a name can begin: 组成县 holds none."""
        if one.unit.code in self.known or self._stands_apart(hit) or surroundings.is_counted(self.text, hit.end):
            return True
        return self.text[hit.start - 1] in words().place_before and one.province in self.around

    def _of_list(self, i: int) -> Meaning | None:
        """The unit that a bare name in a list means: one of the province that the list is in, or the article."""
        meanings = self.hits[i].reading.meanings
        near = {one.province for one, _ in self._found_near(i)} or self.around
        return self._chosen([one for one in meanings if one.unit.level != "county" or one.province in near], i)

    def _found_near(self, i: int) -> Iterator[Found]:
        """What is found in the same list, up to `LIST_REACH` names before and behind."""
        run = self.runs[i]
        return filter(None, self.found[max(run.first, i - LIST_REACH) : min(run.last, i + LIST_REACH) + 1])

    def _is_in_list_of_units(self, i: int) -> bool:
        run = self.runs[i]
        if run.units == 1:
            return False
        if surroundings.is_counted(self.text, self.hits[run.last].end):
            return True
        if self.hits[i].reading.name.common:
            return False
        return any(one.unit.level == "county" and rule != BARE_NAME for one, rule in self._found_near(i))

    def _chosen(self, meanings: Sequence[Meaning], i: int) -> Meaning | None:
        """The one unit that the article speaks of: in a province it names, known already, in a city it names.

        Where it names the provinces of several, the place named last before decides, unless that stands in a list with
        another's or only another's city is named.
        """
        if len(meanings) <= 1:
            return meanings[0] if meanings else None
        named = near = [one for one in meanings if one.province in self.around]
        if len({one.province for one in named}) > 1:
            provinces = self._provinces_before(i)
            near = [one for one in named if one.province in provinces]
            if len({one.province for one in near}) > 1:
                return None
        for are_meant in (bool, self._is_known, self._is_city_named):
            meant = [one for one in near if are_meant(one)]
            if len(meant) == 1:
                one = meant[0]
                elsewhere = not self._is_city_named(one) and any(map(self._is_city_named, named))
                return None if elsewhere else one
        return None

    def _provinces_before(self, i: int) -> set[str]:
        """The province of the place named last before, with those of the list that it stands in."""
        before = next((j for j in range(i - 1, -1, -1) if self.found[j]), None)
        if before is None:
            return set()
        names = self._found_near(before) if before in self.runs else filter(None, [self.found[before]])
        return {one.province for one, _ in names}

    def _is_known(self, one: Meaning) -> bool:
        return one.unit.code in self.known

    def _is_city_named(self, one: Meaning) -> bool:
        return bool(one.line) and one.line[0] in self.around

    def _is_word(self, hit: Hit) -> bool:
        """Whether the segmenter, too, sees a word here; it knows some two names as one word (福建厦门).

        A province's name that nothing can stand before is one: 西藏地处高原.
        """
        start, end, text = hit.start, hit.end, self.text
        borders = words().borders
        before, behind = text[start - 1], text[end]
        starts = start in self.joints or before in borders or not before.isalnum()
        if starts and hit.reading.of_province:
            return True
        ends = end in self.joints or end in self.zones or behind in borders or not behind.isalnum()
        if starts and ends:
            return True
        begins, closes = cuts(text, start, end)
        if self._is_person_s(hit):
            return False
        return (starts or begins) and (ends or closes)

    def _begins_word(self, hit: Hit) -> bool:
        """The same for a unit known from its full name: of it only the start is asked."""
        if hit.start in self.joints or self._stands_apart(hit):
            return True
        return cuts(self.text, hit.start, hit.end)[0] and not self._is_person_s(hit)

    def _is_person_s(self, hit: Hit) -> bool:
        """Whether a surname that ends no word stands before the name: 李海南."""
        before = self.text[hit.start - 1]
        return before in words().surnames and cuts(self.text, hit.start - 1, hit.start)[0]

    def _is_place_word(self, hit: Hit) -> bool:
        """Whether a bare name stands where a place does: behind a preposition, a mark or another name."""
        before = self.text[hit.start - 1]
        return hit.start in self.joints or not before.isalnum() or before in words().place_before

    def _is_whole(self, hit: Hit) -> bool:
        """Whether a full name is not the head of a longer word: 东方市场, 和平区域."""
        follows = words().cut_after.get(hit.reading.name.text[-1], "")
        return self.text[hit.end] not in [*follows]

    def _stands_apart(self, hit: Hit) -> bool:
        """Whether punctuation or a line's start stands before the name."""
        return not self.text[hit.start - 1].isalnum()
