"""A small YAML mapping that people wrote by hand (front matter or a sidecar), read without trusting it."""

from __future__ import annotations

import yaml

from shanhai.read.fault import UnreadableError

# A thousand times what such fields need; bounds the time of the parser.
YAML_MAX_BYTES = 16 * 1024


def yaml_fields(text: str, origin: str, first_line: int = 1) -> dict[str, object]:
    """The fields of the mapping: every scalar stays the string that was written, every tag and type is ignored.

    `origin` names the text in the reason ("旁注文件" or "文首的 YAML"), `first_line` is the line that it starts at.
    Raises `UnreadableError` (READ-YAML) with the line and the fault.
    """
    if len(text.encode("utf-8", "surrogatepass")) > YAML_MAX_BYTES:
        raise UnreadableError("READ-YAML", f"{origin}超过 {YAML_MAX_BYTES // 1024} KiB。只留标题、日期、来源等字段。")
    try:
        mapping = _load(text)
    except yaml.MarkedYAMLError as fault:
        line = first_line + (fault.problem_mark.line if fault.problem_mark else 0)
        raise UnreadableError(
            "READ-YAML", f"{origin}第 {line} 行不合 YAML 语法({str(fault.problem)[:80]})。请改正这一行。"
        ) from fault
    except (yaml.YAMLError, RecursionError, ValueError) as fault:
        wrong = type(fault).__name__
        raise UnreadableError("READ-YAML", f"{origin}不合 YAML 语法({wrong})。请改成每行一个“键: 值”。") from fault
    if mapping is None:
        return {}
    if not isinstance(mapping, dict) or not all(isinstance(key, str) for key in mapping):
        raise UnreadableError("READ-YAML", f"{origin}第 {first_line} 行起不是字段表。请改成每行一个“键: 值”。")
    return mapping


def _load(text: str) -> object:
    """The pure Python loader: the C one crashes on deep nesting, and its base class makes nothing but strings."""
    loader = yaml.BaseLoader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()
