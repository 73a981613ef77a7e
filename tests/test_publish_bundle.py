"""The offline bundle: the same bytes for the same site, every link to a file, and every change found."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from shanhai import __version__
from shanhai.cli import main
from shanhai.errors import OutputError
from shanhai.publish.bundle import bundle_name, bundle_note, write_bundle
from shanhai.publish.manifest import (
    LONGEST_NAME_UNITS,
    MANIFEST,
    BundleError,
    is_plain,
    manifest_text,
    parse_manifest,
    unfit_names,
)
from shanhai.publish.verify_bundle import verify_bundle
from sites import copy_project, corpus, run
from test_publish_atomic import ARTICLE, tree

NAME = "shanhai-1.zip"

KILLED_WHILE_PACKING = """
import os, signal, sys, zipfile
from pathlib import Path
from shanhai.publish.bundle import write_bundle

add = zipfile.ZipFile.writestr

def dying(archive, entry, *rest):
    add(archive, entry, *rest)
    if entry.filename.endswith("/page.html"):
        archive.fp.flush()
        os.kill(os.getpid(), signal.SIGKILL)

zipfile.ZipFile.writestr = dying
write_bundle(Path(sys.argv[1]), Path(sys.argv[2]), "another note")
"""

NO_ROOM = """
import resource, signal, sys
from pathlib import Path
from shanhai.publish.bundle import write_bundle

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
write_bundle(Path(sys.argv[1]), Path(sys.argv[2]), "another note")
"""

MANY_FILES = 66_000
"""The zip format of 1993 counts 65,535."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site, with what servers and we ourselves want beside its pages."""
    site = tmp_path / "site"
    for name in (
        "index.html",
        "a/page.html",
        "search/start.js",
        "data/articles.jsonl",
        "404.html",
        "robots.txt",
        "sitemap.xml",
        "sitemap.xml.gz",
        "feeds/all.xml",
        ".shanhai-site",
        ".git/config",
        "a/.hidden",
    ):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(f"{name} 山海\n", encoding="utf-8")
    return site


@pytest.fixture
def packed(site: Path, tmp_path: Path) -> Path:
    return write_bundle(site, tmp_path / "dist" / NAME, "note").path


@pytest.fixture
def unpacked(packed: Path, tmp_path: Path) -> Path:
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path / "资料 文库")
    return tmp_path / "资料 文库" / "shanhai-1"


def repacked(packed: Path, target: Path, *more: tuple[str, bytes], without: str = "", **changed: bytes) -> Path:
    """The archive once more with entries added, left out, or changed (by the last part of the name, `__` for a dot)."""
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if not without or not name.endswith(without):
                new.writestr(name, changed.get(Path(name).name.replace(".", "__"), old.read(name)))
        for name, content in more:
            new.writestr(name, content)
    return target


def test_a_bundle_holds_the_site_the_note_and_the_manifest_in_one_folder(packed):
    with zipfile.ZipFile(packed) as archive:
        assert archive.namelist() == [
            f"shanhai-1/{name}"
            for name in (MANIFEST, "README.txt", "a/page.html", "data/articles.jsonl", "index.html", "search/start.js")
        ]
        assert archive.read("shanhai-1/a/page.html").decode() == "a/page.html 山海\n"
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.external_attr >> 16 == stat.S_IFREG | 0o644
            assert entry.compress_type == zipfile.ZIP_DEFLATED


def test_the_same_site_gives_the_same_bytes_whatever_its_files_times_and_modes(packed, site, tmp_path):
    again = shutil.copytree(site, tmp_path / "again")
    for path in again.rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o700)
    assert write_bundle(again, tmp_path / "other" / NAME, "note").path.read_bytes() == packed.read_bytes()


def test_the_manifest_is_what_sha256sum_checks(unpacked):
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not here: it comes with the GNU core utilities")
    check = ["sha256sum", "--strict", "-c", MANIFEST]
    assert subprocess.run(check, cwd=unpacked, check=False, capture_output=True).returncode == 0
    (unpacked / "index.html").write_text("changed", encoding="utf-8")
    done = subprocess.run(check, cwd=unpacked, check=False, capture_output=True)
    assert (done.returncode, b"index.html: FAILED" in done.stdout) == (1, True)


def test_the_manifest_names_every_file_but_itself_sorted(unpacked):
    listed = parse_manifest((unpacked / MANIFEST).read_text(encoding="utf-8"))
    files = {name: content for name, content in tree(unpacked).items() if name != MANIFEST}
    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert list(listed) == sorted(files)


def test_the_note_says_in_both_languages_how_to_open_and_check(unpacked):
    note = bundle_note("山海文库 $1", 30, "1.2.3")
    for words in ("山海文库 $1", "30", "1.2.3", "index.html", "verify-bundle", "sha256sum", "解压", "Unpack"):
        assert words in note
    assert (unpacked / "README.txt").read_bytes() == "\ufeffnote".encode()


def test_an_archive_that_cannot_be_written_is_named(site, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Exception, match="cannot be written") as caught:
        write_bundle(site, tmp_path / "file" / NAME, "note")
    assert type(caught.value).__name__ == "OutputError"


def test_a_disk_that_is_full_leaves_the_former_archive_and_nothing_half_done(packed, site):
    """A limit on the size of files does what a full disk does: a write fails in the middle."""
    before = packed.read_bytes()
    (site / "a" / "page.html").write_bytes(os.urandom(100_000))
    command = [sys.executable, "-c", NO_ROOM, str(site), str(packed)]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert f"OutputError: {packed}: cannot be written (File too large)" in done.stderr
    assert list(packed.parent.iterdir()) == [packed]
    assert packed.read_bytes() == before


@pytest.mark.parametrize(
    "name",
    [
        "a/con",
        "a/NUL.html",
        "aux/index.html",
        "com1.txt",
        "a/why?.html",
        'a/"b".html',
        "a/end./index.html",
        "a/end /index.html",
        "a/end.",
        "A/page.html",
        "a/INDEX.html",
        "a/index.html/" + "x" * 170,
        "a/" + "\U00020000" * 90,
        "a\\b.html",
        "a/\u202etxt.html",
    ],
    ids=lambda name: ascii(name)[:20],
)
def test_a_name_that_some_system_cannot_unpack_is_refused_with_the_name(site, packed, name):
    """Reserved on Windows, too long for it, the same but for case, or not what it seems."""
    before = packed.read_bytes()
    there = {"a/page.html", "a/index.html", "README.txt", MANIFEST}
    assert unfit_names(there) == {}
    (unfit,) = unfit_names({name, *there})
    assert unfit in {name, "a/page.html", "a/index.html"}
    if len(name.encode()) < LONGEST_NAME_UNITS and os.sep == "/":
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / "a" / "index.html").write_text("mine", encoding="utf-8")
        (site / name).write_text("mine", encoding="utf-8")
        with pytest.raises(OutputError, match="cannot go into a bundle"):
            write_bundle(site, packed, "note")
        assert packed.read_bytes() == before


@pytest.mark.parametrize(
    "name", ["a/console.html", "a/com.html", "a/nul-1.html", "a/b.con", "a/山海 #1%.html", "a/.b/c"]
)
def test_a_name_that_only_looks_like_a_reserved_one_is_taken(name):
    assert unfit_names([name, "index.html"]) == {}


def test_a_bundle_of_more_files_than_the_old_zip_format_can_count_holds(tmp_path):
    site = tmp_path / "site"
    for number in range(MANY_FILES):
        if number % 1000 == 0:
            (site / f"{number // 1000}").mkdir(parents=True)
        (site / f"{number // 1000}" / f"{number}.js").write_bytes(b"%d\n" % number)
    packed = write_bundle(site, tmp_path / NAME, "note")
    assert packed.files == MANY_FILES + 1
    found = verify_bundle(packed.path)
    assert (found.holds, found.files, found.fingerprint) == (True, packed.files, packed.fingerprint)


def test_a_kill_while_packing_leaves_the_former_archive_and_the_next_run_replaces_it(packed, site):
    before = packed.read_bytes()
    command = [sys.executable, "-c", KILLED_WHILE_PACKING, str(site), str(packed)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert packed.read_bytes() == before
    assert len(list(packed.parent.iterdir())) == 2
    write_bundle(site, packed, "another note")
    assert packed.read_bytes() != before
    assert list(packed.parent.iterdir()) == [packed]


def test_a_bundle_as_it_was_made_holds_packed_and_unpacked(packed, unpacked):
    for path in (packed, unpacked):
        found = verify_bundle(path)
        assert (found.holds, found.files) == (True, 5)
    assert verify_bundle(packed).fingerprint == verify_bundle(unpacked).fingerprint


def test_what_is_missing_changed_or_extra_in_a_folder_is_named(unpacked):
    (unpacked / "index.html").unlink()
    (unpacked / "a" / "page.html").write_text("changed", encoding="utf-8")
    (unpacked / "a" / "别的.html").write_text("", encoding="utf-8")
    (unpacked / ".DS_Store").write_text("", encoding="utf-8")
    found = verify_bundle(unpacked)
    assert not found.holds
    assert (found.missing, found.changed, found.extra) == (
        ("index.html",),
        ("a/page.html",),
        (".DS_Store", "a/别的.html"),
    )


def test_a_link_in_a_file_s_place_counts_as_changed(unpacked, tmp_path):
    """Even one to the same content: what it leads to may change later; and no folder is entered by a link."""
    (unpacked / "index.html").rename(tmp_path / "elsewhere.html")
    (unpacked / "index.html").symlink_to(tmp_path / "elsewhere.html")
    (unpacked / "more").symlink_to(tmp_path, target_is_directory=True)
    found = verify_bundle(unpacked)
    assert (found.missing, found.changed, found.extra) == ((), ("index.html",), ("more",))


def test_what_is_missing_changed_or_extra_in_an_archive_is_named(packed, tmp_path):
    other = repacked(packed, tmp_path / NAME, ("shanhai-1/x.js", b""), without="start.js", index__html=b"changed")
    found = verify_bundle(other)
    assert (found.missing, found.changed, found.extra) == (("search/start.js",), ("index.html",), ("x.js",))


def test_a_damaged_entry_counts_as_changed(packed):
    content = bytearray(packed.read_bytes())
    with zipfile.ZipFile(packed) as archive:
        entry = archive.getinfo("shanhai-1/index.html")
    content[entry.header_offset + 30 + len(entry.filename) + 3] ^= 0xFF
    packed.write_bytes(content)
    assert verify_bundle(packed).changed == ("index.html",)


@pytest.mark.parametrize("damage", ["cut short", "no archive", "empty", "absent"])
def test_what_is_no_archive_is_refused_with_its_name(packed, damage):
    content = packed.read_bytes()
    packed.write_bytes({"cut short": content[: len(content) // 2], "no archive": b"<html>"}.get(damage, b""))
    if damage == "absent":
        packed.unlink()
    with pytest.raises(BundleError, match=rf"{NAME}: cannot be read as a zip archive"):
        verify_bundle(packed)


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "shanhai-1/../../evil",
        "/etc/evil",
        "shanhai-1\\..\\evil",
        "C:/evil",
        "shanhai-1/\x1b[2Jevil",
        "shanhai-1//evil",
        "shanhai-1/./evil",
    ],
)
def test_a_name_that_leads_out_or_hides_something_is_refused(packed, tmp_path, name):
    with pytest.raises(BundleError, match="does not stay within"):
        verify_bundle(repacked(packed, tmp_path / NAME, (name, b"")))


def test_an_archive_of_someone_elses_is_refused_with_the_reason(packed, tmp_path):
    with pytest.raises(BundleError, match=f"no {MANIFEST}"):
        verify_bundle(repacked(packed, tmp_path / NAME, without=MANIFEST))
    with pytest.raises(BundleError, match="one folder"):
        verify_bundle(repacked(packed, tmp_path / NAME, ("other/file", b"")))
    with pytest.raises(BundleError, match="one folder"):
        verify_bundle(repacked(packed, tmp_path / NAME, ("shanhai-1", b"")))
    with pytest.raises(BundleError, match=f"no {MANIFEST}"):
        verify_bundle(tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_with_one_name_twice_or_with_a_link_is_refused(packed, tmp_path):
    with pytest.raises(BundleError, match="twice"):
        verify_bundle(repacked(packed, tmp_path / NAME, ("shanhai-1/index.html", b"other")))
    link = zipfile.ZipInfo("shanhai-1/link")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(BundleError, match="is a link"):
        verify_bundle(repacked(packed, tmp_path / NAME, (link, b"/etc/passwd")))


@pytest.mark.parametrize(
    "text", ["", "x\n", f"{'0' * 64}  ../up\n", f"{'0' * 64}  a\n{'1' * 64}  a\n", f"{'0' * 63}  a\n", "\udcff"]
)
def test_a_damaged_manifest_is_refused_with_the_line(unpacked, text):
    (unpacked / MANIFEST).write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(BundleError, match=f"{MANIFEST} is damaged"):
        verify_bundle(unpacked)


def test_a_manifest_is_read_as_it_was_written_and_takes_plain_names_only():
    digests = {"b 山/海.html": "1" * 64, "a.html": "0" * 64}
    assert parse_manifest(manifest_text(digests)) == digests
    for name in ("a\nb", "a\\b", "/a", "..", "a/../b", "", "."):
        assert not is_plain(name)
        with pytest.raises(ValueError, match="name of a file"):
            manifest_text({name: "0" * 64})


def test_the_command_tells_what_differs_and_its_exit_code_says_so(packed, unpacked, tmp_path, capsys):
    assert main(["verify-bundle", str(packed)]) == 0
    assert "All 5 files are as listed" in capsys.readouterr().out
    (unpacked / "index.html").write_text("changed", encoding="utf-8")
    (unpacked / "a" / "\x1b[2J.html").write_text("", encoding="utf-8")
    assert main(["verify-bundle", str(unpacked)]) == 1
    assert capsys.readouterr().err.splitlines() == ["changed: index.html", r"extra: 'a/\x1b[2J.html'"]
    assert main(["verify-bundle", str(tmp_path / "nowhere.zip")]) == 2
    assert "nowhere.zip: cannot be read" in capsys.readouterr().err


def test_the_bundle_of_a_corpus_has_no_address_and_comes_out_the_same_twice(tmp_path):
    """Whatever address the site is published at; the build leaves nothing beside the archive."""
    project = copy_project(tmp_path / "project")
    corpus(project / "corpus", a__txt=ARTICLE)
    made = []
    for number in range(2):
        done = run(project, "shanhai", "bundle", "--out", f"out {number}", SHANHAI_SITE_URL="https://site.example/x/")
        assert done.returncode == 0, done.stderr
        made.append(project / f"out {number}" / f"{bundle_name(__version__)}.zip")
        assert list(made[-1].parent.iterdir()) == [made[-1]]
        assert not (project / "site").exists()
    assert made[0].read_bytes() == made[1].read_bytes()
    with zipfile.ZipFile(made[0]) as archive:
        top = bundle_name(__version__)
        assert {f"{top}/index.html", f"{top}/data/articles.jsonl", f"{top}/data/datapackage.json"} <= set(
            archive.namelist()
        )
        texts = {name: archive.read(name) for name in archive.namelist()}
    assert [
        name for name, content in texts.items() if b"site.example" in content or b'rel="canonical"' in content
    ] == []
    assert re.search(r"1 篇", texts[f"{top}/README.txt"].decode("utf-8-sig"))


def test_a_bundle_is_not_built_where_its_working_folder_is_someone_elses(tmp_path):
    project = copy_project(tmp_path / "project")
    mine = project / "dist" / f".{bundle_name(__version__)}.site" / "letter.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    corpus(project / "corpus", a__txt=ARTICLE)
    done = run(project, "shanhai", "bundle")
    assert done.returncode == 2, done.stderr
    assert mine.read_text(encoding="utf-8") == "mine"


FETCHED = (
    "//script/@src | //img/@src | //iframe/@src | //embed/@src | //object/@data | //source/@src | //video/@src | "
    "//audio/@src | //track/@src | //input/@src | //@poster | //@background | //*[local-name()='use']/@href | "
    "//*[local-name()='image']/@href"
)
"""What a browser loads with the page, beside `srcset` and what a style names."""

LOADING_RELATIONS = frozenset(
    ("stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload", "prefetch", "preconnect")
)
XLINK = {"xlink": "http://www.w3.org/1999/xlink"}
_STYLE_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")
_RELATIVE_SCRIPT = re.compile(r"""new URL\(\s*["'`]([^"'`$]+)["'`]\s*,\s*[^)]*currentScript""")


def references(page: Path) -> tuple[list[str], list[str]]:
    """Addresses that a page loads by itself, and those that a reader may follow."""
    document = html.parse(str(page)).getroot()
    loaded = [*document.xpath(FETCHED)]
    loaded += [part.split()[0] for value in document.xpath("//@srcset") for part in value.split(",")]
    loaded += [
        one for style in (*document.xpath("//@style"), *document.xpath("//style/text()")) for one in named(style)
    ]
    followed = [*document.xpath("//a/@href | //area/@href | //*[local-name()='a']/@xlink:href", namespaces=XLINK)]
    for link in document.iter("link"):
        kind = loaded if LOADING_RELATIONS & set((link.get("rel") or "").split()) else followed
        kind.append(link.get("href") or "")
    return loaded, followed


def named(style: str) -> list[str]:
    return [first or second for first, second in _STYLE_ADDRESS.findall(style)]


def dead(top: Path, source: Path, address: str) -> bool:
    """Whether a reference from a file leads to anything but a file of the bundle."""
    parts = urlsplit(address.strip())
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return True
    target = (source.parent / unquote(parts.path)).resolve() if parts.path else source
    return not (target.is_file() and target.is_relative_to(top))


def test_every_reference_of_the_unpacked_bundle_leads_to_a_file_in_it(sample_bundle, tmp_path):
    """What pages, styles and scripts load and where links lead; only links to other sites may leave the folder."""
    with zipfile.ZipFile(sample_bundle) as archive:
        archive.extractall(tmp_path)
    top = (tmp_path / sample_bundle.stem).resolve()
    faults, checked = [], 0
    for page in sorted(top.rglob("*.html")):
        loaded, followed = references(page)
        loaded = [address for address in loaded if not address.startswith("data:")]
        followed = [address for address in followed if urlsplit(address).scheme not in {"http", "https", "mailto"}]
        checked += len(loaded) + len(followed)
        faults += [(page, address) for address in (*loaded, *followed) if dead(top, page, address)]
    for style in sorted(top.rglob("*.css")):
        addresses = [one for one in named(style.read_text(encoding="utf-8")) if not one.startswith("data:")]
        faults += [(style, address) for address in addresses if dead(top, style, address)]
    for script in sorted((top / "assets" / "shanhai").glob("*.js")):
        addresses = _RELATIVE_SCRIPT.findall(script.read_text(encoding="utf-8"))
        faults += [(script, one) for one in addresses if not one.endswith("/") and dead(top, script, one)]
    assert checked > 1000
    assert [f"{source.relative_to(top)}: {address}" for source, address in faults] == []


def test_every_page_of_the_bundle_forbids_the_browser_to_fetch_anything_from_elsewhere(sample_bundle):
    with zipfile.ZipFile(sample_bundle) as archive:
        pages = [name for name in archive.namelist() if name.endswith(".html")]
        for name in pages:
            document = html.parse(io.BytesIO(archive.read(name))).getroot()
            (policy,) = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
            assert "default-src 'none'" in policy, name
            assert "http" not in policy, name
    assert len(pages) > 100


def test_every_name_of_the_bundle_leaves_room_for_the_folder_it_is_unpacked_to(sample_bundle):
    """Half of what is allowed: articles are named by date and digest, however many there are."""
    with zipfile.ZipFile(sample_bundle) as archive:
        assert max(map(len, archive.namelist())) <= LONGEST_NAME_UNITS / 2


def test_the_bundle_of_the_sample_is_as_its_manifest_says(sample_bundle):
    assert verify_bundle(sample_bundle).holds
