"""Page layouts, one golden file each: the page as the restoration leaves it, and its fields and blocks."""

from pathlib import Path

import pytest
import yaml

from shanhai import editlog
from shanhai.describe.article import describe
from shanhai.records import DescribedArticle, GivenMetadata, RawArticle, Rejected, RestoredArticle

LAYOUTS = sorted((Path(__file__).parent / "golden" / "describe").glob("*.yml"))
NO_FIELDS = {
    "title": None,
    "derived": False,
    "date": None,
    "edtf": "",
    "origin": None,
    "source": None,
    "authors": [],
    "editor": None,
    "agency": None,
    "compiled_by": None,
    "affiliation": None,
}


def _described(layout: dict) -> DescribedArticle | Rejected:
    given = layout.get("given", {})
    if "authors" in given:
        given = {**given, "authors": tuple(given["authors"])}
    raw = RawArticle(
        file=layout.get("file", "page.txt"),
        sha256="0" * 64,
        format="text",
        encoding="utf-8",
        text=layout["page"],
        given=GivenMetadata(**given),
    )
    return describe(RestoredArticle(raw=raw, text=raw.text, log=(), script="hans"))


def _fields(described: DescribedArticle) -> dict:
    return {
        "title": described.title,
        "derived": described.title_derived,
        "date": described.date,
        "edtf": described.date_edtf,
        "origin": described.date_origin,
        "source": described.source,
        "authors": list(described.authors),
        "editor": described.editor,
        "agency": described.agency,
        "compiled_by": described.compiled_by,
        "affiliation": described.affiliation,
    }


def _blocks(described: DescribedArticle, expected: list[str]) -> list[str]:
    """The blocks as the golden file writes them; of a paragraph as much as the file quotes."""
    found = []
    for number, block in enumerate(described.blocks):
        kind = f"{block.kind.value}{block.level or ''}"
        quoted = len(expected[number].partition(" ")[2]) if number < len(expected) and kind == "paragraph" else None
        found.append(f"{kind} {described.text[block.start : block.end][:quoted]}")
    return found


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_a_layout_gives_its_fields_and_blocks(path):
    layout = yaml.safe_load(path.read_text(encoding="utf-8"))
    described = _described(layout)
    if "rejected" in layout:
        assert isinstance(described, Rejected)
        assert described.rule == layout["rejected"]
        assert len(described.excerpt) <= 80
        return
    assert isinstance(described, DescribedArticle), described
    expected = NO_FIELDS | layout["fields"]
    expected["date"] = str(expected["date"]) if expected["date"] else None
    expected["edtf"] = expected["edtf"] or expected["date"] or ""
    assert _fields(described) == expected
    assert _blocks(described, layout["blocks"]) == layout["blocks"]
    assert editlog.undo(described.text, described.log) == layout["page"]


def test_there_is_a_golden_file_for_each_of_at_least_65_layouts():
    assert len(LAYOUTS) >= 65
