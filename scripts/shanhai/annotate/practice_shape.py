"""What the name of a working model looks like by itself."""

from __future__ import annotations

import re
from typing import NamedTuple

from shanhai.annotate.practice_marks import HAN, known_names, marks, patterns

SHORTEST_NAME_CHARS = 2
_NAME_SIGN = re.compile(f"[{HAN}+]|[0-9]{{3}}")
_MARKS_INSIDE = re.compile(r"[\s“”‘’「」『』]")
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
SHORTEST_ALONE_CHARS = 3
TRAILING_PLUS_MIN_CHARS = 5
TWO_NUMERALS_ALONE_CHARS = 5
# “五大行动” counts what has names of its own.
_GENERAL = re.compile(f"[一二三四五六七八九十两][大项个种类][{HAN}]{{2}}")


class Shape(NamedTuple):
    """What a quotation is by itself, wherever it stands; `name` is the quotation as `plain` has it.

    `possible`: it may be a name at all; `image`: a figure of speech; `counted`, `numerals`, `head_inside`: it looks
    like a model's name (1+3+N, two numerals, a head as its last characters), `model`: any of these; `thing`: like the
    name of something else; `known`: it is one of national fame. A head may stand `gap_chars` behind it.
    """

    name: str
    possible: bool
    image: bool = False
    counted: bool = False
    numerals: bool = False
    head_inside: bool = False
    model: bool = False
    thing: bool = False
    known: bool = False
    gap_chars: int = 0


def plain(name: str) -> str:
    """A name as it is compared and shown: without quotation marks and white space, with half-width signs."""
    if name.isalpha():
        return name
    return _MARKS_INSIDE.sub("", name).translate(_HALF)


def shape_of(quotation: str) -> Shape:
    """What the quotation is by itself."""
    known, expressions = marks(), patterns()
    name = plain(quotation)
    bare = name.replace("、", "")
    if (
        len(name) < SHORTEST_NAME_CHARS
        or (len(name) > known.most_name_chars and "+" not in name)
        or name in known.set_phrases
        or bare in known.set_phrases
        or "——" in name
        or not _NAME_SIGN.search(name)
        or _GENERAL.fullmatch(name)
        or expressions.plain_term.fullmatch(name)
        or name.startswith(known.not_first)
        or any(word in name for word in known.not_inside)
        or name.endswith((*known.not_last, *known.plain_works))
    ):
        return Shape(name, possible=False)
    trailing = name.endswith("+") and len(name) < TRAILING_PLUS_MIN_CHARS
    counted = "+" in name and not trailing and expressions.counted.fullmatch(name) is not None
    two_numerals = expressions.numerals.fullmatch(name) is not None
    landscape = two_numerals and not set(known.geography).isdisjoint(name)
    numerals = two_numerals and not landscape and len(name) >= TWO_NUMERALS_ALONE_CHARS
    ends_in_head = "、" not in name and name.endswith((*known.heads, *known.heads_inside))
    head_inside = ends_in_head and (len(name) > SHORTEST_ALONE_CHARS or name.endswith(known.heads_alone))
    thing = name.startswith(known.honours_first) or (
        name.endswith(known.not_names) and not name.endswith(known.names_anyway)
    )
    thing = thing and not ends_in_head and "+" not in name
    of_another = landscape or name.startswith(known.sums_of_state) or name.isdigit()
    return Shape(
        name,
        possible=True,
        image=bare in known.images,
        counted=counted,
        numerals=numerals,
        head_inside=head_inside,
        model=counted or numerals or head_inside,
        thing=thing or of_another,
        known=name in known_names(),
        gap_chars=_gap_chars(name, thing=thing, of_another=of_another),
    )


def _gap_chars(name: str, *, thing: bool, of_another: bool) -> int:
    """How many characters may stand between the name and a head that makes it a model."""
    known = marks()
    if len(name) <= SHORTEST_NAME_CHARS or (of_another and not name.isdigit()):
        return 0
    if thing:
        return known.thing_gap_chars if len(name) <= known.thing_max_chars else 0
    return known.gap_chars + 1
