"""Draws that can be repeated and weighted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.sampling import Codable, draw_documents, draw_segments
from qualcode.project.blind import leaves

FRAME = [
    Codable(f"D{d}:{i}", f"D{d}", frozenset("a" if i == 1 else "b" if i < 4 else ""))
    for d in range(4)
    for i in range(1, 11)
]


def draw(seed=1, codes=("a", "b"), **numbers):
    asked = {"positive": 2, "negative": 2, "at_random": 3} | numbers
    return draw_segments(FRAME, codes, seed=seed, **asked)


def test_the_same_seed_draws_the_same():
    assert draw() == draw()
    assert draw(seed=1).chosen != draw(seed=2).chosen


def test_every_code_has_segments_with_it_and_without():
    chosen = set(draw().chosen)
    codes = [one.codes for one in FRAME if one.id in chosen]
    assert sum("a" in c for c in codes) >= 2
    assert sum("a" not in c for c in codes) >= 2


def test_a_stratum_with_fewer_is_taken_whole():
    sample = draw(codes=["a"], positive=100, negative=0, at_random=0)
    assert sample.chosen == tuple(one.id for one in FRAME if "a" in one.codes)
    assert set(sample.probability.values()) == {1.0}


def test_the_probability_is_that_of_any_draw():
    """By hand: not drawn from 4 of a (2), from 32 without b (2), from all 40 (3)."""
    found = [draw(seed=s).probability.get("D0:1") for s in range(30)]
    expected = 1 - (1 - 2 / 4) * (1 - 2 / 32) * (1 - 3 / 40)
    assert {round(p, 9) for p in found if p is not None} == {round(expected, 9)}


def test_weights_add_up_to_the_frame_on_average():
    """Horvitz and Thompson: the mean over draws of the summed weights is the number of segments."""
    sums = [sum(1 / p for p in draw(seed=s).probability.values()) for s in range(400)]
    assert sum(sums) / len(sums) == pytest.approx(40, rel=0.06)


def test_whole_documents_come_with_all_their_segments():
    sample = draw_documents(FRAME, 2, seed=5)
    assert len(sample.documents) == 2
    assert len(sample.chosen) == 20
    assert set(sample.probability.values()) == {0.5}


@given(st.integers(0, 50), st.integers(0, 5), st.integers(0, 5), st.integers(0, 50))
def test_nothing_is_drawn_twice_and_order_is_the_frames(seed, positive, negative, at_random):
    sample = draw(seed=seed, positive=positive, negative=negative, at_random=at_random)
    places = [one.id for one in FRAME]
    assert sorted(set(sample.chosen), key=places.index) == list(sample.chosen)
    assert all(0 < p <= 1 for p in sample.probability.values())


def test_parents_have_no_column_of_their_own():
    tree = [("a", 1), ("a.x", 2), ("a.x.1", 3), ("a.y", 2), ("b", 1)]
    assert leaves(tree, []) == ["a.x.1", "a.y", "b"]
    assert leaves(tree, ["a.x"]) == ["a.x.1"]
