"""Generated files are written only where they changed, and leftovers go."""

from __future__ import annotations

import pytest

from shanhai.errors import OutputError
from shanhai.pages.output import MANIFEST, generated_files, remove_tree, write_tree


def test_an_unchanged_file_is_not_touched(tmp_path):
    write_tree(tmp_path, {"a.md": "one"})
    before = (tmp_path / "a.md").stat().st_mtime_ns
    assert write_tree(tmp_path, {"a.md": "one"}) == 0
    assert (tmp_path / "a.md").stat().st_mtime_ns == before


def test_leftovers_of_the_last_run_go_and_hand_written_files_stay(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "about.md").write_text("by hand", encoding="utf-8")
    write_tree(tmp_path, {"articles/2019/a.md": "a", "articles/b.md": "b"})
    assert write_tree(tmp_path, {"articles/b.md": "b2"}) == 2
    assert sorted(p.name for p in tmp_path.rglob("*")) == [MANIFEST, "about.md", "articles", "b.md"]
    assert (tmp_path / "articles" / "b.md").read_text(encoding="utf-8") == "b2"


def test_removing_the_tree_leaves_only_what_is_not_ours(tmp_path):
    (tmp_path / "about.md").write_text("by hand", encoding="utf-8")
    write_tree(tmp_path, {"x/y.md": "1", "index.md": "2"})
    assert remove_tree(tmp_path) == 2
    assert [p.name for p in tmp_path.rglob("*")] == ["about.md"]


def test_a_path_that_leads_out_of_the_folder_is_refused(tmp_path):
    with pytest.raises(OutputError, match="out of the output folder"):
        write_tree(tmp_path / "docs", {"../evil.md": "x"})
    assert not (tmp_path / "evil.md").exists()


def test_a_link_planted_in_the_folder_is_not_followed(tmp_path):
    docs, outside = tmp_path / "docs", tmp_path / "outside"
    docs.mkdir()
    outside.mkdir()
    (docs / "articles").symlink_to(outside, target_is_directory=True)
    with pytest.raises(OutputError):
        write_tree(docs, {"articles/a.md": "x"})
    assert list(outside.iterdir()) == []


def test_a_damaged_manifest_says_what_to_do(tmp_path):
    (tmp_path / MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(OutputError, match="Delete it"):
        write_tree(tmp_path, {})


def test_what_cannot_be_written_is_named_and_leaves_nothing_half_done(tmp_path):
    """A file in the place of a folder, a folder in the place of a file."""
    (tmp_path / "file").touch()
    for folder, page in ((tmp_path / "file", "a.md"), (tmp_path, "file/a.md")):
        with pytest.raises(OutputError, match="cannot be written"):
            write_tree(folder, {page: "x"})
    (tmp_path / "b.md" / "c").mkdir(parents=True)
    with pytest.raises(OutputError, match="cannot be written"):
        write_tree(tmp_path, {"b.md": "y"})
    assert not list(tmp_path.rglob("*.part"))


def test_a_run_cut_short_leaves_nothing_unknown(tmp_path):
    """What the failed run wrote is in the manifest, so the next run can clean it."""
    (tmp_path / "b.md").mkdir(parents=True)
    with pytest.raises(OutputError):
        write_tree(tmp_path, {"a.md": "x", "b.md": "y"})
    assert set(generated_files(tmp_path)) == {"a.md", "b.md"}
