"""The rules of the annotations: what the code can emit and what a reader can look up are the same."""

from __future__ import annotations

import re

import pytest

from shanhai import reference
from sites import PROJECT

ANNOTATE = PROJECT / "scripts" / "shanhai" / "annotate"
REFERENCE = PROJECT / "scripts" / "shanhai" / "reference"
LISTS = sorted(path.name for path in (REFERENCE / "rules").glob("annotate-*.yml"))
RULE_ID = re.compile(r"\b[A-Z]+-[0-9]{2}\b")


@pytest.mark.parametrize("name", LISTS)
def test_every_rule_is_listed_for_the_reader_and_used(name):
    """An id stands in the modules or their data exactly when it stands in the list, with meaning and example."""
    listed = reference.load(f"rules/{name}", dict[str, dict[str, str]])
    kinds = {rule.partition("-")[0] for rule in listed}
    assert {rule for rule in _used() if rule.partition("-")[0] in kinds} == set(listed)
    assert all(set(entry) == {"zh", "en", "example"} and all(entry.values()) for entry in listed.values())


def test_no_rule_of_the_annotations_is_without_a_list():
    """A new kind of rule needs its list."""
    lists = sorted(path.name for path in (REFERENCE / "rules").glob("*.yml"))
    assert _used() <= {rule for name in lists for rule in reference.load(f"rules/{name}", dict[str, object])}


def _used() -> set[str]:
    """The ids in the modules of `annotate` and in the data beside the lists that those modules load."""
    sources = [path.read_text(encoding="utf-8") for path in sorted(ANNOTATE.glob("*.py"))]
    loaded = {name for source in sources for name in re.findall(r'"([a-z_]+\.yml)"', source)}
    data = [(REFERENCE / name).read_text(encoding="utf-8") for name in sorted(loaded)]
    return {rule for text in [*sources, *data] for rule in RULE_ID.findall(text)}
