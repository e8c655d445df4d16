"""Switches against stays: a code that goes with either of two others links nothing by that."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from scipy.stats import hypergeom

from qualcode.analysis.stays import Stretches, _of_one, more_than_stays, stretches

from .test_claims import UNTOLD, judged


@drawn(
    st.lists(
        st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=6), min_size=1, max_size=3
    )
)
def test_p_is_the_share_of_all_ways_to_say_which_stretches_switch(documents):
    """Every choice of as many stretches of each document, listed."""
    found = [
        Stretches(len(one), sum(s for s, _ in one), sum(h for _, h in one), sum(s and h for s, h in one))
        for one in documents
    ]
    totals = [0]
    for one in documents:
        size, held = sum(s for s, _ in one), [h for _, h in one]
        ways = [sum(held[n] for n in chosen) for chosen in combinations(range(len(one)), size)]
        totals = [total + way for total in totals for way in ways]
    seen = sum(one.held_switches for one in found)
    p, floor = more_than_stays(found)
    assert p == pytest.approx(sum(total >= seen for total in totals) / len(totals))
    assert floor == pytest.approx(totals.count(max(totals)) / len(totals))


@drawn(st.integers(1, 3000), st.floats(0, 1), st.floats(0, 1))
def test_chances_of_one_document_are_hypergeometric(total, switches, held):
    """As scipy has them."""
    one = Stretches(total, round(total * switches), round(total * held), 0)
    expected = hypergeom.pmf(np.arange(one.switches + 1), one.total, one.held, one.switches)
    assert _of_one(one) == pytest.approx(expected, rel=1e-9, abs=1e-290)


def test_stretches_are_from_one_place_with_just_one_code_to_the_next():
    a, b, c = (np.array(list(row)) == "x" for row in ("x.x...x", "..xx.x.", "....x.."))
    # places 0 (A), 3 (B), 5 (B), 6 (A); place 2 has both
    assert stretches(a, b, c) == Stretches(3, 2, 1, 0)


def test_a_code_wherever_the_two_are_is_not_between_them(corpus):
    """C stands in four of five places of A or B and never elsewhere: many switches have it, as do stays."""
    draw = np.random.default_rng(5)
    for n in range(10):
        line = []
        for state in np.cumsum(draw.random(30) < 0.4) % 2:
            line += ["AB"[state] + (" C" if draw.random() < 0.4 else ""), "-", "-"]
        corpus.document(f"I{n}", *line)
    found = judged(corpus, "between", code="C", ends=("A", "B"))
    assert found.answer.numbers["p"] <= 0.05 < found.answer.numbers["p_stays"]
    assert found.answer.verdict == UNTOLD


def test_documents_without_a_stretch_say_nothing():
    some = Stretches(4, 2, 2, 2)
    assert more_than_stays([Stretches(0, 0, 0, 0), some]) == more_than_stays([some])
    assert more_than_stays([]) == more_than_stays([Stretches(0, 0, 0, 0)]) == (1.0, 1.0)


def test_very_many_documents_have_a_p_that_is_not_nothing():
    p, floor = more_than_stays([Stretches(40, 20, 20, 20)] * 100)
    assert 0 < p <= 1
    assert 0 < floor <= 1
