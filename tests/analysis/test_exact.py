"""Exact tests: p and floors against hand enumeration and scipy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from qualcode.analysis import exact
from qualcode.analysis.exact import (
    cohen_h,
    exchange,
    far,
    holm,
    label_sets,
    shown,
    sign_flip,
    sign_flips,
    some_flips,
    some_sets,
)

NUMBERS = st.floats(-1, 1).map(lambda x: round(x, 3))


@pytest.mark.parametrize(("k", "floor"), [(5, 0.0625), (6, 0.03125), (8, 2 / 256), (10, 2 / 1024)])
def test_the_floor_of_paired_interviews_is_two_of_all_arrangements(k, floor):
    test = sign_flip([0.1 * (n + 1) for n in range(k)])
    assert test.p == test.floor == floor
    assert (shown(test) is None) == (k < 6)


@pytest.mark.parametrize(("a", "b", "floor"), [(3, 3, 2 / 20), (3, 5, 1 / 56), (5, 5, 2 / 252)])
def test_the_floor_of_documents(a, b, floor):
    assert exchange([0.0] * a, [1.0] * b).floor == pytest.approx(floor)


def test_differences_of_nothing_cannot_say_anything():
    assert sign_flip([0.0] * 8) == (1.0, 1.0) and shown(sign_flip([0.0] * 8)) is None


@settings(max_examples=30, deadline=None)
@given(st.lists(NUMBERS, min_size=2, max_size=8))
def test_sign_flips_agree_with_scipy(values):
    theirs = stats.permutation_test(
        (np.array(values),), np.mean, permutation_type="samples", n_resamples=np.inf
    )
    # scipy doubles the smaller tail; the null is symmetric, so it is the two-sided share
    assert sign_flip(values).p == pytest.approx(min(1, theirs.pvalue), abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.lists(NUMBERS, min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_equal_groups_agree_with_scipy_and_labels_are_symmetric(values, draw):
    before, after = values, [round(draw.uniform(-1, 1), 3) for _ in values]
    theirs = stats.permutation_test(
        (np.array(before), np.array(after)), lambda x, y: np.mean(x) - np.mean(y), n_resamples=np.inf
    )
    assert exchange(before, after).p == pytest.approx(min(1, theirs.pvalue), abs=1e-9)
    assert exchange(before, after) == pytest.approx(exchange(after, before))
    assert exchange(before[::-1], after) == pytest.approx(exchange(before, after))


def test_many_are_drawn_by_a_seed_with_the_observed_one_first():
    signs, whole = sign_flips(20, seed=3, draws=99)
    assert not whole and signs.shape == (100, 20) and (signs[0] == 1).all()
    assert (sign_flips(20, seed=3, draws=99)[0] == signs).all()
    rows, whole = label_sets(30, range(10), seed=3, draws=99)
    assert not whole and (rows.sum(axis=1) == 10).all() and (rows[0, :10] == 1).all()
    assert far(rows @ np.arange(30)).p >= 0.01


@pytest.mark.parametrize("numbers", [1, 100, 4_000_000])
def test_draws_are_one_stream_however_few_are_drawn_at_a_time(monkeypatch, numbers):
    """As numpy draws them in one go."""
    monkeypatch.setattr(exact, "NUMBERS", numbers)
    drawn = np.random.default_rng(7).integers(0, 2, size=(59, 21)) * 2 - 1
    signs, _ = sign_flips(21, seed=7, draws=59)
    assert (signs[1:] == drawn).all()
    first = np.repeat([0.0, 1.0], [20, 10])
    drawn = np.random.default_rng(8).permuted(np.tile(first, (59, 1)), axis=1)
    rows, _ = label_sets(30, range(20, 30), seed=8, draws=59)
    assert (rows[1:] == drawn).all()
    for held in (10**9, 0):
        monkeypatch.setattr(exact, "HELD", held)
        assert (np.concatenate(list(some_flips(21, seed=7, draws=59))) == signs).all()
        assert (np.concatenate(list(some_sets(30, range(20, 30), seed=8, draws=59))) == rows).all()
    for asked in (sign_flips, exact._label_sets):
        asked.cache_clear()


def test_holm_is_statsmodels_order():
    """By hand: sorted .01 .02 .03 .04 times 4 3 2 1 = .04 .06 .06 .06, never falling."""
    assert holm([0.04, 0.01, 0.03, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])


def test_cohens_table():
    """Cohen (1988, table 6.2.2): h of .50 against .25 is .52, of .5 against .5 is 0."""
    assert round(cohen_h(0.25, 0.5), 2) == 0.52 and cohen_h(0.5, 0.5) == 0
