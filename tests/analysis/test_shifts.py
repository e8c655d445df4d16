"""p by circular shift is the share of all turns, enumerated one by one."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from qualcode.analysis import shifts
from qualcode.analysis.shifts import shift_p

row = st.tuples(st.booleans(), st.booleans(), st.sampled_from((False, False, True)))
documents = st.lists(st.lists(row, min_size=1, max_size=5), min_size=1, max_size=3)


def enumerated(documents):
    """Turn every document by every number of steps; contexts marked as left out are not there."""
    kept = [[(a, b) for a, b, gone in lines if not gone] for lines in documents]
    kept = [lines for lines in kept if lines]

    def total(turns):
        return sum(
            lines[i][0] and lines[(i + turn) % len(lines)][1]
            for lines, turn in zip(kept, turns, strict=True)
            for i in range(len(lines))
        )

    totals = [total(turns) for turns in product(*(range(len(lines)) for lines in kept))]
    observed = totals[0]
    return sum(t >= observed for t in totals) / len(totals), totals.count(max(totals)) / len(totals)


@settings(max_examples=150)
@given(documents)
def test_p_is_the_share_of_all_turns(drawn):
    rows = csr_matrix(np.array([[a, b] for lines in drawn for a, b, _ in lines], dtype=int))
    cluster = np.repeat(np.arange(len(drawn)), [len(lines) for lines in drawn])
    gone = np.flatnonzero([gone for lines in drawn for _, _, gone in lines])
    p, floor = shift_p(rows, cluster, [(0, 1)], {0: gone} if len(gone) else {})
    assert (p[0], floor[0]) == pytest.approx(enumerated(drawn))


several = st.lists(
    st.lists(st.tuples(*[st.booleans()] * 3, st.integers(0, 7)), min_size=1, max_size=6),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("lines", [1, 1 << 20])
@settings(max_examples=80, deadline=None)
@given(several)
def test_pairs_tested_together_are_each_what_they_are_alone(lines, drawn):
    """Three codes, three pairs; the last number says by its bits which pairs a context leaves."""
    rows = csr_matrix(np.array([context[:3] for document in drawn for context in document], dtype=int))
    cluster = np.repeat(np.arange(len(drawn)), [len(document) for document in drawn])
    leaves = np.array([context[3] for document in drawn for context in document])
    pairs = [(0, 1), (0, 2), (1, 2)]
    left_out = {i: np.flatnonzero(leaves >> i & 1) for i in range(3) if (leaves >> i & 1).any()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shifts, "LINES", lines)
        p, floor = shift_p(rows, cluster, pairs, left_out)
    for i, (a, b) in enumerate(pairs):
        one = [[(c[a], c[b], c[3] >> i & 1) for c in document] for document in drawn]
        assert (p[i], floor[i]) == pytest.approx(enumerated(one))


def test_many_documents_give_a_small_p_that_is_not_zero():
    rows = csr_matrix(np.tile([[1, 1]] + [[0, 0]] * 9, (400, 1)))
    p, floor = shift_p(rows, np.repeat(np.arange(400), 10), [(0, 1)], {})
    assert 0 < p[0] <= 1e-300 and 0 < floor[0] <= p[0]


def test_long_and_short_convolutions_agree():
    """3,000 contexts with both codes in every second are turned into place in half of all turns, twice."""
    rows = csr_matrix(np.tile([[1, 1], [0, 0]], (3000, 1)))
    p, _ = shift_p(rows, np.repeat([0, 1], 3000), [(0, 1)], {})
    assert p[0] == pytest.approx(1 / 4)
