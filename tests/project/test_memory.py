"""Garbage in circles is looked for so often as is asked, wherever that is done from; columns in files go."""

import gc
import os
import time

import pytest

from qualcode.analysis.growing import counting
from qualcode.project.memory import SYSTEM, give_back, kept_small, memory_of, seldom_collected


def test_the_search_for_garbage_waits_no_longer_inside_than_is_asked():
    before = gc.get_threshold()
    gc.set_threshold(500_000, *before[1:])
    try:
        with seldom_collected(50_000):
            assert gc.get_threshold()[0] == 50_000
        assert gc.get_threshold()[0] == 500_000
    finally:
        gc.set_threshold(*before)


@pytest.mark.skipif(SYSTEM != "Linux", reason="it is done on Linux only")
def test_a_column_in_a_file_is_not_held_for_long_by_a_large_process(tmp_path):
    column = counting(tmp_path, 5_000_000)
    column.max()
    most, began = memory_of(os.getpid()), time.monotonic()
    with kept_small(0, seconds=0.01):
        while memory_of(os.getpid()) > most - 10_000_000 and time.monotonic() < began + 20:
            time.sleep(0.01)
    assert memory_of(os.getpid()) <= most - 10_000_000
    assert column[-1] == 4_999_999


def test_what_is_held_stays_when_memory_is_given_back(tmp_path):
    column, words = counting(tmp_path, 100_000), [str(n) for n in range(100_000)]
    give_back()
    assert column.tolist() == list(map(int, words))
