"""How likely is so high a total of independent counts? The tail of a convolution, exact to rounding.

Counts come as spreads: rows of a matrix, one for each independent count, with the chances of its highest
value, of one less, of two less...; what is asked is the chance that the total is at most `gap` below the
highest it can be.

A few counts are added up one by one. The distribution of many is made by its characteristic function, the
product of theirs, at as many points as matter: the counts are tilted first (each chance weighted by
exp(-theta u), Esscher 1932), so that the gap asked about lies in the middle of the total, and what is taken
back at the end is a factor. So even a p of 1e-200 is right in all its digits that are written. Points and
places that are left out hold less than exp(-32) of the whole, by Bernstein's inequality and by the share of
each count that lies on neighbouring values. Work and memory are proportional to the number of counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

FEW_COUNTS = 64  # that are added up one by one
FEW_VALUES = 1000  # that their total may have
SURE = 32.0  # what is left out is less than exp(-SURE)
POINTS_AT_ONCE = 1_000_000  # points times counts
STEPS = 60


def upper_tail(spreads: Sequence[Any], gap: int) -> tuple[float, float]:
    """Return the chance of a total of at most `gap` below the highest, and that of the highest.

    Both are above 0: what is too small for a float is the smallest there is.

    Two dice show 11 or 12 in three of 36 throws:

    >>> import numpy as np
    >>> [round(36 * chance, 6) for chance in upper_tail([np.full((2, 6), 1 / 6)], 1)]
    [3.0, 1.0]
    """
    import numpy as np

    tiny = float(np.finfo(float).tiny)
    floor = 1.0
    for spread in spreads:
        floor *= float(np.multiply.reduce(spread[:, 0]))
    lowest = [spread.shape[1] - 1 - np.argmax(spread[:, ::-1] > 0, axis=1) for spread in spreads]
    span = sum(int(below.sum()) for below in lowest)
    spreads = [spread[:, : below.max(initial=0) + 1] for spread, below in zip(spreads, lowest, strict=True)]
    if gap <= 0:
        p = floor
    elif gap >= span:
        p = 1.0
    elif sum(map(len, spreads)) <= FEW_COUNTS and span <= FEW_VALUES:
        p = _added(spreads, gap)
    else:
        p = _inverted(spreads, gap, span)
    return min(max(p, tiny), 1.0), max(floor, tiny)


def _added(spreads: Sequence[Any], gap: int) -> float:
    import numpy as np

    total = np.ones(1)
    for spread in spreads:
        for line in spread:
            total = np.convolve(total, line)[: gap + 1]
    return float(total.sum())


def _inverted(spreads: Sequence[Any], gap: int, span: int) -> float:
    """The same by the characteristic function of the tilted total."""
    import numpy as np

    theta, mean, variance = _tilt(spreads, gap)
    wide = max(spread.shape[1] for spread in spreads) - 1
    reach = SURE * wide / 3 + ((SURE * wide / 3) ** 2 + 2 * SURE * variance) ** 0.5
    low, high = max(int(mean - reach), 0), min(int(mean + reach) + 1, span)
    length, top = high - low + 1, min(gap, high)
    tilted, factor = _tilted(spreads, theta)
    points = np.arange(_points(tilted, length) + 1)
    wave = _wave(tilted, points, length)
    turn = 2j * np.pi * points / length
    ratio = np.exp(turn - theta)  # from the gap down to the lowest place, each weighs less by exp(-theta)
    steps = top - low + 1
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where(ratio == 1, steps, (1 - ratio**steps) / (1 - ratio))
    parts = (wave * weight * np.exp(-turn * (top % length))).real
    once = (points == 0) | (2 * points == length)  # any other point stands for its mirror image, too
    return float(np.exp(factor + theta * gap) * np.sum(np.where(once, parts, 2 * parts)) / length)


def _moments(spreads: Sequence[Any], theta: float) -> tuple[float, float]:
    """Mean and variance of the total below the highest, tilted."""
    import numpy as np

    mean = variance = 0.0
    for spread in spreads:
        below = np.arange(spread.shape[1], dtype=float)
        weight = np.exp(-theta * below)
        whole, first, second = (spread @ np.stack([weight, weight * below, weight * below**2], axis=1)).T
        mean += float(np.sum(first / whole))
        variance += float(np.sum(second / whole - (first / whole) ** 2))
    return mean, max(variance, 0.0)


def _tilt(spreads: Sequence[Any], gap: int) -> tuple[float, float, float]:
    """Find the tilt that brings the mean near the gap, none where it is below; with mean and variance there.

    Any tilt gives the same p; a near one lets little be lost by rounding.
    """
    import math

    theta, low, high = 0.0, 0.0, math.inf
    mean, variance = _moments(spreads, theta)
    for _ in range(STEPS):
        if (mean <= gap and not theta) or abs(mean - gap) <= 0.1 * variance**0.5:
            break
        low, high = (theta, high) if mean > gap else (low, theta)
        theta += math.log(mean / gap) * mean / variance if variance and mean else math.inf
        if not low < theta < high:
            theta = (low + high) / 2 if high < math.inf else 2 * low + 1
        mean, variance = _moments(spreads, theta)
    return theta, mean, variance


def _tilted(spreads: Sequence[Any], theta: float) -> tuple[list[Any], float]:
    """The spreads tilted, each row a distribution again; and the logarithm of what their product lost."""
    import numpy as np

    made, factor = [], 0.0
    for spread in spreads:
        weighted = spread * np.exp(-theta * np.arange(spread.shape[1]))
        whole = weighted.sum(axis=1, keepdims=True)
        factor += float(np.log(whole).sum())
        made.append(weighted / whole)
    return made, factor


def _points(spreads: Sequence[Any], length: int) -> int:
    """Return the last point at which the characteristic function of the total may be above exp(-SURE).

    A count with a share of 2 m on pairs of neighbouring values has, at angle t, at most
    1 - 2 m (1 - cos(t / 2)).
    """
    import numpy as np

    shares = 0.0
    for spread in spreads:
        both = np.minimum(spread[:, :-1], spread[:, 1:])
        shares += 2 * float(np.maximum(both[:, ::2].sum(axis=1), both[:, 1::2].sum(axis=1)).sum())
    if shares <= SURE:
        return length // 2
    return min(int(np.ceil(length / np.pi * np.arccos(1 - SURE / shares))), length // 2)


def _wave(spreads: Sequence[Any], points: Any, length: int) -> Any:
    """The characteristic function of the total at points of a circle of some length."""
    import numpy as np

    made = np.ones(len(points), dtype=complex)
    for spread in spreads:
        below = np.arange(spread.shape[1])
        angle = np.outer(below, points) % length * (2 * np.pi / length)
        turns = np.exp(1j * angle).view(float)
        step = max(POINTS_AT_ONCE // len(points), 1)
        for start in range(0, len(spread), step):
            made *= np.multiply.reduce((spread[start : start + step] @ turns).view(complex), axis=0)
    return made
