"""The labelled passages of golden/knowledge: what each file says, and the passage as an article.

A passage is labelled for the fields that its `expected` names, and for those completely; what is called optional is
neither right nor wrong, and what is called `not_...` must not be found.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
import yaml

from described_text import described
from shanhai.records import BlockKind, OrganisationKind, Qualifier

if TYPE_CHECKING:
    from shanhai.records import DescribedArticle

FOLDER = Path(__file__).parent / "golden" / "knowledge"
FULL_DATE_CHARS = len("2020-05-06")


class Shape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every part of a passage's file is: immutable, and of known fields only."""


class LabelledBlock(Shape):
    """A block of the passage as it stands on the page."""

    kind: BlockKind
    text: str


class LabelledPair(Shape, rename={"origin": "from", "target": "to"}):
    """Who assists whom; `since` counts only where it is given."""

    origin: str
    target: str
    since: int | None = None


class LabelledFigure(Shape):
    """A number of the passage; of place, year, qualifier and upper end only those that are given count."""

    value: float
    unit: str
    words: str = ""
    place: str | None = None
    year: int | None = None
    qualifier: Qualifier | None = None
    upper: float | None = None


class LabelledDate(Shape):
    """A date of the passage: words of the text that it rests on, and one reading or several that are all right."""

    text: str
    edtf: str | tuple[str, ...]

    @property
    def readings(self) -> tuple[str, ...]:
        """All readings that are right."""
        return (self.edtf,) if isinstance(self.edtf, str) else self.edtf


class LabelledOrganisation(Shape):
    """An organisation and the unit that it assists; the name found has to contain `name` or lie in it."""

    name: str
    kind: OrganisationKind
    target: str
    origin: str | None = None


class LabelledSection(Shape):
    """A part of the passage, by words of its heading or opening."""

    heading: str
    provinces: tuple[str, ...] = ()
    optional_provinces: tuple[str, ...] = ()
    themes: tuple[str, ...] | None = None
    optional_themes: tuple[str, ...] = ()


class LabelledName(Shape):
    """A unit and its full name as of the passage's date."""

    name: str
    name_then: str


class Expected(Shape):
    """The labels of a passage; a field that is `None` is not labelled and does not count."""

    provinces: tuple[str, ...] | None = None
    prefectures: tuple[str, ...] | None = None
    counties: tuple[str, ...] | None = None
    mentions: tuple[str, ...] = ()
    not_places: tuple[str, ...] = ()
    pairs: tuple[LabelledPair, ...] | None = None
    optional_pairs: tuple[LabelledPair, ...] = ()
    not_pairs: tuple[LabelledPair, ...] = ()
    themes: tuple[str, ...] | None = None
    optional_themes: tuple[str, ...] = ()
    not_themes: tuple[str, ...] = ()
    practices: tuple[str, ...] | None = None
    optional_practices: tuple[str, ...] = ()
    not_practices: tuple[str, ...] = ()
    figures: tuple[LabelledFigure, ...] | None = None
    optional_figures: tuple[LabelledFigure, ...] = ()
    figures_complete: bool = True
    dates: tuple[LabelledDate, ...] | None = None
    optional_dates: tuple[str, ...] = ()
    organisations: tuple[LabelledOrganisation, ...] | None = None
    sections: tuple[LabelledSection, ...] | None = None
    name_then: tuple[LabelledName, ...] = ()


class Passage(Shape):
    """A short article with everything that a careful reader would note in it."""

    id: str
    half: Literal["dev", "held", "fresh"]
    genre: str
    traps: tuple[str, ...]
    title: str
    date: str | None
    blocks: tuple[LabelledBlock, ...]
    expected: Expected

    @property
    def text(self) -> str:
        """The clean text, as the article made of the passage has it."""
        return "\n\n".join(block.text for block in self.blocks)


def passages(half: str | None = None) -> tuple[Passage, ...]:
    """All labelled passages, or those of one half or the fresh ones, by file name."""
    return tuple(one for one in _all_passages() if half in {None, one.half})


def article(passage: Passage) -> DescribedArticle:
    """The passage as an article that was fed in, restored and described."""
    day = passage.date if passage.date and len(passage.date) == FULL_DATE_CHARS else None
    made = described(*((block.kind, block.text) for block in passage.blocks), title=passage.title, date=day)
    if passage.date and not day:
        return msgspec.structs.replace(made, date_edtf=passage.date, date_origin="given")
    return made


@cache
def _all_passages() -> tuple[Passage, ...]:
    return tuple(
        msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), Passage)
        for path in sorted(FOLDER.glob("*.yml"))
    )
