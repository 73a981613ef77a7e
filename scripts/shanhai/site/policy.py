"""The Content-Security-Policy of every page: what a browser may load and run, whatever an article brings along.

A page runs the site's own script files and the theme's few inline scripts, which are named by their hashes. The hashes
are taken from the theme's templates, never from a finished page: a script that came in with an article has none.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from typing import TYPE_CHECKING

from shanhai.errors import ShanhaiError

if TYPE_CHECKING:
    from jinja2 import Environment

INLINE_SCRIPTS = tuple(f"partials/javascripts/{name}.html" for name in ("base", "palette", "content"))
"""The theme's templates whose scripts stand in the page: the palette must be set before the page is painted."""

HERE = "'self'"
"""The site itself; for a page opened from disk, files on that disk (so read by Chromium and Firefox)."""

_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{[{%#]")


def policy(theme: Environment, *, preview: bool = False) -> str:
    """The value of the policy for pages rendered from these templates. Raises `ShanhaiError` for a script that varies.

    Without style attributes and elements, forms, frames, plugins, workers, requests by scripts, and anything from
    another address. In a preview, `mkdocs serve` puts a script into each page that no hash can name, since it holds the
    time, and that asks when to load anew: there alone, scripts of a page and requests to its server are let through.
    """
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in inline_scripts(theme))
    rules = {
        "default-src": "'none'",
        "script-src": f"{HERE} 'unsafe-inline'" if preview else f"{HERE} {hashes}",
        **({"connect-src": HERE} if preview else {}),
        "style-src": HERE,
        "img-src": f"{HERE} data:",
        "object-src": "'none'",
        "form-action": "'none'",
        "base-uri": "'none'",
    }
    return "; ".join(f"{rule} {allowed}" for rule, allowed in rules.items())


def inline_scripts(theme: Environment) -> list[str]:
    """The text of each script that the theme's templates put into a page, sorted."""
    found = {script for name in INLINE_SCRIPTS for script in _SCRIPT.findall(_source(theme, name))}
    for script in found:
        if _PLACEHOLDER.search(script):
            raise ShanhaiError(
                f"a script of the theme differs from page to page, so no hash can name it: {script[:80]}"
            )
    return sorted(found)


def _source(theme: Environment, name: str) -> str:
    if theme.loader is None:
        raise ShanhaiError("the theme has no templates")
    return theme.loader.get_source(theme, name)[0]


def _sha256(script: str) -> str:
    """As CSP Level 3 has it: SHA-256 of the UTF-8 text between the tags, in base64."""
    return b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
