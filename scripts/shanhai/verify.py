"""Whether the logs of a corpus lead back: the proof that nothing was changed without a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from shanhai import editlog
from shanhai.build import convert
from shanhai.describe.article import describe
from shanhai.read.corpus import corpus_files, read_file
from shanhai.records import DescribedArticle, RawArticle, Rejected, RestoredArticle
from shanhai.restore.chain import restore

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from rich.console import Console

    from shanhai.settings import Settings

FAULT_OF_OURS = "BUILD-01"


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What undoing every log gave.

    `published` articles and `set_aside` ones have a log; `without_log` were set aside before there was one. `wrong`
    names the articles whose log does not lead back, `failed` those that a fault of ours kept from having one.
    """

    published: int
    set_aside: int
    without_log: int
    wrong: tuple[str, ...]
    failed: tuple[str, ...]


def verify(settings: Settings, console: Console | None = None) -> Verification:
    """Undo the log of every article of the corpus, also of those set aside later. Raises `CorpusError`."""
    archive, _run = convert(settings, console)
    wrong = {one.described.raw.file for one in archive.articles if not leads_back(one.described)}
    failed = {one.file for one in archive.rejected if one.rule == FAULT_OF_OURS}
    logged = list(_logged(settings, {one.file for one in archive.rejected} - failed))
    wrong |= {one.raw.file for one in logged if not leads_back(one)}
    return Verification(
        published=len(archive.articles),
        set_aside=len(logged),
        without_log=len(archive.rejected) - len(logged) - len(failed),
        wrong=tuple(sorted(wrong)),
        failed=tuple(sorted(failed)),
    )


def leads_back(article: RestoredArticle | DescribedArticle) -> bool:
    """Whether undoing the log gives the raw text, character for character."""
    try:
        return editlog.undo(article.text, article.log) == article.raw.text
    except ValueError:
        return False


def _logged(settings: Settings, files: Collection[str]) -> Iterator[RestoredArticle | DescribedArticle]:
    """The set-aside articles that have a log, as far as they went."""
    names = {file.partition("#L")[0] for file in files}
    for path in corpus_files(settings.corpus) if files else ():
        name = _name(path, settings.corpus)
        if name not in names and name.isprintable():
            continue
        for raw in read_file(path, settings.corpus, settings.max_file_bytes):
            if isinstance(raw, RawArticle) and raw.file in files:
                yield from _as_far_as_it_went(raw)


def _as_far_as_it_went(raw: RawArticle) -> Iterator[RestoredArticle | DescribedArticle]:
    restored = restore(raw)
    if isinstance(restored, Rejected):
        return
    described = describe(restored)
    yield restored if isinstance(described, Rejected) else described


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
