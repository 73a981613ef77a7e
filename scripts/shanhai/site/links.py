"""Links that lead to a page from disk as well: a folder's address gets the name of its file.

A web server answers `provinces/guizhou/` with that folder's `index.html`; a browser that reads from disk shows a list
of files instead.
"""

from __future__ import annotations

import re

INDEX = "index.html"

# A link of HTML or of an SVG, its attributes before the address, and the address up to `?` or `#` where that names a
# folder: nothing with a scheme, another host or a file name, and no mere anchor. Values stand in quotation marks, as
# the theme, Python-Markdown and our own pages write them.
_FOLDER_LINK = re.compile(
    r"""(<(?:a|area|link\ rel="(?:prev|next)")\s (?:[^<>"]|"[^"]*")*? (?<=[\s"])(?:xlink:)?href=")
        (?![a-z][a-z0-9+.-]*:|//)
        ((?:[^"?#]*/)?) (\.\.?(?=["?#]))? (?=["?#])""",
    re.VERBOSE | re.IGNORECASE,
)


def to_files(page: str) -> str:
    """The HTML of a page in which each internal link to a folder names the folder's `index.html`; anchors stay."""
    return _FOLDER_LINK.sub(_to_file, page)


def _to_file(link: re.Match[str]) -> str:
    opening, folder, dots = link.groups()
    if dots:
        return f"{opening}{folder}{dots}/{INDEX}" if dots == ".." else f"{opening}{folder}{INDEX}"
    return f"{opening}{folder}{INDEX}" if folder else link[0]
