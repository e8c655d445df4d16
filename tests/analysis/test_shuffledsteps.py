"""Steps of sequences laid end to end: as they are, and shuffled in the order of what is drawn."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st

from qualcode.analysis import shuffledsteps
from qualcode.analysis.shuffledsteps import counted, p_of, shuffled
from qualcode.analysis.transitions import steps

DRAWS = 7
lines = st.lists(st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=8), min_size=1, max_size=5)


@settings(max_examples=50, deadline=None)
@holds(st.lists(st.lists(st.integers(0, 2), max_size=8), min_size=1, max_size=4), st.integers(1, 3))
def test_sequences_laid_end_to_end_are_counted_one_by_one(each, lag):
    flat = np.array([state for line in each for state in line], dtype=int)
    owner = np.repeat(np.arange(len(each)), [len(line) for line in each])
    assert (counted(flat, owner, 3, lag) == steps(each, 3, lag=lag)).all()


@pytest.mark.parametrize("places", [1, 4, 1 << 15])
@settings(max_examples=60, deadline=None)
@holds(
    each=lines, seed=st.integers(0, 5), values=st.sampled_from([1, 3, 2**53]), size=st.sampled_from([3, 99])
)
def test_steps_are_those_of_lines_shuffled_one_by_one(places, each, seed, values, size):
    """A line is laid out by stratum and what `random` draws, equal ones as they stand; then counted.

    Of `values` different numbers many are equal. Strata begin where a document does, or inside it.
    """
    line = np.array([state for one in each for state, _ in one], dtype=np.int16)
    owner = np.repeat(np.arange(len(each)), [len(one) for one in each])
    stratum = np.cumsum([n == 0 or new for one in each for n, (_, new) in enumerate(one)], dtype=int)
    lags = (1, 2, 3)

    def numbers(draw):
        if values == 2**53:
            return draw.bit_generator.random_raw
        return lambda count: draw.integers(0, values, count, dtype=np.uint64) << np.uint64(11)

    draw, expected = np.random.default_rng(seed), []
    for _ in range(DRAWS):
        if values == 2**53:
            drawn = draw.random(len(line))
        else:
            drawn = draw.integers(0, values, len(line), dtype=np.uint64)
        laid = line[np.lexsort((drawn, stratum))].tolist()
        parts = [[laid[n] for n, _ in some] for _, some in groupby(enumerate(owner), lambda pair: pair[1])]
        expected.append([steps(parts, size, lag=lag).ravel().tolist() for lag in lags])
    before, shuffledsteps.PLACES = shuffledsteps.PLACES, places
    try:
        found = shuffled(line, stratum, owner, size, lags, numbers(np.random.default_rng(seed)), DRAWS)
    finally:
        shuffledsteps.PLACES = before
    assert found.tolist() == expected


def test_numbers_are_those_that_random_draws():
    raw = np.random.default_rng(4).bit_generator.random_raw(9)
    assert (np.random.default_rng(4).random(9) == (raw >> np.uint64(11)) / 2**53).all()


@settings(max_examples=30, deadline=None)
@holds(st.lists(st.integers(0, 3), min_size=16, max_size=16))
def test_p_is_the_share_of_counts_as_far_from_their_mean(counts):
    every = np.array(counts).reshape(4, 2, 2)
    far = np.abs(every - every.mean(axis=0))
    expected = (far >= far[0] - 1e-12).mean(axis=0)
    assert p_of(every[0], every[1:].reshape(3, 4)).tolist() == expected.tolist()
