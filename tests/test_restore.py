"""What each kind of damage becomes, and what must stay as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shanhai import editlog, reference
from shanhai.records import Certainty, RawArticle, Rejected, RestoredArticle
from shanhai.restore import restore as package
from shanhai.restore.chain import restore
from shanhai.restore.furniture import furniture
from shanhai.restore.spam import lexicon

COMMA, COLON, SEMICOLON, ASK, SHOUT = "\uff0c", "\uff1a", "\uff1b", "\uff1f", "\uff01"
OPEN, CLOSE = "\uff08", "\uff09"
BODY = f"山里的茶园一片连着一片{COMMA}采茶的季节从清明一直忙到立夏。\n"


def raw(text, format="text"):  # noqa: A002 - the field's name
    return RawArticle(file="any.txt", sha256="0" * 64, format=format, encoding="utf-8", text=text)


def clean(text, format="text"):  # noqa: A002 - the field's name
    article = restore(raw(text, format))
    assert isinstance(article, RestoredArticle), article
    assert editlog.undo(article.text, article.log) == text
    return article.text


def edits(text):
    article = restore(raw(text))
    assert isinstance(article, RestoredArticle), article
    return [one for step in article.log for one in step.edits]


def rules(text):
    return [one.rule for one in edits(text)]
