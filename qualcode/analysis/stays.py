"""Is a third code at switches between two others more than where talk stays with one of them?

A code that comes with either of two others, and with nothing else, is at most of their switches, and more
than its row turned round would be: turning moves it to where neither is. So switches are compared with stays:
of the stretches from one place with just one of the two codes to the next, those that go from the one to the
other, against those that go from a code to itself. Inside each document all ways to say which stretches are
switches are equally likely; the number with the third code is then hypergeometric, and of all documents the
convolution of theirs: p is exact, one-sided.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple


class Stretches(NamedTuple):
    """The stretches of one document: how many, how many switch; of each how many hold the third code."""

    total: int
    switches: int
    held: int
    held_switches: int


def stretches(one: Any, other: Any, third: Any) -> Stretches:
    """Count the stretches of a sequence, ends included.

    >>> import numpy as np
    >>> a, b, c = (np.array(list(row)) == "x" for row in ("xx.x", "..x.", "..x."))
    >>> stretches(a, b, c)
    Stretches(total=3, switches=2, held=2, held_switches=2)
    """
    import numpy as np

    at = np.flatnonzero(one != other).tolist()
    switch = [bool(one[i] != one[j]) for i, j in pairwise(at)]
    held = [bool(third[i : j + 1].any()) for i, j in pairwise(at)]
    both = sum(a and b for a, b in zip(switch, held, strict=True))
    return Stretches(len(switch), sum(switch), sum(held), both)


def more_than_stays(found: Sequence[Stretches]) -> tuple[float, float]:
    """Return p that switches hold the third code as often as they do, and the smallest p that could come out.

    Documents without a stretch say nothing; no stretch at all gives 1 and 1.

    >>> more_than_stays([Stretches(4, 2, 2, 2)])  # one of the six ways to choose two of four
    (0.16666666666666666, 0.16666666666666666)
    """
    import numpy as np

    chances = np.ones(1)
    for one in found:
        if one.total:
            chances = np.convolve(chances, _of_one(one))
    seen = sum(one.held_switches for one in found)
    most = sum(min(one.switches, one.held) for one in found)
    tiny = float(np.finfo(float).tiny)  # a product of many documents may be too small for a float, not 0
    return max(float(min(chances[seen:].sum(), 1.0)), tiny), max(float(chances[most]), tiny)


def _of_one(one: Stretches) -> Any:
    """Return the chance of 0, 1, 2... switches with the third code in one document: hypergeometric.

    Each is the one before it times a ratio; they are built up from the likeliest, for a product of many
    ratios from one end may be too small for a float.

    >>> _of_one(Stretches(4, 2, 2, 0)).round(4).tolist()  # of six ways: none in 1, one in 4, both in 1
    [0.1667, 0.6667, 0.1667]
    """
    import numpy as np

    total, switches, held = one.total, one.switches, one.held
    low, high = max(0, switches + held - total), min(switches, held)
    n = np.arange(low, high)  # from n to n + 1
    ratio = (held - n) * (switches - n) / ((n + 1.0) * (total - held - switches + n + 1))
    likeliest = int(np.count_nonzero(ratio > 1))
    ways = np.ones(high - low + 1)
    ways[likeliest + 1 :] = np.cumprod(ratio[likeliest:])
    ways[:likeliest] = np.cumprod(1 / ratio[:likeliest][::-1])[::-1]
    made = np.zeros(switches + 1)
    made[low : high + 1] = ways / ways.sum()
    return made
