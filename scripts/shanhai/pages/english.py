"""The English landing page: what is here, how to search Chinese text, what to check, how to cite, the data files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanhai.annotate.gazetteer import provinces
from shanhai.annotate.vocabulary import themes
from shanhai.pages.hypertext import UNREPORTED
from shanhai.pages.markdown import Markdown, fill, front_matter, link
from shanhai.pages.pictures.timeline import span
from shanhai.pages.targets import (
    ARTICLES,
    DOWNLOADS,
    ENGLISH,
    HELP,
    HOW_MADE,
    HOW_TAGGED,
    PAIRS,
    PHRASES,
    PRACTICES,
    PROVINCES,
    SOURCES,
    THEMES,
    YEARS,
    phrase_page,
    province_link,
    theme_link,
)
from shanhai.pages.wording import share
from shanhai.relate.coverage import coverage
from shanhai.relate.phrases import phrases

if TYPE_CHECKING:
    from shanhai.relate.views import Views

FILES = {
    "articles.jsonl": "one article a line: text, metadata, and every tag with the characters it rests on",
    "articles.csv": "the same without text and evidence",
    "places.csv": "places with English names, names over time, coordinates and counts",
    "pairs.csv": "who assists whom, with the sentence that says so",
    "organisations.csv": "hospitals, schools, firms and others that assist a place",
    "figures.csv": "amounts and numbers in base units, with what they count, where and when",
    "practices.csv": "named working models",
    "rejected.jsonl": "files that were set aside, with reasons",
    "datapackage.json": "what every column means, its unit, and what an empty cell means (Frictionless)",
}
"""The data files by name, in English."""


def english(views: Views) -> Markdown:
    """The English landing page."""
    newest = views.newest
    known = coverage(newest, views.doubtful)
    return fill(
        "english_home.md",
        front=front_matter({"title": "English", "hide": ["navigation"]}),
        count=len(newest),
        span=span(newest),
        sources=len(views.by_source),
        provinces_with=len(views.provinces),
        pairs_count=sum(bool(one.codes) for one in views.pairs),
        known=known,
        set_aside=len(views.archive.rejected),
        files_read=views.archive.files,
        example=Markdown(f"{newest[0].path}/#p3") if newest else "",
        links={
            name: link(shown, target, ENGLISH)
            for name, shown, target in (
                ("articles", "all articles", ARTICLES),
                ("provinces", "provinces", PROVINCES),
                ("pairs", "pairs", PAIRS),
                ("themes", "themes", THEMES),
                ("practices", "working models", PRACTICES),
                ("phrases", "policy phrases", PHRASES),
                ("years", "years", YEARS),
                ("sources", "sources", SOURCES),
                ("downloads", "downloads", DOWNLOADS),
                ("how_made", "how the text was restored", HOW_MADE),
                ("how_tagged", "how tags are found, and how accurate they are", HOW_TAGGED),
                ("help", "help page", HELP),
            )
        },
        places=_places(views),
        themes=_themes(views),
        phrases=[
            (one.en, _chinese(link(one.name, phrase_page(one.slug), ENGLISH)), one.policy.since[:4])
            for one in phrases()
        ],
        files=[(link(name, f"data/{name}", ENGLISH), words) for name, words in FILES.items()],
    )


def _places(views: Views) -> list[tuple[str, Markdown, str]]:
    """The provinces by English name, each with its Chinese name, as a link, and its number of articles or a dash."""
    counts = views.provinces
    return [
        (one.english, _chinese(province_link(one.name, ENGLISH)), str(counts.get(one.name, UNREPORTED)))
        for one in sorted(provinces(), key=lambda one: one.english)
    ]


def _themes(views: Views) -> list[tuple[Markdown, str, str, int, str]]:
    return [
        (
            _chinese(theme_link(one.label, ENGLISH)),
            one.en,
            one.definition.en,
            count,
            share(count, len(views.newest)),
        )
        for one in themes()
        for count in [len(views.by_theme.get(one.label, ()))]
    ]


def _chinese(shown: Markdown) -> Markdown:
    return Markdown(f'<span lang="zh-Hans">{shown}</span>')
