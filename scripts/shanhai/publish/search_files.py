"""Whether all files of the search index are there and lead to pages: as many as `search/start.js` says."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from shanhai.publish.crawl import Fault
from shanhai.publish.references import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shanhai.publish.crawl import Crawl

FOLDER = "search/"
START = "start"

VERSION = 1
"""Of the format, as docs/ describes it."""

_STATEMENT = re.compile(r'shanhaiSearch\("([a-z0-9/-]+)", ?(.+)\)\s*', re.DOTALL)


def check(crawl: Crawl) -> int:
    """Fetch every file of the index, add its faults to those of the crawl; returns how many files there should be."""
    start = _value(crawl, START)
    if start is None:
        return 0
    try:
        names = [START, *_names(start)]
    except (KeyError, TypeError, ValueError) as fault:
        crawl.faults.append(Fault("search", f"{FOLDER}{START}.js", f"is not of format {VERSION}: {fault!r}"))
        return 1
    for name in names[1:]:
        value = _value(crawl, name)
        try:
            addresses = list(_addresses(name, value)) if value is not None else []
        except (IndexError, TypeError, ValueError):
            crawl.faults.append(Fault("search", f"{FOLDER}{name}.js", f"is not of format {VERSION}"))
            continue
        found = (Reference(crawl.address + path, "stated", 1, "address") for path in addresses)
        crawl.refer(f"{crawl.address}{FOLDER}{name}.js", found)
    scripts = {file.removeprefix(FOLDER).removesuffix(".js") for file in crawl.files if belongs(file)}
    for name in sorted(scripts - set(names)):
        crawl.faults.append(Fault("search", f"{FOLDER}{name}.js", "is left over: start.js does not count it"))
    return len(names)


def belongs(file: str) -> bool:
    """Whether a file of the site is one of the index; the search page stands in the same folder."""
    return file.startswith(FOLDER) and file.endswith(".js")


def _names(start: dict[str, Any]) -> Iterator[str]:
    """The names of all files beside the first."""
    if start["version"] != VERSION:
        raise ValueError(start["version"])
    for shard in range(2 ** int(start["bits"])):
        yield f"terms/{shard >> 8:02x}/{shard & 0xFF:02x}"
    for unit in range(int(start["units"])):
        yield f"texts/{unit >> 16:02x}/{unit & 0xFFFF:04x}"
    for name in start["facets"]:
        yield f"facets/{name}"
    for bucket in range(2 ** int(start["names"])):
        yield f"names/{bucket:02x}"


def _value(crawl: Crawl, name: str) -> Any:  # noqa: ANN401 - any JSON value
    """The value that a file of the index holds; `None` where there is none, which is a fault."""
    file = f"{FOLDER}{name}.js"
    answer = crawl.fetch(crawl.address + file)
    if answer.status != 200 or answer.body is None:
        crawl.faults.append(Fault("search", file, f"is missing (status {answer.status})"))
        return None
    crawl.size_bytes += len(answer.body)
    try:
        statement = _STATEMENT.fullmatch(answer.body.decode("utf-8"))
        if statement and statement[1] == name:
            return json.loads(statement[2])
    except ValueError:
        pass
    crawl.faults.append(Fault("search", file, f'is not one statement shanhaiSearch("{name}", …)'))
    return None


def _addresses(name: str, value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    """The addresses of pages below the site that a file names: of a text its passages, of names where they lead."""
    if name.startswith("texts/"):
        page = value[1]
        yield from (f"{page}#{anchor}" if anchor else page for anchor, *_ in value[6] or [[""]])
    elif name.startswith("names/"):
        yield from (entry[3] for entry in value)
