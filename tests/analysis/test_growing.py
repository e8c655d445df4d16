"""Columns of numbers in files without a name hold what was added, as wide as the widest of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.growing import Growing

WIDTHS = st.sampled_from([np.int8, np.int16, np.int32])
PARTS = st.lists(st.tuples(WIDTHS, st.lists(st.integers(-100, 100), max_size=20)), max_size=6)


@given(PARTS)
def test_all_that_was_added_is_there_in_order(tmp_path_factory, parts):
    folder = tmp_path_factory.getbasetemp()
    column = Growing(folder, np.int8)
    for width, numbers in parts:
        column.add(np.array(numbers, dtype=width))
    held = column.array()
    assert held.tolist() == [n for _, numbers in parts for n in numbers]
    assert held.itemsize == max([1, *(np.dtype(width).itemsize for width, _ in parts)])


def test_the_folder_shows_no_file_and_nothing_can_be_written_into_the_numbers(tmp_path):
    column = Growing(tmp_path, np.int32)
    column.add(np.arange(100_000))
    held = column.array()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match="read-only"):
        held[0] = 1


def test_a_folder_that_cannot_be_written_into_is_no_hindrance(tmp_path):
    column = Growing(tmp_path / "gone", np.int32)
    column.add(np.array([3, 1, 2], dtype=np.int32))
    assert column.array().tolist() == [3, 1, 2]
