"""What sidecars, front matter and JSON fields say is checked, and a fault is named with its remedy."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.read.corpus import read_file
from shanhai.read.dates import edtf
from shanhai.read.given import NAME_MAX_CHARS, TITLE_MAX_CHARS, FieldError, given_metadata, merged, one_line
from shanhai.records import GivenMetadata, Rejected

if TYPE_CHECKING:
    from pathlib import Path

# A slow machine is no fault of the code, and the first example loads libraries.
UNTIMED = settings(deadline=None)
LIMIT_BYTES = 100_000


def with_sidecar(folder: Path, sidecar: str | bytes, suffix: str = ".yml"):
    (folder / "a.txt").write_text("正文", encoding="utf-8")
    content = sidecar.encode("utf-8") if isinstance(sidecar, str) else sidecar
    (folder / f"a.txt{suffix}").write_bytes(content)
    (record,) = read_file(folder / "a.txt", folder, LIMIT_BYTES)
    return record


@pytest.mark.parametrize("suffix", [".yml", ".yaml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_sidecar_gives_all_fields(tmp_path, suffix, encoding):
    sidecar = (
        "title: 我们的山村有了学校\ndate: 2019-03-11\nsource: 人民的日报\nauthors:\n- 王大\n- 李四\n"
        "editor: 王五\nurl: https://news.example/a?b=1\nsample: true\n"
    )
    assert with_sidecar(tmp_path, sidecar.encode(encoding), suffix).given == GivenMetadata(
        title="我们的山村有了学校", date="2019-03-11", source="人民的日报", authors=("王大", "李四"), editor="王五",
        url="https://news.example/a?b=1", sample=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sidecar", "said"),
    [
        ("", GivenMetadata()),
        ("# nothing\n", GivenMetadata()),
        ("title:\ndate: ~\nauthors: null\nsource: ''\n", GivenMetadata()),
        ("title: 2020\ndate: 2019\n", GivenMetadata(title="2020", date="2019")),
        ("title: '---'\n", GivenMetadata(title="---")),
        ("title: !!python/object/apply:os.system [x]\n", None),
        ("title: !!python/name:os.system x\n", GivenMetadata(title="x")),
        ("title: |\n  第一行\n  第二行\n", GivenMetadata(title="第一行 第二行")),
        ("title: {a: b}\n", None),
        ("titel: 题目\n", None),
        ("date: 去年\n", None),
        ("date: 2019-02-30\n", None),
        ("url: javascript:alert(1)\n", None),
        ("sample: 也许\n", None),
        ("authors: [甲, [乙]]\n", None),
        ("- 一\n- 二\n", None),
        ("只有文字\n", None),
        ("title: [\n", None),
        ("a: b: c\n", None),
        ("title: \x00\n", None),
        ("title: " + "[" * 15_000, None),
        ("- " * 8_000, None),
        ("title: x\n" * 9_000, None),
        ("a: &a [x, x]\nb: &b [*a, *a]\ntitle: [*b, *b]\n", None),
        ("title: &a [*a]\n", None),
    ],
)
def test_sidecar_says_what_it_says_or_sets_the_file_aside(tmp_path, sidecar, said):
    record = with_sidecar(tmp_path, sidecar)
    if said is None:
        assert isinstance(record, Rejected)
        assert record.rule == "READ-YAML"
        assert len(record.reason) < 250
    else:
        assert record.given == said


def test_fault_in_a_sidecar_is_named_with_line_and_remedy(tmp_path):
    assert "第 3 行" in with_sidecar(tmp_path, "title: 题\nsource: 源\nbad: x: y\n").reason
    assert "titel" in with_sidecar(tmp_path, "titel: 题").reason
    assert "2019-03" in with_sidecar(tmp_path, "date: 去年").reason


def test_sidecar_that_leads_elsewhere_is_not_followed(tmp_path):
    (tmp_path / "a.txt").write_text("正文", encoding="utf-8")
    (tmp_path / "secret").write_text("title: 秘密", encoding="utf-8")
    (tmp_path / "a.txt.yml").symlink_to(tmp_path / "secret")
    (record,) = read_file(tmp_path / "a.txt", tmp_path, LIMIT_BYTES)
    assert record.rule == "READ-YAML"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2019-03-11", "2019-03-11"),
        ("2019/3/1", "2019-03-01"),
        ("2019.03.11 04:30", "2019-03-11"),
        ("2019-03-11T04:30:00+08:00", "2019-03-11"),
        ("2019年3月11日04:30", "2019-03-11"),
        ("2019 年 03 月 11 日", "2019-03-11"),
        ("\uff12\uff10\uff11\uff19年\uff13月", "2019-03"),
        ("20190311", "2019-03-11"),
        ("20190311043000", "2019-03-11"),
        ("201903", "2019-03"),
        ("2019-03", "2019-03"),
        ("2019年3月", "2019-03"),
        ("2019", "2019"),
        ("2019年", "2019"),
        ("2019~", "2019"),
        ("1552249800", "2019-03-11"),
        ("1552249800000", "2019-03-11"),
        ("Mon, 11 Mar 2019 04:30:00 GMT", "2019-03-11"),
        ("2019-13-01", None),
        ("2019-02-29", None),
        ("2020-02-29", "2020-02-29"),
        ("1066", None),
        ("9999-01-01", None),
        ("去年", None),
        ("3", None),
        ("2019期", None),
        ("", None),
    ],
)
def test_dates_as_they_are_written(written, read):
    assert edtf(written) == read


@UNTIMED
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_in_every_common_spelling(day):
    moment = datetime(day.year, day.month, day.day, 4, 30)  # noqa: DTZ001 - a date as written has no zone
    spellings = (day.isoformat(), moment.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}",
                 f"{day.year}/{day.month}/{day.day} 04:30", f"{day.year}.{day.month}.{day.day}")  # fmt: skip
    assert {edtf(spelling) for spelling in spellings} == {day.isoformat()}


@UNTIMED
@given(st.text(max_size=120))
def test_any_text_is_a_date_or_none(text):
    found = edtf(text)
    assert found is None or edtf(found) == found


@pytest.mark.parametrize(
    ("fields", "authors"),
    [
        ({"author": "张三"}, ("张三",)),
        ({"author": "张三 李四"}, ("张三", "李四")),
        ({"author": "张三、李四\uff0c王五;赵六"}, ("张三", "李四", "王五", "赵六")),
        ({"author": "Jane Doe, John Roe"}, ("Jane Doe", "John Roe")),
        ({"authors": ["张三", "李四"], "author": "张三"}, ("张三", "李四")),
        ({"authors": []}, ()),
        ({"authors": None}, ()),
    ],
)
def test_authors_as_a_list_or_as_a_line(fields, authors):
    assert given_metadata(fields, strict=True).authors == authors


@pytest.mark.parametrize("field", ["title", "source", "editor", "url", "date", "authors"])
def test_field_of_a_wrong_type_is_a_fault_with_its_name(field):
    with pytest.raises(FieldError, match=field):
        given_metadata({field: {"a": 1}}, strict=False)


def test_unreadable_date_and_address_say_nothing_where_a_program_collected_them():
    assert given_metadata({"date": "3 days ago", "url": "/a.html"}, strict=False) == GivenMetadata()


def test_fields_are_one_line_of_sane_length_without_control_characters():
    said = given_metadata({"title": " 题\x00\n目\u202e " + "长" * 999, "source": "源" * 999}, strict=True)
    assert said.title == ("题 目 " + "长" * 999)[:TITLE_MAX_CHARS]
    assert said.source == "源" * NAME_MAX_CHARS
    assert one_line("\u200b\ud800\uffff", 9) == ""


def test_what_wins_is_decided_field_by_field():
    found = GivenMetadata(title="甲", date="2019", authors=("乙",))
    over = GivenMetadata(title="丙", source="丁")
    assert merged(found, over) == GivenMetadata(title="丙", date="2019", source="丁", authors=("乙",))
