"""The tail of a total of counts is the tail of their convolution, by whichever way it is worked out."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis import totals
from qualcode.analysis.totals import upper_tail

counts = st.lists(st.lists(st.integers(0, 9), min_size=0, max_size=4), min_size=1, max_size=9)


def convolved(lines):
    total = [Fraction(1)]
    for line in lines:
        made = [Fraction(0)] * (len(total) + len(line) - 1)
        for i, one in enumerate(total):
            for j, n in enumerate(line):
                made[i + j] += one * Fraction(n, sum(line))
        total = made
    return total


def matrices(lines):
    """By width, as any number of matrices may be given."""
    made = []
    for width in sorted({len(line) for line in lines}):
        rows = np.array([line for line in lines if len(line) == width], dtype=float)
        made.append(rows / rows.sum(axis=1, keepdims=True))
    return made


@pytest.mark.parametrize("few", [0, 64])
@settings(max_examples=200, deadline=None)
@given(drawn=counts, share=st.floats(0, 1))
def test_a_tail_is_that_of_the_convolution(few, drawn, share):
    lines = [[1 + len(line), *line] for line in drawn]  # the highest value can always be
    total = convolved(lines)
    gap = round(share * len(total))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(totals, "FEW_COUNTS", few)
        p, floor = upper_tail(matrices(lines), gap)
    assert p == pytest.approx(float(sum(total[: gap + 1])), rel=1e-9)
    assert floor == pytest.approx(float(total[0]), rel=1e-9)


@pytest.mark.parametrize("chance", [0.01, 0.3, 0.9])
@pytest.mark.parametrize("gap", [0, 1, 5, 60, 150, 200, 400, 599, 600, 900])
def test_many_counts_lose_nothing_however_small_p_is(chance, gap):
    """300 of 0 to 2: every p of theirs against a sum of whole numbers."""
    spread = np.tile([chance, (1 - chance) / 2, (1 - chance) / 2], (300, 1))
    total = np.ones(1)
    for line in spread:
        total = np.convolve(total, line)
    assert upper_tail([spread], gap)[0] == pytest.approx(min(total[: gap + 1].sum(), 1), rel=1e-9)


def test_counts_that_are_all_even_are_no_trouble():
    """Their characteristic function comes back to 1 half way round."""
    spread = np.tile([0.5, 0, 0.5], (400, 1))
    half = np.tile([0.5, 0.5], (400, 1))
    assert upper_tail([spread], 380)[0] == pytest.approx(upper_tail([half], 190)[0], rel=1e-9)


def test_points_may_be_worked_out_few_counts_at_a_time(monkeypatch):
    spread = np.random.default_rng(0).dirichlet(np.ones(4), 200)
    whole = upper_tail([spread], 150)
    monkeypatch.setattr(totals, "POINTS_AT_ONCE", 300)
    assert upper_tail([spread], 150) == pytest.approx(whole)


def test_what_is_too_small_for_a_float_is_above_zero():
    p, floor = upper_tail([np.tile([1e-3, 1 - 1e-3], (200, 1))], 3)
    assert 0 < floor <= p <= 1e-300
