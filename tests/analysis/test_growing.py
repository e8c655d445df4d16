"""Columns of numbers in files without a name hold what was added, as wide as the widest of it."""

import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.growing import AT_ONCE, Growing, counting, let_go, mapped
from qualcode.project.memory import SYSTEM, memory_of

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


@pytest.mark.parametrize("count", [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1])
def test_numbers_are_counted_and_looked_up_however_many(count, tmp_path):
    every = counting(tmp_path, count)
    assert np.array_equal(every, np.arange(count))
    assert every.dtype == np.int32
    values = np.array([0.5, np.nan, -1.0])
    assert np.array_equal(mapped(tmp_path, values, every % 3), values[np.arange(count) % 3], equal_nan=True)


def test_columns_that_were_let_go_are_there_when_they_are_looked_at_again(tmp_path):
    every = counting(tmp_path, 300_000)
    assert every.sum() == every.sum()
    let_go()
    assert np.array_equal(every, np.arange(300_000))


@pytest.mark.skipif(SYSTEM != "Linux", reason="what lies in memory is known on Linux only")
def test_columns_that_were_let_go_take_no_memory(tmp_path):
    every = counting(tmp_path, 5_000_000)
    every.max()
    before = memory_of(os.getpid())
    let_go()
    assert memory_of(os.getpid()) < before - 15_000_000
