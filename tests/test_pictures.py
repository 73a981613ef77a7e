"""Pictures: every number stands in the table and the file, no report is never a zero, and all of it is valid markup."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import markdown as python_markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages_fixture import archive, article, dated
from shanhai.annotate.gazetteer import provinces
from shanhai.pages import hypertext
from shanhai.pages.markdown import Markdown, table
from shanhai.pages.pictures import figure, heat, months, sparkline
from shanhai.pages.pictures.bars import counted
from shanhai.pages.pictures.grid import Entry, Totals
from shanhai.pages.pictures.matrix import pairs_table
from shanhai.pages.pictures.tile_map import counts_map, flows
from shanhai.pages.wording import written_date
from shanhai.relate.views import view
from sites import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shanhai.pages.pictures.figure import Drawing

NAMES = [one.name for one in provinces()]
SPAN = ("1998-07", "2012-03")
YEARS = [str(year) for year in range(1996, 2026)]
EXTENSIONS = ["attr_list", "tables", "md_in_html"]
CSS = (PROJECT / "site_overrides" / "assets" / "shanhai" / "pictures.css").read_text(encoding="utf-8")
UNSAFE = "<b>\"'&{{ x }}`*_|</b>"

counts = st.integers(1, 1_000_000)
month_names = st.builds("{}-{:02}".format, st.integers(1999, 2011), st.integers(1, 12))
strips = st.builds(
    months.Dated,
    months=st.dictionaries(month_names, counts),
    years=st.dictionaries(st.sampled_from(YEARS), counts, max_size=5),
    undated=st.integers(0, 3),
)
cross_counts = st.dictionaries(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), counts)
heat_counts = st.dictionaries(st.tuples(st.sampled_from(["甲", "乙", "丙"]), st.sampled_from(YEARS)), counts)


def strip(known: months.Dated, **words: object) -> Drawing:
    """The strip of these numbers in an archive from 1998 to 2012."""
    return months.strip(known, SPAN, "years/index.md", caption="按月", **words)  # type: ignore[arg-type]


def heat_table(known: dict[tuple[str, str], int], **words: object) -> Drawing:
    """Three rows by thirty years."""
    rows = [Entry(one) for one in ("甲", "乙", "丙")]
    return heat.table(
        rows, [Entry(str(year)) for year in range(1996, 2026)], known, "index.md", caption="主题与年份", **words
    )  # type: ignore[arg-type]


def drawings() -> Iterator[Drawing]:
    """One of each kind, and each kind without anything to show."""
    yield counts_map({"贵州省": 3}, "index.md")
    yield flows("江苏省", {"贵州省": 3, "江苏省": 1}, "to", "index.md")
    yield pairs_table({("江苏省", "贵州省"): 3}, "index.md")
    yield strip(months.Dated(months={"2009-03": 3}, years={"2008": 2}, undated=1), events=months.policy_events())
    yield months.by_place(
        "2009", [months.Row(shown=UNSAFE, target="", months={"03": 3})], SPAN, "index.md", caption="一年"
    )
    yield heat_table({("甲", "2019"): 3})
    yield counts_map({}, "index.md")
    yield pairs_table({}, "index.md")
    yield strip(months.Dated(months={}, years={}, undated=0))
    yield months.strip(months.Dated(months={}, years={}, undated=0), None, "index.md", caption="空")
    yield heat_table({})


@pytest.mark.parametrize("drawing", list(drawings()), ids=lambda one: one.name)
def test_a_framed_picture_is_well_formed_without_scripts_and_styles_and_passes_markdown_unchanged(
    drawing: Drawing,
) -> None:
    picture = _framed(drawing)
    root = _parsed(picture.markdown)
    assert not [one.tag for one in root.iter() if one.tag in ("script", "style")]
    assert not [name for one in root.iter() for name in one.attrib if name == "style" or name.startswith("on")]
    assert "\n\n" not in picture.markdown
    assert _html(f"前文\n\n{picture.markdown}\n\n后文") == f"<p>前文</p>\n{picture.markdown}\n\n<p>后文</p>"


@pytest.mark.parametrize("drawing", list(drawings()), ids=lambda one: one.name)
def test_every_class_of_a_picture_has_its_look(drawing: Drawing) -> None:
    used = {name for one in _parsed(_framed(drawing).markdown).iter() for name in (one.get("class") or "").split()}
    plain_names = {"basis", "n"}
    assert {name for name in used - plain_names if not re.search(rf"\.{name}\b", CSS)} == set()


def test_the_frame_says_what_unit_how_many_and_as_of_when_and_leads_to_the_file_and_the_method() -> None:
    picture = _framed(counts_map({"贵州省": 3}, "provinces/guizhou.md"), page="provinces/guizhou.md", title=UNSAFE)
    root = _parsed(picture.markdown)
    caption = root[0]
    assert caption.tag == "figcaption"
    words = "".join(caption.itertext())
    assert words.startswith(UNSAFE)
    assert "单位\uff1a篇 · 共 7 篇文章 · 资料截至 2025年3月" in words
    assert next(caption.iter("time")).get("datetime") == "2025-03"
    leads_to = [link.get("href") for one in root.iter("p") if one.get("class") == "sources" for link in one.iter("a")]
    assert [_followed("provinces/guizhou.md", str(href)) for href in leads_to] == [picture.csv_path, "how-tagged/"]
    assert picture.csv_path == "data/pictures/provinces/guizhou/map.csv"
    assert root.get("id") == "fig-map"


def test_an_undated_archive_has_no_date_of_its_data() -> None:
    assert "资料截至" not in _framed(counts_map({}, "index.md"), as_of="").markdown
    assert view(archive([])).latest == ""
    assert view(archive([11])).latest == ""


def test_the_date_of_the_data_is_the_latest_article_as_far_as_it_is_known() -> None:
    assert view(archive([10, 1])).latest == "2024-12-01"
    assert view(archive([7, 1])).latest == "2020-11"
    assert written_date("2025-03") == "2025年3月"
    assert written_date("2013-11-03") == "2013年11月3日"


@given(some=st.dictionaries(st.sampled_from(NAMES), counts))
def test_a_drawing_that_is_no_table_has_its_numbers_in_a_table_with_caption_and_headers(some: dict[str, int]) -> None:
    picture = _framed(counts_map(some, "index.md"))
    root = next(_parsed(picture.markdown).iter("table"))
    assert "".join(next(root.iter("caption")).itertext()) == "图"
    assert [cell.get("scope") for cell in root.iter("th")] == ["col"] * 2 + ["row"] * 34
    written = {"".join(row[0].itertext()): row[1].text for row in next(root.iter("tbody"))}
    assert written == {name: str(some.get(name, "–")) for name in NAMES}
    assert {row[0]: row[1] for row in _csv(picture)[1:]} == {name: str(some.get(name, "")) for name in NAMES}


@given(known=cross_counts)
def test_the_matrix_shows_each_number_once_and_its_sums_and_its_file_has_the_same(
    known: dict[tuple[str, str], int],
) -> None:
    picture = _framed(pairs_table(known, "index.md"))
    root = next(_parsed(picture.markdown).iter("table"))
    cells = [cell for cell in root.iter("td") if cell.get("class") != "sum"]
    numbers = ["".join(cell.itertext()) for cell in cells]
    assert sorted(int(one) for one in numbers if one != "–") == sorted(known.values())
    assert "0" not in numbers
    assert {(row[0], row[1]): int(row[2]) for row in _csv(picture)[1:]} == known
    total = [cell.text for cell in root.iter("td") if cell.get("class") == "sum"][-1]
    assert total == (str(sum(known.values())) if known else "–")


def test_the_matrix_has_a_header_for_each_row_and_column_and_cells_lead_where_the_caller_says() -> None:
    known = {("江苏省", "贵州省"): 3, ("上海市", "云南省"): 2, ("江苏省", "云南省"): 4}
    drawing = pairs_table(known, "pairs/index.md", target=lambda one, other: f"pairs/{NAMES.index(one)}.md#{other[:2]}")
    root = next(_parsed(drawing.markup).iter("table"))
    heads = [("".join(cell.itertext()), cell.get("scope")) for cell in root.iter("th")]
    columns = [(one, "col") for one in ("帮扶\u00a0↓ 受援\u00a0→", "贵州", "云南", "合计")]
    assert heads == [*columns, ("上海", "row"), ("江苏", "row"), ("合计", "row")]
    links = {link.text: str(link.get("href")) for cell in root.iter("td") for link in cell.iter("a")}
    assert links["3"] == f"../pairs/{NAMES.index('江苏省')}/#贵州"
    assert [cell.text for cell in root.iter("td") if cell.get("class") == "sum"] == ["2", "7", "3", "6", "9"]
    assert [cell.text for cell in root.iter("td") if cell.get("class") == "t0"] == ["–"]


def test_a_wide_table_scrolls_in_a_box_that_the_keyboard_reaches_and_that_has_a_name() -> None:
    box = _parsed(heat_table({("甲", "2019"): 3}).markup)
    assert (box.tag, box.get("class"), box.get("tabindex")) == ("div", "scroll", "0")
    assert (box.get("role"), box.get("aria-label")) == ("group", "主题与年份")


@given(known=heat_counts)
def test_the_heat_table_prints_every_number_and_folds_only_years_in_which_nothing_is_counted(
    known: dict[tuple[str, str], int],
) -> None:
    picture = _framed(heat_table(known))
    root = next(_parsed(picture.markdown).iter("table"))
    columns = ["".join(cell.itertext()) for cell in next(root.iter("thead")).iter("th")][1:-1]
    years = [year for column in columns for year in _years(column)]
    assert years == YEARS
    assert {year for _, year in known} <= set(columns)
    shown = {
        (str(row[0][0].text), column): int(cell.text)
        for row in next(root.iter("tbody"))
        for column, cell in zip(columns, row[1:], strict=False)
        if cell.text not in (None, "–")
    }
    assert shown == known
    assert {(row[0], row[1]): int(row[2]) for row in _csv(picture)[1:]} == known
    assert not re.search(r">0<", picture.markdown)


def test_sums_of_the_heat_table_are_those_of_the_caller_where_given() -> None:
    known = {("甲", "2019"): 3, ("乙", "2019"): 2}
    sums = Totals(label="文章", rows={"甲": 3, "乙": 2}, columns={"2019": 4}, total=4)
    assert _sums(heat_table(known)) == ["3", "2", "–", "–", "5", "–", "5"]
    assert _sums(heat_table(known, totals=sums)) == ["3", "2", "–", "–", "4", "–", "4"]


@given(known=strips)
def test_a_strip_puts_every_dated_number_in_its_month_and_tells_the_others_beside(known: months.Dated) -> None:
    picture = _framed(strip(known))
    root = _parsed(picture.markdown)
    body = next(root.iter("tbody"))
    shown = {
        f"{row[0].text}-{number:02}": int(cell[0].text or "")
        for row in body
        for number, cell in enumerate(row[1:13], 1)
        if len(cell)
    }
    assert shown == known.months
    beside = {str(row[0].text): int(row[13].text or "") for row in body if len(row) == 14 and row[13].text}
    assert beside == known.years
    told = [one.text for one in root.iter("p") if one.get("class") == "beside"]
    assert bool(told) == bool(known.undated)
    assert all(f"未注日期的 {known.undated} 篇" in str(one) for one in told)
    rows = {(row[0], row[1]): int(row[2]) for row in _csv(picture)[1:]}
    expected = {(month, "月"): n for month, n in known.months.items()} | {(y, "年"): n for y, n in known.years.items()}
    assert rows == expected | ({("", "未注日期"): known.undated} if known.undated else {})


@given(known=strips)
def test_a_month_without_a_report_is_hatched_within_the_archive_and_blank_outside_it(known: months.Dated) -> None:
    for row in next(_parsed(_framed(strip(known)).markdown).iter("tbody")):
        if row[1].get("colspan"):
            continue
        for number, cell in enumerate(row[1:13], 1):
            month = f"{row[0].text}-{number:02}"
            within = SPAN[0] <= month <= SPAN[1]
            if month not in known.months:
                assert (cell.get("class"), cell.text) == (("t0", "–") if within else ("out", None))


@given(known=strips)
def test_a_strip_tells_every_year_of_the_archive_and_folds_only_years_without_an_article(known: months.Dated) -> None:
    filled = {month[:4] for month in known.months} | known.years.keys()
    expected = range(int(min([*filled, SPAN[0][:4]])), int(max([*filled, SPAN[1][:4]])) + 1)
    told: list[str] = []
    for row in next(_parsed(_framed(strip(known)).markdown).iter("tbody")):
        years = _years(str(row[1].text).split(" ")[0]) if row[1].get("colspan") else [str(row[0].text)]
        assert len(years) == 1 or not filled & set(years)
        told += years
    assert told == [str(year) for year in expected]


def test_a_month_leads_to_its_anchor_on_the_page_of_its_year_and_says_its_number_on_hover() -> None:
    known = months.Dated(months={"2009-03": 4}, years={}, undated=0)
    link = next(next(_parsed(_framed(strip(known)).markdown).iter("tbody")).iter("a"))
    assert link.get("href") == "../years/2009/#m03"
    assert link.get("title") == "2009年3月\uff1a4 篇"


def test_events_are_marked_in_their_month_and_told_below_where_their_year_is_shown() -> None:
    known = months.Dated(months={"2009-03": 4, "2001-06": 1}, years={}, undated=0)
    root = _parsed(_framed(strip(known, events=months.policy_events())).markdown)
    marked = [cell for cell in root.iter("td") if "event" in (cell.get("class") or "")]
    assert [cell[-1].text for cell in marked] == ["\u2460"]
    assert marked[0][0].text == "1"
    told = ["".join(one.itertext()) for one in root.iter("li")]
    assert len(told) == 1
    assert told[0].startswith("\u2460 2001年6月13日")


def test_a_strip_of_places_compares_the_same_months_in_one_scale() -> None:
    rows = [
        months.Row(shown="贵州", target="provinces/guizhou.md", months={"03": 400, "05": 1}),
        months.Row(shown="云南", target="", months={"03": 1}, year_only=2),
    ]
    picture = _framed(months.by_place("2012", rows, SPAN, "index.md", caption="2012 年"))
    body = next(_parsed(picture.markdown).iter("tbody"))
    classes = [[str(cell.get("class")) for cell in row[1:13]] for row in body]
    assert classes[0][:5] == ["t0", "t0", "t5", "out", "t1"]
    assert classes[1][2] == "t1"
    assert [row[13].text for row in body] == [None, "2"]
    assert _csv(picture)[1:] == [
        ["贵州", "2012-03", "月", "400"],
        ["贵州", "2012-05", "月", "1"],
        ["云南", "2012-03", "月", "1"],
        ["云南", "2012", "年", "2"],
    ]


def test_a_strip_of_large_numbers_scrolls_in_a_box_of_its_own() -> None:
    assert 'class="scroll"' in strip(months.Dated(months={"2009-03": 1000}, years={}, undated=0)).markup
    assert 'class="scroll"' not in strip(months.Dated(months={"2009-03": 999}, years={}, undated=0)).markup


def test_articles_are_counted_by_what_their_date_says_and_never_by_more() -> None:
    written = ["2019-03-11", "2019-03", "2019-03~", "2019", "2019?", "2018/2020", "2019-13", "", "201X"]
    articles = [dated(article(0), one) for one in written]
    known = months.dated(articles)
    assert known == months.Dated(months={"2019-03": 3}, years={"2019": 3, "2018": 1}, undated=2)
    assert months.span(known) == ("2019-03", "2019-03")
    assert months.span(months.dated([])) is None


def test_the_events_of_policy_are_in_order_dated_and_sourced() -> None:
    events = months.policy_events()
    assert list(events) == sorted(events, key=lambda one: one.date)
    for one in events:
        date.fromisoformat(one.date if len(one.date) == 10 else f"{one.date}-01")
        assert one.zh
        assert one.en.isascii() or "–" in one.en
        assert one.source
        assert not re.search("[\u4e00-\u9fff][,:;()?!]|[,:;()?!][\u4e00-\u9fff]", one.zh + one.source)


@given(known=st.dictionaries(st.sampled_from(YEARS), counts))
def test_a_sparkline_tells_every_number_in_words_and_draws_a_bar_for_no_other_year(known: dict[str, int]) -> None:
    svg = _parsed(sparkline.bars({int(year): n for year, n in known.items()}, 1996, 2025, UNSAFE))
    words = "".join(svg[0].itertext())
    assert svg.get("role") == "img"
    assert words.startswith(UNSAFE)
    assert dict(re.findall(r"(\d{4}) 年 (\d+) 篇", words)) == {year: str(n) for year, n in known.items()}
    assert ("本库尚无" in words) == (len(known) < len(YEARS))
    drawn, dots = (str(path.get("d")) for path in svg.iter("path"))
    assert drawn.count("M") == len(known)
    assert dots.count("M") == len(YEARS) - len(known)
    heights = [int(one) for one in re.findall(r"v-(\d+)", drawn)]
    assert all(2 <= height <= sparkline.HEIGHT for height in heights)


def test_a_sparkline_stands_in_a_cell_of_a_markdown_table() -> None:
    spark = sparkline.bars({2019: 3}, 2018, 2020, UNSAFE)
    html = _html(table(["用语", "每年"], [["甲", spark]]))
    assert spark in html.replace("&amp;", "&")
    assert html.count("<td>") == 2


@given(st.lists(counts, max_size=20))
def test_bars_are_in_proportion_visible_and_without_inline_style(numbers: list[int]) -> None:
    html = _html(counted([(Markdown(f"第{place}项"), number) for place, number in enumerate(numbers)]))
    if not numbers:
        assert html == ""
        return
    root = _parsed(html)
    entries = list(root.iter("li"))
    assert [next(one for one in entry if one.get("class") == "n").text for entry in entries] == [*map(str, numbers)]
    widths = [int(next(entry.iter("rect")).get("width") or 0) for entry in entries]
    assert max(widths) == 100
    assert all(width == max(1, 100 * number // max(numbers)) for width, number in zip(widths, numbers, strict=True))
    assert "style" not in html


@given(
    page=st.sampled_from(["index.md", "how-made.md", "provinces/index.md", "provinces/guizhou/tongren.md"]),
    target=st.sampled_from(
        ["index.md", "years/2019.md#m03", "provinces/index.md", "data/pictures/x/map.csv", "a/b.md"]
    ),
)
def test_an_address_leads_from_the_rendered_page_to_the_rendered_target(page: str, target: str) -> None:
    rendered = target.replace("index.md", "").replace(".md", "/")
    assert _followed(page, hypertext.address(target, page)) == rendered


def test_an_address_within_the_page_is_its_anchor() -> None:
    assert hypertext.address("years/2019.md#m03", "years/2019.md") == "#m03"
    assert hypertext.address("#m03", "years/2019.md") == "#m03"
    assert hypertext.address("index.md", "index.md") == "./"


def _framed(drawing: Drawing, page: str = "index.md", title: str = "图", as_of: str = "2025-03") -> figure.Picture:
    return figure.framed(drawing, page, title=title, count=7, as_of=as_of, note="怎样读")


def _parsed(markup: str) -> ET.Element:
    return ET.fromstring(markup)  # noqa: S314 - our own markup


def _html(text: str) -> str:
    return python_markdown.markdown(text, extensions=EXTENSIONS)


def _csv(picture: figure.Picture) -> list[list[str]]:
    return list(csv.reader(io.StringIO(picture.csv.removeprefix("\ufeff"))))


def _followed(page: str, href: str) -> str:
    """Where a browser that reads the rendered page ends, below the site's top."""
    path = PurePosixPath(page)
    base = "" if page == "index.md" else f"{path.parent if path.name == 'index.md' else path.with_suffix('')}/"
    return urljoin(f"https://example.org/{base}", href).removeprefix("https://example.org/")


def _years(told: str) -> list[str]:
    first, _, last = told.partition("–")
    return [str(year) for year in range(int(first), int(last or first) + 1)]


def _sums(drawing: Drawing) -> list[str]:
    return [str(cell.text) for cell in _parsed(drawing.markup).iter("td") if cell.get("class") == "sum"]
