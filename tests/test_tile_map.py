"""The maps: every province once, nothing drawn as zero, every number legible, no arrow across a name or a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.annotate.gazetteer import provinces
from shanhai.pages.pictures import flow_paths
from shanhai.pages.pictures.shades import class_limits, count_class, key, legend
from shanhai.pages.pictures.tile_map import counts_map, flows
from sites import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNTS = {"贵州省": 12, "江苏省": 5, "浙江省": 1}
ASSETS = PROJECT / "site_overrides" / "assets" / "shanhai"
CSS = "".join((ASSETS / name).read_text(encoding="utf-8") for name in ("shanhai.css", "pictures.css"))
NAMES = [one.name for one in provinces()]
TILES = {(one.column, one.row): one.name for one in provinces()}
some_counts = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 999_999))


def test_every_province_is_a_tile_that_links_to_its_page_and_says_its_number() -> None:
    tiles = {link.get("href"): link for link in _parsed(counts_map(COUNTS, "index.md").markup).iter("a")}
    assert set(tiles) == {f"provinces/{one.slug}/" for one in provinces()}
    guizhou = tiles["provinces/guizhou/"]
    assert [text.text for text in guizhou.iter("text")] == ["贵州", "12"]
    assert "贵州省\uff1a12 篇" in "".join(guizhou.itertext())


def test_a_province_without_articles_is_hatched_and_never_a_zero() -> None:
    svg = _parsed(counts_map({**COUNTS, "西藏自治区": 0}, "index.md").markup)
    empty = [link for link in svg.iter("a") if link.get("class") == "t0"]
    assert len(empty) == 31
    assert all("本库尚无" in "".join(link.itertext()) for link in empty)
    assert all("0" not in "".join(link.itertext()) for link in empty)
    pattern = next(svg.iter("pattern")).get("id")
    assert {rect.get("fill") for link in empty for rect in link.iter("rect")} == {f"url(#{pattern})"}


def test_the_drawing_has_a_title_and_a_description_and_stays_about_ten_kilobytes() -> None:
    drawing = counts_map(dict.fromkeys(NAMES, 123), "provinces/guizhou/tongren/yanhe.md").markup
    svg = _parsed(drawing)
    told = {one.tag: one.get("id") for one in svg}
    assert (svg.get("aria-labelledby"), svg.get("aria-describedby")) == (told["title"], told["desc"])
    assert len(drawing.encode()) <= 12_000


def test_two_maps_on_one_page_share_no_id() -> None:
    drawings = [
        counts_map(COUNTS, "index.md").markup,
        counts_map(COUNTS, "index.md", name="texts").markup,
        flows("江苏省", COUNTS, "to", "index.md").markup,
        flows("江苏省", COUNTS, "from", "index.md", name="flows-from").markup,
    ]
    ids = [one.get("id") for drawing in drawings for one in _parsed(drawing).iter() if one.get("id")]
    assert len(ids) == len(set(ids)) == 10


@given(some_counts)
def test_the_numbers_of_the_map_are_the_rows_of_its_table(counts: dict[str, int]) -> None:
    drawing = counts_map(counts, "index.md")
    shown = [text.text for text in _parsed(drawing.markup).iter("text") if "n" in (text.get("class") or "").split()]
    assert shown == [str(count or "–") for _, count in drawing.rows]
    assert {name: count for name, count in drawing.rows if count} == counts


@given(st.lists(st.integers(1, 100_000), min_size=1, max_size=34))
def test_at_most_five_classes_cover_every_count_in_order(counts: list[int]) -> None:
    limits = class_limits(counts)
    assert len(limits) <= 5
    assert limits == sorted(set(limits))
    classes = [count_class(count, limits) for count in sorted(counts)]
    assert classes == sorted(classes)
    assert set(classes) <= {number for number, _ in legend(limits)} == set(range(1, len(limits) + 1))


@given(st.lists(st.integers(1, 100_000), min_size=1, max_size=34))
def test_the_key_explains_the_classes_that_occur_and_no_others(counts: list[int]) -> None:
    limits = class_limits(counts)
    told = set(re.findall(r'class="k (t\d)"', key(counts, "篇", "")))
    assert told == {f"t{count_class(count, limits)}" for count in counts}


def test_an_empty_archive_has_no_classes_and_a_whole_map() -> None:
    assert class_limits([]) == []
    assert len(list(_parsed(counts_map({}, "index.md").markup).iter("a"))) == 34


@given(st.sampled_from(NAMES), some_counts, st.sampled_from(["to", "from"]))
def test_a_map_of_flows_links_and_numbers_the_partners_alone(
    home: str, counts: dict[str, int], direction: flow_paths.Direction
) -> None:
    drawing = flows(home, counts, direction, "provinces/x.md")
    svg = _parsed(drawing.markup)
    partners = [name for name in NAMES if name in counts and name != home]
    slugs = {one.name: one.slug for one in provinces()}
    assert [link.get("href") for link in svg.iter("a")] == [f"../../provinces/{slugs[name]}/" for name in partners]
    shown = [int(text.text or "") for text in svg.iter("text") if "n" in (text.get("class") or "").split()]
    assert sorted(shown) == sorted(count for *_, count in drawing.rows) == sorted(counts.values())
    assert len([path for path in svg.iter("path") if path.get("class") == "head"]) == len(partners)
    side = 0 if direction == "to" else 1
    assert {row[side] for row in drawing.rows} <= {home}


def test_a_place_is_known_by_code_or_by_name_and_marks_its_province() -> None:
    by_name = flows("贵州省铜仁市沿河土家族自治县", {"江苏省": 3}, "from", "index.md")
    assert flows("520627", {"江苏省": 3}, "from", "index.md") == by_name
    here = next(one for one in _parsed(by_name.markup).iter("g") if "here" in (one.get("class") or "").split())
    assert "贵州" in "".join(here.itertext())
    with pytest.raises(ValueError, match="gazetteer"):
        flows("某地", {"江苏省": 3}, "from", "index.md")


def test_the_width_of_an_arrow_grows_with_its_count_and_stays_within_its_lane() -> None:
    svg = _parsed(flows("江苏省", {"贵州省": 1, "陕西省": 12, "青海省": 9999}, "to", "index.md").markup)
    widths = [float(path.get("stroke-width") or 0) for path in svg.iter("path") if path.get("class") == "line"]
    assert widths[0] < widths[1] < widths[2] < flow_paths.PITCH - flow_paths.TILE


@pytest.mark.parametrize("origin", NAMES)
def test_no_arrow_comes_near_a_name_or_a_number(origin: str) -> None:
    """Every point of a line keeps out of every tile, but for its rim where the line begins and ends."""
    rim = 4
    for target in NAMES:
        if target == origin:
            continue
        line, head = flow_paths.way(origin, target, "to")
        for x, y in [*_points(line), *_points(head)]:
            name = TILES.get((x // flow_paths.PITCH + 1, y // flow_paths.PITCH + 1))
            inset = (flow_paths.PITCH - flow_paths.TILE) // 2 + (rim if name in (origin, target) else 0)
            in_tile = all(inset < one % flow_paths.PITCH < flow_paths.PITCH - inset for one in (x, y))
            assert not (name and in_tile), (origin, target, name)


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_an_arrow_starts_at_one_province_and_its_head_touches_the_other(origin: str, target: str) -> None:
    if origin == target:
        return
    for direction, ends in (("to", (origin, target)), ("from", (target, origin))):
        line, head = flow_paths.way(origin, target, direction)  # type: ignore[arg-type]
        assert _tile_at(_numbers(line)[0]) == ends[0]
        assert _tile_at(_numbers(head)[0]) == ends[1]


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_text_has_a_contrast_of_four_and_a_half_to_one_in_either_scheme(scheme: str) -> None:
    colours = _tokens(scheme)
    pairs = [(f"on-t{number}", f"t{number}") for number in range(1, 6)]
    pairs += [(text, ground) for text in ("ink", "muted", "link") for ground in ("paper", "card")]
    pairs += [("ink", "found"), ("ink", "doubt-ground"), ("doubt", "paper"), ("link-hover", "paper")]
    assert {pair: round(_contrast(colours, *pair), 2) for pair in pairs if _contrast(colours, *pair) < 4.5} == {}


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_arrows_and_marks_stand_out_from_the_page_by_three_to_one(scheme: str) -> None:
    """What carries meaning without being text needs 3 : 1 (WCAG 2.2, 1.4.11)."""
    colours = _tokens(scheme)
    pairs = [("flow", "paper"), ("flow", "card"), ("link-hover", "paper"), ("muted", "hatch")]
    assert {pair: round(_contrast(colours, *pair), 2) for pair in pairs if _contrast(colours, *pair) < 3} == {}


def _parsed(drawing: str) -> ET.Element:
    return ET.fromstring(drawing)  # noqa: S314 - our own drawing


def _numbers(path: str) -> list[tuple[float, float]]:
    found = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]
    return list(zip(found[::2], found[1::2], strict=True))


def _points(path: str) -> Iterator[tuple[float, float]]:
    """Points along a path of moves, lines and quadratic curves, close to one another."""
    at = (0.0, 0.0)
    for command, written in re.findall(r"([MLQ])([^MLQz]*)", path):
        points = _numbers(written)
        if command == "M":
            at = points[0]
        for step in range(17):
            t = step / 16
            yield _along(at, points, t)
        at = points[-1]


def _along(start: tuple[float, float], points: list[tuple[float, float]], t: float) -> tuple[float, float]:
    weights = (1 - t, t) if len(points) == 1 else ((1 - t) ** 2, 2 * t * (1 - t), t**2)
    x, y = zip(start, *points, strict=True)
    return (
        sum(w * one for w, one in zip(weights, x, strict=True)),
        sum(w * one for w, one in zip(weights, y, strict=True)),
    )


def _tile_at(point: tuple[float, float]) -> str:
    return TILES[int(point[0] // flow_paths.PITCH) + 1, int(point[1] // flow_paths.PITCH) + 1]


def _tokens(scheme: str) -> dict[str, str]:
    blocks = re.findall(rf'\[data-md-color-scheme="{scheme}"\] \{{(.*?)\}}', CSS, re.DOTALL)
    assert blocks
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", " ".join(blocks)))


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
