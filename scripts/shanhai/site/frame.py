"""Corrections to the theme's templates, made as they are read: each a few words, with the reason beside it.

What is wholly our own stands in site_overrides/. A copy there of a template that differs in a few words would fall
behind the theme in silence; a correction whose place is gone says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import BaseLoader

from shanhai.errors import ShanhaiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment

FRAME = "base.html"

CORRECTIONS = {
    FRAME: (
        # The class falls only with the last script of a page, and then the header would jump; what a browser without
        # scripts cannot use is hidden by a style sheet that only such a browser loads (without-scripts.css).
        ("""<html lang="{{ lang.t('language') }}" class="no-js">""", """<html lang="{{ lang.t('language') }}">"""),
        # HTML knows no autocompletion of a check box; the theme's script closes the menu on loading anyway.
        ('id="__drawer" autocomplete="off"', 'id="__drawer"'),
        ('id="__search" autocomplete="off"', 'id="__search"'),
        # The theme skips to the first heading of the table of contents: past an article's text, if it has any heading.
        ("{% if page.toc | first is defined %}\n        {% set skip = page.toc | first %}\n", "{% if true %}\n"),
        ('<a href="{{ skip.url | url }}" class="md-skip">', '<a href="#__content" class="md-skip">'),
        (
            '<article class="md-content__inner md-typeset">',
            '<article class="md-content__inner md-typeset" id="__content">',
        ),
    ),
    "partials/javascripts/base.html": (
        # The same script on every page, so that the policy can name it by its hash: the root of the site beside it.
        (
            '<script>__md_scope=new URL("{{ config.extra.scope | d(base_url) }}",',
            '<script data-base="{{ base_url }}">__md_scope=new URL(document.currentScript.dataset.base,',
        ),
    ),
    "partials/header.html": (
        # The menu in reach of the keyboard, and with a name: the theme's script opens a focused label on Enter.
        (
            '<label class="md-header__button md-icon" for="__drawer">',
            '<label class="md-header__button md-icon" for="__drawer" tabindex="0" title="{{ lang.t(\'nav\') }}">',
        ),
        # The switch between simplified and traditional characters stands beside that of the colours.
        (
            '{% include "partials/palette.html" %}',
            '{% include "partials/script_switch.html" %}{% include "partials/palette.html" %}',
        ),
        # Our own search in the place of the theme's, whose plugin this site does without.
        (
            """    {% if "material/search" in config.plugins %}
      {% set search = config.plugins["material/search"] | attr("config") %}
      {% if search.enabled %}
        <label class="md-header__button md-icon" for="__search">
          {% set icon = config.theme.icon.search or "material/magnify" %}
          {% include ".icons/" ~ icon ~ ".svg" %}
        </label>
        {% include "partials/search.html" %}
      {% endif %}
    {% endif %}
""",
            '    {% include "partials/search.html" %}\n',
        ),
    ),
    "partials/toc.html": (
        # The title labels a control of the menu. Beside the text of a page that stands in no menu there is none.
        (
            '<label class="md-nav__title" for="__toc">',
            '<{{ "label for=__toc" if nav_item else "div" }} class="md-nav__title">',
        ),
        ("</label>", '</{{ "label" if nav_item else "div" }}>'),
    ),
    "partials/nav-item.html": (
        # A number: the empty text that the theme writes for an open section is none.
        (
            '{% set tabindex = "0" if not is_section %}\n          <label',
            '{% set tabindex = "-1" if is_section else "0" %}\n          <label',
        ),
    ),
}
"""Template -> what stands in it once, and what should stand there."""


class CorrectedTheme(BaseLoader):
    """The theme's templates with their corrections."""

    def __init__(self, theme: BaseLoader) -> None:
        self._theme = theme

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """As Jinja asks for it. Raises `ShanhaiError` when a template of the theme is no longer as it was."""
        source, file, current = self._theme.get_source(environment, template)
        return corrected(source, template), file, current

    def list_templates(self) -> list[str]:
        """The names of all templates."""
        return self._theme.list_templates()


def corrected(source: str, template: str) -> str:
    """A template of the theme with its corrections, if there are any."""
    for wrong, right in CORRECTIONS.get(template, ()):
        if source.count(wrong) != 1:
            raise ShanhaiError(f"the theme's {template} has changed, look at this correction again: {wrong.strip()}")
        source = source.replace(wrong, right)
    return source
