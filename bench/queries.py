"""What is asked of every search, and which articles truly hold it: a plain scan of the published text."""

from __future__ import annotations

import unicodedata
from functools import cache
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import opencc
from ahocorasick_rs import AhoCorasick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from documents import Document

SUBSTRINGS, PLACES, TWO_TERMS = 300, 100, 50
LEAST_CHARS, MOST_CHARS = 2, 8
TERM_CHARS = (2, 3, 4)
SYNTAX = frozenset("\"'\u201c\u201d\u2018\u2019\u300c\u300d\u300e\u300f-\uff0d+*~^:<>")
"""Characters that one of the three searches takes for more than themselves: no query holds them."""
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


def truths(documents: Sequence[Document], asked: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], Truth]:
    """Which articles hold all of some terms, for all that is asked: one pass over the text for each of the three."""
    wanted = list(dict.fromkeys(asked))
    simplified = _converter("t2s").convert
    raw = [document.searched for document in documents]
    folded = ["\n".join(map(fold, lines)) for lines in raw]
    words = [set(document.words) for document in documents]
    forms = {term: fold(term) for terms in wanted for term in terms}
    as_it_stands = _holding(map("\n".join, raw), forms, words)
    in_folded = _holding(folded, forms.values(), words)
    in_widest = _holding(map(simplified, folded), map(simplified, forms.values()), words, _letters)
    return {
        terms: Truth(
            folded=_all(in_folded[forms[term]] for term in terms),
            strict=_all(as_it_stands[term] for term in terms),
            widest=_all(in_widest[simplified(forms[term])] for term in terms),
        )
        for terms in wanted
    }


def _holding(
    texts: Iterable[str], terms: Iterable[str], words: Sequence[set[str]], spelt: Callable[[str], str] = str
) -> dict[str, set[int]]:
    """The numbers of the texts that hold each term as a part, or of which a word is what the term spells."""
    known = sorted(set(terms))
    found: dict[str, set[int]] = {term: set() for term in known}
    by_word: dict[str, list[str]] = {}
    for term in known:
        by_word.setdefault(spelt(term), []).append(term)
    automaton = AhoCorasick(known)
    for number, (text, beside) in enumerate(zip(texts, words, strict=True)):
        held = {known[index] for index, _, _ in automaton.find_matches_as_indexes(text, overlapping=True)}
        held.update(term for word in beside & by_word.keys() for term in by_word[word])
        for term in held:
            found[term].add(number)
    return found


def _all(sets: Iterable[set[int]]) -> frozenset[int]:
    return frozenset.intersection(*map(frozenset, sets))


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


def _letters(text: str) -> str:
    return "".join(filter(is_letter, text))


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
