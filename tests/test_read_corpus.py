"""Every file of a folder ends as an article or as a reason why it is none."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai import reference
from shanhai.errors import CorpusError
from shanhai.read.corpus import KNOWN_SUFFIXES, REMEDIES, corpus_files, read_file
from shanhai.records import GivenMetadata, RawArticle, Rejected

# A slow machine is no fault of the code, and the first example loads libraries.
UNTIMED = settings(deadline=None)
LIMIT_BYTES = 100_000
VILLAGE = Path(__file__).parent / "read_samples" / "village.txt"
READ = Path(__file__).parents[1] / "scripts" / "shanhai" / "read"
FULL_WIDTH = re.compile("[\uff01-\uff5e]")


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def read(folder: Path, name: str) -> list[RawArticle | Rejected]:
    return list(read_file(folder / name, folder, LIMIT_BYTES))


def rejected(folder: Path, name: str) -> Rejected:
    (record,) = read(folder, name)
    assert isinstance(record, Rejected)
    assert record.file == name
    return record


def test_plain_text_is_read_character_for_character(tmp_path):
    content = "\ufeff 第一行\r\n\r\n第二行\u3000\x07 ".encode()
    write(tmp_path, "a/b.txt", content)
    assert read(tmp_path, "a/b.txt") == [
        RawArticle(
            file="a/b.txt",
            sha256=hashlib.sha256(content).hexdigest(),
            format="text",
            encoding="utf-8-sig",
            text=" 第一行\r\n\r\n第二行\u3000\x07 ",
        )
    ]


def test_upper_case_extension_is_read(tmp_path):
    write(tmp_path, "A.TXT", "正文")
    assert read(tmp_path, "A.TXT")[0].text == "正文"


def test_text_file_that_holds_a_page_is_read_as_html(tmp_path):
    write(tmp_path, "a.txt", "\n<!DOCTYPE html><html><body><p>网页里的正文。</p></body></html>")
    (article,) = read(tmp_path, "a.txt")
    assert (article.format, article.text) == ("html", "网页里的正文。")


@pytest.mark.parametrize(
    ("name", "content", "rule", "remedy"),
    [
        ("a.txt", b"", "READ-EMPTY", "空"),
        ("a.md", b" \n\t\xe3\x80\x80\xe2\x80\x8b\n", "READ-EMPTY", "空白"),
        ("a.md", b"---\ntitle: x\n---\n\n", "READ-EMPTY", "正文"),
        ("a.html", b"", "READ-EMPTY", "空"),
        ("a.jsonl", b"\n \n", "READ-EMPTY", "一行也没有"),
        ("a.txt", b"%PDF-1.7 ...", "READ-BINARY", "PDF"),
        ("a.html", b"PK\x03\x04aaaa", "READ-BINARY", "ZIP"),
        ("a.txt", bytes(range(256)) * 4, "READ-BINARY", "不是文本"),
        ("a.txt", b"\0" * 500, "READ-BINARY", "不是文本"),
        ("a.txt", b"\xe9t\xe9 " * 50, "READ-ENCODING", "UTF-8"),
        ("a.txt", b"x" * (LIMIT_BYTES + 1), "READ-TOO-LARGE", str(LIMIT_BYTES)),
        ("a.docx", b"x", "READ-FORMAT", "另存为 .txt"),
        ("a.json", b"{}", "READ-FORMAT", ".jsonl"),
        ("LICENSE", b"x", "READ-FORMAT", ".jsonl.gz"),
        ("a.txt.gz", b"x", "READ-FORMAT", "解压"),
        ("a.html", b"<html><script>x</script></html>", "READ-HTML", "可见"),
        ("a.md", b"---\ntitle: [\n---\nx", "READ-YAML", "行"),
        ("a.txt.yml", b"title: x", "READ-ORPHAN", "对应"),
    ],
)
def test_what_cannot_be_read_is_set_aside_with_its_rule_and_remedy(tmp_path, name, content, rule, remedy):
    write(tmp_path, name, content)
    record = rejected(tmp_path, name)
    assert (record.rule, record.excerpt) == (rule, "")
    assert remedy in record.reason
    assert re.search("[\u4e00-\u9fff]", record.reason)


def test_every_known_kind_with_a_remedy_is_one_that_is_not_read():
    assert not {suffix for suffix in REMEDIES if suffix in KNOWN_SUFFIXES}


def test_file_of_just_the_limit_is_read(tmp_path):
    write(tmp_path, "a.txt", b"x" * LIMIT_BYTES)
    assert len(read(tmp_path, "a.txt")[0].text) == LIMIT_BYTES


def test_file_without_permission_is_set_aside(tmp_path, monkeypatch):
    def forbidden(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    write(tmp_path, "a.txt", "x")
    monkeypatch.setattr("builtins.open", forbidden)
    record = rejected(tmp_path, "a.txt")
    monkeypatch.undo()
    assert record.rule == "READ-UNREADABLE"
    assert "Permission denied" in record.reason


def test_file_that_is_gone_is_set_aside(tmp_path):
    assert rejected(tmp_path, "gone.txt").rule == "READ-UNREADABLE"


def test_broken_link_pipe_and_linked_folder_are_set_aside(tmp_path):
    corpus, outside = tmp_path / "corpus", write(tmp_path, "outside/secret.txt", "外面的文字")
    write(corpus, "in.txt", "里面的文字")
    (corpus / "broken.txt").symlink_to("nowhere.txt")
    (corpus / "leaves.txt").symlink_to(outside)
    (corpus / "stays.txt").symlink_to("in.txt")
    (corpus / "linked").symlink_to(outside.parent)
    os.mkfifo(corpus / "pipe.txt")
    records = {path.name: next(read_file(path, corpus, LIMIT_BYTES)) for path in corpus_files(corpus)}
    assert sorted(records) == ["broken.txt", "in.txt", "leaves.txt", "linked", "pipe.txt", "stays.txt"]
    assert records["stays.txt"].text == "里面的文字"
    for name in ("broken.txt", "leaves.txt", "linked", "pipe.txt"):
        assert records[name].rule == "READ-UNREADABLE"


def test_listing_is_sorted_and_leaves_out_only_hidden_system_and_used_sidecar_files(tmp_path):
    listed = ["Z.txt", "a.txt", "a/b.txt", "a/deep/er/c.md", "b.markdown.yaml", "lone.txt.yml", "notes", "中文.html"]
    unlisted = [".hidden", ".git/config", ".DS_Store", "Thumbs.db", "__MACOSX/x.txt", "a.txt.yml", "a/b.txt.yaml"]
    for name in [*listed, *unlisted]:
        write(tmp_path, name, "x")
    found = [path.relative_to(tmp_path).as_posix() for path in corpus_files(tmp_path)]
    assert sorted(found) == sorted(listed)
    assert found == [path.relative_to(tmp_path).as_posix() for path in sorted(corpus_files(tmp_path))]


def test_second_sidecar_of_a_file_is_set_aside_and_the_first_is_used(tmp_path):
    for name, content in (("a.txt", "正文"), ("a.txt.yml", "title: 甲"), ("a.txt.yaml", "title: 乙")):
        write(tmp_path, name, content)
    assert [path.name for path in corpus_files(tmp_path)] == ["a.txt", "a.txt.yaml"]
    assert read(tmp_path, "a.txt")[0].given.title == "甲"
    assert rejected(tmp_path, "a.txt.yaml").rule == "READ-ORPHAN"


def test_folder_that_looks_like_a_sidecar_is_gone_into(tmp_path):
    write(tmp_path, "a.txt", "正文")
    write(tmp_path, "a.txt.yml/b.txt", "正文")
    assert [path.name for path in corpus_files(tmp_path)] == ["a.txt", "b.txt"]
    assert rejected(tmp_path, "a.txt").rule == "READ-YAML"


def test_folder_that_cannot_be_listed_is_set_aside_below_and_an_error_at_the_top(tmp_path, monkeypatch):
    write(tmp_path, "locked/a.txt", "正文")
    write(tmp_path, "b.txt", "正文")
    listed = os.scandir

    def guarded(path):
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert [path.name for path in corpus_files(tmp_path)] == ["b.txt", "locked"]
    assert rejected(tmp_path, "locked").rule == "READ-UNREADABLE"
    with pytest.raises(CorpusError, match="Permission denied"):
        corpus_files(tmp_path / "locked")


def test_file_that_grows_while_it_is_read_stays_within_the_limit(tmp_path, monkeypatch):
    status = write(tmp_path, "a.txt", "x").lstat()
    write(tmp_path, "a.txt", b"x" * (LIMIT_BYTES + 1))
    monkeypatch.setattr(Path, "lstat", lambda _path: status)
    assert rejected(tmp_path, "a.txt").rule == "READ-TOO-LARGE"


@pytest.mark.parametrize("name", ["gone", "file.txt"])
def test_folder_that_is_none_is_an_error_that_names_it(tmp_path, name):
    write(tmp_path, "file.txt", "x")
    with pytest.raises(CorpusError, match=name):
        corpus_files(tmp_path / name)


@pytest.mark.parametrize(("raw", "shown"), [(b"\xb4\xe5.txt", "\\udcb4\\udce5.txt"), (b"a\nb.txt", "a\\nb.txt")])
def test_strange_file_name_is_recorded_in_escapes(tmp_path, raw, shown):
    path = tmp_path / os.fsdecode(raw)
    path.write_text("正文", encoding="utf-8")
    (record,) = read_file(path, tmp_path, LIMIT_BYTES)
    assert record.file == shown
    assert msgspec.json.decode(msgspec.json.encode(record), type=RawArticle) == record


@UNTIMED
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass"))),
    st.sampled_from([*KNOWN_SUFFIXES, ".json", ".yml", ""]),
)
def test_any_bytes_under_any_extension_give_at_least_one_record(tmp_path_factory, content, suffix):
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    write(folder, f"a{suffix}", content)
    records = read(folder, f"a{suffix}")
    assert records
    for record in records:
        assert record.file.startswith(f"a{suffix}")
        msgspec.json.encode(record)


@UNTIMED
@given(st.binary(max_size=200), st.sampled_from([b"<html><p>", b"---\n", b'{"html": "', b"\xff\xfe", b"\x1f\x8b"]))
def test_any_bytes_after_a_telling_start_give_at_least_one_record(tmp_path_factory, content, start):
    folder = tmp_path_factory.getbasetemp() / "started"
    folder.mkdir(exist_ok=True)
    for suffix in KNOWN_SUFFIXES:
        write(folder, f"a{suffix}", start + content)
        assert read(folder, f"a{suffix}")
    write(folder, "b.jsonl.gz", gzip.compress(start + content))
    assert read(folder, "b.jsonl.gz")


def test_rules_in_the_code_are_the_rules_in_the_list():
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(READ.glob("*.py"))}
    in_code = {rule for text in sources.values() for rule in re.findall(r'"(READ-[A-Z-]+)"', text)}
    listed = reference.load("rules/read.yml", dict[str, dict[str, str]])
    assert in_code == set(listed)
    assert all(set(rule) == {"zh", "en", "example"} for rule in listed.values())


def test_reading_text_loads_no_html_library():
    code = (
        "import sys\nfrom pathlib import Path\nfrom shanhai.read.corpus import read_file\n"
        f"folder = Path({str(VILLAGE.parent)!r})\n"
        "for name in ('village.txt', 'article.md'):\n    assert list(read_file(folder / name, folder, 10**6))\n"
        "print(sorted({'lxml', 'trafilatura', 'markdown'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.strip() == "[]"


def test_sample_texts_kept_their_full_width_marks():
    assert FULL_WIDTH.search(VILLAGE.read_text(encoding="utf-8"))


def test_given_metadata_says_nothing_without_a_source(tmp_path):
    write(tmp_path, "a.txt", "正文")
    assert read(tmp_path, "a.txt")[0].given == GivenMetadata()
