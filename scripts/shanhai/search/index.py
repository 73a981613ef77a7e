"""All files of the search index of an archive, as `docs/search-format.md` has them.

What a build knows of the one before it finds in a folder of its own: the postings of blocks of articles, and the texts
of the shards. What is unchanged is taken from there; the files are the same to the byte as without it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from shanhai.search import shards
from shanhai.search.codes import statement
from shanhai.search.facets import facet_files
from shanhai.search.names import name_files, names
from shanhai.search.postings import block, hashes_changed, merged
from shanhai.search.start import start_file
from shanhai.search.store import Kept, Store, outline, unit_numbers
from shanhai.search.texts import unit_files
from shanhai.search.units import searched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from shanhai.records import Article
    from shanhai.relate.phrases import PhraseClock
    from shanhai.relate.views import Views
    from shanhai.search.postings import Block, Postings
    from shanhai.search.shards import Shape
    from shanhai.search.store import Outline
    from shanhai.search.units import SearchedArticle

DIGEST_BYTES = 8

BLOCK_ARTICLES, MOST_BLOCK_ARTICLES, MOST_BLOCK_CHARS = 64, 256, 400_000
"""A block ends with an article whose digest divides by the first, so that a new article changes its own block only;
or, for bounded memory, when it has so many articles or characters."""

MOST_CHANGED = 0.1
"""Where a larger share of the postings changed, by a new article in the middle of the numbers, say, all is encoded
again: to find out what stayed takes as long."""


class _Part(NamedTuple):
    """A block's articles and its outline."""

    articles: tuple[Article, ...]
    outline: Outline


def search_files(
    views: Views, cache: Path | None = None, phrases: PhraseClock | None = None
) -> Iterator[tuple[str, str]]:
    """Path below search/ and text of every file of the index; start.js comes last: it names the digest of the others.

    `cache` is a folder in which a build finds what the one before it made; damaged or foreign files in it are as good
    as none. `phrases` is the clock of the policy phrases where it is known already.
    """
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
    index = _Index(Store(cache))
    oldest = tuple(reversed(views.newest))
    characters: set[str] = set()
    for path, text in index.text_files(oldest):
        digest.update(f"{path}\n{text}".encode())
        yield path, text
    for path, text in index.term_files():
        digest.update(f"{path}\n{text}".encode())
        yield path, text
    name_bits, suggestions = name_files(views, names(views, phrases))
    numbers = {article.id: number for number, article in enumerate(oldest)}
    for path, text in (*facet_files(views, numbers), *sorted(suggestions.items())):
        digest.update(f"{path}\n{text}".encode())
        yield path, text
    for text in (*(one.characters for one in index.outlines), *suggestions.values()):
        characters.update(text)
    yield (
        "start.js",
        start_file(
            digest=digest.hexdigest(),
            oldest=oldest,
            counts=[count for one in index.outlines for count in one.units],
            form=index.form,
            size=sum(one.size for one in index.outlines),
            characters=characters,
            name_bits=name_bits,
        ),
    )


class _Index:
    """The blocks of an archive, each made or found only when it is needed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._before = store.kept()
        self._known = {one.key: one for one in self._before.outlines} if self._before else {}
        self._made: dict[bytes, Block] = {}
        self._parts: list[_Part] = []

    @property
    def outlines(self) -> list[Outline]:
        """The outlines of the blocks, in order; whole once all text files were taken."""
        return [part.outline for part in self._parts]

    @property
    def form(self) -> Shape:
        """How the index is cut."""
        outlines = self.outlines
        return shards.shape(sum(one.postings for one in outlines), sum(len(one.lines) for one in outlines))

    def text_files(self, oldest: Sequence[Article]) -> Iterator[tuple[str, str]]:
        """The files of all units; the blocks are found on the way."""
        number = unit = 0
        for articles, contents, key in _blocks(oldest):
            found = self._known.get(key) or outline(key, self._block(key, contents))
            self._parts.append(_Part(articles, found))
            at = 0
            for article, content, count in zip(articles, contents, found.units, strict=True):
                yield from unit_files(number, unit, article, content, found.lines[at : at + count])
                number, unit, at = number + 1, unit + count, at + count

    def term_files(self) -> Iterator[tuple[str, str]]:
        """The files of all shards; those that no change touches are as they were."""
        form = self.form
        before = self._before if self._before and (self._before.bits, self._before.width) == form else None
        wanted = self._touched(form, before)
        texts = before.shards() if before else [""] * (1 << form.bits)
        if wanted.any():
            blocks = [self._block(part.outline.key, map(searched, part.articles)) for part in self._parts]
            for number, text in shards.encoded(blocks, form, wanted):
                texts[number] = text
            self._made.clear()
            self._store.keep(form, self.outlines, texts)
        for number, text in enumerate(texts):
            name = f"terms/{number >> 8:02x}/{number & 0xFF:02x}"
            yield f"{name}.js", statement(name, text)

    def _touched(self, form: Shape, before: Kept | None) -> NDArray[np.bool_]:
        """Which shards hold another posting than before."""
        wanted = np.full(1 << form.bits, before is None)
        if not before:
            return wanted
        now = dict(zip(self._starts(), self._parts, strict=True))
        new = sorted(now.keys() - before.starts)
        gone = {
            start: self._found(key) for start, key in sorted((start, key) for key, start in before.starts - now.keys())
        }
        if not all(gone.values()):
            return np.ones_like(wanted)
        if sum(now[one].outline.postings for one in new) > MOST_CHANGED * sum(one.postings for one in self.outlines):
            return np.ones_like(wanted)
        made = {start: self._block(key, map(searched, now[key, start].articles)) for key, start in new}
        changed = hashes_changed(_all_postings(gone), _all_postings(made))
        wanted[shards.shard_of(changed, form.bits)] = True
        return wanted

    def _starts(self) -> list[tuple[bytes, int]]:
        outlines = self.outlines
        return [(one.key, start) for one, start in zip(outlines, unit_numbers(outlines), strict=True)]

    def _block(self, key: bytes, contents: Iterable[SearchedArticle]) -> Block:
        found = self._found(key)
        if not found:
            found = self._made[key] = block(list(contents))
            self._store.keep_block(key, found)
        return found

    def _found(self, key: bytes) -> Block | None:
        if key not in self._made and (kept := self._store.block(key)):
            self._made[key] = kept
        return self._made.get(key)


def _blocks(oldest: Sequence[Article]) -> Iterator[tuple[tuple[Article, ...], list[SearchedArticle], bytes]]:
    """Articles in a row, what is searched of them, and the digest of that."""
    articles: list[Article] = []
    contents: list[SearchedArticle] = []
    digests: list[bytes] = []
    size = 0
    for article in oldest:
        content = searched(article)
        articles.append(article)
        contents.append(content)
        digests.append(content.digest)
        size += len(article.described.text)
        ends = digests[-1][0] % BLOCK_ARTICLES == 0
        if ends or len(articles) == MOST_BLOCK_ARTICLES or size >= MOST_BLOCK_CHARS:
            yield tuple(articles), contents, _joint(digests)
            articles, contents, digests, size = [], [], [], 0
    if articles:
        yield tuple(articles), contents, _joint(digests)


def _all_postings(blocks: Mapping[int, Block | None]) -> Postings:
    """All postings of some blocks by the numbers of their first units."""
    there = {start: one for start, one in blocks.items() if one}
    return merged(list(there.values()), [slice(None)] * len(there), list(there))


def _joint(digests: Sequence[bytes]) -> bytes:
    return hashlib.blake2b(b"".join(digests), digest_size=16).digest()
