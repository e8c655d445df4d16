"""Longest match against comparing every stretch with every other."""

from hypothesis import given
from hypothesis import strategies as st

from qualcode.coding.longest import Holding, inside_longer
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
