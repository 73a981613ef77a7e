"""The records that flow from a file to a page: immutable, typed, JSON in and out.

An article passes through them in this order, each step a pure function from one to the next:

`RawArticle` -> `RestoredArticle` -> `DescribedArticle` -> `Article`, or at any step a `Rejected`.

Offsets everywhere are code points, half-open, counted from 0. All records are frozen, compared by value, and go
through `msgspec.json` both ways. Those made by the thousand are not tracked by the garbage collector (`gc=False`): they
hold nothing that could lead back to them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import msgspec


class Certainty(StrEnum):
    """How sure a repair is: one reading only, the best of several, or not to be known."""

    SURE = "sure"
    CONJECTURE = "conjecture"
    GAP = "gap"


class BlockKind(StrEnum):
    """What a block of the clean text is to a reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    QUOTE = "quote"
    NOTE = "note"


Script = Literal["hans", "hant", "mixed"]
FileFormat = Literal["text", "markdown", "html", "jsonl"]
DateOrigin = Literal["given", "dateline", "url", "file", "inferred"]
Role = Literal["subject", "mention"]
Level = Literal["province", "prefecture", "county"]
OrganisationKind = Literal["hospital", "school", "company", "association", "institute", "authority", "party"]
Qualifier = Literal["about", "nearly", "over", "at least", "at most"]


class Edit(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One change of the text: `text[start:end]` was `before` and became `after`.

    `start` and `end` count in the text that the edit's pass was applied to. A gap keeps its text (`before == after`)
    and marks what cannot be known; only a spam term in place of a word goes and leaves an empty gap. `witness` is the
    file of another copy that settled what was a conjecture or gap until then, "" where the page itself told.
    """

    rule: str
    start: int
    end: int
    before: str
    after: str
    certainty: Certainty = Certainty.SURE
    witness: str = ""


class EditPass(msgspec.Struct, frozen=True, kw_only=True):
    """All edits of one step of the chain, sorted by `start`, none overlapping another."""

    step: str
    edits: tuple[Edit, ...]


class Hint(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the file's own markup says of `text[start:end]` of the raw text (HTML or Markdown input)."""

    start: int
    end: int
    kind: BlockKind
    level: int = 0


class GivenMetadata(msgspec.Struct, frozen=True, kw_only=True):
    """What front matter, a sidecar, JSONL fields or HTML meta tags say; `None` or empty: nothing was said."""

    title: str | None = None
    date: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    editor: str | None = None
    url: str | None = None
    sample: bool = False


class RawArticle(msgspec.Struct, frozen=True, kw_only=True):
    """One article as it was fed in.

    `file` is the path within the corpus with forward slashes; an article of a JSONL file adds `#L<line>`.
    `sha256` is of the file's bytes (for JSONL: of the line's bytes). `encoding` is the one that was detected.
    `text` is what the edit log starts from: the decoded file, or for HTML what the block finder gives.
    `item` is 0 for a page that is one article; of a digest each item is an article with the digest's whole `text`,
    numbered from 1, and `file` adds `#<item>`.
    """

    file: str
    sha256: str
    format: FileFormat
    encoding: str
    text: str
    given: GivenMetadata = GivenMetadata()
    hints: tuple[Hint, ...] = ()
    item: int = 0


class Rejected(msgspec.Struct, frozen=True, kw_only=True):
    """A file, or one article of it, that was set aside, and why.

    `excerpt` is at most 80 characters of honest text, or for spam its length and hash, never its words.
    """

    file: str
    rule: str
    reason: str
    excerpt: str = ""


class RestoredArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article whose damage is undone: `text` is `raw.text` after the passes of `log`."""

    raw: RawArticle
    text: str
    log: tuple[EditPass, ...]
    script: Script


class Block(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A block of the clean text, `text[start:end]`, without the blank lines around it.

    `level` is 2 to 4 for a heading and 0 for everything else.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0


class DescribedArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article whose headline, date, byline and structure are known.

    `text` is the plain clean text: blocks separated by one blank line, without headline, dateline of the page and
    byline, which moved to the fields; `log` goes on from the restoration's and still leads back to `raw.text`.
    `date` is YYYY-MM-DD or `None`; `date_edtf` also says less precise dates ("2020", "2019-11"), "" when unknown.
    `title_derived` is true where the page had no headline and `title` was taken from its lead or a heading.
    `source` is the publication; `agency` the news agency of the dateline where that is another one; `compiled_by`
    who put a compilation together (整理, 综合); `affiliation` what a note says that the authors are (作者系…). People
    stand in plain text only: nobody gets a page.
    """

    raw: RawArticle
    text: str
    log: tuple[EditPass, ...]
    script: Script
    blocks: tuple[Block, ...]
    title: str
    title_derived: bool
    date: str | None
    date_edtf: str
    date_origin: DateOrigin | None
    source: str | None
    authors: tuple[str, ...]
    editor: str | None
    agency: str | None = None
    compiled_by: str | None = None
    affiliation: str | None = None


class Evidence(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The characters that a claim rests on: `quote == text[start:end]` of the clean text; `score` in 0..1."""

    quote: str
    start: int
    end: int
    rule: str
    score: float = 1.0


class Place(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An administrative unit in an article. `name` is full, from the province down; `code` is GB/T 2260.

    Both are today's; `name_then` is the full name as of the article's date where it was another (2009: 密云县),
    else `None`. `evidence` is in the order of the text, the first mention first.
    """

    name: str
    code: str
    level: Level
    role: Role
    evidence: tuple[Evidence, ...]
    name_then: str | None = None


class Pair(msgspec.Struct, frozen=True, kw_only=True, gc=False, rename={"origin": "from", "target": "to"}):
    """An assisting unit and the unit it assists, by full names from the province down.

    `since` is a year or `None`; `official_round` is the year of the official round that holds the pair, or `None`
    for a pair that only the article states. `purposes` are the labels of the themes that the statement names,
    in the order of the vocabulary.
    """

    origin: str
    target: str
    since: int | None
    evidence: Evidence
    official_round: int | None
    purposes: tuple[str, ...] = ()


class Organisation(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A hospital, school, company or other body that assists a unit, as the article states it.

    `name` is as the text has it; `target` is the full name of the assisted unit, `origin` that of the unit which the
    text says the body belongs to or comes from, `None` where it says nothing.
    """

    name: str
    kind: OrganisationKind
    origin: str | None
    target: str
    evidence: Evidence


class Practice(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A named working model and the sentence that says what it is.

    `place` is the full name of the unit that practises it, `themes` the labels of what it serves, as far as the
    sentence and its paragraph tell; `None` and empty where they do not.
    """

    name: str
    evidence: Evidence
    place: str | None = None
    themes: tuple[str, ...] = ()


class Figure(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A number with its unit, in the base unit (6300万元 is 63000000 元), and what it counts.

    `place` is the full name of the unit it is said of, `year` the year it holds for; `None` where the text is silent.
    `qualifier` says how the text qualifies the number: 近 is "nearly", 余 多 超 逾 "over", 约 左右 "about", 以上 至少
    "at least", 以下 不足 "at most". `upper` is the upper end of a range (3至5个), of which `value` is the lower.
    """

    value: float
    unit: str
    label: str
    sentence: str
    place: str | None
    year: int | None
    evidence: Evidence
    qualifier: Qualifier | None = None
    upper: float | None = None


class DateMention(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A date that the text names, as EDTF of the precision that it has: "2019-11", "2020-04-29", "2017/2020".

    `relative` is true where the article's own date was needed to read it (今年, 去年11月, 4月29日); if that date is
    itself inferred, the EDTF says so with a question mark.
    """

    edtf: str
    relative: bool
    evidence: Evidence


class Section(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A part of an article under one heading: `text[start:end]`, the heading included, up to the next of its level.

    `places` are the codes of the units that it reports on, `themes` the labels it is about.
    """

    heading: str
    start: int
    end: int
    places: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


class ThemeTag(msgspec.Struct, frozen=True, kw_only=True):
    """A theme that an article is about: its Chinese label, its score in 0..1 and the cue terms found."""

    label: str
    score: float
    evidence: tuple[Evidence, ...]


class Annotations(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was found in one article's clean text."""

    places: tuple[Place, ...] = ()
    pairs: tuple[Pair, ...] = ()
    themes: tuple[ThemeTag, ...] = ()
    practices: tuple[Practice, ...] = ()
    figures: tuple[Figure, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    dates: tuple[DateMention, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def provinces(self) -> tuple[str, ...]:
        """Full names of the provinces that the article is about, in the order of GB/T 2260."""
        subjects = [p for p in self.places if p.level == "province" and p.role == "subject"]
        return tuple(p.name for p in sorted(subjects, key=lambda p: p.code))

    @property
    def counties(self) -> tuple[str, ...]:
        """Full names of the county-level units that the article is about, in the order of GB/T 2260."""
        subjects = [p for p in self.places if p.level == "county" and p.role == "subject"]
        return tuple(p.name for p in sorted(subjects, key=lambda p: p.code))


class Printing(msgspec.Struct, frozen=True, kw_only=True):
    """Another copy of an article's text, and how it differs from the article, in sentences.

    `id` is that of the copy's own page, `None` where the copy was set aside. `changed` sentences read otherwise in it,
    `missing` ones it lacks, `extra` ones it alone has. `testimony` is how many doubts of the article it settled.
    """

    file: str
    title: str
    source: str | None
    date_edtf: str
    id: str | None
    changed: int
    missing: int
    extra: int
    testimony: int = 0

    @property
    def is_identical(self) -> bool:
        """Whether every sentence is the same."""
        return not (self.changed or self.missing or self.extra)


class Dispute(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Another article that gives the same fact another value: `figure` counts in this article's figures, from 0."""

    figure: int
    article: str
    value: float


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a page needs.

    `id` comes from the date and the raw text, `path` is the page's folder below the site's root
    ("articles/2019/0311-3f9a2c1b4d"); both stay the same when other articles come and go.
    `reprints` are the ids of the pages with the same article in other publications or of other days, sorted; `chosen`
    is the one among them that stands for all, `None` where it is this page. `printings` are, on the chosen page, all
    other copies, and on any other page the copies that were set aside for it. `address` is the page's whole address
    where that of the site is known, else "".
    """

    id: str
    path: str
    described: DescribedArticle
    annotations: Annotations
    reprints: tuple[str, ...] = ()
    chosen: str | None = None
    printings: tuple[Printing, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    address: str = ""
