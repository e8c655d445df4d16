"""The cells of a CSV file are found in its bytes where the library finds them, many lines at a time."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.csvplaces import STRIDE, CsvFile, cut, unquoted

cells = st.text(st.sampled_from('ab,"\n\r;\'=数\U00020000 ,",'), max_size=9)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), max_size=20)
)


def written(rows: list[list[str]], end: str) -> str:
    stream = io.StringIO()
    quoting = csv.QUOTE_MINIMAL if "\r" in end else csv.QUOTE_ALL  # a lone return must be in quotes
    csv.writer(stream, lineterminator=end, quoting=quoting).writerows(rows)
    return stream.getvalue()


@given(tables, st.sampled_from(["\r\n", "\n"]), st.data())
def test_cells_are_those_the_library_reads(rows, end, data):
    raw = written(rows, end).encode()
    width = len(rows[0]) if rows else 1
    lines = cut(raw + b'"half a', width)
    assert (len(lines), lines.size) == (len(rows), len(raw))
    read = list(csv.reader(io.StringIO(raw.decode(), newline="")))
    for column in range(width):
        assert lines.texts(column) == [row[column] for row in read]
        some = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=5)) if rows else []
        assert lines.texts(column, np.array(some, dtype=int)) == [read[n][column] for n in some]


@pytest.mark.parametrize("block", [7, 1000, 1 << 20])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("count", [0, 1, STRIDE - 1, STRIDE, 3 * STRIDE + 5])
def test_rows_of_a_file_are_found_again(block, mark, count, tmp_path, monkeypatch):
    monkeypatch.setattr("qualcode.analysis.csvplaces.BLOCK", block)
    rows = [[f"{n}", f'第{n}句，"引",\n' * (n % 3)] for n in range(count)]
    text = (mark + written([['one "a', "two\nlines"], *rows], "\r\n")).removesuffix("\r\n")
    (tmp_path / "a.csv").write_bytes(text.encode())
    file = CsvFile(tmp_path / "a.csv")
    assert file.header == ['one "a', "two\nlines"]
    found = [pair for lines in file.lines() for pair in zip(lines.texts(0), lines.texts(1), strict=True)]
    assert found == [tuple(row) for row in rows]
    assert file.rows == count
    wanted = np.sort(np.random.default_rng(1).integers(0, count, 50)) if count else np.zeros(0, dtype=int)
    again = [""] * len(wanted)
    for low, high, texts in file.texts(1, wanted):
        again[low:high] = texts
    assert again == [rows[n][1] for n in wanted]


@pytest.mark.parametrize("row", ["a\r\n", "a,b,c\r\n", "\r\n", 'a,"b'])
def test_a_row_of_another_width_is_refused(row, tmp_path):
    (tmp_path / "a.csv").write_text(f"one,two\r\n1,2\r\n{row}", newline="")
    with pytest.raises(ValueError, match="row"):
        list(CsvFile(tmp_path / "a.csv").lines())


@given(cells)
def test_quotes_are_taken_off_as_the_library_does(cell):
    line = written([[cell, "x"]], "\r\n").removesuffix(",x\r\n")
    assert unquoted(line) == next(csv.reader(io.StringIO(line, newline="")), [""])[0]
