"""reference/page_kinds.yml: what tells a page that is no article, and a sample of a page that says where to look."""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from shanhai.reference import load
from shanhai.restore.spam import lexicon


class Sample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The size of a sample, and what in it gives reason to look at the page."""

    head_chars: int
    slice_chars: int
    stride_chars: int
    han_share: float
    chars_per_stop: int
    kana_share: float
    hits: dict[str, int]
    news_kinds: int


class Prose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes a line prose, and how much prose makes an article."""

    line_han: int
    article_han: int
    brief_han: int
    brief_news_kinds: int


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of page and its rule."""

    rule: str


class Stub(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Keywords set side by side."""

    function_words: str
    function_share: float
    token_max_chars: int
    min_tokens: int
    tokens_per_line: int
    number_share: float
    repeated_share: float


class Links(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list of headlines."""

    min_lines: int
    line_min_chars: int
    line_max_chars: int
    title_share: float
    dated_share: float


class Novel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The features of fiction, what each weighs, and the words they go by."""

    points: int
    news_kinds: int
    article_kinds: int
    article_words: tuple[str, ...]
    chapter: int
    chapters: int
    site_phrase: int
    dialogue: int
    much_dialogue: int
    fiction: int
    much_fiction: int
    dialogue_share: float
    much_dialogue_share: float
    fiction_kinds: int
    site_phrases: tuple[str, ...]
    words: tuple[str, ...]


class Shop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words and prices of a shop."""

    kinds: int
    prices: int
    prose_share: float
    prose_han: int
    words: tuple[str, ...]


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much program text is a program."""

    share: float
    min_lines: int


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Shares that tell another language, and the languages' names."""

    han_share: float
    kana_share: float
    kana_min: int
    hangul_min: int
    names: dict[str, str]


class Failure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A server's own pages: missing page, login, captcha."""

    max_han: int
    other_sentence_han: int
    news_kinds: int
    kinds: int
    line_share: float
    phrases: tuple[str, ...]


class Brand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A brand in place of the page's words."""

    sentences: int
    sentence_share: float
    one_brand_share: float
    news_kinds: int
    report_words: tuple[str, ...]


class Spun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a thesaurus writes in place of the field's fixed terms and of ordinary words."""

    points: int
    kinds: int
    phrase_points: int
    doubled_points: int
    chars_per_hit: int
    phrases: tuple[str, ...]
    pairs: dict[str, str]


class Repeats(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sentences that come again."""

    sentence_min_chars: int
    share: float
    sentences: int


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Set phrases of pages that are made to be found."""

    kinds: int
    phrases: tuple[str, ...]


class Digest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes a page a digest of several items."""

    min_items: int
    max_items: int
    item_min_han: int
    item_max_paragraphs: int
    brief_max_paragraphs: int
    largest_share: float
    evidence_share: float
    intro_min_han: int
    theme_share: float
    titles: tuple[str, ...]
    common: frozenset[str]


class PageKinds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of reference/page_kinds.yml."""

    sample: Sample
    prose: Prose
    news: tuple[str, ...]
    roster_titles: tuple[str, ...]
    kinds: dict[str, Kind]
    stub: Stub
    links: Links
    novel: Novel
    shop: Shop
    code: Code
    language: Language
    error: Failure
    brand: Brand
    spun: Spun
    repeats: Repeats
    template: Template
    digest: Digest


@cache
def page_kinds() -> PageKinds:
    """What tells a page that is no article."""
    return load("page_kinds.yml", PageKinds)


def sampled_kinds(text: str) -> dict[str, int]:
    """How many different words of each class the page's sample holds: news, spam, shop, fiction, error and the rest."""
    return _sampled(_sample_of(text))


@lru_cache(maxsize=2)
def _sampled(sample: str) -> dict[str, int]:
    classes, automaton = _sample_words()
    counts = dict.fromkeys(_CLASSES, 0)
    for word in set(automaton.find_matches_as_strings(sample)):
        counts[classes[word]] += 1
    return counts


def _sample_of(text: str) -> str:
    sample = page_kinds().sample
    head, piece = sample.head_chars, sample.slice_chars
    if len(text) <= head + 2 * piece:
        return text
    middle = len(text) // 2
    return f"{text[:head]}\n{text[middle : middle + piece]}\n{text[-piece:]}"


_CLASSES = ("news", "spam", "shop", "fiction", "error", "spun", "template")


@cache
def _sample_words() -> tuple[dict[str, str], AhoCorasick]:
    """The class of each word, and the automaton that finds them."""
    known = page_kinds()
    words: dict[str, str] = {}
    for kind, listed in (
        ("news", known.news),
        ("spam", lexicon()),
        ("shop", known.shop.words),
        ("fiction", (*known.novel.words, *known.novel.site_phrases)),
        ("error", known.error.phrases),
        ("spun", (*known.spun.phrases, *known.spun.pairs)),
        ("template", known.template.phrases),
    ):
        words |= {word: kind for word in listed if word not in words}
    automaton = AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
    return words, automaton
