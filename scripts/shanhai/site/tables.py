"""Tables that say what they show: captions, header cells, alignment without style attributes, room to scroll.

A Python-Markdown extension beside `tables` and `attr_list`. A paragraph `Table: ...` directly above a table becomes its
caption, as in pandoc; the cells of the head are headers of their columns; a cell with `{: role=rowheader }` or
`{: scope=row }` is the header of its row. Each table stands in a `div` that scrolls when the table is too wide: the
theme's script would put one around it after the page is painted, and what follows would jump. Without the extension the
same Markdown reads as a line above a plain table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from markdown import Markdown

CAPTION = "Table:"
"""What a caption's paragraph starts with."""

BEFORE_INLINE = 25
"""Python-Markdown runs its inline patterns at 20: a caption made before them is inline Markdown, too."""

AFTER_ATTRIBUTES = 7
"""`attr_list` runs at 8: then a cell knows its role."""

SCROLLER = "sheet"
"""The class of the `div` around a table."""

_ALIGNMENT = re.compile(r"text-align: (left|center|right);")


class CaptionedTables(Extension):
    """What Python-Markdown loads."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Add the two steps, before and after the inline patterns."""
        md.treeprocessors.register(_Heads(md), "table-heads", BEFORE_INLINE)
        md.treeprocessors.register(_RowHeaders(md), "table-row-headers", AFTER_ATTRIBUTES)


def makeExtension(**settings: object) -> CaptionedTables:  # noqa: N802 - as above
    """The extension by its module's name."""
    return CaptionedTables(**settings)


class _Heads(Treeprocessor):
    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for table in parent.findall("table"):
                _take_caption(parent, table)
                for cell in table.iterfind("thead/tr/th"):
                    cell.set("scope", "col")
                for cell in [*table.iter("th"), *table.iter("td")]:
                    _align_by_class(cell)
                _let_scroll(parent, table)


class _RowHeaders(Treeprocessor):
    def run(self, root: Element) -> None:
        for cell in root.iter("td"):
            if cell.get("role") == "rowheader" or cell.get("scope") == "row":
                cell.tag = "th"
                cell.attrib.pop("role", None)
                cell.set("scope", "row")


def _take_caption(parent: Element, table: Element) -> None:
    place = list(parent).index(table)
    above = parent[place - 1] if place else None
    if above is None or above.tag != "p" or len(above) or not (above.text or "").startswith(CAPTION):
        return
    caption = Element("caption")
    caption.text = (above.text or "").removeprefix(CAPTION).strip()
    table.insert(0, caption)
    parent.remove(above)


def _let_scroll(parent: Element, table: Element) -> None:
    scroller = Element("div", {"class": SCROLLER})
    parent[list(parent).index(table)] = scroller
    scroller.append(table)
    scroller.tail, table.tail = table.tail, "\n"


def _align_by_class(cell: Element) -> None:
    alignment = _ALIGNMENT.fullmatch(cell.get("style", ""))
    if alignment:
        del cell.attrib["style"]
        cell.set("class", alignment[1])
