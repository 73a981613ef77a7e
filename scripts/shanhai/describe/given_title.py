"""The title of a file's metadata, freed of the damage that the page's text was freed of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shanhai.records import RestoredArticle

_ANNOTATION = re.compile("(?<=[\u4e00-\u9fff])[(\uff08][a-z\u00e0-\u01dc\u0101-\u01d4]{1,6}[)\uff09]")
_TONED = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_BETWEEN_HAN = re.compile("(?<=[\u4e00-\u9fff”’\u300b\uff09])([,:;!?])(?=[\u4e00-\u9fff“‘\u300a\uff08]|$)")


def plain_title(restored: RestoredArticle) -> str | None:
    """The given title on one line, in simplified script with full-width signs, or `None` where none is given."""
    given = restored.raw.given.title
    if not given or not (title := " ".join(given.split())):
        return None
    if _TONED.search(title):
        title = _ANNOTATION.sub("", title)
    if not title.isascii() and restored.script != "hans":
        title = _simplified(title)
    return _BETWEEN_HAN.sub(lambda match: chr(ord(match[1]) + 0xFEE0), title)


def _simplified(title: str) -> str:
    from shanhai.restore.characters import simplified  # noqa: PLC0415 - loads a heavy library

    return simplified(title)
