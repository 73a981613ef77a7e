"""What a unit that is gone has become: the rules behind the column `heir` of `shanhai/reference/gazetteer.tsv`.

First comes the reviewed list (`units_heirs.yml`), then what follows the unit without a gap: the same name in the same
place (a county whose prefecture or code changed), the same code under a new name (元坝区, 昭化区), the same core in
the same province (密云县, 密云区; 毕节地区, 毕节市), a unit of that core that had been there (保定地区, 保定市).
A city that rose to a prefecture leads to it, and what was divided inside one city to that city. Else there is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate.short_names import short_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NONE = "-"
GENERIC = "(.|市.|.市|城.|.城|.郊)区"
"""Names of districts by where they lie in their city: 郊区, 市中区, 北市区."""

DIVIDED = {"44": "46", "51": "50"}
"""Provinces that a later one was taken from: 海南 from 广东 in 1988, 重庆 from 四川 in 1997."""


class Span(NamedTuple):
    """A unit with one code, name, level and parent through a run of years; `heir` is a code of today."""

    code: str
    name: str
    level: str
    parent: str
    first_year: int
    last_year: int | None
    kind: str = ""
    heir: str = ""


class Heirs:
    """Finds the heirs of units among all spans; `listed` is the reviewed list, by province and name."""

    def __init__(self, spans: Iterable[Span], listed: Mapping[str, Mapping[str, str]]) -> None:
        self.spans = tuple(spans)
        self.listed = listed
        self._by_code: dict[str, list[Span]] = defaultdict(list)
        self._by_name: dict[str, list[Span]] = defaultdict(list)
        self._beginning: dict[int, list[Span]] = defaultdict(list)
        for span in self.spans:
            self._by_code[span.code].append(span)
            self._by_name[span.name].append(span)
            self._beginning[span.first_year].append(span)
        self._found: dict[Span, Span | None] = {}

    def of(self, span: Span) -> Span | None:
        """The unit of today that the span has become, itself where it still exists; `None` where that is not sure."""
        if span.last_year is None:
            return span
        if span not in self._found:
            self._found[span] = None
            heir = self._next(span, span.last_year + 1)
            self._found[span] = self.of(heir) if heir else None
        return self._found[span]

    def _next(self, span: Span, year: int) -> Span | None:
        if (named := self._listed(span)) is not None:
            return None if named == NONE else self._named_today(span, named)
        new = [one for one in self._beginning[year] if _near(span, one)]
        for follows, among, inside in (
            (_same_name, new, bool(re.fullmatch(GENERIC, span.name))),
            (self._same_code, new, False),
            (_same_core, new, False),
            (_same_core, self._standing(span, year), span.name.endswith("区")),
        ):
            if heir := self._only(span, [one for one in among if follows(span, one)], inside=inside):
                return heir
        return self._risen(span, year) or self._divided(span, year)

    def _listed(self, span: Span) -> str | None:
        names = self.listed.get(self._by_code[span.code[:2] + "0000"][-1].name, {})
        parent = self._at(span.parent, span.last_year)
        full = parent.name + span.name if parent else span.name
        keys = (f"{full}@{span.last_year}", full, f"{span.name}@{span.last_year}", span.name)
        return next((names[key] for key in keys if key in names), None)

    def _named_today(self, span: Span, name: str) -> Span:
        """The unit of today with this name, or with its prefecture's before it, in the span's province."""
        provinces = {span.code[:2], DIVIDED.get(span.code[:2], "")}
        found = [
            one
            for one in self.spans
            if one.last_year is None
            and one.code[:2] in provinces
            and (one.name == name or (name.endswith(one.name) and self._path(one) == name))
        ]
        highest = [one for one in found if one.level != "county"] or found
        if len(highest) != 1:
            raise ValueError(f"units_heirs.yml: {name}, heir of {span.name}, names {len(found)} units")
        return highest[0]

    def _path(self, span: Span) -> str:
        parent = self._at(span.parent, span.last_year)
        return parent.name + span.name if parent else span.name

    def _only(self, span: Span, heirs: list[Span], *, inside: bool) -> Span | None:
        """The one heir; of several, and if so asked, only one in the span's own prefecture as it is today."""
        if span.level == "county" and (inside or len(heirs) > 1):
            heirs = [one for one in heirs if self._place(one) == self._place(span)]
        return heirs[0] if len(heirs) == 1 else None

    def _place(self, span: Span) -> str:
        parent = self._at(span.parent, span.last_year)
        today = self.of(parent) if parent else None
        return today.code if today else span.parent

    def _same_code(self, span: Span, heir: Span) -> bool:
        """A new name under the old code, unless the code was given to what had been there, or the old name lives on."""
        if span.code != heir.code or span.parent != heir.parent:
            return False
        before = [one for one in self._by_name[heir.name] if _exists(one, heir.first_year - 1)]
        after = [one for one in self._by_name[span.name] if _exists(one, heir.first_year)]
        near = self._place(span) if span.name.endswith("区") else span.code[:2]
        return not any(
            one.level == span.level and near in (self._place(one), one.code[:2]) for one in (*before, *after)
        )

    def _standing(self, span: Span, year: int) -> list[Span]:
        return [one for one in self.spans if _near(span, one) and one.first_year < year and _exists(one, year)]

    def _risen(self, span: Span, year: int) -> Span | None:
        """The prefecture of a city's own name: 嘉兴市 of 1982 and of 1983."""
        if span.level != "county" or not span.name.endswith("市"):
            return None
        risen = [
            one
            for one in self._by_name[span.name]
            if one.level == "prefecture" and one.code[:2] in (span.code[:2], DIVIDED.get(span.code[:2]))
        ]
        return next((one for one in risen if _exists(one, year)), None)

    def _divided(self, span: Span, year: int) -> Span | None:
        """The city that the districts and counties of a city were divided in."""
        parent = self._at(span.parent, span.last_year)
        if span.level != "county" or parent is None or parent.level != "prefecture" or not parent.name.endswith("市"):
            return None
        return self._at(parent.code, year) or parent

    def _at(self, code: str, year: int | None) -> Span | None:
        spans = self._by_code.get(code, [])
        return next((one for one in spans if _exists(one, year)), None)


def _exists(span: Span, year: int | None) -> bool:
    if year is None:
        return span.last_year is None
    return span.first_year <= year and (span.last_year is None or year <= span.last_year)


def _near(span: Span, heir: Span) -> bool:
    """Whether the levels agree (重庆市 rose from a prefecture to a municipality) and the provinces."""
    levels = (span.level, "province") if span.level == "prefecture" else (span.level,)
    return heir.level in levels and heir.code[:2] in (span.code[:2], DIVIDED.get(span.code[:2]))


def _same_name(span: Span, heir: Span) -> bool:
    return span.name == heir.name


def _same_core(span: Span, heir: Span) -> bool:
    """A county may become a city (密云县, 蓟县 and 蓟州区), but no city a county."""
    if span.name.endswith("市") and heir.name.endswith("县"):
        return False
    core = short_names(heir.name)[:1]
    cores = (short_names(span.name)[:1], (span.name,), (span.name[:-1] + "州",))
    return bool(core) and core in cores and span.code[:2] == heir.code[:2]
