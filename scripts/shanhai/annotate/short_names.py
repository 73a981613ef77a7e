"""What a prefecture or county is called for short, by rule from its own full name (part of `place_words.yml`)."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from shanhai import reference


class ShortNameWords(msgspec.Struct, frozen=True):
    """The endings and exceptions from which short names follow: `reference/place_words.yml` says what each is."""

    suffixes: tuple[str, ...]
    coreless: str
    peoples: tuple[str, ...]
    short_forms: dict[str, tuple[str, ...]]


@cache
def short_names(name: str) -> tuple[str, ...]:
    """What a prefecture or county of this full name is called for short: 沿河土家族自治县 gives 沿河 and 沿河县.

    Forms that keep an ending of the unit's kind (沿河县, 黔西南州, 科左中旗) come after the bare core. A core of one
    character is no name by itself (赣县, 忠县). Empty where there is nothing shorter than the full name.
    """
    if name in _words().short_forms:
        return _words().short_forms[name]
    suffix, coreless, peoples = _patterns()
    if coreless.search(name):
        return _banner_names(name)
    found = suffix.search(name)
    if not found:
        return ()
    core, ending = name[: found.start()], found[0]
    if not ending.startswith("自治"):
        return (core,) if len(core) > 1 else ()
    core = peoples.sub("", core)
    return (core, core + ending[-1]) if len(core) > 1 else ()


def _banner_names(name: str) -> tuple[str, ...]:
    """科尔沁左翼中旗 gives 科左中旗, 阿拉善右旗 gives 阿右旗; a mining district gives nothing."""
    found = re.fullmatch(r"(.).+?([左右])翼([前后中])旗|(.).+([前后中左右])旗", name)
    return ("".join(part for part in found.groups() if part) + "旗",) if found else ()


@cache
def _words() -> ShortNameWords:
    return reference.load("place_words.yml", ShortNameWords)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = _words()
    suffixes = "|".join(words.suffixes)
    peoples = "|".join(sorted(words.peoples, key=len, reverse=True))
    return re.compile(f"(?:{suffixes})$"), re.compile(words.coreless), re.compile(f"(?<=.)(?:{peoples})+$")
