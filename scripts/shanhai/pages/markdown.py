"""Markdown that is safe by default: what a template prints is escaped, unless it is `Markdown` already.

This is the one way by which text reaches a page. Python-Markdown's `attr_list`, `tables` and `md_in_html` are the only
extensions that the pages ask for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from shanhai.pages import escape
from shanhai.pages.escape import attribute, inline

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from jinja2 import Template


class Markdown(str):
    """Text that is Markdown already and is printed as it is."""

    __slots__ = ()


def fill(template: str, **values: object) -> Markdown:
    """A template of pages/templates with its values; every value that is no `Markdown` is escaped."""
    return Markdown(_template(template).render(values))


def link(text: str, target: str, page: str, title: str = "") -> Markdown:
    """A link to another page, both given as paths below docs/; `target` may end in an anchor.

    A page does not link to its own top: there the text stands alone.
    """
    hover = f' "{attribute(title)}"' if title else ""
    shown = text if isinstance(text, Markdown) else inline(text)
    return Markdown(shown if target == page else f"[{shown}]({relative(target, page)}{hover})")


def relative(target: str, page: str) -> str:
    """The path of `target` as seen from the folder of `page`."""
    path, mark, anchor = target.partition("#")
    if path == page or not path:
        return mark + anchor
    # A list page calls this hundreds of times, and `posixpath.relpath` asks for the working directory each time.
    folder, up = page[: page.rfind("/") + 1], ""
    while not path.startswith(folder):
        folder, up = folder[: folder.rfind("/", 0, -1) + 1], up + "../"
    return up + path[len(folder) :] + mark + anchor


def table(head: Sequence[str], rows: Iterable[Sequence[object]], numeric: int = 0, caption: str = "") -> Markdown:
    """A table whose last `numeric` columns are numbers; cells and caption are escaped unless they are `Markdown`.

    The caption is a line above the table in pandoc's way; `shanhai.site.tables` makes a `<caption>` of it.
    """
    rule = ["---"] * (len(head) - numeric) + ["--:"] * numeric
    above = [f"Table: {_printed(caption)}", ""] if caption else []
    lines = [*above, _row(head), _row([Markdown(cell) for cell in rule]), *(_row(cells) for cells in rows)]
    return Markdown("\n".join(lines))


def bullets(entries: Iterable[str], kind: str) -> Markdown:
    """A list of entries that are Markdown already, in a division of class `kind`; nothing where there are none."""
    lines = [f"- {entry}" for entry in entries]
    return (
        Markdown("\n".join([f'<div class="{kind}" markdown="1">', "", *lines, "", "</div>"])) if lines else Markdown("")
    )


def joined(parts: Iterable[str], between: str = "") -> Markdown:
    """Parts one after another, each escaped unless it is `Markdown`; `between` is taken as Markdown."""
    return Markdown(between.join(_printed(part) for part in parts))


def verbatim(text: str) -> Markdown:
    """Text of the source, which stays as it is when a reader switches to traditional characters."""
    return Markdown(f'<span translate="no">{inline(text)}</span>' if text else "")


def front_matter(fields: Mapping[str, object]) -> Markdown:
    """YAML front matter without its empty fields, in the given order; title and description are safe in any theme."""
    filled = {key: value for key, value in fields.items() if value not in (None, "", [], {})}
    for key in ("title", "description"):
        if key in filled:
            filled[key] = escape.theme_title(str(filled[key]))
    return Markdown(escape.front_matter(filled))


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(_printed(cell) for cell in cells) + " |"


def _printed(value: object) -> str:
    return value if isinstance(value, Markdown) else inline(str(value))


@cache
def _template(name: str) -> Template:
    found = _environment().get_template(name)
    # Jinja keeps them as a ChainMap, which it would copy key by key for every line of a list.
    found.globals = dict(found.globals)
    return found


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("shanhai.pages"),
        autoescape=False,  # noqa: S701 - `finalize` escapes for Markdown, which HTML's rules alone would not
        finalize=_printed,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.globals["link"] = link
    environment.globals["joined"] = joined
    return environment
