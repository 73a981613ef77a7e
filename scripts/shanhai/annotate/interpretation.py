"""Which unit each place name of a text means, or that it means none.

Names are read in three rounds, from what speaks for itself to what needs the rest of the article: full names and the
short names of provinces and prefectures; full names that several units share or that look like ordinary words; bare
names of counties. Precision goes before recall: a name that stays open is dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

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
            if not hits[i][2].bare and (meant := self._shared(i)):
                self._settle(i, meant)
        for i in left:
            if hits[i][2].bare and (meant := self._bare(i)):
                self._settle(i, meant)

    def _read_plain(self) -> list[int]:  # noqa: C901 - one pass over all names, each test in its turn
        """Settles what speaks for itself; the rest that may be a place is left.

        What follows a name, an agency before it and a title around it may make it something else. Then comes what
        speaks for itself wherever a word begins, and last what has to be looked at more closely: behind its parent a
        name means what lies in that.
        """
        left: list[int] = []
        text, found, joints = self.text, self.found, self.joints
        followers, (signs, agency_signs) = surroundings.followers(), surroundings.signs()
        titles, borders = surroundings.title_starts(text), words().borders
        end_before, before = -1, None
        for i, (start, end, reading) in enumerate(self.hits):
            kind, char_behind = None, text[end]
            if char_behind in signs and (match := followers[char_behind].match(text, end)):
                kind = cast("Kind", match.lastgroup)
                if kind in BODIES:
                    continue
            char_before = text[start - 1]
            if char_before in agency_signs and surroundings.is_agency_s(text, start):
                continue
            if start in titles and surroundings.is_in_short_title(text, start, end):
                continue
            if kind is None and (start != end_before or not reading.bare):
                sure = reading.sure or reading.sure_apart
                if sure and (reading.sure or start in joints or char_before in borders or not char_before.isalnum()):
                    found[i] = sure
                    end_before, before = end, sure[0]
                    continue
            if (kind or reading.doubtful) and not self._may_be_place(i, kind):
                continue
            one, rule = reading.plain, reading.rule
            if before and start == end_before and (below := self._below(before, i)):
                one, rule = below, AFTER_PARENT if reading.bare else rule
            elif one is None or (reading.checked and not self._is_plain(self.hits[i])):
                if reading.meanings:
                    left.append(i)
                continue
            found[i] = one, rule if kind != "zone" else ZONE
            end_before, before = end, one
        return left

    def _may_be_place(self, i: int, kind: Kind | None) -> bool:
        """Notes a zone and a pair's name; false for an ordinary word, a township and the like."""
        hit = self.hits[i]
        start, end, reading = hit
        if kind == "zone":
            self.zones[end] = surroundings.zone_end(self.text, end)
        if reading.name.pair and surroundings.is_pair_s(self.text, start, end):
            self.pairs.append(hit)
        if not reading.bare:
            return True
        if reading.ordinary and self._stands_alone(i):
            return False
        return not ((kind or reading.kind_first) and self._is_other_name(hit, kind))

    def _is_plain(self, hit: Hit) -> bool:
        return (not hit[2].name.common or self._is_whole(hit)) and self._is_word(hit)

    def _below(self, parent: Meaning, i: int) -> Meaning | None:
        """The unit of this name, the widest, that lies in the unit named directly before it.

        A bare core that is an ordinary word counts only for prefectures (甘肃白银, not 广西资源), for districts of
        municipalities and heading a list.
        """
        start, end, reading = self.hits[i]
        code, today = parent.unit.code, parent.today.code
        below = widest([one for one in reading.meanings if code in one.line or today in one.line_today])
        if below is None or not reading.bare:
            return below
        if reading.ordinary and below.unit.level == "county" and not self._may_follow(parent, below, i):
            return None
        return below if (end in self.joints or cuts(self.text, start, end)[1]) else None

    def _may_follow(self, parent: Meaning, below: Meaning, i: int) -> bool:
        """Whether an ordinary word is a county behind its city: a municipality's district, or the first of several."""
        if not parent.line:
            return below.today.parent == parent.today.code and parent.today.name.endswith("市")
        if i not in self.runs:
            return False
        _, last, units = self.runs[i]
        return last > i and units > 1

    def _look_around(self) -> None:
        """What the article names for certain so far: the units, and all that they lie in."""
        around, known = self.around, self.known
        for of_unit, rule in set(filter(None, self.found)):
            around.update(of_unit.scope)
            if rule != BARE_NAME:
                known.add(of_unit.scope[0])

    def _settle(self, i: int, meant: Found) -> None:
        one, rule = meant
        self.found[i] = (one, ZONE) if self.hits[i][1] in self.zones else meant
        self.around.update(one.scope)
        if rule not in (KNOWN_ELSEWHERE, IN_LIST, IN_NAMED_PROVINCE):
            self.known.add(one.unit.code)

    def _shared(self, i: int) -> Found | None:
        """A full name that several units share, that is an ordinary word too, or whose unit had gone."""
        hit = self.hits[i]
        reading = hit[2]
        if reading.name.text in words().generic_units:
            return None
        if reading.checked and not (self._is_whole(hit) and self._is_word(hit)):
            return None
        one = self._chosen([one for one in reading.meanings if self._is_possible(hit, one)], i)
        return (one, reading.rule if len(reading.meanings) == 1 else BY_CONTEXT) if one else None

    def _bare(self, i: int) -> Found | None:
        """A county's bare name: known by its full name elsewhere, one of a list of units, or in a named province."""
        hit = self.hits[i]
        reading = hit[2]
        meanings, common, only = reading.meanings, reading.name.common, reading.meanings[0]
        alone = len(meanings) == 1
        if not common:
            known = meanings if alone else [one for one in meanings if one.scope[0] in self.known]
            if len(known) == 1 and known[0].scope[0] in self.known and self._begins_word(hit):
                return known[0], KNOWN_ELSEWHERE
        if i in self.runs and self._is_in_list_of_units(i) and (one := self._of_list(i)):
            return one, IN_LIST
        if not alone or common or only.unit.level != "county" or only.province not in self.around:
            return None
        sure = hit[1] in self.zones or (self._is_place_word(hit) and self._is_word(hit))
        return (only, IN_NAMED_PROVINCE) if sure else None

    def _is_other_name(self, hit: Hit, kind: Kind | None) -> bool:
        """Whether what stands around a bare name makes it a township, a street, a dish, or a unit of another kind."""
        if hit[1] in self.joints:
            return False
        if kind == "other" or (hit[2].kind_first and self._follows_a_name(hit)):
            return True
        return kind == "other_county" and not any(one.unit.level == "province" for one in hit[2].meanings)

    def _stands_alone(self, i: int) -> bool:
        """Whether the name is neither one of several nor directly behind another, nor a zone's."""
        hit = self.hits[i]
        if i in self.runs and (self.runs[i][2] > 1 or hit[0] in self.joints):
            return False
        return hit[1] not in self.zones

    def _follows_a_name(self, hit: Hit) -> bool:
        """Whether the name's first character ends another: 永阳镇江南村."""
        return (
            not self._stands_apart(hit)
            and self.text[hit[0] - 1] not in words().link_words
            and hit[0] not in self.joints
        )

    def _is_possible(self, hit: Hit, one: Meaning) -> bool:
        """Whether an uncertain full name may mean the unit, by what the article names around it."""
        reading = hit[2]
        if len(reading.name.text) < SHORT_NAME_CHARS:
            return self._may_be_short_name(hit, one)
        if reading.name.text.endswith("区") and reading.past:
            sure = len(reading.meanings) == 1 and not reading.checked and self._is_place_word(hit)
            return sure or one.unit.parent in self.around
        return not reading.name.common or one.unit.level == "province" or one.province in self.around

    def _may_be_short_name(self, hit: Hit, one: Meaning) -> bool:
        """忠县 and 成县 are names only where a name can begin: 组成县 holds none."""
        if one.unit.code in self.known or self._stands_apart(hit) or surroundings.is_counted(self.text, hit[1]):
            return True
        return self.text[hit[0] - 1] in words().place_before and one.province in self.around

    def _of_list(self, i: int) -> Meaning | None:
        """The unit that a bare name in a list means: one of the province that the list is in, or the article."""
        meanings = self.hits[i][2].meanings
        near = {one.province for one, _ in self._found_near(i)} or self.around
        return self._chosen([one for one in meanings if one.unit.level != "county" or one.province in near], i)

    def _found_near(self, i: int) -> Iterator[Found]:
        """What is found in the same list, up to `LIST_REACH` names before and behind."""
        first, last, _ = self.runs[i]
        return filter(None, self.found[max(first, i - LIST_REACH) : min(last, i + LIST_REACH) + 1])

    def _is_in_list_of_units(self, i: int) -> bool:
        _, last, units = self.runs[i]
        if units == 1:
            return False
        if surroundings.is_counted(self.text, self.hits[last][1]):
            return True
        if self.hits[i][2].name.common:
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
        start, end, text = hit[0], hit[1], self.text
        borders = words().borders
        before, behind = text[start - 1], text[end]
        starts = start in self.joints or before in borders or not before.isalnum()
        if starts and hit[2].of_province:
            return True
        ends = end in self.joints or end in self.zones or behind in borders or not behind.isalnum()
        if starts and ends:
            return True
        begins, closes = cuts(text, start, end)
        return (starts or begins) and (ends or closes) and not self._is_person_s(hit)

    def _begins_word(self, hit: Hit) -> bool:
        """The same for a unit known from its full name: of it only the start is asked."""
        if hit[0] in self.joints or self._stands_apart(hit):
            return True
        return cuts(self.text, hit[0], hit[1])[0] and not self._is_person_s(hit)

    def _is_person_s(self, hit: Hit) -> bool:
        """Whether a surname that ends no word stands before the name: 李海南."""
        before = self.text[hit[0] - 1]
        return before in words().surnames and cuts(self.text, hit[0] - 1, hit[0])[0]

    def _is_place_word(self, hit: Hit) -> bool:
        """Whether a bare name stands where a place does: behind a preposition, a mark or another name."""
        before = self.text[hit[0] - 1]
        return hit[0] in self.joints or not before.isalnum() or before in words().place_before

    def _is_whole(self, hit: Hit) -> bool:
        """Whether a full name is not the head of a longer word: 东方市场, 和平区域."""
        follows = words().cut_after.get(hit[2].name.text[-1], "")
        return self.text[hit[1]] not in follows

    def _stands_apart(self, hit: Hit) -> bool:
        """Whether punctuation or a line's start stands before the name."""
        return not self.text[hit[0] - 1].isalnum()
