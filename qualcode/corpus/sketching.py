"""The smallest hashes of a text's overlapping stretches of letters and digits.

A stretch is `LENGTH` letters or digits in a row, folded, whatever stands between them. Its hash is a
polynomial in its code points, modulo 2**64, spread by splitmix64 (Steele, Lea, Flood 2014). Of all distinct
hashes those under a bound are kept: 2**64, halved until `KEPT` or less are left.

The polynomial of every stretch comes from running sums: with p the signs and M the multiplier,
sum(p[j+n] * M**(15-n)) is (C[j+16] - C[j]) * M**(j+15), where C sums p[i] * M**-i; M is odd, so it has an
inverse. It does not matter where a stretch lies, so short texts are hashed one behind the other. Hashes over
the bound are dropped as they come, so that little is ever sorted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qualcode.text.characters import CharacterTable, code_points
from qualcode.text.folding import fold_character
from qualcode.text.ordered import distinct

if TYPE_CHECKING:
    from qualcode.text.characters import Codes

LENGTH = 16  # letters or digits in a stretch
KEPT = 2048  # hashes of one document, at most
BLOCK = 1 << 16  # signs hashed together: arrays of this size stay in the processor's cache
_MULTIPLIER = 0x100000001B3
_FOLDS = frozenset({"case", "width", "script"})
_NO_SIGN = 1
Hashes = NDArray[np.uint64]


def smallest(texts: Iterable[Iterable[str]]) -> list[tuple[Hashes, int]]:
    """Return the distinct hashes of each text that lie below its bound; sorted; and the bound.

    A text is given in pieces. One of less than `LENGTH` letters and digits has no hash, and its bound is
    2**64.
    """
    kept: list[_Smallest] = []
    run: list[tuple[_Smallest, Codes]] = []
    length = 0
    for pieces in texts:
        kept.append(_Smallest())
        left = np.empty(0, dtype=np.uint8)  # signs of stretches that go on in the next piece
        for signs in _signs(pieces):
            if length + len(left) + len(signs) > BLOCK + LENGTH:
                _hash(run)
                run, length = [], 0
            part = np.concatenate([left, signs]) if len(left) else signs
            run.append((kept[-1], part))
            length += len(part)
            left = part[max(0, len(part) - LENGTH + 1) :]
    _hash(run)
    return [one.close() for one in kept]


def _signs(pieces: Iterable[str]) -> Iterator[Codes]:
    """The letters and digits of a text, folded, some at a time."""
    for piece in pieces:
        for at in range(0, len(piece), BLOCK):
            some = piece if len(piece) <= BLOCK else piece[at : at + BLOCK]
            if some.isascii():
                folded: Codes = np.frombuffer(some.encode("ascii").translate(_ascii()), dtype=np.uint8)
            else:
                folded = _folded()(code_points(some))
            yield folded.compress(folded != _NO_SIGN)


@cache
def _folded() -> CharacterTable:
    """What each letter or digit is folded to; `_NO_SIGN` for other characters."""
    return CharacterTable(_sign, "<u4")


@cache
def _ascii() -> bytes:
    return bytes(_sign(chr(code)) if code < 0x80 else 0 for code in range(0x100))


def _sign(character: str) -> int:
    folded = fold_character(character, _FOLDS)
    return ord(folded) if folded.isalnum() else _NO_SIGN


def _hash(run: list[tuple[_Smallest, Codes]]) -> None:
    """Hash the stretches of some texts, side by side, and give each text its own."""
    if not run:
        return
    signs = run[0][1] if len(run) == 1 else np.concatenate([part for _, part in run])
    if len(signs) < LENGTH:
        return
    hashes = _hashes(signs)
    at = 0
    for kept, part in run:
        if len(part) >= LENGTH:
            kept.add(hashes[at : at + len(part) - LENGTH + 1])
        at += len(part)


class _Smallest:
    """Hashes of one text as they come in, those above the bound left out.

    The bound is never below the one that the whole text comes to: each halving of it had more than `KEPT`.
    """

    def __init__(self) -> None:
        self.bound = 2**64
        self._held: list[Hashes] = []
        self._count = 0

    def add(self, mixed: Hashes) -> None:
        """Take in hashes before their last step."""
        if not self._held:
            self._begin(mixed)
            return
        self._hold(_under(mixed, self.bound))
        if self._count > 8 * KEPT:
            self._halve()

    def close(self) -> tuple[Hashes, int]:
        self._halve()
        return self._held[0].copy(), self.bound

    def _begin(self, mixed: Hashes) -> None:
        """Take in the first hashes: where enough are left under a lower bound, only those are sorted."""
        for halvings in range((len(mixed) * 4 // (5 * KEPT)).bit_length() - 1, 0, -1):
            bound = 2**64 >> halvings
            found = distinct(_under(mixed, bound))
            if len(found) > KEPT:
                self.bound = bound
                self._lower(found)
                return
        self._hold(_under(mixed, 2**64))

    def _hold(self, hashes: Hashes) -> None:
        self._held.append(hashes)
        self._count += len(hashes)

    def _halve(self) -> None:
        """Drop what is double, and halve the bound as often as it takes."""
        if len(self._held) != 1 or self._count > KEPT or self.bound == 2**64:
            self._lower(distinct(np.concatenate([np.empty(0, dtype=np.uint64), *self._held])))

    def _lower(self, distinct: Hashes) -> None:
        while len(distinct) > KEPT:
            self.bound //= 2
            distinct = distinct[: int(distinct.searchsorted(np.uint64(self.bound)))]
        self._held, self._count = [distinct], len(distinct)


def _under(mixed: Hashes, bound: int) -> Hashes:
    """The hashes under a bound, a power of two, given before their last step.

    That step changes only their lower 33 bits, so it is done for few; the bound is not below 2**33, which
    only a text of trillions of letters would come to.
    """
    if bound < 2**64:
        mixed = mixed.compress(mixed < np.uint64(bound))
    return mixed ^ (mixed >> np.uint64(31))


def _hashes(signs: Codes) -> Hashes:
    """The hash of every stretch of `LENGTH` signs, in order, but for its last step; there is one or more."""
    powers, inverses = _powers(BLOCK + LENGTH)
    sums = np.empty(len(signs) + 1, dtype=np.uint64)
    sums[0] = 0
    np.multiply(signs, inverses[: len(signs)], out=sums[1:])
    np.cumsum(sums[1:], out=sums[1:])
    hashes = sums[LENGTH:] - sums[:-LENGTH]
    hashes *= powers[LENGTH - 1 : len(signs)]
    hashes += np.uint64(0x9E3779B97F4A7C15)
    shifted = sums[LENGTH:]  # its numbers are done with
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        np.right_shift(hashes, np.uint64(shift), out=shifted)
        hashes ^= shifted
        hashes *= np.uint64(factor)
    return hashes


@cache
def _powers(count: int) -> tuple[Hashes, Hashes]:
    """The powers of the multiplier and of its inverse, from the power 0 on, modulo 2**64."""
    made = []
    for base in (_MULTIPLIER, pow(_MULTIPLIER, -1, 2**64)):
        powers = np.full(count, base, dtype=np.uint64)
        powers[0] = 1
        made.append(np.cumprod(powers, dtype=np.uint64))
    return made[0], made[1]
