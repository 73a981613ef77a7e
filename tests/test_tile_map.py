"""The tile map: every province once, every tile a link, nothing drawn as zero, every number legible."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.annotate.gazetteer import provinces
from shanhai.pages.tile_map import class_limits, count_class, legend, tile_map
from sites import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNTS = {"贵州省": 12, "江苏省": 5, "浙江省": 1}
CSS = (PROJECT / "site_overrides" / "assets" / "shanhai" / "shanhai.css").read_text(encoding="utf-8")


def test_every_province_is_a_tile_that_links_to_its_page_and_says_its_number() -> None:
    tiles = {link.get("href"): link for link in _parsed(tile_map(COUNTS, "index.md")).iter("a")}
    assert set(tiles) == {f"provinces/{one.slug}/" for one in provinces()}
    guizhou = tiles["provinces/guizhou/"]
    assert [text.text for text in guizhou.iter("text")] == ["贵州", "12"]
    assert "贵州省\uff1a12 篇" in "".join(guizhou.itertext())


def test_a_province_without_articles_is_hatched_and_never_a_zero() -> None:
    svg = _parsed(tile_map(COUNTS, "index.md"))
    empty = [link for link in svg.iter("a") if link.get("class") == "t0"]
    assert len(empty) == 31
    assert all("本库尚无" in "".join(link.itertext()) for link in empty)
    assert all("0" not in "".join(link.itertext()) for link in empty)


def test_the_drawing_has_a_title_and_a_description_and_stays_about_ten_kilobytes() -> None:
    drawing = tile_map(COUNTS, "index.md")
    svg = _parsed(drawing)
    assert svg.get("aria-labelledby") == "tiles-title tiles-desc"
    assert {one.get("id") for one in svg} >= {"tiles-title", "tiles-desc"}
    assert len(drawing.encode()) <= 12_000


def test_links_are_relative_to_the_page_that_shows_the_map() -> None:
    assert 'href="guizhou/"' in tile_map(COUNTS, "provinces/index.md")


@given(st.lists(st.integers(1, 100_000), min_size=1, max_size=34))
def test_at_most_five_classes_cover_every_count_in_order(counts: list[int]) -> None:
    limits = class_limits(counts)
    assert len(limits) <= 5
    assert limits == sorted(set(limits))
    classes = [count_class(count, limits) for count in sorted(counts)]
    assert classes == sorted(classes)
    assert [number for number, _ in legend(limits)] == list(range(1, len(limits) + 1))


def test_an_empty_archive_has_no_classes_and_a_whole_map() -> None:
    assert class_limits([]) == []
    assert len(list(_parsed(tile_map({}, "index.md")).iter("a"))) == 34


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_text_has_a_contrast_of_four_and_a_half_to_one_in_either_scheme(scheme: str) -> None:
    colours = _tokens(scheme)
    pairs = [(f"on-t{number}", f"t{number}") for number in range(1, 6)]
    pairs += [(text, ground) for text in ("ink", "muted", "link") for ground in ("paper", "card")]
    pairs += [("ink", "found"), ("ink", "doubt-ground"), ("doubt", "paper"), ("link-hover", "paper")]
    assert {pair: round(_contrast(colours, *pair), 2) for pair in pairs if _contrast(colours, *pair) < 4.5} == {}


def _parsed(drawing: str) -> ET.Element:
    return ET.fromstring(drawing)  # noqa: S314 - our own drawing


def _tokens(scheme: str) -> dict[str, str]:
    block = re.search(rf'\[data-md-color-scheme="{scheme}"\] \{{(.*?)\}}', CSS, re.DOTALL)
    assert block
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[1]))


def _contrast(colours: dict[str, str], text: str, ground: str) -> float:
    """Contrast ratio by WCAG 2.2."""
    light, dark = sorted((_luminance(colours[text]), _luminance(colours[ground])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> Iterator[float]:
    for start in (1, 3, 5):
        value = int(colour[start : start + 2], 16) / 255
        yield value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
