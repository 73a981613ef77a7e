"""The grammar of a page's field line: date, source, authors, editor, counters and buttons, and nothing else.

A line such as "2020-09-07 09:55 来源:《某某》杂志 作者:张三 李四 打印" is read from left to right; a line with a single
word that is none of these is no field line and stays in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shanhai.describe import field_patterns as patterns
from shanhai.describe import names
from shanhai.describe.compilers import compiler_in_credit
from shanhai.describe.field_labels import read_label
from shanhai.describe.field_reading import Fields, Reading, value_end, without_buttons
from shanhai.describe.sources import source_name
from shanhai.describe.stamps import Stamp, stamp_of
from shanhai.describe.vocabulary import limits, publication_names, publications, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = re.compile(r"\S+")
UNMARKED_MAX_CHARS = 24
"""A longer line of names or outlets alone, without a digit, a colon or a role, is no field line."""
_FIELD_SIGNS = frozenset("0123456789:\uff1a\uff5c\u4e28|/\uff0f】〇者员辑稿")
_STAMP_STARTS = frozenset("0123456789一二")
_RELAY_STARTS = frozenset("据摘选转原刊载")
_VOICE_ENDS = frozenset("员部章")
_STROKES = frozenset("/\uff0f\uff5c|")
_ANNOTATION = re.compile("(?<=[\u4e00-\u9fff])[(\uff08][a-z\u00e0-\u01dc]{1,6}[)\uff09]")


def read_fields(line: str) -> Fields | None:
    """What the line says of date, source, authors and editor; `None` where it holds anything else as well."""
    if len(line) > limits().field_line_max_chars or "。" in line.rstrip("。"):
        return None
    if len(line) > UNMARKED_MAX_CHARS and _FIELD_SIGNS.isdisjoint(line):
        return None
    reading = Reading(_ANNOTATION.sub("", line.rstrip("。")))
    skip = patterns.skip()
    while True:
        reading.position = skip.match(reading.line, reading.position).end()  # type: ignore[union-attr]
        if reading.position == len(reading.line):
            break
        for step in _STEPS:
            if step(reading):
                break
        else:
            return None
    return (
        None
        if reading.kinds <= {"picture", "button", "number", "region", "site", "closing", "post"}
        else reading.fields()
    )


def opens_with_field(line: str) -> bool:
    """Whether a line that is no field line opens as one, with 作者, 来源 or 责任编辑, and is no sentence."""
    match = patterns.label().match(line) if line[:1] in patterns.label_starts() else None
    return match is not None and str(match.lastgroup) in {"author", "source", "editor"} and "。" not in line


def _read_stamp(reading: Reading) -> bool:
    if reading.line[reading.position] not in _STAMP_STARTS:
        return False
    match = patterns.stamp().match(reading.line, reading.position)
    stamp = stamp_of(match) if match else None
    if match is None or stamp is None:
        return False
    (reading.stamps if reading.published else reading.other_stamps).append(stamp)
    reading.published = True
    reading.kinds.add("stamp")
    reading.position = match.end()
    return True


def _read_issue(reading: Reading) -> bool:
    """A journal's issue: 《某某》2019年第3期, 某某 2019年3期."""
    match = patterns.issue().match(reading.line, reading.position) if "期" in reading.signs else None
    if match is None:
        return False
    if name := source_name(match["name"] or ""):
        reading.sources.append(name)
    reading.stamps.append(Stamp(int(match["year"])))
    reading.kinds.add("issue")
    reading.position = match.end()
    return True


def _read_role(reading: Reading) -> bool:
    """本报记者 张三 李四: a role and names without a colon."""
    match = patterns.role().match(reading.line, reading.position) if reading.signs & patterns.role_ends() else None
    if match is None:
        return False
    end = value_end(reading.line, match.end())
    value = without_buttons(reading.line[match.end() : end])
    found = names.names_in(value)
    if not found:
        return False
    if value.endswith(vocabulary().compiler_closings):
        reading.compilers += found
    else:
        reading.authors += found
    if match["outlet"]:
        reading.weak_sources.append(str(source_name(match["outlet"])))
    reading.kinds.add("role")
    reading.position = end
    return True


def _read_outlet(reading: Reading) -> bool:
    match = patterns.outlet().match(reading.line, reading.position)
    if match is None:
        return False
    if name := source_name(match["quoted"] or match["name"]):
        reading.weak_sources.append(name)
    reading.kinds.add("outlet")
    reading.position = match.end()
    return True


def _read_compiler(reading: Reading) -> bool:
    """某某网综合报道: a publication that compiled the page."""
    if not reading.signs & patterns.compiler_ends():
        return False
    if credit := compiler_in_credit(reading.line, reading.position):
        reading.compilers.append(credit[0])
        end = credit[1]
    else:
        match = patterns.compiled_by_names().match(reading.line, reading.position)
        found = names.names_in(match["names"], _accepts(reading, match["names"])) if match else None
        if match is None or not found:
            return False
        reading.compilers += found
        end = match.end()
    reading.kinds.add("compiler")
    reading.position = end
    return True


def _accepts(reading: Reading, value: str) -> Callable[[str], bool]:
    """What a name must be without a label: certain, unless something else on the line tells a credit."""
    told = reading.kinds - {"number"} or reading.line[0] in vocabulary().bullets or "记者" in value
    return names.person if told else names.certain_person


def _read_closing(reading: Reading) -> bool:
    """文/图, 摄影报道 behind names."""
    match = patterns.closing().match(reading.line, reading.position) if reading.authors else None
    if match is None or match[0] in vocabulary().compiler_closings:
        return False
    reading.kinds.add("closing")
    reading.position = match.end()
    return True


def _read_names_before_role(reading: Reading) -> bool:
    """张三/文 李四/图."""
    match = patterns.names_before_role().match(reading.line, reading.position) if reading.signs & _STROKES else None
    found = names.names_in(match["names"]) if match else None
    if match is None or not found:
        return False
    people = {"author": reading.authors, "editor": reading.editors, "compiler": reading.compilers}
    people.get(str(match.lastgroup), []).extend(found)
    reading.kinds.add("stroke")
    reading.position = match.end()
    return True


def _read_house_author(reading: Reading) -> bool:
    """本报评论员."""
    match = patterns.house_author().match(reading.line, reading.position) if reading.signs & _VOICE_ENDS else None
    if match is None:
        return False
    reading.authors.append(match[0])
    reading.kinds.add("role")
    reading.position = match.end()
    return True


def _read_relayed(reading: Reading) -> bool:
    """据新华社电, 摘自《某某》: only where each name is a publication's."""
    match = patterns.relayed().match(reading.line, reading.position) if reading.signs & _RELAY_STARTS else None
    name = source_name(match["name"]) if match else None
    if match is None or name is None or not all(_is_publication(one, match["name"]) for one in name.split("、")):
        return False
    reading.weak_sources.append(name)
    reading.kinds.add("relay")
    reading.position = match.end()
    return True


def _is_publication(name: str, said: str) -> bool:
    return name in publication_names() or name.endswith(publications().suffixes) or f"\u300a{name}\u300b" in said


def _read_post_and_name(reading: Reading) -> bool:
    """某县委书记 张三, alone on its line."""
    match = patterns.post_and_name().fullmatch(reading.line.strip()) if reading.position == 0 else None
    if match is None or not names.certain_person(match["name"]):
        return False
    reading.authors.append(match["name"])
    reading.posts.append(match["post"])
    reading.kinds.add("names")
    reading.position = len(reading.line)
    return True


def _read_small_print(reading: Reading) -> bool:
    """Edition, page number, counter or button."""
    match = patterns.small_print().match(reading.line, reading.position)
    if match is None:
        return False
    reading.kinds.add(str(match.lastgroup))
    reading.position = match.end()
    return True


def _read_names(reading: Reading) -> bool:
    """Names up to the next field, or the first word of them where another word follows."""
    if not names.may_open_names(reading.line[reading.position :]):
        return False
    start, end = reading.position, value_end(reading.line, reading.position)
    accepts = _accepts(reading, "")
    found = names.names_in(without_buttons(reading.line[start:end]), accepts)
    if not found and (word := _WORD.match(reading.line, start, end)):
        end = word.end()
        found = names.names_in(reading.line[start:end], accepts)
    if not found:
        return False
    reading.authors += found
    reading.kinds.add("names")
    reading.position = end
    return True


_STEPS = (
    _read_stamp,
    _read_issue,
    _read_closing,
    read_label,
    _read_compiler,
    _read_relayed,
    _read_house_author,
    _read_role,
    _read_names_before_role,
    _read_outlet,
    _read_small_print,
    _read_post_and_name,
    _read_names,
)
