"""The index as a whole: what is in a text is found, what is not is not, and the bytes are always the same."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages_fixture import archive, archive_of, article, dated, view, with_claims, with_facts
from search_reader import Index, has_characters, keys_of, letters_of, word_key, words_of
from shanhai.records import Block, BlockKind
from shanhai.search import index as index_module
from shanhai.search import postings, shards, words
from shanhai.search.codes import statement
from shanhai.search.fold import fold
from shanhai.search.index import search_files
from shanhai.search.postings import block
from shanhai.search.shards import Shape, encoded, shape
from shanhai.search.units import UNIT_CHARS, Line, SearchedArticle, searched, unit_counts
from shanhai.search.words import form

if TYPE_CHECKING:
    from pathlib import Path

    from shanhai.records import Article

pytest.importorskip("shanhai.search.facets")
pytest.importorskip("shanhai.search.names")

PARAGRAPHS = st.lists(
    st.text(
        st.one_of(st.sampled_from("东西部协作山海a1\uff0c。\u3000"), st.characters(exclude_categories=["Cs", "C"])),
        min_size=1,
    ),
    min_size=1,
    max_size=6,
)
ARTICLES = st.lists(PARAGRAPHS, min_size=1, max_size=4)


@pytest.fixture(scope="module")
def everything() -> Index:
    """The index of 40 articles in eight shards and more."""
    return Index(dict(search_files(view(archive(range(40))))))


def made(texts: list[list[str]]) -> list[SearchedArticle]:
    return [
        SearchedArticle(f"第{number}篇", (), tuple(Line(f"p{at}", "p", text) for at, text in enumerate(lines, 1)))
        for number, lines in enumerate(texts)
    ]


def counted(articles: list[SearchedArticle]) -> dict[tuple[int, int], int]:
    """(Key, unit) -> frequency, by counting one character after another; every article is one unit."""
    found: Counter[tuple[int, int]] = Counter()
    for number, one in enumerate(articles):
        for text, weight in zip(one.texts, one.weights, strict=True):
            folded = fold(text.replace("\n", " "))
            for key in keys_of(folded):
                if key & 0xFFFF:
                    found[key, number] += weight
            for letter in folded:
                if keys_of(letter):
                    raw = letter.encode("utf-16-be")
                    for at in range(0, len(raw), 2):
                        found[int.from_bytes(raw[at : at + 2], "big") << 16, number] = 1
        for name in one.words:
            found[word_key(name), number] = 1
    return {posting: min(count, 15) for posting, count in found.items()}


def read_back(articles: list[SearchedArticle], form: Shape, blocks: int = 1) -> Index:
    step = -(-len(articles) // blocks)
    parts = [block(articles[at : at + step]) for at in range(0, len(articles), step)]
    wanted = np.ones(1 << form.bits, dtype=np.bool_)
    texts = {f"terms/{number >> 8:02x}/{number & 255:02x}": text for number, text in encoded(parts, form, wanted)}
    files = {f"{name}.js": statement(name, text) for name, text in texts.items()}
    start = {"bits": form.bits, "width": form.width, "units": len(articles), "articles": len(articles), "variants": ""}
    return Index({**files, "start.js": statement("start", start)})


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ARTICLES, st.integers(0, 5), st.integers(1, 3))
def test_the_reader_reads_the_postings_that_counting_gives(texts: list[list[str]], bits: int, blocks: int) -> None:
    """Every term of short articles with its units and frequencies, and no other term, in any number of shards."""
    articles = made(texts)
    wanted = counted(articles)
    index = read_back(articles, Shape(bits, 4), blocks)
    for key in {key for key, _ in wanted}:
        assert dict(index.postings(key)) == {unit: count for (one, unit), count in wanted.items() if one == key}
    assert sum(len(index.shard(number)) for number in range(1 << bits)) == len({key for key, _ in wanted})


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ARTICLES, st.data())
def test_every_part_of_a_line_leads_to_its_unit(texts: list[list[str]], data: st.DataObject) -> None:
    """One to eight characters of a folded line, wherever they stand."""
    articles = made(texts)
    index = read_back(articles, Shape(2, 3))
    number = data.draw(st.integers(0, len(articles) - 1))
    line = fold(data.draw(st.sampled_from(articles[number].texts)).replace("\n", " "))
    start = data.draw(st.integers(0, len(line)))
    assert number in index.candidates(line[start : start + data.draw(st.integers(1, 8))])


def test_random_words_are_found_where_a_plain_scan_finds_them(everything: Index) -> None:
    """300 stretches of one to eight characters: exactly the articles whose lines hold them."""
    oldest = [searched(one) for one in reversed(view(archive(range(40))).newest)]
    scanned = [([fold(text) for text in one.texts], set(one.words)) for one in oldest]
    chance = random.Random(11)  # noqa: S311 - the same words every time
    for _ in range(300):
        line = chance.choice(chance.choice(oldest).texts)
        start = chance.randrange(len(line))
        phrase = line[start : start + chance.randint(1, 8)]
        wanted = fold(phrase)
        if wanted:
            assert everything.find(phrase) == {
                number
                for number, (lines, names) in enumerate(scanned)
                if any(wanted in text for text in lines) or letters_of(wanted) in names
            }


def test_traditional_words_find_simplified_texts(everything: Index) -> None:
    """The table of the start file is enough."""
    assert everything.find("曬穀場") == everything.find("晒谷场") != set()
    assert everything.find("\uff13\uff16\uff10") == everything.find("360")


def test_an_article_is_found_by_what_it_is_known_by(everything: Index) -> None:
    """Places by other names and in English, themes, source, author."""
    for name in ("湄潭", "MeitanCounty", "Guizhou", "产业帮扶", "山海周报", "林一"):
        assert everything.find(name), name
    assert everything.find("完全没有的话") == set()


def test_a_latin_name_is_found_by_whole_words_only(everything: Index) -> None:
    """A county's English name by each of its words and by all together; never by letters within."""
    there = everything.find("meitan")
    assert there != set()
    assert everything.find("Meitan County") == there
    assert not everything.find("eitan")
    assert not everything.find("meita")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Xi'an City", ("xian", "city", "xiancity")),
        ("East\u2013West  co-operation", ("east", "west", "co", "operation", "eastwestcooperation")),
        ("Inner Mongolia (Nei Mongol)", ("inner", "mongolia", "nei", "mongol", "innermongolianeimongol")),
        ("\uff27uizhou", ("guizhou",)),
        ("L\u00fceyang", ("l\u00fceyang",)),
        ("5G\u4e91", ()),
        ("\u2014", ()),
        ("", ()),
    ],
)
def test_a_name_without_chinese_characters_is_words(name: str, expected: tuple[str, ...]) -> None:
    """Its parts between blanks and hyphens, and the whole."""
    assert form(name).words == expected
    assert has_characters(name) or tuple(dict.fromkeys(words_of(name))) == expected


def test_the_key_of_a_word_is_no_pair_of_letters() -> None:
    """It lies in a range of code units that are no letters; the reader's is the same."""
    for one in ("a", "xian", "eastwestcooperation", "l\u00fceyang"):
        assert words.word_key(one) == word_key(one)
        assert 0xE000 <= word_key(one) >> 16 < 0xF000


def test_no_phrase_crosses_from_one_line_to_the_next() -> None:
    """The end of a paragraph and the beginning of the next are no term."""
    index = read_back(made([["山", "海"], ["山海"]]), Shape(0, 1))
    assert index.candidates("山海") == {1}


def test_the_title_counts_five_times_a_heading_twice_and_fifteen_is_the_most() -> None:
    """Weights add up to the frequency of a term in a unit."""
    lines = (Line("s1", "h", "乙乙"), Line("p1", "p", "乙乙" + "丙" * 20), Line("p2", "p", "甲甲"))
    index = read_back([SearchedArticle("甲甲", ("甲甲",), lines)], Shape(0, 1))
    assert [index.postings(ord(one) << 16 | ord(one))[0].frequency for one in "甲乙丙"] == [7, 3, 15]


def test_of_a_letter_alone_only_its_units_are_kept() -> None:
    """It stands in half of the units, and how often says little."""
    index = read_back([SearchedArticle("甲", (), (Line("p1", "p", "甲甲"),))], Shape(0, 1))
    assert index.postings(ord("甲") << 16)[0].frequency == 1


def test_a_unit_ends_with_the_line_that_fills_it() -> None:
    """No line is parted; a long one is alone with what came before."""
    assert unit_counts([]) == [0]
    assert unit_counts([UNIT_CHARS]) == [1]
    assert unit_counts([UNIT_CHARS - 1, 1, 5]) == [2, 1]
    assert unit_counts([10, 5000, 10, 10]) == [2, 2]


def test_units_hold_all_lines_once_and_the_names_in_the_first() -> None:
    """Texts as they are published, with the anchors of the page."""
    pieces = ["山" * 400, "海" * 400, "文" * 100, "库" * 900]
    long = article(3, text="\n\n".join(pieces))
    index = Index(dict(search_files(view(archive_of(long, article(1))))))
    number = index.start["articles"] - 1
    units = [index.unit(unit) for unit, of in enumerate(index.article_of) if of == number]
    assert [[line[0] for line in unit.lines] for unit in units] == [["p1", "p2"], ["p3", "p4"]]
    assert [line[2] for unit in units for line in unit.lines] == pieces
    assert units[0].names == list(searched(long).names)
    assert units[1].names == []
    assert units[1][:5] == (number, f"{long.path}/", long.described.title, "2017-03-08", "山海周报")


def test_headings_are_told_from_text() -> None:
    """By their anchor and kind."""
    index = Index(dict(search_files(view(archive([0])))))
    assert [line[:2] for line in index.unit(0).lines[:3]] == [["p1", "p"], ["s1", "h"], ["p2", "p"]]


def test_a_name_that_an_earlier_line_holds_is_not_repeated() -> None:
    """The province of a county's full name, the county's short name, the title's words."""
    names = searched(article(2)).names
    assert "贵州省遵义市湄潭县" in names
    assert not {"贵州省", "湄潭", "湄潭县"} & set(names)
    assert len(set(names)) == len(names)


def test_articles_are_numbered_from_the_oldest_and_undated_ones_come_first(everything: Index) -> None:
    """As the runs of years say."""
    years = everything.start["years"]
    assert [name for name, _ in years] == sorted(name for name, _ in years)
    assert years[0][0] == ""
    assert sum(count for _, count in years) == everything.start["articles"] == 40
    dates = [everything.unit(number).date for number in range(everything.start["units"])]
    assert dates == sorted(dates)


def test_the_start_file_names_all_there_is(everything: Index) -> None:
    """Every other file follows from its numbers."""
    start = everything.start
    expected = {"start.js", *(f"facets/{name}.js" for name in start["facets"])}
    expected |= {f"texts/{unit >> 16:02x}/{unit & 0xFFFF:04x}.js" for unit in range(start["units"])}
    expected |= {f"terms/{shard >> 8:02x}/{shard & 255:02x}.js" for shard in range(1 << start["bits"])}
    expected |= {f"names/{bucket:02x}.js" for bucket in range(1 << start["names"])}
    assert set(everything.files) == expected
    assert start["version"] == 1
    assert start["length"] > 100
    for path in expected:
        everything.value(path.removesuffix(".js"))


def test_the_order_in_which_articles_are_given_does_not_matter() -> None:
    """The same bytes, file by file, in the same order."""
    whole = archive(range(25))
    mixed = msgspec.structs.replace(whole, articles=tuple(reversed(whole.articles)))
    assert list(search_files(view(whole))) == list(search_files(view(mixed)))


def test_the_digest_changes_with_any_file() -> None:
    """Another word, another theme."""
    first = article(1)
    others = [with_facts(first, source="别处"), with_claims(first, themes=()), dated(first, "2003")]
    digests = {Index(dict(search_files(view(archive_of(one))))).start["digest"] for one in (first, *others)}
    assert len(digests) == 4


def test_an_archive_of_nothing_has_an_index_of_nothing() -> None:
    """One empty shard."""
    index = Index(dict(search_files(view(archive_of()))))
    assert index.shard(0) == {}
    assert (index.start["articles"], index.start["units"], index.start["length"]) == (0, 0, 0)
    assert index.find("山") == set()


def test_an_article_of_a_title_alone_is_found() -> None:
    """One unit without lines."""
    bare = with_facts(article(1), text="", blocks=())
    index = Index(dict(search_files(view(archive_of(bare)))))
    assert index.find(bare.described.title) == {0}


def test_a_line_break_within_a_block_is_white_space() -> None:
    """A phrase goes on over it."""
    one = with_facts(article(1), text="山\n海", blocks=(Block(kind=BlockKind.QUOTE, start=0, end=3),))
    index = Index(dict(search_files(view(archive_of(one)))))
    assert index.find("山海") == {0}
    assert index.unit(0).lines == [["p1", "p", "山 海"]]


@pytest.mark.parametrize(
    ("count", "units", "expected"),
    [(0, 0, (0, 1)), (1500, 1, (0, 1)), (1501, 2, (1, 1)), (3001, 3, (2, 2)), (10**9, 2**20 + 1, (14, 21))],
)
def test_there_are_as_many_shards_as_the_postings_need(count: int, units: int, expected: tuple[int, int]) -> None:
    """At most 1,500 postings a shard, and 2 ** 14 shards."""
    assert shape(count, units) == expected


def changed(number: int) -> list[Article]:
    """Archives one after another: new at the end, new in the middle, one gone, one with other words, none."""
    whole = [dated(article(one), f"20{one:02}-01-01") for one in range(30)]
    other = with_facts(whole[3], title="换了的题目")
    steps = [whole[:29], whole, [one for one in whole if one is not whole[7]], [*whole[:3], other, *whole[4:]], []]
    return steps[number]


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a few articles and shards of a few postings, so that a small archive has many; no suggestions."""
    monkeypatch.setattr(index_module, "names", lambda *_: [])
    monkeypatch.setattr(index_module, "name_files", lambda *_: (0, {"names/00.js": ""}))
    monkeypatch.setattr(index_module, "BLOCK_ARTICLES", 4)
    monkeypatch.setattr(index_module, "MOST_BLOCK_ARTICLES", 6)
    monkeypatch.setattr(shards, "MOST_POSTINGS", 40)
    monkeypatch.setattr(shards, "POSTINGS_AT_A_TIME", 500)


@pytest.mark.usefixtures("small_parts")
def test_a_build_after_changes_gives_the_bytes_of_a_clean_one(tmp_path: Path) -> None:
    """Whatever was added, taken away or changed since the build before."""
    chance = random.Random(5)  # noqa: S311 - the same order every time
    for number in (0, 1, 2, 1, 3, 1, 4, *(chance.randrange(4) for _ in range(4))):
        views = view(archive_of(*changed(number)))
        assert list(search_files(views, tmp_path / "kept")) == list(search_files(views))


@pytest.mark.usefixtures("small_parts")
def test_what_is_unchanged_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time no block is read and no shard encoded; a new article makes one block, or two, and some shards."""
    made: list[int] = []
    written: list[int] = []

    def counting_block(articles: list[SearchedArticle]) -> postings.Block:
        made.append(len(articles))
        return block(articles)

    def counting_encoded(*arguments: object) -> object:
        for number, text in encoded(*arguments):
            written.append(number)
            yield number, text

    monkeypatch.setattr(index_module, "block", counting_block)
    monkeypatch.setattr(shards, "encoded", counting_encoded)
    list(search_files(view(archive_of(*changed(0))), tmp_path))
    assert sum(made) == 29
    everything = len(written)
    made.clear()
    written.clear()
    list(search_files(view(archive_of(*changed(0))), tmp_path))
    assert (made, written) == ([], [])
    list(search_files(view(archive_of(*changed(1))), tmp_path))
    assert len(made) <= 2
    assert len(written) == len(set(written)) < everything


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("damage", ["cut", "changed", "foreign", "empty", "gone", "folder"])
def test_a_damaged_or_foreign_file_is_as_good_as_none(tmp_path: Path, damage: str) -> None:
    """Every kept file in turn is damaged; the index is the same, and no error is raised."""
    list(search_files(view(archive_of(*changed(0))), tmp_path))
    wanted = list(search_files(view(archive_of(*changed(1)))))
    for name in sorted(path.name for path in tmp_path.iterdir()):
        list(search_files(view(archive_of(*changed(0))), tmp_path))
        path = tmp_path / name
        content = path.read_bytes()
        path.unlink()
        if damage == "folder":
            path.mkdir()
        elif damage != "gone":
            path.write_bytes(
                {
                    "cut": content[: len(content) // 2],
                    "changed": content[:-1] + bytes([content[-1] ^ 1]),
                    "foreign": b"PK\x03\x04" * 20,
                    "empty": b"",
                }[damage]
            )
        assert list(search_files(view(archive_of(*changed(1))), tmp_path)) == wanted
        if damage == "folder" and path.is_dir():
            path.rmdir()


@pytest.mark.usefixtures("small_parts")
def test_nothing_is_kept_that_the_archive_no_longer_needs(tmp_path: Path) -> None:
    """The folder holds the shards and the blocks of the last build."""
    list(search_files(view(archive_of(*changed(0))), tmp_path))
    many = len(list(tmp_path.iterdir()))
    (tmp_path / "left.block.part").write_bytes(b"cut short")
    list(search_files(view(archive_of(changed(0)[0])), tmp_path))
    assert len(list(tmp_path.iterdir())) == 2 < many
