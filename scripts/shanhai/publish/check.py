"""Whether a built site is fit to be published at its address.

The site is served on this machine below the path of its address, as GitHub Pages serves it, and all of it is fetched:
every link and anchor, every picture, script and style, the canonical addresses, the site map, the rules for robots,
the feeds, the files of the search index, the data files, and the page for what is missing. Other hosts are not asked.

Exit codes: 0 all is well; 1 something leads nowhere; 2 there is no site, or its address is not known.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from shanhai.errors import PathError
from shanhai.publish import search_files, self_descriptions
from shanhai.publish.crawl import Crawl, Fault
from shanhai.publish.references import of_html
from shanhai.publish.serving import INDEX, NOT_FOUND, published, served

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLE_ADDRESS = "http://127.0.0.1:8000/shanhai/"
"""Where a site is taken to stand that is built only to be checked: below a path, as a project's pages are."""

BUILT_SITE = Path("build", "publish-check")
"""A site that is built only to be checked, below the project's folder."""

OK, FAULTY, BAD_USE = range(3)

SET_ASIDE = 1
"""Exit code of a build that finished, but set more articles aside than the settings allow."""

SHOWN = 50
"""So many unlinked pages and other hosts are named on the screen; the report file has them all."""


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """What the crawl of a site gave.

    `named`: the site says itself where it stands. `unlinked`: pages to which no link leads; `elsewhere`: addresses on
    other hosts with the places that name them.
    """

    address: str
    named: bool
    pages: int
    files: int
    references: int
    search_files: int
    feeds: int
    size_bytes: int
    seconds: float
    faults: tuple[Fault, ...]
    unlinked: tuple[str, ...]
    elsewhere: dict[str, tuple[str, ...]]


class SiteError(PathError):
    """The folder is no site that can be checked."""


def check_site(site: Path, address: str = "") -> Findings:
    """Serve the site and fetch all of it. `address`: where it will stand, by default what its home page says.

    Raises `SiteError` where there is no site or its address is not known.
    """
    began = time.perf_counter()
    address = address or stated_address(site)
    address = address if address.endswith("/") else f"{address}/"
    files = published(site)
    base = "/" + address.split("/", 3)[3]
    with served(site, base) as port, closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        crawl = Crawl(address, connection, files)
        crawl.run(file for file in sorted(files) if not search_files.belongs(file))
        feeds = self_descriptions.check(crawl, site)
        index_files = search_files.check(crawl)
        crawl.finish()
    wanted = {crawl.address_of(file) for file in files if _has_readers(file)}
    return Findings(
        address=address,
        named=self_descriptions.names_address(crawl),
        pages=len(crawl.pages),
        files=len(files),
        references=crawl.references,
        search_files=index_files,
        feeds=feeds,
        size_bytes=crawl.size_bytes,
        seconds=round(time.perf_counter() - began, 1),
        faults=tuple(sorted(set(crawl.faults))),
        unlinked=tuple(sorted(crawl.short(page) for page in wanted - crawl.linked)),
        elsewhere={to: tuple(mention.told()) for to, mention in sorted(crawl.elsewhere.items())},
    )


def stated_address(site: Path) -> str:
    """The site's address by the canonical address of its home page. Raises `SiteError`."""
    try:
        home = (site / INDEX).read_bytes()
    except OSError as fault:
        raise SiteError(site, f"has no {INDEX}", "Build the site first: `shanhai build`.") from fault
    canonical = of_html(home, EXAMPLE_ADDRESS).canonical
    if not canonical or not canonical[0].startswith(("http://", "https://")):
        raise SiteError(
            site,
            "was built without an address",
            "Set SHANHAI_SITE_URL to the address where it will stand and build it again.",
        )
    return canonical[0]


def told(found: Findings) -> str:
    """The findings for the screen: counts, every fault, what is not linked, and which other hosts are named."""
    counts = (
        f"{found.address}: {found.pages} pages, {found.files} files, {found.references} references, "
        f"{found.search_files} files of the search index, {found.feeds} feeds, {found.size_bytes / 1e6:.1f} MB "
        f"fetched in {found.seconds} s"
    )
    unnamed = [] if found.named else ["The site names no address: there is no site map and no feed to check"]
    lines = [counts, *unnamed, f"{len(found.faults)} fault(s)"]
    lines += [f"  {one.rule}: {one.place}: {one.wrong}" for one in found.faults]
    lines += _some(f"{len(found.unlinked)} page(s) or feed(s) to which no link leads", found.unlinked)
    hosts = Counter(urlsplit(address).netloc for address in found.elsewhere)
    named = [f"{host} ({count})" for host, count in sorted(hosts.items())]
    lines += _some(f"{len(found.elsewhere)} address(es) elsewhere, not fetched, on {len(hosts)} host(s)", named)
    return "\n".join(lines)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a parser the arguments that `run` reads, beside `config`."""
    parser.add_argument("--site", type=Path, help="a built site; without it the corpus is built to be checked")
    parser.add_argument("--corpus", type=Path, help="folder of articles (default: extra.shanhai.corpus)")
    parser.add_argument(
        "--address",
        default="",
        help=f"where the site will stand (default: what its home page says; of a site built now, {EXAMPLE_ADDRESS})",
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help="write all findings to FILE, as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Check the site that the arguments name, or build one first; returns the exit code. Raises `SiteError`."""
    site = arguments.site or _built(arguments.config, arguments.corpus, arguments.address or EXAMPLE_ADDRESS)
    found = check_site(site, arguments.address)
    if arguments.report:
        arguments.report.parent.mkdir(parents=True, exist_ok=True)
        arguments.report.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
    print(told(found))  # noqa: T201 - the result
    return FAULTY if found.faults else OK


def main(argv: Sequence[str] | None = None) -> int:
    """Run the check as a command of its own; returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m shanhai.publish.check",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--config", type=Path, default=Path("mkdocs.yml"), help="the site's mkdocs.yml")
    add_arguments(parser)
    try:
        return run(parser.parse_args(argv))
    except SiteError as fault:
        print(fault, file=sys.stderr)  # noqa: T201 - the result
        return BAD_USE


def _built(config: Path, corpus: Path | None, address: str) -> Path:
    """The site of a corpus, built by a run of its own for this address, in a folder of its own."""
    site = config.resolve().parent / BUILT_SITE
    given = ["--corpus", os.fspath(corpus.resolve())] if corpus else []
    command = [sys.executable, "-m", "shanhai.cli", "--config", os.fspath(config), "build", *given, "--site", str(site)]
    environment = os.environ | {"SHANHAI_SITE_URL": address}
    done = subprocess.run(command, env=environment, stdout=sys.stderr, check=False)  # noqa: S603 - our own command
    if done.returncode not in {OK, SET_ASIDE}:
        raise SiteError(site, f"could not be built (exit code {done.returncode})", "See the messages above.")
    return site


def _has_readers(file: str) -> bool:
    """Whether links should lead to a file: a page other than the one for what is missing, or a feed."""
    return (file.endswith(".html") and file != NOT_FOUND) or file.startswith(self_descriptions.FEEDS)


def _some(title: str, items: Sequence[str]) -> list[str]:
    left_out = len(items) - SHOWN
    more = [f"  and {left_out} more"] if left_out > 0 else []
    return [title, *(f"  {one}" for one in items[:SHOWN]), *more]


if __name__ == "__main__":
    sys.exit(main())
