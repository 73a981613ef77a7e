"""Suggestions while one types: places, themes, pairs, working models, publications, phrases, years and fixed pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from shanhai.annotate import gazetteer
from shanhai.annotate.gazetteer import short_names
from shanhai.annotate.romanisation import romanised
from shanhai.annotate.vocabulary import themes
from shanhai.pages import targets
from shanhai.pages.bilingual import place_english
from shanhai.pages.listing import year_name
from shanhai.relate.identity import UNDATED
from shanhai.relate.phrases import clock
from shanhai.search import initials
from shanhai.search.codes import bucket, statement
from shanhai.search.fold import fold
from shanhai.search.labels import pair_labels, province_short
from shanhai.search.units import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shanhai.relate.phrases import PhraseClock
    from shanhai.relate.views import Views

Kind = Literal["place", "theme", "practice", "pair", "source", "phrase", "page"]

NAMING_WEIGHT = 3
"""Cues of this weight name a theme itself (`reference/themes.yml`), so they lead to it."""

MEAN_FILE_BYTES = 6_000
"""Of a bucket. A reader loads one for the first letter typed; a file of this size comes as fast as an empty one."""

MOST_BITS = 8
"""A bucket's number is two hexadecimal digits."""

PAGES = (
    ("首页", "Home", targets.HOME, ("主页", "山海文库")),
    ("文章", "Articles", targets.ARTICLES, ("全部文章",)),
    ("地方", "Places", targets.PROVINCES, ("省份", "全部地方", "provinces")),
    ("结对", "Pairs", targets.PAIRS, ("结对关系", "全部结对")),
    ("主题", "Themes", targets.THEMES, ("全部主题",)),
    ("用语", "Policy phrases", targets.PHRASES, ("政策用语", "全部政策用语", "phrases")),
    ("做法", "Working models", targets.PRACTICES, ("全部做法", "practices")),
    ("年份", "Years", targets.YEARS, ("按年", "全部年份")),
    ("来源", "Sources", targets.SOURCES, ("全部来源", "报刊", "媒体", "newspapers")),
    ("关于", "About", targets.ABOUT, ("关于本站",)),
    ("帮助", "Help", targets.HELP, ("使用帮助", "怎样搜索")),
    ("怎样整理", "How the text was restored", targets.HOW_MADE, ("整理方法", "howmade")),
    ("怎样标注", "How tags are found", targets.HOW_TAGGED, ("标注方法", "howtagged")),
    ("下载", "Downloads", targets.DOWNLOADS, ("数据下载", "数据文件", "data")),
    ("英文", "English", targets.ENGLISH, ("英文版",)),
)
"""The fixed pages: what each is called, in English, where it stands, what else one may type for it."""


class Name(NamedTuple):
    """A suggestion: what it is, its label, what stands beside it, its page below the site's root, its articles.

    `keys` are what one types for it, folded.
    """

    kind: Kind
    label: str
    note: str
    path: str
    articles: int
    keys: tuple[str, ...]


Keyed = Mapping[str, Mapping[Name, Sequence[str]]]
"""First character of some keys -> each suggestion that has such keys, in the order of the list -> these keys."""


def name_files(views: Views, found: Sequence[Name] | None = None) -> tuple[int, dict[str, str]]:
    """The number of bits of the buckets, and path below search/ -> text of each bucket's file.

    `found` are the `names` of the views, if they are known. An entry stands in the bucket of the first unit of each of
    its keys, with those keys that begin there. There are as few buckets as keep their files at 6,000 bytes in the
    mean, 256 at the most.
    """
    keyed = _by_first_character(names(views) if found is None else found)
    bits, files = 0, _files(keyed, 0)
    # In more buckets the same entries take more room, never less: each look goes up.
    while (fitting := _bits_for(files)) > bits:
        bits, files = fitting, _files(keyed, fitting)
    return bits, files


def names(views: Views, phrases: PhraseClock | None = None) -> list[Name]:
    """All suggestions, those with the most articles first, then by label. `phrases` is the clock, if it is known."""
    made = (
        *_places(views),
        *_themes(views),
        *_pairs(views),
        *_practices(views),
        *_sources(views),
        *_phrases(phrases or clock(views.newest)),
        *_years(views),
        *_pages(),
    )
    return sorted(made, key=_order)


def _by_first_character(found: Sequence[Name]) -> Keyed:
    keyed: defaultdict[str, dict[Name, list[str]]] = defaultdict(dict)
    for one in found:
        for key in one.keys:
            keyed[key[0]].setdefault(one, []).append(key)
    return keyed


def _bits_for(files: Mapping[str, str]) -> int:
    """How many bits it takes to keep as many bytes as these in files of the wanted mean."""
    whole = sum(len(text.encode()) for text in files.values())
    return min(((whole - 1) // MEAN_FILE_BYTES).bit_length(), MOST_BITS)


def _files(keyed: Keyed, bits: int) -> dict[str, str]:
    buckets = {f"names/{number:02x}": content for number, content in enumerate(_buckets(keyed, bits))}
    return {f"{name}.js": statement(name, content) for name, content in buckets.items()}


def _buckets(keyed: Keyed, bits: int) -> list[list[list[object]]]:
    """What each of 2 ** `bits` buckets holds."""
    held: list[dict[Name, list[str]]] = [{} for _ in range(1 << bits)]
    for character in sorted(keyed):
        into = held[bucket(character, bits)]
        for one, keys in keyed[character].items():
            into.setdefault(one, []).extend(keys)
    return [[[*one[:-1], into[one]] for one in sorted(into, key=_order)] for into in held]


def _order(one: Name) -> tuple[int, str, str]:
    return -one.articles, one.label, one.path


def _places(views: Views) -> Iterator[Name]:
    for code in sorted(views.units):
        parent = gazetteer.unit(code).parent
        beside = (gazetteer.full_name(parent) if parent else "", place_english(gazetteer.full_name(code)))
        yield Name(
            "place",
            gazetteer.unit(code).name,
            " · ".join(filter(None, beside)),
            _address(targets.unit_page(code)),
            len(views.by_unit.get(code, ())),
            _distinct(_place_keys(code)),
        )


def _place_keys(code: str) -> Iterator[str]:
    """Its names and short names of all years, and how each is typed; the English name of today.

    Typed is the core with the last syllable, yanhexian, which begins with yanhe, and yhx; yh alone, too, since in a
    list what is typed whole comes first.
    """
    is_province = not gazetteer.unit(code).parent
    if is_province:
        yield from _province_keys(code)
    for name in dict.fromkeys([gazetteer.unit(code).name, *(one.name for one in gazetteer.unit_names(code))]):
        row = romanised(name)
        yield from (name, *(() if is_province else short_names(name)))
        core, rest = row.syllables[: row.core_syllables], row.syllables[row.core_syllables :]
        yield from (*initials.typed([*core, *rest[-1:]]), *initials.typed(core)[-1:])
    yield from _typed_english(gazetteer.english(code))


def _province_keys(code: str) -> Iterator[str]:
    one = targets.province(gazetteer.unit(code).name)
    yield from (one.short, *one.abbreviations)
    for name in re.split(r"[()]", one.english):
        yield from _typed_english(name)


def _typed_english(name: str) -> tuple[str, ...]:
    """An English name as it is written, and in plain letters: Xi'an and Xian, Lüeyang and Lueyang, East-West."""
    return (name, re.sub(r"[^\w\s]", "", name).replace("ü", "u"))


def _themes(views: Views) -> Iterator[Name]:
    for one in themes():
        keys = [one.label, *initials.read(one.label), *_typed_english(one.en), *one.cues.get(NAMING_WEIGHT, ())]
        count = len(views.by_theme.get(one.label, ()))
        yield Name("theme", one.label, one.en, _address(targets.theme_page(one.label)), count, _distinct(keys))


def _pairs(views: Views) -> Iterator[Name]:
    """Pairs whose both sides are units of today; either side may be typed first."""
    coded = [(codes, one) for one in views.pairs if (codes := one.codes)]
    labels = pair_labels(codes for codes, _ in coded)
    for codes, one in coded:
        lower = [code for code in codes if gazetteer.unit(code).parent]
        note = " → ".join(map(province_short, codes)) if lower else ""
        keys = _distinct(_pair_keys(codes))
        yield Name("pair", labels[codes], note, _address(targets.pair_page(*codes)), len(one.articles), keys)


def _pair_keys(codes: tuple[str, str]) -> Iterator[str]:
    """Both names together in either order, so that either begins a key; 苏州铜仁, 铜仁市苏州市, for provinces 闽宁."""
    whole, short = zip(*((gazetteer.unit(code).name, _short(code)) for code in codes), strict=True)
    for origin, target in (whole, short):
        yield from (origin + target, target + origin)
    abbreviations = [_abbreviation(code) for code in codes]
    if all(abbreviations):
        yield "".join(abbreviations)


def _short(code: str) -> str:
    one = gazetteer.unit(code)
    if not one.parent:
        return targets.province(one.name).short
    return next(iter(short_names(one.name)), one.name)


def _abbreviation(code: str) -> str:
    one = gazetteer.unit(code)
    return "" if one.parent else targets.province(one.name).abbreviations[0]


def _practices(views: Views) -> Iterator[Name]:
    for one in views.practices:
        note = shown(one.places[0]) if len(one.places) == 1 else ""
        keys = _distinct(map(shown, (one.name, *one.names, one.core)))
        yield Name(
            "practice", shown(one.name), note, _address(targets.practice_page(one.core)), len(one.articles), keys
        )


def _sources(views: Views) -> Iterator[Name]:
    for name, articles in views.by_source.items():
        label = shown(name)
        keys = _distinct((label, *initials.read(label)))
        yield Name("source", label, "", _address(targets.source_page(name)), len(articles), keys)


def _phrases(found: PhraseClock) -> Iterator[Name]:
    for one in found.views:
        phrase = one.phrase
        forms = [form for form in phrase.forms if form.isalpha()]
        keys = _distinct((phrase.name, *forms, *initials.read(phrase.name), *_typed_english(phrase.en)))
        yield Name(
            "phrase", phrase.name, phrase.en, _address(targets.phrase_page(phrase.slug)), len(one.articles), keys
        )


def _years(views: Views) -> Iterator[Name]:
    for name, articles in views.by_year.items():
        keys = _distinct([year_name(name)] if name == UNDATED else [name, year_name(name)])
        yield Name("page", year_name(name), "", _address(targets.year_page(name)), len(articles), keys)


def _pages() -> Iterator[Name]:
    for label, english, page, others in PAGES:
        keys = _distinct((label, *_typed_english(english), *others, *initials.read(label)))
        yield Name("page", label, english, _address(page), 0, keys)


def _address(page: str) -> str:
    """Where a page of docs/ stands below the site's root: "provinces/guizhou/", "" for the home page."""
    return page.removesuffix("index.md") if page.endswith("index.md") else page.removesuffix(".md") + "/"


def _distinct(keys: Iterable[str]) -> tuple[str, ...]:
    """The keys as they are compared with what is typed, each once."""
    return tuple(dict.fromkeys(filter(None, map(fold, keys))))
