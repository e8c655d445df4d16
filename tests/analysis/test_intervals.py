"""Resampling documents: what every draw keeps, and percentiles as numpy has them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis import intervals
from qualcode.analysis.intervals import bounds, resampled, resampled_counts, resampled_sums


@given(st.integers(1, 30), st.integers(0, 5))
def test_every_resample_has_as_many_documents_as_there_are(count, seed):
    weights = resampled(count, resamples=20, seed=seed)
    assert weights.shape == (20, count) and (weights.sum(axis=1) == count).all() and (weights >= 0).all()


@given(st.integers(1, 40), st.integers(0, 5), st.integers(1, 300))
def test_draws_are_one_stream_however_they_are_cut(count, seed, few):
    """As numpy draws them in one go; sums are those of the whole matrix."""
    drawn = np.random.default_rng(seed).integers(0, count, size=(20, count))
    whole = np.stack([np.bincount(row, minlength=count) for row in drawn])
    values = np.arange(2 * count).reshape(count, 2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intervals, "FEW", few)
        assert (resampled(count, resamples=20, seed=seed) == whole).all()
        assert (resampled_sums(values, resamples=20, seed=seed) == whole @ values).all()
        for held, exact in ((1 << 20, 1 << 24), (1, 1 << 24), (1 << 20, 8)):
            patch.setattr(intervals, "HELD", held)
            patch.setattr(intervals, "EXACT", exact)
            assert (resampled_counts(values, resamples=20, seed=seed) == whole @ values).all()


def test_the_seed_decides():
    assert (resampled(9, seed=4) == resampled(9, seed=4)).all()
    assert not (resampled(9, seed=4) == resampled(9, seed=5)).all()


@given(st.integers(2, 60), st.integers(0, 9))
def test_bounds_are_numpy_s_percentiles(size, seed):
    values = np.random.default_rng(seed).normal(size=(size, 3))
    low, high = bounds(values)
    assert low == pytest.approx(np.quantile(values, 0.025, axis=0))
    assert high == pytest.approx(np.quantile(values, 0.975, axis=0))


def test_undefined_resamples_are_left_out_and_mostly_undefined_has_no_interval():
    values = np.array([[1.0, np.nan], [2.0, np.nan], [np.nan, np.nan], [3.0, 5.0]])
    low, high = bounds(values, coverage=0.5)
    assert (low[0], high[0]) == (1.5, 2.5) and np.isnan(low[1]) and np.isnan(high[1])
