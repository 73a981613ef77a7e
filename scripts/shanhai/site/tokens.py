"""Words for the search index of Material's search plugin.

The plugin asks a module named `jieba` to cut Chinese text; ours is `rjieba`, which gives the same words about thirty
times as fast.
"""

from __future__ import annotations

import rjieba
from material.plugins.search import plugin


def cut(text: bytes | str) -> list[str]:
    """The words of a text, in its order; joined they are the text again."""
    words: list[str] = rjieba.cut(text.decode("utf-8") if isinstance(text, bytes) else text)
    return words


class _Segmenter:
    """What the plugin uses of the `jieba` module."""

    cut = staticmethod(cut)


def install() -> None:
    """Let Material's search plugin cut with `cut`; calling it again changes nothing."""
    plugin.jieba = _Segmenter
