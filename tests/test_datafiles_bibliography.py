"""The bibliography of the archive: records that reference managers read back as what the article is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from cited import cited, placed
from pages_fixture import archive
from shanhai.pages.articles.bibliography import bibtex, csl, csl_text, ris
from shanhai.pages.articles.citation import reference
from shanhai.pages.datafiles import data_files
from shanhai.pages.escape import visible

ADDRESS = "https://news.example.cn/2019/0311/a_1%20b.html?id=7&x={y}"
HOSTILE = yaml.safe_load(Path(__file__).with_name("injection.yml").read_text(encoding="utf-8"))


def fields_of(record: str) -> list[tuple[str, str]]:
    return [(line[:2], line[6:]) for line in record.splitlines()]


def tags(record: str) -> list[str]:
    return [tag for tag, _ in fields_of(record)]


def keys(entry: str) -> list[str]:
    return [line.split()[0] for line in entry.splitlines()[1:-1]]


def test_a_record_of_ris_has_type_names_date_and_address():
    record = ris(reference(cited(url=ADDRESS)))
    assert fields_of(record) == [
        ("TY", "NEWS"),
        ("AU", "林一"),
        ("AU", "何二"),
        ("TI", "晒谷场上的账本"),
        ("T2", "山海样报"),
        ("PY", "2019"),
        ("DA", "2019/03/11/"),
        ("LA", "zh-Hans"),
        ("UR", ADDRESS),
        ("DB", "山海文库"),
        ("AN", reference(cited()).id),
        *(("KW", word) for word in reference(cited()).keywords),
        ("ER", ""),
    ]


@pytest.mark.parametrize(("edtf", "written"), [("2019-11", "2019/11//"), ("2020", "2020///")])
def test_unknown_parts_of_a_date_are_left_empty_in_ris(edtf, written):
    assert ("DA", written) in fields_of(ris(reference(cited(edtf=edtf))))


def test_what_is_not_known_has_no_field():
    bare = reference(cited(edtf="", authors=(), source=None))
    assert {"AU", "T2", "PY", "DA", "UR", "N1"}.isdisjoint(tag for tag, _ in fields_of(ris(bare)))
    assert not {"author", "container-title", "issued", "URL", "note"} & set(csl(bare))
    assert not any(f"  {key} =" in bibtex(bare) for key in ("author", "journal", "date", "year", "url", "note"))


def test_an_inferred_year_says_so_in_every_format():
    inferred = reference(cited(edtf="2020", origin="inferred"))
    assert csl(inferred)["issued"] == {"date-parts": [[2020]], "circa": True}
    assert "  date = {2020?},\n  year = {2020}," in bibtex(inferred)
    assert ("N1", "日期据正文推断") in fields_of(ris(inferred))


def test_the_first_address_wins_and_the_page_here_is_noted():
    both = reference(placed(cited(url=ADDRESS)))
    assert csl(both)["URL"] == ADDRESS
    assert csl(both)["note"] == f"山海文库整理本\uff1a{both.page_url}"
    only_here = reference(placed(cited()))
    assert csl(only_here)["URL"] == only_here.page_url
    assert "note" not in csl(only_here)


def test_names_are_one_string_each_in_csl():
    """Which characters are the family name no rule can tell; a parted name is set wrongly by the styles."""
    assert csl(reference(cited(authors=("欧阳四", "本报记者"))))["author"] == [
        {"literal": "欧阳四"},
        {"literal": "本报记者"},
    ]


def test_the_archive_has_all_articles_in_three_formats_in_the_order_of_their_ids():
    articles = archive().articles
    files = data_files(articles, [])
    ids = [one.id for one in articles]
    assert [one["id"] for one in json.loads(files["articles.csl.json"])] == ids
    assert [value for tag, value in fields_of(files["articles.ris"]) if tag == "AN"] == ids
    assert [line[17:-1] for line in files["articles.bib"].splitlines() if line.startswith("@")] == ids
    assert files["articles.ris"].count("\nER  - \n") == len(ids)


def test_an_empty_archive_has_empty_bibliographies():
    files = data_files([], [])
    assert json.loads(files["articles.csl.json"]) == []
    assert files["articles.ris"] == files["articles.bib"] == ""


def test_the_data_package_names_the_bibliographies():
    files = data_files(archive().articles, [])
    package = json.loads(files["datapackage.json"])
    named = {one["path"]: one["format"] for one in package["resources"] if one["name"].startswith("bibliography-")}
    assert named == {"articles.ris": "ris", "articles.bib": "bibtex", "articles.csl.json": "csl-json"}
    assert set(named) <= set(files)


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case["case"])
def test_hostile_text_stays_in_its_field(case):
    text = case["text"]
    one = reference(cited(title=text, authors=(text,), source=f"{text}报", url=ADDRESS))
    missing = () if visible(text).strip() else ("AU", "TI", "author", "title")
    plain = reference(cited(authors=("林一",), url=ADDRESS))
    assert tags(ris(one)) == [tag for tag in tags(ris(plain)) if tag not in missing]
    assert json.loads(csl_text(one)) == [csl(one)]
    assert keys(bibtex(one)) == [key for key in keys(bibtex(plain)) if key not in missing]
    assert bibtex(one).count("{") == bibtex(one).count("}"), "one brace too many breaks the rest of the file"


def test_rispy_reads_the_records_back():
    rispy = pytest.importorskip("rispy")
    texts = [case["text"] for case in HOSTILE if visible(case["text"]).strip()]
    wanted = [reference(cited(title=text, url=ADDRESS)) for text in texts]
    found = rispy.loads("\n".join(map(ris, wanted)))
    assert [(one["title"], one["authors"], one["secondary_title"]) for one in found] == [
        (one.title, list(one.authors), "山海样报") for one in wanted
    ]
    assert {one["type_of_reference"] for one in found} == {"NEWS"}


def test_pybtex_reads_the_entries_back():
    database = pytest.importorskip("pybtex.database")
    texts = [case["text"] for case in HOSTILE if visible(case["text"]).strip()]
    wanted = [reference(cited(number, title=text, url=ADDRESS)) for number, text in enumerate(texts)]
    found = database.parse_string("\n".join(map(bibtex, wanted)), "bibtex").entries
    assert list(found) == [f"shanhai-{one.id}" for one in wanted]
    for entry in found.values():
        assert [str(person) for person in entry.persons["author"]] == ["{林一}", "{何二}"]
        assert entry.fields["url"] == ADDRESS.replace("{", "%7B").replace("}", "%7D")
        assert entry.fields["entrysubtype"] == "newspaper"
