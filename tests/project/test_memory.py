"""Garbage in circles is looked for so often as is asked, wherever that is done from."""

import gc

from qualcode.project.memory import seldom_collected


def test_the_search_for_garbage_waits_no_longer_inside_than_is_asked():
    before = gc.get_threshold()
    gc.set_threshold(500_000, *before[1:])
    try:
        with seldom_collected(50_000):
            assert gc.get_threshold()[0] == 50_000
        assert gc.get_threshold()[0] == 500_000
    finally:
        gc.set_threshold(*before)
