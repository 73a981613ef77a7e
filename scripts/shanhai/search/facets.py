"""The facets by which hits are narrowed: for each value its label and the articles that have it, as rising numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from shanhai.annotate import gazetteer
from shanhai.annotate.gazetteer import provinces
from shanhai.annotate.vocabulary import themes
from shanhai.pages import targets
from shanhai.search.codes import BitWriter, statement
from shanhai.search.labels import pair_labels, place_labels
from shanhai.search.units import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from shanhai.records import Article
    from shanhai.relate.views import Views

FACETS = ("province", "county", "theme", "source", "pair")
"""The names of the facets, in the order in which they are offered."""


class Value(NamedTuple):
    """A value of a facet: its short key for addresses, its label, its English name or "", the articles that have it."""

    key: str
    label: str
    english: str
    articles: Sequence[Article]


def facet_files(views: Views, numbers: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Path below search/ and text of each facet's file; `numbers` are those of the articles by id.

    A file holds the values that an article has, those with the most articles first, then by label. The articles of a
    value are the ones that its page lists: of a place those that report on it, never a mere mention.
    """
    made = (_provinces(views), _counties(views), _themes(views), _sources(views), _pairs(views))
    for name, values in zip(FACETS, made, strict=True):
        yield f"facets/{name}.js", statement(f"facets/{name}", _content(values, numbers))


def _content(values: Iterable[Value], numbers: Mapping[str, int]) -> list[object]:
    """The values in their order, and the lists of their articles in the same."""
    listed = sorted(values, key=lambda one: (-len(one.articles), one.label, one.key))
    stream = BitWriter()
    for one in listed:
        stream.rising(sorted(numbers[article.id] for article in one.articles))
    return [[[one.key, one.label, one.english, len(one.articles)] for one in listed], stream.text()]


def _provinces(views: Views) -> Iterator[Value]:
    for one in provinces():
        if one.code in views.by_unit:
            yield Value(one.slug, one.name, one.english, views.by_unit[one.code])


def _counties(views: Views) -> Iterator[Value]:
    """Counties and prefectures, these with the articles on their counties."""
    labels = place_labels(code for code in views.by_unit if gazetteer.unit(code).parent)
    for code, label in labels.items():
        yield Value(gazetteer.slug(code), label, gazetteer.english(code), views.by_unit[code])


def _themes(views: Views) -> Iterator[Value]:
    for one in themes():
        if one.label in views.by_theme:
            yield Value(one.slug, one.label, one.en, views.by_theme[one.label])


def _sources(views: Views) -> Iterator[Value]:
    for name, articles in views.by_source.items():
        key = targets.source_page(name).removesuffix(".md").rpartition("/")[2]
        yield Value(key, shown(name), "", articles)


def _pairs(views: Views) -> Iterator[Value]:
    """Pairs whose both sides are units of today; no English, which would be half of the file."""
    coded = [(codes, one) for one in views.pairs if (codes := one.codes)]
    labels = pair_labels(codes for codes, _ in coded)
    for codes, one in coded:
        yield Value("-".join(codes), labels[codes], "", one.articles)
