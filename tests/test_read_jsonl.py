"""JSON Lines: an article a line, a reject for each broken line, and bounds on what is unpacked."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from typing import TYPE_CHECKING

import pytest

from shanhai.read.corpus import read_file
from shanhai.records import GivenMetadata, RawArticle, Rejected

if TYPE_CHECKING:
    from pathlib import Path

LIMIT_BYTES = 10_000


def read(folder: Path, content: str | bytes, name: str = "a.jsonl") -> list[RawArticle | Rejected]:
    (folder / name).write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return list(read_file(folder / name, folder, LIMIT_BYTES))


def line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False)


def test_line_becomes_an_article_with_its_number_and_its_own_hash(tmp_path):
    content = line(
        text="正文", title="题", date="2019/3/11", source="报", author="张三 李四", editor="王五",
        url="https://a.example/", sample=True, crawled=1.5, id=10**40,
    )  # fmt: skip
    assert read(tmp_path, f"\n{content}\r\n") == [
        RawArticle(
            file="a.jsonl#L2",
            sha256=hashlib.sha256(content.encode()).hexdigest(),
            format="jsonl",
            encoding="utf-8",
            text="正文",
            given=GivenMetadata(
                title="题", date="2019-03-11", source="报", authors=("张三", "李四"), editor="王五",
                url="https://a.example/", sample=True,
            ),
        )
    ]  # fmt: skip


def test_each_broken_line_is_one_reject_and_the_rest_goes_on(tmp_path):
    lines = [
        line(text="甲"), '{"text": "乙"', "[1, 2]", line(title="无文"), line(text=5), line(text=" \n"),
        line(text="丙", title=["x"]),
        '{"text": "\\ud800"}', "[" * 9_000, '{"text": "丁"} x', "null", line(text="戊", date="3 days ago"),
    ]  # fmt: skip
    records = read(tmp_path, "\n".join(lines)[:LIMIT_BYTES])
    assert [record.file for record in records] == [f"a.jsonl#L{number}" for number in range(1, 13)]
    assert [record.text for record in records if isinstance(record, RawArticle)] == ["甲", "戊"]
    for record in records[1:-1]:
        assert record.rule == "READ-JSON"
        assert f"第 {record.file.rpartition('L')[2]} 行" in record.reason


def test_html_field_is_read_as_a_page_and_stated_fields_win(tmp_path):
    sentence = "合作社请来技术员\uff0c教大家剪枝、施肥和记账\uff0c第二年果园的收成好了许多。"
    page = f"<title>甲乙丙丁-某网</title><h1>甲乙丙丁</h1><h2>小标题</h2><p>{sentence}</p><script>x</script>"
    articles = read(tmp_path, "\n".join([line(html=page), line(html=page, title="别的"), line(html=page, text="文字")]))
    assert [article.given.title for article in articles] == ["甲乙丙丁", "别的", None]
    assert [article.text for article in articles] == [f"小标题\n\n{sentence}"] * 2 + ["文字"]
    assert [article.format for article in articles] == ["jsonl"] * 3
    assert [len(article.hints) for article in articles] == [1, 1, 0]


def test_html_without_text_is_a_reject_of_its_line(tmp_path):
    assert [record.rule for record in read(tmp_path, line(html="<script>x</script>"))] == ["READ-HTML"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_lines_in_other_encodings_are_read(tmp_path, encoding):
    texts = ["我们的山村有了一所新学校。", "大家都来参加学习和生产。"]
    records = read(tmp_path, "\n".join(line(text=text) for text in texts).encode(encoding))
    assert [record.text for record in records] == texts


def test_line_that_cannot_be_decoded_is_one_reject(tmp_path):
    records = read(
        tmp_path, line(text="甲").encode() + b"\n" + b"\xff\xe9 \x80" * 50 + b"\n" + line(text="乙").encode()
    )
    assert [getattr(record, "rule", record.file) for record in records] == ["a.jsonl#L1", "READ-ENCODING", "a.jsonl#L3"]


def test_packed_file_is_read_like_an_unpacked_one(tmp_path):
    content = "\n".join([line(text="甲"), "{", line(text="乙")]).encode()
    packed = read(tmp_path, gzip.compress(content), "b.jsonl.gz")
    assert [record.file for record in packed] == ["b.jsonl.gz#L1", "b.jsonl.gz#L2", "b.jsonl.gz#L3"]
    assert [getattr(record, "text", None) for record in packed] == ["甲", None, "乙"]


def test_packed_file_that_grows_beyond_the_limit_is_set_aside(tmp_path):
    (record,) = read(tmp_path, gzip.compress(b"x" * 1_000_000), "b.jsonl.gz")
    assert (record.rule, str(LIMIT_BYTES) in record.reason) == ("READ-TOO-LARGE", True)
    (whole,) = read(tmp_path, gzip.compress(line(text="x" * (LIMIT_BYTES - 12)).encode()), "b.jsonl.gz")
    assert len(whole.text) == LIMIT_BYTES - 12


def test_of_a_cut_packed_file_the_whole_lines_are_kept_and_the_cut_is_recorded(tmp_path):
    noise = random.Random(7)  # noqa: S311 - text that packs badly, not a secret
    lines = [line(text="".join(chr(noise.randrange(0x4E00, 0x9FA5)) for _ in range(60))) for _ in range(30)]
    packed = gzip.compress("\n".join(lines).encode())
    records = read(tmp_path, packed[: len(packed) * 2 // 3], "b.jsonl.gz")
    assert records[-1].rule == "READ-UNREADABLE"
    assert 5 < len(records) - 1 < 30
    assert all(isinstance(record, RawArticle) for record in records[:-1])


@pytest.mark.parametrize("content", [b"", b"no gzip", b"\x1f\x8b", b"\x1f\x8b\x08\x00broken"])
def test_what_is_no_packed_file_is_set_aside(tmp_path, content):
    (record,) = read(tmp_path, content, "b.jsonl.gz")
    assert record.rule in {"READ-UNREADABLE", "READ-EMPTY"}


def test_sidecar_of_a_jsonl_file_wins_in_every_line(tmp_path):
    (tmp_path / "a.jsonl.yml").write_text("source: 报", encoding="utf-8")
    records = read(tmp_path, "\n".join([line(text="甲", source="x"), line(text="乙")]))
    assert [record.given.source for record in records] == ["报", "报"]
