"""Switches and stays: where they are near a code, and how that looks when documents are shuffled."""

from itertools import pairwise

import numpy as np
from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st

from qualcode.analysis.sequences import Sequences
from qualcode.analysis.switches import _near, _within, stretches, switched

DRAWS = 40


@settings(max_examples=50, deadline=None)
@holds(
    st.lists(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=5), min_size=1, max_size=4),
    st.integers(0, 5),
)
def test_switches_near_a_code_are_counted_shuffle_by_shuffle(documents, seed):
    every = [one for line in documents for one in line]
    switch, near = (np.array([one[n] for one in every], dtype=bool) for n in (0, 1))
    if not len(switch):
        return
    owner = np.repeat(np.arange(len(documents)), [len(line) for line in documents])
    borders = np.concatenate(([0], np.cumsum([len(line) for line in documents]))).tolist()
    draw = np.random.default_rng(seed)
    expected = [int((switch & near).sum())]
    for _ in range(DRAWS):
        parts = [draw.permutation(switch[a:b]) for a, b in pairwise(borders)]
        expected.append(int((np.concatenate(parts) & near).sum()))
    assert switched(switch, owner, [near, ~near], seed, DRAWS)[:, 0].tolist() == expected
    assert switched(switch, owner, [], seed, DRAWS).shape == (DRAWS + 1, 0)


@settings(max_examples=200, deadline=None)
@holds(st.lists(st.tuples(st.sampled_from(["", "A", "B"]), st.booleans(), st.booleans()), max_size=20))
def test_stretches_reach_from_one_code_to_the_next_of_a_document(segments):
    """A segment has A, B or neither, and C or not; a document may begin with it."""
    places = [n for n, (state, *_) in enumerate(segments) if state]
    document = np.cumsum([begins for *_, begins in segments], dtype=int)
    has = np.array([has for _, has, _ in segments], dtype=bool)
    held = Sequences(
        np.array([segments[n][0] == "B" for n in places], dtype=int),
        np.array(places, dtype=int),
        document[places] if places else np.zeros(0, int),
    )
    found = stretches(held)
    expected = [
        (a, b, segments[a][0] != segments[b][0]) for a, b in pairwise(places) if document[a] == document[b]
    ]
    assert list(zip(found.low.tolist(), found.high.tolist(), found.switch.tolist(), strict=True)) == expected
    assert _near(found, has).tolist() == [bool(has[a : b + 1].any()) for a, b, _ in expected]
    inside = {n for a, b, moved in expected for n in range(a, b + 1) if moved and has[n]}
    if expected:
        assert _within(found, np.flatnonzero(has)).tolist() == sorted(inside)
