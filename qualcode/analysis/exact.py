"""Tests that flip signs or exchange labels of whole documents, exactly where they can be listed.

p is two-sided: the share of arrangements whose statistic is at least as far from 0 as the one observed, the
observed one among them. The floor is the share of those farthest from 0, which is the smallest p these data
could give. Where there are too many arrangements to list, they are drawn by a seed, and p is
(hits + 1) / (draws + 1) (Phipson & Smyth 2010).
Holm's correction: Holm 1979. Effect size h: Cohen 1988, ch. 6.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

MOST = 100_000  # arrangements that are listed
DRAWS = 9_999
WITHHELD = 0.05
TINY = 1e-12
NUMBERS = 4_000_000  # of arrangements that are weighed at a time
HELD = 40_000_000  # of arrangements that are kept for the next code


class Tested(NamedTuple):
    p: float
    floor: float


@lru_cache(maxsize=1)  # codes are tested one after the other over the same documents
def sign_flips(count: int, *, seed: int = 0, draws: int = DRAWS) -> tuple[Any, bool]:
    """Return arrangements of signs (+1, -1), one a row, the first all +; and whether they are all there are.

    They are not for writing.
    """
    import numpy as np

    if 2**count <= MOST:
        bits = (np.arange(2**count)[:, None] >> np.arange(count)) & 1
        signs = (1 - 2 * bits).astype(np.int8)
    else:
        signs = np.ones((draws + 1, count), dtype=np.int8)
        draw = np.random.default_rng(seed)
        for some in _few(signs[1:]):
            some[:] = draw.integers(0, 2, size=some.shape) * 2 - 1
    signs.flags.writeable = False
    return signs, 2**count <= MOST


def label_sets(count: int, chosen: Sequence[int], *, seed: int = 0, draws: int = DRAWS) -> tuple[Any, bool]:
    """Return arrangements of who is "after", 0/1 rows, the observed first; and whether they are all.

    They are not for writing.
    """
    return _label_sets(count, tuple(chosen), seed, draws)


@lru_cache(maxsize=1)
def _label_sets(count: int, chosen: tuple[int, ...], seed: int, draws: int) -> tuple[Any, bool]:
    import numpy as np

    size = len(chosen)
    first = np.zeros(count, dtype=np.int8)
    first[list(chosen)] = 1
    whole = math.comb(count, size) <= MOST
    if whole:
        rows = np.zeros((math.comb(count, size), count), dtype=np.int8)
        for n, held in enumerate(combinations(range(count), size)):
            rows[n, held] = 1
        same = np.flatnonzero((rows == first).all(axis=1))[0]
        rows[[0, same]] = rows[[same, 0]]
    else:
        rows = np.tile(first, (draws + 1, 1))
        draw = np.random.default_rng(seed)
        for some in _few(rows[1:]):
            draw.permuted(some, axis=1, out=some)
    rows.flags.writeable = False
    return rows, whole


def some_flips(count: int, *, seed: int = 0, draws: int = DRAWS) -> Iterator[Any]:
    """Yield the arrangements of `sign_flips` some rows at a time; many are not held together."""
    import numpy as np

    if 2**count <= MOST or count * draws <= HELD:
        yield from _few(sign_flips(count, seed=seed, draws=draws)[0])
        return
    yield np.ones((1, count), dtype=np.int8)
    draw = np.random.default_rng(seed)
    for size in _sizes(draws, count):
        yield (draw.integers(0, 2, size=(size, count)) * 2 - 1).astype(np.int8)


def some_sets(count: int, chosen: Sequence[int], *, seed: int = 0, draws: int = DRAWS) -> Iterator[Any]:
    """Yield the arrangements of `label_sets` some rows at a time; many are not held together."""
    import numpy as np

    if count * draws <= HELD or math.comb(count, len(chosen)) <= MOST:
        yield from _few(label_sets(count, chosen, seed=seed, draws=draws)[0])
        return
    first = np.zeros((1, count), dtype=np.int8)
    first[0, list(chosen)] = 1
    yield first
    draw = np.random.default_rng(seed)
    for size in _sizes(draws, count):
        yield draw.permuted(np.repeat(first, size, axis=0), axis=1)


def _sizes(rows: int, width: int) -> Iterator[int]:
    """How many rows at a time."""
    step = max(1, NUMBERS // max(width, 1))
    for start in range(0, rows, step):
        yield min(step, rows - start)


def _few(rows: Any) -> Iterator[Any]:
    """Cut rows into some at a time."""
    step = max(1, NUMBERS // max(rows.shape[1], 1))
    for start in range(0, max(len(rows), 1), step):
        yield rows[start : start + step]


def far(statistics: Any) -> Tested:
    """Return p and floor of the first of a row of statistics over all or the drawn arrangements."""
    import numpy as np

    size = np.abs(np.asarray(statistics, dtype=float))
    return Tested(float(np.mean(size >= size[0] - TINY)), float(np.mean(size >= size.max() - TINY)))


def sign_flip(differences: Sequence[float], *, seed: int = 0) -> Tested:
    """Test whether paired differences lie about 0.

    Three that all rise: two of eight arrangements are as far out.

    >>> sign_flip([0.1, 0.2, 0.4])
    Tested(p=0.25, floor=0.25)
    """
    import numpy as np

    return sign_flip_each(np.asarray(differences, dtype=float)[:, None], seed=seed)[0]


def sign_flip_each(differences: Any, *, seed: int = 0) -> list[Tested]:
    """Test columns of paired differences, all with the same arrangements."""
    import numpy as np

    parts = some_flips(len(differences), seed=seed)
    return [far(line) for line in np.concatenate([some.astype(float) @ differences for some in parts]).T]


def exchange(before: Sequence[float], after: Sequence[float], *, seed: int = 0) -> Tested:
    """Test whether two groups of documents have one mean.

    >>> exchange([0, 0.1, 0.2], [0.5, 0.6, 0.7])  # 2 of 20
    Tested(p=0.1, floor=0.1)
    """
    import numpy as np

    groups = (np.asarray(values, dtype=float)[:, None] for values in (before, after))
    return exchange_each(*groups, seed=seed)[0]


def exchange_each(before: Any, after: Any, *, seed: int = 0) -> list[Tested]:
    """Test two groups of documents (rows) column by column, all with the same arrangements."""
    import numpy as np

    values = np.concatenate([before, after])
    parts = some_sets(len(values), range(len(before), len(values)), seed=seed)
    found = [
        some.astype(float) @ values / len(after) - (1 - some).astype(float) @ values / len(before)
        for some in parts
    ]
    return [far(line) for line in np.concatenate(found).T]


def shown(test: Tested) -> float | None:
    """p where the data could have given less than .05, else nothing."""
    return test.p if test.floor < WITHHELD else None


def holm(values: Sequence[float | None]) -> list[float | None]:
    """Correct several p for their number; what has none stays without.

    >>> holm([0.01, None, 0.04, 0.03])
    [0.03, None, 0.06, 0.06]
    """
    tested = sorted((p, n) for n, p in enumerate(values) if p is not None)
    made: list[float | None] = [None] * len(values)
    highest = 0.0
    for rank, (p, n) in enumerate(tested):
        highest = max(highest, min(1.0, p * (len(tested) - rank)))
        made[n] = highest
    return made


def cohen_h(before: float, after: float) -> float:
    """Return 2 arcsin sqrt(after) - 2 arcsin sqrt(before).

    >>> round(cohen_h(0.25, 0.5), 4)  # pi / 2 - pi / 3
    0.5236
    """
    return 2 * math.asin(math.sqrt(after)) - 2 * math.asin(math.sqrt(before))


def log_odds_ratio(a: float, b: float, c: float, d: float) -> float:
    """Return log(ad / bc) with half a count added to each cell (Haldane 1956).

    >>> round(log_odds_ratio(1, 1, 1, 1), 4)
    0.0
    """
    return math.log((a + 0.5) * (d + 0.5) / ((b + 0.5) * (c + 0.5)))
