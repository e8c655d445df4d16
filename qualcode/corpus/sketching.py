"""The smallest hashes of a text's overlapping stretches of letters and digits.

A stretch is `LENGTH` letters or digits in a row, folded, whatever stands between them. Its hash is a
polynomial in its code points, modulo 2**64, spread by splitmix64 (Steele, Lea, Flood 2014). Of all distinct
hashes those under a bound are kept: 2**64, halved until `KEPT` or less are left.

The polynomial of every stretch comes from running sums: with p the signs and M the multiplier,
sum(p[j+n] * M**(15-n)) is (C[j+16] - C[j]) * M**(j+15), where C sums p[i] * M**-i; M is odd, so it has an
inverse. Hashes over the bound are dropped as they come, so that little is ever sorted.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from qualcode.text.characters import Lookup, code_points
from qualcode.text.folding import fold

LENGTH = 16  # letters or digits in a stretch
KEPT = 2048  # hashes of one document, at most
BLOCK = 1 << 16  # signs hashed together
_MULTIPLIER = 0x100000001B3
_FOLDS = frozenset({"case", "width", "script"})
Hashes = NDArray[np.uint64]


_counts = Lookup(lambda text: map(str.isalnum, text), "?")


def smallest(pieces: Iterable[str]) -> tuple[Hashes, int]:
    """Return the distinct hashes of a text, given in pieces, that lie below a bound; sorted; and the bound.

    A text of less than `LENGTH` letters and digits has none, and the bound is 2**64.
    """
    kept = _Smallest()
    left = np.empty(0, dtype=np.uint32)  # signs of stretches that go on in the next piece
    for piece in pieces:
        for at in range(0, len(piece), BLOCK):
            signs = code_points(fold(piece[at : at + BLOCK], _FOLDS))
            left = np.concatenate([left, signs[_counts(signs)]])
            if len(left) >= LENGTH:
                kept.add(_hashes(left))
                left = left[len(left) - LENGTH + 1 :]
    return kept.close()


class _Smallest:
    """Hashes as they come in, those above the bound left out."""

    def __init__(self) -> None:
        self.bound = 2**64
        self._held: list[Hashes] = []
        self._count = 0

    def add(self, hashes: Hashes) -> None:
        if self.bound < 2**64:
            hashes = hashes[hashes < np.uint64(self.bound)]
        self._held.append(hashes)
        self._count += len(hashes)
        if self._count > 8 * KEPT:
            self._halve()

    def close(self) -> tuple[Hashes, int]:
        self._halve()
        return self._held[0].copy(), self.bound

    def _halve(self) -> None:
        """Drop what is double, and halve the bound as often as it takes."""
        found = np.concatenate(self._held) if self._held else np.empty(0, dtype=np.uint64)
        distinct, bound = found, self.bound
        # Most of a long text's hashes go: where enough are left under a lower bound, only those are sorted.
        halvings = max(0, (len(found) * 3 // (4 * KEPT)).bit_length() - 1)
        if halvings:
            bound >>= halvings
            distinct = _distinct(found[found < np.uint64(bound)])
        if not halvings or len(distinct) <= KEPT:
            distinct, bound = _distinct(found), self.bound
        kept = len(distinct)
        while kept > KEPT:
            bound //= 2
            kept = int(np.searchsorted(distinct, np.uint64(bound), side="left"))
        self.bound, self._held, self._count = bound, [distinct[:kept]], kept


def _distinct(hashes: Hashes) -> Hashes:
    hashes = np.sort(hashes)
    return hashes[np.append(True, hashes[1:] != hashes[:-1])] if len(hashes) else hashes


def _hashes(signs: NDArray[np.uint32]) -> Hashes:
    """The hash of every stretch of `LENGTH` signs, in order; there are at least that many signs."""
    powers, inverses = _powers(BLOCK + LENGTH)
    sums = np.zeros(len(signs) + 1, dtype=np.uint64)
    with np.errstate(over="ignore"):  # arithmetic modulo 2**64 is meant
        np.cumsum(signs * inverses[: len(signs)], out=sums[1:])
        hashes = sums[LENGTH:] - sums[:-LENGTH]
        hashes *= powers[LENGTH - 1 : len(signs)]
        hashes += np.uint64(0x9E3779B97F4A7C15)
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            hashes ^= hashes >> np.uint64(shift)
            hashes *= np.uint64(factor)
        hashes ^= hashes >> np.uint64(31)
    return hashes


@cache
def _powers(count: int) -> tuple[Hashes, Hashes]:
    """The powers of the multiplier and of its inverse, from the power 0 on, modulo 2**64."""
    made = []
    for base in (_MULTIPLIER, pow(_MULTIPLIER, -1, 2**64)):
        powers = np.full(count, base, dtype=np.uint64)
        powers[0] = 1
        with np.errstate(over="ignore"):
            made.append(np.cumprod(powers, dtype=np.uint64))
    return made[0], made[1]
