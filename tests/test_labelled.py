"""The labelled passages: their labels are sound, what is found in them only gets better, and nothing lacks evidence."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import damage
import labelled
import labelled_set
from described_text import described
from shanhai import reference
from shanhai.annotate.article import annotate
from shanhai.records import Annotations, BlockKind, DateMention, Evidence, Figure, Pair, Place, Practice, ThemeTag
from sites import PROJECT

PASSAGES = labelled_set.passages()
HALVES = tuple(passage for passage in PASSAGES if passage.half != "fresh")
BY_ID = {passage.id: passage for passage in PASSAGES}
THEMES = {entry["label"] for entry in reference.load("themes.yml", dict[str, Any])["themes"]}
MASTERS = sorted((PROJECT / "tests" / "masters").glob("*.md"))
HALF_WIDTH_BESIDE_HAN = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")
MORE_WITHIN_NUMBER = re.compile("[余多](?=[百千万亿])")
MIN_CHARS, MAX_CHARS = 60, 900
DATES = (None, "1996-12-05", "2009-06-11", "2018-10-17", "2021-06-30", "2024-01-22")

# The lowest precision and recall of each field over both halves: they may only rise.
GATES: dict[str, tuple[float, float]] = {
    "counties": (0.995, 0.985),
    "dates": (0.971, 0.891),
    "figure label": (0.917, 0.917),
    "figure place": (0.932, 0.915),
    "figure qualifier": (1.0, 1.0),
    "figure upper": (1.0, 1.0),
    "figure year": (0.991, 0.772),
    "figures": (0.998, 0.985),
    "figures with place and year": (0.924, 0.912),
    "name then": (1.0, 0.97),
    "not_pairs": (1.0, 1.0),
    "not_places": (0.991, 0.991),
    "not_practices": (0.983, 0.983),
    "not_themes": (1.0, 1.0),
    "organisation kind": (1.0, 1.0),
    "organisation origin": (1.0, 0.888),
    "organisations": (1.0, 0.865),
    "pair since": (1.0, 0.619),
    "pairs": (0.944, 0.878),
    "practices": (0.954, 0.777),
    "prefectures": (0.988, 0.966),
    "provinces": (0.997, 0.972),
    "section places": (0.958, 0.958),
    "section themes": (0.875, 0.636),
    "sections": (1.0, 1.0),
    "themes": (0.961, 0.848),
}


# The set itself.


def test_there_are_enough_passages_in_both_halves():
    """At least 60, of many kinds and years, about as many to work with as are held back."""
    assert len(HALVES) >= 110
    halves = [len(labelled_set.passages(half)) for half in ("dev", "held")]
    assert min(halves) >= 0.45 * len(HALVES)
    assert len(labelled_set.passages("fresh")) >= 64
    assert len({passage.genre for passage in PASSAGES}) >= 9
    assert len({passage.date[:4] for passage in PASSAGES if passage.date}) >= 20
    assert any(passage.date is None for passage in PASSAGES)


def test_every_kind_of_trap_is_set_in_both_halves():
    for half in ("dev", "held"):
        assert {trap for passage in labelled_set.passages(half) for trap in passage.traps} == set(labelled.TRAPS)


def test_the_passages_cover_the_whole_country():
    """Every province-level unit but Taiwan, which has no part in these programmes."""
    wanted = {name for passage in PASSAGES for name in passage.expected.provinces or ()}
    every = {entry["name"] for entry in reference.load("provinces.yml", list[dict[str, object]])}
    assert every - wanted == {"台湾省"}


def test_ids_are_unique_and_name_their_files():
    assert sorted(BY_ID) == [path.stem for path in sorted(labelled_set.FOLDER.glob("*.yml"))]


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_a_passage_reads_as_print(name):
    """Of honest length, and with full-width marks in Chinese text."""
    passage = BY_ID[name]
    assert MIN_CHARS <= len(passage.text) <= MAX_CHARS
    assert not HALF_WIDTH_BESIDE_HAN.search(passage.text + passage.title)


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_labelled_names_are_units_of_the_gazetteer(name):
    """By today's full name; only what is optional may go by a name that is gone."""
    expected = BY_ID[name].expected
    pairs = (*(expected.pairs or ()), *expected.not_pairs)
    names = {
        *(expected.provinces or ()),
        *(expected.prefectures or ()),
        *(expected.counties or ()),
        *expected.not_places,
        *(end for pair in pairs for end in (pair.origin, pair.target)),
        *(figure.place for figure in expected.figures or () if figure.place),
        *(label.name for label in expected.name_then),
        *(one for body in expected.organisations or () for one in (body.target, body.origin) if one),
        *(one for part in expected.sections or () for one in (*part.provinces, *part.optional_provinces)),
    }
    ends = {end for pair in expected.optional_pairs for end in (pair.origin, pair.target)}
    today, ever = _unit_names()
    assert names <= today
    assert {*expected.mentions, *ends, *(label.name_then for label in expected.name_then)} <= ever


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_labelled_words_stand_in_the_text(name):
    """Words of figures, dates, organisations, practices and headings are quoted; themes are of the closed list."""
    passage = BY_ID[name]
    expected = passage.expected
    words = (
        *(figure.words for figure in expected.figures or ()),
        *(date.text for date in expected.dates or ()),
        *expected.optional_dates,
        *(body.name for body in expected.organisations or ()),
        *(part.heading for part in expected.sections or ()),
    )
    assert [one for one in words if one not in passage.text] == []
    practices = (*(expected.practices or ()), *expected.optional_practices, *expected.not_practices)
    assert [one for one in practices if one not in passage.text + passage.title] == []
    parts = expected.sections or ()
    labels = {*(expected.themes or ()), *expected.optional_themes, *expected.not_themes}
    assert labels | {label for part in parts for label in (*(part.themes or ()), *part.optional_themes)} <= THEMES


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_labelled_values_stand_in_the_text(name):
    """A figure's value, its upper end and a pair's year can be read there in digits or characters, or from a date."""
    passage = BY_ID[name]
    text = MORE_WITHIN_NUMBER.sub("", passage.text.replace("两", "二"))
    ends = [end for one in passage.expected.figures or () for end in (one.value, one.upper) if end is not None]
    assert [end for end in ends if not any(_stands(form, text) for form in _forms(end))] == []
    years = [pair.since for pair in passage.expected.pairs or () if pair.since]
    own = int(passage.date[:4]) if passage.date else None
    read = {reading[:4] for date in passage.expected.dates or () for reading in date.readings}
    told = [year for year in years if year != own and str(year) not in read]
    assert [year for year in told if not any(_stands(form, text) for form in _year_forms(year))] == []


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_no_label_says_yes_and_no_of_the_same(name):
    expected = BY_ID[name].expected
    wanted = {*(expected.provinces or ()), *(expected.prefectures or ()), *(expected.counties or ())}
    assert not wanted & set(expected.not_places)
    arrows = {(pair.origin, pair.target) for pair in expected.pairs or ()}
    assert not arrows & {(pair.origin, pair.target) for pair in (*expected.not_pairs, *expected.optional_pairs)}
    assert not set(expected.themes or ()) & {*expected.not_themes, *expected.optional_themes}
    assert not set(expected.practices or ()) & {*expected.not_practices, *expected.optional_practices}


@cache
def _unit_names() -> tuple[frozenset[str], frozenset[str]]:
    """Full names of the units of today, and of all that ever were with every name that the units above them bore."""
    lines = [line for line in reference.text("gazetteer.tsv").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t"))
    today = {row["code"]: row for row in rows if not row["last_year"]}
    spans: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        spans.setdefault(row["code"], []).append(row)

    def full(code: str) -> str:
        return full(today[code]["parent"]) + today[code]["name"] if code in today else ""

    def ever(code: str) -> set[str]:
        return {above + row["name"] for row in spans.get(code, []) for above in ever(row["parent"]) or {""}}

    return frozenset(map(full, today)), frozenset(name for code in spans for name in ever(code))


DIGITS = "零一二三四五六七八九"
SCALES = ((1, ""), (100, "百"), (1_000, "千"), (10_000, "万"), (100_000_000, "亿"))


def _forms(value: float) -> set[str]:
    """The ways to write a number: 1.2亿, 12000万, 120000000, 一点二亿, 一亿二千万."""
    scaled = [(value / scale, word) for scale, word in SCALES if value / scale >= 0.01]
    forms = {_digits(number) + word for number, word in scaled}
    forms |= {_characters(number) + word for number, word in scaled if number < 10_000}
    return forms | ({_whole(int(value))} if value == int(value) else set())


def _digits(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")


def _characters(number: float) -> str:
    whole, _, rest = _digits(number).partition(".")
    return _whole(int(whole)) + ("点" + "".join(DIGITS[int(one)] for one in rest) if rest else "")


def _whole(number: int) -> str:
    """A whole number below a trillion in characters, 10 as 十 and 12 as 十二."""
    for scale, word in reversed(SCALES[3:]):
        if number >= scale:
            rest = number % scale
            gap = "零" if 0 < rest < scale // 10 else ""
            return _whole(number // scale) + word + gap + (_whole(rest) if rest else "")
    made = ""
    for scale, word in ((1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            made += DIGITS[digit] + word
        elif made and number and not made.endswith("零"):
            made += "零"
    return (made[1:] if made.startswith("一十") else made) or "零"


def _year_forms(year: int) -> set[str]:
    return {
        str(year),
        "".join(DIGITS[int(one)] for one in str(year)),
        "".join("〇一二三四五六七八九"[int(one)] for one in str(year)),
    }


def _stands(form: str, text: str) -> bool:
    """Whether the number stands in the text and is no part of a longer one in digits."""
    return re.search(rf"(?<![\d.]){re.escape(form)}(?![\d.]*\d)", text) is not None


# The measure.


def test_a_perfect_reading_is_counted_as_perfect():
    """Of what is labelled, everything is right; what is optional counts neither way."""
    passage = _small_passage()
    names = ("甘肃省", "甘肃省陇南市", "甘肃省陇南市两当县", "山东省", "山东省青岛市", "山东省青岛市市北区")
    counted = labelled.shares(labelled.counts(passage, _reading(passage, names, themes=("资金与项目", "医疗帮扶"))))
    assert {field: (share.precision, share.recall) for field, share in counted.items()} == dict.fromkeys(
        counted, (1.0, 1.0)
    )
    assert counted["pairs"] == labelled.Share(1, 1, 1)
    assert counted["figures"] == labelled.Share(1, 1, 1)
    assert counted["dates"] == labelled.Share(1, 1, 1)


def test_nothing_found_is_precise_and_recalls_nothing():
    counted = labelled.shares(labelled.counts(_small_passage(), Annotations()))
    assert counted["counties"] == labelled.Share(2, 0, 0)
    assert counted["counties"].precision == 1.0
    assert counted["counties"].recall == counted["counties"].f1 == 0.0


def test_what_no_label_wants_is_counted_as_wrong():
    """A trap among the places, a theme, a practice and a figure too many."""
    passage = _small_passage()
    names = ("甘肃省", "甘肃省陇南市两当县", "山东省青岛市市北区", "青海省")
    found = _reading(passage, names, themes=("资金与项目", "文旅融合"))
    found = msgspec.structs.replace(
        found,
        practices=(Practice(name="国家扶贫日", evidence=_evidence(passage.text, "国家扶贫日")),),
        figures=(*found.figures, _figure(passage.text, 56, "个", "实施项目")),
        pairs=(
            Pair(
                origin="甘肃省",
                target="山东省",
                since=None,
                evidence=_evidence(passage.text, "对口帮扶"),
                official_round=None,
            ),
        ),
    )
    faults = {count.field: count.faults for count in labelled.counts(passage, found) if count.faults}
    assert faults["provinces"] == ("missed 山东省", "wrong 青海省")
    assert faults["not_places"] == ("wrong 青海省",)
    assert faults["themes"] == ("wrong 文旅融合",)
    assert faults["not_practices"] == ("wrong 国家扶贫日",)
    assert faults["figures"] == ("wrong 56 个 实施项目",)
    assert faults["pairs"] == ("missed 山东省青岛市市北区 -> 甘肃省陇南市两当县", "wrong 甘肃省 -> 山东省")


def _small_passage() -> labelled_set.Passage:
    text = "10月17日是国家扶贫日，青岛市市北区对口帮扶甘肃省陇南市两当县，资金1.2亿元。"
    return msgspec.convert(
        {
            "id": "x",
            "half": "dev",
            "genre": "agency",
            "traps": [],
            "title": "两当县",
            "date": "2018-10-17",
            "blocks": [{"kind": "paragraph", "text": text}],
            "expected": {
                "provinces": ["甘肃省", "山东省"],
                "prefectures": [],
                "counties": ["甘肃省陇南市两当县", "山东省青岛市市北区"],
                "not_places": ["青海省"],
                "pairs": [{"from": "山东省青岛市市北区", "to": "甘肃省陇南市两当县"}],
                "themes": ["资金与项目"],
                "optional_themes": ["医疗帮扶"],
                "practices": [],
                "not_practices": ["国家扶贫日"],
                "figures": [{"value": 1.2e8, "unit": "元", "words": "资金", "place": "甘肃省陇南市两当县"}],
                "dates": [{"text": "10月17日", "edtf": "2018-10-17"}],
            },
        },
        labelled_set.Passage,
    )


def _reading(passage: labelled_set.Passage, names: tuple[str, ...], themes: tuple[str, ...]) -> Annotations:
    """What a reader finds in the small passage: these places as subjects, one pair, figure and date, and the themes."""
    text = passage.text
    levels = {"省": "province", "市": "prefecture"}
    places = [{"name": one, "level": levels.get(one[-1], "county")} for one in names]
    fixed = {"code": "", "role": "subject", "evidence": [_evidence(text, "两当县")]}
    return Annotations(
        places=msgspec.convert([one | fixed for one in places], tuple[Place, ...], from_attributes=True),
        pairs=(
            Pair(
                origin="山东省青岛市市北区",
                target="甘肃省陇南市两当县",
                since=None,
                evidence=_evidence(text, "对口帮扶"),
                official_round=None,
            ),
        ),
        themes=tuple(ThemeTag(label=label, score=1.0, evidence=()) for label in themes),
        figures=(_figure(text, 1.2e8, "元", "资金"),),
        dates=(DateMention(edtf="2018-10-17", relative=True, evidence=_evidence(text, "10月17日")),),
    )


def _figure(text: str, value: float, unit: str, label: str) -> Figure:
    evidence = _evidence(text, "1.2亿元")
    return Figure(
        value=value, unit=unit, label=label, sentence=text, place="甘肃省陇南市两当县", year=None, evidence=evidence
    )


def _evidence(text: str, quote: str) -> Evidence:
    return Evidence(quote=quote, start=text.index(quote), end=text.index(quote) + len(quote), rule="PLACE-00")


@pytest.fixture(scope="module")
def measured() -> dict[str, labelled.Share]:
    """Every field over all passages."""
    return labelled.shares(count for passage in PASSAGES for count in labelled.counts(passage))


def test_what_readers_are_told_of_the_accuracy_is_what_is_measured():
    """After a change of rules or passages, `python tests/labelled.py --write` writes it anew."""
    assert labelled.ACCURACY.read_text(encoding="utf-8") == labelled.accuracy()


@pytest.mark.parametrize("field", sorted(GATES))
def test_what_is_found_gets_no_worse(field, measured):
    share = measured[field]
    assert share.precision >= GATES[field][0], f"precision {share.precision:.3f}, recall {share.recall:.3f}"
    assert share.recall >= GATES[field][1], f"precision {share.precision:.3f}, recall {share.recall:.3f}"


def test_every_field_that_is_measured_has_a_gate(measured):
    assert set(measured) == set(GATES)


# No claim without evidence.


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_every_claim_in_a_passage_quotes_its_text(name):
    _assert_evidence(labelled_set.article(BY_ID[name]))


@pytest.mark.parametrize("path", MASTERS, ids=lambda path: path.stem)
def test_every_claim_in_a_master_quotes_its_text(path):
    original = damage.read_master(path)
    day = original.fields["date"]
    _assert_evidence(described(*_blocks(original), title=original.fields["title"], date=str(day) if day else None))


def _blocks(original: damage.Master) -> list[tuple[BlockKind, str]]:
    return [(BlockKind(kind or "paragraph"), text) for kind, text in zip(original.kinds, original.blocks, strict=True)]


@cache
def _all_blocks() -> tuple[tuple[BlockKind, str], ...]:
    """Every block of the passages and the masters."""
    own = [(block.kind, block.text) for passage in PASSAGES for block in passage.blocks]
    return (*own, *(block for path in MASTERS for block in _blocks(damage.read_master(path))))


@settings(max_examples=150)
@given(data=st.data(), date=st.sampled_from(DATES))
def test_every_claim_in_a_mixture_of_blocks_quotes_its_text(data, date):
    """Whatever stands side by side, and whenever it was written."""
    blocks = data.draw(st.lists(st.sampled_from(_all_blocks()), min_size=1, max_size=8))
    title = data.draw(st.sampled_from(["", *(passage.title for passage in PASSAGES)]))
    _assert_evidence(described(*blocks, title=title, date=date))


def _assert_evidence(article) -> None:
    """Every place, pair, organisation, theme, practice, figure, date and section rests on characters of the text."""
    text = article.text
    found = annotate(article)
    assert all(place.evidence for place in found.places)
    assert all(tag.evidence for tag in found.themes)
    single = (*found.pairs, *found.organisations, *found.practices, *found.figures, *found.dates)
    many = (*found.places, *found.themes)
    for evidence in (*(one.evidence for one in single), *(each for one in many for each in one.evidence)):
        assert evidence.quote
        assert text[evidence.start : evidence.end] == evidence.quote
        assert 0.0 <= evidence.score <= 1.0
        assert evidence.rule in _listed_rules()
    assert all(body.name in text for body in found.organisations)
    assert all(figure.sentence in text for figure in found.figures)
    assert all(figure.upper is None or figure.upper > figure.value for figure in found.figures)
    assert {tag.label for tag in found.themes} <= THEMES
    codes = {place.code for place in found.places}
    for section in found.sections:
        assert section.heading in text[section.start : section.end]
        assert set(section.places) <= codes
        assert set(section.themes) <= THEMES


@cache
def _listed_rules() -> frozenset[str]:
    lists = [path.name for path in reference.path("rules").iterdir() if path.name.startswith("annotate-")]
    return frozenset(rule for name in lists for rule in reference.load(f"rules/{name}", dict[str, object]))
