"""Pages of publications, and the downloads page."""

from __future__ import annotations

import hashlib
import re

import pytest

from pages_fixture import archive
from shanhai.pages.datafiles import data_files
from shanhai.pages.downloads import downloads, size, words
from shanhai.pages.source import source_index, source_pages
from shanhai.pages.targets import source_page
from shanhai.relate.views import view


def test_a_page_tells_articles_share_years_places_themes_and_months() -> None:
    page = dict(source_pages(view(archive())))[source_page("山海周报")]
    assert "**9** 篇文章出自这里\uff0c占全库的 75%\uff0c年份 2001–2024" in page
    assert 'id="fig-months"' in page
    assert '[贵州省](../provinces/guizhou.md) <small lang="en">Guizhou</small>' in page
    assert '<small lang="en">Education</small>' in page
    assert len(re.findall(r"- \[[^]]*第\d+本账\]", page)) == 9


def test_every_source_has_a_page_and_a_line_in_the_index_and_the_unnamed_are_told() -> None:
    views = view(archive())
    index = dict(source_index(views))["sources/index.md"]
    assert [path for path, _ in source_pages(views) if path.endswith(".md")] == [source_page("山海周报")]
    assert "[山海周报](" in index
    assert "来源不详的 3 篇\uff0c占全库的 25%" in index


def test_without_sources_the_index_says_so() -> None:
    index = dict(source_index(view(archive([0]))))["sources/index.md"]
    assert "本库尚无写明出处的文章" in index


def test_every_data_file_is_offered_with_what_it_holds() -> None:
    whole = archive()
    files = data_files(whole.articles, whole.rejected)
    page = downloads(view(whole), files)
    for name, text in files.items():
        row = next(line for line in page.splitlines() if f"[{name}](data/{name})" in line and line.startswith("|"))
        assert words().files[name].zh in row
        assert size(text) in row
    assert hashlib.sha256(files["articles.jsonl"].encode()).hexdigest() in page


def test_every_column_of_every_table_is_explained_in_both_languages() -> None:
    whole = archive()
    page = downloads(view(whole), data_files(whole.articles, whole.rejected))
    for table, columns in words().columns.items():
        part = page.partition(f'<span translate="no">{table}.csv</span>')[2].partition("</details>")[0]
        heads = data_files((), ())[f"{table}.csv"].lstrip("\ufeff").strip().split(",")
        assert list(columns) == heads
        assert len(re.findall(r'^\| <span translate="no">.*\S<br><small lang="en">', part, re.MULTILINE)) == len(heads)


def test_counts_are_those_of_the_files() -> None:
    whole = archive()
    files = data_files(whole.articles, whole.rejected)
    page = downloads(view(whole), files)
    for name in ("articles", "pairs", "figures", "practices", "places"):
        rows = files[f"{name}.csv"].count("\n") - 1
        assert re.search(rf"\[{name}\.csv\].*\| {rows} \|", page)


def test_without_the_files_the_page_tells_no_sizes_and_no_hash() -> None:
    page = downloads(view(archive()))
    assert "大小" not in page
    assert "SHA-256\uff1a" not in page
    assert "[articles.jsonl](data/articles.jsonl)" in page


@pytest.mark.parametrize(
    ("characters", "shown"), [(0, "0\u00a0B"), (730, "730\u00a0B"), (1234, "1.2\u00a0kB"), (2_500_000, "2.5\u00a0MB")]
)
def test_a_size_is_told_in_the_unit_that_keeps_it_short(characters: int, shown: str) -> None:
    assert size("x" * characters) == shown
