"""The generated corpus of the bench: the same for a seed, plausible in its figures, taken by the reader as it is."""

from __future__ import annotations

import importlib
import importlib.util
import json
import shutil
import subprocess
import sys
from collections import Counter
from itertools import combinations, product
from pathlib import Path
from random import Random

import pytest

from shanhai import reference
from shanhai.build import convert

BENCH = Path(__file__).parents[1] / "bench"
ARTICLES = 60


@pytest.fixture(autouse=True)
def _bench_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCH))


@pytest.fixture(scope="module")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A word list in the form of jieba's: two-character words over a few hundred characters, rarer and rarer."""
    characters = sorted({one for one in reference.text("common_characters.yml") if "\u4e00" <= one <= "\u9fff"})
    random = Random(1)  # noqa: S311 - reproducible, not secret
    pairs = ["".join(pair) for pair in product(characters[:120], repeat=2)]
    random.shuffle(pairs)
    lines = [
        f"{word} {100_000 // (rank + 1) + 3} {('n', 'v', 'vn', 'a', 'd', 'b')[rank % 6]}"
        for rank, word in enumerate(pairs)
    ]
    names = ("".join(name) for name in combinations("林周何吴孙陈罗丁叶金晓明文华春海", 2))
    lines += [f"{name} 50 nr" for name in names]
    path = tmp_path_factory.mktemp("words") / "dict.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def articles(dictionary: Path) -> list:
    """Some generated articles."""
    generator = importlib.import_module("generator").Generator(1, dictionary)
    return list(generator.articles(ARTICLES))


def test_an_article_depends_on_seed_and_number_alone(dictionary: Path) -> None:
    """However many are asked for and in whatever order, article k of a seed is the same; another seed's is another."""
    generator = importlib.import_module("generator")
    first, again = generator.Generator(1, dictionary), generator.Generator(1, dictionary)
    assert [first.article(number) for number in (3, 0, 2)] == [list(again.articles(4))[number] for number in (3, 0, 2)]
    assert generator.Generator(2, dictionary).article(0) != first.article(0)


def test_lengths_spread_like_news(dictionary: Path) -> None:
    """Half of them stay below some 700 characters, a few run to thousands, none beyond the limit."""
    generator = importlib.import_module("generator")
    lengths = sorted(len(one.text) for one in generator.Generator(1, dictionary).articles(200))
    assert 450 <= lengths[100] <= 750
    assert lengths[-1] > 3 * lengths[100]
    assert lengths[-1] <= 1.2 * generator.MOST_CHARS


def test_articles_hardly_repeat_each_other(articles: list) -> None:
    """Runs of ten characters are an article's own, but for formulas; no sentence of a master comes back."""
    check = importlib.import_module("corpus_check")
    texts = [one.text for one in articles]
    assert 0 < check.repeated(texts, 10) < 0.05
    assert check.repeated(texts, 4) > check.repeated(texts, 6) > check.repeated(texts, 10)


def test_an_article_comes_back_to_its_places(articles: list) -> None:
    """The place of an article is named several times, unlike the places of another."""
    gazetteer = importlib.import_module("shanhai.annotate.gazetteer")
    west = {one.name for one in gazetteer.provinces() if one.region == "west"}
    named = [Counter({name: one.text.count(name) for name in west}) for one in articles]
    assert sum(bool(+count) for count in named) > ARTICLES / 2
    assert len({count.most_common(1)[0][0] for count in named if +count}) >= 5


def test_no_word_of_the_spam_lexicon_comes_out(articles: list) -> None:
    """Neither the terms of the lexicon nor the words that are left out by their digests stand in a text."""
    vocabulary = importlib.import_module("vocabulary")
    lines = reference.text("spam_lexicon.txt").splitlines()
    terms = [line for line in lines if line and not line.startswith("#")]
    assert len(terms) > 50
    assert not [term for term in terms if any(term in one.text or term in one.title for one in articles)]
    assert not any(vocabulary.is_fit(f"一{term}") for term in terms)


def test_a_word_left_out_by_digest_is_found_inside_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """A digest of two characters keeps every longer word from the vocabulary that holds them."""
    vocabulary = importlib.import_module("vocabulary")
    monkeypatch.setattr(vocabulary, "_unfit", lambda: frozenset({vocabulary._digest("晒谷")}))
    assert not vocabulary.is_fit("晒谷场")
    assert not vocabulary.is_fit("大晒谷")
    assert vocabulary.is_fit("谷场")


@pytest.mark.parametrize("form", ["md", "txt", "jsonl"])
def test_the_reader_takes_every_form(dictionary: Path, tmp_path: Path, form: str) -> None:
    """All articles of each form are published with their title, date and source."""
    generator = importlib.import_module("generator")
    made = generator.Generator(1, dictionary)
    generator.written(tmp_path / form, made.articles(12), form)
    settings_for = importlib.import_module("documents").settings_for
    archive, _run = convert(settings_for(tmp_path / form, tmp_path))
    published = {one.described.title: one.described for one in archive.articles}
    # An article that our own program cannot carry is a fault of the program, not of the generator.
    lost = {one.file for one in archive.rejected if one.rule == "BUILD-01"}
    assert len(published) + len(lost) == 12
    for one in made.articles(12):
        if one.title in published:
            assert published[one.title].date == one.date
            assert published[one.title].source == one.source


def test_the_same_bytes_for_a_seed(dictionary: Path, tmp_path: Path) -> None:
    """Two folders of one seed hold the same files to the byte."""
    generator = importlib.import_module("generator")
    for name in ("one", "two"):
        generator.written(tmp_path / name, generator.Generator(5, dictionary).articles(5))
    files = [
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.md")}
        for name in ("one", "two")
    ]
    assert len(files[0]) == 5
    assert files[0] == files[1]


def test_growth_counts_distinct_runs() -> None:
    """What is counted for a text that one can count by hand, and the exponent between two sizes."""
    check = importlib.import_module("corpus_check")
    grown = check.growth(["甲乙甲乙", "丙, 甲"], [2, 4, 6])
    assert grown == [check.Growth(2, 2, 1, 0), check.Growth(4, 2, 2, 2), check.Growth(6, 3, 4, 4)]
    assert check.exponent(check.Growth(10, 1, 10, 1), check.Growth(100, 1, 100, 1)) == pytest.approx(1.0)
    assert check.repeated(["甲乙丙丁", "乙丙丁戊"], 3) == pytest.approx(0.5)


def _document(number: int, title: str, lines: list[str], **more: object) -> object:
    """An article of the bench; `more` are other fields of it."""
    documents = importlib.import_module("documents")
    given = {
        "date": "",
        "source": "",
        "names": (),
        "words": (),
        "places": (),
        "filters": {},
        "searched": (title, *lines),
    }
    given |= more
    return documents.Document(path=f"a{number}/", title=title, lines=tuple((0, line) for line in lines), **given)


def test_the_scan_knows_what_holds_a_query() -> None:
    """Width, case and blanks do not count, to the strict scan they do; variants count only in the widest."""
    queries = importlib.import_module("queries")
    texts = ("\uff11\uff10亩 茶园", "10亩茶園", "10 亩", "茶园\n10亩")
    given = [_document(number, "题", [text]) for number, text in enumerate(texts)]
    found = queries.truths(given, [("10亩茶园",), ("茶园", "10亩"), ("亩茶",), ("亩",)])
    assert found["10亩茶园",] == ({0}, set(), {0, 1})
    assert found["茶园", "10亩"].folded == {0, 3}
    assert found["亩茶",].folded == {0, 1}
    assert found["亩",].folded == {0, 1, 2, 3}


def test_a_name_that_is_a_word_is_held_whole_or_not_at_all() -> None:
    """What a line of the head holds any part of it finds; of a name that is found by its words, only each word."""
    queries = importlib.import_module("queries")
    given = [_document(0, "题", ["正文"], searched=("题", "贵州省", "正文"), words=("guizhou", "province"))]
    found = queries.truths(given, [("Guizhou",), ("guiz",), ("州省",), ("province", "正文"), ("guizhou.",)])
    assert {terms: truth.folded for terms, truth in found.items()} == {
        ("Guizhou",): {0},
        ("guiz",): set(),
        ("州省",): {0},
        ("province", "正文"): {0},
        ("guizhou.",): set(),
    }
    assert found["guizhou.",].widest == {0}


def test_queries_are_of_the_text_and_seeded(articles: list) -> None:
    """The substrings stand in a paragraph and hold no sign that a search would take for more than itself."""
    queries = importlib.import_module("queries")
    given = [
        _document(number, one.title, one.text.split("\n\n"), places=("沿河", "张家港市"))
        for number, one in enumerate(articles)
    ]
    drawn = queries.drawn(given, 1)
    assert drawn == queries.drawn(given, 1) != queries.drawn(given, 2)
    kinds = Counter(one.kind for one in drawn)
    assert kinds["substring"] == kinds["substring, traditional"] == queries.SUBSTRINGS
    assert kinds["two terms"] == queries.TWO_TERMS
    found = queries.truths(given, (one.terms for one in drawn))
    for one in drawn:
        assert found[one.terms].strict or one.kind.startswith("place")
        assert not queries.SYNTAX & set(one.typed)


def test_a_large_corpus_is_the_same_written_by_many_or_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The articles come in their order, whichever process wrote them."""
    if importlib.util.find_spec("jieba") is None:
        pytest.skip("the word list of jieba is not installed: pip install -r requirements-bench.lock")
    generator = importlib.import_module("generator")
    alone = list(generator.side_by_side(3, 6))
    monkeypatch.setattr(generator, "CHUNK_ARTICLES", 2)
    assert list(generator.side_by_side(3, 6)) == alone


@pytest.mark.browser
def test_the_bench_finds_our_search_exact_on_a_small_corpus(tmp_path: Path) -> None:
    """The whole command on thirty articles: in a real browser and a real site, all is found and nothing else."""
    missing = [name for name in ("jieba", "pagefind_bin_extended") if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}: pip install -r requirements-bench.lock")
    asking = importlib.import_module("asking")
    if not any(map(shutil.which, asking.BROWSERS)):
        pytest.skip("no Chromium: install the package chromium")
    kept = tmp_path / "kept.json"
    command = [sys.executable, BENCH / "search_bench.py", "--articles", "30", "--site-articles", "3", "--seconds", "8"]
    command += ["--queries", "80", "--without", "pagefind", "--without", "material", "--json", kept]
    done = subprocess.run(list(map(str, command)), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    run = json.loads(kept.read_text(encoding="utf-8"))
    assert len(run["searches"]["ours"]["answers"]) == 80
    right = {one["name"]: one for one in run["targets"] if one["wanted"] in {"100 %", "all"}}
    assert len(right) == 6
    assert [one for one in right.values() if not one["is_met"]] == []


def test_what_was_missed_or_found_amiss_shows_in_the_score() -> None:
    """Half of two true articles, and one of two answers wrong: half of each, and no answer exact."""
    report, queries = importlib.import_module("report"), importlib.import_module("queries")
    asking = importlib.import_module("asking")
    query = queries.Query("substring", "茶园", ("茶园",))
    truth = {query.terms: queries.Truth(frozenset({1, 2}), frozenset({1, 2}), frozenset({1, 2}))}
    assert report.scored([asking.Answer(query, (1, 5), 1.0)], truth) == (1, 50, 50, 50, 0)
    assert report.scored([asking.Answer(query, (2, 1), 1.0)], truth) == (1, 100, 100, 100, 100)
    assert report.percentile([3.0, 1.0, 2.0], 95) == 3.0


def test_jiebas_words_that_do_not_fit_are_left_out() -> None:
    """Of the installed news word list every part of speech keeps thousands of words, all of them fit."""
    if importlib.util.find_spec("jieba") is None:
        pytest.skip("the word list of jieba is not installed: pip install -r requirements-bench.lock")
    vocabulary = importlib.import_module("vocabulary")
    words = vocabulary.Vocabulary(vocabulary.installed_dictionary())
    kept = words._words[vocabulary.Kind("n", 2)]
    assert len(kept) > 10_000
    assert all(vocabulary.is_fit(word) for word, _ in kept)
