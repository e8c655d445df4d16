"""Rows are sorted by several numbers as tuples are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qualcode.text.ordered import order_by

numbers = st.integers(-3, 3) | st.integers(-(2**40), 2**40)


@given(st.lists(st.tuples(numbers, numbers, numbers), max_size=9))
def test_rows_are_sorted_as_tuples_are(rows):
    order = order_by(*np.array(rows, np.int64).reshape(-1, 3).T)
    assert [rows[n] for n in order.tolist()] == sorted(rows)
