"""The first, cheap pass over a corpus: what its documents share."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shanhai.engines.local import spread
from shanhai.errors import ShanhaiError
from shanhai.read.corpus import LINES_SUFFIX, PACKED_SUFFIX, read_file
from shanhai.records import RawArticle
from shanhai.restore.shared_lines import NONE, DocumentLines, SharedLines, document_lines, rules, shared_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def survey(
    files: Sequence[Path],
    folder: Path,
    max_file_bytes: int,
    workers: int = 1,
    records: dict[Path, tuple[RawArticle, ...]] | None = None,
) -> SharedLines:
    """The lines that the documents of each origin share; nothing for a corpus that is too small to tell.

    `records`, for work in one process, is filled with the articles of the files that need not be read again.
    """
    if len(files) < rules().documents_min and not any(
        path.name.lower().endswith((LINES_SUFFIX, PACKED_SUFFIX)) for path in files
    ):
        return NONE
    count = partial(lines_of_file, folder=folder, max_file_bytes=max_file_bytes, records=records)
    return shared_lines(document for found in spread(count, files, workers) for document in found)


def lines_of_file(
    path: Path, folder: Path, max_file_bytes: int, records: dict[Path, tuple[RawArticle, ...]] | None = None
) -> tuple[DocumentLines, ...]:
    """The short lines of each article of a file; none where it cannot be read, which the build itself reports."""
    try:
        found = tuple(read_file(path, folder, max_file_bytes, in_full=False))
        articles = tuple(record for record in found if isinstance(record, RawArticle))
        # A web page was not read in full, and a fault is told when the file is converted.
        if records is not None and len(articles) == len(found) and all(one.format != "html" for one in articles):
            records[path] = articles
        return tuple(document_lines(article) for article in articles)
    except ShanhaiError:
        raise
    except Exception:  # noqa: BLE001 - a fault of ours shows again, with its place, when the file is converted
        return ()
