"""The phrase clock: a row for each policy phrase, a column for each year, so that one is seen to follow another."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from shanhai.pages.hypertext import UNREPORTED, anchor, plain
from shanhai.pages.pictures.figure import Drawing
from shanhai.pages.pictures.shades import entry
from shanhai.pages.targets import phrase_page
from shanhai.pages.wording import COLON, COMMA, share
from shanhai.relate import kwic
from shanhai.relate.facts import year
from shanhai.relate.identity import UNDATED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.relate.phrases import PhraseClock, PhraseView

LIMITS = (10, 25, 50, 75, 100)
"""The highest percentage of each shade: a tenth, the quarters, all."""

MOST_YEARS = 36
"""More columns leave no room for a number in each; what is older shares one column."""

MARKED_YEARS = 5
"""On a phone, only every fifth year is written."""

EARLIER = "earlier"
LINES = {"strategy": "方略", "cooperation": "协作", "goal": "目标"}
"""The lines of phrases as a reader may call them."""


class _Column(NamedTuple):
    """A column: the years that it sums up, its key and how it is written."""

    key: str
    shown: str
    years: tuple[str, ...]

    def sum(self, counts: dict[str, int]) -> int:
        return sum(counts.get(one, 0) for one in self.years)


def drawing(  # noqa: PLR0913 - a drawing and its words
    clock: PhraseClock,
    views: Sequence[PhraseView],
    page: str,
    *,
    caption: str,
    name: str = "clock",
    by_line: bool = True,
) -> Drawing:
    """The clock of some phrases; `by_line` puts a heading before each line of phrases.

    A cell holds the number of articles, its shade is their share of all articles of the year. A year of which the
    archive has no article is hatched; one whose articles do not use the phrase has a dot. A cell leads to the lines of
    its year on the phrase's page, except on a phone, where it is smaller than a finger.
    """
    columns = _columns(clock)
    head = "".join(f'<th scope="col"{_tick(one)}><span>{one.shown}</span></th>' for one in columns)
    body = []
    for line, group in groupby(views, key=lambda one: one.phrase.line if by_line else ""):
        rows = [_row(one, clock, columns, page) for one in group]
        title = (
            f'<tr class="line"><th scope="rowgroup" colspan="{len(columns) + 1}">{LINES[line]}</th></tr>'
            if line
            else ""
        )
        body.append(f"<tbody>\n{title}{chr(10).join(rows)}\n</tbody>")
    return Drawing(
        name=name,
        markup="\n".join(
            (
                f'<table class="clock"><caption>{plain(caption)}</caption>',
                f'<thead><tr><th scope="col">用语</th>{head}</tr></thead>',
                *body,
                f"<tfoot>{_foot(clock, columns)}</tfoot></table>",
            )
        ),
        key=_key(columns, clock),
        head=("用语", "年份", "篇数", "处数", "当年全部文章"),
        rows=tuple(_numbers(clock, views)),
        is_table=True,
    )


def _columns(clock: PhraseClock) -> list[_Column]:
    if not clock.span:
        return [_undated()] if UNDATED in clock.totals else []
    first, last = clock.span
    start = max(first, last - MOST_YEARS + 1)
    columns = [_Column(str(one), str(one), (str(one),)) for one in range(start, last + 1)]
    if start > first:
        columns.insert(0, _Column(EARLIER, f"{start} 年前", tuple(str(one) for one in range(first, start))))
    return [*columns, _undated()] if UNDATED in clock.totals else columns


def _undated() -> _Column:
    return _Column(UNDATED, "未注日期", (UNDATED,))


def _tick(column: _Column) -> str:
    if column.key in (UNDATED, EARLIER):
        return f' class="{column.key}"'
    return ' class="tick"' if int(column.key) % MARKED_YEARS == 0 else ""


def _row(view: PhraseView, clock: PhraseClock, columns: Sequence[_Column], page: str) -> str:
    phrase = view.phrase
    dated = [name for name in view.articles_by_year if name != UNDATED]
    seen = f"{dated[0]}–{dated[-1]}" if len(dated) > 1 else "".join(dated)
    told = " · ".join(filter(None, (seen, f"{len(view.articles)} 篇"))) if view.articles else "本库没有"
    name = anchor(phrase.name, phrase_page(phrase.slug), page)
    lines = {year(one.article) for one in kwic.own(view.mentions)}
    cells = "".join(_cell(view, clock, one, page, has_lines=one.key in lines) for one in columns)
    return f'<tr><th scope="row">{name} <small>{told}</small></th>{cells}</tr>'


def _cell(view: PhraseView, clock: PhraseClock, column: _Column, page: str, *, has_lines: bool) -> str:
    count, total = column.sum(view.articles_by_year), column.sum(clock.totals)
    kinds = [_shade(count, total)]
    if view.phrase.policy.since[:4] == column.key:
        kinds.append("since")
    if column.key in (UNDATED, EARLIER):
        kinds.append(column.key)
    if not total:
        return f'<td class="{" ".join(kinds)}">{UNREPORTED}</td>'
    if not count:
        return f'<td class="{" ".join(kinds)}">·</td>'
    tip = f"{column.shown}{COLON}{count} 篇{COMMA}{total} 篇里的 {share(count, total)}"
    lines = f"#y{column.key}" if has_lines else ""
    return f'<td class="{" ".join(kinds)}">{anchor(str(count), phrase_page(view.phrase.slug) + lines, page, tip)}</td>'


def _shade(count: int, total: int) -> str:
    """The class of a share; "t0" where there is no article at all, "unused" where none uses the phrase."""
    if not count:
        return "unused" if total else "t0"
    return f"t{next(number for number, limit in enumerate(LIMITS, 1) if 100 * count <= limit * total)}"


def _foot(clock: PhraseClock, columns: Sequence[_Column]) -> str:
    cells = "".join(f"<td{_tick(one)}>{one.sum(clock.totals) or UNREPORTED}</td>" for one in columns)
    return f'<tr><th scope="row">全部文章</th>{cells}</tr>'


def _key(columns: Sequence[_Column], clock: PhraseClock) -> str:
    lows = (0, *LIMITS)
    entries = [
        entry(f"t{number}", f"{low}–{high}%") for number, (low, high) in enumerate(zip(lows, LIMITS, strict=False), 1)
    ]
    entries.append(entry("since", "成为政策的年份"))
    entries.append(entry("unused", "有文章\uff0c没有用到"))
    if any(not one.sum(clock.totals) for one in columns):
        entries.append(entry("t0", "本库这一年没有文章"))
    return f'<p class="key">颜色是占当年文章的份额{COLON}{" ".join(entries)}</p>'


def _numbers(
    clock: PhraseClock, views: Sequence[PhraseView]
) -> list[tuple[str, str, int | None, int | None, int | None]]:
    names = [str(one) for one in range(clock.span[0], clock.span[1] + 1)] if clock.span else []
    names += [UNDATED] if UNDATED in clock.totals else []
    return [
        (
            one.phrase.name,
            "未注日期" if name == UNDATED else name,
            one.articles_by_year.get(name, 0) if clock.totals.get(name) else None,
            one.mentions_by_year.get(name, 0) if clock.totals.get(name) else None,
            clock.totals.get(name),
        )
        for one in views
        for name in names
    ]
