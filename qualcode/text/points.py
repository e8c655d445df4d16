"""Text as arrays of code points, for what is asked of every character of a document.

    points("数据 ok")     array([25968, 25454, 32, 111, 107], dtype=uint16)

An array is as narrow as its text allows (one, two or four bytes a character). A `Lookup` says something of
each character by a table over the basic plane; the few characters beyond it are asked one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qualcode.text.characters import code_points as points

__all__ = ["PLANE", "Lookup", "Points", "points"]

PLANE = 0x10000  # code points of the basic plane
Points = NDArray[Any]  # uint8, uint16 or uint32


class Lookup:
    """A number for every character of a text, by a table.

    `tell` takes any characters as one string and gives a number for each, whatever stands beside it. It is
    asked about the basic plane once, when the table is first used.

    >>> Lookup(lambda text: map(str.isdigit, text), "u1")(points("第3条")).tolist()
    [0, 1, 0]
    """

    def __init__(self, tell: Callable[[str], Iterable[int]], dtype: str) -> None:
        self._tell = tell
        self._dtype = np.dtype(dtype)
        self._table: NDArray[Any] | None = None

    @classmethod
    def of(cls, values: Mapping[str, int], dtype: str) -> Lookup:
        """A table of some characters of the basic plane; any other's number is 0."""
        made = cls(lambda text: bytes(len(text)), dtype)
        made._table = np.zeros(PLANE, made._dtype)
        made._table[[ord(sign) for sign in values]] = list(values.values())
        return made

    def __call__(self, codes: Points) -> NDArray[Any]:
        if self._table is None:
            self._table = self._told("".join(map(chr, range(PLANE))))
        if codes.dtype.itemsize < 4:
            return self._table[codes]
        told = self._table[np.minimum(codes, PLANE - 1)]
        beyond = np.flatnonzero(codes >= PLANE)
        if len(beyond):
            kinds, places = np.unique(codes[beyond], return_inverse=True)
            told[beyond] = self._told("".join(map(chr, kinds.tolist())))[places]
        return told

    def _told(self, characters: str) -> NDArray[Any]:
        return np.fromiter(self._tell(characters), self._dtype, len(characters))
