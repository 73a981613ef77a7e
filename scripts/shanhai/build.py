"""The build: the whole way from a folder of files to pages and data files, on one screen."""

from __future__ import annotations

import gc
import time
import traceback
from collections import Counter
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console

from shanhai import editlog, report
from shanhai.annotate.article import annotate
from shanhai.describe import digest
from shanhai.describe.article import describe
from shanhai.engines.local import spread
from shanhai.errors import CorpusError, ShanhaiError
from shanhai.pages.datafiles import data_files
from shanhai.pages.feeds import feeds
from shanhai.pages.output import write_tree
from shanhai.pages.site import render
from shanhai.publish.robots import robots
from shanhai.read.corpus import corpus_files, read_file
from shanhai.records import RawArticle, Rejected
from shanhai.relate.disputes import disputes
from shanhai.relate.near_duplicates import bands
from shanhai.relate.phrases import clock
from shanhai.relate.reprints import Finding, assemble
from shanhai.relate.views import Archive, view
from shanhai.restore.chain import restore
from shanhai.restore.doubtful import marked
from shanhai.restore.page_kinds import why_set_aside
from shanhai.restore.shared_lines import NONE, SharedLines
from shanhai.search.index import search_files
from shanhai.survey import survey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shanhai.records import Annotations, DescribedArticle, RestoredArticle
    from shanhai.settings import Settings


SEARCH, ROBOTS = "search", "robots.txt"

YOUNG_OBJECTS = 100_000
"""How many objects are made before Python looks for cycles among them. Its own 700 cost a sixteenth of a build, which
makes records by the million and no cycles."""


class Harvest(msgspec.Struct, frozen=True, kw_only=True):
    """What one file gave. `seconds` is wall-clock time by step; `failures` counts articles lost to a fault of ours."""

    findings: tuple[Finding, ...]
    rejected: tuple[Rejected, ...]
    seconds: dict[str, float]
    failures: int


@contextmanager
def few_collections() -> Iterator[None]:
    """Let Python look for cycles rarely."""
    before = gc.get_threshold()
    gc.set_threshold(YOUNG_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@few_collections()
def build_pages(settings: Settings, docs: Path, console: Console, site_url: str = "") -> report.RunReport:
    """Convert the corpus and write its pages and data files below `docs`; returns what happened.

    `site_url` is the address at which the site will stand, "" where that is not known: citations name it.
    """
    archive, run = convert(settings, console)
    with _timed(run.seconds, "pages"):
        views = view(_addressed(archive, site_url))
        phrases = clock(views.newest)
        files = render(views, phrases) | feeds(views, site_url) | {ROBOTS: robots(site_url)}
    with _timed(run.seconds, "search"):
        files.update((f"{SEARCH}/{path}", text) for path, text in search_files(views, settings.cache / SEARCH, phrases))
    with _timed(run.seconds, "write"):
        write_tree(docs, files)
    return run


@few_collections()
def build_data(settings: Settings, folder: Path, console: Console) -> report.RunReport:
    """Convert the corpus and write only its data files to `folder`; returns what happened."""
    archive, run = convert(settings, console)
    with _timed(run.seconds, "data"):
        write_tree(folder, data_files(archive.articles, archive.rejected))
    return run


def _addressed(archive: Archive, site_url: str) -> Archive:
    """The archive with the whole address of every article's page, where that of the site is known."""
    if not site_url:
        return archive
    articles = (msgspec.structs.replace(one, address=f"{site_url.rstrip('/')}/{one.path}/") for one in archive.articles)
    return msgspec.structs.replace(archive, articles=tuple(articles))


def convert(settings: Settings, console: Console | None = None) -> tuple[Archive, report.RunReport]:
    """The archive that the corpus holds, and what happened on the way. Raises `CorpusError`."""
    console = console or Console(quiet=True)
    files = _files(settings.corpus)
    seconds: dict[str, float] = {}
    records: dict[Path, tuple[RawArticle, ...]] | None = {} if settings.workers == 1 else None
    with _timed(seconds, "survey"):
        shared = survey(files, settings.corpus, settings.max_file_bytes, settings.workers, records)
    harvest = partial(
        harvest_file,
        folder=settings.corpus,
        max_file_bytes=settings.max_file_bytes,
        shared_lines=shared,
        records=records,
    )
    harvests = list(report.progress(spread(harvest, files, settings.workers), len(files), "Converting", console))

    for one in harvests:
        for step, share in one.seconds.items():
            seconds[step] = seconds.get(step, 0.0) + share
    with _timed(seconds, "relate"):
        joined, copies = assemble((finding for one in harvests for finding in one.findings), _annotated_again)
        disputed = disputes(joined)
        articles = tuple(msgspec.structs.replace(one, disputes=disputed.get(one.id, ())) for one in joined)
    rejected = sorted([*(r for one in harvests for r in one.rejected), *copies], key=lambda r: (r.file, r.rule))
    repairs: Counter[str] = Counter()
    for article in articles:
        editlog.count_by_rule(digest.own_log(article.described.log), repairs)

    archive = Archive(
        articles=articles, rejected=tuple(rejected), repairs=dict(sorted(repairs.items())), files=len(files)
    )
    run = report.RunReport(
        files=len(files),
        published=len(articles),
        rejected=archive.rejected,
        repairs=archive.repairs,
        seconds=seconds,
        failures=sum(one.failures for one in harvests),
    )
    return archive, run


def harvest_file(
    path: Path,
    folder: Path,
    max_file_bytes: int,
    shared_lines: SharedLines = NONE,
    records: dict[Path, tuple[RawArticle, ...]] | None = None,
) -> Harvest:
    """Everything that one file gives; whatever the file holds, only damaged reference data raises.

    `shared_lines`: what the documents of the corpus share. `records`: articles of files that were read already; those
    of this file are taken out.
    """
    findings: list[Finding] = []
    rejected: list[Rejected] = []
    seconds: dict[str, float] = {}
    failures = 0
    known = records.pop(path, None) if records else None
    for raw in known or _read(path, folder, max_file_bytes, seconds):
        for outcome in _carry(raw, shared_lines, seconds) if isinstance(raw, RawArticle) else (raw,):
            if isinstance(outcome, Finding):
                findings.append(outcome)
            else:
                rejected.append(outcome)
                failures += outcome.rule == "BUILD-01"
    return Harvest(findings=tuple(findings), rejected=tuple(rejected), seconds=seconds, failures=failures)


def _read(path: Path, folder: Path, max_file_bytes: int, seconds: dict[str, float]) -> Iterator[RawArticle | Rejected]:
    name = path.relative_to(folder).as_posix()
    with _timed(seconds, "read"):
        try:
            records = list(read_file(path, folder, max_file_bytes))
        except ShanhaiError:
            raise
        except Exception:  # noqa: BLE001 - a fault of ours must not take the other files with it
            records = [_failure(name, "read")]
    yield from records


def _carry(raw: RawArticle, shared_lines: SharedLines, seconds: dict[str, float]) -> tuple[Finding | Rejected, ...]:
    """One page through all steps of its own; a digest gives several articles."""
    step = "restore"
    try:
        with _timed(seconds, step):
            restored = restore(raw, shared_lines)
        if isinstance(restored, Rejected):
            return (restored,)
        step = "judge"
        with _timed(seconds, step):
            if rejected := why_set_aside(restored):
                return (rejected,)
            items = [marked(item) for item in digest.split(restored)]
    except ShanhaiError:
        raise
    except Exception:  # noqa: BLE001 - a fault of ours must not take the other articles with it
        return (_failure(raw.file, step),)
    return tuple(_carry_item(item, seconds) for item in items)


def _carry_item(restored: RestoredArticle, seconds: dict[str, float]) -> Finding | Rejected:
    """One article through the steps after restoration."""
    step = "describe"
    try:
        with _timed(seconds, step):
            described = describe(restored)
        if isinstance(described, Rejected):
            return described
        step = "annotate"
        with _timed(seconds, step):
            annotations = annotate(described)
        step = "relate"
        with _timed(seconds, step):
            keys = bands(described.text)
    except ShanhaiError:
        raise
    except Exception:  # noqa: BLE001 - a fault of ours must not take the other articles with it
        return _failure(restored.raw.file, step)
    return Finding(described=described, annotations=annotations, bands=keys)


def _annotated_again(described: DescribedArticle) -> Annotations | None:
    """What is found in a text that a witness completed; `None` after a fault of ours: then it stays as it was."""
    try:
        return annotate(described)
    except ShanhaiError:
        raise
    except Exception:  # noqa: BLE001 - a fault of ours must not take the other articles with it
        return None


def _failure(file: str, step: str) -> Rejected:
    """A fault of ours, kept with its place in the code; the article is set aside."""
    place = traceback.format_exc(limit=-1).strip().splitlines()
    return Rejected(
        file=file, rule="BUILD-01", reason=f"程序在 {step} 步骤出错\uff0c请报告\uff1a{place[-1][:200]}", excerpt=""
    )


def _files(corpus: Path) -> list[Path]:
    if not corpus.is_dir():
        raise CorpusError(corpus, "is not a folder", "Give the folder with --corpus or extra.shanhai.corpus.")
    return corpus_files(corpus)


@contextmanager
def _timed(seconds: dict[str, float], step: str) -> Iterator[None]:
    began = time.perf_counter()
    try:
        yield
    finally:
        seconds[step] = seconds.get(step, 0.0) + time.perf_counter() - began
