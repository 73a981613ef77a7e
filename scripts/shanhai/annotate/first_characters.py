"""With which characters the matches of a regular expression can begin, so that one look spares most tries.

It reads the few signs that the expressions of the reference data are made of: characters, classes, groups,
alternatives, lookaheads that exclude, and quantifiers.
"""

from __future__ import annotations

import re

_PART = re.compile(
    r"(?P<group>\(\?[:!])|(?P<end>\))|(?P<or>\|)"
    r"|(?P<any>\.|\[\^[^\]]+\])|\[(?P<class>[^\]]+)\]|(?P<char>[^\[\]()^$\\?*+{}|])"
)
_OPTIONAL = re.compile(r"[?*]|\{0,\d*\}")
_REPEATED = re.compile(r"(?:[?*+]|\{\d+,?\d*\})[?]?")


def first_characters(expression: str) -> frozenset[str]:
    """All characters that a match can begin with.

    Raises `ValueError` for an expression that may match nothing, begins with any character, or has other signs.
    """
    chars, empty, _ = _alternatives(expression, 0)
    if empty:
        raise ValueError(f"{expression!r} fits everywhere")
    return frozenset(chars)


def _alternatives(expression: str, at: int) -> tuple[set[str], bool, int]:
    """The first characters of what stands from `at` to the group's end, whether it may be empty, and where it ends."""
    chars: set[str] = set()
    empty, branch_empty = False, True
    while at < len(expression):
        part = _PART.match(expression, at)
        if part is None:
            raise ValueError(f"{expression!r} has an unknown sign at {at}")
        at = part.end()
        if part["end"]:
            break
        if part["or"]:
            empty, branch_empty = empty or branch_empty, True
            continue
        if part["group"]:
            of_part, part_empty, at = _alternatives(expression, at)
            if part["group"] == "(?!":
                continue
        else:
            of_part, part_empty = _of_class(part["class"]) if part["class"] else {part["char"]}, False
        part_empty = part_empty or _OPTIONAL.match(expression, at) is not None
        if quantifier := _REPEATED.match(expression, at):
            at = quantifier.end()
        if branch_empty:
            if part["any"]:
                raise ValueError(f"{expression!r} begins with any character")
            chars |= of_part
        branch_empty = branch_empty and part_empty
    return chars, empty or branch_empty, at


def _of_class(body: str) -> set[str]:
    """The characters of a class: `0-9一二` are twelve."""
    ranges = re.findall("(.)-(.)", body)
    single = set(re.sub(".-.", "", body))
    return single.union(chr(code) for first, last in ranges for code in range(ord(first), ord(last) + 1))
