"""The kinds of pages that the site has, each with the page that stands for it in the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

KINDS = {
    "home": "index.html",
    "article": "articles/*/*/index.html",
    "apparatus": "articles/*/*/apparatus/index.html",
    "articles": "articles/index.html",
    "province": "provinces/*/index.html",
    "prefecture": "provinces/*/*/index.html",
    "county": "provinces/*/*/*/index.html",
    "places": "provinces/index.html",
    "pair": "pairs/*/index.html",
    "pairs": "pairs/index.html",
    "theme": "themes/*/index.html",
    "themes": "themes/index.html",
    "phrase": "phrases/*/index.html",
    "phrases": "phrases/index.html",
    "practice": "practices/*/index.html",
    "practices": "practices/index.html",
    "year": "years/*/index.html",
    "years": "years/index.html",
    "source": "sources/*/index.html",
    "sources": "sources/index.html",
    "how made": "how-made/index.html",
    "how tagged": "how-tagged/index.html",
    "downloads": "downloads/index.html",
    "about": "about/index.html",
    "help": "help/index.html",
    "search": "search/index.html",
    "english": "en/index.html",
    "not found": "404.html",
}
"""Kind -> where its pages stand below the site. Of several the largest is looked at: most can go wrong in it."""

SPARSE = {
    "empty province": "provinces/*/index.html",
    "short article": "articles/*/*/index.html",
    "short apparatus": "articles/*/*/apparatus/index.html",
    "rare phrase": "phrases/*/index.html",
}
"""The same, but the smallest is looked at: what a page says when there is next to nothing to say."""

NOT_FROM_DISK = frozenset({"not found"})
"""A web server's answer to a wrong address at any depth: its links start at the root of the server."""


def one_of_each(site: Path) -> dict[str, str]:
    """Kind -> the address of its page below the site, as a web server's visitor has it (`provinces/guizhou/`)."""
    largest = {kind: _sorted(site, pattern)[-1] for kind, pattern in KINDS.items()}
    smallest = {kind: _sorted(site, pattern)[0] for kind, pattern in SPARSE.items()}
    return {
        kind: path.relative_to(site).as_posix().removesuffix("index.html")
        for kind, path in (largest | smallest).items()
    }


def file_of(address: str) -> str:
    """The file that a web server shows for an address below the site."""
    return address + "index.html" if not address or address.endswith("/") else address


def _sorted(site: Path, pattern: str) -> list[Path]:
    found = sorted(site.glob(pattern), key=lambda path: (path.stat().st_size, path.as_posix()))
    if not found:
        raise LookupError(f"the sample site has no page {pattern}")
    return found
