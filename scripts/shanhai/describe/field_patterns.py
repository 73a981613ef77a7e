"""The patterns of a field line's parts, compiled from the vocabulary."""

from __future__ import annotations

import re
from functools import cache

from shanhai.describe.stamps import STAMP
from shanhai.describe.vocabulary import any_of, publication_names, publications, spaced_any_of, vocabulary

LONE_OUTLET_MIN_CHARS = 3
"""Journals of two characters (求是, 群众) are ordinary words where they stand alone."""


@cache
def skip() -> re.Pattern[str]:
    """What stands between fields."""
    return re.compile(
        rf"[\s|\uff5c\u4e28·/\uff0f\-\u2014\uff0d,\uff0c;\uff1b、()\uff08\uff09\[\]【】{vocabulary().bullets}]*"
    )


@cache
def stamp() -> re.Pattern[str]:
    """A date."""
    return re.compile(STAMP)


@cache
def label() -> re.Pattern[str]:
    """A label with its colon; the group is the kind."""
    groups = "|".join(f"(?P<{kind}>{spaced_any_of(words)})" for kind, words in vocabulary().labels.items())
    return re.compile(rf"(?:{groups})\s*(?:[:\uff1a\uff5c\u4e28|】]+|(?<=[文图影])[/\uff0f\s])\s*")


@cache
def role() -> re.Pattern[str]:
    """A role before names: 本报记者."""
    known = vocabulary()
    prefixes, outlets = any_of(known.role_prefixes), any_of(publication_names())
    return re.compile(
        rf"(?:(?P<outlet>{outlets}|[\u4e00-\u9fff]{{2,8}}(?:{any_of(publications().suffixes)}))(?:·(?:{outlets}))?\s?)?(?:(?:{prefixes})\s?)*(?:{any_of(known.roles)})(?=[\s:\uff1a\u4e00-\u9fff])[:\uff1a]?\s*"
    )


@cache
def issue() -> re.Pattern[str]:
    """A journal's issue: 《某某》2019年第3期."""
    name = r"[\u4e00-\u9fffA-Za-z·\uff08\uff09()]{2,20}?"
    number = r"\d{1,2}(?:\s*[-/\uff0f~\uff5e]\s*\d{1,2})?|[一二三四五六七八九十]{1,3}"
    return re.compile(
        rf"(?:(?:原载|摘自|选自|刊于|原刊)\s*)?(?:\u300a?(?P<name>{name})\u300b?(?:杂志|半月刊|月刊)?[\s,\uff0c(\uff08]*)?"
        rf"(?P<year>(?:19|20)\d\d)\s*年?\s*(?:第\s*)?(?:{number})\s*期(?:\s*[(\uff08]?总第?\s*\d+\s*期[)\uff09]?)?"
        r"(?:\s*[\u4e00-\u9fff]{1,3}(?:旬刊|半月刊?))?"
    )


@cache
def outlet() -> re.Pattern[str]:
    """A publication's name."""
    listed = any_of(name for name in publication_names() if len(name) > LONE_OUTLET_MIN_CHARS - 1)
    suffixes = any_of(publications().suffixes)
    end = r"(?=$|[\s|\uff5c\u4e28·/\uff0f\-\u2014\uff0d(\uff08)\uff09,\uff0c\d])"
    return re.compile(
        rf"(?:\u300a(?P<quoted>[^\u300a\u300b]{{2,20}})\u300b(?:杂志|客户端)?"
        rf"|(?P<name>{listed}|[\u4e00-\u9fff]{{2,8}}(?:{suffixes}))(?:客户端)?){end}"
    )


@cache
def small_print() -> re.Pattern[str]:
    """Editions, counters, buttons, regions and numbers."""
    return re.compile(
        rf"(?P<edition>(?:[上下]半月)?刊(?=$|\s)|出版(?=$|\s)|农历[\u4e00-\u9fff]{{2,10}}(?=$|\s)|(?:第\s*)?[A-Za-z]?\d{{1,3}}\s*版(?:[:\uff1a]?\s*[\u4e00-\u9fff]{{2,6}}(?=$|[\s)\uff09]))?|头版|总第\s*\d+\s*期|第\s*\d+\s*期)"
        rf"|(?P<button>(?:{any_of(vocabulary().buttons)})(?=$|[\s|\uff5c\u4e28/\uff0f)\uff09\]】\d:\uff1a]|{any_of(vocabulary().buttons)})[:\uff1a]?)"
        r"|(?P<region>发表于\s?[\u4e00-\u9fff]{2,3}(?=$|\s)|(?:发布于|发表于|更新于|刊发于)(?=\s?(?:19|20)\d\d))"
        r"|(?P<site>(?:[\u4e00-\u9fff]{2,12}(?:网|网站|人民政府)\s+)?(?:https?://|www\.)[\w.\-/]+(?=$|\s))"
        r"|(?P<number>(?:星期|周)[一二三四五六日天]|\d{1,2}[:\uff1a]\d\d(?:[:\uff1a]\d\d)?|\d{1,9}(?=$|[\s)\uff09]))"
    )


@cache
def trailing_buttons() -> re.Pattern[str]:
    """Buttons at the end of a value."""
    return re.compile(rf"(?:[\s|\uff5c【\[(\uff08]+(?:{any_of(vocabulary().buttons)})[】\])\uff09]?)+\s*$")


@cache
def count() -> re.Pattern[str]:
    """A counter's value."""
    return re.compile(rf"(?:[\s\d.+|/]|{any_of(vocabulary().buttons)})+")


@cache
def boundary() -> re.Pattern[str]:
    """The start of the next field inside a value."""
    return re.compile(
        rf"{STAMP}|(?<![\u4e00-\u9fff])(?:{_plain(label().pattern)})|[\s(\uff08](?:{_plain(role().pattern)})|[\s(\uff08](?:第\s*)?\d{{1,3}}\s*版"
    )


def _plain(pattern: str) -> str:
    """The pattern without named groups, to stand inside another."""
    return re.sub(r"\?P<\w+>", "?:", pattern)


@cache
def closing() -> re.Pattern[str]:
    """What may follow names at the end of a credit: 文/图, 摄影报道."""
    return re.compile(rf"(?:{any_of(vocabulary().role_closings)})(?=$|[\s)\uff09】\]])")


@cache
def compiled_by_names() -> re.Pattern[str]:
    """记者张三整理: names with 整理 behind them."""
    closings = any_of(vocabulary().compiler_closings)
    return re.compile(rf"(?P<names>[\u4e00-\u9fff\u3001\s]{{2,24}}?)\s?(?:{closings})(?=$|[\s)\uff09】\]])")


@cache
def names_before_role() -> re.Pattern[str]:
    """张三/文 李四/图: the names, and behind a stroke what they did."""
    roles = "|".join(f"(?P<{kind}>{any_of(words)})" for kind, words in vocabulary().strokes.items())
    return re.compile(rf"(?P<names>[\u4e00-\u9fff\u3001\s]{{2,24}}?)\s?[/\uff0f\uff5c|]\s?(?:{roles})(?=$|[\s)\uff09])")


@cache
def house_author() -> re.Pattern[str]:
    """本报评论员, 人民日报编辑部: a publication's own voice."""
    houses = any_of((*publication_names(), "本报", "本刊", "本网", "本社"))
    return re.compile(rf"(?:{houses})(?:特约|首席)?(?:{any_of(vocabulary().house_voices)})(?=$|[\s)\uff09])")


@cache
def relayed() -> re.Pattern[str]:
    """据新华社电, 摘自《某某》: a publication that the page was taken from, without a colon."""
    return re.compile(
        r"(?:据|摘自|选自|转自|转载自|原载于?|刊于|刊载于|载自)\s?(?P<name>[^\s\uff0c,\uff1b;)\uff09】\]]{3,30})"
    )


@cache
def post_and_name() -> re.Pattern[str]:
    """某县委书记 张三: a post that ends in a known title, a space, a name."""
    titles = any_of(vocabulary().post_titles)
    return re.compile(rf"(?P<post>[\u4e00-\u9fff、]{{2,30}}(?:{titles}))[\s\u3000]+(?P<name>[\u4e00-\u9fff]{{2,4}})$")


@cache
def compiler_ends() -> frozenset[str]:
    """The last characters of what a compiler's credit ends in."""
    return frozenset(word[-1] for word in (*vocabulary().compiled, *vocabulary().compiler_closings))


@cache
def role_ends() -> frozenset[str]:
    """The last characters of roles."""
    return frozenset(word[-1] for word in vocabulary().roles)


@cache
def label_starts() -> frozenset[str]:
    """The first characters of labels."""
    return frozenset(word[0] for words in vocabulary().labels.values() for word in words)
