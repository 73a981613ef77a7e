"""A line that a site puts on every page goes; what recurs in articles by itself stays."""

from __future__ import annotations

import pytest

import damage
from shanhai.build import convert, harvest_file
from shanhai.records import GivenMetadata, RawArticle, RestoredArticle
from shanhai.restore.chain import restore
from shanhai.restore.shared_lines import NONE, document_lines, fold, origin_of, rules, shared_lines
from shanhai.settings import parse_settings
from shanhai.survey import survey
from sites import PROJECT

MOTTO = "读样例山海 知天下协作"
MOTTO_SHOWN = "样例山海"
NAMES = "甲乙丙丁戊己庚辛壬癸"
MASTERS = PROJECT / "tests" / "masters"
KEPT = [
    "核心阅读",
    "编者按",
    "责任编辑\uff1a吴样校",
    "2021-05-06",
    "某样 某某",
    "本报记者 某样",
    "\uff08本文为样例文库示例稿\uff0c据公开材料编写\uff09",
    "一、基本情况",
    "记者手记",
    "【编者按】",
    "山海样报",
]
SHARED_LIMIT_BYTES = 1_000_000


def raw(number, *extra, file=None, url=None):
    name = NAMES[number % 10] + NAMES[number // 10]
    body = f"{name}村的茶园一片连着一片\uff0c采茶的季节从清明一直忙到立夏。\n" * 3
    return RawArticle(
        file=file or f"site/{number}.txt",
        sha256="0" * 64,
        format="text",
        encoding="utf-8",
        text=f"{name}村采茶记\n{body}" + "".join(f"{line}\n" for line in extra),
        given=GivenMetadata(url=url),
    )


def counted(articles):
    return shared_lines(map(document_lines, articles))


def test_a_line_of_every_page_of_a_folder_goes_and_the_log_says_so():
    pages = [raw(number, MOTTO) for number in range(40)]
    article = restore(pages[3], counted(pages))
    assert isinstance(article, RestoredArticle)
    assert article.text == raw(3).text
    assert [one.rule for step in article.log for one in step.edits] == ["NOISE-FREQUENT"]
    assert restore(pages[3]).text == pages[3].text


@pytest.mark.parametrize("line", KEPT)
def test_what_articles_of_one_origin_have_in_common_by_themselves_stays(line):
    pages = [raw(number, line) for number in range(40)]
    assert restore(pages[3], counted(pages)).text == pages[3].text


def test_a_line_amid_the_running_text_or_at_the_very_top_stays():
    """Behind the first line it goes, as a line of the page's head."""

    def page(number):
        whole = raw(number)
        first, rest = whole.text.split("\n", 1)
        text = f"{MOTTO}\n{first}\n{MOTTO}\n{rest.replace(chr(10), chr(10) + MOTTO + chr(10), 1)}"
        return RawArticle(file=whole.file, sha256=whole.sha256, format="text", encoding="utf-8", text=text)

    pages = [page(number) for number in range(40)]
    lines = restore(pages[3], counted(pages)).text.split("\n")
    assert [number for number, line in enumerate(lines) if line == MOTTO] == [0, 3]


def test_below_the_least_number_of_documents_nothing_is_shared():
    pages = [raw(number, MOTTO) for number in range(rules().documents_min - 1)]
    assert counted(pages) == NONE


def test_a_line_of_few_documents_is_not_shared():
    pages = [raw(number, *([MOTTO] if number % 5 == 0 else [])) for number in range(100)]
    assert counted(pages) == NONE


def test_copies_of_one_document_count_once():
    copies = [raw(1, MOTTO, file=f"site/copy{number}.txt") for number in range(60)]
    others = [raw(number) for number in range(40)]
    assert counted([*copies, *others]) == NONE


def test_hosts_count_apart_and_folders_only_where_no_host_is_known():
    one = [raw(number, MOTTO, url=f"https://www.a.example/{number}") for number in range(30)]
    other = [raw(number, url=f"https://b.example/{number}") for number in range(30)]
    found = counted([*one, *other])
    assert set(found.by_origin) == {"a.example"}
    assert found.of(one[0]) == {fold(MOTTO)}
    assert found.of(other[0]) == frozenset()


@pytest.mark.parametrize(
    ("file", "url", "origin"),
    [
        ("a/b.txt", None, "a/"),
        ("b.txt", None, "/"),
        ("a/b.jsonl#L3", None, "a/b.jsonl"),
        ("a/b.txt", "https://www.n.example/x", "n.example"),
        ("a/b.txt", "http://[broken", "a/"),
        ("a/b.txt", "not an address", "a/"),
    ],
)
def test_the_origin_is_the_host_else_the_folder(file, url, origin):
    assert origin_of(file, url) == origin


def test_lines_are_counted_without_regard_to_script_width_spaces_and_numbers():
    assert fold("閱讀\uff1a１２ 次") == fold("阅读:345次")


def test_the_order_of_the_documents_does_not_matter():
    pages = [raw(number, MOTTO) for number in range(40)]
    assert counted(pages) == counted(pages[::-1])


def write(folder, count):
    """So many masters with the motto below, and one as a web page."""
    folder.mkdir()
    masters = [damage.read_master(path) for path in sorted(MASTERS.glob("[0-9][0-9].md"))]
    for number, master in enumerate(masters[:count]):
        text = "\n".join([str(master.fields["title"]), *master.blocks, MOTTO, ""])
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    lines = "".join(f"<p>{line}</p>" for line in (*masters[-1].blocks, MOTTO))
    page = "<html><head><title>{0}</title></head><body><h1>{0}</h1>{1}</body></html>"
    (folder / "page.html").write_text(page.format(masters[-1].fields["title"], lines), encoding="utf-8")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_build_counts_the_whole_corpus_first(tmp_path, workers):
    write(tmp_path / "in", 24)
    archive, run = convert(parse_settings({"corpus": "in", "workers": workers}, tmp_path))
    assert run.repairs["NOISE-FREQUENT"] == len(archive.articles) == 25
    assert not any(MOTTO_SHOWN in article.described.text for article in archive.articles)


def test_a_file_alone_is_harvested_as_before(tmp_path):
    write(tmp_path / "in", 1)
    harvest = harvest_file(tmp_path / "in" / "00.txt", tmp_path / "in", SHARED_LIMIT_BYTES)
    assert MOTTO_SHOWN in harvest.findings[0].described.text


def test_a_file_that_cannot_be_read_does_not_stop_the_count(tmp_path):
    write(tmp_path / "in", 24)
    (tmp_path / "in" / "x.html").write_bytes(b"\x00\xff" * 50)
    files = sorted((tmp_path / "in").iterdir())
    assert fold(MOTTO) in survey(files, tmp_path / "in", SHARED_LIMIT_BYTES).by_origin["/"]


def test_the_bundled_sample_shares_nothing_that_would_go():
    archive, run = convert(parse_settings({"corpus": "corpus"}, PROJECT))
    assert "NOISE-FREQUENT" not in run.repairs
    assert len(archive.articles) == 30
