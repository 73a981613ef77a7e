"""The Content-Security-Policy and the theme's frame, without a browser."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode

import pytest
from jinja2 import DictLoader, Environment
from mkdocs.config import load_config

from shanhai.errors import ShanhaiError
from shanhai.site.frame import CORRECTIONS, CorrectedTheme, corrected
from shanhai.site.policy import INLINE_SCRIPTS, inline_scripts, policy
from sites import PROJECT

PLAIN = dict.fromkeys(INLINE_SCRIPTS, "<p>nothing</p>")


@pytest.fixture(scope="module")
def theme():
    """The templates of the site before any correction: the theme's and ours over them."""
    return load_config(str(PROJECT / "mkdocs.yml")).theme.get_env()


@pytest.fixture(scope="module")
def corrected_theme():
    """The templates as a page is rendered from them."""
    environment = load_config(str(PROJECT / "mkdocs.yml")).theme.get_env()
    environment.loader = CorrectedTheme(environment.loader)
    return environment


def rules(value):
    """Directive -> what it allows."""
    return {rule: allowed.split() for rule, _, allowed in (one.strip().partition(" ") for one in value.split(";"))}


def test_scripts_are_the_sites_own_files_and_the_themes_few_by_hash(corrected_theme):
    allowed = rules(policy(corrected_theme))["script-src"]
    assert allowed[0] == "'self'"
    assert all(one.startswith("'sha256-") for one in allowed[1:])
    assert 1 <= len(allowed[1:]) <= 5


def test_nothing_is_allowed_that_is_not_named(corrected_theme):
    allowed = rules(policy(corrected_theme))
    assert (
        allowed["default-src"] == allowed["object-src"] == allowed["base-uri"] == allowed["form-action"] == ["'none'"]
    )
    assert not {"connect-src", "worker-src", "frame-src"} & allowed.keys()
    words = {word for words in allowed.values() for word in words if not word.startswith("'sha256-")}
    assert words == {"'self'", "'none'", "data:"}
    assert [rule for rule, words in allowed.items() if "data:" in words] == ["img-src"]


def test_only_the_preview_lets_the_script_through_that_loads_a_saved_page_anew(corrected_theme):
    """`mkdocs serve` writes the time into it, so that no hash can name it; nothing else differs."""
    published, preview = rules(policy(corrected_theme)), rules(policy(corrected_theme, preview=True))
    assert preview.pop("script-src") == ["'self'", "'unsafe-inline'"]
    assert preview.pop("connect-src") == ["'self'"]
    assert "'unsafe-inline'" not in published.pop("script-src")
    assert preview == published


def test_every_inline_script_of_a_rendered_page_is_named_and_no_other(built_site, corrected_theme):
    """What the templates hold and what stands in the pages is the same, on every page of the site."""
    named = {one for one in rules(policy(corrected_theme))["script-src"] if one.startswith("'sha256-")}
    seen = set()
    for path in sorted(built_site.rglob("*.html")):
        for attributes, text in re.findall(
            r"<script([^>]*)>(.*?)</script>", path.read_text(encoding="utf-8"), re.DOTALL
        ):
            if "src=" not in attributes and "json" not in attributes:
                seen.add(f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'")
    assert seen
    assert seen <= named


def test_a_script_that_varies_from_page_to_page_is_refused():
    varying = PLAIN | {INLINE_SCRIPTS[0]: "<script>let base = '{{ base_url }}'</script>"}
    with pytest.raises(ShanhaiError, match="differs from page to page"):
        policy(Environment(loader=DictLoader(varying), autoescape=True))


def test_only_the_text_between_the_tags_counts():
    theme = Environment(
        loader=DictLoader(PLAIN | {INLINE_SCRIPTS[1]: '{% if a %}<script data-base="{{ b }}">x()</script>{% endif %}'}),
        autoescape=True,
    )
    assert inline_scripts(theme) == ["x()"]


@pytest.mark.parametrize("template", CORRECTIONS)
def test_the_installed_theme_takes_every_correction(theme, template):
    source = theme.loader.get_source(theme, template)[0]
    right = CorrectedTheme(theme.loader).get_source(theme, template)[0]
    assert right == corrected(source, template) != source
    for wrong, instead in CORRECTIONS[template]:
        assert wrong in source
        assert instead in right


@pytest.mark.parametrize("template", CORRECTIONS)
def test_a_theme_that_has_changed_is_refused(template):
    with pytest.raises(ShanhaiError, match="has changed"):
        corrected("<html></html>", template)


def test_other_templates_of_the_theme_stay(theme):
    name = "partials/footer.html"
    assert CorrectedTheme(theme.loader).get_source(theme, name)[0] == theme.loader.get_source(theme, name)[0]
    assert name in CorrectedTheme(theme.loader).list_templates()


def test_the_language_of_the_page_is_named_in_full_and_the_themes_words_are_chinese(built_site):
    home = (built_site / "index.html").read_text(encoding="utf-8")
    assert '<html lang="zh-Hans"' in home
    assert "跳到正文" in home


def test_the_themes_search_is_gone_and_ours_is_one_classic_script(built_site):
    """Nothing of it goes into the site that no page asks for."""
    home = (built_site / "index.html").read_text(encoding="utf-8")
    assert "md-search" not in home
    assert 'role="combobox"' in home
    assert not list(built_site.glob("assets/javascripts/lunr/**")) + list(
        built_site.glob("assets/javascripts/workers/**")
    )
    assert not (built_site / "assets" / "shanhai" / "search").exists()
    script = (built_site / "assets" / "shanhai" / "search.js").read_text(encoding="utf-8")
    assert not re.search(r"^\s*(import|export)\b", script, re.MULTILINE)
