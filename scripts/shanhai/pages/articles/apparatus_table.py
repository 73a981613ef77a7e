"""The rows of an apparatus as one HTML table, no larger than a page may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.pages.articles.anchors import Anchors, shown
from shanhai.pages.articles.change_kinds import moved_to
from shanhai.pages.articles.parallel import OTHER_ITEMS, Passage, inner, is_spam, is_unchanged, rows
from shanhai.pages.articles.parallel_cells import BREAK, Cells, line, unshown, visible
from shanhai.pages.escape import inline
from shanhai.pages.markdown import Markdown
from shanhai.pages.rules import rule_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shanhai.alignment import Piece
    from shanhai.pages.articles.parallel import Removed
    from shanhai.records import DescribedArticle

ROWS_MAX_BYTES = 220_000
"""With the last row, the frame and the list of rules a page stays below 300 kB of HTML (findings of the reading design,
recommendation 10)."""

LINES_SHOWN = 40
LINE_MAX_CHARS = 200
"""Of neighbouring removed lines, and of each one: a menu is told by its beginning."""

LINES_OPEN = 2
"""More removed lines than these are folded."""

FOLDED_MIN = 2
"""So many unchanged passages in a row are folded together; a single one is hardly longer than the fold."""

ARTICLE_FROM_HERE = "../"
"""The rendered page stands in the folder of the article's."""

HEAD = (
    '<table class="apparatus">\n<thead><tr><th scope="col">段</th><th scope="col">原文</th>'
    '<th scope="col">整理后</th></tr></thead>\n<tbody>\n'
)
TAIL = "\n</tbody>\n</table>"


class ApparatusTable:
    """The table of an article; `left_out` is how many rows the page had no room for, known once `html` was called."""

    def __init__(self, described: DescribedArticle) -> None:
        self.described = described
        self.cells = Cells(described)
        self.left_out = 0
        self._names = Anchors(described.blocks).names
        self._room = ROWS_MAX_BYTES
        self._rows: list[str] = []
        language = ' lang="zh-Hant"' if described.script == "hant" else ""
        self._source = f'class="source" translate="no"{language}'

    def html(self) -> Markdown:
        """The whole table; text that did not change is folded between the changes."""
        folded: list[Passage] = []
        for row in rows(self.described):
            if self._room <= 0:
                self.left_out += 1
            elif isinstance(row, Passage) and is_unchanged(row, self.described):
                folded.append(row)
            else:
                self._add_unchanged(folded)
                folded = []
                self._add(self._passage(row) if isinstance(row, Passage) else self._removed(row))
        self._add_unchanged(folded)
        return Markdown(HEAD + "\n".join(self._rows) + TAIL)

    def _add(self, row: str) -> None:
        self._rows.append(row)
        self._room -= len(row.encode())

    def _add_unchanged(self, folded: Sequence[Passage]) -> None:
        if len(folded) < FOLDED_MIN:
            for one in folded:
                self._add(self._passage(one))
            return
        passages: list[str] = []
        room = self._room
        for one in folded:
            if room > 0:
                source, _ = self.cells.both(inner(one, self.described), 2 * room)
                passages.append(f"<p>{self._paragraph(one)} {source}</p>")
                room -= len(passages[-1].encode())
            else:
                self.left_out += 1
        inside = f"<summary>未改动的 {len(folded)} 段</summary><div {self._source}>{''.join(passages)}</div>"
        self._add(f'<tr class="same"><td colspan="3"><details>{inside}</details></td></tr>')

    def _passage(self, row: Passage) -> str:
        source, clean = self.cells.both(inner(row, self.described), self._room)
        kind = self.described.blocks[row.block].kind.value
        cells = f'<td {self._source}>{source}</td><td class="clean">{clean}</td>'
        return f'<tr class="{kind}"><th scope="row">{self._paragraph(row)}</th>{cells}</tr>'

    def _paragraph(self, row: Passage) -> str:
        name = self._names[row.block]
        return f'<a href="{ARTICLE_FROM_HERE}#{name}">{shown(name)}</a>'

    def _removed(self, row: Removed) -> str:
        source = self._other_items(row) if row.rule == OTHER_ITEMS else self._lines(row)
        cells = f'<td {self._source}>{source}</td><td class="clean">{self._why(row.rule)}</td>'
        return f'<tr class="removed"><td></td>{cells}</tr>'

    def _other_items(self, row: Removed) -> str:
        gone = sum(len(self.cells.raw(one)) for one in row.lines)
        return f'<span class="unshown">〔同页的其他条目\uff0c{gone} 字〕</span>'

    def _lines(self, row: Removed) -> str:
        count = len(row.lines)
        lines = [self._line(one) for one in row.lines[:LINES_SHOWN]]
        lines += [f"…\uff08共 {count} 行\uff09"] if count > LINES_SHOWN else []
        listed = BREAK.join(lines)
        return f"<details><summary>{count} 行</summary>{listed}</details>" if count > LINES_OPEN else listed

    def _line(self, pieces: Sequence[Piece]) -> str:
        text = self.cells.raw(pieces).strip()
        return unshown(text) if is_spam(pieces) else f"<del>{line(text, LINE_MAX_CHARS)}</del>"

    def _why(self, rule: str) -> str:
        field, words = moved_to(rule, self.described) or ("", "")
        said = f"移到{field}\uff1a{visible(words)}" if words else inline(rule_name(rule))
        return said + self.cells.number([rule])
