"""Pairs of sketches that share much are those found by comparing each with each."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.corpus import sharing
from qualcode.corpus.sharing import Pair, pairs_alike

BOUNDS = [2**64, 2**63, 2**62]
hashes = st.sampled_from([n * 2**59 + m for n in range(32) for m in (0, 1)])
sketches = st.tuples(st.frozensets(hashes, max_size=30), st.sampled_from(BOUNDS))


def by_definition(
    given: list[tuple[frozenset[int], int]], *, share: float, seen: int, holders: int
) -> list[Pair]:
    held = Counter(one for some, _ in given for one in some)
    found = []
    for (n, (ours, our_bound)), (m, (theirs, their_bound)) in combinations(enumerate(given), 2):
        bound = min(our_bound, their_bound)
        fewer = min(sum(one < bound for one in some) for some in (ours, theirs))
        both = sum(held[one] <= holders for one in ours & theirs)
        if both >= max(seen, share * fewer):
            found.append((n, m, both))
    return found


@given(
    st.lists(sketches, max_size=9),
    st.sampled_from([0.25, 0.5, 0.75]),
    st.integers(1, 3),
    st.integers(2, 5),
    st.sampled_from([1, 7, 1 << 22]),
)
def test_each_compared_with_each(
    drawn: list[tuple[frozenset[int], int]], share: float, seen: int, holders: int, together: int
) -> None:
    made = [(frozenset(one for one in some if one < bound), bound) for some, bound in drawn]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sharing, "TOGETHER", together)
        found = pairs_alike(
            [np.array(sorted(some), dtype=np.uint64) for some, _ in made],
            [bound for _, bound in made],
            share=share,
            seen=seen,
            holders=holders,
        )
    assert found == by_definition(made, share=share, seen=seen, holders=holders)
