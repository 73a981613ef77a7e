"""The file of the index that is read first: its shape, its articles' years and units, and how to fold a query."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from shanhai.relate.facts import year
from shanhai.relate.identity import UNDATED
from shanhai.search.codes import BitWriter, statement
from shanhai.search.fold import variants_among

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shanhai.records import Article
    from shanhai.search.shards import Shape

VERSION = 1
"""Of the format, as `docs/search-format.md` has it."""

FACETS = ("province", "county", "theme", "source", "pair")


def start_file(  # noqa: PLR0913 - one value of the file each, by name
    *,
    digest: str,
    oldest: Sequence[Article],
    counts: Sequence[int],
    form: Shape,
    size: int,
    characters: Iterable[str],
    name_bits: int,
) -> str:
    """The text of start.js. `counts` are the units of each article, `size` the folded characters of all."""
    units = sum(counts)
    stream = BitWriter()
    for count in counts:
        stream.gamma(count)
    value = {
        "version": VERSION,
        "digest": digest,
        "articles": len(oldest),
        "units": units,
        "bits": form.bits,
        "width": form.width,
        "counts": stream.text(),
        "variants": variants_among(characters),
        "years": [[name, sum(1 for _ in group)] for name, group in groupby(oldest, key=_year)],
        "facets": FACETS,
        "names": name_bits,
        "length": round(size / units) if units else 0,
    }
    return statement("start", value)


def _year(article: Article) -> str:
    return "" if (name := year(article)) == UNDATED else name
