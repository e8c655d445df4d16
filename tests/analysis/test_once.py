"""Work for the same tables is done once, where somebody asks for that, and never mixed up."""

from __future__ import annotations

import pandas as pd
import pytest

from qualcode.analysis import once as module
from qualcode.analysis.once import once, remembering


@pytest.fixture
def asked():
    return []


@pytest.fixture
def summed(asked):
    @once
    def summed(table, unit="each"):
        asked.append(unit)
        return int(table["n"].sum())

    return summed


def test_nothing_is_remembered_unasked(summed, asked):
    table = pd.DataFrame({"n": [1, 2]})
    assert (summed(table), summed(table)) == (3, 3)
    assert len(asked) == 2


def test_the_same_table_is_worked_on_once(summed, asked):
    table = pd.DataFrame({"n": [1, 2]})
    with remembering():
        assert (summed(table), summed(table), summed(table, "all")) == (3, 3, 3)
    assert asked == ["each", "all"]


def test_tables_are_told_apart_though_they_come_and_go(summed):
    with remembering():
        assert [summed(pd.DataFrame({"n": [n]})) for n in range(50)] == list(range(50))


def test_a_stretch_inside_another_shares_what_it_knows(summed, asked):
    table = pd.DataFrame({"n": [1]})
    with remembering():
        with remembering():
            summed(table)
        summed(table)
    summed(table)
    assert len(asked) == 2


def test_of_a_large_table_nothing_is_remembered(summed, asked, monkeypatch):
    monkeypatch.setattr(module, "ROWS", 1)
    table = pd.DataFrame({"n": [1, 2]})
    with remembering():
        summed(table)
        summed(table)
    assert len(asked) == 2
