"""How far two values are apart: 0 the same, 1 nothing in common.

For sets of codes on one unit. Two empty sets (both left the unit uncoded) are the same; an empty set and one
with codes have nothing in common.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache

Distance = Callable[[Hashable, Hashable], float]


def nominal(one: Hashable, other: Hashable) -> float:
    """0 where the values are the same, else 1."""
    return 0.0 if one == other else 1.0


@lru_cache(maxsize=100_000)
def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """1 - codes in both / codes in either (Jaccard 1901).

    >>> jaccard(frozenset("ab"), frozenset("b"))
    0.5
    """
    either = one | other
    return 1 - len(one & other) / len(either) if either else 0.0


@lru_cache(maxsize=100_000)
def masi(one: frozenset[str], other: frozenset[str]) -> float:
    """1 - Jaccard's index times 1, 2/3 (one holds the other), 1/3 (overlap) or 0. Passonneau 2006.

    >>> round(masi(frozenset("ab"), frozenset("b")), 4)
    0.6667
    """
    if one == other:
        return 0.0
    shared = one & other
    if not shared:
        return 1.0
    monotone = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1 - len(shared) / len(one | other) * monotone
