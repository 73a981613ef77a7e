"""CSV lines: written fast, and the same as the standard writer's."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from shanhai.pages import datafiles

_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(alphabet='甲乙,"\n\r=+-@ \t;', max_size=6),
)


@given(st.lists(st.tuples(_CELLS, _CELLS, _CELLS), max_size=8))
def test_every_line_is_the_standard_writers(rows):
    table = datafiles.csv_table(["a", "b", "c"], [dict(zip("abc", row, strict=True)) for row in rows])
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow("abc")
    writer.writerows([_expected(cell) for cell in row] for row in rows)
    assert table == "\ufeff" + stream.getvalue()


def _expected(cell):
    """What a spreadsheet shall see: words for truth values, and no formula."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, str) and cell.startswith(datafiles.FORMULA_STARTS):
        return "'" + cell
    return cell
