"""How much of a labelled passage is found: `python tests/labelled.py [--misses] [--half dev|held|fresh]`.

Reads the passages of golden/knowledge, annotates each as an article of its own and counts, field by field, what its
labels want, what was found and what of both is right. Precision is the right share of what was found, recall the
right share of what was wanted. A field counts only in passages that are labelled for it; what a label calls optional
counts neither way; a field "not_..." counts the traps that a passage names, and how many of them were left alone. The
second table counts the faults in the passages with a trap, in the fields that the trap is set for. `--gates` prints the
measure as the gates of test_labelled.py, `--write` puts it where the site's page about the tagging reads it.
"""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console
from rich.table import Table

from labelled_set import LabelledFigure, LabelledOrganisation, Passage, article, passages
from shanhai.annotate.article import annotate
from sites import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from shanhai.records import Annotations, Figure

# A field of this prefix counts the things that must not be found, and how many of them were left alone.
NOT = "not_"
PLACES = ("provinces", "prefectures", "counties", "not_places")
AMOUNTS = ("figures", "figure place", "figure year", "figure qualifier", "figure upper")
# Each kind of trap, and the fields in which falling into it shows.
TRAPS: dict[str, tuple[str, ...]] = {
    "township_homonym": PLACES,
    "village": PLACES,
    "place_like_word": PLACES,
    "cross_word": PLACES,
    "person_name": PLACES,
    "same_name": PLACES,
    "renamed_unit": (*PLACES, "name then"),
    "list_tail": PLACES,
    "abbreviation": PLACES,
    "zone": (*PLACES, "pairs"),
    "corps": (*PLACES, "pairs"),
    "caption": PLACES,
    "credit": PLACES,
    "compilation": (*PLACES, "sections", "section places"),
    "pair_name": (*PLACES, "pairs"),
    "direction": ("pairs", "not_pairs"),
    "respectively": ("pairs", "not_pairs"),
    "both_sides": ("pairs", "not_pairs"),
    "within_province": ("pairs", "not_pairs"),
    "no_pair": ("pairs", "not_pairs"),
    "organisation": ("organisations", "pairs"),
    "practice": ("practices", "not_practices"),
    "slogan": ("practices", "not_practices"),
    "passing_theme": ("themes", "not_themes"),
    "mixed_themes": ("themes", "not_themes"),
    "figure_range": AMOUNTS,
    "figure_qualifier": AMOUNTS,
    "figure_chinese": AMOUNTS,
    "figure_from_to": AMOUNTS,
    "figure_scale": AMOUNTS,
    "figure_rate": AMOUNTS,
    "figure_place": AMOUNTS,
    "no_figure": ("figures",),
    "absolute_date": ("dates",),
    "relative_date": ("dates",),
    "no_date": ("dates",),
}


SHOWN = (
    "provinces",
    "prefectures",
    "counties",
    "pairs",
    "organisations",
    "themes",
    "practices",
    "figures",
    "figure place",
    "figure year",
    "dates",
)
"""The fields that readers are told of, in the order of their page."""

ACCURACY = PROJECT / "scripts" / "shanhai" / "reference" / "accuracy.yml"


class Count(NamedTuple):
    """What one field of one passage came to: how many were wanted, found and right, and what is wrong or missed."""

    field: str
    wanted: int
    found: int
    right: int
    faults: tuple[str, ...]


class Share(NamedTuple):
    """Precision and recall of a field over many passages."""

    wanted: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """The right share of what was found; 1 where nothing was."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The right share of what was wanted; 1 where nothing was."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def counts(passage: Passage, found: Annotations | None = None) -> tuple[Count, ...]:
    """Every field that the passage is labelled for, counted."""
    found = annotate(article(passage)) if found is None else found
    made = (count for field in FIELDS for count in field(passage, found))
    return tuple(made)


def shares(counted: Iterable[Count]) -> dict[str, Share]:
    """The sum of many counts by field, in the order in which the fields first come."""
    sums: dict[str, Share] = {}
    for count in counted:
        before = sums.get(count.field, Share(0, 0, 0))
        sums[count.field] = Share(before.wanted + count.wanted, before.found + count.found, before.right + count.right)
    return sums


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--half", choices=("dev", "held", "fresh"), help="only this part of the set")
    parser.add_argument("--gates", action="store_true", help="only the measure as the gates of test_labelled.py")
    parser.add_argument("--write", action="store_true", help="only write reference/accuracy.yml anew")
    parser.add_argument("--misses", action="store_true", help="also each wrong or missed item, with its passage")
    asked = parser.parse_args()
    if asked.write:
        ACCURACY.write_text(accuracy(), encoding="utf-8", newline="\n")
        return
    chosen = passages(asked.half)
    counted = {passage.id: counts(passage) for passage in chosen}
    measured = shares(count for fields in counted.values() for count in fields)
    console = Console(width=120)
    if asked.gates:
        console.print(_gates(measured), markup=False, highlight=False, soft_wrap=True)
        return
    if asked.misses:
        for name, fields in counted.items():
            for count in fields:
                for fault in count.faults:
                    console.print(f"{name} | {count.field} | {fault}", markup=False, highlight=False, soft_wrap=True)
    console.print(_field_table(measured))
    console.print(_trap_table(chosen, counted))


def accuracy() -> str:
    """The content of reference/accuracy.yml: what readers are told of each field, over all passages and the fresh."""
    lines = [
        "# What is found in the labelled passages of tests/golden/knowledge, by field: over all of them, and over the",
        "# fresh ones, which no rule was written with. wanted: labelled; found: by the rules; right: both.",
        "# Written by: python tests/labelled.py --write",
    ]
    for name, chosen in (("passages", passages()), ("fresh", passages("fresh"))):
        measured = shares(count for passage in chosen for count in counts(passage))
        lines += [f"{name}:", f"  count: {len(chosen)}", "  fields:"]
        lines += [
            f"    {field}: {{wanted: {one.wanted}, found: {one.found}, right: {one.right}}}"
            for field, one in ((field, measured[field]) for field in SHOWN)
        ]
    return "\n".join((*lines, ""))


def _compare(field: str, wanted: Iterable[str], found: Iterable[str], ignored: Iterable[str] = ()) -> Count:
    wanted = set(wanted)
    found = set(found) - (set(ignored) - wanted)
    faults = (*(f"missed {one}" for one in sorted(wanted - found)), *(f"wrong {one}" for one in sorted(found - wanted)))
    return Count(field, len(wanted), len(found), len(wanted & found), faults)


def _traps_taken(field: str, named: Iterable[str], found: Iterable[str]) -> Iterable[Count]:
    """One count where the passage names things that must not be found: each one left alone is right."""
    if named := set(named):
        taken = named & set(found)
        yield Count(field, len(named), len(named), len(named - taken), tuple(f"wrong {one}" for one in sorted(taken)))


def _places(passage: Passage, found: Annotations) -> Iterable[Count]:
    """Subjects by level; what is only mentioned, and the units above a labelled one, count neither way."""
    expected = passage.expected
    ends = (end for pair in expected.optional_pairs for end in (pair.origin, pair.target))
    ignored = {*expected.mentions, *ends}
    labelled = ignored | set(expected.counties or ()) | set(expected.prefectures or ())
    for field, level in (("provinces", "province"), ("prefectures", "prefecture"), ("counties", "county")):
        wanted = getattr(expected, field)
        if wanted is None:
            continue
        subjects = {place.name for place in found.places if place.level == level and place.role == "subject"}
        above = {name for name in subjects if any(one != name and one.startswith(name) for one in labelled)}
        yield _compare(field, wanted, subjects, ignored | above)
    yield from _traps_taken("not_places", expected.not_places, (place.name for place in found.places))


def _names_then(passage: Passage, found: Annotations) -> Iterable[Count]:
    if labels := passage.expected.name_then:
        names = {label.name for label in labels}
        yield _compare(
            "name then",
            (f"{label.name} = {label.name_then}" for label in labels),
            (f"{p.name} = {p.name_then}" for p in found.places if p.name in names and p.name_then),
        )


def _pairs(passage: Passage, found: Annotations) -> Iterable[Count]:
    expected = passage.expected
    made = {_arrow(pair.origin, pair.target) for pair in found.pairs}
    yield from _traps_taken("not_pairs", (_arrow(p.origin, p.target) for p in expected.not_pairs), made)
    if expected.pairs is None:
        return
    optional = {_arrow(p.origin, p.target) for p in expected.optional_pairs}
    yield _compare("pairs", (_arrow(p.origin, p.target) for p in expected.pairs), made, optional)
    dated = {_arrow(p.origin, p.target) for p in expected.pairs}
    yield _compare(
        "pair since",
        (f"{_arrow(p.origin, p.target)} {p.since}" for p in expected.pairs if p.since),
        (f"{arrow} {p.since}" for p in found.pairs if p.since and (arrow := _arrow(p.origin, p.target)) in dated),
    )


def _themes(passage: Passage, found: Annotations) -> Iterable[Count]:
    expected = passage.expected
    labels = {tag.label for tag in found.themes}
    yield from _traps_taken("not_themes", expected.not_themes, labels)
    if expected.themes is not None:
        yield _compare("themes", expected.themes, labels, expected.optional_themes)


def _practices(passage: Passage, found: Annotations) -> Iterable[Count]:
    expected = passage.expected
    names = [practice.name for practice in found.practices]
    yield from _traps_taken(
        "not_practices", expected.not_practices, (trap for trap in expected.not_practices if _alike(trap, names))
    )
    if expected.practices is None:
        return
    missed = [wanted for wanted in expected.practices if not _alike(wanted, names)]
    known = [*expected.practices, *expected.optional_practices]
    wrong = [name for name in names if not _alike(name, known)]
    right = len(expected.practices) - len(missed)
    faults = (*(f"missed {one}" for one in missed), *(f"wrong {one}" for one in wrong))
    yield Count("practices", len(expected.practices), right + len(wrong), right, faults)


def _figures(passage: Passage, found: Annotations) -> Iterable[Count]:
    expected = passage.expected
    if expected.figures is None:
        return
    free = list(found.figures)
    matched: list[tuple[LabelledFigure, Figure]] = []
    missed: list[LabelledFigure] = []
    for wanted in expected.figures:
        alike = [figure for figure in free if _same_amount(wanted, figure)]
        if alike:
            best = min(alike, key=partial(_unlike, wanted))
            free.remove(best)
            matched.append((wanted, best))
        else:
            missed.append(wanted)
    wrong = [f for f in free if not any(_same_number(one, f) for one in expected.optional_figures)]
    wrong = wrong if expected.figures_complete else []
    faults = (*(f"missed {_amount(one)}" for one in missed), *(f"wrong {_amount(one)}" for one in wrong))
    yield Count("figures", len(expected.figures), len(matched) + len(wrong), len(matched), faults)
    told = sum(_same_place_and_year(one, figure) for one, figure in matched)
    yield Count("figures with place and year", len(expected.figures), len(matched) + len(wrong), told, ())
    for field, attribute in ATTRIBUTES:
        yield _attribute(field, attribute, matched)
    named = [one for one, figure in matched if one.words in figure.label]
    unnamed = tuple(f"label {f.label!r} lacks {one.words}" for one, f in matched if one.words not in f.label)
    yield Count("figure label", len(matched), len(matched), len(named), unnamed)


def _attribute(field: str, attribute: str, matched: Sequence[tuple[LabelledFigure, Figure]]) -> Count:
    """How often the attribute is what its label says, among the figures that are labelled for it.

    A qualifier and an upper end are labelled wherever the text has them, so there an unlabelled one is wrong.
    """
    both = [(getattr(one, attribute), getattr(figure, attribute), figure) for one, figure in matched]
    if attribute in {"place", "year"}:
        both = [(wanted, got, figure) for wanted, got, figure in both if wanted is not None]
    faults = tuple(f"{_amount(figure)} wanted {wanted}, found {got}" for wanted, got, figure in both if wanted != got)
    return Count(
        field,
        sum(wanted is not None for wanted, _, _ in both),
        sum(got is not None for _, got, _ in both),
        sum(wanted is not None and wanted == got for wanted, got, _ in both),
        faults,
    )


def _dates(passage: Passage, found: Annotations) -> Iterable[Count]:
    expected = passage.expected
    if expected.dates is None:
        return
    free = [(mention.evidence.quote, mention.edtf) for mention in found.dates]
    missed = []
    for wanted in expected.dates:
        same = [one for one in free if _alike(wanted.text, [one[0]]) and one[1] in wanted.readings]
        if same:
            free.remove(same[0])
        else:
            missed.append(f"missed {wanted.text} = {' or '.join(wanted.readings)}")
    right = len(expected.dates) - len(missed)
    wrong = [f"wrong {quote} = {edtf}" for quote, edtf in free if not _alike(quote, expected.optional_dates)]
    yield Count("dates", len(expected.dates), right + len(wrong), right, (*missed, *wrong))


def _organisations(passage: Passage, found: Annotations) -> Iterable[Count]:
    expected = passage.expected
    if expected.organisations is None:
        return
    free = list(found.organisations)
    missed: list[LabelledOrganisation] = []
    kinds: list[tuple[str, str]] = []
    origins: list[tuple[str | None, str | None]] = []
    for wanted in expected.organisations:
        same = [one for one in free if _alike(wanted.name, [one.name]) and one.target == wanted.target]
        if same:
            free.remove(same[0])
            kinds.append((wanted.kind, same[0].kind))
            origins.append((wanted.origin, same[0].origin))
        else:
            missed.append(wanted)
    right = len(expected.organisations) - len(missed)
    faults = (
        *(f"missed {one.name} -> {one.target}" for one in missed),
        *(f"wrong {one.name} -> {one.target}" for one in free),
    )
    yield Count("organisations", len(expected.organisations), len(found.organisations), right, faults)
    wrong_kinds = tuple(f"{a} found as {b}" for a, b in kinds if a != b)
    yield Count("organisation kind", len(kinds), len(kinds), len(kinds) - len(wrong_kinds), wrong_kinds)
    yield Count(
        "organisation origin",
        sum(wanted is not None for wanted, _ in origins),
        sum(got is not None for _, got in origins),
        sum(wanted is not None and wanted == got for wanted, got in origins),
        tuple(f"wanted {wanted}, found {got}" for wanted, got in origins if wanted != got),
    )


def _sections(passage: Passage, found: Annotations) -> Iterable[Count]:
    expected = passage.expected
    if expected.sections is None:
        return
    text = passage.text
    names = {place.code: place.name for place in found.places if place.level == "province"}
    free = list(found.sections)
    missed: list[str] = []
    made: list[Count] = []
    for wanted in expected.sections:
        same = [
            s for s in free if _alike(wanted.heading, [s.heading]) or text[s.start : s.end].startswith(wanted.heading)
        ]
        if not same:
            missed.append(f"missed {wanted.heading}")
            continue
        free.remove(same[0])
        provinces = {names.get(f"{code[:2]}0000", code) for code in same[0].places}
        made.append(_compare("section places", wanted.provinces, provinces, wanted.optional_provinces))
        if wanted.themes is not None:
            made.append(_compare("section themes", wanted.themes, same[0].themes, wanted.optional_themes))
    wrong = [f"wrong {section.heading}" for section in free]
    right = len(expected.sections) - len(missed)
    yield Count("sections", len(expected.sections), len(found.sections), right, (*missed, *wrong))
    yield from made


ATTRIBUTES = tuple((name, name.partition(" ")[2]) for name in AMOUNTS[1:])
FIELDS: tuple[Callable[[Passage, Annotations], Iterable[Count]], ...] = (
    _places,
    _names_then,
    _pairs,
    _organisations,
    _themes,
    _practices,
    _figures,
    _dates,
    _sections,
)


def _arrow(origin: str, target: str) -> str:
    return f"{origin} -> {target}"


def _alike(name: str, names: Iterable[str]) -> bool:
    """Whether the name contains one of the others or lies in one."""
    return any(name in other or other in name for other in names)


def _same_number(wanted: LabelledFigure, figure: Figure) -> bool:
    return abs(figure.value - wanted.value) <= 1e-9 * max(1.0, abs(wanted.value)) and figure.unit == wanted.unit


def _same_amount(wanted: LabelledFigure, figure: Figure) -> bool:
    return _same_number(wanted, figure) and wanted.words in figure.label + figure.sentence


def _same_place_and_year(wanted: LabelledFigure, figure: Figure) -> bool:
    """Whether both are as labelled, where they are."""
    return wanted.place in {None, figure.place} and wanted.year in {None, figure.year}


def _unlike(wanted: LabelledFigure, figure: Figure) -> tuple[bool, bool, bool]:
    """How far a figure of the right amount is from the label, the least unlike first."""
    return wanted.words not in figure.label, wanted.place != figure.place, wanted.year != figure.year


def _amount(figure: LabelledFigure | Figure) -> str:
    said = figure.words if isinstance(figure, LabelledFigure) else figure.label
    return f"{figure.value:g} {figure.unit} {said}"


def _gates(measured: dict[str, Share]) -> str:
    """Precision and recall as a literal, rounded down: what is measured now passes, and nothing less."""
    lines = (
        f'    "{field}": ({_floor(one.precision)}, {_floor(one.recall)}),' for field, one in sorted(measured.items())
    )
    return "\n".join(("GATES: dict[str, tuple[float, float]] = {", *lines, "}"))


def _floor(share: float) -> float:
    return int(share * 1000 + 1e-9) / 1000


def _field_table(measured: dict[str, Share]) -> Table:
    table = Table("field", "wanted", "found", "right", "precision", "recall", "f1", title="Labelled passages by field")
    for field, share in measured.items():
        ratios = (f"{one:.3f}" for one in (share.precision, share.recall, share.f1))
        table.add_row(field, *(str(one) for one in share), *ratios)
    return table


def _trap_table(chosen: Sequence[Passage], counted: dict[str, tuple[Count, ...]]) -> Table:
    table = Table("trap", "passages", "without fault", "missed", "wrong", title="The same by trap")
    for trap, fields in TRAPS.items():
        caught = [[c for c in counted[one.id] if c.field in fields] for one in chosen if trap in one.traps]
        missed = sum(c.wanted - c.right for counts_ in caught for c in counts_ if not c.field.startswith(NOT))
        wrong = sum(c.found - c.right for counts_ in caught for c in counts_)
        clean = sum(not any(count.faults for count in counts_) for counts_ in caught)
        table.add_row(trap, str(len(caught)), str(clean), str(missed), str(wrong))
    return table


if __name__ == "__main__":
    main()
