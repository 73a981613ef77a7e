"""Plausible articles by the thousand: `python bench/generator.py --articles N --seed S OUT`.

Sentences of the master articles (tests/masters) are the frames. Their clauses are exchanged for others of the same
position; their words are exchanged for words of the same part of speech and length from a news word list, drawn by
frequency, by the article's topic, and by what the article has said already. Places come from the gazetteer (a pair of
units an article, mentioned again and again), persons, villages and companies are made up, figures drawn anew.
`bench/corpus_check.py` shows how near the outcome is to real articles.

Article k depends on the seed and on k alone: the first thousand of ten thousand are the thousand. The articles are
invented from end to end; none of them says anything about the places it names.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from cast import Cast, cast, number
from frames import MASTERS, Clause, Frames, Token, field_words, frames
from vocabulary import TOPICS, Kind, Vocabulary, installed_dictionary, is_fit_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MEDIAN_CHARS, SPREAD, LEAST_CHARS, MOST_CHARS = 550, 0.75, 120, 8_000
"""Lengths are log-normal. News items of the wires have some 550 characters; features of this field run to thousands.
An article ends with the sentence that reaches its length, so that the median comes out at 600 and the mean at 800; one
in ten passes 1,500, one in a hundred 3,500."""

NEW_WORD = 0.8
"""The chance that a content word of a frame is exchanged; the others keep the field's own vocabulary in the text."""
AGAIN, OF_FIELD, OF_TOPIC = 0.48, 0.2, 0.2
"""Where a new word comes from: what the article has said before, the masters' words, the topic; else all the list."""
NEW_CLAUSE = 0.4
STOCK_CLAUSE = 0.02
"""Clauses that stay word for word: formulas that all articles of the field share."""
LONGER_PHRASE = 0.5
"""The chance of an attribute before a noun: news packs its noun phrases fuller than the masters do."""
RUN_ON = 0.25
"""The chance that a sentence goes on behind a comma instead of ending: those of news are longer than the masters'."""
FACT = 0.5
"""Sentences that give a figure, a name or a body beside what the masters' frame says."""
PARAGRAPH_CHARS = 100
HEADED_FROM_CHARS = 900
CHUNK_ARTICLES = 100

COMMA, STOP = "\uff0c", "\u3002"
ATTRIBUTES = (Kind("n", 2), Kind("vn", 2), Kind("b", 2), Kind("n", 2), Kind("a", 2))
FACT_PATTERNS = (
    "{v2}{n2}{n2}{figure}个", "{v2}{n2}{figure}万元", "{n2}{n2}达到{figure}万元", "{body}{v2}{n2}{n2}{figure}项",
    "{v2}{n2}{n2}{figure}人次", "{place}{n2}{v2}{figure}亩", "同比增长{figure}.{digit}%", "{body}负责人{person}介绍",
    "{place}的{person}{v2}了{n2}", "{n3}{n2}{figure}户{figure}人", "{year}年以来", "{month}月{day}日", "在{place}{n3}",
    "{person}{d2}{v2}{n2}", "其中{n2}{n2}{figure}万元", "{vn2}{n2}{v2}{n3}", "{b2}{n3}{vn2}{figure}家",
    "{body}{vn2}{n2}", "{i4}", "{body}与{body}{v2}{n2}{vn2}",
)  # fmt: skip
_PLACEHOLDER = re.compile(r"\{([a-z]+)(\d?)\}")
_CLAUSE_END = re.compile("[\uff0c\uff1b\u3002\uff01\uff1f\uff1a]+[\u201d\u2019\uff09]*$")


class Generated(NamedTuple):
    """One article. `text` is paragraphs and `## headings` between blank lines."""

    title: str
    date: str
    source: str
    url: str
    text: str


class Generator:
    """Articles by number, for one seed."""

    def __init__(self, seed: int = 1, dictionary: Path | None = None, masters: Path = MASTERS) -> None:
        self.seed = seed
        self.words = Vocabulary(dictionary or installed_dictionary())
        self.frames = frames(masters)
        self.field = field_words(self.frames)

    def article(self, number: int) -> Generated:
        """The article of that number, counted from 0."""
        random = Random(f"{self.seed}/{number}")  # noqa: S311 - reproducible, not secret
        return _Writer(self.words, self.frames, self.field, random).article(number)

    def articles(self, count: int) -> Iterator[Generated]:
        """The first `count` articles, one at a time."""
        return map(self.article, range(count))


class _Writer:
    """Writes one article: what it has said, and of whom."""

    def __init__(
        self, words: Vocabulary, known: Frames, field: dict[tuple[str, int], list[str]], random: Random
    ) -> None:
        self.words, self.frames, self.field, self.random = words, known, field, random
        self.topics = (random.randrange(TOPICS), random.randrange(TOPICS))
        self.cast: Cast = cast(words, random)
        self.said: dict[Kind, list[str]] = {}

    def article(self, number: int) -> Generated:
        length = MEDIAN_CHARS * math.exp(self.random.gauss(0, SPREAD))
        length = min(max(length, LEAST_CHARS), MOST_CHARS)
        day = date(self.cast.year, 1, 1) + timedelta(days=self.random.randrange(365))
        title = self._fit(lambda: _without_end(self._filled(self.random.choice(self.frames.titles))))
        return Generated(
            title=title,
            date=day.isoformat(),
            source=self.cast.source,
            url=f"https://news.example/{day:%Y%m%d}/{number:06d}.html",
            text="\n\n".join(self._blocks(length)),
        )

    def _blocks(self, length: float) -> Iterator[str]:
        written = 0
        next_heading = HEADED_FROM_CHARS / 2
        while written < length:
            if length > HEADED_FROM_CHARS and written > next_heading:
                yield "## " + self._fit(lambda: _without_end(self._filled(self.random.choice(self.frames.headings))))
                next_heading += self.random.uniform(400, 900)
            wanted = min(PARAGRAPH_CHARS * math.exp(self.random.gauss(-0.1, 0.5)), length - written)
            paragraph = self._paragraph(wanted)
            written += len(paragraph)
            yield paragraph

    def _paragraph(self, length: float) -> str:
        sentences: list[str] = []
        written = 0
        while written < length:
            sentence = self._fit(self._sentence)
            sentences.append(sentence)
            written += len(sentence)
        return "".join(sentences)

    def _fit(self, write: Callable[[], str]) -> str:
        """What is written, once more until nothing unfit is in it."""
        while not is_fit_text(text := write()):
            pass
        return text

    def _sentence(self) -> str:
        frame = self.random.choice(self.frames.sentences)
        clauses = [self._clause(clause, place, len(frame)) for place, clause in enumerate(frame)]
        if self.random.random() < FACT:
            fact = _PLACEHOLDER.sub(self._fact, self.random.choice(FACT_PATTERNS))
            clauses.insert(self.random.randrange(len(clauses)), fact + COMMA)
        text = "".join(clauses)
        if text.endswith(STOP) and self.random.random() < RUN_ON:
            return text[:-1] + COMMA + self._sentence()
        return text

    def _clause(self, clause: Clause, place: int, clauses: int) -> str:
        if clauses > 1 and self.random.random() < NEW_CLAUSE and clause[-1].word in {COMMA, STOP}:
            pool = self.frames.openings if place == 0 else self.frames.middles
            clause = self.random.choice(self.frames.closings if place == clauses - 1 else pool)
        if self.random.random() < STOCK_CLAUSE:
            return "".join(token.word for token in clause)
        return self._filled(clause)

    def _filled(self, clause: Clause) -> str:
        return "".join(map(self._token, clause))

    def _token(self, token: Token) -> str:
        match token.slot:
            case "number":
                return number(token.word, self.random)
            case "year":
                return str(self.cast.year - self.random.choice((0, 0, 0, 1, 1, 2, 3, 5)))
            case "place":
                return self.cast.place(self.random)
            case "person":
                return self.random.choice(self.cast.persons)
        kind = Kind(token.tag, len(token.word))
        if kind not in self.words.kinds or kind.chars == 1 or self.random.random() > NEW_WORD:
            return token.word
        longer = kind.tag in {"n", "vn"} and self.random.random() < LONGER_PHRASE
        return (self._word(self.random.choice(ATTRIBUTES)) if longer else "") + self._word(kind)

    def _word(self, kind: Kind) -> str:
        if kind not in self.words.kinds:
            return ""
        said = self.said.setdefault(kind, [])
        chance = self.random.random()
        if said and chance < AGAIN:
            return self.random.choice(said)
        if chance < AGAIN + OF_FIELD and kind in self.field:
            word = self.random.choice(self.field[kind])
        elif chance < AGAIN + OF_FIELD + OF_TOPIC:
            word = self.words.draw_of_topic(kind, self.random.choice(self.topics), self.random)
        else:
            word = self.words.draw(kind, self.random)
        said.append(word)
        return word

    def _fact(self, found: re.Match[str]) -> str:
        name, chars = found[1], found[2]
        if chars:
            return self._word(Kind(name, int(chars)))
        if name == "figure":
            return number("1" * self.random.choice((1, 2, 2, 3, 3, 4)), self.random)
        if name in {"month", "day", "digit"}:
            return str(self.random.randint(1, {"month": 12, "day": 28, "digit": 9}[name]))
        if name == "year":
            return str(self.cast.year - self.random.randrange(4))
        if name == "place":
            return self.cast.place(self.random)
        return self.random.choice(self.cast.persons if name == "person" else self.cast.bodies)


def written(folder: Path, articles: Iterable[Generated], form: str = "md") -> None:
    """Write articles into a new folder: a file each (`md`, `txt`) or a thousand a file (`jsonl`)."""
    folder.mkdir(parents=True)
    for at, article in enumerate(articles):
        if form == "jsonl":
            with (folder / f"{at // 1_000:04d}.jsonl").open("a", encoding="utf-8", newline="\n") as lines:
                lines.write(json.dumps(article._asdict(), ensure_ascii=False) + "\n")
            continue
        place = folder / f"{at // 1_000:03d}"
        place.mkdir(exist_ok=True)
        (place / f"{at:06d}.{form}").write_text(_file(article, form), encoding="utf-8", newline="\n")


def side_by_side(seed: int, count: int) -> Iterator[Generated]:
    """The first `count` articles of a seed in their order, written by all processors."""
    if count <= CHUNK_ARTICLES:
        yield from Generator(seed).articles(count)
        return
    with ProcessPoolExecutor(initializer=_start, initargs=(seed,)) as pool:
        yield from pool.map(_one, range(count), chunksize=CHUNK_ARTICLES)


_own: list[Generator] = []
"""The generator of a process of the pool: it takes a second to read its words."""


def _start(seed: int) -> None:
    _own[:] = [Generator(seed)]


def _one(number: int) -> Generated:
    return _own[0].article(number)


def _file(article: Generated, form: str) -> str:
    if form == "txt":
        text = article.text.replace("## ", "")
        return f"{article.title}\n\n{article.date}  来源\uff1a{article.source}\n\n{text}\n"
    head = "".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in article._asdict().items()
        if name != "text"
    )
    return f"---\n{head}---\n\n{article.text}\n"


def _without_end(text: str) -> str:
    return _CLAUSE_END.sub("", text)


def main() -> None:
    """Write the articles."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path, help="a folder that does not exist yet")
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=("md", "txt", "jsonl"), default="md")
    arguments = parser.parse_args()
    if arguments.out.exists():
        raise SystemExit(f"{arguments.out} exists already: name a new folder")
    written(arguments.out, side_by_side(arguments.seed, arguments.articles), arguments.format)


if __name__ == "__main__":
    main()
