"""A data frame writes the lines that its rows would, cell by cell."""

import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis import framerows
from qualcode.analysis.framerows import FrameRows
from qualcode.analysis.load import frame
from qualcode.columns import TABLES, Column
from qualcode.output.csvfile import write_rows

signs = st.text(alphabet="甲a ,;\"'\n\r\\=＝-|。0", max_size=4)
numbers = st.one_of(st.none(), st.floats(), st.sampled_from([0.0, -0.0, 0.5, 1 / 3, 1e22, 1e-7, 12345678.0]))
columns = (
    Column("a", "text", ""),
    Column("b", "int", ""),
    Column("c", "float", ""),
    Column("d", "yes_no", ""),
    Column("e", "list", ""),
    Column("f", "date", ""),
)
rows = st.lists(
    st.tuples(
        signs,
        st.one_of(st.none(), st.integers(-(2**62), 2**62)),
        numbers,
        st.booleans(),
        st.lists(signs).map(tuple),
        signs,
    )
)


def written(rows: object) -> str:
    stream = io.StringIO(newline="")
    write_rows(stream, columns, rows)
    return stream.getvalue()


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch):
    monkeypatch.setattr(framerows, "AT_ONCE", 3)


@given(rows)
def test_lines_are_those_of_the_rows(rows):
    TABLES["six"] = columns
    try:
        held = frame(rows, "six")
    finally:
        del TABLES["six"]
    assert written(FrameRows(held, columns)) == written(held.itertuples(index=False, name=None))
    assert len(FrameRows(held, columns)) == len(rows)


@given(st.lists(st.tuples(rows, st.integers(1, 9)), max_size=4), st.sampled_from([3, 8, 100]))
def test_rows_that_are_alike_but_for_a_cell_or_two(drawn, at_once):
    alike = [
        (number, *row, number) for held, times in drawn for row in held for number in map(str, range(times))
    ]
    kinds = [Column("g", "text", ""), *columns, Column("h", "text", "")]
    TABLES["eight"] = tuple(kinds)
    try:
        held = frame(alike, "eight")
    finally:
        del TABLES["eight"]
    before, framerows.AT_ONCE = framerows.AT_ONCE, at_once
    streams = [io.StringIO(newline=""), io.StringIO(newline="")]
    try:
        write_rows(streams[0], kinds, FrameRows(held, kinds))
    finally:
        framerows.AT_ONCE = before
    write_rows(streams[1], kinds, held.itertuples(index=False, name=None))
    assert streams[0].getvalue() == streams[1].getvalue()


@given(st.lists(st.one_of(signs, st.none(), st.booleans(), st.integers(-2, 2), numbers, st.lists(signs))))
def test_columns_of_anything(values):
    kinds = [Column(kind, kind, "") for kind in ("text", "int", "float", "yes_no", "list")]
    held = pd.DataFrame({kind.name: pd.Series(values, dtype=object) for kind in kinds})
    streams = [io.StringIO(newline=""), io.StringIO(newline="")]
    write_rows(streams[0], kinds, FrameRows(held, kinds))
    write_rows(streams[1], kinds, held.itertuples(index=False, name=None))
    assert streams[0].getvalue() == streams[1].getvalue()


def test_a_frame_of_another_width_is_refused():
    with pytest.raises(ValueError, match="2 columns for a table of 6"):
        FrameRows(pd.DataFrame({"a": [], "b": []}), columns)
