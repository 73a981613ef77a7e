"""The data files keep their contract: keys, order, and what a spreadsheet may be handed."""

from __future__ import annotations

import csv
import io
import json

import msgspec

from shanhai.pages.datafiles import data_files
from shanhai.records import (
    Annotations,
    Article,
    Block,
    BlockKind,
    Certainty,
    DescribedArticle,
    Edit,
    EditPass,
    Evidence,
    Figure,
    Pair,
    Place,
    Practice,
    RawArticle,
    Rejected,
    ThemeTag,
)

KEYS = [
    "id",
    "file",
    "url",
    "title",
    "title_derived",
    "date",
    "date_edtf",
    "date_origin",
    "source",
    "authors",
    "editor",
    "script",
    "text",
    "headings",
    "provinces",
    "counties",
    "places",
    "pairs",
    "themes",
    "practices",
    "figures",
    "edits",
    "conjectures",
    "gaps",
    "reprints",
    "sha256",
]
"""The keys of the contract."""

NEW_KEYS = ["agency", "compiled_by", "affiliation", "organisations", "dates", "sections", "disputes"]
"""What came later stands behind them."""
TEXT = "第一节\n\n浙江省帮扶四川省\uff0c投入2万元。"


def evidence(start: int, end: int) -> Evidence:
    return Evidence(quote=TEXT[start:end], start=start, end=end, rule="TEST-01")


def article(identity: str = "2019-a", title: str = "标题") -> Article:
    gap = Edit(rule="MASK-03", start=0, end=1, before="第", after="第", certainty=Certainty.GAP)
    described = DescribedArticle(
        raw=RawArticle(file="a.txt", sha256="0" * 64, format="text", encoding="utf-8", text=TEXT),
        text=TEXT,
        log=(EditPass(step="masks", edits=(gap,)),),
        script="hans",
        blocks=(
            Block(kind=BlockKind.HEADING, start=0, end=3, level=2),
            Block(kind=BlockKind.PARAGRAPH, start=5, end=len(TEXT)),
        ),
        title=title,
        title_derived=False,
        date="2019-03-11",
        date_edtf="2019-03-11",
        date_origin="dateline",
        source=None,
        authors=("甲", "乙"),
        editor=None,
    )
    found = Annotations(
        places=(
            Place(name="四川省", code="510000", level="province", role="mention", evidence=(evidence(10, 13),)),
            Place(name="浙江省", code="330000", level="province", role="subject", evidence=(evidence(5, 8),)),
        ),
        pairs=(Pair(origin="浙江省", target="四川省", since=None, evidence=evidence(5, 13), official_round=2016),),
        themes=(ThemeTag(label="资金与项目", score=0.5, evidence=(evidence(14, 16),)),),
        practices=(Practice(name="某模式", evidence=evidence(5, 13)),),
        figures=(
            Figure(
                value=20000.0,
                unit="元",
                label="投入",
                sentence=TEXT[5:],
                place=None,
                year=None,
                evidence=evidence(16, 19),
            ),
        ),
    )
    return Article(id=identity, path=f"articles/2019/{identity}", described=described, annotations=found)


def test_an_article_line_has_the_keys_of_the_contract_in_their_order():
    entry = json.loads(data_files([article()], [])["articles.jsonl"])
    assert list(entry) == [*KEYS, *NEW_KEYS]
    assert entry["provinces"] == ["浙江省"], "a province only mentioned is no subject"
    assert [place["name"] for place in entry["places"]] == ["四川省", "浙江省"]
    contract = {
        "places": ["name", "code", "level", "evidence"],
        "pairs": ["from", "to", "since", "evidence", "official_round"],
        "practices": ["name", "evidence"],
        "figures": ["value", "unit", "label", "sentence", "place", "year", "evidence"],
    }
    for field, keys in contract.items():
        assert list(entry[field][0])[: len(keys)] == keys, "what is new stands behind the contract's keys"
    assert (entry["headings"], entry["themes"], entry["gaps"], entry["edits"]) == (
        ["第一节"],
        ["资金与项目"],
        1,
        {"MASK-03": 1},
    )


def test_lines_are_sorted_by_id_and_the_same_in_every_order_of_input():
    one, two = article("2019-a"), article("2019-b")
    assert data_files([two, one], []) == data_files([one, two], [])


def test_a_rejected_line_names_file_rule_and_reason():
    rejected = Rejected(file="x.bin", rule="READ-BINARY", reason="不是文本")
    assert json.loads(data_files([], [rejected])["rejected.jsonl"]) == msgspec.to_builtins(rejected)


def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe():
    table = data_files([article(title="=HYPERLINK(1)")], [])["articles.csv"]
    row = next(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert row["title"] == "'=HYPERLINK(1)"
    assert row["authors"] == "甲;乙"
    assert row["title_derived"] == "false"


def test_every_column_of_every_table_is_described():
    files = data_files([article()], [])
    package = json.loads(files["datapackage.json"])
    for resource in package["resources"]:
        assert resource["path"] in files
        if resource["format"] == "csv":
            head = next(csv.reader(io.StringIO(files[resource["path"]].removeprefix("\ufeff"))))
            assert head == [field["name"] for field in resource["schema"]["fields"]]
            assert all(field["description"] for field in resource["schema"]["fields"])


def test_an_entry_quotes_its_evidence_from_the_text():
    entry = json.loads(data_files([article()], [])["articles.jsonl"])
    for claim in [*entry["pairs"], *entry["figures"], *entry["practices"]]:
        found = claim["evidence"]
        assert entry["text"][found["start"] : found["end"]] == found["quote"]


def test_the_table_of_places_gives_their_other_names_and_who_names_them():
    """One row a unit over all articles, by code."""
    rows = list(csv.DictReader(io.StringIO(data_files([article("2019-a"), article("2019-b")], [])["places.csv"][1:])))
    assert [row["name"] for row in rows] == ["浙江省", "四川省"]
    zhejiang = rows[0]
    assert (zhejiang["english"], zhejiang["level"]) == ("Zhejiang Province", "province")
    assert (zhejiang["subject"], zhejiang["mention"]) == ("2", "0")
    assert (rows[1]["subject"], rows[1]["mention"]) == ("0", "2")
    assert zhejiang["names"] == "浙江省 1980-"
    assert 27 < float(zhejiang["latitude"]) < 32
