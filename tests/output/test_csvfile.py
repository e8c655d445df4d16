"""CSV tables: lossless both ways, and never a formula in anybody's spreadsheet."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qualcode.cells import RISKY, cell_text, guard, join_list, number_text, split_list, unguard
from qualcode.columns import TABLES, Column
from qualcode.output.csvfile import columns_of, read_rows, write_rows

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
SHARP = st.builds(str.__add__, st.sampled_from([*sorted(RISKY), "'", ";", "\\", '"', ","]), WORDS)
TEXT = st.one_of(WORDS, SHARP)
MIXED = (
    Column("words", "text", ""),
    Column("n", "int", ""),
    Column("share", "float", ""),
    Column("when", "date", ""),
    Column("counts", "yes_no", ""),
    Column("parts", "list", ""),
)
ROW = st.tuples(
    TEXT,
    st.none() | st.integers(-(10**12), 10**12),
    st.none() | st.sampled_from([0.0, -0.5, 0.333333, 1e-09, 123456.0, -2.5e17]),
    st.sampled_from(["", "2019", "2019-06", "2019-06-25"]),
    st.sampled_from([None, True, False]),
    st.lists(TEXT.filter(bool), max_size=4).map(tuple),
)


def written(table, rows, **options) -> str:
    out = io.StringIO(newline="")
    write_rows(out, table, rows, **options)
    return out.getvalue()


@given(TEXT)
@example("'=1+1")
@example("''")
def test_guarding_loses_nothing_and_leaves_no_formula(text):
    safe = guard(text)
    assert unguard(safe) == text
    assert not safe or safe[0] not in RISKY


@given(st.lists(TEXT.filter(bool), max_size=5))
def test_a_list_in_a_cell_comes_back(items):
    assert split_list(join_list(items)) == tuple(items)


@given(st.lists(ROW, max_size=6), st.booleans())
def test_a_table_comes_back_as_it_was(rows, excel):
    text = written(MIXED, rows, excel=excel)
    assert list(read_rows(io.StringIO(text, newline=""), MIXED)) == rows


@given(st.lists(ROW, max_size=4))
def test_no_text_cell_of_any_table_starts_a_formula(rows):
    lines = list(csv.reader(io.StringIO(written(MIXED, rows), newline="")))
    for line in lines[1:]:
        for cell, column in zip(line, MIXED, strict=True):
            assert column.type in ("int", "float") or not cell or cell[0] not in RISKY


def test_numbers_below_zero_stay_numbers():
    assert written(MIXED[1:3], [(-3, -0.25)]) == "n,share\r\n-3,-0.25\r\n"


def test_lines_end_in_cr_lf_and_cells_with_line_ends_are_quoted():
    assert written(MIXED[:1], [("一\n二",), ("a\rb",), ('say "no"',)]) == (
        'words\r\n"一\n二"\r\n"a\rb"\r\n"say ""no"""\r\n'
    )


def test_excel_gets_its_byte_order_mark_and_reading_passes_over_it():
    text = written(MIXED[:1], [("数据",)], excel=True)
    assert text.startswith("\ufeffwords")
    assert list(read_rows(io.StringIO(text), MIXED[:1])) == [("数据",)]


def test_floats_show_six_significant_digits_and_undefined_is_empty():
    assert [number_text(x) for x in (2 / 3, 1234567.0, float("nan"), float("inf"))] == [
        "0.666667",
        "1234570.0",
        "",
        "",
    ]


def test_numbers_of_numpy_and_missing_values_of_pandas_are_written_like_python_ones():
    import numpy as np
    import pandas as pd

    assert cell_text(np.int64(7), "int") == "7"
    assert cell_text(np.float64(0.1), "float") == "0.1"
    assert cell_text(np.bool_(True), "yes_no") == "yes"
    assert cell_text(pd.NA, "text") == ""
    assert cell_text(float("nan"), "int") == ""
    assert cell_text(3.0, "int") == "3"


def test_wide_tables_have_one_count_column_per_code():
    rows = [("I01", "interview", 4, 0, 2)]
    text = written("document_code", rows, more=["avoidance", "=odd"])
    assert text.splitlines()[0] == "document_id,kind,n_codable,avoidance,'=odd"
    assert list(read_rows(io.StringIO(text), "document_code", more=["avoidance", "=odd"])) == rows


def test_a_row_of_the_wrong_width_is_refused():
    with pytest.raises(ValueError, match="longer"):
        written(MIXED, [("one",)])


def test_reading_says_which_column_is_missing_and_which_cell_is_no_number():
    with pytest.raises(ValueError, match="no column share"):
        list(read_rows(io.StringIO("n\r\n1\r\n"), MIXED[1:3]))
    with pytest.raises(ValueError, match="line 2, column n"):
        list(read_rows(io.StringIO("n,share\r\nfour,1\r\n"), MIXED[1:3]))


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_table_begins_with_its_declared_columns(table):
    assert written(table, []).strip().split(",") == [column.name for column in columns_of(table)]


def test_a_lone_surrogate_does_not_stop_a_run(tmp_path):
    from qualcode.output.csvfile import open_csv

    with open_csv(tmp_path / "t.csv") as stream:
        write_rows(stream, MIXED[:1], [("a\ud800b",)])
    assert (tmp_path / "t.csv").read_bytes() == b"words\r\na\\ud800b\r\n"
