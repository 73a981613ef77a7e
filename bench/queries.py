"""What is asked of every search, and which articles truly hold it: a plain scan of the published text."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import opencc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents import Document

SUBSTRINGS, PLACES, TWO_TERMS = 300, 100, 50
LEAST_CHARS, MOST_CHARS = 2, 8
TERM_CHARS = (2, 3, 4)
SYNTAX = frozenset("\"'\u201c\u201d\u2018\u2019\u300c\u300d\u300e\u300f-\uff0d+*~^:<>")
"""Characters that one of the three searches takes for more than themselves: no query holds them."""
TEXT_END = "\0"
_TRIES = 10_000


class Query(NamedTuple):
    """What is typed, and of which kind; `terms` in simplified characters are what an article must hold."""

    kind: str
    typed: str
    terms: tuple[str, ...]


class Truth(NamedTuple):
    """Numbers of the articles that hold all terms.

    `folded`: width, case and blanks do not count; `strict`: as they stand; `widest`: traditional characters and
    variants count as their simplified ones too.
    """

    folded: frozenset[int]
    strict: frozenset[int]
    widest: frozenset[int]


def drawn(documents: Sequence[Document], seed: int) -> list[Query]:
    """300 substrings, 100 place names, 50 pairs of terms, and all of them once more in traditional characters."""
    random = Random(f"queries {seed}")  # noqa: S311 - reproducible, not secret
    simple = [*_substrings(documents, random), *_places(documents, random), *_two_terms(documents, random)]
    traditional = _converter("s2t")
    return [
        *simple,
        *(one._replace(kind=f"{one.kind}, traditional", typed=traditional.convert(one.typed)) for one in simple),
    ]


class _Texts:
    """All texts in one, so that a term is looked for in one go."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._whole = TEXT_END.join(texts) + TEXT_END
        self._ends = [*accumulate(len(text) + 1 for text in texts)]

    def holding(self, terms: tuple[str, ...]) -> frozenset[int]:
        """The numbers of the texts that hold all terms."""
        return frozenset.intersection(*(frozenset(self._with(term)) for term in terms))

    def _with(self, term: str) -> Iterator[int]:
        at = self._whole.find(term)
        while at >= 0:
            number = bisect_right(self._ends, at)
            yield number
            at = self._whole.find(term, self._ends[number])


class Scan:
    """The whole text of the archive, ready to be scanned: title, lines, source and what else all three were given."""

    def __init__(self, documents: Sequence[Document]) -> None:
        lines = [_lines(document) for document in documents]
        simplified = _converter("t2s")
        folded = ["\n".join(map(fold, of_one)) for of_one in lines]
        self._raw = _Texts(["\n".join(of_one) for of_one in lines])
        self._folded = _Texts(folded)
        self._widest = _Texts([simplified.convert(text) for text in folded])

    def truth(self, terms: tuple[str, ...]) -> Truth:
        """Which articles hold all terms."""
        folded = tuple(map(fold, terms))
        simplified = tuple(_converter("t2s").convert(term) for term in folded)
        return Truth(self._folded.holding(folded), self._raw.holding(terms), self._widest.holding(simplified))


def fold(text: str) -> str:
    """Width, case and blanks do not count."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(one for one in plain if not _is_blank(one))


@cache
def _is_blank(character: str) -> bool:
    return unicodedata.category(character) in {"Zs", "Zl", "Zp", "Cc", "Cf"}


def is_letter(character: str) -> bool:
    """Whether a character is a letter, a digit or a mark on one."""
    return unicodedata.category(character)[0] in "LNM"


def _lines(document: Document) -> list[str]:
    return [document.title, document.source, *document.names, *(text for _, text in document.lines)]


def _substrings(documents: Sequence[Document], random: Random) -> list[Query]:
    """Any characters of one paragraph, punctuation as it comes, with two letters at least."""
    found: list[Query] = []
    for _ in range(_TRIES):
        text = _paragraph(documents, random)
        length = random.randint(LEAST_CHARS, MOST_CHARS)
        start = random.randrange(max(len(text) - length, 0) + 1)
        part = text[start : start + length]
        if len(part) == length and _can_be_asked(part) and sum(map(is_letter, part)) >= LEAST_CHARS:
            found.append(Query("substring", part, (part,)))
        if len(found) == SUBSTRINGS:
            break
    return found


def _places(documents: Sequence[Document], random: Random) -> list[Query]:
    names = sorted({name for document in documents for name in document.places if _can_be_asked(name)})
    return [Query("place", name, (name,)) for name in random.sample(names, min(PLACES, len(names)))]


def _two_terms(documents: Sequence[Document], random: Random) -> list[Query]:
    found: list[Query] = []
    for _ in range(_TRIES):
        document = random.choice(documents)
        terms = tuple(_term(random.choice(document.lines)[1], random) for _ in range(2)) if document.lines else ("", "")
        if all(terms) and terms[0] != terms[1]:
            found.append(Query("two terms", " ".join(terms), terms))
        if len(found) == TWO_TERMS:
            break
    return found


def _term(text: str, random: Random) -> str:
    length = random.choice(TERM_CHARS)
    start = random.randrange(max(len(text) - length, 0) + 1)
    part = text[start : start + length]
    return part if len(part) == length and all(map(is_letter, part)) else ""


def _paragraph(documents: Sequence[Document], random: Random) -> str:
    document = random.choice(documents)
    return random.choice(document.lines)[1] if document.lines else ""


def _can_be_asked(text: str) -> bool:
    return not any(one in SYNTAX or one.isspace() for one in text)


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)
