"""A file's metadata, freed of the damage that the page's text was freed of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from shanhai.editlog import apply
from shanhai.restore.context import Context
from shanhai.restore.script import find_script, find_words

if TYPE_CHECKING:
    from shanhai.records import GivenMetadata, RestoredArticle, Script

_ANNOTATION = re.compile("(?<=[\u4e00-\u9fff])[(\uff08][a-z\u00e0-\u01dc\u0251\u0261]{1,6}[)\uff09]")
_TONED = re.compile("[(\uff08][a-z]{0,4}[\u00e0-\u01dc][a-z]{0,4}[)\uff09]")
_BETWEEN_HAN = re.compile("(?<=[\u4e00-\u9fff”’\u300b\uff09])([,:;!?])(?=[\u4e00-\u9fff“‘\u300a\uff08]|$)")
_BRACKETS = re.compile(r"(?<=[\u4e00-\u9fff])\(([^()]*[\u4e00-\u9fff][^()]*)\)")


def plain_given(restored: RestoredArticle) -> GivenMetadata:
    """The metadata on one line each, in simplified script with full-width signs, without the page's pinyin."""
    given = restored.raw.given
    annotated = any(one.rule.startswith("PINYIN") for one_pass in restored.log for one in one_pass.edits[:1])

    def plain(text: str | None) -> str | None:
        return _plain(text, restored.script, annotated=annotated) if text else None

    return msgspec.structs.replace(
        given,
        title=plain(given.title),
        source=plain(given.source),
        authors=tuple(name for written in given.authors if (name := plain(written))),
        editor=plain(given.editor),
    )


def _plain(text: str, script: Script, *, annotated: bool) -> str | None:
    line = " ".join(text.split())
    if line.isascii():
        return line or None
    if annotated or _TONED.search(line):
        line = _ANNOTATION.sub("", line)
    context = Context(script=script)
    for find in (find_script, find_words):
        line = apply(line, find(line, context))
    line = _BRACKETS.sub("\uff08\\1\uff09", line)
    return _BETWEEN_HAN.sub(lambda match: chr(ord(match[1]) + 0xFEE0), line) or None
