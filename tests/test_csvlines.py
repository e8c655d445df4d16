"""Rows written a column at a time are what the csv module makes of their cells one by one."""

import csv
import io
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qualcode import csvlines
from qualcode.cells import RISKY, cell_text, join_list
from qualcode.columns import Type
from qualcode.csvlines import csv_blocks, csv_lines, csv_text, csv_texts, encoded, encoded_lines

signs = st.text(alphabet="甲a ,;\"'\n\r\\=＝-\0\t\x85\u2028\ud800𠮷。", max_size=4)
numbers = st.one_of(
    st.integers(),
    st.floats(),
    st.sampled_from([0.0, -0.0, 1.0, -3.0, 1e22, 123456.7, math.nan, math.inf, -math.inf]),
)
odd = st.one_of(
    st.sampled_from([pd.NA, pd.NaT, np.str_("=a,b"), np.bool_(True), np.float64("nan")]),
    st.integers(-9, 9).map(np.int64),
    st.floats(allow_nan=False, width=32).map(np.float32),
    st.floats(allow_nan=False).map(np.float64),
    st.dictionaries(signs, st.integers(), max_size=2),
    st.builds(complex, st.integers(-1, 1)),
)
lists = st.lists(st.one_of(signs, st.integers()), max_size=3)
values = [
    signs,
    st.none(),
    numbers,
    st.booleans(),
    lists,
    lists.map(tuple),
    odd,
    st.sampled_from(["1", "-2.5"]),
]
kinds: st.SearchStrategy[Type] = st.sampled_from(["text", "int", "float", "date", "yes_no", "list"])


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Type], list[tuple[Any, ...]]]:
    """Columns whose values are of one type, or of several."""
    rows = draw(st.integers(0, 12))
    columns = []
    for _ in range(draw(st.integers(1, 4))):
        its = st.one_of(draw(st.lists(st.sampled_from(values), min_size=1, max_size=3)))
        columns.append(draw(st.lists(its, min_size=rows, max_size=rows)))
    return [draw(kinds) for _ in columns], list(zip(*columns, strict=True))


def one_by_one(rows: Sequence[Sequence[object]], types: Sequence[Type]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([[cell_text(v, t) for v, t in zip(row, types, strict=True)] for row in rows])
    return stream.getvalue()


@given(tables(), st.integers(1, 5), st.integers(0, 3))
@example((["text"], [("",), ("a",), (None,)]), 1, 0)
@example((["float"], [(0.0,), (-0.0,), (0.0,)]), 5, 0)
def test_a_table(table: tuple[list[Type], list[tuple[Any, ...]]], at_once: int, few: int) -> None:
    types, rows = table
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(csvlines, "_ROWS", at_once)
        patched.setattr(csvlines, "_FEW", few)
        assert "".join(csv_blocks(iter(rows), types)) == one_by_one(rows, types)
    assert csv_lines(rows, types) == [one_by_one([row], types) for row in rows]


@given(st.lists(st.text(alphabet="ab,é怕\U00020000\ud800\n"), max_size=40), st.integers(1, 40))
def test_lines_as_bytes(lines: list[str], every: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(csvlines, "_SOME", every)
        assert encoded_lines(lines) == encoded("".join(lines))


@given(st.lists(signs, max_size=5))
def test_texts_together_are_texts_one_by_one(texts: list[str]) -> None:
    assert list(csv_texts(texts)) == [csv_text(text) for text in texts]


@pytest.mark.parametrize("sign", [*sorted(RISKY), "'", ",", '"', ";", "\\"])
def test_every_sign_that_csv_or_a_spreadsheet_reads(sign: str) -> None:
    texts = [sign, f"a{sign}", f"{sign}a", "", "a", f"a{sign}b"]
    assert list(csv_texts(texts)) == [csv_text(text) for text in texts]
    assert one_by_one([[text] for text in texts], ["text"]) == "".join(
        csv_blocks([[t] for t in texts], ["text"])
    )


@given(st.lists(st.one_of(signs, st.integers()), max_size=4))
def test_lists_escape_what_divides_them(items: list[object]) -> None:
    assert join_list(items) == ";".join(str(item).replace("\\", "\\\\").replace(";", "\\;") for item in items)


@pytest.mark.parametrize("many", [1, 9])
def test_rows_must_be_as_wide_as_the_table(many: int) -> None:
    for row in ((1, 2), ()):
        with pytest.raises(ValueError, match="argument 2"):
            list(csv_blocks([row] * many, ["int"]))
    with pytest.raises(ValueError, match="argument 9"):
        list(csv_blocks([(1,)] * 8 + [(1, 2)], ["int"]))


def test_rows_are_taken_as_they_come() -> None:
    def rows() -> Any:
        for n in range(100_000):
            taken.append(n)
            yield (n,)

    taken: list[int] = []
    first = next(csv_blocks(rows(), ["int"]))
    assert len(taken) == first.count("\r\n") < 10_000
