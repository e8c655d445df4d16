"""Rows are sorted by several numbers as tuples are, and cut where they cost too much together."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qualcode.text.ordered import order_by, portions

numbers = st.integers(-3, 3) | st.integers(-(2**40), 2**40)


@given(st.lists(st.tuples(numbers, numbers, numbers), max_size=9))
def test_rows_are_sorted_as_tuples_are(rows):
    order = order_by(*np.array(rows, np.int64).reshape(-1, 3).T)
    assert [rows[n] for n in order.tolist()] == sorted(rows)


@given(st.lists(st.integers(0, 9), max_size=12), st.integers(0, 20))
def test_portions_hold_every_row_once_and_as_many_as_may_be(costs, most):
    cut = list(portions(np.cumsum(costs), most))
    assert [n for some in cut for n in range(len(costs))[some]] == list(range(len(costs)))
    for some in cut:
        assert sum(costs[some]) <= most or some.stop == some.start + 1
        assert some.stop == len(costs) or sum(costs[some.start : some.stop + 1]) > most
