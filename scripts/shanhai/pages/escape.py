"""The one place where text of an article becomes part of a page without becoming markup.

Everything is written as numeric character references, never with a backslash: a reference means the same to
Python-Markdown, to any other Markdown reader and to a browser, and is nothing to Jinja. Chinese text has hardly any
of these characters, so the Markdown of a page stays readable.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

# White space that ends a line for Markdown, for YAML or for Python, and the blanks that make code of a line.
_BREAKS = re.compile(r"[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
# Control characters (Markdown marks its own places with U+0002 and U+0003), embeddings and overrides of the writing
# direction (UAX 9), which reorder the rest of a page, halves of surrogate pairs and noncharacters.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# Words in letters, digits and characters beyond ASCII, one blank or hyphen between two: nothing in them is touched by
# any rule below, and most of what the pages show is of this kind.
_WORD = "[^\x00-/:-@\\[-`{-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]++"
_HARMLESS = re.compile(f"(?:{_WORD}(?:[ -]{_WORD})*+)?")
# Markup wherever they stand, in Markdown, its extensions, HTML or Jinja.
_ALWAYS = "\\`*_{}[]<>&|~^#$@"
# Markup only in company: an address, an emoji's name, pairs (==mark==, ++keys++), a snippet's dashes.
_IN_COMPANY = r":(?=//|[\w+-]+:)|(?<=[Ww]{3})\.|=(?==)|(?<==)=|\+(?=\+)|(?<=\+)\+|-(?=-)|(?<=-)-"
_MARKUP = re.compile(f"[{re.escape(_ALWAYS)}]|{_IN_COMPANY}")
# At the start of a line: any punctuation, and the mark after a number or a letter that makes a list.
_AT_START = re.compile(r" ?([!-/:-@\[-`{-~])| ?\w{1,9}([.)])(?=\s|$)")
_QUOTES = {ord(c): f"&#{ord(c)};" for c in "\"'="}
_ATTRIBUTE = {ord(c): f"&#{ord(c)};" for c in sorted(_ALWAYS)} | _QUOTES
_WEB_ADDRESS = re.compile(r"https?://[^\s/?#\"'<>\\]+(?:[/?#][^\s\"'<>\\]*)?", re.IGNORECASE)
_ENTITY_LIKE = re.compile(r"&(?=[#A-Za-z])")
# The C library's, where PyYAML was built with it: the same bytes in a quarter of the time.
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_WIDE = {ord(c): chr(ord(c) + 0xFEE0) for c in '<>"'}


def visible(text: str) -> str:
    """What a page shows of the text: on one line, without control characters and what reorders a page."""
    return _BREAKS.sub(" ", _UNSHOWN.sub("", text))


def inline(text: str) -> str:
    """The text inside a Markdown block: a paragraph, a heading, a list item, a table's cell, a link's label.

    Rendered, it reads exactly `visible(text)`; it can start no block, link, tag, attribute or template expression,
    wherever it stands in a line.
    """
    if _HARMLESS.fullmatch(text):
        return text
    shown = visible(text)
    at_start = _AT_START.match(shown)
    if not at_start:
        return _MARKUP.sub(_reference, shown)
    mark = at_start.start(at_start.lastindex or 0)
    before, after = (_MARKUP.sub(_reference, part) for part in (shown[:mark], shown[mark + 1 :]))
    return f"{before}&#{ord(shown[mark])};{after}"


def attribute(text: str) -> str:
    """The text as the value of an HTML attribute in quotation marks, inside Markdown or outside."""
    return text if _HARMLESS.fullmatch(text) else visible(text).translate(_ATTRIBUTE)


def web_address(url: str | None) -> str | None:
    """The address as the value of `href` in quotation marks, or `None` for anything but a plain http(s) address."""
    if url is None or visible(url) != url or not _WEB_ADDRESS.fullmatch(url):
        return None
    return attribute(url)


def theme_title(text: str) -> str:
    """The text as the `title` of a page's front matter, which themes print without escaping it.

    Some print it as it is, some strip tags and undo references first, so no spelling is safe in all of them: the
    characters that could make a tag become their full-width twins.
    """
    return _ENTITY_LIKE.sub("\uff06", visible(text).translate(_WIDE)).replace("{", "\uff5b").replace("}", "\uff5d")


def front_matter(fields: Mapping[str, object]) -> str:
    """The fields as the YAML block that a page starts with; strings on one line, everything else as YAML has it.

    A string stays a string, whatever it looks like (`---`, `2019-03-11`, `!!python/object`).
    """
    shown = {key: _shown(value) for key, value in fields.items()}
    body = yaml.dump(
        shown, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, default_flow_style=False, width=1_000_000
    )
    return f"---\n{body}---\n"


def markup(text: str) -> str:
    """The text as HTML content outside Markdown, in templates and SVG."""
    return html.escape(visible(text))


def verbatim_lines(text: str) -> str:
    """The text as the content of raw HTML inside Markdown: its lines and blanks stay, nothing in it is markup."""
    return _UNSHOWN.sub("", text).translate(_ATTRIBUTE)


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def _shown(value: object) -> object:
    if isinstance(value, str):
        return visible(value).strip()
    if isinstance(value, list | tuple):
        return [_shown(one) for one in value]
    if isinstance(value, dict):
        return {_shown(key): _shown(one) for key, one in value.items()}
    return value
