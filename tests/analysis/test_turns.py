"""Meetings at every turn are those counted by turning one code, context by context."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis import turns
from qualcode.analysis.codeplaces import Slots
from qualcode.analysis.turns import spread_of

code = st.lists(st.booleans(), min_size=1, max_size=40).filter(any)
documents = st.lists(st.lists(code, min_size=2, max_size=2), min_size=1, max_size=6)


def slots_of(drawn):
    """Two codes in each document, cut to one length; the numbers of their slots."""
    pairs = [[line[: min(map(len, pair))] for line in pair] for pair in drawn]
    pairs = [pair for pair in pairs if all(map(any, pair))]
    places = [np.flatnonzero(line) for code in range(2) for line in (pair[code] for pair in pairs)]
    counts = np.array([len(place) for place in places], int)
    length = np.array([len(pair[0]) for pair in pairs] * 2, int)
    number = np.tile(np.arange(len(pairs)), 2)
    joined = np.concatenate([np.zeros(0, int), *places]).astype(np.int32)
    return pairs, Slots(joined, np.cumsum(counts) - counts, counts, length, number)


def turned(one, two):
    """How many turns there are with so many meetings less than the most, and the most."""
    met = [sum(a and two[(i + step) % len(one)] for i, a in enumerate(one)) for step in range(len(one))]
    return max(met), dict(Counter(max(met) - n for n in met))


@pytest.mark.parametrize("rare", [0, 2, 1000])
@pytest.mark.parametrize("at_once", [3, 1 << 18])
@pytest.mark.parametrize("precise", [0, 1 << 14])
@pytest.mark.parametrize("alike", [1, 64])
@settings(max_examples=60, deadline=None)
@given(documents)
def test_spreads_are_those_of_turning_one_by_one(rare, at_once, precise, alike, drawn):
    pairs, slots = slots_of(drawn)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(turns, "RARE", rare)
        patch.setattr(turns, "LISTED_AT_ONCE", at_once)
        patch.setattr(turns, "TURNED_AT_ONCE", at_once)
        patch.setattr(turns, "PRECISE", precise)
        patch.setattr(turns, "ALIKE", alike)
        most, spreads = spread_of(slots, np.arange(len(pairs)), len(pairs) + np.arange(len(pairs)))
    found = {}
    for spread in spreads:
        for line, row in zip(spread.lines.tolist(), spread.turns.tolist(), strict=True):
            found[line] = {below: n for below, n in enumerate(row) if n}
    for line, pair in enumerate(pairs):
        top, below = turned(*pair)
        assert most[line] == top
        assert found.get(line, {0: len(pair[0])}) == below
        assert (line in found) == (len(below) > 1)


def test_codes_that_are_often_together_have_wide_spreads():
    """A block of 70 against itself and every second place: more values than are counted one by one."""
    block = [True] * 70 + [False] * 330
    for one, two in ((block, block), (block, [False, True] * 90 + [False] * 220)):
        _, slots = slots_of([[one, two]])
        most, (spread,) = spread_of(slots, np.array([0]), np.array([1]))
        top, below = turned(one, two)
        assert most.tolist() == [top]
        assert {u: n for u, n in enumerate(spread.turns[0].tolist()) if n} == below
