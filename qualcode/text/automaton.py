"""Many words looked for at once: an automaton over bytes, and its hits as columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

DENSE = 20_000  # bytes of words up to which the fastest automaton stays in the processor's cache


def automaton(words: Sequence[bytes]) -> Any:
    """Build the automaton of some words."""
    import ahocorasick_rs

    kinds = ahocorasick_rs.Implementation
    fast = sum(map(len, words)) <= DENSE
    return ahocorasick_rs.BytesAhoCorasick(
        words,
        matchkind=ahocorasick_rs.MatchKind.Standard,
        implementation=kinds.DFA if fast else kinds.ContiguousNFA,
    )


def hits(words: Any, raw: bytes) -> NDArray[np.int64]:
    """Return every place of every word, overlaps included: rows of its number, first byte and end.

    >>> hits(automaton([b"ab", b"b"]), b"abb").tolist()
    [[0, 0, 2], [1, 1, 2], [1, 2, 3]]
    """
    found = words.find_matches_as_indexes(raw, overlapping=True)
    return np.fromiter(chain.from_iterable(found), np.int64, 3 * len(found)).reshape(-1, 3)
