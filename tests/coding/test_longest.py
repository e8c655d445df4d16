"""Longest match against comparing every stretch with every other."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qualcode.coding.longest import Holding, holders, inside_longer
from qualcode.model import Span

stretches = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 8), st.sampled_from("abc")).map(
        lambda drawn: (Span(drawn[0], drawn[0] + drawn[1]), drawn[2])
    )
)


@given(stretches)
def test_as_defined(evidence):
    expected = {}
    for span, _ in evidence:
        holders = [
            (other.start - other.end, other.start, rule)
            for other, rule in evidence
            if other != span and other.start <= span.start and span.end <= other.end
        ]
        if holders:
            expected[span] = min(holders)[2]
    assert inside_longer(evidence) == expected


@given(stretches, stretches.filter(bool), st.sampled_from("abc"))
def test_what_holds_a_stretch_besides_one_rule(evidence, others, besides):
    held = others[0][0]
    expected = any(other.contains(held) and other != held and rule != besides for other, rule in evidence)
    assert Holding(evidence).holds(held, besides=besides) is expected


@given(st.lists(stretches, max_size=4))
def test_many_groups_together_are_as_each_alone(groups):
    rows = [(n * 3, *span, "abc".index(rule)) for n, its in enumerate(groups) for span, rule in its]
    found = holders(*np.array(rows, np.int64).reshape(-1, 4).T)
    expected = [inside_longer(its).get(span, "") for its in groups for span, _ in its]
    assert ["abc"[rank] if rank >= 0 else "" for rank in found.tolist()] == expected


def test_a_stretch_that_holds_very_many_is_compared_with_itself_alone():
    starts = np.append(0, np.arange(1, 200_000, 2))
    ends = np.append(200_001, starts[1:] + 1)
    found = holders(np.zeros(len(starts), np.int64), starts, ends, np.arange(len(starts)))
    assert found[0] == -1
    assert not found[1:].any()
