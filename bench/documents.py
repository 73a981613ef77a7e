"""The published articles of a corpus: the same words for every search, and the archive for ours.

`python bench/documents.py CORPUS WORK` converts a folder of articles and writes `archive.msgpack` and
`documents.jsonl`.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from shanhai.build import convert
from shanhai.relate.views import Archive, view
from shanhai.search.units import searched
from shanhai.settings import Settings

if TYPE_CHECKING:
    from shanhai.records import Article

MAX_FILE_BYTES = 50_000_000
CONVERTED_FILES = ARCHIVE_FILE, DOCUMENTS_FILE = "archive.msgpack", "documents.jsonl"


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """An article as a page shows it.

    `lines` are its blocks, headings with their level; `names` what ours knows it by beside its text (its places, themes
    …), which all three are given. `searched` are all lines any part of which finds it, `words` the words of names that
    are found whole alone. `places` are the place names as its text has them.
    """

    path: str
    title: str
    date: str
    source: str
    lines: tuple[tuple[int, str], ...]
    names: tuple[str, ...]
    searched: tuple[str, ...]
    words: tuple[str, ...]
    places: tuple[str, ...]
    filters: dict[str, tuple[str, ...]]

    @property
    def chars(self) -> int:
        """Characters of the published text."""
        return sum(len(text) for _, text in self.lines)


def documents(work: Path) -> list[Document]:
    """What `documents.py` wrote there, oldest first: the place in the list is the article's number in our index."""
    lines = (work / DOCUMENTS_FILE).read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Document) for line in lines]


def archive(work: Path) -> Archive:
    """The archive of that folder."""
    return msgspec.msgpack.decode((work / ARCHIVE_FILE).read_bytes(), type=Archive)


def settings_for(corpus: Path, work: Path, workers: int = 1) -> Settings:
    """How a corpus is converted here: every article that can be published, nothing kept from before."""
    return Settings(
        corpus=corpus.resolve(),
        max_file_bytes=MAX_FILE_BYTES,
        allowed_set_aside_share=1.0,
        workers=workers,
        cache=work.resolve() / "cache",
    )


def _document(article: Article) -> Document:
    described, found = article.described, article.annotations
    known = searched(article)
    subjects = [place for place in found.places if place.role == "subject"]
    return Document(
        path=article.path,
        title=described.title,
        date=described.date or "",
        source=described.source or "",
        lines=tuple((block.level, described.text[block.start : block.end]) for block in described.blocks),
        names=known.names,
        searched=tuple(known.texts),
        words=tuple(known.words),
        places=tuple(sorted({one.quote for place in found.places for one in place.evidence})),
        filters={
            "province": tuple(sorted({place.name for place in subjects if place.level == "province"})),
            "theme": tuple(tag.label for tag in found.themes),
            "year": ((described.date or "")[:4],) if described.date else (),
        },
    )


def main() -> None:
    """Convert and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("work", type=Path)
    arguments = parser.parse_args()
    found, _run = convert(settings_for(arguments.corpus, arguments.work, os.cpu_count() or 1))
    views = view(found)
    arguments.work.mkdir(parents=True, exist_ok=True)
    (arguments.work / ARCHIVE_FILE).write_bytes(msgspec.msgpack.encode(found))
    oldest_first = (_document(article) for article in reversed(views.newest))
    (arguments.work / DOCUMENTS_FILE).write_bytes(b"\n".join(map(msgspec.json.encode, oldest_first)))


if __name__ == "__main__":
    main()
